//! A shared calendar on a real server: what it says is so, until it says otherwise, and one that fails stays as it was.

use super::{ADMINISTRATOR, TO_ASA, away};
use aterkom_tests::{Engine, Visitor, World};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// What the server answers, and how often it was asked.
#[derive(Debug, Clone)]
pub(super) struct Server {
    pub(super) base: String,
    answer: Arc<Mutex<Answer>>,
    asked: Arc<Mutex<Vec<HeaderMap>>>,
}

#[derive(Debug, Clone)]
pub(super) enum Answer {
    /// A calendar, and the tag by which a change is told.
    Calendar(String, &'static str),
    Status(u16, &'static str),
    /// So many megabytes; `true`: the server says so beforehand.
    Large(usize, bool),
    Endless,
    Never,
    /// Half a calendar, then the connection is cut.
    Half,
}

impl Server {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("it has an address"));
        let answer = Arc::new(Mutex::new(Answer::Status(404, "")));
        let server = Self { base, answer, asked: Arc::default() };
        let router = axum::Router::new().fallback(answered).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    /// The same server at another address.
    pub(super) fn known_as(&self, base: String) -> Self {
        Self { base, ..self.clone() }
    }

    pub(super) fn answers(&self, answer: Answer) {
        *self.answer.lock().expect("no test broke") = answer;
    }

    /// A calendar of whole days: whom it is about, from, and the day after.
    pub(super) fn says(&self, events: &[(&str, &str, &str)], tag: &'static str) {
        self.answers(Answer::Calendar(calendar(events), tag));
    }

    fn asked(&self) -> usize {
        self.asked.lock().expect("no test broke").len()
    }
}

pub(super) fn calendar(events: &[(&str, &str, &str)]) -> String {
    let event = |(who, from, to): &(&str, &str, &str)| {
        format!(
            "BEGIN:VEVENT\r\nUID:{who}{from}\r\nSUMMARY:{who} hemlig orsak\r\nDTSTART;VALUE=DATE:{from}\r\nDTEND;VALUE=DATE:{to}\r\nEND:VEVENT\r\n"
        )
    };
    let events: String = events.iter().map(event).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

async fn answered(State(server): State<Server>, headers: HeaderMap) -> Response {
    server.asked.lock().expect("no test broke").push(headers.clone());
    let answer = server.answer.lock().expect("no test broke").clone();
    let megabyte = || Ok::<_, std::io::Error>(vec![b'x'; 1024 * 1024]);
    match answer {
        Answer::Calendar(_, tag)
            if headers.get(header::IF_NONE_MATCH).is_some_and(|t| t == tag) =>
        {
            StatusCode::NOT_MODIFIED.into_response()
        }
        Answer::Calendar(text, tag) => ([(header::ETAG, tag)], text).into_response(),
        Answer::Status(status, to) => {
            let status = StatusCode::from_u16(status).expect("a status");
            (status, [(header::LOCATION, to)]).into_response()
        }
        Answer::Large(megabytes, true) => vec![b'x'; megabytes * 1024 * 1024].into_response(),
        Answer::Large(megabytes, false) => {
            let chunks = futures_util::stream::iter((0..megabytes).map(move |_| megabyte()));
            Body::from_stream(chunks).into_response()
        }
        Answer::Endless => {
            Body::from_stream(futures_util::stream::repeat_with(megabyte)).into_response()
        }
        Answer::Never => std::future::pending().await,
        Answer::Half => {
            let half =
                Ok(calendar(&[("Åsa Öberg", "20261117", "20261118")]).into_bytes()[..60].to_vec());
            let cut = Err(std::io::Error::other("the line is cut"));
            Body::from_stream(futures_util::stream::iter([half, cut])).into_response()
        }
    }
}

/// A world with a team's calendar on this server; `more`: keys of `[outgoing]`.
pub(super) async fn world(engine: Engine, server: &Server, more: &str) -> World {
    let extra = format!(
        "[outgoing]\n{more}\n[[absence.calendars]]\nname = \"bygglov\"\nurl = \"{}/secret-token/calendar.ics\"\nteam = true\n",
        server.base
    );
    World::with(engine, "2026-11-16 09:00", &extra).await
}

const OURS: &str = "private_networks = [\"127.0.0.0/8\"]";

/// How reading went, as the database has it: failures, and the error.
async fn failures(world: &World) -> (i32, String) {
    let tx = world.app.store.read().await.expect("storage works");
    let listed = store::calendars::list(&tx).await.expect("storage works");
    tx.commit().await.expect("storage works");
    (listed[0].failures, listed[0].error.clone().unwrap_or_default())
}

macro_rules! on_both_with_a_server {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident, $server:ident) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn story($world: &mut World, $server: Server) $body

            #[tokio::test]
            async fn sqlite() {
                let server = Server::start().await;
                let mut world = world(Engine::Sqlite, &server, OURS).await;
                story(&mut world, server).await;
                world.end().await;
            }

            #[tokio::test]
            async fn postgres() {
                let server = Server::start().await;
                let mut world = world(Engine::Postgres, &server, OURS).await;
                story(&mut world, server).await;
                world.end().await;
            }
        }
    )+};
}

on_both_with_a_server! {
    // R17: read from time to time; what it says replaces what it said.
    async fn what_a_calendar_says_is_so_until_it_says_otherwise(world, server) {
        server.says(&[("Åsa Öberg", "20261117", "20261120"), ("John Hill", "20261201", "20261202"), ("Nobody", "20261201", "20261202")], "\"1\"");
        world.advance_to("2026-11-16 09:20").await;
        let first = ["John Hill 2026-12-01/2026-12-01", "Åsa Öberg 2026-11-17/2026-11-19"];
        assert_eq!(away(world).await, first);
        let asked = server.asked();
        world.advance_to("2026-11-16 09:50").await;
        assert_eq!(server.asked(), asked + 2, "every 15 minutes, and 304 each time");
        assert_eq!(away(world).await, first);
        assert_eq!(failures(world).await, (0, String::new()));
        server.says(&[("Åsa Öberg", "20261117", "20261121")], "\"2\"");
        world.advance_to("2026-11-16 10:10").await;
        assert_eq!(away(world).await, ["Åsa Öberg 2026-11-17/2026-11-20"]);
        // The next day it is read whole, though nothing changed.
        world.advance_to("2026-11-17 10:10").await;
        let whole = server.asked.lock().expect("no test broke").iter().filter(|h| h.get(header::IF_NONE_MATCH).is_none()).count();
        assert!(whole >= 3, "{whole}");
        // What somebody takes back here, the calendar does not bring back.
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let page = asa.get("/away").await.body;
        assert!(page.contains("Från kalendern bygglov."), "{page}");
        let id = page.split("action=\"/away/").nth(1).and_then(|r| r.split('"').next()).expect("a form");
        asa.post(&format!("/away/{id}"), &[]).await;
        world.advance_to("2026-11-17 11:10").await;
        assert_eq!(away(world).await, [""; 0]);
        world.forget_mails();
    }

    // R17: what was there before stays; failures are counted and shown, without the address, which is a password.
    async fn a_calendar_that_fails_stays_as_it_was_and_is_shown(world, server) {
        server.says(&[("Åsa Öberg", "20261117", "20261120")], "\"1\"");
        world.advance_to("2026-11-16 09:20").await;
        world.app.scheduler.calendars.fetcher.patience = std::time::Duration::from_millis(500);
        let mut at = chrono::NaiveDate::from_ymd_opt(2026, 11, 16).and_then(|d| d.and_hms_opt(9, 20, 0)).expect("a time");
        for (n, (answer, said)) in (1..).zip([
            (Answer::Status(404, ""), "the server answered 404"),
            (Answer::Status(500, ""), "the server answered 500"),
            (Answer::Status(302, "http://10.0.0.1/latest/meta-data"), "sends us on to another address"),
            (Answer::Status(307, "https://elsewhere.example/"), "sends us on to another address"),
            (Answer::Status(304, ""), "the server answered 304"),
            (Answer::Large(50, true), "larger than 5 MB"),
            (Answer::Large(50, false), "larger than 5 MB"),
            (Answer::Endless, "larger than 5 MB"),
            (Answer::Never, "no whole answer within"),
            (Answer::Half, "broke off"),
            (Answer::Calendar("<html>Sign in</html>".to_owned(), "\"x\""), "what came is no calendar"),
            (Answer::Calendar("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:hemlig orsak".to_owned(), "\"x\""), "breaks off before its end"),
        ]) {
            // 304 is an answer to who has something; after another address of it nobody has.
            if said.contains("304") {
                let name = world.app.scheduler.calendars.shared[0].clone();
                let other = scheduler::calendars::SharedCalendar { all_day_only: false, ..name };
                world.app.scheduler.calendars.shared = Arc::new([other]);
            }
            server.answers(answer);
            at += chrono::TimeDelta::minutes(15);
            world.advance_to(&at.format("%Y-%m-%d %H:%M").to_string()).await;
            let (failures, error) = failures(world).await;
            // What is cut at once may look as if nobody had answered.
            let cut = said == "broke off" && error.contains("cannot be reached");
            assert!(cut || error.contains(said), "{said}: {error}");
            assert_eq!(failures, n, "{said}");
            assert!(!error.contains("secret-token") && !error.contains("127.0.0.1") && !error.contains("hemlig"), "{error}");
            assert_eq!(away(world).await, ["Åsa Öberg 2026-11-17/2026-11-19"], "{said}");
        }
        world.with_administrator(ADMINISTRATOR).await;
        let page = Visitor::signed_in(world, ADMINISTRATOR).await.get("/admin").await.body;
        assert!(page.contains("Kalendern bygglov har inte gått att läsa: 12 försök."), "{page}");
        let page = Visitor::signed_in(world, ADMINISTRATOR).await.get("/admin/people").await.body;
        assert!(page.contains("breaks off before its end"), "{page}");
        assert!(!page.contains("secret-token") && !page.contains("hemlig"), "{page}");
        server.says(&[("Åsa Öberg", "20261117", "20261120")], "\"1\"");
        world.advance_to("2026-11-16 13:00").await;
        assert_eq!(failures(world).await, (0, String::new()));
        world.forget_mails();
    }

    // R17: of a calendar that is configured no longer nothing is believed any more.
    async fn a_calendar_that_is_configured_no_longer_says_nothing(world, server) {
        world.enter_absence("John Hill", "2026-11-17", "2026-11-18", "").await;
        server.says(&[("Åsa Öberg", "20261116", "20261120")], "\"1\"");
        world.advance_to("2026-11-17 09:20").await;
        assert_eq!(away(world).await.len(), 2);
        world.app.scheduler.calendars.shared = Arc::new([]);
        world.work().await;
        assert_eq!(away(world).await, ["John Hill 2026-11-17/2026-11-18", "Åsa Öberg 2026-11-16/2026-11-16"]);
        world.forget_mails();
    }

    // Two processes on one database: each time one of them reads, the other does not.
    async fn two_processes_read_each_calendar_once(world, server) {
        server.says(&[("Åsa Öberg", "20261117", "20261120")], "\"1\"");
        world.advance_to("2026-11-16 09:14").await;
        world.sleep_until("2026-11-16 09:16");
        let asked = server.asked();
        let (one, other) = (world.app.scheduler.clone(), world.app.scheduler.clone());
        let (one, other) = tokio::join!(one.read_calendars(), other.read_calendars());
        assert_eq!(one.expect("storage works") + other.expect("storage works"), 1);
        assert_eq!(server.asked(), asked + 1);
        assert_eq!(away(world).await, ["Åsa Öberg 2026-11-17/2026-11-19"]);
        world.forget_mails();
    }
}
