//! A telephone that rang though its owner was away: the policy asks that it be referred then. Told to the owner when they are
//! back, and to the manager while they are away (R17, R26).

use crate::call::Call;
use crate::directory::{Directory, Line, LineKind};
use crate::fact::{MessageKind, What, Why};
use crate::ids::{EmployeeId, SourceName};
use crate::policy::Policy;
use crate::verdict::{Outcome, Verdict};
use chrono::{Days, NaiveDate, TimeDelta};
use workalendar::WorkCalendar;

/// So many days a telephone that rang is told of to a manager: what was put right a week ago needs no words any more.
const DAYS_TOLD: u64 = 4;

/// The first local day of which calls are told to a manager today.
pub fn told_since(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(Days::new(DAYS_TOLD)).unwrap_or(today)
}

/// Whose telephone rang out while they were away, and on which local day; none where there is no sign of it.
///
/// Only while the office is open, for nobody refers a telephone for the night. Engaged, refused, off, do not disturb, or answered by
/// somebody: no sign. Neither is a message where nothing tells that it rang before, for the telephone may lead to the mailbox at once.
pub fn unreferred(
    call: &Call,
    verdict: &Verdict,
    source: &SourceName,
    (directory, policy): (&Directory, &Policy),
    calendar: &WorkCalendar,
) -> Option<(EmployeeId, NaiveDate)> {
    let incoming = verdict.incoming.as_ref()?;
    let line = directory.line(incoming.line?).filter(|line| line.kind == LineKind::Person)?;
    let day = calendar.local_date(incoming.at);
    let owner = line.employee_on(day).filter(|id| directory.is_away(*id, day))?;
    let rang = match incoming.outcome {
        Outcome::Missed { why, rang } => rang_out(why, rang, policy),
        Outcome::Message { kind: MessageKind::Voicemail, .. } => {
            rang_before(call, line, source, (directory, policy))
        }
        Outcome::Message { kind: MessageKind::CallbackRequest | MessageKind::Note, .. }
        | Outcome::Answered { .. } => false,
    };
    (rang && calendar.is_open(incoming.at).unwrap_or(false)).then_some((owner, day))
}

fn rang_out(why: Why, rang: Option<TimeDelta>, policy: &Policy) -> bool {
    match why {
        Why::NoAnswer => rang.is_none_or(|rang| rang > TimeDelta::zero()),
        Why::Abandoned => rang.is_none_or(|rang| rang >= policy.shortest_ring),
        // Where the PBX does not say why, it has to say at least that it rang.
        Why::Unknown => rang.is_some_and(|rang| rang >= policy.shortest_ring),
        Why::Busy | Why::Refused | Why::Offline | Why::Closed | Why::DoNotDisturb => false,
    }
}

fn rang_before(
    call: &Call,
    line: &Line,
    source: &SourceName,
    (directory, policy): (&Directory, &Policy),
) -> bool {
    let there = |fact: &crate::fact::CallFact| {
        let named = [&fact.line, &fact.to].into_iter().find(|party| !party.is_nobody());
        named.and_then(|party| directory.line_of(source, party)).is_some_and(|l| l.id == line.id)
    };
    call.facts.iter().map(|timed| &timed.fact).filter(|fact| there(fact)).any(|fact| {
        match fact.what {
            What::Ringing => true,
            What::NotAnswered { why, rang_ms } => {
                rang_out(why, rang_ms.map(TimeDelta::milliseconds), policy)
            }
            What::Step
            | What::Ended
            | What::Talking
            | What::Answered { .. }
            | What::Message { .. } => false,
        }
    })
}

#[cfg(test)]
mod tests;
