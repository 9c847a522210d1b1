//! Sweden's holidays, row by row, each with its law.

use chrono::Weekday;

use super::rule::When::{Easter, Fixed, OnOrAfter};
use super::rule::Years::{All, From, UpTo};
use super::rule::{Rule, When, Years};

const LAW: &str = "SFS 1989:253";

// SFS 2004:1320 made 6 June a holiday and Whit Monday a working day, both from 2005.
pub(super) const ROWS: &[Rule] = &[
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
    Rule::public(when, years, LAW, name_sv, name_en)
}

const fn eve(when: When, name_sv: &'static str, name_en: &'static str) -> Rule {
    Rule::eve(when, All, "SFS 1930:173 2 §", name_sv, name_en)
}
