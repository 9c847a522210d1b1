//! From the keys of the configuration to the parts of the product.

mod bounces;
mod calendars;
mod channels;
mod keys;
mod mail;
mod outgoing;
mod retention;
mod sources;

pub use bounces::bounces;
pub use calendars::calendars;
pub use channels::{channels, wanted_events};
pub use keys::{keys, open};
pub use mail::{channel, is_address, sender, templates, texts};
pub use outgoing::outbound;
pub use retention::retention;
pub use sources::{check_secret, pbxs, sources};

use crate::config::{Config, ConfigError};
use chrono::TimeDelta;
use domain::calendars::{ClosedDay, ClosedDays};
use domain::number::{E164, NumberPlan};
use domain::policy::Policy;
use domain::rounds::{Offices, Schedule};
use secrecy::{ExposeSecret, SecretString};
use store::StoreError;
use workalendar::WorkCalendar;

/// The working days of the organisation.
pub fn calendar(config: &Config) -> WorkCalendar {
    let keys = &config.calendar;
    let mut calendar = WorkCalendar::sweden()
        .with_zone(config.organisation.zone)
        .with_opening(keys.opening)
        .with_closing(keys.closing);
    if keys.eves_open {
        calendar = calendar.with_eves_open();
    }
    for hours in &keys.hours {
        calendar = calendar.with_hours_on(hours.weekday, hours.opening, hours.closing);
    }
    for closed in &keys.closed_every_year {
        let (month, day) = closed.day;
        calendar = calendar.with_closed_every_year(month, day, closed.reason.clone());
    }
    for day in keys.closed.iter().filter(|day| day.units.is_empty()) {
        calendar = calendar.with_closed(day.date, day.reason.clone());
    }
    for day in &keys.open {
        calendar = calendar.with_open(*day);
    }
    for day in &keys.early_closing {
        calendar = calendar.with_early_closing(day.date, day.closing);
    }
    match keys.early_closing_before_holidays {
        Some(closing) => calendar.with_early_closing_before_holidays(closing),
        None => calendar,
    }
}

/// The days on which only some units are closed.
pub fn closed_days(config: &Config) -> ClosedDays {
    let days = config.calendar.closed.iter().flat_map(|closed| {
        closed.units.iter().map(|unit| ClosedDay {
            unit: unit.clone(),
            day: closed.date,
            reason: closed.reason.clone(),
        })
    });
    ClosedDays::new(days.collect())
}

/// How the organisation writes numbers.
///
/// # Errors
/// [`ConfigError`] when the country is none.
pub fn number_plan(config: &Config) -> Result<NumberPlan, ConfigError> {
    let keys = &config.organisation;
    NumberPlan::new(&keys.country, &keys.area_code)
        .map_err(|e| ConfigError::at(&config.origin, "organisation.country", e))
}

/// The policy.
///
/// # Errors
/// [`ConfigError`] for a number that is none, or days that promise nothing.
pub fn policy(config: &Config) -> Result<Policy, ConfigError> {
    let keys = &config.policy;
    if !(1..=250).contains(&keys.working_days) {
        let message = "write a number of working days from 1 to 250";
        return Err(ConfigError::at(&config.origin, "policy.working_days", message));
    }
    let seconds = |n: u32| TimeDelta::seconds(i64::from(n));
    Ok(Policy {
        working_days: keys.working_days,
        missed_calls: keys.missed_calls,
        list_days: i32::from(keys.list_days),
        shortest_message: seconds(keys.shortest_message_seconds),
        shortest_ring: seconds(keys.shortest_ring_seconds),
        shortest_talk: seconds(keys.shortest_talk_seconds),
        settle_after: seconds(keys.settle_seconds),
        undo_days: i32::from(keys.undo_days),
        not_reached_days: i32::from(keys.not_reached_days),
        shared: numbers(config, "policy.shared_numbers", &keys.shared_numbers)?,
        blocked: numbers(config, "policy.blocked_numbers", &keys.blocked_numbers)?,
        ..Policy::default()
    })
}

fn numbers(config: &Config, path: &str, texts: &[String]) -> Result<Vec<E164>, ConfigError> {
    let plan = number_plan(config)?;
    let number = |(i, text): (usize, &String)| {
        let wrong = || {
            ConfigError::at(
                &config.origin,
                &format!("{path}[{i}]"),
                "this is not a phone number; write for example \"+46846500400\"",
            )
        };
        plan.read(text).ok_or_else(wrong)
    };
    texts.iter().enumerate().map(number).collect()
}

/// When rounds go out.
///
/// # Errors
/// [`ConfigError`] when one ends before it begins, or lies outside the window in which mails are sent.
pub fn schedule(config: &Config) -> Result<Schedule, ConfigError> {
    let keys = &config.rounds;
    let wrong = |path: &str, message: String| {
        Err(ConfigError::at(&config.origin, &format!("rounds.{path}"), message))
    };
    let (from, until) = (keys.window_from, keys.window_until);
    for (begins, ends, name) in [
        (from, until, "window_until"),
        (keys.digest, keys.digest_until, "digest_until"),
        (keys.nudge, keys.nudge_until, "nudge_until"),
        (keys.manager_list, keys.manager_list_until, "manager_list_until"),
    ] {
        if ends <= begins {
            return wrong(name, format!("write a time after {}", begins.format("%H:%M")));
        }
    }
    for (time, name) in [
        (keys.digest, "digest"),
        (keys.digest_until, "digest_until"),
        (keys.nudge, "nudge"),
        (keys.nudge_until, "nudge_until"),
        (keys.manager_list, "manager_list"),
        (keys.manager_list_until, "manager_list_until"),
    ] {
        if !(from..=until).contains(&time) {
            let (from, until) = (from.format("%H:%M"), until.format("%H:%M"));
            return wrong(
                name,
                format!(
                    "write a time from {from} to {until}, or a longer window (window_from, window_until)"
                ),
            );
        }
    }
    let new_every = match keys.new_every_minutes {
        0 => None,
        minutes @ 5..=480 => Some(TimeDelta::minutes(i64::from(minutes))),
        _ => return wrong("new_every_minutes", "write 0, or minutes from 5 to 480".to_owned()),
    };
    Ok(Schedule {
        window_from: from,
        window_until: until,
        new_every,
        digest: keys.digest,
        digest_until: keys.digest_until,
        nudge: keys.nudge,
        nudge_until: keys.nudge_until,
        manager_list: keys.manager_list,
        manager_list_until: keys.manager_list_until,
    })
}

/// Who is told at the top.
///
/// # Errors
/// [`ConfigError`] for an officer whose address is none.
pub fn offices(config: &Config) -> Result<Offices, ConfigError> {
    let keys = &config.organisation;
    let some = |address: &str| Some(address.trim().to_owned()).filter(|a| !a.is_empty());
    let officer = some(&keys.officer);
    if let Some(address) = &officer {
        mail::check_address(config, address, "organisation.officer")?;
    }
    Ok(Offices { reception: some(&keys.reception), officer })
}

/// The address of the database.
///
/// # Errors
/// [`ConfigError`] when the file that holds it cannot be read, or it is of a database that we do not know.
pub fn storage_url(config: &Config) -> Result<String, ConfigError> {
    let keys = &config.storage;
    let url = secret(config, &keys.url, "storage.url_file", &keys.url_file)?;
    let url = url.expose_secret();
    let key = if keys.url_file.is_empty() { "storage.url" } else { "storage.url_file" };
    let wrong = |message: String| Err(ConfigError::at(&config.origin, key, message));
    match url.split_once(':') {
        Some(("sqlite", _)) => Ok(url.to_owned()),
        // Asked here, for the library's own message would show the password.
        Some(("postgres" | "postgresql", _)) if url::Url::parse(url).is_err() => wrong(
            "this is not an address; write for example postgres://aterkom@localhost/aterkom, with %2F for a / in the password"
                .to_owned(),
        ),
        Some(("postgres" | "postgresql", _)) => Ok(url.to_owned()),
        Some(_) | None => wrong(StoreError::UnknownUrl.to_string()),
    }
}

/// The secret in a file where one is named, else the one that was written.
fn secret(
    config: &Config,
    written: &SecretString,
    path: &str,
    file: &str,
) -> Result<SecretString, ConfigError> {
    if file.is_empty() { Ok(written.clone()) } else { secret_file(config, path, file) }
}

fn secret_file(config: &Config, path: &str, file: &str) -> Result<SecretString, ConfigError> {
    let wrong = |error: std::io::Error| {
        ConfigError::at(
            &config.origin,
            path,
            format!(
                "the secret file \"{file}\" cannot be read ({error}); write the path of a file that holds the secret and nothing else"
            ),
        )
    };
    let text = std::fs::read_to_string(file).map_err(wrong)?;
    Ok(SecretString::from(text.trim().to_owned()))
}

/// The address as the outside sees it.
pub fn public_url(config: &Config) -> String {
    match config.server.public_url.trim_end_matches('/') {
        "" => format!("http://{}", config.server.listen),
        url => url.to_owned(),
    }
}
