//! How much of the database a page asks for.

use super::*;
use aterkom_tests::{Visitor, on_both};
use domain::directory::Owner;

/// So many statements are enough for any page that people work with.
const AT_MOST: u64 = 8;
const ADMIN: &str = "it@exempelby.example";

on_both! {
    async fn no_page_asks_the_database_more_than_eight_times(world at "2026-11-16 10:00") {
        world.with_administrator(ADMIN).await;
        world.post("voicemail", call("1", LISA, ASA)).await;
        world.post("voicemail", call("2", SVEN, GROUP)).await;
                world.advance_to("2026-11-19 10:00").await;
        world.enter_absence("Åsa Öberg", "2026-11-19", "2026-11-20", "John Hill").await;
        world.forget_mails();
        crate::sources::made(&mut Visitor::signed_in(world, ADMIN).await, "ny").await;
        let open = world.open().await;
        let of_asa = open.iter().find(|callback| matches!(callback.owner, Owner::Employee(_)));
        let callback = format!("/callbacks/{}", of_asa.expect("Åsa was called").id);
        let mut many = Vec::new();
        for (who, paths) in [
            (TO_ASA, &["/mine", "/mine/figures", "/settings", "/note", "/away", "/help", &callback][..]),
            (TO_JOHN, &["/mine"]),
            (TO_PER, &["/unit", "/unit?show=late", "/unit?show=uncovered", "/follow-up", &callback]),
            (TO_MARIA, &["/unit", "/mine", "/follow-up"]),
            ("vaxel@exempelby.example", &["/reception", "/mine", "/note"]),
            (ADMIN, &[
                "/admin", "/admin/set-up", "/admin/sources/vaxeln", "/admin/sources/ny", "/admin/people", "/admin/calendar",
                "/admin/policy", "/admin/mail", "/admin/retention", "/admin/read-log",
            ]),
        ] {
            let mut visitor = Visitor::signed_in(world, who).await;
            for path in paths {
                // The first one reads the directory, and what follow-up counts.
                assert_eq!(visitor.get(path).await.status, 200, "{path}");
                let before = world.app.store.statements();
                visitor.get(path).await;
                let asked = world.app.store.statements() - before;
                if asked > AT_MOST {
                    many.push(format!("{path} for {who}: {asked}"));
                }
            }
        }
        assert!(many.is_empty(), "{}", many.join("; "));
    }
}
