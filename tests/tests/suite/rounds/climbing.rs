//! What is still late goes up: to the manager above, to the officer, at last to the administrators (R27, R28).

use super::when::another_process;
use super::{ASA, LISA, TO_ASA, TO_MARIA, TO_PER, assert_text, assert_tidy, body_of, call};
use aterkom_tests::{World, on_both};
use domain::transitions::Rules;
use store::callbacks;

const OFFICER: &str = "kommundirektor@exempelby.example";
const PER: &str = "+46980319231";
const UNKNOWN: &str = "+46980319299";
const ADMINISTRATOR: &str = "it@exempelby.example";

/// Somebody says "Jag tar den".
async fn take(world: &World, by: &str) {
    let directory = world.directory().await;
    let by = directory.employees().iter().find(|e| e.name == by).expect("somebody").id;
    let (policy, calendar) = (&*world.app.scheduler.policy, &*world.app.scheduler.calendar);
    let now = world.app.clock.now();
    let taken = world.only_open().await.take(by, Rules::new(policy, calendar), now);
    let tx = world.app.store.begin().await.expect("storage works");
    callbacks::apply(&tx, &taken.expect("it is open")).await.expect("storage works");
    tx.commit().await.expect("storage works");
}

/// On until that time; mails before the last list are of no interest.
async fn to_the_list_of(world: &mut World, day: &str) {
    world.advance_to(&format!("{day} 08:29")).await;
    world.forget_mails();
    world.advance_to(&format!("{day} 08:30")).await;
}

on_both! {
    // R27: promised for Thursday, late on Friday's list.
    async fn what_is_still_late_goes_up_level_by_level(world at "2026-11-17 15:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        to_the_list_of(world, "2026-11-20").await;
        assert_eq!(world.mailbox(TO_PER).only().subject, "1 försenad återkoppling");
        assert!(world.mailbox(TO_MARIA).is_empty());
        to_the_list_of(world, "2026-11-23").await;
        assert!(!world.mailbox(TO_MARIA).only().words().contains("Fortfarande försenat"), "the weekly one");
        to_the_list_of(world, "2026-11-24").await;
        assert_eq!(world.mailbox(TO_PER).len(), 1);
        let above = world.mailbox(TO_MARIA).only();
        assert_tidy(&above.text);
        assert_text("manager_above_sv", &format!("Subject: {}\n\n{}", above.subject, above.text));
        assert_text("manager_above_sv_html", body_of(&above.html));
        to_the_list_of(world, "2026-11-25").await;
        assert!(world.mailbox(TO_MARIA).is_empty() && world.mailbox(OFFICER).is_empty());
        to_the_list_of(world, "2026-11-26").await;
        assert!(world.mailbox(TO_MARIA).is_empty());
        let officer = world.mailbox(OFFICER).only();
        assert_tidy(&officer.text);
        assert_text("officer_sv", &format!("Subject: {}\n\n{}", officer.subject, officer.text));
        to_the_list_of(world, "2026-11-30").await;
        assert!(world.mailbox(TO_MARIA).only().words().contains("Fortfarande försenat"), "weekly");
        assert_eq!(world.mailbox(OFFICER).len(), 1, "weekly");
        world.forget_mails();
    }

    // R27
    async fn what_the_manager_should_have_done_is_on_both_lists_at_once(world at "2026-11-17 15:00") {
        world.post("missed", call("1", LISA, PER)).await;
        to_the_list_of(world, "2026-11-20").await;
        assert_eq!(world.mailbox(TO_PER).len(), 1);
        assert!(world.mailbox(TO_MARIA).only().words().contains("Bygglov, chef Per Alm"));
        assert_eq!(world.only_open().await.listed_on.len(), 2);
        world.forget_mails();
    }

    // R27
    async fn what_a_manager_takes_goes_up_a_day_later(world at "2026-11-17 15:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-23 10:00").await;
        take(world, "Per Alm").await;
        to_the_list_of(world, "2026-11-24").await;
        let list = world.mailbox(TO_PER).only();
        assert!(list.words().contains("Per Alm har tagit den") && list.html.contains("Per Alm har tagit den"), "{}", list.text);
        assert!(world.mailbox(TO_MARIA).is_empty());
        to_the_list_of(world, "2026-11-25").await;
        assert!(!world.mailbox(TO_PER).only().words().contains("har tagit den"));
        assert_eq!(world.mailbox(TO_MARIA).len(), 1);
        world.forget_mails();
    }

    // R27: the manager has two working days from the list on, also when there was none for days.
    async fn after_downtime_the_manager_still_has_two_days(world at "2026-11-17 15:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-20 08:00").await;
        world.forget_mails();
        world.sleep_until("2026-11-25 10:00");
        world.work().await;
        assert_eq!(world.mailbox(TO_PER).only().subject, "1 försenad återkoppling");
        assert!(world.mailbox(TO_MARIA).is_empty() && world.mailbox(OFFICER).is_empty());
        to_the_list_of(world, "2026-11-26").await;
        assert!(world.mailbox(TO_MARIA).is_empty());
        to_the_list_of(world, "2026-11-27").await;
        assert_eq!(world.mailbox(TO_MARIA).only().subject, "1 försenad återkoppling");
        world.forget_mails();
    }

    // R28: the unit of a manager whom mail does not reach is on the list above, and it says so.
    async fn a_manager_whose_mail_is_dead_is_a_reason_to_go_one_up(world at "2026-11-17 15:00") {
        world.smtp.never_knew(TO_PER);
        world.post("missed", call("1", LISA, ASA)).await;
        to_the_list_of(world, "2026-11-20").await;
        to_the_list_of(world, "2026-11-24").await;
        let list = world.mailbox(TO_MARIA).only();
        assert_tidy(&list.text);
        assert_text("manager_instead_sv", &format!("Subject: {}\n\n{}", list.subject, list.text));
        assert!(list.html.contains("mejl inte kommer fram till Per Alm"), "{}", list.html);
        world.smtp.knows_again(TO_PER);
        to_the_list_of(world, "2026-11-25").await;
        assert_eq!(world.mailbox(TO_PER).len(), 1);
        to_the_list_of(world, "2026-11-27").await;
        assert!(world.mailbox(TO_MARIA).is_empty(), "he is reached again");
        world.forget_mails();
    }

    // R27: nobody to tell is an alarm, once a day.
    async fn where_nobody_is_left_the_administrators_get_an_alarm(world at "2026-11-17 15:00") {
        world.config.organisation.officer.clear();
        world.app = another_process(world).await;
        world.with_administrator(ADMINISTRATOR).await;
        world.with_administrator("john.hill@exempelby.example").await;
        world.post("missed", call("1", LISA, UNKNOWN)).await;
        world.advance_to("2026-11-23 23:00").await;
        assert!(world.mailbox(ADMINISTRATOR).is_empty(), "Maria was told, and has her two days");
        world.forget_mails();
        world.advance_to("2026-11-24 08:30").await;
        let english = world.mailbox("john.hill@exempelby.example").only();
        let alarm = world.mailbox(ADMINISTRATOR).only();
        for (mail, name) in [(alarm, "alarm_sv"), (english, "alarm_en")] {
            assert_tidy(&mail.text);
            assert_text(name, &format!("Subject: {}\n\n{}", mail.subject, mail.text));
            assert_text(&format!("{name}_html"), body_of(&mail.html));
        }
        let (_, metrics) = world.get("/metrics").await;
        assert!(metrics.contains("aterkom_rounds_unheard"), "{metrics}");
        world.advance_to("2026-11-24 23:59").await;
        assert!(world.mailbox(ADMINISTRATOR).is_empty(), "once a day");
        world.advance_to("2026-11-25 08:30").await;
        assert_eq!(world.mailbox(ADMINISTRATOR).len(), 1, "as long as it is needed");
        world.forget_mails();
    }

    // R16, R27: a digest that nobody can get is one as well.
    async fn a_digest_without_an_address_is_an_alarm(world at "2026-11-17 15:00") {
        world.config.organisation.reception.clear();
        world.app = another_process(world).await;
        world.with_administrator(ADMINISTRATOR).await;
        world.post("missed", call("1", LISA, UNKNOWN)).await;
        world.advance_to("2026-11-18 08:15").await;
        let alarm = world.mailbox(ADMINISTRATOR).only();
        assert!(alarm.words().contains("Organisationens expedition"), "{}", alarm.text);
        assert!(world.mailbox(TO_ASA).is_empty());
    }
}
