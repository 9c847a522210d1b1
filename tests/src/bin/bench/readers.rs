//! What pages take when many read at once in a large organisation: most of its callbacks ended, over two years.

use crate::many::{Many, Town, address};
use crate::pages::{Reader, serve};
use crate::samples::{Samples, head, row};
use crate::{ENGINES, Plan};
use aterkom::pretend_pbx::PretendPbx;
use aterkom_tests::binary;
use aterkom_tests::world::KEY;
use clock::Clock;
use domain::ids::AccountId;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use store::{accounts, follow_up};
use tokio::task::JoinSet;

const AT_ONCE: usize = 16;
/// So many openings of each page.
const OPENINGS: usize = 1_600;
/// Page, and who opens it.
const PAGES: [(&str, Who); 15] = [
    ("/mine", Who::Employees),
    ("/mine/figures", Who::Employees),
    ("/settings", Who::Employees),
    ("/note", Who::Employees),
    ("/unit", Who::Managers),
    ("/unit?show=late", Who::Managers),
    ("/unit", Who::Top),
    ("/follow-up", Who::Managers),
    ("/admin", Who::It),
    ("/admin/sources/vaxeln", Who::It),
    ("/admin/people", Who::It),
    ("/admin/calendar", Who::It),
    ("/admin/mail", Who::It),
    ("/admin/retention", Who::It),
    ("/admin/read-log", Who::It),
];
/// Those that most people look at, once more while posts come in.
const MEANWHILE: [(&str, Who); 2] = [("/mine", Who::Employees), ("/unit", Who::Managers)];
/// Twenty posts a second: what the town's PBX sends in a rush.
const BETWEEN_POSTS: Duration = Duration::from_millis(50);
const BETWEEN_PASSES: Duration = Duration::from_millis(200);

#[derive(Debug, Clone, Copy)]
enum Who {
    Employees,
    Managers,
    Top,
    It,
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
        let posts = posts(&many, &base).await;
        println!("\nWhile 20 posts a second come in, are read and judged:");
        head(&["page", "opened by", "median, ms", "p99, ms", "most, ms", "statements of all"]);
        for (path, who) in MEANWHILE {
            open(&many, &base, path, who).await;
        }
        drop(posts);
    }
}

/// Posts come in, are read and judged, until this is dropped.
async fn posts(many: &Many, base: &str) -> JoinSet<()> {
    // The rounds of the morning are planned once, and not while something is measured.
    many.app.scheduler.pass().await.expect("storage works");
    let clock = many.app.clock.clone();
    let (client, key) = (binary::client(), KEY.to_vec());
    let pbx = PretendPbx { client, url: format!("{base}/hooks/vaxeln"), key, clock };
    let (receiver, scheduler) = (many.app.receiver.clone(), many.app.scheduler.clone());
    let mut all = JoinSet::new();
    let real = Clock::system();
    all.spawn(async move {
        for n in 0_u64.. {
            let call = json!({ "call_id": format!("c{n}"), "from": "anonymous", "extension": "231", "duration_s": 20 });
            let status = pbx.post("voicemail", call).await.expect("an answer");
            assert_eq!(status, 200, "the post is taken");
            real.pause(BETWEEN_POSTS).await;
        }
    });
    let real = Clock::system();
    all.spawn(async move {
        loop {
            receiver.read_some().await.expect("storage works");
            scheduler.pass().await.expect("storage works");
            real.pause(BETWEEN_PASSES).await;
        }
    });
    all
}

/// What was written in bulk has no lines of follow-up yet.
async fn count(many: &Many) {
    let tx = many.app.store.begin().await.expect("storage works");
    follow_up::begin_again(&tx).await.expect("storage works");
    tx.commit().await.expect("storage works");
    while !many.app.scheduler.count_some().await.expect("storage works") {}
}

async fn make_administrator(many: &Many, n: usize) {
    let clock = &many.app.clock;
    let tx = many.app.store.begin().await.expect("storage works");
    let account = accounts::keep(&tx, &address(n), AccountId(clock.new_id()), clock.now()).await;
    let account = account.expect("storage works").id;
    accounts::make_administrator(&tx, account).await.expect("storage works");
    tx.commit().await.expect("storage works");
}

async fn open(many: &Many, base: &str, path: &'static str, who: Who) {
    let units = many.units();
    let (numbers, name): (Vec<usize>, _) = match who {
        Who::Employees => ((units..units + 64).collect(), "64 employees"),
        Who::Managers => ((1..units.min(33)).collect(), "managers of one unit"),
        Who::Top => (vec![0], "the manager of all"),
        // Nobody's manager.
        Who::It => (vec![units], "the administrator"),
    };
    if matches!(who, Who::It) {
        make_administrator(many, units).await;
    }
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
