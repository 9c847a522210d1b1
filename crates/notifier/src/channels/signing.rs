//! The signature of Standard Webhooks: HMAC-SHA256 over id, time and body. The time is that of the try, for a receiver refuses
//! what is old; id and body never change.
//!
//! Described in <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>, read 2026-11.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretSlice};
use sha2::Sha256;
use uuid::Uuid;

const PREFIX: &str = "whsec_";
/// In bytes.
const LENGTH: std::ops::RangeInclusive<usize> = 24..=64;

/// A key that both sides know.
#[derive(Debug, Clone)]
pub struct SigningKey(SecretSlice<u8>);

impl SigningKey {
    /// `whsec_` and base64.
    ///
    /// # Errors
    /// What is wrong with it, and what to write; never the key.
    pub fn read(text: &str) -> Result<Self, String> {
        let how = "write whsec_ and the base64 of 24 to 64 random bytes, for example what \"echo whsec_$(openssl rand -base64 32)\" prints";
        let coded = text.trim().strip_prefix(PREFIX);
        let coded = coded.ok_or_else(|| format!("this is no signing secret; {how}"))?;
        let key = STANDARD
            .decode(coded)
            .map_err(|_| format!("what follows whsec_ is not base64; {how}"))?;
        if !LENGTH.contains(&key.len()) {
            return Err(format!("this signing secret has the wrong length; {how}"));
        }
        Ok(Self(key.into()))
    }

    fn sign(&self, parts: &[&[u8]]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose_secret())
            .expect("HMAC takes a key of any length");
        for part in parts {
            mac.update(part);
        }
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// The header `webhook-signature`: one signature for each key.
pub(super) fn signatures(keys: &[SigningKey], id: Uuid, at: DateTime<Utc>, body: &[u8]) -> String {
    let (id, at) = (id.to_string(), at.timestamp().to_string());
    let signed = [id.as_bytes(), b".", at.as_bytes(), b".", body];
    keys.iter().map(|key| key.sign(&signed)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's reference libraries.
    #[test]
    fn a_signature_is_what_the_specification_says() {
        let key = SigningKey::read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let parts: [&[u8]; 3] =
            [b"msg_p5jXN8AQM9LWM0D4loKWxJek", b".1614265330.", b"{\"test\": 2432232314}"];
        assert_eq!(key.sign(&parts), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert!(!format!("{key:?}").contains("MfKQ"), "{key:?}");
    }

    #[test]
    fn two_keys_make_two_signatures() {
        let key = |text| SigningKey::read(text).unwrap();
        let keys = [
            key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            key("whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGQ=="),
        ];
        let (id, at) = (Uuid::nil(), DateTime::UNIX_EPOCH);
        let both = signatures(&keys, id, at, b"{}");
        let each = keys.iter().map(|k| signatures(std::slice::from_ref(k), id, at, b"{}"));
        assert_eq!(both, each.collect::<Vec<_>>().join(" "));
        assert_eq!(both.matches("v1,").count(), 2);
    }

    #[test]
    fn a_secret_that_is_none_is_refused_without_being_told() {
        for text in ["", "hemlig", "whsec_", "whsec_AAAA", "whsec_å", "whpk_AAAA"] {
            let error = SigningKey::read(text).unwrap_err();
            assert!(error.contains("openssl rand") && !error.contains("hemlig"), "{text}: {error}");
        }
        let long = format!("whsec_{}", STANDARD.encode([7; 65]));
        assert!(SigningKey::read(&long).unwrap_err().contains("wrong length"));
    }
}
