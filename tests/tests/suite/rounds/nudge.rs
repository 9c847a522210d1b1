//! The nudge, and how many mails one person gets a day (R25).

use super::{
    ASA, JOHN, LISA, SVEN, TO_ASA, TO_JOHN, TO_MARIA, TO_PER, TO_SARA, assert_text, assert_tidy,
    body_of, call, people,
};
use aterkom_tests::on_both;

on_both! {
    // R25
    async fn who_has_not_tried_what_is_due_today_is_nudged(world at "2026-11-17 15:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.post("missed", call("2", SVEN, ASA)).await;
        world.post("voicemail", call("3", LISA, JOHN)).await;
        world.advance_to("2026-11-18 14:00").await;
        world.post("unanswered_outbound", call("4", ASA, SVEN)).await;
        world.advance_to("2026-11-19 12:59").await;
        world.forget_mails();
        world.advance_to("2026-11-19 13:00").await;
        for (address, name) in [(TO_ASA, "nudge_sv"), (TO_JOHN, "nudge_en")] {
            let mail = world.mailbox(address).only();
            assert_tidy(&mail.text);
            assert_text(name, &format!("Subject: {}\n\n{}", mail.subject, mail.text));
            assert_text(&format!("{name}_html"), body_of(&mail.html));
        }
        world.advance_to("2026-11-19 23:59").await;
        assert!(world.mailbox(TO_ASA).is_empty());
    }

    // R24, R25
    async fn a_nudge_that_comes_too_late_is_none(world at "2026-11-17 15:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-19 12:00").await;
        world.forget_mails();
        world.sleep_until("2026-11-19 16:00");
        world.work().await;
        assert!(world.mailbox(TO_ASA).is_empty());
    }

    // R25: at most two mails a day and person, however many roles lead to one address.
    async fn one_address_of_many_roles_gets_one_mail_of_a_kind(world at "2026-11-17 15:00") {
        let shared = "vaxel@exempelby.example";
        let file = people(&[
            ("expeditionen@exempelby.example", shared),
            ("bygglov@exempelby.example", "Vaxel@exempelby.example"),
            ("aldreomsorg@exempelby.example", shared),
        ]);
        world.import(&file).await;
        for (id, to) in [("1", "+46980319211"), ("2", "+46980319220"), ("3", "+46980319299"), ("4", "+46980319200")] {
            world.post("missed", call(id, LISA, to)).await;
        }
        world.advance_to("2026-11-18 23:59").await;
        let to_them = |world: &mut aterkom_tests::World| {
            let mails = [shared, "Vaxel@exempelby.example"].map(|address| world.mailbox(address).0);
            mails.concat().into_iter().map(|mail| mail.subject).collect::<Vec<_>>()
        };
        assert_eq!(to_them(world), ["Att ringa upp: 4"]);
        world.advance_to("2026-11-19 23:59").await;
        assert_eq!(to_them(world), ["Att ringa upp: 4, 4 senast i dag", "Senast i dag: 4 att ringa upp"]);
        for manager in [TO_MARIA, TO_PER, TO_SARA] {
            world.mailbox(manager).only();
        }
    }
}
