//! The configuration: embedded defaults, then a file, then the environment. What is wrong is told with file, line and
//! what to write.

mod error;
mod origin;
mod read;
mod values;

pub use error::ConfigError;
pub use origin::Origin;
pub use read::{DEFAULTS, find, read};
pub use values::{
    ChannelFormat, ClosedDay, ClosedEveryYear, EarlyClosing, Hours, LogFormat, MailDetail,
    Security, Transport,
};

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use domain::policy::MissedCalls;
use secrecy::SecretString;
use serde::Deserialize;
use values::time;
use webhook_receiver::adapters::Mapping;

/// Every setting there is; `aterkom.default.toml` says what each means.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub server: Server,
    pub storage: Storage,
    pub encryption: Encryption,
    pub retention: RetentionKeys,
    pub absence: AbsenceKeys,
    pub outgoing: Outgoing,
    pub organisation: Organisation,
    pub calendar: Calendar,
    pub policy: PolicyKeys,
    pub rounds: Rounds,
    pub mail: Mail,
    pub log: Log,
    #[serde(default)]
    pub sources: Vec<SourceKeys>,
    #[serde(default)]
    pub channels: Vec<ChannelKeys>,
    /// Where it was read from, to point at a line.
    #[serde(skip)]
    pub origin: Origin,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    #[serde(deserialize_with = "values::address")]
    pub listen: std::net::SocketAddr,
    pub public_url: String,
    pub metrics_listen: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    pub url: SecretString,
    pub url_file: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Encryption {
    pub key_files: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionKeys {
    pub raw_days: u32,
    pub call_days: u32,
    pub mail_days: u32,
    pub number_months: u32,
    pub call_months: u32,
    pub read_log_months: u32,
    pub callback_months: u32,
    pub decision: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AbsenceKeys {
    pub calendar_minutes: u16,
    pub calendars: Vec<CalendarKeys>,
}

/// What is asked of other servers than the mail server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outgoing {
    pub private_networks: Vec<String>,
    pub retry_minutes: Vec<u32>,
}

/// One shared calendar that says who is away.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarKeys {
    pub name: String,
    #[serde(default)]
    pub url: SecretString,
    #[serde(default)]
    pub url_file: String,
    #[serde(default)]
    pub employee: String,
    #[serde(default)]
    pub team: bool,
    #[serde(default = "values::yes")]
    pub all_day_only: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    pub name: String,
    pub reception: String,
    pub officer: String,
    pub country: String,
    pub area_code: String,
    #[serde(deserialize_with = "values::zone")]
    pub zone: Tz,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    #[serde(deserialize_with = "time")]
    pub opening: NaiveTime,
    #[serde(deserialize_with = "time")]
    pub closing: NaiveTime,
    pub hours: Vec<Hours>,
    pub eves_open: bool,
    pub closed: Vec<ClosedDay>,
    pub closed_every_year: Vec<ClosedEveryYear>,
    #[serde(deserialize_with = "values::dates")]
    pub open: Vec<NaiveDate>,
    pub early_closing: Vec<EarlyClosing>,
    #[serde(deserialize_with = "values::some_time")]
    pub early_closing_before_holidays: Option<NaiveTime>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyKeys {
    pub working_days: u32,
    pub missed_calls: MissedCalls,
    pub list_days: u16,
    pub shortest_message_seconds: u32,
    pub shortest_ring_seconds: u32,
    pub shortest_talk_seconds: u32,
    pub settle_seconds: u32,
    pub undo_days: u16,
    pub not_reached_days: u16,
    pub shared_numbers: Vec<String>,
    pub blocked_numbers: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rounds {
    #[serde(deserialize_with = "time")]
    pub window_from: NaiveTime,
    #[serde(deserialize_with = "time")]
    pub window_until: NaiveTime,
    pub new_every_minutes: u16,
    #[serde(deserialize_with = "time")]
    pub digest: NaiveTime,
    #[serde(deserialize_with = "time")]
    pub digest_until: NaiveTime,
    #[serde(deserialize_with = "time")]
    pub nudge: NaiveTime,
    #[serde(deserialize_with = "time")]
    pub nudge_until: NaiveTime,
    #[serde(deserialize_with = "time")]
    pub manager_list: NaiveTime,
    #[serde(deserialize_with = "time")]
    pub manager_list_until: NaiveTime,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub transport: Transport,
    pub folder: String,
    pub from: String,
    pub reply_to: String,
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub username: String,
    pub password: SecretString,
    pub password_file: String,
    pub ca_file: String,
    pub connections: u32,
    pub per_minute: u32,
    pub retry_minutes: Vec<u32>,
    pub templates: String,
    pub mail_detail: MailDetail,
    pub envelope_from: String,
    pub bounces: BouncesKeys,
}

/// The mailbox that mails come back to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BouncesKeys {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub username: String,
    pub password: SecretString,
    pub password_file: String,
    pub ca_file: String,
    pub folder: String,
    pub every_minutes: u16,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub format: LogFormat,
    pub level: String,
}

/// One PBX connection. What is not given is the organisation's, or the server's.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceKeys {
    pub name: String,
    pub adapter: String,
    #[serde(default)]
    pub secrets: Vec<SecretString>,
    #[serde(default)]
    pub secret_files: Vec<String>,
    pub country: Option<String>,
    pub area_code: Option<String>,
    #[serde(default, deserialize_with = "values::some_zone")]
    pub zone: Option<Tz>,
    pub public_url: Option<String>,
    /// Where things stand in what the PBX sends; of the adapter `template` only.
    pub template: Option<Mapping>,
    /// The columns of its files of calls.
    pub records: Option<Mapping>,
}

/// One channel besides mail.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelKeys {
    pub name: String,
    pub format: ChannelFormat,
    #[serde(default)]
    pub url: SecretString,
    #[serde(default)]
    pub url_file: String,
    #[serde(default)]
    pub secrets: Vec<SecretString>,
    #[serde(default)]
    pub secret_files: Vec<String>,
    #[serde(default)]
    pub events: Vec<String>,
    #[serde(default)]
    pub notices: Vec<String>,
    #[serde(default)]
    pub units: Vec<String>,
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    pub detail: Option<MailDetail>,
    #[serde(default)]
    pub username: String,
    #[serde(default)]
    pub password: SecretString,
    #[serde(default)]
    pub password_file: String,
    #[serde(default)]
    pub sender: String,
    #[serde(default)]
    pub to: String,
}
