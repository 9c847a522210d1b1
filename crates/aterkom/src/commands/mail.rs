//! `aterkom mail preview FOLDER`: every mail in every state and language, to be read in a browser and in a mail reader.

use super::{Ended, WrongUse};
use crate::config::Config;
use crate::parts;
use askama::Template;
use chrono::NaiveDate;
use clock::Clock;
use domain::directory::Language;
use notifier::Addressee;
use notifier::mime::mail;
use notifier::preview::Preview;
use std::path::{Path, PathBuf};

/// What can be done with mails.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Write every mail in every state and language to a folder, and a page that shows them
    Preview {
        /// The folder; it is made if it is not there
        folder: PathBuf,
    },
}

#[derive(Template)]
#[template(path = "mail_preview.html")]
struct Page<'a> {
    organisation: &'a str,
    detail: &'static str,
    languages: Vec<(&'static str, Vec<Shown>)>,
}

struct Shown {
    file: String,
    subject: String,
    plain: String,
}

/// Writes them.
///
/// # Errors
/// [`WrongUse`] for a folder that cannot be written; what is wrong with a text of one's own.
pub fn run(command: &Command, config: &Config) -> anyhow::Result<Ended> {
    let Command::Preview { folder } = command;
    let texts = parts::texts(config)?;
    let written =
        |e: std::io::Error| WrongUse(format!("{} cannot be written: {e}", folder.display()));
    std::fs::create_dir_all(folder).map_err(written)?;
    let previews = texts.previews()?;
    for preview in &previews {
        write(preview, folder, config)?;
    }
    let of = |language| -> Vec<Shown> {
        let these = previews.iter().filter(|p| p.language == language);
        these
            .map(|p| Shown {
                file: file(p),
                subject: p.text.subject.clone(),
                plain: p.text.plain.clone(),
            })
            .collect()
    };
    let languages =
        Vec::from([("Svenska", of(Language::Swedish)), ("English", of(Language::English))]);
    let (organisation, detail) = (&*config.organisation.name, texts.detail().name());
    let index = folder.join("index.html");
    std::fs::write(&index, Page { organisation, detail, languages }.render()?).map_err(written)?;
    println!("{} mails; begin with {}", previews.len(), index.display());
    Ok(Ended::Well)
}

fn write(preview: &Preview, folder: &Path, config: &Config) -> anyhow::Result<()> {
    let clock = Clock::system();
    let to = Addressee {
        name: "Kim Ek".to_owned(),
        address: "kim.ek@kommun.example".to_owned(),
        language: preview.language,
    };
    let calendar = parts::calendar(config);
    // The day that the samples are of.
    let day = NaiveDate::from_ymd_opt(2026, 12, 29).unwrap_or_default();
    let at = calendar.opening_at(day).unwrap_or_else(|_| clock.now());
    let sender = parts::sender(config)?;
    let bytes = mail(clock.new_id(), preview.name, &sender, &to, &preview.text, at)?;
    let file = file(preview);
    for (ending, bytes) in [
        ("html", preview.text.html.as_bytes()),
        ("txt", format!("{}\n\n{}", preview.text.subject, preview.text.plain).as_bytes()),
        ("eml", &bytes),
    ] {
        let path = folder.join(format!("{file}.{ending}"));
        std::fs::write(&path, bytes)
            .map_err(|e| WrongUse(format!("{} cannot be written: {e}", path.display())))?;
    }
    Ok(())
}

/// `sv-digest-01`
fn file(preview: &Preview) -> String {
    let language = match preview.language {
        Language::Swedish => "sv",
        Language::English => "en",
    };
    format!("{language}-{}-{:02}", preview.name.replace('_', "-"), preview.state)
}
