//! Durable before answered: concurrent posts share a transaction (group commit).

use std::collections::VecDeque;
use std::time::Duration;
use store::{Store, StoreError, inbox, inbox::Post};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinError, JoinSet};

/// So many posts share a transaction at most.
const BATCH: usize = 128;
/// So many may wait; beyond that the PBX is told to come back.
const WAITING: usize = 4_096;
/// Nobody waits longer for an answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where posts are handed in. Clones lead to the same writer.
#[derive(Debug, Clone)]
pub struct Intake(mpsc::Sender<Waiting>);

#[derive(Debug)]
struct Waiting {
    post: Post,
    answer: oneshot::Sender<bool>,
}

/// The post is not durable; the PBX must send it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the post could not be stored in time; send it again")]
pub struct NotStored;

/// A way to make a post durable before it is answered. The product has one, [`Intake`]; a benchmark has others to set
/// beside it.
pub trait Keep: Clone + Send + Sync + 'static {
    /// Returns once the post is durable, and not before.
    ///
    /// # Errors
    /// [`NotStored`]: the PBX must send it again.
    fn keep(&self, post: Post) -> impl Future<Output = Result<(), NotStored>> + Send;
}

impl Keep for Intake {
    fn keep(&self, post: Post) -> impl Future<Output = Result<(), NotStored>> + Send {
        self.accept(post)
    }
}

/// Writes what is handed in, one batch after the other, or as many at once as the database gains by; it ends when every
/// [`Intake`] is gone and all is written.
#[derive(Debug)]
pub struct Writer {
    store: Store,
    posts: mpsc::Receiver<Waiting>,
}

/// An intake and its writer.
pub fn new(store: Store) -> (Intake, Writer) {
    let (send, posts) = mpsc::channel(WAITING);
    (Intake(send), Writer { store, posts })
}

impl Intake {
    /// Returns once the post is durable, and not before.
    ///
    /// # Errors
    /// [`NotStored`] when storage refuses, or takes longer than 2 s. It may become durable all the same: a repeat of
    /// it is then recognised.
    pub async fn accept(&self, post: Post) -> Result<(), NotStored> {
        let (answer, stored) = oneshot::channel();
        let handed_in = async {
            self.0.send(Waiting { post, answer }).await.map_err(|_| NotStored)?;
            stored.await.map_err(|_| NotStored)
        };
        match tokio::time::timeout(PATIENCE, handed_in).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false) | Err(NotStored)) | Err(_) => Err(NotStored),
        }
    }
}

impl Writer {
    /// Writes until nobody can hand anything in any more. What waits while one commit goes on shares the next.
    pub async fn run(mut self) {
        let mut writing = JoinSet::new();
        loop {
            let mut batch = Vec::with_capacity(BATCH);
            if self.posts.recv_many(&mut batch, BATCH).await == 0 {
                break;
            }
            writing.spawn(write(self.store.clone(), batch));
            // Waited for here, so that what comes meanwhile goes into one batch.
            if writing.len() >= self.store.adders() {
                ended(writing.join_next().await);
            }
        }
        while !writing.is_empty() {
            ended(writing.join_next().await);
        }
    }
}

/// Those who waited for a batch that broke were told so by that: their other end is gone.
fn ended(writing: Option<Result<(), JoinError>>) {
    if let Some(Err(broke)) = writing {
        tracing::error!(%broke, "writing posts broke: please report this");
    }
}

/// One bad row must not sink its neighbours: what fails together is tried in halves.
async fn write(store: Store, batch: Vec<Waiting>) {
    let mut batches = VecDeque::from([batch]);
    while let Some(mut batch) = batches.pop_front() {
        let posts = batch.iter().map(|w| w.post.clone()).collect();
        match store_all(&store, posts).await {
            Ok(()) => answer(batch, true),
            Err(error) if batch.len() == 1 || error.is_for_all() => {
                tracing::error!(
                    error = error.told(),
                    posts = batch.len(),
                    "posts could not be stored"
                );
                answer(batch, false);
            }
            Err(_) => {
                let half = batch.split_off(batch.len() / 2);
                batches.extend([batch, half]);
            }
        }
    }
}

async fn store_all(store: &Store, posts: Vec<Post>) -> Result<(), StoreError> {
    let tx = store.begin().await?;
    inbox::insert(&tx, posts).await?;
    tx.commit().await
}

/// Whoever gave up waiting is not there to be told.
fn answer(batch: Vec<Waiting>, stored: bool) {
    for waiting in batch {
        let _ = waiting.answer.send(stored);
    }
}
