//! Sweden's holidays, row by row, each with its law.

use chrono::{NaiveDate, Weekday};

use crate::holiday::{Holiday, HolidayCalendar, HolidayKind};
use crate::rule::When::{Easter, Fixed, OnOrAfter};
use crate::rule::Years::{All, From, UpTo};
use crate::rule::{Rule, When, Years};

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

impl HolidayCalendar for Sweden {
    fn holidays_in(&self, year: i32) -> Vec<(NaiveDate, Holiday)> {
        ROWS.iter().filter_map(|row| Some((row.date_in(year)?, row.holiday))).collect()
    }
}

// SFS 2004:1320 made 6 June a holiday and Whit Monday a working day, both from 2005.
const ROWS: [Rule; 17] = [
    public(Fixed(1, 1), All, "nyårsdagen", "New Year's Day"),
    public(Fixed(1, 6), All, "trettondedag jul", "Epiphany"),
    public(Easter(-2), All, "långfredagen", "Good Friday"),
    public(Easter(0), All, "påskdagen", "Easter Sunday"),
    public(Easter(1), All, "annandag påsk", "Easter Monday"),
    public(Fixed(5, 1), All, "första maj", "May Day"),
    public(Easter(39), All, "Kristi himmelsfärdsdag", "Ascension Day"),
    public(Easter(49), All, "pingstdagen", "Whit Sunday"),
    public(Easter(50), UpTo(2004), "annandag pingst", "Whit Monday"),
    public(Fixed(6, 6), From(2005), "nationaldagen", "National Day"),
    eve(OnOrAfter(Weekday::Fri, 6, 19), "midsommarafton", "Midsummer Eve"),
    public(OnOrAfter(Weekday::Sat, 6, 20), All, "midsommardagen", "Midsummer Day"),
    public(OnOrAfter(Weekday::Sat, 10, 31), All, "alla helgons dag", "All Saints' Day"),
    eve(Fixed(12, 24), "julafton", "Christmas Eve"),
    public(Fixed(12, 25), All, "juldagen", "Christmas Day"),
    public(Fixed(12, 26), All, "annandag jul", "Second Day of Christmas"),
    eve(Fixed(12, 31), "nyårsafton", "New Year's Eve"),
];

const fn public(when: When, years: Years, name_sv: &'static str, name_en: &'static str) -> Rule {
    let (kind, law) = (HolidayKind::PublicHoliday, "SFS 1989:253");
    Rule { when, years, holiday: Holiday { name_sv, name_en, kind, law } }
}

const fn eve(when: When, name_sv: &'static str, name_en: &'static str) -> Rule {
    let (kind, law) = (HolidayKind::Eve, "SFS 1930:173 2 §");
    Rule { when, years: All, holiday: Holiday { name_sv, name_en, kind, law } }
}
