//! Every page that there is, looked at by axe in both languages: wide and light, and narrow and dark. What stands behind a
//! summary is opened first.

use crate::pages::every::every;
use aterkom_tests::browser::{self, Look};
use aterkom_tests::{Engine, World};

const OPEN_ALL: &str = "document.querySelectorAll('details').forEach(one => { one.open = true })";

async fn look_at_each(language: &'static str) {
    let mut world = World::at(Engine::Sqlite, "2026-11-16 10:00").await;
    let readers = every(&mut world).await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        // Chosen, for some of them read the other one.
        browser.open("/sign-in").await;
        browser.click("In English").await;
        if language == "sv" {
            browser.click("På svenska").await;
        }
        browser.look(Look { language, ..Look::default() }).await;
        // A link to sign in by that is not known is a page, too.
        browser.expect(410);
        for (who, paths) in readers {
            if !who.is_empty() {
                browser.sign_in(&mut world, who).await;
            }
            for path in paths {
                let status = browser.open(&path).await;
                assert!(matches!(status, 200 | 410), "{path} for {who}: {status}");
                browser.run(OPEN_ALL).await;
                browser.assert_accessible().await;
                let spoken = browser.run("return document.documentElement.lang").await;
                assert_eq!(spoken, language, "{path}");
            }
            if !who.is_empty() {
                browser.sign_out().await;
            }
        }
    })
    .await;
    world.forget_mails();
    world.end().await;
}

#[tokio::test]
async fn every_page_is_accessible_in_swedish() {
    look_at_each("sv").await;
}

#[tokio::test]
async fn every_page_is_accessible_in_english() {
    look_at_each("en").await;
}
