//! The browser's driver: one for each test process, gone with it.
//!
//! It runs under a shell that holds the other end of a pipe; whichever way the test process ends, the pipe closes, and
//! the shell stops driver and browsers and removes what they wrote.

#[path = "../../../xtask/src/browser_binaries.rs"]
mod binaries;

use std::io::{self, BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

/// A failed start is kept too: each test after it says the same at once.
static DRIVER: OnceLock<Result<Driver, String>> = OnceLock::new();

/// chromedriver, listening.
pub(super) struct Driver {
    pub(super) url: String,
    /// The browser that it is to start.
    pub(super) browser: PathBuf,
    /// Everything that browsers write goes here.
    pub(super) folder: PathBuf,
    _supervisor: Supervisor,
}

struct Supervisor {
    /// Never written to, but open as long as this process lives: its end is what the shell waits for.
    _orders: ChildStdin,
    /// Never closed: a driver that cannot say something any more would end.
    answers: BufReader<ChildStdout>,
    _shell: Child,
}

/// The driver of this process, which the first call starts. It blocks for as long as that takes.
///
/// # Panics
/// When there is no browser, or it does not start.
pub(super) fn driver() -> &'static Driver {
    let driver = DRIVER.get_or_init(Driver::start);
    driver.as_ref().unwrap_or_else(|why| panic!("no browser for the tests: {why}"))
}

impl Driver {
    fn start() -> Result<Self, String> {
        let found = binaries::find().ok_or(
            "no Chromium with a chromedriver of its version is found; `cargo xtask needs` installs them",
        )?;
        let supervisor = Supervisor::start(&found.driver);
        let mut supervisor =
            supervisor.map_err(|error| format!("cannot start a shell: {error}"))?;
        let folder = supervisor.line()?.into();
        let port = supervisor.port()?;
        let url = format!("http://127.0.0.1:{port}");
        Ok(Self { url, browser: found.browser, folder, _supervisor: supervisor })
    }
}

impl Supervisor {
    fn start(driver: &Path) -> io::Result<Self> {
        let mut command = Command::new("sh");
        command.args(["-c", include_str!("driver.sh"), "driver.sh"]).arg(driver);
        // A group of its own: what Ctrl-C or a runner sends to the tests must not hit who cleans up after them.
        command.process_group(0).current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut shell = command.spawn()?;
        let orders = shell.stdin.take().expect("stdin is piped");
        let answers = BufReader::new(shell.stdout.take().expect("stdout is piped"));
        Ok(Self { _orders: orders, answers, _shell: shell })
    }

    fn line(&mut self) -> Result<String, String> {
        let mut line = String::new();
        match self.answers.read_line(&mut line) {
            Ok(0) => Err("the driver ended without listening".to_owned()),
            Ok(_) => Ok(line.trim_end().to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// `ChromeDriver was started successfully on port 42695.`
    fn port(&mut self) -> Result<u16, String> {
        loop {
            let line = self.line()?;
            let Some((_, port)) = line.split_once("successfully on port ") else { continue };
            let port = port.trim_end_matches('.').parse();
            return port.map_err(|_| format!("no port is named in: {line}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::browser::{capabilities, webdriver};
    use clock::{Clock, Stopwatch};
    use std::fs;
    use std::time::Duration;

    /// The processes that have this folder among their words.
    fn using(folder: &Path) -> usize {
        let folder = folder.to_str().unwrap();
        let words = fs::read_dir("/proc").unwrap().flatten();
        let words = words.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
        words.filter(|words| String::from_utf8_lossy(words).contains(folder)).count()
    }

    #[tokio::test]
    async fn driver_browsers_and_folder_vanish_with_whoever_started_them() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let driver = Driver::start().unwrap();
        let profile = driver.folder.join("profile");
        let session = webdriver(&driver, capabilities(&driver.browser, &profile)).await.unwrap();
        assert!(using(&driver.folder) > 0, "a browser runs");
        session.leak().unwrap();

        let Supervisor { _orders, answers, _shell: mut shell } = driver._supervisor;
        drop((_orders, answers)); // as the operating system does for a process that dies, however it dies
        shell.wait().unwrap();
        let waited = Stopwatch::start();
        while using(&driver.folder) > 0 && waited.elapsed() < Duration::from_secs(10) {
            Clock::system().pause(Duration::from_millis(10)).await;
        }
        assert_eq!(using(&driver.folder), 0, "browsers that nobody needs any more");
        assert!(!driver.folder.exists());
    }
}
