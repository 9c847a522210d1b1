//! What whoever opens the address sees.

use aterkom_tests::browser::{self, Look};
use aterkom_tests::{Engine, World};

#[tokio::test]
async fn the_front_page_can_be_read_by_everybody() {
    let world = World::at(Engine::Sqlite, "2026-12-22 15:00").await;
    browser::with(&world.base, async |browser| {
        assert_eq!(browser.open("/").await, 200);
        assert_eq!(browser.title().await, "Återkom");
        browser.reads("väntar på svar").await;
        browser.assert_accessible().await;
        browser.tab_to("Tjänstens läge").await;

        browser.look(Look { scripts: false, ..Look::default() }).await;
        browser.open("/").await;
        browser.reads("väntar på svar").await;
    })
    .await;
    world.end().await;
}
