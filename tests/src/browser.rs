//! A real browser, looking at the product as people do.
//!
//! Pages are found by what is written on them: links and buttons by their words, fields by their labels.

mod axe;
mod coming;
mod driver;
mod look;
mod quiet;
mod reading;
mod tabs;

pub use coming::mailed_link;
pub use look::Look;

use driver::Driver;
use serde_json::json;
use std::cell::{Cell, RefCell};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use thirtyfour::error::WebDriverResult;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel};
use tokio::sync::Semaphore;

/// Nothing that is waited for takes longer on a machine that works.
const PATIENCE: Duration = Duration::from_secs(60);

/// So many browsers run at a time, beside all other tests.
static FREE: Semaphore = Semaphore::const_new(2);

/// A browser with a profile of its own, that knows one installation and may reach nothing else.
#[derive(Debug)]
pub struct Browser {
    pub driver: WebDriver,
    base: String,
    look: Cell<Look>,
    /// Answers that the story is about, and that the console calls errors.
    expected: RefCell<Vec<u16>>,
}

/// Opens a browser for the installation at `base`, tells the story with it, and closes it, however the story ends.
///
/// # Panics
/// Besides what the story asserts: when the console shows an error (a violation of the content security policy is one),
/// or something was asked of anybody but `base`.
pub async fn with(base: &str, story: impl AsyncFnOnce(&Browser)) {
    static PROFILES: AtomicU32 = AtomicU32::new(1);
    let _ = rustls::crypto::ring::default_provider().install_default();
    let _turn = FREE.acquire().await.expect("it is never closed");
    let driver = tokio::task::spawn_blocking(driver::driver).await.expect("the driver starts");
    let profile = driver.folder.join(PROFILES.fetch_add(1, Ordering::Relaxed).to_string());
    let capabilities = capabilities(&driver.browser, &profile);
    let session = webdriver(driver, capabilities).await.expect("a browser starts");
    let told = session.run_and_quit(async |driver| {
        let browser = Browser {
            driver,
            base: base.to_owned(),
            look: Cell::default(),
            expected: RefCell::default(),
        };
        browser.look(Look::default()).await;
        story(&browser).await;
        browser.assert_quiet().await;
        WebDriverResult::Ok(())
    });
    told.await.expect("the browser ends well");
}

async fn webdriver(
    driver: &Driver,
    capabilities: ChromeCapabilities,
) -> WebDriverResult<WebDriver> {
    WebDriver::builder(&driver.url, capabilities).request_timeout(PATIENCE).await
}

fn capabilities(browser: &Path, profile: &Path) -> ChromeCapabilities {
    let mut capabilities = ChromeCapabilities::new();
    let set = |capabilities: &mut ChromeCapabilities| -> WebDriverResult<()> {
        capabilities.set_binary(&browser.display().to_string())?;
        for flag in [
            "--headless",
            // It sees our own pages only, and root, or a container without user namespaces, cannot have the sandbox.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            // Ends with its driver, even when that is killed.
            "--remote-debugging-pipe",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--force-device-scale-factor=1",
            "--font-render-hinting=none",
            "--hide-scrollbars",
            &format!("--user-data-dir={}", profile.display()),
        ] {
            capabilities.add_arg(flag)?;
        }
        capabilities
            .add_experimental_option("prefs", json!({ "intl.accept_languages": "sv-SE,sv" }))?;
        capabilities.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
        capabilities.set_logging_prefs("performance", LoggingPrefsLogLevel::All)
    };
    set(&mut capabilities).expect("words can be set");
    capabilities
}
