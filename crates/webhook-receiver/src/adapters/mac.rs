//! HMAC over the bytes that a vendor signs: SHA-256, SHA-1 where the vendor is old, in hexadecimal.
//!
//! HMAC is RFC 2104; test vectors of RFC 4231 and RFC 2202.

use super::Refused;
use crate::source::Source;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Shortest signing key taken: long enough to keep a slip out, not a measure of strength.
const SHORTEST: usize = 8;

/// Whether a secret can be a signing key that somebody copied from a vendor's page, which `place` names.
pub(super) fn check(secret: &str, place: &str) -> Result<(), String> {
    if secret.len() < SHORTEST || secret.trim() != secret || secret.chars().any(char::is_control) {
        return Err(format!(
            "this cannot be a signing secret; write {place}, at least {SHORTEST} characters, without spaces around it"
        ));
    }
    Ok(())
}

/// HMAC-SHA256 over the parts, one after the other.
pub(super) fn sha256(key: impl AsRef<[u8]>, parts: &[&[u8]]) -> Vec<u8> {
    signed(Hmac::<Sha256>::new_from_slice(key.as_ref()).expect("any length is a key"), parts)
}

/// HMAC-SHA1 over the parts, one after the other.
pub(super) fn sha1(key: impl AsRef<[u8]>, parts: &[&[u8]]) -> Vec<u8> {
    signed(Hmac::<Sha1>::new_from_slice(key.as_ref()).expect("any length is a key"), parts)
}

fn signed<M: Mac>(mut mac: M, parts: &[&[u8]]) -> Vec<u8> {
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

/// The secret of the source with which the signature in hexadecimal was made, if there is one.
///
/// Every secret is tried, so that the time does not tell which one was right.
pub(super) fn secret_that_signed<'a>(
    source: &'a Source,
    signature: &str,
    sign: impl Fn(&str) -> Vec<u8>,
) -> Result<&'a str, Refused> {
    let signature = from_hex(signature).ok_or(Refused::Wrong)?;
    let secrets = source.exposed_secrets();
    let right = secrets.fold(None, |right, secret| {
        let same: bool = sign(secret).ct_eq(&signature).into();
        if same { Some(secret) } else { right }
    });
    right.ok_or(Refused::Wrong)
}

/// Hexadecimal in lower case.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes out of hexadecimal in either case; `None` for anything else.
fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| (pair[0] << 4) | pair[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::source_for_tests;

    #[test]
    fn published_vectors_come_out() {
        let data: &[&[u8]] = &[b"what do ya want ", b"for nothing?"];
        assert_eq!(
            hex(&sha256("Jefe", data)),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(hex(&sha1("Jefe", data)), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    }

    #[test]
    fn either_of_two_secrets_signs_and_nothing_else_does() {
        let source = source_for_tests("native", &["secret-of-today", "secret-of-yesterday"]);
        let sign = |secret: &str| sha256(secret, &[b"body"]);
        let made = |secret: &str| hex(&sign(secret));
        for secret in ["secret-of-today", "secret-of-yesterday"] {
            assert_eq!(secret_that_signed(&source, &made(secret), sign), Ok(secret));
            let upper = made(secret).to_uppercase();
            assert_eq!(secret_that_signed(&source, &upper, sign), Ok(secret));
        }
        let right = made("secret-of-today");
        for wrong in
            [&made("secret-of-tomorrow"), "", "00", "0", "xx", "å", &right[1..], &right[2..]]
        {
            assert_eq!(secret_that_signed(&source, wrong, sign), Err(Refused::Wrong), "{wrong}");
        }
    }

    #[test]
    fn a_secret_that_cannot_be_one_is_refused_without_being_repeated() {
        for secret in ["", "short", " with-space-around ", "line\nfeed"] {
            let error = check(secret, "the secret token of the app").unwrap_err();
            assert!(secret.is_empty() || !error.contains(secret), "{error}");
            assert!(error.contains("write the secret token of the app"), "{error}");
        }
        assert_eq!(check("a phrase with spaces", "it"), Ok(()));
    }
}
