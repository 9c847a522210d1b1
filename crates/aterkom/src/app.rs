//! One installation: all parts on one database and one clock.

use crate::config::{Config, Transport};
use crate::{http, parts};
use axum::Router;
use chrono::{DateTime, TimeDelta, Utc};
use clock::{Beat, Clock};
use notifier::Notifier;
use notifier::preview::Preview;
use notifier::texts::Texts;
use prometheus_client::registry::Registry;
use scheduler::Scheduler;
use std::sync::Arc;
use store::{Store, StoreError};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use webhook_receiver::{Receiver, intake};

/// The parts. The loops that drive them are in [`App::run`]; a test or the demo drives them by hand.
#[derive(Debug)]
pub struct App {
    pub clock: Clock,
    pub store: Store,
    pub receiver: Receiver,
    pub scheduler: Scheduler,
    pub notifier: Notifier,
    pub web: web::App,
    /// Writes posts until every receiver is gone.
    pub(crate) writer: JoinHandle<()>,
    /// Hints: calls may be there to be settled; rounds or mails may be there to be sent.
    pub(crate) heard: Arc<Notify>,
}

impl App {
    /// Opens the database and puts everything together.
    ///
    /// # Errors
    /// What is wrong with the configuration or the database, worded for whoever starts it.
    pub async fn build(config: &Config, clock: Clock) -> anyhow::Result<Self> {
        let policy = Arc::new(parts::policy(config)?);
        let calendar = Arc::new(parts::calendar(config));
        let schedule = parts::schedule(config)?;
        let retention = Arc::new(parts::retention(config)?);
        let sources = parts::sources(config)?;
        let calendars = parts::calendars(config)?;
        let (sender, channel) = (Arc::new(parts::sender(config)?), parts::channel(config)?);
        let texts = Arc::new(parts::texts(config)?);
        let channels = parts::channels(config, &texts)?;
        let bounces = parts::bounces(config)?;
        let store = parts::open(config).await?;
        let mut registry = Registry::default();
        let (intake, writer) = intake::new(store.clone());
        let heard = Arc::new(Notify::new());
        let receiver = Receiver {
            store: store.clone(),
            clock: clock.clone(),
            policy: policy.clone(),
            sources,
            intake,
            metrics: webhook_receiver::metrics::Metrics::register(&mut registry),
            arrived: Arc::new(Notify::new()),
            keeps_raw: retention.raw_days > 0,
        };
        let offices = Arc::new(parts::offices(config)?);
        let tx = store.read().await?;
        receiver.sources.refresh(&tx).await?;
        tx.commit().await?;
        let sources = receiver.sources.asked();
        let scheduler = Scheduler {
            store: store.clone(),
            clock: clock.clone(),
            policy: policy.clone(),
            calendar: calendar.clone(),
            closed_days: Arc::new(parts::closed_days(config)),
            sources: sources.clone(),
            schedule,
            retention,
            calendars,
            offices: offices.clone(),
            channels: channels.all.iter().map(|d| d.told.clone()).collect(),
            passed: Beat::default(),
        };
        let minutes = |n: &u32| TimeDelta::minutes(i64::from(*n));
        let notifier = Notifier {
            store: store.clone(),
            clock: clock.clone(),
            policy,
            calendar,
            texts,
            channel,
            channels,
            sender,
            bounces,
            public_url: parts::public_url(config),
            offices,
            sources: sources.clone(),
            schedule,
            delays: config.mail.retry_minutes.iter().map(minutes).collect(),
            metrics: notifier::metrics::Metrics::register(&mut registry),
        };
        let web = web::App {
            store: store.clone(),
            clock: clock.clone(),
            policy: scheduler.policy.clone(),
            calendar: scheduler.calendar.clone(),
            closed_days: scheduler.closed_days.clone(),
            retention: scheduler.retention.clone(),
            schedule,
            organisation: config.organisation.name.as_str().into(),
            reception: scheduler.offices.reception.clone(),
            plan: parts::number_plan(config)?,
            public_url: parts::public_url(config),
            sources,
            mails_leave: matches!(config.mail.transport, Transport::Smtp),
            mail_held: notifier.metrics.held(),
            mail_texts: mail_texts(notifier.texts.clone()),
            pbxs: parts::pbxs(),
            check_secret: parts::check_secret,
            known: web::Known::default(),
            counted: web::Counted::default(),
            passed: scheduler.passed.clone(),
            registry: Arc::new(registry),
            scraping: Arc::default(),
        };
        // A new database is counted with this; the rest of a large one while it works.
        scheduler.count_some().await?;
        let writer = tokio::spawn(writer.run());
        Ok(Self { clock, store, receiver, scheduler, notifier, web, writer, heard })
    }

    /// Everything that is served at the main address.
    pub fn router(&self, with_metrics: bool) -> Router {
        http::router(self, with_metrics)
    }

    /// Does everything that is to be done by now, and what comes of it, until nothing is left to do.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn work_until_quiet(&self) -> Result<(), StoreError> {
        loop {
            let read = self.receiver.read_some().await?;
            let calendars = self.scheduler.read_calendars().await?;
            let passed = self.scheduler.pass().await?;
            let rendered = self.notifier.render_one().await?;
            let tried = self.notifier.dispatch_some().await?;
            let bounced = self.notifier.read_bounces().await?;
            let told = self.notifier.render_for_channels().await?;
            let tried = tried + self.notifier.dispatch_to_channels().await?;
            let told = rendered || told || tried > 0 || bounced;
            if read == 0 && calendars == 0 && passed.is_quiet() && !told {
                return Ok(());
            }
        }
    }

    /// When there is something to be done next, as far as is known now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let next = [
            self.scheduler.next_at().await?,
            self.notifier.next_at().await?,
            self.notifier.next_to_channels_at().await?,
        ];
        Ok(next.into_iter().flatten().min())
    }

    /// Moves a clock in the hand to `to`, stopping at every moment at which something happens by itself, and does it.
    /// A clock that is there already only does what is to be done.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn advance_to(&self, to: DateTime<Utc>) -> Result<(), StoreError> {
        self.work_until_quiet().await?;
        while let Some(next) = self.next_at().await?.filter(|next| *next <= to) {
            self.clock.set(next.max(self.clock.now()));
            self.work_until_quiet().await?;
        }
        self.clock.set(to);
        self.work_until_quiet().await
    }
}

/// The mails of the administrator's page, as `aterkom mail preview` writes them.
fn mail_texts(texts: Arc<Texts>) -> web::MailTexts {
    web::MailTexts::new(move || {
        // They were tried out at the start.
        let previews = texts.previews().unwrap_or_default();
        let text = |preview: Preview| web::MailText {
            name: preview.name,
            language: preview.language,
            subject: preview.text.subject,
            plain: preview.text.plain,
        };
        previews.into_iter().map(text).collect()
    })
}
