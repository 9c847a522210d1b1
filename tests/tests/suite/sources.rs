//! Sources that an administrator makes in the browser: from the form to a callback, other secrets, other processes, the end.

mod at_rest;
mod commands;
mod refused;
mod secrets;
mod sharing;

use aterkom_tests::visitor::Answer;
use aterkom_tests::{Visitor, World};
use serde_json::json;

const ADMIN: &str = "drift@exempelby.example";
const ASA: &str = "+46980319232";
const LISA: &str = "+46701740605";

/// Somebody who looks after the installation, signed in.
async fn administrator(world: &mut World) -> Visitor {
    world.with_administrator(ADMIN).await;
    let admin = Visitor::signed_in(world, ADMIN).await;
    world.forget_mails();
    admin
}

/// What a page has between `before` and `after`.
fn between<'a>(page: &'a Answer, before: &str, after: &str) -> &'a str {
    let from = page.body.find(before).unwrap_or_else(|| panic!("no {before} on {}", page.body));
    page.body[from + before.len()..].split(after).next().unwrap_or_default()
}

/// The secret that a page shows, if it does.
fn secret_on(page: &Answer) -> Option<String> {
    page.body.contains("<p><code>").then(|| between(page, "<p><code>", "<").to_owned())
}

/// The form for a new source as the page has it, sent with these fields in it.
async fn send(admin: &mut Visitor, fields: &[(&str, &str)]) -> Answer {
    let page = admin.get("/admin/sources/new").await;
    let mut form = ["id", "country", "area_code", "zone"].map(|name| {
        let before = format!("name=\"{name}\"");
        let field = between(&page, &before, ">");
        (
            name,
            field
                .split("value=\"")
                .nth(1)
                .unwrap_or_default()
                .split('"')
                .next()
                .unwrap_or_default(),
        )
    });
    for (name, value) in &mut form {
        if let Some((_, other)) = fields.iter().find(|(field, _)| field == name) {
            *value = other;
        }
    }
    let others = fields.iter().filter(|(name, _)| !form.iter().any(|(own, _)| own == name));
    let all: Vec<(&str, &str)> = form.iter().chain(others).copied().collect();
    admin.post("/admin/sources/new", &all).await
}

/// A source of the native format of this name is made; its secret.
pub(crate) async fn made(admin: &mut Visitor, name: &str) -> String {
    let page = send(admin, &[("name", name), ("adapter", "native")]).await;
    assert_eq!(page.status, 200, "{}", page.body);
    secret_on(&page).expect("it is shown once")
}

/// A button of the page of a source, pressed with these fields besides those that the page has.
pub(crate) async fn press(
    admin: &mut Visitor,
    name: &str,
    act: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let page = admin.get(&format!("/admin/sources/{name}")).await;
    let version = between(&page, "name=\"version\" value=\"", "\"");
    let mut all = Vec::from([("version", version)]);
    if act == "rotate" {
        all.push(("id", between(&page, "name=\"id\" value=\"", "\"")));
    }
    let all: Vec<(&str, &str)> = all.into_iter().chain(fields.iter().copied()).collect();
    admin.post(&format!("/admin/sources/{name}/{act}"), &all).await
}

/// A missed call of Lisa's to Åsa, posted with this secret to the product at `base`; how it was answered.
async fn post(world: &World, base: &str, name: &str, secret: &str, call: &str) -> u16 {
    let now = world.app.clock.now().to_rfc3339();
    let event = json!({
        "specversion": "1.0", "id": call, "source": "/pbx/ny", "type": "se.aterkom.call.missed", "time": now,
        "data": { "call_id": call, "from": LISA, "to": ASA, "duration_s": 30 },
    });
    let sent = world.client.post(format!("{base}/hooks/{name}")).bearer_auth(secret);
    sent.body(event.to_string()).send().await.expect("an answer").status().as_u16()
}
