//! `X-Twilio-Signature`: HMAC-SHA1 over the address as Twilio has it, and the fields of the form.
//!
//! <https://www.twilio.com/docs/usage/webhooks/webhooks-security>, read in part 2026-11-23. No time is signed.

use crate::adapters::Refused;
use crate::request::RawRequest;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use subtle::{Choice, ConstantTimeEq};

const HEADER: &str = "x-twilio-signature";

/// Whether the request was signed with one of the tokens.
pub(super) fn verify<'a>(
    request: &RawRequest,
    tokens: impl Iterator<Item = &'a str>,
) -> Result<(), Refused> {
    let sent =
        BASE64_STANDARD.decode(request.header(HEADER)?.trim()).map_err(|_| Refused::Wrong)?;
    let fields = signed_fields(request)?;
    let addresses = addresses(&request.url);
    // Every token is tried, so that the time does not tell which one was right.
    let right = tokens.fold(Choice::from(0), |right, token| {
        addresses.iter().fold(right, |right, address| {
            right | sign(token, address, &fields).as_slice().ct_eq(&sent)
        })
    });
    if right.into() { Ok(()) } else { Err(Refused::Wrong) }
}

fn sign(token: &str, address: &str, fields: &str) -> Vec<u8> {
    let mut mac =
        Hmac::<Sha1>::new_from_slice(token.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(address.as_bytes());
    mac.update(fields.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// What is signed besides the address. Of a body that is no form its digest is in the address; of a GET all is there.
fn signed_fields(request: &RawRequest) -> Result<String, Refused> {
    let mut query = url::form_urlencoded::parse(request.query().as_bytes());
    if let Some((_, digest)) = query.find(|(name, _)| name == "bodySHA256") {
        let of_body = hex(&Sha256::digest(&request.body));
        let same = of_body.as_bytes().ct_eq(digest.to_ascii_lowercase().as_bytes());
        return if same.into() { Ok(String::new()) } else { Err(Refused::Wrong) };
    }
    if request.method == "GET" {
        // What is not signed must not be read either.
        return if request.body.is_empty() { Ok(String::new()) } else { Err(Refused::Wrong) };
    }
    let mut fields: BTreeMap<Cow<'_, str>, BTreeSet<Cow<'_, str>>> = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(&request.body) {
        fields.entry(name).or_default().insert(value);
    }
    let signed =
        fields.iter().flat_map(|(name, values)| values.iter().flat_map(move |v| [name, v]));
    Ok(signed.map(AsRef::as_ref).collect())
}

/// The address as configured, without a port and with the default one: Twilio signs now this, now that.
fn addresses(url: &str) -> Vec<String> {
    let as_configured = url.split('#').next().unwrap_or_default();
    let mut addresses = Vec::from([as_configured.to_owned()]);
    let Some((scheme, rest)) = as_configured.split_once("://") else { return addresses };
    let host_ends = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(host_ends);
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    };
    let port = if scheme.eq_ignore_ascii_case("http") { 80 } else { 443 };
    addresses.push(format!("{scheme}://{host}{path}"));
    addresses.push(format!("{scheme}://{host}:{port}{path}"));
    addresses
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "f00dfacecafe4a5b9c8d7e6f5a4b3c2d";
    const URL: &str = "https://aterkom.kommun.example/hooks/twilio/status?org=exempel%20kommun";
    const BODY: &str = "To=%2B46846500412&CallSid=CA1&Note=b%C3%A5t&Digits=&To=%2B46846500412&To=1";

    fn signed(method: &str, url: &str, body: &str, over: &str) -> RawRequest {
        let signature = BASE64_STANDARD.encode(sign(TOKEN, over, ""));
        RawRequest {
            method: method.to_owned(),
            url: url.to_owned(),
            headers: Vec::from([(HEADER.to_owned(), signature)]),
            body: body.as_bytes().to_vec(),
            ..RawRequest::default()
        }
    }

    fn verified(request: &RawRequest) -> bool {
        verify(request, ["another-token-of-yesterday", TOKEN].into_iter()).is_ok()
    }

    #[test]
    fn fields_are_signed_in_order_each_value_once() {
        let fields = "CallSidCA1DigitsNotebåtTo+46846500412To1";
        // Of several values of a name, those in order too: "+" comes before "1".
        let over = format!("{URL}{fields}");
        assert!(verified(&signed("POST", URL, BODY, &over)));
        for other in [format!("{URL}{fields} "), URL.to_owned(), format!("{URL}{BODY}")] {
            assert!(!verified(&signed("POST", URL, BODY, &other)), "{other}");
        }
    }

    #[test]
    fn the_port_may_be_signed_or_not() {
        let host = "https://aterkom.kommun.example";
        for (received, over, right) in [
            (host.to_owned(), host.to_owned(), true),
            (host.to_owned(), format!("{host}:443"), true),
            (format!("{host}:8443"), format!("{host}:8443"), true),
            (format!("{host}:8443"), host.to_owned(), true),
            (host.to_owned(), format!("{host}:80"), false),
            (host.to_owned(), "http://aterkom.kommun.example".to_owned(), false),
            ("http://a.example".to_owned(), "http://a.example:80".to_owned(), true),
            ("http://[::1]".to_owned(), "http://[::1]:80".to_owned(), true),
            (
                "https://user:pw@a.example".to_owned(),
                "https://user:pw@a.example:443".to_owned(),
                true,
            ),
        ] {
            let [received, over] =
                [received, over].map(|host| format!("{host}/hooks/twilio?a=%2F"));
            let request = signed("POST", &received, "", &over);
            assert_eq!(verified(&request), right, "{received} {over}");
        }
    }

    #[test]
    fn a_body_that_is_no_form_is_signed_by_its_digest_in_the_address() {
        let body = r#"{"CallSid":"CA1"}"#;
        let url = format!("{URL}&bodySHA256={}", hex(&Sha256::digest(body)));
        assert!(verified(&signed("POST", &url, body, &url)));
        assert!(!verified(&signed("POST", &url, r#"{"CallSid":"CA2"}"#, &url)));
        assert!(!verified(&signed("POST", URL, body, URL)), "nothing signs the body");
    }

    #[test]
    fn of_a_get_the_whole_address_is_signed() {
        let url = format!("{URL}&CallSid=CA1");
        assert!(verified(&signed("GET", &url, "", &url)));
        assert!(!verified(&signed("GET", &format!("{url}0"), "", &url)));
        assert!(!verified(&signed("GET", &url, "CallSid=CA2", &url)), "a body that nobody signed");
    }

    #[test]
    fn a_missing_or_foolish_signature_is_wrong() {
        let mut request = signed("POST", URL, "", URL);
        for foolish in ["", "=", "????", "AAAA"] {
            foolish.clone_into(&mut request.headers[0].1);
            assert!(!verified(&request), "{foolish}");
        }
        request.headers.clear();
        assert!(!verified(&request));
    }

    proptest::proptest! {
        #[test]
        fn any_address_and_body_are_refused_without_panic(url in "\\PC*", body in "\\PC*") {
            let _ = verified(&signed("POST", &url, &body, ""));
        }
    }
}
