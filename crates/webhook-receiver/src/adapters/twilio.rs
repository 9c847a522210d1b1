//! Twilio Programmable Voice: status callbacks, the results of `<Dial>`, `<Enqueue>` and `<Record>`, recordings, transcriptions.
//!
//! <https://www.twilio.com/docs/voice/twiml/dial>, <https://www.twilio.com/docs/voice/twiml/enqueue>,
//! <https://www.twilio.com/docs/voice/twiml/record>, read in part 2026-11-23; `docs/pbx/twilio.md` says what rests on sample
//! posts and on common knowledge. For the signature see [`signature`]. Twilio sends nothing again later unless told to.

mod event;
mod signature;

#[cfg(test)]
mod tests;

use self::event::Event;
use super::{Adapter, Refused, Reply, SecretBy, Unreadable, seconds, withheld};
use crate::request::{Form, RawRequest};
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef, Direction};
use domain::party::{Party, clean};
use url::Url;

/// Names the event, the same when it is sent again.
const EVENT_ID: &str = "i-twilio-idempotency-token";
/// An Auth Token has 32 digits and letters; a key of one's own may be longer.
const SHORTEST: usize = 16;

/// Twilio's forms.
#[derive(Debug)]
pub(super) struct Twilio;

impl Adapter for Twilio {
    fn name(&self) -> &'static str {
        "twilio"
    }

    fn check_secret(&self, secret: &str) -> Result<(), String> {
        let how = "write the Auth Token of the account that owns the numbers, from the first page of Twilio's console";
        let is_sid = secret.len() == 34 && (secret.starts_with("AC") || secret.starts_with("SK"));
        if is_sid {
            return Err(format!("this is the name of an account or key, not a secret; {how}"));
        }
        if secret.len() < SHORTEST || !secret.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(format!("this is no Auth Token; {how}"));
        }
        Ok(())
    }

    fn secret_by(&self) -> SecretBy {
        SecretBy::Vendor
    }

    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        _now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        signature::verify(request, source.exposed_secrets())
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        if let Some(id) = request.find_header(EVENT_ID) {
            return Some(id.to_owned());
        }
        let call = fields(request).ok()?.text("CallSid").to_owned();
        (!call.is_empty()).then_some(call)
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let form = fields(request)?;
        if ["MessageSid", "SmsSid"].iter().any(|f| form.has(f)) {
            // A text message: none of our business.
            return Ok(Vec::new());
        }
        let leg = clean(form.required("CallSid")?);
        let event = Event::of(&form)?;
        let parent = clean(form.text("ParentCallSid"));
        let way = way(&form, &event);
        let outbound = way == Direction::Outbound || way == Direction::Onward;
        let dialled = Party::from_text(first(&form, ["To", "Called"]), &source.plan);
        let [to, line] = match is_put_through(&form, &event) {
            // Click to call: Twilio rang one of ours first. Whom it put through then is told by the leg to them.
            true => [Party::absent(), dialled],
            false => [dialled, Party::absent()],
        };
        Ok(Vec::from([CallFact {
            key: key(request, &event, &form),
            refs: Vec::from([CallRef::Call(if parent.is_empty() { leg.clone() } else { parent })]),
            direction: way,
            from: from(&form, outbound, source),
            to,
            line,
            leg: event.is_of_a_leg().then_some(leg),
            complete: event.is_last(&form),
            began_at: None,
            ended_at: event.at(&form),
            what: event.what(&form),
        }]))
    }

    /// TwiML, of which nothing is done after a status callback. Where it says how the call goes on, the empty one ends
    /// it; `then` in the address is what the administrator wants done when nobody answered.
    fn reply(&self, request: &RawRequest) -> Reply {
        let unanswered = fields(request).is_ok_and(|form| {
            matches!(Event::of(&form), Ok(event @ (Event::Dialled | Event::Queued)) if !event.is_answered(&form))
        });
        let then = then(request).filter(|_| unanswered).map_or_else(String::new, |url| {
            let url = url.as_str().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            format!("<Redirect>{url}</Redirect>")
        });
        Reply {
            content_type: "text/xml; charset=utf-8",
            body: format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>{then}</Response>\n"
            ),
            ..Reply::default()
        }
    }
}

/// The address is signed: nobody but who configured Twilio can have put it there.
fn then(request: &RawRequest) -> Option<Url> {
    let mut query = url::form_urlencoded::parse(request.query().as_bytes());
    let (_, url) = query.find(|(name, _)| name == "then")?;
    Url::parse(&url).ok().filter(|url| url.scheme() == "https")
}

/// The fields of a form, of a GET, or of a flat JSON object.
fn fields(request: &RawRequest) -> Result<Form<'_>, Unreadable> {
    if !request.is_object() {
        return Ok(request.form_or_query());
    }
    request.json().map(Form::of_object)
}

/// Twilio's own id of the event; where a proxy dropped it, what the event is about.
fn key(request: &RawRequest, event: &Event, form: &Form<'_>) -> String {
    match request.find_header(EVENT_ID).map(clean) {
        Some(id) if !id.is_empty() => id,
        _ => clean(&event.key(form)),
    }
}

/// "outbound" is said of every leg that Twilio dials, also of the phones that it rings for a caller.
fn way(form: &Form<'_>, event: &Event) -> Direction {
    let from = first(form, ["From", "Caller"]);
    match form.text("Direction") {
        _ if is_put_through(form, event) => Direction::Outbound,
        direction if direction.starts_with("outbound") => Direction::Onward,
        // A client, or a telephone registered with us, rings: it is one of ours.
        _ if from.starts_with("client:") => Direction::Outbound,
        _ if is_sip_without_number(from) => Direction::Outbound,
        // A trunk hides which way a call goes; the directory knows whose the numbers are.
        _ if from.starts_with("sip:") || from.starts_with("sips:") => Direction::Unsaid,
        _ => Direction::Inbound,
    }
}

/// How a call went on that Twilio itself began.
fn is_put_through(form: &Form<'_>, event: &Event) -> bool {
    form.text("Direction").starts_with("outbound")
        && matches!(event, Event::Dialled | Event::Queued)
}

fn is_sip_without_number(address: &str) -> bool {
    let user = address.strip_prefix("sips:").or_else(|| address.strip_prefix("sip:"));
    let user = user.and_then(|address| address.split('@').next()).unwrap_or_default();
    let number = user.strip_prefix('+').unwrap_or(user);
    !user.is_empty() && !withheld::is_withheld(user) && !number.bytes().all(|b| b.is_ascii_digit())
}

fn from(form: &Form<'_>, outbound: bool, source: &Source) -> Party {
    let said = ["From", "Caller"].iter().any(|field| form.has(field));
    let text = first(form, ["From", "Caller"]);
    let party = match said {
        // Recordings and transcriptions may come without; an empty number on a call is a withheld one.
        false if form.has("CallStatus") && !outbound => Party::withheld(),
        false => Party::absent(),
        true if outbound && withheld::is_withheld(text) => Party::absent(),
        true => withheld::caller(text, source),
    };
    party.named(form.text("CallerName"))
}

fn first<'a>(form: &'a Form<'_>, names: [&str; 2]) -> &'a str {
    let [first, second] = names.map(|name| form.text(name));
    if first.is_empty() { second } else { first }
}

/// RFC 2822, `Tue, 10 Mar 2026 10:02:09 +0000`.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let at = DateTime::parse_from_rfc2822(text).ok()?;
    seconds::believable(at.to_utc())
}
