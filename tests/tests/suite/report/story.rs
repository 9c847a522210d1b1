//! Some months in a small town: who rings, who is called back, and what is done by hand. The same every time.

use super::super::stories::{call, lasting};
use super::naive::{Heard, Told};
use aterkom_tests::World;
use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday,
};
use domain::callback::{Callback, Disposition, How};
use domain::decision::Decision;
use domain::ids::{CallId, CallbackId, EmployeeId, SourceName};
use domain::transitions::Rules;
use std::collections::BTreeMap;
use store::{callbacks, calls};

/// Number, unit, and the phone that calls back for it.
const LINES: [(&str, &str, &str); 7] = [
    ("+46980319231", "Bygglov", "+46980319231"),
    ("+46980319232", "Bygglov", "+46980319232"),
    ("+46980319233", "Bygglov", "+46980319232"),
    ("+46980319211", "Bygglov", "+46980319233"),
    ("+46980319241", "Äldreomsorg", "+46980319241"),
    ("+46980319220", "Äldreomsorg", "+46980319241"),
    ("+46980319200", "Exempelby kommun", "+46980319200"),
];

#[derive(Debug, Clone, Copy)]
enum Act {
    /// Somebody rings, and leaves a message or not.
    Rings(&'static str),
    /// The same once more, under another name.
    RingsAgain,
    Talk,
    NoAnswer,
    CallerRings,
    /// The late word that the call was answered after all.
    Contradict,
    Try,
    Resolve(Disposition),
    Undo,
    /// They spoke, and agreed on the day after so many working days.
    Agree(i32),
}

/// What happens then, about the call of that name.
#[derive(Debug, Clone)]
struct Event {
    at: NaiveDateTime,
    name: usize,
    act: Act,
}

/// What has happened, and what will.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub heard: Heard,
    to_come: Vec<Event>,
    /// Caller and line of each call that came in.
    names: Vec<(String, usize)>,
    /// The callback that a call's contact was in first.
    held: BTreeMap<usize, CallbackId>,
    posts: usize,
    dice: u64,
}

impl Story {
    /// The next throw, below `sides`.
    fn throw(&mut self, sides: u64) -> usize {
        self.dice = self
            .dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.dice >> 33) % sides).expect("a small number")
    }

    /// Everything up to that local time.
    pub(super) async fn play(&mut self, world: &mut World, until: &str) {
        let until = NaiveDateTime::parse_from_str(until, "%Y-%m-%d %H:%M").expect("a local time");
        if self.names.is_empty() {
            self.write(world.today());
        }
        let later = self.to_come.split_off(self.to_come.partition_point(|e| e.at <= until));
        for event in std::mem::replace(&mut self.to_come, later) {
            move_to(world, event.at).await;
            self.happen(world, &event).await;
            for open in world.open().await {
                self.heard.callbacks.insert(open.id);
            }
        }
        move_to(world, until).await;
    }

    /// Ten weeks from that day on.
    fn write(&mut self, first: NaiveDate) {
        for day in first.iter_days().take(70) {
            let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            let calls = if is_weekend { self.throw(2) } else { 1 + self.throw(3) };
            for _ in 0..calls {
                self.write_call(day);
            }
        }
        self.to_come.sort_by_key(|event| event.at);
    }

    fn write_call(&mut self, day: NaiveDate) {
        let name = self.names.len();
        let (caller, line) = (605 + self.throw(25), self.throw(LINES.len() as u64));
        self.names.push((format!("+46701740{caller}"), line));
        // Some ring at midnight.
        let minute = if self.throw(12) == 0 { 0 } else { 480 + self.throw(540) };
        let at = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute as i64);
        let rings = Act::Rings(["missed", "voicemail", "callback_request"][self.throw(3)]);
        self.to_come.push(Event { at, name, act: rings });
        let days = [0, 0, 1, 1, 1, 2, 2, 3, 5, 9][self.throw(10)];
        let minute = 481 + self.throw(950);
        let then =
            (day + Days::new(days)).and_time(NaiveTime::MIN) + TimeDelta::minutes(minute as i64);
        let then = then.max(at + TimeDelta::minutes(7));
        let mut push = |hours: i64, act| {
            self.to_come.push(Event { at: then + TimeDelta::hours(hours), name, act });
        };
        use Disposition as D;
        match self.names.len() % 20 {
            0..=3 => push(0, Act::Talk),
            4 | 5 => {
                push(0, Act::NoAnswer);
                push(25, Act::Talk);
            }
            6 => push(0, Act::NoAnswer),
            7 => push(0, Act::CallerRings),
            8 | 19 => push(0, Act::Contradict),
            9 => {
                push(0, Act::Try);
                push(30, Act::Resolve(D::Emailed));
            }
            10 => push(0, Act::Resolve(D::Reached)),
            11 => {
                push(0, Act::Resolve(D::Reached));
                push(20, Act::RingsAgain);
                push(26, Act::Undo);
            }
            12 => {
                push(0, Act::Talk);
                push(3, Act::Undo);
            }
            13 => push(0, Act::Resolve(D::HandledByColleague)),
            14 => push(0, Act::Resolve(D::NotARequest)),
            // Done in time or too late, by how many days off lie between.
            16 => {
                push(0, Act::Agree(3));
                push(80, Act::Resolve(D::Emailed));
            }
            17 => {
                push(0, Act::Agree(2));
                push(26, Act::Agree(4));
                push(200, Act::Agree(2));
            }
            18 => {
                push(0, Act::Talk);
                push(1, Act::Agree(1));
                push(20, Act::Resolve(D::Reached));
                push(21, Act::RingsAgain);
                push(22, Act::Undo);
            }
            _ => {}
        }
    }

    async fn happen(&mut self, world: &mut World, event: &Event) {
        let (caller, line) = self.names[event.name].clone();
        let (number, _, phone) = LINES[line];
        let own = event.name.to_string();
        let new = format!("{own} again {}", self.posts);
        match event.act {
            Act::Rings(kind) => {
                self.post(world, event, kind, lasting(&own, &caller, number, 12)).await
            }
            Act::RingsAgain => {
                self.post(world, event, "missed", call(&new, &caller, number)).await;
            }
            Act::Talk => {
                self.post(world, event, "answered_outbound", lasting(&new, phone, &caller, 64))
                    .await
            }
            Act::NoAnswer => {
                self.post(world, event, "unanswered_outbound", call(&new, phone, &caller)).await
            }
            Act::CallerRings => {
                self.post(world, event, "answered_inbound", lasting(&new, &caller, phone, 64)).await
            }
            Act::Contradict => {
                self.post(world, event, "answered_inbound", lasting(&own, &caller, number, 5)).await
            }
            Act::Try => {
                self.by_hand(world, event, |c, me, _, now| c.attempt(me, How::Phone, now).ok())
                    .await
            }
            Act::Resolve(how) => {
                self.by_hand(world, event, |c, me, rules, now| c.resolve(me, how, rules, now).ok())
                    .await;
            }
            Act::Undo => self.undo(world, event).await,
            Act::Agree(days) => {
                self.by_hand(world, event, |c, me, rules, now| {
                    let today = rules.calendar.local_date(now);
                    let day = rules.calendar.add_working_days(today, days).ok()?;
                    c.agree(day, me, rules, now).ok()
                })
                .await;
            }
        }
    }

    async fn post(
        &mut self,
        world: &mut World,
        event: &Event,
        kind: &str,
        data: serde_json::Value,
    ) {
        self.posts += 1;
        let at = event.at.format("%Y-%m-%d %H:%M").to_string();
        let name = data["call_id"].as_str().expect("a call has a name").to_owned();
        world.tell(&format!("post {}", self.posts), &at, kind, data).await;
        let tx = world.app.store.read().await.expect("storage works");
        let id = calls::find(&tx, &SourceName::new("prova"), &name).await.expect("storage works");
        tx.rollback().await.expect("storage works");
        let is_message = matches!(kind, "voicemail" | "callback_request");
        let told = Told { at: event.at, is_message, unit: LINES[self.names[event.name].1].1 };
        let id = id.expect("the call is known by its name");
        self.heard.told.entry(id).or_insert(told);
        if let (Act::Rings(_), Some(open)) = (event.act, holding(world, id).await) {
            self.held.insert(event.name, open.id);
        }
    }

    async fn by_hand(
        &mut self,
        world: &World,
        event: &Event,
        does: impl Fn(Callback, EmployeeId, Rules<'_>, DateTime<Utc>) -> Option<Decision>,
    ) {
        let Some(id) = self.held.get(&event.name) else { return };
        let me = world.employee("Per Alm").await;
        let callback = world.callback(*id).await;
        let rules = Rules::new(&world.app.scheduler.policy, &world.app.scheduler.calendar);
        let decided = does(callback, me, rules, world.app.clock.now());
        apply(world, decided.into_iter().collect()).await;
    }

    /// With the newer one of the same caller, if there is one.
    async fn undo(&mut self, world: &World, event: &Event) {
        let Some(id) = self.held.get(&event.name) else { return };
        let callback = world.callback(*id).await;
        let tx = world.app.store.read().await.expect("storage works");
        let caller = callback.caller.expect("nobody withholds the number here");
        let newer = callbacks::find_open(&tx, caller, callback.owner).await.expect("storage works");
        tx.rollback().await.expect("storage works");
        let newer = newer.filter(|newer| newer.id != callback.id);
        let rules = Rules::new(&world.app.scheduler.policy, &world.app.scheduler.calendar);
        let me = world.employee("Per Alm").await;
        let undone = callback.undo(newer, me, rules, world.app.clock.now());
        apply(world, undone.unwrap_or_default()).await;
    }
}

/// Straight there: the stops on the way are for mails, and this story is not about them.
async fn move_to(world: &World, at: NaiveDateTime) {
    world.sleep_until(&at.format("%Y-%m-%d %H:%M").to_string());
    world.work().await;
}

async fn holding(world: &World, call: CallId) -> Option<Callback> {
    world.open().await.into_iter().find(|c| c.contacts.iter().any(|c| c.call == call))
}

async fn apply(world: &World, decisions: Vec<Decision>) {
    let tx = world.app.store.begin().await.expect("storage works");
    for decision in decisions {
        callbacks::apply(&tx, &decision).await.expect("storage works");
    }
    tx.commit().await.expect("storage works");
}
