//! What systemd is told by `serve`.

use super::folder;
use aterkom_tests::binary::{Serving, client, free_port};
use std::os::unix::net::UnixDatagram;
use std::time::Duration;

/// Nothing that is waited for here takes longer on a machine that works.
const PATIENCE: Duration = Duration::from_secs(60);

/// systemd's end of the socket.
struct Systemd(UnixDatagram);

impl Systemd {
    /// What it is told next.
    fn hears(&self) -> String {
        let mut message = [0; 256];
        let length = self.0.recv(&mut message).expect("it is told something in time");
        String::from_utf8_lossy(&message[..length]).trim_end().to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn systemd_is_told_when_serve_is_ready_alive_and_stopping() {
    let folder = folder("");
    let path = folder.path().join("notify");
    let systemd = Systemd(UnixDatagram::bind(&path).expect("a socket"));
    systemd.0.set_read_timeout(Some(PATIENCE)).expect("a socket takes its options");
    let socket = path.to_str().expect("a path of ASCII");
    let variables = [("NOTIFY_SOCKET", socket), ("WATCHDOG_USEC", "200000")];
    let port = free_port();
    let mut serving = Serving::start_with(folder.path(), port, &[], &variables);
    assert_eq!(systemd.hears(), "READY=1");
    let url = format!("http://127.0.0.1:{port}/readyz");
    let ready = client().get(url).send().await.expect("who is ready listens");
    assert_eq!(ready.status(), 200);
    assert_eq!(systemd.hears(), "WATCHDOG=1");
    assert_eq!(systemd.hears(), "WATCHDOG=1");
    serving.terminate();
    let last = std::iter::repeat_with(|| systemd.hears()).find(|told| told != "WATCHDOG=1");
    assert_eq!(last.as_deref(), Some("STOPPING=1"));
    assert!(serving.ended().await.success());
}
