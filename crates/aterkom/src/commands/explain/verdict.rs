//! The verdict in a few words that are the same for every PBX.

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use domain::fact::{CallFact, CallRef, What};
use domain::party::Party;
use domain::verdict::{Answer, Outcome, Verdict};
use serde::Serialize;
use url::Url;

/// What the request says, in short.
#[derive(Debug, Default, Serialize)]
pub(super) struct Shown {
    kind: Kind,
    source_event_id: Option<String>,
    call_id: Option<String>,
    from: Option<String>,
    to: Option<String>,
    extension: Option<String>,
    at: Option<String>,
    duration_s: Option<i64>,
    recording_url: Option<Url>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    MissedCall,
    Voicemail,
    CallbackRequest,
    AnsweredInbound,
    AnsweredOutbound,
    UnansweredOutbound,
    /// It is of no interest by itself.
    #[default]
    Ignored,
}

pub(super) fn shown(facts: &[CallFact], verdict: &Verdict) -> Shown {
    let Some(last) = facts.last() else { return Shown::default() };
    let call_id = last.refs.iter().find_map(|r| match r {
        CallRef::Call(id) => Some(id.clone()),
        CallRef::Passing(_) => None,
    });
    let (kind, from, duration_s) = told(last, verdict);
    // Of a message told in several requests, length and link are what this one says.
    let is_message = matches!(kind, Kind::Voicemail | Kind::CallbackRequest);
    let own_length = facts.iter().find_map(length).filter(|_| is_message);
    let duration_s = own_length.unwrap_or(duration_s);
    let number_or_text =
        |p: &Party| p.number.as_ref().map(|n| n.as_str().to_owned()).or_else(|| text(p));
    Shown {
        kind,
        source_event_id: Some(last.key.clone()),
        call_id,
        from: from.number.map(|n| n.as_str().to_owned()),
        to: number_or_text(&last.to),
        extension: extension(last, verdict),
        at: last.began_at.or(last.ended_at).map(written),
        duration_s,
        recording_url: facts.iter().find_map(recording),
    }
}

impl Shown {
    /// What links to a recording of talk is shown here and kept nowhere.
    pub(super) fn show_talk_recording(&mut self, link: Option<Url>) {
        self.recording_url = self.recording_url.take().or(link);
    }
}

/// What it is, who rang, and how long they talked or the message is.
fn told(last: &CallFact, verdict: &Verdict) -> (Kind, Party, Option<i64>) {
    if let Some(incoming) = &verdict.incoming {
        let (kind, time) = match &incoming.outcome {
            Outcome::Missed { .. } => (Kind::MissedCall, None),
            Outcome::Message { kind: domain::fact::MessageKind::Voicemail, length, .. } => {
                (Kind::Voicemail, *length)
            }
            Outcome::Message { length, .. } => (Kind::CallbackRequest, *length),
            Outcome::Answered { talk } => (Kind::AnsweredInbound, *talk),
        };
        return (kind, incoming.caller.clone(), time.map(|t| t.num_seconds()));
    }
    match verdict.outgoing.as_ref().map(|o| o.answer) {
        Some(Answer::Yes { talk_ms }) => {
            (Kind::AnsweredOutbound, last.from.clone(), talk_ms.map(|ms| ms / 1_000))
        }
        Some(Answer::No) => (Kind::UnansweredOutbound, last.from.clone(), None),
        None => (Kind::Ignored, Party::absent(), None),
    }
}

/// The extension that it is about; a group or a queue that is known by its public number has none.
fn extension(last: &CallFact, verdict: &Verdict) -> Option<String> {
    match &verdict.incoming {
        Some(incoming) if incoming.party.number.is_some() => None,
        // A queue that is dialled by its extension: whoever in it is named, if anybody.
        Some(incoming) if incoming.party == last.to => {
            text(&last.line).filter(|_| last.line.number.is_none())
        }
        Some(incoming) => text(&incoming.party),
        None => text(&last.line).filter(|_| last.line.number.is_none()),
    }
}

fn text(party: &Party) -> Option<String> {
    Some(party.text.clone()).filter(|t| !t.is_empty())
}

fn written(at: DateTime<Utc>) -> String {
    at.trunc_subsecs(0).to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The length that a message is said to have, in whole seconds; `None` for what is no message.
fn length(fact: &CallFact) -> Option<Option<i64>> {
    match &fact.what {
        What::Message { length_ms, .. } => Some(length_ms.map(|ms| ms / 1_000)),
        What::Step
        | What::Ringing
        | What::Talking
        | What::Answered { .. }
        | What::NotAnswered { .. } => None,
    }
}

fn recording(fact: &CallFact) -> Option<Url> {
    match &fact.what {
        What::Message { recording, .. } => recording.clone(),
        What::Step
        | What::Ringing
        | What::Talking
        | What::Answered { .. }
        | What::NotAnswered { .. } => None,
    }
}
