//! The mails of the demo, shown as they come.

use clock::Clock;
use mail_parser::MessageParser;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;
use store::{Store, status};

const LOOK: Duration = Duration::from_millis(500);

/// A folder of `.eml` files, and which of them were shown.
#[derive(Debug)]
pub(super) struct Mailbox {
    folder: PathBuf,
    shown: BTreeSet<PathBuf>,
}

impl Mailbox {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, shown: BTreeSet::new() }
    }

    /// Shows what is new; says how many mails that were.
    pub(super) fn show_new(&mut self) -> usize {
        let files =
            std::fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|e| e.path());
        let mut new: Vec<PathBuf> = files
            .filter(|f| f.extension().is_some_and(|e| e == "eml") && !self.shown.contains(f))
            .collect();
        new.sort();
        for file in &new {
            if let Ok(bytes) = std::fs::read(file) {
                show(&bytes);
            }
        }
        self.shown.extend(new.iter().cloned());
        new.len()
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

fn show(bytes: &[u8]) {
    let Some(mail) = MessageParser::default().parse(bytes) else { return };
    let to = mail.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or("nobody");
    println!("  ┌ Mail to {to}: {}", mail.subject().unwrap_or_default());
    for line in mail.body_text(0).unwrap_or_default().lines() {
        println!("  │ {line}");
    }
    println!("  └");
}
