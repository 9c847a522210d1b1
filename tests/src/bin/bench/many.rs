//! A database with many callbacks in it.

use aterkom::App;
use aterkom::commands::people;
use aterkom::config::Config;
use aterkom_tests::engine::Database;
use aterkom_tests::world::{configuration, instant};
use aterkom_tests::{Engine, postgres};
use chrono::TimeDelta;
use clock::Clock;
use domain::callback::{Callback, Contact, ContactKind, Disposition, State};
use domain::decision::Decision;
use domain::directory::{Directory, Owner};
use domain::fact::Why;
use domain::ids::{CallId, CallbackId, CallerId, LineId, UnitId};
use domain::transitions::{Opening, Rules};
use store::bench;
use tempfile::TempDir;

/// A Tuesday at ten: rounds of that morning are planned, or are at the first pass.
const NOW: &str = "2026-12-22 10:00";
const UNITS: usize = 4;
/// Few, so that everybody has a page full already among the few.
const EMPLOYEES: usize = 20;
/// So many in a transaction: what SQLite holds in memory.
const IN_A_TRANSACTION: usize = 2_000;

/// An installation with so many open callbacks, spread over everybody.
#[derive(Debug)]
pub(crate) struct Many {
    pub(crate) app: App,
    pub(crate) folder: TempDir,
    pub(crate) directory: Directory,
    pub(crate) callbacks: usize,
    // Dropped last: the connections above go before the database does.
    pub(crate) database: Database,
}

impl Many {
    /// Fills a fresh database. Half of them promise a last day, half are to be woken on a later day.
    pub(crate) async fn open(engine: Engine, callbacks: usize) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = Database::durable(engine, folder.path()).await;
        let config = configuration(folder.path(), "http://127.0.0.1", &database.url, 25, "", "");
        let app = App::build(&config, Clock::by_hand(instant(NOW))).await;
        let app = app.expect("the product starts");
        let directory = import(&app, &config).await;
        let many = Self { app, folder, directory, callbacks, database };
        for begin in (0..callbacks).step_by(IN_A_TRANSACTION) {
            let end = callbacks.min(begin + IN_A_TRANSACTION);
            let some = (begin..end).map(|n| many.opened(n, n % 2 == 0, TimeDelta::hours(30)));
            many.write(&some.collect::<Vec<_>>()).await;
        }
        if engine == Engine::Postgres {
            // What autovacuum does in the minutes after; not while something is measured.
            postgres::sql_in(&many.database.url, "VACUUM ANALYZE");
            postgres::sql_in(&many.database.url, "CHECKPOINT");
        }
        many
    }

    /// So many more, which time is to wake now.
    pub(crate) async fn add_due(&self, callbacks: usize) {
        let due = (0..callbacks).map(|n| self.opened(n, false, TimeDelta::zero()));
        self.write(&due.collect::<Vec<_>>()).await;
    }

    async fn write(&self, decisions: &[Decision]) {
        let tx = self.app.store.begin().await.expect("storage works");
        bench::open_many(&tx, decisions).await.expect("storage works");
        tx.commit().await.expect("storage works");
    }

    /// The `n`-th, with a promise that is open, or resolved by the PBX until it becomes final in `wakes_in`.
    fn opened(&self, n: usize, promises: bool, wakes_in: TimeDelta) -> Decision {
        let clock = &self.app.clock;
        let employee = &self.directory.employees()[n % EMPLOYEES];
        let now = clock.now();
        let scheduler = &self.app.scheduler;
        let call = CallId(clock.new_id());
        let contact = Contact {
            call,
            at: now,
            at_marked: false,
            line: None,
            kind: ContactKind::Missed { why: Why::Unknown },
            promised: true,
            withdrawn: false,
        };
        let opening = Opening {
            id: CallbackId(clock.new_id()),
            caller: Some(CallerId(clock.new_id())),
            owner: Owner::Employee(employee.id),
            unit: Some(UnitId(employee.unit.0)),
            contact,
            previous: None,
            may_be_joined: true,
        };
        let rules = Rules::new(&scheduler.policy, &scheduler.calendar);
        let decision = Callback::open(opening, rules, now).expect("a last day in this century");
        if promises {
            return decision;
        }
        let (by, final_at) = (LineId(clock.new_id()), now + wakes_in);
        let disposition = Disposition::ReachedByPbx;
        let state = State::Provisional { by, call, disposition, at: now, final_at };
        let callback = Callback { state, wake_at: Some(final_at), ..decision.callback };
        Decision { callback, ..decision }
    }
}

async fn import(app: &App, config: &Config) -> Directory {
    let file = file();
    let people = people::read("the benchmark's people", file.as_bytes(), config).await;
    let people = people.expect("a people file");
    let imported = people::import(&people, &app.store, &app.clock, config, false).await;
    imported.expect("storage works");
    let tx = app.store.read().await.expect("storage works");
    let directory =
        store::people::directory(&tx, app.scheduler.calendar.local_date(app.clock.now()))
            .await
            .expect("storage works");
    tx.commit().await.expect("storage works");
    assert_eq!(directory.employees().len(), EMPLOYEES, "the file was taken whole");
    directory
}

fn file() -> String {
    let mut file =
        String::from("type,name,unit,email,manager,reception,language,kind,employee,aliases\n");
    for unit in 0..UNITS {
        file += &format!("unit,Enhet {unit},,,{},,,,,\n", address(unit));
    }
    for employee in 0..EMPLOYEES {
        let unit = employee % UNITS;
        file += &format!("employee,Person {employee},Enhet {unit},{},,,,,,\n", address(employee));
    }
    file
}

/// Of the employee of that number; the first of each unit manages it.
pub(crate) fn address(employee: usize) -> String {
    format!("person{employee}@exempelby.example")
}
