//! Never nobody: whose a callback is, and who gets the mail (R15, R16).

use super::{AMIR, ASA, LISA, SVEN, call, owner, responsible};
use aterkom_tests::on_both;
use aterkom_tests::world::PEOPLE;
use domain::directory::{Owner, Responsible};

/// The people file with each of these replaced; what is not in it is a mistake in the test.
fn people(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(PEOPLE.to_owned(), |file, (from, to)| {
        assert!(file.contains(from), "{from}");
        file.replace(from, to)
    })
}

const AMIR_WORKS_HERE: &str =
    "employee,Amir Nouri,Äldreomsorg,amir.nouri@exempelby.example,,,,,,\n";

on_both! {
    // R15, R16
    async fn each_kind_of_line_leads_to_somebody(world at "2026-11-17 10:00") {
        let cases = [
            ("+46980319211", "Bygglov", "bygglov@exempelby.example"),
            ("+46980319220", "Äldreomsorg", "aldreomsorg@exempelby.example"),
            ("+46980319200", "Exempelby kommun", "expeditionen@exempelby.example"),
            ("+46980319298", "the organisation", "vaxel@exempelby.example"),
            (ASA, "Åsa Öberg", "asa.oberg@exempelby.example"),
        ];
        for (to, ..) in cases {
            world.tell(to, "2026-11-17 09:00", "missed", call(to, LISA, to)).await;
        }
        let open = world.open().await;
        let mut owners = Vec::new();
        for callback in &open {
            owners.push(owner(world, callback).await);
        }
        for (_, name, _) in cases {
            assert_eq!(owners.iter().filter(|owner| *owner == name).count(), 1, "{name}: {owners:?}");
        }
        world.advance_to("2026-11-18 08:16").await;
        for (to, _, address) in cases {
            let digest = world.mailbox(address).only();
            assert_eq!(digest.subject, "Att ringa upp: 1", "{to}");
        }
    }

    // R15: whoever's phone rang.
    async fn a_group_is_its_units_whoever_rang(world at "2026-11-17 10:00") {
        for (id, extension) in [("1", "231"), ("2", "232"), ("3", "")] {
            let mut data = call(id, LISA, "+46980319211");
            data["extension"] = extension.into();
            world.post("missed", data).await;
        }
        let callback = world.only_open().await;
        assert_eq!((owner(world, &callback).await.as_str(), callback.contacts.len()), ("Bygglov", 3));
    }

    // R15: the extension rung at the switchboard.
    async fn a_switchboard_call_is_about_the_extension_that_rang(world at "2026-11-17 10:00") {
        let mut data = call("1", LISA, "+46980319200");
        data["extension"] = "232".into();
        world.post("missed", data).await;
        assert_eq!(owner(world, &world.only_open().await).await, "Åsa Öberg");
    }

    // R16
    async fn the_mail_of_somebody_who_left_goes_to_the_reception(world at "2026-11-17 10:00") {
        world.tell("1", "2026-11-17 09:00", "missed", call("1", LISA, AMIR)).await;
        let before = world.only_open().await;
        world.import(&people(&[(AMIR_WORKS_HERE, ""), (",amir.nouri@exempelby.example,", ",,")])).await;
        // Until somebody has looked, a reception answers: nothing depends on when that is.
        assert!(matches!(responsible(world, &before).await, Responsible::Reception(_)));
        world.advance_to("2026-11-18 08:16").await;
        let digest = world.mailbox("aldreomsorg@exempelby.example").only();
        assert!(digest.words().contains("till Amir Nouri"), "{}", digest.text);
        let after = world.only_open().await;
        assert!(matches!(after.holder(), Owner::Unit(_)));
        assert_eq!((after.owner, &after.due), (before.owner, &before.due), "R5, R13");
        // R26: the manager still answers for it.
        world.advance_to("2026-11-19 08:31").await;
        let list = world.mailbox("sara.lind@exempelby.example").only();
        assert!(list.text.contains("Senast i dag, ingen har försökt\n"), "{}", list.text);
        world.forget_mails();
        // His line is the unit's now.
        world.tell("2", "2026-11-19 08:00", "missed", call("2", SVEN, AMIR)).await;
        let new = world.open().await.into_iter().find(|c| c.id != before.id).expect("a new one");
        assert_eq!(owner(world, &new).await, "Äldreomsorg");
        world.forget_mails();
    }

    // R15
    async fn a_line_that_changes_hands_moves_no_old_callback(world at "2026-11-17 10:00") {
        world.tell("1", "2026-11-17 09:00", "missed", call("1", LISA, ASA)).await;
        let old = world.only_open().await;
        world.sleep_until("2026-11-18 07:00");
        world.import(&people(&[(",person,asa.oberg@exempelby.example,", ",person,john.hill@exempelby.example,")])).await;
        world.tell("2", "2026-11-18 06:59", "missed", call("2", LISA, ASA)).await;
        // A call of the day before, told late.
        world.tell("3", "2026-11-17 16:00", "missed", call("3", LISA, ASA)).await;
        let open = world.open().await;
        let new = open.iter().find(|c| c.id != old.id).expect("a new one");
        assert_eq!(owner(world, new).await, "John Hill");
        let old = world.callback(old.id).await;
        assert_eq!((owner(world, &old).await.as_str(), old.contacts.len()), ("Åsa Öberg", 2));
        assert_eq!(open.len(), 2);
    }

    // R16, R26: a unit that is closed takes nobody's promise with it.
    async fn what_a_closed_unit_promised_stays_on_a_list(world at "2026-11-17 10:00") {
        world.tell("1", "2026-11-17 09:00", "missed", call("1", LISA, "+46980319220")).await;
        let unit = "unit,Äldreomsorg,Exempelby kommun,,sara.lind@exempelby.example,aldreomsorg@exempelby.example,,,,\n";
        let sara = "employee,Sara Lind,Äldreomsorg,sara.lind@exempelby.example,,,,,,\n";
        world.import(&people(&[(unit, ""), (sara, ""), (",Äldreomsorg,", ",Bygglov,")])).await;
        world.advance_to("2026-11-18 08:31").await;
        assert_eq!(world.mailbox("expeditionen@exempelby.example").len(), 1);
        world.advance_to("2026-11-20 08:00").await;
        world.forget_mails();
        world.advance_to("2026-11-20 08:31").await;
        let list = world.mailbox("maria.ek@exempelby.example").only();
        assert!(list.text.contains("Äldreomsorg: 1 öppen återkoppling\n\n  Försenade"), "{}", list.text);
        world.forget_mails();
    }
}
