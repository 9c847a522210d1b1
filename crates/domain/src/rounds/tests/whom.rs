//! Who is one person to a round.

use super::*;
use crate::directory::Responsible;

fn shared() -> Directory {
    let units = TOWN.units().iter().map(|u| Unit {
        mailbox: (u.id == SCHOOL).then(|| "Exp@Kommun.example ".to_owned()),
        ..u.clone()
    });
    Directory::new(units.collect(), TOWN.employees().to_vec(), Vec::new(), Vec::new())
}

fn offices(reception: &str) -> Offices {
    Offices { reception: Some(reception.to_owned()), officer: None }
}

// R25: one address is one person, whatever it is the address of.
#[test]
fn who_reads_one_address_is_told_once() {
    let town = shared();
    let offices = offices("exp@kommun.example");
    let roles = [
        Responsible::Organisation,
        Responsible::Reception(TOP),
        Responsible::UnitMailbox(SCHOOL),
        Responsible::Reception(BUILDING),
        Responsible::Employee(ANNA),
    ];
    let told = offices.one_each(roles, &town);
    let once = [
        Responsible::Employee(ANNA),
        Responsible::UnitMailbox(SCHOOL),
        Responsible::Reception(BUILDING),
    ];
    assert_eq!(told.into_iter().collect::<Vec<_>>(), once);
    let same = offices.same_as(Responsible::UnitMailbox(SCHOOL), &town);
    assert_eq!(same.len(), 3, "{same:?}");
}

// R16: who has no address is not lost among those who have one.
#[test]
fn who_has_no_address_is_nobody_else() {
    let roles = [Responsible::Organisation, Responsible::Reception(SCHOOL)];
    let told = Offices::default().one_each(roles, &TOWN);
    assert_eq!(told.len(), 2);
    let same = Offices::default().same_as(Responsible::Organisation, &TOWN);
    assert_eq!(same.into_iter().collect::<Vec<_>>(), [Responsible::Organisation]);
}

// Rows that were written before there were officers and accounts are read as they were.
#[test]
fn a_recipient_is_stored_as_its_role_was() {
    for (recipient, json) in [
        (Responsible::Organisation.into(), "\"organisation\""),
        (Recipient::Officer, "\"officer\""),
        (
            Responsible::Reception(TOP).into(),
            "{\"reception\":\"00000000-0000-0000-0000-000000000001\"}",
        ),
        (
            Recipient::Account { account: crate::ids::AccountId(TOP.0) },
            "{\"account\":\"00000000-0000-0000-0000-000000000001\"}",
        ),
    ] {
        assert_eq!(serde_json::to_string(&recipient).unwrap(), json);
        assert_eq!(serde_json::from_str::<Recipient>(json).unwrap(), recipient);
    }
}
