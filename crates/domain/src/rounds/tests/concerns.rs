//! What concerns a manager on the page is what the mail says.

use super::*;
use crate::callback::{Agreed, HandOver};
use crate::directory::Absence;
use crate::ids::UnitId;
use chrono::Days;

/// Some of everything, opened over a month.
fn promises() -> Vec<Callback> {
    let mut all = Vec::new();
    for day in 0..30 {
        let day = date("2026-10-12") + Days::new(day);
        let contact = |n: u128, hour: u32| {
            let n = n + 10 * u128::from(day.format("%m%d").to_string().parse::<u32>().unwrap());
            message(n, &format!("{day} {hour:02}:00"))
        };
        all.push(annas(contact(1, 9)));
        all.push(tried(annas(contact(2, 9)), &format!("{day} 18:00")));
        all.push(tried(annas(contact(3, 9)), &format!("{} 18:00", day + Days::new(8))));
        let on = day + Days::new(6);
        let agreed =
            |broken| Agreed { on, by: ANNA.into(), at: at(&format!("{day} 11:00")), broken };
        all.push(Callback { agreed: Some(agreed(false)), ..annas(contact(4, 10)) });
        all.push(Callback { agreed: Some(agreed(true)), ..annas(contact(5, 10)) });
        all.push(annas(listed(900_000 + contact(6, 10).call.0.as_u128(), &format!("{day} 10:00"))));
    }
    all
}

fn takes(concern: Concern, callbacks: &[Callback], today: NaiveDate) -> Vec<CallbackId> {
    let cut = concern.cut(&[BUILDING], &TOWN, today, &CALENDAR, &POLICY);
    let taken = callbacks.iter().filter(|c| cut.takes(c, CALENDAR.zone()));
    let mut ids: Vec<CallbackId> = taken.map(|c| c.id).collect();
    ids.sort();
    ids
}

fn ids(groups: &[OfPerson]) -> Vec<CallbackId> {
    let mut ids: Vec<CallbackId> =
        groups.iter().flat_map(|g| g.rows.iter().map(|r| r.id)).collect();
    ids.sort();
    ids
}

// R12, R19, R23, R26: also on days off, and beside them.
#[test]
fn tiles_say_what_the_manager_list_says() {
    let callbacks = promises();
    let town = town_of(|_| Some(CHEF));
    let offices = Offices::default();
    for n in 0..40 {
        let today = date("2026-10-20") + Days::new(n);
        let readers = Readers::of(&town, &offices, today);
        let chef = crate::directory::Responsible::Employee(CHEF).into();
        let listing = manager_list(chef, &callbacks, readers, rules()).expect("much is late");
        let unit = listing.list.units.iter().find(|u| u.name == "Bygg").expect("it is on the list");
        for (concern, listed) in [
            (Concern::Late, &unit.late),
            (Concern::DueToday, &unit.due_today),
            (Concern::NotReached, &unit.not_reached),
            (Concern::AgreedDayBroken, &unit.broken_agreed),
        ] {
            assert_eq!(takes(concern, &callbacks, today), ids(listed), "{concern:?} on {today}");
        }
    }
}

// R18, R26
#[test]
fn what_waits_for_a_yes_and_what_nobody_stands_in_for_are_lists_of_their_own() {
    let (today, contact) = (date("2026-11-10"), message(1, "2026-11-09 10:00"));
    let mine = annas(contact.clone());
    let hand_over = HandOver {
        from: mine.owner,
        to: Owner::Unit(SCHOOL),
        unit: Some(SCHOOL),
        by: ANNA.into(),
        at: contact.at,
        until: at("2026-11-10 17:00"),
        unanswered: false,
    };
    let offered = Callback { hand_over: Some(hand_over), ..mine.clone() };
    assert_eq!(takes(Concern::Waiting, &[offered], today).len(), 1);
    assert_eq!(takes(Concern::Waiting, std::slice::from_ref(&mine), today).len(), 0);
    assert_eq!(takes(Concern::Uncovered, std::slice::from_ref(&mine), today).len(), 0);
    let away = Absence { employee: ANNA, from: today, to: today, substitute: None };
    let town = Directory::new(
        TOWN.units().to_vec(),
        TOWN.employees().to_vec(),
        TOWN.lines().to_vec(),
        vec![away],
    );
    let cut = |units: &[UnitId]| Concern::Uncovered.cut(units, &town, today, &CALENDAR, &POLICY);
    assert!(cut(&[BUILDING]).takes(&mine, CALENDAR.zone()));
    assert!(!cut(&[SCHOOL]).takes(&mine, CALENDAR.zone()), "Anna works elsewhere");
}

#[test]
fn what_has_ended_concerns_nobody() {
    let done = talked(annas(message(1, "2026-11-02 10:00")), "2026-11-03 10:00");
    let today = date("2026-11-10");
    assert!(
        Concern::ALL.into_iter().all(|c| takes(c, std::slice::from_ref(&done), today).is_empty())
    );
    assert!(!Cut::Everything.takes(&done, CALENDAR.zone()));
}

#[test]
fn every_concern_is_found_by_its_name() {
    assert!(Concern::ALL.into_iter().all(|c| Concern::named(c.name()) == Some(c)));
    assert_eq!(Concern::named("sent"), None);
}
