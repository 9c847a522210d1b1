//! The verdict on a whole call: who was not reached, who was, and who rang back (R1, R3, R6).

use crate::call::{Call, Timed};
use crate::directory::{Directory, Line};
use crate::fact::{CallFact, Direction, MessageKind, What, Why};
use crate::ids::{LineId, SourceName};
use crate::party::Party;
use crate::policy::Policy;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

mod talks;

#[cfg(test)]
mod tests;

/// What a call means to us. A call between two of our own is both; one that told nothing yet is neither.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Somebody rang one of our lines.
    pub incoming: Option<Incoming>,
    /// One of ours rang somebody.
    pub outgoing: Option<Outgoing>,
}

/// Somebody rang one of our lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Who; nobody when withheld.
    pub caller: Party,
    /// The line it is about: the last one it was offered to, or the one that answered (R3).
    pub line: Option<LineId>,
    /// That line as the PBX names it.
    pub party: Party,
    /// The time that counts (R9).
    pub at: DateTime<Utc>,
    /// The PBX's time was not believable, so `at` is the time of receipt (R9).
    pub at_marked: bool,
    pub outcome: Outcome,
}

/// How an incoming call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody answered.
    Missed { why: Why, rang: Option<TimeDelta> },
    /// A message was left, whoever answered before it (R1).
    Message { kind: MessageKind, length: Option<TimeDelta>, recording: Option<Url> },
    /// Somebody answered.
    Answered { talk: Option<TimeDelta> },
}

/// One of ours rang somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Whom.
    pub to: Party,
    /// Whose line it was, if the directory knows.
    pub line: Option<LineId>,
    /// The time that counts (R9).
    pub at: DateTime<Utc>,
    pub answer: Answer,
}

/// Whether an outgoing call was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    No,
    /// With the time they talked, in milliseconds; unknown where the PBX does not say.
    Yes {
        talk_ms: Option<i64>,
    },
}

impl Call {
    /// The verdict. It depends on which facts are known, never on their order or how often each came.
    pub fn verdict(&self, source: &SourceName, directory: &Directory, policy: &Policy) -> Verdict {
        let judge = Judge { source, directory, policy };
        let from_outside = self
            .facts
            .iter()
            .any(|t| tells_who_rings(t) && !judge.goes_out(t) && !judge.is_from_us(t));
        let towards_us = |t: &Timed| !is_onward(t) && (!judge.goes_out(t) || judge.is_to_us(t));
        let named_to_us = self.facts.iter().any(|t| !is_silent(t) && towards_us(t));
        let goes_out = !named_to_us && self.facts.iter().any(|t| judge.goes_out(t));
        // What names nobody is part of whatever the others tell of.
        let incoming = |t: &&Timed| towards_us(t) && !(is_silent(t) && goes_out);
        // Inside a call from outside, one of ours who rings another passes it on.
        let outgoing = |t: &&Timed| match judge.is_to_us(t) {
            true => !is_onward(t) && !from_outside && (judge.goes_out(t) || judge.is_from_us(t)),
            false => judge.goes_out(t) || (is_silent(t) && goes_out),
        };
        let incoming = talks::put_together(self.facts.iter().filter(incoming));
        let outgoing = talks::put_together(self.facts.iter().filter(outgoing));
        Verdict {
            incoming: judge.incoming(&incoming.iter().collect::<Vec<_>>()),
            outgoing: judge.outgoing(&outgoing.iter().collect::<Vec<_>>()),
        }
    }
}

struct Judge<'a> {
    source: &'a SourceName,
    directory: &'a Directory,
    policy: &'a Policy,
}

/// What was offered the call by one fact.
struct Offer<'a> {
    timed: &'a Timed,
    line: Option<&'a Line>,
    party: &'a Party,
}

impl<'a> Judge<'a> {
    fn line(&self, party: &Party) -> Option<&'a Line> {
        self.directory.line_of(self.source, party)
    }

    fn is_from_us(&self, timed: &Timed) -> bool {
        self.line(&timed.fact.from).is_some()
    }

    fn is_to_us(&self, timed: &Timed) -> bool {
        self.line(&timed.fact.to).is_some()
    }

    fn goes_out(&self, timed: &Timed) -> bool {
        match timed.fact.direction {
            Direction::Outbound => true,
            Direction::Inbound => false,
            Direction::Unsaid => self.is_from_us(timed),
            // What has no number is a telephone or a program of ours, though the people file may not know it.
            Direction::Onward => {
                let to_a_number = timed.fact.to.number.is_some();
                to_a_number && self.is_from_us(timed) && !self.is_to_us(timed)
            }
        }
    }

    fn outgoing(&self, facts: &[&Timed]) -> Option<Outgoing> {
        let named = || facts.iter().filter(|t| !t.fact.to.is_nobody());
        let to = &named().min_by_key(|t| self.is_to_us(t))?.fact.to;
        // Whoever else was rung in the same call, to ask or to pass it on, did not answer for them.
        let about = |t: &&&Timed| t.fact.to.is_nobody() || t.fact.to.key("") == to.key("");
        let facts: Vec<&Timed> = facts.iter().filter(about).copied().collect();
        let answer = facts.iter().filter_map(|t| answer(&t.fact.what)).max()?;
        let told = facts.iter().filter(|t| answer_is(&t.fact.what, answer)).max_by_key(|t| t.at)?;
        Some(Outgoing {
            to: self.directory.canonical(self.source, to),
            line: facts.iter().find_map(|t| self.dialling(t)).map(|l| l.id),
            at: told.at,
            answer,
        })
    }

    /// Who rings. Of a call to one of ours, `line` is the phone that rang; of a call to outside, `from` may be the
    /// number that is shown, which is the switchboard's.
    fn dialling(&self, timed: &Timed) -> Option<&'a Line> {
        let CallFact { from, line, .. } = &timed.fact;
        let [first, then] = if self.is_to_us(timed) { [from, line] } else { [line, from] };
        self.line(first).or_else(|| self.line(then))
    }

    fn incoming(&self, facts: &[&'a Timed]) -> Option<Incoming> {
        let caller = self.caller(facts);
        let message = facts.iter().copied().filter(|t| self.is_message(t)).min_by_key(|t| t.at);
        let unanswered = self.unanswered(facts);
        let (offer, outcome) = if let Some(told) = message {
            (self.offer_of_message(told, facts), message_outcome(told)?)
        } else if let Some(told) = self.answer_that_counts(facts, &unanswered) {
            (self.offer(told), Outcome::Answered { talk: self.longest_talk(told, facts) })
        } else {
            let last = unanswered.last()?.timed;
            (self.last_offer(last, &unanswered), missed_outcome(last, &unanswered))
        };
        Some(Incoming {
            caller,
            line: offer.line.map(|l| l.id),
            party: offer.party.clone(),
            at: offer.timed.at,
            at_marked: offer.timed.at_marked,
            outcome,
        })
    }

    /// Withheld as soon as one fact says so (R6). Else the first from outside, before one of ours who passed the
    /// call on; with a number before without.
    fn caller(&self, facts: &[&Timed]) -> Party {
        if facts.iter().any(|t| t.fact.from.withheld) {
            return Party::withheld();
        }
        let named = facts.iter().filter(|t| !t.fact.from.is_nobody());
        let first = named.min_by_key(|t| (self.is_from_us(t), t.fact.from.number.is_none()));
        first.map_or_else(Party::absent, |t| self.directory.canonical(self.source, &t.fact.from))
    }

    /// R1: at least 3 s long, or of unknown length; a shorter one is a missed call.
    fn is_message(&self, timed: &Timed) -> bool {
        match &timed.fact.what {
            What::Message { message: MessageKind::Voicemail, length_ms: Some(ms), .. } => {
                TimeDelta::milliseconds(*ms) >= self.policy.shortest_message
            }
            What::Message { .. } => true,
            What::Step
            | What::Ended
            | What::Ringing
            | What::Talking
            | What::Answered { .. }
            | What::NotAnswered { .. } => false,
        }
    }

    /// What it was offered to without an answer, in the order of time.
    fn unanswered(&self, facts: &[&'a Timed]) -> Vec<Offer<'a>> {
        let missed = facts.iter().copied().filter(|t| match t.fact.what {
            What::NotAnswered { .. } | What::Message { .. } => true,
            What::Step | What::Ended | What::Ringing | What::Talking | What::Answered { .. } => {
                false
            }
        });
        missed.map(|t| self.offer(t)).collect()
    }

    /// R15: a group's or a queue's call is the unit's whoever's phone rang; otherwise it is about the phone that rang.
    fn offer(&self, timed: &'a Timed) -> Offer<'a> {
        let dialled = self.line(&timed.fact.to);
        let rang = self.line(&timed.fact.line);
        // Who dials a colleague is not where it rang.
        let dials = rang.is_some_and(|l| self.line(&timed.fact.from).is_some_and(|f| f.id == l.id));
        let of_dialled =
            timed.fact.line.is_nobody() || dialled.is_some_and(|l| l.kind.is_shared() || dials);
        match (of_dialled, rang) {
            (false, Some(line)) => Offer { timed, line: Some(line), party: &timed.fact.line },
            (false, None) if dialled.is_none() => {
                Offer { timed, line: None, party: &timed.fact.line }
            }
            (_, _) => Offer { timed, line: dialled, party: &timed.fact.to },
        }
    }

    /// A recording of which nothing is said but the call it is from was left where that call was last offered.
    fn offer_of_message(&self, told: &'a Timed, facts: &[&'a Timed]) -> Offer<'a> {
        let offer = self.offer(told);
        if !offer.party.is_nobody() {
            return offer;
        }
        let places = || facts.iter().map(|t| self.offer(t)).filter(|o| !o.party.is_nobody());
        let place = places().rfind(|o| o.timed.at <= told.at).or_else(|| places().next());
        Offer { timed: told, ..place.unwrap_or(offer) }
    }

    /// R3: the last line it was offered to. R15: where a switchboard rang several, it stays the switchboard's.
    fn last_offer(&self, last: &'a Timed, unanswered: &[Offer<'a>]) -> Offer<'a> {
        let offer = self.offer(last);
        let switchboard = self.line(&last.fact.to).filter(|l| l.kind.passes_on());
        let of_same = unanswered.iter().filter(|o| o.timed.fact.to == last.fact.to);
        let phones: Vec<_> =
            of_same.filter(|o| !o.timed.fact.line.is_nobody() && !o.is_on(switchboard)).collect();
        let Some(phone) = phones.last() else { return offer };
        let several = phones
            .iter()
            .filter(|o| rang_at_once(o.timed, phone.timed))
            .any(|o| o.timed.fact.line != phone.timed.fact.line);
        // What names no phone, or the switchboard while a phone rang, sums up what is told phone by phone.
        let sums_up = last.fact.line.is_nobody()
            || (offer.is_on(switchboard) && rang_at_once(phone.timed, last));
        let offer = match switchboard {
            Some(line) if several => Offer { timed: last, line: Some(line), party: &last.fact.to },
            _ if sums_up => self.offer(phone.timed),
            _ => offer,
        };
        Offer { timed: last, ..offer }
    }

    /// R3: a colleague, an agent, whoever it was forwarded to answers for the line. The switchboard, or anyone
    /// who passed the call on to a phone that then nobody answered, does not.
    fn answer_that_counts(
        &self,
        facts: &[&'a Timed],
        unanswered: &[Offer<'a>],
    ) -> Option<&'a Timed> {
        let answered = facts.iter().copied().filter(|t| match t.fact.what {
            What::Answered { .. } | What::Talking => true,
            What::Step
            | What::Ended
            | What::Ringing
            | What::NotAnswered { .. }
            | What::Message { .. } => false,
        });
        let passes_on = |t: &Timed| self.offer_passes_on(t);
        let last = answered.max_by_key(|t| (!passes_on(t), t.at))?;
        let by = self.offer(last);
        let passed_on = unanswered.iter().any(|offer| {
            let elsewhere = !offer.is_where(&by);
            let (other, this) = (&offer.timed.fact, &last.fact);
            let ended_after = other.ended_at.zip(this.ended_at).is_some_and(|(o, t)| o > t);
            let began_after = match picked_up_at(this) {
                Some(at) => other.began_at.is_some_and(|o| o > at),
                // The phones of a group begin to ring one after the other, and stop when one is answered.
                None => {
                    let later = other.began_at.zip(this.began_at).is_some_and(|(o, t)| o > t);
                    later && (elsewhere || ended_after)
                }
            };
            let over_before = other
                .ended_at
                .zip(picked_up_at(this).or(this.began_at))
                .is_some_and(|(ended, picked_up)| ended <= picked_up);
            (passes_on(last) && elsewhere && !over_before)
                || began_after
                || (elsewhere && ended_after)
        });
        (!passed_on).then_some(last)
    }

    /// How long they talked where it was answered; the switchboard's talk before it does not count.
    fn longest_talk(&self, answered: &'a Timed, facts: &[&'a Timed]) -> Option<TimeDelta> {
        let by = self.offer(answered);
        let there = facts.iter().filter(|t| self.offer(t).is_where(&by));
        let talks = there.filter_map(|t| match t.fact.what {
            What::Answered { talk_ms } => talk_ms,
            What::Step
            | What::Ended
            | What::Ringing
            | What::Talking
            | What::NotAnswered { .. }
            | What::Message { .. } => None,
        });
        talks.max().and_then(TimeDelta::try_milliseconds)
    }

    fn offer_passes_on(&self, timed: &'a Timed) -> bool {
        self.offer(timed).line.is_some_and(|l| l.kind.passes_on())
    }
}

impl Offer<'_> {
    /// Why nobody answered there, where the PBX says so: a mailbox that took the call afterwards does not.
    fn why(&self) -> Option<Why> {
        match self.timed.fact.what {
            What::NotAnswered { why, .. } => Some(why).filter(|why| *why != Why::Unknown),
            What::Step
            | What::Ended
            | What::Ringing
            | What::Talking
            | What::Answered { .. }
            | What::Message { .. } => None,
        }
    }

    fn is_on(&self, line: Option<&Line>) -> bool {
        line.is_some() && self.line.map(|l| l.id) == line.map(|l| l.id)
    }

    /// Whether the two were offered at the same place; where no line is known, the PBX's name for it tells.
    fn is_where(&self, other: &Offer<'_>) -> bool {
        let lines = (self.line.map(|l| l.id), other.line.map(|l| l.id));
        lines.0 == lines.1 && (lines.0.is_some() || self.party == other.party)
    }
}

/// It says neither who nor which way.
fn is_silent(timed: &Timed) -> bool {
    let CallFact { direction, from, .. } = &timed.fact;
    let names_nobody = timed.fact.parties().iter().all(|party| party.is_nobody());
    *direction == Direction::Unsaid && !from.withheld && names_nobody
}

/// What only joins names to a call names no caller; that makes nobody a stranger.
fn tells_who_rings(timed: &Timed) -> bool {
    let CallFact { from, direction, .. } = &timed.fact;
    *direction == Direction::Inbound || !from.is_nobody() || from.withheld
}

fn is_onward(timed: &Timed) -> bool {
    timed.fact.direction == Direction::Onward
}

/// When the phone was picked up, where what the PBX told lets us know.
fn picked_up_at(fact: &CallFact) -> Option<DateTime<Utc>> {
    match fact.what {
        What::Talking => fact.ended_at,
        What::Answered { talk_ms } => {
            fact.ended_at?.checked_sub_signed(TimeDelta::try_milliseconds(talk_ms?)?)
        }
        What::Step
        | What::Ended
        | What::Ringing
        | What::NotAnswered { .. }
        | What::Message { .. } => None,
    }
}

/// When it began to ring, where what the PBX told lets us know.
fn rang_from(timed: &Timed) -> Option<DateTime<Utc>> {
    let rang = rang_for(&timed.fact.what).and_then(|rang| timed.at.checked_sub_signed(rang));
    rang.or(timed.fact.began_at)
}

fn rang_for(what: &What) -> Option<TimeDelta> {
    match what {
        What::NotAnswered { rang_ms, .. } => rang_ms.and_then(TimeDelta::try_milliseconds),
        What::Step
        | What::Ended
        | What::Ringing
        | What::Talking
        | What::Answered { .. }
        | What::Message { .. } => None,
    }
}

/// Whether `one` still rang when `last` began to.
fn rang_at_once(one: &Timed, last: &Timed) -> bool {
    one.at == last.at || rang_from(last).is_some_and(|began| one.at > began)
}

fn answer(what: &What) -> Option<Answer> {
    match what {
        What::Answered { talk_ms } => Some(Answer::Yes { talk_ms: *talk_ms }),
        What::Talking => Some(Answer::Yes { talk_ms: None }),
        What::NotAnswered { .. } => Some(Answer::No),
        What::Step | What::Ended | What::Ringing | What::Message { .. } => None,
    }
}

fn answer_is(what: &What, wanted: Answer) -> bool {
    answer(what) == Some(wanted)
}

fn message_outcome(timed: &Timed) -> Option<Outcome> {
    match &timed.fact.what {
        What::Message { message, length_ms, recording } => Some(Outcome::Message {
            kind: *message,
            length: length_ms.map(TimeDelta::milliseconds),
            recording: recording.clone(),
        }),
        What::Step
        | What::Ended
        | What::Ringing
        | What::Talking
        | What::Answered { .. }
        | What::NotAnswered { .. } => None,
    }
}

fn missed_outcome(last: &Timed, unanswered: &[Offer<'_>]) -> Outcome {
    match last.fact.what {
        What::NotAnswered { why, .. } => {
            let hung_up =
                unanswered.iter().any(|o| is_hung_up(o.timed) && rang_at_once(o.timed, last));
            let told = unanswered.iter().rev().find_map(|offer| offer.why());
            let why = if hung_up { Why::Abandoned } else { told.unwrap_or(why) };
            Outcome::Missed { why, rang: rang_in_all(unanswered) }
        }
        // A voicemail too short to be a message (R1): a missed call that rang out.
        What::Step
        | What::Ended
        | What::Ringing
        | What::Talking
        | What::Answered { .. }
        | What::Message { .. } => Outcome::Missed { why: Why::NoAnswer, rang: None },
    }
}

fn is_hung_up(timed: &Timed) -> bool {
    matches!(timed.fact.what, What::NotAnswered { why: Why::Abandoned, .. })
}

/// From the first ring to the last, on whatever phones: who hung up after 3 s on the second had waited through the
/// first. Unknown where it is of one of them, or where one was busy, refused or away, which counts at once (R2).
fn rang_in_all(unanswered: &[Offer<'_>]) -> Option<TimeDelta> {
    let rang = |offer: &Offer<'_>| match offer.timed.fact.what {
        What::NotAnswered { why: Why::Busy | Why::Refused | Why::Offline, .. }
        | What::NotAnswered { why: Why::DoNotDisturb | Why::Closed, .. } => None,
        What::NotAnswered { why: Why::NoAnswer | Why::Abandoned | Why::Unknown, .. }
        | What::Step
        | What::Ended
        | What::Ringing
        | What::Talking
        | What::Answered { .. }
        | What::Message { .. } => {
            let rang = rang_for(&offer.timed.fact.what)?;
            Some((offer.timed.at.checked_sub_signed(rang)?, offer.timed.at))
        }
    };
    let rings: Option<Vec<_>> = unanswered.iter().map(rang).collect();
    let rings = rings?;
    let from = rings.iter().map(|(from, _)| *from).min()?;
    rings.iter().map(|(_, until)| *until - from).max()
}
