//! A real PostgreSQL of the tests' own: one server for each test process, one database for each test.
//!
//! A server that happens to run on the machine is never used. Ours lives in a temporary folder under a shell that
//! holds the other end of a pipe; whichever way the test process ends, the pipe closes, and the shell stops the
//! server and removes the folder.

#[path = "../../xtask/src/postgres_binaries.rs"]
mod binaries;

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The superuser of our servers.
const USER: &str = "aterkom";

/// A free port can be taken between finding and using it, also by the tests themselves.
const PORTS_TRIED: usize = 5;

/// A failed start is kept too: each test after it says the same at once, instead of trying for seconds.
static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();

/// The one with the settings of an installation.
static DURABLE: OnceLock<Result<Server, String>> = OnceLock::new();

/// A new, empty database on this process's own server, which the first call starts.
///
/// It stays until the process ends, or [`drop_database`] is called.
///
/// # Panics
/// When PostgreSQL is not installed or does not start.
pub fn url_of_fresh_database() -> String {
    server().fresh_database()
}

/// The same on a second server that keeps what it commits, as the one of an installation does: to measure with.
///
/// # Panics
/// When PostgreSQL is not installed or does not start.
pub fn url_of_durable_database() -> String {
    started(&DURABLE, || Server::start(&["durable"])).fresh_database()
}

/// Removes a database of [`url_of_fresh_database`] (7 MB each) and ends the connections to it.
///
/// # Panics
/// When the server refuses.
pub fn drop_database(url: &str) {
    let (_, name) = url.rsplit_once('/').expect("the address names a database");
    of(url).run("dropdb", &["--force", "--if-exists", name]);
}

/// The folder of the programs that all this runs with, `pg_dump` and `pg_restore` among them.
///
/// # Panics
/// When PostgreSQL is not installed.
pub fn programs() -> PathBuf {
    binaries::directory().expect("PostgreSQL is installed; `cargo xtask test` does that")
}

/// `PostgreSQL 17.5`, as the programs call it.
pub fn version() -> String {
    let Some(programs) = binaries::directory() else { return "no PostgreSQL".to_owned() };
    let output = Command::new(programs.join("postgres")).arg("--version").output();
    let said = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    said.unwrap_or_default().trim().replace("postgres (PostgreSQL)", "PostgreSQL")
}

/// Runs a statement as the superuser in this database.
///
/// # Panics
/// When the server refuses.
pub fn sql_in(url: &str, statement: &str) {
    of(url).run("psql", &["--no-psqlrc", "--quiet", "--dbname", url, "--command", statement]);
}

/// The one of ours that this database is on.
fn of(url: &str) -> &'static Server {
    let is_there = |server: &&Server| url.contains(&format!(":{}/", server.port));
    let durable = DURABLE.get().and_then(|server| server.as_ref().ok());
    durable.filter(is_there).unwrap_or_else(server)
}

/// Runs a statement as the superuser, in a database that no test uses.
///
/// # Panics
/// When the server refuses.
pub fn sql(statement: &str) {
    server().run("psql", &["--no-psqlrc", "--quiet", "--dbname=postgres", "--command", statement]);
}

fn server() -> &'static Server {
    started(&SERVER, || Server::start(&[]))
}

fn started(
    server: &'static OnceLock<Result<Server, String>>,
    start: impl FnOnce() -> Result<Server, String>,
) -> &'static Server {
    server
        .get_or_init(start)
        .as_ref()
        .unwrap_or_else(|why| panic!("no PostgreSQL for the tests: {why}"))
}

struct Server {
    programs: PathBuf,
    port: u16,
    databases: AtomicU32,
    _supervisor: Supervisor,
}

impl Server {
    /// `settings`: what the shell is told besides programs and user.
    fn start(settings: &[&str]) -> Result<Self, String> {
        let programs = binaries::directory()
            .ok_or("its programs are not found; `cargo xtask test` installs them")?;
        let mut supervisor = Supervisor::start(&programs, settings)
            .map_err(|error| format!("cannot start a shell: {error}"))?;
        supervisor.hear("initialised")?;
        let port = supervisor.listen()?;
        Ok(Self { programs, port, databases: AtomicU32::new(1), _supervisor: supervisor })
    }

    fn fresh_database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        // Nobody can be connected to template0, and copying a database fails while somebody is.
        self.run("createdb", &["--template=template0", &name]);
        format!("postgres://{USER}@127.0.0.1:{}/{name}", self.port)
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut command = Command::new(self.programs.join(program));
        command
            .args(["--host=127.0.0.1", "--username", USER, "--port", &self.port.to_string()])
            .args(arguments);
        let output =
            forget_servers(&mut command).output().expect("a program that was found can be started");
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

struct Supervisor {
    /// Never read, but open as long as this process lives: its end is what the shell waits for.
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
    _shell: Child,
}

impl Supervisor {
    fn start(programs: &Path, settings: &[&str]) -> io::Result<Self> {
        let mut command = Command::new("sh");
        command.args(["-c", include_str!("postgres.sh"), "postgres.sh"]);
        command.arg(programs).arg(USER).args(settings);
        if let Some((user, group)) = somebody_but_root() {
            command.uid(user).gid(group);
        }
        // A group of its own: what Ctrl-C or a runner sends to the tests must not hit who cleans up after them.
        command.process_group(0).current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut shell = forget_servers(&mut command).spawn()?;
        let orders = shell.stdin.take().expect("stdin is piped");
        let answers = BufReader::new(shell.stdout.take().expect("stdout is piped"));
        Ok(Self { orders, answers, _shell: shell })
    }

    /// The port that the server listens on.
    fn listen(&mut self) -> Result<u16, String> {
        let mut why = String::new();
        for _ in 0..PORTS_TRIED {
            let port = free_port().map_err(|error| format!("no free port: {error}"))?;
            writeln!(self.orders, "{port}")
                .map_err(|error| format!("the shell is gone: {error}"))?;
            match self.hear("listening") {
                Ok(_) => return Ok(port),
                Err(reason) => why = reason,
            }
        }
        Err(why)
    }

    /// Waits for one word and gives what was said before it; up to `refused` or the end, that is the reason why not.
    fn hear(&mut self, word: &str) -> Result<String, String> {
        let mut heard = String::new();
        for line in self.answers.by_ref().lines() {
            match line.map_err(|error| error.to_string())? {
                line if line == word => return Ok(heard),
                line if line == "refused" => return Err(heard),
                line => heard.extend([line.as_str(), "\n"]),
            }
        }
        Err(heard)
    }
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// User and group to run as: PostgreSQL refuses to be root. `None` when we are not root ourselves.
fn somebody_but_root() -> Option<(u32, u32)> {
    if id(&["-u"])? != 0 {
        return None;
    }
    ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| Some((id(&["-u", name])?, id(&["-g", name])?)))
}

fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim_end().parse().ok()
}

/// Takes away what would lead PostgreSQL's programs to another server or folder, and words their messages in English.
fn forget_servers(command: &mut Command) -> &mut Command {
    for (name, _) in
        std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG"))
    {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpStream;

    #[test]
    fn server_and_folder_vanish_with_whoever_started_them() {
        let mut supervisor = Supervisor::start(&binaries::directory().unwrap(), &[]).unwrap();
        let folder = PathBuf::from(supervisor.hear("initialised").unwrap().trim_end());
        let port = supervisor.listen().unwrap();
        assert!(folder.exists());
        assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());

        let Supervisor { orders, _shell: mut shell, .. } = supervisor;
        drop(orders); // as the operating system does for a process that dies, however it dies
        shell.wait().unwrap();
        assert!(!folder.exists());
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
    }

    #[test]
    fn every_call_gives_a_database_of_its_own() {
        let (one, other) = (url_of_fresh_database(), url_of_fresh_database());
        assert_ne!(one, other);
        drop_database(&one);
        drop_database(&one);
    }
}
