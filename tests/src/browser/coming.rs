//! Coming and going: a mailed link, the button behind it, and signing out.

use super::Browser;
use crate::World;
use domain::ids::AccountId;
use store::accounts;

/// What the way in says, in a reader's language.
struct Words {
    address: &'static str,
    ask: &'static str,
    sent: &'static str,
    enter: &'static str,
    leave: &'static str,
    left: &'static str,
}

const SWEDISH: Words = Words {
    address: "E-postadress",
    ask: "Skicka länken",
    sent: "Titta i din inkorg",
    enter: "Logga in",
    leave: "Logga ut",
    left: "Du är utloggad",
};

const ENGLISH: Words = Words {
    address: "E-mail address",
    ask: "Send the link",
    sent: "Look in your inbox",
    enter: "Sign in",
    leave: "Sign out",
    left: "You are signed out",
};

impl Browser {
    /// Signs somebody in through the link in the mail, by mouse.
    pub async fn sign_in(&self, world: &mut World, address: &str) {
        let words = self.words();
        self.open("/sign-in").await;
        self.fill(words.address, address).await;
        self.click(words.ask).await;
        self.reads(words.sent).await;
        self.open(&mailed_link(world, address).await).await;
        self.click(words.enter).await;
        self.reads(words.leave).await;
    }

    /// The same by keyboard alone.
    pub async fn sign_in_by_keyboard(&self, world: &mut World, address: &str) {
        use thirtyfour::Key;
        let words = self.words();
        self.open("/sign-in").await;
        self.tab_to(words.address).await;
        self.write(address).await;
        self.press(Key::Enter).await;
        self.reads(words.sent).await;
        self.open(&mailed_link(world, address).await).await;
        self.tab_to(words.enter).await;
        self.press(Key::Enter).await;
        self.reads(words.leave).await;
    }

    /// Signs out, by mouse.
    pub async fn sign_out(&self) {
        let words = self.words();
        self.click(words.leave).await;
        self.reads(words.left).await;
    }

    fn words(&self) -> &'static Words {
        if self.look.get().language.starts_with("en") { &ENGLISH } else { &SWEDISH }
    }
}

impl World {
    /// Lets whoever reads this address look after the installation.
    pub async fn make_administrator(&self, address: &str) {
        let (id, now) = (AccountId(self.app.clock.new_id()), self.app.clock.now());
        let tx = self.app.store.begin().await.expect("storage works");
        let account = accounts::keep(&tx, address, id, now).await.expect("storage works");
        accounts::make_administrator(&tx, account.id).await.expect("storage works");
        tx.commit().await.expect("storage works");
    }
}

/// The link in the newest mail to that address.
pub async fn mailed_link(world: &mut World, address: &str) -> String {
    world.work().await;
    let start = format!("{}/sign-in/", world.base);
    let mail = world.mailbox(address).0.pop().expect("a mail came");
    let found = mail.text.split_whitespace().find(|word| word.starts_with(&start));
    found.unwrap_or_else(|| panic!("no link to sign in by in:\n{}", mail.text)).to_owned()
}
