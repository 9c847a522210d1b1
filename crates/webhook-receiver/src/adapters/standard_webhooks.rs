//! The signature of Standard Webhooks, kind `v1`: HMAC-SHA256 over id, time and body.
//!
//! Described in <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>, read 2026-11.

use super::Refused;
use crate::request::RawRequest;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What a signing secret begins with.
pub(super) const PREFIX: &str = "whsec_";
/// The header that is there when a request is signed in this way.
pub(super) const SIGNATURE: &str = "webhook-signature";
/// The signed time may be this far from ours, either way.
const TOLERANCE_S: u64 = 300;
/// The specification asks for 24 to 64 random bytes; longer ones do no harm.
const SHORTEST_KEY: usize = 24;
/// Some tools leave the `=` at the end away.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The key behind a secret as it is written, `whsec_…`.
///
/// # Errors
/// What is wrong with it; never the secret.
pub(super) fn key(secret: &str) -> Result<Vec<u8>, String> {
    let how = "write whsec_ and the base64 of at least 24 random bytes, for example what \"echo whsec_$(openssl rand -base64 32)\" prints";
    let coded =
        secret.strip_prefix(PREFIX).ok_or_else(|| format!("this is no signing secret; {how}"))?;
    let key =
        BASE64.decode(coded).map_err(|_| format!("what follows whsec_ is not base64; {how}"))?;
    if key.len() < SHORTEST_KEY {
        return Err(format!("this signing secret is too short; {how}"));
    }
    Ok(key)
}

/// Whether one of the signatures was made with one of the keys, and lately.
///
/// The time is looked at only when a signature is right, so that [`Refused::Stale`] counts genuine requests.
pub(super) fn verify(
    request: &RawRequest,
    keys: &[Vec<u8>],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let id = request.header("webhook-id")?;
    let sent_at = request.header("webhook-timestamp")?;
    let signatures: Vec<Vec<u8>> = request
        .header(SIGNATURE)?
        .split(' ')
        .filter_map(|signature| BASE64.decode(signature.strip_prefix("v1,")?).ok())
        .collect();
    let genuine = keys.iter().any(|key| {
        let signed = signed(key, &[id.as_bytes(), b".", sent_at.as_bytes(), b".", &request.body]);
        signatures.iter().any(|signature| signed.clone().verify_slice(signature).is_ok())
    });
    let sent_at: i64 = sent_at.parse().map_err(|_| Refused::Wrong)?;
    match (genuine, now.timestamp().abs_diff(sent_at) <= TOLERANCE_S) {
        (true, true) => Ok(()),
        (true, false) => Err(Refused::Stale),
        (false, _) => Err(Refused::Wrong),
    }
}

fn signed(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const SENT_AT: i64 = 1_614_265_330;
    /// Of the libraries' own test; computed again with Python's hmac.
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn request(signature: &str, sent_at: &str) -> RawRequest {
        let headers = [
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", sent_at),
            ("webhook-signature", signature),
        ];
        RawRequest {
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
            body: br#"{"test": 2432232314}"#.to_vec(),
            ..RawRequest::default()
        }
    }

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn verified(request: &RawRequest, now: i64) -> Result<(), Refused> {
        verify(request, &[key(SECRET).unwrap()], at(now))
    }

    fn known() -> RawRequest {
        request(SIGNATURE, &SENT_AT.to_string())
    }

    #[test]
    fn the_known_answer_of_the_specification_is_right() {
        assert_eq!(verified(&known(), SENT_AT), Ok(()));
    }

    #[test]
    fn one_changed_byte_anywhere_is_wrong() {
        let mut body = known();
        body.body[9] ^= 1;
        let mut id = known();
        id.headers[0].1.push('x');
        let time = request(SIGNATURE, &(SENT_AT + 1).to_string());
        let zero = request(SIGNATURE, &format!("0{SENT_AT}"));
        let cut = request(&SIGNATURE[..SIGNATURE.len() - 5], &SENT_AT.to_string());
        for changed in [body, id, time, zero, cut] {
            assert_eq!(verified(&changed, SENT_AT), Err(Refused::Wrong));
        }
    }

    #[test]
    fn five_minutes_either_way_are_forgiven_and_not_a_second_more() {
        for (off, expected) in
            [(300, Ok(())), (-300, Ok(())), (301, Err(Refused::Stale)), (-301, Err(Refused::Stale))]
        {
            assert_eq!(verified(&known(), SENT_AT + off), expected, "{off} s");
        }
    }

    #[test]
    fn a_forged_request_with_an_old_time_is_wrong_and_not_stale() {
        let forged = request("v1,AAAA", &SENT_AT.to_string());
        assert_eq!(verified(&forged, SENT_AT + 86_400), Err(Refused::Wrong));
    }

    #[test]
    fn one_match_among_several_signatures_and_several_keys_suffices() {
        let many =
            request(&format!("v1a,AAAA v1,AAAA v1 v1,### {SIGNATURE}"), &SENT_AT.to_string());
        let keys = [vec![7; 32], key(SECRET).unwrap()];
        assert_eq!(verify(&many, &keys, at(SENT_AT)), Ok(()));
        assert_eq!(verify(&many, &keys[..1], at(SENT_AT)), Err(Refused::Wrong));
    }

    #[test]
    fn times_that_are_none_are_wrong_without_panic() {
        for time in [
            "",
            "now",
            "-9223372036854775808",
            "9223372036854775807",
            "99999999999999999999",
            "1614265330.5",
        ] {
            assert_eq!(verified(&request(SIGNATURE, time), SENT_AT), Err(Refused::Wrong), "{time}");
        }
        assert_eq!(verified(&RawRequest::default(), SENT_AT), Err(Refused::Wrong));
    }

    #[test]
    fn a_secret_is_read_with_and_without_padding_and_otherwise_refused_with_advice() {
        assert_eq!(key("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").unwrap(), vec![0; 32]);
        assert_eq!(key("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap(), vec![0; 32]);
        for secret in [
            "",
            "whsec_",
            "whsec_AAAA",
            "whsec_å",
            "whpk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        ] {
            let error = key(secret).unwrap_err();
            assert!(error.contains("openssl rand") && !error.contains("AAAA"), "{error}");
        }
    }
}
