//! Signing in by a mailed link, and out.

use super::{TO_ASA, TO_JOHN};
use aterkom_tests::browser::{self, Look, mailed_link};
use aterkom_tests::{Engine, World};
use thirtyfour::Key;

#[tokio::test]
async fn somebody_signs_in_through_the_mail_and_out_again() {
    let mut world = World::at(Engine::Sqlite, "2026-12-22 15:00").await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.open("/").await;
        assert_eq!(browser.path().await, "/sign-in", "who is nobody yet is asked who they are");
        browser.assert_accessible().await;

        browser.expect(422);
        browser.fill("E-postadress", "asa").await;
        browser.click("Skicka länken").await;
        browser.reads("Det där är ingen e-postadress").await;
        assert_eq!(browser.status().await, 422);
        browser.assert_accessible().await;

        browser.fill("E-postadress", TO_ASA).await;
        browser.click("Skicka länken").await;
        browser.reads("Titta i din inkorg").await;
        browser.assert_accessible().await;
        let link = mailed_link(&mut world, TO_ASA).await;
        browser.open(&link).await;
        browser.assert_accessible().await;
        browser.click("Logga in").await;
        browser.reads("Ingen väntar på dig").await;
        browser.reads("Inloggad som Åsa Öberg").await;
        assert_eq!(browser.path().await, "/mine");
        browser.assert_accessible().await;

        browser.expect(410);
        assert_eq!(browser.open(&link).await, 410, "a link is good once");
        browser.reads("Länken gäller inte").await;
        browser.assert_accessible().await;

        browser.expect(404);
        assert_eq!(browser.open("/nowhere").await, 404);
        browser.assert_accessible().await;

        browser.open("/mine").await;
        browser.sign_out().await;
        browser.assert_accessible().await;
        browser.open("/mine").await;
        assert_eq!(browser.path().await, "/sign-in", "nothing is left of the visit");
    })
    .await;
    world.end().await;
}

#[tokio::test]
async fn the_way_in_works_by_keyboard_in_english_and_without_scripts() {
    let mut world = World::at(Engine::Sqlite, "2026-12-22 15:00").await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.look(Look { scripts: false, language: "en", ..Look::default() }).await;
        browser.sign_in_by_keyboard(&mut world, TO_JOHN).await;
        browser.reads("Signed in as John Hill").await;

        browser.open("/mine").await;
        browser.press(Key::Tab).await;
        browser.press(Key::Enter).await;
        assert_eq!(
            browser.path().await,
            "/mine#main",
            "the first stop skips what is on every page"
        );
        browser.tab_to("På svenska").await;
        browser.press(Key::Enter).await;
        browser.reads("Inloggad som John Hill").await;
        browser.tab_to("Logga ut").await;
        browser.press(Key::Enter).await;
        browser.reads("Du är utloggad").await;
    })
    .await;
    world.end().await;
}
