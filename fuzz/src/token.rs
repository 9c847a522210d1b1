//! JSON Web Tokens and Standard Webhooks, signed as their senders sign: so that what comes after a right signature is reached.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use webhook_receiver::request::RawRequest;
use webhook_receiver::source::Source;

/// A token with these claims, whatever they are.
pub fn claiming(claims: &[u8], source: &Source) -> String {
    let header = BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256"}"#);
    signed(&format!("{header}.{}", BASE64_URL_SAFE_NO_PAD.encode(claims)), source)
}

/// With a signature in place of what stands behind the last dot.
pub fn signed_again(token: &str, source: &Source) -> Option<String> {
    Some(signed(token.rsplit_once('.')?.0, source))
}

fn signed(token: &str, source: &Source) -> String {
    let secret = source.exposed_secrets().next().unwrap_or_default();
    let signature = BASE64_URL_SAFE_NO_PAD.encode(mac(secret.as_bytes(), &[token.as_bytes()]));
    format!("{token}.{signature}")
}

/// The value of `webhook-signature` for what the request has besides.
pub fn standard_webhook(request: &RawRequest, source: &Source) -> Option<String> {
    let secret = source.exposed_secrets().find_map(|secret| secret.strip_prefix("whsec_"))?;
    let key = BASE64_STANDARD.decode(secret).ok()?;
    let said = |name| request.find_header(name).map(str::as_bytes);
    let parts = [said("webhook-id")?, b".", said("webhook-timestamp")?, b".", &request.body];
    Some(format!("v1,{}", BASE64_STANDARD.encode(mac(&key, &parts))))
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().to_vec()
}
