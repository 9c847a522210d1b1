//! What counts, how it is counted, and what is not shown.

mod agreed;
mod counting;
mod groups;
mod lines;
mod own;
mod worst;

use super::measured::Measured;
use super::{Followed, Month, Period};
use crate::callback::AgreedDays;
use crate::testing::{BUILDING, CALENDAR, at, callback_id, date};
use chrono::NaiveDate;

/// A line of Bygg's that came in then and was promised for that day.
fn line(received: &str, due_on: &str) -> Followed {
    Followed {
        callback: callback_id(1),
        unit: Some(BUILDING),
        has_message: true,
        received_at: at(received),
        due_on: Some(date(due_on)),
        attempted_at: None,
        reached_at: None,
        resolved_at: None,
        reached_by_pbx: false,
        agreed: AgreedDays::default(),
        agreed_on: None,
        excluded: None,
    }
}

impl Followed {
    fn attempted(self, time: &str) -> Self {
        Self { attempted_at: Some(at(time)), ..self }
    }

    fn reached(self, time: &str) -> Self {
        Self { reached_at: Some(at(time)), ..self.attempted(time).resolved(time) }
    }

    fn resolved(self, time: &str) -> Self {
        Self { resolved_at: Some(at(time)), ..self }
    }
}

fn measured(line: &Followed, today: NaiveDate) -> Measured {
    Measured::of(line, &CALENDAR, today)
}

#[test]
fn a_month_is_written_in_one_way_and_has_its_days() {
    for (text, last) in
        [("2026-11", "2026-11-30"), ("2024-02", "2024-02-29"), ("2099-12", "2099-12-31")]
    {
        let month: Month = text.parse().unwrap();
        assert_eq!((month.to_string().as_str(), month.last()), (text, date(last)));
        assert_eq!(Month::of(month.last()), month);
    }
    for wrong in ["2026-13", "2026-1", "november", "2026-11-01", "26-11", "", "1989-12", "2100-01"]
    {
        let said = wrong.parse::<Month>().unwrap_err().to_string();
        assert_eq!(said, format!("\"{wrong}\" is no month; write for example 2026-11"));
    }
    assert_eq!("2026-01".parse::<Month>().unwrap().before().to_string(), "2025-12");
    let year = Period::year(2026).unwrap();
    assert_eq!((year.eve(), year.last()), (date("2025-12-31"), date("2026-12-31")));
    assert_eq!((Period::year(1989), Period::year(2100)), (None, None));
}
