//! The examples of the RFC, and every way of signing too little.

use super::*;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::{Signer, SigningKey};

/// When the examples of RFC 9421, B.2, were signed.
const CREATED: i64 = 1_618_884_473;
/// RFC 9421, B.1.5, and B.1.4 (`x` of its JWK, in the usual base64).
const SHARED: &str = "whsec_uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";
const PUBLIC: &str = "whpk_JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=";
const ENOUGH: &str = r#"("@method" "@target-uri" "content-type" "content-digest")"#;

/// The request of RFC 9421, B.2.
fn request(headers: &[(&str, &str)]) -> RawRequest {
    let fixed = [
        ("host", "example.com"),
        ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("content-type", "application/json"),
        (
            "content-digest",
            "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
        ),
        ("content-length", "18"),
    ];
    let headers = fixed.iter().chain(headers);
    RawRequest {
        method: "POST".to_owned(),
        url: "https://example.com/foo?param=Value&Pet=dog".to_owned(),
        headers: headers.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        body: br#"{"hello": "world"}"#.to_vec(),
        ..RawRequest::default()
    }
}

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap()
}

fn pair() -> (SigningKey, Key) {
    let pair = SigningKey::from_bytes(&[7; 32]);
    let key = Key::Public(pair.verifying_key());
    (pair, key)
}

/// The request with a signature of ours over `covered`.
fn sign(mut request: RawRequest, covered: &str, parameters: &str) -> RawRequest {
    let input = format!("s={covered}{parameters}");
    request.headers.push((INPUT.to_owned(), input));
    request.headers.push(("signature".to_owned(), "s=:AA==:".to_owned()));
    let base = signed(&request).first().and_then(|signed| signed.base(&request));
    let signature = pair().0.sign(base.unwrap_or_default().as_bytes()).to_bytes();
    let written = format!("s=:{}:", BASE64_STANDARD.encode(signature));
    request.headers.last_mut().unwrap().1 = written;
    request
}

fn verified(request: &RawRequest, now: i64) -> Result<(), Refused> {
    verify(request, &[Key::read(SHARED).unwrap(), pair().1], at(now))
}

fn created(at: i64) -> String {
    format!(";created={at};keyid=\"k\"")
}

/// RFC 9421, B.2.5 and B.2.6; they do not cover the body, so only the signature itself is looked at.
#[test]
fn the_signatures_of_the_rfc_are_right() {
    for (input, signature, secret) in [
        (
            r#"sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret""#,
            "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:",
            SHARED,
        ),
        (
            r#"sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519""#,
            "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
            PUBLIC,
        ),
    ] {
        let mut request = request(&[(INPUT, input), ("signature", signature)]);
        let is_right = |request: &RawRequest| {
            signed(request)[0].is_right(request, &[Key::read(secret).unwrap()])
        };
        assert!(is_right(&request), "{input}");
        assert!(is_of_body(&request));
        let keys = [Key::read(secret).unwrap()];
        assert_eq!(verify(&request, &keys, at(CREATED)), Err(Refused::Wrong), "covers too little");
        request.headers[1].1.push('x');
        assert!(!is_right(&request), "{input}");
    }
}

#[test]
fn a_signature_over_method_address_and_body_is_right_for_five_minutes() {
    let signed = sign(request(&[]), ENOUGH, &created(CREATED));
    for (now, expected) in [
        (CREATED, Ok(())),
        (CREATED + 300, Ok(())),
        (CREATED - 300, Ok(())),
        (CREATED + 301, Err(Refused::Stale)),
        (CREATED - 301, Err(Refused::Stale)),
    ] {
        assert_eq!(verified(&signed, now), expected, "{now}");
    }
    let expires = format!("{};expires={}", created(CREATED), CREATED + 10);
    let signed = sign(request(&[]), ENOUGH, &expires);
    assert_eq!(verified(&signed, CREATED + 10), Ok(()));
    assert_eq!(verified(&signed, CREATED + 11), Err(Refused::Stale));
    // One that does not say when it was made could be used for ever.
    assert_eq!(verified(&sign(request(&[]), ENOUGH, ""), CREATED), Err(Refused::Stale));
}

#[test]
fn what_is_covered_cannot_be_changed() {
    let signed = sign(request(&[]), ENOUGH, &created(CREATED));
    let mut changed: Vec<RawRequest> = (0..4).map(|_| signed.clone()).collect();
    changed[0].method = "PUT".to_owned();
    changed[1].url.push('x');
    changed[2].body.push(b' ');
    changed[3].headers[2].1 = "text/plain".to_owned();
    for request in &changed {
        assert_eq!(verified(request, CREATED), Err(Refused::Wrong));
    }
    // A second header of the same name is part of what was signed.
    let mut more = signed.clone();
    more.headers.push(("content-type".to_owned(), "text/plain".to_owned()));
    assert_eq!(verified(&more, CREATED), Err(Refused::Wrong));
}

#[test]
fn a_signature_over_too_little_is_wrong() {
    for covered in [
        "()",
        r#"("@method" "@target-uri" "content-type")"#,
        r#"("@target-uri" "content-digest")"#,
        r#"("@method" "@authority" "@query" "content-digest")"#,
        // Covered twice, not there, of a kind that is not read.
        r#"("@method" "@method" "@path" "content-digest")"#,
        r#"("@method" "@path" "content-digest" "x-none")"#,
        r#"("@method" "@path" "content-digest" "@status")"#,
        r#"("@method" "@path" "content-digest";req)"#,
        r#"("@method" "@path" "content-digest" "content-type";bs)"#,
        r#"(@method "@path" "content-digest")"#,
    ] {
        let signed = sign(request(&[]), covered, &created(CREATED));
        assert_eq!(verified(&signed, CREATED), Err(Refused::Wrong), "{covered}");
    }
    for covered in [
        r#"("@method" "@path" "@query" "@authority" "@scheme" "content-digest")"#,
        r#"("content-digest"   "@request-target"  "@method" )"#,
    ] {
        let signed = sign(request(&[]), covered, &created(CREATED));
        assert_eq!(verified(&signed, CREATED), Ok(()), "{covered}");
    }
}

#[test]
fn the_digest_must_be_the_bodys() {
    let right = BASE64_STANDARD.encode(Sha256::digest(request(&[]).body));
    let other = BASE64_STANDARD.encode(Sha256::digest("something else"));
    for (digest, expected) in [
        (format!("sha-256=:{right}:"), Ok(())),
        (format!("md5=:AA==:, sha-256=:{right}:"), Ok(())),
        (format!("sha-256=:{other}:"), Err(Refused::Wrong)),
        (format!("sha-512=:{other}:, sha-256=:{right}:"), Err(Refused::Wrong)),
        (format!("sha-256={right}"), Err(Refused::Wrong)),
        ("md5=:AA==:".to_owned(), Err(Refused::Wrong)),
        (String::new(), Err(Refused::Wrong)),
    ] {
        let mut request = request(&[]);
        request.headers[3].1.clone_from(&digest);
        let signed = sign(request, ENOUGH, &created(CREATED));
        assert_eq!(verified(&signed, CREATED), expected, "{digest}");
    }
}

#[test]
fn the_algorithm_is_the_keys_and_not_the_requests() {
    for (algorithm, expected) in [
        ("ed25519", Ok(())),
        ("hmac-sha256", Err(Refused::Wrong)),
        ("rsa-v1_5-sha256", Err(Refused::Wrong)),
        ("none", Err(Refused::Wrong)),
    ] {
        let parameters = format!("{};alg=\"{algorithm}\"", created(CREATED));
        let signed = sign(request(&[]), ENOUGH, &parameters);
        assert_eq!(verified(&signed, CREATED), expected, "{algorithm}");
    }
}

#[test]
fn one_right_signature_among_others_suffices() {
    let mut signed = sign(request(&[]), ENOUGH, &created(CREATED));
    let last = signed.headers.len() - 1;
    signed.headers[last - 1].1.insert_str(0, r#"proxy=("@method");created=1, "#);
    signed.headers[last].1.insert_str(0, "proxy=:AAAA:, ");
    assert_eq!(verified(&signed, CREATED), Ok(()));
    assert_eq!(verify(&signed, &[Key::read(PUBLIC).unwrap()], at(CREATED)), Err(Refused::Wrong));
    signed.headers.remove(last);
    assert_eq!(verified(&signed, CREATED), Err(Refused::Wrong));
}
