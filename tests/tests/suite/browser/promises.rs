//! Keeping a promise: somebody sees who waits, tries, reaches, errs, and is overtaken.

use super::{ASA, JOHN, LISA, SVEN, TO_ASA, TO_JOHN, message};
use aterkom_tests::browser::{self, Look};
use aterkom_tests::{Engine, World, on_both};
use domain::callback::State;
use thirtyfour::Key;

on_both! {
    // R14, R19, R20
    async fn somebody_tries_reaches_and_takes_it_back(world at "2026-12-22 15:00") {
        world.post("voicemail", message("1", LISA, ASA)).await;
        let id = world.only_open().await.id;
        let base = world.base.clone();
        browser::with(&base, async |browser| {
            browser.sign_in(world, TO_ASA).await;
            browser.reads("Senast måndag 28 december").await;
            browser.click("Varför den dagen?").await;
            browser.reads("julafton").await;
            browser.assert_accessible().await;

            browser.click("Försökt, inte nådd").await;
            browser.reads("Försöket är noterat").await;
            browser.reads("senast måndag 28 december").await;
            assert_eq!(world.callback(id).await.attempts.len(), 1);
            browser.assert_accessible().await;

            browser.click("Nådd").await;
            browser.reads("Klart:").await;
            browser.reads("Klara nyligen").await;
            assert!(matches!(world.callback(id).await.state, State::Resolved { .. }));
            browser.assert_accessible().await;

            browser.click("Ångra").await;
            browser.reads("Ångrat").await;
            assert!(matches!(world.callback(id).await.state, State::Open));

            browser.open(&format!("/callbacks/{id}", id = id.0)).await;
            browser.reads("Sista dag blev måndag 28 december").await;
            browser.reads("Åsa Öberg ångrade").await;
            browser.assert_accessible().await;
        })
        .await;
    }
}

#[tokio::test]
async fn a_page_that_is_no_longer_true_says_who_did_what_since() {
    let mut world = World::at(Engine::Sqlite, "2026-12-22 15:00").await;
    world.post("voicemail", message("1", LISA, ASA)).await;
    let callback = world.only_open().await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.sign_in(&mut world, TO_ASA).await;
        browser.new_tab().await;
        browser.open("/mine").await;
        browser.click("Mejlat svar").await;
        browser.reads("Klart:").await;
        let answered = world.callback(callback.id).await;

        browser.turn_to_tab(0).await;
        browser.expect(409);
        browser.click("Försökt, inte nådd").await;
        browser.reads("Någon hann före").await;
        assert_eq!(browser.status().await, 409);
        browser.reads("Åsa Öberg avslutade: svar mejlat").await;
        browser.assert_accessible().await;
        assert_eq!(world.callback(callback.id).await, answered, "nothing was written over");

        browser.click("Se hur det står till nu").await;
        browser.reads("Vad som har hänt").await;
    })
    .await;
    world.end().await;
}

// R20
#[tokio::test]
async fn everything_can_be_done_by_keyboard_in_english_and_without_scripts() {
    let mut world = World::at(Engine::Sqlite, "2026-12-22 15:00").await;
    world.post("voicemail", message("1", LISA, JOHN)).await;
    world.post("missed", message("2", SVEN, JOHN)).await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.look(Look { scripts: false, language: "en", width: 390, ..Look::default() }).await;
        browser.sign_in_by_keyboard(&mut world, TO_JOHN).await;
        browser.reads("Monday 28 December at the latest").await;

        browser.tab_to("Tried, not reached").await;
        browser.press(Key::Enter).await;
        browser.reads("Your attempt is noted").await;

        browser.tab_to("Ended otherwise").await;
        browser.press(Key::Enter).await;
        browser.tab_to("Nothing to answer").await;
        browser.press(Key::Space).await;
        browser.reads("Done:").await;
        assert_eq!(world.open().await.len(), 1);

        browser.tab_to("Undo").await;
        browser.press(Key::Enter).await;
        browser.reads("Undone").await;
        assert_eq!(world.open().await.len(), 2);

        browser.look(Look { language: "en", ..Look::default() }).await;
        browser.open("/mine").await;
        browser.assert_accessible().await;
    })
    .await;
    world.end().await;
}
