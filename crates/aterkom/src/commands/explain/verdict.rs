//! The verdict in a few words that are the same for every PBX.

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use domain::call::Call;
use domain::fact::{CallFact, CallRef, What};
use domain::party::Party;
use domain::verdict::{Answer, Outcome, Verdict};
use serde::Serialize;
use url::Url;

/// What is longer is a PBX's own name for somebody, not what one dials.
const LONGEST_EXTENSION: usize = 40;

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

/// `facts` are those of the request, `call` has those that came before too.
pub(super) fn shown(facts: &[CallFact], call: &Call, verdict: &Verdict) -> Shown {
    let Some(last) = facts.last() else { return Shown::default() };
    // The same fact, with the phone that others of its leg name.
    let is_last = |f: &&CallFact| f.key == last.key && f.what == last.what && f.leg == last.leg;
    let last = call.facts().find(is_last).unwrap_or(last);
    let of_one_call = facts.iter().all(|f| f.refs.iter().any(|r| last.refs.contains(r)));
    let call_id = last.refs.iter().filter(|_| of_one_call).find_map(|r| match r {
        CallRef::Call(id) => Some(id.clone()),
        CallRef::Passing(_) => None,
    });
    let (mut kind, from, duration_s) = told(last, verdict);
    // What is recorded is there, whatever goes on; that a mailbox took the call is no message yet.
    let is_recorded =
        facts.iter().any(|f| length(f).flatten().or(recording(f).map(|_| 0)).is_some());
    let goes_on = call.is_going_on() && !(is_message(kind) && is_recorded);
    if goes_on || (kind == Kind::AnsweredInbound && was_taken_elsewhere(facts, call)) {
        kind = Kind::Ignored;
    }
    // Of a message told in several requests, length and link are what this one says.
    let own_length = facts.iter().find_map(length).filter(|_| is_message(kind));
    let duration_s = own_length.unwrap_or(duration_s);
    // A recording may say no more than which call it is from.
    let to = Some(&last.to).filter(|to| !to.is_nobody());
    let to = to.or_else(|| call.facts().map(|f| &f.to).find(|to| !to.is_nobody()));
    let number_or_text =
        |p: &Party| p.number.as_ref().map(|n| n.as_str().to_owned()).or_else(|| text(p));
    Shown {
        kind,
        source_event_id: Some(last.key.clone()),
        call_id,
        from: from.number.map(|n| n.as_str().to_owned()),
        to: to.and_then(number_or_text),
        extension: extension(last, verdict),
        at: last.began_at.or(last.ended_at).map(written),
        duration_s,
        recording_url: facts.iter().find_map(recording),
    }
}

/// The request tells of a phone that nobody took up, in a call that was taken on another.
fn was_taken_elsewhere(facts: &[CallFact], call: &Call) -> bool {
    facts.iter().all(|fact| {
        let unanswered = matches!(fact.what, What::Ended | What::NotAnswered { .. });
        let talks = |f: &CallFact| f.leg == fact.leg && f.what == What::Talking;
        unanswered && fact.leg.is_some() && !fact.line.is_nobody() && !call.facts().any(talks)
    })
}

fn is_message(kind: Kind) -> bool {
    matches!(kind, Kind::Voicemail | Kind::CallbackRequest)
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
    let party = match &verdict.incoming {
        // A queue that is dialled by its extension: whoever in it is named, if anybody.
        Some(incoming) if incoming.party == last.to && incoming.party.number.is_none() => {
            &last.line
        }
        Some(incoming) => &incoming.party,
        None => &last.line,
    };
    text(party).filter(|text| party.number.is_none() && text.len() <= LONGEST_EXTENSION)
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
        | What::Ended
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
        | What::Ended
        | What::Ringing
        | What::Talking
        | What::Answered { .. }
        | What::NotAnswered { .. } => None,
    }
}
