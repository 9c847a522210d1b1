//! Who sits at a desk.

use super::*;
use crate::testing::{ANNA, BUILDING, SCHOOL, SIV, TOP, TOWN, date};
use uuid::Uuid;

// R36: the mailboxes are known; who works where they are read is known by that unit's own mailbox.
#[test]
fn a_desk_is_a_mailbox_of_ours_or_a_unit_that_reads_somebodys_reception() {
    let unit = |u: &Unit| match u.id {
        SCHOOL => Unit { mailbox: Some("Exp@kommun.example".to_owned()), ..u.clone() },
        BUILDING => Unit { mailbox: Some("byggpost@kommun.example".to_owned()), ..u.clone() },
        _ => u.clone(),
    };
    let units = TOWN.units().iter().map(unit).collect();
    let town = Directory::new(units, TOWN.employees().to_vec(), TOWN.lines().to_vec(), Vec::new());
    assert!(
        town.unit(TOP).is_some_and(|top| top.reception.as_deref() == Some("exp@kommun.example"))
    );
    for (address, expected, case) in [
        ("exp@kommun.example", true, "a reception"),
        ("BYGGPOST@kommun.example", true, "a function mailbox"),
        ("vaxel@kommun.example", true, "the organisation's reception"),
        ("siv@kommun.example", true, "who works where a reception is read"),
        ("anna@kommun.example", false, "who works elsewhere"),
        ("it@kommun.example", false, "who looks after the installation"),
        ("gone@kommun.example", false, "who has left"),
    ] {
        let (account, reception) = (AccountId(Uuid::from_u128(1)), Some("vaxel@kommun.example"));
        let reader = Reader::of(account, address, true, &town, reception, date("2026-11-09"));
        assert_eq!(reader.is_at_desk(&town, reception), expected, "{case}");
    }
    assert_eq!(
        (town.unit_of(Owner::Employee(SIV)), town.unit_of(Owner::Employee(ANNA))),
        (Some(SCHOOL), Some(BUILDING))
    );
}
