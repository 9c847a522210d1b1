//! The administrator's pages: a day is closed and a people file read in, by mouse and by keyboard.

use super::{ASA, LISA, message};
use aterkom_tests::browser::{self, Look};
use aterkom_tests::world::PEOPLE;
use aterkom_tests::{Engine, World};
use thirtyfour::Key;

const ADMIN: &str = "drift@exempelby.example";

// R11, R14
#[tokio::test]
async fn a_day_is_closed_by_mouse_and_opened_by_keyboard_without_scripts() {
    let mut world = World::at(Engine::Sqlite, "2026-11-16 10:00").await;
    world.post("voicemail", message("1", LISA, ASA)).await;
    world.with_administrator(ADMIN).await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.sign_in(&mut world, ADMIN).await;
        browser.click("Arbetsdagar").await;
        browser.reads("Stäng en enhet en dag").await;
        browser.run("document.getElementById('day').value = '2026-11-17'").await;
        browser.run("const unit = document.getElementById('unit'); unit.value = [...unit.options].find(o => o.text === 'Bygglov').value").await;
        browser.fill("Orsak", "flytt").await;
        browser.click("Visa vad som händer").await;
        browser.reads("Om Bygglov är stängd tisdag 17 november").await;
        browser.reads("1 från onsdag 18 november till torsdag 19 november").await;
        browser.assert_accessible().await;
        browser.run("document.getElementById('anew').click()").await;
        browser.click("Stäng den dagen").await;
        browser.reads("Ett löfte räknades om").await;

        browser.look(Look { scripts: false, width: 390, ..Look::default() }).await;
        browser.click("In English").await;
        browser.reads("Close a unit for a day").await;
        browser.tab_to("Remove: Tuesday 17 November, Bygglov").await;
        browser.press(Key::Enter).await;
        browser.reads("The day counts again.").await;
    })
    .await;
    let due = world.only_open().await.due.expect("it was promised");
    assert_eq!(due.due_on.to_string(), "2026-11-19");
    world.forget_mails();
    world.end().await;
}

#[tokio::test]
async fn a_people_file_is_read_in_by_mouse_and_by_keyboard_without_scripts() {
    let mut world = World::at(Engine::Sqlite, "2026-11-16 10:00").await;
    world.with_administrator(ADMIN).await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("it can be written");
        path.display().to_string()
    };
    let more = format!("{PEOPLE}employee,Nora Ny,Bygglov,nora.ny@exempelby.example,,,,,,\n");
    let (more, wrong) = (file("more.csv", &more), file("wrong.csv", "typ;namn\nenhet\nsak;x\n"));
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.sign_in(&mut world, ADMIN).await;
        browser.click("Medarbetare").await;
        browser.click("Läs in personfilen").await;
        browser.assert_accessible().await;
        browser.choose_file("Personfilen (CSV)", &wrong).await;
        browser.expect(422);
        browser.click("Visa vad som ändras").await;
        browser.reads("Filen har").await;
        browser.assert_accessible().await;
        browser.choose_file("Personfilen (CSV)", &more).await;
        browser.click("Visa vad som ändras").await;
        browser.reads("Nora Ny").await;
        browser.assert_accessible().await;
        browser.click("Gör ändringen").await;
        browser.reads("En ändring är gjord.").await;

        browser.look(Look { scripts: false, width: 390, ..Look::default() }).await;
        browser.click("In English").await;
        // A Tab that is pressed on the way from page to page is no keyboard's to either of them.
        browser.reads("Read in the people file").await;
        browser.tab_to("Read in the people file").await;
        browser.press(Key::Enter).await;
        let before = file("before.csv", PEOPLE);
        browser.choose_file("The people file (CSV)", &before).await;
        browser.tab_to("Show what changes").await;
        browser.press(Key::Enter).await;
        browser.reads("Is the file whole?").await;
        browser.tab_to("Make the change").await;
        browser.press(Key::Enter).await;
        browser.reads("One change is made.").await;
    })
    .await;
    let directory = world.directory().await;
    assert!(directory.employee_at("nora.ny@exempelby.example").is_none());
    world.forget_mails();
    world.end().await;
}
