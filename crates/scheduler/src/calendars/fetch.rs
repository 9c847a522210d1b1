//! Fetching a calendar: from addresses we may reach, no more than fits, no longer than it takes, and never on to elsewhere.
//!
//! The address of a shared calendar is its password: no error has it, and nothing is logged here.

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use reqwest::{Client, StatusCode, Url, redirect};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use store::calendars::Seen;

/// So many bytes a calendar may have.
const MOST_BYTES: usize = 5 * 1024 * 1024;
/// So much of an address by which a server tells a change is kept.
const LONGEST_TAG: usize = 200;

/// Fetches calendars. Clones share connections.
#[derive(Debug, Clone)]
pub struct Fetcher {
    /// By https, from anywhere that is not private, and from `private`.
    open: Client,
    /// In clear, from `private` only.
    plain: Client,
    private: Arc<[IpNet]>,
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
    #[error(
        "its address is in a private network; if that is yours, name the network in absence.private_networks"
    )]
    Private,
    #[error(
        "it would come unprotected (http), which only networks in absence.private_networks may; write https"
    )]
    Plain,
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
    /// One that also reaches these networks.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn new(private: &[IpNet]) -> Result<Self, reqwest::Error> {
        let private: Arc<[IpNet]> = private.into();
        let client = |only_private| {
            let resolver = Guarded { private: private.clone(), only_private };
            Client::builder()
                .redirect(redirect::Policy::none())
                .no_proxy()
                .referer(false)
                .user_agent("aterkom")
                .dns_resolver(Arc::new(resolver))
                .build()
        };
        let (open, plain) = (client(false)?, client(true)?);
        Ok(Self { open, plain, private, patience: Duration::from_secs(10) })
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
        let url = Url::parse(&address).map_err(|_| FetchError::NoAddress)?;
        let only_private = match url.scheme() {
            "https" => false,
            "http" => true,
            _ => return Err(FetchError::NoAddress),
        };
        // A number is not looked up, so it is looked at here.
        let number = match url.host() {
            Some(url::Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
            Some(url::Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
            Some(url::Host::Domain(_)) => None,
            None => return Err(FetchError::NoAddress),
        };
        if let Some(ip) = number
            && !may_reach(ip, &self.private, only_private)
        {
            let is_private = !may_reach(ip, &self.private, false);
            return Err(if is_private { FetchError::Private } else { FetchError::Plain });
        }
        let client = if only_private { &self.plain } else { &self.open };
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
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(refused) = error.downcast_ref::<FetchError>() {
            return refused.clone();
        }
        cause = error.source();
    }
    FetchError::Unreachable
}

/// Looks names up, and gives only addresses that may be reached; the connection goes to one of these, and nowhere else.
struct Guarded {
    private: Arc<[IpNet]>,
    only_private: bool,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let (private, only_private) = (self.private.clone(), self.only_private);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = found.collect();
            let reached: Vec<SocketAddr> = found
                .iter()
                .copied()
                .filter(|at| may_reach(at.ip(), &private, only_private))
                .collect();
            if reached.is_empty() && !found.is_empty() {
                let is_private = !found.iter().any(|at| may_reach(at.ip(), &private, false));
                let why = if is_private { FetchError::Private } else { FetchError::Plain };
                return Err(Box::new(why) as Box<dyn std::error::Error + Send + Sync>);
            }
            Ok(Box::new(reached.into_iter()) as Addrs)
        })
    }
}

fn may_reach(ip: IpAddr, private: &[IpNet], only_private: bool) -> bool {
    let ip = ip.to_canonical();
    private.iter().any(|net| net.contains(&ip)) || (!only_private && is_public(ip))
}

/// Anybody's: not of this machine, this network, or one that is set apart.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            let set_apart = match (a, b, c) {
                (0, ..) | (192, 0, 0) | (192, 88, 99) => true,
                // Carriers' own, benchmarks, and what was never given out.
                (100, 64..=127, _) | (198, 18..=19, _) | (240..=255, ..) => true,
                _ => false,
            };
            !(set_apart
                || ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_multicast()
                || ip.is_documentation())
        }
        // Only what is given out to networks; of that, no ways into IPv4 (Teredo, 6to4) and no documentation.
        IpAddr::V6(ip) => {
            let [first, second, ..] = Ipv6Addr::segments(&ip);
            let given_out = first & 0xe000 == 0x2000;
            let tunnel = first == 0x2002 || (first == 0x2001 && second < 0x0200);
            given_out && !tunnel && !(first == 0x2001 && second == 0x0db8)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_and_named_networks_are_reached() {
        let ours: Vec<IpNet> = ["10.20.0.0/16", "fd00:1::/32"].map(|n| n.parse().unwrap()).to_vec();
        for (ip, open, plain) in [
            ("8.8.8.8", true, false),
            ("2a01:4f8::1", true, false),
            ("10.20.3.4", true, true),
            ("::ffff:10.20.3.4", true, true),
            ("fd00:1::5", true, true),
            ("10.21.0.1", false, false),
            ("192.168.1.1", false, false),
            ("172.16.0.1", false, false),
            ("127.0.0.1", false, false),
            ("::1", false, false),
            ("::ffff:127.0.0.1", false, false),
            ("169.254.169.254", false, false),
            ("fe80::1", false, false),
            ("fd00:2::5", false, false),
            ("100.64.0.1", false, false),
            ("0.0.0.0", false, false),
            ("::", false, false),
            ("224.0.0.1", false, false),
            ("255.255.255.255", false, false),
            ("64:ff9b::a00:1", false, false),
            ("2002:a00:1::", false, false),
            ("2001:0:a00:1::", false, false),
        ] {
            let ip: IpAddr = ip.parse().unwrap();
            assert_eq!(may_reach(ip, &ours, false), open, "{ip}");
            assert_eq!(may_reach(ip, &ours, true), plain, "{ip} in clear");
        }
    }
}
