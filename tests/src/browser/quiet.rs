//! What a page does behind its reader's back: errors on the console, and requests to others.

use super::Browser;
use serde_json::Value;

impl Browser {
    /// The story is about answers of this kind, which the console calls errors.
    pub fn expect(&self, status: u16) {
        self.expected.borrow_mut().push(status);
    }

    /// Fails when the console showed an error or a warning since the last time, or when something was asked of anybody
    /// but the installation.
    pub async fn assert_quiet(&self) {
        let heard = self.complaints().await;
        assert!(heard.is_empty(), "the browser complains:\n{}", heard.join("\n"));
    }

    pub(super) async fn complaints(&self) -> Vec<String> {
        let mut heard = self.errors().await;
        heard.extend(self.requests_outside().await);
        heard
    }

    async fn errors(&self) -> Vec<String> {
        let log = self.driver.get_log("browser").await.expect("the console is kept");
        let expected = self.expected.borrow();
        let told =
            |message: &str, status: &u16| message.contains(&format!("with a status of {status}"));
        log.into_iter()
            .filter(|entry| matches!(entry.level.as_str(), "SEVERE" | "WARNING"))
            .map(|entry| entry.message)
            // The page of an empty tab is the browser's own, and may complain of being left.
            .filter(|message| !message.starts_with("chrome://"))
            .filter(|message| !expected.iter().any(|status| told(message, status)))
            .collect()
    }

    /// The browser's own pages, such as the one of an empty tab, ask the browser itself.
    async fn requests_outside(&self) -> Vec<String> {
        let log = self.driver.get_log("performance").await.expect("the network is watched");
        let asked = log.into_iter().filter_map(|entry| {
            let event: Value = serde_json::from_str(&entry.message).ok()?;
            let message = &event["message"];
            (message["method"] == "Network.requestWillBeSent")
                .then(|| message["params"]["request"]["url"].as_str().map(str::to_owned))?
        });
        let outside = asked
            .filter(|url| !["chrome", "data:", "about:"].iter().any(|own| url.starts_with(own)));
        outside
            .filter(|url| !url.starts_with(&self.base))
            .map(|url| format!("asks {url}"))
            .collect()
    }
}
