//! Pages for everybody: how it works, and how accessible it is.

use super::*;
use aterkom_tests::{Visitor, on_both};

on_both! {
    // R11, R35: what is said is what is set.
    async fn how_it_works_is_said_to_everybody_as_it_is_set(world at "2026-11-17 10:00" with "[policy]\nworking_days = 3\nmissed_calls = \"list\"\n[retention]\nnumber_months = 6\n") {
        let mut nobody = Visitor::new(world);
        let page = nobody.get("/help").await;
        assert_eq!(page.status, 200);
        for part in ["inom 3 arbetsdagar", "arbetsdag nummer 3", "står på listan i 5 arbetsdagar", "6 månader efter", "tills ni har beslutat om gallring", "href=\"/accessibility\""] {
            assert!(page.body.contains(part), "{part} on {}", page.body);
        }
        nobody.language = "en";
        let page = nobody.get("/help").await;
        assert!(page.body.contains("within 3 working days") && page.body.contains("6 months after"), "{}", page.body);
        let statement = nobody.get("/accessibility").await;
        assert!(statement.body.contains("mailto:vaxel@exempelby.example"), "{}", statement.body);
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let page = asa.get("/help").await;
        assert!(page.body.contains("Inloggad som Åsa Öberg") && page.body.contains("/mine"), "{}", page.body);
    }
}
