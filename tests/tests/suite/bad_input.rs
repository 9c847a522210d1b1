//! What a PBX, or somebody who plays one, sends by mistake or in bad faith: refused, or kept and marked, never
//! believed, never the end of anything else.

use aterkom::pretend_pbx::PretendPbx;
use aterkom_tests::posting::event;
use aterkom_tests::world::TOKEN;
use aterkom_tests::{World, on_both};
use chrono::TimeDelta;
use domain::directory::Owner;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;

mod kept;
mod repeats;

const LISA: &str = "+46701740605";
/// Numbers of callers who behave: 070-174 06 20 to 89.
const GOOD: i64 = 46_701_740_620;

fn missed(from: &str) -> Value {
    json!({ "call_id": from, "from": from, "to": "+46980319232", "extension": "232" })
}

/// How many posts `/metrics` says were answered so.
async fn counted(world: &World, source: &str, result: &str) -> u64 {
    let (status, text) = world.get("/metrics").await;
    assert_eq!(status, 200);
    let labels = format!("aterkom_posts_total{{source=\"{source}\",result=\"{result}\"}} ");
    let count = text.lines().find_map(|line| line.strip_prefix(&labels));
    count.map_or(0, |n| n.parse().expect("a number"))
}

async fn posts(world: &World) -> i64 {
    world.status().await.posts.iter().map(|(_, _, n)| n).sum()
}

async fn answered(request: reqwest::RequestBuilder) -> u16 {
    request.send().await.expect("an answer").status().as_u16()
}

/// An event signed by `pbx` at its own time, and sent with `body` in its place.
async fn post_signed(world: &World, pbx: &PretendPbx, body: &str, sent: &str) -> u16 {
    let second = pbx.clock.now().timestamp();
    let request = world
        .client
        .post(&pbx.url)
        .header("webhook-id", "evt_1")
        .header("webhook-timestamp", second)
        .header("webhook-signature", pbx.sign("evt_1", second, body));
    answered(request.body(sent.to_owned())).await
}

on_both! {
    async fn what_is_not_the_pbxs_own_is_refused_counted_and_not_kept(world at "2026-11-17 10:00") {
        let body = event("evt_1", "2026-11-17 10:00", "missed", &missed(LISA)).to_string();
        let stranger = PretendPbx { key: b"a key that is not known to anyone".to_vec(), ..world.pbx.clone() };
        assert_eq!(post_signed(world, &stranger, &body, &body).await, 401);
        let tampered = body.replace("740605", "740606");
        assert_eq!(post_signed(world, &world.pbx, &body, &tampered).await, 401);
        let hooks = format!("{}/hooks", world.base);
        let bare = |url: &str| world.client.post(format!("{hooks}/{url}")).body(body.clone());
        assert_eq!(answered(bare("vaxeln")).await, 401);
        // A token opens no source that asks for signatures.
        assert_eq!(answered(bare("vaxeln").bearer_auth(TOKEN)).await, 401);
        assert_eq!(answered(bare("prova/test-token-1235")).await, 401);
        assert_eq!(answered(bare("prova").bearer_auth("test-token-1235")).await, 401);
        assert_eq!(answered(bare("asterisk").basic_auth("asterisk", Some(TOKEN))).await, 401);
        assert_eq!(counted(world, "vaxeln", "Wrong").await, 4);
        assert_eq!(counted(world, "prova", "Wrong").await, 2);
        assert_eq!(counted(world, "asterisk", "Wrong").await, 1);
        // R37: a clock that is off is another matter than a secret that is wrong.
        let clock = clock::Clock::by_hand(world.app.clock.now() - chrono::TimeDelta::minutes(6));
        let late = PretendPbx { clock, ..world.pbx.clone() };
        assert_eq!(post_signed(world, &late, &body, &body).await, 401);
        assert_eq!((counted(world, "vaxeln", "Stale").await, counted(world, "vaxeln", "Wrong").await), (1, 4));
        assert_eq!(posts(world).await, 0, "nothing is kept of what was refused");
        assert_eq!(post_signed(world, &world.pbx, &body, &body).await, 200);
        assert_eq!((counted(world, "vaxeln", "Accepted").await, posts(world).await), (1, 1));
    }

    async fn what_no_pbx_sends_is_answered_with_what_is_wrong(world at "2026-11-17 10:00") {
        let hooks = format!("{}/hooks", world.base);
        let unknown = world.client.post(format!("{hooks}/ingen")).bearer_auth(TOKEN);
        assert_eq!(answered(unknown).await, StatusCode::NOT_FOUND);
        let prova = |method| world.client.request(method, format!("{hooks}/prova")).bearer_auth(TOKEN);
        assert_eq!(answered(prova(Method::DELETE)).await, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answered(prova(Method::PATCH)).await, StatusCode::METHOD_NOT_ALLOWED);
        let zipped = prova(Method::POST).header("content-encoding", "gzip").body("x");
        assert_eq!(answered(zipped).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let large = |n: usize| prova(Method::POST).body(vec![b' '; n]);
        assert_eq!(answered(large((1 << 20) + 1)).await, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(counted(world, "prova", "Unfit").await, 4);
        assert_eq!(posts(world).await, 0);
        assert_eq!(answered(large(1 << 20)).await, 200, "as large as is allowed");
        world.expect_unread(1);
    }

    /// Good and bad posts come at once, so that they share transactions; nobody's call is lost by the company it keeps.
    async fn bad_posts_never_cost_a_good_one(world at "2026-11-17 10:00") {
        let bad = bad_posts();
        let mut on_their_way = JoinSet::new();
        let mut good = 0;
        for body in bad.iter().map(|(_, body)| body.clone()) {
            let number = format!("+{}", GOOD + good);
            good += 1;
            let told = event(&number, "2026-11-17 09:59", "missed", &missed(&number)).to_string();
            for body in [told.into_bytes(), body] {
                let request = world.client.post(format!("{}/hooks/prova", world.base)).bearer_auth(TOKEN);
                on_their_way.spawn(answered(request.body(body)));
            }
        }
        for status in on_their_way.join_all().await {
            assert_eq!(status, 200, "durable, whatever it says");
        }
        world.work().await;
        assert_eq!(world.posts("waiting").await, 0);
        let reasons = world.reasons().await;
        world.expect_unread(i64::try_from(reasons.len()).expect("a few"));
        let directory = world.directory().await;
        let asa = directory.employees().iter().find(|e| e.name == "Åsa Öberg").expect("she works here").id;
        let open = world.open().await;
        let hers = open.iter().filter(|c| c.owner == Owner::Employee(asa)).count();
        assert_eq!(i64::try_from(hers).expect("a few"), good, "every good one became a callback");
        for reason in &reasons {
            assert!(!reason.is_empty());
            for secret in ["70174", "Petra", "Lund", "0606"] {
                assert!(!reason.contains(secret), "a reason tells about somebody: {reason}");
            }
        }
    }

    async fn each_bad_post_is_read_harmlessly_or_kept_with_its_reason(world at "2026-11-17 10:00") {
        let mut told = Vec::new();
        for (name, body) in bad_posts() {
            // The newest reason is the one of this post.
            world.app.clock.set(world.app.clock.now() + TimeDelta::seconds(1));
            let before = world.posts("unread").await;
            assert_eq!(world.post_bytes("prova", body).await, 200, "{name}");
            world.work().await;
            let unread = world.posts("unread").await - before;
            world.expect_unread(unread);
            let last = world.reasons().await;
            told.push(format!("{name}: {}", if unread == 0 { "read" } else { &last[0] }));
        }
        let mut open = world.open().await;
        open.sort_by_key(|c| c.contacts[0].at);
        told.extend(open.iter().map(|c| format!("{} contact, at {}", c.contacts.len(), c.contacts[0].at)));
        insta::assert_snapshot!("bad_posts", told.join("\n"));
    }

    async fn headers_may_be_many_long_and_of_any_bytes(world at "2026-11-17 10:00") {
        let body = event("evt_1", "2026-11-17 10:00", "missed", &missed(LISA)).to_string();
        let mut request = world.client.post(format!("{}/hooks/prova?x=%00%ff&å", world.base)).bearer_auth(TOKEN);
        for n in 0..50 {
            request = request.header(format!("x-{n}"), "å\u{85}".repeat(25));
        }
        let odd = reqwest::header::HeaderValue::from_bytes(b"\xff\xfe\xc3(").expect("any byte may be in a header");
        assert_eq!(answered(request.header("x-odd", odd).body(body)).await, 200);
        world.work().await;
        assert_eq!(world.only_open().await.contacts.len(), 1);
    }
}

/// Events for John that are genuine (a token does not cover the body) and wrong in one way each.
fn bad_posts() -> Vec<(&'static str, Vec<u8>)> {
    let data = json!({ "call_id": "bad", "from": "+46701740606", "to": "+46980319233", "extension": "233" });
    let good = event("evt_bad", "2026-11-17 09:59", "missed", &data);
    let with = |name: &str, value: &str| {
        let data = data.to_string().replace(",\"extension\":\"233\"", "");
        let data = data.replacen('{', &format!("{{\"{name}\":{value},"), 1);
        let mut event = good.clone();
        event["id"] = json!(format!("evt {name} {}", value.len()));
        event["data"] = json!("DATA");
        event.to_string().replace("\"DATA\"", &data).into_bytes()
    };
    let timed =
        |time: &str| good.to_string().replace("2026-11-17T08:59:00+00:00", time).into_bytes();
    let whole = good.to_string().into_bytes();
    let every = |text: &str| {
        let fields = ["call_id", "from", "to", "extension", "recording_url", "caller_name"];
        let data: serde_json::Map<String, Value> = fields
            .iter()
            .map(|field| ((*field).to_owned(), json!(format!("{text}{field}"))))
            .collect();
        json!({ "id": format!("{text}id"), "type": "se.aterkom.call.voicemail", "data": data })
            .to_string()
            .into_bytes()
    };
    let nul = json!({ "id": "\0", "type": "se.aterkom.call.missed", "data": { "from": "\0", "to": "\0" } });
    let deep =
        |open: &str, close: &str| format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
    let quoted = |text: &str| format!("\"{text}\"");
    let digits = "9".repeat(900_000);
    Vec::from([
        ("no JSON", b"from=+46701740606&name=Petra Lund".to_vec()),
        ("nothing", Vec::new()),
        ("half of it", whole[..whole.len() / 2].to_vec()),
        ("an array", b"[\"Petra Lund\", 46701740606]".to_vec()),
        ("twice", [whole.clone(), whole.clone()].concat()),
        ("a byte order mark", [b"\xef\xbb\xbf".to_vec(), whole.clone()].concat()),
        ("endless digits", with("duration_s", &digits)),
        ("endless digits in quotes", with("duration_s", &quoted(&digits))),
        ("endless digits for an extension", with("extension", &digits)),
        ("endless digits for an extension, in quotes", with("extension", &quoted(&digits))),
        ("an endless name", with("caller_name", &quoted(&"Petra ".repeat(150_000)))),
        ("a huge exponent", with("duration_s", "1e999")),
        ("a huge exponent in quotes", with("duration_s", &quoted("1e999"))),
        ("less than nothing", with("duration_s", "-64")),
        ("no number", with("duration_s", &quoted("NaN"))),
        ("an object for a name", with("caller_name", "{\"first\":\"Petra\"}")),
        ("the year 60000", timed("60000-01-01T00:00:00Z")),
        ("the year 9999", timed("9999-12-31T23:59:59.999999999Z")),
        ("the year 1", timed("0001-01-01T00:00:00+14:00")),
        ("a leap second", timed("2016-12-31T23:59:60Z")),
        ("a day that is none", timed("2026-02-30T08:00:00Z")),
        ("NUL in every field", every("\u{0}\u{1}")),
        ("nothing but NUL", nul.to_string().into_bytes()),
        ("letters of every kind", every("\u{202e}\u{feff}\u{10ffff}\u{fffe}é𝄞")),
        ("invalid UTF-8", [b"{\"id\":\"\xff\",".to_vec(), whole[1..].to_vec()].concat()),
        ("half a surrogate", with("caller_name", r#""Petra \ud83d Lund""#)),
        ("deep arrays", with("more", &deep("[", "]"))),
        ("deep objects", with("more", &deep("{\"a\":", "}"))),
        ("deep where a text belongs", with("caller_name", &deep("[", "]"))),
        ("a field twice", with("from", &quoted("+46701740607"))),
        ("a type that is none", whole_with_type(&good)),
    ])
}

fn whole_with_type(event: &Value) -> Vec<u8> {
    let mut event = event.clone();
    event["type"] = json!("se.aterkom.call.+46701740606");
    event.to_string().into_bytes()
}
