//! Sources that administrators made in the browser, and their secrets; who asks which sources there are is told the configured
//! ones as well. Secrets must be there as they are, for vendors sign with them: they lie encrypted where there is a key (R34).

use crate::entities::source_secrets as secret;
use crate::entities::sources::{ActiveModel, Column, Entity, Model};
use crate::{StoreError, Tx};
use chrono::{DateTime, Utc};
use domain::ids::SourceName;
use domain::source::{MadeSource, SecretSpan};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, TryInsertResult, UpdateMany,
};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use uuid::Uuid;

const PLACE: &str = "source_secrets.secret";

/// Which sources there are. Clones share the configured ones; the others are read anew each time, so that every process
/// knows what another one made.
#[derive(Debug, Clone, Default)]
pub struct Sources(Arc<[(SourceName, String)]>);

/// One source, as everybody may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub name: SourceName,
    pub adapter: String,
    /// It is in the configuration, which counts: whatever was made under the same name takes no posts.
    pub is_configured: bool,
    /// Made in the browser.
    pub made: Option<MadeSource>,
}

impl Listed {
    /// Whether it was made in the browser and is in the configuration as well.
    pub fn is_twice(&self) -> bool {
        let made = self.made.as_ref();
        self.is_configured && made.is_some_and(|made| made.retired_at.is_none())
    }

    /// Whether posts are taken from it.
    pub fn is_live(&self) -> bool {
        self.is_configured || self.made.as_ref().is_some_and(|made| made.retired_at.is_none())
    }
}

impl Sources {
    /// The configured ones: name and adapter.
    pub fn new(mut configured: Vec<(SourceName, String)>) -> Self {
        configured.sort();
        Self(configured.into())
    }

    /// Every source that there is or was, by name.
    pub async fn list(&self, tx: &Tx) -> Result<Vec<Listed>, StoreError> {
        let mut made = list(tx).await?;
        let mut all: Vec<Listed> = Vec::new();
        for (name, adapter) in self.0.iter() {
            let same = made.iter().position(|made| made.name == *name);
            let made = same.map(|at| made.remove(at));
            let (name, adapter) = (name.clone(), adapter.clone());
            all.push(Listed { name, adapter, is_configured: true, made });
        }
        all.extend(made.into_iter().map(|made| {
            let (name, adapter) = (made.name.clone(), made.adapter.clone());
            Listed { name, adapter, is_configured: false, made: Some(made) }
        }));
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(all)
    }

    /// The source of this name, if there is or was one, with the secrets of what was made in the browser.
    ///
    /// # Errors
    /// As [`secrets`].
    pub async fn find(
        &self,
        tx: &Tx,
        name: &SourceName,
    ) -> Result<Option<(Listed, Vec<Secret>)>, StoreError> {
        let configured = self.0.iter().find(|(configured, _)| configured == name);
        let of_source =
            Entity::belongs_to(secret::Entity).from(Column::Name).to(secret::Column::Source).into();
        let rows = Entity::find()
            .join(JoinType::LeftJoin, of_source)
            .select_also(secret::Entity)
            .filter(Column::Name.eq(name.0.as_str()))
            .order_by_asc(secret::Column::CreatedAt)
            .order_by_asc(secret::Column::Id)
            .all(&tx.db)
            .await?;
        let (mut source, mut secrets) = (None, Vec::new());
        for (row, secret) in rows {
            source = Some(made(row));
            secrets.extend(secret.map(|row| read(tx, row)).transpose()?);
        }
        let adapter = configured.map(|(_, adapter)| adapter);
        let adapter = adapter.or(source.as_ref().map(|source| &source.adapter)).cloned();
        let (name, is_configured) = (name.clone(), configured.is_some());
        let listed = |adapter| Listed { name, adapter, is_configured, made: source };
        Ok(adapter.map(|adapter| (listed(adapter), secrets)))
    }

    /// Those that posts are taken from, by name.
    pub async fn live(&self, tx: &Tx) -> Result<Vec<SourceName>, StoreError> {
        let live = self.list(tx).await?.into_iter().filter(Listed::is_live);
        Ok(live.map(|source| source.name).collect())
    }
}

/// A secret, as it is.
#[derive(Debug, Clone)]
pub struct Secret {
    pub span: SecretSpan,
    pub secret: SecretString,
}

impl Secret {
    /// A new one, which counts from now on.
    pub fn new(id: Uuid, now: DateTime<Utc>, secret: String) -> Self {
        Self { span: SecretSpan { id, created_at: now, until: None }, secret: secret.into() }
    }

    /// As it is, for the one page that shows it.
    pub fn expose(&self) -> &str {
        self.secret.expose_secret()
    }
}

/// Those that were made, by name; those that ended too.
pub async fn list(tx: &Tx) -> Result<Vec<MadeSource>, StoreError> {
    let rows = Entity::find().order_by_asc(Column::Name).all(&tx.db).await?;
    Ok(rows.into_iter().map(made).collect())
}

/// The one of this name that was made.
pub async fn find(tx: &Tx, name: &SourceName) -> Result<Option<MadeSource>, StoreError> {
    Ok(Entity::find_by_id(&name.0).one(&tx.db).await?.map(made))
}

/// Its secrets, the oldest first; those that are over too, until they are forgotten.
///
/// # Errors
/// [`StoreError`]; one that does not open is an error, and not left out.
pub async fn secrets(tx: &Tx, name: &SourceName) -> Result<Vec<Secret>, StoreError> {
    let rows = secret::Entity::find()
        .filter(secret::Column::Source.eq(name.0.as_str()))
        .order_by_asc(secret::Column::CreatedAt)
        .order_by_asc(secret::Column::Id)
        .all(&tx.db)
        .await?;
    rows.into_iter().map(|row| read(tx, row)).collect()
}

fn read(tx: &Tx, row: secret::Model) -> Result<Secret, StoreError> {
    let span = SecretSpan { id: row.id, created_at: row.created_at, until: row.until };
    Ok(Secret { span, secret: opened(tx, row)?.into() })
}

/// Keeps a new source with its first secret; `false` when there is one of that name, and nothing is done.
pub async fn make(tx: &Tx, source: &MadeSource, first: &Secret) -> Result<bool, StoreError> {
    let row = ActiveModel {
        name: Set(source.name.0.clone()),
        adapter: Set(source.adapter.clone()),
        country: Set(source.country.clone()),
        area_code: Set(source.area_code.clone()),
        zone: Set(source.zone.map(|zone| zone.name().to_owned())),
        created_at: Set(source.created_at),
        version: Set(source.version),
        retired_at: Set(source.retired_at),
    };
    let kept = Entity::insert(row)
        .on_conflict_do_nothing_on([Column::Name])
        .exec_without_returning(&tx.db)
        .await?;
    match kept {
        // A row that was there already counts as none.
        TryInsertResult::Inserted(1..) => insert(tx, &source.name, first).await.map(|()| true),
        TryInsertResult::Inserted(0) | TryInsertResult::Empty | TryInsertResult::Conflicted => {
            Ok(false)
        }
    }
}

/// Gives it a new secret; those before it end at `until`, or earlier where that was settled.
///
/// # Errors
/// [`StoreError::Stale`] when it has changed since `version`, or has ended; then nothing is done.
pub async fn rotate(
    tx: &Tx,
    (name, version): (&SourceName, i64),
    new: &Secret,
    until: DateTime<Utc>,
) -> Result<(), StoreError> {
    use secret::Column as S;
    change(tx, name, version, |update| update).await?;
    secret::Entity::update_many()
        .col_expr(S::Until, Expr::value(until))
        .filter(S::Source.eq(name.0.as_str()))
        .filter(S::Until.is_null().or(S::Until.gt(until)))
        .exec(&tx.db)
        .await?;
    insert(tx, name, new).await
}

/// Ends every secret of it but the newest, now.
///
/// # Errors
/// As [`rotate`].
pub async fn end_old_secrets(tx: &Tx, name: &SourceName, version: i64) -> Result<(), StoreError> {
    use secret::Column as S;
    change(tx, name, version, |update| update).await?;
    let old = secret::Entity::delete_many().filter(S::Source.eq(name.0.as_str()));
    old.filter(S::Until.is_not_null()).exec(&tx.db).await?;
    Ok(())
}

/// Nothing is taken from it from now on, and its secrets are gone; what it told stays.
///
/// # Errors
/// As [`rotate`].
pub async fn retire(
    tx: &Tx,
    name: &SourceName,
    version: i64,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    change(tx, name, version, |u| u.col_expr(Column::RetiredAt, Expr::value(now))).await?;
    let all = secret::Entity::delete_many().filter(secret::Column::Source.eq(name.0.as_str()));
    all.exec(&tx.db).await?;
    Ok(())
}

/// Forgets secrets that count no more.
pub async fn forget_over(tx: &Tx, now: DateTime<Utc>) -> Result<(), StoreError> {
    secret::Entity::delete_many().filter(secret::Column::Until.lte(now)).exec(&tx.db).await?;
    Ok(())
}

async fn change(
    tx: &Tx,
    name: &SourceName,
    version: i64,
    how: impl FnOnce(UpdateMany<Entity>) -> UpdateMany<Entity> + Send,
) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .col_expr(Column::Version, Expr::value(version + 1))
        .filter(Column::Name.eq(name.0.as_str()))
        .filter(Column::Version.eq(version))
        .filter(Column::RetiredAt.is_null());
    match how(update).exec(&tx.db).await?.rows_affected {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

async fn insert(tx: &Tx, name: &SourceName, new: &Secret) -> Result<(), StoreError> {
    let Secret { span, secret: clear } = new;
    let row = secret::ActiveModel {
        id: Set(span.id),
        source: Set(name.0.clone()),
        secret: Set(tx.seal_text(PLACE, span.id, clear.expose_secret().to_owned())?),
        key_id: Set(tx.keys.first()),
        created_at: Set(span.created_at),
        until: Set(span.until),
    };
    secret::Entity::insert(row).exec_without_returning(&tx.db).await?;
    Ok(())
}

/// What a row of secrets says.
pub(crate) fn opened(tx: &Tx, row: secret::Model) -> Result<String, StoreError> {
    tx.open_text(PLACE, row.id, row.secret, row.key_id.is_some())
}

/// Writes the secret of this row with the first key.
pub(crate) async fn write(tx: &Tx, id: Uuid, clear: String) -> Result<(), StoreError> {
    use secret::Column as S;
    secret::Entity::update_many()
        .col_expr(S::Secret, Expr::value(tx.seal_text(PLACE, id, clear)?))
        .col_expr(S::KeyId, Expr::value(tx.keys.first()))
        .filter(S::Id.eq(id))
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// A zone that this version does not know is the organisation's.
fn made(row: Model) -> MadeSource {
    MadeSource {
        name: SourceName(row.name),
        adapter: row.adapter,
        country: row.country,
        area_code: row.area_code,
        zone: row.zone.and_then(|zone| zone.parse().ok()),
        created_at: row.created_at,
        version: row.version,
        retired_at: row.retired_at,
    }
}
