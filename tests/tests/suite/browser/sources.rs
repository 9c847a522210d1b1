//! Connecting a PBX and setting up, as whoever looks after the installation does it.

use super::{ASA, LISA, TO_JOHN};
use aterkom_tests::browser::{self, Look};
use aterkom_tests::{Engine, World};
use serde_json::json;
use thirtyfour::Key;

const TO_ADMINISTRATOR: &str = "it@exempelby.example";

#[tokio::test]
async fn a_pbx_is_connected_its_secret_seen_once_and_a_test_call_seen() {
    let mut world = World::at(Engine::Sqlite, "2026-12-22 15:00").await;
    world.make_administrator(TO_ADMINISTRATOR).await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.sign_in(&mut world, TO_ADMINISTRATOR).await;
        browser.click("Kom igång").await;
        browser.reads("Fem steg").await;
        browser.assert_accessible().await;
        browser.click("Skicka ett provmejl").await;
        browser.reads("Provmejlet är på väg").await;
        world.work().await;
        browser.click("Anslut en växel").await;
        browser.assert_accessible().await;
        browser.choose("Eget program (Återkoms eget format)").await;
        browser.fill("Namn", "new").await;
        browser.expect(422);
        browser.click("Anslut växeln").await;
        browser.reads("Inget är sparat").await;
        browser.assert_accessible().await;
        browser.fill("Namn", "ny").await;
        browser.click("Anslut växeln").await;
        browser.reads("Den visas aldrig igen").await;
        browser.assert_accessible().await;
        let secret = browser.run("return document.querySelector('.notice code').innerText").await;
        let secret = secret.as_str().expect("it is shown").to_owned();

        browser.open("/admin/sources/ny").await;
        browser.does_not_read(&secret).await;
        world.sleep_until("2026-12-22 15:01");
        browser.click("Gör ett provsamtal").await;
        browser.reads("Inget anrop har kommit än").await;
        let event = json!({
            "specversion": "1.0", "id": "1", "source": "/pbx/ny", "type": "se.aterkom.call.missed",
            "data": { "call_id": "1", "from": LISA, "to": ASA, "duration_s": 30 },
        });
        let sent = world.client.post(format!("{base}/hooks/ny")).bearer_auth(&secret);
        let sent = sent.body(event.to_string()).send().await.expect("an answer");
        assert_eq!(sent.status().as_u16(), 200);
        world.work().await;
        browser.click("Titta igen").await;
        browser.reads("Växeln har hört av sig").await;
        browser.reads("Återkoppling: Åsa Öberg").await;
        browser.assert_accessible().await;

        browser.run("document.querySelectorAll('details').forEach(it => it.open = true)").await;
        browser.assert_accessible().await;
        browser.open("/admin/set-up").await;
        browser.reads("Allt är på plats").await;
        browser.assert_accessible().await;
    })
    .await;
    world.forget_mails();
    world.end().await;
}

#[tokio::test]
async fn a_pbx_is_connected_and_ended_by_keyboard_in_english_and_without_scripts() {
    let mut world = World::at(Engine::Sqlite, "2026-12-22 15:00").await;
    world.make_administrator(TO_JOHN).await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.look(Look { scripts: false, language: "en", width: 390, ..Look::default() }).await;
        browser.sign_in_by_keyboard(&mut world, TO_JOHN).await;
        browser.open("/admin").await;
        browser.tab_to("Connect a PBX").await;
        browser.press(Key::Enter).await;
        browser.reads("The secret is shown only once").await;
        browser.tab_to("PBX").await;
        browser.write("Wazo").await;
        browser.tab_to("Name").await;
        browser.write("ours").await;
        browser.press(Key::Enter).await;
        browser.reads("It is never shown again").await;
        browser.tab_to("Change the secret").await;
        browser.press(Key::Enter).await;
        browser.tab_to("Secret").await;
        browser.press(Key::Enter).await;
        browser.reads("It is never shown again").await;
        browser.tab_to("End the old secret now").await;
        browser.press(Key::Enter).await;
        browser.reads("Only the newest secret counts now").await;
        browser.tab_to("End the PBX").await;
        browser.press(Key::Enter).await;
        browser.tab_to("End it for good").await;
        browser.press(Key::Enter).await;
        browser.reads("The PBX was ended").await;
    })
    .await;
    world.forget_mails();
    world.end().await;
}
