//! The people file in the browser: what it changes is seen before, and done once.

use super::*;
use aterkom_tests::world::PEOPLE;
use aterkom_tests::{Visitor, World, on_both};
use domain::directory::Language;
use domain::people::write;

const ADMIN: &str = "drift@exempelby.example";
const PAGE: &str = "/admin/people/file";

/// The form of the page of what a file changes, as it is sent.
fn agreed(page: &Answer) -> [(&'static str, String); 2] {
    let unescaped = |text: String| {
        let marks =
            [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
        marks.iter().fold(text, |text, (from, to)| text.replace(from, to))
    };
    ["digest", "content"].map(|name| {
        let before = format!("name=\"{name}\" value=\"");
        (name, unescaped(value(page, &before).to_owned()))
    })
}

async fn known(world: &World) -> String {
    write(&world.directory().await, Language::English)
}

async fn agree(admin: &mut Visitor, page: &Answer) -> Answer {
    let form = agreed(page);
    let fields: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    admin.post(&format!("{PAGE}/apply"), &fields).await
}

on_both! {
    async fn a_people_file_is_shown_before_it_is_read_in_and_done_once(world at "2026-11-16 10:00") {
        world.with_administrator(ADMIN).await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        world.forget_mails();
        let before = known(world).await;
        let same = admin.upload(PAGE, PEOPLE.as_bytes()).await;
        assert!(same.status == 200 && same.body.contains("Inget ändras.") && !same.body.contains("/apply"), "{}", same.body);

        let file = PEOPLE
            .replace("employee,John Hill", "employee,John \"J\" Hill <b>")
            .replace("employee,Amir Nouri,", "employee,Kim Å & Söner,");
        let file = format!("{file}employee,Nora Ny,Bygglov,nora.ny@exempelby.example,,,,,,\n");
        let look = admin.upload(PAGE, file.as_bytes()).await;
        assert_eq!(look.status, 200, "{}", look.body);
        for part in ["Nya: 1", "employee nora.ny@exempelby.example (Nora Ny), unit Bygglov", "name Amir Nouri → Kim Å"] {
            assert!(look.body.contains(part), "{part} on {}", look.body);
        }
        assert!(!look.body.contains("<b>"), "what a file says is text");
        assert_eq!(known(world).await, before, "looking changes nothing");

        let done = agree(&mut admin, &look).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let page = admin.get(&done.location).await.body;
        assert!(page.contains("Personfilen är inläst."), "{page}");
        let after = world.directory().await;
        let nora = after.employee_at("nora.ny@exempelby.example").expect("she works here now");
        assert!(after.employees().iter().any(|one| one.name == "Kim Å & Söner") && nora.active);
        let known_after = known(world).await;
        let again = agree(&mut admin, &look).await;
        assert_eq!((again.status, &*again.location), (303, "/admin/people?did=imported"), "pressed twice");
        assert_eq!(known(world).await, known_after);

        let fetched = admin.get("/admin/people/file.csv").await;
        assert!(fetched.headers["content-disposition"].to_str().is_ok_and(|v| v.contains("personal.csv")));
        assert!(fetched.body.contains("nora.ny@exempelby.example"), "{}", fetched.body);
        let same = admin.upload(PAGE, fetched.body.as_bytes()).await;
        assert!(same.body.contains("Inget ändras."), "{}", same.body);
    }

    // What lines are called by a PBX that is no more stays in the file, and the file can be read in again.
    async fn a_pbx_that_ended_is_still_known_in_the_file(world at "2026-11-16 10:00") {
        world.with_administrator(ADMIN).await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        world.forget_mails();
        crate::sources::made(&mut admin, "ny").await;
        let look = admin.upload(PAGE, PEOPLE.replace("vaxeln=241", "vaxeln=241 | ny=77").as_bytes()).await;
        assert!(look.body.contains("alias ny=77 added"), "{}", look.body);
        assert_eq!(agree(&mut admin, &look).await.status, 303);
        assert_eq!(crate::sources::press(&mut admin, "ny", "end", &[]).await.status, 303);
        let fetched = admin.get("/admin/people/file.csv").await;
        assert!(fetched.body.contains("ny=77"), "{}", fetched.body);
        let same = admin.upload(PAGE, fetched.body.as_bytes()).await;
        assert!(same.status == 200 && same.body.contains("Inget ändras."), "{}", same.body);
    }

    // Two administrators: who comes later sees what is to be done now, and nothing is done unseen.
    async fn what_changed_meanwhile_is_shown_again(world at "2026-11-16 10:00") {
        world.with_administrator(ADMIN).await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        world.forget_mails();
        let fewer: Vec<&str> = PEOPLE.lines().filter(|row| !row.contains("amir.nouri")).collect();
        let look = admin.upload(PAGE, fewer.join("\r\n").as_bytes()).await;
        assert!(look.body.contains("Är filen hel?") && look.body.contains("employee amir.nouri@exempelby.example"), "{}", look.body);
        let more = format!("{PEOPLE}employee,Nora Ny,Bygglov,nora.ny@exempelby.example,,,,,,\n");
        world.import(&more).await;
        let late = agree(&mut admin, &look).await;
        assert_eq!(late.status, 409, "{}", late.body);
        assert!(late.body.contains("inget är gjort") && late.body.contains("employee nora.ny@exempelby.example"), "{}", late.body);
        assert!(world.directory().await.employee_at("amir.nouri@exempelby.example").is_some());
        assert_eq!(agree(&mut admin, &late).await.status, 303);
        let directory = world.directory().await;
        assert!(["amir.nouri", "nora.ny"].iter().all(|name| directory.employee_at(&format!("{name}@exempelby.example")).is_none()));
    }

    async fn a_file_that_is_none_is_refused_in_words(world at "2026-11-16 10:00") {
        world.with_administrator(ADMIN).await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        world.forget_mails();
        let before = known(world).await;
        let large = vec![b'x'; 3 << 20];
        let larger = vec![b'x'; 9 << 20];
        let wrong = "type,name,unit,email\nunit,Bygglov,,\nemployee,<script>,Byglov,a@exempelby.example\n";
        for (file, words) in [
            (&b""[..], "Välj en fil som inte är tom."),
            (&large, "Den får vara högst 2 MB."),
            (&larger, "Den får vara högst 2 MB."),
            (wrong.as_bytes(), "Filen har ett fel."),
            (wrong.as_bytes(), "Rad 3, kolumn unit:"),
            (b"\xff\xfe\x00\x01", "Rad 1:"),
            (b"PK\x03\x04 a workbook", "Inget har ändrats."),
        ] {
            let page = admin.upload(PAGE, file).await;
            assert_eq!(page.status, 422, "{words}: {}", page.body);
            assert!(page.body.contains(words) && !page.body.contains("<script>"), "{words} on {}", page.body);
        }
        assert_eq!(admin.post(PAGE, &[("file", "x")]).await.status, 422, "not what the form sends");
        assert_eq!(admin.post(&format!("{PAGE}/apply"), &[("content", PEOPLE)]).await.status, 422);
        let page = admin.post(&format!("{PAGE}/apply"), &[("content", wrong), ("digest", "")]).await;
        assert_eq!(page.status, 422, "{}", page.body);
        admin.from_site = "cross-site";
        assert_eq!(admin.upload(PAGE, PEOPLE.as_bytes()).await.status, 403);
        assert_eq!(known(world).await, before);
    }
}
