//! Denmark's holidays, row by row, each with its law.

use super::rule::When::{Easter, Fixed};
use super::rule::Years::{All, UpTo};
use super::rule::{Rule, When, Years};

/// Christian VII's ordinance of 26 October 1770, which took away all holidays but these.
const CHURCH: &str = "forordning 26. oktober 1770";

// Lov nr 214 of 6 March 2023 made the Great Day of Prayer a working day from 2024.
pub(super) const ROWS: &[Rule] = &[
    church(Fixed(1, 1), All, "nyårsdagen", "New Year's Day"),
    church(Easter(-3), All, "skärtorsdagen", "Maundy Thursday"),
    church(Easter(-2), All, "långfredagen", "Good Friday"),
    church(Easter(0), All, "påskdagen", "Easter Sunday"),
    church(Easter(1), All, "annandag påsk", "Easter Monday"),
    church(Easter(26), UpTo(2023), "stora böndagen", "Great Day of Prayer"),
    church(Easter(39), All, "Kristi himmelsfärdsdag", "Ascension Day"),
    church(Easter(49), All, "pingstdagen", "Whit Sunday"),
    church(Easter(50), All, "annandag pingst", "Whit Monday"),
    eve(Fixed(6, 5), "Danmarks grundlagsdag", "Constitution Day"),
    eve(Fixed(12, 24), "julafton", "Christmas Eve"),
    church(Fixed(12, 25), All, "juldagen", "Christmas Day"),
    church(Fixed(12, 26), All, "annandag jul", "Second Day of Christmas"),
    eve(Fixed(12, 31), "nyårsafton", "New Year's Eve"),
];

const fn church(when: When, years: Years, name_sv: &'static str, name_en: &'static str) -> Rule {
    Rule::public(when, years, CHURCH, name_sv, name_en)
}

/// On a par with holidays where a time limit ends on them.
const fn eve(when: When, name_sv: &'static str, name_en: &'static str) -> Rule {
    Rule::eve(when, All, "forældelsesloven § 27", name_sv, name_en)
}
