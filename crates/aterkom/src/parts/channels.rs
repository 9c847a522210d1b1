//! Channels besides mail.

use super::{outbound, public_url, secret, secret_file};
use crate::config::{ChannelFormat, ChannelKeys, Config, ConfigError, MailDetail};
use chrono::TimeDelta;
use domain::channel::{Channel, NOTICES};
use domain::directory::Language;
use domain::event::EventKind;
use domain::number::E164;
use notifier::Channels;
use notifier::channels::{Destination, PATIENCE, SENDER_RULE, SigningKey, Way, is_sender};
use notifier::texts::Texts;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;

/// Where 46elks takes an SMS.
const ELKS: &str = "https://api.46elks.com/a1/sms";

/// The channels, with their texts tried out.
///
/// # Errors
/// [`ConfigError`] for the first thing that is wrong with one of them, never with its address or secret in it;
/// [`notifier::texts::TextError`] for a text that is wrong.
pub fn channels(config: &Config, texts: &Texts) -> anyhow::Result<Channels> {
    let outbound = outbound(config)?;
    let (calendar, public_url) = (super::calendar(config), public_url(config));
    let mut all: Vec<Destination> = Vec::new();
    for (i, keys) in config.channels.iter().enumerate() {
        let one = One { config, keys, path: format!("channels[{i}]") };
        let destination = one.read(all.iter().map(|d| d.told.name.as_str()))?;
        if let Some(address) = one.address(&destination.way) {
            outbound.to(address).map_err(|e| one.wrong(one.url_key(), e.to_string()))?;
        }
        texts.try_out_for(&destination, &calendar, &public_url)?;
        all.push(destination);
    }
    let minutes = |n: &u32| TimeDelta::minutes(i64::from(*n));
    let delays = config.outgoing.retry_minutes.iter().map(minutes).collect();
    Ok(Channels { all: all.into(), outbound, delays, patience: PATIENCE })
}

/// What some channel wants to hear of callbacks.
///
/// # Errors
/// [`ConfigError`] for an event that there is not.
pub fn wanted_events(config: &Config) -> Result<Arc<[EventKind]>, ConfigError> {
    let mut wanted = Vec::new();
    for (i, keys) in config.channels.iter().enumerate() {
        wanted.extend(One { config, keys, path: format!("channels[{i}]") }.events()?);
    }
    wanted.sort_by_key(|kind| kind.name());
    wanted.dedup();
    Ok(wanted.into())
}

/// One of them, and where it stands.
struct One<'a> {
    config: &'a Config,
    keys: &'a ChannelKeys,
    path: String,
}

impl One<'_> {
    fn wrong(&self, key: &str, message: impl std::fmt::Display) -> ConfigError {
        ConfigError::at(&self.config.origin, &format!("{}.{key}", self.path), message)
    }

    fn read<'a>(
        &self,
        mut others: impl Iterator<Item = &'a str>,
    ) -> Result<Destination, ConfigError> {
        let keys = self.keys;
        let fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if keys.name.is_empty() || keys.name.len() > 40 || !keys.name.chars().all(fit) {
            return Err(self.wrong("name", "write a name of a-z, 0-9 and -"));
        }
        if others.any(|other| other == keys.name) {
            let message = format!("there are two channels named \"{}\"", keys.name);
            return Err(self.wrong("name", message));
        }
        let told = Channel {
            name: keys.name.clone(),
            events: self.events()?,
            notices: self.notices()?,
            units: keys.units.clone(),
        };
        if told.events.is_empty() && told.notices.is_empty() {
            let message = "this channel is told nothing; write events = [\"callback.opened\"] or notices = [\"manager_list\"]";
            return Err(self.wrong("name", message));
        }
        let language = match keys.language.as_deref() {
            None | Some("sv") => Language::Swedish,
            Some("en") => Language::English,
            Some(_) => return Err(self.wrong("language", "write \"sv\" or \"en\"")),
        };
        let detail = match keys.detail.unwrap_or(MailDetail::None) {
            MailDetail::None => notifier::callers::MailDetail::None,
            MailDetail::Number => notifier::callers::MailDetail::Number,
            MailDetail::Full => notifier::callers::MailDetail::Full,
        };
        self.check_that_all_count()?;
        Ok(Destination { told, language, detail, way: self.way()? })
    }

    fn events(&self) -> Result<Vec<EventKind>, ConfigError> {
        let known = EventKind::ALL.map(EventKind::name);
        let read = |(i, text): (usize, &String)| {
            EventKind::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| {
                let message =
                    format!("there is no event \"{text}\"; there are: {}", known.join(", "));
                self.wrong(&format!("events[{i}]"), message)
            })
        };
        self.keys.events.iter().enumerate().map(read).collect()
    }

    fn notices(&self) -> Result<Vec<domain::rounds::RoundKind>, ConfigError> {
        let known = NOTICES.map(domain::rounds::RoundKind::name);
        let read = |(i, text): (usize, &String)| {
            NOTICES.into_iter().find(|kind| kind.name() == text).ok_or_else(|| {
                let message =
                    format!("there is no notice \"{text}\"; there are: {}", known.join(", "));
                self.wrong(&format!("notices[{i}]"), message)
            })
        };
        self.keys.notices.iter().enumerate().map(read).collect()
    }

    /// A key that another format has would be overlooked in silence.
    fn check_that_all_count(&self) -> Result<(), ConfigError> {
        let keys = self.keys;
        let (standard, elks) =
            (keys.format == ChannelFormat::Standard, keys.format == ChannelFormat::Elks);
        let password = !keys.password.expose_secret().is_empty();
        for (is_there, counts, key) in [
            (!keys.secrets.is_empty(), standard, "secrets"),
            (!keys.secret_files.is_empty(), standard, "secret_files"),
            (!keys.username.is_empty(), elks, "username"),
            (password, elks, "password"),
            (!keys.password_file.is_empty(), elks, "password_file"),
            (!keys.sender.is_empty(), elks, "sender"),
            (!keys.to.is_empty(), elks, "to"),
        ] {
            if is_there && !counts {
                let only = if elks { "standard" } else { "another one" };
                let message = format!(
                    "a channel of this format has no such key (it is of {only}); take it out"
                );
                return Err(self.wrong(key, message));
            }
        }
        if elks && !keys.events.is_empty() {
            let message = "an SMS for each event would come at any hour; take events out, and write notices = [\"manager_list\"]";
            return Err(self.wrong("events", message));
        }
        Ok(())
    }

    fn way(&self) -> Result<Way, ConfigError> {
        match self.keys.format {
            ChannelFormat::Standard => {
                Ok(Way::Standard { url: self.url()?, keys: self.signing_keys()? })
            }
            ChannelFormat::Teams => Ok(Way::Teams { url: self.url()? }),
            ChannelFormat::Slack => Ok(Way::Slack { url: self.url()? }),
            ChannelFormat::Elks => self.elks(),
        }
    }

    fn url_key(&self) -> &'static str {
        if self.keys.url_file.is_empty() { "url" } else { "url_file" }
    }

    fn url(&self) -> Result<SecretString, ConfigError> {
        let path = format!("{}.url_file", self.path);
        let url = secret(self.config, &self.keys.url, &path, &self.keys.url_file)?;
        if url.expose_secret().trim().is_empty() {
            let message = "write the address that messages are posted to, such as https://…";
            return Err(self.wrong(self.url_key(), message));
        }
        Ok(url)
    }

    fn signing_keys(&self) -> Result<Vec<SigningKey>, ConfigError> {
        let mut keys = Vec::new();
        for (i, text) in self.keys.secrets.iter().enumerate() {
            let key = SigningKey::read(text.expose_secret());
            keys.push(key.map_err(|e| self.wrong(&format!("secrets[{i}]"), e))?);
        }
        for (i, file) in self.keys.secret_files.iter().enumerate() {
            let key = format!("secret_files[{i}]");
            let text = secret_file(self.config, &format!("{}.{key}", self.path), file)?;
            keys.push(SigningKey::read(text.expose_secret()).map_err(|e| self.wrong(&key, e))?);
        }
        if keys.is_empty() {
            let message = "without a secret a receiver cannot know that it is us; write secrets or secret_files";
            return Err(self.wrong("name", message));
        }
        Ok(keys)
    }

    fn elks(&self) -> Result<Way, ConfigError> {
        let keys = self.keys;
        let url = match self.url() {
            Err(_) if keys.url_file.is_empty() => ELKS.to_owned(),
            url => url?.expose_secret().to_owned(),
        };
        let path = format!("{}.password_file", self.path);
        let password = secret(self.config, &keys.password, &path, &keys.password_file)?;
        if keys.username.is_empty() || password.expose_secret().is_empty() {
            let message = "write username, and password or password_file: those of the API, from your page at 46elks";
            return Err(self.wrong("username", message));
        }
        if !is_sender(&keys.sender) {
            return Err(self.wrong("sender", SENDER_RULE));
        }
        let to = super::number_plan(self.config)?.read(&keys.to);
        let to: E164 = to.ok_or_else(|| {
            self.wrong("to", "this is not a phone number; write for example \"+46701740605\"")
        })?;
        let (username, sender) = (keys.username.clone(), keys.sender.clone());
        Ok(Way::Elks { url, username, password, sender, to })
    }

    fn address<'a>(&self, way: &'a Way) -> Option<&'a str> {
        match way {
            Way::Standard { url, .. } | Way::Teams { url } | Way::Slack { url } => {
                Some(url.expose_secret())
            }
            Way::Elks { url, .. } => Some(url),
        }
    }
}
