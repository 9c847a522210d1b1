//! The explanation of a last day, in words.

use chrono::{Datelike, NaiveDate};

use crate::day_off::{DayOff, WhyOff};
use crate::due::Due;

/// The language of an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Language {
    /// Swedish.
    Swedish,
    /// English.
    English,
}

impl Due {
    /// Why the last day is that day, in one sentence of plain text.
    ///
    /// "Left Wednesday 23 December 2026; not counted: Thursday 24 December (Christmas Eve), …; last day Tuesday
    /// 29 December 2026." Without days off the middle part is left out. A closed day's reason is written as
    /// recorded, in either language, unescaped.
    pub fn explain(&self, language: Language) -> String {
        let words = language.words();
        let day = |day| format!("{} {}", format_day(day, language), day.year());
        let not_counted: Vec<_> =
            self.not_counted.iter().map(|off| off.explain(language)).collect();
        let between = match not_counted.as_slice() {
            [] => String::new(),
            days => format!("; {}: {}", words.not_counted, days.join(", ")),
        };
        format!(
            "{} {}{between}; {} {}.",
            words.left,
            day(self.received_on),
            words.last_day,
            day(self.due_on)
        )
    }
}

/// Weekday, day and month in full, without the year: "tisdag 24 november", "Tuesday 24 November".
pub fn format_day(day: NaiveDate, language: Language) -> String {
    let words = language.words();
    let weekday = words.weekdays[day.weekday().num_days_from_monday() as usize];
    let month = words.months[day.month0() as usize];
    format!("{weekday} {} {month}", day.day())
}

impl DayOff {
    /// The day and why it is off: "Thursday 24 December (Christmas Eve)"; a plain weekend has its weekday for a reason.
    pub fn explain(&self, language: Language) -> String {
        let day = format_day(self.day, language);
        match self.why.name(language) {
            None | Some("") => day,
            Some(why) => format!("{day} ({why})"),
        }
    }
}

impl WhyOff {
    /// The holiday's name, or the closed day's reason as recorded; `None` for a plain weekend.
    pub fn name(&self, language: Language) -> Option<&str> {
        match (self, language) {
            (Self::Holiday { name_sv, .. }, Language::Swedish) => Some(name_sv),
            (Self::Holiday { name_en, .. }, Language::English) => Some(name_en),
            (Self::Closed { reason }, _) => Some(reason),
            (Self::Weekend, _) => None,
        }
    }
}

impl Language {
    fn words(self) -> &'static Words {
        match self {
            Self::Swedish => &SWEDISH,
            Self::English => &ENGLISH,
        }
    }
}

struct Words {
    left: &'static str,
    not_counted: &'static str,
    last_day: &'static str,
    weekdays: [&'static str; 7],
    months: [&'static str; 12],
}

static SWEDISH: Words = Words {
    left: "Kom",
    not_counted: "räknas inte",
    last_day: "sista dag",
    weekdays: ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
    months: [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
};

static ENGLISH: Words = Words {
    left: "Left",
    not_counted: "not counted",
    last_day: "last day",
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};
