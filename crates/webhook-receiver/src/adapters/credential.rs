//! A secret that the PBX sends as it is: Basic user and password, a Bearer token, or a token in the path.
//!
//! Compared in constant time. Basic is RFC 7617, Bearer RFC 6750.

use super::Refused;
use crate::request::RawRequest;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

/// Shortest token or password taken: long enough to keep a slip out, not a measure of strength.
const SHORTEST: usize = 8;

/// Whether a secret has one of the two forms: `user:password`, or a token without a colon.
pub(super) fn check(secret: &str) -> Result<(), String> {
    let Some((user, password)) = secret.split_once(':') else { return check_token(secret) };
    if user.is_empty() || password.len() < SHORTEST || secret.chars().any(char::is_control) {
        return Err(format!(
            "this user and password cannot be used; write user:password, the password at least {SHORTEST} characters long"
        ));
    }
    Ok(())
}

/// Whether a token can stand in a header and in a path alike, so that both ways of sending it work.
pub(super) fn check_token(token: &str) -> Result<(), String> {
    let safe = token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b));
    if token.len() < SHORTEST || !safe {
        return Err(format!(
            "this token cannot be used; write at least {SHORTEST} letters, digits, - . _ or ~, for example what \"openssl rand -hex 24\" prints"
        ));
    }
    Ok(())
}

/// Whether the request carries one of the secrets.
///
/// An `Authorization` header that was sent must be right; only without one does the path count.
pub(super) fn verify<'a>(
    request: &RawRequest,
    secrets: impl Iterator<Item = &'a str>,
) -> Result<(), Refused> {
    let last = request.rest.rsplit('/').find(|segment| !segment.is_empty());
    sent(request, last, secrets)
}

/// The same, for a PBX that posts to several addresses: the token comes first, and the rest of the path is theirs.
pub(super) fn verify_first_in_path<'a>(
    request: &RawRequest,
    secrets: impl Iterator<Item = &'a str>,
) -> Result<(), Refused> {
    let first = request.rest.split('/').find(|segment| !segment.is_empty());
    sent(request, first, secrets)
}

/// The same, for a PBX that sends the token in a place of its own.
pub(super) fn verify_token<'a>(
    token: &str,
    secrets: impl Iterator<Item = &'a str>,
) -> Result<(), Refused> {
    is_one_of(&Sent::Token(token.into()), secrets)
}

fn sent<'a>(
    request: &RawRequest,
    in_path: Option<&str>,
    secrets: impl Iterator<Item = &'a str>,
) -> Result<(), Refused> {
    is_one_of(&Sent::of(request, in_path).ok_or(Refused::Wrong)?, secrets)
}

fn is_one_of<'a>(sent: &Sent, secrets: impl Iterator<Item = &'a str>) -> Result<(), Refused> {
    // Every secret is looked at, so that the time tells neither which one was right nor how far a wrong one came.
    let right = secrets.fold(Choice::from(0), |right, secret| right | sent.equals(secret));
    if right.into() { Ok(()) } else { Err(Refused::Wrong) }
}

/// What a request proves itself with.
enum Sent {
    UserPassword(Vec<u8>),
    Token(Vec<u8>),
}

impl Sent {
    fn of(request: &RawRequest, in_path: Option<&str>) -> Option<Self> {
        let Some(header) = request.find_header("authorization") else {
            return in_path.map(|token| Self::Token(token.into()));
        };
        let (scheme, value) = header.trim().split_once(' ')?;
        let value = value.trim();
        match scheme.to_ascii_lowercase().as_str() {
            "basic" => BASE64_STANDARD.decode(value).ok().map(Self::UserPassword),
            "bearer" => Some(Self::Token(value.into())),
            _ => None,
        }
    }

    /// Hashes are compared, so that the lengths do not show either.
    fn equals(&self, secret: &str) -> Choice {
        let (sent, of_this_form) = match self {
            Self::UserPassword(sent) => (sent, secret.contains(':')),
            Self::Token(sent) => (sent, !secret.contains(':')),
        };
        Sha256::digest(sent).ct_eq(&Sha256::digest(secret)) & Choice::from(u8::from(of_this_form))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRETS: [&str; 3] =
        ["pbx1:Blomkål & ärter", "3f9aB7-token_of.today~", "token-of-yesterday"];

    fn sent(authorization: Option<&str>, rest: &str) -> Result<(), Refused> {
        let headers = authorization.map(|value| ("authorization".to_owned(), value.to_owned()));
        let request = RawRequest {
            headers: headers.into_iter().collect(),
            rest: rest.to_owned(),
            ..RawRequest::default()
        };
        verify(&request, SECRETS.into_iter())
    }

    fn basic(text: &str) -> String {
        format!("Basic {}", BASE64_STANDARD.encode(text))
    }

    #[test]
    fn every_live_secret_opens_in_the_way_it_is_written_for() {
        assert_eq!(sent(Some(&basic("pbx1:Blomkål & ärter")), ""), Ok(()));
        assert_eq!(sent(Some("Bearer 3f9aB7-token_of.today~"), ""), Ok(()));
        assert_eq!(sent(Some("bearer  token-of-yesterday "), ""), Ok(()));
        assert_eq!(sent(None, "token-of-yesterday"), Ok(()));
        assert_eq!(sent(None, "some/where/3f9aB7-token_of.today~/"), Ok(()));
    }

    #[test]
    fn where_the_path_goes_on_the_token_is_its_first_part() {
        let verify = |rest: &str| {
            let request = RawRequest { rest: rest.to_owned(), ..RawRequest::default() };
            verify_first_in_path(&request, SECRETS.into_iter())
        };
        assert_eq!(verify("token-of-yesterday/hangup"), Ok(()));
        assert_eq!(verify("/token-of-yesterday"), Ok(()));
        for wrong in ["hangup/token-of-yesterday", "token-of-yesterdax/hangup", "", "//"] {
            assert_eq!(verify(wrong), Err(Refused::Wrong), "{wrong}");
        }
    }

    #[test]
    fn a_wrong_header_is_not_mended_by_a_right_path() {
        for header in [
            "Bearer wrong",
            "Bearer",
            "",
            "Digest token-of-yesterday",
            "token-of-yesterday",
            "Basic ###",
        ] {
            assert_eq!(sent(Some(header), "token-of-yesterday"), Err(Refused::Wrong), "{header}");
        }
    }

    #[test]
    fn a_secret_opens_only_in_its_own_way() {
        assert_eq!(sent(Some("Bearer pbx1:Blomkål & ärter"), ""), Err(Refused::Wrong));
        assert_eq!(sent(Some(&basic("token-of-yesterday")), ""), Err(Refused::Wrong));
        assert_eq!(sent(None, "pbx1:Blomkål & ärter"), Err(Refused::Wrong));
    }

    #[test]
    fn nothing_and_almost_are_wrong() {
        for rest in [
            "",
            "/",
            "token-of-yesterda",
            "token-of-yesterdayy",
            "Token-of-yesterday",
            "token-of-yesterday/x",
        ] {
            assert_eq!(sent(None, rest), Err(Refused::Wrong), "{rest}");
        }
        assert_eq!(
            verify(&RawRequest { rest: "x".to_owned(), ..RawRequest::default() }, [].into_iter()),
            Err(Refused::Wrong)
        );
    }

    #[test]
    fn a_secret_that_cannot_work_is_refused_without_being_repeated() {
        for secret in [
            "",
            "short",
            "with space in it",
            "with/slash/in/it",
            ":password-only",
            "user:short",
            "pbx1:pass\nword1",
        ] {
            let error = check(secret).unwrap_err();
            assert!(secret.is_empty() || !error.contains(secret), "{error}");
            assert!(error.contains("write"), "{error}");
        }
        for secret in SECRETS {
            assert_eq!(check(secret), Ok(()));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_header_is_refused_without_panic(header in "\\PC*", rest in "\\PC*") {
            let _ = sent(Some(&header), &rest);
            let _ = check(&header);
        }
    }
}
