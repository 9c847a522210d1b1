//! The real binary is killed again and again while it takes posts and sends mails; afterwards nothing is lost, nothing
//! is there twice, and nobody got two different mails of one round.

mod office;
mod poster;

use aterkom_tests::binary::{self, Serving, free_port};
use aterkom_tests::world::instant;
use aterkom_tests::{Engine, Mail, World};
use chrono::{DateTime, Datelike, TimeDelta, Utc, Weekday};
use clock::{Clock, Stopwatch};
use domain::ids::{CallId, SourceName};
use office::{Event, LINES};
use poster::Poster;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use store::calls;
use workalendar::WorkCalendar;

/// So many posts are answered, or so many mails taken, before the next kill.
const POSTS: usize = 400;
const MAILS: usize = 5;
/// A machine that needs longer is not fit for this.
const PATIENCE: Duration = Duration::from_secs(300);
/// The run begins so long before the rounds.
const BEFORE_ROUNDS: TimeDelta = TimeDelta::seconds(8);

mod nothing_is_lost_or_doubled_by_kill_9 {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn sqlite() {
        story(Engine::Sqlite).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn postgres() {
        story(Engine::Postgres).await;
    }
}

// R4, R5, R24
async fn story(engine: Engine) {
    let began = Stopwatch::start();
    let rounds_at = next_rounds();
    let mut world = seeded(engine, rounds_at).await;
    let (port, client) = (free_port(), binary::client());
    let ahead = rounds_at - BEFORE_ROUNDS - Clock::system().now();
    let clock = Clock::shifted(ahead);
    let shift = ahead.num_seconds().to_string();
    let events = office::events();
    let url = format!("http://127.0.0.1:{port}/hooks/vaxeln");
    let poster = Poster::start(&events, &url, &world.pbx, &clock);
    let mut kills = 0;
    loop {
        let (posts, mails) = (poster.count(), world.smtp.taken().len());
        let mut serving = Serving::start(world.folder.path(), port, &["--shift-clock", &shift]);
        serving.answers(&client).await;
        let enough =
            || poster.count() >= posts + POSTS || world.smtp.taken().len() >= mails + MAILS;
        while !enough() && (!poster.is_done() || !is_settled(&world).await) {
            clock.pause(Duration::from_millis(if poster.is_done() { 200 } else { 5 })).await;
            assert!(began.elapsed() < PATIENCE, "the run never ends");
        }
        let done = !enough();
        serving.kill();
        kills += 1;
        if done {
            break;
        }
    }
    let ran = began.elapsed();
    // A mail that was held by one that was killed waits for its lease to end.
    world.app.clock.set(clock.now());
    world.app.advance_to(rounds_at + TimeDelta::minutes(20)).await.expect("storage works");
    let answered = poster.answered();
    let mails = mails_are_told_apart_by_their_message_id(&world);
    let facts = every_answered_post_is_a_fact_once(&world, &events, &answered).await;
    let contacts = every_call_is_one_contact_of_one_callback(&world, &events).await;
    println!(
        "{engine:?}: {kills} kills in {ran:.1?}, {} posts answered of {}, {facts} facts, {contacts} contacts, {} mails, {} of them repeated; {:.1?} in all",
        answered.len(),
        events.len(),
        mails.0,
        mails.1,
        began.elapsed(),
    );
    assert!(kills > 10, "too few kills to prove anything: {kills}");
    world.forget_mails();
    world.end().await;
}

/// A Tuesday to Friday that follows a working day, 08:15: on Mondays there is always a list.
fn next_rounds() -> DateTime<Utc> {
    let (calendar, now) = (WorkCalendar::sweden(), Clock::system().now());
    let days = (1..60).map(|n| calendar.local_date(now + TimeDelta::days(n)));
    let fit = |day: &chrono::NaiveDate| {
        calendar.is_working_day(*day) && !matches!(day.weekday(), Weekday::Mon)
    };
    let day = days.into_iter().find(fit).expect("working days come again");
    instant(&format!("{day} 08:15"))
}

/// A world in which every line has had a caller waiting for too long already.
async fn seeded(engine: Engine, rounds_at: DateTime<Utc>) -> World {
    let calendar = WorkCalendar::sweden();
    let day = calendar.add_working_days(calendar.local_date(rounds_at), -3).expect("a date");
    let rounds = "[rounds]\nmanager_list = \"08:15\"";
    let mut world = World::with(engine, &format!("{day} 15:00"), rounds).await;
    world.import(&office::people()).await;
    for event in office::seeds() {
        let status = world.pbx.post(event.kind, event.data()).await.expect("an answer");
        assert_eq!(status, 200, "the post is accepted");
    }
    world.work().await;
    world
}

/// Whether every post was read and every call judged.
async fn is_settled(world: &World) -> bool {
    let tx = world.app.store.read().await.expect("storage works");
    let next = calls::next_settle_at(&tx).await.expect("storage works");
    drop(tx);
    next.is_none() && world.posts("waiting").await == 0
}

async fn every_answered_post_is_a_fact_once(
    world: &World,
    events: &[Event],
    answered: &BTreeSet<String>,
) -> usize {
    let source = SourceName::new("vaxeln");
    let tx = world.app.store.read().await.expect("storage works");
    let mut facts: Vec<String> = Vec::new();
    let calls: BTreeSet<&str> = events.iter().map(|e| e.call.as_str()).collect();
    for name in calls {
        let Some(id) = calls::find(&tx, &source, name).await.expect("storage works") else {
            continue;
        };
        let call = calls::get(&tx, id).await.expect("storage works").call;
        facts.extend(call.facts().map(|fact| fact.key.clone()));
    }
    let known: BTreeSet<String> = facts.iter().cloned().collect();
    let lost: Vec<&String> =
        answered.iter().filter(|id| !known.contains(&calls::kept_key(&tx, id))).collect();
    assert!(lost.is_empty(), "posts that were answered and lost: {lost:?}");
    assert_eq!(known.len(), facts.len(), "a post became two facts");
    let read = world.posts("read").await;
    let expected = facts.len() + office::seeds().len();
    assert_eq!(usize::try_from(read).expect("a count"), expected, "a post is there twice");
    facts.len()
}

async fn every_call_is_one_contact_of_one_callback(world: &World, events: &[Event]) -> usize {
    let open = world.open().await;
    let source = SourceName::new("vaxeln");
    let mut held: BTreeMap<CallId, usize> = BTreeMap::new();
    for contact in open.iter().flat_map(|callback| &callback.contacts) {
        assert!(!contact.withdrawn, "nothing contradicted it");
        *held.entry(contact.call).or_default() += 1;
    }
    let mut pairs: BTreeSet<_> = BTreeSet::new();
    for callback in &open {
        assert!(pairs.insert((callback.caller, format!("{:?}", callback.owner))), "two for one");
    }
    let tx = world.app.store.read().await.expect("storage works");
    let mut known = BTreeSet::new();
    let mut callers = BTreeSet::new();
    for event in events.iter().chain(&office::seeds()) {
        if let Some(id) = calls::find(&tx, &source, &event.call).await.expect("storage works") {
            known.insert(id);
            callers.insert(event.caller.clone());
        }
    }
    assert_eq!(callers.len(), open.len(), "each caller rings one line: one callback each");
    assert!(known.iter().all(|id| held.get(id) == Some(&1)), "a call without its one contact");
    assert_eq!(held.len(), known.len(), "contacts of calls that nobody made");
    known.len()
}

/// How many mails came, and how many of them were there before.
fn mails_are_told_apart_by_their_message_id(world: &World) -> (usize, usize) {
    let taken = world.smtp.taken();
    let mut ids: BTreeMap<(String, String), BTreeMap<String, Vec<u8>>> = BTreeMap::new();
    for mail in &taken {
        let read = Mail::read(&mail.to, &mail.bytes);
        let kind = read.head.lines().find(|line| line.starts_with("List-Id:"));
        let kind = kind.expect("a mail of a round says of which").to_owned();
        let of_round = ids.entry((mail.to.clone(), kind)).or_default();
        let first = of_round.entry(read.message_id).or_insert_with(|| mail.bytes.clone());
        assert_eq!(*first, mail.bytes, "a repeat has the same bytes");
    }
    for ((to, kind), ids) in &ids {
        assert_eq!(ids.len(), 1, "{to} got different mails of one round, {kind}");
    }
    let recipients = |kind: &str| ids.keys().filter(|(_, k)| k.contains(kind)).count();
    assert_eq!(recipients("digest"), LINES, "everybody who has somebody waiting got a digest");
    assert_eq!(recipients("manager-list"), office::UNITS, "every manager got the list");
    (taken.len(), taken.len() - ids.len())
}
