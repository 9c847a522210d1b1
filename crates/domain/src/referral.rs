//! What a PBX says of a telephone itself, besides calls: that it does not ring for now ("hänvisad").

use crate::party::Party;
use serde::{Deserialize, Serialize};

/// A telephone was referred, or is no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// Whose telephone, as the PBX names it.
    pub line: Party,
    pub kind: ReferralKind,
    pub is_on: bool,
}

/// How it is kept from ringing. One may be on while the other is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferralKind {
    DoNotDisturb,
    /// All calls go elsewhere at once; one that rings here first is none.
    Forward,
}

impl ReferralKind {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::DoNotDisturb => "do_not_disturb",
            Self::Forward => "forward",
        }
    }
}
