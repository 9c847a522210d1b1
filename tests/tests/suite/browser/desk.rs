//! At the desk with a caller on the telephone; and what one chooses for oneself.

use super::{ASA, LISA, TO_ASA, message};
use aterkom_tests::browser::{self, Look};
use aterkom_tests::{Engine, World};
use thirtyfour::Key;

const TO_RECEPTION: &str = "expeditionen@exempelby.example";

// R1
#[tokio::test]
async fn a_note_is_written_by_keyboard_alone_and_without_scripts() {
    let mut world = World::at(Engine::Sqlite, "2026-11-17 10:00").await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.look(Look { scripts: false, ..Look::default() }).await;
        browser.sign_in_by_keyboard(&mut world, TO_RECEPTION).await;
        assert_eq!(browser.path().await, "/reception");
        // The cursor is where the number goes.
        for (number, whom, about) in
            [("070-174 06 05", "232", "Bygglovet"), ("070-174 06 06", "amir", "Hemtjänsten")]
        {
            browser.write(number).await;
            browser.press(Key::Tab).await;
            browser.write(whom).await;
            browser.press(Key::Tab).await;
            browser.write(about).await;
            browser.press(Key::Enter).await;
            let name = if whom == "232" { "Åsa Öberg" } else { "Amir Nouri" };
            browser.reads(&format!("Anteckningen är sparad. {name} får veta det.")).await;
        }
        assert_eq!(world.open().await.len(), 2);

        browser.expect(422);
        browser.write("070-174 06 07").await;
        browser.press(Key::Tab).await;
        browser.write("äldre").await;
        browser.press(Key::Enter).await;
        browser.reads("Det kan vara flera").await;
        browser.look(Look::default()).await;
        browser.assert_accessible().await;
        browser.tab_to("Sara Lind, Äldreomsorg").await;
        browser.press(Key::Enter).await;
        browser.reads("Sara Lind får veta det.").await;
        assert_eq!(world.open().await.len(), 3);
    })
    .await;
    world.forget_mails();
    world.end().await;
}

// R16, R17
#[tokio::test]
async fn the_desk_finds_who_is_away_and_until_when() {
    let mut world = World::at(Engine::Sqlite, "2026-11-17 10:00").await;
    world.enter_absence("Åsa Öberg", "2026-11-17", "2026-11-20", "John Hill").await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.sign_in(&mut world, TO_RECEPTION).await;
        browser.fill("Namn, nummer, anknytning", "asa").await;
        browser.click("Sök").await;
        browser.reads("åter måndag 23 november").await;
        browser.assert_accessible().await;
        browser.click("In English").await;
        browser.fill("Phone number", "070-174 06 05").await;
        browser.fill("Who is to call?", "asa").await;
        browser.click("Save the note").await;
        browser.reads("The note is saved. Åsa Öberg will be told.").await;
    })
    .await;
    world.forget_mails();
    world.end().await;
}

// R18, R23, R25, R32
#[tokio::test]
async fn ones_own_list_figures_and_settings_can_be_used() {
    let mut world = World::at(Engine::Sqlite, "2026-11-17 10:00").await;
    world.post("voicemail", message("1", LISA, ASA)).await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.sign_in(&mut world, TO_ASA).await;
        browser.reads("Senare").await;
        browser.click("Annat avslut, ny dag eller överlämning").await;
        browser.assert_accessible().await;
        browser.fill("Lämna över till", "241").await;
        browser.click("Erbjud").await;
        browser.reads("erbjuder den till Amir Nouri").await;
        browser.click("Dina egna siffror").await;
        browser.reads("Bara du ser de här siffrorna").await;
        browser.assert_accessible().await;
        browser.click("Inställningar").await;
        browser.choose("10.00").await;
        browser.choose("15.00").await;
        browser.click("Spara inställningarna").await;
        browser.reads("Inställningarna är sparade").await;
        browser.reads("kl. 10.00").await;
        browser.assert_accessible().await;
    })
    .await;
    world.forget_mails();
    world.end().await;
}
