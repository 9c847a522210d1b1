//! Every query that the product runs has its index: what a look-up reads does not grow with the tables.

mod bounces;
mod channels;
mod mail;
mod reading;
mod sources;

use crate::token::Token;
use crate::{
    Store, StoreError, absences, accounts, calendars, callbacks, callers, calls, closed_days,
    deliveries, faults, follow_up, health, inbox, leavers, links, people, post_hours, preferences,
    referrals, retention, rounds, sessions, sign_in_links, signed_months, texts, unreferred,
};
use chrono::{DateTime, TimeDelta, Utc};
use clock::Clock;
use domain::absences::Origin;
use domain::calendars::RecordedDay;
use domain::callback::{Actor, Callback, Contact, ContactKind, How};
use domain::directory::{Absence, Alias, Line, LineKind, Owner};
use domain::event::EventKind;
use domain::fact::{CallFact, CallRef, Direction, Heard, What, Why};
use domain::faults::Hours;
use domain::follow_up::{ByMessage, Group, Month, UnitReport};
use domain::ids::{
    AbsenceId, AccountId, CallId, CallbackId, CallerId, ClosedDayId, EmployeeId, LineId,
    SourceName, UnitId,
};
use domain::party::Party;
use domain::policy::Policy;
use domain::preferences::Preferences;
use domain::referral::{Referral, ReferralKind};
use domain::retention::{Kind, Retention};
use domain::transitions::{Opening, Rules};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;
use workalendar::WorkCalendar;

/// Small for ever (who works here), or counted whole on purpose (`status`, not run here).
const MAY_BE_SCANNED: [&str; 14] = [
    // What a query inside has found, by its index and up to its limit.
    "part",
    "ended_channels",
    "units",
    "calendars",
    "accounts",
    "employees",
    "lines",
    "line_assignments",
    "line_aliases",
    "preferences",
    "closed_days",
    "settings",
    "sources",
    "source_secrets",
];

type Heaps = Arc<Mutex<Vec<Statement>>>;

fn listen(db: &mut DatabaseConnection, heap: &Heaps) {
    let heap = heap.clone();
    db.set_metric_callback(move |info| {
        heap.lock().unwrap_or_else(PoisonError::into_inner).push(info.statement.clone());
    });
}

#[tokio::test]
async fn no_query_of_the_product_reads_a_whole_table() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("plans.db").display());
    let wanted = [EventKind::Opened, EventKind::Attempted];
    let mut store = Store::open(&url).await.unwrap().telling(wanted.into());
    let heap = Heaps::default();
    listen(&mut store.write, &heap);
    listen(&mut store.read, &heap);
    everything(&store).await.unwrap();
    let statements = std::mem::take(&mut *heap.lock().unwrap_or_else(PoisonError::into_inner));
    assert!(statements.len() > 40, "only {} statements were seen", statements.len());
    let mut wrong = Vec::new();
    for statement in statements {
        let sql = statement.sql.clone();
        if !["SELECT", "UPDATE", "DELETE"].iter().any(|verb| sql.starts_with(verb)) {
            continue;
        }
        let explain = Statement {
            sql: format!("EXPLAIN QUERY PLAN {sql}"),
            values: statement.values,
            db_backend: DbBackend::Sqlite,
        };
        for row in store.read.query_all_raw(explain).await.unwrap() {
            let step: String = row.try_get("", "detail").unwrap();
            let table = step.strip_prefix("SCAN ").and_then(|rest| rest.split_whitespace().next());
            let small = table.is_none_or(|t| MAY_BE_SCANNED.contains(&t));
            if !small && !step.contains("INDEX") {
                wrong.push(format!("{step}: {sql}"));
            }
        }
    }
    assert!(wrong.is_empty(), "give these an index in migrations:\n{}", wrong.join("\n"));
}

/// Every function of this crate once, on an empty database.
async fn everything(store: &Store) -> Result<(), StoreError> {
    let (clock, policy, calendar) = (Clock::system(), Policy::default(), WorkCalendar::sweden());
    let (now, id, source) = (clock.now(), clock.new_id(), SourceName::new("vaxeln"));
    inbox::keep(store, Vec::from([post(&source, now, clock.new_id())])).await?;
    let tx = store.begin().await?;
    let party = Party::alias("232");
    let caller = callers::keep(&tx, &source, &party, id).await?.unwrap_or(CallerId(id));
    callers::find(&tx, &source, &party).await?;
    callers::list(&tx, &[caller]).await?;
    let told = ["a", "b"].map(|key| calls::Told { heard: heard(now, key), post: Some(id) });
    calls::hear(&tx, &source, told.into(), &policy, &clock).await?;
    for call in calls::list_due(&tx, now + TimeDelta::days(1), 10).await? {
        let known = calls::get(&tx, call.id).await?;
        assert!(!known.call.is_empty() && !known.imported);
        calls::list_near(&tx, caller, now, now).await?;
        texts::of_call(&tx, call.id).await?;
        calls::note(&tx, call.id, &source, CallbackId(id), now).await?;
        texts::note(&tx, call.id, "wants to know when").await?;
        texts::forget(&tx, [call.id]).await?;
        calls::efforts_of(&tx, call.id).await?;
        calls::settle(
            &tx,
            &call,
            &calls::Settled { verdict: "missed", callback: None, efforts: Vec::new() },
        )
        .await?;
        assert!(calls::leave(&tx, &call).await.is_err(), "it was judged meanwhile");
    }
    let names = [CallRef::Call("1".to_owned()), CallRef::Passing("chan".to_owned())];
    assert!(calls::find_by_names(&tx, &source, &names, now).await?.is_some());
    calls::next_settle_at(&tx).await?;
    calls::list_efforts(&tx, caller, now).await?;
    inbox::insert(&tx, Vec::from([post(&source, now, id)])).await?;
    inbox::claim(&tx, 10).await?;
    inbox::mark_unread(&tx, id, "a reason").await?;
    inbox::list_unread(&tx, 10).await?;
    inbox::last_posts(&tx, std::slice::from_ref(&source)).await?;
    for _ in 0..2 {
        post_hours::count(&tx, [(&source, now)].into_iter()).await?;
        post_hours::count_stale(&tx, &source, now).await?;
    }
    let posting = faults::posting(&tx, now).await?;
    let sum = |hours: &Hours| hours.values().sum::<i64>();
    assert!(posting.sent.values().all(|c| (sum(&c.posts), sum(&c.stale)) == (2, 2)));
    assert_eq!(posting.unread, [(source.clone(), 1)]);
    post_hours::forget(&tx, now).await?;
    rounds::list_latest(&tx, 10).await?;
    deliveries::list_dead(&tx, 10).await?;
    deliveries::waiting(&tx).await?;
    inbox::replay(&tx, Some(&source)).await?;
    inbox::mark_read(&tx, &[id], 1, true).await?;
    inbox::forget_repeats(&tx, &source, now).await?;
    inbox::list_latest(&tx, std::slice::from_ref(&source), now, 10).await?;
    links::of(&tx).await?;
    retained(&tx, now).await?;
    callbacks::list(&tx, &[CallbackId(id)]).await?;
    let opening = Opening {
        id: CallbackId(id),
        caller: Some(caller),
        owner: Owner::Organisation,
        unit: None,
        contact: Contact {
            call: CallId(id),
            at: now,
            at_marked: false,
            line: None,
            kind: ContactKind::Missed { why: Why::Busy },
            promised: true,
            withdrawn: false,
        },
        previous: None,
        may_be_joined: true,
    };
    let decision = Callback::open(opening, Rules::new(&policy, &calendar), now)
        .expect("a last day in this century");
    callbacks::apply(&tx, &decision).await?;
    let written = callbacks::get(&tx, CallbackId(id)).await?;
    let tried = written.attempt(EmployeeId(id), How::Phone, now).expect("it is open");
    callbacks::apply(&tx, &tried).await?;
    callbacks::find_open(&tx, caller, Owner::Organisation).await?;
    callbacks::find_previous(&tx, caller, Owner::Organisation).await?;
    callbacks::list_open_of_caller(&tx, caller).await?;
    callbacks::list_open_of_owners(&tx, &[Owner::Organisation, Owner::Unit(UnitId(id))]).await?;
    callbacks::list_open_of_units(&tx, &[UnitId(id)], true).await?;
    callbacks::list_owners(&tx).await?;
    callbacks::list_handing_over(&tx).await?;
    callbacks::list_offered(&tx, &[Owner::Organisation]).await?;
    callbacks::list_sent(&tx, &[Owner::Organisation]).await?;
    callbacks::count_since(&tx, Owner::Organisation, now).await?;
    let nobody = domain::directory::Directory::default();
    let seen = health::seen(&tx, &nobody, &policy, now).await?;
    assert_eq!(seen.received.len(), 1);
    callbacks::list_due(&tx, now, 10).await?;
    callbacks::next_wake_at(&tx).await?;
    crate::journal::list(&tx, CallbackId(id)).await?;
    callers::list(&tx, &[caller]).await?;
    followed_up(&tx, now, id).await?;
    mail::sent(&tx, now, id).await?;
    channels::by_channels(&tx, now, clock.new_id()).await?;
    signing_in(&tx, now, id).await?;
    away(&tx, now, id).await?;
    shared_calendars(&tx, now).await?;
    rang_meanwhile(&tx, now, id).await?;
    sources::made(&tx, now, id).await?;
    tx.commit().await?;
    sessions::find(store, &Token::random()?.hash(), now).await?;
    reading::reading(store, now, id).await
}

async fn signing_in(tx: &crate::Tx, now: DateTime<Utc>, id: Uuid) -> Result<(), StoreError> {
    let token = Token::random()?;
    let account = accounts::keep(tx, "a@exempelby.example", AccountId(id), now).await?.id;
    accounts::find(tx, account).await?;
    accounts::make_administrator(tx, account).await?;
    accounts::list_administrators(tx).await?;
    sign_in_links::ask(tx, account, id, now).await?;
    let Some(asked) = sign_in_links::take(tx, now).await? else { return Err(StoreError::Stale) };
    sign_in_links::arm(tx, asked.id, token.hash()).await?;
    sign_in_links::is_good(tx, &token.hash(), now).await?;
    sign_in_links::use_up(tx, &token.hash(), now).await?;
    sign_in_links::forget(tx, now).await?;
    sessions::begin(tx, account, token.hash(), id, now).await?;
    sessions::count(tx, account, now).await?;
    sessions::end(tx, id, now).await?;
    sessions::end_all(tx, account, now).await?;
    sessions::forget(tx, now).await
}

async fn retained(tx: &crate::Tx, now: DateTime<Utc>) -> Result<(), StoreError> {
    let decided = Retention { decision: Some("a decision".to_owned()), ..Retention::default() };
    let limits = decided.limits(now.date_naive(), &WorkCalendar::sweden());
    for kind in Kind::NIGHTLY {
        assert_eq!(retention::erase(tx, kind, &limits, 10, now).await?, 0);
    }
    retention::note(tx, (now.date_naive(), now), Kind::Calls, 1, "a setting").await?;
    retention::note(tx, (now.date_naive(), now), Kind::Calls, 1, "a setting").await?;
    assert!(matches!(&retention::protocol(tx, 10).await?[..], [line] if line.erased == 2));
    retention::set_done(tx, now.date_naive()).await?;
    assert_eq!(retention::done(tx).await?, Some(now.date_naive()));
    callbacks::list_opened(tx, (now, now), None, 10).await?;
    Ok(())
}

async fn away(tx: &crate::Tx, now: DateTime<Utc>, id: Uuid) -> Result<(), StoreError> {
    let (today, employee) = (now.date_naive(), EmployeeId(id));
    let absence = Absence { employee, from: today, to: today, substitute: None };
    let origin = Origin::File("hr".to_owned());
    let entered = absences::Entered {
        id: AbsenceId(id),
        absence,
        by: Actor::System,
        at: now,
        origin: origin.clone(),
    };
    absences::insert(tx, &entered).await?;
    assert_eq!(absences::list(tx, employee).await?, [entered]);
    assert!(absences::find(tx, AbsenceId(id)).await?.is_some());
    preferences::keep(tx, employee, &Preferences::default(), now).await?;
    let closed = RecordedDay {
        id: ClosedDayId(id),
        unit: UnitId(id),
        day: today,
        reason: "flytt".to_owned(),
    };
    closed_days::insert(tx, &closed, Actor::System, now).await?;
    assert_eq!(people::directory(tx, today).await?.closed_days(), std::slice::from_ref(&closed));
    closed_days::remove(tx, closed.id).await?;
    people::directory(tx, today).await?;
    assert_eq!(absences::list_of(tx, &origin, today).await?.len(), 1);
    let by = Actor::Employee(employee);
    assert!(absences::take_back(tx, AbsenceId(id), by, now).await?);
    assert!(!absences::take_back(tx, AbsenceId(id), by, now).await?, "once");
    assert_eq!(absences::taken_back(tx, AbsenceId(id)).await?, Some((by, now)));
    assert_eq!(absences::list(tx, employee).await?, []);
    assert!(absences::list_of(tx, &origin, today).await?[0].taken_back);
    leavers::look_again(tx).await?;
    let look = leavers::due(tx, today).await?.expect("nobody has looked");
    leavers::set_done(tx, &look).await?;
    assert_eq!(leavers::due(tx, today).await?, None);
    leavers::look_again(tx).await?;
    assert!(leavers::due(tx, today).await?.is_some_and(|again| again != look));
    leavers::next_last_day(tx, today).await?;
    Ok(())
}

async fn shared_calendars(tx: &crate::Tx, now: DateTime<Utc>) -> Result<(), StoreError> {
    let names = ["leave".to_owned()];
    for _ in 0..2 {
        calendars::keep(tx, "leave", now).await?;
    }
    let times = (TimeDelta::minutes(1), TimeDelta::days(2));
    let leased = calendars::lease(tx, &names, now, times).await?.ok_or(StoreError::Stale)?;
    assert_eq!(calendars::lease(tx, &names, now, times).await?, None, "it is somebody's");
    assert_eq!(calendars::next_at(tx, &names).await?, Some(now + times.0));
    let later = (now, now + TimeDelta::hours(1));
    let error = calendars::Outcome::Failed { error: "x".repeat(1_000) };
    calendars::settle(tx, &leased, &error, later).await?;
    calendars::settle(tx, &leased, &error, later).await?;
    let listed = calendars::list(tx).await?;
    assert_eq!((listed[0].failures, listed[0].error.as_ref().map(String::len)), (2, Some(500)));
    let again = calendars::lease(tx, &names, later.1, times).await?.ok_or(StoreError::Stale)?;
    assert!(calendars::settle(tx, &leased, &calendars::Outcome::Unchanged, later).await.is_err());
    let seen = calendars::Seen {
        at: now,
        fingerprint: "f".to_owned(),
        etag: Some("e".to_owned()),
        last_modified: None,
    };
    let read = calendars::Outcome::Read { seen: seen.clone(), absences: 3, skipped: 1 };
    calendars::settle(tx, &again, &read, later).await?;
    let third = calendars::lease(tx, &names, later.1, times).await?.ok_or(StoreError::Stale)?;
    assert_eq!(third.seen, Some(seen));
    let listed = calendars::list(tx).await?;
    assert_eq!((listed[0].failures, &listed[0].error, listed[0].absences), (0, &None, 3));
    calendars::remove(tx, "leave").await
}

async fn rang_meanwhile(tx: &crate::Tx, now: DateTime<Utc>, id: Uuid) -> Result<(), StoreError> {
    let (employee, day) = (EmployeeId(id), now.date_naive());
    for _ in 0..2 {
        unreferred::set(tx, CallId(id), Some((employee, day))).await?;
    }
    assert_eq!(unreferred::count(tx, employee, (day, day)).await?, 1);
    assert_eq!(unreferred::list_since(tx, day).await?.len(), 1);
    let line = Line {
        id: LineId(id),
        name: "412".to_owned(),
        kind: LineKind::Person,
        unit: UnitId(id),
        assignments: Vec::new(),
        aliases: Vec::from([Alias { source: None, text: "412".to_owned() }]),
        protected: false,
        active: true,
    };
    let source = SourceName::new("pbx");
    let mut referral =
        Referral { line: Party::alias("412"), kind: ReferralKind::DoNotDisturb, is_on: true };
    referrals::set(tx, &source, &referral, now).await?;
    assert!(referrals::is_referred(tx, &source, &line, now).await?);
    assert!(!referrals::is_referred(tx, &source, &line, now - TimeDelta::seconds(1)).await?);
    referral.is_on = false;
    referrals::set(tx, &source, &referral, now - TimeDelta::seconds(1)).await?;
    assert!(referrals::is_referred(tx, &source, &line, now).await?, "what is later counts");
    referrals::set(tx, &source, &referral, now).await?;
    assert!(!referrals::is_referred(tx, &source, &line, now).await?);
    unreferred::set(tx, CallId(id), None).await?;
    assert_eq!(unreferred::count(tx, employee, (day, day)).await?, 0);
    Ok(())
}

async fn followed_up(tx: &crate::Tx, now: DateTime<Utc>, id: Uuid) -> Result<(), StoreError> {
    let received = now - TimeDelta::days(1)..now + TimeDelta::days(1);
    let lines = follow_up::list(tx, received).await?;
    assert_eq!(lines.len(), 1, "it is written with the decision");
    follow_up::begin_again(tx).await?;
    assert!(!follow_up::is_complete(tx).await?);
    assert_eq!(follow_up::rebuild_some(tx).await?, follow_up::Rebuilt::All(1));
    let nothing = ByMessage { with: Group::Nothing, without: Group::Nothing };
    let signed = signed_months::SignedMonth {
        month: Month::of(now.date_naive()),
        figures: UnitReport { unit: UnitId(id), depth: 0, own: nothing, with_below: None },
        comment: String::new(),
        action: String::new(),
        by: AccountId(id),
        at: now,
    };
    assert!(signed_months::sign(tx, &signed).await?);
    assert!(signed_months::find(tx, UnitId(id), signed.month).await?.is_some());
    assert_eq!(signed_months::list(tx, signed.month).await?.len(), 1);
    Ok(())
}

fn heard(now: DateTime<Utc>, key: &str) -> Heard {
    let fact = CallFact {
        key: key.to_owned(),
        refs: Vec::from([CallRef::Call("1".to_owned()), CallRef::Passing("chan".to_owned())]),
        direction: Direction::Inbound,
        from: Party::alias("1042"),
        to: Party::alias("1043"),
        line: Party::absent(),
        leg: None,
        what: What::voicemail(None, "https://pbx.example/vm/1".parse().ok()),
        began_at: None,
        ended_at: None,
        complete: true,
    };
    Heard { fact, heard_at: now }
}

fn post(source: &SourceName, now: DateTime<Utc>, id: Uuid) -> inbox::Post {
    inbox::Post {
        id,
        source: source.clone(),
        method: "POST".to_owned(),
        url: String::new(),
        headers: Vec::new(),
        body: Vec::new(),
        received_at: now,
        repeat_key: None,
    }
}
