//! How promises were kept, counted by unit and period (R31, R32). Nothing here knows a person: neither a caller nor one
//! of ours. What one person's own callbacks come to is counted from theirs alone, and for nobody else.
//!
//! A callback becomes one [`Followed`] line: instants, and whether it counts. Lines become [`Figures`] of a group, and
//! groups a [`report`], in which a group that is too small is not shown, nor can it be worked out from its neighbours.

mod distribution;
mod figures;
mod followed;
mod lines;
mod measured;
mod own;
mod period;
mod report;
mod small;
mod worst;

#[cfg(test)]
mod tests;

pub use distribution::{Distribution, Waited};
pub use figures::{Figures, Spread, Within};
pub use followed::{Excluded, Followed};
pub use lines::{Cell, Line};
pub use measured::Outcome;
pub use own::own;
pub use period::{Month, NoPeriod, Period};
pub use report::{ByMessage, Group, UnitReport, report};
pub use worst::{WaitedFor, Worst};
