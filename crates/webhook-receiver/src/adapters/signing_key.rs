//! A key that a sender's signatures are checked with, as Standard Webhooks writes it: `whsec_…`, shared by both sides, or
//! `whpk_…`, the public half of an Ed25519 pair.
//!
//! Described in <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>, read 2026-11;
//! Ed25519 is RFC 8032.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use ed25519_dalek::{Signature, VerifyingKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What a shared secret begins with.
pub(super) const SHARED: &str = "whsec_";
/// What a public key begins with.
pub(super) const PUBLIC: &str = "whpk_";
/// What the private half begins with; it stays with the sender.
pub(super) const PRIVATE: &str = "whsk_";
/// The specification asks for 24 to 64 random bytes; longer ones do no harm.
const SHORTEST: usize = 24;
/// Some tools leave the `=` at the end away.
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A key of a source. Its kind decides the algorithm: what a request says of it is never believed.
pub(super) enum Key {
    /// HMAC-SHA256.
    Shared(Vec<u8>),
    /// Ed25519.
    Public(VerifyingKey),
}

impl Key {
    /// The key behind a configured secret.
    ///
    /// # Errors
    /// What is wrong with it; never the secret.
    pub(super) fn read(secret: &str) -> Result<Self, String> {
        if secret.starts_with(PRIVATE) {
            return Err("this is a private key, which only the sender may have; write its public half, which begins with whpk_".to_owned());
        }
        match secret.strip_prefix(PUBLIC) {
            Some(coded) => public(coded).map(Self::Public),
            None => shared(secret).map(Self::Shared),
        }
    }

    /// Whether a signature of `signed` was made with this key, or with its private half.
    pub(super) fn has_signed(&self, signed: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Shared(key) => {
                let mut mac =
                    Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
                mac.update(signed);
                mac.verify_slice(signature).is_ok()
            }
            // Strict: a signature has one form only, and a key that many signatures fit is no key.
            Self::Public(key) => Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(signed, &signature).is_ok()),
        }
    }
}

fn shared(secret: &str) -> Result<Vec<u8>, String> {
    let how = "write whsec_ and the base64 of at least 24 random bytes, for example what \"echo whsec_$(openssl rand -base64 32)\" prints";
    let coded =
        secret.strip_prefix(SHARED).ok_or_else(|| format!("this is no signing secret; {how}"))?;
    let key =
        BASE64.decode(coded).map_err(|_| format!("what follows whsec_ is not base64; {how}"))?;
    if key.len() < SHORTEST {
        return Err(format!("this signing secret is too short; {how}"));
    }
    Ok(key)
}

fn public(coded: &str) -> Result<VerifyingKey, String> {
    let how =
        "write whpk_ and the base64 of the sender's Ed25519 public key, which is 32 bytes long";
    let bytes =
        BASE64.decode(coded).map_err(|_| format!("what follows whpk_ is not base64; {how}"))?;
    let bytes = <[u8; 32]>::try_from(bytes)
        .map_err(|_| format!("this public key has the wrong length; {how}"))?;
    let key = VerifyingKey::from_bytes(&bytes).ok().filter(|key| !key.is_weak());
    key.ok_or_else(|| format!("this is no Ed25519 public key; {how}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
        (0..text.len()).step_by(2).map(digit).collect()
    }

    /// RFC 8032, 7.1, tests 1 to 3, and RFC 4231, 4.4 (whose key is 25 bytes long).
    #[test]
    fn the_published_signatures_are_right_and_a_changed_byte_is_wrong() {
        for (key, signed, signature) in [
            (
                "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            ),
            (
                "whpk_PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            ),
            (
                "whpk_/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU=",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
            ),
            (
                "whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGQ==",
                &"cd".repeat(50),
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
            ),
        ] {
            let (key, mut signed, mut signature) =
                (Key::read(key).unwrap(), hex(signed), hex(signature));
            assert!(key.has_signed(&signed, &signature));
            assert!(!key.has_signed(&signed, &signature[1..]));
            signature[7] ^= 1;
            assert!(!key.has_signed(&signed, &signature));
            signature[7] ^= 1;
            signed.push(0);
            assert!(!key.has_signed(&signed, &signature));
        }
    }

    #[test]
    fn a_secret_is_read_with_and_without_padding_and_otherwise_refused_with_advice() {
        for secret in [
            "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        ] {
            assert!(matches!(Key::read(secret), Ok(Key::Shared(key)) if key == vec![0; 32]));
        }
        for secret in ["", "whsec_", "whsec_AAAA", "whsec_å"] {
            let error = Key::read(secret).err().unwrap();
            assert!(error.contains("openssl rand") && !error.contains("AAAA"), "{error}");
        }
    }

    #[test]
    fn a_public_key_that_cannot_be_one_is_refused_with_advice() {
        for secret in [
            "whpk_",
            "whpk_AAAA",
            "whpk_å",
            // The neutral element, for which anybody can sign.
            "whpk_AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            // No point of the curve.
            "whpk_AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "whsk_nWGxne/9WmC6hEr0kuwsxERJxXN7MmkZcDusAxyuf2A=",
        ] {
            let error = Key::read(secret).err().unwrap();
            assert!(error.contains("whpk_") && !error.contains("AAAA"), "{error}");
        }
    }
}
