//! `telnyx-signature-ed25519`: Ed25519 over time, `|` and body. What is configured is Telnyx's public key, no secret.
//!
//! Ed25519 is RFC 8032, whose first test vector is the key of these tests.

use crate::adapters::Refused;
use crate::request::RawRequest;
use crate::source::Source;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, Utc};
use ed25519_dalek::{Signature, VerifyingKey};

/// The signed time may be this far from ours, either way.
const TOLERANCE_S: u64 = 300;

/// The public key behind what is configured.
///
/// # Errors
/// What is wrong with it and what to write instead.
pub(super) fn key(text: &str) -> Result<VerifyingKey, String> {
    let how = "write the public key from Telnyx's portal (Keys & Credentials, Public Key), 44 characters of base64";
    let bytes = BASE64_STANDARD.decode(text).map_err(|_| format!("this is not base64; {how}"))?;
    let bytes = <[u8; 32]>::try_from(bytes).map_err(|_| format!("this is no public key; {how}"))?;
    let key = VerifyingKey::from_bytes(&bytes).ok().filter(|key| !key.is_weak());
    key.ok_or_else(|| format!("this is no public key; {how}"))
}

/// Whether one of the keys signed it, and lately.
///
/// The time is looked at only when the signature is right, so that [`Refused::Stale`] counts genuine requests.
pub(super) fn verify(
    request: &RawRequest,
    source: &Source,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let signature = BASE64_STANDARD.decode(request.header("telnyx-signature-ed25519")?.trim());
    let signature = Signature::from_slice(&signature.map_err(|_| Refused::Wrong)?);
    let signature = signature.map_err(|_| Refused::Wrong)?;
    let sent_at = request.header("telnyx-timestamp")?;
    let signed = [sent_at.as_bytes(), b"|", &request.body].concat();
    let mut keys = source.exposed_secrets().filter_map(|text| key(text).ok());
    if !keys.any(|key| key.verify_strict(&signed, &signature).is_ok()) {
        return Err(Refused::Wrong);
    }
    let sent_at: i64 = sent_at.parse().map_err(|_| Refused::Wrong)?;
    let is_fresh = now.timestamp().abs_diff(sent_at) <= TOLERANCE_S;
    if is_fresh { Ok(()) } else { Err(Refused::Stale) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::source_for_tests;
    use ed25519_dalek::{Signer, SigningKey};

    /// RFC 8032, section 7.1, TEST 1.
    const PUBLIC: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    const SEED: [u8; 32] = [
        0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c,
        0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae,
        0x7f, 0x60,
    ];
    const SENT_AT: i64 = 1_794_800_000;

    fn signed(time: &str, body: &[u8], over: &[u8]) -> RawRequest {
        let signature = BASE64_STANDARD.encode(SigningKey::from_bytes(&SEED).sign(over).to_bytes());
        let headers =
            [("telnyx-signature-ed25519", signature.as_str()), ("telnyx-timestamp", time)];
        RawRequest {
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
            body: body.to_vec(),
            ..RawRequest::default()
        }
    }

    fn verified(request: &RawRequest, keys: &[&str], off: i64) -> Result<(), Refused> {
        let now = DateTime::from_timestamp(SENT_AT + off, 0).unwrap();
        verify(request, &source_for_tests("telnyx", keys), now)
    }

    fn known() -> RawRequest {
        signed(&SENT_AT.to_string(), b"{}", format!("{SENT_AT}|{{}}").as_bytes())
    }

    /// The vector signs nothing at all.
    #[test]
    fn the_published_vector_is_right() {
        let signature = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
        let bytes: Vec<u8> = (0..64)
            .map(|i| u8::from_str_radix(&signature[2 * i..2 * i + 2], 16).unwrap())
            .collect();
        let signature = Signature::from_slice(&bytes).unwrap();
        assert!(key(PUBLIC).unwrap().verify_strict(b"", &signature).is_ok());
    }

    #[test]
    fn time_and_body_are_signed_by_one_of_two_keys_and_lately() {
        let other = BASE64_STANDARD.encode(SigningKey::from_bytes(&[7; 32]).verifying_key());
        assert_eq!(verified(&known(), &[&other, PUBLIC], 300), Ok(()));
        assert_eq!(verified(&known(), &[PUBLIC], -300), Ok(()));
        assert_eq!(verified(&known(), &[PUBLIC], 301), Err(Refused::Stale));
        assert_eq!(verified(&known(), &[&other], 301), Err(Refused::Wrong));
        let body = RawRequest { body: b"[]".to_vec(), ..known() };
        let time = signed(&(SENT_AT + 1).to_string(), b"{}", format!("{SENT_AT}|{{}}").as_bytes());
        let word = signed("now", b"{}", b"now|{}");
        for changed in [body, time, word, RawRequest::default()] {
            assert_eq!(verified(&changed, &[PUBLIC], 0), Err(Refused::Wrong));
        }
        for signature in ["", "####", "AAAA", &BASE64_STANDARD.encode([0; 64])] {
            let mut request = known();
            signature.clone_into(&mut request.headers[0].1);
            assert_eq!(verified(&request, &[PUBLIC], 0), Err(Refused::Wrong), "{signature}");
        }
    }

    #[test]
    fn a_key_that_cannot_work_is_refused_with_what_to_write() {
        assert!(key(PUBLIC).is_ok());
        let weak = BASE64_STANDARD.encode([0; 32]);
        for text in ["", "KEY0123456789", "å", &PUBLIC[..40], weak.as_str()] {
            let error = key(text).unwrap_err();
            assert!(error.contains("write the public key"), "{error}");
            assert!(text.is_empty() || !error.contains(text), "{error}");
        }
    }
}
