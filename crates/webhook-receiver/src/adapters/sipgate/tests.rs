//! The signature that sipgate published, keys that cannot be one, and what the vendor is answered. What a post means is
//! tested beside [`push`].

use super::*;
use crate::adapters::source_for_tests;

/// From the manual: what an administrator copies is checked here.
const MANUAL: &str = include_str!("../../../../../docs/pbx/sipgate.md");
/// Of sipgateio-node, lib/webhook/webhook.test.node.ts.
const BODY: &str = "callId=&direction=in&event=newCall&from=4912354678&fullUserId%5B%5D%5B0%5D=123456789&originalCallId=&to=49999999&user%5B%5D%5B0%5D=TestUser&userId%5B%5D%5B0%5D=123456789&xcid=";
const SIGNATURE: &str = "hlY7r9Vad0NP/7xJxf+vcDqjWaGWHOcIrj+rcP5aqQQcHtbSLsElp2kRNRPBL5unWbq6bExVPZB49HHM+Y/fWSVL19q7KSJhYPHfikcME0r0mCYB4S/VnJwnIvpiqz6s7Dpnk3wDCy65B3WQLwBVWA9oh6ojNM/g+87YnoMTKRx1KoFqosKNfBp1c1I8XjXusGOW/VlGnMb6wHhUVdwi9K7FfUgxj2pnV+M1Xv9rYs6RAi4V1OcUPqdT5geHsxWa09sk+AEHSUm1EFnAvx7PhIkugpNwST7yPKHf0+iyei4qUQCBZtfQVOI4mLZTRfQuyVo3YuJfvHaNPYY34/1ZCZGCKeu+HS6WHs1vGUyKxSi8v4JJqog2VOlWruf8pMGg+syuAFwuxiCnWsSXgaaUfe9JrBAFjBxUmNP9DzR1bbkwxkJnthacu7jALXjGsubjSSSl955QgenV/ZpODHgWDPg0fe6qGILtk+kXLjyfSsoR/qgzE5W5OAyZq8W64h01KAt9Q283N7/2nogy6keiIWL3qjPolWnrchSP7iJUatM2YiTcpkNKnJ70UE05cdw3swuNe7zqD51MdOX3rAioEOFgOIFMSrxMVX+V4XK7sa5o43smN8lHoa+0AogQMuIrC7k2axdRbulSSNfyqVAZIT4qS0cItiv3aPXsdDKkkA0=";

fn published_key() -> String {
    let (_, rest) = MANUAL.split_once("-----BEGIN PUBLIC KEY-----").unwrap();
    let (key, _) = rest.split_once("-----END PUBLIC KEY-----").unwrap();
    format!("-----BEGIN PUBLIC KEY-----{key}-----END PUBLIC KEY-----")
}

fn posted(body: &str, signature: &str) -> RawRequest {
    RawRequest {
        headers: Vec::from([("x-sipgate-signature".to_owned(), signature.to_owned())]),
        body: body.as_bytes().to_vec(),
        ..RawRequest::default()
    }
}

fn verified(request: &RawRequest, keys: &[&str]) -> Result<(), Refused> {
    Sipgate.verify(request, &source_for_tests("sipgate", keys), DateTime::UNIX_EPOCH)
}

#[test]
fn the_published_signature_is_right_with_the_key_of_the_manual() {
    let key = published_key();
    assert_eq!(Sipgate.check_secret(&key), Ok(()));
    let bare: String = key.lines().filter(|line| !line.starts_with("--")).collect();
    for keys in [[key.as_str(), "no key"], ["no key", bare.as_str()]] {
        assert_eq!(verified(&posted(BODY, SIGNATURE), &keys), Ok(()));
    }
    assert_eq!(verified(&posted(BODY, SIGNATURE), &["no key"]), Err(Refused::Wrong));
}

#[test]
fn a_changed_body_and_a_changed_signature_are_wrong() {
    let key = published_key();
    for wrong in ["", "=", "AAAA", &SIGNATURE[4..], &SIGNATURE[..680], "????"] {
        assert_eq!(verified(&posted(BODY, wrong), &[&key]), Err(Refused::Wrong), "{wrong}");
    }
    let changed = BODY.replace("direction=in", "direction=out");
    assert_eq!(verified(&posted(&changed, SIGNATURE), &[&key]), Err(Refused::Wrong));
    assert_eq!(verified(&RawRequest::default(), &[&key]), Err(Refused::Wrong));
}

#[test]
fn a_token_beside_the_key_must_be_in_the_address_too() {
    let key = published_key();
    let sent = |rest: &str, secrets: &[&str]| {
        let rest = rest.to_owned();
        verified(&RawRequest { rest, ..posted(BODY, SIGNATURE) }, secrets)
    };
    let secrets = [key.as_str(), "token-of-today", "token-of-yesterday"];
    assert!(secrets.iter().all(|secret| Sipgate.check_secret(secret).is_ok()));
    assert_eq!(sent("token-of-today", &secrets), Ok(()));
    assert_eq!(sent("token-of-yesterday", &secrets), Ok(()));
    for wrong in ["", "token-of-tomorrow"] {
        assert_eq!(sent(wrong, &secrets), Err(Refused::Wrong), "{wrong}");
    }
    assert_eq!(
        sent("token-of-today", &secrets[1..]),
        Err(Refused::Wrong),
        "a token proves nothing alone"
    );
    assert_eq!(sent("whatever", &secrets[..1]), Ok(()));
}

#[test]
fn what_is_no_public_rsa_key_is_refused_with_what_to_write() {
    let key = published_key();
    let ed25519 = "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    let cut: String = key.lines().take(9).collect::<Vec<_>>().join("\n");
    let private = key.replace("PUBLIC KEY", "PRIVATE KEY");
    for wrong in ["", "no key", "AAAA", ed25519, cut.as_str(), private.as_str()] {
        let error = Sipgate.check_secret(wrong).unwrap_err();
        assert!(error.contains("write sipgate's public key"), "{error}");
    }
}

#[test]
fn the_answer_asks_for_the_rest_of_the_call_at_the_same_address() {
    let url = "https://aterkom.kommun.example/hooks/sipgate?a=1&b=\"<x>".to_owned();
    let reply = Sipgate.reply(&RawRequest { url, ..RawRequest::default() });
    assert_eq!((reply.status, reply.content_type), (200, "application/xml"));
    let asked = "https://aterkom.kommun.example/hooks/sipgate?a=1&amp;b=&quot;&lt;x&gt;";
    let answer = format!("<Response onAnswer=\"{asked}\" onHangup=\"{asked}\"/>");
    assert_eq!(reply.body.lines().nth(1), Some(answer.as_str()));
}

proptest::proptest! {
    #[test]
    fn any_key_and_any_signature_are_refused_without_panic(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..80),
        cut in 0_usize..735,
    ) {
        use base64::Engine;
        let coded = base64::prelude::BASE64_STANDARD.encode(&bytes);
        let key: String = published_key().lines().filter(|l| !l.starts_with("--")).collect();
        let der = base64::prelude::BASE64_STANDARD.decode(&key).unwrap();
        let mut mangled = der[..cut.min(der.len())].to_vec();
        mangled.extend(&bytes);
        let mangled = base64::prelude::BASE64_STANDARD.encode(mangled);
        for key in [coded.as_str(), mangled.as_str()] {
            let _ = Sipgate.check_secret(key);
            let _ = verified(&posted(BODY, &coded), &[key]);
        }
    }
}
