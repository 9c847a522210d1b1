//! The mailbox that mails come back to.

use crate::{StoreError, Tx, bounces};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// Every function about mails that come back once.
pub(super) async fn reading(tx: &Tx, now: DateTime<Utc>, id: Uuid) -> Result<(), StoreError> {
    let to = ["vaxel@exempelby.example".to_owned()];
    assert_eq!(bounces::note(tx, id, &to, "bounced", now).await?, bounces::Noted::Before);
    for is_read in [false, true, true] {
        bounces::keep(tx, is_read, now).await?;
    }
    let times = (TimeDelta::minutes(1), TimeDelta::hours(2));
    let leased = bounces::lease(tx, now, times).await?.ok_or(StoreError::Stale)?;
    assert_eq!(bounces::lease(tx, now, times).await?, None, "it is somebody's");
    assert_eq!(bounces::next_at(tx).await?, Some(now + times.0));
    assert!(bounces::settle(tx, &leased, Err("no such host"), (now, now)).await?);
    let failed = bounces::Status { read_at: None, failures: 1, error: Some("no such host".into()) };
    assert_eq!(bounces::status(tx).await?, Some(failed));
    let again = bounces::lease(tx, now, times).await?.ok_or(StoreError::Stale)?;
    assert!(!bounces::settle(tx, &leased, Ok(()), (now, now)).await?, "it is somebody else's");
    assert!(bounces::settle(tx, &again, Ok(()), (now, now)).await?);
    let well = bounces::Status { read_at: Some(now), failures: 0, error: None };
    assert_eq!(bounces::status(tx).await?, Some(well));
    bounces::keep(tx, false, now).await?;
    assert_eq!(bounces::status(tx).await?, None);
    Ok(())
}
