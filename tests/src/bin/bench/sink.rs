//! A mail server that takes everything and keeps nothing, in a process of its own.

use clock::Clock;
use std::io::{BufRead, BufReader, Read, Result};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What it answers to `COUNT`, which is no command of SMTP: how many mails it took.
const COUNT: &[u8] = b"COUNT\r\n";

/// The process; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Sink {
    pub(crate) port: u16,
    process: Child,
}

impl Sink {
    /// Starts one that says yes after so long: a real server writes a mail to its disk first.
    pub(crate) fn start(ms: u64) -> Self {
        let myself = std::env::current_exe().expect("a process knows its own file");
        let mut command = Command::new(myself);
        command.args(["sink", &ms.to_string()]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("this program can be started again");
        let mut port = String::new();
        let mut said = BufReader::new(process.stdout.take().expect("stdout is piped"));
        said.read_line(&mut port).expect("the sink can be heard");
        let port = port.trim().parse().expect("the sink says its port");
        Self { port, process }
    }

    /// How many mails it took since the start.
    pub(crate) async fn taken(&self) -> usize {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).await.expect("the sink listens");
        let mut stream = tokio::io::BufReader::new(stream);
        let mut line = String::new();
        stream.read_line(&mut line).await.expect("a greeting");
        stream.get_mut().write_all(COUNT).await.expect("the sink hears");
        line.clear();
        stream.read_line(&mut line).await.expect("a count");
        line.trim().trim_start_matches("250 ").parse().expect("a number")
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `bench sink MILLISECONDS`: says its port, and takes mails until its input ends.
pub(crate) fn run(words: &[&str]) {
    let [ms] = words else { panic!("sink MILLISECONDS") };
    let delay = Duration::from_millis(ms.parse().expect("a number"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        println!("{}", listener.local_addr().expect("a listener has an address").port());
        // However whoever started it dies, its input closes then.
        let ended = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
        tokio::select! {
            () = serve(listener, delay) => {}
            _ = ended => {}
        }
    });
}

async fn serve(listener: TcpListener, delay: Duration) {
    let taken = Arc::<AtomicUsize>::default();
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(talk(stream, taken.clone(), delay));
    }
}

async fn talk(stream: TcpStream, taken: Arc<AtomicUsize>, delay: Duration) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = tokio::io::BufReader::with_capacity(64 << 10, stream);
    stream.get_mut().write_all(b"220 sink.example\r\n").await?;
    let (mut line, mut answers) = (Vec::new(), Vec::new());
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let is_data = line == b"DATA\r\n";
        if line == COUNT {
            let count = taken.load(Ordering::Relaxed);
            answers.extend_from_slice(format!("250 {count}\r\n").as_bytes());
        } else if line.starts_with(b"EHLO") {
            answers.extend_from_slice(b"250-sink.example\r\n250-PIPELINING\r\n250 8BITMIME\r\n");
        } else if is_data {
            answers.extend_from_slice(b"354 go on\r\n");
        } else if line == b"QUIT\r\n" {
            return stream.get_mut().write_all(b"221 bye\r\n").await;
        } else {
            answers.extend_from_slice(b"250 ok\r\n");
        }
        // Commands that came together are answered together.
        if is_data || stream.buffer().is_empty() {
            stream.get_mut().write_all(&answers).await?;
            answers.clear();
        }
        if is_data {
            while line != b".\r\n" {
                line.clear();
                if stream.read_until(b'\n', &mut line).await? == 0 {
                    return Ok(());
                }
            }
            if !delay.is_zero() {
                Clock::system().pause(delay).await;
            }
            taken.fetch_add(1, Ordering::Relaxed);
            answers.extend_from_slice(b"250 taken\r\n");
            stream.get_mut().write_all(&answers).await?;
            answers.clear();
        }
    }
}
