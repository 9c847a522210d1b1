//! Several queries as one statement: each is read by its own index, and as far as its own limit.

use crate::{StoreError, Tx};
use sea_orm::sea_query::{Asterisk, Query, UnionType};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, QueryTrait, Select};

/// SQLite puts at most 500 queries together.
pub(crate) const IN_A_STATEMENT: usize = 200;

/// The rows of all of these, at most [`IN_A_STATEMENT`], in no order. All of them have the same columns.
pub(crate) async fn all_of<E: EntityTrait, R: FromQueryResult>(
    tx: &Tx,
    parts: Vec<Select<E>>,
) -> Result<Vec<R>, StoreError> {
    let mut all = parts.into_iter().map(|mut part| {
        let of = QueryTrait::query(&mut part).to_owned();
        Query::select().column(Asterisk).from_subquery(of, "part").to_owned()
    });
    let Some(mut statement) = all.next() else { return Ok(Vec::new()) };
    for part in all {
        statement.union(UnionType::All, part);
    }
    let statement = tx.db.get_database_backend().build(&statement);
    Ok(R::find_by_statement(statement).all(&tx.db).await?)
}
