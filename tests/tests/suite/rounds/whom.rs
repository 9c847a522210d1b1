//! Who is told what (R25, R26, R30).

use super::{
    AMIR, ASA, JOHN, LISA, SVEN, TO_ASA, TO_JOHN, TO_MARIA, TO_PER, TO_SARA, call, people,
};
use aterkom_tests::on_both;

on_both! {
    // R25, R2
    async fn the_soonest_comes_first_and_of_one_day_the_messages(world at "2026-11-17 15:00") {
        world.tell("1", "2026-11-17 09:01", "missed", call("1", LISA, ASA)).await;
        world.tell("2", "2026-11-17 09:02", "missed", call("2", SVEN, ASA)).await;
        world.tell("3", "2026-11-17 09:03", "voicemail", call("3", "070-1740607", ASA)).await;
        world.tell("4", "2026-11-16 16:04", "missed", call("4", "070-1740608", ASA)).await;
        world.advance_to("2026-11-18 08:15").await;
        let digest = world.mailbox(TO_ASA).only();
        assert_eq!(digest.subject, "Att ringa upp: 4, 1 senast i dag");
        for text in [digest.text, digest.html] {
            let places = ["16.04", "09.03", "09.01", "09.02"].map(|time| text.find(time).expect("it is there"));
            assert!(places.is_sorted(), "{text}");
        }
    }

    // R25, R26
    async fn an_empty_mail_is_never_sent_but_the_list_on_monday_always(world at "2026-11-17 15:00") {
        world.advance_to("2026-11-23 08:29").await;
        assert!(world.smtp.taken().is_empty());
        world.advance_to("2026-11-23 08:30").await;
        for manager in [TO_MARIA, TO_PER, TO_SARA] {
            let list = world.mailbox(manager).only();
            assert_eq!(list.subject, "Inga försenade återkopplingar");
        }
        world.advance_to("2026-11-30 08:29").await;
        assert_eq!(world.smtp.taken().len(), 3);
        world.sleep_until("2026-11-30 17:00");
        world.work().await;
        assert_eq!(world.smtp.taken().len(), 3, "outside the send window nothing is sent");
    }

    // R26
    async fn a_unit_without_a_manager_is_on_the_list_of_the_one_above(world at "2026-11-17 15:00") {
        let file = people(&[("unit,Äldreomsorg,Exempelby kommun,,sara.lind@exempelby.example,", "unit,Äldreomsorg,Exempelby kommun,,,")]);
        world.import(&file).await;
        world.tell("1", "2026-11-17 14:00", "missed", call("1", LISA, AMIR)).await;
        world.advance_to("2026-11-19 08:30").await;
        let list = world.mailbox(TO_MARIA).only();
        assert_eq!(list.subject, "Återkopplingar att hålla ögonen på, 1 senast i dag");
        assert!(list.words().contains("Äldreomsorg: 1 öppen återkoppling"), "{}", list.text);
        assert!(list.words().contains("Exempelby kommun: inga öppna återkopplingar"), "{}", list.text);
        assert!(world.mailbox(TO_SARA).is_empty());
        world.forget_mails();
    }

    // R16, R26: what belongs to nobody stands with the unit at the top.
    async fn an_unknown_line_is_on_the_topmost_list(world at "2026-11-17 15:00") {
        world.tell("1", "2026-11-17 14:00", "missed", call("1", LISA, "+46980319299")).await;
        world.advance_to("2026-11-19 08:30").await;
        assert_eq!(world.mailbox(TO_MARIA).len(), 1);
        world.advance_to("2026-11-20 08:30").await;
        let list = world.mailbox(TO_MARIA).only();
        assert_eq!(list.subject, "1 försenad återkoppling");
        assert!(world.mailbox(TO_PER).is_empty() && world.mailbox(TO_SARA).is_empty());
        world.forget_mails();
    }

    // R30
    async fn each_reads_their_own_language(world at "2026-11-17 15:00") {
        world.tell("1", "2026-11-17 14:00", "missed", call("1", LISA, JOHN)).await;
        world.tell("2", "2026-11-17 14:00", "missed", call("2", LISA, ASA)).await;
        world.advance_to("2026-11-18 08:16").await;
        let (swedish, english) = (world.mailbox(TO_ASA).only(), world.mailbox(TO_JOHN).only());
        assert!(english.subject.starts_with("To call back: 1"), "{}", english.subject);
        assert!(english.html.contains("<html lang=\"en\">") && english.words().contains("Tuesday 17 November at 14:00"));
        assert!(swedish.subject.starts_with("Att ringa upp: 1"), "{}", swedish.subject);
        assert!(swedish.html.contains("<html lang=\"sv\">") && swedish.words().contains("tisdag 17 november kl. 14.00"));
    }
}
