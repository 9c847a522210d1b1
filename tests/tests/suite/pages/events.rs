//! What a PBX sent lately, as the administrator sees it.

use super::*;
use aterkom_tests::{Visitor, on_both};

const ADMIN: &str = "drift@exempelby.example";
const PAGE: &str = "/admin/sources/vaxeln";

on_both! {
    async fn each_post_is_shown_with_what_came_of_it_or_why_nothing_did(world at "2026-11-17 10:00") {
        world.with_administrator(ADMIN).await;
        world.post("missed", call("1", LISA, ASA)).await;
        world.post("voicemail", call("2", SVEN, GROUP)).await;
        world.post("answered_inbound", call("3", "+46701740611", JOHN)).await;
        world.post("answered_outbound", call("4", JOHN, "+46701740612")).await;
        // R6
        world.post("missed", json!({ "call_id": "5", "from": null, "withheld": true, "to": ASA })).await;
        world.forget_mails();
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let overview = admin.get("/admin").await.body;
        assert!(overview.contains(&format!("href=\"{PAGE}\"")), "{overview}");
        let page = admin.get(PAGE).await.body;
        for told in [
            "Inte besvarat: ", "Från •••05.", "Återkoppling: Åsa Öberg. Senast torsdag 19 november.",
            "Meddelande, 30 sekunder.", "Från •••06.",
            "Ingen återkoppling: någon svarade.", "Vi ringde ut och fick svar.",
            "Från Dolt nummer.", "Ingen återkoppling: dolt nummer och inget meddelande.",
        ] {
            assert!(page.contains(told), "{told} on {page}");
        }
        // R36: enough to know one's own test call again, no more, and no way in to what is somebody else's.
        for hidden in ["0701740605", "46701740605", "070-174", "/callbacks/"] {
            assert!(!page.contains(hidden), "{hidden} on {page}");
        }
        world.forget_mails();
    }

    async fn a_post_that_could_not_be_read_says_why_and_is_read_again(world at "2026-11-17 10:00") {
        world.with_administrator(ADMIN).await;
        let form = [("event", "nonsense"), ("uniqueid", "1.1")];
        world.post_asterisk(&form).await;
        world.expect_unread(1);
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let page = admin.get("/admin/sources/asterisk").await.body;
        assert!(page.contains("Kunde inte läsas:") && page.contains("<span lang=\"en\">"), "{page}");
        let sent = admin.post("/admin/sources/asterisk/replay", &[]).await;
        assert_eq!((sent.status, sent.location.as_str()), (303, "/admin/sources/asterisk?did=replay"));
        let page = admin.get(&sent.location).await.body;
        assert!(page.contains("Anropen läses igen.") && page.contains("Väntar på att läsas."), "{page}");
        world.work().await;
        let page = admin.get("/admin/sources/asterisk").await.body;
        assert!(page.contains("Kunde inte läsas:"), "it is still wrong: {page}");
        world.forget_mails();
    }

    async fn a_post_that_says_what_was_known_is_no_news(world at "2026-11-17 10:00") {
        world.with_administrator(ADMIN).await;
        let form = |tries: &'static str| [("event", "voicemail"), ("system", "pbx1"), ("mailbox", "232"), ("context", "default"),
            ("callerid_num", "0701740605"), ("vm_messagefile", "/var/spool/asterisk/voicemail/default/232/INBOX/msg0000"),
            ("origdate", "x"), ("origtime", "1794905940"), ("duration", "20"), ("file", "msg0000"), ("folder", "INBOX"), ("try", tries)];
        world.post_asterisk(&form("1")).await;
        world.post_asterisk(&form("2")).await;
        world.forget_mails();
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let page = admin.get("/admin/sources/asterisk").await.body;
        assert!(page.contains("Inget nytt: ett tidigare anrop sa samma sak."), "{page}");
        assert!(page.contains("Meddelande, 20 sekunder."), "{page}");
        world.forget_mails();
    }

    async fn a_test_call_is_seen_on_the_screen(world at "2026-11-17 10:00") {
        world.with_administrator(ADMIN).await;
        world.post("missed", call("1", LISA, ASA)).await;
        world.forget_mails();
        world.advance_to("2026-11-17 10:30").await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let begin = admin.get(PAGE).await;
        let test = format!("{PAGE}?since={}", value(&begin, &format!("{PAGE}?since=")));
        let waiting = admin.get(&test).await.body;
        assert!(waiting.contains("Inget anrop har kommit än.") && waiting.contains("/hooks/vaxeln"), "{waiting}");
        assert!(!waiting.contains("•••05"), "an old call is no test call: {waiting}");
        world.advance_to("2026-11-17 10:31").await;
        world.post("missed", call("2", SVEN, ASA)).await;
        let seen = admin.get(&test).await.body;
        assert!(seen.contains("Växeln har hört av sig.") && seen.contains("•••06"), "{seen}");
        assert!(!seen.contains("•••05"), "{seen}");
        // A link that is old, or was never one of ours, shows everything.
        for odd in ["-1", "99999999999", "9223372036854775807"] {
            let page = admin.get(&format!("{PAGE}?since={odd}")).await;
            assert!(page.status == 200 && page.body.contains("•••05"), "{odd}: {}", page.body);
        }
        assert_eq!(admin.get(&format!("{PAGE}?since=yesterday")).await.status, 404);
        world.forget_mails();
    }

    async fn nobody_but_an_administrator_sees_a_source(world at "2026-11-17 10:00") {
        world.with_administrator(ADMIN).await;
        let mut per = Visitor::signed_in(world, TO_PER).await;
        assert_eq!((per.get(PAGE).await.status, per.post(&format!("{PAGE}/replay"), &[]).await.status), (404, 404));
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        for other in ["nej", "%3Cscript%3E", "vaxeln/x"] {
            assert_eq!(admin.get(&format!("/admin/sources/{other}")).await.status, 404, "{other}");
            assert_eq!(admin.post(&format!("/admin/sources/{other}/replay"), &[]).await.status, 404, "{other}");
        }
        world.forget_mails();
    }
}
