//! `X-Sipgate-Signature`: RSA (PKCS #1 v1.5) with SHA-256 over the body, checked with the vendor's public key.

use crate::adapters::Refused;
use crate::request::RawRequest;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

const HEADER: &str = "x-sipgate-signature";
/// What stands before an RSA key in a "PUBLIC KEY" (RFC 5280): the algorithm's name, 1.2.840.113549.1.1.1, and no parameters.
const RSA: [u8; 15] =
    [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 0x03;
const INTEGER: u8 = 0x02;
/// A key of 2048 bits.
const FEWEST_BYTES: usize = 256;

/// Whether one of the keys made the signature. A public key is no secret, so nothing need be hidden by constant time.
pub(super) fn verify<'a>(
    request: &RawRequest,
    keys: impl Iterator<Item = &'a str>,
) -> Result<(), Refused> {
    let sent =
        BASE64_STANDARD.decode(request.header(HEADER)?.trim()).map_err(|_| Refused::Wrong)?;
    let mut keys = keys.filter_map(|pem| key(pem).ok());
    let made_by = |key: Vec<u8>| {
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(&request.body, &sent)
    };
    if keys.any(|key| made_by(key).is_ok()) { Ok(()) } else { Err(Refused::Wrong) }
}

/// The key in the form that it is checked with, out of its PEM text (with or without its first and last line).
///
/// # Errors
/// What is wrong with it, and what to write instead.
pub(super) fn key(pem: &str) -> Result<Vec<u8>, String> {
    let how = "write sipgate's public key as docs/pbx/sipgate.md has it, with its lines BEGIN PUBLIC KEY and END PUBLIC KEY";
    if pem.contains("PRIVATE KEY") {
        return Err(format!("this is a private key, which nobody but sipgate should have; {how}"));
    }
    let lines = pem.lines().map(str::trim).filter(|line| !line.starts_with("-----"));
    let der = BASE64_STANDARD.decode(lines.collect::<String>());
    let der = der.map_err(|_| format!("this is no public key; {how}"))?;
    rsa_key(&der).ok_or_else(|| format!("this is no public RSA key of at least 2048 bits; {how}"))
}

/// `SubjectPublicKeyInfo` → the `RSAPublicKey` inside it.
fn rsa_key(der: &[u8]) -> Option<Vec<u8>> {
    let (info, rest) = element(SEQUENCE, der)?;
    let (bits, more) = element(BIT_STRING, info.strip_prefix(&RSA)?)?;
    let key = bits.strip_prefix(&[0])?;
    let (numbers, after) = element(SEQUENCE, key)?;
    let (modulus, _) = element(INTEGER, numbers)?;
    let whole = rest.is_empty() && more.is_empty() && after.is_empty();
    (whole && modulus.len() >= FEWEST_BYTES).then(|| key.to_vec())
}

/// The content of the DER element that the bytes begin with, and what follows it.
fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (first, rest) = der.strip_prefix(&[tag])?.split_first()?;
    let (length, rest) = match usize::from(*first) {
        length @ 0..=127 => (length, rest),
        long => {
            let (digits, rest) = rest.split_at_checked(long - 128).filter(|(d, _)| d.len() <= 3)?;
            (digits.iter().fold(0, |length, digit| (length << 8) | usize::from(*digit)), rest)
        }
    };
    rest.split_at_checked(length)
}
