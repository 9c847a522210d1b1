//! JSON Web Tokens signed by HMAC-SHA256 (HS256), and no others: RFC 7519, RFC 7515, RFC 7518 3.2.

use super::{Refused, mac};
use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use subtle::{Choice, ConstantTimeEq};

/// The RFC leaves the `=` at the end away, some libraries do not.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What a token claims.
pub(super) type Claims = Map<String, Value>;

/// `alg` twice is refused, as RFC 7515, 4, allows: two readers might take two different ones for it.
#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(flatten)]
    more: Map<String, Value>,
}

/// What a token claims, if it was signed with one of the secrets. Whether it is recent is for the caller to see.
///
/// A token that names another way of signing (`none`, RS256) is refused whatever its signature: the key must not be
/// used in a way that the sender chose.
pub(super) fn verify<'a>(
    token: &str,
    secrets: impl Iterator<Item = &'a str>,
) -> Result<Claims, Refused> {
    let (signed, signature) = token.rsplit_once('.').ok_or(Refused::Wrong)?;
    let header: Header =
        decoded(signed.split('.').next().unwrap_or_default()).ok_or(Refused::Wrong)?;
    // What is critical must be understood, and we understand nothing more.
    if header.alg != "HS256" || header.more.contains_key("crit") {
        return Err(Refused::Wrong);
    }
    let sent = BASE64URL.decode(signature).map_err(|_| Refused::Wrong)?;
    // Every secret is tried, so that the time does not tell which one was right.
    let right = secrets.fold(Choice::from(0), |right, secret| {
        right | mac::sha256(secret, &[signed.as_bytes()]).ct_eq(&sent)
    });
    if right.into() { claims(token).ok_or(Refused::Wrong) } else { Err(Refused::Wrong) }
}

/// What a token claims, signed by whomever; `None` for what is no token.
pub(super) fn claims(token: &str) -> Option<Claims> {
    let parts: Vec<&str> = token.split('.').collect();
    match parts.as_slice() {
        [_, claims, _] => decoded(claims),
        _ => None,
    }
}

fn decoded<T: DeserializeOwned>(coded: &str) -> Option<T> {
    serde_json::from_slice(&BASE64URL.decode(coded).ok()?).ok()
}

/// Headers that none of these tokens may have, however well it is signed.
#[cfg(test)]
pub(super) const WAYS_OF_SIGNING: [&str; 21] = [
    r#"{"alg":"none"}"#,
    r#"{"alg":"None"}"#,
    r#"{"alg":"NONE"}"#,
    r#"{"alg":""}"#,
    r#"{"alg":"hs256"}"#,
    r#"{"alg":"HS512"}"#,
    r#"{"alg":"RS256"}"#,
    r#"{"alg":" HS256"}"#,
    r#"{"alg":["HS256"]}"#,
    r#"{"alg":null}"#,
    r#"{"alg":"none","alg":"HS256"}"#,
    r#"{"alg":"HS256","alg":"none"}"#,
    r#"{"alg":"HS256","\u0061lg":"HS256"}"#,
    r#"{"ALG":"HS256"}"#,
    r#"{"alg":"HS256","crit":["exp"]}"#,
    r#"{"alg":"HS256","crit":null}"#,
    r#"{"typ":"JWT"}"#,
    r#"["HS256"]"#,
    r#""HS256""#,
    "[]",
    "",
];

#[cfg(test)]
mod tests {
    use super::*;

    const SECRETS: [&str; 2] = ["secret-of-today", "secret-of-yesterday"];

    fn signed(header: &str, claims: &str, secret: &str) -> String {
        let signed = format!("{}.{}", BASE64URL.encode(header), BASE64URL.encode(claims));
        let signature = mac::sha256(secret, &[signed.as_bytes()]);
        format!("{signed}.{}", BASE64URL.encode(signature).trim_end_matches('='))
    }

    fn verified(token: &str) -> bool {
        verify(token, SECRETS.into_iter()).is_ok()
    }

    // RFC 7515, appendix A.1; its key is no text, so it is signed here with one that is.
    #[test]
    fn a_token_is_signed_with_either_secret_and_no_other() {
        let header = "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}";
        for (secret, right) in
            [(SECRETS[0], true), (SECRETS[1], true), ("secret-of-tomorrow", false), ("", false)]
        {
            assert_eq!(verified(&signed(header, r#"{"iss":"joe"}"#, secret)), right, "{secret}");
        }
        let token = signed(header, r#"{"iss":"joe","iat":1}"#, SECRETS[0]);
        let claims = verify(&token, SECRETS.into_iter()).unwrap();
        assert_eq!(claims["iss"], "joe");
        // The example of jwt.io, which everybody has.
        let known = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";
        assert!(verify(known, ["your-256-bit-secret"].into_iter()).is_ok());
        assert_eq!(verify(known, ["your-256-bit-secreT"].into_iter()), Err(Refused::Wrong));
    }

    #[test]
    fn any_other_way_of_signing_is_refused() {
        for header in WAYS_OF_SIGNING {
            assert!(!verified(&signed(header, "{}", SECRETS[0])), "{header}");
        }
        let unsigned = signed(r#"{"alg":"none"}"#, "{}", SECRETS[0]);
        let (unsigned, _) = unsigned.rsplit_once('.').unwrap();
        assert!(!verified(&format!("{unsigned}.")));
    }

    #[test]
    fn what_is_no_token_is_refused_and_so_is_one_that_was_changed() {
        let token = signed(r#"{"alg":"HS256"}"#, r#"{"iat":1}"#, SECRETS[0]);
        assert!(verified(&token));
        for at in 0..token.len() {
            assert!(!verified(&token[..at]), "{at}");
        }
        let [header, claims, signature] =
            <[&str; 3]>::try_from(token.split('.').collect::<Vec<_>>()).unwrap();
        for wrong in [
            format!("{header}.{}.{signature}", BASE64URL.encode(r#"{"iat":2}"#)),
            format!("{header}.{claims}.{claims}.{signature}"),
            format!("{header}..{signature}"),
            signed(r#"{"alg":"HS256"}"#, "no JSON", SECRETS[0]),
            "...".to_owned(),
            String::new(),
        ] {
            assert!(!verified(&wrong), "{wrong}");
        }
    }
}
