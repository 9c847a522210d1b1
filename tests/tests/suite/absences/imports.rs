//! `aterkom absence import`: what a file says replaces what files of its origin said before.

use super::{TO_ASA, TO_JOHN, away};
use aterkom::commands::absence::{Import, origin_named};
use aterkom_tests::{World, on_both};

const HEADER: &str = "Medarbetare;Från;Till;Ersättare\r\n";

/// Imports these rows under this name, and says the last line that the command prints.
async fn import(world: &World, origin: &str, rows: &str, dry_run: bool) -> Result<String, String> {
    let bytes = format!("\u{feff}{HEADER}{rows}");
    let origin = origin_named(origin).expect("a name");
    let import = Import { name: "hr.csv", bytes: bytes.as_bytes(), origin: &origin, dry_run };
    let told = import.run(&world.app.store, &world.app.clock, &world.config).await;
    told.map(|lines| lines.join("\n")).map_err(|error| error.to_string())
}

on_both! {
    // R17: all or nothing, twice is once, and what was entered by hand or comes from elsewhere stays.
    async fn a_file_replaces_what_files_of_its_origin_said(world at "2026-11-17 10:00") {
        world.enter_absence("Amir Nouri", "2026-11-17", "2026-11-20", "").await;
        let rows = format!("{TO_ASA};2026-11-17;2026-11-20;{TO_JOHN}\r\n{TO_JOHN};2026-12-01;2026-12-02;\r\n");
        let dry = import(world, "hr", &rows, true).await.expect("it is a file");
        assert!(dry.ends_with("2 absences, 2 changes; nothing was done (dry run)"), "{dry}");
        assert_eq!(away(world).await.len(), 1);
        let done = import(world, "hr", &rows, false).await.expect("it is a file");
        assert_eq!(done, "away     asa.oberg@exempelby.example 2026-11-17 to 2026-11-20, substitute john.hill@exempelby.example\n\
            away     john.hill@exempelby.example 2026-12-01 to 2026-12-02\n2 absences, 2 changes, done");
        let first = away(world).await;
        assert_eq!(first, ["Amir Nouri 2026-11-17/2026-11-20", "John Hill 2026-12-01/2026-12-02", "Åsa Öberg 2026-11-17/2026-11-20, John Hill"]);
        let again = import(world, "hr", &rows, false).await.expect("it is a file");
        assert_eq!(again, "2 absences, 0 changes, done");
        // Another origin adds its own, and one that is wrong anywhere changes nothing.
        let other = format!("{TO_ASA};2026-12-24;2026-12-24;\r\n");
        import(world, "time", &other, false).await.expect("it is a file");
        let wrong = import(world, "hr", &format!("{other}x;2026-11-17;2026-11-18;\r\n"), false).await;
        assert_eq!(wrong, Err("nothing was imported; 1 to mend:\n  hr.csv: line 3, column Medarbetare: no employee has the address \"x\"; write one that is in the people file".to_owned()));
        assert_eq!(away(world).await.len(), 4);
        // Two days later she is back, and he will not be away after all.
        world.advance_to("2026-11-19 07:00").await;
        let gone = import(world, "hr", "", false).await.expect("nobody is away");
        assert!(gone.contains("back     asa.oberg@exempelby.example 2026-11-17 to 2026-11-20, substitute john.hill@exempelby.example, was away until 2026-11-18"), "{gone}");
        assert!(gone.contains("not away john.hill@exempelby.example 2026-12-01 to 2026-12-02"), "{gone}");
        assert_eq!(away(world).await, ["Amir Nouri 2026-11-17/2026-11-20", "Åsa Öberg 2026-11-17/2026-11-18, John Hill", "Åsa Öberg 2026-12-24/2026-12-24"]);
        assert_eq!(import(world, "hr", "", false).await, Ok("0 absences, 0 changes, done".to_owned()));
        world.forget_mails();
    }

    // R35: what ended long ago goes by night, also what was taken back.
    async fn what_ended_long_ago_goes_by_night(world at "2026-11-17 10:00") {
        let rows = format!("{TO_ASA};2026-11-17;2026-11-18;\r\n{TO_JOHN};2026-11-20;2026-11-20;\r\n");
        import(world, "hr", &rows, false).await.expect("it is a file");
        import(world, "hr", &rows.replace("20;2026-11-20", "20;2026-11-21"), false).await.expect("it is a file");
        let erased = async |world: &World| {
            let tx = world.app.store.read().await.expect("storage works");
            let lines = store::retention::protocol(&tx, 100).await.expect("storage works");
            tx.commit().await.expect("storage works");
            lines.iter().filter(|line| line.kind == "absences").map(|line| line.erased).sum::<i64>()
        };
        world.sleep_until("2027-01-17 03:00");
        world.work().await;
        assert_eq!(erased(world).await, 0, "60 days ago");
        world.sleep_until("2027-01-18 03:00");
        world.work().await;
        assert_eq!(erased(world).await, 1);
        world.sleep_until("2027-01-21 03:00");
        world.work().await;
        assert_eq!(erased(world).await, 3);
        world.forget_mails();
    }
}

#[test]
fn an_origin_is_named_as_one_names_things() {
    for name in ["", "HR", "a b", "calendar:x", &"a".repeat(41)] {
        assert!(origin_named(name).is_err(), "{name}");
    }
    assert_eq!(origin_named("hr-2").expect("a name").written().as_deref(), Some("file:hr-2"));
}
