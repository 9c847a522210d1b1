//! Weekdays off, and managers who are not there (R16, R17, R26).

use super::{ASA, LISA, SVEN, TO_ASA, TO_JOHN, TO_MARIA, TO_PER, call};
use aterkom_tests::world::PEOPLE;
use aterkom_tests::{Visitor, on_both};

/// Åsa does not work on Wednesdays, when John answers for what cannot wait; Åsa is Per's deputy.
fn part_time() -> String {
    let rows = [
        ("employee,aliases\n", "employee,aliases,workdays,substitute,deputy\n"),
        (
            "asa.oberg@exempelby.example,,,,,,\n",
            "asa.oberg@exempelby.example,,,,,,,mån-tis tor-fre,john.hill@exempelby.example,\n",
        ),
        (
            "bygglov@exempelby.example,per.alm@exempelby.example,,,,,\n",
            "bygglov@exempelby.example,per.alm@exempelby.example,,,,,,,,asa.oberg@exempelby.example\n",
        ),
    ];
    rows.iter().fold(PEOPLE.to_owned(), |file, (from, to)| {
        assert!(file.contains(from), "{from}");
        file.replace(from, to)
    })
}

on_both! {
    // R13, R17: what can wait, waits; what falls due is told to who stands in; both see it. 18 November is a Wednesday.
    async fn on_a_weekday_off_only_what_falls_due_is_somebody_elses(world at "2026-11-16 10:00") {
        world.import(&part_time()).await;
        world.tell("1", "2026-11-16 09:00", "missed", call("1", LISA, ASA)).await;
        let due = world.only_open().await;
        world.advance_to("2026-11-17 15:00").await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
        world.tell("2", "2026-11-17 14:00", "missed", call("2", SVEN, ASA)).await;
        world.advance_to("2026-11-18 12:00").await;
        let digest = world.mailbox(TO_JOHN).only();
        assert_eq!(digest.subject, "To call back: 1, 1 due today");
        assert!(world.mailbox(TO_ASA).is_empty(), "no mail on a weekday off");
        let waits = world.open().await.into_iter().find(|c| c.id != due.id).expect("Sven's");
        let mut john = Visitor::signed_in(world, TO_JOHN).await;
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let (path, other) = (format!("/callbacks/{}", due.id), format!("/callbacks/{}", waits.id));
        assert_eq!((john.get(&path).await.status, john.get(&other).await.status), (200, 404));
        assert_eq!((asa.get(&path).await.status, asa.get(&other).await.status), (200, 200));
        let lists = [john.get("/mine").await.body, asa.get("/mine").await.body];
        let shows = |id: domain::ids::CallbackId| lists.each_ref().map(|l| l.contains(&id.to_string()));
        assert_eq!((shows(due.id), shows(waits.id)), ([true, true], [false, true]));
        // Nobody has called Lisa: on Thursday it is Åsa's again, and there is no summary of a day off.
        world.forget_mails();
        world.advance_to("2026-11-19 08:20").await;
        let digest = world.mailbox(TO_ASA).only();
        assert!(digest.words().contains("FÖRSENAD") || digest.words().contains("försenad"), "{}", digest.text);
        assert!(!digest.words().contains("Välkommen tillbaka"), "{}", digest.text);
        assert_eq!(world.callback(due.id).await.due, due.due, "R13");
        world.forget_mails();
    }

    // R17, R26, R36: the deputy reads the list and may do what the manager may; on a day off of theirs the one above.
    async fn while_a_manager_is_away_the_deputy_has_the_list(world at "2026-11-16 10:00") {
        world.import(&part_time()).await;
        world.enter_absence("Per Alm", "2026-11-17", "2026-11-19", "").await;
        world.tell("1", "2026-11-16 09:00", "missed", call("1", LISA, "+46980319211")).await;
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        assert_eq!(asa.get("/unit").await.status, 404);
        world.forget_mails();
        world.advance_to("2026-11-18 08:35").await; // due today; Åsa has the day off as well
        let list = world.mailbox(TO_MARIA).only();
        assert!(list.words().contains("Bygglov: 1 öppen återkoppling"), "{}", list.text);
        world.forget_mails();
        world.advance_to("2026-11-19 08:35").await;
        let lists = [TO_PER, TO_MARIA].map(|to| world.mailbox(to).len());
        assert_eq!(lists, [0, 0], "one list, one reader");
        let subjects: Vec<String> = world.mailbox(TO_ASA).0.into_iter().map(|m| m.subject).collect();
        assert_eq!(subjects, ["1 försenad återkoppling"]);
        assert_eq!(asa.get("/unit").await.status, 200);
        world.advance_to("2026-11-20 08:35").await;
        assert_eq!(world.mailbox(TO_PER).0.last().map(|m| m.subject.as_str()), Some("1 försenad återkoppling"));
        assert_eq!(asa.get("/unit").await.status, 404);
        world.forget_mails();
    }
}
