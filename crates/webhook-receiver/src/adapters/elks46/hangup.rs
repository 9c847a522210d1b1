//! `whenhangup`: the end of a call, with what was tried in it.
//!
//! `state` is of the first leg only, so a menu makes it a success: whether a person answered is in `actions` and `legs`.

use super::{direction, from, instant};
use crate::adapters::{Unreadable, seconds};
use crate::request::Form;
use crate::source::Source;
use chrono::{DateTime, TimeDelta, Utc};
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};
use serde_json::{Map, Value};

pub(super) fn read(
    form: &Form<'_>,
    call: &str,
    source: &Source,
) -> Result<Vec<CallFact>, Unreadable> {
    let tried = Tried::read(form)?;
    let direction = direction(form);
    let to = Party::from_text(form.text("to"), &source.plan);
    let (began_at, ended_at) = times(form);
    let whole = CallFact {
        key: clean(&format!("hangup:{call}")),
        refs: Vec::from([CallRef::Call(call.to_owned())]),
        direction,
        from: from(form, direction, source),
        to,
        line: Party::absent(),
        leg: None,
        what: What::Step,
        began_at,
        ended_at,
        // A recording is told of by itself, and may still be on its way (R4).
        complete: !tried.recorded,
    };
    let by_client = form.text("direction").eq_ignore_ascii_case("incoming");
    Ok(match direction {
        Direction::Outbound if by_client => Vec::from([by_a_client(whole, &tried)]),
        Direction::Outbound => Vec::from([put_through(whole, &tried, form, source)]),
        Direction::Inbound | Direction::Unsaid | Direction::Onward => to_us(whole, &tried, source),
    })
}

/// R3: whoever answered, answered; else each phone or group that was tried, in turn, did not.
fn to_us(whole: CallFact, tried: &Tried, source: &Source) -> Vec<CallFact> {
    let line = |attempt: &Attempt| attempt.only_phone().map(|p| Party::from_text(p, &source.plan));
    if let Some(answered) = tried.answered() {
        let line = line(answered).unwrap_or_default();
        return Vec::from([CallFact { line, what: What::answered(answered.talk), ..whole }]);
    }
    let missed = |n: usize, attempt: &Attempt| CallFact {
        key: if n == 0 { whole.key.clone() } else { format!("{}:{n:02}", whole.key) },
        line: line(attempt).unwrap_or_default(),
        what: What::not_answered(attempt.why(), None),
        ..whole.clone()
    };
    if tried.attempts.is_empty() {
        return Vec::from([CallFact { what: What::not_answered(Why::Unknown, None), ..whole }]);
    }
    tried.attempts.iter().enumerate().map(|(n, attempt)| missed(n, attempt)).collect()
}

/// One of our clients dialled `to`, under whatever number is shown.
fn by_a_client(whole: CallFact, tried: &Tried) -> CallFact {
    let why = tried.attempts.last().map_or(Why::Unknown, Attempt::why);
    let answered = tried.answered().map(|attempt| What::answered(attempt.talk));
    CallFact { what: answered.unwrap_or_else(|| What::not_answered(why, None)), ..whole }
}

/// Click to call: `to` is the employee's phone, which rings first; then the other is connected.
fn put_through(whole: CallFact, tried: &Tried, form: &Form<'_>, source: &Source) -> CallFact {
    let Some(attempt) = tried.answered().or(tried.attempts.last()) else {
        // Nobody was connected. An employee's phone that was not taken up is no missed call of theirs, and a text read
        // out by a machine is no call-back.
        let what = match why(form.text("state")) {
            None => What::Step,
            Some(why) => What::not_answered(why, None),
        };
        return CallFact { direction: Direction::Onward, what, ..whole };
    };
    let what = match tried.answered() {
        Some(answered) => What::answered(answered.talk),
        None => What::not_answered(attempt.why(), None),
    };
    let phone = attempt.phones.first().map(|p| Party::from_text(p, &source.plan));
    CallFact { line: whole.to.clone(), to: phone.unwrap_or_default(), what, ..whole }
}

/// What was tried in a call.
#[derive(Default)]
struct Tried {
    attempts: Vec<Attempt>,
    recorded: bool,
}

/// A phone, or several at once, that the caller was to be connected to.
struct Attempt {
    phones: Vec<String>,
    /// As 46elks writes it; "success" where a person answered.
    result: String,
    talk: Option<TimeDelta>,
}

impl Tried {
    fn read(form: &Form<'_>) -> Result<Self, Unreadable> {
        let actions = list(form, "actions")?;
        let legs: Vec<Attempt> = list(form, "legs")?.iter().filter_map(Attempt::of_leg).collect();
        let recorded = actions.iter().any(|action| action.contains_key("record"));
        let mut attempts: Vec<Attempt> = actions.iter().filter_map(Attempt::of_action).collect();
        if attempts.is_empty() {
            return Ok(Self { attempts: legs, recorded });
        }
        // Where they differ the leg is right: it is who really talked, and for how long.
        if let Some(leg) = legs.into_iter().rev().find(Attempt::is_answered) {
            attempts.retain(|attempt| !attempt.is_answered());
            attempts.push(leg);
        }
        Ok(Self { attempts, recorded })
    }

    fn answered(&self) -> Option<&Attempt> {
        self.attempts.iter().rev().find(|attempt| attempt.is_answered())
    }
}

impl Attempt {
    fn of_action(action: &Map<String, Value>) -> Option<Self> {
        let phones = text(action, "connect");
        let phones: Vec<String> = phones.split(',').map(|p| p.trim().to_owned()).collect();
        let phones: Vec<String> = phones.into_iter().filter(|p| !p.is_empty()).collect();
        let result = text(action, "result");
        (!phones.is_empty()).then_some(Self { phones, result, talk: None })
    }

    fn of_leg(leg: &Map<String, Value>) -> Option<Self> {
        let (to, result) = (text(leg, "to"), text(leg, "state"));
        let talk = seconds::length(&text(leg, "duration"));
        (!to.is_empty()).then(|| Self { phones: Vec::from([to]), result, talk })
    }

    fn is_answered(&self) -> bool {
        self.result.eq_ignore_ascii_case("success")
    }

    /// Of several that rang at once none is the last one it was offered to.
    fn only_phone(&self) -> Option<&str> {
        match self.phones.as_slice() {
            [phone] => Some(phone),
            _ => None,
        }
    }

    fn why(&self) -> Why {
        why(&self.result).unwrap_or(Why::Unknown)
    }
}

/// Why nobody answered; `None` for a success. "failed" is said of a phone that rang out, of one that is off and of a
/// caller who hung up.
fn why(state: &str) -> Option<Why> {
    match state.to_ascii_lowercase().as_str() {
        "success" => None,
        "busy" => Some(Why::Busy),
        "noanswer" | "no-answer" | "timeout" => Some(Why::NoAnswer),
        "reject" | "rejected" => Some(Why::Refused),
        _ => Some(Why::Unknown),
    }
}

/// JSON inside a field. One that is there and cannot be read could hide an answer: then the call is not judged.
fn list(form: &Form<'_>, field: &'static str) -> Result<Vec<Map<String, Value>>, Unreadable> {
    if !form.has(field) {
        return Ok(Vec::new());
    }
    serde_json::from_str(form.text(field))
        .map_err(|_| Unreadable::field(field, "a JSON list of objects, as 46elks posts it"))
}

fn text(object: &Map<String, Value>, field: &str) -> String {
    match object.get(field) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) | None => {
            String::new()
        }
    }
}

/// A call that nobody took up has no `start`.
fn times(form: &Form<'_>) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    let began = instant(form.text("start")).or_else(|| instant(form.text("created")));
    let lasted = seconds::length(form.text("duration")).unwrap_or_default();
    (began, began.and_then(|began| began.checked_add_signed(lasted)))
}
