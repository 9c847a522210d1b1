//! Servers that never come to an end.

use super::*;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use tokio::io::ReadBuf;

const PATIENCE: Duration = Duration::from_secs(60);

/// Says the same again and again, and counts what was taken of it.
struct Endless {
    what: &'static [u8],
    said: Arc<AtomicUsize>,
}

impl AsyncRead for Endless {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        while buffer.remaining() > 0 {
            let said = self.said.load(Ordering::Relaxed);
            buffer.put_slice(&[self.what[said % self.what.len()]]);
            self.said.store(said + 1, Ordering::Relaxed);
        }
        Poll::Ready(Ok(()))
    }
}

/// What is heard of that, and how many bytes were taken.
async fn hear(what: &'static [u8]) -> (Result<Answer, Lost>, usize) {
    let said = Arc::<AtomicUsize>::default();
    let stream = tokio::io::join(Endless { what, said: said.clone() }, tokio::io::sink());
    let heard = Wire::new(Box::new(stream)).hear(PATIENCE, |_| {}).await;
    (heard, said.load(Ordering::Relaxed))
}

// 10 MB of banner cost no more than the 10 KB of it that are looked at; and neither do 10 GB.
#[tokio::test]
async fn of_a_line_without_end_a_few_kilobytes_are_read() {
    for what in [&b"a banner "[..], b"220-a banner ", b"\xff\xfe", b"\0"] {
        let (heard, taken) = hear(what).await;
        assert_eq!(heard, Err(Lost::Nonsense));
        assert!(taken <= 4_096 + 8_192, "{taken} bytes");
    }
}

#[tokio::test]
async fn of_an_answer_without_end_a_hundred_lines_are_read() {
    let (heard, taken) = hear(b"250-SIZE 1000000\r\n").await;
    assert_eq!(heard, Err(Lost::Nonsense));
    assert!(taken <= MOST_LINES * 18 + 8_192, "{taken} bytes");
}

#[tokio::test]
async fn an_answer_of_several_lines_is_one() {
    for (said, heard) in [
        (&b"250-a\r\n250-b\r\n250 c\r\n"[..], Ok("250")),
        (b"550 5.1.1 no\r\n", Ok("550 5.1.1")),
        (b"550-5.1.1 no\n550 5.1.1 really\n", Ok("550 5.1.1")),
        (b"220 caf\xe9\r\n", Ok("220")),
        (b"220 cut", Err(Lost::Gone)),
        (b"", Err(Lost::Gone)),
        (b"250-a\r\n", Err(Lost::Gone)),
        (b"hello\r\n", Err(Lost::Nonsense)),
    ] {
        let stream = tokio::io::join(said, tokio::io::sink());
        let answer = Wire::new(Box::new(stream)).hear(PATIENCE, |_| {}).await;
        assert_eq!(answer.map(|a| a.to_string()), heard.map(str::to_owned), "{said:?}");
    }
}
