//! What is kept, and where: no secret anywhere, numbers and names only where they can be erased (R34).

use super::{answered, missed};
use aterkom_tests::posting::event;
use aterkom_tests::world::TOKEN;
use aterkom_tests::{Engine, World, on_both};
use serde_json::json;

const LISA: &str = "+46701740605";

/// Whether the token is in it, in any form that it was sent in.
fn tells(text: &str) -> bool {
    let text = text.to_lowercase();
    // As it is, percent-encoded, and in base64 behind `asterisk:`.
    let forms = [
        "test-token-1234",
        "%2dtoken",
        "token%2d",
        "t%65st",
        "dgvzdc10b2tlbi0xmjm0",
        "ontlc3qtdg9r",
    ];
    forms.into_iter().any(|form| text.contains(form))
}

async fn post_with_secrets(world: &World) {
    let body = |id: &str| event(id, "2026-11-17 09:59", "missed", &missed(LISA)).to_string();
    let post = |path: &str| world.client.post(format!("{}/hooks/{path}", world.base));
    let ways = [
        post("prova").bearer_auth(TOKEN).body(body("1")),
        post("prova").header("authorization", format!("bEARER  {TOKEN}")).body(body("2")),
        post(&format!("prova/{TOKEN}")).body(body("3")),
        post(&format!("prova/some/where/{TOKEN}/")).body(body("4")),
        post(&format!("prova/{TOKEN}//?x=1")).body(body("5")),
        post("prova/t%65st%2Dtoken%2d1234").body(body("6")),
        // What a proxy in front adds of its own.
        post(&format!("prova/{TOKEN}"))
            .header("x-original-uri", format!("/hooks/prova/{TOKEN}"))
            .body(body("7")),
        post(&format!("prova/{TOKEN}"))
            .header("referer", format!("https://a.example/hooks/prova/{TOKEN}"))
            .body(body("8")),
        post("prova")
            .bearer_auth(TOKEN)
            .header("x-forwarded-authorization", format!("Bearer {TOKEN}"))
            .body(body("9")),
        post("prova")
            .bearer_auth(TOKEN)
            .header("x-api-key", TOKEN)
            .header("cookie", TOKEN)
            .body(body("10")),
        // Where a vendor has its token in the body.
        post("prova").bearer_auth(TOKEN).body(body(&format!("11 {TOKEN}"))),
    ];
    for way in ways {
        assert_eq!(answered(way).await, 200);
    }
}

on_both! {
    // R34
    async fn what_proves_who_posted_is_never_kept(world at "2026-11-17 10:00") {
        post_with_secrets(world).await;
        let kept = world.waiting().await;
        assert_eq!(kept.len(), 11);
        for post in &kept {
            assert!(!tells(&post.url), "{}", post.url);
            assert!(!tells(&String::from_utf8_lossy(&post.body)));
            for (name, value) in &post.headers {
                assert!(!tells(value), "{name}: {value}");
                assert!(!["authorization", "cookie"].contains(&name.as_str()));
            }
            assert!(post.headers.iter().any(|(name, _)| name == "content-length"), "what is harmless is kept");
        }
        assert!(kept.iter().any(|post| post.url.ends_with("?x=1")), "the query may be what a PBX tells");
    }

    // R34
    async fn callbacks_and_journals_hold_ids_only(world at "2026-11-17 10:00") {
        let data = json!({
            "call_id": "1", "from": "070-174 06 05", "to": "+46980319232", "extension": "232",
            "caller_name": "Petra Lund", "duration_s": 20, "recording_url": "https://pbx.example/rec/70174",
            "transcript": "This is Petra Lund",
        });
        world.tell("1", "2026-11-17 09:50", "voicemail", data).await;
        let back = json!({ "call_id": "2", "to": LISA, "extension": "232", "duration_s": 64 });
        world.tell("2", "2026-11-17 09:55", "answered_outbound", back).await;
        let callback = world.only_open().await;
        let told = [
            serde_json::to_string(&callback).expect("JSON"),
            serde_json::to_string(&world.journal(callback.id).await).expect("JSON"),
            format!("{callback:?}"),
        ];
        for text in told {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            assert!(!text.contains("Petra") && !text.contains("pbx.example"), "{text}");
            assert!(!text.contains("740605") && !digits.contains("46701740605"), "{text}");
        }
    }
}

/// The strongest form of the promise: the bytes of the database itself.
#[tokio::test]
async fn the_files_of_the_database_hold_no_secret() {
    let world = World::at(Engine::Sqlite, "2026-11-17 10:00").await;
    post_with_secrets(&world).await;
    world.work().await;
    let mut read = 0;
    for entry in std::fs::read_dir(world.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("aterkom.db") {
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            assert!(!tells(&text), "the token is in {}", path.display());
            read += text.len();
        }
    }
    assert!(read > 10_000, "the files are looked for where they are");
    world.end().await;
}
