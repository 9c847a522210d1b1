//! Channels besides mail: what they are told, once and signed, whatever their receivers do (R24, R28, R29).

mod commands;
mod failing;
mod reach;
mod sharing;
mod told;

use aterkom_tests::receiver::Request;
use aterkom_tests::{Receiver, World};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const LISA: &str = "+46701740605";
const ASA: &str = "+46980319232";
const AMIR: &str = "+46980319241";
const ADMIN: &str = "it@exempelby.example";
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NEXT_SECRET: &str = "whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGQ==";

const OURS: &str =
    "[outgoing]\nprivate_networks = [\"127.0.0.0/8\"]\nretry_minutes = [1, 5, 15, 60, 120]\n";

/// A channel `duty` of this format, posting to this receiver, with these keys as well.
fn channel(receiver: &Receiver, format: &str, more: &str) -> String {
    named("duty", receiver, format, more)
}

fn named(name: &str, receiver: &Receiver, format: &str, more: &str) -> String {
    let secrets = match format {
        "standard" => format!("secrets = [\"{NEXT_SECRET}\", \"{SECRET}\"]\n"),
        _ => String::new(),
    };
    format!(
        "[[channels]]\nname = \"{name}\"\nformat = \"{format}\"\nurl = \"{}/secret-token\"\n{secrets}{more}\n",
        receiver.base
    )
}

fn call(id: &str, from: &str, to: &str) -> Value {
    json!({ "call_id": id, "from": from, "to": to, "duration_s": 20 })
}

/// What the requests say happened, in order.
fn kinds(requests: &[Request]) -> Vec<String> {
    let kind = |r: &Request| r.json()["type"].as_str().expect("a type").to_owned();
    requests.iter().map(kind).collect()
}

/// The names by which the requests can be told from repeats.
fn ids(requests: &[Request]) -> BTreeSet<String> {
    requests.iter().map(|r| r.header("webhook-id").to_owned()).collect()
}

/// How many messages of this kind are in that state.
async fn deliveries(world: &World, kind: &str, state: &str) -> i64 {
    let all = world.status().await.deliveries;
    all.iter().filter(|(k, s, _)| k == kind && s == state).map(|(_, _, n)| n).sum()
}

/// The latest error of a message that is dead.
async fn dead(world: &World) -> Vec<(String, String)> {
    let tx = world.app.store.read().await.expect("storage works");
    let dead = store::deliveries::list_dead(&tx, 100).await.expect("storage works");
    tx.commit().await.expect("storage works");
    dead.into_iter().map(|d| (d.address, d.error)).collect()
}

/// A story on both databases, with a receiver and a channel of that format and these keys.
macro_rules! on_both_with_a_receiver {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident, $receiver:ident; $format:literal, $more:expr) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn story($world: &mut World, $receiver: &Receiver) $body

            async fn run(engine: Engine) {
                let receiver = Receiver::start().await;
                let extra = format!("{OURS}{}", channel(&receiver, $format, $more));
                // Tuesday.
                let mut world = World::with(engine, "2026-11-17 10:00", &extra).await;
                story(&mut world, &receiver).await;
                world.forget_mails();
                world.end().await;
            }

            #[tokio::test]
            async fn sqlite() {
                run(Engine::Sqlite).await;
            }

            #[tokio::test]
            async fn postgres() {
                run(Engine::Postgres).await;
            }
        }
    )+};
}

pub(super) use on_both_with_a_receiver;
