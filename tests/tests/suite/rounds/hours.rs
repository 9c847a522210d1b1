//! Mails in the hours that somebody chose, and *new* only where it is wanted (R24, R25).

use super::when::another_process;
use super::{ASA, JOHN, LISA, SVEN, TO_ASA, TO_JOHN, TO_PER, call};
use aterkom_tests::{World, on_both};
use domain::directory::Language;
use domain::preferences::Preferences;
use store::preferences;

const NEW: &str = "[rounds]\nnew_every_minutes = 30\n";

/// Somebody chooses these hours; empty: everybody's.
async fn choose(world: &World, name: &str, (from, until): (&str, &str), wants_new: bool) {
    let time = |text: &str| (!text.is_empty()).then(|| text.parse().expect("a time such as 10:00"));
    let chosen =
        Preferences { language: None, mails_from: time(from), mails_until: time(until), wants_new };
    keep(world, name, chosen).await;
}

async fn keep(world: &World, name: &str, chosen: Preferences) {
    let (employee, now) = (world.employee(name).await, world.app.clock.now());
    let tx = world.app.store.begin().await.expect("storage works");
    preferences::keep(&tx, employee, &chosen, now).await.expect("storage works");
    tx.commit().await.expect("storage works");
}

/// The subjects of the mails that Åsa was sent, with when.
async fn told(world: &mut World, until: &str) -> Vec<String> {
    world.advance_to(until).await;
    let mails = world.mailbox(TO_ASA).0.into_iter();
    let at = |head: &str| {
        let date = head.lines().find_map(|line| line.strip_prefix("Date: ")).expect("a date");
        let at = chrono::DateTime::parse_from_rfc2822(date).expect("a date");
        at.with_timezone(&workalendar::WorkCalendar::sweden().zone()).format("%a %H:%M").to_string()
    };
    mails.map(|mail| format!("{} {}", at(&mail.head), mail.subject)).collect()
}

on_both! {
    // R25: the digest at ten, what is new neither before ten nor after three, the nudge at one.
    async fn mails_come_in_the_hours_that_somebody_chose(world at "2026-11-17 08:40" with NEW) {
        choose(world, "Åsa Öberg", ("10:00", "15:00"), true).await;
        world.post("voicemail", call("1", LISA, ASA)).await;
        world.post("voicemail", call("2", LISA, JOHN)).await;
        assert_eq!(told(world, "2026-11-17 09:59").await, [""; 0]);
        assert_eq!(world.mailbox(TO_JOHN).only().subject, "New to call back: 1", "others are told as before");
        assert_eq!(told(world, "2026-11-17 10:31").await, ["Tue 10:30 Nytt att ringa upp: 1"], "the digest of today went out before");
        world.advance_to("2026-11-17 14:55").await;
        world.post("missed", call("3", SVEN, ASA)).await;
        assert_eq!(told(world, "2026-11-18 09:59").await, [""; 0], "after three it waits for the morning");
        world.post("missed", call("4", "+46701740607", ASA)).await;
        assert_eq!(told(world, "2026-11-18 12:00").await, ["Wed 10:00 Att ringa upp: 3"], "with what came until then, and told once");
        assert_eq!(told(world, "2026-11-19 23:00").await, ["Thu 10:00 Att ringa upp: 3, 2 senast i dag", "Thu 13:00 Senast i dag: 2 att ringa upp"]);
        world.forget_mails();
    }

    // R25: an empty mail is never sent; and who has something only after a quarter past eight is told at ten.
    async fn who_has_nothing_at_a_quarter_past_eight_is_told_at_ten(world at "2026-11-17 07:00") {
        choose(world, "Åsa Öberg", ("10:00", "15:00"), true).await;
        assert_eq!(told(world, "2026-11-18 09:30").await, [""; 0]);
        world.post("voicemail", call("1", LISA, ASA)).await;
        assert_eq!(told(world, "2026-11-18 23:00").await, ["Wed 10:00 Att ringa upp: 1"]);
        world.forget_mails();
    }

    // R25: the digest tells it.
    async fn who_wants_nothing_new_is_told_by_the_digest(world at "2026-11-17 09:40" with NEW) {
        choose(world, "Åsa Öberg", ("", ""), false).await;
        world.post("voicemail", call("1", LISA, ASA)).await;
        assert_eq!(told(world, "2026-11-18 08:14").await, [""; 0]);
        assert_eq!(told(world, "2026-11-18 17:00").await, ["Wed 08:15 Att ringa upp: 1"]);
        world.forget_mails();
    }

    // R24, R25: nothing twice, and nothing lost, whatever is changed on the day.
    async fn a_change_of_hours_on_the_day_doubles_and_loses_nothing(world at "2026-11-17 15:00" with NEW) {
        choose(world, "Åsa Öberg", ("10:00", "15:00"), true).await;
        world.post("voicemail", call("1", LISA, ASA)).await;
        // Earlier, when the digest of everybody is out: hers comes at ten, once.
        assert_eq!(told(world, "2026-11-18 09:00").await, [""; 0]);
        choose(world, "Åsa Öberg", ("", ""), true).await;
        world.post("missed", call("2", SVEN, ASA)).await;
        let wednesday = told(world, "2026-11-19 08:00").await;
        assert_eq!(wednesday, ["Wed 09:30 Nytt att ringa upp: 2", "Wed 10:00 Att ringa upp: 2"]);
        // Later, when hers is out: none comes again, and what is new waits for the hours.
        assert_eq!(told(world, "2026-11-19 09:00").await, ["Thu 08:15 Att ringa upp: 2, 1 senast i dag"]);
        choose(world, "Åsa Öberg", ("10:00", "15:00"), true).await;
        world.post("missed", call("3", "+46701740607", ASA)).await;
        assert_eq!(told(world, "2026-11-20 09:00").await, ["Thu 10:30 Nytt att ringa upp: 1", "Thu 13:00 Senast i dag: 1 att ringa upp"]);
        // Later than the time for which hers is planned: it is put off, also by another process.
        choose(world, "Åsa Öberg", ("11:00", "15:00"), true).await;
        world.sleep_until("2026-11-20 10:15");
        world.app = another_process(world).await;
        assert_eq!(told(world, "2026-11-20 10:59").await, [""; 0]);
        let friday = told(world, "2026-11-20 23:00").await;
        assert_eq!(friday.first().map(String::as_str), Some("Fri 11:00 Att ringa upp: 3, 1 försenad, 1 senast i dag"));
        assert_eq!(friday.iter().filter(|mail| mail.contains(" Att ringa upp")).count(), 1, "{friday:?}");
        world.forget_mails();
    }

    // R24: after downtime the newest only, in the hours.
    async fn a_digest_that_was_slept_through_goes_out_in_the_hours(world at "2026-11-17 15:00") {
        choose(world, "Åsa Öberg", ("10:00", "14:00"), true).await;
        world.post("voicemail", call("1", LISA, ASA)).await;
        world.sleep_until("2026-11-18 09:00");
        assert_eq!(told(world, "2026-11-18 09:59").await, [""; 0]);
        world.sleep_until("2026-11-18 11:30");
        assert_eq!(told(world, "2026-11-18 23:00").await, ["Wed 11:30 Att ringa upp: 1"]);
        // A nudge that the server takes only after two expires: nothing comes after their hours.
        world.advance_to("2026-11-19 12:00").await;
        world.forget_mails();
        world.sleep_until("2026-11-19 14:00");
        assert_eq!(told(world, "2026-11-19 23:00").await, [""; 0]);
        world.forget_mails();
    }

    // R26: what a manager is told waits for nobody's hours. R30: in the language that they chose.
    async fn a_managers_list_comes_as_before_and_in_the_language_chosen(world at "2026-11-16 15:00") {
        let chosen = Preferences { language: Some(Language::English), mails_from: "11:00".parse().ok(), ..Preferences::default() };
        keep(world, "Per Alm", chosen).await;
        world.post("voicemail", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-19 08:29").await;
        world.forget_mails();
        world.advance_to("2026-11-19 08:30").await;
        assert_eq!(world.mailbox(TO_PER).only().subject, "1 late callback");
        world.forget_mails();
    }
}
