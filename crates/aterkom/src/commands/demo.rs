//! `aterkom demo`: the main job on one screen, in a folder of its own that vanishes at the end.
//!
//! It plays the latest working days up to now with the clock in the hand: real posts over real HTTP, then it waits until
//! all is quiet, then it moves the clock on. At the end it lets the clock go and stays up to be tried.

mod mailbox;
mod pages;
mod scenes;
mod story;

use super::{Ended, admin, people, serve::stopped};
use crate::app::App;
use crate::config::{self, Config};
use crate::pretend_pbx::PretendPbx;
use crate::running;
use anyhow::Context;
use chrono::NaiveTime;
use clock::Clock;
use mailbox::Mailbox;
use std::path::Path;
use store::StoreError;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use workalendar::WorkCalendar;

/// What `demo` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Where to listen; another port is taken when this one is not free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: String,
    /// End after the story
    #[arg(long)]
    once: bool,
}

const PEOPLE: &str = include_str!("demo/people.csv");

/// Plays the story, then stays up until it is told to stop.
///
/// # Errors
/// When it cannot listen, or cannot write a temporary folder.
pub async fn run(arguments: Arguments) -> anyhow::Result<Ended> {
    let folder = tempfile::Builder::new()
        .prefix("aterkom-demo-")
        .tempdir()
        .context("no temporary folder")?;
    let listener = match TcpListener::bind(&arguments.listen).await {
        Ok(listener) => listener,
        Err(_) => {
            TcpListener::bind("127.0.0.1:0").await.context("cannot listen on this machine")?
        }
    };
    let address = listener.local_addr()?.to_string();
    let (key, token) = (random(32)?, hex(&random(12)?));
    let config = configuration(folder.path(), &address, &key, &token)?;
    let clock = Clock::system();
    let started_at = clock.now();
    clock.set(started_at);
    let app = App::build(&config, clock.clone()).await?;
    let who = people::read("the demo's people", PEOPLE.as_bytes(), &config).await?;
    people::import(&who, &app.store, &clock, &config, false).await?;
    let stop = CancellationToken::new();
    let mails = folder.path().join("mail");
    let router = app.router(true).merge(pages::router(app.web.clone(), mails.clone()));
    let server = tokio::spawn(running::serve(listener, router, stop.clone(), clock.clone()));
    let url = format!("http://{address}/hooks/vaxeln");
    let pbx = PretendPbx { client: reqwest::Client::new(), url, key, clock: clock.clone() };
    let mailbox = Mailbox::new(mails);
    let mailbox = story::tell(&app, &pbx, mailbox, started_at).await?;
    if arguments.once {
        stop.cancel();
        server.await??;
        return Ok(Ended::Well);
    }
    clock.set(started_at);
    clock.let_go();
    // One of them is in no people file: the administrator.
    let mut links = Vec::new();
    for role in pages::ROLES {
        let is_administrator = role.name == "IT";
        let link = admin::link(&app.store, &clock, role.address, is_administrator).await?;
        links.push((role, format!("http://{address}{link}")));
    }
    invite(&address, &token, &links);
    // A thread of its own: a terminal that nobody types at must not hold up the end.
    std::thread::spawn({
        let (clock, calendar) = (clock.clone(), app.scheduler.calendar.clone());
        move || on_enter(&clock, &calendar)
    });
    tokio::spawn(mailbox.show_as_it_comes(clock, app.store.clone()));
    tokio::spawn({
        let stop = stop.clone();
        async move {
            stopped().await;
            stop.cancel();
        }
    });
    app.work(stop).await?;
    server.await??;
    Ok(Ended::Well)
}

fn invite(address: &str, token: &str, links: &[(pages::Role, String)]) {
    println!();
    println!("Now it is your turn; this stays up until Ctrl-C.");
    println!();
    println!("  Everybody's pages, and the mails: http://{address}/demo");
    println!();
    println!("  Or sign in by a link. Each opens once, within a quarter of an hour:");
    for (role, link) in links {
        println!("    {} ({})", role.name, role.is);
        println!("      {link}");
    }
    println!();
    println!("  A call that nobody answers, from 070-174 06 42 to Åsa Öberg:");
    println!();
    // One line, so that it can be copied; the time makes each post a new event.
    let event = r#"{"specversion":"1.0","id":"'$(date +%s%N)'","source":"/curl","type":"se.aterkom.call.missed","data":{"call_id":"'$(date +%s%N)'","from":"0701740642","to":"0980319232"}}"#;
    let url = format!("http://{address}/hooks/prova");
    println!("    curl -i {url} -H 'Authorization: Bearer {token}' -d '{event}'");
    println!();
    println!("  What is open:    curl -s http://{address}/metrics | grep aterkom_callbacks");
    println!("  The next digest: press Enter, and the clock moves on to the next working morning.");
    println!();
}

/// Enter moves the clock to the next working morning, when digest and list are out.
fn on_enter(clock: &Clock, calendar: &WorkCalendar) {
    for _ in std::io::stdin().lines().map_while(Result::ok) {
        let today = calendar.local_date(clock.now());
        let morning = NaiveTime::from_hms_opt(8, 30, 30).expect("a time of day written here");
        let next = calendar.add_working_days(today, 1).and_then(|day| calendar.at(day, morning));
        if let Ok(at) = next {
            clock.set(at);
            clock.let_go();
            println!(
                "The clock now shows {}.",
                at.with_timezone(&calendar.zone()).format("%A %-d %B %Y, %H:%M")
            );
        }
    }
}

fn configuration(folder: &Path, address: &str, key: &[u8], token: &str) -> anyhow::Result<Config> {
    let file = folder.join("aterkom.toml");
    let secret = PretendPbx::secret(key);
    let text = format!(
        r#"
[server]
listen = "{address}"
[storage]
url = "sqlite:{folder}/aterkom.db"
[organisation]
name = "Exempelby kommun"
reception = "expeditionen@exempelby.example"
area_code = "0980"
[mail]
folder = "{folder}/mail"
from = "Återkom <aterkom@exempelby.example>"
[log]
level = "warn"
[[sources]]
name = "vaxeln"
adapter = "native"
secrets = ["{secret}"]
[[sources]]
name = "prova"
adapter = "native"
secrets = ["{token}"]
"#,
        folder = folder.display()
    );
    std::fs::write(&file, text)?;
    Ok(config::read(Some(&file), [])?)
}

fn random(bytes: usize) -> Result<Vec<u8>, StoreError> {
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random)?;
    Ok(random)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
