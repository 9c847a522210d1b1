//! Short words for tests of adapters that read JSON.

pub(in crate::adapters) use super::number;
use crate::adapters::{Adapter, Unreadable, source_for_tests};
use crate::request::RawRequest;
use domain::fact::CallFact;
use serde_json::Value;

/// A request with this body.
pub(in crate::adapters) fn posted(body: &Value) -> RawRequest {
    RawRequest {
        method: "POST".to_owned(),
        body: body.to_string().into_bytes(),
        ..RawRequest::default()
    }
}

/// The same with some fields changed, named by JSON pointers (`/data/id`); null takes one out.
pub(in crate::adapters) fn with(body: &Value, changes: &[(&str, Value)]) -> Value {
    let mut body = body.clone();
    for (pointer, value) in changes {
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        let parent = body.pointer_mut(parent).unwrap();
        match (parent, value) {
            (Value::Object(fields), Value::Null) => drop(fields.remove(field)),
            (parent, value) => parent[field] = value.clone(),
        }
    }
    body
}

pub(in crate::adapters) fn read(
    adapter: &dyn Adapter,
    body: &Value,
) -> Result<Vec<CallFact>, String> {
    let source = source_for_tests(adapter.name(), &[]);
    adapter.parse(&posted(body), &source).map_err(|reason: Unreadable| reason.to_string())
}

/// The one fact that it tells.
pub(in crate::adapters) fn only(adapter: &dyn Adapter, body: &Value) -> CallFact {
    let [fact] = <[CallFact; 1]>::try_from(read(adapter, body).unwrap()).unwrap();
    fact
}

/// Every field, at any depth, left out and of every wrong kind: read or refused, never a panic.
pub(in crate::adapters) fn mangle(adapter: &dyn Adapter, body: &Value) {
    let source = source_for_tests(adapter.name(), &[]);
    let odd = [
        Value::Null,
        Value::Bool(true),
        serde_json::json!(-1),
        serde_json::json!(1e300),
        serde_json::json!(u64::MAX),
        serde_json::json!("٣\u{0}\u{202e}"),
        serde_json::json!("9".repeat(10_000)),
        serde_json::json!([[]]),
        serde_json::json!({"a": 1}),
    ];
    for pointer in pointers(body, "") {
        for value in &odd {
            let mut changed = body.clone();
            *changed.pointer_mut(&pointer).unwrap() = value.clone();
            let request = posted(&changed);
            let _ = (adapter.parse(&request, &source), adapter.delivery(&request));
            let _ = (adapter.handshake(&request, &source), adapter.reply(&request));
        }
    }
}

fn pointers(value: &Value, here: &str) -> Vec<String> {
    let mut all = Vec::from([here.to_owned()]);
    match value {
        Value::Object(fields) => {
            all.extend(fields.iter().flat_map(|(key, v)| pointers(v, &format!("{here}/{key}"))));
        }
        Value::Array(list) => {
            all.extend(
                list.iter().enumerate().flat_map(|(i, v)| pointers(v, &format!("{here}/{i}"))),
            );
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    all
}
