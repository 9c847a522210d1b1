//! What goes over the wire says what it should, and nothing in a name can become more than a name.

use super::bodies::{self, Shown};
use super::texts::{Lines, Reader};
use super::{Destination, SigningKey, Way, shown, sms};
use crate::callers::{Callers, MailDetail};
use crate::render::ShownBy;
use crate::samples;
use crate::texts::Texts;
use domain::channel::Channel;
use domain::directory::{Directory, Language};
use domain::number::E164;
use secrecy::SecretString;
use serde_json::{Value, json};
use workalendar::WorkCalendar;

const LANGUAGES: [Language; 2] = [Language::Swedish, Language::English];
const URL: &str = "https://aterkom.kommun.example";
const NASTY: &str =
    "<!channel> <https://evil.example|ok> & **bold** [x](https://evil.example) \"}]";

fn by(calendar: &WorkCalendar) -> ShownBy<'_> {
    ShownBy { calendar, public_url: URL }
}

fn url() -> SecretString {
    SecretString::from("https://hooks.example/secret-token".to_owned())
}

fn ways() -> Vec<Way> {
    let keys = Vec::from([SigningKey::read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap()]);
    let password = SecretString::from("secret-password".to_owned());
    let to = E164::from_canonical("+46701740605").unwrap();
    let (url_of_elks, sender) = ("https://api.46elks.com/a1/sms".to_owned(), "Aterkom".to_owned());
    Vec::from([
        Way::Standard { url: url(), keys },
        Way::Teams { url: url() },
        Way::Slack { url: url() },
        Way::Elks { url: url_of_elks, username: "u".to_owned(), password, sender, to },
    ])
}

fn destination(way: Way, language: Language, detail: MailDetail) -> Destination {
    let told = Channel {
        name: "c".to_owned(),
        events: Vec::new(),
        notices: Vec::new(),
        units: Vec::new(),
    };
    Destination { told, language, detail, way }
}

#[test]
fn the_programs_own_texts_say_something_in_every_state() {
    let (texts, calendar) = (Texts::embedded().unwrap(), WorkCalendar::sweden());
    for language in LANGUAGES {
        for detail in [MailDetail::None, MailDetail::Number, MailDetail::Full] {
            for way in ways() {
                let destination = destination(way, language, detail);
                texts.try_out_for(&destination, &calendar, URL).unwrap();
            }
        }
    }
}

// R29
#[test]
fn a_text_that_shows_more_than_a_channel_may_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("sv")).unwrap();
    let text = "Nytt\n{% for row in rows %}{{ row.number }}{% endfor %}\n";
    std::fs::write(folder.path().join("sv/notice.txt"), text).unwrap();
    let texts = Texts::load(Some(folder.path()), MailDetail::Full).unwrap();
    let calendar = WorkCalendar::sweden();
    let teams = |detail| destination(Way::Teams { url: url() }, Language::Swedish, detail);
    texts.try_out_for(&teams(MailDetail::Number), &calendar, URL).unwrap();
    let error = texts.try_out_for(&teams(MailDetail::None), &calendar, URL).unwrap_err();
    assert!(error.to_string().contains("sv/notice.txt:2"), "{error}");
}

#[test]
fn nothing_in_a_text_becomes_markup() {
    let lines = Lines { heading: NASTY.to_owned(), body: Vec::from([NASTY.to_owned()]) };
    let slack: Value = serde_json::from_slice(&bodies::slack(&lines, "https://a", "Open")).unwrap();
    assert_eq!(slack["blocks"][0]["text"]["type"], "plain_text");
    assert_eq!(slack["blocks"][0]["text"]["text"], NASTY);
    assert_eq!(slack["blocks"][1]["text"]["type"], "plain_text");
    assert_eq!(slack["blocks"][2]["text"], json!({ "type": "mrkdwn", "text": "<https://a|Open>" }));
    let text = slack["text"].as_str().unwrap();
    assert!(!text.contains('<') && text.contains("&lt;!channel&gt;"), "{text}");
    let teams: Value = serde_json::from_slice(&bodies::teams(&lines, "https://a", "Open")).unwrap();
    let card = &teams["attachments"][0]["content"];
    let runs: Vec<&Value> =
        card["body"].as_array().unwrap().iter().map(|block| &block["inlines"][0]).collect();
    assert_eq!(runs.len(), 2);
    for run in runs {
        // A text run is not read as markup, as a text block would be.
        assert_eq!((&run["type"], &run["text"]), (&json!("TextRun"), &json!(NASTY)));
    }
    assert_eq!(card["actions"][0]["url"], "https://a");
}

#[test]
fn an_sms_is_one_message_and_in_letters_that_every_telephone_has() {
    let (texts, calendar) = (Texts::embedded().unwrap(), WorkCalendar::sweden());
    let units =
        Vec::from(["Miljö- och samhällsbyggnadsförvaltningen".to_owned(), "Park".to_owned()]);
    let callers = &Callers::default();
    for language in LANGUAGES {
        for notice in samples::notices(&calendar) {
            for units in [&units[..], &units[..1], &units[1..], &[]] {
                let shown = shown::notice(&notice, units, language, by(&calendar));
                let reader = Reader { language, detail: MailDetail::None, callers };
                let lines = texts.lines("sms", &shown, reader).unwrap();
                assert!(lines.body.is_empty(), "{lines:?}");
                let text = sms::fit(&lines.heading);
                assert!(sms::places(&text) <= 160 && !text.contains('?'), "{text}");
                assert!(text.contains("https://aterkom.kommun.example/"), "{text}");
            }
        }
    }
}

#[test]
fn a_message_to_a_chat_is_never_too_long() {
    let body = (0..400).map(|n| format!("{n} {}", "å".repeat(1_000))).collect();
    let lines = Lines { heading: "x".repeat(5_000), body };
    let slack: Value = serde_json::from_slice(&bodies::slack(&lines, "https://a", "Open")).unwrap();
    for block in slack["blocks"].as_array().unwrap() {
        assert!(block["text"]["text"].as_str().unwrap().chars().count() < 3_000);
    }
    assert!(bodies::teams(&lines, "https://a", "Open").len() < 28 << 10);
}

#[test]
fn an_event_is_json_of_the_documented_form() {
    let calendar = WorkCalendar::sweden();
    let shown = Shown {
        callers: &Callers::default(),
        detail: MailDetail::None,
        language: Language::Swedish,
    };
    let event = samples::events().swap_remove(0);
    let bytes = bodies::event(&event, &Directory::default(), by(&calendar), shown);
    let said: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(
        said,
        json!({
            "type": "callback.opened",
            "timestamp": "2026-12-23T09:00:00.000000Z",
            "data": {
                "schema": 1,
                "callback": "00000000-0000-0000-0000-000000000007",
                "version": 0,
                "reference": "261223-00007",
                "unit": null,
                "owner": { "kind": "organisation", "name": null },
                "opened_at": "2026-12-23T09:00:00.000000Z",
                "due_on": "2026-12-29",
                "agreed_on": "2026-12-29",
                "state": "open",
                "disposition": null,
                "has_message": true,
                "contacts": 1,
                "attempts": 0,
                "reached": false,
                "link": "https://aterkom.kommun.example/callbacks/00000000-0000-0000-0000-000000000007",
            },
        })
    );
}
