//! JSON read field by field: one that is missing, null or of another kind says nothing, and costs only itself.

use super::Unreadable;
use crate::request::RawRequest;
use domain::party::clean;
use serde_json::{Map, Value};
use url::Url;

/// Longer links than this are cut off by browsers too.
const LONGEST_LINK: usize = 2_000;

/// The body as a JSON object.
///
/// # Errors
/// [`Unreadable`] with the place where it stops being one.
pub(super) fn object(request: &RawRequest) -> Result<Value, Unreadable> {
    request.json::<Map<String, Value>>().map(Value::Object)
}

/// The text at a path such as `data.payload.from` or `to.0.number`: a string without white space around it, or a number.
pub(super) fn text(value: &Value, path: &str) -> String {
    match at(value, path) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) | None => {
            String::new()
        }
    }
}

/// The text at the first of the paths that says anything.
pub(super) fn first(value: &Value, paths: &[&str]) -> String {
    paths.iter().map(|path| text(value, path)).find(|text| !text.is_empty()).unwrap_or_default()
}

/// A name of a call or an event: cleaned, and none of the words that stand for nothing.
pub(super) fn name(value: &Value, path: &str) -> Option<String> {
    let name = clean(&text(value, path));
    (!name.is_empty() && name != "0" && name != "null").then_some(name)
}

/// A name that must be there.
///
/// # Errors
/// [`Unreadable`] naming the field.
pub(super) fn required(value: &Value, path: &'static str) -> Result<String, Unreadable> {
    name(value, path).ok_or_else(|| Unreadable::missing(path))
}

/// Whether `true` stands there, as itself or as a word.
pub(super) fn is_true(value: &Value, path: &str) -> bool {
    match at(value, path) {
        Some(Value::Bool(yes)) => *yes,
        Some(Value::String(word)) => word.eq_ignore_ascii_case("true"),
        Some(Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_)) | None => false,
    }
}

/// The elements of a list; none, where there is no list.
pub(super) fn list<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    at(value, path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A link that a browser can follow.
pub(super) fn link(text: &str) -> Option<Url> {
    let link = Url::parse(text).ok().filter(|_| text.len() <= LONGEST_LINK)?;
    matches!(link.scheme(), "http" | "https").then_some(link)
}

fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, key| match value {
        Value::Object(fields) => fields.get(key),
        Value::Array(list) => list.get(key.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_or_of_another_kind_says_nothing() {
        let value = serde_json::json!({
            "a": {"b": " x ", "n": 412, "big": 9_007_199_254_740_993_u64, "no": null, "yes": true},
            "l": [{"b": "first"}, 2], "zero": 0, "word": "TRUE",
        });
        assert_eq!(text(&value, "a.b"), "x");
        assert_eq!(text(&value, "a.n"), "412");
        assert_eq!(text(&value, "a.big"), "9007199254740993");
        assert_eq!(text(&value, "l.0.b"), "first");
        for nothing in ["", ".", "a", "a.no", "a.yes", "a.b.c", "l", "l.2", "l.-1", "l.x", "x.y"] {
            assert_eq!(text(&value, nothing), "", "{nothing}");
        }
        assert_eq!(first(&value, &["a.no", "a.n", "a.b"]), "412");
        assert_eq!((name(&value, "zero"), name(&value, "a.n")), (None, Some("412".to_owned())));
        assert!(is_true(&value, "a.yes") && is_true(&value, "word") && !is_true(&value, "a.n"));
        assert_eq!((list(&value, "l").len(), list(&value, "a").len()), (2, 0));
        assert_eq!(required(&value, "x"), Err(Unreadable::missing("x")));
        assert!(link("https://a.example/x").is_some() && link("javascript:alert(1)").is_none());
    }
}
