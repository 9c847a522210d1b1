//! Every route of the pages, asked for by every kind of reader (R36): a table that an auditor can read. The routes are read
//! from the source, so that a new one cannot be forgotten: it changes the table, and wants a form here if it takes one.

use super::*;
use aterkom_tests::{Visitor, World, on_both};
use domain::callback::Callback;
use domain::ids::CallbackId;
use std::fmt::Write as _;

const SOURCE: &str = include_str!("../../../../crates/web/src/lib.rs");
const ID: &str = "00000000-0000-0000-0000-000000000001";
const ADMIN: &str = "it@exempelby.example";

/// Who asks: a name for the table, and an address; none is not signed in.
const READERS: [(&str, &str); 9] = [
    ("nobody", ""),
    ("Åsa", TO_ASA),
    ("John", TO_JOHN),
    ("Per", TO_PER),
    ("Maria", TO_MARIA),
    ("Amir", TO_AMIR),
    ("Sara", "sara.lind@exempelby.example"),
    ("reception", "expeditionen@exempelby.example"),
    ("administrator", ADMIN),
];

/// Whose a callback is, the line that was called, and who may see it by R36's words.
const SUBJECTS: [(&str, &str, &[&str]); 3] = [
    ("Åsa's", ASA, &["Åsa", "Per", "Maria"]),
    ("Bygglov's", GROUP, &["Åsa", "John", "Per", "Maria"]),
    // Åsa is away then, and Amir stands in.
    ("Åsa's, covered", ASA, &["Åsa", "Amir", "Per", "Maria"]),
];

/// Method and path of every route, in the order of the source.
pub(super) fn routes() -> Vec<(&'static str, &'static str)> {
    let all = |start: &str| SOURCE.matches(start).count();
    assert_eq!(all(".route("), all(".route(\""), "each on one line, or it is not seen here");
    let mut routes = Vec::new();
    for part in SOURCE.split(".route(\"").skip(1) {
        let (path, rest) = part.split_once('"').expect("a path ends");
        let handler = rest.split(".route").next().unwrap_or_default();
        for (method, call) in [("GET", "get("), ("POST", "post(")] {
            if handler.lines().next().is_some_and(|line| line.contains(call)) {
                routes.push((method, path));
            }
        }
    }
    routes
}

/// What the form of a route sends; nothing where it has none.
pub(super) fn fields(path: &str, version: &str) -> Vec<(&'static str, String)> {
    let own = |fields: &[(&'static str, &str)]| {
        fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect::<Vec<_>>()
    };
    match path.rsplit('/').next().unwrap_or_default() {
        "resolve" => own(&[("version", version), ("disposition", "reached")]),
        "agree" => own(&[("version", version), ("on", "2026-11-20")]),
        "decline" => own(&[("version", version), ("why", "no_time")]),
        "offer" => own(&[("version", version), ("to", "x")]),
        "attempt" | "undo" | "take" | "accept" => own(&[("version", version)]),
        "settings" => own(&[("language", "sv"), ("mails_from", "08:00"), ("mails_until", "17:00")]),
        "note" => own(&[("number", "070-174 06 05"), ("to", "x"), ("about", "x")]),
        "sign" => own(&[("unit", ID), ("month", "2026-10"), ("comment", "x"), ("action", "x")]),
        "calendar" => own(&[("unit", ID), ("day", "2026-12-01"), ("reason", "x")]),
        "open" => own(&[("reason", "ringer upp igen")]),
        "apply" => own(&[("content", "x"), ("digest", "x")]),
        "new" => own(&[("id", "x")]),
        "rotate" => own(&[("id", ID), ("version", "1"), ("days", "7")]),
        "end-old" | "end" => own(&[("version", "1")]),
        "away" => own(&[("from", "2026-12-01"), ("to", "2026-12-01")]),
        "sign-in" => own(&[("address", "x@exempelby.example")]),
        "language" => own(&[("language", "sv"), ("back", "/")]),
        _ => Vec::new(),
    }
}

struct Asking {
    readers: Vec<(&'static str, Visitor)>,
    calls: usize,
}

impl Asking {
    async fn ask(&mut self, who: usize, method: &str, path: &str, version: &str) -> u16 {
        let (_, visitor) = &mut self.readers[who];
        if method == "GET" {
            return visitor.get(path).await.status;
        }
        let fields = fields(path, version);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        visitor.post(path, &fields).await.status
    }

    /// A callback that nobody has touched, for a caller who has none yet.
    async fn untouched(&mut self, world: &mut World, line: &str) -> Callback {
        let n = self.calls;
        self.calls += 1;
        let from = match n {
            0..=94 => format!("+467017406{:02}", 5 + n),
            n => format!("+46406280{:03}", 400 + n - 95),
        };
        let before: Vec<CallbackId> = world.open().await.iter().map(|c| c.id).collect();
        world.post("missed", call(&format!("m{n}"), &from, line)).await;
        let mut new = world.open().await.into_iter().filter(|c| !before.contains(&c.id));
        new.next().expect("one is new")
    }
}

on_both! {
    async fn every_route_answers_every_reader_as_the_table_says(world at "2026-11-17 10:00") {
        world.with_administrator(ADMIN).await;
        let mut readers = Vec::new();
        for (name, address) in READERS {
            let visitor = match address {
                "" => Visitor::new(world),
                address => Visitor::signed_in(world, address).await,
            };
            readers.push((name, visitor));
        }
        let mut asking = Asking { readers, calls: 0 };
        let names: Vec<&str> = READERS.iter().map(|(name, _)| *name).collect();
        let mut table = format!("{:44} | {}\n", "", names.join(" | "));
        let routes = routes();
        assert!(routes.len() > 35, "{routes:?}");
        let (of_callbacks, others): (Vec<_>, Vec<_>) =
            routes.into_iter().partition(|(_, path)| path.starts_with("/callbacks/{id}"));
        for (method, path) in others {
            // These sign out whoever asks, and have tests of their own.
            if path.starts_with("/sign-out") {
                continue;
            }
            let mut answers = Vec::new();
            let asked = path.replace("{name}", "vaxeln").replace("{token}", "x").replace("{id}", "00000000-0000-0000-0000-000000000000");
            for who in 0..READERS.len() {
                answers.push(asking.ask(who, method, &asked, "1").await);
            }
            if path.starts_with("/admin") {
                let expected = |who: usize| match who { 0 => 303, 8 => answers[8], _ => 404 };
                assert_eq!(answers, (0..READERS.len()).map(expected).collect::<Vec<_>>(), "{path} is for administrators");
            }
            let answers: Vec<String> = answers.iter().map(u16::to_string).collect();
            let _ = writeln!(table, "{:44} | {}", format!("{method} {path}"), answers.join(" | "));
        }
        for (subject, line, may) in SUBJECTS {
            if subject == "Åsa's, covered" {
                world.enter_absence("Åsa Öberg", "2026-11-17", "2026-11-18", "Amir Nouri").await;
            }
            let shown = asking.untouched(world, line).await;
            for (method, path) in &of_callbacks {
                let mut answers = Vec::new();
                for (who, (name, _)) in READERS.iter().enumerate() {
                    let touches = *method == "POST" && may.contains(name);
                    let callback = if touches { asking.untouched(world, line).await } else { shown.clone() };
                    let asked = path.replace("{id}", &callback.id.to_string());
                    let answer = asking.ask(who, method, &asked, &callback.version.to_string()).await;
                    match (*name, may.contains(name)) {
                        ("nobody", _) => assert_eq!(answer, 303, "{method} {path}, {subject}: to the sign-in"),
                        (_, true) if *path == "/callbacks/{id}" => assert_eq!(answer, 200, "{path}, {subject}, {name}"),
                        (_, true) => assert!(answer < 500, "{method} {path}, {subject}, {name}: {answer}"),
                        (_, false) => assert_eq!(answer, 404, "{method} {path}, {subject}, {name}"),
                    }
                    answers.push(answer.to_string());
                }
                let _ = writeln!(table, "{:44} | {}", format!("{method} {path} {subject}"), answers.join(" | "));
            }
        }
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("routes_by_reader", table);
        });
        world.forget_mails();
    }
}
