//! Notes: what one of us writes down for another, in the transaction that opens its callback or joins one (R1). Whoever
//! writes a note learns nothing of what there was.

use crate::{StoreError, Tx, callbacks, callers, calls, texts};
use chrono::{DateTime, Utc};
use domain::decision::Refusal;
use domain::ids::{CallId, CallbackId, SourceName};
use domain::settle::{Known, WantedContact};
use domain::transitions::Rules;
use uuid::Uuid;

/// What is written down.
#[derive(Debug, Clone)]
pub struct Note<'a> {
    /// The conversation that it is of; said again, the note stays as it was first.
    pub call: CallId,
    /// Where a number is written down that is none, it means something there only.
    pub source: &'a SourceName,
    pub wanted: WantedContact,
    pub about: &'a str,
}

/// Keeps a note, with the callback that it asks for. The ids are for a caller and a callback that are new.
///
/// # Errors
/// [`StoreError::Stale`] when somebody opens a callback for the same caller at the same moment: do it again.
pub async fn take(
    tx: &Tx,
    note: Note<'_>,
    (new_caller, new_callback): (Uuid, CallbackId),
    rules: Rules<'_>,
    now: DateTime<Utc>,
) -> Result<Result<(), Refusal>, StoreError> {
    let Note { call, source, wanted, about } = note;
    let caller = callers::keep(tx, source, &wanted.caller, new_caller).await?;
    let mut known = Known::default();
    if let Some(caller) = caller {
        known.open = callbacks::find_open(tx, caller, wanted.owner).await?;
        known.previous = callbacks::find_previous(tx, caller, wanted.owner).await?;
    }
    let decided = match known.decide(call, Some((wanted, caller)), new_callback, rules, now) {
        Ok(decided) => decided,
        Err(refusal) => return Ok(Err(refusal)),
    };
    for decision in &decided {
        callbacks::apply(tx, decision).await?;
    }
    if let Some(decision) = decided.last() {
        calls::note(tx, call, source, decision.callback.id, now).await?;
    }
    texts::note(tx, call, about).await?;
    Ok(Ok(()))
}
