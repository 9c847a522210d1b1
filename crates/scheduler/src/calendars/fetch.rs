//! Fetching a calendar: from addresses we may reach, no more than fits, no longer than it takes, and never on to elsewhere.
//!
//! The address of a shared calendar is its password: no error has it, and nothing is logged here.

use outbound::{Outbound, Refused};
use reqwest::StatusCode;
use reqwest::header::{ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use std::time::Duration;
use store::calendars::Seen;

/// So many bytes a calendar may have.
const MOST_BYTES: usize = 5 * 1024 * 1024;
/// So much of an address by which a server tells a change is kept.
const LONGEST_TAG: usize = 200;

/// Fetches calendars. Clones share connections.
#[derive(Debug, Clone)]
pub struct Fetcher {
    outbound: Outbound,
    /// So long a whole answer may take.
    pub patience: Duration,
}

/// What a server had.
pub(super) enum Fetched {
    Unchanged,
    Calendar { bytes: Vec<u8>, etag: Option<String>, last_modified: Option<String> },
}

/// Why there is no calendar. Says nothing of its address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error(
        "its address cannot be read; write one such as https://mail.kommun.example/calendar.ics"
    )]
    NoAddress,
    #[error(transparent)]
    OutOfReach(Refused),
    #[error(
        "the server ({0}) sends us on to another address; write the address where the calendar really is"
    )]
    Moved(u16),
    #[error("the server answered {0}; is the calendar still shared, and is this its address?")]
    Refused(u16),
    #[error("it is larger than 5 MB; share a calendar with fewer events")]
    TooBig,
    #[error("there was no whole answer within {0} seconds; it is tried again later")]
    TooSlow(u64),
    #[error("the server cannot be reached, or its certificate is not trusted")]
    Unreachable,
    #[error("the answer broke off; it is tried again later")]
    BrokenOff,
}

impl Fetcher {
    /// One that asks where `outbound` may.
    pub fn new(outbound: Outbound) -> Self {
        Self { outbound, patience: Duration::from_secs(10) }
    }

    pub(super) async fn fetch(
        &self,
        address: &str,
        seen: Option<&Seen>,
    ) -> Result<Fetched, FetchError> {
        let whole = tokio::time::timeout(self.patience, self.fetch_whole(address, seen));
        whole.await.unwrap_or(Err(FetchError::TooSlow(self.patience.as_secs())))
    }

    async fn fetch_whole(&self, address: &str, seen: Option<&Seen>) -> Result<Fetched, FetchError> {
        // Some programs hand out the address of a calendar so.
        let address = address.trim();
        let address = match address.strip_prefix("webcal://") {
            Some(rest) => format!("https://{rest}"),
            None => address.to_owned(),
        };
        let (client, url) = self.outbound.to(&address).map_err(FetchError::from)?;
        let mut request = client.get(url);
        if let Some(seen) = seen {
            if let Some(etag) = &seen.etag {
                request = request.header(IF_NONE_MATCH, etag);
            }
            if let Some(at) = &seen.last_modified {
                request = request.header(IF_MODIFIED_SINCE, at);
            }
        }
        let response = request.send().await.map_err(|error| failed(&error))?;
        match response.status() {
            StatusCode::OK => body(response).await,
            StatusCode::NOT_MODIFIED if seen.is_some() => Ok(Fetched::Unchanged),
            StatusCode::NOT_MODIFIED => Err(FetchError::Refused(304)),
            status if status.is_redirection() => Err(FetchError::Moved(status.as_u16())),
            status => Err(FetchError::Refused(status.as_u16())),
        }
    }
}

/// Stops at the first byte too many: a body without an end must not be waited for, nor held.
async fn body(mut response: reqwest::Response) -> Result<Fetched, FetchError> {
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    if response.content_length().is_some_and(|length| length > most) {
        return Err(FetchError::TooBig);
    }
    let tag = |name| {
        let value = response.headers().get(name)?.to_str().ok()?;
        Some(value.to_owned()).filter(|value| value.len() <= LONGEST_TAG)
    };
    let (etag, last_modified) = (tag(ETAG), tag(LAST_MODIFIED));
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| FetchError::BrokenOff)? {
        if bytes.len() + chunk.len() > MOST_BYTES {
            return Err(FetchError::TooBig);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Fetched::Calendar { bytes, etag, last_modified })
}

fn failed(error: &reqwest::Error) -> FetchError {
    outbound::refused(error).map_or(FetchError::Unreachable, FetchError::from)
}

impl From<Refused> for FetchError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NoAddress => Self::NoAddress,
            Refused::Private | Refused::Plain => Self::OutOfReach(refused),
        }
    }
}
