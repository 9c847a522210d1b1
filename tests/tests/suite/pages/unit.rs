//! What concerns a manager: tiles, and the lists behind them.

use super::*;
use aterkom_tests::{Visitor, World, on_both};

/// How many a tile counts.
fn tile(page: &Answer, name: &str) -> usize {
    let before = page.body.split(&format!("</span> {name}</a>")).next().expect("a page");
    let n = before.rsplit("<span class=\"figure\">").next().expect("a figure");
    n.parse().unwrap_or_else(|_| panic!("{name} on {}", page.body))
}

fn references(page: &Answer) -> usize {
    page.body.matches("<td role=\"cell\" data-label=\"Referens\">").count()
}

/// Where the row of a unit leads.
fn of_unit(page: &Answer, name: &str) -> String {
    let before = page.body.split(&format!("\">{name}</a>")).next().expect("a page");
    before.rsplit('"').next().expect("a link").to_owned()
}

/// Puts Åsa's callbacks late, John's due today, and one that was tried long ago.
async fn a_busy_week(world: &mut World) {
    world.post("voicemail", call("1", LISA, ASA)).await;
    world.post("voicemail", call("2", SVEN, JOHN)).await;
    let mut john = Visitor::signed_in(world, TO_JOHN).await;
    let (path, version) = first(&john.get("/mine").await);
    john.post(&format!("{path}/attempt"), &[("version", &version)]).await;
    world.advance_to("2026-11-19 10:00").await;
    world.post("missed", call("3", "+46701740611", JOHN)).await;
    world.advance_to("2026-11-23 09:30").await;
    world.forget_mails();
}

on_both! {
    // R12, R19, R26
    async fn each_tile_counts_what_its_list_shows(world at "2026-11-16 10:00") {
        a_busy_week(world).await;
        let mut per = Visitor::signed_in(world, TO_PER).await;
        let page = per.get("/unit").await;
        assert!(page.body.contains("<h1>Återkopplingar i Bygglov</h1>"), "{}", page.body);
        for (name, show, n, says) in [
            ("Försenade", "late", 1, "Sista dagen är slut"),
            ("Senast i dag", "today", 1, "Sista dagen är i dag"),
            ("Bruten dag", "agreed", 0, "Vi kom överens"),
            ("Väntar på ett ja", "waiting", 0, "har lämnat över"),
            ("Borta utan ersättare", "uncovered", 0, "ingen ersättare går in"),
            ("Försökt, inte nådd", "not-reached", 1, "5 arbetsdagar efter"),
        ] {
            assert_eq!(tile(&page, name), n, "{name}");
            let list = per.get(&format!("/unit?show={show}")).await;
            assert!(list.body.contains(says) && list.body.contains(&format!("<h2 id=\"list\">{name}</h2>")), "{}", list.body);
            assert_eq!(references(&list), n, "{name}");
            assert_eq!(list.body.contains("Ingen står här just nu."), n == 0, "{name}");
        }
        assert_eq!((tile(&page, "Alla öppna"), references(&page)), (3, 3));
        // R17, R26: an absence without a substitute is seen at once.
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        asa.post("/away", &[("from", "2026-11-23"), ("to", "2026-11-24"), ("substitute", "")]).await;
        let page = per.get("/unit?show=uncovered").await;
        assert_eq!((tile(&page, "Borta utan ersättare"), references(&page)), (1, 1));
        world.forget_mails();
    }

    // R18
    async fn what_was_handed_over_waits_on_the_senders_managers_page(world at "2026-11-17 10:00") {
        world.post("voicemail", call("1", LISA, ASA)).await;
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let (path, version) = first(&asa.get("/mine").await);
        let fields = [("version", version.as_str()), ("to", "Amir Nouri")];
        let sent = asa.post(&format!("{path}/offer"), &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let page = Visitor::signed_in(world, TO_PER).await.get("/unit?show=waiting").await;
        assert_eq!((tile(&page, "Väntar på ett ja"), references(&page)), (1, 1));
        world.forget_mails();
    }

    // R26, R36
    async fn who_is_above_sees_unit_by_unit_and_one_of_them(world at "2026-11-16 10:00") {
        a_busy_week(world).await;
        world.post("missed", call("9", LISA, AMIR)).await;
        world.forget_mails();
        let mut maria = Visitor::signed_in(world, TO_MARIA).await;
        let page = maria.get("/unit").await;
        assert!(page.body.contains("Återkopplingar i dina enheter") && page.body.contains("Enhet för enhet"), "{}", page.body);
        assert_eq!((tile(&page, "Alla öppna"), references(&page)), (4, 4));
        let link = of_unit(&page, "Bygglov");
        let of = maria.get(&link).await;
        assert!(of.body.contains("<h1>Återkopplingar i Bygglov</h1>"), "{}", of.body);
        assert_eq!((tile(&of, "Alla öppna"), references(&of)), (3, 3));
        assert_eq!(references(&maria.get(&format!("{link}&show=late")).await), 1);
        // Somebody else's unit, and what is no unit at all, do not exist.
        let mut per = Visitor::signed_in(world, TO_PER).await;
        assert_eq!(per.get(&of_unit(&page, "Äldreomsorg")).await.status, 404);
        for wrong in ["of=1", "of=00000000-0000-0000-0000-000000000000", "show=all", "show=", "after=1"] {
            let status = per.get(&format!("/unit?{wrong}")).await.status;
            assert!([400, 404].contains(&status), "{wrong}: {status}");
        }
    }
}
