//! Keys of an installation, and what they are for: numbers, names, texts, requests and mails lie encrypted (R34).
//!
//! XChaCha20-Poly1305 with random nonces; the key's id in front, the place and the row's id as associated data, so that
//! nothing opens where it was not written.

mod file;

pub use file::{Fault, Key};

use crate::StoreError;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use std::sync::Arc;
use uuid::Uuid;

const ID: usize = 8;
const NONCE: usize = 24;

/// The keys that there are: the first encrypts, the others only open what was written before. None: everything is in clear.
#[derive(Debug, Clone, Default)]
pub struct Keys(Arc<[Key]>);

impl Keys {
    /// In this order.
    pub fn new(keys: Vec<Key>) -> Self {
        Self(keys.into())
    }

    /// The id of the one that encrypts.
    pub fn first(&self) -> Option<String> {
        self.0.first().map(Key::id)
    }

    /// Whether this one is there.
    pub(crate) fn holds(&self, id: &str) -> bool {
        self.0.iter().any(|key| key.id() == id)
    }

    /// Encrypts for this place in this row; none without a key.
    pub(crate) fn seal(
        &self,
        place: &'static str,
        row: Uuid,
        clear: &[u8],
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(key) = self.0.first() else { return Ok(None) };
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce)?;
        let aad = aad(place, row);
        let payload = Payload { msg: clear, aad: &aad };
        let sealed = key.cipher.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| StoreError::Unsealable { table: place })?;
        Ok(Some([&key.id[..], &nonce[..], &sealed[..]].concat()))
    }

    /// Opens it again.
    pub(crate) fn unseal(
        &self,
        place: &'static str,
        row: Uuid,
        sealed: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let damaged = || StoreError::Unsealable { table: place };
        let (id, rest) = sealed.split_at_checked(ID).ok_or_else(damaged)?;
        let (nonce, sealed) = rest.split_at_checked(NONCE).ok_or_else(damaged)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| damaged())?;
        let key = self.0.iter().find(|key| key.id == id);
        let key = key.ok_or_else(|| StoreError::KeyIsMissing { id: file::hex(id) })?;
        let aad = aad(place, row);
        let payload = Payload { msg: sealed, aad: &aad };
        key.cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| damaged())
    }
}

fn aad(place: &str, row: Uuid) -> Vec<u8> {
    [place.as_bytes(), b" ", row.as_bytes()].concat()
}

/// What [`Key`] holds of a key file.
type Cipher = XChaCha20Poly1305;

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        Key::read(&Key::make().unwrap()).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_and_nowhere_else() {
        let (first, other) = (key(), key());
        let row = Uuid::from_u128(7);
        let sealed =
            Keys::new(vec![first.clone()]).seal("texts.body", row, b"Lisa").unwrap().unwrap();
        assert!(!sealed.windows(4).any(|w| w == b"Lisa"));
        let both = Keys::new(vec![other.clone(), first]);
        assert_eq!(both.unseal("texts.body", row, &sealed).unwrap(), b"Lisa");
        assert!(both.unseal("callers.name", row, &sealed).is_err());
        assert!(both.unseal("texts.body", Uuid::from_u128(8), &sealed).is_err());
        let missing = Keys::new(vec![other]).unseal("texts.body", row, &sealed);
        assert!(matches!(missing, Err(StoreError::KeyIsMissing { .. })), "{missing:?}");
    }

    #[test]
    fn what_was_changed_or_cut_is_an_error_and_never_a_text() {
        let (keys, row) = (Keys::new(vec![key()]), Uuid::from_u128(7));
        let sealed = keys.seal("texts.body", row, b"0701740605").unwrap().unwrap();
        for n in 0..sealed.len() {
            assert!(keys.unseal("texts.body", row, &sealed[..n]).is_err(), "{n}");
            let mut wrong = sealed.clone();
            wrong[n] ^= 1;
            assert!(keys.unseal("texts.body", row, &wrong).is_err(), "{n}");
        }
    }
}
