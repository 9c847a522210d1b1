//! Nonsense in every field of every form, and behind every address: an answer in words, never a fault, never a way elsewhere. The
//! forms are those of the table of routes, so that a new one cannot be forgotten.

use super::matrix::{fields, routes};
use super::*;
use aterkom_tests::{Visitor, on_both};

const ADMIN: &str = "it@exempelby.example";
/// What pages are asked with behind the `?`.
const ASKED: [&str; 13] = [
    "after",
    "unit",
    "month",
    "show",
    "did",
    "n",
    "q",
    "since",
    "text",
    "day",
    "reason",
    "back",
    "reference",
];

fn nonsense() -> Vec<String> {
    let long = "å".repeat(60_000);
    let texts = [
        "",
        " ",
        "<b>x</b>",
        "\u{0}\u{7}",
        "-1",
        "99999999999999999999",
        "'; drop table callbacks --",
        "\r\nlocation: https://elsewhere.example",
        "//elsewhere.example",
        "https://elsewhere.example",
        "{}",
        "%00%ff",
        "\u{202e}\u{fffd}",
        &long,
    ];
    texts.map(str::to_owned).to_vec()
}

/// It says something, in words, and leads nowhere but here.
fn assert_calm(answer: &Answer, of: &str) {
    assert!(answer.status < 500, "{of}: {} {}", answer.status, answer.body);
    let away = answer.location.starts_with("//") || answer.location.contains("elsewhere");
    assert!(
        !away && (answer.location.is_empty() || answer.location.starts_with('/')),
        "{of}: to {}",
        answer.location
    );
    assert!(
        !answer.headers.contains_key("x-elsewhere") && !answer.body.contains("<b>x</b>"),
        "{of}: {}",
        answer.body
    );
    let in_words = answer.status < 400 || answer.body.contains("<h1");
    assert!(in_words, "{of}: {} {}", answer.status, answer.body);
}

on_both! {
    async fn every_form_takes_nonsense_calmly(world at "2026-11-17 10:00") {
        world.with_administrator(ADMIN).await;
        world.post("voicemail", call("1", LISA, ASA)).await;
        let callback = world.only_open().await;
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let mut per = Visitor::signed_in(world, TO_PER).await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        crate::sources::made(&mut admin, "ny").await;
        world.forget_mails();
        let nonsense = nonsense();
        let mut forms = 0;
        for (method, path) in routes() {
            let id = callback.id.to_string();
            let (asked, version) = (path.replace("{name}", "ny").replace("{token}", "x").replace("{id}", &id), callback.version.to_string());
            let who = match path {
                path if path.starts_with("/admin") => &mut admin,
                path if path.starts_with("/follow-up") || path.starts_with("/away") => &mut per,
                _ => &mut asa,
            };
            // A file is no page.
            if path.starts_with("/static") {
                continue;
            }
            if method == "GET" {
                for name in ASKED {
                    for text in nonsense.iter().filter(|text| text.len() < 1_000) {
                        let encoded: String = text.bytes().map(|b| format!("%{b:02X}")).collect();
                        let answer = who.get(&format!("{asked}?{name}={encoded}")).await;
                        assert_calm(&answer, &format!("{asked} with {name}={text:?}"));
                    }
                }
                continue;
            }
            // These sign out whoever asks.
            if path.starts_with("/sign-out") {
                continue;
            }
            forms += 1;
            let right = fields(path, &version);
            for (changed, _) in &right {
                for text in &nonsense {
                    let sent: Vec<(&str, &str)> = right
                        .iter()
                        .map(|(name, value)| (*name, if name == changed { text.as_str() } else { value.as_str() }))
                        .collect();
                    let answer = who.post(&asked, &sent).await;
                    let of = format!("{asked} with {} bytes in {changed}: {:?}", text.len(), text.chars().take(20).collect::<String>());
                    assert_calm(&answer, &of);
                }
            }
            assert_calm(&who.post(&asked, &[]).await, &format!("{asked} without fields"));
            let twice: Vec<(&str, &str)> = right.iter().flat_map(|(name, value)| [(*name, value.as_str()); 2]).collect();
            assert_calm(&who.post(&asked, &twice).await, &format!("{asked} with every field twice"));
            who.from_site = "cross-site";
            let sent: Vec<(&str, &str)> = right.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(who.post(&asked, &sent).await.status, 403, "{asked} from another site");
            who.from_site = "same-origin";
        }
        assert!(forms > 25, "{forms} forms were tried");
        world.work().await;
        world.forget_mails();
    }

    async fn an_address_that_is_no_text_leads_to_a_page_that_says_so(world at "2026-11-17 10:00") {
        world.with_administrator(ADMIN).await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let named = routes().into_iter().filter(|(_, path)| path.contains('{'));
        for (method, path) in named {
            let asked = ["{name}", "{token}", "{id}"].iter().fold(path.to_owned(), |asked, part| asked.replace(part, "%FF"));
            let form = fields(path, "1");
            let sent: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = if method == "GET" { admin.get(&asked).await } else { admin.post(&asked, &sent).await };
            assert!(answer.status == 404 && answer.body.contains("<h1"), "{method} {asked}: {} {}", answer.status, answer.body);
        }
        world.forget_mails();
    }

    // What was open over night: whoever presses a button is asked to sign in, and nothing is done.
    async fn no_form_is_taken_after_the_session(world at "2026-11-17 10:00") {
        world.post("voicemail", call("1", LISA, ASA)).await;
        let callback = world.only_open().await;
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let before = asa.clone();
        asa.post("/sign-out/everywhere", &[]).await;
        let mut late = before;
        for (method, path) in routes() {
            let outside = ["/sign-in", "/sign-out", "/language"].iter().any(|outside| path.starts_with(outside));
            if method == "GET" || outside {
                continue;
            }
            let asked = path.replace("{name}", "vaxeln").replace("{id}", &callback.id.to_string());
            let form = fields(path, &callback.version.to_string());
            let sent: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = late.post(&asked, &sent).await;
            assert_eq!((answer.status, answer.location.as_str()), (303, "/sign-in"), "{asked}");
        }
        assert_eq!(world.only_open().await.version, callback.version, "nothing was done");
        world.forget_mails();
    }
}
