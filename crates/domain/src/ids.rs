//! Identities. One type per thing, so that a caller's id is never passed for a callback's.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// One absence of one employee.
    AbsenceId,
    /// One address that somebody signs in with.
    AccountId,
    /// One promise to come back to one caller.
    CallbackId,
    /// One call, as folded from what a PBX told.
    CallId,
    /// One party that took part in calls; its number lives in one table only (R34).
    CallerId,
    /// One day on which a unit is closed.
    ClosedDayId,
    /// One employee.
    EmployeeId,
    /// One line.
    LineId,
    /// One unit.
    UnitId,
}

/// The name of one PBX connection ("växel"), configured or made in the browser.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceName(pub String);

impl SourceName {
    /// From what somebody wrote: the configuration, a form, an address.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }
}

impl std::fmt::Display for SourceName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
