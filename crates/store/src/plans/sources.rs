//! Sources that are made in the browser.

use crate::{StoreError, Tx, sources};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::SourceName;
use domain::source::MadeSource;
use uuid::Uuid;

/// Every function about sources that are made, once.
pub(super) async fn made(tx: &Tx, now: DateTime<Utc>, id: Uuid) -> Result<(), StoreError> {
    let name = SourceName::new("made");
    let secret = |id, text: &str| sources::Secret::new(id, now, text.to_owned());
    let source = MadeSource {
        name: name.clone(),
        adapter: "native".to_owned(),
        country: Some("FI".to_owned()),
        area_code: Some("9".to_owned()),
        zone: Some(chrono_tz::Europe::Helsinki),
        created_at: now,
        version: 1,
        retired_at: None,
    };
    assert!(sources::make(tx, &source, &secret(id, "first-secret")).await?);
    assert!(!sources::make(tx, &source, &secret(Uuid::nil(), "another")).await?, "it is taken");
    assert_eq!(sources::find(tx, &name).await?, Some(source.clone()));
    let until = now + TimeDelta::days(7);
    let second = secret(Uuid::max(), "second-secret");
    sources::rotate(tx, (&name, 1), &second, until).await?;
    let stale = sources::rotate(tx, (&name, 1), &second, until).await;
    assert!(matches!(stale, Err(StoreError::Stale)), "{stale:?}");
    let spans = async || -> Result<Vec<_>, StoreError> {
        Ok(sources::secrets(tx, &name)
            .await?
            .into_iter()
            .map(|s| (s.span.id, s.span.until))
            .collect())
    };
    assert_eq!(spans().await?, [(id, Some(until)), (Uuid::max(), None)]);
    let listed = sources::Sources::default();
    let (found, secrets) = listed.find(tx, &name).await?.expect("it was made");
    assert_eq!((found.made.map(|made| made.version), secrets.len()), (Some(2), 2));
    assert!(listed.find(tx, &SourceName::new("other")).await?.is_none());
    sources::forget_over(tx, now).await?;
    assert_eq!(spans().await?.len(), 2);
    sources::end_old_secrets(tx, &name, 2).await?;
    assert_eq!(spans().await?, [(Uuid::max(), None)]);
    let all = sources::Sources::new(Vec::from([(SourceName::new("vaxeln"), "native".to_owned())]));
    assert_eq!(all.live(tx).await?.len(), 2);
    sources::retire(tx, &name, 3, now).await?;
    assert_eq!((spans().await?.len(), all.live(tx).await?.len()), (0, 1));
    let listed = all.list(tx).await?;
    assert_eq!((listed.len(), listed[0].is_live(), listed[1].is_live()), (2, false, true));
    assert!(matches!(sources::end_old_secrets(tx, &name, 4).await, Err(StoreError::Stale)));
    Ok(())
}
