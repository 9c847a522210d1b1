//! The promise, end to end: a webhook comes in, a manager's list goes out.

use aterkom_tests::mailbox::RANDOM;
use aterkom_tests::on_both;
use domain::callback::{Disposition, State};
use serde_json::json;

const LISA: &str = "+46701740605";

fn assert_text(name: &str, text: &str) {
    insta::with_settings!({ filters => RANDOM }, {
        insta::assert_snapshot!(name, text);
    });
}

on_both! {
    // R2, R11, R12, R24, R25, R26
    async fn a_broken_promise_reaches_the_manager_next_morning(world at "2026-12-22 15:00") {
        world.post("missed", json!({ "call_id": "1", "from": LISA, "to": "+46980319232", "extension": "232" })).await;
        let callback = world.only_open().await;
        assert_eq!(callback.due.expect("a last day").due_on.to_string(), "2026-12-28");
        world.advance_to("2026-12-23 08:14").await;
        assert!(world.mailbox("asa.oberg@exempelby.example").is_empty());
        world.advance_to("2026-12-23 08:16").await;
        assert_text("digest", &world.mailbox("asa.oberg@exempelby.example").only().text);
        world.advance_to("2026-12-28 08:16").await;
        assert_text("digest_due_today", &world.mailbox("asa.oberg@exempelby.example").only().text);
        world.advance_to("2026-12-28 08:31").await;
        let list = world.mailbox("per.alm@exempelby.example").only();
        assert!(list.words().contains("Senast i dag, ingen har försökt"), "{}", list.text);
        world.forget_mails();
        world.advance_to("2026-12-29 08:29").await;
        assert!(world.mailbox("per.alm@exempelby.example").is_empty());
        world.advance_to("2026-12-29 08:31").await;
        assert_text("manager_list", &world.mailbox("per.alm@exempelby.example").only().text);
        assert!(world.mailbox("maria.ek@exempelby.example").is_empty(), "nothing to say to her");
        world.forget_mails();
    }

    // R11
    async fn a_unit_that_is_closed_promises_a_later_day_and_others_do_not(world at "2026-12-16 10:00" with "[calendar]\nclosed = [{ date = \"2026-12-17\", reason = \"flytt\", units = [\"Bygglov\"] }]\n") {
        world.post("missed", json!({ "call_id": "1", "from": LISA, "to": "+46980319232", "extension": "232" })).await;
        world.post("missed", json!({ "call_id": "2", "from": LISA, "to": "+46980319200" })).await;
        let mut due: Vec<_> = world.open().await.into_iter().map(|c| (c.unit, c.due.expect("a last day"))).collect();
        due.sort_by_key(|(_, due)| due.due_on);
        let days: Vec<_> = due.iter().map(|(_, due)| due.due_on.to_string()).collect();
        assert_eq!(days, ["2026-12-18", "2026-12-21"]);
        assert_ne!(due[0].0, due[1].0);
        let why = due[1].1.explain(workalendar::Language::Swedish);
        assert!(why.contains("torsdag 17 december (flytt)"), "{why}");
    }

    // R21
    async fn a_call_back_that_the_pbx_saw_closes_the_callback_by_itself(world at "2026-12-22 10:00") {
        world.post("voicemail", json!({ "call_id": "1", "from": LISA, "to": "+46980319232", "extension": "232", "duration_s": 20 })).await;
        world.advance_to("2026-12-22 10:30").await;
        world.post("answered_outbound", json!({ "call_id": "2", "from": "+46980319232", "to": "0701740605", "extension": "232", "duration_s": 64 })).await;
        let callback = world.only_open().await;
        assert!(matches!(callback.state, State::Provisional { disposition: Disposition::ReachedByPbx, .. }));
        world.advance_to("2026-12-23 23:59").await;
        assert_eq!(world.open().await.len(), 1);
        world.advance_to("2026-12-24 00:00").await;
        assert!(world.open().await.is_empty(), "final at the end of the next working day");
        assert!(world.mailbox("asa.oberg@exempelby.example").is_empty(), "reminders stopped");
    }
}
