//! From the inbox to call facts. What cannot be read stays, with its reason, and can be replayed.

use crate::Receiver;
use crate::adapters::{Adapter, Unreadable};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, TimeDelta, Utc};
use domain::fact::{CallFact, Heard};
use domain::faults;
use domain::ids::SourceName;
use domain::referral::Referral;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use store::calls::Told;
use store::inbox::Post;
use store::{StoreError, Tx, calls, inbox, post_hours, referrals, sources};

/// So many are read in one transaction.
const BATCH: u64 = 64;
/// So often a post is tried again when somebody else was there first.
const TRIES: u32 = 3;
/// When a post that had to wait was first to be sent.
const KEPT_SINCE: &str = "aterkom-kept-since";
/// An exact repeat within this time is dropped.
const REPEATS: TimeDelta = TimeDelta::hours(24);

impl Receiver {
    /// Reads what waits; says how much that was. Zero: there is nothing more.
    ///
    /// # Errors
    /// [`StoreError`]; what was not read waits on.
    pub async fn read_some(&self) -> Result<usize, StoreError> {
        let tx = self.store.begin().await?;
        let posts = inbox::claim(&tx, BATCH).await?;
        match self.read(tx, &posts).await {
            Ok(()) => Ok(posts.len()),
            Err(error) if error.is_for_all() => Err(error),
            Err(_) => self.read_one_by_one().await,
        }
    }

    /// One post must not hold up its neighbours: what the database refuses of it makes it unread.
    async fn read_one_by_one(&self) -> Result<usize, StoreError> {
        let mut tries = 0;
        for read in 0..usize::try_from(BATCH).unwrap_or_default() {
            let tx = self.store.begin().await?;
            let posts = inbox::claim(&tx, 1).await?;
            let Some(post) = posts.first() else { return Ok(read) };
            match self.read(tx, &posts).await {
                Ok(()) => tries = 0,
                Err(error) if error.is_for_all() => return Err(error),
                Err(StoreError::Stale) if tries < TRIES => tries += 1,
                Err(_) => {
                    let tx = self.store.begin().await?;
                    inbox::mark_unread(&tx, post.id, "the database did not take what it says")
                        .await?;
                    tx.commit().await?;
                    tries = 0;
                }
            }
        }
        Ok(1)
    }

    /// Forgets requests' marks after a day: then the same bytes are news again. Forgets secrets that count no more, and habits
    /// of long ago.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget_repeats(&self) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let now = self.clock.now();
        self.sources.refresh(&tx).await?;
        for source in self.sources.names() {
            inbox::forget_repeats(&tx, &source, now - REPEATS).await?;
        }
        sources::forget_over(&tx, now).await?;
        // A week more than a habit takes.
        let weeks = i64::try_from(faults::WEEKS).unwrap_or_default() + 1;
        post_hours::forget(&tx, now - TimeDelta::weeks(weeks)).await?;
        tx.commit().await
    }

    /// A genuine post whose clock is off is refused, and somebody is to be told (R37).
    pub(crate) async fn note_stale(&self, source: &SourceName) {
        let noted = async {
            let tx = self.store.begin().await?;
            post_hours::count_stale(&tx, source, self.clock.now()).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, %source, "a stale post could not be counted");
        }
    }

    async fn read(&self, tx: Tx, posts: &[Post]) -> Result<(), StoreError> {
        match self.hear(&tx, posts).await {
            Ok(()) => tx.commit().await,
            Err(error) => {
                // Waited for: whoever claims next would pass over what this still holds.
                let _ = tx.rollback().await;
                Err(error)
            }
        }
    }

    async fn hear(&self, tx: &Tx, posts: &[Post]) -> Result<(), StoreError> {
        // Another process may have taken a post of a source that was made a moment ago.
        if posts.iter().any(|post| !self.sources.is_configured(&post.source)) {
            self.sources.refresh(tx).await?;
        }
        let mut read: BTreeMap<usize, Vec<_>> = BTreeMap::new();
        // In the order of their names: two who read at once lock sources in the same order.
        let mut heard: BTreeMap<&SourceName, Vec<Told>> = BTreeMap::new();
        for post in posts {
            match self.facts(post) {
                Ok((facts, referral)) => {
                    if let Some((referral, at)) = referral {
                        referrals::set(tx, &post.source, &referral, at).await?;
                    }
                    read.entry(facts.len()).or_default().push(post.id);
                    let told = facts.into_iter().map(|heard| Told { heard, post: Some(post.id) });
                    heard.entry(&post.source).or_default().extend(told);
                }
                Err(reason) => inbox::mark_unread(tx, post.id, &reason.to_string()).await?,
            }
        }
        for (source, facts) in heard {
            calls::hear(tx, source, facts, &self.policy, &self.clock).await?;
        }
        let told = posts.iter().map(|post| (&post.source, post.received_at));
        post_hours::count(tx, told).await?;
        for (facts, posts) in read {
            let facts = i64::try_from(facts).unwrap_or(i64::MAX);
            inbox::mark_read(tx, &posts, facts, self.keeps_raw).await?;
        }
        Ok(())
    }

    fn facts(&self, post: &Post) -> Result<Said, Unreadable> {
        let source = self.sources.get(&post.source, self.clock.now());
        let source =
            source.ok_or_else(|| Unreadable::because("there is no such source any more"))?;
        let source = source.as_ref();
        let request = RawRequest {
            method: post.method.clone(),
            url: post.url.clone(),
            rest: String::new(),
            headers: post.headers.clone(),
            body: post.body.clone(),
        };
        let facts = parse(&request, source)?;
        let heard_at = heard_at(&request, post.received_at);
        let facts = facts.into_iter().map(|fact| Heard { fact, heard_at }).collect();
        Ok((facts, referral(&request, source).map(|referral| (referral, heard_at))))
    }
}

/// What a post says of a call, and of a telephone besides.
type Said = (Vec<Heard>, Option<(Referral, DateTime<Utc>)>);

fn referral(request: &RawRequest, source: &Source) -> Option<Referral> {
    let adapter = source.adapter.as_ref();
    catch_unwind(AssertUnwindSafe(|| adapter.referral(request, source))).ok().flatten()
}

/// A sender that could not reach us keeps its posts; what it tells then was in time when it was first told (R9).
///
/// Unix seconds, set by the sender, who is authenticated. One of the future is not believed.
fn heard_at(request: &RawRequest, received_at: DateTime<Utc>) -> DateTime<Utc> {
    let since = request.find_header(KEPT_SINCE).and_then(|seconds| seconds.trim().parse().ok());
    let since = since.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    since.map_or(received_at, |since| since.min(received_at))
}

/// An adapter must not panic; if one does, it costs its own post only.
pub fn parse(request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
    parse_by(source.adapter.as_ref(), request, source)
}

/// By another adapter than the source's own.
pub(crate) fn parse_by(
    adapter: &dyn Adapter,
    request: &RawRequest,
    source: &Source,
) -> Result<Vec<CallFact>, Unreadable> {
    catch_unwind(AssertUnwindSafe(|| adapter.parse(request, source)))
        .unwrap_or_else(|_| Err(Unreadable::because("the adapter broke on it: please report this")))
}

#[cfg(test)]
mod tests {
    use super::*;

    // R9
    #[test]
    fn a_post_that_was_kept_is_heard_when_it_was_first_to_be_sent() {
        let received_at: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let heard = |value: &str| {
            let headers = Vec::from([(KEPT_SINCE.to_owned(), value.to_owned())]);
            heard_at(&RawRequest { headers, ..RawRequest::default() }, received_at)
        };
        assert_eq!(heard("1795000000"), DateTime::from_timestamp(1_795_000_000, 0).unwrap());
        for nonsense in ["", "x", "99999999999999999999", "9223372036854775807", "1895000000"] {
            assert_eq!(heard(nonsense), received_at, "{nonsense:?}");
        }
        assert_eq!(heard_at(&RawRequest::default(), received_at), received_at);
    }
}
