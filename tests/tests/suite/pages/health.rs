//! What is to be put right, as the administrator sees it (R16, R17, R26, R28).

use super::{ASA, LISA, SVEN, call};
use aterkom_tests::{Visitor, on_both};

const ADMIN: &str = "it@exempelby.example";

on_both! {
    // R16: an alias that nobody has. R17, R26: a manager who is away. R36: numbers are masked.
    async fn what_is_to_be_put_right_stands_on_the_page_of_administration(world at "2026-11-17 10:00") {
        world.with_administrator(ADMIN).await;
        world.enter_absence("Per Alm", "2026-11-17", "2026-11-18", "").await;
        world.tell("1", "2026-11-17 09:00", "missed", call("1", LISA, "+46980319298")).await;
        world.tell("2", "2026-11-17 09:01", "missed", call("2", SVEN, "+46980319298")).await;
        for n in 0..5 {
            let from = format!("+467017406{:02}", 10 + n);
            world.tell(&format!("a{n}"), "2026-11-17 09:02", "missed", call(&format!("a{n}"), &from, ASA)).await;
        }
        world.forget_mails();
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let page = admin.get("/admin").await.body;
        for part in [
            "Enheten Bygglov: chefen Per Alm är borta och ingen i enheten svarar i stället.",
            "2 öppna samtal i växeln prova kom till •••98, som ingen har.",
            "Ingen växel har berättat om något meddelande på 90 dagar.",
        ] {
            assert!(page.contains(part), "{part} on {page}");
        }
        assert!(!page.contains("0980319298") && !page.contains("319298"), "{page}");
        // One message somewhere: then it is Åsa's mailbox that looks odd.
        world.tell("m", "2026-11-17 09:10", "voicemail", call("m", LISA, "+46980319233")).await;
        world.advance_to("2026-11-19 10:00").await;
        world.forget_mails();
        admin.cookies.insert("aterkom-language".to_owned(), "en".to_owned());
        let page = admin.get("/admin").await.body;
        assert!(page.contains("Åsa Öberg: missed calls for 90 days and never a message."), "{page}");
        assert!(!page.contains("Per Alm is away"), "{page}");
        world.forget_mails();
    }
}
