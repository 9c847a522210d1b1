//! What managers and administrators see, and what others do not.

use super::{ASA, LISA, SVEN, TO_ASA, TO_PER, message};
use aterkom_tests::browser;
use aterkom_tests::{Engine, World};

const TO_ADMINISTRATOR: &str = "it@exempelby.example";

// R26, R36
#[tokio::test]
async fn a_manager_sees_the_units_list_and_nobody_else_does() {
    let mut world = World::at(Engine::Sqlite, "2026-12-22 15:00").await;
    world.post("voicemail", message("1", LISA, ASA)).await;
    world.advance_to("2026-12-29 10:00").await;
    world.forget_mails();
    world.post("missed", message("2", SVEN, ASA)).await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.sign_in(&mut world, TO_PER).await;
        browser.click("Min enhet").await;
        browser.reads("Försenad en arbetsdag").await;
        browser.reads("Åsa Öberg").await;
        assert_eq!(browser.path().await, "/unit");
        browser.assert_accessible().await;
        browser.click("Uppföljning").await;
        browser.reads("Bygglov, november 2026").await;
        browser.assert_accessible().await;
        browser.click("december 2026 →").await;
        browser.reads("Perioden är inte slut").await;
        browser.reads("färre än 5").await;
        browser.assert_accessible().await;
        for (link, says) in
            [("Så fungerar det", "arbetsdag nummer 2"), ("Tillgänglighet", "WCAG 2.2")]
        {
            browser.click(link).await;
            browser.reads(says).await;
            browser.assert_accessible().await;
        }
        browser.sign_out().await;

        browser.sign_in(&mut world, TO_ASA).await;
        browser.does_not_read("Min enhet").await;
        browser.expect(404);
        browser.open("/unit").await;
        browser.does_not_read("Försenad").await;
        browser.expect(404);
        assert_eq!(browser.open("/admin").await, 404);
        browser.open("/away").await;
        browser.reads("Ingen frånvaro är inlagd").await;
        browser.assert_accessible().await;
    })
    .await;
    world.end().await;
}

// R36
#[tokio::test]
async fn a_manager_shows_a_number_by_a_button_and_the_administrator_sees_that_they_did() {
    let mut world = World::at(Engine::Sqlite, "2026-12-22 15:00").await;
    world.make_administrator(TO_ADMINISTRATOR).await;
    world.post("voicemail", message("1", LISA, ASA)).await;
    let callback = world.only_open().await;
    let reference = callback.reference(world.app.scheduler.calendar.zone());
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.sign_in(&mut world, TO_PER).await;
        browser.open(&format!("/callbacks/{}", callback.id)).await;
        browser.reads("Uppgifterna är dolda").await;
        browser.does_not_read("070-174").await;
        browser.assert_accessible().await;
        browser.click("Visa uppgifter").await;
        browser.reads("070-174 06 05").await;
        browser.reads("Per Alm, i dag").await;
        browser.assert_accessible().await;
        browser.sign_out().await;

        browser.sign_in(&mut world, TO_ADMINISTRATOR).await;
        browser.click("Läslogg").await;
        browser.reads("Per Alm").await;
        browser.reads(&reference).await;
        browser.does_not_read("070").await;
        browser.assert_accessible().await;
    })
    .await;
    world.forget_mails();
    world.end().await;
}

// R36
#[tokio::test]
async fn the_administrator_sees_what_is_ill_and_no_callers() {
    let mut world = World::at(Engine::Sqlite, "2026-12-22 15:00").await;
    world.post("voicemail", message("1", LISA, ASA)).await;
    assert_eq!(world.post_bytes("prova", "this is no event").await, 200);
    world.work().await;
    world.expect_unread(1);
    world.make_administrator(TO_ADMINISTRATOR).await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.sign_in(&mut world, TO_ADMINISTRATOR).await;
        assert_eq!(browser.path().await, "/admin");
        browser.reads("Ett anrop kunde inte läsas").await;
        browser.reads("vaxeln").await;
        browser.does_not_read("070").await;
        browser.assert_accessible().await;
        browser.click("Läs dem igen").await;
        browser.reads("Anropen läses igen").await;
        // A test call is one that comes after this page was opened.
        world.sleep_until("2026-12-22 15:01");
        browser.click("vaxeln").await;
        browser.reads("Återkoppling: Åsa Öberg").await;
        browser.reads("Från •••05.").await;
        browser.assert_accessible().await;
        browser.click("Gör ett provsamtal").await;
        browser.reads("Inget anrop har kommit än").await;
        browser.assert_accessible().await;
        browser.click("Visa alla anrop").await;
        browser.reads("Meddelande, 20 sekunder").await;
    })
    .await;
    world.work().await;
    world.end().await;
}

// R1, R18, R23
#[tokio::test]
async fn a_note_is_taken_handed_over_and_accepted() {
    let mut world = World::at(Engine::Sqlite, "2026-11-17 10:00").await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        browser.sign_in(&mut world, TO_PER).await;
        browser.click("Ny anteckning").await;
        browser.assert_accessible().await;
        browser.fill("Telefonnummer", "070-174 06 05").await;
        browser.fill("Vem ska ringa?", "Åsa Öberg, Bygglov").await;
        browser.fill("Vad gäller det?", "Undrar över bygglovet").await;
        browser.click("Spara anteckningen").await;
        browser.reads("Anteckningen är sparad").await;
        browser.sign_out().await;

        browser.sign_in(&mut world, TO_ASA).await;
        browser.reads("Antecknat av oss").await;
        browser.open(&browser.first_callback().await).await;
        browser.reads("Undrar över bygglovet").await;
        browser.click("Nådd, men inte klar: överenskommen dag").await;
        browser.click("Lämna över till rätt handläggare").await;
        browser.assert_accessible().await;
        browser.fill("Lämna över till", "Sara Lind, Äldreomsorg").await;
        browser.click("Erbjud").await;
        browser.reads("Åsa Öberg erbjuder den till Sara Lind").await;
        browser.assert_accessible().await;
        browser.sign_out().await;

        browser.sign_in(&mut world, "sara.lind@exempelby.example").await;
        browser.reads("Erbjudet till dig").await;
        browser.assert_accessible().await;
        browser.click("Jag tar emot").await;
        browser.reads("070-174 06 05").await;
        browser.assert_accessible().await;
    })
    .await;
    world.forget_mails();
    world.end().await;
}
