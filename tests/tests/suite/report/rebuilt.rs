//! What is counted from can be made again: after an update, when asked for, and after an end in the middle of it.

use super::{NO_MAILS, lines, month, printed};
use aterkom::commands::report::Arguments;
use aterkom_tests::{World, on_both};
use domain::callback::{Callback, Contact, ContactKind};
use domain::decision::Decision;
use domain::directory::Owner;
use domain::fact::Why;
use domain::ids::{CallId, CallbackId, UnitId};
use domain::transitions::{Opening, Rules};
use store::follow_up::{self, Rebuilt};

/// Callbacks as a version wrote them that knew nothing of follow-up.
async fn older(world: &World, unit: UnitId, callbacks: usize) {
    let (clock, scheduler) = (&world.app.clock, &world.app.scheduler);
    let rules = Rules::new(&scheduler.policy, &scheduler.calendar);
    let one = |_| -> Decision {
        let contact = Contact {
            call: CallId(clock.new_id()),
            at: clock.now(),
            at_marked: false,
            line: None,
            kind: ContactKind::Missed { why: Why::NoAnswer },
            promised: true,
            withdrawn: false,
        };
        let opening = Opening {
            id: CallbackId(clock.new_id()),
            caller: None,
            owner: Owner::Unit(unit),
            unit: Some(unit),
            contact,
            previous: None,
            may_be_joined: false,
        };
        Callback::open(opening, rules, clock.now()).expect("a last day in this century")
    };
    let decisions: Vec<Decision> = (0..callbacks).map(one).collect();
    let tx = world.app.store.begin().await.expect("storage works");
    store::bench::open_many(&tx, &decisions).await.expect("storage works");
    tx.commit().await.expect("storage works");
}

async fn some_more(world: &World) -> Rebuilt {
    let tx = world.app.store.begin().await.expect("storage works");
    let made = follow_up::rebuild_some(&tx).await.expect("storage works");
    tx.commit().await.expect("storage works");
    made
}

on_both! {
    // R31
    async fn what_was_there_before_an_update_is_counted_and_an_end_in_the_middle_costs_nothing(world at "2026-11-02 10:00" with NO_MAILS) {
        let directory = world.directory().await;
        let unit = directory.units().iter().find(|u| u.name == "Bygglov").expect("a unit").id;
        older(world, unit, 1_200).await;
        assert!(lines(world).await.is_empty());
        let tx = world.app.store.begin().await.expect("storage works");
        follow_up::begin_again(&tx).await.expect("storage works");
        tx.commit().await.expect("storage works");
        assert_eq!(some_more(world).await, Rebuilt::Some(500));
        // Here the process ended; what was under way in its transaction is as if it had not been.
        let tx = world.app.store.begin().await.expect("storage works");
        follow_up::rebuild_some(&tx).await.expect("storage works");
        tx.rollback().await.expect("storage works");
        assert_eq!(lines(world).await.len(), 500);
        world.sleep_until("2026-12-01 12:00");
        let csv = Arguments { csv: true, unit: Some("Bygglov".to_owned()), ..Arguments::of(month("2026-11")) };
        let told = printed(world, &csv).await;
        assert!(told.contains("Bygglov,own,without,,yes,1200,0,1200,0,"), "{told}");
        assert_eq!(some_more(world).await, Rebuilt::All(0), "it is done once");
        let again = Arguments { rebuild: true, ..csv };
        assert_eq!(printed(world, &again).await, told);
        world.forget_mails();
    }
}
