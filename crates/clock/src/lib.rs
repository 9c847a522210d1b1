//! The only caller of the system's clock: system time, or time moved by hand; also the maker of ids.
//!
//! Every other crate is handed `now`. Instants are cut to microseconds, which is what both databases keep.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use uuid::{ContextV7, Timestamp, Uuid};

/// What time it is. Clones share one time.
#[derive(Debug, Clone)]
pub struct Clock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Microseconds since 1970 while the clock is in the hand; [`FREE`] when it follows the system's.
    held: AtomicI64,
    /// Microseconds that a free clock is ahead of the system's.
    ahead: AtomicI64,
}

const FREE: i64 = i64::MIN;

impl Clock {
    /// The system's time.
    pub fn system() -> Self {
        Self::shifted(TimeDelta::zero())
    }

    /// The system's time and so much more: for trying out what happens on another day.
    pub fn shifted(ahead: TimeDelta) -> Self {
        let ahead = ahead.num_microseconds().unwrap_or_default();
        Self(Arc::new(Inner { held: AtomicI64::new(FREE), ahead: AtomicI64::new(ahead) }))
    }

    /// Stands at `at` until it is moved.
    pub fn by_hand(at: DateTime<Utc>) -> Self {
        let clock = Self::system();
        clock.set(at);
        clock
    }

    /// Now, in whole microseconds.
    pub fn now(&self) -> DateTime<Utc> {
        match self.0.held.load(Ordering::SeqCst) {
            FREE => {
                let system = system_now();
                let ahead = TimeDelta::microseconds(self.0.ahead.load(Ordering::SeqCst));
                system.checked_add_signed(ahead).unwrap_or(system)
            }
            held => DateTime::from_timestamp_micros(held).unwrap_or_default(),
        }
    }

    /// Takes the clock in the hand, and sets it.
    pub fn set(&self, at: DateTime<Utc>) {
        self.0.held.store(at.timestamp_micros(), Ordering::SeqCst);
    }

    /// Lets a clock that was in the hand run on from where it stands.
    pub fn let_go(&self) {
        let ahead = self.now() - system_now();
        self.0.ahead.store(ahead.num_microseconds().unwrap_or_default(), Ordering::SeqCst);
        self.0.held.store(FREE, Ordering::SeqCst);
    }

    /// A new id; ids sort by the time they were made.
    pub fn new_id(&self) -> Uuid {
        let now = self.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
        Uuid::new_v7(Timestamp::from_unix(ContextV7::new(), seconds, now.timestamp_subsec_nanos()))
    }

    /// Waits. For loops that look again after a while; real time passes whatever the clock shows.
    pub async fn pause(&self, time: Duration) {
        #[expect(clippy::disallowed_methods, reason = "this crate is where waiting is done")]
        tokio::time::sleep(time).await;
    }
}

/// In whole microseconds.
#[expect(clippy::disallowed_methods, reason = "this crate is where the clock is read")]
fn system_now() -> DateTime<Utc> {
    Utc::now().duration_trunc(TimeDelta::microseconds(1)).unwrap_or_default()
}

/// When something was last done in this process. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Beat(Arc<AtomicI64>);

impl Beat {
    /// It was done now.
    pub fn strike(&self, now: DateTime<Utc>) {
        self.0.store(now.timestamp_micros(), Ordering::Relaxed);
    }

    /// When it was last done; none since the start.
    pub fn last(&self) -> Option<DateTime<Utc>> {
        let micros = Some(self.0.load(Ordering::Relaxed)).filter(|micros| *micros != 0)?;
        DateTime::from_timestamp_micros(micros)
    }
}

/// How long something took, for measuring only; nothing is ever decided by it.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts.
    pub fn start() -> Self {
        #[expect(clippy::disallowed_methods, reason = "this crate is where the clock is read")]
        Self(std::time::Instant::now())
    }

    /// The time since it was started.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_in_the_hand_stands_and_let_go_runs_on_from_there() {
        let at: DateTime<Utc> = "2026-12-23T14:00:00Z".parse().unwrap();
        let clock = Clock::by_hand(at);
        assert_eq!(clock.now(), at);
        assert_eq!(clock.clone().now(), at);
        clock.let_go();
        let later = clock.now();
        assert!(later >= at && later - at < TimeDelta::minutes(1));
    }

    #[test]
    fn time_is_cut_to_microseconds() {
        assert_eq!(Clock::system().now().timestamp_subsec_nanos() % 1_000, 0);
    }

    #[test]
    fn ids_sort_by_time_and_are_never_the_same() {
        let clock = Clock::by_hand("2026-12-23T14:00:00Z".parse().unwrap());
        let first = clock.new_id();
        assert_ne!(first, clock.new_id());
        clock.set("2026-12-23T14:00:01Z".parse().unwrap());
        assert!(clock.new_id() > first);
    }
}
