//! The product's own binary, started as people start it.

use clock::{Clock, Stopwatch};
use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

/// Nothing that is waited for here takes longer on a machine that works.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where it lies: beside the tests, under `target`.
///
/// # Panics
/// When it was not built.
pub fn path() -> PathBuf {
    let tests = std::env::current_exe().expect("a process knows its own file");
    // Tests lie in target/PROFILE/deps, the benchmark in target/PROFILE.
    let deps = tests.parent().expect("a file lies in a folder");
    let folder = if deps.ends_with("deps") { deps.parent() } else { Some(deps) };
    let folder = folder.expect("tests lie in target/PROFILE/deps");
    let path = folder.join("aterkom");
    assert!(
        path.is_file(),
        "{} is missing; `cargo xtask test` builds it, and so does `cargo build -p aterkom`",
        path.display()
    );
    path
}

/// The binary with these words, in this folder, without variables that would configure it.
pub fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = command_of(path(), folder);
    command.args(words);
    command
}

fn command_of(program: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in
        std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ATERKOM"))
    {
        command.env_remove(name);
    }
    command.current_dir(folder).stdin(Stdio::null());
    command
}

/// A client to speak to it with.
pub fn client() -> reqwest::Client {
    in_clear().build().expect("a client")
}

/// The beginning of one. It reads no certificates, of which a system has many: here nobody shows any.
pub(crate) fn in_clear() -> reqwest::ClientBuilder {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().tls_certs_only([])
}

/// A port that nobody has now.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("a listener has an address").port()
}

/// `aterkom serve`, killed at the end.
#[derive(Debug)]
pub struct Serving {
    child: Child,
    base: String,
}

impl Serving {
    /// Starts it at this port with the `aterkom.toml` of this folder; its log is appended to the file `log` there.
    pub fn start(folder: &Path, port: u16, words: &[&str]) -> Self {
        Self::start_with(folder, port, words, &[])
    }

    /// The same, with these variables.
    pub fn start_with(
        folder: &Path,
        port: u16,
        words: &[&str],
        variables: &[(&str, &str)],
    ) -> Self {
        let address = format!("127.0.0.1:{port}");
        // A limit on files makes writes fail, as a full disk does, only where its signal is ignored.
        let mut command = command_of("sh", folder);
        let child = command
            .args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"])
            .arg(path())
            .arg("serve")
            .args(words)
            .env("ATERKOM__SERVER__LISTEN", &address)
            .env("ATERKOM__LOG__LEVEL", "info")
            .envs(variables.iter().copied())
            .stdout(Stdio::null())
            .stderr(log(folder))
            .spawn()
            .expect("the binary can be started");
        Self { child, base: format!("http://{address}") }
    }

    /// Its number, as the operating system knows it.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it answers.
    pub async fn answers(&mut self, client: &reqwest::Client) {
        let url = format!("{}/healthz", self.base);
        let clock = Clock::system();
        let waited = Stopwatch::start();
        while client.get(&url).send().await.is_err() {
            if let Some(ended) = self.child.try_wait().expect("a child can be asked") {
                panic!("serve ended by itself: {ended}");
            }
            assert!(waited.elapsed() < PATIENCE, "serve does not answer");
            clock.pause(Duration::from_millis(10)).await;
        }
    }

    /// `kill -9`: nothing is tidied up.
    pub fn kill(&mut self) {
        self.child.kill().expect("a child can be killed");
        self.child.wait().expect("a child that was killed ends");
    }

    /// SIGTERM, which asks it to stop.
    pub fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(told.expect("there is kill").success(), "it was there to be told");
    }

    /// From now on no file takes a byte more, as when the disk is full; `false`: all is well again.
    pub fn fill_the_disk(&self, full: bool) {
        let limit = if full { "--fsize=1:unlimited" } else { "--fsize=unlimited:unlimited" };
        let mut limited = Command::new("prlimit");
        limited.args(["--pid", &self.child.id().to_string(), limit]);
        let done = limited.status().expect("there is prlimit, of util-linux");
        assert!(done.success(), "it was there to be limited");
    }

    /// Waits until it has ended.
    pub async fn ended(&mut self) -> ExitStatus {
        let clock = Clock::system();
        let waited = Stopwatch::start();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child can be asked") {
                return status;
            }
            assert!(waited.elapsed() < PATIENCE, "serve does not end");
            clock.pause(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn log(folder: &Path) -> File {
    let file = OpenOptions::new().create(true).append(true).open(folder.join("log"));
    file.expect("the log can be written")
}
