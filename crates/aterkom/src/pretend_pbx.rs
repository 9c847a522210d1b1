//! A PBX that posts real, signed HTTP: for the demo and for tests. It signs on its own account, not with the
//! receiver's code, so that the two can disagree.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clock::Clock;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

/// A PBX that speaks the native format (CloudEvents, Standard Webhooks `v1`).
#[derive(Debug, Clone)]
pub struct PretendPbx {
    pub client: reqwest::Client,
    /// `http://127.0.0.1:8080/hooks/vaxeln`
    pub url: String,
    /// The key behind `whsec_…`.
    pub key: Vec<u8>,
    /// Signs with the time of this clock.
    pub clock: Clock,
}

impl PretendPbx {
    /// The secret as it stands in the receiver's configuration.
    pub fn secret(key: &[u8]) -> String {
        format!("whsec_{}", STANDARD.encode(key))
    }

    /// Posts an event such as `missed`, now; says how it was answered.
    ///
    /// # Errors
    /// When there was no answer.
    pub async fn post(&self, event: &str, data: Value) -> Result<u16, reqwest::Error> {
        let now = self.clock.now();
        let id = format!("evt_{}", self.clock.new_id().simple());
        let kind = format!("se.aterkom.call.{event}");
        let time = now.to_rfc3339();
        let event = json!({ "specversion": "1.0", "id": id, "source": "/pbx/demo", "type": kind, "time": time, "data": data });
        let body = event.to_string();
        let response = self
            .client
            .post(&self.url)
            .header("content-type", "application/cloudevents+json")
            .header("webhook-id", &id)
            .header("webhook-timestamp", now.timestamp())
            .header("webhook-signature", self.sign(&id, now.timestamp(), &body))
            .body(body)
            .send()
            .await?;
        Ok(response.status().as_u16())
    }

    /// The signature of a body, as the header has it.
    pub fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}
