//! `mod_xml_cdr`: an element `cdr`. Variables are elements of their name, percent-encoded; the dialplans are not.
//!
//! A document type, and so every entity of one's own, is refused: nothing a PBX sends has one, and a few lines of them can
//! grow to gigabytes.

use super::record::{Profile, Record};
use crate::adapters::Unreadable;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// A record is five deep.
const DEEPEST: usize = 32;

pub(super) fn read(xml: &str) -> Result<Record, Unreadable> {
    let mut reader = Reader::from_str(xml);
    let mut parts = Parts::default();
    loop {
        match reader.read_event().map_err(|_| broken(&reader))? {
            Event::Start(element) => parts.begin(&element)?,
            Event::Empty(element) => {
                parts.begin(&element)?;
                parts.end();
            }
            Event::End(_) => parts.end(),
            Event::Text(text) => {
                parts.text.push_str(&text.xml10_content().map_err(|_| broken(&reader))?);
            }
            Event::CData(text) => {
                parts.text.push_str(&text.decode().map_err(|_| broken(&reader))?);
            }
            Event::GeneralRef(entity) => parts.text.push(character(&entity)?),
            Event::DocType(_) => return Err(Unreadable::because("the XML has a document type")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    if !parts.path.is_empty() {
        return Err(Unreadable::because("the XML ends too early"));
    }
    if parts.variables.is_empty() {
        return Err(Unreadable::missing("variables"));
    }
    Ok(Record::new(parts.direction, parts.variables.into_iter(), parts.profiles))
}

fn broken(reader: &Reader<&[u8]>) -> Unreadable {
    Unreadable::because(format!("this is not XML (byte {})", reader.error_position()))
}

/// A character by its number, or one of the five that XML itself names.
fn character(entity: &BytesRef<'_>) -> Result<char, Unreadable> {
    let unknown = || Unreadable::because("the XML has an entity of its own");
    if let Some(character) = entity.resolve_char_ref().map_err(|_| unknown())? {
        return Ok(character);
    }
    match entity.decode().map_err(|_| unknown())?.as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => Err(unknown()),
    }
}

/// What is read so far.
#[derive(Default)]
struct Parts {
    path: Vec<String>,
    /// Of the innermost element.
    text: String,
    direction: String,
    variables: Vec<(String, String)>,
    profiles: Vec<Profile>,
}

impl Parts {
    fn begin(&mut self, element: &BytesStart<'_>) -> Result<(), Unreadable> {
        if self.path.len() == DEEPEST {
            return Err(Unreadable::because("the XML is nested too deep"));
        }
        self.path.push(String::from_utf8_lossy(element.name().as_ref()).into_owned());
        self.text.clear();
        if self.is_at(&["cdr", "callflow"]) {
            let index = element.try_get_attribute("profile_index").ok().flatten();
            let index = index.and_then(|index| str::from_utf8(&index.value).ok()?.parse().ok());
            let index = index.unwrap_or_default();
            self.profiles.push(Profile { index, ..Profile::default() });
        }
        Ok(())
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        if self.is_at(&["cdr", "channel_data", "direction"]) {
            text.trim().clone_into(&mut self.direction);
        } else if let [cdr, variables, name] = self.path.as_slice()
            && (cdr.as_str(), variables.as_str()) == ("cdr", "variables")
        {
            self.variables.push((name.clone(), text));
        } else if let Some(profile) = self.profiles.last_mut() {
            let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
            match path.as_slice() {
                ["cdr", "callflow", "caller_profile", "destination_number"] => {
                    text.trim().clone_into(&mut profile.destination);
                }
                ["cdr", "callflow", "caller_profile", "context"] => {
                    text.trim().clone_into(&mut profile.context);
                }
                _ => {}
            }
        }
        self.path.pop();
    }

    fn is_at(&self, path: &[&str]) -> bool {
        self.path.iter().map(String::as_str).eq(path.iter().copied())
    }
}
