//! The keyed hash by which a caller is found again, so that numbers can be encrypted and erased (R34).

use crate::StoreError;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A secret of this installation. Printed, it shows nothing.
#[derive(Clone, Default)]
pub(crate) struct LookupKey([u8; 32]);

impl LookupKey {
    pub(crate) fn random() -> Result<Self, StoreError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key)?;
        Ok(Self(key))
    }

    pub(crate) fn from_hex(text: &str) -> Option<Self> {
        let mut key = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (byte, pair) in key.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(key))
    }

    pub(crate) fn to_hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().map(Self).ok()
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The hash of a party's key.
    pub(crate) fn of(&self, text: &str) -> Vec<u8> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }
}

impl std::fmt::Debug for LookupKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LookupKey(…)")
    }
}
