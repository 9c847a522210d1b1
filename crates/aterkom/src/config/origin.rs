//! Where a setting came from: a line of the file, a variable of the environment, or the defaults.

use toml::de::{DeTable, DeValue};

/// The file and the variables that a configuration was read from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// Name and text of the file, if there is one.
    pub(super) file: Option<(String, String)>,
    /// Variables by the path of the key they set: (`server.listen`, `ATERKOM__SERVER__LISTEN`).
    pub(super) variables: Vec<(String, String)>,
}

impl Origin {
    /// `aterkom.toml:12`, `ATERKOM__SERVER__LISTEN`, or the key itself where it was not set by anybody.
    pub fn place(&self, path: &str) -> String {
        if let Some((_, variable)) =
            self.variables.iter().find(|(key, _)| path.starts_with(key.as_str()))
        {
            return variable.clone();
        }
        match self.file.as_ref().and_then(|(name, text)| Some((name, line_of(text, path)?))) {
            Some((name, line)) => format!("{name}:{line}"),
            None => match &self.file {
                Some((name, _)) => format!("{name}: {path}"),
                None => path.to_owned(),
            },
        }
    }
}

/// The line, from 1, that a byte stands on.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|b| *b == b'\n').count() + 1
}

/// The line of the deepest part of `path` that the text has.
fn line_of(text: &str, path: &str) -> Option<usize> {
    let table = DeTable::parse(text).ok()?;
    let normal = path.replace('[', ".").replace(']', "");
    let mut keys = normal.split('.').filter(|key| !key.is_empty());
    let (key, value) = table.get_ref().get_key_value(keys.next()?)?;
    let (mut place, mut here) = (key.span().start, value.get_ref());
    for key in keys {
        (place, here) = match here {
            DeValue::Table(table) => match table.get_key_value(key) {
                Some((key, value)) => (key.span().start, value.get_ref()),
                None => break,
            },
            DeValue::Array(array) => match key.parse::<usize>().ok().and_then(|i| array.get(i)) {
                Some(value) => (value.span().start, value.get_ref()),
                None => break,
            },
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => break,
        };
    }
    Some(line_at(text, place))
}
