//! Elements of a call: what each queue, group, menu or person it came to made of it, told when the element is over.

use super::is_hidden;
use crate::adapters::{Unreadable, json, seconds, withheld};
use crate::source::Source;
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::Party;
use serde_json::Value;

/// No call comes to more places than this; what is beyond is no call.
const MOST: usize = 200;
/// These answer by themselves and talk to nobody.
const MACHINES: [&str; 4] = ["auto_receptionist", "call_queue", "shared_line_group", "ivr"];

pub(super) fn read(object: &Value, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
    let elements = json::list(object, "call_elements");
    if elements.is_empty() {
        return Err(Unreadable::missing("payload.object.call_elements"));
    }
    let ours = elements.iter().take(MOST).filter(|e| json::text(e, "direction") != "outbound");
    ours.map(|element| fact(element, source)).collect()
}

fn fact(element: &Value, source: &Source) -> Result<CallFact, Unreadable> {
    let missing = |field| Unreadable::missing(field);
    let key = json::name(element, "call_element_id").ok_or_else(|| missing("call_element_id"))?;
    let call = json::name(element, "call_id").ok_or_else(|| missing("call_id"))?;
    let history = json::name(element, "call_history_uuid");
    let hidden = is_hidden(&json::text(element, "caller_number_type"))
        || json::is_true(element, "hide_caller_id");
    let caller = json::first(element, &["caller_did_number", "caller_number", "caller_ext_number"]);
    let to = json::first(element, &["callee_did_number", "callee_number", "callee_ext_number"]);
    let at = |field| seconds::written(&json::text(element, field));
    Ok(CallFact {
        key,
        refs: [Some(call), history].into_iter().flatten().map(CallRef::Call).collect(),
        direction: Direction::Inbound,
        from: withheld::caller(&caller, source)
            .withheld_if(hidden)
            .named(&json::text(element, "caller_name")),
        to: Party::from_text(&to, &source.plan),
        line: Party::alias(&json::text(element, "callee_ext_number")),
        leg: None,
        what: what(element),
        began_at: at("start_time"),
        ended_at: at("end_time"),
        complete: false,
    })
}

/// R3: a member of a queue who does not answer misses nothing, the queue does; a machine that answers is not an answer.
fn what(element: &Value) -> What {
    let reason = json::text(element, "result_reason");
    let elsewhere = ["answered_by_other", "pickup_by_other", "call_out_by_other"];
    let is_member = json::text(element, "event") == "ring_to_member";
    let is_machine = MACHINES.contains(&json::text(element, "callee_ext_type").as_str());
    let at = |field| seconds::written(&json::text(element, field));
    if elsewhere.contains(&reason.as_str()) {
        return What::Step;
    }
    match json::text(element, "result").as_str() {
        "answered" | "connected" | "accepted" | "picked_up" if !is_machine => {
            let told = seconds::length(&json::text(element, "talk_time"));
            What::answered(told.or_else(|| seconds::between(at("answer_time"), at("end_time"))))
        }
        result => match why(result) {
            Some(why) if !is_member => {
                What::not_answered(why, seconds::between(at("start_time"), at("end_time")))
            }
            Some(_) | None => What::Step,
        },
    }
}

/// Why nobody answered; `None` for results that leave it to others to tell.
fn why(result: &str) -> Option<Why> {
    match result {
        "abandoned" | "canceled" | "cancelled" => Some(Why::Abandoned),
        "no_answer" | "ring_timeout" | "overflowed" | "voicemail" => Some(Why::NoAnswer),
        "busy" => Some(Why::Busy),
        "rejected" => Some(Why::Refused),
        "service_unavailable" => Some(Why::Offline),
        "missed" | "unconnected" | "call_failed" => Some(Why::Unknown),
        _ => None,
    }
}
