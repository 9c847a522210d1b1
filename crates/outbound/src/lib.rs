//! Requests that leave the house: only to addresses that may be reached, through no proxy, and never on to elsewhere.
//!
//! An address may be a password (a shared calendar, a webhook), so no error has it, and nothing is logged here.

mod reach;

use ipnet::IpNet;
use reach::{Guarded, may_reach};
use reqwest::{Client, Url, redirect};
use std::net::IpAddr;
use std::sync::Arc;

/// Makes requests. Clones share connections.
#[derive(Debug, Clone)]
pub struct Outbound {
    /// By https, to anywhere that is not private, and to `private`.
    open: Client,
    /// In clear, to `private` only.
    plain: Client,
    private: Arc<[IpNet]>,
}

/// Why nothing is sent there. Says nothing of the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("its address cannot be read; write one that begins with https://")]
    NoAddress,
    #[error(
        "its address is in a private network; if that is yours, name the network in outgoing.private_networks"
    )]
    Private,
    #[error(
        "it would go unprotected (http), which only networks in outgoing.private_networks may; write https"
    )]
    Plain,
}

impl Outbound {
    /// One that also reaches these networks.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn new(private: &[IpNet]) -> Result<Self, reqwest::Error> {
        let private: Arc<[IpNet]> = private.into();
        let client = |only_private| {
            let client = if only_private {
                // Nobody shows a certificate in clear; reading those of the system takes a while.
                Client::builder().tls_certs_only([])
            } else {
                Client::builder()
            };
            client
                .redirect(redirect::Policy::none())
                .no_proxy()
                .referer(false)
                .user_agent("aterkom")
                .dns_resolver(Arc::new(Guarded { private: private.clone(), only_private }))
                .build()
        };
        let (open, plain) = (client(false)?, client(true)?);
        Ok(Self { open, plain, private })
    }

    /// The address, read, and the client that may ask there. Names are looked up when it does: what they lead to is
    /// judged then, and [`refused`] finds it in the error.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn to(&self, address: &str) -> Result<(&Client, Url), Refused> {
        let url = Url::parse(address.trim()).map_err(|_| Refused::NoAddress)?;
        let only_private = match url.scheme() {
            "https" => false,
            "http" => true,
            _ => return Err(Refused::NoAddress),
        };
        // A number is not looked up, so it is looked at here.
        if let Some(ip) = number(&url)?
            && !may_reach(ip, &self.private, only_private)
        {
            let is_private = !may_reach(ip, &self.private, false);
            return Err(if is_private { Refused::Private } else { Refused::Plain });
        }
        Ok((if only_private { &self.plain } else { &self.open }, url))
    }
}

fn number(url: &Url) -> Result<Option<IpAddr>, Refused> {
    // Of web addresses a host in brackets is a number of IPv6, and any other that reads as one is one of IPv4.
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(Refused::NoAddress)?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    Ok(bare.parse().ok())
}

/// Whether a request failed because of where it would have gone.
pub fn refused(error: &reqwest::Error) -> Option<Refused> {
    let first: &(dyn std::error::Error + 'static) = error;
    let mut causes = std::iter::successors(Some(first), |error| error.source());
    causes.find_map(|error| error.downcast_ref::<Refused>().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_judged_in_whatever_way_it_is_written() {
        let ours: IpNet = "10.20.0.0/16".parse().unwrap();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let outbound = Outbound::new(&[ours]).unwrap();
        for (address, said) in [
            ("https://hooks.example/a", None),
            (" https://8.8.8.8/a ", None),
            ("http://10.20.1.2/a", None),
            ("http://hooks.example/a", None), // its name is looked up, and may lead to ours
            ("http://8.8.8.8/a", Some(Refused::Plain)),
            ("https://10.21.1.2/a", Some(Refused::Private)),
            ("https://127.0.0.1/a", Some(Refused::Private)),
            ("https://2130706433/a", Some(Refused::Private)),
            ("https://0x7f.1/a", Some(Refused::Private)),
            ("https://[::1]/a", Some(Refused::Private)),
            ("https://[::ffff:127.0.0.1]/a", Some(Refused::Private)),
            ("https://169.254.169.254/latest", Some(Refused::Private)),
            ("file:///etc/passwd", Some(Refused::NoAddress)),
            ("hooks.example/a", Some(Refused::NoAddress)),
            ("", Some(Refused::NoAddress)),
        ] {
            assert_eq!(outbound.to(address).err(), said, "{address}");
        }
    }
}
