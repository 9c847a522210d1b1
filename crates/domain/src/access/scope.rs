//! What one reader may see on one local day (R36), as a value that no reader-facing query can do without.
//!
//! [`Scope`] is made of a reader, the directory and the day, and of nothing else. What a query found becomes [`Seen`] only
//! through [`Scope::see`], and everything that hangs on a callback (its story, its caller, its texts) is asked for with
//! that: a check that was forgotten does not compile.

use super::Reader;
use super::details::{Ask, Details, Reason};
use crate::callback::{Callback, HandOver};
use crate::directory::{Directory, Owner};
use crate::ids::{AccountId, EmployeeId, UnitId};
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::ops::Deref;

/// What one reader may see on one local day.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    reader: &'a Reader,
    directory: &'a Directory,
    today: NaiveDate,
}

/// Who asks: under this name openings are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    account: AccountId,
    employee: Option<EmployeeId>,
}

impl Asker {
    pub fn account(self) -> AccountId {
        self.account
    }

    pub fn employee(self) -> Option<EmployeeId> {
        self.employee
    }
}

impl<'a> Scope<'a> {
    /// The scope of this reader on that local day.
    pub fn of(reader: &'a Reader, directory: &'a Directory, today: NaiveDate) -> Self {
        Self { reader, directory, today }
    }

    pub fn asker(&self) -> Asker {
        Asker { account: self.reader.account, employee: self.reader.employee }
    }

    /// Whose callbacks stand on the reader's own list: where a query looks, before [`Scope::see`] decides.
    pub fn owners(&self) -> Vec<Owner> {
        self.reader.owners(self.directory, self.today)
    }

    /// Whether the reader is, or is above, the manager of this unit.
    pub fn manages(&self, unit: UnitId) -> bool {
        self.reader.manages.contains(&unit)
    }

    /// Whether what belongs to no unit is this unit's to look after.
    pub fn is_top(&self, unit: UnitId) -> bool {
        self.directory.top().is_some_and(|top| top.id == unit)
    }

    /// The callback, if this reader may see it: to others it does not exist.
    pub fn see(&self, callback: Callback) -> Option<Seen> {
        let (reader, directory, today) = (self.reader, self.directory, self.today);
        if !reader.may_see(&callback, directory, today) {
            return None;
        }
        let is_theirs = reader.has(&callback, directory, today);
        let details = if directory.is_protected(&callback) {
            Details::WithReason
        } else if is_theirs {
            Details::AtHand
        } else {
            Details::OnRequest
        };
        let may_act = reader.may_act_on(&callback, directory, today);
        let is_offered = reader.is_offered(&callback, directory, today);
        Some(Seen { by: self.asker(), details, is_theirs, may_act, is_offered, callback })
    }

    /// A hand-over that the reader sent, or somebody they answer for: how it stands, and nothing of the caller. What
    /// nobody accepted is no longer theirs to see (R18).
    pub fn sent(&self, callback: Callback) -> Option<Sent> {
        let hand_over = callback.hand_over?;
        let is_theirs = self.owners().contains(&hand_over.from);
        is_theirs.then_some(Sent { hand_over, callback })
    }

    /// The reader as one who looks after the installation; none when they do not.
    pub fn administrator(self) -> Option<Administrator<'a>> {
        self.reader.administrator.then_some(Administrator { scope: self })
    }
}

/// A callback as one reader may see it. Only [`Scope::see`] makes one; nothing of the caller is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    by: Asker,
    callback: Callback,
    details: Details,
    is_theirs: bool,
    may_act: bool,
    is_offered: bool,
}

impl Deref for Seen {
    type Target = Callback;

    fn deref(&self) -> &Callback {
        &self.callback
    }
}

impl Seen {
    /// By whom it is seen.
    pub fn by(&self) -> Asker {
        self.by
    }

    /// How its caller's number, name and texts are had.
    pub fn details(&self) -> Details {
        self.details
    }

    /// Whether it stands on the reader's own list: it is theirs to call back.
    pub fn is_theirs(&self) -> bool {
        self.is_theirs
    }

    /// Whether the reader may do something about it.
    pub fn may_act(&self) -> bool {
        self.may_act
    }

    /// Whether it waits for the reader's answer (R18).
    pub fn is_offered(&self) -> bool {
        self.is_offered
    }

    /// Asks for the details: none when that takes a reason, and there is none.
    pub fn ask(&self, reason: Option<Reason>) -> Option<Ask<'_>> {
        let is_enough = match self.details {
            Details::AtHand | Details::OnRequest => true,
            Details::WithReason => reason.is_some(),
        };
        is_enough.then_some(Ask { seen: self, reason })
    }

    /// To decide about it.
    pub fn into_callback(self) -> Callback {
        self.callback
    }
}

/// What was offered to somebody else, as its sender may still see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    hand_over: HandOver,
    callback: Callback,
}

impl Sent {
    pub fn hand_over(&self) -> &HandOver {
        &self.hand_over
    }

    pub fn reference(&self, zone: Tz) -> String {
        self.callback.reference(zone)
    }
}

/// Proves that the reader looks after the installation: sees configuration and health, and no callback for that (R36).
#[derive(Debug, Clone, Copy)]
pub struct Administrator<'a> {
    scope: Scope<'a>,
}

impl Administrator<'_> {
    /// What came of a call: whose it became and until when. Whether there is a way on to it is what the reader may see.
    pub fn outcome(&self, callback: &Callback) -> Outcome {
        Outcome {
            holder: callback.holder(),
            is_open: callback.is_open(),
            due_on: callback.due.as_ref().map(|due| due.due_on),
            is_seen: self.scope.see(callback.clone()).is_some(),
        }
    }
}

/// A callback as the administrator's pages have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    pub holder: Owner,
    pub is_open: bool,
    pub due_on: Option<NaiveDate>,
    /// The reader may see it for another reason.
    pub is_seen: bool,
}
