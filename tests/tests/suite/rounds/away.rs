//! While somebody is away, and the first morning back (R16, R17, R26).

use super::{AMIR, ASA, JOHN, LISA, SVEN, TO_ASA, TO_JOHN, TO_PER, assert_text, call};
use aterkom_tests::world::PEOPLE;
use aterkom_tests::{World, on_both};
use domain::callback::Actor;
use domain::directory::Responsible;
use serde_json::json;
use store::absences;

const RECEPTION: &str = "expeditionen@exempelby.example";
const CARE: &str = "aldreomsorg@exempelby.example";
const TO_AMIR: &str = "amir.nouri@exempelby.example";

/// Two callers miss Åsa on the Tuesday that she is away from.
async fn missed(world: &mut World) {
    world.tell("1", "2026-11-17 09:00", "missed", call("1", LISA, ASA)).await;
    world.tell("2", "2026-11-17 09:10", "missed", call("2", SVEN, ASA)).await;
}

/// John's telephone rings for half a minute, so many minutes after nine on that Tuesday; a PBX that says so.
async fn rang_out(world: &mut World, n: i64, shown: &str) {
    let start = 1_794_902_400 + 60 * n;
    let (id, began, ended) =
        (format!("{start}.{n}"), format!("{start}.1"), format!("{}.1", start + 30));
    let fields = [
        ("event", "hangup"),
        ("direction", "inbound"),
        ("uniqueid", id.as_str()),
        ("linkedid", id.as_str()),
        ("channel", "PJSIP/operator-00000001"),
        ("callerid_num", LISA),
        ("callerid_pres", shown),
        ("dnid", JOHN),
        ("extension", "1043"),
        ("dialstatus", "NOANSWER"),
        ("start", began.as_str()),
        ("end", ended.as_str()),
    ];
    world.post_asterisk(&fields).await;
}

const WAZO: &str =
    "[[sources]]\nname = \"wazo\"\nadapter = \"wazo\"\nsecrets = [\"test-token-1234\"]\n";

async fn post_wazo(world: &mut World, event: &str, data: serde_json::Value) {
    let body = json!({ "event_name": event, "wazo_uuid": "w", "event": data }).to_string();
    assert_eq!(world.post_bytes("wazo", body).await, 200, "the post is accepted");
    world.work().await;
}

on_both! {
    // R17: new and open callbacks are the substitute's while it lasts; the owner gets no mail, R13: no last day moves.
    async fn the_substitutes_digest_holds_them_and_the_first_morning_back_sums_up(world at "2026-11-16 15:00") {
        world.tell("0", "2026-11-16 14:00", "missed", call("0", "+46701740607", ASA)).await;
        let before = world.only_open().await;
        world.enter_absence("Åsa Öberg", "2026-11-17", "2026-11-19", "Amir Nouri").await;
        world.advance_to("2026-11-17 10:00").await;
        let digest = world.mailbox(TO_AMIR).only();
        assert!(digest.words().contains("till Åsa Öberg"), "{}", digest.text);
        assert_eq!(world.only_open().await, before, "nothing of the promise moved");
        missed(world).await;
        // R21: the substitute answers for her, though of another unit.
        world.sleep_until("2026-11-17 11:00");
        let back = json!({ "call_id": "3", "from": AMIR, "to": LISA, "duration_s": 60 });
        world.tell("3", "2026-11-17 10:58", "answered_outbound", back).await;
        world.advance_to("2026-11-18 10:00").await;
        assert_eq!(world.mailbox(TO_AMIR).only().subject, "Att ringa upp: 2, 1 senast i dag");
        world.advance_to("2026-11-20 08:14").await;
        assert!(world.mailbox(TO_ASA).is_empty(), "whoever is away gets no mail");
        world.forget_mails();
        world.advance_to("2026-11-20 08:16").await;
        let back = world.mailbox(TO_ASA).only();
        assert_text("back_sv", &format!("{}\n\n{}", back.subject, back.text));
        assert!(back.html.contains("Under tiden svarade Amir Nouri för dem."), "{}", back.html);
        assert!(world.mailbox(TO_AMIR).is_empty());
        world.advance_to("2026-11-23 08:20").await;
        let digest = world.mailbox(TO_ASA).only();
        assert!(!digest.words().contains("Välkommen tillbaka"), "once: {}", digest.text);
        world.forget_mails();
    }

    // R16, R26: without a substitute the unit's reception, and the manager is told.
    async fn without_a_substitute_the_reception_answers_and_the_manager_knows(world at "2026-11-17 09:30") {
        world.enter_absence("Åsa Öberg", "2026-11-17", "2026-11-18", "").await;
        world.enter_absence("John Hill", "2026-11-17", "2026-11-18", "").await;
        missed(world).await;
        world.advance_to("2026-11-18 08:35").await;
        assert_eq!(world.mailbox(RECEPTION).only().subject, "Att ringa upp: 2");
        let list = world.mailbox(TO_PER).only();
        assert_eq!(list.subject, "Återkopplingar att hålla ögonen på");
        let told = "Borta utan ersättare Åsa Öberg är borta i dag och ingen svarar i stället.";
        assert!(list.words().contains(told), "{}", list.text);
        assert!(!list.words().contains("John Hill"), "who has nothing open needs nobody: {}", list.text);
        assert!(list.html.contains("Åsa Öberg är borta i dag"), "{}", list.html);
        world.advance_to("2026-11-19 08:16").await;
        let back = world.mailbox(TO_ASA).only();
        assert!(back.words().contains("Öppna: 2. Under tiden svarade expeditionen för dem."), "{}", back.text);
        assert!(world.mailbox(TO_JOHN).is_empty(), "nothing came in for him");
        world.forget_mails();
    }

    // R17: a loop ends at reception, and so does a chain whose last is away too.
    async fn a_loop_of_substitutes_ends_at_the_reception(world at "2026-11-17 09:30") {
        world.enter_absence("Åsa Öberg", "2026-11-17", "2026-11-18", "John Hill").await;
        world.enter_absence("John Hill", "2026-11-17", "2026-11-18", "Åsa Öberg").await;
        missed(world).await;
        world.tell("3", "2026-11-17 09:20", "missed", call("3", LISA, JOHN)).await;
        for callback in world.open().await {
            let responsible = world.directory().await.responsible(callback.owner, world.today());
            assert!(matches!(responsible, Responsible::Reception(_)), "{responsible:?}");
        }
        world.advance_to("2026-11-18 08:20").await;
        assert_eq!(world.mailbox(RECEPTION).only().subject, "Att ringa upp: 3");
        assert!(world.mailbox(TO_ASA).is_empty() && world.mailbox(TO_JOHN).is_empty());
    }

    // R17: also when nothing is open any more; in the reader's own language (R30).
    async fn who_comes_back_to_nothing_open_is_told_how_it_went(world at "2026-11-17 09:30") {
        world.enter_absence("John Hill", "2026-11-17", "2026-11-17", "Åsa Öberg").await;
        world.tell("1", "2026-11-17 09:00", "missed", call("1", LISA, JOHN)).await;
        let back = json!({ "call_id": "2", "from": ASA, "to": LISA, "duration_s": 60 });
        world.sleep_until("2026-11-17 10:00");
        world.tell("2", "2026-11-17 09:58", "answered_outbound", back).await;
        world.advance_to("2026-11-18 08:20").await;
        let back = world.mailbox(TO_JOHN).only();
        assert_text("back_en", &format!("{}\n\n{}", back.subject, back.text));
    }

    // R17, R26: whoever is away refers the telephone; where it rings all the same, the manager knows now, the owner when back.
    async fn a_telephone_that_is_not_referred_is_told_of(world at "2026-11-17 09:30") {
        world.enter_absence("John Hill", "2026-11-17", "2026-11-18", "Åsa Öberg").await;
        rang_out(world, 1, "allowed_not_screened").await;
        rang_out(world, 2, "prohib_not_screened").await;
        // She is not away.
        world.tell("3", "2026-11-17 09:20", "missed", call("3", SVEN, ASA)).await;
        world.advance_to("2026-11-18 08:35").await;
        let list = world.mailbox(TO_PER).only();
        let told = "Borta utan att ha hänvisat sin telefon: 2 samtal de senaste dagarna John Hill är borta i dag, men telefonen ringer.";
        assert!(list.words().contains(told) && list.html.contains("John Hill är borta i dag, men"), "{}", list.text);
        assert!(!list.words().contains("Åsa Öberg är borta"), "{}", list.text);
        world.forget_mails();
        world.advance_to("2026-11-19 08:20").await;
        let back = world.mailbox(TO_JOHN).only();
        let told = "Your telephone rang 2 times while you were away, because it was not referred.";
        assert!(back.words().contains(told) && back.html.contains(told), "{}", back.text);
        world.advance_to("2026-11-19 08:35").await;
        for list in world.mailbox(TO_PER).0 {
            assert!(!list.words().contains("hänvisat"), "he is back: {}", list.text);
        }
        world.forget_mails();
    }

    // R6, R17: a caller who withheld the number leaves no callback, but the telephone rang.
    async fn who_comes_back_to_nothing_but_a_telephone_that_rang_is_told_so(world at "2026-11-17 09:30") {
        world.enter_absence("John Hill", "2026-11-17", "2026-11-17", "").await;
        rang_out(world, 1, "prohib_not_screened").await;
        world.advance_to("2026-11-18 08:20").await;
        let back = world.mailbox(TO_JOHN).only();
        assert_text("back_rang_en", &format!("{}\n\n{}", back.subject, back.text));
        world.forget_mails();
    }

    // R17: a telephone that its PBX says is on do not disturb does not ring in vain; from when it is off it does.
    async fn a_telephone_that_its_pbx_says_does_not_ring_is_no_sign(world at "2026-11-17 09:00" with WAZO) {
        world.import(&PEOPLE.replace("asterisk=1043", "asterisk=1043 | wazo=u-john")).await;
        world.enter_absence("John Hill", "2026-11-17", "2026-11-17", "").await;
        for (local, is_on) in [("2026-11-17 09:05", true), ("2026-11-17 10:05", false)] {
            world.advance_to(local).await;
            let data = json!({ "user_uuid": "u-john", "enabled": is_on });
            post_wazo(world, "users_services_dnd_updated", data).await;
            let began = world.app.clock.now().timestamp() + 300;
            world.sleep_until(&local.replace(":05", ":10"));
            let missed = json!({
                "user_uuid": "u-john", "caller_id_number": LISA, "dialed_extension": "233",
                "conversation_id": format!("{began}.1"), "reason": "no-answer",
            });
            post_wazo(world, "user_missed_call", missed).await;
        }
        world.advance_to("2026-11-18 08:20").await;
        let back = world.mailbox(TO_JOHN).only();
        let told = "Your telephone rang once while you were away, because it was not referred.";
        assert!(back.words().contains(told), "{}", back.text);
        world.forget_mails();
    }

    // R17: an absence that was taken back, or was never to be, changes nothing.
    async fn an_absence_taken_back_is_none(world at "2026-11-17 09:30") {
        let id = world.enter_absence("Amir Nouri", "2026-11-17", "2026-11-18", "").await;
        world.tell("1", "2026-11-17 09:00", "missed", call("1", LISA, AMIR)).await;
        let tx = world.app.store.begin().await.expect("storage works");
        let (by, now) = (Actor::System, world.app.clock.now());
        assert!(absences::take_back(&tx, id, by, now).await.expect("storage works"));
        assert!(!absences::take_back(&tx, id, by, now).await.expect("storage works"));
        tx.commit().await.expect("storage works");
        world.advance_to("2026-11-18 08:20").await;
        assert_eq!(world.mailbox(TO_AMIR).len(), 1);
        assert!(world.mailbox(CARE).is_empty());
    }
}
