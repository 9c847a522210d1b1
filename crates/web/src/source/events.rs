//! What a PBX posted lately, what was understood, and what came of it. No caller's number or name is in it in whole (R36).

use crate::error::Trouble;
use crate::say::events::Teller;
use crate::visit::Visit;
use chrono::{DateTime, Utc};
use domain::ids::SourceName;
use std::collections::BTreeMap;
use store::calls::CallOfPosts;
use store::inbox::{self, Kept, Progress};
use store::{Tx, seen};
use uuid::Uuid;

/// One post.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) when: String,
    /// What it told, a sentence for each fact.
    pub(crate) told: Vec<String>,
    pub(crate) outcomes: Vec<Outcome>,
    /// It could not be read.
    pub(crate) is_unread: bool,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) text: String,
    /// The callback, for those who may see it.
    pub(crate) link: Option<String>,
    /// Why a post could not be read: technical, and in English.
    pub(crate) reason: Option<String>,
}

/// Up to `limit` posts of these sources since then, the newest first, and whose each is.
pub(crate) async fn events(
    tx: &Tx,
    visit: &Visit,
    sources: &[SourceName],
    (since, limit): (DateTime<Utc>, u64),
) -> Result<Vec<(SourceName, Event)>, Trouble> {
    let posts = inbox::list_latest(tx, sources, since, limit).await?;
    let ids: Vec<Uuid> = posts.iter().map(|post| post.id).collect();
    let scope = visit.scope();
    let administrator = scope.administrator().ok_or(Trouble::NotFound)?;
    let about = seen::events(tx, &administrator, &ids).await?;
    let shown = |post: Kept| {
        let source = post.source.clone();
        let event = Shown { visit, source: &source, about: &about }.event(post);
        (source, event)
    };
    Ok(posts.into_iter().map(shown).collect())
}

/// What is at hand to tell of posts.
struct Shown<'a> {
    visit: &'a Visit,
    source: &'a SourceName,
    about: &'a [CallOfPosts],
}

impl Shown<'_> {
    fn event(&self, post: Kept) -> Event {
        let (words, say) = (self.visit.words, self.visit.say());
        let teller = Teller { say, source: self.source };
        let mut told = Vec::new();
        let mut outcomes = Vec::new();
        let is_unread = matches!(post.progress, Progress::Unread { .. });
        let without_call =
            |id: &str, reason: Option<String>| Outcome { text: words.say(id), link: None, reason };
        match post.progress {
            Progress::Waiting => outcomes.push(without_call("event-waiting", None)),
            Progress::Unread { reason } => {
                outcomes.push(without_call("event-unread", Some(reason)));
            }
            Progress::Read { told: how_many } => {
                let calls = self.about.iter().filter_map(|c| Some((c, c.told.get(&post.id)?)));
                let calls: BTreeMap<_, _> = calls.map(|(c, facts)| (c.id, (c, facts))).collect();
                for (call, facts) in calls.values() {
                    told.extend(facts.iter().map(|fact| teller.fact(fact)));
                    outcomes.push(self.outcome(call));
                }
                if told.is_empty() {
                    let nothing = if how_many == Some(0) { "event-nothing" } else { "event-known" };
                    outcomes.push(without_call(nothing, None));
                }
            }
        }
        Event { when: say.moment_to_the_second(post.received_at), told, outcomes, is_unread }
    }

    fn outcome(&self, of: &CallOfPosts) -> Outcome {
        let visit = self.visit;
        let teller = Teller { say: visit.say(), source: self.source };
        if let Some((id, callback)) = &of.callback {
            let link = callback.is_seen.then(|| format!("/callbacks/{id}"));
            return Outcome { text: teller.callback(callback), link, reason: None };
        }
        let text = match of.settle_at {
            Some(at) if at > visit.now => {
                let when = visit.say().moment_to_the_second(at);
                visit.words.with("event-settles", [("when", when.into())])
            }
            Some(_) => visit.words.say("event-waiting"),
            None => {
                let policy = &visit.app.policy;
                let verdict = of.call.verdict(self.source, &visit.directory, policy);
                teller.not_owed(domain::settle::not_owed(&verdict, policy))
            }
        };
        Outcome { text, link: None, reason: None }
    }
}
