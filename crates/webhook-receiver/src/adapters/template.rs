//! Any other PBX, switch board or low-code tool: the administrator says in the configuration where things stand in its JSON or form.
//!
//! `docs/pbx/template.md` is its reference. There is nothing signed in it: a token or a password proves who posts.

mod mapping;
mod places;
mod words;

#[cfg(test)]
mod tests;

pub use self::mapping::{Mapping, WrongKey};

use self::mapping::Rules;
use self::places::Places;
use self::words::Outcome;
use super::{Adapter, Refused, SecretBy, Unreadable, credential, json, withheld};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, TimeDelta, Utc};
use domain::fact::{CallFact, CallRef, Direction, MessageKind, What};
use domain::party::{Party, clean};

/// What the administrator mapped. Without a mapping nothing can be read.
#[derive(Debug, Default)]
pub(super) struct Template(Rules);

impl Template {
    /// # Errors
    /// [`WrongKey`]: the first thing that cannot work.
    pub(super) fn new(mapping: Mapping) -> Result<Self, WrongKey> {
        Rules::new(mapping).map(Self)
    }
}

impl Adapter for Template {
    fn name(&self) -> &'static str {
        "template"
    }

    /// It needs a mapping besides.
    fn secret_by(&self) -> SecretBy {
        SecretBy::Configuration
    }

    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        _now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        let secrets = source.exposed_secrets();
        match self.0.keys.secret_header.to_ascii_lowercase().as_str() {
            "" => credential::verify(request, secrets),
            header => {
                let sent = request.find_header(header).ok_or(Refused::Wrong)?;
                credential::verify_token(sent.trim(), secrets)
            }
        }
    }

    /// Without an id or a time in it, the same post again is news.
    fn delivery(&self, request: &RawRequest) -> Option<String> {
        let places = Places::of(request).ok()?;
        let keys = &self.0.keys;
        let named = [&keys.event_id, &keys.ended_at, &keys.answered_at, &keys.began_at];
        named.iter().map(|path| places.text(path)).find(|text| !text.is_empty())
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let Rules { keys, .. } = &self.0;
        if keys.outcome.is_empty() {
            return Err(Unreadable::because(
                "this source has no mapping; write [sources.template]",
            ));
        }
        let places = Places::of(request)?;
        let is_of_interest = |word: &String| word.eq_ignore_ascii_case(&places.text(&keys.event));
        if !keys.events.is_empty() && !keys.events.iter().any(is_of_interest) {
            return Ok(Vec::new());
        }
        let outcome = self.0.outcome(&places.text(&keys.outcome))?;
        if outcome == Outcome::Ignored {
            return Ok(Vec::new());
        }
        let direction = self.0.direction(&places.text(&keys.direction))?;
        Ok(Vec::from([Call { rules: &self.0, places: &places, source }.fact(outcome, direction)]))
    }

    fn found(&self, request: &RawRequest) -> Vec<(String, Option<String>)> {
        let Ok(places) = Places::of(request) else { return Vec::new() };
        let mapped = self.0.keys.paths().into_iter().filter(|(_, path)| !path.is_empty());
        mapped
            .map(|(key, path)| {
                let text = places.text(path);
                (format!("{key} = \"{path}\""), Some(text).filter(|text| !text.is_empty()))
            })
            .collect()
    }
}

/// One request, by the rules of its source.
struct Call<'a> {
    rules: &'a Rules,
    places: &'a Places,
    source: &'a Source,
}

impl Call<'_> {
    fn text(&self, path: &str) -> String {
        self.places.text(path)
    }

    fn at(&self, path: &str) -> Option<DateTime<Utc>> {
        self.rules.times.read(&self.text(path), self.source.zone)
    }

    fn fact(&self, outcome: Outcome, direction: Direction) -> CallFact {
        let keys = &self.rules.keys;
        let (from, to) = self.parties(direction);
        let call = clean(&self.text(&keys.call_id));
        let event = clean(&self.text(&keys.event_id));
        let what = self.what(outcome);
        let (answered_at, ended_at) = (self.at(&keys.answered_at), self.at(&keys.ended_at));
        let goes_on = matches!(what, What::Ringing | What::Talking | What::Step);
        CallFact {
            key: if event.is_empty() {
                clean(&format!("{}:{call}", outcome.word()))
            } else {
                event
            },
            // Where a call has a name, more may be told of it.
            complete: call.is_empty() && !goes_on,
            refs: if call.is_empty() { Vec::new() } else { Vec::from([CallRef::Call(call)]) },
            direction,
            from,
            to,
            line: Party::from_text(&self.text(&keys.line), &self.source.plan),
            leg: None,
            // Of a message it would be taken for the begin of the recording.
            began_at: self.at(&keys.began_at).filter(|_| !matches!(what, What::Message { .. })),
            ended_at: if what == What::Talking { answered_at.or(ended_at) } else { ended_at },
            what,
        }
    }

    fn parties(&self, direction: Direction) -> (Party, Party) {
        let keys = &self.rules.keys;
        let is_out = direction == Direction::Outbound;
        let (from, to) = match (keys.external.is_empty(), is_out) {
            (true, _) => (&keys.caller, &keys.called),
            (false, true) => (&keys.internal, &keys.external),
            (false, false) => (&keys.external, &keys.internal),
        };
        let text = self.text(from);
        let name = self.text(&keys.caller_name);
        let to = Party::from_text(&self.text(to), &self.source.plan);
        if is_out {
            return (Party::from_text(&text, &self.source.plan), to.named(&name));
        }
        let hidden = keys.withheld.iter().any(|word| word.eq_ignore_ascii_case(&text));
        (withheld::caller(&text, self.source).withheld_if(hidden).named(&name), to)
    }

    fn what(&self, outcome: Outcome) -> What {
        let keys = &self.rules.keys;
        let told = self.rules.unit.read(&self.text(&keys.duration));
        match outcome {
            Outcome::Answered => What::answered(told.or_else(|| self.talk())),
            Outcome::NotAnswered(why) => What::not_answered(why, None),
            Outcome::Voicemail => What::voicemail(told, json::link(&self.text(&keys.recording))),
            Outcome::CallbackRequest => What::Message {
                message: MessageKind::CallbackRequest,
                length_ms: None,
                recording: None,
            },
            Outcome::Ringing => What::Ringing,
            Outcome::Talking => What::Talking,
            Outcome::Ignored => What::Step,
        }
    }

    fn talk(&self) -> Option<TimeDelta> {
        let keys = &self.rules.keys;
        super::seconds::between(self.at(&keys.answered_at), self.at(&keys.ended_at))
    }
}
