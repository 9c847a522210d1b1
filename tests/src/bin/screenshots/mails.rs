//! Pictures of mails: what came over SMTP, as a mail reader shows it, and its text as a terminal does.

use super::write;
use aterkom_tests::browser::{self, Browser, Look};
use aterkom_tests::scene::{self, EMPLOYEE, MANAGER, READS_ENGLISH};
use aterkom_tests::{Mail, World};
use axum::Router;
use axum::extract::{Path as Name, State};
use axum::response::Html;
use mail_parser::MessageParser;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;

/// What there is to show: its name, whom it is for, and what its List-Id begins with.
const MAILS: [(&str, &str, &str); 5] = [
    ("new", EMPLOYEE, "<new."),
    ("digest", EMPLOYEE, "<digest."),
    ("nudge", EMPLOYEE, "<nudge."),
    ("manager-list", MANAGER, "<manager-list."),
    ("digest-en", READS_ENGLISH, "<digest."),
];

/// The pictures: of what, how wide, and whether at night. A width of 0 is the text in a terminal.
const PICTURES: [(&str, u32, bool); 8] = [
    ("new", 390, false),
    ("digest", 600, false),
    ("digest", 390, true),
    ("digest", 0, true),
    ("nudge", 390, true),
    ("manager-list", 390, false),
    ("manager-list", 600, true),
    ("digest-en", 600, true),
];

/// Bytes of HTML: a longer one makes a picture of several screens.
const TALLEST: usize = 11_000;

/// As wide as a terminal of 80 columns is here.
const TERMINAL: u32 = 700;

/// Takes them; of the mails in a folder where there is one, as they came from a server of one's own: `.eml` files, or a Maildir's.
pub(super) async fn take(folder: &Path, theirs: Option<&Path>) {
    let mails = match theirs {
        Some(theirs) => in_folder(theirs),
        None => sent().await,
    };
    let mut pages = BTreeMap::new();
    for (name, whose, kind) in MAILS {
        let language =
            if whose == READS_ENGLISH { "<html lang=\"en\">" } else { "<html lang=\"sv\">" };
        let is = |mail: &&Mail| {
            let kind = mail.head.contains(&format!("List-Id: {kind}"));
            kind && mail.html.contains(language) && (theirs.is_some() || mail.to == whose)
        };
        let found = match theirs {
            // Every state may be there: the one with most to see.
            Some(_) => {
                let fits = |mail: &&Mail| is(mail) && mail.html.len() < TALLEST;
                mails.iter().filter(fits).max_by_key(|mail| mail.html.len())
            }
            None => mails.iter().rfind(is),
        };
        let Some(mail) = found else {
            assert!(theirs.is_some(), "the office has sent no {name}");
            println!("    there is no {name} in the folder");
            continue;
        };
        let text = format!("{}\n\n{}", mail.subject, mail.text);
        pages.insert(name.to_owned(), mail.html.clone());
        pages.insert(format!("{name}.txt"), terminal(&text));
    }
    let there: Vec<String> = pages.keys().cloned().collect();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("a listener has an address"));
    let router =
        Router::new().route("/{name}", axum::routing::get(page)).with_state(Arc::new(pages));
    tokio::spawn(async move { axum::serve(listener, router).await });
    browser::with(&base, async |browser| {
        for name in there.iter().filter(|name| !name.ends_with(".txt")) {
            browser.open(&format!("/{name}")).await;
            browser.assert_accessible().await;
        }
        for (name, width, dark) in PICTURES {
            if !there.iter().any(|is| is == name) {
                continue;
            }
            shoot(browser, folder, (name, width, dark)).await;
        }
    })
    .await;
}

async fn shoot(browser: &Browser, folder: &Path, (name, width, dark): (&str, u32, bool)) {
    let (page, file) = match width {
        0 => (format!("/{name}.txt"), format!("mail-{name}-text.webp")),
        _ => {
            let shade = if dark { "dark" } else { "light" };
            (format!("/{name}"), format!("mail-{name}-{width}-{shade}.webp"))
        }
    };
    let width = if width == 0 { TERMINAL } else { width };
    browser.look(Look { width, dark, ..Look::default() }).await;
    assert_eq!(browser.open(&page).await, 200, "{page} is there");
    browser.run(super::SAME_AS_EVER).await;
    // As high as the mail, and not as a window.
    write(&folder.join(file), browser.picture_of_content(width).await);
}

async fn page(
    State(pages): State<Arc<BTreeMap<String, String>>>,
    Name(name): Name<String>,
) -> Html<String> {
    Html(pages.get(&name).cloned().unwrap_or_default())
}

fn terminal(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html><html lang=\"sv\"><title>Text</title><style>body {{ margin: 0; background: #101418 }} \
         pre {{ margin: 0; padding: 12px; color: #d8dde2; font: 14px/1.35 monospace; white-space: pre-wrap; \
         overflow-wrap: anywhere; width: 80ch }}</style><pre>{text}</pre></html>"
    )
}

/// The mails of the office, as its mail server got them.
async fn sent() -> Vec<Mail> {
    let world: World = scene::office_with_mails().await;
    let taken = world.smtp.taken();
    taken.iter().map(|taken| Mail::read(&taken.to, &taken.bytes)).collect()
}

fn in_folder(folder: &Path) -> Vec<Mail> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of mails can be read")
        .map(|entry| entry.expect("the folder of mails can be read").path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        // A Maildir has the line ends of its system, SMTP its own.
        let text = std::fs::read_to_string(path).expect("a mail can be read");
        let bytes = text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes();
        let mail = MessageParser::default().parse(&bytes).expect("a mail");
        let to = mail.to().and_then(|to| to.first()).and_then(|to| to.address());
        Mail::read(to.expect("a mail is for somebody"), &bytes)
    };
    files.iter().map(read).collect()
}
