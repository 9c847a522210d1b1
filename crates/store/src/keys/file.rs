//! A key as it lies in its file: one line with the id, the secret, and a sum of both, so that a file that was cut or
//! changed is known for that.

use super::{Cipher, ID};
use crate::StoreError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::KeyInit;
use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const MARK: &str = "aterkom-key-1";
const SECRET: usize = 32;
const SUM: usize = 16;

/// One key. Printed, it shows its id only.
#[derive(Clone)]
pub struct Key {
    pub(super) id: [u8; ID],
    pub(super) cipher: Cipher,
}

/// Why a file is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("it holds no key; a key file has a line that begins with {MARK}:")]
    NoKey,
    #[error("it is cut short or was changed: its sum is wrong")]
    Damaged,
}

impl Key {
    /// The text of a new key, to be written to a file.
    ///
    /// # Errors
    /// [`StoreError::Random`].
    pub fn make() -> Result<Zeroizing<String>, StoreError> {
        let mut secret = Zeroizing::new([0; SECRET]);
        getrandom::fill(&mut *secret)?;
        let id = hex(&id(&secret));
        let key = Zeroizing::new(STANDARD.encode(*secret));
        let sum = sum(&id, &key);
        Ok(Zeroizing::new(format!("{MARK}:{id}:{}:{sum}\n", *key)))
    }

    /// From the text of its file. Lines that begin with # are for people.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn read(text: &str) -> Result<Self, Fault> {
        let mut lines =
            text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
        let line = lines.next().ok_or(Fault::NoKey)?;
        let rest = line.strip_prefix(MARK).and_then(|rest| rest.strip_prefix(':'));
        let rest = rest.ok_or(Fault::NoKey)?;
        let [said, key, said_sum] = rest.split(':').collect::<Vec<_>>()[..] else {
            return Err(Fault::Damaged);
        };
        if lines.next().is_some() || sum(said, key) != said_sum {
            return Err(Fault::Damaged);
        }
        let secret = Zeroizing::new(STANDARD.decode(key).map_err(|_| Fault::Damaged)?);
        let secret: &[u8; SECRET] = secret.as_slice().try_into().map_err(|_| Fault::Damaged)?;
        let id = id(secret);
        if hex(&id) != said {
            return Err(Fault::Damaged);
        }
        let fields: Zeroizing<[u8; SECRET]> = Zeroizing::new(derived(secret, b"aterkom fields 1"));
        Ok(Self { id, cipher: Cipher::new(&(*fields).into()) })
    }

    /// What it is known by; made from the key, so that no two have the same.
    pub fn id(&self) -> String {
        hex(&self.id)
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.id())
    }
}

fn id(secret: &[u8; SECRET]) -> [u8; ID] {
    derived(secret, b"aterkom key id 1")
}

fn derived<const N: usize>(secret: &[u8; SECRET], what_for: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    let derived = Hkdf::<Sha256>::new(None, secret).expand(what_for, &mut out);
    derived.expect("HKDF gives up to 8,160 bytes");
    out
}

fn sum(id: &str, key: &str) -> String {
    let digest = Sha256::digest(format!("{MARK}:{id}:{key}"));
    hex(&digest)[..SUM].to_owned()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_that_is_cut_anywhere_is_refused() {
        let text = Key::make().unwrap();
        let key = Key::read(&format!("# for people\n\n{}", *text)).unwrap();
        assert!(text.contains(&key.id()) && format!("{key:?}").contains(&key.id()));
        let whole = text.trim_end();
        for n in 0..whole.len() {
            assert!(Key::read(&whole[..n]).is_err(), "{n}");
        }
    }

    #[test]
    fn a_key_file_with_one_wrong_sign_is_refused() {
        let text = Key::make().unwrap();
        for n in 0..text.trim_end().len() {
            let mut wrong = text.as_bytes().to_vec();
            wrong[n] = if wrong[n] == b'A' { b'B' } else { b'A' };
            if wrong != text.as_bytes() {
                assert!(Key::read(&String::from_utf8(wrong).unwrap()).is_err(), "{n}");
            }
        }
        assert_eq!(Key::read("hunter2").unwrap_err(), Fault::NoKey);
        assert_eq!(Key::read(&format!("{}{}", *text, *text)).unwrap_err(), Fault::Damaged);
    }
}
