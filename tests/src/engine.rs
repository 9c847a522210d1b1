//! The two databases.

use crate::postgres;
use std::path::Path;

/// Which database a world is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A fresh database; a PostgreSQL one is dropped with it.
#[derive(Debug)]
pub struct Database {
    pub url: String,
    engine: Engine,
}

impl Database {
    /// Makes one; SQLite's lies in `folder`.
    pub async fn fresh(engine: Engine, folder: &Path) -> Self {
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.join("aterkom.db").display()),
            Engine::Postgres => tokio::task::spawn_blocking(postgres::url_of_fresh_database)
                .await
                .expect("PostgreSQL starts"),
        };
        Self { url, engine }
    }

    /// One that a test filled in its own way; a PostgreSQL one is of this process's server.
    pub fn at(engine: Engine, url: String) -> Self {
        Self { url, engine }
    }

    /// The same, on a PostgreSQL that keeps what it commits: to measure with.
    pub async fn durable(engine: Engine, folder: &Path) -> Self {
        match engine {
            Engine::Sqlite => Self::fresh(engine, folder).await,
            Engine::Postgres => {
                let url = tokio::task::spawn_blocking(postgres::url_of_durable_database);
                Self { url: url.await.expect("PostgreSQL starts"), engine }
            }
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        match self.engine {
            Engine::Sqlite => {}
            Engine::Postgres => postgres::drop_database(&self.url),
        }
    }
}
