//! Somebody leaves, on a day that the people file knows before (R13, R15, R16, R18).

use super::{ASA, LISA, SVEN, call, employee, owner};
use aterkom_tests::on_both;
use aterkom_tests::world::PEOPLE;
use domain::directory::Owner;
use domain::transitions::Rules;
use store::callbacks;

/// The people file in which Åsa's last day is Tuesday 17 November.
fn asa_leaves() -> String {
    let asa = "asa.oberg@exempelby.example,,,,,,\n";
    assert!(PEOPLE.contains(asa));
    PEOPLE
        .replace("employee,aliases\n", "employee,aliases,until\n")
        .replace(asa, "asa.oberg@exempelby.example,,,,,,,2026-11-17\n")
}

on_both! {
    // R13, R15, R16
    async fn from_the_day_after_the_last_one_everything_is_the_units(world at "2026-11-17 10:00") {
        world.import(&asa_leaves()).await;
        world.tell("1", "2026-11-17 09:00", "missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-17 23:59").await;
        let before = world.only_open().await;
        assert_eq!(before.holder(), Owner::Employee(employee(world, "Åsa Öberg").await));
        world.advance_to("2026-11-18 00:00").await;
        let after = world.callback(before.id).await;
        assert!(matches!(after.holder(), Owner::Unit(_)), "{:?}", after.holder());
        assert_eq!((after.owner, &after.due), (before.owner, &before.due));
        // What she was called about before stays one promise; her line is the unit's now.
        world.tell("2", "2026-11-17 16:00", "missed", call("2", LISA, ASA)).await;
        world.tell("3", "2026-11-17 16:05", "missed", call("3", SVEN, ASA)).await;
        world.tell("4", "2026-11-18 00:00", "missed", call("4", LISA, ASA)).await;
        let open = world.open().await;
        assert_eq!(open.len(), 3);
        assert!(open.iter().all(|c| matches!(c.holder(), Owner::Unit(_))), "{open:#?}");
        assert_eq!(world.callback(before.id).await.contacts.len(), 2);
        let new = open.iter().find(|c| matches!(c.owner, Owner::Unit(_))).expect("a new one");
        assert_eq!(owner(world, new).await, "Bygglov");
        world.advance_to("2026-11-18 08:20").await;
        assert_eq!(world.mailbox("bygglov@exempelby.example").only().subject, "Att ringa upp: 3");
        // Importing the same file again brings nobody back.
        world.import(&asa_leaves()).await;
        world.work().await;
        assert!(world.directory().await.employee_at("asa.oberg@exempelby.example").is_none());
    }

    // R18: an offer that nobody can accept any more is the receiving unit's, and the sender is told.
    async fn what_was_offered_to_somebody_who_left_goes_to_their_unit(world at "2026-11-17 10:00") {
        world.import(&asa_leaves()).await;
        let amirs = "+46980319241";
        world.tell("1", "2026-11-17 09:00", "missed", call("1", LISA, amirs)).await;
        let (asa, amir) = (employee(world, "Åsa Öberg").await, employee(world, "Amir Nouri").await);
        let directory = world.directory().await;
        let to = Owner::Employee(asa);
        let (policy, calendar) = (&*world.app.scheduler.policy, &*world.app.scheduler.calendar);
        let (unit, rules) = (directory.unit_of(to), Rules::new(policy, calendar));
        let offered = world.only_open().await.offer(to, unit, amir, rules, world.app.clock.now());
        let tx = world.app.store.begin().await.expect("storage works");
        callbacks::apply(&tx, &offered.expect("it is open")).await.expect("storage works");
        tx.commit().await.expect("storage works");
        world.advance_to("2026-11-18 00:01").await;
        let after = world.only_open().await;
        assert_eq!((after.holder(), after.hops), (Owner::Unit(unit.expect("hers")), 1));
        world.advance_to("2026-11-18 08:20").await;
        assert_eq!(world.mailbox("bygglov@exempelby.example").len(), 1);
        world.advance_to("2026-11-19 08:20").await;
        let told = world.mailbox("amir.nouri@exempelby.example").only();
        assert!(told.words().contains("INGEN TOG EMOT"), "{}", told.text);
        world.forget_mails();
    }
}
