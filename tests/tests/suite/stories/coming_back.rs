//! What the PBX sees of our coming back, and of the caller's (R10, R19, R21, R22).

use super::{AMIR, ASA, JOHN, LISA, SVEN, call, lasting};
use aterkom_tests::{World, on_both};
use domain::callback::{Callback, Disposition, State};
use domain::rounds::{Standing, standing};
use serde_json::{Value, json};

async fn waiting(world: &mut World) {
    world.tell("1", "2026-11-17 09:00", "voicemail", lasting("1", LISA, ASA, 20)).await;
}

fn standing_today(world: &World, callback: &Callback) -> Standing {
    let calendar = &world.app.scheduler.calendar;
    standing(callback, calendar.local_date(world.app.clock.now()), calendar)
}

/// The callback after one more event; provisional how, if it is.
async fn after(world: &mut World, kind: &str, data: Value) -> (usize, Option<Disposition>) {
    world.tell("2", "2026-11-17 10:00", kind, data).await;
    let callback = world.only_open().await;
    let ended = match callback.state {
        State::Provisional { disposition, .. } => Some(disposition),
        State::Open | State::Resolved { .. } | State::Withdrawn { .. } => None,
    };
    (callback.attempts.len(), ended)
}

on_both! {
    // R19, R21: short, unanswered, or of unknown length: the caller's own voicemail answers too.
    async fn a_try_keeps_the_promise_but_not_the_matter(world at "2026-11-17 15:00") {
        waiting(world).await;
        assert_eq!(standing_today(world, &world.only_open().await), Standing::DueLater);
        world.tell("2", "2026-11-17 10:00", "answered_outbound", lasting("2", ASA, LISA, 19)).await;
        world.tell("3", "2026-11-17 10:05", "answered_outbound", call("3", ASA, LISA)).await;
        world.tell("4", "2026-11-17 10:10", "unanswered_outbound", call("4", ASA, "070-1740605")).await;
        let callback = world.only_open().await;
        assert_eq!((callback.state, callback.attempts.len()), (State::Open, 3));
        assert!(callback.attempts.iter().all(|a| !a.reached));
        assert_eq!(standing_today(world, &callback), Standing::Tried);
        world.advance_to("2026-11-20 08:16").await;
        let last = world.mailbox("asa.oberg@exempelby.example").0.pop().expect("a digest each morning");
        assert!(last.words().contains("Försökt, inte nådd"), "{}", last.text);
        assert_eq!(last.subject, "Att ringa upp: 1", "not late: the promise was kept");
        world.forget_mails();
    }

    // R21
    async fn a_colleague_of_the_same_unit_comes_back_for_the_unit(world at "2026-11-17 15:00") {
        waiting(world).await;
        let rang = after(world, "answered_outbound", lasting("2", JOHN, LISA, 20)).await;
        assert_eq!(rang, (1, Some(Disposition::ReachedByPbx)));
    }

    // R21
    async fn somebody_of_another_unit_does_not(world at "2026-11-17 15:00") {
        waiting(world).await;
        assert_eq!(after(world, "answered_outbound", lasting("2", AMIR, LISA, 300)).await, (0, None));
    }

    // R21
    async fn whoever_rings_somebody_else_does_not(world at "2026-11-17 15:00") {
        waiting(world).await;
        assert_eq!(after(world, "answered_outbound", lasting("2", ASA, SVEN, 300)).await, (0, None));
    }

    // R22
    async fn a_caller_who_rings_again_and_is_answered_has_reached_us(world at "2026-11-17 15:00") {
        waiting(world).await;
        let answered = after(world, "answered_inbound", lasting("2", LISA, ASA, 20)).await;
        assert_eq!(answered, (1, Some(Disposition::CallerReachedUs)));
    }

    // R22
    async fn a_colleague_who_answers_resolves_it_too(world at "2026-11-17 15:00") {
        waiting(world).await;
        let answered = after(world, "answered_inbound", lasting("2", LISA, JOHN, 45)).await;
        assert_eq!(answered, (1, Some(Disposition::CallerReachedUs)));
    }

    // R22
    async fn the_switchboard_answering_resolves_nothing(world at "2026-11-17 15:00") {
        waiting(world).await;
        let answered = after(world, "answered_inbound", lasting("2", LISA, "+46980319200", 300)).await;
        assert_eq!(answered, (0, None));
    }

    // R22
    async fn a_word_at_the_door_or_another_unit_resolves_nothing(world at "2026-11-17 15:00") {
        waiting(world).await;
        assert_eq!(after(world, "answered_inbound", lasting("2", LISA, ASA, 19)).await, (0, None));
        world.tell("3", "2026-11-17 11:00", "answered_inbound", lasting("3", LISA, AMIR, 300)).await;
        world.tell("4", "2026-11-17 11:30", "answered_inbound", call("4", LISA, ASA)).await;
        assert_eq!(world.only_open().await.state, State::Open);
    }

    // R10: posts come late.
    async fn a_call_back_that_was_heard_before_its_miss_is_folded_in(world at "2026-11-17 15:00") {
        world.tell("2", "2026-11-17 10:00", "answered_outbound", lasting("2", ASA, LISA, 64)).await;
        world.tell("3", "2026-11-17 09:55", "unanswered_outbound", call("3", ASA, LISA)).await;
        world.tell("4", "2026-11-17 08:00", "answered_outbound", lasting("4", ASA, LISA, 64)).await;
        assert!(world.open().await.is_empty());
        world.tell("1", "2026-11-17 09:50", "missed", call("1", LISA, ASA)).await;
        let callback = world.only_open().await;
        assert!(matches!(callback.state, State::Provisional { disposition: Disposition::ReachedByPbx, .. }));
        let reached: Vec<bool> = callback.attempts.iter().map(|a| a.reached).collect();
        assert_eq!(reached, [false, true], "what was before the miss is not about it");
    }

    // R1, R21: who left a message after we spoke waits for an answer to it.
    async fn a_call_back_before_the_last_message_is_only_a_try(world at "2026-11-17 15:00") {
        waiting(world).await;
        world.tell("3", "2026-11-17 11:00", "callback_request", json!({ "call_id": "3", "from": LISA, "to": ASA })).await;
        assert_eq!(after(world, "answered_outbound", lasting("2", ASA, LISA, 64)).await, (1, None));
    }
}
