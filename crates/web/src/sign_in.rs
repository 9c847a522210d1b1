//! Signing in by a mailed link. The link opens a page; only the button on it signs in, since mail scanners open links.

use crate::admin::Tab;
use crate::asks::Named;
use crate::error::{PageError, Trouble};
use crate::page::{Page, show};
use crate::visit::{self, Visit};
use crate::{App, cookies, page};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Reader;
use domain::directory::Language;
use domain::ids::AccountId;
use domain::sign_in::{LINK_LASTS, SESSION_LASTS};
use serde::Deserialize;
use store::token::Token;
use store::{StoreError, accounts, people, sessions, sign_in_links};

/// No mail address is longer (RFC 5321).
const LONGEST: usize = 254;

#[derive(Debug, Template)]
#[template(path = "sign_in.html")]
struct Ask {
    page: Page,
    wrong: Option<String>,
    address: String,
}

#[derive(Debug, Template)]
#[template(path = "sign_in_step.html")]
struct Step {
    page: Page,
    leads: Vec<String>,
    /// A button: where it posts to, and what it says.
    button: Option<(String, String)>,
    link: Option<(&'static str, String)>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct AskForm {
    #[serde(default)]
    address: String,
}

/// `GET /`: the reader's first page, or the way in.
pub(crate) async fn front(visit: Visit) -> Response {
    let links = page::links(&visit.reader, &visit.directory, visit.app.reception.as_deref());
    let first = links.first().map_or("/nothing", |(path, _)| path);
    Redirect::to(first).into_response()
}

/// `GET /nothing`: signed in, but nobody here any more.
pub(crate) async fn nothing(visit: Visit) -> Response {
    let words = visit.words;
    let page = Page::of(&visit, words.say("nobody-title"), "/nothing");
    let leads = Vec::from([words.say("nobody-lead")]);
    show(StatusCode::OK, &Step { page, leads, button: None, link: None })
}

/// `GET /sign-in`
pub(crate) async fn ask(State(app): State<App>, headers: HeaderMap) -> Response {
    ask_page(&app, &headers, StatusCode::OK, None, String::new())
}

fn ask_page(
    app: &App,
    headers: &HeaderMap,
    status: StatusCode,
    wrong: Option<&str>,
    address: String,
) -> Response {
    let words = visit::words(headers, None);
    let page = Page::outside(app, words, words.say("sign-in-title"), "/sign-in");
    show(status, &Ask { page, wrong: wrong.map(|id| words.say(id)), address })
}

/// `POST /sign-in`: mails a link where the address is somebody's. The answer is the same where it is nobody's.
pub(crate) async fn send(
    State(app): State<App>,
    headers: HeaderMap,
    form: Result<Form<AskForm>, FormRejection>,
) -> Response {
    let Ok(Form(form)) = form else {
        return ask_page(
            &app,
            &headers,
            StatusCode::UNPROCESSABLE_ENTITY,
            Some("sign-in-empty"),
            String::new(),
        );
    };
    let address = form.address.trim().to_owned();
    let wrong = if address.is_empty() {
        Some("sign-in-empty")
    } else if !is_address(&address) {
        Some("sign-in-wrong")
    } else {
        None
    };
    if wrong.is_some() {
        let shown: String = address.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        return ask_page(&app, &headers, StatusCode::UNPROCESSABLE_ENTITY, wrong, shown);
    }
    match ask_for_link(&app, &address).await {
        Ok(()) => Redirect::to("/sign-in/sent").into_response(),
        Err(error) => {
            let words = visit::words(&headers, None);
            PageError::outside(&app, words, Trouble::Store(error)).into_response()
        }
    }
}

/// Enough to keep nonsense out; whether it is somebody's is looked up.
fn is_address(text: &str) -> bool {
    let plain = !text.chars().any(|c| c.is_control() || c.is_whitespace());
    let parts = text.split_once('@');
    plain
        && text.len() <= LONGEST
        && parts.is_some_and(|(who, at)| !who.is_empty() && !at.is_empty())
}

async fn ask_for_link(app: &App, address: &str) -> Result<(), StoreError> {
    let now = app.clock.now();
    let new_id = AccountId(app.clock.new_id());
    let today = app.calendar.local_date(now);
    let tx = app.store.begin().await?;
    let directory = people::directory(&tx, today).await?;
    let known = accounts::find_by_address(&tx, address).await?;
    let administrator = known.is_some_and(|account| account.administrator);
    let reception = app.reception.as_deref();
    let reader = Reader::of(new_id, address, administrator, &directory, reception, today);
    if reader.is_somebody() {
        let account = accounts::keep(&tx, address, new_id, now).await?;
        sign_in_links::ask(&tx, account.id, app.clock.new_id(), now).await?;
    }
    sign_in_links::forget(&tx, now).await?;
    sessions::forget(&tx, now).await?;
    tx.commit().await
}

/// `GET /sign-in/sent`
pub(crate) async fn sent(State(app): State<App>, headers: HeaderMap) -> Response {
    let words = visit::words(&headers, None);
    let page = Page::outside(&app, words, words.say("sent-title"), "/sign-in/sent");
    let lead = words.with("sent-lead", [("minutes", LINK_LASTS.num_minutes().into())]);
    let leads = Vec::from([lead, words.say("sent-nothing")]);
    let link = Some(("/sign-in", words.say("sent-again")));
    show(StatusCode::OK, &Step { page, leads, button: None, link })
}

/// `GET /sign-in/{token}`: changes nothing; a mail scanner may look.
pub(crate) async fn open(
    State(app): State<App>,
    headers: HeaderMap,
    Named(token): Named,
) -> Response {
    let words = visit::words(&headers, None);
    match is_good(&app, &Token::sent(&token)).await {
        Ok(true) => {
            let page = Page::outside(&app, words, words.say("open-title"), "/");
            let lead = words.with("open-lead", [("days", SESSION_LASTS.num_days().into())]);
            let button = Some((format!("/sign-in/{token}"), words.say("open-button")));
            let step = Step { page, leads: Vec::from([lead]), button, link: None };
            ([(CACHE_CONTROL, "no-store")], show(StatusCode::OK, &step)).into_response()
        }
        Ok(false) => spent(&app, &headers),
        Err(error) => PageError::outside(&app, words, Trouble::Store(error)).into_response(),
    }
}

async fn is_good(app: &App, token: &Token) -> Result<bool, StoreError> {
    let tx = app.store.read().await?;
    let good = sign_in_links::is_good(&tx, &token.hash(), app.clock.now()).await?;
    tx.commit().await?;
    Ok(good)
}

/// One page for links that are used, too old, forged or somebody else's: it tells nobody which.
fn spent(app: &App, headers: &HeaderMap) -> Response {
    let words = visit::words(headers, None);
    let page = Page::outside(app, words, words.say("spent-title"), "/sign-in");
    let lead = words.with("spent-lead", [("minutes", LINK_LASTS.num_minutes().into())]);
    let link = Some(("/sign-in", words.say("sent-again")));
    show(StatusCode::GONE, &Step { page, leads: Vec::from([lead]), button: None, link })
}

/// `POST /sign-in/{token}`
pub(crate) async fn enter(
    State(app): State<App>,
    headers: HeaderMap,
    Named(token): Named,
) -> Response {
    match begin_session(&app, &Token::sent(&token)).await {
        Ok(Some(session)) => {
            let cookie = cookies::keep_session(&app, &session);
            ([(SET_COOKIE, cookie)], Redirect::to("/")).into_response()
        }
        Ok(None) => spent(&app, &headers),
        Err(error) => {
            let words = visit::words(&headers, None);
            PageError::outside(&app, words, Trouble::Store(error)).into_response()
        }
    }
}

async fn begin_session(app: &App, link: &Token) -> Result<Option<Token>, StoreError> {
    let now = app.clock.now();
    let session = Token::random()?;
    let tx = app.store.begin().await?;
    let Some(account) = sign_in_links::use_up(&tx, &link.hash(), now).await? else {
        tx.rollback().await?;
        return Ok(None);
    };
    sessions::begin(&tx, account, session.hash(), app.clock.new_id(), now).await?;
    tx.commit().await?;
    Ok(Some(session))
}

/// Signs somebody in without a link: for the demo, where everybody may be anybody. No route of the product leads here.
///
/// # Errors
/// [`StoreError`].
pub async fn let_in(app: &App, address: &str) -> Result<Response, StoreError> {
    let now = app.clock.now();
    let session = Token::random()?;
    let tx = app.store.begin().await?;
    let account = accounts::keep(&tx, address, AccountId(app.clock.new_id()), now).await?;
    sessions::begin(&tx, account.id, session.hash(), app.clock.new_id(), now).await?;
    tx.commit().await?;
    let cookie = cookies::keep_session(app, &session);
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}

/// `POST /sign-out`: in this browser. `POST /sign-out/everywhere`: in all of them.
pub(crate) async fn sign_out(visit: Visit) -> Response {
    visit.answer(leave(&visit, false)).await
}

/// `POST /sign-out/everywhere`
pub(crate) async fn sign_out_everywhere(visit: Visit) -> Response {
    visit.answer(leave(&visit, true)).await
}

async fn leave(visit: &Visit, everywhere: bool) -> Result<Response, Trouble> {
    let tx = visit.app.store.begin().await?;
    if everywhere {
        sessions::end_all(&tx, visit.session.account, visit.now).await?;
    } else {
        sessions::end(&tx, visit.session.id, visit.now).await?;
    }
    tx.commit().await?;
    let cookie = cookies::forget_session(&visit.app);
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/signed-out")).into_response())
}

/// `GET /signed-out`
pub(crate) async fn signed_out(State(app): State<App>, headers: HeaderMap) -> Response {
    let words = visit::words(&headers, None);
    let page = Page::outside(&app, words, words.say("signed-out-title"), "/signed-out");
    let leads = Vec::from([words.say("signed-out-lead")]);
    let link = Some(("/sign-in", words.say("sign-in-again")));
    show(StatusCode::OK, &Step { page, leads, button: None, link })
}

#[derive(Debug, Deserialize)]
pub(crate) struct LanguageForm {
    language: String,
    #[serde(default)]
    back: String,
}

/// `POST /language`: in this browser.
pub(crate) async fn language(
    State(app): State<App>,
    form: Result<Form<LanguageForm>, FormRejection>,
) -> Response {
    let Ok(Form(form)) = form else { return Redirect::to("/").into_response() };
    let language = if form.language == "en" { Language::English } else { Language::Swedish };
    let mut pages = BACK.into_iter().chain(Tab::ALL.map(Tab::path));
    let back = pages.find(|path| *path == form.back).unwrap_or("/");
    let cookie = cookies::keep_language(&app, language);
    ([(SET_COOKIE, cookie)], Redirect::to(back)).into_response()
}

/// Pages that one may come back to, beside the administrator's: a form never says where to go by itself.
const BACK: [&str; 11] = [
    "/mine",
    "/mine/figures",
    "/reception",
    "/note",
    "/unit",
    "/away",
    "/settings",
    "/help",
    "/sign-in",
    "/sign-in/sent",
    "/signed-out",
];
