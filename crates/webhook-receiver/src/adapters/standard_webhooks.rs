//! The signatures of Standard Webhooks over id, time and body: kind `v1`, HMAC-SHA256, and kind `v1a`, Ed25519.
//!
//! Described in <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>, read 2026-11.

use super::Refused;
use super::signing_key::{BASE64, Key};
use crate::request::RawRequest;
use base64::Engine;
use chrono::{DateTime, Utc};

/// The header that is there when a request is signed in this way.
pub(super) const SIGNATURE: &str = "webhook-signature";
/// The signed time may be this far from ours, either way.
pub(super) const TOLERANCE_S: u64 = 300;
/// A sender that changes its keys signs with two; more are looked at only so far, for each costs time.
const MOST: usize = 16;

/// Whether one of the signatures was made with one of the keys, and lately.
///
/// The time is looked at only when a signature is right, so that [`Refused::Stale`] counts genuine requests.
pub(super) fn verify(
    request: &RawRequest,
    keys: &[Key],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let id = request.header("webhook-id")?;
    let sent_at = request.header("webhook-timestamp")?;
    let signatures = request.header(SIGNATURE)?.split(' ').filter_map(read).take(MOST);
    let signed = [id.as_bytes(), b".", sent_at.as_bytes(), b".", &request.body].concat();
    let genuine = signatures.into_iter().any(|(kind, signature)| {
        keys.iter().any(|key| kind.is_of(key) && key.has_signed(&signed, &signature))
    });
    let sent_at: i64 = sent_at.parse().map_err(|_| Refused::Wrong)?;
    match (genuine, now.timestamp().abs_diff(sent_at) <= TOLERANCE_S) {
        (true, true) => Ok(()),
        (true, false) => Err(Refused::Stale),
        (false, _) => Err(Refused::Wrong),
    }
}

/// `v1` or `v1a`.
#[derive(Clone, Copy)]
enum Kind {
    Shared,
    Public,
}

impl Kind {
    fn is_of(self, key: &Key) -> bool {
        match (self, key) {
            (Self::Shared, Key::Shared(_)) | (Self::Public, Key::Public(_)) => true,
            (Self::Shared, Key::Public(_)) | (Self::Public, Key::Shared(_)) => false,
        }
    }
}

fn read(signature: &str) -> Option<(Kind, Vec<u8>)> {
    let (kind, coded) = signature.split_once(',')?;
    let kind = match kind {
        "v1" => Kind::Shared,
        "v1a" => Kind::Public,
        _ => return None,
    };
    Some((kind, BASE64.decode(coded).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer, SigningKey};
    use hmac::{Hmac, KeyInit, Mac};
    use sha2::Sha256;
    use std::slice;

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
        verify(request, &[Key::read(SECRET).unwrap()], at(now))
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
        let keys = [Key::Shared(vec![7; 32]), Key::read(SECRET).unwrap()];
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

    /// The key of RFC 8032, 7.1, test 1; signed for this test.
    fn signed_by_a_pair(kind: &str) -> (RawRequest, Key) {
        let pair = SigningKey::from_bytes(&[
            0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec,
            0x2c, 0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03,
            0x1c, 0xae, 0x7f, 0x60,
        ]);
        let unsigned = known();
        let id = unsigned.find_header("webhook-id").unwrap();
        let signed = [id.as_bytes(), b".1614265330.", &unsigned.body].concat();
        let signature = BASE64.encode(pair.sign(&signed).to_bytes());
        let key = Key::read("whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=").unwrap();
        (request(&format!("{kind},{signature}"), &SENT_AT.to_string()), key)
    }

    #[test]
    fn a_signature_of_a_pair_of_keys_is_right_as_v1a_only() {
        let (genuine, key) = signed_by_a_pair("v1a");
        let keys = [Key::read(SECRET).unwrap(), key];
        assert_eq!(verify(&genuine, &keys, at(SENT_AT)), Ok(()));
        assert_eq!(verify(&genuine, &keys, at(SENT_AT + 301)), Err(Refused::Stale));
        assert_eq!(verify(&genuine, &keys[..1], at(SENT_AT)), Err(Refused::Wrong));
        let (mut changed, _) = signed_by_a_pair("v1a");
        changed.body.push(b' ');
        let (other_kind, _) = signed_by_a_pair("v1");
        for request in [changed, other_kind] {
            assert_eq!(verify(&request, &keys, at(SENT_AT)), Err(Refused::Wrong));
        }
    }

    /// Who knows a public key, which is no secret, must not be able to sign with its bytes as if they were one.
    #[test]
    fn a_public_key_is_no_shared_secret() {
        let (_, key) = signed_by_a_pair("v1a");
        let Key::Public(public) = &key else { panic!("whpk_ is public") };
        let unsigned = known();
        let id = unsigned.find_header("webhook-id").unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(public.as_bytes()).unwrap();
        mac.update(&[id.as_bytes(), b".1614265330.", &unsigned.body].concat());
        let signature = BASE64.encode(mac.finalize().into_bytes());
        for kind in ["v1", "v1a"] {
            let forged = request(&format!("{kind},{signature}"), &SENT_AT.to_string());
            assert_eq!(verify(&forged, slice::from_ref(&key), at(SENT_AT)), Err(Refused::Wrong));
        }
    }
}
