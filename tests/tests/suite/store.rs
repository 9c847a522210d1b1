//! Storage by itself: who loses a race reads again, nothing is there twice, and every query has its index.

use aterkom_tests::on_both;
use chrono::TimeDelta;
use domain::callback::{Actor, Callback, Contact, ContactKind};
use domain::decision::Decision;
use domain::directory::Owner;
use domain::fact::{CallFact, CallRef, Direction, Heard, What, Why};
use domain::ids::{CallId, CallbackId, CallerId, SourceName};
use domain::number::NumberPlan;
use domain::party::Party;
use domain::transitions::{Opening, Rules};
use std::collections::BTreeSet;
use store::calls::Told;
use store::inbox::Post;
use store::{StoreError, absences, callbacks, callers, calls, inbox, journal};

/// A callback of this caller, not written yet.
fn opened(world: &aterkom_tests::World, caller: CallerId, owner: Owner) -> Decision {
    let (clock, calendar) = (&world.app.clock, &*world.app.scheduler.calendar);
    let contact = Contact {
        call: CallId(clock.new_id()),
        at: clock.now(),
        at_marked: false,
        line: None,
        kind: ContactKind::Missed { why: Why::NoAnswer },
        promised: true,
        withdrawn: false,
    };
    let id = CallbackId(clock.new_id());
    let opening = Opening {
        id,
        caller: Some(caller),
        owner,
        unit: None,
        contact,
        previous: None,
        may_be_joined: true,
    };
    let rules = Rules::new(&world.app.scheduler.policy, calendar);
    Callback::open(opening, rules, clock.now()).expect("a last day in this century")
}

async fn lisa(world: &aterkom_tests::World) -> CallerId {
    let party = Party::from_text("070-174 06 05", &NumberPlan::sweden());
    let tx = world.app.store.begin().await.expect("storage works");
    let id = callers::keep(&tx, &SourceName::new("vaxeln"), &party, world.app.clock.new_id()).await;
    tx.commit().await.expect("storage works");
    id.expect("storage works").expect("Lisa is somebody")
}

fn post(world: &aterkom_tests::World, body: &[u8], repeat_key: Option<&[u8]>) -> Post {
    Post {
        id: world.app.clock.new_id(),
        source: SourceName::new("vaxeln"),
        method: "POST".to_owned(),
        url: "http://127.0.0.1/hooks/vaxeln".to_owned(),
        headers: Vec::new(),
        body: body.to_vec(),
        received_at: world.app.clock.now(),
        repeat_key: repeat_key.map(<[u8]>::to_vec),
    }
}

on_both! {
    // R5
    async fn one_caller_and_owner_have_one_open_callback_whoever_is_faster(world at "2026-12-22 10:00") {
        let caller = lisa(world).await;
        let (first, second) = (opened(world, caller, Owner::Organisation), opened(world, caller, Owner::Organisation));
        let tx = world.app.store.begin().await.expect("storage works");
        callbacks::apply(&tx, &first).await.expect("the first opens");
        tx.commit().await.expect("storage works");
        let tx = world.app.store.begin().await.expect("storage works");
        let lost = callbacks::apply(&tx, &second).await;
        assert!(matches!(lost, Err(StoreError::Stale)), "{lost:?}");
        drop(tx);
        assert_eq!(world.open().await.len(), 1);
    }

    async fn what_moved_on_since_it_was_read_is_not_written_over(world at "2026-12-22 10:00") {
        let caller = lisa(world).await;
        let opened = opened(world, caller, Owner::Organisation);
        let tx = world.app.store.begin().await.expect("storage works");
        callbacks::apply(&tx, &opened).await.expect("it opens");
        let read = callbacks::get(&tx, opened.callback.id).await.expect("it is there");
        let by = domain::ids::EmployeeId(world.app.clock.new_id());
        let now = world.app.clock.now();
        let tried = read.attempt(by, domain::callback::How::Phone, now).expect("it is open");
        callbacks::apply(&tx, &tried).await.expect("the first is written");
        let again = callbacks::apply(&tx, &tried).await;
        assert!(matches!(again, Err(StoreError::Stale)), "{again:?}");
        let story = journal::list(&tx, opened.callback.id).await.expect("a journal");
        let names: Vec<_> = story.iter().map(|(_, entry)| entry.name()).collect();
        assert_eq!(names, ["opened", "attempted"], "what was not written left no trace");
        tx.commit().await.expect("storage works");
    }

    // R7, R34
    async fn a_caller_is_found_again_however_the_number_is_written(world at "2026-12-22 10:00") {
        let caller = lisa(world).await;
        let tx = world.app.store.read().await.expect("storage works");
        for text in ["+46701740605", "0701740605", "0046 70 174 06 05"] {
            let party = Party::from_text(text, &NumberPlan::sweden());
            let found = callers::find(&tx, &SourceName::new("prova"), &party).await.expect("storage works");
            assert_eq!(found, Some(caller), "{text}");
        }
        let extension = Party::alias("232");
        let found = callers::find(&tx, &SourceName::new("prova"), &extension).await.expect("storage works");
        assert_eq!(found, None, "an extension means something in its own PBX only");
    }

    // R34: where a PBX gives its events no id, a fact's key is made of numbers.
    async fn the_key_of_a_fact_is_kept_hidden_and_still_tells_facts_apart(world at "2026-12-22 10:00") {
        let (source, app) = (SourceName::new("prova"), &world.app);
        let fact = |key: &str| CallFact {
            key: key.to_owned(),
            refs: Vec::from([CallRef::Call("1".to_owned())]),
            direction: Direction::Inbound,
            from: Party::from_text("0701740605", &NumberPlan::sweden()),
            to: Party::alias("232"),
            line: Party::absent(),
            leg: None,
            what: What::not_answered(Why::NoAnswer, None),
            began_at: None,
            ended_at: Some(app.clock.now()),
            complete: true,
        };
        let keys = ["cdr:1:0701740605:232", "cdr:1:0701740605:233", "cdr:1:0701740605:232"];
        let heard = keys.map(|key| Told { heard: Heard { fact: fact(key), heard_at: app.clock.now() }, post: None });
        let tx = app.store.begin().await.expect("storage works");
        calls::hear(&tx, &source, heard.into(), &app.receiver.policy, &app.clock).await.expect("they are kept");
        let call = calls::find(&tx, &source, "1").await.expect("storage works").expect("it was told of");
        let call = calls::get(&tx, call).await.expect("storage works").call;
        let kept: BTreeSet<String> = call.facts().map(|fact| fact.key.clone()).collect();
        assert_eq!(kept, BTreeSet::from([keys[0], keys[1]].map(|key| calls::kept_key(&tx, key))));
        assert!(kept.iter().all(|key| !key.contains("740605") && key.len() == 64));
        tx.rollback().await.expect("storage works");
    }

    async fn what_a_reader_that_died_had_claimed_is_free_at_once(world at "2026-12-22 10:00") {
        let posts = (0..10_u8).map(|n| post(world, &[n], Some(&[n]))).collect();
        let tx = world.app.store.begin().await.expect("storage works");
        inbox::insert(&tx, posts).await.expect("they are kept");
        tx.commit().await.expect("storage works");
        let dying = world.app.store.begin().await.expect("storage works");
        assert_eq!(inbox::claim(&dying, 4).await.expect("storage works").len(), 4);
        // As the database does for a process that is gone; here the end of it is waited for.
        dying.rollback().await.expect("storage works");
        let tx = world.app.store.begin().await.expect("storage works");
        let claimed = inbox::claim(&tx, 100).await.expect("storage works");
        assert_eq!(claimed.len(), 10);
        let ids: Vec<_> = claimed.iter().map(|p| p.id).collect();
        inbox::mark_read(&tx, &ids, 1, true).await.expect("storage works");
        assert!(inbox::claim(&tx, 100).await.expect("storage works").is_empty());
        tx.commit().await.expect("storage works");
    }

    async fn an_exact_repeat_is_kept_once_and_anything_else_as_often_as_it_comes(world at "2026-12-22 10:00") {
        let tx = world.app.store.begin().await.expect("storage works");
        let posts = Vec::from([post(world, b"a", Some(b"k")), post(world, b"a", Some(b"k")), post(world, b"a", None), post(world, b"a", None)]);
        inbox::insert(&tx, posts).await.expect("they are kept");
        inbox::insert(&tx, Vec::from([post(world, b"a", Some(b"k"))])).await.expect("it is passed over");
        let kept = inbox::claim(&tx, 100).await.expect("storage works");
        assert_eq!(kept.len(), 3);
        let ids: Vec<_> = kept.iter().map(|p| p.id).collect();
        inbox::mark_read(&tx, &ids, 1, true).await.expect("storage works");
        inbox::forget_repeats(&tx, &kept[0].source, world.app.clock.now() + TimeDelta::seconds(1)).await.expect("storage works");
        inbox::insert(&tx, Vec::from([post(world, b"a", Some(b"k"))])).await.expect("it is news again");
        let kept = inbox::claim(&tx, 100).await.expect("storage works");
        assert_eq!(kept.len(), 1);
        inbox::mark_read(&tx, &[kept[0].id], 1, true).await.expect("storage works");
        tx.commit().await.expect("storage works");
    }

    // R17: the directory knows what ended not long ago, runs or comes; who entered it is kept.
    async fn absences_are_kept_and_those_that_matter_are_read(world at "2026-11-17 10:00") {
        let asa = world.employee("Åsa Öberg").await;
        let id = world.enter_absence("Åsa Öberg", "2026-11-17", "2026-11-18", "John Hill").await;
        for (local, known) in [("2027-01-16 10:00", true), ("2027-01-18 10:00", false)] {
            world.sleep_until(local);
            assert_eq!(world.directory().await.absences().len(), usize::from(known), "{local}");
        }
        let tx = world.app.store.read().await.expect("storage works");
        let listed = absences::list(&tx, asa).await.expect("storage works");
        let found = absences::find(&tx, id).await.expect("storage works");
        tx.commit().await.expect("storage works");
        assert_eq!(listed, Vec::from_iter(found));
        assert_eq!((listed[0].by, listed[0].absence.employee), (Actor::Employee(asa), asa));
        assert_eq!(listed[0].absence.to.to_string(), "2026-11-18");
        world.work().await;
        world.forget_mails(); // the lists of that Monday
    }

    async fn a_people_file_imported_twice_changes_nothing_the_second_time(world at "2026-12-22 10:00") {
        let before = directory(world).await;
        world.import(aterkom_tests::world::PEOPLE).await;
        assert_eq!(before, directory(world).await);
    }
}

async fn directory(world: &aterkom_tests::World) -> String {
    let tx = world.app.store.read().await.expect("storage works");
    let directory = store::people::directory(&tx, world.today()).await.expect("storage works");
    format!("{:?} {:?} {:?}", directory.units(), directory.employees(), directory.lines())
}
