//! What a manager does about what is late: takes it on, hands it over, enters who is away, signs the month.

use super::{ASA, LISA, TO_PER, message};
use aterkom_tests::browser::{self, Look};
use aterkom_tests::{Engine, World};
use chrono::NaiveDate;
use thirtyfour::Key;

/// Somebody has waited for Åsa since before Christmas.
async fn late() -> World {
    let mut world = World::at(Engine::Sqlite, "2026-12-22 15:00").await;
    world.post("voicemail", message("1", LISA, ASA)).await;
    world.advance_to("2026-12-29 10:00").await;
    world.forget_mails();
    world
}

// R18, R27, R33
#[tokio::test]
async fn a_manager_does_what_is_to_be_done_by_mouse() {
    let mut world = late().await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.sign_in(&mut world, TO_PER).await;
        browser.click("Min enhet").await;
        browser.click("1 Försenade").await;
        browser.reads("Den som har väntat längst står först").await;
        browser.click("Jag tar den").await;
        browser.reads("Du har tagit den.").await;
        browser.reads("Per Alm tar den").await;
        browser.assert_accessible().await;
        browser.open(&browser.first_callback().await).await;
        browser.click("Lämna över till rätt handläggare").await;
        browser.fill("Lämna över till", "Amir Nouri").await;
        browser.click("Erbjud").await;
        browser.reads("erbjuder den till Amir Nouri").await;
        browser.click("Min enhet").await;
        browser.click("1 Väntar på ett ja").await;
        browser.reads("Åsa Öberg").await;
        browser.click("Frånvaro").await;
        browser.run("const who = document.getElementById('who'); who.value = [...who.options].find(o => o.text === 'Åsa Öberg').value").await;
        for field in ["from", "to"] {
            browser.run(&format!("document.getElementById('{field}').value = '2026-12-30'")).await;
        }
        browser.click("Spara frånvaron").await;
        browser.reads("Frånvaron är sparad.").await;
        browser.click("Uppföljning").await;
        browser.fill("Vad siffrorna beror på", "Ingen ringde i november.").await;
        browser.click("Underteckna månaden").await;
        browser.reads("Månaden är undertecknad.").await;
        browser.assert_accessible().await;
    })
    .await;
    world.forget_mails();
    world.end().await;
}

// R17, R27, R33
#[tokio::test]
async fn a_manager_does_the_same_by_keyboard_in_english_and_without_scripts() {
    let mut world = late().await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.look(Look { scripts: false, width: 390, ..Look::default() }).await;
        browser.sign_in_by_keyboard(&mut world, TO_PER).await;
        for (words, says) in [
            ("In English", "My callbacks"),
            ("My unit", "Callbacks in"),
            ("I take it", "You have taken it."),
            ("261222-", "What has happened"),
            ("Hand over to the right handler", "You stay responsible"),
        ] {
            browser.tab_to(words).await;
            browser.press(Key::Enter).await;
            browser.reads(says).await;
        }
        browser.tab_to("Hand over to (").await;
        browser.write("Amir Nouri").await;
        browser.press(Key::Enter).await;
        browser.reads("to Amir Nouri").await;
        browser.tab_to("Absence").await;
        browser.press(Key::Enter).await;
        browser.reads("While you are away").await;
        browser.tab_to("Who is away").await;
        browser.write("Ås").await;
        for (field, day) in [("First day", (2026, 12, 30)), ("Last day", (2026, 12, 31))] {
            let (year, month, day) = day;
            browser.tab_to(field).await;
            browser.write_day(NaiveDate::from_ymd_opt(year, month, day).expect("a day")).await;
        }
        browser.tab_to("Save the absence").await;
        browser.press(Key::Enter).await;
        browser.reads("The absence is saved.").await;
        browser.tab_to("Follow-up").await;
        browser.press(Key::Enter).await;
        browser.reads("Sign the month").await;
        browser.tab_to("Why the figures are what they are").await;
        browser.write("Nobody rang in November.").await;
        browser.tab_to("Sign the month").await;
        browser.press(Key::Enter).await;
        browser.reads("The month is signed.").await;
    })
    .await;
    let directory = world.directory().await;
    let asa = world.employee("Åsa Öberg").await;
    assert!(directory.absences().iter().any(|a| a.employee == asa), "{:?}", directory.absences());
    world.forget_mails();
    world.end().await;
}
