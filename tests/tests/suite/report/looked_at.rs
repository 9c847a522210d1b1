//! The page of follow-up in a real browser, with figures on it: charts and tables that everybody can read.

use super::{NO_MAILS, story::Story};
use aterkom_tests::browser;
use aterkom_tests::{Engine, World};

const TO_MARIA: &str = "maria.ek@exempelby.example";

// R31
#[tokio::test]
async fn a_month_with_figures_can_be_read_by_everybody() {
    let mut world = World::with(Engine::Sqlite, "2026-11-02 07:00", NO_MAILS).await;
    Story::default().play(&mut world, "2026-12-02 12:00").await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.sign_in(&mut world, TO_MARIA).await;
        assert_eq!(browser.open("/follow-up?month=2026-11").await, 200);
        browser.reads("Hur länge de väntade").await;
        browser.reads("första arbetsdagen efter").await;
        browser.assert_accessible().await;
    })
    .await;
    world.forget_mails();
    world.end().await;
}
