//! What the tests of adapters have in common: requests with some fields changed, and what is read of them.

pub(super) mod json;

use super::source_for_tests;
use crate::request::RawRequest;
use domain::fact::CallFact;
use domain::party::Party;
use serde_json::Value;

/// A form with some fields changed or added; an empty one is left out.
pub(super) fn form(form: &str, changes: &[(&str, &str)]) -> RawRequest {
    let mut fields: Vec<(String, String)> =
        url::form_urlencoded::parse(form.as_bytes()).into_owned().collect();
    for (name, value) in changes {
        fields.retain(|(n, _)| n != name);
        if !value.is_empty() {
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
    }
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    RawRequest { body: body.into_bytes(), ..RawRequest::default() }
}

/// A JSON object with some members changed or added; one that is null is left out.
pub(super) fn object(object: &Value, changes: &[(&str, Value)]) -> RawRequest {
    let mut object = object.as_object().unwrap().clone();
    for (name, value) in changes {
        object.insert((*name).to_owned(), value.clone());
    }
    object.retain(|_, value| !value.is_null());
    RawRequest { body: serde_json::to_vec(&object).unwrap(), ..RawRequest::default() }
}

/// What a Swedish source of this adapter makes of a request, or why nothing.
pub(super) fn read(adapter: &str, request: &RawRequest) -> Result<Vec<CallFact>, String> {
    let source = source_for_tests(adapter, &[]);
    source.adapter.parse(request, &source).map_err(|reason| reason.to_string())
}

/// The one thing that a request tells.
pub(super) fn only(adapter: &str, request: &RawRequest) -> CallFact {
    let [fact] = <[CallFact; 1]>::try_from(read(adapter, request).unwrap()).unwrap();
    fact
}

/// A party's number in E.164.
pub(super) fn number(party: &Party) -> Option<&str> {
    party.number.as_ref().map(|n| n.as_str())
}
