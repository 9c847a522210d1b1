//! What concerns a manager, counted and listed by how each promise stands, without reading what else there is.

use super::{Page, Place, seen};
use crate::callbacks::{callback, owner_key};
use crate::entities::callbacks::{Column, Entity};
use crate::{StoreError, Tx};
use domain::access::Scope;
use domain::ids::UnitId;
use domain::rounds::{Concern, Cut, Promise};
use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// How much of each concern there is in one unit, as [`Concern::ALL`] has them, and how much is open at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Concerns {
    pub of: [usize; Concern::ALL.len()],
    pub open: usize,
}

impl Concerns {
    /// How much there is of this one.
    pub fn count(&self, concern: Concern) -> usize {
        let all = Concern::ALL.into_iter().zip(self.of);
        all.filter(|(c, _)| *c == concern).map(|(_, n)| n).sum()
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        let mut of = self.of;
        of.iter_mut().zip(other.of).for_each(|(n, more)| *n += more);
        Self { of, open: self.open + other.open }
    }
}

/// How much there is of each concern in each of these units, of those that the reader manages; `cuts`: what
/// [`Concern::cut`] says of each, in the order of [`Concern::ALL`]. What belongs to no unit counts with the one at the top.
pub async fn count_concerns(
    tx: &Tx,
    scope: &Scope<'_>,
    units: &[UnitId],
    cuts: &[Cut; Concern::ALL.len()],
) -> Result<HashMap<UnitId, Concerns>, StoreError> {
    let Some(of_units) = of_units(scope, units) else { return Ok(HashMap::new()) };
    let mut query = Entity::find().select_only().column(Column::UnitId);
    for cut in cuts {
        let one = Expr::case(is_in(cut), 1).finally(0);
        query = query.expr(Expr::expr(one).sum());
    }
    let query = query.expr(Column::Id.count()).filter(of_units).group_by(Column::UnitId);
    type Row = (Option<Uuid>, i64, i64, i64, i64, i64, i64, i64);
    let rows: Vec<Row> = query.into_tuple().all(&tx.db).await?;
    let top = units.iter().copied().find(|unit| scope.is_top(*unit));
    let mut all: HashMap<UnitId, Concerns> = HashMap::new();
    for (unit, a, b, c, d, e, f, open) in rows {
        let Some(unit) = unit.map(UnitId).or(top) else { continue };
        let number = |n: i64| usize::try_from(n).unwrap_or_default();
        let counted = Concerns { of: [a, b, c, d, e, f].map(number), open: number(open) };
        let all = all.entry(unit).or_default();
        *all = all.and(counted);
    }
    Ok(all)
}

/// What `cut` takes of everything open in these units, of those that the reader manages: the soonest first.
pub async fn list_concern(
    tx: &Tx,
    scope: &Scope<'_>,
    (units, cut): (&[UnitId], &Cut),
    after: Option<Place>,
    limit: usize,
) -> Result<Page, StoreError> {
    let nothing = || Ok(Page { callbacks: Vec::new(), next: None });
    let Some(of_units) = of_units(scope, units) else { return nothing() };
    let mut ids = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(of_units)
        .filter(is_in(cut))
        // What has no last day stands at the end, on both engines.
        .order_by_asc(Column::DueAt.is_null())
        .order_by_asc(Column::DueAt)
        .order_by_desc(Column::HasMessage)
        .order_by_asc(Column::Id)
        .limit(limit as u64 + 1);
    if let Some(after) = after {
        ids = ids.filter(comes_after(after));
    }
    let ids: Vec<Uuid> = ids.into_tuple().all(&tx.db).await?;
    if ids.is_empty() {
        return nothing();
    }
    let more = ids.len() > limit;
    let rows = Entity::find().filter(Column::Id.is_in(ids.into_iter().take(limit)));
    let rows = rows.all(&tx.db).await?;
    let mut found = rows.into_iter().map(callback).collect::<Result<Vec<_>, _>>()?;
    found.sort_by_key(|callback| Place::of(callback).order());
    let next = found.last().map(Place::of).filter(|_| more);
    Ok(Page { callbacks: seen(scope, found), next })
}

/// None: there is no unit whose callbacks are the reader's to see.
fn of_units(scope: &Scope<'_>, units: &[UnitId]) -> Option<Condition> {
    let mut managed = units.iter().filter(|unit| scope.manages(**unit)).peekable();
    managed.peek()?;
    let waits = Condition::all().add(Column::Promise.is_not_null());
    let mut any = Condition::any();
    if units.iter().any(|unit| scope.manages(*unit) && scope.is_top(*unit)) {
        any = any.add(Column::UnitId.is_null());
    }
    Some(waits.add(any.add(Column::UnitId.is_in(managed.map(|unit| unit.0)))))
}

/// As [`Cut::takes`] says of one of them.
fn is_in(cut: &Cut) -> Expr {
    match cut {
        Cut::Untried { from, before } => {
            let untried = Column::Promise.eq(Promise::UNTRIED);
            let untried = untried.and(Column::PromiseOn.lt(*before));
            from.iter().fold(untried, |cut, from| cut.and(Column::PromiseOn.gte(*from)))
        }
        Cut::Tried { before } => {
            Column::Promise.eq(Promise::TRIED).and(Column::PromiseOn.lt(*before))
        }
        Cut::AgreedDayBroken => Column::Promise.eq(Promise::AGREED_DAY_BROKEN),
        Cut::Everything => Column::Promise.is_not_null(),
        Cut::HandedOver => Column::SentBy.is_not_null(),
        Cut::Of(owners) => Column::Owner.is_in(owners.iter().map(|owner| owner_key(*owner))),
    }
}

fn comes_after(Place { due_at, has_message, id }: Place) -> Expr {
    let same = Column::HasMessage.eq(has_message).and(Column::Id.gt(id.0));
    let of_one_day = Column::HasMessage.lt(has_message).or(same);
    match due_at {
        None => Column::DueAt.is_null().and(of_one_day),
        Some(due_at) => {
            let on = Column::DueAt.eq(due_at).and(of_one_day);
            Column::DueAt.gt(due_at).or(on).or(Column::DueAt.is_null())
        }
    }
}
