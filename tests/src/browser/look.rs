//! How the window is: its width, light or dark, with scripts or without, and which language its owner reads.

use super::Browser;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use std::fmt;

/// What people choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// CSS pixels: 1280 is a desk, 390 a telephone, 320 the narrowest that must do (WCAG 1.4.10).
    pub width: u32,
    pub dark: bool,
    /// Off, as where an organisation forbids scripts.
    pub scripts: bool,
    /// As browsers send it.
    pub language: &'static str,
}

const HEIGHT: u32 = 900;

impl Default for Look {
    fn default() -> Self {
        Self { width: 1280, dark: false, scripts: true, language: "sv-SE,sv" }
    }
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} px, {}", self.width, if self.dark { "dark" } else { "light" })
    }
}

impl Browser {
    /// Changes the window to that. Scripts and language are those of the next page.
    pub async fn look(&self, look: Look) {
        let metrics = json!({ "width": look.width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", metrics).await;
        let scheme = if look.dark { "dark" } else { "light" };
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.command("Emulation.setEmulatedMedia", media).await;
        self.command("Emulation.setScriptExecutionDisabled", json!({ "value": !look.scripts }))
            .await;
        let agent = json!({ "userAgent": "Mozilla/5.0 (tests)", "acceptLanguage": look.language });
        self.command("Emulation.setUserAgentOverride", agent).await;
        self.look.set(look);
    }

    /// The whole page as PNG, however long it is.
    pub async fn picture(&self) -> Vec<u8> {
        let whole = json!({ "captureBeyondViewport": true });
        let taken = self.command("Page.captureScreenshot", whole).await;
        BASE64.decode(taken["data"].as_str().expect("a picture")).expect("base64")
    }

    /// The page as high as what is on it, as WebP: a third of the size of a PNG.
    pub async fn picture_of_content(&self, width: u32) -> Vec<u8> {
        let height = self.run("return document.body.getBoundingClientRect().bottom").await;
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        let part = json!({
            "captureBeyondViewport": true, "clip": clip, "format": "webp", "quality": 40
        });
        let taken = self.command("Page.captureScreenshot", part).await;
        BASE64.decode(taken["data"].as_str().expect("a picture")).expect("base64")
    }

    async fn command(&self, name: &str, parameters: Value) -> Value {
        let done = self.driver.cdp().send_raw(name, parameters).await;
        done.unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}
