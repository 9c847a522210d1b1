//! The mails of the demo: read from the folder that they are written to.

use chrono::DateTime;
use chrono_tz::Europe::Stockholm;
use clock::Clock;
use mail_parser::MessageParser;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::{Store, status};
use workalendar::{Language, format_day};

const LOOK: Duration = Duration::from_millis(500);

/// A mail as people read it.
#[derive(Debug)]
pub(super) struct Mail {
    /// The name of its file, without `.eml`; files sort by time.
    pub(super) id: String,
    pub(super) to: String,
    pub(super) subject: String,
    /// `<digest.aterkom.exempelby.example>`: what kind it is.
    pub(super) list: String,
    pub(super) date: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// All of a folder, the newest first.
pub(super) fn all(folder: &Path) -> Vec<Mail> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
    let mut files: Vec<PathBuf> =
        files.filter(|f| f.extension().is_some_and(|e| e == "eml")).collect();
    files.sort();
    files.iter().rev().filter_map(|file| read(file)).collect()
}

fn read(file: &Path) -> Option<Mail> {
    let bytes = std::fs::read(file).ok()?;
    let mail = MessageParser::default().parse(&bytes)?;
    let to = mail.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or("nobody");
    let list = mail.header_raw("List-Id").unwrap_or_default().trim().to_owned();
    Some(Mail {
        id: file.file_stem()?.to_str()?.to_owned(),
        to: to.to_owned(),
        subject: mail.subject().unwrap_or_default().to_owned(),
        list,
        date: mail.date().and_then(|d| said(d.to_timestamp())).unwrap_or_default(),
        text: mail.body_text(0).unwrap_or_default().into_owned(),
        html: mail.body_html(0).unwrap_or_default().into_owned(),
    })
}

/// "tisdag 24 november kl. 08.15".
fn said(timestamp: i64) -> Option<String> {
    let local = DateTime::from_timestamp(timestamp, 0)?.with_timezone(&Stockholm);
    let day = format_day(local.date_naive(), Language::Swedish);
    Some(format!("{day} kl. {}", local.format("%H.%M")))
}

/// Which mails were shown on the terminal.
#[derive(Debug)]
pub(super) struct Mailbox {
    folder: PathBuf,
    shown: BTreeSet<String>,
    /// Kinds of which one was shown whole.
    known: BTreeSet<String>,
}

impl Mailbox {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, shown: BTreeSet::new(), known: BTreeSet::new() }
    }

    /// Shows what is new; the first of each kind whole, the others by their subject.
    pub(super) fn show_new(&mut self) {
        for mail in all(&self.folder).into_iter().rev() {
            if self.shown.insert(mail.id.clone()) {
                println!("  ┌ Mail to {}: {}", mail.to, mail.subject);
                if self.known.insert(mail.list.clone()) {
                    for line in mail.text.lines() {
                        println!("  │ {line}");
                    }
                    println!("  └");
                }
            }
        }
    }

    /// Shows mails, and how many callbacks are open, as they come.
    pub(super) async fn show_as_it_comes(mut self, clock: Clock, store: Store) {
        let mut last = None;
        loop {
            self.show_new();
            let open = open(&store).await;
            if last.is_some() && open != last {
                println!("Open callbacks: {}", open.unwrap_or_default());
            }
            last = open.or(last);
            clock.pause(LOOK).await;
        }
    }
}

async fn open(store: &Store) -> Option<i64> {
    let tx = store.read().await.ok()?;
    let counted = status::count(&tx).await.ok()?;
    tx.commit().await.ok()?;
    Some(counted.callbacks.iter().filter(|(state, _)| state == "open").map(|(_, n)| n).sum())
}
