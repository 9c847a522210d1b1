//! The shared calendars that say who is away.

use super::secret;
use crate::config::{CalendarKeys, Config, ConfigError};
use chrono::TimeDelta;
use scheduler::calendars::{About, Calendars, Fetcher, SharedCalendar};
use secrecy::ExposeSecret;

/// The shared calendars.
///
/// # Errors
/// [`ConfigError`] for the first thing that is wrong with one of them; never with its address in it.
pub fn calendars(config: &Config) -> Result<Calendars, ConfigError> {
    let keys = &config.absence;
    let wrong = |path: &str, message: String| {
        ConfigError::at(&config.origin, &format!("absence.{path}"), message)
    };
    if !(5..=1_440).contains(&keys.calendar_minutes) {
        return Err(wrong("calendar_minutes", "write minutes from 5 to 1440".to_owned()));
    }
    let mut shared: Vec<SharedCalendar> = Vec::new();
    for (i, keys) in keys.calendars.iter().enumerate() {
        let path = format!("calendars[{i}]");
        let calendar = calendar(config, keys, &path)?;
        if shared.iter().any(|other| other.name == calendar.name) {
            let message = format!("there are two calendars named \"{}\"", calendar.name);
            return Err(wrong(&format!("{path}.name"), message));
        }
        shared.push(calendar);
    }
    let fetcher = Fetcher::new(super::outbound(config)?);
    let every = TimeDelta::minutes(i64::from(keys.calendar_minutes));
    Ok(Calendars { shared: shared.into(), every, fetcher })
}

fn calendar(
    config: &Config,
    keys: &CalendarKeys,
    path: &str,
) -> Result<SharedCalendar, ConfigError> {
    let wrong = |key: &str, message: &str| {
        Err(ConfigError::at(&config.origin, &format!("absence.{path}.{key}"), message))
    };
    let fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if keys.name.is_empty() || keys.name.len() > 40 || !keys.name.chars().all(fit) {
        return wrong("name", "write a name of a-z, 0-9 and -");
    }
    let url_path = format!("absence.{path}.url_file");
    let url = secret(config, &keys.url, &url_path, &keys.url_file)?;
    let is_one = |scheme: &str| url.expose_secret().trim().starts_with(scheme);
    if !["https://", "http://", "webcal://"].into_iter().any(is_one) {
        let key = if keys.url_file.is_empty() { "url" } else { "url_file" };
        return wrong(key, "write the address of the calendar, such as https://…/calendar.ics");
    }
    let about = match (keys.employee.trim(), keys.team) {
        ("", true) => About::Team,
        ("", false) => return wrong("name", "write employee = \"ADDRESS\", or team = true"),
        (_, true) => return wrong("team", "write employee or team, not both"),
        (address, false) => About::Employee(address.to_owned()),
    };
    let (name, all_day_only) = (keys.name.clone(), keys.all_day_only);
    Ok(SharedCalendar { name, url, about, all_day_only })
}
