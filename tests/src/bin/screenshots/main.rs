//! Takes the pictures of the documentation: `cargo xtask screenshots` runs this.

mod mails;

use aterkom_tests::browser::{self, Browser, Look};
use aterkom_tests::scene::{self, ADMINISTRATOR, EMPLOYEE, MANAGER, RECEPTION};
use std::path::{Path, PathBuf};

/// Name, who signs in, and the page.
const PICTURES: [(&str, Option<&str>, &str); 18] = [
    ("sign-in", None, "/sign-in"),
    ("mine", Some(EMPLOYEE), "/mine"),
    ("callback", Some(EMPLOYEE), THE_FIRST),
    ("note", Some(EMPLOYEE), "/note"),
    ("away", Some(EMPLOYEE), "/away"),
    ("figures", Some(EMPLOYEE), "/mine/figures"),
    ("settings", Some(EMPLOYEE), "/settings"),
    ("reception", Some(RECEPTION), "/reception"),
    ("unit", Some(MANAGER), "/unit"),
    ("late", Some(MANAGER), "/unit?show=late"),
    ("follow-up", Some(MANAGER), "/follow-up"),
    ("admin", Some(ADMINISTRATOR), "/admin"),
    ("people", Some(ADMINISTRATOR), "/admin/people"),
    ("people-file", Some(ADMINISTRATOR), "/admin/people/file"),
    ("calendar", Some(ADMINISTRATOR), "/admin/calendar"),
    ("source", Some(ADMINISTRATOR), "/admin/sources/vaxeln"),
    ("connect", Some(ADMINISTRATOR), "/admin/sources/new"),
    ("set-up", Some(ADMINISTRATOR), "/admin/set-up"),
];

/// The page of whoever waits longest on the employee's list.
const THE_FIRST: &str = "the first callback of /mine";

const WIDTHS: [u32; 2] = [1280, 390];

/// References are random in their last letters, ports are free ones, and versions grow; pictures of them would never be the same twice.
const SAME_AS_EVER: &str = r"
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let n = 0;
    for (let one = words.nextNode(); one; one = words.nextNode()) {
        one.data = one.data
            .replace(/\b(\d{6})-[0-9A-Z]{5}\b/g, (_, day) => day + '-' + ['7KQ2M', 'H3XVB', 'P9DTC', '4NRWG'][n++ % 4])
            .replace(/\b127\.0\.0\.1:\d+/, '127.0.0.1:8080')
            .replace(/\bVersion \d+\.\d+\.\d+/, 'Version 1.0.0');
    }";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let usage = "usage: screenshots FOLDER [mails [FOLDER OF .eml FILES]]";
    let folder = arguments.next().expect(usage);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    match arguments.next() {
        None => {
            pages(&folder).await;
            mails::take(&folder, None).await;
        }
        Some(what) if what == Path::new("mails") => {
            mails::take(&folder, arguments.next().as_deref()).await;
        }
        Some(_) => panic!("{usage}"),
    }
}

async fn pages(folder: &Path) {
    let mut world = scene::office().await;
    let base = world.base.clone();
    browser::with(&base, async |browser| {
        let mut here = None;
        for (name, who, path) in PICTURES {
            if who != here {
                browser.driver.delete_all_cookies().await.expect("cookies can be forgotten");
            }
            if let Some(address) = who.filter(|_| who != here) {
                browser.sign_in(&mut world, address).await;
            }
            here = who;
            let path = if path == THE_FIRST { first(browser).await } else { path.to_owned() };
            assert_eq!(browser.open(&path).await, 200, "{path} is there");
            take(browser, folder, name).await;
        }
    })
    .await;
}

async fn first(browser: &Browser) -> String {
    browser.open("/mine").await;
    browser.first_callback().await
}

async fn take(browser: &Browser, folder: &Path, name: &str) {
    browser.run(SAME_AS_EVER).await;
    for width in WIDTHS {
        for dark in [false, true] {
            browser.look(Look { width, dark, ..Look::default() }).await;
            let shade = if dark { "dark" } else { "light" };
            let file = folder.join(format!("{name}-{width}-{shade}.png"));
            write(&file, browser.picture().await);
        }
    }
    browser.look(Look::default()).await;
}

fn write(file: &Path, picture: Vec<u8>) {
    std::fs::write(file, picture).expect("a picture can be written");
    println!("    {}", file.display());
}
