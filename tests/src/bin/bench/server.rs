//! Servers to put load on: the product's routes and layers, each keeping posts in its own way.

use aterkom::App;
use aterkom::http::layered;
use aterkom_tests::world::configuration;
use clock::Clock;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use store::inbox::{self, Post};
use store::{Store, StoreError};
use tokio::net::TcpListener;
use webhook_receiver::intake::{Keep, NotStored};
use webhook_receiver::routes::router_keeping;

/// How a server keeps posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// As the product does: who waits together shares a commit.
    Product,
    /// Every post in a transaction of its own.
    RowByRow,
    /// Not at all: signature checked, answered 200.
    Nothing,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Product, Self::RowByRow, Self::Nothing];

    fn word(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::RowByRow => "row-by-row",
            Self::Nothing => "nothing",
        }
    }
}

/// A server in a process of its own; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) port: u16,
    process: Child,
}

impl Server {
    /// Starts one on this database.
    pub(crate) fn start(kind: Kind, folder: &Path, database: &str) -> Self {
        let myself = std::env::current_exe().expect("a process knows its own file");
        let mut command = Command::new(myself);
        command.args(["server", kind.word()]).arg(folder).arg(database);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("this program can be started again");
        let mut port = String::new();
        let mut said = BufReader::new(process.stdout.take().expect("stdout is piped"));
        said.read_line(&mut port).expect("the server can be heard");
        let port = port.trim().parse().expect("the server says its port");
        Self { port, process }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `bench server KIND FOLDER DATABASE`: says its port, and serves until its input ends. Reading and the scheduler do not run.
pub(crate) fn run(words: &[&str]) {
    let [kind, folder, database] = words else { panic!("server KIND FOLDER DATABASE") };
    let kind = Kind::ALL.into_iter().find(|known| known.word() == *kind).expect("a known kind");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(serve(kind, Path::new(folder), database));
}

async fn serve(kind: Kind, folder: &Path, database: &str) {
    let config = configuration(folder, "http://127.0.0.1", database, 25, "", "");
    let app = App::build(&config, Clock::system()).await.expect("the product starts");
    let receiver = app.receiver.clone();
    let router = match kind {
        Kind::Product => app.router(true),
        Kind::RowByRow => layered(router_keeping(receiver, RowByRow(app.store.clone()))),
        Kind::Nothing => layered(router_keeping(receiver, Nothing)),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    println!("{}", listener.local_addr().expect("a listener has an address").port());
    // However whoever started it dies, its input closes then.
    let ended = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    tokio::select! {
        served = async { axum::serve(listener, router).await } => served.expect("the server runs"),
        _ = ended => {}
    }
}

#[derive(Debug, Clone)]
struct RowByRow(Store);

impl Keep for RowByRow {
    async fn keep(&self, post: Post) -> Result<(), NotStored> {
        let stored = async {
            let tx = self.0.begin().await?;
            inbox::insert(&tx, Vec::from([post])).await?;
            tx.commit().await
        };
        stored.await.map_err(|_: StoreError| NotStored)
    }
}

#[derive(Debug, Clone)]
struct Nothing;

impl Keep for Nothing {
    async fn keep(&self, _: Post) -> Result<(), NotStored> {
        Ok(())
    }
}
