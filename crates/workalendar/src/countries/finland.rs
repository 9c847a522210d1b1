//! Finland's holidays, row by row, each with its law.

use chrono::Weekday;

use super::rule::When::{Easter, Fixed, OnOrAfter};
use super::rule::Years::{All, From, UpTo};
use super::rule::{Rule, When, Years};

/// Kyrkolagen; the days themselves were the same in the one before it (FFS 635/1964), but for the Saturdays below.
const CHURCH: &str = "FFS 1054/1993";

// From 1973 to 1990 Epiphany and Ascension Day were kept on Saturdays.
pub(super) const ROWS: &[Rule] = &[
    church(Fixed(1, 1), All, "nyårsdagen", "New Year's Day"),
    church(OnOrAfter(Weekday::Sat, 1, 6), UpTo(1990), "trettondagen", "Epiphany"),
    church(Fixed(1, 6), From(1991), "trettondagen", "Epiphany"),
    church(Easter(-2), All, "långfredagen", "Good Friday"),
    church(Easter(0), All, "påskdagen", "Easter Sunday"),
    church(Easter(1), All, "annandag påsk", "Easter Monday"),
    Rule::public(Fixed(5, 1), All, "FFS 388/1944", "första maj", "May Day"),
    church(Easter(34), UpTo(1990), "Kristi himmelsfärdsdag", "Ascension Day"),
    church(Easter(39), From(1991), "Kristi himmelsfärdsdag", "Ascension Day"),
    church(Easter(49), All, "pingstdagen", "Whit Sunday"),
    eve(OnOrAfter(Weekday::Fri, 6, 19), "midsommarafton", "Midsummer Eve"),
    church(OnOrAfter(Weekday::Sat, 6, 20), All, "midsommardagen", "Midsummer Day"),
    church(OnOrAfter(Weekday::Sat, 10, 31), All, "alla helgons dag", "All Saints' Day"),
    Rule::public(Fixed(12, 6), All, "FFS 388/1937", "självständighetsdagen", "Independence Day"),
    eve(Fixed(12, 24), "julafton", "Christmas Eve"),
    church(Fixed(12, 25), All, "juldagen", "Christmas Day"),
    church(Fixed(12, 26), All, "annandag jul", "Second Day of Christmas"),
];

const fn church(when: When, years: Years, name_sv: &'static str, name_en: &'static str) -> Rule {
    Rule::public(when, years, CHURCH, name_sv, name_en)
}

/// On a par with holidays by the law on the reckoning of time limits.
const fn eve(when: When, name_sv: &'static str, name_en: &'static str) -> Rule {
    Rule::eve(when, All, "FFS 150/1930 5 §", name_sv, name_en)
}
