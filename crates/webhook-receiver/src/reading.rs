//! From the inbox to call facts. What cannot be read stays, with its reason, and can be replayed.

use crate::Receiver;
use crate::adapters::Unreadable;
use crate::request::RawRequest;
use crate::source::Source;
use chrono::TimeDelta;
use domain::fact::Heard;
use std::panic::{AssertUnwindSafe, catch_unwind};
use store::inbox::Post;
use store::{StoreError, calls, inbox};

/// So many are read in one transaction.
const BATCH: u64 = 64;
/// A reader that dies leaves its posts to others after this time.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// An exact repeat within this time is dropped.
const REPEATS: TimeDelta = TimeDelta::hours(24);

impl Receiver {
    /// Reads what waits; says how much that was. Zero: there is nothing more.
    ///
    /// # Errors
    /// [`StoreError`]; what was claimed is read again when its lease is over.
    pub async fn read_some(&self) -> Result<usize, StoreError> {
        let now = self.clock.now();
        let tx = self.store.begin().await?;
        let posts = inbox::claim(&tx, now, LEASE, BATCH).await?;
        tx.commit().await?;
        match self.read(&posts).await {
            Ok(()) => {}
            // One post must not hold up its neighbours.
            Err(_) => {
                for post in &posts {
                    self.read_alone(post).await?;
                }
            }
        }
        Ok(posts.len())
    }

    /// Forgets requests' marks after a day: then the same bytes are news again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget_repeats(&self) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        inbox::forget_repeats(&tx, self.clock.now() - REPEATS).await?;
        tx.commit().await
    }

    async fn read(&self, posts: &[Post]) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let mut read = Vec::new();
        for post in posts {
            match self.facts(post) {
                Ok(facts) => {
                    if !facts.is_empty() {
                        calls::hear(&tx, &post.source, facts, &self.policy, &self.clock).await?;
                    }
                    read.push(post.id);
                }
                Err(reason) => inbox::mark_unread(&tx, post.id, &reason.to_string()).await?,
            }
        }
        inbox::mark_read(&tx, &read).await?;
        tx.commit().await
    }

    /// What the database itself refuses of one post makes it unread; what it refuses altogether is an error.
    async fn read_alone(&self, post: &Post) -> Result<(), StoreError> {
        let Err(error) = self.read(std::slice::from_ref(post)).await else { return Ok(()) };
        if error.is_for_all() {
            return Err(error);
        }
        let tx = self.store.begin().await?;
        inbox::mark_unread(&tx, post.id, "the database did not take what it says").await?;
        tx.commit().await
    }

    fn facts(&self, post: &Post) -> Result<Vec<Heard>, Unreadable> {
        let source = self.sources.get(&post.source);
        let source = source
            .ok_or_else(|| Unreadable::because("its source is no longer in the configuration"))?;
        let request = RawRequest {
            method: post.method.clone(),
            url: post.url.clone(),
            rest: String::new(),
            headers: post.headers.clone(),
            body: post.body.clone(),
        };
        let facts = parse(&request, source)?;
        Ok(facts.into_iter().map(|fact| Heard { fact, heard_at: post.received_at }).collect())
    }
}

/// An adapter must not panic; if one does, it costs its own post only.
pub fn parse(
    request: &RawRequest,
    source: &Source,
) -> Result<Vec<domain::fact::CallFact>, Unreadable> {
    catch_unwind(AssertUnwindSafe(|| source.adapter.parse(request, source)))
        .unwrap_or_else(|_| Err(Unreadable::because("the adapter broke on it: please report this")))
}
