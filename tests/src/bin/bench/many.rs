//! A database with many callbacks in it.

use aterkom::App;
use aterkom::commands::people;
use aterkom::config::Config;
use aterkom_tests::engine::Database;
use aterkom_tests::world::{configuration, instant};
use aterkom_tests::{Engine, postgres};
use chrono::{DateTime, TimeDelta, Utc};
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
/// Few employees, so that everybody has a page full already among the few.
const OFFICE: Town = Town { callbacks: 0, units: 4, employees: 20, ended_of_100: 0 };
/// So many in a transaction: what SQLite holds in memory.
const IN_A_TRANSACTION: usize = 2_000;

/// How large an organisation is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Town {
    pub(crate) callbacks: usize,
    pub(crate) units: usize,
    pub(crate) employees: usize,
    /// How many of a hundred callbacks were resolved, over two years; the others are open.
    pub(crate) ended_of_100: usize,
}

/// An installation with so many callbacks, spread over everybody.
#[derive(Debug)]
pub(crate) struct Many {
    pub(crate) app: App,
    pub(crate) folder: TempDir,
    pub(crate) directory: Directory,
    pub(crate) callbacks: usize,
    town: Town,
    // Dropped last: the connections above go before the database does.
    pub(crate) database: Database,
}

impl Many {
    /// Fills a fresh database. Half of them promise a last day, half are to be woken on a later day.
    pub(crate) async fn open(engine: Engine, callbacks: usize) -> Self {
        Self::of(engine, Town { callbacks, ..OFFICE }).await
    }

    /// The same of a town.
    pub(crate) async fn of(engine: Engine, town: Town) -> Self {
        let callbacks = town.callbacks;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = Database::durable(engine, folder.path()).await;
        let config = configuration(folder.path(), "http://127.0.0.1", &database.url, 25, "", "");
        let app = App::build(&config, Clock::by_hand(instant(NOW))).await;
        let app = app.expect("the product starts");
        let directory = import(&app, &config, town).await;
        let many = Self { app, folder, directory, callbacks, town, database };
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

    /// How many units there are; the first employees of that number manage one each.
    pub(crate) fn units(&self) -> usize {
        self.town.units
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

    /// Some time of the last two years.
    fn earlier(&self, n: usize) -> DateTime<Utc> {
        let minutes = 2 * 365 * 24 * 60 * n / self.callbacks;
        self.app.clock.now() - TimeDelta::minutes(i64::try_from(minutes).unwrap_or_default())
    }

    /// The `n`-th, with a promise that is open, or resolved by the PBX until it becomes final in `wakes_in`.
    fn opened(&self, n: usize, promises: bool, wakes_in: TimeDelta) -> Decision {
        let clock = &self.app.clock;
        let employee = &self.directory.employees()[n % self.town.employees];
        let has_ended = n % 100 < self.town.ended_of_100;
        let now = if has_ended { self.earlier(n) } else { clock.now() };
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
        if has_ended {
            let (disposition, at) = (Disposition::Reached, now + TimeDelta::hours(3));
            let state = State::Resolved { disposition, at, by: employee.id.into() };
            let callback = Callback { state, wake_at: None, ..decision.callback };
            return Decision { callback, ..decision };
        }
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

async fn import(app: &App, config: &Config, town: Town) -> Directory {
    let file = file(town);
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
    assert_eq!(directory.employees().len(), town.employees, "the file was taken whole");
    directory
}

fn file(town: Town) -> String {
    let mut file =
        String::from("type,name,unit,email,manager,reception,language,kind,employee,aliases\n");
    for unit in 0..town.units {
        // In a town the first one is above the others.
        let above = if unit == 0 || town.units == OFFICE.units { "" } else { "Enhet 0" };
        file += &format!("unit,Enhet {unit},{above},,{},,,,,\n", address(unit));
    }
    for employee in 0..town.employees {
        let unit = employee % town.units;
        file += &format!("employee,Person {employee},Enhet {unit},{},,,,,,\n", address(employee));
    }
    file
}

/// Of the employee of that number; the first of each unit manages it.
pub(crate) fn address(employee: usize) -> String {
    format!("person{employee}@exempelby.example")
}
