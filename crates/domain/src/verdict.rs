//! The verdict on a whole call: who was not reached, who was, and who rang back (R1, R3, R6).

use crate::call::{Call, Timed};
use crate::directory::{Directory, Line};
use crate::fact::{Direction, MessageKind, What, Why};
use crate::ids::{LineId, SourceName};
use crate::party::Party;
use crate::policy::Policy;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

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
        let (outgoing, incoming): (Vec<&Timed>, Vec<&Timed>) =
            self.facts.iter().partition(|t| judge.goes_out(t));
        let internal: Vec<&Timed> =
            outgoing.iter().copied().filter(|t| judge.line(&t.fact.to).is_some()).collect();
        Verdict {
            incoming: judge.incoming(if incoming.is_empty() { &internal } else { &incoming }),
            outgoing: judge.outgoing(&outgoing),
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

    fn goes_out(&self, timed: &Timed) -> bool {
        match timed.fact.direction {
            Direction::Outbound => true,
            Direction::Inbound => false,
            Direction::Unsaid => self.line(&timed.fact.from).is_some(),
        }
    }

    fn outgoing(&self, facts: &[&Timed]) -> Option<Outgoing> {
        let answer = facts.iter().filter_map(|t| answer(&t.fact.what)).max()?;
        let told = facts.iter().filter(|t| answer_is(&t.fact.what, answer)).max_by_key(|t| t.at)?;
        let to = facts.iter().map(|t| &t.fact.to).find(|p| !p.is_nobody())?;
        let line =
            facts.iter().find_map(|t| self.line(&t.fact.line).or_else(|| self.line(&t.fact.from)));
        Some(Outgoing {
            to: self.directory.canonical(self.source, to),
            line: line.map(|l| l.id),
            at: told.at,
            answer,
        })
    }

    fn incoming(&self, facts: &[&'a Timed]) -> Option<Incoming> {
        let caller = self.caller(facts);
        let message = facts.iter().copied().filter(|t| self.is_message(t)).min_by_key(|t| t.at);
        let unanswered = self.unanswered(facts);
        let (offer, outcome) = if let Some(told) = message {
            (self.offer(told), message_outcome(told)?)
        } else if let Some(told) = self.answer_that_counts(facts, &unanswered) {
            (self.offer(told), Outcome::Answered { talk: longest_talk(facts) })
        } else {
            let last = unanswered.last()?.timed;
            (self.last_offer(last, &unanswered), missed_outcome(last))
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

    /// Withheld as soon as one fact says so (R6), else the first that names a number, else the first that names anybody.
    fn caller(&self, facts: &[&Timed]) -> Party {
        let named = || facts.iter().map(|t| &t.fact.from);
        if named().any(|p| p.withheld) {
            return Party::withheld();
        }
        let party =
            named().find(|p| p.number.is_some()).or_else(|| named().find(|p| !p.is_nobody()));
        party.map_or_else(Party::absent, |p| self.directory.canonical(self.source, p))
    }

    /// R1: at least 3 s long, or of unknown length; a shorter one is a missed call.
    fn is_message(&self, timed: &Timed) -> bool {
        match &timed.fact.what {
            What::Message { message: MessageKind::Voicemail, length_ms: Some(ms), .. } => {
                TimeDelta::milliseconds(*ms) >= self.policy.shortest_message
            }
            What::Message { .. } => true,
            What::Ringing | What::Talking | What::Answered { .. } | What::NotAnswered { .. } => {
                false
            }
        }
    }

    /// What it was offered to without an answer, in the order of time.
    fn unanswered(&self, facts: &[&'a Timed]) -> Vec<Offer<'a>> {
        let missed = facts.iter().copied().filter(|t| match t.fact.what {
            What::NotAnswered { .. } | What::Message { .. } => true,
            What::Ringing | What::Talking | What::Answered { .. } => false,
        });
        missed.map(|t| self.offer(t)).collect()
    }

    /// R15: a group's or a queue's call is the unit's whoever's phone rang; otherwise it is about the phone that rang.
    fn offer(&self, timed: &'a Timed) -> Offer<'a> {
        let dialled = self.line(&timed.fact.to);
        let rang = self.line(&timed.fact.line);
        let of_dialled = timed.fact.line.is_nobody() || dialled.is_some_and(|l| l.kind.is_shared());
        match (of_dialled, rang) {
            (false, Some(line)) => Offer { timed, line: Some(line), party: &timed.fact.line },
            (false, None) if dialled.is_none() => {
                Offer { timed, line: None, party: &timed.fact.line }
            }
            (_, _) => Offer { timed, line: dialled, party: &timed.fact.to },
        }
    }

    /// R3: the last line it was offered to. R15: where a switchboard rang several, it stays the switchboard's.
    fn last_offer(&self, last: &'a Timed, unanswered: &[Offer<'a>]) -> Offer<'a> {
        let offer = self.offer(last);
        let switchboard = self.line(&last.fact.to).filter(|l| l.kind.passes_on());
        let rang_at_once =
            |o: &&Offer<'a>| o.timed.fact.to == last.fact.to && o.timed.at == last.at;
        let several = unanswered.iter().filter(rang_at_once).any(|o| o.line != offer.line);
        match switchboard {
            Some(line) if several => Offer { timed: last, line: Some(line), party: &last.fact.to },
            _ => offer,
        }
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
            What::Ringing | What::NotAnswered { .. } | What::Message { .. } => false,
        });
        let last = answered.max_by_key(|t| t.at)?;
        let by = self.offer(last).line;
        let passes_on = by.is_some_and(|l| l.kind.passes_on());
        let answered_at = last.fact.began_at;
        let passed_on = unanswered.iter().any(|o| {
            let elsewhere = o.line.map(|l| l.id) != by.map(|l| l.id);
            let later = o.timed.fact.began_at.zip(answered_at).is_some_and(|(o, a)| o > a);
            (passes_on && elsewhere) || later
        });
        (!passed_on).then_some(last)
    }
}

fn answer(what: &What) -> Option<Answer> {
    match what {
        What::Answered { talk_ms } => Some(Answer::Yes { talk_ms: *talk_ms }),
        What::Talking => Some(Answer::Yes { talk_ms: None }),
        What::NotAnswered { .. } => Some(Answer::No),
        What::Ringing | What::Message { .. } => None,
    }
}

fn answer_is(what: &What, wanted: Answer) -> bool {
    answer(what) == Some(wanted)
}

fn longest_talk(facts: &[&Timed]) -> Option<TimeDelta> {
    facts
        .iter()
        .filter_map(|t| match t.fact.what {
            What::Answered { talk_ms } => talk_ms,
            What::Ringing | What::Talking | What::NotAnswered { .. } | What::Message { .. } => None,
        })
        .max()
        .map(TimeDelta::milliseconds)
}

fn message_outcome(timed: &Timed) -> Option<Outcome> {
    match &timed.fact.what {
        What::Message { message, length_ms, recording } => Some(Outcome::Message {
            kind: *message,
            length: length_ms.map(TimeDelta::milliseconds),
            recording: recording.clone(),
        }),
        What::Ringing | What::Talking | What::Answered { .. } | What::NotAnswered { .. } => None,
    }
}

fn missed_outcome(timed: &Timed) -> Outcome {
    match timed.fact.what {
        What::NotAnswered { why, rang_ms } => {
            Outcome::Missed { why, rang: rang_ms.map(TimeDelta::milliseconds) }
        }
        // A voicemail too short to be a message (R1): a missed call that rang out.
        What::Ringing | What::Talking | What::Answered { .. } | What::Message { .. } => {
            Outcome::Missed { why: Why::NoAnswer, rang: None }
        }
    }
}
