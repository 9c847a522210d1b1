//! The one error of this crate.

/// The answer lies outside what this calendar can tell.
///
/// Either beyond the dates chrono holds, or where the zone's offset is not known (from the first change to summer
/// time in 2100 on), or more working days were asked for than the method promises to count. Trying again
/// gives the same answer: refuse the input that led here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the date lies outside what the calendar can tell")]
pub struct OutOfRange;
