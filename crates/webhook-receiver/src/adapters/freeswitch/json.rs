//! `mod_json_cdr`: an object. Values under `variables` are percent-encoded unless `encode-values` is off.

use super::record::{Profile, Record};
use crate::adapters::Unreadable;
use crate::request::{Form, RawRequest};
use serde_json::{Map, Value};

pub(super) fn read(request: &RawRequest) -> Result<Record, Unreadable> {
    let mut record: Map<String, Value> = request.json()?;
    let Some(Value::Object(variables)) = record.remove("variables") else {
        return Err(Unreadable::missing("variables"));
    };
    let channel = object(record.remove("channel_data"));
    let profiles = match record.remove("callflow") {
        Some(Value::Array(flows)) => flows.into_iter().map(profile).collect(),
        // Older versions have only one.
        Some(flow @ Value::Object(_)) => Vec::from([profile(flow)]),
        _ => Vec::new(),
    };
    let variables = variables.into_iter().filter_map(|(name, value)| match value {
        Value::String(text) => Some((name, text)),
        Value::Number(number) => Some((name, number.to_string())),
        Value::Bool(yes) => Some((name, yes.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    });
    Ok(Record::new(channel.text("direction").to_owned(), variables, profiles))
}

fn profile(flow: Value) -> Profile {
    let Value::Object(mut flow) = flow else { return Profile::default() };
    let caller = object(flow.remove("caller_profile"));
    Profile {
        index: Form::of_object(flow).text("profile_index").parse().unwrap_or_default(),
        destination: caller.text("destination_number").to_owned(),
        context: caller.text("context").to_owned(),
    }
}

fn object(value: Option<Value>) -> Form<'static> {
    match value {
        Some(Value::Object(object)) => Form::of_object(object),
        _ => Form::of_object(Map::new()),
    }
}
