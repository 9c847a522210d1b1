//! The fields of a request, whether it is a form, a GET, or JSON: `a[b]` is the member `b` of `a`, `a[]` those of a list.
//!
//! So is nested data written in forms by PHP, Erlang and others, and one reader does for both.

use super::Unreadable;
use crate::request::RawRequest;
use serde_json::Value;

/// Nothing that we read is named by a longer path, or lies deeper: what is longer or deeper is left out, so that a
/// small request cannot become a large one.
const LONGEST_NAME: usize = 120;
const DEEPEST: usize = 6;

/// Names and texts, in the order they came. Numbers and truth values are as JSON writes them; null is nothing.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// # Errors
    /// [`Unreadable`] for a body that begins like a JSON object and is none.
    pub(super) fn of(request: &RawRequest) -> Result<Self, Unreadable> {
        if request.body.trim_ascii_start().starts_with(b"{") {
            let mut fields = Self::default();
            fields.flatten(String::new(), request.json()?, 0);
            return Ok(fields);
        }
        let form = match request.method == "GET" || request.body.is_empty() {
            true => request.query().as_bytes(),
            false => &request.body,
        };
        Ok(Self(url::form_urlencoded::parse(form).into_owned().collect()))
    }

    /// A field's text without surrounding white space, the first that says anything; empty when none does.
    pub(super) fn text(&self, name: &str) -> &str {
        let mut named = self.0.iter().filter(|(n, _)| n == name).map(|(_, text)| text.trim());
        named.find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// The first of these fields that says anything.
    pub(super) fn first(&self, names: &[&str]) -> &str {
        names.iter().map(|name| self.text(name)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// Everything that fields of this name say.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(n, _)| n == name);
        named.map(|(_, text)| text.trim()).filter(|text| !text.is_empty())
    }

    /// Whether a field says anything.
    pub(super) fn has(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A field that must say something.
    ///
    /// # Errors
    /// [`Unreadable`] naming the field.
    pub(super) fn required(&self, name: &'static str) -> Result<&str, Unreadable> {
        match self.text(name) {
            "" => Err(Unreadable::missing(name)),
            text => Ok(text),
        }
    }

    fn flatten(&mut self, name: String, value: Value, depth: usize) {
        if name.len() > LONGEST_NAME || depth > DEEPEST {
            return;
        }
        match value {
            Value::Null => {}
            Value::Bool(truth) => self.0.push((name, truth.to_string())),
            Value::Number(number) => self.0.push((name, number.to_string())),
            Value::String(text) => self.0.push((name, text)),
            Value::Array(values) => {
                for value in values {
                    self.flatten(format!("{name}[]"), value, depth + 1);
                }
            }
            Value::Object(members) => {
                for (member, value) in members {
                    let name = if name.is_empty() { member } else { format!("{name}[{member}]") };
                    self.flatten(name, value, depth + 1);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(body: &str) -> Fields {
        Fields::of(&RawRequest { body: body.as_bytes().to_vec(), ..RawRequest::default() }).unwrap()
    }

    #[test]
    fn json_and_form_say_the_same() {
        let json = fields(
            r#" {"call": {"id": "c1", "length": 27400, "left": true, "none": null}, "user": ["Anna", "Bo"], "x": ""}"#,
        );
        let form = fields(
            "call[id]=c1&call%5Blength%5D=27400&call[left]=true&user[]=Anna&user[]=Bo&x=+&x=",
        );
        for fields in [json, form] {
            let said = ["call[id]", "call[length]", "call[left]", "call[none]", "user[]", "x", "y"];
            let said = said.map(|name| fields.text(name));
            assert_eq!(said, ["c1", "27400", "true", "", "Anna", "", ""]);
            assert_eq!(fields.all("user[]").collect::<Vec<_>>(), ["Anna", "Bo"]);
            assert_eq!(fields.first(&["y", "x", "call[id]"]), "c1");
            assert_eq!(fields.required("y"), Err(Unreadable::missing("y")));
        }
    }

    #[test]
    fn nesting_without_end_and_names_without_end_are_left_out() {
        let deep = format!("{}1{}", r#"{"a":"#.repeat(100), "}".repeat(100));
        assert!(fields(&deep).0.is_empty());
        let long = format!(r#"{{"{}": {{"a": 1, "b": 2}}, "c": 3}}"#, "n".repeat(100_000));
        assert_eq!(fields(&long).0, [("c".to_owned(), "3".to_owned())]);
    }
}
