//! Accessibility: what axe-core finds on a page, and whether it fits a narrow window.

use super::{Browser, Look};
use serde_json::Value;

/// Of Deque; see its folder.
const AXE: &str = include_str!("../../vendor/axe-core/axe.min.js");

/// WCAG 2.2, A and AA, and what came before it.
const TAGS: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']";

impl Browser {
    /// Fails with every defect that axe finds on the page, and when it has to be scrolled sideways: on a wide light
    /// window and on a narrow dark one, which between them show each colour and each layout. The look stays as it was.
    ///
    /// Scripts have to be on.
    #[track_caller]
    pub fn assert_accessible(&self) -> impl Future<Output = ()> {
        let place = std::panic::Location::caller();
        async move {
            let (defects, url) = (self.defects().await, self.address().await);
            assert!(
                defects.is_empty(),
                "{place}: {url} is not accessible:\n{}",
                defects.join("\n")
            );
        }
    }

    async fn defects(&self) -> Vec<String> {
        let before = self.look.get();
        let mut defects = Vec::new();
        for (width, dark) in [(1280, false), (320, true)] {
            let look = Look { width, dark, ..before };
            self.look(look).await;
            defects.extend(self.sideways(width).await);
            let violations = self.violations().await.into_iter();
            defects.extend(violations.map(|found| format!("{look}: {found}")));
        }
        self.look(before).await;
        defects
    }

    /// WCAG 1.4.10: at 320 px nothing has to be scrolled in two directions.
    async fn sideways(&self, width: u32) -> Option<String> {
        let script = "const root = document.scrollingElement;
            if (root.scrollWidth <= innerWidth) return null;
            const over = [...document.body.querySelectorAll('*')]
                .filter(one => one.getBoundingClientRect().right > innerWidth + 1);
            return root.scrollWidth + ' px wide: ' + over.slice(0, 5).map(one => one.outerHTML.slice(0, 120)).join('; ');";
        let wide = self.run(script).await;
        wide.as_str().map(|wide| format!("at {width} px it scrolls sideways, {wide}"))
    }

    async fn violations(&self) -> Vec<String> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
            if (!window.axe) {{ {AXE} }}
            axe.run(document, {{ runOnly: {{ type: 'tag', values: {TAGS} }}, resultTypes: ['violations'] }})
                .then(found => done({{ violations: found.violations, rules: found.passes.length }}))
                .catch(error => done({{ error: String(error) }}));"
        );
        let found = self.run_until_done(&script).await;
        assert_eq!(found["error"], Value::Null, "axe could not look at the page");
        assert!(
            found["rules"].as_u64().is_some_and(|rules| rules > 5),
            "axe looked at nothing: {found}"
        );
        let violations = found["violations"].as_array().expect("axe gives a list");
        violations.iter().flat_map(told).collect()
    }
}

/// A line for each place where a rule is broken.
fn told(violation: &Value) -> Vec<String> {
    let rule = |key: &str| violation[key].as_str().unwrap_or_default().to_owned();
    let places = violation["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let place = |node: &Value| {
        let html = node["html"].as_str().unwrap_or_default();
        let why = node["failureSummary"].as_str().unwrap_or_default().replace('\n', " ");
        format!("{} ({}): {}: {html}: {why}", rule("id"), rule("impact"), rule("help"))
    };
    places.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use crate::browser;
    use axum::Router;
    use axum::response::Html;
    use axum::routing::get;
    use tokio::net::TcpListener;

    const BAD: &str = r#"<!doctype html><html lang="sv"><title>Dålig</title>
        <style>@media (prefers-color-scheme: dark) { p { color: #555; background: #444 } }</style>
        <meta http-equiv="content-security-policy" content="script-src 'none'">
        <main><h1>Dålig</h1><img src="http://example.org/a.png" width="10"><p>Svagt</p><script>1</script>
        <table><tr><td><pre>en rad som är så lång att ingen telefon visar den på en gång</pre></table></main>"#;

    // What finds nothing anywhere proves nothing.
    #[tokio::test]
    async fn a_bad_page_is_found_out() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().route("/", get(|| async { Html(BAD) }));
        tokio::spawn(async move { axum::serve(listener, router).await });
        browser::with(&base, async |browser| {
            browser.open("/").await;
            let defects = browser.defects().await.join("\n");
            for found in [
                "1280 px, light: image-alt",
                "320 px, dark: image-alt",
                "320 px, dark: color-contrast",
                "at 320 px it scrolls sideways",
            ] {
                assert!(defects.contains(found), "{found} is not among:\n{defects}");
            }
            assert!(!defects.contains("light: color-contrast"), "{defects}");
            let complaints = browser.complaints().await.join("\n");
            for heard in ["Content Security Policy", "asks http://example.org/a.png", "404"] {
                assert!(complaints.contains(heard), "{heard} is not among:\n{complaints}");
            }
        })
        .await;
    }
}
