//! Where the statements of a transaction go.

use sea_orm::entity::prelude::async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
    Value, Values,
};

/// What goes before a number of rows.
const LIMIT: &str = "LIMIT ";

/// A transaction of the library, asked in a way that its engine does not plan everything anew each time.
#[derive(Debug)]
pub(crate) struct Db(pub(crate) DatabaseTransaction);

#[async_trait]
impl ConnectionTrait for Db {
    fn get_database_backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.0.execute_raw(with_limits_in_it(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.0.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.0.query_one_raw(with_limits_in_it(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.0.query_all_raw(with_limits_in_it(statement)).await
    }
}

/// SQLite looks at a number that is bound to a `LIMIT` when it plans, and so plans the statement anew whenever one is bound
/// (`sqlite3_bind`, "expmask"): a tenth of what a page took. In the text it is planned once; of such numbers there are few.
fn with_limits_in_it(statement: Statement) -> Statement {
    if statement.db_backend != DbBackend::Sqlite || !statement.sql.contains(LIMIT) {
        return statement;
    }
    let Statement { sql, values: Some(Values(values)), db_backend } = statement else {
        return statement;
    };
    let places = sql.split('?').count() - 1;
    if places != values.len() {
        // One of them is no place for a value.
        return Statement { sql, values: Some(Values(values)), db_backend };
    }
    let (mut text, mut bound) = (String::with_capacity(sql.len()), Vec::new());
    let mut values = values.into_iter();
    for part in sql.split('?') {
        text.push_str(part);
        match values.next() {
            Some(Value::BigUnsigned(Some(rows))) if part.ends_with(LIMIT) => {
                text.push_str(&rows.to_string());
            }
            Some(value) => {
                text.push('?');
                bound.push(value);
            }
            None => {}
        }
    }
    Statement { sql: text, values: Some(Values(bound)), db_backend }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(db_backend: DbBackend, sql: &str, values: Vec<Value>) -> (String, Vec<Value>) {
        let statement = Statement { sql: sql.to_owned(), values: Some(Values(values)), db_backend };
        let changed = with_limits_in_it(statement);
        (changed.sql, changed.values.expect("they stay").0)
    }

    #[test]
    fn a_limit_stands_in_the_text_and_everything_else_stays_bound() {
        let sql = "SELECT a FROM b WHERE c = ? LIMIT ? UNION ALL SELECT a FROM d LIMIT ? OFFSET ?";
        let values = || vec!["x".into(), 50_u64.into(), 7_u64.into(), 3_u64.into()];
        assert_eq!(
            changed(DbBackend::Sqlite, sql, values()),
            (
                "SELECT a FROM b WHERE c = ? LIMIT 50 UNION ALL SELECT a FROM d LIMIT 7 OFFSET ?"
                    .to_owned(),
                vec!["x".into(), 3_u64.into()]
            )
        );
        assert_eq!(changed(DbBackend::Postgres, sql, values()), (sql.to_owned(), values()));
    }

    #[test]
    fn what_is_not_understood_stays_as_it_is() {
        for (sql, values) in [
            ("SELECT '?' FROM b LIMIT ?", vec![50_u64.into()]),
            ("SELECT a FROM b LIMIT ?", vec!["50".into()]),
        ] {
            let same = (sql.to_owned(), values.clone());
            assert_eq!(changed(DbBackend::Sqlite, sql, values), same);
        }
    }
}
