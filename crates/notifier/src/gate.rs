//! One server's gate: how many mails it may be given now, and since when it is left alone. In this process only: what
//! other processes do is theirs, and the leases keep them apart.

use crate::failure::Failure;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Pauses before a server that failed is tried again, with one mail; the last one again and again.
const PAUSES: [TimeDelta; 5] = [
    TimeDelta::seconds(15),
    TimeDelta::seconds(30),
    TimeDelta::minutes(1),
    TimeDelta::minutes(2),
    TimeDelta::minutes(5),
];
/// So many different mails in a row, each put off for what may be trouble of the server, show that it is.
const TELLING: usize = 3;
const MINUTE: TimeDelta = TimeDelta::minutes(1);
/// Longer than any try: one of which nothing came is no longer waited for.
const PROBE_LASTS: TimeDelta = TimeDelta::minutes(6);

/// The gate of one server. It reads no clock: time comes in.
#[derive(Debug)]
pub(crate) struct Gate {
    /// So many mails are sent in any minute; none: as many as there are.
    per_minute: Option<usize>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// When each mail of the last minute was let through.
    let_through: VecDeque<DateTime<Utc>>,
    held: Option<Held>,
    /// Mails that were put off one after the other, with none sent between.
    put_off: Vec<Uuid>,
}

#[derive(Debug, Clone, Copy)]
struct Held {
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    /// How often it was tried in vain.
    failures: usize,
    /// When the mail that tries it was let through, while nothing has come of it.
    probed_at: Option<DateTime<Utc>>,
}

impl Held {
    fn is_probed(self, now: DateTime<Utc>) -> bool {
        self.probed_at.is_some_and(|at| at <= now && now - at < PROBE_LASTS)
    }
}

/// What a failure means for the mail that met it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Share {
    /// It is about this mail: the try counts.
    Its,
    /// It is about everybody's: the try does not count, and nothing is tried before then.
    Everybodys { until: DateTime<Utc> },
}

impl Gate {
    /// An open one. Zero a minute means no limit.
    pub(crate) fn new(per_minute: u32) -> Self {
        let per_minute = usize::try_from(per_minute).ok().filter(|n| *n > 0);
        Self { per_minute, state: Mutex::default() }
    }

    /// How many mails may be given to the server now: one to try it with while it is held back.
    pub(crate) fn free(&self, now: DateTime<Utc>) -> usize {
        let mut state = self.lock();
        let limit = match state.held {
            Some(held) if now < held.until || held.is_probed(now) => 0,
            Some(_) => 1,
            None => usize::MAX,
        };
        state.forget(now);
        limit.min(self.per_minute.map_or(usize::MAX, |n| n.saturating_sub(state.let_through.len())))
    }

    /// When a mail may be given to the server again; none: now.
    pub(crate) fn free_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut state = self.lock();
        state.forget(now);
        let held =
            state.held.map(|held| if held.is_probed(now) { now + PAUSES[0] } else { held.until });
        let held = held.filter(|until| now < *until);
        let full = self.per_minute.is_some_and(|n| state.let_through.len() >= n);
        let limit = state.let_through.front().filter(|_| full).map(|first| *first + MINUTE);
        held.max(limit)
    }

    /// Lets one mail through; not when the server was found to fail since it was leased, or has had its share of this
    /// minute: then after that time.
    pub(crate) fn pass(&self, now: DateTime<Utc>) -> Result<(), DateTime<Utc>> {
        if let Some(until) = self.free_at(now) {
            return Err(until);
        }
        let mut state = self.lock();
        if self.per_minute.is_some() {
            state.let_through.push_back(now);
        }
        if let Some(held) = &mut state.held {
            held.probed_at = Some(now);
        }
        Ok(())
    }

    /// A mail was taken, or refused for what it is: the server works.
    pub(crate) fn works(&self, now: DateTime<Utc>) {
        let mut state = self.lock();
        state.put_off.clear();
        if let Some(held) = state.held.take() {
            tracing::info!(since = %held.since, until = %now, "the mail server takes mail again");
        }
    }

    /// A mail was not sent. Says whose fault it is.
    pub(crate) fn failed(&self, mail: Uuid, failure: &Failure, now: DateTime<Utc>) -> Share {
        if !failure.may_be_of_server() {
            self.works(now);
            return Share::Its;
        }
        let mut state = self.lock();
        if !state.put_off.contains(&mail) && state.put_off.len() < TELLING {
            state.put_off.push(mail);
        }
        let is_known = matches!(failure, Failure::OfServer(_)) || state.put_off.len() >= TELLING;
        match state.held {
            None if !is_known => Share::Its,
            // Those that were under way when it was found out say nothing new.
            Some(held) if now < held.until => Share::Everybodys { until: held.until },
            // Only one mail is there to try it with, and it may be its own fault.
            Some(_) if !is_known => {
                state.held = None;
                Share::Its
            }
            held => {
                let failures = held.map_or(0, |held| held.failures);
                let pause = PAUSES[failures.min(PAUSES.len() - 1)];
                let since = held.map_or(now, |held| held.since);
                let until = now + pause;
                state.held = Some(Held { since, until, failures: failures + 1, probed_at: None });
                tracing::error!(error = %failure, %since, %until, "the mail server fails: mails wait, and one tries it then");
                Share::Everybodys { until }
            }
        }
    }

    /// Since when the server takes nothing; none while it works.
    pub(crate) fn held_since(&self) -> Option<DateTime<Utc>> {
        self.lock().held.map(|held| held.since)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn forget(&mut self, now: DateTime<Utc>) {
        // A clock that was set back must not keep the gate shut.
        self.let_through.retain(|at| *at <= now && now - *at < MINUTE);
    }
}

#[cfg(test)]
mod tests;
