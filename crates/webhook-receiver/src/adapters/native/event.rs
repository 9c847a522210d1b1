//! What of an event we read. Fields that are not here are ignored.

use serde::{Deserialize, Deserializer};

/// The envelope, with as much of the data as the reader wants.
#[derive(Deserialize)]
pub(super) struct Event<D> {
    #[serde(default, deserialize_with = "text")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "text", rename = "type")]
    pub(super) kind: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) time: String,
    pub(super) data: Option<D>,
}

/// The data of our types. A transcript is none of it: it is never kept (R34).
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Data {
    #[serde(deserialize_with = "text")]
    pub(super) call_id: String,
    #[serde(deserialize_with = "text")]
    pub(super) from: String,
    #[serde(deserialize_with = "text")]
    pub(super) to: String,
    #[serde(deserialize_with = "text")]
    pub(super) extension: String,
    #[serde(deserialize_with = "text")]
    pub(super) duration_s: String,
    #[serde(deserialize_with = "text")]
    pub(super) recording_url: String,
    #[serde(deserialize_with = "text")]
    pub(super) caller_name: String,
}

/// A text, a number (an extension is often written as one) or null, as text.
fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Scalar {
        Text(String),
        Number(serde_json::Number),
        Nothing(()),
    }
    Ok(match Scalar::deserialize(from)? {
        Scalar::Text(text) => text.trim().to_owned(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Nothing(()) => String::new(),
    })
}
