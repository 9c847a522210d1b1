//! Who talked for how long, where one post tells that somebody picked up and another that the leg ended.

use crate::call::Timed;
use crate::fact::{MessageKind, What};
use chrono::{DateTime, Utc};

/// The same facts, each as the others let it be understood: the end of a leg on which a person talked is an answer as
/// long as from then until the end, and what was recorded while they talked is no message.
pub(super) fn put_together<'a>(facts: impl Iterator<Item = &'a Timed>) -> Vec<Timed> {
    let facts: Vec<&Timed> = facts.collect();
    let understood = |timed: &&Timed| {
        let mut timed = (*timed).clone();
        timed.fact.what = what(&timed, &facts);
        timed
    };
    facts.iter().map(understood).collect()
}

fn what(timed: &Timed, facts: &[&Timed]) -> What {
    let said = timed.fact.what.clone();
    match said {
        What::Ended | What::NotAnswered { .. } => match picked_up(timed, facts) {
            Some(from) => What::answered(timed.fact.ended_at.zip(from).map(|(end, at)| end - at)),
            None => said,
        },
        What::Message { message: MessageKind::Voicemail, .. } if is_of_talk(timed, facts) => {
            What::Step
        }
        What::Step
        | What::Ringing
        | What::Talking
        | What::Answered { .. }
        | What::Message { .. } => said,
    }
}

/// When a person first picked up on the leg that ended, if one did; `Some(None)` where the PBX tells no time.
fn picked_up(end: &Timed, facts: &[&Timed]) -> Option<Option<DateTime<Utc>>> {
    let leg = end.fact.leg.as_ref()?;
    let talks = facts.iter().filter(|t| is_talking(t) && t.fact.leg.as_ref() == Some(leg));
    let first = talks.filter(|t| t.at <= end.at).min_by_key(|t| t.at)?;
    Some(first.fact.ended_at)
}

/// Whether it was recorded, on whatever leg, after a person picked up and before that leg ended.
fn is_of_talk(recording: &Timed, facts: &[&Timed]) -> bool {
    let (Some(began), Some(ended)) = (recording.fact.began_at, recording.fact.ended_at) else {
        return false;
    };
    facts.iter().filter(|t| is_talking(t)).any(|talk| {
        let over = |t: &&&Timed| is_end(t) && t.fact.leg == talk.fact.leg && t.at >= talk.at;
        let until = facts.iter().filter(over).map(|t| t.at).min();
        talk.at < ended && until.is_none_or(|until| until > began)
    })
}

fn is_talking(timed: &Timed) -> bool {
    timed.fact.what == What::Talking
}

fn is_end(timed: &Timed) -> bool {
    match timed.fact.what {
        What::Ended | What::Answered { .. } | What::NotAnswered { .. } => true,
        What::Step | What::Ringing | What::Talking | What::Message { .. } => false,
    }
}
