//! `aterkom mail preview FOLDER` and `aterkom mail send ADDRESS`: every mail in every state and language, to be read before
//! the first is due.

use super::{Ended, WrongUse};
use crate::config::{Config, Transport};
use crate::parts;
use askama::Template;
use chrono::NaiveDate;
use clock::Clock;
use domain::directory::Language;
use notifier::Addressee;
use notifier::mime::mail;
use notifier::preview::{ChannelPreview, Preview};
use std::path::{Path, PathBuf};

/// What can be done with mails.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Write every mail in every state and language to a folder, and a page that shows them
    Preview {
        /// The folder; it is made if it is not there
        folder: PathBuf,
    },
    /// Send the same mails to one address by the configured mail server, to see what mail programs make of them
    Send {
        /// Whose mailbox they go to
        address: String,
        /// Only the text of this name: `digest`, `manager_list` …
        #[arg(long)]
        only: Option<String>,
    },
}

#[derive(Template)]
#[template(path = "mail_preview.html")]
struct Page<'a> {
    organisation: &'a str,
    detail: &'static str,
    languages: Vec<(&'static str, Vec<Shown>, Vec<&'a ChannelPreview>)>,
}

struct Shown {
    file: String,
    subject: String,
    plain: String,
}

/// Writes or sends them.
///
/// # Errors
/// [`WrongUse`] for a folder that cannot be written, an address that is none, a text that there is not, and where there is no
/// mail server; what is wrong with a text of one's own.
pub async fn run(command: &Command, config: &Config) -> anyhow::Result<Ended> {
    match command {
        Command::Preview { folder } => preview(folder, config),
        Command::Send { address, only } => send(address, only.as_deref(), config).await,
    }
}

fn preview(folder: &Path, config: &Config) -> anyhow::Result<Ended> {
    let texts = parts::texts(config)?;
    std::fs::create_dir_all(folder).map_err(|e| unwritable(folder, &e))?;
    let previews = texts.previews()?;
    let (clock, sender, calendar) =
        (Clock::system(), parts::sender(config)?, parts::calendar(config));
    // The day that the samples are of.
    let day = NaiveDate::from_ymd_opt(2026, 12, 29).unwrap_or_default();
    let at = calendar.opening_at(day).unwrap_or_else(|_| clock.now());
    for preview in &previews {
        let to = addressee(preview, "kim.ek@kommun.example");
        let bytes = mail(clock.new_id(), preview.name, &sender, &to, &preview.text, at)?;
        let text = format!("{}\n\n{}", preview.text.subject, preview.text.plain);
        let file = file(preview.language, preview.name, preview.state);
        write(folder, &format!("{file}.html"), preview.text.html.as_bytes())?;
        write(folder, &format!("{file}.txt"), text.as_bytes())?;
        write(folder, &format!("{file}.eml"), &bytes)?;
    }
    let for_channels = texts.channel_previews(&calendar, &parts::public_url(config))?;
    for of_text in &for_channels {
        for (said, state) in of_text.said.iter().zip(1..) {
            let file = file(of_text.language, of_text.name, state);
            write(folder, &format!("{file}.txt"), said.as_bytes())?;
        }
    }
    let of = |language| -> Vec<Shown> {
        let these = previews.iter().filter(|p| p.language == language);
        these
            .map(|p| Shown {
                file: file(p.language, p.name, p.state),
                subject: p.text.subject.clone(),
                plain: p.text.plain.clone(),
            })
            .collect()
    };
    let said = |language| for_channels.iter().filter(|p| p.language == language).collect();
    let languages = [("Svenska", Language::Swedish), ("English", Language::English)];
    let languages = languages.map(|(name, language)| (name, of(language), said(language))).into();
    let (organisation, detail) = (&*config.organisation.name, texts.detail().name());
    let page = Page { organisation, detail, languages }.render()?;
    write(folder, "index.html", page.as_bytes())?;
    println!("{} mails; begin with {}", previews.len(), folder.join("index.html").display());
    Ok(Ended::Well)
}

async fn send(address: &str, only: Option<&str>, config: &Config) -> anyhow::Result<Ended> {
    if !parts::is_address(address) {
        return Err(WrongUse(format!("\"{address}\" is not a mail address")).into());
    }
    if matches!(config.mail.transport, Transport::Folder) {
        return Err(WrongUse(
            "mail.transport is \"folder\", so nobody would get them; write your mail server under [mail], or use aterkom mail preview"
                .to_owned(),
        )
        .into());
    }
    let mut previews = parts::texts(config)?.previews()?;
    if let Some(only) = only {
        let swedish = previews.iter().filter(|p| p.language == Language::Swedish);
        let mut names: Vec<&str> = swedish.map(|preview| preview.name).collect();
        names.dedup();
        let message = format!("there is no text \"{only}\"; there are {}", names.join(", "));
        previews.retain(|preview| preview.name == only);
        if previews.is_empty() {
            return Err(WrongUse(message).into());
        }
    }
    let (clock, sender, channel) =
        (Clock::system(), parts::sender(config)?, parts::channel(config)?);
    for (preview, sent) in previews.iter().zip(0..) {
        let (id, to) = (clock.new_id(), addressee(preview, address));
        let bytes = mail(id, preview.name, &sender, &to, &preview.text, clock.now())?;
        if let Err(failure) = channel.send(id, &sender, address, &bytes).await {
            println!("{sent} of {} mails were sent; then: {failure}", previews.len());
            return Ok(Ended::Failed);
        }
        let file = file(preview.language, preview.name, preview.state);
        println!("{file}: {}", preview.text.subject);
    }
    println!("{} mails were sent", previews.len());
    Ok(Ended::Well)
}

fn addressee(preview: &Preview, address: &str) -> Addressee {
    let (name, address) = ("Kim Ek".to_owned(), address.to_owned());
    Addressee { name, address, language: preview.language }
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), WrongUse> {
    let path = folder.join(name);
    std::fs::write(&path, bytes).map_err(|e| unwritable(&path, &e))
}

fn unwritable(path: &Path, error: &std::io::Error) -> WrongUse {
    WrongUse(format!("{} cannot be written: {error}", path.display()))
}

/// `sv-digest-01`
fn file(language: Language, name: &str, state: usize) -> String {
    let language = match language {
        Language::Swedish => "sv",
        Language::English => "en",
    };
    format!("{language}-{}-{state:02}", name.replace('_', "-"))
}
