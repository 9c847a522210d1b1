//! What pages take when many read at once in a large organisation: most of its callbacks ended, over two years.

use crate::many::{Many, Town};
use crate::pages::{Reader, serve};
use crate::samples::{Samples, head, row};
use crate::{ENGINES, Plan};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::follow_up;
use tokio::task::JoinSet;

const AT_ONCE: usize = 16;
/// So many openings of each page.
const OPENINGS: usize = 1_600;
/// Page, and who opens it.
const PAGES: [(&str, Who); 8] = [
    ("/mine", Who::Employees),
    ("/mine/figures", Who::Employees),
    ("/settings", Who::Employees),
    ("/note", Who::Employees),
    ("/unit", Who::Managers),
    ("/unit?show=late", Who::Managers),
    ("/unit", Who::Top),
    ("/follow-up", Who::Managers),
];

#[derive(Debug, Clone, Copy)]
enum Who {
    Employees,
    Managers,
    Top,
}

/// Milliseconds until a page is there whole, and how often it asks the database.
pub(crate) async fn measure(plan: Plan) {
    let Town { callbacks, units, employees, ended_of_100 } = plan.town;
    println!("\n### Pages, {AT_ONCE} readers at once");
    println!(
        "\n{callbacks} callbacks, of which {ended_of_100} % have ended, {employees} employees in {units} units; the readers run in the server's own process."
    );
    for engine in ENGINES {
        println!("\n{engine:?}:");
        let many = Many::of(engine, plan.town).await;
        count(&many).await;
        let base = serve(&many).await;
        head(&["page", "opened by", "median, ms", "p99, ms", "most, ms", "statements"]);
        for (path, who) in PAGES {
            open(&many, &base, path, who).await;
        }
    }
}

/// What was written in bulk has no lines of follow-up yet.
async fn count(many: &Many) {
    let tx = many.app.store.begin().await.expect("storage works");
    follow_up::begin_again(&tx).await.expect("storage works");
    tx.commit().await.expect("storage works");
    while !many.app.scheduler.count_some().await.expect("storage works") {}
}

async fn open(many: &Many, base: &str, path: &'static str, who: Who) {
    let units = many.units();
    let (numbers, name): (Vec<usize>, _) = match who {
        Who::Employees => ((units..units + 64).collect(), "64 employees"),
        Who::Managers => ((1..units.min(33)).collect(), "managers of one unit"),
        Who::Top => (vec![0], "the manager of all"),
    };
    let mut readers = Vec::new();
    for n in numbers {
        readers.push(Reader::of(many, base, n).await);
    }
    // What is kept for the next reader is kept by now.
    readers[0].open(path).await;
    let (readers, next) = (Arc::new(readers), Arc::<AtomicUsize>::default());
    let before = many.app.store.statements();
    let mut all = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (readers, next) = (readers.clone(), next.clone());
        all.spawn(async move {
            let mut took = Vec::new();
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= OPENINGS {
                    return took;
                }
                took.push(readers[n % readers.len()].open(path).await.0);
            }
        });
    }
    let took: Samples = all.join_all().await.into_iter().flatten().collect();
    let asked = (many.app.store.statements() - before) as f64 / OPENINGS as f64;
    let numbers = [took.median(), took.p99(), took.most()].map(|ms| format!("{ms:.1}"));
    let name = [format!("`{path}`"), name.to_owned()];
    row(&name.into_iter().chain(numbers).chain([format!("{asked:.1}")]).collect::<Vec<_>>());
}
