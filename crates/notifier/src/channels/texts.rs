//! The words for Teams, Slack and SMS: texts like those of mails, in the same folder, tried out at the start.

use super::{Destination, Way, shown};
use crate::callers::{self, Callers, Field, MailDetail, put_into};
use crate::render::ShownBy;
use crate::samples;
use crate::texts::{TextError, Texts};
use domain::directory::Language;
use minijinja::value::{Serde, Value};
use serde::Serialize;
use workalendar::WorkCalendar;

/// A message to a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lines {
    /// Written without anything of callers: it stands in notifications on locked telephones, as a subject does (R29).
    pub(super) heading: String,
    pub(super) body: Vec<String>,
}

impl From<&str> for Lines {
    fn from(text: &str) -> Self {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let heading = lines.next().unwrap_or_default().to_owned();
        Self { heading, body: lines.map(str::to_owned).collect() }
    }
}

/// How what is shown of callers is found.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) language: Language,
    pub(super) detail: MailDetail,
    pub(super) callers: &'a Callers,
}

impl Texts {
    /// A message to a chat. Where a text of the organisation fails, the one that comes with the program is sent.
    pub(super) fn lines(
        &self,
        name: &str,
        shown: &impl Serialize,
        reader: Reader<'_>,
    ) -> Result<Lines, TextError> {
        let shown = Value::from(Serde(shown));
        let Reader { language, detail, callers } = reader;
        let real = put_into(&shown, detail, &|id| callers.of(id, detail, language));
        let blank = put_into(&shown, detail, &|_| callers::blank(detail));
        self.with_spare(|texts| {
            let real = Lines::from(&*texts.write_one(name, language, "txt", &real)?);
            let blank = Lines::from(&*texts.write_one(name, language, "txt", &blank)?);
            Ok(Lines { heading: blank.heading, ..real })
        })
    }

    /// Renders every text for this channel in every state.
    ///
    /// # Errors
    /// The first thing that is wrong with a text: also that it shows of callers what this channel is not shown.
    pub fn try_out_for(
        &self,
        destination: &Destination,
        calendar: &WorkCalendar,
        public_url: &str,
    ) -> Result<(), TextError> {
        let by = ShownBy { calendar, public_url };
        let names: &[&str] = match &destination.way {
            Way::Standard { .. } => &[],
            Way::Teams { .. } | Way::Slack { .. } => &["notice", "event"],
            Way::Elks { .. } => &["sms"],
        };
        for name in names {
            for text in self.in_every_state(name, destination.language, destination.detail, by) {
                if text?.trim().is_empty() {
                    let folder = crate::texts::folder_of(destination.language);
                    let message =
                        "this text says nothing in some states; write a first line".to_owned();
                    return Err(TextError { place: format!("{folder}/{name}.txt"), message });
                }
            }
        }
        Ok(())
    }

    /// A text for channels in every state, about callers who do not exist.
    pub(crate) fn in_every_state(
        &self,
        name: &str,
        language: Language,
        detail: MailDetail,
        by: ShownBy<'_>,
    ) -> impl Iterator<Item = Result<String, TextError>> {
        let caller = move |_: &str| -> callers::Shown {
            let shown = Field::ALL.into_iter().filter(|field| detail.shows(*field));
            shown.map(|field| (field, Value::from("070-174 06 05"))).collect()
        };
        states(name, language, by).into_iter().map(move |shown| {
            let text = self.write_one(name, language, "txt", &put_into(&shown, detail, &caller));
            text.map_err(|error| Self::wrong(&self.own, &error))
        })
    }
}

/// What a text is given, in every state.
fn states(name: &str, language: Language, by: ShownBy<'_>) -> Vec<Value> {
    if name == "event" {
        let nobody = domain::directory::Directory::default();
        let shown = |e| Value::from(Serde(shown::event(&e, &nobody, language, by)));
        return samples::events().into_iter().map(shown).collect();
    }
    let units = [Vec::new(), Vec::from(["Park".to_owned(), "Gata".to_owned()])];
    let notices = samples::notices(by.calendar);
    let each = notices.iter().flat_map(|n| units.iter().map(move |units| (n, units)));
    each.map(|(n, units)| Value::from(Serde(shown::notice(n, units, language, by)))).collect()
}
