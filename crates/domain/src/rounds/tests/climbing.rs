//! What is still late goes up, level by level (R27, R28). In this town Anna manages Bygg, and Chef the whole.

use super::*;
use crate::directory::Responsible;

const ANNAS: Recipient = Recipient::Responsible(Responsible::Employee(ANNA));
const CHEFS: Recipient = Recipient::Responsible(Responsible::Employee(CHEF));

fn town() -> Directory {
    town_of(|u| if u.id == BUILDING { Some(ANNA) } else { Some(CHEF).filter(|_| u.id == TOP) })
}

fn offices() -> Offices {
    Offices { reception: None, officer: Some("kd@kommun.example".to_owned()) }
}

/// Bo's, left on Tuesday 10 November 2026: due on Thursday, late from Friday the 13th on.
fn bos() -> Callback {
    of(Owner::Employee(BO), message(1, "2026-11-10 10:00"))
}

/// What a list says of one callback.
#[derive(Debug, PartialEq, Eq)]
enum Says {
    Nothing,
    Own,
    FromBelow,
}
use Says::{FromBelow, Nothing, Own};

/// What the lists of Anna, Chef and the officer say on that day; and what is so afterwards.
fn on(callback: &mut Callback, day: &str, dead: &[&str]) -> [Says; 3] {
    let (town, offices) = (town(), offices());
    let dead = dead.iter().map(|address| Unreachable {
        who: Responsible::Organisation.into(),
        address: (*address).to_owned(),
    });
    let unreachable: Vec<Unreachable> = dead.collect();
    let today = date(day);
    let readers = Readers { unreachable: &unreachable, ..Readers::of(&town, &offices, today) };
    let now = at(&format!("{day} 08:30"));
    // The order must not matter: from the top down.
    let mut says = [Recipient::Officer, CHEFS, ANNAS].map(|me| {
        let listing = manager_list(me, std::slice::from_ref(callback), readers, rules());
        let Some(Listing { list, listed }) = listing else { return Nothing };
        for (_, level) in listed {
            *callback = callback.clone().list(level, date(day), now).callback;
        }
        let own = list.units.iter().any(|u| !u.late.is_empty());
        assert!(!own || list.from_below.is_empty(), "once on one list: {list:?}");
        if own {
            Own
        } else if list.from_below.is_empty() {
            Nothing
        } else {
            FromBelow
        }
    });
    says.reverse();
    says
}

// R27: also on the list above when it is still late 2 working days after it was first on one; from then on weekly.
#[test]
fn what_is_still_late_goes_up_after_two_working_days_and_then_weekly() {
    let mut callback = bos();
    for (day, expected) in [
        ("2026-11-12", [Nothing, Nothing, Nothing]), // due today
        ("2026-11-13", [Own, Nothing, Nothing]),
        ("2026-11-16", [Own, Nothing, Nothing]),
        ("2026-11-17", [Own, FromBelow, Nothing]),
        ("2026-11-18", [Own, Nothing, Nothing]),
        ("2026-11-19", [Own, Nothing, FromBelow]),
        ("2026-11-20", [Own, Nothing, Nothing]),
        ("2026-11-23", [Own, FromBelow, FromBelow]), // Monday
        ("2026-11-24", [Own, Nothing, Nothing]),
    ] {
        assert_eq!(on(&mut callback, day, &[]), expected, "{day}");
    }
    assert_eq!(callback.listed_on, ["2026-11-13", "2026-11-17", "2026-11-19"].map(date));
}

// R27: the days count from the list, not from the promise: after downtime the manager still has two.
#[test]
fn nobody_above_is_told_before_the_manager_was() {
    let mut callback = bos();
    assert_eq!(on(&mut callback, "2026-11-25", &[]), [Own, Nothing, Nothing]);
    assert_eq!(on(&mut callback, "2026-11-26", &[]), [Own, Nothing, Nothing]);
    assert_eq!(on(&mut callback, "2026-11-27", &[]), [Own, FromBelow, Nothing]);
}

// R27: who is responsible and manager at once is no second pair of eyes.
#[test]
fn what_the_manager_should_have_done_goes_up_at_once() {
    let mut callback = annas(message(1, "2026-11-10 10:00"));
    assert_eq!(on(&mut callback, "2026-11-13", &[]), [Own, FromBelow, Nothing]);
    assert_eq!(on(&mut callback, "2026-11-16", &[]), [Own, FromBelow, Nothing], "Monday");
    assert_eq!(on(&mut callback, "2026-11-17", &[]), [Own, Nothing, FromBelow]);
    let mut top = of(Owner::Employee(CHEF), message(1, "2026-11-10 10:00"));
    assert_eq!(on(&mut top, "2026-11-13", &[]), [Nothing, Own, FromBelow]);
}

// R27: "Jag tar den" holds one working day.
#[test]
fn what_a_manager_has_taken_goes_no_further_while_that_holds() {
    let mut callback = bos();
    on(&mut callback, "2026-11-13", &[]);
    let taken = callback.take(ANNA, rules(), at("2026-11-16 15:00")).unwrap();
    assert!(
        taken.callback.clone().take(ANNA, rules(), at("2026-11-16 16:00")).unwrap().is_unchanged()
    );
    let mut callback = taken.callback;
    let row = row(&callback, date("2026-11-17"), &CALENDAR, &town());
    assert_eq!(row.taken_by.as_deref(), Some("Anna"));
    assert_eq!(on(&mut callback, "2026-11-17", &[]), [Own, Nothing, Nothing]);
    assert_eq!(on(&mut callback, "2026-11-18", &[]), [Own, FromBelow, Nothing]);
    let resolved = callback
        .resolve(BO, crate::callback::Disposition::Reached, rules(), at("2026-11-18 09:00"))
        .unwrap();
    assert!(resolved.callback.take(ANNA, rules(), at("2026-11-18 10:00")).is_err());
}

// R28: a manager whom mail does not reach is a reason to go one up: with the whole unit, and from the first day on.
#[test]
fn the_unit_of_a_manager_who_cannot_be_reached_is_on_the_list_above() {
    let dead = ["anna@kommun.example"];
    let mut callback = bos();
    assert_eq!(on(&mut callback, "2026-11-13", &dead), [Own, Own, Nothing]);
    assert_eq!(on(&mut callback, "2026-11-17", &dead), [Own, Own, Nothing]);
    assert_eq!(callback.listed_on, ["2026-11-13", "2026-11-17"].map(date));
    assert_eq!(on(&mut callback, "2026-11-19", &dead), [Own, Own, FromBelow]);
    assert_eq!(on(&mut callback, "2026-11-20", &[]), [Own, Nothing, Nothing], "she is back");
    let both = ["Anna@kommun.example", "chef@kommun.example"];
    assert_eq!(on(&mut bos(), "2026-11-13", &both), [Own, Own, Own]);
    let (town, offices) = (town(), offices());
    let dead = |address: &str| Unreachable { who: ANNAS, address: address.to_owned() };
    let unreachable = [dead("anna@kommun.example")];
    let readers =
        Readers { unreachable: &unreachable, ..Readers::of(&town, &offices, date("2026-11-13")) };
    let list = manager_list(CHEFS, &[bos()], readers, rules()).unwrap().list;
    let unit = list.units.iter().find(|u| u.name == "Bygg").unwrap();
    assert_eq!(
        (&*unit.instead_of, &*unit.undeliverable),
        (&["Anna".to_owned()][..], &["Anna".to_owned()][..])
    );
}

// R27: one who is both gets one list; and where nobody is left, that is an alarm.
#[test]
fn an_officer_who_is_a_manager_reads_one_list_and_without_one_there_is_an_alarm() {
    let (town, mut offices) = (town(), offices());
    offices.officer = Some("CHEF@kommun.example".to_owned());
    let today = date("2026-11-13");
    let readers = Readers::of(&town, &offices, today);
    assert_eq!(readers.all(), [CHEFS, ANNAS]);
    let late = of(Owner::Employee(CHEF), message(1, "2026-11-10 10:00"));
    let owners = [Owner::Employee(CHEF), Owner::Organisation];
    let today = date("2026-11-13");
    let unheard = |offices: &Offices, owners: &[Owner]| {
        let readers = Readers::of(&town, offices, today);
        alarm(std::slice::from_ref(&late), owners, readers, rules())
    };
    assert_eq!(unheard(&offices, &owners[..1]), None, "Chef has read it");
    offices.officer = None;
    let heard = unheard(&offices, &owners).unwrap();
    assert_eq!(heard.units, [("Kommun".to_owned(), 1)]);
    assert_eq!(heard.without_address, [None], "the organisation's reception");
}

// R25: a nudge is only for what is due today and nobody has tried; *new* for what nobody has tried since.
#[test]
fn a_nudge_and_news_are_only_of_what_nobody_has_tried() {
    let due = || of(Owner::Employee(BO), message(1, "2026-11-10 10:00"));
    let rows = |digest: Option<Digest>| digest.map_or(0, |d| d.rows.len());
    let thursday = date("2026-11-12");
    let some = [due(), tried(due(), "2026-11-11 10:00"), talked(due(), "2026-11-11 10:00")];
    assert_eq!(rows(nudge(&some, thursday, &CALENDAR, &TOWN)), 1);
    assert_eq!(rows(nudge(&some, date("2026-11-11"), &CALENDAR, &TOWN)), 0);
    assert_eq!(rows(nudge(&some, date("2026-11-13"), &CALENDAR, &TOWN)), 0);
    assert_eq!(rows(new(&some, thursday, &CALENDAR, &TOWN)), 1);
    let again = tried(due(), "2026-11-10 11:00");
    let again =
        again.join(message(2, "2026-11-10 12:00"), rules(), at("2026-11-10 12:00")).unwrap();
    assert_eq!(again.notices, [crate::decision::Notice::New]);
    assert_eq!(rows(new(&[again.callback], thursday, &CALENDAR, &TOWN)), 1);
}

// R25: what is told as new: a promise, and another message; not another ring, and not what promises nothing (R2).
#[test]
fn a_promise_and_another_message_are_news() {
    let open = |contact: Contact| {
        let now = contact.at;
        Callback::open(opening(contact), rules(), now).unwrap()
    };
    let join = |contact: Contact| {
        let now = at("2026-11-10 15:00");
        open(message(1, "2026-11-10 10:00")).callback.join(contact, rules(), now).unwrap()
    };
    assert_eq!(open(miss(1, "2026-11-10 10:00")).notices.len(), 1);
    assert_eq!(open(listed(1, "2026-11-10 10:00")).notices.len(), 0);
    assert_eq!(join(message(2, "2026-11-10 11:00")).notices.len(), 1);
    assert_eq!(join(miss(2, "2026-11-10 11:00")).notices.len(), 0);
    assert_eq!(join(message(1, "2026-11-10 10:01")).notices.len(), 0, "known before");
}
