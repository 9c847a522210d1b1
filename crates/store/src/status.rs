//! Counts: for `/metrics`, for `check`, for the first lines of `serve`. Numbers only, nothing of anybody.

use crate::entities::{callbacks, calls, deliveries, inbox, rounds};
use crate::{StoreError, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

/// How many there are of what, by state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// By source and state: waiting, read, unread.
    pub posts: Vec<(String, String, i64)>,
    /// By state: open, provisional, resolved, withdrawn.
    pub callbacks: Vec<(String, i64)>,
    /// By kind and state: queued, sent, dead, expired.
    pub deliveries: Vec<(String, String, i64)>,
    /// By kind and state: waiting, rendered, empty, no_address, expired.
    pub rounds: Vec<(String, String, i64)>,
    /// By verdict, of calls that were judged.
    pub calls: Vec<(String, i64)>,
}

/// Posts by source and state.
async fn of_sources(tx: &Tx) -> Result<Vec<(String, String, i64)>, StoreError> {
    use inbox::Column as I;
    Ok(inbox::Entity::find()
        .select_only()
        .column(I::Source)
        .column(I::State)
        .column_as(I::Id.count(), "n")
        .group_by(I::Source)
        .group_by(I::State)
        .into_tuple()
        .all(&tx.db)
        .await?)
}

/// Counts everything.
pub async fn count(tx: &Tx) -> Result<Status, StoreError> {
    use {
        callbacks::Column as B, calls::Column as C, deliveries::Column as D, rounds::Column as R,
    };
    Ok(Status {
        posts: of_sources(tx).await?,
        callbacks: callbacks::Entity::find()
            .select_only()
            .column(B::State)
            .column_as(B::Id.count(), "n")
            .group_by(B::State)
            .into_tuple()
            .all(&tx.db)
            .await?,
        deliveries: deliveries::Entity::find()
            .select_only()
            .column(D::Kind)
            .column(D::State)
            .column_as(D::Id.count(), "n")
            .group_by(D::Kind)
            .group_by(D::State)
            .into_tuple()
            .all(&tx.db)
            .await?,
        rounds: rounds::Entity::find()
            .select_only()
            .column(R::Kind)
            .column(R::State)
            .column_as(R::Id.count(), "n")
            .group_by(R::Kind)
            .group_by(R::State)
            .into_tuple()
            .all(&tx.db)
            .await?,
        calls: calls::Entity::find()
            .select_only()
            .column(C::Verdict)
            .column_as(C::Id.count(), "n")
            .filter(C::Verdict.is_not_null())
            .group_by(C::Verdict)
            .into_tuple()
            .all(&tx.db)
            .await?,
    })
}
