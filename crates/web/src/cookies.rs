//! The two cookies: the session, and the language that was chosen.
//!
//! Where people reach us by https the session's cookie is `__Host-`: no other host can set it, nothing sends it in the
//! clear. By http, as on this machine alone, a browser would not keep such a one.

use crate::App;
use axum::http::{HeaderMap, HeaderValue, header};
use domain::directory::Language;
use domain::sign_in::SESSION_LASTS;
use store::token::Token;

const LANGUAGE: &str = "aterkom-language";
const YEAR: i64 = 365 * 24 * 60 * 60;

fn session_name(app: &App) -> &'static str {
    name(app.is_https())
}

fn name(is_https: bool) -> &'static str {
    if is_https { "__Host-aterkom" } else { "aterkom" }
}

/// The secret of a session, as a browser sent it.
pub(crate) fn session(app: &App, headers: &HeaderMap) -> Option<Token> {
    find(headers, session_name(app)).map(|value| Token::sent(&value))
}

/// Keeps a session in the browser.
pub(crate) fn keep_session(app: &App, token: &Token) -> HeaderValue {
    set(app, session_name(app), token.expose(), SESSION_LASTS.num_seconds())
}

/// Takes it away.
pub(crate) fn forget_session(app: &App) -> HeaderValue {
    set(app, session_name(app), "", 0)
}

/// The language that was chosen in this browser.
pub(crate) fn language(headers: &HeaderMap) -> Option<Language> {
    match find(headers, LANGUAGE)?.as_str() {
        "sv" => Some(Language::Swedish),
        "en" => Some(Language::English),
        _ => None,
    }
}

/// Keeps the language.
pub(crate) fn keep_language(app: &App, language: Language) -> HeaderValue {
    let code = match language {
        Language::Swedish => "sv",
        Language::English => "en",
    };
    set(app, LANGUAGE, code, YEAR)
}

fn set(app: &App, name: &str, value: &str, seconds: i64) -> HeaderValue {
    let text = text(app.is_https(), name, value, seconds);
    HeaderValue::try_from(text).expect("names and values are letters and digits")
}

fn text(is_https: bool, name: &str, value: &str, seconds: i64) -> String {
    let secure = if is_https { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

fn find(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(n, value)| (n == name).then(|| value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A browser keeps a `__Host-` cookie only with `Secure`, `Path=/` and no `Domain` (RFC 6265bis, 4.1.3.2).
    #[test]
    fn by_https_the_session_is_bound_to_this_host() {
        let cookie = text(true, name(true), "secret", 60);
        assert_eq!(
            cookie,
            "__Host-aterkom=secret; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            text(false, name(false), "", 0),
            "aterkom=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
        );
    }
}
