//! Short words for tests: a small town, facts of calls to it, contacts and efforts.

use crate::call::Call;
use crate::callback::{Contact, ContactKind, Effort, EffortKind};
use crate::directory::{
    Alias, Assignment, Directory, Employee, Language, Line, LineKind, Owner, Unit, Workdays,
};
use crate::fact::{CallFact, Direction, Heard, MessageKind, What, Why};
use crate::ids::{CallId, CallbackId, CallerId, EmployeeId, LineId, SourceName, UnitId};
use crate::number::{E164, NumberPlan};
use crate::party::Party;
use crate::policy::Policy;
use crate::transitions::{Opening, Rules};
use crate::verdict::{Answer, Verdict};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use std::sync::LazyLock;
use uuid::Uuid;
use workalendar::WorkCalendar;

/// Who rings in most tests, and another.
pub(crate) const LISA: &str = "+46701740605";
pub(crate) const OMAR: &str = "+46701740606";

pub(crate) static POLICY: LazyLock<Policy> = LazyLock::new(Policy::default);
pub(crate) static CALENDAR: LazyLock<WorkCalendar> = LazyLock::new(WorkCalendar::sweden);
pub(crate) static TOWN: LazyLock<Directory> = LazyLock::new(town);

pub(crate) const TOP: UnitId = UnitId(Uuid::from_u128(1));
pub(crate) const BUILDING: UnitId = UnitId(Uuid::from_u128(2));
pub(crate) const SCHOOL: UnitId = UnitId(Uuid::from_u128(3));

pub(crate) const CHEF: EmployeeId = EmployeeId(Uuid::from_u128(1));
pub(crate) const ANNA: EmployeeId = EmployeeId(Uuid::from_u128(2));
pub(crate) const BO: EmployeeId = EmployeeId(Uuid::from_u128(3));
pub(crate) const SIV: EmployeeId = EmployeeId(Uuid::from_u128(4));
pub(crate) const GONE: EmployeeId = EmployeeId(Uuid::from_u128(5));

pub(crate) fn rules() -> Rules<'static> {
    Rules::new(&POLICY, &CALENDAR)
}

/// A local time in Stockholm: `2026-11-09 10:00`, with or without seconds.
pub(crate) fn at(text: &str) -> DateTime<Utc> {
    let formats = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"];
    let local = formats.iter().find_map(|f| NaiveDateTime::parse_from_str(text, f).ok()).unwrap();
    CALENDAR.at(local.date(), local.time()).unwrap()
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// So many seconds after the calls of these tests began: Monday 9 November 2026, 10:00.
pub(crate) fn s(seconds: i64) -> DateTime<Utc> {
    at("2026-11-09 10:00") + TimeDelta::seconds(seconds)
}

pub(crate) fn source() -> SourceName {
    SourceName::new("pbx")
}

/// A number, or an extension.
pub(crate) fn party(text: &str) -> Party {
    Party::from_text(text, &NumberPlan::sweden())
}

/// Kommun over Bygg and Skola. Anna and Bo are Bygg's; Siv is Skola's; Gone has left Bygg.
fn town() -> Directory {
    let unit = |id, name: &str, parent, manager, reception: Option<&str>| Unit {
        id,
        name: name.to_owned(),
        parent,
        manager,
        deputy: None,
        reception: reception.map(str::to_owned),
        mailbox: None,
        active: true,
    };
    let units = Vec::from([
        unit(TOP, "Kommun", None, Some(CHEF), Some("exp@kommun.example")),
        unit(BUILDING, "Bygg", Some(TOP), None, Some("bygg@kommun.example")),
        unit(SCHOOL, "Skola", Some(TOP), None, None),
    ]);
    let employee = |id, name: &str, unit, active| Employee {
        id,
        name: name.to_owned(),
        email: format!("{name}@kommun.example").to_lowercase(),
        language: Language::Swedish,
        unit,
        until: None,
        workdays: Workdays::default(),
        substitute: None,
        active,
    };
    let employees = Vec::from([
        employee(CHEF, "Chef", TOP, true),
        employee(ANNA, "Anna", BUILDING, true),
        employee(BO, "Bo", BUILDING, true),
        employee(SIV, "Siv", SCHOOL, true),
        employee(GONE, "Gone", BUILDING, false),
    ]);
    let lines = Vec::from([
        line(1, "Anna", LineKind::Person, BUILDING, "412 +46846500412")
            .assigned("2020-01-01", ANNA),
        line(2, "Bo", LineKind::Person, BUILDING, "413 +46846500413").assigned("2020-01-01", BO),
        line(3, "Siv", LineKind::Person, SCHOOL, "414 +46846500414").assigned("2020-01-01", SIV),
        line(4, "Group", LineKind::Group, BUILDING, "700"),
        line(5, "Queue", LineKind::Queue, BUILDING, "701"),
        line(6, "Switchboard", LineKind::Switchboard, TOP, "0 +46846500400"),
        line(7, "Menu", LineKind::Ivr, TOP, "9"),
        line(8, "Chef", LineKind::Person, TOP, "415 +46846500415").assigned("2020-01-01", CHEF),
    ]);
    Directory::new(units, employees, lines, Vec::new())
}

/// A line with these aliases, of all sources.
pub(crate) fn line(id: u128, name: &str, kind: LineKind, unit: UnitId, aliases: &str) -> Line {
    let alias = |text: &str| Alias { source: None, text: text.to_owned() };
    Line {
        id: LineId(Uuid::from_u128(id)),
        name: name.to_owned(),
        kind,
        unit,
        assignments: Vec::new(),
        aliases: aliases.split(' ').map(alias).collect(),
        active: true,
        protected: false,
    }
}

impl Line {
    pub(crate) fn assigned(mut self, from: &str, to: impl Into<Option<EmployeeId>>) -> Self {
        self.assignments.push(Assignment { from: date(from), employee: to.into() });
        self
    }
}

/// The id of a line of the town.
pub(crate) fn line_id(name: &str) -> LineId {
    TOWN.lines().iter().find(|l| l.name == name).unwrap().id
}

/// A fact about this phone, which was dialled itself, from so many seconds to so many.
pub(crate) fn fact(phone: &str, what: What, from: i64, to: i64) -> CallFact {
    CallFact {
        key: format!("{phone} {from} {to}"),
        refs: Vec::new(),
        direction: Direction::Inbound,
        from: party(LISA),
        to: party(phone),
        line: party(phone),
        leg: None,
        what,
        began_at: Some(s(from)),
        ended_at: Some(s(to)),
        complete: false,
    }
}

/// It rang there without an answer.
pub(crate) fn missed(phone: &str, from: i64, to: i64) -> CallFact {
    fact(phone, What::not_answered(Why::NoAnswer, Some(TimeDelta::seconds(to - from))), from, to)
}

/// Somebody answered there, and talked for so many seconds until the end.
pub(crate) fn answered(phone: &str, from: i64, to: i64, talk: i64) -> CallFact {
    fact(phone, What::answered(Some(TimeDelta::seconds(talk))), from, to)
}

/// A voicemail of so many seconds.
pub(crate) fn voicemail(phone: &str, from: i64, to: i64) -> CallFact {
    fact(phone, What::voicemail(Some(TimeDelta::seconds(to - from)), None), from, to)
}

impl CallFact {
    /// What the caller dialled, where it is not the phone itself.
    pub(crate) fn dialled(self, to: &str) -> Self {
        Self { to: party(to), ..self }
    }

    pub(crate) fn called_by(self, from: &str) -> Self {
        Self { from: party(from), ..self }
    }

    pub(crate) fn way(self, direction: Direction) -> Self {
        Self { direction, ..self }
    }

    pub(crate) fn ending(self, why: Why, rang: Option<i64>) -> Self {
        Self { what: What::not_answered(why, rang.map(TimeDelta::seconds)), ..self }
    }

    /// The PBX does not say when it began, as in our own format.
    pub(crate) fn without_begin(self) -> Self {
        Self { began_at: None, ..self }
    }

    /// The PBX gives every leg the begin of the whole call.
    pub(crate) fn begun_with_the_call(self) -> Self {
        Self { began_at: Some(s(0)), ..self }
    }

    pub(crate) fn of_unknown_length(self) -> Self {
        let what = match self.what {
            What::Answered { .. } => What::answered(None),
            What::Message { .. } => What::voicemail(None, None),
            other => other,
        };
        Self { what, ..self }
    }

    pub(crate) fn heard(self) -> Heard {
        let heard_at = self.ended_at.or(self.began_at).unwrap_or(s(0));
        Heard { fact: self, heard_at }
    }
}

pub(crate) fn folded(facts: &[CallFact]) -> Call {
    Call::fold(facts.iter().cloned().map(CallFact::heard))
}

pub(crate) fn judged(facts: &[CallFact]) -> Verdict {
    folded(facts).verdict(&source(), &TOWN, &POLICY)
}

pub(crate) fn call_id(n: u128) -> CallId {
    CallId(Uuid::from_u128(n))
}

pub(crate) fn callback_id(n: u128) -> CallbackId {
    CallbackId(Uuid::from_u128(n))
}

pub(crate) fn caller_id(n: u128) -> CallerId {
    CallerId(Uuid::from_u128(n))
}

pub(crate) fn e164(text: &str) -> E164 {
    E164::from_canonical(text).unwrap()
}

/// A missed call that promises a last day, to Anna.
pub(crate) fn miss(call: u128, time: &str) -> Contact {
    Contact {
        call: call_id(call),
        at: at(time),
        at_marked: false,
        line: Some(line_id("Anna")),
        kind: ContactKind::Missed { why: Why::NoAnswer },
        promised: true,
        withdrawn: false,
    }
}

/// A voicemail of 12 s, to Anna.
pub(crate) fn message(call: u128, time: &str) -> Contact {
    let kind = ContactKind::Message { message: MessageKind::Voicemail, length_ms: Some(12_000) };
    Contact { kind, ..miss(call, time) }
}

/// A missed call that promises nothing (R2, `list`).
pub(crate) fn listed(call: u128, time: &str) -> Contact {
    Contact { promised: false, ..miss(call, time) }
}

/// Anna rang, and they talked for so many seconds; `None`: nobody answered.
pub(crate) fn we_rang(call: u128, time: &str, talk: Option<i64>) -> Effort {
    let answer = talk.map_or(Answer::No, |talk| Answer::Yes { talk_ms: Some(talk * 1_000) });
    let kind = EffortKind::WeRang(answer);
    Effort { call: call_id(call), line: line_id("Anna"), at: at(time), kind }
}

/// The caller rang again, and Anna answered.
pub(crate) fn caller_rang(call: u128, time: &str, talk: i64) -> Effort {
    let kind = EffortKind::CallerRang { talk_ms: Some(talk * 1_000) };
    Effort { kind, ..we_rang(call, time, None) }
}

/// What it takes to open a callback of Anna's for Lisa.
pub(crate) fn opening(contact: Contact) -> Opening {
    Opening {
        id: callback_id(1),
        caller: Some(caller_id(1)),
        owner: Owner::Employee(ANNA),
        unit: Some(BUILDING),
        contact,
        previous: None,
        may_be_joined: true,
    }
}
