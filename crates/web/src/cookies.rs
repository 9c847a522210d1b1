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
    if app.is_https() { "__Host-aterkom" } else { "aterkom" }
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
    let secure = if app.is_https() { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::try_from(text).expect("names and values are letters and digits")
}

fn find(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(n, value)| (n == name).then(|| value.to_owned()))
}
