//! Values that are more than text, each with a message that says what to write.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;
use serde::de::{Deserialize, Deserializer, Error};

/// Where mails go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    Folder,
    Smtp,
}

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    Starttls,
    Tls,
    None,
}

/// What bodies of mails show of callers (R29).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailDetail {
    None,
    Number,
    Full,
}

/// In which form a channel is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChannelFormat {
    Standard,
    Teams,
    Slack,
    #[serde(rename = "46elks")]
    Elks,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Json,
    Text,
}

/// A day that the organisation is closed.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedDay {
    #[serde(deserialize_with = "date")]
    pub date: NaiveDate,
    pub reason: String,
    /// Only these and those below them; all, if there are none.
    #[serde(default)]
    pub units: Vec<String>,
}

/// A day of the month that the organisation is closed every year.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedEveryYear {
    #[serde(deserialize_with = "day_of_year")]
    pub day: (u32, u32),
    pub reason: String,
}

/// The hours of a weekday.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    #[serde(deserialize_with = "weekday")]
    pub weekday: Weekday,
    #[serde(deserialize_with = "time")]
    pub opening: NaiveTime,
    #[serde(deserialize_with = "time")]
    pub closing: NaiveTime,
}

/// A day that it closes earlier.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlyClosing {
    #[serde(deserialize_with = "date")]
    pub date: NaiveDate,
    #[serde(deserialize_with = "time")]
    pub closing: NaiveTime,
}

/// What is so unless somebody says otherwise.
pub(super) fn yes() -> bool {
    true
}

pub(super) fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tz, D::Error> {
    let text = String::deserialize(deserializer)?;
    let wrong = || {
        D::Error::custom(format!(
            "\"{text}\" is not a time zone; write for example \"Europe/Stockholm\""
        ))
    };
    text.parse().map_err(|_| wrong())
}

pub(super) fn some_zone<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Tz>, D::Error> {
    zone(deserializer).map(Some)
}

pub(super) fn address<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<std::net::SocketAddr, D::Error> {
    let text = String::deserialize(deserializer)?;
    let wrong = |_| {
        D::Error::custom(format!(
            "\"{text}\" is not an address and port; write for example \"127.0.0.1:8080\""
        ))
    };
    text.parse().map_err(wrong)
}

pub(super) fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveTime, D::Error> {
    let text = String::deserialize(deserializer)?;
    let wrong = |_| {
        D::Error::custom(format!("\"{text}\" is not a time of day; write for example \"08:15\""))
    };
    NaiveTime::parse_from_str(&text, "%H:%M").map_err(wrong)
}

pub(super) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(deserializer)?;
    let wrong =
        |_| D::Error::custom(format!("\"{text}\" is not a date; write for example \"2026-12-28\""));
    NaiveDate::parse_from_str(&text, "%Y-%m-%d").map_err(wrong)
}

pub(super) fn dates<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<NaiveDate>, D::Error> {
    #[derive(serde::Deserialize)]
    struct Date(#[serde(deserialize_with = "date")] NaiveDate);
    Ok(Vec::deserialize(deserializer)?.into_iter().map(|Date(date)| date).collect())
}

pub(super) fn some_time<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<NaiveTime>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Ok(None);
    }
    time(serde::de::value::StringDeserializer::new(text)).map(Some)
}

/// Month and day, read in a leap year, so that 29 February is one.
fn day_of_year<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(u32, u32), D::Error> {
    let text = String::deserialize(deserializer)?;
    let wrong = |_| {
        D::Error::custom(format!(
            "\"{text}\" is not a month and a day; write for example \"06-05\""
        ))
    };
    let day = NaiveDate::parse_from_str(&format!("2000-{text}"), "%Y-%m-%d").map_err(wrong)?;
    Ok((day.month(), day.day()))
}

fn weekday<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Weekday, D::Error> {
    let text = String::deserialize(deserializer)?;
    let wrong = |_| {
        D::Error::custom(format!("\"{text}\" is not a weekday; write for example \"thursday\""))
    };
    text.parse().map_err(wrong)
}
