//! Commands that run for a while: serve, replay, demo.

use super::{folder, run, write};
use aterkom_tests::binary::{Serving, client, free_port};
use aterkom_tests::on_both;
use serde_json::{Value, json};
use std::path::Path;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const TOKEN: &str = "test-token-1234";
const CALLER: &str = "+46701740642";
const ASTERISK: &str =
    "[[sources]]\nname = \"asterisk\"\nadapter = \"asterisk\"\nsecrets = [\"test-token-1234\"]\n";
const NATIVE: &str =
    "[[sources]]\nname = \"prova\"\nadapter = \"native\"\nsecrets = [\"test-token-1234\"]\n";

fn event(id: &str) -> String {
    let data =
        json!({ "call_id": id, "from": CALLER, "to": "0980319232", "caller_name": "Lisa Hemlig" });
    json!({ "specversion": "1.0", "id": id, "source": "/test", "type": "se.aterkom.call.missed", "data": data })
        .to_string()
}

const TRIES: usize = 10;

async fn start(folder: &Path) -> (Serving, reqwest::Client, u16) {
    let (port, client) = (free_port(), client());
    let mut serving = Serving::start(folder, port, &[]);
    serving.answers(&client).await;
    (serving, client, port)
}

/// As a PBX does: what could not be stored within two seconds, which a busy machine may take, is sent again.
async fn post(client: &reqwest::Client, port: u16, path: &str, token: &str, body: String) -> u16 {
    let url = format!("http://127.0.0.1:{port}/hooks/{path}");
    let mut status = 503;
    for _ in 0..TRIES {
        let post = client.post(&url).body(body.clone());
        let post = if token.is_empty() { post } else { post.bearer_auth(token) };
        status = post.send().await.expect("an answer").status().as_u16();
        if status != 503 {
            break;
        }
    }
    status
}

async fn stop(mut serving: Serving) {
    serving.terminate();
    let ended = serving.ended().await;
    assert!(ended.success(), "a stop that was asked for is no failure: {ended}");
}

on_both! {
    async fn what_could_not_be_read_is_read_again_when_its_source_is_back(world at "2026-12-22 15:00") {
        let data = json!({ "call_id": "1", "from": CALLER, "extension": "232" });
        assert_eq!(world.pbx.post("missed", data).await.expect("an answer"), 200);
        let folder = world.folder.path();
        let less = format!("[storage]\nurl = \"{}\"\n{NATIVE}", world.database_url());
        write(folder, "less.toml", less);
        let ended = run(folder, &["--config", "less.toml", "replay"], &[]);
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert!(ended.out.contains("0 posts read again; 1 still cannot be read\n  vaxeln, received 2026-12-22 14:00:00 UTC: there is no such source any more\n"), "{ended:?}");
        let ended = run(folder, &["--config", "less.toml", "replay", "--source", "vaxeln"], &[]);
        assert_eq!((ended.code, ended.err.as_str()), (Some(2), "aterkom: there is no source \"vaxeln\" in the configuration or the database\n"));
        let ended = run(folder, &["replay", "--source", "vaxeln"], &[]);
        assert_eq!((ended.code, ended.out.as_str()), (Some(0), "1 posts read again; 0 still cannot be read\n"));
        world.work().await;
        world.only_open().await;
    }
}

#[tokio::test]
async fn a_stop_that_is_asked_for_answers_what_is_under_way() {
    let folder = folder(NATIVE);
    let (serving, client, port) = start(folder.path()).await;
    let body = event("evt-slow");
    let (first, rest) = body.split_at(20);
    let mut slow = TcpStream::connect(("127.0.0.1", port)).await.expect("it listens");
    let head = format!(
        "POST /hooks/prova HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{first}",
        body.len()
    );
    slow.write_all(head.as_bytes()).await.expect("it takes the beginning");
    // Another one is answered, so the server has surely seen the slow one.
    assert_eq!(post(&client, port, "prova", TOKEN, event("evt-2")).await, 200);
    serving.terminate();
    let url = format!("http://127.0.0.1:{port}/healthz");
    let clock = clock::Clock::system();
    while aterkom_tests::binary::client().get(&url).send().await.is_ok() {
        clock.pause(std::time::Duration::from_millis(10)).await;
    }
    slow.write_all(rest.as_bytes()).await.expect("it takes the rest");
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.expect("it answers");
    // Answered, and not cut off; a busy machine may take longer than the two seconds that a post is waited for.
    assert!(["HTTP/1.1 200", "HTTP/1.1 503"].iter().any(|a| answer.starts_with(a)), "{answer}");
    let mut serving = serving;
    assert!(serving.ended().await.success());
    let ended = run(folder.path(), &["check"], &[]);
    assert!(ended.out.contains("well  posts: 0 cannot be read"), "{ended:?}");
}

// R34
#[tokio::test]
async fn the_log_is_json_and_names_nobody() {
    let folder = folder(&format!("{NATIVE}{ASTERISK}"));
    let (serving, client, port) = start(folder.path()).await;
    let wrong = "a-wrong-token-of-somebody";
    assert_eq!(post(&client, port, "prova", TOKEN, event("evt-1")).await, 200);
    assert_eq!(post(&client, port, "prova", wrong, event("evt-2")).await, 401);
    assert_eq!(post(&client, port, &format!("prova/{TOKEN}"), "", event("evt-3")).await, 200);
    assert_eq!(post(&client, port, "prova", TOKEN, format!("{{\"from\":\"{CALLER}\"")).await, 200);
    let form = format!("event=parked&uniqueid=1&callerid={CALLER}");
    assert_eq!(post(&client, port, "asterisk", TOKEN, form).await, 200);
    stop(serving).await;
    let log = std::fs::read_to_string(folder.path().join("log")).expect("there is a log");
    assert!(log.contains("a post was refused"), "the log says something: {log}");
    for line in log.lines() {
        serde_json::from_str::<Value>(line).unwrap_or_else(|e| panic!("{e}: {line}"));
    }
    for never in [CALLER, &CALLER[3..], "0980319232", TOKEN, wrong, "Lisa"] {
        assert!(!log.contains(never), "{never} is in the log: {log}");
    }
}

#[test]
fn the_demo_shows_the_main_job_and_ends_well() {
    let folder = folder("");
    let ended = run(folder.path(), &["demo", "--once", "--listen", "127.0.0.1:0"], &[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for shown in
        ["→ Callback ", " opens.", "To call back: ", "Att ringa upp: ", "försenade återkopplingar"]
    {
        assert!(ended.out.contains(shown), "{shown}: {}", ended.out);
    }
}
