//! Gaps: what a PBX's own records, imported from a file after an outage, add to what its posts told.

use crate::call::{Call, Timed};
use crate::verdict::{Answer, Outcome, Verdict};
use chrono::{DateTime, TimeDelta, Utc};

/// What a post tells without a time of its own is heard a little later than it was.
const APART: TimeDelta = TimeDelta::seconds(10);

/// Whether a record says more of a call than is known of it.
///
/// A post is told by whoever saw the call end, a record is a few words in a table: where a post said as much, it counts and
/// the record is left out. What was told twice is then never counted twice, and a record that knows less changes nothing.
/// More is: an answer than a miss, a message than either (R1), a talk of known length than one of unknown length.
pub fn tells_more(record: &Verdict, known: &Verdict) -> bool {
    incoming(record) > incoming(known) || outgoing(record) > outgoing(known)
}

/// Whether two tellings of one caller's call may be of the same call, where they have no name of it in common: nobody
/// makes two calls at once.
pub fn may_be_one(record: &Call, known: &Call) -> bool {
    let (Some((from, until)), Some((began, ended))) = (span(record), span(known)) else {
        return false;
    };
    from <= ended + APART && began <= until + APART
}

/// From the first that is told of it to the last.
fn span(call: &Call) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let begins = |t: &Timed| t.fact.began_at.map_or(t.at, |began| began.min(t.at));
    Some((call.facts.iter().map(begins).min()?, call.facts.iter().map(|t| t.at).max()?))
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    Missed,
    Answered { with_length: bool },
    Message,
}

fn incoming(verdict: &Verdict) -> Option<Told> {
    Some(match verdict.incoming.as_ref()?.outcome {
        Outcome::Missed { .. } => Told::Missed,
        Outcome::Answered { talk } => Told::Answered { with_length: talk.is_some() },
        Outcome::Message { .. } => Told::Message,
    })
}

fn outgoing(verdict: &Verdict) -> Option<Told> {
    Some(match verdict.outgoing.as_ref()?.answer {
        Answer::No => Told::Missed,
        Answer::Yes { talk_ms } => Told::Answered { with_length: talk_ms.is_some() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::CallFact;
    use crate::testing::{answered, folded, judged, missed, voicemail};

    fn verdicts() -> Vec<Verdict> {
        let of = |facts: &[CallFact]| judged(facts);
        let out = |fact: CallFact| fact.called_by("412").dialled("0701740605");
        Vec::from([
            of(&[]),
            of(&[missed("412", 0, 20)]),
            of(&[answered("412", 0, 60, 0).of_unknown_length()]),
            of(&[answered("412", 0, 60, 40)]),
            of(&[missed("412", 0, 20), voicemail("412", 21, 40)]),
            of(&[out(missed("412", 0, 20).way(crate::fact::Direction::Outbound))]),
        ])
    }

    // R9: imports fill gaps.
    #[test]
    fn a_record_counts_only_where_it_says_more() {
        let [nothing, missed, answered, talked, message, tried] =
            <[Verdict; 6]>::try_from(verdicts()).unwrap();
        let rising = [&nothing, &missed, &answered, &talked, &message];
        for (i, known) in rising.into_iter().enumerate() {
            for (j, record) in rising.into_iter().enumerate() {
                assert_eq!(tells_more(record, known), j > i, "{record:?} after {known:?}");
            }
        }
        assert!(tells_more(&tried, &nothing) && !tells_more(&tried, &tried));
        assert!(tells_more(&tried, &message), "that one of ours rang is another matter");
    }

    #[test]
    fn calls_that_are_apart_are_two() {
        let of = |from, to| folded(&[missed("412", from, to)]);
        let record = of(100, 120);
        for (from, to, one) in [
            (100, 120, true),
            (50, 91, true),
            (129, 140, true),
            (105, 110, true),
            (50, 89, false),
            (131, 140, false),
        ] {
            assert_eq!(may_be_one(&record, &of(from, to)), one, "{from} to {to}");
        }
        let heard_only = folded(&[missed("412", 0, 125).without_begin()]);
        assert!(may_be_one(&record, &heard_only));
        assert!(!may_be_one(&record, &folded(&[])));
    }

    #[test]
    fn a_record_that_puts_the_end_a_second_later_says_no_more() {
        let post = judged(&[missed("412", 0, 20)]);
        let record = judged(&[missed("412", 0, 21)]);
        assert!(!tells_more(&record, &post));
    }
}
