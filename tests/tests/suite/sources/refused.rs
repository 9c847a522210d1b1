//! What cannot be a source, or be done with one; and who may not.

use super::*;
use aterkom_tests::on_both;

on_both! {
    async fn what_cannot_be_a_source_is_refused_with_what_was_written(world at "2026-11-17 10:00") {
        let mut admin = administrator(world).await;
        let (long_name, long_secret) = ("a".repeat(41), "a".repeat(501));
        let good = [("name", "ny"), ("adapter", "native"), ("country", "SE"), ("area_code", "0980"), ("zone", "Europe/Stockholm"), ("secret", "")];
        for (field, value, said) in [
            ("name", "", "Skriv ett namn"),
            ("name", "Växeln", "Skriv ett namn"),
            ("name", "../etc", "Skriv ett namn"),
            ("name", "<b>", "Skriv ett namn"),
            ("name", "new", "Skriv ett namn"),
            ("name", long_name.as_str(), "Skriv ett namn"),
            ("name", "vaxeln", "Det finns eller har funnits"),
            ("adapter", "", "Välj växel"),
            ("adapter", "template", "Välj växel"),
            ("adapter", "sipgate", "Välj växel"),
            ("adapter", "nothing", "Välj växel"),
            ("country", "Sverige", "två bokstäver"),
            ("country", "", "två bokstäver"),
            ("area_code", "08-1", "högst sex"),
            ("zone", "Mars/Olympus", "Skriv en tidszon"),
            ("secret", "short", "Hemligheten kan inte användas"),
            ("secret", "with spaces in it", "Hemligheten kan inte användas"),
            ("secret", "whsec_nonsense", "Hemligheten kan inte användas"),
            ("secret", "12345678\u{0}", "Hemligheten kan inte användas"),
            ("secret", long_secret.as_str(), "högst 500 tecken"),
        ] {
            let fields = good.map(|(name, own)| (name, if name == field { value } else { own }));
            let refused = send(&mut admin, &fields).await;
            assert_eq!(refused.status, 422, "{field} {value}");
            assert!(refused.body.contains(said) && refused.body.contains("role=\"alert\""), "{field} {value}: {}", refused.body);
            let kept = if field == "name" { "value=\"native\" selected" } else { "name=\"name\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\" required maxlength=\"40\" value=\"ny\"" };
            assert!(refused.body.contains(kept), "{field} {value}: {}", refused.body);
            assert!(!refused.body.contains("<b>") && (field != "secret" || !refused.body.contains(value)), "{field}: {}", refused.body);
        }
        for id in ["", "x", "1"] {
            assert_eq!(send(&mut admin, &[("id", id), ("name", "ny"), ("adapter", "native")]).await.status, 422, "{id}");
        }
        assert_eq!(admin.post("/admin/sources/new", &[]).await.status, 422);
        assert!(!admin.get("/admin").await.body.contains(">ny<"));
        world.forget_mails();
    }

    async fn what_cannot_be_done_with_a_source_is_refused(world at "2026-11-17 10:00") {
        let mut admin = administrator(world).await;
        let base = world.base.clone();
        let secret = made(&mut admin, "ny").await;
        for days in ["", "0", "2", "-7", "99999999999999999999", "x"] {
            assert_eq!(press(&mut admin, "ny", "rotate", &[("days", days)]).await.status, 422, "{days}");
        }
        let wrong = press(&mut admin, "ny", "rotate", &[("days", "7"), ("secret", "short")]).await;
        assert!(wrong.status == 422 && wrong.body.contains("Hemligheten kan inte användas") && wrong.body.contains("role=\"alert\""), "{}", wrong.body);
        let fields = [("id", "01936f2a-0000-7000-8000-000000000009"), ("days", "7")];
        for version in ["0", "2", "x", ""] {
            let fields: Vec<_> = fields.into_iter().chain([("version", version)]).collect();
            for act in ["rotate", "end"] {
                let status = admin.post(&format!("/admin/sources/ny/{act}"), &fields).await.status;
                assert_eq!(status, if version.parse::<i64>().is_ok() { 409 } else { 422 }, "{act} {version}");
            }
        }
        for name in ["nobody", "vaxeln", "%3Cscript%3E"] {
            let fields: Vec<_> = fields.into_iter().chain([("version", "1")]).collect();
            for act in ["rotate", "end-old", "end"] {
                assert_eq!(admin.post(&format!("/admin/sources/{name}/{act}"), &fields).await.status, 404, "{name} {act}");
            }
        }
        assert_eq!(post(world, &base, "ny", &secret, "1").await, 200, "nothing was done");
        assert_eq!(post(world, &base, "nobody", &secret, "1").await, 404);
        world.work().await;
        world.forget_mails();
    }

    // R36: others do not even learn that there is such a page.
    async fn nobody_but_an_administrator_makes_or_changes_a_source(world at "2026-11-17 10:00") {
        let mut admin = administrator(world).await;
        made(&mut admin, "ny").await;
        let mut asa = Visitor::signed_in(world, "asa.oberg@exempelby.example").await;
        for path in ["/admin/sources/new", "/admin/sources/ny", "/admin/set-up"] {
            assert_eq!(asa.get(path).await.status, 404, "{path}");
        }
        for path in ["/admin/sources/new", "/admin/sources/ny/rotate", "/admin/sources/ny/end-old", "/admin/sources/ny/end", "/admin/set-up/mail"] {
            assert_eq!(asa.post(path, &[("version", "1")]).await.status, 404, "{path}");
            assert_eq!(Visitor::new(world).post(path, &[("version", "1")]).await.location, "/sign-in", "{path}");
        }
        world.forget_mails();
    }

    // Every PBX that the form offers is named and explained in both languages, and each that it does not is not offered.
    async fn each_pbx_is_named_and_explained(world at "2026-11-17 10:00") {
        let mut admin = administrator(world).await;
        for language in ["sv", "en"] {
            admin.cookies.insert("aterkom-language".to_owned(), language.to_owned());
            let form = admin.get("/admin/sources/new").await.body;
            assert!(!form.contains("pbx-title-"), "{form}");
            for (n, adapter) in webhook_receiver::adapters::all().iter().enumerate() {
                let by = adapter.secret_by();
                let offered = form.contains(&format!("<option value=\"{}\">", adapter.name()));
                assert_eq!(offered, by != webhook_receiver::adapters::SecretBy::Configuration, "{}", adapter.name());
                if by == webhook_receiver::adapters::SecretBy::Us {
                    let name = format!("{language}-{n}");
                    let page = send(&mut admin, &[("name", &name), ("adapter", adapter.name())]).await;
                    assert!(page.status == 200 && !page.body.contains("pbx-"), "{}: {}", adapter.name(), page.body);
                }
            }
        }
        world.forget_mails();
    }
}
