//! The year is played: each thing at its time, and between them every morning.

use super::log::{Log, Logged};
use super::plot::{Act, CALLERS, PHONES, PLOT};
use crate::encryption::new_key;
use crate::report::naive::{Heard, Told};
use aterkom_tests::world::PEOPLE;
use aterkom_tests::{Engine, World};
use chrono::{DateTime, Days, NaiveDateTime, NaiveTime, Utc};
use domain::callback::Callback;
use domain::decision::{Decision, Refusal};
use domain::directory::Owner;
use domain::ids::{EmployeeId, SourceName};
use domain::transitions::Rules;
use serde_json::{Value, json};
use store::{callbacks, calls};
use tempfile::TempDir;

pub(super) struct Year {
    pub world: World,
    pub log: Log,
    pub mails: Vec<Logged>,
    pub heard: Heard,
    /// What the PBX could not post: kind, when, and what.
    spooled: Option<Vec<(Post, NaiveDateTime)>>,
    posts: usize,
    /// Whose call was the last that nobody answered.
    caller: &'static str,
    _keys: TempDir,
}

type Post = (&'static str, Value, Option<&'static str>);

const FORMAT: &str = "%Y-%m-%d %H:%M";

impl Year {
    pub(super) async fn begin(engine: Engine) -> Self {
        let keys = TempDir::new().expect("a temporary folder");
        new_key(keys.path(), "key");
        let key = keys.path().join("key");
        let extra =
            format!("[rounds]\nnew_every_minutes = 120\n[encryption]\nkey_files = [{key:?}]\n");
        let detail = "mail_detail = \"full\"";
        let world = World::built(engine, "2026-01-05 07:00", detail, &extra).await;
        let (log, mails, heard) = (Log::default(), Vec::new(), Heard::default());
        Self { world, log, mails, heard, spooled: None, posts: 0, caller: "", _keys: keys }
    }

    pub(super) async fn play(&mut self) {
        let mut now = at("2026-01-05 07:00");
        assert!(PLOT.is_sorted_by_key(|(local, _)| *local));
        for (local, act) in PLOT {
            let next = at(local);
            // Every morning before the first mails: who has it changes by the day.
            while let Some(stop) = stops(now).find(|stop| *stop > now && *stop < next) {
                now = stop;
                self.pass(now).await;
            }
            now = next;
            self.pass(now).await;
            self.happen(now, *act).await;
            self.look().await;
        }
    }

    /// Time passes until then, unless the service is down.
    async fn pass(&mut self, until: NaiveDateTime) {
        let local = until.format(FORMAT).to_string();
        if self.spooled.is_some() {
            return self.world.sleep_until(&local);
        }
        self.world.advance_to(&local).await;
        self.mails.extend(self.log.mails(&self.world));
        self.look().await;
    }

    async fn look(&mut self) {
        if self.spooled.is_none() {
            self.log.look(&self.world, self.caller).await;
            self.heard.callbacks.extend(self.log.callbacks.iter().map(|(id, ..)| *id));
        }
    }

    async fn happen(&mut self, now: NaiveDateTime, act: Act) {
        let mut say = |what: String| self.log.happened(now, &what);
        match act {
            Act::Message(caller, phone) => {
                say(format!("{caller} leaves a message for {phone}"));
                let data = incoming(caller, phone);
                self.post(now, ("voicemail", data, Some(caller))).await;
            }
            Act::Missed(caller, phone) => {
                say(format!("{caller} rings {phone}, and nobody answers"));
                self.post(now, ("missed", incoming(caller, phone), Some(caller))).await;
            }
            Act::Back(phone, caller, seconds) => {
                let (kind, how) = match seconds {
                    0 => ("unanswered_outbound", "nobody answers".to_owned()),
                    _ => ("answered_outbound", format!("they talk for {seconds} s")),
                };
                say(format!("{phone} rings {caller}, and {how}"));
                let data = json!({
                    "from": number(phone), "to": number(caller), "duration_s": seconds,
                });
                self.post(now, (kind, data, None)).await;
            }
            Act::Done(who, caller, how) => {
                say(format!("{who} says of {caller}: {how:?}"));
                self.decide(who, caller, |c, me, rules, now| c.resolve(me, how, rules, now)).await;
            }
            Act::Undo(who, caller) => {
                say(format!("{who} says that {caller} still waits"));
                let undo = |c: Callback, me, rules: Rules<'_>, now| {
                    Ok(c.undo(None, me, rules, now)?.remove(0))
                };
                self.decide(who, caller, undo).await;
            }
            Act::Agree(who, caller, day) => {
                say(format!("{who} and {caller} agree on {day}"));
                let on = day.parse().expect("a day");
                self.decide(who, caller, |c, me, rules, now| c.agree(on, me, rules, now)).await;
            }
            Act::Take(who, caller) => {
                say(format!("{who} takes {caller} on"));
                self.decide(who, caller, |c, me, rules, now| c.take(me, rules, now)).await;
            }
            Act::Offer(who, caller, to) => {
                say(format!("{who} hands {caller} over to {to}"));
                let to = Owner::Employee(self.world.employee(to).await);
                let unit = self.world.directory().await.unit_of(to);
                let offer =
                    |c: Callback, me, rules: Rules<'_>, now| c.offer(to, unit, me, rules, now);
                self.decide(who, caller, offer).await;
            }
            Act::Accept(who, caller) => {
                say(format!("{who} accepts {caller}"));
                self.decide(who, caller, |c, me, rules, now| c.accept(me, rules, now)).await;
            }
            Act::Away(who, from, to, substitute) => {
                let stands_in = if substitute.is_empty() { "nobody" } else { substitute };
                say(format!("{who} will be away from {from} to {to}; {stands_in} stands in"));
                self.world.enter_absence(who, from, to, substitute).await;
            }
            Act::People(changes) => {
                say("a new people file".to_owned());
                let file = changes.iter().fold(PEOPLE.to_owned(), |file, (from, to)| {
                    assert!(file.contains(from), "{from}");
                    file.replace(from, to)
                });
                self.world.import(&file).await;
                self.world.work().await;
            }
            Act::Down => {
                say("the service stops".to_owned());
                self.spooled = Some(Vec::new());
            }
            Act::Up => {
                say("the service is back, and the PBX posts what it kept".to_owned());
                for (post, at) in self.spooled.take().expect("it was down") {
                    self.post(at, post).await;
                }
            }
            Act::Look => say("the year is over".to_owned()),
        }
    }

    /// The PBX tells of a call that ended at that time; now, or when the service is back.
    async fn post(&mut self, at: NaiveDateTime, post: Post) {
        if let Some(spooled) = &mut self.spooled {
            spooled.push((post, at));
            return;
        }
        let (kind, mut data, caller) = post;
        self.posts += 1;
        let name = format!("call {}", self.posts);
        data["call_id"] = Value::from(&*name);
        self.world.tell(&name, &at.format(FORMAT).to_string(), kind, data.clone()).await;
        let tx = self.world.app.store.read().await.expect("storage works");
        let source = SourceName::new("prova");
        let id = calls::find(&tx, &source, &name).await.expect("storage works");
        tx.rollback().await.expect("storage works");
        let phone = data["to"].as_str().expect("a call goes somewhere");
        let unit = PHONES.iter().find(|(_, number, _)| *number == phone).map(|(.., unit)| *unit);
        let is_message = kind == "voicemail";
        let told = Told { at, is_message, unit: unit.unwrap_or_default() };
        self.heard.told.insert(id.expect("the call is known by its name"), told);
        if let Some(caller) = caller {
            self.caller = caller;
            self.look().await;
        }
    }

    /// Somebody does something about the latest callback of this caller.
    async fn decide(
        &mut self,
        who: &str,
        caller: &str,
        does: impl Fn(Callback, EmployeeId, Rules<'_>, DateTime<Utc>) -> Result<Decision, Refusal>,
    ) {
        let latest = self.log.callbacks.iter().rev().find(|(_, of, _)| *of == caller);
        let id = latest.expect("this caller waits").0;
        let (world, scheduler) = (&self.world, &self.world.app.scheduler);
        let me = world.employee(who).await;
        let rules = Rules::new(&scheduler.policy, &scheduler.calendar);
        let decision = does(world.callback(id).await, me, rules, world.app.clock.now());
        let tx = world.app.store.begin().await.expect("storage works");
        callbacks::apply(&tx, &decision.expect("it may be done")).await.expect("storage works");
        tx.commit().await.expect("storage works");
        world.work().await;
    }
}

fn at(local: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(local, FORMAT).expect("a local time")
}

fn stops(from: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> {
    let six = NaiveTime::from_hms_opt(6, 0, 0).expect("a time");
    [from.date(), from.date() + Days::new(1)].into_iter().map(move |day| day.and_time(six))
}

fn number(name: &str) -> &'static str {
    let of_phone = PHONES.iter().find(|(phone, ..)| *phone == name).map(|(_, number, _)| *number);
    let of_caller = || CALLERS.iter().find(|(caller, _)| *caller == name).map(|(_, n)| *n);
    of_phone.or_else(of_caller).expect("a telephone or a caller")
}

fn incoming(caller: &str, phone: &str) -> Value {
    json!({ "from": number(caller), "to": number(phone), "caller_name": caller, "duration_s": 12 })
}
