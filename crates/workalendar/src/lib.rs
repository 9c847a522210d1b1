//! Working days as Sweden counts them; the README below is the manual.
//!
#![doc = include_str!("../README.md")]

mod calendar;
mod count;
mod day_off;
mod due;
mod easter;
mod explain;
mod holiday;
mod horizon;
mod out_of_range;
mod rule;
mod sweden;
mod wall_clock;
mod weekdays;

pub use calendar::WorkCalendar;
pub use day_off::{DayOff, WhyOff};
pub use due::Due;
pub use explain::{Language, format_day};
pub use holiday::{Holiday, HolidayCalendar, HolidayKind};
pub use out_of_range::OutOfRange;
pub use sweden::Sweden;
