//! `contrib/asterisk/aterkom-spool`: nothing that Asterisk told is lost while nobody takes it.

use aterkom_tests::on_both;
use aterkom_tests::world::TOKEN;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../contrib/asterisk/aterkom-spool");

/// A PBX's folders, and where Återkom is said to be.
struct Pbx(tempfile::TempDir);

impl Pbx {
    fn new(url: &str) -> Self {
        let pbx = Self(tempfile::tempdir().expect("the PBX's folder works"));
        fs::create_dir_all(pbx.spool()).expect("the PBX's folder works");
        pbx.knows(url);
        pbx
    }

    fn spool(&self) -> PathBuf {
        self.0.path().join("spool")
    }

    fn knows(&self, url: &str) {
        let lines = format!(
            "# system = pbx1\nurl = \"{url}\"\nheader = \"Authorization: Bearer {TOKEN}\"\nconnect-timeout = 2\nmax-time = 5\n"
        );
        fs::write(self.0.path().join("aterkom.curl"), lines).expect("the PBX's folder works");
    }

    /// What the dialplan writes when a call has ended.
    fn call(&self, at: i64, uniqueid: &str) {
        let body = format!(
            "event=hangup&system=pbx1&direction=inbound&uniqueid={uniqueid}&linkedid={uniqueid}&channel=PJSIP%2Ftrunk-{uniqueid}\
             &callerid_num=%2B46701740605&callerid_pres=allowed&extension=1042&dialstatus=NOANSWER&start={at}.5&end={at}.9&complete=1"
        );
        fs::write(self.spool().join(format!("{at}-{uniqueid}.post")), body)
            .expect("the PBX's folder works");
    }

    fn message(&self, id: &str, origtime: i64) {
        let folder = self.0.path().join("voicemail/default/1042/INBOX");
        fs::create_dir_all(&folder).expect("the PBX's folder works");
        let text = format!(
            "[message]\norigmailbox=1042\ncallerchan=PJSIP/trunk-9\ncallerid=\"Åsa & 'co' $(x)\" <0701740606>\norigtime={origtime}\ncategory=\nmsg_id={id}\nflag=\nduration=23\n"
        );
        fs::write(folder.join("msg0000.txt"), text).expect("the PBX's folder works");
    }

    async fn run(&self, words: &[&str]) -> Output {
        let under = |name: &str| self.0.path().join(name);
        let mut command = Command::new("sh");
        command
            .arg(SCRIPT)
            .args(words)
            .env("ATERKOM_SPOOL", self.spool())
            .env("ATERKOM_VOICEMAIL", under("voicemail"))
            .env("ATERKOM_CURL", under("aterkom.curl"));
        let ended = tokio::task::spawn_blocking(move || command.output()).await;
        ended.expect("it ends").expect("sh runs")
    }

    async fn status(&self) -> String {
        String::from_utf8(self.run(&["status"]).await.stdout).expect("the PBX's folder works")
    }

    fn waiting(&self) -> usize {
        posts(&self.spool())
    }
}

fn posts(folder: &Path) -> usize {
    let files = fs::read_dir(folder).expect("the PBX's folder works").flatten();
    files.filter(|file| file.path().extension().is_some_and(|e| e == "post")).count()
}

on_both! {
    // R9, R11: what was told on Friday and taken on Wednesday is promised from Friday on.
    async fn what_nobody_took_waits_and_keeps_its_time(world at "2026-11-24 10:00") {
        let pbx = Pbx::new("http://127.0.0.1:9/hooks/asterisk"); // nobody listens there
        let friday = 1_795_165_200; // 2026-11-20 10:00 in Stockholm
        for n in 0..5 {
            pbx.call(friday + n, &format!("{}.{n}", friday + n));
        }
        pbx.message("m-1", friday + 100);
        let ended = pbx.run(&["voicemail"]).await;
        assert!(ended.status.success(), "{ended:?}");
        assert_eq!(pbx.waiting(), 6);
        assert!(pbx.status().await.starts_with("6 posts wait, the oldest of 2026-11-20T"), "{}", pbx.status().await);
        pbx.knows(&format!("{}/hooks/asterisk", world.base));
        let ended = pbx.run(&["voicemail"]).await;
        assert!(ended.status.success(), "{ended:?}");
        assert_eq!(pbx.status().await, "0 posts wait; 0 were refused\n");
        pbx.run(&["default", "1042", "1", "0", "0"]).await; // the message again, as whenever somebody listens
        // The script has the machine's clock: if that is ahead of this world's, the message is settled a minute after its post.
        world.advance_to("2026-11-24 10:02").await;
        let mut due: Vec<_> = world.open().await.into_iter().map(|c| (c.standing().count(), c.due.expect("a last day").due_on.to_string())).collect();
        due.sort();
        assert_eq!(due, [(1, "2026-11-24".to_owned()), (5, "2026-11-24".to_owned())]);
    }

    async fn messages_that_were_there_before_are_taken_for_told(world at "2026-11-24 10:00") {
        let pbx = Pbx::new(&format!("{}/hooks/asterisk", world.base));
        let empty = pbx.run(&["begin"]).await;
        assert!(empty.status.success(), "{empty:?}");
        pbx.message("m-1", 1_795_165_200);
        let begun = pbx.run(&["begin"]).await;
        assert_eq!(String::from_utf8_lossy(&begun.stdout), "1 messages are taken for told\n");
        pbx.run(&["voicemail"]).await;
        pbx.message("m-2", 1_795_168_800);
        pbx.run(&["voicemail"]).await;
        world.advance_to("2026-11-24 10:02").await;
        assert_eq!(world.only_open().await.standing().count(), 1);
    }

    async fn what_is_half_written_or_wrong_holds_up_nothing(world at "2026-11-24 10:00") {
        let pbx = Pbx::new(&format!("{}/hooks/asterisk", world.base));
        fs::write(pbx.spool().join("1795165200-half.post"), "event=hangup&direction=inb").expect("the PBX's folder works");
        pbx.call(1_795_165_201, "1795165201.1");
        pbx.run(&["drain"]).await;
        assert_eq!(pbx.waiting(), 1, "the half one");
        fs::write(pbx.spool().join("1795165202-large.post"), format!("x={}&complete=1", "y".repeat(2 << 20))).expect("the PBX's folder works");
        pbx.call(1_795_165_203, "1795165203.1");
        pbx.run(&["drain"]).await;
        assert!(pbx.status().await.ends_with("; 1 were refused\n"), "{}", pbx.status().await);
        assert_eq!(pbx.waiting(), 1);
        world.work().await;
        assert_eq!(world.only_open().await.standing().count(), 2);
        // A password that is wrong loses nothing.
        let keys = fs::read_to_string(pbx.0.path().join("aterkom.curl")).expect("the PBX's folder works");
        fs::write(pbx.0.path().join("aterkom.curl"), keys.replace(TOKEN, "wrong-token-1234")).expect("the PBX's folder works");
        pbx.call(1_795_165_204, "1795165204.1");
        pbx.run(&["drain"]).await;
        assert_eq!(pbx.waiting(), 2);
    }
}
