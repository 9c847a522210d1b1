//! Which addresses may be reached: anybody's, and those of the networks that are named.

use crate::Refused;
use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

/// Looks names up, and gives only addresses that may be reached; the connection goes to one of these, and nowhere else.
pub(crate) struct Guarded {
    pub(crate) private: Arc<[IpNet]>,
    pub(crate) only_private: bool,
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
                let why = if is_private { Refused::Private } else { Refused::Plain };
                return Err(Box::new(why) as Box<dyn std::error::Error + Send + Sync>);
            }
            Ok(Box::new(reached.into_iter()) as Addrs)
        })
    }
}

pub(crate) fn may_reach(ip: IpAddr, private: &[IpNet], only_private: bool) -> bool {
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
