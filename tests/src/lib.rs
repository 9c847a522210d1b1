//! A whole installation for tests: the product on a fresh database, a clock in the hand, a PBX that posts real HTTP and
//! a mail server that really speaks SMTP.

pub mod away;
pub mod binary;
pub mod browser;
pub mod demo;
pub mod engine;
pub mod fixture;
pub mod harmless;
pub mod imap;
pub mod mailbox;
pub mod postgres;
pub mod posting;
pub mod receiver;
pub mod scene;
pub mod smtp;
pub mod visitor;
pub mod world;

pub use engine::Engine;
pub use mailbox::Mail;
pub use receiver::Receiver;
pub use visitor::Visitor;
pub use world::World;

/// One test, run on SQLite and on PostgreSQL. `world` is at that local time in Stockholm; after the body it is checked
/// that every post was read and every mail looked at. `with "…"`: its configuration has these lines as well.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident at $start:literal $(with $extra:expr)?) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn story($world: &mut $crate::World) $body

            const EXTRA: &[&str] = &[$($extra)?];

            #[tokio::test]
            async fn sqlite() {
                let mut world = $crate::World::with($crate::Engine::Sqlite, $start, &EXTRA.concat()).await;
                story(&mut world).await;
                world.end().await;
            }

            #[tokio::test]
            async fn postgres() {
                let mut world = $crate::World::with($crate::Engine::Postgres, $start, &EXTRA.concat()).await;
                story(&mut world).await;
                world.end().await;
            }
        }
    )+};
}
