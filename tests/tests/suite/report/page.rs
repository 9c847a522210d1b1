//! The page of follow-up: what a manager sees, signs, and takes along as a file; nobody else does.

use super::{NO_MAILS, month, printed, story::Story};
use aterkom::commands::report::Arguments;
use aterkom_tests::{Visitor, on_both};

const TO_ASA: &str = "asa.oberg@exempelby.example";
const TO_PER: &str = "per.alm@exempelby.example";
const TO_MARIA: &str = "maria.ek@exempelby.example";
const NOVEMBER: &str = "/follow-up?month=2026-11";

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let from = format!("name=\"{name}\" value=\"");
    let rest = page.split(&from).nth(1).expect("the field is there");
    rest.split('"').next().expect("a value ends").to_owned()
}

on_both! {
    // R31–R33
    async fn a_manager_sees_a_month_signs_it_and_it_stays(world at "2026-11-02 07:00" with NO_MAILS) {
        let mut story = Story::default();
        story.play(world, "2026-12-02 12:00").await;
        let mut maria = Visitor::signed_in(world, TO_MARIA).await;
        let page = maria.open("/follow-up").await;
        assert_eq!(page.status, 200);
        for part in ["Exempelby kommun, november 2026", "Exempelby kommun, med enheterna under", "Försökt inom 2 arbetsdagar", "Vad som räknas", "oktober 2026</a>", "december 2026 →", "räknades i dag kl. 12.00"] {
            assert!(page.body.contains(part), "{part} on {}", page.body);
        }
        // Each of those whose time is over has waited somehow.
        let tile = page.body.split("Försökt inom 2 arbetsdagar</dt><dd>").nth(1).and_then(|rest| rest.split("</dd>").next()).expect("a tile");
        let waited = page.body.split("Hur länge de väntade").nth(1).and_then(|rest| rest.split("</table>").next()).expect("a table");
        let counts = waited.split("<svg class=\"length one\"").filter_map(|part| part.rsplit('>').next()?.parse::<u32>().ok());
        let counts: Vec<u32> = counts.collect();
        assert_eq!(counts.len(), 7, "{waited}");
        assert!(tile.contains(&format!("{} ", counts.iter().sum::<u32>())) || tile.contains(&format!("{})", counts.iter().sum::<u32>())), "{tile}: {counts:?}");
        // The worst cases, of broken promises only, and of nobody (R32).
        let worst = page.body.split("De som fick vänta längst").nth(1).and_then(|rest| rest.split("</section>").next()).expect("a list");
        let cases: Vec<&str> = worst.split("<li>").skip(1).filter_map(|case| case.split("</li>").next()).collect();
        assert!(!cases.is_empty() && cases.len() <= 10, "{worst}");
        assert!(cases.iter().all(|case| case.starts_with("Hörde av sig ") && !case.contains("href") && !case.contains(" 2 arbetsdagar")), "{worst}");
        // Every figure is the one that the terminal prints.
        let text = printed(world, &Arguments::of(month("2026-11"))).await;
        let sum = text.split("med enheterna under").nth(1).expect("a part for the sum");
        let shares: Vec<&str> = sum.lines().skip(2).take(11).filter_map(|line| line.get(40..)).flat_map(|line| line.split("  ")).map(str::trim).filter(|cell| cell.contains('%')).collect();
        assert!(shares.len() >= 9, "{text}");
        for share in shares {
            assert!(page.body.contains(share), "{share} on {}", page.body);
        }
        let file = maria.get(&format!("/follow-up/csv?month=2026-11&unit={}", hidden(&page.body, "unit"))).await;
        assert_eq!(file.headers["content-disposition"], "attachment; filename=\"aterkom-2026-11.csv\"");
        assert_eq!(file.body, printed(world, &Arguments { csv: true, ..Arguments::of(month("2026-11")) }).await);

        let unit = hidden(&page.body, "unit");
        let too_long = "å".repeat(2_001);
        let fields = |comment| [("unit", unit.as_str()), ("month", "2026-11"), ("comment", comment), ("action", "En till i <svarsgruppen>.")];
        let refused = maria.post("/follow-up/sign", &fields("  ")).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Inget är undertecknat ännu") && refused.body.contains("En till i &#60;svarsgruppen&#62;."), "{}", refused.body);
        assert_eq!(maria.post("/follow-up/sign", &fields(&too_long)).await.status, 422);
        let signed = maria.post("/follow-up/sign", &fields("Många var sjuka.")).await;
        assert_eq!(signed.status, 303);
        let page = maria.get(&signed.location).await;
        for part in ["Månaden är undertecknad.", "Undertecknad av Maria Ek i dag kl. 12.00", "Många var sjuka.", "En till i &#60;svarsgruppen&#62;."] {
            assert!(page.body.contains(part), "{part} on {}", page.body);
        }
        // A second click, or another manager, changes nothing.
        assert_eq!(maria.post("/follow-up/sign", &fields("En annan sak.")).await.status, 303);
        story.play(world, "2026-12-08 12:00").await;
        let later = maria.get(NOVEMBER).await;
        assert!(later.body.contains("Många var sjuka.") && !later.body.contains("En annan sak."), "{}", later.body);
        let tables = |body: &str| body.split("<table class=\"rows figures\"").skip(1).map(|t| t.split("</table>").next().unwrap_or_default().to_owned()).collect::<Vec<_>>();
        assert_eq!(tables(&later.body), tables(&page.body), "R33");
        // What is not over is not signed, and what has not begun is not there.
        let fields = [("unit", unit.as_str()), ("month", "2026-12"), ("comment", "x")];
        assert_eq!(maria.post("/follow-up/sign", &fields).await.status, 422);
        assert!(maria.get("/follow-up?month=2026-12").await.body.contains("undertecknas när den är slut"));
        for path in ["/follow-up?month=2027-01", "/follow-up?month=x", "/follow-up?month=2026-11&unit=00000000-0000-0000-0000-000000000000"] {
            assert_eq!(maria.get(path).await.status, 404, "{path}");
        }
        maria.language = "en";
        maria.cookies.insert("aterkom-language".to_owned(), "en".to_owned());
        let english = maria.get(NOVEMBER).await;
        assert!(english.body.contains("Signed by Maria Ek") && english.body.contains("Attempted within 2 working days"), "{}", english.body);
        world.forget_mails();
    }

    // R32, R36
    async fn nobody_but_its_managers_follows_up_a_unit(world at "2026-12-01 09:00") {
        let mut maria = Visitor::signed_in(world, TO_MARIA).await;
        let top = hidden(&maria.open("/follow-up").await.body, "unit");
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        assert!(!asa.open("/mine").await.body.contains("/follow-up"));
        let mut per = Visitor::signed_in(world, TO_PER).await;
        let own = per.open("/follow-up").await;
        assert!(own.body.contains("Bygglov, november 2026") && !own.body.contains("Exempelby kommun, november"), "{}", own.body);
        for path in [format!("/follow-up?unit={top}"), format!("/follow-up/csv?unit={top}&month=2026-11")] {
            assert_eq!(per.get(&path).await.status, 404, "{path}");
            assert_eq!(asa.get(&path).await.status, 404, "{path}");
        }
        assert_eq!(asa.get("/follow-up").await.status, 404);
        let fields = [("unit", top.as_str()), ("month", "2026-11"), ("comment", "Nej.")];
        assert_eq!(per.post("/follow-up/sign", &fields).await.status, 404);
        world.forget_mails();
    }
}
