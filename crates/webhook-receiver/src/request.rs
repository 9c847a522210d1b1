//! One request as it came: bytes kept, nothing believed.

use crate::adapters::{Refused, Unreadable};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::HashMap;

/// A request of a PBX, byte for byte.
#[derive(Debug, Clone, Default)]
pub struct RawRequest {
    /// `POST`, `GET` or `PUT`.
    pub method: String,
    /// The URL that the vendor was configured with and so signs: the source's public base + path and query as received.
    pub url: String,
    /// What follows `/hooks/{source}/` in the path; where a vendor can send no header, the secret is here.
    pub rest: String,
    /// In the order they came, names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl RawRequest {
    /// A header's value, if it was sent; the first, where it was sent twice.
    pub fn find_header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// A header that the vendor always sends.
    ///
    /// # Errors
    /// [`Refused::Wrong`] when it is missing: the request is not the vendor's.
    pub fn header(&self, name: &'static str) -> Result<&str, Refused> {
        self.find_header(name).ok_or(Refused::Wrong)
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// [`Unreadable`] with the place where it stops being what was expected; never with its content.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        serde_json::from_slice(&self.body).map_err(|e| Unreadable::json(&e))
    }

    /// Whether the body looks like a JSON object, whatever its header says.
    pub fn is_object(&self) -> bool {
        self.body.trim_ascii_start().starts_with(b"{")
    }

    /// The body as a form. Bytes that are not UTF-8 are replaced, of a field sent twice the first counts.
    pub fn form(&self) -> Form<'_> {
        Form::of(url::form_urlencoded::parse(&self.body))
    }

    /// The fields of a vendor that can be told to use GET: then they are in the URL, not in the body.
    pub fn form_or_query(&self) -> Form<'_> {
        if self.method == "GET" || self.body.is_empty() {
            return Form::of(url::form_urlencoded::parse(self.query().as_bytes()));
        }
        self.form()
    }

    /// What follows the question mark in the URL.
    pub fn query(&self) -> &str {
        self.url.split_once('?').map_or("", |(_, query)| query)
    }
}

/// The fields of a form.
#[derive(Debug)]
pub struct Form<'a>(HashMap<Cow<'a, str>, Cow<'a, str>>);

impl<'a> Form<'a> {
    /// Of a field named twice the first counts.
    pub fn of(pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Self {
        let mut fields = HashMap::new();
        for (name, value) in pairs {
            fields.entry(name).or_insert(value);
        }
        Self(fields)
    }

    /// The members of a JSON object that are text or numbers; what is nested in it is left out.
    pub fn of_object(object: Map<String, Value>) -> Form<'static> {
        Form::of(object.into_iter().filter_map(|(name, value)| match value {
            Value::String(text) => Some((Cow::Owned(name), Cow::Owned(text))),
            Value::Number(number) => Some((Cow::Owned(name), Cow::Owned(number.to_string()))),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }))
    }

    /// Whether a field says anything.
    pub fn has(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// A field's text without surrounding white space; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// A field that must say something.
    ///
    /// # Errors
    /// [`Unreadable`] naming the field.
    pub fn required(&self, name: &'static str) -> Result<&str, Unreadable> {
        match self.text(name) {
            "" => Err(Unreadable::missing(name)),
            text => Ok(text),
        }
    }
}
