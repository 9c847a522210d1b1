//! A day that is not a working day, and why.

use chrono::NaiveDate;

use crate::holiday::Holiday;

/// A day that is no working day, and why.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DayOff {
    /// The local date.
    pub day: NaiveDate,
    /// The one reason that says most; see [`WorkCalendar::why_off`](crate::WorkCalendar::why_off).
    pub why: WhyOff,
}

/// Why a day is no working day. Owns its words, so that it can be stored and outlive a change of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum WhyOff {
    /// A public holiday, or an eve where eves are free. Two on one day are joined: "första maj och …".
    Holiday {
        /// In Swedish.
        name_sv: String,
        /// In English.
        name_en: String,
    },
    /// A Saturday or Sunday that is nothing else.
    Weekend,
    /// A day this office is closed.
    Closed {
        /// As recorded with the closed day, in whatever language that was; may be empty.
        reason: String,
    },
}

impl WhyOff {
    /// The reason for a day with these holidays; `None` for none.
    pub(crate) fn holidays(holidays: &[Holiday]) -> Option<Self> {
        let join = |name: fn(&Holiday) -> &'static str, and: &str| -> String {
            holidays.iter().map(name).collect::<Vec<_>>().join(and)
        };
        (!holidays.is_empty()).then(|| Self::Holiday {
            name_sv: join(|holiday| holiday.name_sv, " och "),
            name_en: join(|holiday| holiday.name_en, " and "),
        })
    }
}
