//! JSON Web Tokens signed with HS256, the one algorithm that vendors share a secret for.
//!
//! RFC 7515 and RFC 7519; the vector of the tests is RFC 7515's A.1. Any other algorithm is refused, `none` first of all.

use super::{Refused, mac};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use subtle::{Choice, ConstantTimeEq};

/// What a token says.
pub(super) type Claims = Map<String, Value>;

/// The claims of a token that was signed with one of the secrets. Times in it are the caller's to look at.
pub(super) fn verify<'a>(
    token: &str,
    secrets: impl Iterator<Item = &'a str>,
) -> Result<Claims, Refused> {
    let (signed, signature) = token.rsplit_once('.').ok_or(Refused::Wrong)?;
    let (header, claims) = signed.split_once('.').ok_or(Refused::Wrong)?;
    let algorithm = object(header).ok_or(Refused::Wrong)?;
    if algorithm.get("alg").and_then(Value::as_str) != Some("HS256") {
        return Err(Refused::Wrong);
    }
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).map_err(|_| Refused::Wrong)?;
    // Every secret is tried, so that the time does not tell which one was right.
    let right = secrets.fold(Choice::from(0), |right, secret| {
        right | mac::sha256(secret, &[signed.as_bytes()]).ct_eq(&signature)
    });
    if right.into() { object(claims).ok_or(Refused::Wrong) } else { Err(Refused::Wrong) }
}

/// What a token says that was verified when it came; `None` for what is no token.
pub(super) fn claims(token: &str) -> Option<Claims> {
    object(token.split('.').nth(1)?)
}

fn object(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SECRET: &str = "a-secret-of-the-webhook";

    fn token(header: &Value, claims: &str, secret: &str) -> String {
        let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
        let signed = format!("{}.{}", part(&header.to_string()), part(claims));
        let signature = mac::sha256(secret, &[signed.as_bytes()]);
        format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
    }

    fn verified(token: &str) -> Result<Claims, Refused> {
        verify(token, ["an-older-secret", SECRET].into_iter())
    }

    /// Its key is no text, so it is verified by hand.
    #[test]
    fn the_published_vector_comes_out() {
        let published = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\
            eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
            dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
        let key = BASE64_URL_SAFE_NO_PAD.decode(key).unwrap();
        let (signed, signature) = published.rsplit_once('.').unwrap();
        let made = mac::sha256(key, &[signed.as_bytes()]);
        assert_eq!(BASE64_URL_SAFE_NO_PAD.encode(made), signature);
        assert_eq!(claims(published).unwrap()["iss"], "joe");
        assert_eq!(verified(published), Err(Refused::Wrong));
    }

    #[test]
    fn either_of_two_secrets_opens_it() {
        for secret in [SECRET, "an-older-secret"] {
            let token = token(&json!({"alg": "HS256", "typ": "JWT"}), "{\"a\":1}", secret);
            assert_eq!(verified(&token).unwrap()["a"], 1);
        }
        let other = token(&json!({"alg": "HS256"}), "{}", "another-secret");
        assert_eq!(verified(&other), Err(Refused::Wrong));
    }

    #[test]
    fn every_other_algorithm_is_refused_however_it_is_signed() {
        for alg in ["none", "None", "HS384", "HS512", "RS256", "ES256", "hs256", ""] {
            let signed = token(&json!({"alg": alg}), "{}", SECRET);
            assert_eq!(verified(&signed), Err(Refused::Wrong), "{alg}");
            let unsigned = format!("{}.", signed.rsplit_once('.').unwrap().0);
            assert_eq!(verified(&unsigned), Err(Refused::Wrong), "{alg}");
        }
        for header in [json!({}), json!({"alg": ["HS256"]}), json!("HS256"), json!(null)] {
            assert_eq!(verified(&token(&header, "{}", SECRET)), Err(Refused::Wrong), "{header}");
        }
    }

    #[test]
    fn what_is_changed_or_is_no_token_is_refused() {
        let good = token(&json!({"alg": "HS256"}), "{\"a\":1}", SECRET);
        for at in 0..good.len() {
            let mut bytes = good.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'Z' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert_eq!(verified(&changed), Err(Refused::Wrong), "byte {at}");
            assert_eq!(verified(&good[..at]), Err(Refused::Wrong), "{at} bytes");
        }
        let list = token(&json!({"alg": "HS256"}), "[1]", SECRET);
        let more = format!("{good}.x");
        for wrong in ["", ".", "..", "...", "a.b.c", "å.å.å", &list, &more, &format!("{good}=")]
        {
            assert_eq!(verified(wrong), Err(Refused::Wrong), "{wrong}");
            let _ = claims(wrong);
        }
    }
}
