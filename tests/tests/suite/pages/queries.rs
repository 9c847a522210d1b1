//! How much of the database a page asks for.

use super::every::every;
use aterkom_tests::{Visitor, on_both};

/// So many statements are enough for any page that people work with.
const AT_MOST: u64 = 8;

on_both! {
    async fn no_page_asks_the_database_more_than_eight_times(world at "2026-11-16 10:00") {
        let mut many = Vec::new();
        for (who, paths) in every(world).await {
            let mut visitor = match who {
                "" => Visitor::new(world),
                who => Visitor::signed_in(world, who).await,
            };
            for path in paths {
                // The first one reads the directory, and what follow-up counts.
                let status = visitor.get(&path).await.status;
                assert_eq!(status, if path == "/sign-in/x" { 410 } else { 200 }, "{path}");
                let before = world.app.store.statements();
                visitor.get(&path).await;
                let asked = world.app.store.statements() - before;
                if asked > AT_MOST {
                    many.push(format!("{path} for {who}: {asked}"));
                }
            }
        }
        assert!(many.is_empty(), "{}", many.join("; "));
    }
}
