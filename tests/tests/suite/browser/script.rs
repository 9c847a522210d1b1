//! What the little script adds to pages that work without it: copying a number, going through a list by keys, and news.

use super::{ASA, LISA, SVEN, TO_ASA, message};
use aterkom_tests::browser::{self, Look};
use aterkom_tests::{Engine, World};
use serde_json::json;

/// As if somebody had come back to the page; what it says of it, once it has looked.
const LOOKS_AGAIN: &str = "
    const real = window.fetch;
    let looked;
    window.fetch = (...of) => (looked = real(...of));
    document.dispatchEvent(new Event('visibilitychange'));
    window.fetch = real;
    return looked.then(answer => answer.clone().text()).then(() => new Promise(requestAnimationFrame))
        .then(() => document.querySelector('main > [role=status]').textContent)";
/// Whose card has the focus: the place of it in the list.
const AT: &str = "return [...document.querySelectorAll('.cards > li')].findIndex(card => card.contains(document.activeElement))";

#[tokio::test]
async fn a_number_is_copied_a_list_gone_through_and_news_told() {
    let mut world = World::at(Engine::Sqlite, "2026-11-17 10:00").await;
    world.post("voicemail", message("1", LISA, ASA)).await;
    world.post("voicemail", message("2", SVEN, ASA)).await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.sign_in(&mut world, TO_ASA).await;
        browser.click("Kopiera: 070-174 06 05").await;
        browser.reads("Kopierat").await;
        browser.assert_accessible().await;

        browser.run("document.querySelector('.cards > li a').focus()").await;
        for (key, at) in [("j", 1), ("j", 1), ("k", 0), ("k", 0), ("x", 0)] {
            browser.write(key).await;
            assert_eq!(browser.run(AT).await, json!(at), "after {key}");
        }

        let said = browser.run(LOOKS_AGAIN).await;
        assert!(!said.as_str().expect("a text").contains("ändrats"), "nothing has changed: {said}");
        world.post("voicemail", message("3", "+46701740607", ASA)).await;
        browser.run(LOOKS_AGAIN).await;
        browser.reads("Något har ändrats sedan du öppnade sidan.").await;
        browser.assert_accessible().await;
        browser.click("Visa det nya").await;
        browser.reads("070-174 06 07").await;
        browser.does_not_read("Något har ändrats").await;

        // Nothing of it is there without scripts, and nothing is missing.
        browser.look(Look { scripts: false, ..Look::default() }).await;
        browser.open("/mine").await;
        browser.does_not_read("Kopiera").await;
        browser.reads("070-174 06 07").await;
    })
    .await;
    world.forget_mails();
    world.end().await;
}
