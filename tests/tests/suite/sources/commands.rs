//! Commands know sources that were made in the browser.

use super::*;
use crate::commands::{run, run_beside, write};
use aterkom_tests::on_both;

on_both! {
    async fn commands_know_a_source_that_was_made(world at "2026-11-17 10:00") {
        let mut admin = administrator(world).await;
        let secret = made(&mut admin, "ny").await;
        let folder = world.folder.path().to_owned();
        let event = json!({
            "specversion": "1.0", "id": "1", "source": "/pbx/ny", "type": "se.aterkom.call.missed", "time": "2026-11-17T09:00:00Z",
            "data": { "call_id": "1", "from": LISA, "to": ASA },
        });
        write(&folder, "body", event.to_string());
        write(&folder, "headers", format!("Authorization: Bearer {secret}\n"));
        let explained = run(&folder, &["explain", "--source", "ny", "--body", "body", "--headers", "headers"], &[]);
        assert!(explained.code == Some(0) && explained.out.contains("\"accepted\": true"), "{explained:?}");
        assert!(!explained.out.contains(&secret), "{explained:?}");
        // An alias of the new source, among the people.
        let people = format!("{}line,Ny anknytning,Bygglov,,,,,person,asa.oberg@exempelby.example,ny=4711\n", aterkom_tests::world::PEOPLE);
        write(&folder, "people.csv", people.replace("ny=4711", "gammal=4711"));
        let unknown = run(&folder, &["people", "import", "people.csv", "--dry-run"], &[]);
        assert!(unknown.code == Some(2) && unknown.err.contains("no source is called \"gammal\"; the sources are: asterisk, ny, prova, vaxeln"), "{unknown:?}");
        write(&folder, "people.csv", people);
        let imported = run(&folder, &["people", "import", "people.csv", "--dry-run"], &[]);
        assert_eq!(imported.code, Some(0), "{imported:?}");
        let replayed = run(&folder, &["replay", "--source", "ny"], &[]);
        assert_eq!(replayed.code, Some(0), "{replayed:?}");
        // It greets the mail server, which is this world's.
        let checked = run_beside(&folder, &["check"]).await;
        assert!(checked.out.contains("well  sources: 1 made in the browser\n"), "{checked:?}");
        let forgotten = run(&folder, &["forget", "070-174 06 05"], &[]);
        assert_eq!(forgotten.code, Some(0), "{forgotten:?}");
        world.forget_mails();
    }
}
