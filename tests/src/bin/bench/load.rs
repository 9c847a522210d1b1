//! The load: connections that post signed events one after the other, as fast as they are answered.
//!
//! It speaks HTTP/1.1 by hand: on a machine of few cores a comfortable client would be most of what is measured.

use aterkom::pretend_pbx::PretendPbx;
use aterkom_tests::binary;
use aterkom_tests::world::KEY;
use clock::{Clock, Stopwatch};
use std::process::{Command, Stdio};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Before anything is counted.
const WARM_UP: Duration = Duration::from_millis(250);

/// What came of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Load {
    pub(crate) posts_per_s: f64,
    pub(crate) median_ms: f64,
    pub(crate) p99_ms: f64,
    /// Answers that were not 200, in percent.
    pub(crate) refused: f64,
}

/// Puts load on a port, from a process of its own.
pub(crate) fn on(port: u16, connections: usize, ms: u64) -> Load {
    let myself = std::env::current_exe().expect("a process knows its own file");
    let words = [port.to_string(), connections.to_string(), ms.to_string()];
    let mut load = Command::new(myself);
    let output = load.arg("load").args(words).stderr(Stdio::inherit()).output();
    let output = output.expect("this program can be started again");
    let said = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [posts_per_s, median_ms, p99_ms, refused] = numbers[..] else {
        panic!("the load ended without saying what came of it")
    };
    Load { posts_per_s, median_ms, p99_ms, refused }
}

/// `bench load PORT CONNECTIONS MILLISECONDS`
pub(crate) fn run(words: &[&str]) {
    let [port, connections, ms] = words else { panic!("load PORT CONNECTIONS MILLISECONDS") };
    let number = |word: &str| word.parse::<u64>().expect("a number");
    let port = u16::try_from(number(port)).expect("a port");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let load = runtime.expect("a runtime").block_on(post(
        port,
        number(connections),
        Duration::from_millis(number(ms)),
    ));
    println!("{} {} {} {}", load.posts_per_s, load.median_ms, load.p99_ms, load.refused);
}

async fn post(port: u16, connections: u64, time: Duration) -> Load {
    let clock = Clock::system();
    let client = binary::client();
    let pbx = PretendPbx { client, url: String::new(), key: KEY.to_vec(), clock };
    let mut streams = Vec::new();
    for _ in 0..connections {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
        stream.set_nodelay(true).expect("a socket takes its options");
        streams.push(stream);
    }
    let began = Stopwatch::start();
    let mut posting = JoinSet::new();
    for stream in streams {
        posting.spawn(connection(stream, pbx.clone(), began, time));
    }
    let (mut took, mut refused) = (Vec::new(), 0);
    while let Some(connection) = posting.join_next().await {
        let (answers, not) = connection.expect("a connection stays up");
        took.extend(answers);
        refused += not;
    }
    took.sort_unstable();
    let at = |percent: usize| {
        let place = (took.len() * percent / 100).min(took.len().saturating_sub(1));
        took.get(place).map_or(f64::NAN, |time| time.as_secs_f64() * 1_000.0)
    };
    Load {
        posts_per_s: number(took.len()) / time.as_secs_f64(),
        median_ms: at(50),
        p99_ms: at(99),
        refused: 100.0 * number(refused) / number(took.len().max(1)),
    }
}

/// A count as a number to reckon with.
pub(crate) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("counts here are small"))
}

/// The times that answers took, and how many refused.
async fn connection(
    mut stream: TcpStream,
    pbx: PretendPbx,
    began: Stopwatch,
    time: Duration,
) -> (Vec<Duration>, usize) {
    let (mut took, mut refused) = (Vec::new(), 0);
    while began.elapsed() < WARM_UP + time {
        let request = request(&pbx);
        let asked = Stopwatch::start();
        stream.write_all(request.as_bytes()).await.expect("the server takes a post");
        let status = answer(&mut stream).await;
        if (WARM_UP..WARM_UP + time).contains(&began.elapsed()) {
            took.push(asked.elapsed());
            refused += usize::from(status != 200);
        }
    }
    (took, refused)
}

/// A message of a withheld number, told now: a server that reads it opens a callback for each.
fn request(pbx: &PretendPbx) -> String {
    let (now, id) = (pbx.clock.now(), pbx.clock.new_id().simple().to_string());
    let body = format!(
        r#"{{"specversion":"1.0","id":"evt_{id}","source":"/pbx/bench","type":"se.aterkom.call.voicemail","time":"{}","data":{{"call_id":"{id}","from":"anonymous","extension":"231","duration_s":20}}}}"#,
        now.to_rfc3339()
    );
    let id = format!("evt_{id}");
    let (sent_at, length) = (now.timestamp(), body.len());
    let signature = pbx.sign(&id, sent_at, &body);
    format!(
        "POST /hooks/vaxeln HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: bench\r\naccept: */*\r\ncontent-type: application/cloudevents+json\r\nwebhook-id: {id}\r\nwebhook-timestamp: {sent_at}\r\nwebhook-signature: {signature}\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// Reads one answer to its end; its status.
async fn answer(stream: &mut TcpStream) -> u16 {
    let (mut bytes, mut buffer) = (Vec::with_capacity(512), [0; 1024]);
    loop {
        let read = stream.read(&mut buffer).await.expect("the server answers");
        assert!(read > 0, "the server closed a connection");
        bytes.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().expect("a length")) {
                let status = head.split(' ').nth(1).unwrap_or_default();
                return status.parse().expect("a status");
            }
        }
    }
}
