//! Opening a page of somebody who has more than a page of callbacks, among few and among many.

use crate::Plan;
use crate::many::{Many, address};
use crate::samples::{Samples, head, row};
use aterkom_tests::binary;
use clock::Stopwatch;
use domain::ids::AccountId;
use reqwest::header::COOKIE;
use store::token::Token;
use store::{accounts, sessions};
use tokio::net::TcpListener;

/// A page takes some milliseconds only, so that many openings are one repetition.
const OPENINGS: usize = 10;
/// What each of the pages has, so that none is measured that says something else.
const PAGES: [(&str, &str); 2] = [("/mine", "<li class=\"card"), ("/unit", "<tr class=")];

/// Opens them in turns on both databases, signed in as the manager of a unit.
pub(crate) async fn measure(plan: Plan, few: &Many, many: &Many) {
    head(&[
        "opening a page",
        &format!("{} open, ms", few.callbacks),
        &format!("{} open, ms", many.callbacks),
        "ratio",
    ]);
    let readers = [
        Reader::of(few, &serve(few).await, 0).await,
        Reader::of(many, &serve(many).await, 0).await,
    ];
    for (path, mark) in PAGES {
        let rows = [readers[0].count(path, mark).await, readers[1].count(path, mark).await];
        let (mut took, mut ratio) = ([Samples::default(), Samples::default()], Samples::default());
        for _ in 0..plan.repetitions {
            let mut ms = [0.0; 2];
            for (ms, reader) in ms.iter_mut().zip(&readers) {
                let mut opened = Samples::default();
                for _ in 0..OPENINGS {
                    opened.add(reader.open(path).await.0);
                }
                *ms = opened.median();
            }
            took.iter_mut().zip(ms).for_each(|(took, ms)| took.add(ms));
            ratio.add(ms[1] / ms[0]);
        }
        let name = format!("`{path}`, {} and {} rows", rows[0], rows[1]);
        row(&[name, took[0].told(1), took[1].told(1), ratio.told(2)]);
    }
}

/// Serves this installation; says where.
pub(crate) async fn serve(many: &Many) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("a listener has an address"));
    let router = many.app.router(true);
    tokio::spawn(async move { axum::serve(listener, router).await });
    base
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    client: reqwest::Client,
    base: String,
    cookie: String,
}

impl Reader {
    /// The employee of that number.
    pub(crate) async fn of(many: &Many, base: &str, n: usize) -> Self {
        let (clock, token) = (&many.app.clock, Token::random().expect("random numbers"));
        let tx = many.app.store.begin().await.expect("storage works");
        let account = AccountId(clock.new_id());
        let account = accounts::keep(&tx, &address(n), account, clock.now()).await;
        let account = account.expect("storage works").id;
        let begun = sessions::begin(&tx, account, token.hash(), clock.new_id(), clock.now()).await;
        begun.expect("storage works");
        tx.commit().await.expect("storage works");
        let cookie = format!("aterkom={}", token.expose());
        Self { client: binary::client(), base: base.to_owned(), cookie }
    }

    /// How long it took, in milliseconds, and what it says.
    pub(crate) async fn open(&self, path: &str) -> (f64, String) {
        let began = Stopwatch::start();
        let asked = self.client.get(format!("{}{path}", self.base)).header(COOKIE, &self.cookie);
        let answer = asked.send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "the page is shown");
        let text = answer.text().await.expect("a text");
        (began.elapsed().as_secs_f64() * 1_000.0, text)
    }

    async fn count(&self, path: &str, mark: &str) -> usize {
        self.open(path).await.1.matches(mark).count()
    }
}
