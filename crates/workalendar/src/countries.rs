//! Countries' holidays: a table of rows each, and nothing else.

mod denmark;
mod easter;
mod finland;
mod norway;
mod rule;
mod sweden;

use chrono::NaiveDate;

use crate::holiday::{Holiday, HolidayCalendar};
use rule::Rule;

/// Sweden's public holidays, and the three eves that are treated like them.
///
/// Every Sunday is a public holiday too by the law; plain Sundays are not listed. Easter Eve and Whitsun Eve are
/// always Saturdays and not listed either. No holiday is moved when it falls on a weekend.
///
/// Checked for 1990 to 2100. Other years get the rows valid at the nearer end, which before 1990 is not always
/// what was in force (midsummer's day was 24 June until 1952).
///
/// Source: lag (1989:253) om allmänna helgdagar; for the eves lag (1930:173) om beräkning av lagstadgad tid 2 §.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sweden;

/// Finland's public holidays, with midsummer's and Christmas Eve as eves.
///
/// Checked for 1990 to 2100; other years get the rows valid at the nearer end.
///
/// Source: kyrkolagen (FFS 1054/1993) for church holidays; lag 388/1944 for 1 May; lag 388/1937 for 6 December; for
/// the eves lag om beräknande av laga tid (FFS 150/1930) 5 §.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Finland;

/// Norway's public holidays. No eve is off: Christmas Eve is a working day until the afternoon.
///
/// Checked for 1990 to 2100; other years get the same rows.
///
/// Source: lov 24. februar 1995 nr. 12 om helligdager og helligdagsfred; lov 26. april 1947 nr. 1 om 1 og 17 mai.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Norway;

/// Denmark's public holidays, with Constitution Day, Christmas Eve and New Year's Eve as eves.
///
/// Checked for 1990 to 2100; other years get the rows valid at the nearer end. The days are named in Swedish and
/// English, as everywhere here. 1 May is a working day by law.
///
/// Source: forordning af 26. oktober 1770; lov nr. 214 af 6. marts 2023 (store bededag); for the eves
/// forældelsesloven § 27.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Denmark;

impl HolidayCalendar for Sweden {
    fn holidays_in(&self, year: i32) -> Vec<(NaiveDate, Holiday)> {
        in_year(sweden::ROWS, year)
    }
}

impl HolidayCalendar for Finland {
    fn holidays_in(&self, year: i32) -> Vec<(NaiveDate, Holiday)> {
        in_year(finland::ROWS, year)
    }
}

impl HolidayCalendar for Norway {
    fn holidays_in(&self, year: i32) -> Vec<(NaiveDate, Holiday)> {
        in_year(norway::ROWS, year)
    }
}

impl HolidayCalendar for Denmark {
    fn holidays_in(&self, year: i32) -> Vec<(NaiveDate, Holiday)> {
        in_year(denmark::ROWS, year)
    }
}

fn in_year(rows: &[Rule], year: i32) -> Vec<(NaiveDate, Holiday)> {
    rows.iter().filter_map(|row| Some((row.date_in(year)?, row.holiday))).collect()
}
