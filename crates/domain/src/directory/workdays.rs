//! On which weekdays somebody works, in every week or by even and odd weeks (R17).

use chrono::{Datelike, NaiveDate};
use std::fmt;
use std::str::FromStr;

/// Monday to Friday.
const DAYS: usize = 5;
/// What people write for each of them; the first is how it is written down again.
const NAMES: [[&str; 7]; DAYS] = [
    ["mon", "monday", "mondays", "mån", "måndag", "måndagar", "må"],
    ["tue", "tuesday", "tuesdays", "tis", "tisdag", "tisdagar", "ti"],
    ["wed", "wednesday", "wednesdays", "ons", "onsdag", "onsdagar", "on"],
    ["thu", "thursday", "thursdays", "tor", "torsdag", "torsdagar", "tors"],
    ["fri", "friday", "fridays", "fre", "fredag", "fredagar", "fr"],
];

/// The weekdays on which somebody works; Monday to Friday unless they say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Workdays {
    /// In even weeks of the year (ISO 8601), and in odd ones.
    even: [bool; DAYS],
    odd: [bool; DAYS],
}

impl Default for Workdays {
    fn default() -> Self {
        Self { even: [true; DAYS], odd: [true; DAYS] }
    }
}

/// Why a text says no work pattern, worded for the administrator who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotWorkdays {
    #[error("\"{0}\" is no weekday; write days from mon to fri, such as mon-thu or mon wed fri")]
    NoWeekday(String),
    #[error("{0} runs backwards; write the earlier day first")]
    Backwards(String),
    #[error("there are no days before \"{0}\"; write them, such as mon-thu {0}")]
    NoDaysBefore(String),
    #[error("say even or odd after each group of days, such as mon-fri even, mon-wed odd")]
    WeeksUnclear,
}

impl Workdays {
    /// Whether that day is one of Monday to Friday, and none of theirs.
    pub fn is_off(self, day: NaiveDate) -> bool {
        let week = if day.iso_week().week().is_multiple_of(2) { self.even } else { self.odd };
        let index = day.weekday().num_days_from_monday() as usize;
        week.get(index).is_some_and(|works| !works)
    }
}

impl FromStr for Workdays {
    type Err = NotWorkdays;

    /// `mon-thu`, `mån tis ons`, `mån-fre jämna, mån-ons udda`; days in Swedish or English.
    fn from_str(text: &str) -> Result<Self, NotWorkdays> {
        let text = text.to_lowercase().replace('–', "-").replace(',', " ");
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" - ", "-");
        let (mut group, mut even, mut odd) = (None, None, None);
        for word in words.split(' ') {
            let weeks = match word {
                "even" | "jämn" | "jämna" => &mut even,
                "odd" | "udda" => &mut odd,
                "week" | "weeks" | "vecka" | "veckor" => continue,
                days => {
                    mark(&mut group, days)?;
                    continue;
                }
            };
            let of_weeks =
                group.take().ok_or_else(|| NotWorkdays::NoDaysBefore(word.to_owned()))?;
            merge(weeks, of_weeks);
        }
        match (group, even, odd) {
            (Some(every), None, None) => Ok(Self { even: every, odd: every }),
            (None, None, None) => Err(NotWorkdays::NoWeekday(words)),
            (Some(_), _, _) => Err(NotWorkdays::WeeksUnclear),
            (None, even, odd) => {
                Ok(Self { even: even.unwrap_or_default(), odd: odd.unwrap_or_default() })
            }
        }
    }
}

fn mark(group: &mut Option<[bool; DAYS]>, word: &str) -> Result<(), NotWorkdays> {
    let (from, to) = word.split_once('-').unwrap_or((word, word));
    let index = |name: &str| {
        let name = name.trim_end_matches('.');
        let found = NAMES.iter().position(|names| names.contains(&name));
        found.ok_or_else(|| NotWorkdays::NoWeekday(word.chars().take(40).collect()))
    };
    let (from, to) = (index(from)?, index(to)?);
    if to < from {
        return Err(NotWorkdays::Backwards(word.to_owned()));
    }
    let days = group.get_or_insert_default();
    days[from..=to].fill(true);
    Ok(())
}

fn merge(weeks: &mut Option<[bool; DAYS]>, more: [bool; DAYS]) {
    let weeks = weeks.get_or_insert_default();
    for (day, more) in weeks.iter_mut().zip(more) {
        *day |= more;
    }
}

impl fmt::Display for Workdays {
    /// So that it is read back as the same.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups = if self.even == self.odd {
            Vec::from([written(self.even)])
        } else {
            let named = [(self.even, "even"), (self.odd, "odd")].into_iter();
            let some = named.filter(|(days, _)| days.contains(&true));
            some.map(|(days, weeks)| format!("{} {weeks}", written(days))).collect()
        };
        f.write_str(&groups.join(", "))
    }
}

fn written(days: [bool; DAYS]) -> String {
    let runs = days.chunk_by(|a, b| a == b).scan(0, |at, run| {
        let from = *at;
        *at += run.len();
        Some((from, run))
    });
    let written = runs.filter(|(_, run)| run[0]).map(|(from, run)| match run.len() {
        1 => NAMES[from][0].to_owned(),
        n => format!("{}-{}", NAMES[from][0], NAMES[from + n - 1][0]),
    });
    written.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Workdays {
        text.parse().unwrap()
    }

    // R17: a weekly pattern.
    #[test]
    fn people_write_their_days_in_many_ways() {
        for (texts, canonical) in [
            (&["mån-tor", "mon-thu", "Mån – Tor"][..], "mon-thu"),
            (&["mån tis ons", "mon,tue , wed", "måndag–onsdag", "mån-tis ons"], "mon-wed"),
            (&["fre mån", "Mondays, Fridays", "mån. fre."], "mon fri"),
            (&["mån-fre", "mon-fri", "mån-ons ons-fre"], "mon-fri"),
            (&["ons", "wed-wed"], "wed"),
            (
                &["mån-fre jämna, mån-ons udda", "mån-ons udda veckor mån-fre jämna veckor"],
                "mon-fri even, mon-wed odd",
            ),
            (&["tor jämna", "thu even weeks"], "thu even"),
        ] {
            for text in texts {
                assert_eq!(read(text).to_string(), canonical, "{text}");
            }
        }
    }

    #[test]
    fn what_says_no_days_is_refused_with_what_to_write() {
        let no_weekday = |word: &str| NotWorkdays::NoWeekday(word.to_owned());
        for (text, expected) in [
            ("sön", no_weekday("sön")),
            ("mån-lör", no_weekday("mån-lör")),
            ("80 %", no_weekday("80")),
            ("-", no_weekday("-")),
            (",", no_weekday("")),
            ("mån-ons-fre", no_weekday("mån-ons-fre")),
            ("fre-mån", NotWorkdays::Backwards("fre-mån".to_owned())),
            ("jämna", NotWorkdays::NoDaysBefore("jämna".to_owned())),
            ("mån jämna udda", NotWorkdays::NoDaysBefore("udda".to_owned())),
            ("mån-fre jämna mån-ons", NotWorkdays::WeeksUnclear),
        ] {
            assert_eq!(text.parse::<Workdays>(), Err(expected), "{text}");
        }
    }

    // Week 46 of 2026 is Monday 9 to Sunday 15 November.
    #[test]
    fn a_weekend_is_nobodys_day_off() {
        let (every, by_week) = (read("mon-thu"), read("mon-fri even, mon-wed odd"));
        for (day, off, off_by_week) in [
            ("2026-11-12", false, false),
            ("2026-11-13", true, false),
            ("2026-11-14", false, false),
            ("2026-11-15", false, false),
            ("2026-11-18", false, false), // week 47
            ("2026-11-19", false, true),
            ("2026-11-20", true, true),
        ] {
            let day = day.parse().unwrap();
            assert_eq!((every.is_off(day), by_week.is_off(day)), (off, off_by_week), "{day}");
            assert!(!Workdays::default().is_off(day), "{day}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_down_is_read_back(even: [bool; DAYS], odd: [bool; DAYS]) {
            prop_assume!(even.contains(&true) || odd.contains(&true));
            let days = Workdays { even, odd };
            prop_assert_eq!(days.to_string().parse(), Ok(days));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = text.parse::<Workdays>();
        }
    }
}
