//! A year in a small town (R13–R28): Christmas, Easter, midsummer, the nights when clocks change, a month away, a manager
//! who leaves, a line that changes hands, a service that is down for five days. What happened, who was responsible when, and
//! every mail, is one text for people to read; it is the same on both databases. Numbers and names are encrypted meanwhile.

mod log;
mod played;
mod plot;

use crate::encryption::dump;
use crate::report::{assert_counted_right, month};
use aterkom_tests::Engine;
use chrono::{Datelike, NaiveDate, Timelike};
use domain::follow_up::Period;
use log::Logged;
use played::Year;
use std::collections::{BTreeMap, BTreeSet};

// R24: inside the window and on working days; never the same twice. R25: nothing empty, and no more than two a day.
fn assert_nobody_is_bothered(mails: &[Logged], is_working_day: impl Fn(NaiveDate) -> bool) {
    let ids: BTreeSet<&str> = mails.iter().map(|mail| mail.message_id.as_str()).collect();
    assert_eq!(ids.len(), mails.len(), "a mail came twice");
    let mut in_a_day: BTreeMap<(&str, NaiveDate, &str), usize> = BTreeMap::new();
    for mail in mails {
        let day = mail.at.date();
        assert!(is_working_day(day), "{mail:?}");
        assert!((8..17).contains(&mail.at.hour()), "{mail:?}");
        // R26: once a week, on its first working day, also where there is nothing to say.
        let of_week = |d: &NaiveDate| d.iso_week() == day.iso_week();
        let is_first = !day.iter_days().rev().skip(1).take_while(of_week).any(&is_working_day);
        let is_weekly = mail.is_quiet && mail.kind == "manager-list" && is_first;
        let of_people = ["är borta", "is away", "du var borta"];
        let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_of_people = of_people.iter().any(|words| text.contains(words));
        assert!(!mail.about.is_empty() || is_weekly || is_of_people, "empty: {mail:?}");
        *in_a_day.entry((&mail.to, day, &mail.kind)).or_default() += 1;
    }
    for ((to, day, kind), n) in &in_a_day {
        let most = if *kind == "new" { 18 } else { 1 };
        assert!(*n <= most, "{n} of {kind} to {to} on {day}");
    }
}

async fn story(engine: Engine) {
    let mut year = Year::begin(engine).await;
    year.play().await;
    let world = &year.world;
    let calendar = world.app.scheduler.calendar.clone();
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("year", year.log.told());
    });
    assert_nobody_is_bothered(&year.mails, |day| calendar.is_working_day(day));
    let months = (1..=12).map(|m| month(&format!("2026-{m:02}")));
    let periods: Vec<Period> = months.chain([Period::Year(2026), month("2027-01")]).collect();
    assert_counted_right(world, &year.heard, &periods).await;
    // R34: neither in tables nor in files, the log of writes among them.
    let dump = dump(world);
    for (name, number) in plot::CALLERS {
        let digits = number.trim_start_matches("+46");
        assert!(!dump.contains(name) && !dump.contains(digits), "{name} is in the database");
    }
    assert!(year.mails.iter().any(|mail| mail.text.contains("Zelmira")), "mails show it");
    year.world.forget_mails();
    year.world.end().await;
}

mod a_year_is_told_the_same_on_both_databases {
    use super::*;

    #[tokio::test]
    async fn sqlite() {
        story(Engine::Sqlite).await;
    }

    #[tokio::test]
    async fn postgres() {
        story(Engine::Postgres).await;
    }
}
