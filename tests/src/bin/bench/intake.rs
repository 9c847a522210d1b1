//! Posts over real HTTP, checked and stored before they are answered, beside one row in each commit and beside a server
//! that stores nothing.

use crate::load::{self, Load};
use crate::samples::{Samples, head, row};
use crate::server::{Kind, Server};
use crate::{ENGINES, Plan};
use aterkom_tests::Engine;
use aterkom_tests::binary::{Serving, client, free_port};
use aterkom_tests::engine::Database;
use aterkom_tests::world::configuration;
use std::collections::BTreeMap;

/// Posts a second and latencies, by the way of keeping and the number of connections.
pub(crate) async fn measure(plan: Plan) {
    println!("\n### Posts, durable before they are answered");
    println!(
        "\nReal HTTP, signatures checked; the loops that read posts do not run here, and do in the last table."
    );
    for engine in ENGINES {
        println!("\n{engine:?}, posts a second and how long an answer took:");
        head(&[
            "connections",
            "Återkom",
            "median ms",
            "p99 ms",
            "a row a commit",
            "median ms",
            "storing nothing",
        ]);
        let (mut ratios, mut notes) = (Vec::new(), Vec::new());
        for &connections in plan.connections {
            let loads = alternate(engine, connections, plan).await;
            let all = |kind, of: fn(&Load) -> f64| loads[&kind].iter().map(of).collect::<Samples>();
            row(&[
                connections.to_string(),
                all(Kind::Product, |l| l.posts_per_s).told(0),
                all(Kind::Product, |l| l.median_ms).told(2),
                all(Kind::Product, |l| l.p99_ms).told(1),
                all(Kind::RowByRow, |l| l.posts_per_s).told(0),
                all(Kind::RowByRow, |l| l.median_ms).told(2),
                all(Kind::Nothing, |l| l.posts_per_s).told(0),
            ]);
            let ratio = |to: Kind, of: fn(&Load) -> f64| {
                let pairs = loads[&Kind::Product].iter().zip(&loads[&to]);
                pairs.map(|(ours, theirs)| of(ours) / of(theirs)).collect::<Samples>().told(2)
            };
            ratios.push([
                connections.to_string(),
                ratio(Kind::RowByRow, |l| l.posts_per_s),
                ratio(Kind::RowByRow, |l| l.median_ms),
                ratio(Kind::Nothing, |l| l.posts_per_s),
            ]);
            for (kind, loads) in &loads {
                let refused: Samples = loads.iter().map(|l| l.refused).collect();
                if refused.most() > 0.0 {
                    notes.push(format!(
                        "{connections} connections, {kind:?}: {} % refused.",
                        refused.told(1)
                    ));
                }
            }
        }
        head(&[
            "connections",
            "posts/s ÷ a row a commit",
            "median latency ÷ a row a commit",
            "posts/s ÷ storing nothing",
        ]);
        ratios.iter().for_each(|cells| row(cells));
        notes.iter().for_each(|note| println!("\n{note}"));
    }
    while_everything_runs(plan).await;
}

/// The released binary with all its loops: every post is read, judged, and becomes a callback, on the same processors and by
/// the same writer.
async fn while_everything_runs(plan: Plan) {
    println!(
        "\n`aterkom serve` with all its loops, which read every post and open a callback for it meanwhile:"
    );
    head(&["database", "connections", "posts/s", "median ms", "p99 ms", "refused, %"]);
    for engine in ENGINES {
        for &connections in plan.connections.iter().filter(|n| **n >= 32) {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let database = Database::durable(engine, folder.path()).await;
            configuration(folder.path(), "http://127.0.0.1", &database.url, 25, "", "");
            let port = free_port();
            let mut serving = Serving::start(folder.path(), port, &[]);
            serving.answers(&client()).await;
            let loads: Vec<Load> =
                (0..plan.repetitions).map(|_| load::on(port, connections, plan.load_ms)).collect();
            let all = |of: fn(&Load) -> f64| loads.iter().map(of).collect::<Samples>();
            row(&[
                format!("{engine:?}"),
                connections.to_string(),
                all(|l| l.posts_per_s).told(0),
                all(|l| l.median_ms).told(2),
                all(|l| l.p99_ms).told(1),
                all(|l| l.refused).told(1),
            ]);
        }
    }
}

/// The three ways in turns, each on a fresh database.
async fn alternate(engine: Engine, connections: usize, plan: Plan) -> BTreeMap<Kind, Vec<Load>> {
    let mut servers = Vec::new();
    for kind in Kind::ALL {
        let folder = tempfile::tempdir().expect("a temporary folder");
        // One that stores nothing needs no more than a file.
        let engine = if kind == Kind::Nothing { Engine::Sqlite } else { engine };
        let database = Database::durable(engine, folder.path()).await;
        let server = Server::start(kind, folder.path(), &database.url);
        servers.push((kind, server, database, folder));
    }
    let mut loads: BTreeMap<Kind, Vec<Load>> = BTreeMap::new();
    for repetition in 0..plan.repetitions {
        for turn in 0..servers.len() {
            let (kind, server, ..) = &servers[(repetition + turn) % servers.len()];
            loads.entry(*kind).or_default().push(load::on(server.port, connections, plan.load_ms));
        }
    }
    loads
}
