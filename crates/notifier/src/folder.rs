//! The folder of the organisation's own texts, read once at the start.

use crate::texts::{TextError, names};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// No text is longer, in bytes.
const LARGEST: u64 = 64 << 10;
/// More entries than any folder of texts has; the rest is not looked at.
const MOST: usize = 1_000;

/// A file that replaces a text.
#[derive(Debug)]
pub(crate) struct Own {
    /// Such as `sv/digest.txt`.
    pub(crate) name: String,
    /// Where it lies.
    pub(crate) place: String,
    pub(crate) text: String,
}

/// Every text in the folder. Files whose names begin with a dot are nobody's texts.
pub(crate) fn read(folder: &Path) -> Result<Vec<Own>, TextError> {
    let mut found = Vec::new();
    for (name, path) in list(folder, "")? {
        if path.is_dir() && names().any(|known| known.starts_with(&format!("{name}/"))) {
            for (name, path) in list(&path, &format!("{name}/"))? {
                found.push(text(name, &path)?);
            }
        } else {
            found.push(text(name, &path)?);
        }
    }
    Ok(found)
}

fn wrong(path: &Path, message: impl Into<String>) -> TextError {
    TextError { place: path.display().to_string(), message: message.into() }
}

/// Names and paths, in the order of the names.
fn list(folder: &Path, above: &str) -> Result<Vec<(String, std::path::PathBuf)>, TextError> {
    let unreadable = |e: std::io::Error| wrong(folder, format!("this folder cannot be read: {e}"));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)?.take(MOST) {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            found.push((format!("{above}{name}"), entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

fn text(name: String, path: &Path) -> Result<Own, TextError> {
    if !names().any(|known| known == name) {
        let near = names().max_by(|a, b| {
            strsim::jaro_winkler(a, &name).total_cmp(&strsim::jaro_winkler(b, &name))
        });
        let near = near.unwrap_or_default();
        let message =
            format!("no text has this name; did you mean \"{near}\"? docs/mails.md lists them all");
        return Err(wrong(path, message));
    }
    let unreadable = |e: std::io::Error| wrong(path, format!("this text cannot be read: {e}"));
    // Opening something else, such as a pipe, could wait for ever.
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(wrong(path, "this is not a file; write the text in a file of this name"));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(wrong(path, format!("this text is larger than {LARGEST} bytes; shorten it")));
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let valid = e.utf8_error().valid_up_to();
        let line = 1 + e.as_bytes().iter().take(valid).filter(|b| **b == b'\n').count();
        let place = format!("{}:{line}", path.display());
        TextError { place, message: "this is not UTF-8; save the file as UTF-8".to_owned() }
    })?;
    Ok(Own { name, place: path.display().to_string(), text })
}
