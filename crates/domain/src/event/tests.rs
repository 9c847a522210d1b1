//! Which entry of the journal is which event, as a table for people; and what an event says.

use super::*;
use crate::callback::{Actor, How, Withdrawal};
use crate::decision::Decline;
use crate::ids::CallId;
use crate::testing::*;
use std::collections::BTreeSet;
use uuid::Uuid;

fn entries() -> Vec<(Entry, &'static str)> {
    let call = CallId(Uuid::from_u128(1));
    let (by, owner) = (Actor::Employee(ANNA), Owner::Unit(BUILDING));
    let other = CallbackId(Uuid::from_u128(2));
    let (line, day) = (line_id("Anna"), date("2026-11-11"));
    let disposition = Disposition::ReachedByPbx;
    Vec::from([
        (Entry::Opened { call, due_on: None, previous: None }, "callback.opened"),
        (Entry::Joined { call }, "callback.contact_joined"),
        (Entry::JoinedFrom { other }, "callback.contact_joined"),
        (Entry::Amended { call }, "callback.contact_changed"),
        (Entry::ContactWithdrawn { call }, "callback.contact_withdrawn"),
        (Entry::DueMoved { from: None, to: Some(day) }, "callback.due_moved"),
        (Entry::Attempted { by, reached: false, call: None }, "callback.attempted"),
        (Entry::Attempted { by, reached: true, call: None }, "callback.reached"),
        (Entry::ResolvedByPbx { by: line, call, disposition }, "callback.resolved_by_pbx"),
        (Entry::ReopenedByPbx { call }, "callback.reopened"),
        (Entry::MadeFinal, "callback.resolved"),
        (Entry::Resolved { by, disposition }, "callback.resolved"),
        (Entry::Undone { by }, "callback.reopened"),
        (Entry::Withdrawn { why: Withdrawal::Contradicted }, "callback.withdrawn"),
        (Entry::Listed { level: 0 }, "callback.late"),
        (Entry::Listed { level: 1 }, "callback.climbed"),
        (Entry::Listed { level: 2 }, "callback.climbed"),
        (Entry::Taken { by: CHEF, until: day }, "callback.taken"),
        (Entry::HandedOver { by, to: owner }, "callback.handed_over"),
        (Entry::Accepted { by }, "callback.hand_over_accepted"),
        (Entry::Declined { by, why: Decline::NoTime }, "callback.hand_over_declined"),
        (Entry::HandOverUnanswered { to: owner }, "callback.hand_over_unanswered"),
        (Entry::Agreed { by, on: day }, "callback.day_agreed"),
        (Entry::AgreedDayBroken { on: day }, "callback.agreed_day_broken"),
        (Entry::Left { who: ANNA, to: owner }, "callback.moved"),
    ])
}

#[test]
fn every_entry_of_the_journal_is_one_event() {
    for (entry, name) in entries() {
        assert_eq!(EventKind::of(&entry).name(), name, "{entry:?}");
    }
    let told: BTreeSet<&str> = entries().into_iter().map(|(_, name)| name).collect();
    let all: BTreeSet<&str> = EventKind::ALL.into_iter().map(EventKind::name).collect();
    assert_eq!(told, all, "each kind of event comes of some entry");
}

#[test]
fn an_event_is_written_by_its_name() {
    for kind in EventKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
    }
}

#[test]
fn a_decision_tells_what_is_wanted_and_how_the_callback_then_stood() {
    let opened = Callback::open(opening(message(1, "2026-11-05 10:00")), rules(), s(0)).unwrap();
    assert_eq!(events(&opened, &[]), []);
    assert_eq!(events(&opened, &[EventKind::Late]), []);
    let told = events(&opened, &EventKind::ALL);
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].kind, told[0].state, told[0].due_on, told[0].attempts, told[0].version),
        (EventKind::Opened, Stands::Open, Some(date("2026-11-09")), 0, opened.written().version)
    );
    let tried = opened.written().attempt(ANNA, How::Phone, s(60)).unwrap();
    let told = events(&tried, &[EventKind::Attempted, EventKind::Resolved]);
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].attempts, told[0].reached, told[0].at), (1, false, s(60)));
    assert!(told[0].version > opened.written().version);
    let zone = CALENDAR.zone();
    assert_eq!(told[0].reference(zone), tried.callback.reference(zone));
}

// The level of the manager above comes with that of the own manager where the own one is left out.
#[test]
fn of_one_kind_a_decision_tells_one_event() {
    let opened = Callback::open(opening(message(1, "2026-11-05 10:00")), rules(), s(0)).unwrap();
    let listed = opened.written().list(2, date("2026-11-10"), s(9));
    let kinds: Vec<EventKind> = events(&listed, &EventKind::ALL).iter().map(|e| e.kind).collect();
    assert_eq!(kinds, [EventKind::Late, EventKind::Climbed]);
}
