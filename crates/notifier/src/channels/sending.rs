//! One try to hand a message over: to addresses we may reach, no longer than it takes, never on to elsewhere. What the receiver says besides
//! its status is not read, so its length does not matter. Errors name no address: it may be a secret.

use super::{Channels, Way, signing};
use chrono::{DateTime, TimeDelta, Utc};
use outbound::Refused;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{RequestBuilder, StatusCode};
use secrecy::ExposeSecret;
use uuid::Uuid;

/// A receiver may put us off for so long at most.
const LONGEST_PUT_OFF: TimeDelta = TimeDelta::hours(6);

/// What the receiver said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Taken,
    /// Worth trying again; not before that time, where it named one.
    NotNow {
        error: String,
        not_before: Option<DateTime<Utc>>,
    },
    /// It is gone for good (410): the channel has ended.
    Gone,
}

impl Answer {
    fn not_now(error: impl Into<String>) -> Self {
        Self::NotNow { error: error.into(), not_before: None }
    }
}

impl Channels {
    /// Tries to hand this over; `now` is the time that it is signed with.
    pub async fn hand_over(
        &self,
        way: &Way,
        id: Uuid,
        body: Vec<u8>,
        now: DateTime<Utc>,
    ) -> Answer {
        let request = match self.request(way, id, body, now) {
            Ok(request) => request,
            Err(refused) => return Answer::not_now(refused.to_string()),
        };
        match tokio::time::timeout(self.patience, request.send()).await {
            Err(_) => {
                let seconds = self.patience.as_secs();
                Answer::not_now(format!("the receiver did not answer within {seconds} seconds"))
            }
            Ok(Err(error)) => Answer::not_now(why(&error)),
            Ok(Ok(response)) => judge(response.status(), response.headers(), now),
        }
    }

    fn request(
        &self,
        way: &Way,
        id: Uuid,
        body: Vec<u8>,
        now: DateTime<Utc>,
    ) -> Result<RequestBuilder, Refused> {
        let post = |address: &str, kind| {
            let (client, url) = self.outbound.to(address)?;
            Ok(client.post(url).header(CONTENT_TYPE, kind))
        };
        Ok(match way {
            Way::Standard { url, keys } => post(url.expose_secret(), "application/json")?
                .header("webhook-id", id.to_string())
                .header("webhook-timestamp", now.timestamp().to_string())
                .header("webhook-signature", signing::signatures(keys, id, now, &body))
                .body(body),
            Way::Teams { url } | Way::Slack { url } => {
                post(url.expose_secret(), "application/json")?.body(body)
            }
            Way::Elks { url, username, password, .. } => {
                post(url, "application/x-www-form-urlencoded")?
                    .basic_auth(username, Some(password.expose_secret()))
                    .body(body)
            }
        })
    }
}

fn why(error: &reqwest::Error) -> String {
    match outbound::refused(error) {
        Some(refused) => refused.to_string(),
        None if error.is_connect() => {
            "the receiver cannot be reached, or its certificate is not trusted".to_owned()
        }
        None => "the connection to the receiver broke off".to_owned(),
    }
}

fn judge(status: StatusCode, headers: &HeaderMap, now: DateTime<Utc>) -> Answer {
    let code = status.as_u16();
    match status {
        _ if status.is_success() => Answer::Taken,
        StatusCode::GONE => Answer::Gone,
        _ if status.is_redirection() => Answer::not_now(format!(
            "the receiver ({code}) sends us on to another address, where nothing is sent; write the address where it really is"
        )),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Answer::NotNow {
            error: format!("the receiver asked to try again later ({code})"),
            not_before: put_off(headers, now),
        },
        _ => Answer::not_now(format!("the receiver answered {code}")),
    }
}

/// `Retry-After`, as seconds or as a date; never longer than is reasonable.
fn put_off(headers: &HeaderMap, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let until = match text.parse::<u32>() {
        Ok(seconds) => now + TimeDelta::seconds(i64::from(seconds)),
        Err(_) => DateTime::parse_from_rfc2822(text).ok()?.to_utc(),
    };
    Some(until.clamp(now, now + LONGEST_PUT_OFF))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_may_put_us_off_but_not_for_ever() {
        let now: DateTime<Utc> = "2026-11-17T14:00:00Z".parse().unwrap();
        for (said, expected) in [
            ("120", Some("2026-11-17T14:02:00Z")),
            ("0", Some("2026-11-17T14:00:00Z")),
            ("Tue, 17 Nov 2026 14:10:00 GMT", Some("2026-11-17T14:10:00Z")),
            ("Tue, 17 Nov 2020 14:10:00 GMT", Some("2026-11-17T14:00:00Z")),
            ("4000000000", Some("2026-11-17T20:00:00Z")),
            ("99999999999999999999", None),
            ("-5", None),
            ("soon", None),
            ("", None),
        ] {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, said.parse().unwrap())]);
            let expected: Option<DateTime<Utc>> = expected.map(|at| at.parse().unwrap());
            assert_eq!(put_off(&headers, now), expected, "{said}");
        }
        assert_eq!(put_off(&HeaderMap::new(), now), None);
    }

    #[test]
    fn every_status_has_its_answer() {
        let now = DateTime::UNIX_EPOCH;
        let answer =
            |status: u16| judge(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), now);
        for status in [200, 201, 202, 204] {
            assert_eq!(answer(status), Answer::Taken);
        }
        assert_eq!(answer(410), Answer::Gone);
        for status in [301, 302, 303, 307, 308, 400, 401, 403, 404, 422, 429, 500, 502, 503, 504] {
            let Answer::NotNow { error, not_before: None } = answer(status) else {
                panic!("{status} is tried again")
            };
            assert!(error.contains(&status.to_string()), "{error}");
        }
    }
}
