//! Norway's holidays, row by row, each with its law.

use super::rule::When::{Easter, Fixed};
use super::rule::Years::All;
use super::rule::{Rule, When};

/// Lov om helligdager og helligdagsfred 2 §.
const CHURCH: &str = "LOV-1995-02-24-12";

/// Lov om 1 og 17 mai som høgtidsdager.
const MAY: &str = "LOV-1947-04-26-1";

pub(super) const ROWS: &[Rule] = &[
    church(Fixed(1, 1), "nyårsdagen", "New Year's Day"),
    church(Easter(-3), "skärtorsdagen", "Maundy Thursday"),
    church(Easter(-2), "långfredagen", "Good Friday"),
    church(Easter(0), "påskdagen", "Easter Sunday"),
    church(Easter(1), "annandag påsk", "Easter Monday"),
    Rule::public(Fixed(5, 1), All, MAY, "första maj", "May Day"),
    Rule::public(Fixed(5, 17), All, MAY, "Norges grundlagsdag", "Constitution Day"),
    church(Easter(39), "Kristi himmelsfärdsdag", "Ascension Day"),
    church(Easter(49), "pingstdagen", "Whit Sunday"),
    church(Easter(50), "annandag pingst", "Whit Monday"),
    church(Fixed(12, 25), "juldagen", "Christmas Day"),
    church(Fixed(12, 26), "annandag jul", "Second Day of Christmas"),
];

const fn church(when: When, name_sv: &'static str, name_en: &'static str) -> Rule {
    Rule::public(when, All, CHURCH, name_sv, name_en)
}
