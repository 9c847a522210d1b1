//! Samples of everything that a mail can say, to try texts out with. Nobody in them exists.

use crate::recipients::Addressee;
use crate::render::{self, ShownBy};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::directory::{Language, Owner};
use domain::event::{Event, EventKind, Stands};
use domain::faults::Faults;
use domain::ids::{CallbackId, SourceName};
use domain::rounds::{
    Alarm, CameIn, ChannelNotice, DaysAway, Digest, ManagerList, OfPerson, OfUnit, RoundKind, Row,
    Standing, UnitList, WhileAway,
};
use minijinja::value::{Serde, Value};
use workalendar::WorkCalendar;

/// The name of a text, and what it is given.
pub(crate) type Sample = (&'static str, Value);

/// Every text in every state.
pub(crate) fn all(language: Language) -> Vec<Sample> {
    let calendar = WorkCalendar::sweden();
    let of = |kind| match kind {
        RoundKind::Digest => digests(language, &calendar),
        RoundKind::New | RoundKind::Nudge => short(kind, language, &calendar),
        RoundKind::ManagerList => lists(language, &calendar),
        RoundKind::Alarm => alarms(language),
        RoundKind::Silence | RoundKind::Faults => faults(kind, language, &calendar),
        RoundKind::Test => tests(language, &calendar),
    };
    RoundKind::ALL.into_iter().flat_map(of).chain(links(language)).collect()
}

fn links(language: Language) -> Vec<Sample> {
    let link = "https://aterkom.park.example/sign-in/0123456789abcdef";
    let sample = |name: &str| {
        let to = recipient(name, language);
        ("sign_in", Value::from(Serde(render::shown_link(&to, link))))
    };
    Vec::from([sample("Kim Ek"), sample("")])
}

fn tests(language: Language, calendar: &WorkCalendar) -> Vec<Sample> {
    let sample = |name: &str| {
        let to = recipient(name, language);
        ("test", Value::from(Serde(render::shown_test(&to, by(calendar)))))
    };
    Vec::from([sample("Kim Ek"), sample("")])
}

fn digests(language: Language, calendar: &WorkCalendar) -> Vec<Sample> {
    let rows = rows(calendar);
    let alone = rows.clone().into_iter().take(4).map(|row| (Vec::from([row]), None, "Kim Ek"));
    let digests = [
        (rows.clone(), None, "Kim Ek"),
        (rows.clone(), Some(away(2, true)), "Kim Ek"),
        (rows, Some(away(0, true)), ""),
        (Vec::new(), Some(away(1, false)), "Kim Ek"),
        (Vec::new(), Some(only_rang()), "Kim Ek"),
    ];
    let sample = |(rows, away, name): (Vec<Row>, Option<WhileAway>, &str)| {
        let digest = Digest { rows, away, ..Digest::empty(day()) };
        let to = recipient(name, language);
        ("digest", Value::from(Serde(render::shown_digest(&digest, &to, by(calendar)))))
    };
    alone.chain(digests).map(sample).chain(hand_overs(language, calendar)).collect()
}

/// Hand-overs, beside what is open and without.
fn hand_overs(language: Language, calendar: &WorkCalendar) -> Vec<Sample> {
    let (some, none) = (|| rows(calendar), Vec::new);
    let sample = |(rows, offered, unanswered): (Vec<Row>, Vec<Row>, Vec<Row>)| {
        let digest = Digest { rows, offered, unanswered, ..Digest::empty(day()) };
        let to = recipient("Kim Ek", language);
        ("digest", Value::from(Serde(render::shown_digest(&digest, &to, by(calendar)))))
    };
    let one = || Vec::from([some().remove(0)]);
    let all = [(some(), some(), some()), (none(), one(), none()), (none(), none(), one())];
    all.into_iter().map(sample).collect()
}

/// What channels are told of their units, in every state.
pub(crate) fn notices(calendar: &WorkCalendar) -> Vec<ChannelNotice> {
    let notice = |kind, counts: [usize; 3], rows: Vec<Row>| {
        let [late, today, broken_agreed] = counts;
        ChannelNotice { kind, day: day(), late, today, broken_agreed, rows }
    };
    let one = |n: usize| Vec::from([rows(calendar).swap_remove(n)]);
    let list = RoundKind::ManagerList;
    Vec::from([
        notice(RoundKind::New, [0; 3], one(6)),
        notice(RoundKind::New, [0; 3], rows(calendar)),
        notice(RoundKind::Digest, [1, 0, 0], one(0)),
        notice(RoundKind::Digest, [2, 2, 0], [rows(calendar), rows(calendar)].concat()),
        notice(RoundKind::Nudge, [0, 1, 0], one(4)),
        notice(list, [0; 3], Vec::new()),
        notice(list, [1, 0, 0], one(0)),
        notice(list, [0, 1, 0], one(4)),
        notice(list, [0, 0, 1], one(14)),
        notice(list, [2, 1, 2], rows(calendar)),
    ])
}

/// One event of each kind.
pub(crate) fn events() -> Vec<Event> {
    let event = |(kind, n): (EventKind, i64)| Event {
        kind,
        at: received_at(),
        callback: CallbackId(uuid::Uuid::from_u128(7)),
        version: n,
        opened_at: received_at(),
        unit: None,
        holder: Owner::Organisation,
        due_on: (n % 2 == 0).then(day),
        agreed_on: (n % 3 == 0).then(day),
        state: Stands::Open,
        disposition: None,
        has_message: n % 2 == 0,
        contacts: 1,
        attempts: 0,
        reached: false,
    };
    EventKind::ALL.into_iter().zip(0..).map(event).collect()
}

/// *New* and the nudge: never without a row, and never with an absence.
fn short(kind: RoundKind, language: Language, calendar: &WorkCalendar) -> Vec<Sample> {
    let rows = rows(calendar);
    let alone = rows.clone().into_iter().map(|row| (Vec::from([row]), "Kim Ek"));
    let sample = |(rows, name): (Vec<Row>, &str)| {
        let digest = Digest { rows, ..Digest::empty(day()) };
        let to = recipient(name, language);
        (kind.name(), Value::from(Serde(render::shown_digest(&digest, &to, by(calendar)))))
    };
    alone.chain([(rows, "")]).map(sample).collect()
}

fn faults(kind: RoundKind, language: Language, calendar: &WorkCalendar) -> Vec<Sample> {
    let source = || SourceName::new("vaxeln");
    let counted = || Vec::from([(source(), 1), (SourceName::new("reserv"), 12)]);
    let silent = Vec::from([(source(), DateTime::UNIX_EPOCH + TimeDelta::days(20_780))]);
    let all = Faults { day: day(), silent, stale: counted(), unread: counted() };
    let sample = |faults: Faults| {
        let to = recipient("", language);
        ("faults", Value::from(Serde(render::shown_faults(&faults, &to, by(calendar)))))
    };
    all.told_as(kind).map(sample).into_iter().collect()
}

fn alarms(language: Language) -> Vec<Sample> {
    let units =
        || Vec::from([("Park".to_owned(), 1), ("Gata".to_owned(), 7), ("Vatten".to_owned(), 0)]);
    let without = || Vec::from([Some("Park".to_owned()), None]);
    let sample = |(units, without_address)| {
        let alarm = Alarm { day: day(), units, without_address };
        let to = recipient("", language);
        ("alarm", Value::from(Serde(render::shown_alarm(&alarm, &to))))
    };
    let alarms = [(units(), without()), (units(), Vec::new()), (Vec::new(), without())];
    alarms.into_iter().map(sample).collect()
}

fn by(calendar: &WorkCalendar) -> ShownBy<'_> {
    ShownBy { calendar, public_url: "https://aterkom.park.example" }
}

fn lists(language: Language, calendar: &WorkCalendar) -> Vec<Sample> {
    let rows = rows(calendar);
    let quiet = |open| UnitList { name: "Park".to_owned(), open, ..UnitList::default() };
    let of = |who: Option<&str>, rows: &[Row]| OfPerson {
        who: who.map(str::to_owned),
        rows: rows.to_vec(),
    };
    let groups = || Vec::from([of(Some("Kim Ek"), &rows), of(None, &rows)]);
    let full = UnitList {
        late: groups(),
        due_today: groups(),
        not_reached: groups(),
        broken_agreed: groups(),
        hand_overs: groups(),
        undeliverable: Vec::from(["Kim Ek".to_owned(), "post@park.example".to_owned()]),
        uncovered: Vec::from(["Kim Ek".to_owned()]),
        unreferred: Vec::from(["Kim Ek".to_owned()]),
        unreferred_calls: 2,
        ..quiet(12)
    };
    let one = |list: UnitList| Vec::from([list]);
    let lists = [
        (Vec::from([full.clone(), quiet(3), quiet(0)]), "Kim Ek"),
        (one(full.clone()), ""),
        (one(quiet(0)), "Kim Ek"),
        (one(quiet(1)), "Kim Ek"),
        (one(UnitList { late: full.late.clone(), ..quiet(1) }), "Kim Ek"),
        (one(UnitList { due_today: full.due_today.clone(), ..quiet(1) }), "Kim Ek"),
        (one(UnitList { not_reached: full.not_reached.clone(), ..quiet(1) }), "Kim Ek"),
        (one(UnitList { broken_agreed: full.broken_agreed.clone(), ..quiet(1) }), "Kim Ek"),
        (one(UnitList { hand_overs: full.hand_overs.clone(), ..quiet(1) }), "Kim Ek"),
        (one(UnitList { undeliverable: full.undeliverable.clone(), ..quiet(1) }), "Kim Ek"),
        (one(UnitList { uncovered: full.uncovered, ..quiet(1) }), "Kim Ek"),
        (one(UnitList { unreferred: full.unreferred, unreferred_calls: 1, ..quiet(1) }), "Kim Ek"),
        (one(UnitList { instead_of: Vec::from(["Siv Öst".to_owned()]), ..quiet(1) }), "Kim Ek"),
        (Vec::new(), ""),
    ];
    let below = |manager: Option<&str>| OfUnit {
        name: "Gata".to_owned(),
        manager: manager.map(str::to_owned),
        late: groups(),
    };
    let sample = |(units, name): (Vec<UnitList>, &str), climbed: bool| {
        let both = [below(Some("Siv Öst")), below(None)].into_iter().filter(|_| climbed);
        let list = ManagerList { day: day(), units, from_below: both.collect() };
        let to = recipient(name, language);
        let to_officer = name.is_empty();
        let shown = render::shown_list(&list, &to, to_officer, by(calendar));
        ("manager_list", Value::from(Serde(shown)))
    };
    lists.into_iter().flat_map(|list| [sample(list.clone(), false), sample(list, true)]).collect()
}

/// Every standing, with and without all else that a row may have.
fn rows(calendar: &WorkCalendar) -> Vec<Row> {
    let standings = [
        Standing::Late { working_days: 1 },
        Standing::Late { working_days: 7 },
        Standing::DueToday,
        Standing::DueLater,
        Standing::Tried,
        Standing::NoDeadline,
        Standing::Agreed { on: day() },
        Standing::AgreedDayBroken { on: day(), working_days: 1 },
    ];
    let rows = standings.into_iter().zip(0_u8..).flat_map(|(standing, n)| {
        let received_at = received_at() + TimeDelta::hours(i64::from(n));
        let due = calendar.due(received_at, 2).ok().filter(|_| standing != Standing::NoDeadline);
        let bare = Row {
            id: CallbackId(uuid::Uuid::from_u128(u128::from(n))),
            reference: "261223-7KQ4M".to_owned(),
            received_at,
            due,
            standing,
            has_message: false,
            contacts: 1,
            attempts: 0,
            line: None,
            taken_by: None,
            hops: 0,
            unanswered: false,
        };
        let rich = Row {
            has_message: true,
            contacts: 2,
            attempts: usize::from(n),
            line: Some("Parkkontoret".to_owned()),
            taken_by: Some("Bo Alm".to_owned()),
            hops: u32::from(n),
            unanswered: n % 2 == 1,
            ..bare.clone()
        };
        [bare, rich]
    });
    rows.collect()
}

fn away(names: usize, reception: bool) -> WhileAway {
    let names = ["Bo Alm", "Siv Öst"].into_iter().take(names).map(str::to_owned).collect();
    let from = day() - TimeDelta::days(if reception { 5 } else { 1 });
    WhileAway {
        days: DaysAway { from, to: day() - TimeDelta::days(1) },
        covered_by: names,
        reception,
        came_in: CameIn { open: usize::from(reception), done: 1, rang: 2 * usize::from(reception) },
    }
}

/// Nothing came in: who rang did not say who they were.
fn only_rang() -> WhileAway {
    WhileAway { came_in: CameIn { rang: 1, ..CameIn::default() }, ..away(0, true) }
}

fn recipient(name: &str, language: Language) -> Addressee {
    Addressee { name: name.to_owned(), address: "kim.ek@park.example".to_owned(), language }
}

/// Wednesday 23 December 2026, ten in the morning: two days later there is much to explain.
fn received_at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_798_016_400, 0).expect("a moment of this century")
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 29).expect("a day that there is")
}
