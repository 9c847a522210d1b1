//! The loops of a running installation. Each looks for work by itself; hints only make it look sooner.

use crate::App;
use axum::Router;
use clock::{Clock, Stopwatch};
use notifier::Notifier;
use notifier::channels::Destination;
use scheduler::Scheduler;
use std::sync::Arc;
use std::time::Duration;
use store::StoreError;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use webhook_receiver::Receiver;

/// How often a loop looks when nobody gives it a hint.
const LOOK: Duration = Duration::from_secs(1);
/// How often it is asked whether a shared calendar, or the mailbox of bounces, is to be read.
const LOOK_OUTSIDE: Duration = Duration::from_secs(10);
/// How long it waits after storage refused.
const RECOVER: Duration = Duration::from_secs(2);
/// How often repeats are forgotten.
const FORGET: Duration = Duration::from_secs(600);
/// How long requests under way may take to end.
const GRACE: Duration = Duration::from_secs(10);

impl App {
    /// Serves and works until `stop`; then answers what is under way, writes it, and ends.
    ///
    /// # Errors
    /// When it cannot serve at all.
    pub async fn run(
        self,
        listener: TcpListener,
        metrics: Option<TcpListener>,
        stop: CancellationToken,
    ) -> anyhow::Result<()> {
        let router = self.router(metrics.is_none());
        if let Some(listener) = metrics {
            tokio::spawn(serve(
                listener,
                web::metrics_router(self.web.clone()),
                stop.clone(),
                self.clock.clone(),
            ));
        }
        let server = tokio::spawn(serve(listener, router, stop.clone(), self.clock.clone()));
        self.work(stop).await?;
        server.await?
    }

    /// Works until `stop`, and then until every post that was handed in is written.
    ///
    /// # Errors
    /// When storage cannot be closed.
    pub async fn work(self, stop: CancellationToken) -> anyhow::Result<()> {
        let Self { clock, store, receiver, scheduler, notifier, writer, heard, web: _ } = self;
        let reading = || read(receiver.clone(), heard.clone(), clock.clone(), stop.clone());
        let passing = || pass(scheduler.clone(), heard.clone(), clock.clone(), stop.clone());
        let looking = || look(scheduler.clone(), clock.clone(), stop.clone());
        let counting = || count(scheduler.clone(), clock.clone(), stop.clone());
        let writing = || write(notifier.clone(), clock.clone(), stop.clone());
        let sending = || send(notifier.clone(), clock.clone(), stop.clone());
        let telling = || tell(notifier.clone(), clock.clone(), stop.clone());
        // Each by itself: a receiver that is slow holds up no other.
        let posting = futures_util::future::join_all(notifier.channels.all.iter().map(|to| {
            let (notifier, clock, stop) = (&notifier, &clock, &stop);
            let begin = move || post(notifier.clone(), to.clone(), clock.clone(), stop.clone());
            async move { kept_up("a channel", begin, clock, stop).await }
        }));
        let coming_back = || come_back(notifier.clone(), clock.clone(), stop.clone());
        tokio::join!(
            kept_up("reading", reading, &clock, &stop),
            kept_up("the scheduler", passing, &clock, &stop),
            kept_up("the writer of mails", writing, &clock, &stop),
            kept_up("the sender of mails", sending, &clock, &stop),
            kept_up("the notifier of channels", telling, &clock, &stop),
            posting,
            kept_up("the reader of calendars", looking, &clock, &stop),
            kept_up("the counting", counting, &clock, &stop),
            kept_up("the reader of bounces", coming_back, &clock, &stop),
        );
        drop(receiver);
        // The writer ends when the last receiver, that of the server, is gone.
        let _ = tokio::time::timeout(GRACE, writer).await;
        Ok(store.close().await?)
    }
}

/// Serves until `stop`; requests under way may end.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
    clock: Clock,
) -> anyhow::Result<()> {
    let server =
        axum::serve(listener, router).with_graceful_shutdown(stop.clone().cancelled_owned());
    let cut_off = async {
        stop.cancelled().await;
        clock.pause(GRACE).await;
    };
    tokio::select! {
        served = server => served?,
        () = cut_off => tracing::warn!("requests under way were cut off"),
    }
    Ok(())
}

/// Runs a loop until `stop`. One that broke begins again: a promise must not be forgotten because of one row.
async fn kept_up<F>(who: &str, begin: impl Fn() -> F, clock: &Clock, stop: &CancellationToken)
where
    F: Future<Output = ()> + Send + 'static,
{
    while let Err(broke) = tokio::spawn(begin()).await {
        tracing::error!(%broke, "{who} broke and begins again: please report this");
        wait(clock, RECOVER, None, stop).await;
    }
}

async fn read(receiver: Receiver, heard: Arc<Notify>, clock: Clock, stop: CancellationToken) {
    let arrived = receiver.arrived.clone();
    let mut since_forgotten = Stopwatch::start();
    while !stop.is_cancelled() {
        let worked = async {
            if since_forgotten.elapsed() > FORGET {
                receiver.forget_repeats().await?;
                since_forgotten = Stopwatch::start();
            }
            receiver.read_some().await
        };
        match worked.await {
            Ok(0) => wait(&clock, LOOK, Some(&arrived), &stop).await,
            Ok(_) => heard.notify_one(),
            Err(error) => refused("reading", &error, &clock, &stop).await,
        }
    }
}

async fn pass(scheduler: Scheduler, heard: Arc<Notify>, clock: Clock, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match scheduler.pass().await {
            Ok(passed) if passed.is_quiet() => wait(&clock, LOOK, Some(&heard), &stop).await,
            Ok(_) => {}
            Err(error) => refused("the scheduler", &error, &clock, &stop).await,
        }
    }
}

/// A server that is slow must hold up nothing else.
async fn look(scheduler: Scheduler, clock: Clock, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let worked = async {
            tokio::select! {
                read = scheduler.read_calendars() => read,
                // What was not read is read by others, or after the next start.
                () = stop.cancelled() => Ok(0),
            }
        };
        match worked.await {
            Ok(_) => wait(&clock, LOOK_OUTSIDE, None, &stop).await,
            Err(error) => refused("the reader of calendars", &error, &clock, &stop).await,
        }
    }
}

/// Ends when all is counted.
async fn count(scheduler: Scheduler, clock: Clock, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match scheduler.count_some().await {
            Ok(true) => return,
            Ok(false) => {}
            Err(error) => refused("the counting", &error, &clock, &stop).await,
        }
    }
}

async fn write(notifier: Notifier, clock: Clock, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match notifier.render_one().await {
            Ok(false) => wait(&clock, LOOK, None, &stop).await,
            Ok(true) => {}
            Err(error) => refused("the writer of mails", &error, &clock, &stop).await,
        }
    }
}

/// Apart from the writing: a server that is slow must not make a round miss its time.
async fn send(notifier: Notifier, clock: Clock, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let cut_off = async {
            stop.cancelled().await;
            clock.pause(GRACE).await;
        };
        let sent = tokio::select! {
            sent = notifier.dispatch_some() => sent,
            // What was under way is sent again after its lease, with the same Message-ID.
            () = cut_off => return tracing::warn!("mails under way were cut off"),
        };
        match sent {
            Ok(0) => wait(&clock, LOOK, None, &stop).await,
            Ok(_) => {}
            Err(error) => refused("the sender of mails", &error, &clock, &stop).await,
        }
    }
}

async fn tell(notifier: Notifier, clock: Clock, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match notifier.render_for_channels().await {
            Ok(false) => wait(&clock, LOOK, None, &stop).await,
            Ok(true) => {}
            Err(error) => refused("the notifier of channels", &error, &clock, &stop).await,
        }
    }
}

async fn post(notifier: Notifier, to: Destination, clock: Clock, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match notifier.dispatch_to(&to).await {
            Ok(0) => wait(&clock, LOOK, None, &stop).await,
            Ok(_) => {}
            Err(error) => refused("a channel", &error, &clock, &stop).await,
        }
    }
}

/// A mail server that is slow must hold up nothing else.
async fn come_back(notifier: Notifier, clock: Clock, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let worked = async {
            tokio::select! {
                read = notifier.read_bounces() => read,
                // What was not noted is read by others, or after the next start.
                () = stop.cancelled() => Ok(false),
            }
        };
        match worked.await {
            Ok(_) => wait(&clock, LOOK_OUTSIDE, None, &stop).await,
            Err(error) => refused("the reader of bounces", &error, &clock, &stop).await,
        }
    }
}

async fn wait(clock: &Clock, time: Duration, hint: Option<&Notify>, stop: &CancellationToken) {
    let hinted = async {
        match hint {
            Some(hint) => hint.notified().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = clock.pause(time) => {}
        () = hinted => {}
        () = stop.cancelled() => {}
    }
}

async fn refused(who: &str, error: &StoreError, clock: &Clock, stop: &CancellationToken) {
    tracing::error!(error = error.told(), "{who} waits: storage refuses");
    wait(clock, RECOVER, None, stop).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn a_loop_that_breaks_begins_again_and_one_that_is_stopped_does_not() {
        let (stop, begun) = (CancellationToken::new(), Arc::new(AtomicU32::new(0)));
        let begin = || {
            let (stop, begun) = (stop.clone(), begun.clone());
            async move {
                assert_ne!(begun.fetch_add(1, Ordering::SeqCst), 0, "the first one breaks");
                stop.cancel();
            }
        };
        kept_up("the test", begin, &Clock::system(), &stop).await;
        assert_eq!(begun.load(Ordering::SeqCst), 2);
    }
}
