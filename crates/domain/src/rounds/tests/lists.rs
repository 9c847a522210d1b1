//! What a digest and a manager's list say.

use super::*;
use crate::directory::{Directory, Responsible, Unit};
use crate::ids::{EmployeeId, UnitId};
use std::collections::BTreeMap;

const TUESDAY: &str = "2026-11-10";

/// The list of Chef, who manages these units and no others.
fn list_of(
    units: &[UnitId],
    callbacks: &[Callback],
    undeliverable: &[EmployeeId],
    today: &str,
) -> Option<ManagerList> {
    let town = town_of(|u| units.contains(&u.id).then_some(CHEF));
    let dead = |id: &EmployeeId| Unreachable {
        who: Responsible::Employee(*id).into(),
        address: "ny@kommun.example".to_owned(),
    };
    let unreachable: Vec<Unreachable> = undeliverable.iter().map(dead).collect();
    let (offices, unreachable) = (&Offices::default(), &*unreachable);
    let readers = Readers { unreachable, ..Readers::of(&town, offices, date(today)) };
    let chef = Responsible::Employee(CHEF).into();
    manager_list(chef, callbacks, readers, rules()).map(|listing| listing.list)
}

/// Of whom each part of a unit's list tells, and how often.
fn told(groups: &[OfPerson]) -> Vec<(&str, usize)> {
    groups.iter().map(|g| (g.who.as_deref().unwrap_or("-"), g.rows.len())).collect()
}

fn calls(digest: &Digest) -> Vec<u128> {
    digest.rows.iter().map(|r| r.id.0.as_u128() / 1_000).collect()
}

// R25: everything open, the soonest first; of one day those with a message first (R2); without a last day at the end.
#[test]
fn a_digest_begins_with_what_is_due_first() {
    let open = [
        annas(listed(1, "2026-11-02 10:00")),
        annas(message(2, "2026-11-09 12:00")),
        annas(miss(3, "2026-11-06 09:00")),
        annas(message(4, "2026-11-06 10:00")),
        annas(message(5, "2026-11-06 08:00")),
        tried(annas(message(6, "2026-11-05 08:00")), "2026-11-05 09:00"),
    ];
    let digest = digest(&open, date(TUESDAY), &CALENDAR, &TOWN).unwrap();
    assert_eq!(calls(&digest), [6, 5, 4, 3, 2, 1]);
    assert_eq!(digest.day, date(TUESDAY));
}

// R25: an empty mail is never sent. R21: what is done according to the PBX is not reminded of.
#[test]
fn a_digest_without_anything_open_is_none() {
    let withdrawn = annas(message(2, "2026-11-09 10:00"));
    let withdrawn = tried(withdrawn, "2026-11-09 11:00");
    let withdrawn = withdrawn.withdraw_contact(call_id(2), rules(), at("2026-11-09 12:00"));
    let nothing = [
        talked(annas(message(1, "2026-11-09 10:00")), "2026-11-09 11:00"),
        withdrawn.unwrap().callback,
    ];
    assert_eq!(digest(&nothing, date(TUESDAY), &CALENDAR, &TOWN), None);
    assert_eq!(digest(&[], date(TUESDAY), &CALENDAR, &TOWN), None);
}

// R29: a row shows reference and dates, and our own name of the line.
#[test]
fn a_row_says_what_helps_to_find_the_caller_and_not_who_it_is() {
    let now = at("2026-11-09 11:00");
    let both = annas(message(1, "2026-11-09 10:00"));
    let both = both.join(miss(2, "2026-11-09 09:00"), rules(), now).unwrap().callback;
    let both = tried(both, "2026-11-09 11:00");
    let row = digest(&[both], date(TUESDAY), &CALENDAR, &TOWN).unwrap().rows.remove(0);
    assert_eq!(row.received_at, at("2026-11-09 09:00"));
    assert_eq!((row.contacts, row.attempts, row.has_message), (2, 1, true));
    assert_eq!(row.line.as_deref(), Some("Anna"));
    assert!(row.reference.starts_with("261109-"));
}

// R26: per unit what is late, due today and unattempted, and tried but not reached.
#[test]
fn a_manager_sees_what_is_late_runs_out_today_or_is_not_reached() {
    let bo = |contact| of(Owner::Employee(BO), contact);
    let unit = |contact| of(Owner::Unit(BUILDING), contact);
    let open = [
        bo(message(1, "2026-11-05 10:00")),
        annas(message(2, "2026-11-05 10:00")),
        annas(message(3, "2026-11-04 10:00")),
        unit(message(4, "2026-11-05 10:00")),
        annas(message(5, "2026-11-06 10:00")),
        tried(annas(message(6, "2026-11-06 10:00")), "2026-11-09 10:00"),
        tried(annas(message(7, "2026-11-03 09:00")), "2026-11-03 10:00"),
        tried(annas(message(8, "2026-11-03 09:00")), "2026-11-04 10:00"),
        annas(message(9, "2026-11-09 10:00")),
        annas(listed(10, "2026-11-09 10:00")),
        talked(annas(message(11, "2026-11-03 10:00")), "2026-11-09 10:00"),
    ];
    let list = list_of(&[BUILDING], &open, &[SIV, BO], TUESDAY).unwrap();
    let [unit] = list.units.as_slice() else { panic!("{list:?}") };
    assert_eq!(told(&unit.late), [("Anna", 2), ("Bo", 1), ("-", 1)]);
    assert_eq!(told(&unit.due_today), [("Anna", 1)]);
    // R19: still open 5 working days after the first attempt; the fourth is no news.
    assert_eq!(told(&unit.not_reached), [("Anna", 1)]);
    assert_eq!(unit.undeliverable, ["Bo"]);
    assert_eq!(unit.open, 10);
    assert_eq!(unit.late[0].rows[0].due.as_ref().unwrap().due_on, date("2026-11-06"));
}

// R32: no ranking: people stand by name, however late and however many.
#[test]
fn people_stand_by_name_and_not_by_how_late_they_are() {
    let of_each = |n: u128, owner, times: &[&str]| -> Vec<Callback> {
        (n..).zip(times).map(|(n, time)| of(Owner::Employee(owner), message(n, time))).collect()
    };
    let few = ["2026-11-05 10:00"];
    let many = ["2026-10-05 10:00", "2026-10-06 10:00", "2026-10-07 10:00"];
    for (annas, bos) in [(&few[..], &many[..]), (&many[..], &few[..])] {
        let open = [of_each(10, BO, bos), of_each(1, ANNA, annas)].concat();
        let list = list_of(&[BUILDING], &open, &[], TUESDAY).unwrap();
        let names: Vec<_> = list.units[0].late.iter().map(|g| g.who.as_deref()).collect();
        assert_eq!(names, [Some("Anna"), Some("Bo")]);
    }
}

// R26: nothing to say → no mail, but on Monday always, or the first working day of a week whose Monday is off.
#[test]
fn a_quiet_list_speaks_once_a_week() {
    for (today, speaks) in [
        ("2026-11-09", true),
        ("2026-11-10", false),
        ("2026-11-13", false),
        ("2026-04-07", true), // Tuesday after Easter Monday
        ("2026-04-08", false),
        ("2026-01-07", false), // Wednesday after Epiphany; Monday the 5th was worked
    ] {
        let quiet = [annas(message(1, &format!("{today} 08:00")))];
        let list = list_of(&[BUILDING], &quiet, &[], today);
        assert_eq!(list.is_some(), speaks, "{today}");
        assert!(list.is_none_or(|l| l.units.iter().all(UnitList::is_quiet)));
    }
    assert_eq!(list_of(&[], &[], &[], "2026-11-09"), None, "who manages nothing is told nothing");
    assert!(
        list_of(&[BUILDING], &[], &[ANNA], TUESDAY).is_some(),
        "an undeliverable reminder is something"
    );
}

// R16, R26: what belongs to no unit stands with the unit at the top, and only there.
#[test]
fn what_is_the_organisations_own_stands_with_the_top_unit() {
    let open = [of(Owner::Organisation, message(1, "2026-11-05 10:00"))];
    assert_eq!(open[0].unit, None);
    let list = list_of(&[TOP, BUILDING], &open, &[], TUESDAY).unwrap();
    let late: BTreeMap<_, _> = list.units.iter().map(|u| (u.name.as_str(), u.late.len())).collect();
    assert_eq!(late, BTreeMap::from([("Bygg", 0), ("Kommun", 1), ("Skola", 0)]));
}

// R13, R26: a unit that is gone still has its promises; it stands on the list until they are kept.
#[test]
fn a_unit_that_is_gone_is_told_of_while_it_has_something_open() {
    let gone = |u: &Unit| Unit { active: u.id != SCHOOL, ..u.clone() };
    let units = TOWN.units().iter().map(gone).collect();
    let town = Directory::new(units, TOWN.employees().to_vec(), Vec::new(), Vec::new());
    let names = |open: &[Callback], today: &str| -> Vec<String> {
        let (offices, unreachable) = (&Offices::default(), &[]);
        let readers = Readers { unreachable, ..Readers::of(&town, offices, date(today)) };
        let chef = Responsible::Employee(CHEF).into();
        let listing = manager_list(chef, open, readers, rules());
        let units = listing.map(|l| l.list.units).unwrap_or_default().into_iter();
        units.map(|u| u.name).filter(|name| name != "Bygg").collect()
    };
    let late = [of(Owner::Employee(SIV), message(1, "2026-11-05 10:00"))];
    assert_eq!(names(&late, TUESDAY), ["Kommun", "Skola"]);
    assert_eq!(names(&[], "2026-11-09"), ["Kommun"]);
}
