//! Working days as Sweden counts them; the README below is the manual.
//!
#![doc = include_str!("../README.md")]

#[cfg(feature = "bdays")]
mod as_bdays;
mod cached;
mod calendar;
mod countries;
mod day_off;
mod due;
mod explain;
mod holiday;
mod horizon;
mod hours;
mod out_of_range;
mod table;
mod walk;
mod wall_clock;
mod year;

pub use cached::CachedCalendar;
pub use calendar::WorkCalendar;
pub use countries::{Denmark, Finland, Norway, Sweden};
pub use day_off::{DayOff, WhyOff};
pub use due::Due;
pub use explain::{Language, format_day};
pub use holiday::{Holiday, HolidayCalendar, HolidayKind};
pub use hours::Remaining;
pub use out_of_range::OutOfRange;
