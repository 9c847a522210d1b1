//! What goes by other channels than mail.

use crate::{StoreError, Tx, channels, deliveries, rounds};
use chrono::{DateTime, TimeDelta, Utc};
use domain::event::EventKind;
use domain::rounds::{RoundKind, Slot};
use uuid::Uuid;

pub(super) async fn by_channels(tx: &Tx, now: DateTime<Utc>, id: Uuid) -> Result<(), StoreError> {
    let told = channels::take_events(tx, 10).await?;
    let kinds: Vec<_> =
        told.into_iter().map(|event| event.map(|e| e.kind)).collect::<Result<_, _>>()?;
    assert_eq!(kinds, [EventKind::Opened, EventKind::Attempted], "each wanted one, in order");
    assert_eq!(channels::take_events(tx, 10).await?.len(), 0, "once");
    let slot = Slot { kind: RoundKind::New, day: now.date_naive(), at: now, expires_at: now };
    assert_eq!(channels::plan(tx, &slot, &[("duty", id)]).await?, 1);
    assert_eq!(channels::plan(tx, &slot, &[("duty", Uuid::nil())]).await?, 0, "one of a moment");
    let Some(round) = channels::take_round(tx).await? else { return Err(StoreError::Stale) };
    assert_eq!((round.id, &*round.channel, round.kind), (id, "duty", RoundKind::New));
    assert_eq!(channels::told_before(tx, &round).await?, None);
    rounds::end_of(tx, round.id, rounds::Ended::Rendered).await?;
    assert_eq!(channels::take_round(tx).await?, None);
    let expires_at = now + TimeDelta::days(1);
    let message = channels::Message {
        id,
        round: id,
        kind: "new",
        channel: "duty".to_owned(),
        body: b"{}".to_vec(),
        created_at: now,
        expires_at,
    };
    channels::insert(tx, message).await?;
    let minute = TimeDelta::minutes(1);
    assert_eq!(channels::lease(tx, "other", now, minute, 10).await?, []);
    assert_eq!(deliveries::lease(tx, now, minute, 10).await?, [], "it is no mail");
    assert_eq!(channels::next_at(tx, &["duty", "other"]).await?, Some(now));
    for again in [true, false] {
        let leased = channels::lease(tx, "duty", now, minute, 10).await?;
        assert_eq!((leased.len(), &*leased[0].address, leased[0].tries), (1, "duty", 0));
        let dead = deliveries::Outcome::Dead { error: "410".to_owned() };
        assert!(deliveries::settle(tx, &leased[0], &dead).await?);
        channels::end(tx, "duty", now).await?;
        channels::end(tx, "duty", expires_at).await?;
        assert_eq!(channels::list_ended(tx).await?, [("duty".to_owned(), now)]);
        assert_eq!(channels::count_dead(tx).await?, [("duty".to_owned(), 1)]);
        let at = if again { now } else { expires_at };
        assert_eq!(channels::resume(tx, "duty", at).await?, u64::from(again), "what is not over");
        assert_eq!(channels::list_ended(tx).await?, []);
    }
    let unreachable = deliveries::list_unreachable(tx, now).await?;
    assert!(unreachable.iter().all(|u| u.address != "duty"), "a channel is no person");
    Ok(())
}
