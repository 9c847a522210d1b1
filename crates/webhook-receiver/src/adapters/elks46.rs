//! 46elks: forms that it posts at the start, at the steps and at the end of a call, and of every recording.
//!
//! <https://46elks.com/docs/receive-call>, <https://46elks.com/docs/call-actions>, <https://46elks.com/docs/voice-recordcall>,
//! <https://46elks.com/docs/handle-client-call>, <https://46elks.com/docs/verify-callback-origin>, read 2026-11-23; what the
//! end of a call looks like is known from sample posts. Nothing is signed and no field names the event: the address carries a token, and the fields tell events apart. Times are UTC
//! without saying so. What is not answered 200–204 is sent again, at least 5 times in 6 hours.

mod hangup;

#[cfg(test)]
mod tests;

use super::{Adapter, Refused, Reply, Unreadable, credential, seconds, withheld};
use crate::request::{Form, RawRequest};
use crate::source::Source;
use chrono::{DateTime, NaiveDateTime, Utc};
use domain::fact::{CallFact, CallRef, Direction, What};
use domain::party::{Party, clean};
use url::Url;

/// Numbers of 46elks' own SIP and WebRTC clients begin with this; no number in Sweden does.
const CLIENT: &str = "+4600";

/// The forms of 46elks.
#[derive(Debug)]
pub(super) struct Elks46;

impl Adapter for Elks46 {
    fn name(&self) -> &'static str {
        "46elks"
    }

    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        _now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        let secrets = source.exposed_secrets();
        credential::verify_first_in_path(request, secrets)
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        call_id(&request.form_or_query()).ok()
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        if request.is_object() {
            return Err(Unreadable::because(
                "this is JSON; 46elks posts forms: check that nothing on the way rewrites them",
            ));
        }
        let form = request.form_or_query();
        let call = call_id(&form)?;
        match Event::of(&form) {
            Event::Recording => recording(&form, call, source).map(|fact| Vec::from([fact])),
            Event::Hangup => hangup::read(&form, &call, source),
            Event::Step => Ok(Vec::from([along_the_way(&form, call, source, What::Step)])),
            Event::Start => Ok(Vec::from([along_the_way(&form, call, source, What::Ringing)])),
            Event::Text => Ok(Vec::new()),
        }
    }

    /// An action is expected where a call goes on: the empty one ends it. Elsewhere nobody reads the answer.
    fn reply(&self, _request: &RawRequest) -> Reply {
        Reply { content_type: "application/json", body: "{}".to_owned(), ..Reply::default() }
    }
}

/// What a form is about. There is no field that says so.
enum Event {
    /// `voice_start`: a call comes in.
    Start,
    /// `next`: an action is over, and the call goes on.
    Step,
    /// `whenhangup`: the call is over.
    Hangup,
    Recording,
    /// A text or picture message: none of our business.
    Text,
}

impl Event {
    fn of(form: &Form<'_>) -> Self {
        if form.has("wav") {
            Self::Recording
        } else if ["state", "duration", "legs", "actions"].iter().any(|f| form.has(f)) {
            Self::Hangup
        } else if form.has("message") || form.has("image") {
            Self::Text
        } else if form.has("result") && form.text("result") != "newincoming" {
            Self::Step
        } else {
            Self::Start
        }
    }
}

/// The call's name is `callid`, but at its end, and in the first post of a client's call, `id`.
fn call_id(form: &Form<'_>) -> Result<String, Unreadable> {
    let id = ["callid", "id"].map(|field| clean(form.text(field)));
    id.into_iter().find(|id| !id.is_empty()).ok_or_else(|| Unreadable::missing("callid"))
}

/// A call of one of our own clients is "incoming" too; whoever else rings us could not make us take it for ours.
fn direction(form: &Form<'_>) -> Direction {
    match form.text("direction").to_ascii_lowercase().as_str() {
        "outgoing" => Direction::Outbound,
        "incoming" if form.text("from").starts_with(CLIENT) => Direction::Outbound,
        "incoming" => Direction::Inbound,
        _ => Direction::Unsaid,
    }
}

fn from(form: &Form<'_>, direction: Direction, source: &Source) -> Party {
    match direction {
        // One of ours without a number is no secret.
        Direction::Outbound | Direction::Onward => {
            Party::from_text(form.text("from"), &source.plan)
        }
        Direction::Inbound | Direction::Unsaid => withheld::caller(form.text("from"), source),
    }
}

/// How a call begins and goes on; its end tells what came of it.
fn along_the_way(form: &Form<'_>, call: String, source: &Source, what: What) -> CallFact {
    let direction = direction(form);
    CallFact {
        key: clean(&format!("{}:{call}", if what == What::Step { "next" } else { "start" })),
        refs: Vec::from([CallRef::Call(call)]),
        direction,
        from: from(form, direction, source),
        to: Party::from_text(form.text("to"), &source.plan),
        line: Party::absent(),
        leg: None,
        what,
        began_at: instant(form.text("created")),
        ended_at: None,
        complete: false,
    }
}

/// Of the action `record`. That of `recordcall`, which records talk, has the same form: the manual says where not to
/// send it.
fn recording(form: &Form<'_>, call: String, source: &Source) -> Result<CallFact, Unreadable> {
    let link = Url::parse(form.text("wav")).ok();
    let link = link.filter(|link| matches!(link.scheme(), "http" | "https"));
    let link = link.ok_or_else(|| Unreadable::field("wav", "the address of a recording"))?;
    let said = form.has("from");
    let from = withheld::caller(form.text("from"), source);
    Ok(CallFact {
        key: clean(&format!("recording:{call}:{}", form.text("created"))),
        refs: Vec::from([CallRef::Call(call)]),
        direction: Direction::Inbound,
        // Where nothing is said, the end of the call knows who it was.
        from: if said { from } else { Party::absent() },
        to: Party::from_text(form.text("to"), &source.plan),
        line: Party::absent(),
        leg: None,
        what: What::voicemail(seconds::length(form.text("duration")), Some(link)),
        began_at: None,
        ended_at: instant(form.text("created")),
        // A message is a message, however the call went before it (R1).
        complete: said,
    })
}

/// `2026-03-10T09:15:02.741000`, in UTC; a zone that is written counts.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let zoned = DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc());
    let at = zoned.or_else(|| Some(text.parse::<NaiveDateTime>().ok()?.and_utc()))?;
    seconds::believable(at)
}
