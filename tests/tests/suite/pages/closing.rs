//! A day on which a unit is closed: what it would change is seen before, and promises move only by order (R11, R14).

use super::*;
use aterkom_tests::{Visitor, World, on_both};
use domain::directory::Owner;

const ADMIN: &str = "drift@exempelby.example";
const PAGE: &str = "/admin/calendar";

async fn unit(world: &World, name: &str) -> String {
    let directory = world.directory().await;
    let unit = directory.units().iter().find(|unit| unit.name == name);
    unit.expect("the unit is there").id.to_string()
}

/// The last days of what somebody has open, in order.
async fn due(world: &World, address: &str) -> Vec<String> {
    let directory = world.directory().await;
    let owner = Owner::Employee(directory.employee_at(address).expect("they work here").id);
    let open = world.open().await.into_iter().filter(|callback| callback.owner == owner);
    let mut days: Vec<String> =
        open.filter_map(|callback| Some(callback.due?.due_on.to_string())).collect();
    days.sort();
    days
}

fn asked(unit: &str, day: &str, reason: &str) -> String {
    format!("{PAGE}?unit={unit}&day={day}&reason={reason}")
}

on_both! {
    // R11, R14
    async fn a_closed_day_is_weighed_before_and_moves_promises_only_by_order(world at "2026-11-16 10:00") {
        world.with_administrator(ADMIN).await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        world.post("voicemail", call("1", LISA, ASA)).await;
        assert_eq!(due(world, TO_ASA).await, ["2026-11-18"]);
        let building = unit(world, "Bygglov").await;
        let look = admin.get(&asked(&building, "2026-11-17", "flytt")).await;
        assert_eq!(look.status, 200);
        for part in ["Om Bygglov är stängd tisdag 17 november", "hör av sig måndag 16 november ska få svar senast torsdag 19 november i stället för onsdag 18 november", "En öppen återkoppling är redan lovad", "1 från onsdag 18 november till torsdag 19 november", "name=\"anew\""] {
            assert!(look.body.contains(part), "{part} on {}", look.body);
        }
        assert!(!look.body.contains("Dagen är sparad") && due(world, TO_ASA).await == ["2026-11-18"], "looking changes nothing");
        let fields = [("unit", &*building), ("day", "2026-11-17"), ("reason", "flytt")];
        for _ in 0..2 {
            let saved = admin.post(PAGE, &fields).await;
            assert_eq!(saved.status, 303, "{}", saved.body);
            let page = admin.get(&saved.location).await.body;
            assert!(page.contains("Dagen är sparad.") && page.contains("flytt"), "{page}");
        }
        assert_eq!(due(world, TO_ASA).await, ["2026-11-18"], "what was promised stays");
        world.post("voicemail", call("2", SVEN, ASA)).await;
        assert_eq!(due(world, TO_ASA).await, ["2026-11-18", "2026-11-19"], "a new promise goes by it");
        world.post("voicemail", call("3", SVEN, AMIR)).await;
        assert_eq!(due(world, TO_AMIR).await, ["2026-11-18"], "another unit is open");
        // Taken back, and recorded once more with the order that promises follow.
        let page = admin.get(PAGE).await;
        let id = value(&page, "action=\"/admin/calendar/").split('/').next().expect("an id").to_owned();
        assert_eq!(admin.post(&format!("{PAGE}/{id}/remove"), &[]).await.location, "/admin/calendar?did=opened");
        assert_eq!(admin.post(&format!("{PAGE}/{id}/remove"), &[]).await.status, 303, "pressed twice");
        assert_eq!(due(world, TO_ASA).await, ["2026-11-18", "2026-11-19"], "a promise made meanwhile stays");
        let anew = [&fields[..], &[("anew", "yes")]].concat();
        let saved = admin.post(PAGE, &anew).await;
        assert_eq!(saved.location, "/admin/calendar?did=closed&n=1");
        assert!(admin.get(&saved.location).await.body.contains("Ett löfte räknades om"));
        assert_eq!(due(world, TO_ASA).await, ["2026-11-19", "2026-11-19"]);
        assert_eq!(due(world, TO_AMIR).await, ["2026-11-18"]);
        // R31: once it is over it is history, by which months are counted.
        let page = admin.get(PAGE).await;
        let id = value(&page, "action=\"/admin/calendar/").split('/').next().expect("an id").to_owned();
        world.advance_to("2026-11-18 08:00").await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        assert!(!admin.get(PAGE).await.body.contains(&id), "it is not offered");
        assert_eq!(admin.post(&format!("{PAGE}/{id}/remove"), &[]).await.status, 404);
        assert_eq!(world.directory().await.closed_days().len(), 1);
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let mut stories = String::new();
        for callback in world.open().await {
            stories += &asa.get(&format!("/callbacks/{}", callback.id)).await.body;
        }
        let moved = "lät räkna om sista dag, från onsdag 18 november till torsdag 19 november";
        assert_eq!(stories.matches(moved).count(), 1, "{stories}");
        assert!(stories.contains("flytt"), "the explanation is the new one: {stories}");
        world.forget_mails();
    }

    async fn what_cannot_be_closed_is_said_and_nothing_is_saved(world at "2026-11-16 10:00") {
        world.with_administrator(ADMIN).await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let building = unit(world, "Bygglov").await;
        let long = "x".repeat(5_000);
        for (unit, day, reason, told) in [
            ("", "2026-11-17", "flytt", "Välj en enhet i listan."),
            ("00000000-0000-0000-0000-000000000000", "2026-11-17", "flytt", "Välj en enhet i listan."),
            ("<script>", "2026-11-17", "flytt", "Välj en enhet i listan."),
            (&*building, "", "flytt", "Skriv dagen som"),
            (&*building, "2026-02-30", "flytt", "Skriv dagen som"),
            (&*building, "9999-12-31", "flytt", "Så långt fram går det inte"),
            (&*building, "2026-11-15", "flytt", "Den dagen är förbi"),
            (&*building, "2026-12-24", "flytt", "arbetar inte torsdag 24 december ändå"),
            (&*building, "2026-11-17", "", "Skriv en orsak"),
            (&*building, "2026-11-17", "%0A", "Skriv en orsak"),
            (&*building, "2026-11-17", &long, "Skriv en orsak"),
        ] {
            let looked = admin.get(&asked(unit, day, reason)).await;
            let sent = admin.post(PAGE, &[("unit", unit), ("day", day), ("reason", &reason.replace("%0A", "\n"))]).await;
            for answer in [looked, sent] {
                assert_eq!(answer.status, 422, "{unit} {day}: {}", answer.body);
                assert!(answer.body.contains(told) && answer.body.contains("role=\"alert\""), "{told} on {}", answer.body);
                assert!(!answer.body.contains("<script>"), "{}", answer.body);
            }
        }
        assert_eq!(admin.post(PAGE, &[]).await.status, 422);
        assert!(world.directory().await.closed_days().is_empty());
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let fields = [("unit", &*building), ("day", "2026-11-17"), ("reason", "flytt")];
        assert_eq!(asa.post(PAGE, &fields).await.status, 404);
        assert_eq!(admin.post("/admin/calendar/nonsense/remove", &[]).await.status, 404);
        world.forget_mails();
    }
}
