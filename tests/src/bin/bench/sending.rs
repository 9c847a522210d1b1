//! Mails out of the database, leased, sent and noted, beside a generator that only says them to the same server by as
//! many connections.

use crate::samples::{Samples, head, row};
use crate::sink::Sink;
use crate::{ENGINES, Plan};
use aterkom::App;
use aterkom_tests::Engine;
use aterkom_tests::engine::Database;
use aterkom_tests::world::configuration;
use chrono::TimeDelta;
use clock::{Clock, Stopwatch};
use domain::directory::Responsible;
use store::deliveries::{self, Delivery};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// So many in a transaction: what SQLite holds in memory.
const IN_A_TRANSACTION: usize = 2_000;
/// Lines of a mail: about as long as a digest in text and HTML.
const LINES: usize = 100;

/// How long the server takes to say yes.
const SINKS: [(u64, &str); 2] = [(0, "at once"), (2, "after 2 ms, as if it wrote to a disk")];

/// Mails a second, in turns with the generator.
pub(crate) async fn measure(plan: Plan) {
    println!("\n### Mails, leased, sent and noted");
    println!(
        "\nThe generator has no database. It says one command at a time, or MAIL, RCPT and DATA in one go, as Återkom does."
    );
    for engine in ENGINES {
        for (ms, how) in SINKS {
            println!(
                "\n{engine:?}, {} mails of {} KB to a local server that takes each {how}; mails a second:",
                mails_for(plan, ms),
                mail().len() / 1_024
            );
            head(&["connections", "Återkom", "one at a time", "ratio", "in one go", "ratio"]);
            for &connections in plan.senders {
                let sink = Sink::start(ms);
                let sending = Sending::open(engine, sink.port, connections).await;
                compare(&sending, &sink, mails_for(plan, ms), plan.repetitions).await;
            }
        }
    }
}

/// A server that takes its time gets fewer.
fn mails_for(plan: Plan, ms: u64) -> usize {
    if ms == 0 { plan.mails } else { plan.mails / 10 }
}

async fn compare(sending: &Sending, sink: &Sink, mails: usize, repetitions: usize) {
    let mut all: [Samples; 5] = Default::default();
    for _ in 0..repetitions {
        let before = sink.taken().await;
        let ours = sending.send(mails).await;
        let mut theirs = [0.0; 2];
        for (theirs, in_one_go) in theirs.iter_mut().zip([false, true]) {
            *theirs = generate(sink.port, sending.connections, mails, in_one_go).await;
        }
        assert_eq!(sink.taken().await - before, 3 * mails, "each was sent once");
        let [single, grouped] = theirs;
        let numbers = [ours, single, ours / single, grouped, ours / grouped];
        all.iter_mut().zip(numbers).for_each(|(samples, number)| samples.add(number));
    }
    let decimals = [0, 0, 2, 0, 2];
    let told = all.iter().zip(decimals).map(|(samples, decimals)| samples.told(decimals));
    row(&std::iter::once(sending.connections.to_string()).chain(told).collect::<Vec<_>>());
}

struct Sending {
    app: App,
    connections: usize,
    _folder: tempfile::TempDir,
    // Dropped last: the connections above go before the database does.
    _database: Database,
}

impl Sending {
    async fn open(engine: Engine, port: u16, connections: usize) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = Database::durable(engine, folder.path()).await;
        let keys = format!("connections = {connections}\nper_minute = 0");
        let config =
            configuration(folder.path(), "http://127.0.0.1", &database.url, port, &keys, "");
        let app = App::build(&config, Clock::system()).await.expect("the product starts");
        Self { app, connections, _folder: folder, _database: database }
    }

    /// Mails a second, when so many wait.
    async fn send(&self, mails: usize) -> f64 {
        for begin in (0..mails).step_by(IN_A_TRANSACTION) {
            let tx = self.app.store.begin().await.expect("storage works");
            for _ in begin..mails.min(begin + IN_A_TRANSACTION) {
                deliveries::insert(&tx, self.delivery()).await.expect("storage works");
            }
            tx.commit().await.expect("storage works");
        }
        let began = Stopwatch::start();
        let mut sent = 0;
        while sent < mails {
            sent += self.app.notifier.dispatch_some().await.expect("storage works");
        }
        mails as f64 / began.elapsed().as_secs_f64()
    }

    fn delivery(&self) -> Delivery {
        let now = self.app.clock.now();
        Delivery {
            id: self.app.clock.new_id(),
            round: self.app.clock.new_id(),
            kind: "digest",
            recipient: Responsible::Organisation.into(),
            address: "vaxel@exempelby.example".to_owned(),
            body: mail(),
            created_at: now,
            expires_at: now + TimeDelta::hours(4),
        }
    }
}

fn mail() -> Vec<u8> {
    let head = "Subject: Att ringa upp: 3\r\nMessage-ID: <1@exempelby.example>\r\n\r\n";
    let line = "Ring upp senast i dag: 261122-ABCDE, missat tisdag 17 november kl. 14.10\r\n";
    format!("{head}{}", line.repeat(LINES)).into_bytes()
}

/// The same number of mails by as many connections, as fast as the server takes them.
async fn generate(port: u16, connections: usize, mails: usize, in_one_go: bool) -> f64 {
    let began = Stopwatch::start();
    let mut all = JoinSet::new();
    for n in 0..connections {
        let share = mails / connections + usize::from(n < mails % connections);
        all.spawn(async move { say(port, share, in_one_go).await.expect("the server takes them") });
    }
    all.join_all().await;
    mails as f64 / began.elapsed().as_secs_f64()
}

async fn say(port: u16, mails: usize, in_one_go: bool) -> std::io::Result<()> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    let content = [mail(), b".\r\n".to_vec()].concat();
    let begin = [
        "MAIL FROM:<aterkom@exempelby.example>\r\n",
        "RCPT TO:<vaxel@exempelby.example>\r\n",
        "DATA\r\n",
    ];
    answers(&mut stream, 1).await?;
    stream.get_mut().write_all(b"EHLO [127.0.0.1]\r\n").await?;
    answers(&mut stream, 3).await?;
    for _ in 0..mails {
        if in_one_go {
            stream.get_mut().write_all(begin.concat().as_bytes()).await?;
            answers(&mut stream, begin.len()).await?;
        } else {
            for command in begin {
                stream.get_mut().write_all(command.as_bytes()).await?;
                answers(&mut stream, 1).await?;
            }
        }
        stream.get_mut().write_all(&content).await?;
        answers(&mut stream, 1).await?;
    }
    stream.get_mut().write_all(b"QUIT\r\n").await?;
    answers(&mut stream, 1).await
}

async fn answers(stream: &mut BufReader<TcpStream>, lines: usize) -> std::io::Result<()> {
    let mut line = String::new();
    for _ in 0..lines {
        line.clear();
        stream.read_line(&mut line).await?;
        assert!(line.starts_with(['2', '3']), "{line}");
    }
    Ok(())
}
