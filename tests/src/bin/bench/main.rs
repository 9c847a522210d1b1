//! `cargo xtask bench`: how fast the product is, as ratios to a baseline that runs in the same minutes on the same
//! machine. It prints Markdown; nothing here fails because a machine is slow.
//!
//! Servers and the load on them are processes of their own (this program again, with other words), so that neither
//! shares a runtime with the other.

mod idle;
mod intake;
mod load;
mod machine;
mod many;
mod pages;
mod passes;
mod readers;
mod samples;
mod sending;
mod server;
mod simulating;
mod sink;

use aterkom_tests::Engine;
use many::{Many, Town};

/// How long and how often things are measured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) connections: &'static [usize],
    pub(crate) repetitions: usize,
    pub(crate) load_ms: u64,
    /// Callbacks in the small and in the large database.
    pub(crate) sizes: [usize; 2],
    /// Mails that are sent each time.
    pub(crate) mails: usize,
    /// Connections that they are sent by.
    pub(crate) senders: &'static [usize],
    /// A large organisation.
    pub(crate) town: Town,
    /// Calls of a simulated year.
    pub(crate) calls: u64,
}

const WHOLE: Plan = Plan {
    connections: &[1, 8, 32, 128],
    repetitions: 5,
    load_ms: 1_000,
    sizes: [1_000, 1_000_000],
    mails: 10_000,
    senders: &[1, 4, 16],
    // A year of them: at 4,000 a working day some 10,000 are open.
    town: Town { callbacks: 1_000_000, units: 100, employees: 2_000, ended_of_100: 99 },
    calls: 1_000_000,
};

const QUICK: Plan = Plan {
    connections: &[1, 32, 128],
    repetitions: 3,
    load_ms: 500,
    sizes: [1_000, 100_000],
    mails: 2_000,
    senders: &[4],
    town: Town { callbacks: 20_000, units: 20, employees: 200, ended_of_100: 90 },
    calls: 100_000,
};

pub(crate) const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

const USAGE: &str =
    "usage: bench [--quick] [intake|passes|pages|readers|sending|simulating|idle …]";

fn main() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["load", rest @ ..] => load::run(rest),
        ["server", rest @ ..] => server::run(rest),
        ["sink", rest @ ..] => sink::run(rest),
        ["--quick", parts @ ..] => measure(QUICK, parts),
        parts => measure(WHOLE, parts),
    }
}

/// Everything, or only the parts that are named.
fn measure(plan: Plan, parts: &[&str]) {
    const PARTS: [&str; 7] =
        ["intake", "passes", "pages", "readers", "sending", "simulating", "idle"];
    if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(part)) {
        eprintln!("there is no part \"{unknown}\"; {USAGE}");
        std::process::exit(2);
    }
    let wanted = |part| parts.is_empty() || parts.contains(&part);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        machine::tell();
        if wanted("intake") {
            intake::measure(plan).await;
        }
        if wanted("passes") || wanted("pages") {
            println!("\n### Among few and among many open callbacks");
            for engine in ENGINES {
                println!("\n{engine:?}:");
                let few = Many::open(engine, plan.sizes[0]).await;
                let many = Many::open(engine, plan.sizes[1]).await;
                if wanted("passes") {
                    passes::measure(plan, &few, &many).await;
                }
                if wanted("pages") {
                    pages::measure(plan, &few, &many).await;
                }
            }
        }
        if wanted("readers") {
            readers::measure(plan).await;
        }
        if wanted("sending") {
            sending::measure(plan).await;
        }
        if wanted("simulating") {
            simulating::measure(plan);
        }
        if wanted("idle") {
            idle::measure(plan).await;
        }
    });
}
