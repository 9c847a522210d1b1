//! Reading it: defaults, file, environment, in this order; the last word counts.

use super::origin::line_at;
use super::{Config, ConfigError, Origin};
use serde::de::IntoDeserializer;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// The defaults, which are the documentation.
pub const DEFAULTS: &str = include_str!("../../aterkom.default.toml");

const PREFIX: &str = "ATERKOM__";
const FILE: &str = "aterkom.toml";
/// Lists of tables, of which there are none by default.
const LISTS: [&str; 2] = ["sources", "channels"];
/// A key that had another name: whoever wrote it before is told where it belongs.
const MOVED: (&str, &str) = ("absence.private_networks", "outgoing.private_networks");

/// The file to read: the one given, else `aterkom.toml` in this folder where there is one.
pub fn find(given: Option<&Path>) -> Option<PathBuf> {
    let here = Path::new(FILE);
    given.map(Path::to_owned).or_else(|| here.is_file().then(|| here.to_owned()))
}

/// Reads the configuration. `variables` is the environment.
///
/// # Errors
/// [`ConfigError`] for the first thing that is wrong.
pub fn read(
    file: Option<&Path>,
    variables: impl IntoIterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let mut origin = Origin::default();
    let defaults: Table =
        toml::from_str(DEFAULTS).map_err(|e| syntax("the defaults", DEFAULTS, &e))?;
    let mut merged = defaults.clone();
    if let Some(path) = file {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|e| ConfigError::in_place(&name, format!("cannot be read: {e}")))?;
        let table: Table = toml::from_str(&text).map_err(|e| syntax(&name, &text, &e))?;
        origin.file = Some((name, text));
        known(&origin, &table, &defaults, "")?;
        merge(&mut merged, table);
    }
    for (name, value) in variables {
        let Some(path) = name.strip_prefix(PREFIX) else { continue };
        let path = path.to_lowercase().replace("__", ".");
        origin.variables.push((path.clone(), name));
        let table = nested(&path, variable_value(&value));
        known(&origin, &table, &defaults, "")?;
        merge(&mut merged, table);
    }
    let mut config: Config =
        serde_path_to_error::deserialize(Value::Table(merged).into_deserializer())
            .map_err(|e| ConfigError::at(&origin, &e.path().to_string(), worded(e.inner())))?;
    config.origin = origin;
    Ok(config)
}

fn syntax(name: &str, text: &str, error: &toml::de::Error) -> ConfigError {
    let line = error.span().map_or(1, |span| line_at(text, span.start));
    ConfigError::in_place(format!("{name}:{line}"), error.message())
}

/// A value of another kind than it should be may be a secret: what it is stays unsaid.
fn worded(error: &toml::de::Error) -> String {
    let message = error.message();
    let kind = message.starts_with("invalid type: ") || message.starts_with("invalid value: ");
    let Some((_, expected)) = message.rsplit_once(", expected ").filter(|_| kind) else {
        return message.to_owned();
    };
    let write = match expected {
        "a string" => "a text, in quotes",
        "a sequence" => "a list, in [ and ]",
        "a boolean" => "true or false",
        "u16" | "u32" => "a whole number, 0 or more",
        other => other,
    };
    format!("this is not what it should be; write {write}")
}

/// Every key must be one of the defaults'. What is in a source or a list is checked when it is read.
fn known(origin: &Origin, table: &Table, defaults: &Table, above: &str) -> Result<(), ConfigError> {
    for (key, value) in table {
        let path = if above.is_empty() { key.clone() } else { format!("{above}.{key}") };
        match (defaults.get(key), value) {
            (Some(Value::Table(defaults)), Value::Table(table)) => {
                known(origin, table, defaults, &path)?
            }
            (Some(_), _) => {}
            (None, _) if LISTS.contains(&path.as_str()) => {}
            (None, _) if path == MOVED.0 => {
                let message = format!("this key is \"{}\" now; write it there", MOVED.1);
                return Err(ConfigError::at(origin, &path, message));
            }
            (None, _) => {
                let near = nearest(
                    key,
                    defaults
                        .keys()
                        .map(String::as_str)
                        .chain(LISTS.into_iter().filter(|_| above.is_empty())),
                );
                let message = match near {
                    Some(near) => {
                        format!("the key \"{key}\" is not known; did you mean \"{near}\"?")
                    }
                    None => format!(
                        "the key \"{key}\" is not known; see aterkom check --defaults for all there are"
                    ),
                };
                return Err(ConfigError::at(origin, &path, message));
            }
        }
    }
    Ok(())
}

/// The name that somebody may have meant.
fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = names.into_iter().map(|name| (strsim::jaro_winkler(word, name), name));
    scored
        .filter(|(score, _)| *score > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

fn merge(into: &mut Table, from: Table) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Value::Table(into)), Value::Table(from)) => merge(into, from),
            (_, value) => drop(into.insert(key, value)),
        }
    }
}

fn nested(path: &str, value: Value) -> Table {
    let mut keys = path.rsplit('.');
    let last = keys.next().unwrap_or_default();
    let inner = Table::from_iter([(last.to_owned(), value)]);
    keys.fold(inner, |table, key| Table::from_iter([(key.to_owned(), Value::Table(table))]))
}

/// A number, a truth value or a list as in a file; anything else is text and needs no quotes.
fn variable_value(text: &str) -> Value {
    let parsed =
        toml::from_str::<Table>(&format!("v = {text}")).ok().and_then(|mut t| t.remove("v"));
    match parsed {
        Some(
            value @ (Value::Integer(_) | Value::Boolean(_) | Value::Array(_) | Value::String(_)),
        ) => value,
        Some(Value::Float(_) | Value::Datetime(_) | Value::Table(_)) | None => {
            Value::String(text.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(text: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("aterkom.toml");
        std::fs::write(&file, text).unwrap();
        read(Some(&file), [])
    }

    #[test]
    fn the_defaults_are_a_configuration_and_every_key_has_its_comment() {
        read(None, []).unwrap();
        let lines: Vec<&str> = DEFAULTS.lines().collect();
        // One comment may stand over two keys that belong together.
        for window in lines.windows(3) {
            let is_key = |line: &str| line.contains(" = ") && !line.starts_with('#');
            if is_key(window[2]) {
                let said = window[..2].iter().any(|line| line.starts_with('#') || is_key(line));
                assert!(said, "say what this key means: {}", window[2]);
            }
        }
    }

    #[test]
    fn a_file_wins_over_the_defaults_and_the_environment_over_both() {
        let config = from("[server]\nlisten = \"127.0.0.1:1\"\n").unwrap();
        assert_eq!(config.server.listen.port(), 1);
        assert_eq!(config.mail.port, 587);
        let variables = [
            ("ATERKOM__MAIL__PORT", "25"),
            ("ATERKOM__MAIL__HOST", "smtp.example"),
            ("PATH", "/bin"),
        ];
        let config = read(None, variables.map(|(n, v)| (n.to_owned(), v.to_owned()))).unwrap();
        assert_eq!((config.mail.port, config.mail.host.as_str()), (25, "smtp.example"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_what_to_write() {
        for (text, line, said) in [
            ("[server]\nlisten = \"x\"\n", ":2: ", "127.0.0.1:8080"),
            ("[server]\n\nlisen = \"x\"\n", ":3: ", "did you mean \"listen\"?"),
            ("[serve]\nlisten = \"x\"\n", ":1: ", "did you mean \"server\"?"),
            ("[organisation]\nzone = \"Stockholm\"\n", ":2: ", "Europe/Stockholm"),
            ("[rounds]\ndigest = \"8.15\"\n", ":2: ", "08:15"),
            (
                "[calendar]\nclosed = [\n  { date = \"2026-13-01\", reason = \"\" },\n]\n",
                ":3: ",
                "2026-12-28",
            ),
            (
                "[[sources]]\nname = \"x\"\nadapter = \"native\"\nsecret = \"y\"\n",
                ":4: ",
                "unknown field",
            ),
            (
                "[absence]\nprivate_networks = []\n",
                ":2: ",
                "this key is \"outgoing.private_networks\" now",
            ),
            ("[mail\n", ":1: ", ""),
        ] {
            let error = from(text).unwrap_err().to_string();
            assert!(error.contains(line) && error.contains(said), "{text:?} gave {error:?}");
            assert_eq!(error.lines().count(), 1, "{error:?}");
        }
    }
}
