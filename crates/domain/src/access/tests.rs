//! Who sits at a desk.

use super::*;
use crate::directory::Absence;
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

// R16, R36: what is kept of the day that was asked for first is no answer for another day.
#[test]
fn whose_callbacks_stand_on_a_list_goes_by_the_day_that_is_asked_for() {
    let away = Absence {
        employee: ANNA,
        from: date("2026-11-10"),
        to: date("2026-11-10"),
        substitute: Some(SIV),
    };
    let (units, people) = (TOWN.units().to_vec(), TOWN.employees().to_vec());
    let town = Directory::new(units, people, TOWN.lines().to_vec(), Vec::from([away]));
    let owners = town.employees().iter().map(|e| Owner::Employee(e.id));
    let units = town.units().iter().map(|u| Owner::Unit(u.id));
    let owners: Vec<Owner> = owners.chain(units).chain([Owner::Organisation]).collect();
    let mut covers = Vec::new();
    for day in ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-10"].map(date) {
        for address in ["anna", "bo", "siv", "chef", "exp", "vaxel", "gone", "nobody"] {
            let (address, id) =
                (format!("{address}@kommun.example"), AccountId(Uuid::from_u128(1)));
            let reception = Some("vaxel@kommun.example");
            let reader = Reader::of(id, &address, false, &town, reception, day);
            let mut expected = owners.clone();
            expected.retain(|owner| {
                let answering = town.answering(*owner, day);
                reader.owns(*owner, &town) || answering.iter().any(|who| reader.is(*who))
            });
            expected.sort_unstable();
            assert_eq!(reader.owners(&town, day), expected, "{address} on {day}");
            if address.starts_with("siv") && expected.contains(&Owner::Employee(ANNA)) {
                covers.push(day);
            }
        }
    }
    assert_eq!(covers, [date("2026-11-10"); 2], "the substitute has them that day only");
}
