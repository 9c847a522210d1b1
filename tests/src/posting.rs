//! Posting by hand: late, twice, in any order, and bytes that no PBX sends.

use crate::World;
use crate::world::{TOKEN, instant};
use domain::callback::Callback;
use domain::decision::Entry;
use domain::directory::Directory;
use domain::ids::CallbackId;
use reqwest::Body;
use serde_json::{Value, json};
use store::{callbacks, inbox, journal, people};

/// An event of the native format that happened at this local time.
pub fn event(id: &str, local: &str, kind: &str, data: &Value) -> Value {
    let kind = format!("se.aterkom.call.{kind}");
    json!({ "specversion": "1.0", "id": id, "source": "/pbx/prova", "type": kind, "time": instant(local).to_rfc3339(), "data": data })
}

impl World {
    /// What happened at that local time, told now; all that comes of it is done.
    pub async fn tell(&mut self, id: &str, local: &str, kind: &str, data: Value) {
        let body = event(id, local, kind, &data).to_string();
        assert_eq!(self.post_bytes("prova", body).await, 200, "the post is accepted");
        self.work().await;
    }

    /// Bytes with the right token, to a source that asks for one. Says how they were answered; nothing is read yet.
    pub async fn post_bytes(&self, source: &str, body: impl Into<Body>) -> u16 {
        let url = format!("{}/hooks/{source}", self.base);
        let response = self.client.post(url).bearer_auth(TOKEN).body(body).send().await;
        response.expect("an answer").status().as_u16()
    }

    /// Why posts cannot be read, the newest first.
    pub async fn reasons(&self) -> Vec<String> {
        let tx = self.app.store.read().await.expect("storage works");
        let unread = inbox::list_unread(&tx, 1_000).await.expect("storage works");
        tx.commit().await.expect("storage works");
        unread.into_iter().map(|(_, _, reason)| reason).collect()
    }

    /// What is waiting to be read, as it is kept.
    pub async fn waiting(&self) -> Vec<inbox::Post> {
        let tx = self.app.store.begin().await.expect("storage works");
        let posts = inbox::claim(&tx, 1_000).await;
        // Ended, not dropped: PostgreSQL would hide them from whoever reads before it has rolled back.
        tx.commit().await.expect("storage works");
        posts.expect("storage works")
    }

    /// The callback as it is now, open or not.
    pub async fn callback(&self, id: CallbackId) -> Callback {
        let tx = self.app.store.read().await.expect("storage works");
        let callback = callbacks::get(&tx, id).await.expect("the callback is there");
        tx.commit().await.expect("storage works");
        callback
    }

    /// The journal of a callback, oldest first.
    pub async fn journal(&self, id: CallbackId) -> Vec<Entry> {
        let tx = self.app.store.read().await.expect("storage works");
        let entries = journal::list(&tx, id).await.expect("storage works");
        tx.commit().await.expect("storage works");
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    /// Who works here now.
    pub async fn directory(&self) -> Directory {
        let tx = self.app.store.read().await.expect("storage works");
        let directory = people::directory(&tx, self.today()).await.expect("storage works");
        tx.commit().await.expect("storage works");
        directory
    }
}
