//! What is kept for how long.

use crate::config::{Config, ConfigError};
use domain::retention::Retention;

/// No longer than a century, in either unit.
const LONGEST: u32 = 36_500;

/// What is kept for how long.
///
/// # Errors
/// [`ConfigError`] for a time that is none.
pub fn retention(config: &Config) -> Result<Retention, ConfigError> {
    let keys = &config.retention;
    let decision = keys.decision.trim();
    for (name, value, least) in [
        ("raw_days", keys.raw_days, 0),
        ("call_days", keys.call_days, 1),
        ("mail_days", keys.mail_days, 1),
        ("number_months", keys.number_months, 1),
        ("call_months", keys.call_months, 1),
        ("read_log_months", keys.read_log_months, 1),
        ("callback_months", keys.callback_months, 1),
    ] {
        if !(least..=LONGEST).contains(&value) {
            let message = format!("write a number from {least} to {LONGEST}");
            return Err(ConfigError::at(&config.origin, &format!("retention.{name}"), message));
        }
    }
    Ok(Retention {
        raw_days: keys.raw_days,
        call_days: keys.call_days,
        mail_days: keys.mail_days,
        number_months: keys.number_months,
        call_months: keys.call_months,
        read_log_months: keys.read_log_months,
        callback_months: keys.callback_months,
        decision: Some(decision.to_owned()).filter(|d| !d.is_empty()),
    })
}
