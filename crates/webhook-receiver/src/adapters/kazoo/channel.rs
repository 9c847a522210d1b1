//! `channel_create`, `channel_answer`, `channel_bridge`, `channel_destroy`: one leg of a call, as the switch sees it.
//!
//! What one of ours dials comes *in* to the switch, from a device; so does a call from outside, from a resource. Legs that
//! go *out* ring phones and carriers for these.

use super::{caller, instant, why};
use crate::adapters::fields::Fields;
use crate::adapters::{Unreadable, seconds};
use crate::source::Source;
use domain::fact::{CallFact, CallRef, Direction, What};
use domain::party::{Party, clean};

pub(super) fn read(event: &str, fields: &Fields, source: &Source) -> Result<CallFact, Unreadable> {
    let call = clean(fields.required("call_id")?);
    let leg = Leg::of(fields);
    let ended = event == "channel_destroy";
    let at = instant(fields.text("timestamp"));
    let lasted = seconds::length(fields.text("duration_seconds")).unwrap_or_default();
    let [from, to, line] = match leg {
        Leg::Ours => ours(fields, source),
        Leg::FromOutside | Leg::Dialled => to_us(fields, source),
    };
    Ok(CallFact {
        key: clean(&format!("{event}:{call}")),
        refs: refs(&call, fields),
        direction: match leg {
            // To a colleague it is a call like any other (R7).
            Leg::Ours if to.number.is_none() => Direction::Unsaid,
            Leg::Ours => Direction::Outbound,
            Leg::FromOutside => Direction::Inbound,
            Leg::Dialled => Direction::Onward,
        },
        what: if ended { what(leg, &to, fields) } else { What::Step },
        from,
        to,
        line,
        leg: Some(call),
        began_at: if ended { at.and_then(|at| at.checked_sub_signed(lasted)) } else { at },
        ended_at: at.filter(|_| ended),
        complete: false,
    })
}

/// What a leg is to us.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leg {
    /// One of ours dials.
    Ours,
    FromOutside,
    /// The switch rings somebody for another leg.
    Dialled,
}

impl Leg {
    fn of(fields: &Fields) -> Self {
        match (fields.text("call_direction"), fields.text("authorizing_type")) {
            ("outbound", _) => Self::Dialled,
            (_, "" | "resource") => Self::FromOutside,
            _ => Self::Ours,
        }
    }
}

/// The leg itself first: it names the call. Then the one it was bridged to, and what all legs have in common.
fn refs(call: &str, fields: &Fields) -> Vec<CallRef> {
    let others = ["other_leg_call_id", "custom_channel_vars[call_interaction_id]"];
    let others = others.iter().map(|field| clean(fields.text(field)));
    let mut refs = Vec::from([CallRef::Call(call.to_owned())]);
    refs.extend(others.filter(|id| !id.is_empty() && id != call).map(CallRef::Call));
    refs
}

fn ours(fields: &Fields, source: &Source) -> [Party; 3] {
    let shown = fields.text("caller_id_number");
    let from = match is_extension(shown, source) {
        true => Party::alias(shown),
        false => Party::from_text(shown, &source.plan),
    };
    // Its extension, or its owner where a public number is shown.
    let line = internal(shown, fields, source);
    [from, number_or_first(["callee_id_number", "request", "to"], fields, source), line]
}

fn to_us(fields: &Fields, source: &Source) -> [Party; 3] {
    let line = internal(fields.text("callee_id_number"), fields, source);
    [caller(fields, source), number_or_first(["request", "to"], fields, source), line]
}

/// The first of these that has a number, else the first that says anything; of an address only the user counts.
fn number_or_first<const N: usize>(names: [&str; N], fields: &Fields, source: &Source) -> Party {
    let party = |name: &str| {
        let user = fields.text(name).split('@').next().unwrap_or_default();
        match is_extension(user, source) {
            true => Party::alias(user),
            false => Party::from_text(user, &source.plan),
        }
    };
    let parties = names.map(party);
    let number = parties.iter().find(|p| p.number.is_some());
    number.or_else(|| parties.iter().find(|p| !p.is_nobody())).cloned().unwrap_or_default()
}

/// The party that is one of ours: its extension, else its owner in Kazoo.
fn internal(extension: &str, fields: &Fields, source: &Source) -> Party {
    let named = is_extension(extension, source);
    Party::alias(if named { extension } else { fields.text("owner_id") })
}

/// Up to five digits without a prefix, or no number at all.
fn is_extension(text: &str, source: &Source) -> bool {
    let short = text.len() <= 5 && !text.starts_with(['0', '+']);
    !text.is_empty() && (short || source.plan.read(text).is_none())
}

fn what(leg: Leg, to: &Party, fields: &Fields) -> What {
    let talk = seconds::length(fields.text("billing_seconds"));
    let billed = talk.is_some_and(|talk| !talk.is_zero());
    let bridged = fields.has("other_leg_call_id");
    match leg {
        // It lost the race to a colleague, or rang out: the caller's leg and the notification tell of the call.
        Leg::Dialled => What::Step,
        Leg::FromOutside if billed && bridged => What::answered(talk),
        // A mailbox, a menu, or nobody: the notification tells.
        Leg::FromOutside => What::Step,
        Leg::Ours if billed && (bridged || to.number.is_some()) => What::answered(talk),
        // One's own mailbox, or a colleague's.
        Leg::Ours if billed => What::Step,
        Leg::Ours => What::not_answered(why(fields.text("hangup_cause")), None),
    }
}
