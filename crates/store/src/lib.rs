//! The only crate that knows SQL. One code, two engines: SQLite and PostgreSQL.
//!
//! Functions are concrete, take a [`Tx`] first and domain types in and out. A rule that is found here is in the
//! wrong room. Numbers, names and free text are written by [`callers`] and [`texts`] alone (R34); what readers see of
//! callbacks is asked of [`seen`] with their scope (R36).

pub mod absences;
pub mod accounts;
pub mod backup;
#[cfg(feature = "bench")]
pub mod bench;
pub mod bounces;
pub mod calendars;
pub mod callbacks;
pub mod callers;
pub mod calls;
pub mod channels;
mod checkpoint;
pub mod closed_days;
mod connect;
mod db;
pub mod deliveries;
mod entities;
mod error;
pub mod faults;
pub mod follow_up;
pub mod forgetting;
pub mod health;
pub mod inbox;
pub mod journal;
mod json;
pub mod keys;
pub mod leavers;
pub mod links;
mod lookup;
mod mail_bodies;
mod migrate;
pub mod news;
pub mod notes;
pub mod people;
#[cfg(test)]
mod plans;
pub mod post_hours;
pub mod preferences;
pub mod read_log;
pub mod referrals;
pub mod reports;
pub mod retention;
pub mod rotation;
pub mod rounds;
mod secrets;
pub mod seen;
pub mod sessions;
mod settings;
pub mod sign_in_links;
pub mod signed_months;
pub mod sources;
pub mod status;
pub mod texts;
pub mod token;
mod tx;
mod union;
pub mod unreferred;

pub use connect::Store;
pub use error::StoreError;
pub use tx::Tx;
