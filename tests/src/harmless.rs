//! What must be true of whatever an adapter makes of any bytes at all. The fuzz targets include this file too.

use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef};
use webhook_receiver::adapters::Unreadable;
use webhook_receiver::request::RawRequest;
use webhook_receiver::source::Source;

/// Shorter runs of digits are years, lengths and places; longer ones may be somebody's number.
const SHORTEST_RUN: usize = 5;
/// Names and texts of parties are cut to this.
const LONGEST: usize = 200;
/// Keys and reasons are made of a few of those.
const LONGEST_MADE: usize = 3 * LONGEST;

/// Drives an adapter through all that the receiver and `explain` ask of it. What it makes of the request is facts that
/// can be stored, nothing, or a reason that tells nothing of the content (R34); never a panic.
///
/// # Panics
/// When the adapter does, or says what it must not.
pub fn drive(request: &RawRequest, source: &Source, now: DateTime<Utc>) {
    let adapter = &source.adapter;
    let _ = (adapter.handshake(request, source), adapter.verify(request, source, now));
    let _ = (adapter.delivery(request), adapter.reply(request));
    let _ = (adapter.found(request), adapter.talk_recording(request));
    // A token does not cover the body: what a signature would have caught is read too.
    match adapter.parse(request, source) {
        Ok(facts) => facts.iter().for_each(can_be_stored),
        Err(reason) => tells_nothing(&reason, request),
    }
}

/// No database takes a NUL, and none needs a text without end.
fn can_be_stored(fact: &CallFact) {
    let parties = fact.parties().map(|party| [Some(party.text.as_str()), party.name.as_deref()]);
    let refs = fact.refs.iter().map(|name| match name {
        CallRef::Call(name) | CallRef::Passing(name) => name.as_str(),
    });
    let leg = fact.leg.as_deref();
    for text in parties.into_iter().flatten().flatten().chain(refs).chain(leg) {
        is_text(text, LONGEST);
    }
    is_text(&fact.key, LONGEST_MADE);
}

fn is_text(text: &str, longest: usize) {
    assert!(!text.contains('\0'), "NUL, which no database takes");
    assert!(text.chars().count() <= longest, "a text without end");
}

/// Where the reading stopped is a number of ours.
fn tells_nothing(reason: &Unreadable, request: &RawRequest) {
    let reason = reason.to_string();
    is_text(&reason, LONGEST_MADE);
    let said = reason.split(" (line ").next().unwrap_or_default();
    let said = said.split(" (byte ").next().unwrap_or_default();
    let sent = |run: &str| {
        let run = run.as_bytes();
        let said = [request.body.as_slice(), request.query().as_bytes()];
        said.iter().any(|said| said.windows(run.len()).any(|part| part == run))
    };
    for run in said.split(|c: char| !c.is_numeric()) {
        assert!(
            run.chars().count() < SHORTEST_RUN || !sent(run),
            "a reason repeats what may be a number"
        );
    }
}
