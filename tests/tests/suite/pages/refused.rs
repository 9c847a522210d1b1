//! What pages refuse, and how they say so.

use super::*;
use aterkom_tests::{Visitor, on_both};

on_both! {
    async fn two_at_once_are_told_who_did_what(world at "2026-11-17 10:00") {
        world.post("missed", call("1", LISA, GROUP)).await;
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let mut john = Visitor::signed_in(world, TO_JOHN).await;
        let (path, version) = first(&asa.get("/mine").await);
        let fields = [("version", version.as_str()), ("disposition", "reached")];
        assert_eq!(john.post(&format!("{path}/resolve"), &fields).await.status, 303);
        // The same button twice, or the same end by two: nothing more happens, and nobody is bothered.
        assert_eq!(john.post(&format!("{path}/resolve"), &fields).await.status, 303);
        assert_eq!(asa.post(&format!("{path}/resolve"), &fields).await.status, 303);
        let other = [("version", version.as_str()), ("disposition", "emailed")];
        for (act, fields) in [("resolve", other.as_slice()), ("attempt", &other[..1]), ("undo", &other[..1])] {
            let stale = asa.post(&format!("{path}/{act}"), fields).await;
            assert_eq!(stale.status, 409, "{act}");
            assert!(stale.body.contains("Någon hann före"), "{}", stale.body);
            assert!(stale.body.contains("John Hill avslutade: nådd"), "{}", stale.body);
        }
        let (_, version) = first(&asa.get(&path).await);
        assert_eq!(asa.post(&format!("{path}/undo"), &[("version", &version)]).await.status, 303);
        world.forget_mails();
    }

    // R26: that a list told of it is no news to whoever has the page open.
    async fn a_page_from_before_the_managers_list_still_does(world at "2026-11-16 10:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.forget_mails();
        world.advance_to("2026-11-19 08:20").await;
        world.forget_mails();
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let (path, version) = first(&asa.get("/mine").await);
        world.advance_to("2026-11-19 08:40").await;
        let story = asa.get(&path).await.body;
        assert!(story.contains("närmaste chef"), "it was listed: {story}");
        let tried = asa.post(&format!("{path}/attempt"), &[("version", &version)]).await;
        assert_eq!(tried.status, 303, "{}", tried.body);
        let again = asa.post(&format!("{path}/resolve"), &[("version", &version), ("disposition", "reached")]).await;
        assert_eq!(again.status, 409, "now the page is out of date: {}", again.body);
        world.forget_mails();
    }

    // R36
    async fn what_is_somebody_elses_does_not_exist(world at "2026-11-17 10:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        let id = world.only_open().await.id;
        let mut amir = Visitor::signed_in(world, TO_AMIR).await;
        let nothing = uuid(&id.to_string());
        for id in [id.to_string(), nothing, "1".to_owned(), "%3Cscript%3E".to_owned()] {
            assert_eq!(amir.get(&format!("/callbacks/{id}")).await.status, 404, "{id}");
            for act in ["attempt", "resolve", "undo"] {
                let fields = [("version", "1"), ("disposition", "reached")];
                assert_eq!(amir.post(&format!("/callbacks/{id}/{act}"), &fields).await.status, 404, "{id}/{act}");
            }
        }
        assert!(world.only_open().await.attempts.is_empty());
        world.forget_mails();
    }

    async fn a_form_of_another_site_does_nothing(world at "2026-11-17 10:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let (path, version) = first(&asa.get("/mine").await);
        for site in ["cross-site", "same-site"] {
            asa.from_site = site;
            let answer = asa.post(&format!("{path}/attempt"), &[("version", &version)]).await;
            assert_eq!(answer.status, 403);
            assert!(answer.body.contains("från en annan webbplats"), "{}", answer.body);
        }
        assert!(world.only_open().await.attempts.is_empty());
        world.forget_mails();
    }

    async fn every_field_takes_nonsense_calmly(world at "2026-11-17 10:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let (path, version) = first(&asa.get("/mine").await);
        let long = "x".repeat(100_000);
        let nonsense = ["", " ", "<b>", "\u{0}\u{7}", "-1", "99999999999999999999", "'; drop table callbacks", &long];
        for text in nonsense {
            for (act, field) in [("attempt", "version"), ("resolve", "disposition"), ("resolve", "version"), ("attempt", "back"), ("undo", "version")] {
                let fields: Vec<(&str, &str)> = [("version", version.as_str()), ("disposition", "reached"), ("back", "mine")]
                    .into_iter()
                    .map(|(name, value)| (name, if name == field { text } else { value }))
                    .collect();
                let answer = asa.post(&format!("{path}/{act}"), &fields).await;
                assert!([409, 422].contains(&answer.status), "{act} {field} {}: {}", text.len(), answer.status);
                assert!(!answer.body.contains("<b></"), "{}", answer.body);
            }
            for field in ["from", "to", "substitute"] {
                let fields: Vec<(&str, &str)> = [("from", "2026-11-20"), ("to", "2026-11-20"), ("substitute", "")]
                    .into_iter()
                    .map(|(name, value)| (name, if name == field { text } else { value }))
                    .collect();
                let answer = asa.post("/away", &fields).await;
                if !(field == "substitute" && text.is_empty()) {
                    assert_eq!(answer.status, 422, "{field} {}", text.len());
                } else {
                    let id = value(&asa.get("/away").await, "action=\"/away/").to_owned();
                    asa.post(&format!("/away/{id}"), &[]).await;
                }
            }
            for path in ["/mine?after=", "/unit?after="] {
                let encoded: String = text.bytes().take(200).map(|b| format!("%{b:02X}")).collect();
                assert_eq!(asa.get(&format!("{path}{encoded}")).await.status, 404, "{path}");
            }
        }
        assert!(world.only_open().await.attempts.is_empty());
        world.forget_mails();
    }

    async fn what_a_pbx_calls_somebody_is_text_and_nothing_else(world at "2026-11-17 10:00") {
        let mut named = call("1", LISA, ASA);
        named["from_name"] = "<script>alert(1)</script>\"'&".into();
        named["caller_name"] = "<script>alert(1)</script>\"'&".into();
        world.post("missed", named).await;
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let page = asa.get("/mine").await;
        let scripts: Vec<&str> = page.body.split("<script").skip(1).collect();
        assert!(scripts.len() == 1 && scripts[0].starts_with(" src=\"/static/aterkom-"), "{}", page.body);
        for (name, value) in [
            ("content-security-policy", "default-src 'none'; style-src 'self'; script-src 'self';"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
        ] {
            let header = page.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
            assert!(header.contains(value), "{name}: {header}");
        }
        let style = value(&page, "rel=\"stylesheet\" href=\"").to_owned();
        let style = asa.get(&style).await;
        assert_eq!(style.status, 200);
        assert_eq!(style.headers["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(asa.get("/static/aterkom-0.css").await.status, 404);
        assert_eq!(asa.get("/static/..%2f..%2fetc%2fpasswd").await.status, 404);
        world.forget_mails();
    }
}

/// An id that nothing has.
fn uuid(like: &str) -> String {
    let (head, tail) = like.split_at(like.len() - 4);
    format!("{head}{}", if tail == "0000" { "0001" } else { "0000" })
}
