//! The lines of a follow-up table, from top to bottom: what each says of a group, without words.

use super::figures::Figures;
use super::followed::Excluded;

/// One line; a page, the terminal and tests show the same ones in the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Counted,
    WithinTime,
    AttemptedOne,
    AttemptedTwo,
    ReachedOne,
    ReachedTwo,
    Kept,
    Late,
    ClosedUntried,
    Resolved,
    ReachedByPbx,
    AttemptedMedian,
    AttemptedNinetieth,
    ReachedMedian,
    ReachedNinetieth,
    Agreed,
    LongestOpen,
    NotCounted,
    /// Why something is not counted; shown only where there is any.
    Excluded(Excluded),
}

/// What stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Count(usize),
    /// So many of so many; of none there is no share.
    Share {
        n: usize,
        of: usize,
    },
    /// Working days; none: it has not happened to that many yet.
    Days(Option<u32>),
    /// Working days; none: none is open.
    Open(Option<u32>),
}

impl Line {
    /// All of them, those of why something is not counted at the end.
    pub fn all() -> impl Iterator<Item = Self> {
        use Line::{
            Agreed, AttemptedMedian, AttemptedNinetieth, AttemptedOne, AttemptedTwo, ClosedUntried,
            Counted, Kept, Late, LongestOpen, NotCounted, ReachedByPbx, ReachedMedian,
            ReachedNinetieth, ReachedOne, ReachedTwo, Resolved, WithinTime,
        };
        let lines = [
            Counted,
            WithinTime,
            AttemptedOne,
            AttemptedTwo,
            ReachedOne,
            ReachedTwo,
            Kept,
            Late,
            ClosedUntried,
            Resolved,
            ReachedByPbx,
            AttemptedMedian,
            AttemptedNinetieth,
            ReachedMedian,
            ReachedNinetieth,
            Agreed,
            LongestOpen,
            NotCounted,
        ];
        lines.into_iter().chain(Excluded::ALL.map(Self::Excluded))
    }

    /// Names its words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::WithinTime => "within_time",
            Self::AttemptedOne => "attempted_1",
            Self::AttemptedTwo => "attempted_2",
            Self::ReachedOne => "reached_1",
            Self::ReachedTwo => "reached_2",
            Self::Kept => "kept",
            Self::Late => "late",
            Self::ClosedUntried => "closed_untried",
            Self::Resolved => "resolved",
            Self::ReachedByPbx => "reached_by_pbx",
            Self::AttemptedMedian => "attempted_median",
            Self::AttemptedNinetieth => "attempted_p90",
            Self::ReachedMedian => "reached_median",
            Self::ReachedNinetieth => "reached_p90",
            Self::Agreed => "agreed",
            Self::LongestOpen => "longest_open",
            Self::NotCounted => "excluded",
            Self::Excluded(why) => why.name(),
        }
    }

    /// Whether it is a part of the line above it.
    pub fn is_part(self) -> bool {
        matches!(self, Self::WithinTime | Self::ReachedByPbx | Self::Excluded(_))
    }

    /// What a group has in it.
    pub fn of(self, f: &Figures) -> Cell {
        let share = |n| Cell::Share { n, of: f.ended };
        match self {
            Self::Counted => Cell::Count(f.counted),
            Self::WithinTime => Cell::Count(f.within_time()),
            Self::AttemptedOne => share(f.attempted.one),
            Self::AttemptedTwo => share(f.attempted.two),
            Self::ReachedOne => share(f.reached.one),
            Self::ReachedTwo => share(f.reached.two),
            Self::Kept => share(f.kept),
            Self::Late => share(f.late),
            Self::ClosedUntried => share(f.closed_untried),
            Self::Resolved => share(f.resolved),
            Self::ReachedByPbx => share(f.reached_by_pbx),
            Self::AttemptedMedian => Cell::Days(f.until_attempted.median),
            Self::AttemptedNinetieth => Cell::Days(f.until_attempted.ninetieth),
            Self::ReachedMedian => Cell::Days(f.until_reached.median),
            Self::ReachedNinetieth => Cell::Days(f.until_reached.ninetieth),
            Self::Agreed => {
                let [kept, broken] = [f.agreed.kept, f.agreed.broken].map(|n| n as usize);
                Cell::Share { n: kept, of: kept + broken }
            }
            Self::LongestOpen => Cell::Open(f.longest_open),
            Self::NotCounted => Cell::Count(f.excluded_in_all()),
            Self::Excluded(why) => Cell::Count(f.excluded.get(&why).copied().unwrap_or_default()),
        }
    }

    /// Whether it is left out of a table in which no group has any.
    pub fn may_be_left_out(self) -> bool {
        matches!(self, Self::Excluded(_))
    }
}

impl Cell {
    /// Percent of a share, half up, so that 2 of 3 is 67; none where there is no share.
    pub fn percent(self) -> Option<usize> {
        match self {
            Self::Share { n, of } if of > 0 => Some((200 * n + of) / (2 * of)),
            Self::Share { .. } | Self::Count(_) | Self::Days(_) | Self::Open(_) => None,
        }
    }
}
