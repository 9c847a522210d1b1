//! Which sources there are: the configured ones, and beside them those that were made in the browser, as the database has them.
//!
//! Configured ones never cost a look at the database. Of the others what is in memory is good for a moment; a name or a secret
//! that is not known by then is looked for in the database before it is refused, but so that all who wait share a look, and
//! there is one a second at most: strangers who try names cost no more than that.

use crate::adapters;
use crate::source::Source;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use clock::{Clock, Stopwatch};
use domain::ids::SourceName;
use domain::number::NumberPlan;
use domain::source::MadeSource;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use store::sources::Secret;
use store::{Store, StoreError, Tx};
use tokio::sync::Mutex;

/// What is in memory is good for so long, and looks at the database are so far apart.
const LOOK: Duration = Duration::from_secs(1);

/// All sources. Clones share what they know.
#[derive(Debug, Clone)]
pub struct Sources(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    configured: HashMap<SourceName, Arc<Source>>,
    house: House,
    known: RwLock<Known>,
    /// So many looks have begun.
    begun: AtomicU64,
    looking: Mutex<Looked>,
}

/// What holds for a source that was made and says nothing of its own.
#[derive(Debug, Clone)]
pub struct House {
    pub country: String,
    pub area_code: String,
    pub zone: Tz,
    /// See [`Source::public_url`].
    pub public_url: String,
}

/// What the database had.
#[derive(Debug, Default)]
struct Known {
    sources: BTreeMap<SourceName, Made>,
    /// When the last look began that came to its end.
    since: Option<Stopwatch>,
}

/// A source that was made.
#[derive(Debug)]
struct Made {
    row: MadeSource,
    /// Without secrets; none where this version has no such adapter.
    source: Option<Source>,
    secrets: Vec<Secret>,
}

/// The last look: when it began, and how it ended; none when whoever looked was cut off.
#[derive(Debug, Default)]
struct Looked {
    at: Option<Stopwatch>,
    ended: Option<Result<(), NotAsked>>,
}

/// What there is of a name.
#[derive(Debug, Clone)]
pub enum Found {
    Here(Arc<Source>),
    /// It was ended: nothing is taken from it any more.
    Ended,
    Nothing,
}

/// The database could not be asked; why is in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the database could not be asked which sources there are")]
pub struct NotAsked;

impl Sources {
    /// These, and what the database will have; `house` is for the latter.
    pub fn new(configured: impl IntoIterator<Item = Source>, house: House) -> Self {
        let configured = configured.into_iter().map(|s| (s.name.clone(), Arc::new(s)));
        Self(Arc::new(Inner {
            configured: configured.collect(),
            house,
            known: RwLock::default(),
            begun: AtomicU64::new(0),
            looking: Mutex::default(),
        }))
    }

    /// How many are configured.
    pub fn configured(&self) -> usize {
        self.0.configured.len()
    }

    /// The same, for those who only want to know which there are, and ask the database each time.
    pub fn asked(&self) -> store::sources::Sources {
        let configured = self.0.configured.values();
        let named = configured.map(|s| (s.name.clone(), s.adapter.name().to_owned()));
        store::sources::Sources::new(named.collect())
    }

    /// What there is of this name, as far as is known here: see [`Sources::refresh`]. The secrets are those that count now. One
    /// that was ended is there as well, without secrets: what it posted before is still to be read.
    pub fn get(&self, name: &SourceName, now: DateTime<Utc>) -> Option<Arc<Source>> {
        if let Some(source) = self.0.configured.get(name) {
            return Some(source.clone());
        }
        self.with_known(|known| known.sources.get(name)?.source(now).map(Arc::new))
    }

    /// Every name that there is or was, as far as is known here.
    pub fn names(&self) -> Vec<SourceName> {
        let made: Vec<SourceName> =
            self.with_known(|known| known.sources.keys().cloned().collect());
        let mut names: Vec<SourceName> = self.0.configured.keys().cloned().chain(made).collect();
        names.sort();
        names.dedup();
        names
    }

    pub(crate) fn is_configured(&self, name: &SourceName) -> bool {
        self.0.configured.contains_key(name)
    }

    /// Reads anew what changed in the database.
    ///
    /// # Errors
    /// [`StoreError`]; then what was known stays known.
    pub async fn refresh(&self, tx: &Tx) -> Result<(), StoreError> {
        let begun = Stopwatch::start();
        let rows = store::sources::list(tx).await?;
        let is_as_known =
            self.with_known(|known| known.sources.values().map(|made| &made.row).eq(&rows));
        let mut changed = BTreeMap::new();
        if !is_as_known {
            for row in rows {
                changed.insert(row.name.clone(), self.made(tx, row).await?);
            }
        }
        let mut known = self.0.known.write().unwrap_or_else(PoisonError::into_inner);
        known.since = Some(begun);
        if !is_as_known {
            known.sources = changed;
        }
        Ok(())
    }

    /// What there is of this name by now: nothing is missed that was made before this was asked.
    pub(crate) async fn find(
        &self,
        name: &SourceName,
        store: &Store,
        clock: &Clock,
    ) -> Result<Found, NotAsked> {
        if let Some(source) = self.0.configured.get(name) {
            return Ok(Found::Here(source.clone()));
        }
        let since = self.with_known(|known| known.since);
        if since.is_some_and(|since| since.elapsed() < LOOK) {
            match self.found(name, clock.now()) {
                Found::Nothing => {}
                found @ (Found::Here(_) | Found::Ended) => return Ok(found),
            }
        }
        self.look(store, clock).await?;
        Ok(self.found(name, clock.now()))
    }

    /// The same source as it is by now, for one whose secret was refused; none for a configured one, which cannot have changed.
    pub(crate) async fn find_again(
        &self,
        name: &SourceName,
        store: &Store,
        clock: &Clock,
    ) -> Result<Option<Arc<Source>>, NotAsked> {
        if self.is_configured(name) {
            return Ok(None);
        }
        self.look(store, clock).await?;
        Ok(match self.found(name, clock.now()) {
            Found::Here(source) => Some(source),
            Found::Ended | Found::Nothing => None,
        })
    }

    fn found(&self, name: &SourceName, now: DateTime<Utc>) -> Found {
        self.with_known(|known| match known.sources.get(name) {
            Some(made) if made.row.retired_at.is_some() => Found::Ended,
            Some(made) => made.source(now).map_or(Found::Nothing, |s| Found::Here(Arc::new(s))),
            None => Found::Nothing,
        })
    }

    /// Returns after a look that began when this was asked, or later.
    async fn look(&self, store: &Store, clock: &Clock) -> Result<(), NotAsked> {
        let asked = self.0.begun.load(Ordering::SeqCst);
        let mut last = self.0.looking.lock().await;
        if let Some(ended) = last.ended.filter(|_| self.0.begun.load(Ordering::SeqCst) > asked) {
            return ended;
        }
        if let Some(rest) = last.at.and_then(|at| LOOK.checked_sub(at.elapsed())) {
            clock.pause(rest).await;
        }
        self.0.begun.fetch_add(1, Ordering::SeqCst);
        *last = Looked { at: Some(Stopwatch::start()), ended: None };
        let looked = self.refreshed(store).await.map_err(|error| {
            tracing::error!(error = error.told(), "sources could not be looked for");
            NotAsked
        });
        last.ended = Some(looked);
        looked
    }

    async fn refreshed(&self, store: &Store) -> Result<(), StoreError> {
        let tx = store.read().await?;
        self.refresh(&tx).await?;
        tx.commit().await
    }

    async fn made(&self, tx: &Tx, row: MadeSource) -> Result<Made, StoreError> {
        let secrets = match store::sources::secrets(tx, &row.name).await {
            Err(error) if error.is_for_all() => return Err(error),
            // One that was damaged must not silence the others.
            Err(error) => {
                tracing::error!(error = error.told(), source = %row.name, "its secrets cannot be read: make a new one");
                Vec::new()
            }
            Ok(secrets) => secrets,
        };
        let source = self.0.house.source(&row);
        if source.is_none() {
            tracing::error!(source = %row.name, adapter = row.adapter, "this version has no such adapter");
        }
        Ok(Made { row, source, secrets })
    }

    fn with_known<T>(&self, look: impl FnOnce(&Known) -> T) -> T {
        look(&self.0.known.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl House {
    /// A source that was made, without its secrets.
    fn source(&self, row: &MadeSource) -> Option<Source> {
        let country = row.country.as_deref().unwrap_or(&self.country);
        let area_code = row.area_code.as_deref().unwrap_or(&self.area_code);
        Some(Source {
            name: row.name.clone(),
            adapter: adapters::find(&row.adapter)?,
            secrets: Vec::new(),
            plan: NumberPlan::new(country, area_code).ok()?,
            zone: row.zone.unwrap_or(self.zone),
            public_url: self.public_url.clone(),
            records: None,
        })
    }
}

impl Made {
    fn source(&self, now: DateTime<Utc>) -> Option<Source> {
        let counting = self.secrets.iter().filter(|secret| secret.span.counts(now));
        let secrets = counting.map(|secret| secret.secret.clone()).collect();
        self.source.as_ref().map(|source| Source { secrets, ..source.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::source_for_tests;
    use tokio::task::JoinSet;

    async fn store(folder: &tempfile::TempDir) -> Store {
        Store::open(&format!("sqlite:{}", folder.path().join("a.db").display())).await.unwrap()
    }

    fn sources() -> Sources {
        let house = House {
            country: "SE".to_owned(),
            area_code: "8".to_owned(),
            zone: chrono_tz::Europe::Stockholm,
            public_url: "https://aterkom.kommun.example".to_owned(),
        };
        Sources::new([source_for_tests("native", &["a-secret-of-ours"])], house)
    }

    async fn make(store: &Store, name: &str, adapter: &str) {
        let (now, id) = (Clock::system().now(), Clock::system().new_id());
        let row = MadeSource {
            name: SourceName::new(name),
            adapter: adapter.to_owned(),
            country: None,
            area_code: Some(String::new()),
            zone: None,
            created_at: now,
            version: 1,
            retired_at: None,
        };
        let tx = store.begin().await.unwrap();
        let secret = Secret::new(id, now, "secret-of-it".into());
        assert!(store::sources::make(&tx, &row, &secret).await.unwrap());
        tx.commit().await.unwrap();
    }

    fn looks(sources: &Sources) -> u64 {
        sources.0.begun.load(Ordering::SeqCst)
    }

    #[tokio::test]
    async fn strangers_who_try_names_cost_a_look_a_second_and_configured_ones_none() {
        let folder = tempfile::tempdir().unwrap();
        let (store, sources, clock) = (store(&folder).await, sources(), Clock::system());
        let find = async |name: &str| sources.find(&SourceName::new(name), &store, &clock).await;
        assert!(matches!(find("pbx").await, Ok(Found::Here(_))));
        assert!(matches!(
            sources.find_again(&SourceName::new("pbx"), &store, &clock).await,
            Ok(None)
        ));
        assert_eq!(looks(&sources), 0);
        let taken = Stopwatch::start();
        let mut strangers = JoinSet::new();
        for n in 0..200 {
            let (sources, store, clock) = (sources.clone(), store.clone(), clock.clone());
            let name = SourceName::new(format!("stranger-{n}"));
            strangers.spawn(async move { sources.find(&name, &store, &clock).await });
        }
        while let Some(found) = strangers.join_next().await {
            assert!(matches!(found, Ok(Ok(Found::Nothing))), "{found:?}");
        }
        let (looks, seconds) = (looks(&sources), taken.elapsed().as_secs());
        assert!(looks <= seconds + 2, "{looks} looks in {seconds} s");
    }

    #[tokio::test]
    async fn what_was_made_a_moment_ago_is_found_at_once_whoever_asked_before() {
        let folder = tempfile::tempdir().unwrap();
        let (store, sources, clock) = (store(&folder).await, sources(), Clock::system());
        let find = async |name: &str| sources.find(&SourceName::new(name), &store, &clock).await;
        assert!(matches!(find("made").await, Ok(Found::Nothing)));
        make(&store, "made", "wazo").await;
        let Ok(Found::Here(made)) = find("made").await else { panic!("it is there") };
        assert_eq!((made.adapter.name(), made.secrets.len()), ("wazo", 1));
        assert_eq!((made.plan.country(), made.plan.area_code()), ("SE", ""));
        // Of an adapter that only another version has there is nothing; it silences no other.
        make(&store, "of-tomorrow", "tomorrow").await;
        assert!(matches!(find("of-tomorrow").await, Ok(Found::Nothing)));
        assert!(matches!(find("made").await, Ok(Found::Here(_))));
        assert_eq!(sources.names().len(), 3);
    }

    #[tokio::test]
    async fn a_configured_source_wins_over_one_that_was_made() {
        let folder = tempfile::tempdir().unwrap();
        let (store, sources, clock) = (store(&folder).await, sources(), Clock::system());
        make(&store, "pbx", "wazo").await;
        let tx = store.read().await.unwrap();
        sources.refresh(&tx).await.unwrap();
        tx.commit().await.unwrap();
        let name = SourceName::new("pbx");
        let Ok(Found::Here(found)) = sources.find(&name, &store, &clock).await else {
            panic!("it is there")
        };
        assert_eq!(found.adapter.name(), "native");
        assert_eq!(sources.get(&name, clock.now()).unwrap().adapter.name(), "native");
        assert_eq!(sources.names(), [name]);
    }

    #[tokio::test]
    async fn without_a_database_nobody_is_told_that_there_is_no_source() {
        let folder = tempfile::tempdir().unwrap();
        let (store, sources, clock) = (store(&folder).await, sources(), Clock::system());
        store.clone().close().await.unwrap();
        let found = sources.find(&SourceName::new("made"), &store, &clock).await;
        assert!(matches!(found, Err(NotAsked)), "{found:?}");
    }
}
