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
}

impl Drop for Database {
    fn drop(&mut self) {
        match self.engine {
            Engine::Sqlite => {}
            Engine::Postgres => postgres::drop_database(&self.url),
        }
    }
}
