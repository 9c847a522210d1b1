//! Trying out the organisation's texts before the first mail is due: with samples of every state, and with callers
//! who are exchanged. What changes with the caller shows something of the caller (R29), however it is cut or turned.

use crate::callers::{Field, MailDetail, Shown, put_into};
use crate::samples;
use crate::texts::{TextError, Texts, folder_of, root};
use domain::directory::Language;
use minijinja::ErrorKind;
use minijinja::value::Value;

/// A caller with a number and a name, another who has no letter or length in common with the first, and one who
/// withheld the number.
const CALLERS: [Option<(&str, &str)>; 3] =
    [Some(("1111111", "Aaaaa Aaaa")), Some(("+2222222222", "bbbbbb-bb b bbbb")), None];

/// Renders every text in every state.
pub(crate) fn run(texts: &Texts) -> Result<(), TextError> {
    for language in [Language::Swedish, Language::English] {
        for (name, shown) in samples::all(language) {
            let trial = Trial { texts, language, name, shown };
            for field in Field::ALL {
                trial.hides(field)?;
            }
            trial.renders()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;

struct Trial<'a> {
    texts: &'a Texts,
    language: Language,
    name: &'static str,
    shown: Value,
}

impl Trial<'_> {
    /// Whether it takes what it will be given.
    fn renders(&self) -> Result<(), TextError> {
        let detail = self.texts.detail;
        for caller in [CALLERS[0], CALLERS[2]] {
            let given = |_: &str| -> Shown {
                let of = |field| (field, value(field, caller));
                Field::ALL.into_iter().filter(|f| detail.shows(*f)).map(of).collect()
            };
            self.write(&given)?;
        }
        Ok(())
    }

    /// Whether nothing of this field is in the subject, and nothing in the body where it is not to be shown. It is
    /// given here all the same: a text that would show it is refused for that, and not for a missing value.
    fn hides(&self, field: Field) -> Result<(), TextError> {
        let detail = self.texts.detail;
        let mut first: Option<(String, String)> = None;
        for caller in CALLERS {
            let given = |_: &str| -> Shown {
                let of = |f| (f, value(f, if f == field { caller } else { CALLERS[0] }));
                Field::ALL.into_iter().map(of).collect()
            };
            let (plain, html) = self.write(&given)?;
            let Some((first_plain, first_html)) = &first else {
                first = Some((plain, html));
                continue;
            };
            if plain.lines().next() != first_plain.lines().next() {
                let why = "is in the subject, where nothing of callers may be; take it out of the first line";
                return Err(self.shows("txt", field, why));
            }
            for (ending, same) in [("txt", plain == *first_plain), ("html", html == *first_html)] {
                if !same && !detail.shows(field) {
                    let enough = match field {
                        Field::Number => MailDetail::Number,
                        Field::Name => MailDetail::Full,
                    };
                    let (detail, enough) = (detail.name(), enough.name());
                    let why = format!(
                        "is shown although mail.mail_detail is \"{detail}\"; take it out, or set mail.mail_detail to \"{enough}\""
                    );
                    return Err(self.shows(ending, field, &why));
                }
            }
        }
        Ok(())
    }

    fn write(&self, given: &dyn Fn(&str) -> Shown) -> Result<(String, String), TextError> {
        let context = put_into(&self.shown, self.texts.detail, given);
        let written = self.texts.write(self.name, self.language, &context);
        written.map_err(|error| self.missing(&error))
    }

    /// A value that is missing because of `mail_detail` is told by its name.
    fn missing(&self, error: &minijinja::Error) -> TextError {
        let wrong = Texts::wrong(&self.texts.own, error);
        let error = root(error);
        let detail = self.texts.detail;
        let line = error.line().and_then(|n| error.template_source()?.lines().nth(n - 1));
        let hidden = Field::ALL.into_iter().filter(|f| !detail.shows(*f));
        match hidden.into_iter().find(|f| line.is_some_and(|l| l.contains(f.name()))) {
            Some(field) if error.kind() == ErrorKind::UndefinedError => TextError {
                message: format!(
                    "row.{} is not given while mail.mail_detail is \"{}\"; take it out, or allow it there",
                    field.name(),
                    detail.name()
                ),
                ..wrong
            },
            _ => wrong,
        }
    }

    /// The file that shows it, and its line where it names the field.
    fn shows(&self, ending: &str, field: Field, why: &str) -> TextError {
        let main = format!("{}/{}.{ending}", folder_of(self.language), self.name);
        let own = &self.texts.own;
        let files = own.iter().filter(|(name, _)| name.ends_with(ending));
        let mut files: Vec<_> = files.map(|(name, place)| (*name != main, name, place)).collect();
        files.sort();
        let line = |name: &str| {
            let template = self.texts.environment.get_template(name).ok()?;
            template.source().lines().position(|line| line.contains(field.name()))
        };
        let named = files.iter().find_map(|(_, name, place)| Some((place, line(name)?)));
        let place = match (named, files.first()) {
            (Some((place, line)), _) => format!("{place}:{}", line + 1),
            (None, Some((_, _, place))) => (*place).clone(),
            (None, None) => main,
        };
        TextError { place, message: format!("row.{} {why}", field.name()) }
    }
}

fn value(field: Field, caller: Option<(&str, &str)>) -> Value {
    Value::from(caller.map(|(number, name)| match field {
        Field::Number => number,
        Field::Name => name,
    }))
}
