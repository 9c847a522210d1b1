//! The demo as whoever tries Återkom for the first time uses it: the program itself, in real time.

use aterkom_tests::browser;
use aterkom_tests::demo::Demo;

#[tokio::test]
async fn the_demo_can_be_tried_with_one_click() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().to_owned();
    let started = tokio::task::spawn_blocking(move || Demo::start(&path));
    let demo = started.await.expect("the demo starts");
    browser::with(&demo.base, async |browser| {
        assert_eq!(browser.open("/demo").await, 200);
        browser.assert_accessible().await;
        browser.click("Åsa Öberg, medarbetare på Bygglov").await;
        browser.reads("Mina återkopplingar").await;
        browser.reads("Inloggad som Åsa Öberg").await;
        browser.assert_accessible().await;

        browser.open("/demo").await;
        browser.click("Per Alm, chef för Bygglov").await;
        browser.reads("Inloggad som Per Alm").await;
        browser.open("/unit").await;
        browser.reads("Bygglov").await;
        browser.assert_accessible().await;

        browser.open("/demo").await;
        browser.click("IT, administratör").await;
        browser.reads("Administration").await;
        browser.assert_accessible().await;

        browser.open("/demo").await;
        browser.run("document.querySelector('td a').click()").await;
        browser.reads("Som mejlprogram visar det").await;
        browser.assert_accessible().await;
    })
    .await;
}
