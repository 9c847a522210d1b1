//! What a PBX kept of calls while nobody listened fills the gap: once, at its own time, and without a burst of mails.

use super::*;
use aterkom::commands::calls::{Import, Imported};
use aterkom_tests::on_both;
use aterkom_tests::posting::event;
use aterkom_tests::world::instant;
use domain::callback::State;

/// A row of cdr.csv as Asterisk writes it by itself, in UTC: a call that rang or talked on this channel.
fn cdr(
    began: &str,
    [from, to]: [&str; 2],
    channel: &str,
    app: &str,
    [lasted, talk]: [i64; 2],
    how: &str,
) -> String {
    let at = instant(began);
    let time = |after: i64| {
        (at + chrono::TimeDelta::seconds(after)).format("%Y-%m-%d %H:%M:%S").to_string()
    };
    let answer = if talk > 0 { time(lasted - talk) } else { String::new() };
    let id = format!("{}.{}", at.timestamp(), 7);
    format!(
        "\"\",\"{from}\",\"{to}\",\"in\",\"\"\"Lisa Ek\"\" <{from}>\",\"PJSIP/trunk-{:08x}\",\"{channel}\",\"{app}\",\"\",\
         \"{}\",\"{answer}\",\"{}\",{lasted},{talk},\"{how}\",\"DOCUMENTATION\",\"{id}\",\"\"\n",
        at.timestamp(),
        time(0),
        time(lasted)
    )
}

/// Lisa rings Åsa in vain.
fn rang_out(began: &str) -> String {
    cdr(began, [LISA, "1042"], "PJSIP/1042-00000008", "Dial", [20, 0], "NO ANSWER")
        + cdr(began, [LISA, "1042"], "", "VoiceMail", [24, 4], "ANSWERED").as_str()
}

/// Åsa rings Sven from her phone.
fn called_back(began: &str, talk: i64) -> String {
    let how = if talk > 0 { "ANSWERED" } else { "NO ANSWER" };
    cdr(began, ["1042", SVEN], "PJSIP/trunk-00000009", "Dial", [talk + 10, talk], how)
}

/// Rows of cel.csv for a call to these phones: each with when its end came, and by which cause; who answered, and when.
fn cel(
    began: &str,
    [from, to]: [&str; 2],
    phones: &[(&str, i64, u8)],
    answered: Option<(&str, i64)>,
    status: &str,
    ended: i64,
) -> String {
    let at = instant(began).timestamp();
    let linked = format!("{at}.7");
    let row = |event: &str,
               after: i64,
               [number, exten]: [&str; 2],
               channel: &str,
               id: &str,
               extra: &str| {
        let extra = extra.replace('"', "\"\"");
        format!(
            "\"{event}\",\"{}.204117\",\"\",\"{number}\",\"\",\"\",\"\",\"{exten}\",\"in\",\"{channel}\",\"\",\"\",\"3\",\"\",\
            \"{id}\",\"{linked}\",\"\",\"\",\"\",\"{extra}\"\n",
            at + after
        )
    };
    let own = if from.len() == 4 {
        format!("PJSIP/{from}-00000007")
    } else {
        "PJSIP/trunk-00000007".to_owned()
    };
    let mut rows = row("CHAN_START", 0, [from, to], &own, &linked, "");
    for (n, (phone, end, cause)) in phones.iter().enumerate() {
        let (id, channel) = (format!("{at}.{}", n + 8), format!("PJSIP/{phone}-0000000{}", n + 8));
        rows += &row("CHAN_START", 0, [phone, "s"], &channel, &id, "");
        if let Some((_, after)) = answered.filter(|(who, _)| who == phone) {
            rows += &row("ANSWER", after, [phone, to], &channel, &id, "");
            rows +=
                &row("BRIDGE_ENTER", after, [phone, ""], &channel, &id, "{\"bridge_id\":\"b\"}");
        }
        rows += &row(
            "HANGUP",
            *end,
            [phone, to],
            &channel,
            &id,
            &format!("{{\"hangupcause\":{cause},\"dialstatus\":\"\"}}"),
        );
        rows += &row("CHAN_END", *end, [phone, to], &channel, &id, "");
    }
    rows += &row(
        "HANGUP",
        ended,
        [from, to],
        &own,
        &linked,
        &format!("{{\"hangupcause\":16,\"dialstatus\":\"{status}\"}}"),
    );
    rows + row("LINKEDID_END", ended, [from, to], &own, &linked, "").as_str()
}

async fn import(world: &World, source: &str, file: &str) -> Imported {
    let imported =
        Import::of(source).fill(&world.app, file.as_bytes()).await.expect("a file of calls");
    assert!(imported.rows.unread.is_empty(), "{:?}", imported.rows.unread);
    imported
}

/// Known already; new: not answered, with a message, answered, to the outside, too little.
fn counts(imported: &Imported) -> [u64; 6] {
    let f = imported.filled;
    [f.known, f.missed, f.messages, f.answered, f.called, f.unclear]
}

async fn hangup(world: &mut World, began: &str, status: &str) {
    let start = instant(began).timestamp();
    let (id, end) = (format!("{start}.7"), (start + 24).to_string());
    let peer = if status == "ANSWER" { "1042" } else { "" };
    let start = start.to_string();
    world
        .post_asterisk(&[
            ("event", "hangup"),
            ("direction", "inbound"),
            ("uniqueid", &id),
            ("linkedid", &id),
            ("callerid_num", LISA),
            ("extension", "1042"),
            ("dialstatus", status),
            ("dialedpeernumber", peer),
            ("start", &start),
            ("end", &end),
            ("billsec", "20"),
            ("vmstatus", ""),
        ])
        .await;
}

on_both! {
    // R9: the time that counts is the call's own, however late its record comes.
    async fn a_missed_call_that_nobody_heard_of_is_promised_from_its_own_time(world at "2026-11-18 12:00") {
        let file = rang_out("2026-11-16 09:12");
        assert_eq!(counts(&import(world, "asterisk", &file).await), [0, 1, 0, 0, 0, 0]);
        let callback = world.only_open().await;
        assert_eq!((owner(world, &callback).await, due_on(&callback)), ("Åsa Öberg".to_owned(), "2026-11-18".to_owned()));
        let contact = callback.contacts[0].clone();
        assert_eq!((contact.at, contact.at_marked), (instant("2026-11-16 09:12:24"), false));
        // The same file again, or a longer one that begins with it, changes nothing of it.
        let longer = file + rang_out("2026-11-17 16:30").as_str();
        assert_eq!(counts(&import(world, "asterisk", &longer).await), [1, 1, 0, 0, 0, 0]);
        let joined = world.only_open().await;
        assert_eq!((joined.contacts.len(), joined.contacts[0].clone(), due_on(&joined)), (2, contact, "2026-11-18".to_owned()));
        world.forget_mails();
    }

    // R4: idempotent with what the posts told.
    async fn what_posts_told_is_not_counted_again(world at "2026-11-17 09:00") {
        let calls = ["2026-11-17 09:00", "2026-11-17 09:10", "2026-11-17 09:20"];
        for (began, status) in calls.into_iter().zip(["NOANSWER", "ANSWER", "BUSY"]) {
            world.advance_to(began).await;
            hangup(world, began, status).await;
        }
        world.advance_to("2026-11-17 12:00").await;
        let before = world.only_open().await;
        let mut file: String = [0, 2].map(|i| rang_out(calls[i])).concat();
        file += &cdr(calls[1], [LISA, "1042"], "PJSIP/1042-00000008", "Dial", [24, 20], "ANSWERED");
        assert_eq!(counts(&import(world, "asterisk", &file).await), [3, 0, 0, 0, 0, 0]);
        assert_eq!(world.only_open().await, before);
        file += &rang_out("2026-11-17 11:00");
        assert_eq!(counts(&import(world, "asterisk", &file).await), [3, 1, 0, 0, 0, 0]);
        assert_eq!(world.only_open().await.contacts.len(), before.contacts.len() + 1);
        world.forget_mails();
    }

    // R21: a call-back that was made meanwhile is not asked for again.
    async fn a_call_back_that_nobody_heard_of_resolves(world at "2026-11-17 09:00") {
        let missed = cdr("2026-11-16 09:00", [SVEN, "1042"], "PJSIP/1042-00000008", "Dial", [20, 0], "NO ANSWER");
        import(world, "asterisk", &missed).await;
        assert_eq!(world.only_open().await.state, State::Open);
        let file = missed + called_back("2026-11-16 13:00", 0).as_str() + called_back("2026-11-16 14:00", 95).as_str();
        assert_eq!(counts(&import(world, "asterisk", &file).await), [1, 0, 0, 0, 2, 0]);
        let callback = world.only_open().await;
        assert!(matches!(callback.state, State::Provisional { disposition: Disposition::ReachedByPbx, .. }), "{callback:?}");
        world.forget_mails();
    }

    // R3: a colleague in the ring group answers for it; voicemail never does.
    async fn records_of_a_group_are_one_call(world at "2026-11-18 12:00") {
        let at = "2026-11-17 10:00";
        let rows = |how: [&str; 2], talk: i64| {
            cdr(at, [LISA, "600"], "PJSIP/1042-00000008", "Dial", [20, 0], how[0])
                + cdr(at, [LISA, "600"], "PJSIP/1043-00000009", "Dial", [20 + talk, talk], how[1]).as_str()
        };
        let answered = import(world, "asterisk", &rows(["NO ANSWER", "ANSWERED"], 40)).await;
        assert_eq!(counts(&answered), [0, 0, 0, 1, 0, 0]);
        assert!(world.open().await.is_empty());
        let later = rows(["NO ANSWER", "NO ANSWER"], 0).replace(&instant(at).timestamp().to_string(), &instant("2026-11-17 10:30").timestamp().to_string());
        assert_eq!(counts(&import(world, "asterisk", &later).await), [0, 1, 0, 0, 0, 0]);
        assert_eq!(owner(world, &world.only_open().await).await, "Bygglov");
        world.forget_mails();
    }

    // R2, R3: events tell what records do not: who gave up, and why a phone was not taken up.
    async fn events_of_channels_tell_the_whole_call(world at "2026-11-18 12:00") {
        let lisa = |to| [LISA, to];
        for (file, came_to, case) in [
            (cel("2026-11-17 09:00", lisa("1042"), &[("1042", 20, 0)], None, "NOANSWER", 24), "NoAnswer", "it rang out"),
            (cel("2026-11-17 09:01", lisa("1042"), &[("1042", 0, 17)], None, "BUSY", 2), "Busy", "engaged"),
            (cel("2026-11-17 09:02", lisa("1042"), &[("1042", 9, 0)], None, "CANCEL", 9), "Abandoned", "the caller gave up"),
            (cel("2026-11-17 09:03", lisa("1042"), &[("1042", 0, 20)], None, "CHANUNAVAIL", 0), "Offline", "the phone was off"),
            (cel("2026-11-17 09:04", lisa("600"), &[("1042", 8, 0), ("1043", 8, 0)], None, "NOANSWER", 8), "NoAnswer", "a group, nobody"),
        ] {
            assert_eq!(counts(&import(world, "asterisk", &file).await), [0, 1, 0, 0, 0, 0], "{case}");
            let open = world.open().await;
            let contact = open.iter().flat_map(|c| &c.contacts).max_by_key(|c| c.at).expect("somebody waits");
            assert!(format!("{:?}", contact.kind).contains(came_to), "{case}: {:?}", contact.kind);
        }
        let open = world.open().await.len();
        let answered = cel("2026-11-17 09:05", lisa("600"), &[("1042", 4, 26), ("1043", 64, 16)], Some(("1043", 4)), "ANSWER", 64);
        assert_eq!(counts(&import(world, "asterisk", &answered).await), [0, 0, 0, 1, 0, 0]);
        // R22: 60 s with one of the unit: the caller has reached us.
        let still = world.open().await;
        assert!(still.iter().any(|c| matches!(c.state, State::Provisional { disposition: Disposition::CallerReachedUs, .. })), "{still:?}");
        assert_eq!(still.len(), open);
        let back = cel("2026-11-17 09:30", ["1042", SVEN], &[("trunk", 40, 16)], Some(("trunk", 10)), "ANSWER", 40);
        assert_eq!(counts(&import(world, "asterisk", &back).await), [0, 0, 0, 0, 1, 0]);
        world.forget_mails();
    }

    // R6: the network's number stands in a record though the caller withheld it; our dialplan marks the record.
    async fn a_caller_who_withheld_the_number_stays_withheld(world at "2026-11-18 12:00") {
        let file = rang_out("2026-11-17 09:00").replace("\"\"\n", "\"withheld\"\n");
        assert_eq!(counts(&import(world, "asterisk", &file).await), [0, 1, 0, 0, 0, 0]);
        assert!(world.open().await.is_empty(), "withheld without a message: only counted");
    }

    // R25: nobody gets a mail for each gap that is filled; the next digest has it.
    async fn an_import_is_no_news(world at "2026-11-17 09:30" with "[rounds]\nnew_every_minutes = 30\n") {
        let file: String = (0..30).map(|n| rang_out(&format!("2026-11-16 09:{n:02}"))).collect();
        assert_eq!(counts(&import(world, "asterisk", &file).await), [0, 30, 0, 0, 0, 0]);
        assert_eq!(world.only_open().await.contacts.len(), 30);
        world.advance_to("2026-11-17 12:59").await;
        assert!(world.smtp.taken().is_empty(), "no mail before the next round");
        world.advance_to("2026-11-18 08:20").await;
        let digest = world.mailbox("asa.oberg@exempelby.example").only();
        assert!(digest.words().contains("30 gånger"), "{}", digest.text);
        // Who rings again after that is news, also where the callback was a file's.
        world.advance_to("2026-11-18 09:00").await;
        world.post("voicemail", lasting("9", LISA, ASA, 30)).await;
        world.advance_to("2026-11-18 09:35").await;
        assert_eq!(world.mailbox("asa.oberg@exempelby.example").only().subject, "Nytt att ringa upp: 1, 1 senast i dag");
        world.forget_mails();
    }

    // R9, R10: any file whose columns are mapped; without names of calls, the same people at the same time are the same call.
    async fn a_file_of_any_pbx_is_read_by_its_mapping(world at "2026-11-17 09:00" with MAPPED) {
        let post = event("evt_1", "2026-11-17 09:00", "missed", &call("1", LISA, ASA)).to_string();
        assert_eq!(world.post_bytes("vaxeln2", post).await, 200);
        world.advance_to("2026-11-17 12:00").await;
        let row = |time: &str, from: &str, to: &str, how: &str, talk: &str| format!("17.11.2026 {time};{from};{to};{how};{talk}\r\n");
        let file = format!(
            "\u{feff}Tid;Från;Till;Resultat;Samtalstid\r\n{}{}{}{}",
            row("08:59:58", "070-174 06 05", "0980-319232", "Missat", ""),
            row("09:40:00", "070-174 06 06", "0980-319232", "Missat", ""),
            row("10:10:00", "0980-319232", "070-174 06 06", "Besvarat", "0:01:35"),
            row("11:00:00", "070-174 06 07", "0980-319241", "Röstmeddelande", "0:00:30"),
        );
        let imported = Import::of("vaxeln2").fill(&world.app, file.as_bytes()).await.expect("a file of calls");
        assert_eq!(counts(&imported), [1, 1, 1, 0, 1, 0]);
        let again = Import::of("vaxeln2").fill(&world.app, file.as_bytes()).await.expect("a file of calls");
        assert_eq!(counts(&again), [4, 0, 0, 0, 0, 0]);
        let open = world.open().await;
        let entries = open.iter().filter(|c| messages(c) == 1).count();
        assert_eq!((open.len(), entries), (3, 1), "{open:#?}");
        world.forget_mails();
    }
}

const MAPPED: &str = "[[sources]]\nname = \"vaxeln2\"\nadapter = \"native\"\nsecrets = [\"test-token-1234\"]\n\
    [sources.records]\ncaller = \"Från\"\ncalled = \"Till\"\noutcome = \"Resultat\"\nended_at = \"Tid\"\n\
    times = \"%d.%m.%Y %H:%M:%S\"\nduration = \"Samtalstid\"\nduration_unit = \"h:m:s\"\n\
    [sources.records.outcomes]\nMissat = \"missed\"\nBesvarat = \"answered\"\n\"Röstmeddelande\" = \"voicemail\"\n";
