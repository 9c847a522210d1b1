//! Hand-overs and agreed days, as people meet them: on pages and in the morning's mail.

use super::*;
use aterkom_tests::{Visitor, on_both};

/// Posts an act with the version that the page shows now.
async fn act(by: &mut Visitor, path: &str, act: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let version = value(&by.get(path).await, "name=\"version\" value=\"").to_owned();
    let fields = [&[("version", version.as_str()), ("back", "callback")], fields].concat();
    let answer = by.post(&format!("{path}/{act}"), &fields).await;
    (answer.status, answer.body)
}

on_both! {
    // R13, R18
    async fn the_right_handler_takes_it_over_and_the_day_stays(world at "2026-11-17 10:00") {
        world.post("voicemail", call("1", LISA, ASA)).await;
        world.forget_mails();
        let amir_is = "Amir Nouri";
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let mut amir = Visitor::signed_in(world, TO_AMIR).await;
        let (path, _) = first(&asa.get("/mine").await);
        assert!(asa.get(&path).await.body.contains("Amir Nouri, Äldreomsorg"));
        assert_eq!(act(&mut asa, &path, "offer", &[("to", amir_is)]).await.0, 303);
        let page = asa.get(&path).await.body;
        assert!(page.contains("Åsa Öberg erbjuder den till Amir Nouri. Svar senast i morgon."), "{page}");
        // Until it is accepted he sees it, and can only answer.
        let offered = amir.get("/mine").await.body;
        assert!(offered.contains("Erbjudet till dig") && offered.contains("Jag tar emot"), "{offered}");
        assert!(!offered.contains("Ingen väntar på dig"), "{offered}");
        let version = value(&amir.get(&path).await, "name=\"version\" value=\"").to_owned();
        for not_yet in ["attempt", "offer"] {
            let fields = [("version", version.as_str()), ("to", amir_is)];
            assert_eq!(amir.post(&format!("{path}/{not_yet}"), &fields).await.status, 404, "{not_yet}");
        }
        assert_eq!(act(&mut amir, &path, "accept", &[]).await.0, 303);
        let callback = world.only_open().await;
        assert_eq!((callback.hops, callback.due.as_ref().map(|d| d.due_on.to_string())), (1, Some("2026-11-19".to_owned())));
        let theirs = amir.get("/mine").await.body;
        assert!(theirs.contains("070-174 06 05") && theirs.contains("Senast torsdag 19 november"), "{theirs}");
        assert_eq!(asa.get(&path).await.status, 404, "it is his now");
        let story = amir.get(&path).await.body;
        for told in ["Åsa Öberg erbjöd den till Amir Nouri", "Amir Nouri tog emot den"] {
            assert!(story.contains(told), "{told}: {story}");
        }
        // R5: the same caller's next call to the same line joins it. R21: who has it now calls back.
        world.post("missed", call("2", LISA, ASA)).await;
        assert_eq!(world.only_open().await.contacts.len(), 2);
        world.advance_to("2026-11-17 11:00").await;
        world.post("answered_outbound", call("3", AMIR, LISA)).await;
        assert!(amir.get("/mine").await.body.contains("Klara enligt växeln"));
        world.forget_mails();
    }

    // R18, R26
    async fn what_nobody_accepts_goes_to_the_receiving_unit_and_the_sender_is_told(world at "2026-11-16 10:00") {
        world.post("voicemail", call("1", LISA, ASA)).await;
        let amir_is = "Amir Nouri";
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let (path, _) = first(&asa.get("/mine").await);
        assert_eq!(act(&mut asa, &path, "offer", &[("to", amir_is)]).await.0, 303);
        world.advance_to("2026-11-17 08:20").await;
        let told = world.mailbox(TO_AMIR).only();
        assert_eq!(told.subject, "Erbjudet till dig: 1");
        assert!(told.words().contains("ta emot eller avböj") && told.words().contains(&path), "{}", told.text);
        let due = world.mailbox(TO_ASA).only();
        assert!(due.words().contains("Senast onsdag 18 november"), "she has it still: {}", due.text);
        world.forget_mails();
        world.advance_to("2026-11-18 08:45").await;
        let told = world.mailbox(TO_ASA).only();
        assert_eq!(told.subject, "Överlämning som ingen tog emot");
        let reception = world.mailbox("aldreomsorg@exempelby.example").only();
        assert!(reception.words().contains("SENAST I DAG, onsdag 18 november"), "{}", reception.text);
        let list = world.mailbox("sara.lind@exempelby.example").only();
        assert!(list.words().contains("Överlämningar att reda ut") && list.words().contains("ingen tog emot"), "{}", list.text);
        assert_eq!(asa.get(&path).await.status, 404);
        assert!(asa.get("/mine").await.body.contains("Amir Nouri svarade inte senast i går"));
        // Told once.
        world.forget_mails();
        world.advance_to("2026-11-19 08:20").await;
        assert!(world.mailbox(TO_ASA).is_empty());
        world.forget_mails();
    }

    // R18
    async fn an_offer_is_declined_with_a_reason_or_taken_back(world at "2026-11-17 10:00") {
        world.post("voicemail", call("1", LISA, ASA)).await;
        world.forget_mails();
        let (amir_is, care) = ("Amir Nouri", "Äldreomsorg");
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let mut amir = Visitor::signed_in(world, TO_AMIR).await;
        let (path, _) = first(&asa.get("/mine").await);
        assert_eq!(act(&mut asa, &path, "offer", &[("to", care)]).await.0, 303);
        assert_eq!(act(&mut amir, &path, "decline", &[("why", "not_ours")]).await.0, 303);
        assert_eq!(amir.get(&path).await.status, 404);
        let story = asa.get(&path).await.body;
        assert!(story.contains("Amir Nouri avböjde: hör inte hit heller"), "{story}");
        assert_eq!(act(&mut asa, &path, "offer", &[("to", amir_is)]).await.0, 303);
        assert_eq!(act(&mut asa, &path, "decline", &[("why", "taken_back")]).await.0, 303);
        assert_eq!(amir.get("/mine").await.body.matches("Erbjudet till dig").count(), 0);
        for wrong in ["", "employee-1", "unit-", "employee", "admin-1", "Åsa Öberg", "employee-01a2227a-a01f-76dd-a0e0-74d5218f9843"] {
            let (status, body) = act(&mut asa, &path, "offer", &[("to", wrong)]).await;
            assert!([400, 409, 422].contains(&status), "{wrong}: {status} {body}");
        }
        let callback = world.only_open().await;
        assert_eq!((callback.hops, callback.hand_over), (0, None));
        world.forget_mails();
    }

    // R23, R26
    async fn an_agreed_day_is_a_promise_of_its_own(world at "2026-11-16 10:00") {
        world.post("voicemail", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-17 10:00").await;
        world.forget_mails();
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let (path, _) = first(&asa.get("/mine").await);
        for day in ["2026-11-17", "2026-11-21", "2026-12-24", "2027-01-01", "tomorrow", ""] {
            let (status, body) = act(&mut asa, &path, "agree", &[("on", day)]).await;
            assert!([400, 409, 422].contains(&status), "{day}: {status} {body}");
        }
        assert_eq!(act(&mut asa, &path, "agree", &[("on", "2026-11-20")]).await.0, 303);
        let page = asa.get("/mine").await.body;
        assert!(page.contains("Överenskommet fredag 20 november"), "{page}");
        world.advance_to("2026-11-20 08:20").await;
        let mails = world.mailbox(TO_ASA);
        let latest = mails.0.last().expect("a digest");
        assert!(latest.words().contains("Överenskommet med personen: fredag 20 november"), "{}", latest.text);
        world.forget_mails();
        world.advance_to("2026-11-23 08:45").await;
        let digest = world.mailbox(TO_ASA).only();
        assert!(digest.words().contains("ÖVERENSKOMMEN DAG ÄR FÖRBI, fredag 20 november"), "{}", digest.text);
        let list = world.mailbox(TO_PER).only();
        assert!(list.words().contains("Överenskommen dag är förbi") && list.words().contains("överenskommet fredag 20 november"), "{}", list.text);
        // "Ej klar, ny dag": from now on that day counts.
        assert_eq!(act(&mut asa, &path, "agree", &[("on", "2026-11-25")]).await.0, 303);
        world.forget_mails();
        world.advance_to("2026-11-24 08:45").await;
        let digest = world.mailbox(TO_ASA).only();
        assert!(digest.words().contains("Överenskommet med personen: onsdag 25 november"), "{}", digest.text);
        let story = asa.get(&path).await.body;
        assert!(story.contains("Överenskommen dag, fredag 20 november, gick förbi"), "{story}");
        world.forget_mails();
    }
}
