//! The texts of mails: those that come with the program, and the files of the organisation that replace them.
//!
//! A text of the organisation is tried out before the first mail is due ([`crate::trial`]). Should one fail all the
//! same, the text that comes with the program is sent: a reminder must not be lost for its wording.

use crate::callers::{self, Callers, MailDetail};
use crate::wrap::wrapped;
use crate::{folder, nesting, trial};
use domain::directory::Language;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// No text needs more steps, or 64 times as many bytes; one that does is wrong.
const FUEL: u64 = 4_000_000;
/// Files that use each other, and macros, may do so this deep.
const DEEPEST: usize = 50;
/// No mail is longer, in bytes.
const LONGEST: usize = 4 << 20;

/// The texts that come with the program, by the name of the file that replaces each.
pub const EMBEDDED: [(&str, &str); 43] = [
    ("layout.html", include_str!("../templates/layout.html")),
    ("sv/new.txt", include_str!("../templates/sv/new.txt")),
    ("sv/new.html", include_str!("../templates/sv/new.html")),
    ("sv/digest.txt", include_str!("../templates/sv/digest.txt")),
    ("sv/digest.html", include_str!("../templates/sv/digest.html")),
    ("sv/nudge.txt", include_str!("../templates/sv/nudge.txt")),
    ("sv/nudge.html", include_str!("../templates/sv/nudge.html")),
    ("sv/rows.txt", include_str!("../templates/sv/rows.txt")),
    ("sv/rows.html", include_str!("../templates/sv/rows.html")),
    ("sv/manager_list.txt", include_str!("../templates/sv/manager_list.txt")),
    ("sv/manager_list.html", include_str!("../templates/sv/manager_list.html")),
    ("sv/alarm.txt", include_str!("../templates/sv/alarm.txt")),
    ("sv/alarm.html", include_str!("../templates/sv/alarm.html")),
    ("sv/faults.txt", include_str!("../templates/sv/faults.txt")),
    ("sv/faults.html", include_str!("../templates/sv/faults.html")),
    ("sv/test.txt", include_str!("../templates/sv/test.txt")),
    ("sv/test.html", include_str!("../templates/sv/test.html")),
    ("sv/sign_in.txt", include_str!("../templates/sv/sign_in.txt")),
    ("sv/sign_in.html", include_str!("../templates/sv/sign_in.html")),
    ("en/new.txt", include_str!("../templates/en/new.txt")),
    ("en/new.html", include_str!("../templates/en/new.html")),
    ("en/digest.txt", include_str!("../templates/en/digest.txt")),
    ("en/digest.html", include_str!("../templates/en/digest.html")),
    ("en/nudge.txt", include_str!("../templates/en/nudge.txt")),
    ("en/nudge.html", include_str!("../templates/en/nudge.html")),
    ("en/rows.txt", include_str!("../templates/en/rows.txt")),
    ("en/rows.html", include_str!("../templates/en/rows.html")),
    ("en/manager_list.txt", include_str!("../templates/en/manager_list.txt")),
    ("en/manager_list.html", include_str!("../templates/en/manager_list.html")),
    ("en/alarm.txt", include_str!("../templates/en/alarm.txt")),
    ("en/alarm.html", include_str!("../templates/en/alarm.html")),
    ("en/faults.txt", include_str!("../templates/en/faults.txt")),
    ("en/faults.html", include_str!("../templates/en/faults.html")),
    ("en/test.txt", include_str!("../templates/en/test.txt")),
    ("en/test.html", include_str!("../templates/en/test.html")),
    ("en/sign_in.txt", include_str!("../templates/en/sign_in.txt")),
    ("en/sign_in.html", include_str!("../templates/en/sign_in.html")),
    ("sv/notice.txt", include_str!("../templates/sv/notice.txt")),
    ("sv/event.txt", include_str!("../templates/sv/event.txt")),
    ("sv/sms.txt", include_str!("../templates/sv/sms.txt")),
    ("en/notice.txt", include_str!("../templates/en/notice.txt")),
    ("en/event.txt", include_str!("../templates/en/event.txt")),
    ("en/sms.txt", include_str!("../templates/en/sms.txt")),
];

/// A mail's words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    pub subject: String,
    pub plain: String,
    pub html: String,
}

/// What is wrong with a text: in which file and line, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct TextError {
    pub(crate) place: String,
    pub(crate) message: String,
}

/// The texts, parsed once.
#[derive(Debug)]
pub struct Texts {
    pub(crate) environment: Environment<'static>,
    /// Files of the organisation: their names, and where they lie.
    pub(crate) own: BTreeMap<String, String>,
    pub(crate) detail: MailDetail,
    /// What is sent where one of the organisation's fails.
    spare: Option<Box<Texts>>,
}

impl Texts {
    /// The texts that come with the program, showing nothing of callers.
    ///
    /// # Errors
    /// Where one of them is not a template; a test sees to it that none is.
    pub fn embedded() -> Result<Self, TextError> {
        Self::load(None, MailDetail::None)
    }

    /// The texts of this folder where it has one, tried out; else those that come with the program.
    ///
    /// # Errors
    /// The first thing that is wrong with a file of the folder.
    pub fn load(folder: Option<&Path>, detail: MailDetail) -> Result<Self, TextError> {
        let mut texts = Self {
            environment: environment().map_err(|e| Self::wrong(&BTreeMap::new(), &e))?,
            own: BTreeMap::new(),
            detail,
            spare: None,
        };
        for (name, text) in EMBEDDED {
            texts.add(name, text.to_owned())?;
        }
        let Some(folder) = folder else { return Ok(texts) };
        for file in folder::read(folder)? {
            nesting::check(&file.text).map_err(|(line, message)| TextError {
                place: format!("{}:{line}", file.place),
                message,
            })?;
            texts.own.insert(file.name.clone(), file.place);
            texts.add(&file.name, file.text)?;
        }
        trial::run(&texts)?;
        texts.spare = Some(Box::new(Self::load(None, detail)?));
        Ok(texts)
    }

    /// How many files of the organisation there are.
    pub fn own_files(&self) -> usize {
        self.own.len()
    }

    /// What bodies show of callers (R29).
    pub fn detail(&self) -> MailDetail {
        self.detail
    }

    fn add(&mut self, name: &str, text: String) -> Result<(), TextError> {
        let added = self.environment.add_template_owned(name.to_owned(), text);
        added.map_err(|e| Self::wrong(&self.own, &e))
    }

    /// The words of a mail. Its subject is the first line of the plain text, written without anything of callers.
    pub(crate) fn text(
        &self,
        name: &str,
        language: Language,
        shown: &impl Serialize,
        callers: &Callers,
    ) -> Result<Text, TextError> {
        let shown = Value::from(Serde(shown));
        let real =
            callers::put_into(&shown, self.detail, &|id| callers.of(id, self.detail, language));
        // Blank, and not missing: a body may well print it without asking whether it is there.
        let blank = callers::put_into(&shown, self.detail, &|_| callers::blank(self.detail));
        self.with_spare(|texts| texts.compose(name, language, &real, &blank))
    }

    pub(crate) fn compose(
        &self,
        name: &str,
        language: Language,
        real: &Value,
        blank: &Value,
    ) -> Result<Text, minijinja::Error> {
        let (plain, html) = self.write(name, language, real)?;
        let (with_subject, _) = match self.detail {
            MailDetail::None => (plain.clone(), String::new()),
            MailDetail::Number | MailDetail::Full => self.write(name, language, blank)?,
        };
        let subject = one_line(with_subject.split('\n').next().unwrap_or_default());
        let (_, plain) = plain.split_once('\n').unwrap_or((&plain, ""));
        Ok(Text { subject, plain: wrapped(plain.trim_start()), html })
    }

    /// The plain text, subject and all, and the HTML.
    pub(crate) fn write(
        &self,
        name: &str,
        language: Language,
        context: &Value,
    ) -> Result<(String, String), minijinja::Error> {
        let one = |ending: &str| self.write_one(name, language, ending, context);
        Ok((one("txt")?, one("html")?))
    }

    pub(crate) fn write_one(
        &self,
        name: &str,
        language: Language,
        ending: &str,
        context: &Value,
    ) -> Result<String, minijinja::Error> {
        let file = format!("{}/{name}.{ending}", folder_of(language));
        let mut page = Page(Vec::new());
        self.environment.get_template(&file)?.render_captured_to(context.clone(), &mut page)?;
        Ok(String::from_utf8_lossy(&page.0).into_owned())
    }

    /// What `write` makes of the texts; where one of the organisation's fails, of those that come with the program.
    pub(crate) fn with_spare<T>(
        &self,
        write: impl Fn(&Self) -> Result<T, minijinja::Error>,
    ) -> Result<T, TextError> {
        match (write(self), &self.spare) {
            (Ok(text), _) => Ok(text),
            // What was wrong may quote a value, and a value may be of a caller: its kind is enough here.
            (Err(error), None) => Err(Self::short(&self.own, &error)),
            (Err(error), Some(spare)) => {
                let error = Self::short(&self.own, &error);
                tracing::error!(%error, "a text of the organisation failed; the one that comes with the program is sent");
                write(spare).map_err(|e| Self::short(&spare.own, &e))
            }
        }
    }

    /// Where it is wrong, and what; for who wrote the text, which the trial renders with samples only.
    pub(crate) fn wrong(own: &BTreeMap<String, String>, error: &minijinja::Error) -> TextError {
        let error = root(error);
        let detail = error.detail().unwrap_or_default();
        let message = match error.kind() {
            ErrorKind::OutOfFuel => {
                "this text does not come to an end; look for a loop that goes on and on".to_owned()
            }
            ErrorKind::WriteFailure => format!("this text is longer than {LONGEST} bytes"),
            ErrorKind::UndefinedError => {
                format!(
                    "{detail} this text is not given such a value; docs/mails.md tells what it is given"
                )
            }
            ErrorKind::TemplateNotFound => {
                format!("{detail}; the files there are: {}", names().collect::<Vec<_>>().join(", "))
            }
            kind => format!(
                "{kind}: {detail}; correct it, or delete the file to send the text that comes with the program"
            ),
        };
        TextError { message: one_line(&message), ..Self::short(own, error) }
    }

    fn short(own: &BTreeMap<String, String>, error: &minijinja::Error) -> TextError {
        let error = root(error);
        let name = error.name().unwrap_or("a text");
        let file = own.get(name).map_or(name, String::as_str);
        let line = error.line().map_or(String::new(), |line| format!(":{line}"));
        TextError { place: format!("{file}{line}"), message: error.kind().to_string() }
    }
}

/// Where files use each other, what went wrong in the innermost.
pub(crate) fn root(error: &minijinja::Error) -> &minijinja::Error {
    let inner = std::error::Error::source(error);
    inner.and_then(|e| e.downcast_ref::<minijinja::Error>()).map_or(error, root)
}

/// Every file that can be replaced.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    EMBEDDED.into_iter().map(|(name, _)| name)
}

pub(crate) fn folder_of(language: Language) -> &'static str {
    match language {
        Language::Swedish => "sv",
        Language::English => "en",
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(DEEPEST);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_auto_escape_callback(|name| {
        if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
    });
    Ok(environment)
}

/// A text as it is written; it takes no more than [`LONGEST`].
struct Page(Vec<u8>);

impl io::Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LONGEST {
            return Err(io::Error::other("too long"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
