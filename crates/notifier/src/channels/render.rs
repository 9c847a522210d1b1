//! What happened, and rounds of channels, become messages once, from the state of that moment; there is no second version (R24).

use super::bodies::{self, Shown};
use super::texts::{Lines, Reader};
use super::{Destination, Way, shown, sms};
use crate::Notifier;
use crate::callers::{Callers, MailDetail};
use crate::render::ShownBy;
use crate::texts::TextError;
use chrono::{DateTime, TimeDelta, Utc};
use domain::callback::Callback;
use domain::directory::{Directory, Language};
use domain::event::Event;
use domain::rounds::{RoundKind, channel_notice};
use std::collections::BTreeSet;
use store::channels::{self, ChannelRound, Message};
use store::rounds::{self, Ended};
use store::{StoreError, Tx, callbacks, people};
use uuid::Uuid;

/// So many events at once.
const BATCH: u64 = 50;
/// What happened is of use for so long; it is tried for less, and after that waits for somebody to resume the channel.
const EVENT_LASTS: TimeDelta = TimeDelta::days(14);

impl Notifier {
    /// Renders some of what waits to be told to channels; `false` when nothing does.
    ///
    /// # Errors
    /// [`StoreError`]; it still waits then.
    pub async fn render_for_channels(&self) -> Result<bool, StoreError> {
        if self.channels.all.is_empty() {
            return Ok(false);
        }
        let tx = self.store.begin().await?;
        let events = channels::take_events(&tx, BATCH).await?;
        if !events.is_empty() {
            self.render_events(&tx, events).await?;
            tx.commit().await?;
            return Ok(true);
        }
        let Some(round) = channels::take_round(&tx).await? else {
            tx.rollback().await?;
            return Ok(false);
        };
        let ended = match self.render_round(&tx, &round).await {
            Err(error) if error.is_for_all() => return Err(error),
            // One that cannot be rendered must not hold up the others.
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, round = %round.id, channel = round.channel, "a round could not be rendered for a channel");
                Ended::Failed
            }
            Ok(ended) => ended,
        };
        rounds::end_of(&tx, round.id, ended).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn render_events(
        &self,
        tx: &Tx,
        events: Vec<Result<Event, StoreError>>,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let directory = people::directory(tx, self.calendar.local_date(now)).await?;
        let ended = ended(tx).await?;
        for event in events {
            let event = match event {
                Ok(event) => event,
                Err(error) => {
                    tracing::error!(
                        error = error.told(),
                        "an event could not be read; channels are not told of it"
                    );
                    continue;
                }
            };
            let hears = |d: &&Destination| {
                let wants = d.told.events.contains(&event.kind);
                wants && d.told.hears_of(event.unit, &directory) && !ended.contains(&d.told.name)
            };
            for destination in self.channels.all.iter().filter(hears) {
                let id = self.clock.new_id();
                let callback = match destination.detail {
                    MailDetail::None => None,
                    MailDetail::Number | MailDetail::Full => {
                        callbacks::find(tx, event.callback).await?
                    }
                };
                let callers =
                    self.callers(tx, callback.as_slice(), &directory, destination).await?;
                let body = match self.event_body(destination, &event, &directory, &callers) {
                    Ok(body) => body,
                    Err(error) => {
                        tracing::error!(%error, channel = destination.told.name, "an event could not be put into words");
                        continue;
                    }
                };
                let of = (id, event.kind.name(), now + EVENT_LASTS);
                channels::insert(tx, message(id, of, destination, body, now)).await?;
            }
        }
        Ok(())
    }

    async fn render_round(&self, tx: &Tx, round: &ChannelRound) -> Result<Ended, StoreError> {
        let now = self.clock.now();
        if now >= round.expires_at {
            return Ok(Ended::Expired);
        }
        let Some(destination) = self.channels.find(&round.channel) else {
            return Ok(Ended::NoAddress);
        };
        if ended(tx).await?.contains(&round.channel) {
            return Ok(Ended::NoAddress);
        }
        let today = self.calendar.local_date(now);
        let directory = people::directory(tx, today).await?;
        let (units, organisation) = destination.told.units_in(&directory);
        let open = callbacks::list_open_of_units(tx, &units, organisation).await?;
        let since = match round.kind {
            RoundKind::New => channels::told_before(tx, round).await?,
            RoundKind::Digest
            | RoundKind::Nudge
            | RoundKind::ManagerList
            | RoundKind::Alarm
            | RoundKind::Silence
            | RoundKind::Faults
            | RoundKind::Test => None,
        };
        // Before the first round there is no telling what was told: the day begins it.
        let since = since.or_else(|| self.calendar.at(today, chrono::NaiveTime::MIN).ok());
        let since = since.unwrap_or(round.at);
        let notice = channel_notice(round.kind, &open, since, today, &self.calendar, &directory);
        let Some(notice) = notice else { return Ok(Ended::Empty) };
        let of_rows: Vec<Callback> =
            open.into_iter().filter(|c| notice.rows.iter().any(|row| row.id == c.id)).collect();
        let callers = self.callers(tx, &of_rows, &directory, destination).await?;
        let body = match self.notice_body(destination, &notice, &callers, now) {
            Ok(body) => body,
            Err(error) => {
                tracing::error!(%error, channel = round.channel, "a round could not be put into words");
                return Ok(Ended::Failed);
            }
        };
        let of = (round.id, round.kind.name(), round.expires_at);
        channels::insert(tx, message(self.clock.new_id(), of, destination, body, now)).await?;
        Ok(Ended::Told)
    }

    async fn callers(
        &self,
        tx: &Tx,
        callbacks: &[Callback],
        directory: &Directory,
        destination: &Destination,
    ) -> Result<Callers, StoreError> {
        Callers::read(tx, callbacks, directory, destination.detail).await
    }

    fn event_body(
        &self,
        to: &Destination,
        event: &Event,
        directory: &Directory,
        callers: &Callers,
    ) -> Result<Vec<u8>, TextError> {
        let (by, language, detail) = (self.shown_by(), to.language, to.detail);
        let lines = || {
            let shown = shown::event(event, directory, language, by);
            let lines = self.texts.lines("event", &shown, Reader { language, detail, callers })?;
            Ok::<(Lines, String), TextError>((lines, shown.link))
        };
        Ok(match &to.way {
            Way::Standard { .. } => {
                bodies::event(event, directory, by, Shown { callers, detail, language })
            }
            Way::Teams { .. } => {
                lines().map(|(lines, link)| bodies::teams(&lines, &link, open(language)))?
            }
            Way::Slack { .. } => {
                lines().map(|(lines, link)| bodies::slack(&lines, &link, open(language)))?
            }
            // The configuration takes no events for an SMS, which may come at any hour.
            Way::Elks { sender, to, .. } => lines()
                .map(|(lines, link)| sms::form(sender, to, &format!("{} {link}", lines.heading)))?,
        })
    }

    fn notice_body(
        &self,
        to: &Destination,
        notice: &domain::rounds::ChannelNotice,
        callers: &Callers,
        now: DateTime<Utc>,
    ) -> Result<Vec<u8>, TextError> {
        let (by, language, detail) = (self.shown_by(), to.language, to.detail);
        let units = &to.told.units;
        let lines = |name| {
            let shown = shown::notice(notice, units, language, by);
            let lines = self.texts.lines(name, &shown, Reader { language, detail, callers })?;
            Ok::<(Lines, String), TextError>((lines, shown.link))
        };
        Ok(match &to.way {
            Way::Standard { .. } => {
                bodies::notice(notice, units, now, by, Shown { callers, detail, language })
            }
            Way::Teams { .. } => {
                lines("notice").map(|(lines, link)| bodies::teams(&lines, &link, open(language)))?
            }
            Way::Slack { .. } => {
                lines("notice").map(|(lines, link)| bodies::slack(&lines, &link, open(language)))?
            }
            Way::Elks { sender, to, .. } => lines("sms").map(|(lines, _)| {
                let text = [&[lines.heading], &lines.body[..]].concat().join(" ");
                sms::form(sender, to, &text)
            })?,
        })
    }

    fn shown_by(&self) -> ShownBy<'_> {
        ShownBy { calendar: &self.calendar, public_url: &self.public_url }
    }
}

impl Destination {
    /// A message that says only that it is one, to try a channel out.
    pub fn test_body(&self, public_url: &str, now: DateTime<Utc>) -> Vec<u8> {
        let (link, language) = (format!("{public_url}/mine"), self.language);
        let heading = match language {
            Language::Swedish => "Det här är ett test från Återkom. Du behöver inte göra något.",
            Language::English => "This is a test from Återkom. You need not do anything.",
        };
        let lines = Lines { heading: heading.to_owned(), body: Vec::new() };
        match &self.way {
            Way::Standard { .. } => bodies::test(now),
            Way::Teams { .. } => bodies::teams(&lines, &link, open(language)),
            Way::Slack { .. } => bodies::slack(&lines, &link, open(language)),
            Way::Elks { sender, to, .. } => sms::form(sender, to, heading),
        }
    }
}

async fn ended(tx: &Tx) -> Result<BTreeSet<String>, StoreError> {
    Ok(channels::list_ended(tx).await?.into_iter().map(|(name, _)| name).collect())
}

fn message(
    id: Uuid,
    (round, kind, expires_at): (Uuid, &'static str, DateTime<Utc>),
    to: &Destination,
    body: Vec<u8>,
    created_at: DateTime<Utc>,
) -> Message {
    Message { id, round, kind, channel: to.told.name.clone(), body, created_at, expires_at }
}

fn open(language: Language) -> &'static str {
    match language {
        Language::Swedish => "Öppna Återkom",
        Language::English => "Open Återkom",
    }
}
