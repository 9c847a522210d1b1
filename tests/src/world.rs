//! A whole installation with a clock in the hand.

use crate::binary;
use crate::engine::{Database, Engine};
use crate::mailbox::{Mail, Mailbox};
use crate::smtp::SmtpServer;
use aterkom::App;
use aterkom::commands::people;
use aterkom::config::{self, Config};
use aterkom::pretend_pbx::PretendPbx;
use chrono::{DateTime, NaiveDateTime, Utc};
use clock::Clock;
use domain::callback::Callback;
use domain::ids::AccountId;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use store::{accounts, callbacks, status};
use tempfile::TempDir;
use tokio::net::TcpListener;
use webhook_receiver::adapters::Reply;

/// The key behind the native source's secret.
pub const KEY: &[u8; 32] = b"a key that is known to the tests";
/// The token of the sources `prova` (native) and `asterisk`.
pub const TOKEN: &str = "test-token-1234";
/// Who works here; see the file.
pub const PEOPLE: &str = include_str!("../fixtures/world.people.csv");

/// The product on a fresh database.
#[derive(Debug)]
pub struct World {
    pub app: App,
    pub pbx: PretendPbx,
    pub smtp: SmtpServer,
    pub config: Config,
    /// `http://127.0.0.1:…`
    pub base: String,
    pub client: reqwest::Client,
    pub folder: TempDir,
    claimed: BTreeSet<usize>,
    /// Posts that the test knows to be unreadable.
    unread: i64,
    // Dropped last: the connections above go before the database does.
    database: Database,
}

impl World {
    /// Signs somebody up who looks after the installation.
    pub async fn with_administrator(&self, address: &str) {
        let (clock, tx) = (&self.app.clock, self.app.store.begin().await.expect("storage works"));
        let id = AccountId(clock.new_id());
        let account = accounts::keep(&tx, address, id, clock.now()).await.expect("storage works");
        accounts::make_administrator(&tx, account.id).await.expect("storage works");
        tx.commit().await.expect("storage works");
    }

    /// A world at this local time, such as `2026-12-22 15:00`. Rounds of that day whose time is over were not missed.
    pub async fn at(engine: Engine, start: &str) -> Self {
        Self::with(engine, start, "").await
    }

    /// A world whose configuration has these lines as well.
    pub async fn with(engine: Engine, start: &str, extra: &str) -> Self {
        Self::built(engine, start, "", extra).await
    }

    /// A world whose configuration has these lines as well, under `[mail]`.
    pub async fn with_mail(engine: Engine, start: &str, keys: &str) -> Self {
        Self::built(engine, start, keys, "").await
    }

    /// A world with these lines under `[mail]`, and with those as well.
    pub async fn built(engine: Engine, start: &str, mail: &str, extra: &str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = Database::fresh(engine, folder.path()).await;
        let smtp = SmtpServer::start().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("a listener has an address"));
        let config = configuration(folder.path(), &base, &database.url, smtp.port, mail, extra);
        let clock = Clock::by_hand(instant(start));
        let app = App::build(&config, clock.clone()).await.expect("the product starts");
        let router = app.router(true);
        tokio::spawn(async move { axum_serve(listener, router).await });
        let client = binary::client();
        let url = format!("{base}/hooks/vaxeln");
        let pbx = PretendPbx { client: client.clone(), url, key: KEY.to_vec(), clock };
        let unread = 0;
        let mut world = Self {
            app,
            pbx,
            smtp,
            config,
            base,
            client,
            folder,
            claimed: BTreeSet::new(),
            unread,
            database,
        };
        world.import(PEOPLE).await;
        world.app.work_until_quiet().await.expect("storage works");
        world
    }

    /// The address of its database.
    pub fn database_url(&self) -> &str {
        &self.database.url
    }

    /// Makes the directory what this file says.
    pub async fn import(&mut self, file: &str) {
        let people = people::read("the test's people", file.as_bytes(), &self.config);
        let people = people.await.expect("a people file");
        let imported =
            people::import(&people, &self.app.store, &self.app.clock, &self.config, false).await;
        imported.expect("storage works");
    }

    /// An event of the native PBX, posted and signed now; it is accepted, and all that comes of it is done.
    pub async fn post(&mut self, event: &str, data: Value) {
        let status = self.pbx.post(event, data).await.expect("an answer");
        assert_eq!(status, Reply::default().status, "the post is accepted");
        self.work().await;
    }

    /// A form of Asterisk's dialplan; it is accepted, and all that comes of it is done.
    pub async fn post_asterisk(&mut self, fields: &[(&str, &str)]) {
        let url = format!("{}/hooks/asterisk", self.base);
        let response =
            self.client.post(url).bearer_auth(TOKEN).form(fields).send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), 200, "the post is accepted");
        self.work().await;
    }

    /// Does what is to be done now.
    pub async fn work(&self) {
        self.app.work_until_quiet().await.expect("storage works");
    }

    /// Moves on to this local time, stopping wherever something happens by itself.
    pub async fn advance_to(&self, local: &str) {
        self.app.advance_to(instant(local)).await.expect("storage works");
    }

    /// Moves the clock without doing anything, as when the process was not running.
    pub fn sleep_until(&self, local: &str) {
        self.app.clock.set(instant(local));
    }

    /// The mails of this address that were not looked at yet.
    pub fn mailbox(&mut self, address: &str) -> Mailbox {
        let taken = self.smtp.taken();
        let new =
            taken.iter().enumerate().filter(|(i, t)| t.to == address && !self.claimed.contains(i));
        let new: Vec<(usize, Mail)> = new.map(|(i, t)| (i, Mail::read(&t.to, &t.bytes))).collect();
        self.claimed.extend(new.iter().map(|(i, _)| *i));
        Mailbox(new.into_iter().map(|(_, mail)| mail).collect())
    }

    /// Mails that this story is not about.
    pub fn forget_mails(&mut self) {
        self.claimed.extend(0..self.smtp.taken().len());
    }

    /// Everything open, the soonest first.
    pub async fn open(&self) -> Vec<Callback> {
        let tx = self.app.store.read().await.expect("storage works");
        let owners = callbacks::list_owners(&tx).await.expect("storage works");
        let open = callbacks::list_open_of_owners(&tx, &owners).await.expect("storage works");
        tx.commit().await.expect("storage works");
        open
    }

    /// The one callback that is open.
    pub async fn only_open(&self) -> Callback {
        let open = self.open().await;
        assert_eq!(open.len(), 1, "one open callback was expected: {open:#?}");
        open.into_iter().next().expect("there is one")
    }

    /// Counts of everything.
    pub async fn status(&self) -> status::Status {
        let tx = self.app.store.read().await.expect("storage works");
        let counted = status::count(&tx).await.expect("storage works");
        tx.commit().await.expect("storage works");
        counted
    }

    /// How many posts are in that state: waiting, read, unread.
    pub async fn posts(&self, state: &str) -> i64 {
        self.status().await.posts.iter().filter(|(_, s, _)| s == state).map(|(_, _, n)| n).sum()
    }

    /// So many posts of this story cannot be read.
    pub fn expect_unread(&mut self, posts: i64) {
        self.unread += posts;
    }

    /// A path of the product, fetched.
    pub async fn get(&self, path: &str) -> (u16, String) {
        let response =
            self.client.get(format!("{}{path}", self.base)).send().await.expect("an answer");
        (response.status().as_u16(), response.text().await.expect("a text"))
    }

    /// Nothing is left unread, and no mail was sent that the story did not look at.
    pub async fn end(self) {
        self.work().await;
        assert_eq!(self.posts("unread").await, self.unread, "posts that cannot be read");
        assert_eq!(self.posts("waiting").await, 0, "posts that nobody read");
        let taken = self.smtp.taken();
        let overlooked = taken.iter().enumerate().filter(|(i, _)| !self.claimed.contains(i));
        let overlooked: Vec<String> = overlooked
            .map(|(_, t)| Mail::read(&t.to, &t.bytes))
            .map(|m| format!("{}: {}", m.to, m.subject))
            .collect();
        assert!(overlooked.is_empty(), "mails that the story did not look at: {overlooked:#?}");
    }
}

async fn axum_serve(listener: TcpListener, router: axum::Router) {
    axum::serve(listener, router).await.expect("the server runs");
}

/// A local time in Stockholm.
pub fn instant(local: &str) -> DateTime<Utc> {
    let naive = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M:%S"))
        .expect("a local time such as 2026-12-22 15:00");
    workalendar::WorkCalendar::sweden()
        .at(naive.date(), naive.time())
        .expect("a time of this century")
}

/// The configuration of a world, which is also written to `aterkom.toml` in the folder.
pub fn configuration(
    folder: &Path,
    base: &str,
    database: &str,
    smtp: u16,
    mail: &str,
    extra: &str,
) -> Config {
    let secret = PretendPbx::secret(KEY);
    // Most stories are about what comes of a promise in time: mails at once would only be in their way.
    let quiet = "new_every_minutes = 0";
    let extra = match extra {
        _ if extra.contains("new_every_minutes") => extra.to_owned(),
        _ if extra.contains("[rounds]\n") => {
            extra.replace("[rounds]\n", &format!("[rounds]\n{quiet}\n"))
        }
        _ => format!("[rounds]\n{quiet}\n{extra}"),
    };
    let text = format!(
        r#"
[server]
public_url = "{base}"
[storage]
url = "{database}"
[organisation]
name = "Exempelby kommun"
officer = "kommundirektor@exempelby.example"
reception = "vaxel@exempelby.example"
area_code = "0980"
[mail]
transport = "smtp"
host = "127.0.0.1"
port = {smtp}
security = "none"
from = "Återkom <aterkom@exempelby.example>"
retry_minutes = [1, 5, 15]
{mail}
[log]
level = "error"
[[sources]]
name = "vaxeln"
adapter = "native"
secrets = ["{secret}"]
[[sources]]
name = "prova"
adapter = "native"
secrets = ["{TOKEN}"]
[[sources]]
name = "asterisk"
adapter = "asterisk"
secrets = ["{TOKEN}"]
{extra}"#
    );
    let file = folder.join("aterkom.toml");
    std::fs::write(&file, text).expect("a file can be written");
    config::read(Some(&file), []).expect("a configuration")
}
