//! The schema, step by step, for SQLite and PostgreSQL. Steps expand first and contract later; one that was
//! released is never edited. `store` runs them under a lock.

mod m2026_11_23_000001_first;
mod m2026_11_23_000002_sign_in;
mod m2026_11_23_000003_rounds;
mod m2026_11_23_000004_absences;
mod m2026_11_24_000005_post_hours;
mod m2026_11_24_000006_what_posts_told;
mod m2026_11_28_000007_hand_overs;
mod m2026_11_28_000010_retention;
mod m2026_11_28_000020_follow_up;
mod m2026_11_28_000030_people;
mod m2026_11_28_000040_absences;
mod m2026_11_28_000050_read_log;
mod m2026_11_28_000060_agreed_days;
mod m2026_11_28_000070_referrals;
mod m2026_11_28_000090_bounces;
mod m2026_11_28_000100_channels;
mod m2026_11_29_000110_sources;
mod m2026_11_29_000120_preferences;
mod m2026_11_29_000130_concerns;
mod m2026_11_29_000140_mail_bodies;
mod m2026_11_29_000150_closed_days;

use sea_orm_migration::prelude::*;

/// Every step, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        Vec::from([
            Box::new(m2026_11_23_000001_first::Migration) as Box<dyn MigrationTrait>,
            Box::new(m2026_11_23_000002_sign_in::Migration),
            Box::new(m2026_11_23_000003_rounds::Migration),
            Box::new(m2026_11_23_000004_absences::Migration),
            Box::new(m2026_11_24_000005_post_hours::Migration),
            Box::new(m2026_11_24_000006_what_posts_told::Migration),
            Box::new(m2026_11_28_000007_hand_overs::Migration),
            Box::new(m2026_11_28_000010_retention::Migration),
            Box::new(m2026_11_28_000020_follow_up::Migration),
            Box::new(m2026_11_28_000030_people::Migration),
            Box::new(m2026_11_28_000040_absences::Migration),
            Box::new(m2026_11_28_000050_read_log::Migration),
            Box::new(m2026_11_28_000060_agreed_days::Migration),
            Box::new(m2026_11_28_000070_referrals::Migration),
            Box::new(m2026_11_28_000090_bounces::Migration),
            Box::new(m2026_11_28_000100_channels::Migration),
            Box::new(m2026_11_29_000110_sources::Migration),
            Box::new(m2026_11_29_000120_preferences::Migration),
            Box::new(m2026_11_29_000130_concerns::Migration),
            Box::new(m2026_11_29_000140_mail_bodies::Migration),
            Box::new(m2026_11_29_000150_closed_days::Migration),
        ])
    }
}
