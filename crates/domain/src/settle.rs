//! From the verdict on a call to what is wanted of callbacks (R1, R2, R5, R6, R8, R10, R21, R22).

use crate::callback::{Callback, Contact, ContactKind, Effort, EffortKind, State, Withdrawal};
use crate::decision::{Decision, Refusal};
use crate::directory::{Directory, Owner};
use crate::fact::{MessageKind, Why};
use crate::ids::{CallId, CallbackId, CallerId, UnitId};
use crate::number::E164;
use crate::party::Party;
use crate::policy::{MissedCalls, Policy};
use crate::transitions::{Opening, Rules};
use crate::verdict::{Answer, Incoming, Outcome, Outgoing, Verdict};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

#[cfg(test)]
mod tests;

/// What a call wants of callbacks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Somebody waits to be called back.
    pub contact: Option<WantedContact>,
    /// Somebody was reached or tried: whom, and how.
    pub efforts: Vec<(Party, Effort)>,
}

/// A contact, and the callback that it belongs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedContact {
    pub caller: Party,
    pub owner: Owner,
    pub unit: Option<UnitId>,
    /// Not when the caller withheld the number (R6), or when it is a shared one (R5).
    pub may_be_joined: bool,
    pub contact: Contact,
}

/// Why nobody waits to be called back after a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOwed {
    /// Somebody answered.
    Answered,
    /// R6: withheld and without a message, so there is nobody to call back.
    NobodyToCall,
    /// R2: the caller hung up almost at once.
    HungUpAtOnce,
    /// R2: the organisation does not follow up missed calls without a message.
    NotFollowedUp,
    /// R8: the number is on the list of those who are not called back.
    Blocked,
    /// One of ours rang out.
    Outgoing { answered: bool },
    /// Neither who rang nor how it ended is known.
    ToldNothing,
}

/// What is already there for a wanted contact.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The callback that holds this call's contact since before.
    pub holding: Option<Callback>,
    /// The open one of the same caller and owner.
    pub open: Option<Callback>,
    /// The latest resolved one of the same caller and owner.
    pub previous: Option<CallbackId>,
    /// Calls to and from this caller by those who answer for the owner, in the order of time (R10).
    pub efforts: Vec<Effort>,
    /// All of the call is from a file that was imported.
    pub imported: bool,
}

/// What this call wants. Local days are those of `zone`.
pub fn wanted(
    call: CallId,
    verdict: &Verdict,
    directory: &Directory,
    policy: &Policy,
    zone: Tz,
) -> Wanted {
    let incoming = verdict.incoming.as_ref();
    let contact = incoming.and_then(|i| contact(call, i, directory, policy, zone).ok());
    let answered = incoming.and_then(|i| answered(call, i, directory));
    let rang = verdict.outgoing.as_ref().and_then(|o| rang(call, o));
    Wanted { contact, efforts: answered.into_iter().chain(rang).collect() }
}

/// Why this verdict wants no callback; none when it wants one.
pub fn not_owed(verdict: &Verdict, policy: &Policy) -> Option<NotOwed> {
    match (&verdict.incoming, &verdict.outgoing) {
        (Some(incoming), _) => owed(incoming, policy).err(),
        (None, Some(outgoing)) => match outgoing.answer {
            Answer::Yes { .. } => Some(NotOwed::Outgoing { answered: true }),
            Answer::No => Some(NotOwed::Outgoing { answered: false }),
        },
        (None, None) => Some(NotOwed::ToldNothing),
    }
}

fn owed(incoming: &Incoming, policy: &Policy) -> Result<ContactKind, NotOwed> {
    let kind = match &incoming.outcome {
        Outcome::Answered { .. } => return Err(NotOwed::Answered),
        Outcome::Message { kind, length, .. } => {
            ContactKind::Message { message: *kind, length_ms: length.map(|l| l.num_milliseconds()) }
        }
        Outcome::Missed { .. } if incoming.caller.is_nobody() => return Err(NotOwed::NobodyToCall),
        Outcome::Missed { why, rang } => {
            let hung_up_at_once =
                *why == Why::Abandoned && rang.is_some_and(|r| r < policy.shortest_ring);
            if hung_up_at_once {
                return Err(NotOwed::HungUpAtOnce);
            }
            if policy.missed_calls == MissedCalls::Ignore {
                return Err(NotOwed::NotFollowedUp);
            }
            ContactKind::Missed { why: *why }
        }
    };
    if is_one_of(&incoming.caller, &policy.blocked) { Err(NotOwed::Blocked) } else { Ok(kind) }
}

fn is_one_of(caller: &Party, numbers: &[E164]) -> bool {
    caller.number.as_ref().is_some_and(|number| numbers.contains(number))
}

fn contact(
    call: CallId,
    incoming: &Incoming,
    directory: &Directory,
    policy: &Policy,
    zone: Tz,
) -> Result<WantedContact, NotOwed> {
    let kind = owed(incoming, policy)?;
    let promised = match kind {
        ContactKind::Message { .. } => true,
        ContactKind::Missed { .. } => policy.missed_calls == MissedCalls::Deadline,
    };
    let line = incoming.line.and_then(|id| directory.line(id));
    let owner = directory.owner(line, incoming.at.with_timezone(&zone).date_naive());
    Ok(WantedContact {
        caller: incoming.caller.clone(),
        owner,
        unit: directory.unit_of(owner),
        may_be_joined: !incoming.caller.is_nobody() && !is_one_of(&incoming.caller, &policy.shared),
        contact: Contact {
            call,
            at: incoming.at,
            at_marked: incoming.at_marked,
            line: incoming.line,
            kind,
            promised,
            withdrawn: false,
        },
    })
}

/// What a note wants that one of us took for somebody else: a message (R1), of now. Who took it wrote down a number, so it is
/// followed up also where the PBX's own calls from it would not be (R8).
pub fn noted(
    call: CallId,
    caller: Party,
    (owner, unit): (Owner, Option<UnitId>),
    policy: &Policy,
    now: DateTime<Utc>,
) -> WantedContact {
    let kind = ContactKind::Message { message: MessageKind::Note, length_ms: None };
    WantedContact {
        may_be_joined: !caller.is_nobody() && !is_one_of(&caller, &policy.shared),
        caller,
        owner,
        unit,
        contact: Contact {
            call,
            at: now,
            at_marked: false,
            line: None,
            kind,
            promised: true,
            withdrawn: false,
        },
    }
}

/// R22: the switchboard answering resolves nothing.
fn answered(call: CallId, incoming: &Incoming, directory: &Directory) -> Option<(Party, Effort)> {
    let Outcome::Answered { talk } = incoming.outcome else { return None };
    let line = directory.line(incoming.line?).filter(|l| !l.kind.passes_on())?;
    let kind = EffortKind::CallerRang { talk_ms: talk.map(|t| t.num_milliseconds()) };
    let effort = Effort { call, line: line.id, at: incoming.at, kind };
    (!incoming.caller.is_nobody()).then(|| (incoming.caller.clone(), effort))
}

fn rang(call: CallId, outgoing: &Outgoing) -> Option<(Party, Effort)> {
    let kind = EffortKind::WeRang(outgoing.answer);
    let effort = Effort { call, line: outgoing.line?, at: outgoing.at, kind };
    (!outgoing.to.is_nobody()).then(|| (outgoing.to.clone(), effort))
}

impl Known {
    /// What is decided about a call's contact: opened, joined, amended, withdrawn. Write the decisions in this order.
    ///
    /// `caller` and `id` are what a new callback gets. Settling the same call again decides nothing new. What was imported
    /// is no news (R25): the next digest has it, and nobody gets a mail for each gap that is filled.
    ///
    /// # Errors
    /// [`Refusal::OutOfCalendar`] when a last day lies beyond the calendar.
    pub fn decide(
        self,
        call: CallId,
        wanted: Option<(WantedContact, Option<CallerId>)>,
        id: CallbackId,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Decision>, Refusal> {
        let imported = self.imported;
        let decisions = self.decided(call, wanted, id, rules, now)?;
        let told = |d: Decision| if imported { Decision { notices: Vec::new(), ..d } } else { d };
        Ok(decisions.into_iter().map(told).collect())
    }

    fn decided(
        self,
        call: CallId,
        wanted: Option<(WantedContact, Option<CallerId>)>,
        id: CallbackId,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Decision>, Refusal> {
        let mut decisions = Vec::new();
        // What this call was taken for before is no answer to what it is now.
        let efforts: Vec<Effort> = self.efforts.into_iter().filter(|e| e.call != call).collect();
        let mut open = self.open;
        // What an undo joined to another lives on there (R20).
        let holding = match self.holding {
            Some(h) => open.take_if(|o| h.joined_to() == Some(o.id)).or(Some(h)),
            None => None,
        };
        let holding = holding.filter(|h| h.standing().any(|c| c.call == call));
        let Some((wanted, caller)) = wanted else {
            decisions.extend(holding.map(|h| h.withdraw_contact(call, rules, now)).transpose()?);
            return Ok(decisions);
        };
        let contact = wanted.contact;
        let mut previous = self.previous;
        match holding {
            Some(h) if h.caller != caller || h.owner != wanted.owner => {
                decisions.push(h.withdraw_contact(call, rules, now)?);
            }
            // A message that was left after the matter had ended is a promise of its own, though its call is known.
            Some(h) if is_overtaken_by(&h, &contact) && is_new_promise(&h, &contact) => {
                open.take_if(|o| o.id == h.id);
                previous = Some(h.id);
                decisions.push(h.make_final(now));
            }
            Some(h) if h.is_open() => {
                let heard = |c: Callback| hear_all(c, &efforts, rules, now);
                decisions.push(h.join(contact, rules, now)?.then(heard)?);
                return Ok(decisions);
            }
            Some(h) => return Ok(Vec::from([h.amend_ended(contact, now)])),
            None => {}
        }
        let mut open = open.filter(|_| wanted.may_be_joined);
        // R5: a new message makes a provisional end final, and is a promise of its own; so is a missed call that
        // promises, or whoever rings again after the talk would be forgotten with it.
        if let Some(ended) = open.take_if(|o| is_overtaken_by(o, &contact)) {
            previous = Some(ended.id);
            decisions.push(ended.make_final(now));
        }
        // Who rang from a shared number before may be somebody else (R5).
        let previous = previous.filter(|_| wanted.may_be_joined);
        let next = match open {
            Some(open) => open.join(contact, rules, now)?,
            None => {
                let WantedContact { owner, unit, may_be_joined, .. } = wanted;
                let opening = Opening { id, caller, owner, unit, contact, previous, may_be_joined };
                Callback::open(opening, rules, now)?
            }
        };
        decisions.push(next.then(|c| hear_all(c, &efforts, rules, now))?);
        Ok(decisions)
    }
}

fn is_overtaken_by(ended: &Callback, contact: &Contact) -> bool {
    match ended.state {
        State::Provisional { at, .. } | State::Resolved { at, .. } => {
            contact.promised && contact.at > at
        }
        State::Withdrawn { why: Withdrawal::Lapsed, .. } => contact.promised,
        State::Withdrawn { why: Withdrawal::Contradicted | Withdrawal::JoinedTo(_), .. }
        | State::Open => false,
    }
}

/// The same news again promises nothing more.
fn is_new_promise(holding: &Callback, contact: &Contact) -> bool {
    holding
        .standing()
        .filter(|c| c.call == contact.call)
        .all(|c| (contact.promised && !c.promised) || (contact.is_message() && !c.is_message()))
}

/// R10: call-backs and attempts that were heard before the contact are folded in.
fn hear_all(
    callback: Callback,
    efforts: &[Effort],
    rules: Rules<'_>,
    now: DateTime<Utc>,
) -> Result<Decision, Refusal> {
    let start = Ok(Decision::unchanged(callback, now));
    efforts.iter().fold(start, |so_far, effort| so_far?.then(|c| c.hear(effort, rules, now)))
}
