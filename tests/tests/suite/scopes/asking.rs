//! Asks every function that pages read callbacks with, as one reader.

use super::Office;
use aterkom_tests::World;
use chrono::{DateTime, NaiveDate};
use domain::access::{Details, Reader, Reason, Scope, Seen};
use domain::callback::Callback;
use domain::ids::{CallbackId, SourceName, UnitId};
use domain::rounds::{Concern, Cut};
use std::collections::BTreeSet;
use store::inbox;
use store::read_log::{self, Opened, Stamp};
use store::seen;
use store::{StoreError, Tx};
use workalendar::WorkCalendar;

const WORKS: &str = "storage works";

/// The callbacks that it shows to this reader, or something of.
pub(super) async fn shown_by(
    function: &str,
    world: &World,
    office: &Office,
    reader: &Reader,
) -> BTreeSet<&'static str> {
    let scope = Scope::of(reader, &office.directory, office.today);
    let asked = Asked { world, scope: &scope };
    let tx = world.app.store.read().await.expect(WORKS);
    let listed = listed(function, &tx, office, &scope).await.expect(WORKS);
    tx.commit().await.expect(WORKS);
    if let Some(listed) = listed {
        return listed.into_iter().map(|id| office.key(id)).collect();
    }
    let mut shown = BTreeSet::new();
    for (key, callback) in &office.callbacks {
        if asked.of_one(function, callback).await {
            shown.insert(*key);
        }
    }
    shown
}

/// Functions that answer with many; none for the others.
async fn listed(
    function: &str,
    tx: &Tx,
    office: &Office,
    scope: &Scope<'_>,
) -> Result<Option<Vec<CallbackId>>, StoreError> {
    let ids = |list: Vec<Seen>| Some(list.iter().map(|seen| seen.id).collect());
    Ok(match function {
        // A page of one each, so that paging shows neither more nor less.
        "seen::list_mine" => {
            let (mut all, mut after) = (Vec::new(), None);
            loop {
                let page = seen::list_mine(tx, scope, after, 1).await?;
                all.extend(page.callbacks);
                after = page.next;
                if after.is_none() {
                    break ids(all);
                }
            }
        }
        "seen::list_concern" => ids(concerning(tx, office, scope).await?),
        "seen::count_concerns" => {
            let units = units(office);
            let counted = seen::count_concerns(tx, scope, &units, &CUTS).await?;
            let listed = concerning(tx, office, scope).await?;
            let n: usize = counted.values().map(|c| c.count(Concern::Late)).sum();
            assert_eq!(n, listed.len(), "what is counted is what is listed");
            ids(listed)
        }
        "seen::list_ended" => {
            let since = office.callbacks.values().map(|callback| callback.opened_at).min();
            let since = since.expect("the office has callbacks");
            ids(seen::list_ended(tx, scope, since, 50).await?)
        }
        "seen::list_offered" => ids(seen::list_offered(tx, scope).await?),
        "seen::list_sent" => {
            let sent = seen::list_sent(tx, scope).await?;
            let zone = WorkCalendar::sweden().zone();
            let is_sent =
                |c: &&Callback| sent.iter().any(|s| s.reference(zone) == c.reference(zone));
            Some(office.callbacks.values().filter(is_sent).map(|c| c.id).collect())
        }
        "seen::callers" => {
            let all = office.callbacks.values().filter_map(|c| scope.see(c.clone()));
            let all: Vec<Seen> = all.collect();
            Some(seen::callers(tx, &all.iter().collect::<Vec<_>>()).await?.into_keys().collect())
        }
        _ => None,
    })
}

struct Asked<'a> {
    world: &'a World,
    scope: &'a Scope<'a>,
}

impl Asked<'_> {
    async fn of_one(&self, function: &str, callback: &Callback) -> bool {
        let tx = self.world.app.store.read().await.expect(WORKS);
        let seen = seen::find(&tx, self.scope, callback.id).await.expect(WORKS);
        let got = seen::get(&tx, self.scope, callback.id).await;
        tx.commit().await.expect(WORKS);
        match function {
            "seen::find" => seen.is_some(),
            "seen::get" => got.is_ok(),
            "read_log::refuse" => {
                let tx = self.world.app.store.begin().await.expect(WORKS);
                read_log::refuse(tx, self.scope, callback.id, self.stamp()).await.expect(WORKS)
            }
            "seen::events" | "read_log::list" => self.of_administrator(function, callback).await,
            "seen::journal" | "seen::newer" | "read_log::list_openers" => match &seen {
                Some(seen) => self.of_seen(function, seen).await,
                None => false,
            },
            "read_log::open" | "read_log::find" | "seen::caller" | "seen::texts" => match &seen {
                Some(seen) => self.of_opened(function, seen).await,
                None => false,
            },
            other => panic!("{other} is new: ask it here"),
        }
    }

    async fn of_seen(&self, function: &str, seen: &Seen) -> bool {
        let tx = self.world.app.store.read().await.expect(WORKS);
        let shown = match function {
            "seen::journal" => !seen::journal(&tx, seen).await.expect(WORKS).is_empty(),
            "seen::newer" => seen::newer(&tx, seen).await.expect(WORKS).is_some(),
            // Nobody may have opened it yet; that it may be asked is enough.
            _ => read_log::list_openers(&tx, seen, 10).await.is_ok(),
        };
        tx.commit().await.expect(WORKS);
        shown
    }

    async fn of_opened(&self, function: &str, seen: &Seen) -> bool {
        assert_eq!(
            seen.ask(None).is_none(),
            seen.details() == Details::WithReason,
            "a protected line takes a reason, and nothing else does"
        );
        let opened = self.opened(seen).await;
        let tx = self.world.app.store.read().await.expect(WORKS);
        let shown = match function {
            "read_log::open" => true,
            "read_log::find" => {
                read_log::find(&tx, seen, self.world.app.clock.now()).await.expect(WORKS).is_some()
            }
            "seen::caller" => {
                let caller = seen::caller(&tx, &opened).await.expect(WORKS);
                caller.is_some_and(|party| party.name.as_deref() == Some("Zelmira Quist"))
            }
            _ => !seen::texts(&tx, &opened).await.expect(WORKS).is_empty(),
        };
        tx.commit().await.expect(WORKS);
        shown
    }

    async fn opened(&self, seen: &Seen) -> Opened {
        let reason = Reason::read("ringer upp igen").expect("it is one");
        let ask = seen.ask(Some(reason)).expect("with a reason everything may be asked for");
        let tx = self.world.app.store.begin().await.expect(WORKS);
        read_log::open(tx, &ask, self.stamp()).await.expect(WORKS)
    }

    /// Without that proof there is nothing to call them with.
    async fn of_administrator(&self, function: &str, callback: &Callback) -> bool {
        let Some(administrator) = self.scope.administrator() else { return false };
        let tx = self.world.app.store.read().await.expect(WORKS);
        match function {
            "seen::events" => {
                let source = [SourceName::new("vaxeln")];
                let posts = inbox::list_latest(&tx, &source, DateTime::UNIX_EPOCH, 1000).await;
                let posts: Vec<_> = posts.expect(WORKS).iter().map(|post| post.id).collect();
                let calls = seen::events(&tx, &administrator, &posts).await.expect(WORKS);
                let mut outcomes = calls.iter().filter_map(|call| call.callback);
                let (_, outcome) =
                    outcomes.find(|(id, _)| *id == callback.id).expect("a PBX told of it");
                assert!(!outcome.is_seen, "no way on to what is not theirs");
            }
            _ => {
                read_log::list(&tx, &administrator, None, None, 10).await.expect(WORKS);
            }
        }
        tx.commit().await.expect(WORKS);
        true
    }

    fn stamp(&self) -> Stamp {
        let clock = &self.world.app.clock;
        Stamp {
            id: clock.new_id(),
            now: clock.now(),
            zone: self.world.app.scheduler.calendar.zone(),
        }
    }
}

/// Everything that nobody has tried, whenever it is due; the others take nothing.
const CUTS: [Cut; Concern::ALL.len()] = [
    Cut::Untried { from: None, before: NaiveDate::from_ymd_opt(2100, 1, 1).unwrap() },
    Cut::AgreedDayBroken,
    Cut::AgreedDayBroken,
    Cut::AgreedDayBroken,
    Cut::AgreedDayBroken,
    Cut::AgreedDayBroken,
];

fn units(office: &Office) -> Vec<UnitId> {
    office.directory.units().iter().map(|unit| unit.id).collect()
}

/// A page of one each, so that paging shows neither more nor less.
async fn concerning(tx: &Tx, office: &Office, scope: &Scope<'_>) -> Result<Vec<Seen>, StoreError> {
    let (units, mut all, mut after) = (units(office), Vec::new(), None);
    loop {
        let page = seen::list_concern(tx, scope, (&units, &CUTS[0]), after, 1).await?;
        all.extend(page.callbacks);
        after = page.next;
        if after.is_none() {
            return Ok(all);
        }
    }
}
