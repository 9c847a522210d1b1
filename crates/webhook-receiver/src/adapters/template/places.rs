//! What a request says, by place: `call.from`, `items.0.number`, `?event` of the address, `=a fixed text`.

use crate::adapters::Unreadable;
use crate::request::RawRequest;
use serde_json::{Map, Value};

/// The fields of a request.
pub(super) struct Places {
    body: Value,
    query: Map<String, Value>,
}

impl Places {
    /// JSON where the body begins like it, else a form, else the fields of the address.
    ///
    /// # Errors
    /// [`Unreadable`] where the JSON stops being any.
    pub(super) fn of(request: &RawRequest) -> Result<Self, Unreadable> {
        let query = fields(request.query().as_bytes());
        let body = request.body.trim_ascii_start();
        let body = match body.first() {
            Some(b'{' | b'[') => request.json()?,
            Some(_) => Value::Object(fields(body)),
            None => Value::Object(query.clone()),
        };
        Ok(Self { body, query })
    }

    /// The text there, without white space around it; empty where there is none.
    pub(super) fn text(&self, path: &str) -> String {
        let found = match path.split_at_checked(1) {
            None => None,
            Some(("=", fixed)) => return fixed.to_owned(),
            Some(("?", name)) => self.query.get(name).cloned(),
            Some(_) => at(&self.body, path, DEEPEST),
        };
        match found {
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Bool(yes)) => yes.to_string(),
            Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => String::new(),
        }
    }
}

/// JSON within a text within JSON: nobody nests it deeper.
const DEEPEST: u8 = 2;

/// A name may have dots in it, as forms' names do: the longest name that is there counts.
fn at(value: &Value, path: &str, deeper: u8) -> Option<Value> {
    match value {
        Value::Object(fields) => {
            if let Some(found) = fields.get(path) {
                return Some(found.clone());
            }
            let dots = path.match_indices('.').map(|(dot, _)| dot).collect::<Vec<_>>();
            dots.into_iter().rev().find_map(|dot| {
                let inner = fields.get(&path[..dot])?;
                at(inner, &path[dot + 1..], deeper)
            })
        }
        Value::Array(list) => {
            let (index, rest) =
                path.split_once('.').map_or((path, None), |(i, rest)| (i, Some(rest)));
            let inner = list.get(index.parse::<usize>().ok()?)?;
            rest.map_or_else(|| Some(inner.clone()), |rest| at(inner, rest, deeper))
        }
        // Some tools put JSON into a field of a form.
        Value::String(text) if deeper > 0 && text.trim_start().starts_with(['{', '[']) => {
            at(&serde_json::from_str(text).ok()?, path, deeper - 1)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Of a field named twice the first counts.
fn fields(encoded: &[u8]) -> Map<String, Value> {
    let mut fields = Map::new();
    for (name, value) in url::form_urlencoded::parse(encoded) {
        fields.entry(name).or_insert_with(|| Value::String(value.into_owned()));
    }
    fields
}
