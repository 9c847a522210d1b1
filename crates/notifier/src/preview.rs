//! Every text in every state, to be read before the first mail is due. Nobody in them exists.

use crate::callers::{self, Field, Shown, put_into};
use crate::render::ShownBy;
use crate::samples;
use crate::texts::{Text, TextError, Texts};
use domain::directory::Language;
use minijinja::value::Value;
use workalendar::WorkCalendar;

/// Who rings in a preview; the number is one that belongs to nobody.
const NUMBER: &str = "070-174 06 05";
const NAME: &str = "Lisa Berg";

/// One mail as it would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The text's name: `digest`, `manager_list` …
    pub name: &'static str,
    pub language: Language,
    /// Which of its states, from 1.
    pub state: usize,
    pub text: Text,
}

/// What Teams, Slack and SMS are told, by the name of the text.
const FOR_CHANNELS: [&str; 3] = ["notice", "event", "sms"];

/// A text for channels as it would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelPreview {
    /// The text's name: `notice`, `event` or `sms`.
    pub name: &'static str,
    pub language: Language,
    /// What it says in its states, each once.
    pub said: Vec<String>,
}

impl Texts {
    /// Every text in every state, by language, then in the order of the day.
    ///
    /// # Errors
    /// [`TextError`] for a text that cannot be written; one that was loaded can.
    pub fn previews(&self) -> Result<Vec<Preview>, TextError> {
        let mut previews: Vec<Preview> = Vec::new();
        for language in [Language::Swedish, Language::English] {
            for (name, shown) in samples::all(language) {
                let of_name = |p: &&Preview| p.name == name && p.language == language;
                let state = 1 + previews.iter().filter(of_name).count();
                let text = self.preview(name, language, &shown)?;
                previews.push(Preview { name, language, state, text });
            }
        }
        Ok(previews)
    }

    /// The texts for channels in every state, with what `mail_detail` allows.
    ///
    /// # Errors
    /// [`TextError`] for a text that cannot be written.
    pub fn channel_previews(
        &self,
        calendar: &WorkCalendar,
        public_url: &str,
    ) -> Result<Vec<ChannelPreview>, TextError> {
        let by = ShownBy { calendar, public_url };
        let mut previews = Vec::new();
        for language in [Language::Swedish, Language::English] {
            for name in FOR_CHANNELS {
                let mut said: Vec<String> = Vec::new();
                for text in self.in_every_state(name, language, self.detail(), by) {
                    let text = text?.trim().to_owned();
                    if !said.contains(&text) {
                        said.push(text);
                    }
                }
                previews.push(ChannelPreview { name, language, said });
            }
        }
        Ok(previews)
    }

    fn preview(&self, name: &str, language: Language, shown: &Value) -> Result<Text, TextError> {
        let detail = self.detail();
        let caller = |_: &str| -> Shown {
            let of = |field| match field {
                Field::Number => (field, Value::from(NUMBER)),
                Field::Name => (field, Value::from(NAME)),
            };
            Field::ALL.into_iter().filter(|field| detail.shows(*field)).map(of).collect()
        };
        let real = put_into(shown, detail, &caller);
        let blank = put_into(shown, detail, &|_| callers::blank(detail));
        let text = self.compose(name, language, &real, &blank);
        text.map_err(|error| Self::wrong(&self.own, &error))
    }
}
