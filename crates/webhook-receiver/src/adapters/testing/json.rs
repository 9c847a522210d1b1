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
