//! What R36 says, sentence by sentence, of people and callbacks by name; without a directory, a scope or a query.

use super::office::{Promise, Role};
use domain::access::Details;

/// "Employees see their own and those they cover; unit colleagues the unit's own lines; reception its queue and what it
/// covers." Also those at a function mailbox, which is its unit's queue.
fn has(role: &Role, promise: &Promise) -> bool {
    let me = Some(role.address);
    let own = promise.owner == me;
    let covered = promise.substitute == me;
    let colleague = role.works_in.is_some() && promise.of_unit == role.works_in;
    let desk = promise.desk == me;
    own || covered || colleague || desk
}

/// "Managers their units'."
fn manages(role: &Role, promise: &Promise) -> bool {
    role.manages.contains(&promise.unit)
}

/// R18: whoever is to accept or decline.
fn is_offered(role: &Role, promise: &Promise) -> bool {
    promise.offered_to == Some(role.address)
}

fn sees(role: &Role, promise: &Promise) -> bool {
    has(role, promise) || manages(role, promise) || is_offered(role, promise)
}

/// "Opening a caller's details is logged. A protected line hides details until asked for, with a reason."
pub(super) fn details(role: &Role, promise: &Promise) -> Option<Details> {
    let way = match (promise.protected, has(role, promise)) {
        (true, _) => Details::WithReason,
        (false, true) => Details::AtHand,
        (false, false) => Details::OnRequest,
    };
    sees(role, promise).then_some(way)
}

/// Whether this function of the store shows this callback, or something of it, to this reader.
pub(super) fn expected(function: &str, role: &Role, promise: &Promise) -> bool {
    let open = !promise.ended;
    match function {
        "seen::get" | "seen::find" | "seen::journal" | "read_log::list_openers" => {
            sees(role, promise)
        }
        "seen::list_mine" => open && has(role, promise),
        "seen::list_concern" | "seen::count_concerns" => open && manages(role, promise),
        "seen::list_ended" => promise.ended && has(role, promise),
        "seen::list_offered" => is_offered(role, promise),
        // Only Amir has offered something.
        "seen::list_sent" => promise.offered_to.is_some() && has(role, promise),
        // One that ended finds the open one that it would be joined to: the same caller rang once only.
        "seen::newer" => false,
        // On a list: no protected line, and nothing that is not theirs to call back.
        "seen::callers" => details(role, promise) == Some(Details::AtHand),
        // What was opened, with a reason where that is needed.
        "read_log::open" | "read_log::find" | "seen::caller" | "seen::texts" => sees(role, promise),
        "read_log::refuse" => !sees(role, promise),
        // "Administrators configuration and health, numbers masked."
        "seen::events" | "read_log::list" => role.administrator,
        other => panic!("{other} is new: say here to whom it shows what, by R36"),
    }
}
