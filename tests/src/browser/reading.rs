//! What somebody does with a page: opens it, reads it, presses what is written on it.

use super::{Browser, PATIENCE};
use chrono::NaiveDate;
use clock::{Clock, Stopwatch};
use serde_json::Value;
use std::time::Duration;
use thirtyfour::error::WebDriverResult;
use thirtyfour::prelude::*;

/// No page has so many things that can be reached by keyboard.
const MOST_TABS: usize = 80;

impl Browser {
    /// Opens a path of the installation, or an address as it stands in a mail. Says how it was answered.
    pub async fn open(&self, address: &str) -> u16 {
        let url = if address.starts_with('/') {
            format!("{}{address}", self.base)
        } else {
            address.to_owned()
        };
        self.driver.goto(url.as_str()).await.unwrap_or_else(|error| panic!("{url}: {error}"));
        self.status().await
    }

    /// How the page that is shown was answered.
    pub async fn status(&self) -> u16 {
        let told =
            self.run("return performance.getEntriesByType('navigation')[0].responseStatus").await;
        told.as_u64().and_then(|status| u16::try_from(status).ok()).expect("a status")
    }

    /// Where the first callback is that the page leads to.
    pub async fn first_callback(&self) -> String {
        let link =
            "return document.querySelector('main a[href^=\"/callbacks/\"]').getAttribute('href')";
        self.run(link).await.as_str().expect("somebody waits").to_owned()
    }

    /// Path and query of the page that is shown.
    pub async fn path(&self) -> String {
        let address = self.address().await;
        address.strip_prefix(&self.base).unwrap_or(&address).to_owned()
    }

    pub(super) async fn address(&self) -> String {
        self.driver.current_url().await.expect("a page is shown").to_string()
    }

    /// The page's title.
    pub async fn title(&self) -> String {
        self.driver.title().await.expect("a page is shown")
    }

    /// Everything that can be read on the page.
    pub async fn text(&self) -> String {
        let text = self.text_now().await;
        self.well(text, "the page").await
    }

    /// While one page gives way to the next there is nothing to read.
    async fn text_now(&self) -> WebDriverResult<String> {
        let text = self.driver.execute("return document.body.innerText", Vec::new()).await?;
        Ok(text.json().as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the page says that.
    pub async fn reads(&self, words: &str) {
        self.until(words, async || Ok(self.text_now().await?.contains(words))).await;
    }

    /// Fails when the page says that.
    pub async fn does_not_read(&self, words: &str) {
        let text = self.text().await;
        assert!(!text.contains(words), "“{words}” is on the page:\n{text}");
    }

    /// Presses the link or button with these words, by mouse.
    pub async fn click(&self, words: &str) {
        let pressed = self.pressable(words).await.click().await;
        self.well(pressed, words).await;
    }

    /// Writes into the field with this label, instead of what is in it.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        let written = async {
            field.clear().await?;
            field.send_keys(text).await
        };
        self.well(written.await, label).await;
    }

    /// Puts the file at this path into the field with this label.
    pub async fn choose_file(&self, label: &str, path: &str) {
        let chosen = self.field(label).await.send_keys(path).await;
        self.well(chosen, label).await;
    }

    /// Marks or unmarks the radio button or check box with this label, or chooses this option.
    pub async fn choose(&self, label: &str) {
        let chosen = self.field(label).await.click().await;
        self.well(chosen, label).await;
    }

    /// Goes on with Tab until the link, button or field with these words has the focus, which can be seen (WCAG 2.4.7).
    pub async fn tab_to(&self, words: &str) {
        let name = "const one = document.activeElement;
            const label = one.labels && one.labels.length ? one.labels[0].innerText : one.innerText;
            return (one.getAttribute('aria-label') || label || one.value || '').replace(/\\s+/g, ' ').trim()";
        let mut passed = Vec::new();
        while passed.len() < MOST_TABS {
            self.press(Key::Tab).await;
            let here = self.run(name).await.as_str().unwrap_or_default().to_owned();
            if here.contains(words) {
                return self.focus_is_seen(words).await;
            }
            passed.push(here);
        }
        panic!("“{words}” cannot be reached with Tab, which came by: {passed:#?}");
    }

    /// Presses a key, wherever the focus is.
    pub async fn press(&self, key: Key) {
        let text = char::from(key).to_string();
        self.write(&text).await;
    }

    /// Types, wherever the focus is.
    pub async fn write(&self, text: &str) {
        let typed = self.driver.action_chain().send_keys(text).perform().await;
        // A key that opens another page is pressed all the same; the driver may lose sight of it on the way there.
        if !typed.as_ref().is_err_and(|error| error.to_string().contains("aborted by navigation")) {
            self.well(typed, text).await;
        }
    }

    /// Types a day into the date field that has the focus, in the order in which this browser asks for its parts.
    pub async fn write_day(&self, day: NaiveDate) {
        let order =
            "return new Intl.DateTimeFormat().formatToParts(new Date()).map(part => part.type)";
        let order = self.run(order).await;
        let parts =
            order.as_array().expect("a list").iter().filter_map(|part| match part.as_str() {
                Some("year") => Some(day.format("%Y").to_string()),
                Some("month") => Some(day.format("%m").to_string()),
                Some("day") => Some(day.format("%d").to_string()),
                Some(_) | None => None,
            });
        self.write(&parts.collect::<String>()).await;
    }

    /// What this script returns; it runs whether the page's own scripts may or not.
    pub async fn run(&self, script: &str) -> Value {
        let ran = self.driver.execute(script, Vec::new()).await;
        self.well(ran, script).await.json().clone()
    }

    /// What this script hands to its last argument.
    pub(super) async fn run_until_done(&self, script: &str) -> Value {
        let ran = self.driver.execute_async(script, Vec::new()).await;
        self.well(ran, "a script").await.json().clone()
    }

    async fn focus_is_seen(&self, words: &str) {
        let seen = "const look = getComputedStyle(document.activeElement);
            const outlined = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0;
            return outlined || look.boxShadow !== 'none'";
        assert_eq!(
            self.run(seen).await,
            Value::Bool(true),
            "“{words}” does not show that it has the focus"
        );
    }

    async fn pressable(&self, words: &str) -> WebElement {
        let words = quoted(words);
        let named = format!("[normalize-space()={words} or @aria-label={words} or @value={words}]");
        self.only(
            &["a", "button", "summary", "input"].map(|kind| format!("//{kind}{named}")).join(" | "),
        )
        .await
    }

    /// The field that a label is of; the label may hold it or name it. An option is found by its own words.
    async fn field(&self, label: &str) -> WebElement {
        let label = quoted(label);
        let with = format!("//label[contains(normalize-space(), {label})]");
        let kinds = "*[self::input or self::textarea or self::select]";
        self.only(&format!(
            "{with}//{kinds} | //{kinds}[@id = {with}/@for] | //option[normalize-space()={label}]"
        ))
        .await
    }

    async fn only(&self, path: &str) -> WebElement {
        let waited = Stopwatch::start();
        loop {
            let found = self.driver.find_all(By::XPath(path)).await.expect("a page is shown");
            match <[WebElement; 1]>::try_from(found) {
                Ok([one]) => return one,
                Err(many) if many.len() > 1 || waited.elapsed() > PATIENCE => {
                    let text = self.text().await;
                    panic!("{} of {path} on {}:\n{text}", many.len(), self.address().await);
                }
                Err(_) => pause().await,
            }
        }
    }

    async fn until(&self, what: &str, come: impl AsyncFn() -> WebDriverResult<bool>) {
        let waited = Stopwatch::start();
        while !come().await.unwrap_or(false) {
            if waited.elapsed() > PATIENCE {
                panic!("“{what}” is not on {}:\n{}", self.address().await, self.text().await);
            }
            pause().await;
        }
    }

    async fn well<T>(&self, done: WebDriverResult<T>, what: &str) -> T {
        match done {
            Ok(done) => done,
            Err(error) => panic!("“{what}” on {}: {error}", self.address().await),
        }
    }
}

async fn pause() {
    Clock::system().pause(Duration::from_millis(10)).await;
}

/// As XPath writes a text.
fn quoted(text: &str) -> String {
    let quote = if text.contains('"') { '\'' } else { '"' };
    format!("{quote}{text}{quote}")
}
