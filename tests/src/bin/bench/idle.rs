//! The released binary when nothing happens: how soon it is ready, and how much memory it takes.

use crate::many::Many;
use crate::samples::{Samples, head, row};
use crate::{ENGINES, Plan};
use aterkom_tests::binary::{Serving, client, free_port};
use clock::{Clock, Stopwatch};
use std::time::Duration;

/// What is looked at is what it takes when start-up is long over.
const QUIET: Duration = Duration::from_secs(3);

/// Starts `aterkom serve` again and again on databases that are there.
pub(crate) async fn measure(plan: Plan) {
    println!("\n### `aterkom serve`, idle");
    head(&["database", "ms until /readyz answers 200", "resident MB when idle"]);
    for engine in ENGINES {
        let many = Many::open(engine, plan.sizes[0]).await;
        let (mut ready, mut memory) = (Samples::default(), Samples::default());
        for _ in 0..plan.repetitions {
            let (ms, mb) = start(&many).await;
            ready.add(ms);
            memory.add(mb);
        }
        row(&[format!("{engine:?}"), ready.told(0), memory.told(1)]);
    }
}

async fn start(many: &Many) -> (f64, f64) {
    let (port, client, clock) = (free_port(), client(), Clock::system());
    let began = Stopwatch::start();
    let serving = Serving::start(many.folder.path(), port, &[]);
    let url = format!("http://127.0.0.1:{port}/readyz");
    while !client.get(&url).send().await.is_ok_and(|answer| answer.status() == 200) {
        clock.pause(Duration::from_millis(2)).await;
    }
    let ready = began.elapsed();
    clock.pause(QUIET).await;
    (ready.as_secs_f64() * 1_000.0, resident_mb(serving.id()))
}

fn resident_mb(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let kb = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kb = kb.and_then(|kb| kb.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kb.map_or(f64::NAN, |kb| kb / 1_024.0)
}
