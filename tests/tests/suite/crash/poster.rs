//! A PBX that posts over several connections. Most of its posts are sent again until they are answered 2xx; some are
//! not, as some PBXs do.

use super::office::Event;
use aterkom::pretend_pbx::PretendPbx;
use aterkom_tests::binary;
use clock::Clock;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const CONNECTIONS: usize = 48;
/// One post of so many is sent once only.
const ONCE: usize = 5;

#[derive(Debug, Clone)]
pub(super) struct Poster(Arc<State>);

#[derive(Debug)]
struct State {
    answered: Mutex<BTreeSet<String>>,
    next: AtomicUsize,
    at_work: AtomicUsize,
}

impl Poster {
    /// Posts all of them in this order; `pbx` has the key to sign with.
    pub(super) fn start(events: &[Event], url: &str, pbx: &PretendPbx, clock: &Clock) -> Self {
        let state = State {
            answered: Mutex::default(),
            next: AtomicUsize::new(0),
            at_work: AtomicUsize::new(CONNECTIONS),
        };
        let poster = Self(Arc::new(state));
        let events: Arc<[Event]> = events.into();
        for _ in 0..CONNECTIONS {
            let pbx = PretendPbx {
                client: binary::client(),
                url: url.to_owned(),
                key: pbx.key.clone(),
                clock: clock.clone(),
            };
            tokio::spawn(poster.clone().work(events.clone(), pbx));
        }
        poster
    }

    /// The ids of posts that were answered 2xx.
    pub(super) fn answered(&self) -> BTreeSet<String> {
        self.lock().clone()
    }

    pub(super) fn count(&self) -> usize {
        self.lock().len()
    }

    pub(super) fn is_done(&self) -> bool {
        self.0.at_work.load(Ordering::SeqCst) == 0
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.answered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn work(self, events: Arc<[Event]>, pbx: PretendPbx) {
        loop {
            let n = self.0.next.fetch_add(1, Ordering::SeqCst);
            let Some(event) = events.get(n) else { break };
            let time = pbx.clock.now().to_rfc3339();
            loop {
                if post(&pbx, event, &time).await {
                    self.lock().insert(event.id.clone());
                    break;
                }
                if n.is_multiple_of(ONCE) {
                    break;
                }
                pbx.clock.pause(Duration::from_millis(20)).await;
            }
        }
        self.0.at_work.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Whether it was answered 2xx. A repeat has the same id and body, signed anew.
async fn post(pbx: &PretendPbx, event: &Event, time: &str) -> bool {
    let kind = format!("se.aterkom.call.{}", event.kind);
    let body = json!({ "specversion": "1.0", "id": event.id, "source": "/pbx/test", "type": kind, "time": time, "data": event.data() });
    let (body, now) = (body.to_string(), pbx.clock.now().timestamp());
    let request = pbx
        .client
        .post(&pbx.url)
        .header("content-type", "application/cloudevents+json")
        .header("webhook-id", &event.id)
        .header("webhook-timestamp", now)
        .header("webhook-signature", pbx.sign(&event.id, now, &body))
        .body(body);
    request.send().await.is_ok_and(|response| response.status().is_success())
}
