//! Contacts come and go: opening, joining, amending, withdrawing (R4, R5, R11, R14).

use super::Rules;
use crate::callback::{AgreedDays, Callback, Contact, State, Withdrawal};
use crate::decision::{Decision, Entry, Notice, Refusal};
use crate::directory::Owner;
use crate::ids::{CallId, CallbackId, CallerId, UnitId};
use chrono::{DateTime, Utc};
use workalendar::Due;

/// What it takes to open a callback.
#[derive(Debug, Clone)]
pub struct Opening {
    pub id: CallbackId,
    pub caller: Option<CallerId>,
    pub owner: Owner,
    pub unit: Option<UnitId>,
    pub contact: Contact,
    /// The resolved one before it, for the same caller and owner (R5).
    pub previous: Option<CallbackId>,
    pub may_be_joined: bool,
}

impl Callback {
    /// A new promise, with its last day and the explanation of it (R11, R14).
    ///
    /// # Errors
    /// [`Refusal::OutOfCalendar`] when the last day lies beyond the calendar.
    pub fn open(
        opening: Opening,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        let call = opening.contact.call;
        let callback = Self {
            id: opening.id,
            version: 0,
            changed_at_version: 0,
            caller: opening.caller,
            owner: opening.owner,
            unit: opening.unit,
            opened_at: now,
            due: None,
            contacts: Vec::from([opening.contact]),
            attempts: Vec::new(),
            state: State::Open,
            previous: opening.previous,
            may_be_joined: opening.may_be_joined,
            wake_at: None,
            listed_on: Vec::new(),
            taken: None,
            handed_to: None,
            hand_over: None,
            hops: 0,
            agreed: None,
            agreed_before: AgreedDays::default(),
        }
        .with_due(rules)?;
        let due_on = callback.due.as_ref().map(|d| d.due_on);
        let entry = Entry::Opened { call, due_on, previous: callback.previous };
        // What promises nothing is no news: it stands on the list, and lapses (R2).
        let notices = due_on.map(|_| Notice::New).into_iter().collect();
        Ok(Decision { is_new: true, notices, ..Decision::to(callback, [entry], now) })
    }

    /// Another call or message of the same caller (R5), or news of one that it already holds. The same news again changes nothing.
    ///
    /// A contact found earlier moves the last day, with an entry of its own; nothing that people do does (R11). A call
    /// that had resolved it and turns out to promise (R1: a message, whoever answered before it) resolves no more.
    ///
    /// # Errors
    /// [`Refusal::AlreadyResolved`] or [`Refusal::Withdrawn`]: open a new one instead.
    pub fn join(
        mut self,
        contact: Contact,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        match self.state {
            State::Open | State::Provisional { .. } => {}
            State::Resolved { at, .. } => return Err(Refusal::AlreadyResolved { at }),
            State::Withdrawn { at, .. } => return Err(Refusal::Withdrawn { at }),
        }
        let call = contact.call;
        let promised = contact.promised;
        let left_before = self.contacts.iter().any(|c| c.call == call && c.is_message());
        let is_news = contact.is_message() && !left_before;
        let entry = match self.contacts.iter_mut().find(|c| c.call == call) {
            Some(known) if *known == contact => return Ok(Decision::unchanged(self, now)),
            Some(known) => {
                *known = contact;
                Entry::Amended { call }
            }
            None => {
                self.contacts.push(contact);
                Entry::Joined { call }
            }
        };
        let resolved_it = matches!(self.state, State::Provisional { call: by, .. } if by == call);
        if resolved_it && promised {
            self.state = State::Open;
        }
        let reopened = resolved_it.then_some(Entry::ReopenedByPbx { call }).filter(|_| promised);
        let mut decision = self.recounted(entry, rules, now)?;
        decision.entries.extend(reopened);
        decision.notices.extend(is_news.then_some(Notice::New));
        Ok(decision)
    }

    /// What a resolved callback holds is only corrected: no promise is made or moved by it any more.
    pub fn amend_ended(mut self, contact: Contact, now: DateTime<Utc>) -> Decision {
        let call = contact.call;
        match self.contacts.iter_mut().find(|c| c.call == call) {
            Some(known) if *known != contact => *known = contact,
            Some(_) | None => return Decision::unchanged(self, now),
        }
        Decision::to(self, [Entry::Amended { call }], now)
    }

    /// Late facts say that this call was answered, or was somebody else's (R4).
    ///
    /// With its last contact an untouched callback goes as well; one that somebody worked on stays, without a last day.
    ///
    /// # Errors
    /// [`Refusal::OutOfCalendar`] as for [`Callback::open`].
    pub fn withdraw_contact(
        mut self,
        call: CallId,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        match self.contacts.iter_mut().find(|c| c.call == call && !c.withdrawn) {
            Some(contact) => contact.withdrawn = true,
            None => return Ok(Decision::unchanged(self, now)),
        }
        let entry = Entry::ContactWithdrawn { call };
        match self.state {
            State::Open | State::Provisional { .. } => {}
            State::Resolved { .. } | State::Withdrawn { .. } => {
                return Ok(Decision::to(self, [entry], now));
            }
        }
        if self.standing().next().is_some() || !self.is_untouched() {
            return self.recounted(entry, rules, now);
        }
        let why = Withdrawal::Contradicted;
        let state = State::Withdrawn { why, at: now };
        let gone = Self { state, wake_at: None, ..self };
        Ok(Decision::to(gone, [entry, Entry::Withdrawn { why }], now))
    }

    /// Nobody has entered or tried anything; what the PBX saw by itself is no touch.
    fn is_untouched(&self) -> bool {
        self.attempts.iter().all(|a| a.is_seen())
    }

    fn recounted(
        mut self,
        entry: Entry,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        let from = self.due.as_ref().map(|d| d.due_on);
        self.contacts.sort_by_key(|c| (c.at, c.call));
        let callback = self.with_due(rules)?;
        let to = callback.due.as_ref().map(|d| d.due_on);
        let mut entries = Vec::from([entry]);
        if from != to {
            entries.push(Entry::DueMoved { from, to });
        }
        Ok(Decision::to(callback, entries, now))
    }

    /// The last day is that of the earliest contact still standing that carries a promise (R11). While that contact
    /// stays the same, so does the explanation made when the promise was (R14).
    pub(super) fn with_due(self, rules: Rules<'_>) -> Result<Self, Refusal> {
        let earliest = self.standing().filter(|c| c.promised).map(|c| c.at).min();
        let calendar = rules.calendar_of(self.unit);
        let due: Option<Due> = match (earliest, &self.due) {
            (None, _) => None,
            (Some(at), Some(due)) if calendar.local_date(at) == due.received_on => {
                Some(due.clone())
            }
            (Some(at), _) => Some(calendar.due(at, rules.policy.working_days)?),
        };
        Self { due, ..self }.with_wake(rules)
    }

    /// When time alone changes something.
    pub(super) fn with_wake(self, rules: Rules<'_>) -> Result<Self, Refusal> {
        let wake_at = match self.state {
            State::Provisional { final_at, .. } => Some(final_at),
            State::Open => {
                let times = [self.lapses_at(rules)?, self.unanswered_at(), self.broken_at(rules)?];
                times.into_iter().flatten().min()
            }
            State::Resolved { .. } | State::Withdrawn { .. } => None,
        };
        Ok(Self { wake_at, ..self })
    }

    /// When it leaves the list, where nothing was promised (R2).
    pub(super) fn lapses_at(&self, rules: Rules<'_>) -> Result<Option<DateTime<Utc>>, Refusal> {
        let latest = self.standing().map(|c| c.at).max();
        let Some(at) = latest.filter(|_| self.due.is_none() && self.agreed.is_none()) else {
            return Ok(None);
        };
        let calendar = rules.calendar_of(self.unit);
        let last = calendar.add_working_days(calendar.local_date(at), rules.policy.list_days)?;
        Ok(Some(calendar.end_of(last)?))
    }
}
