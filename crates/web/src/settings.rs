//! `GET /settings`: what somebody chooses for themselves: the language, and when mails come (R25, R30). A people file changes
//! none of it.

use crate::asks::Asks;
use crate::callback::Sent;
use crate::cookies;
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveTime;
use domain::directory::Language;
use domain::ids::EmployeeId;
use domain::preferences::Preferences;
use serde::Deserialize;
use store::preferences;

#[derive(Debug, Template)]
#[template(path = "settings.html")]
struct Settings {
    page: Page,
    notice: Option<String>,
    wrong: Option<String>,
    /// None for who only reads a mailbox that several share.
    own: Option<Own>,
}

#[derive(Debug)]
struct Own {
    /// Each to choose from: as the form sends it, in words, whether it is chosen.
    languages: Vec<(String, String, bool)>,
    froms: Vec<(String, String, bool)>,
    untils: Vec<(String, String, bool)>,
    /// Whether *new* is wanted; none where the organisation tells nobody.
    wants_new: Option<bool>,
    digest: String,
    /// Who answers on weekdays off, by the people file.
    substitute: Option<String>,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct SettingsForm {
    #[serde(default)]
    language: String,
    #[serde(default)]
    mails_from: String,
    #[serde(default)]
    mails_until: String,
    wants_new: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    did: Option<String>,
}

/// `GET /settings`
pub(crate) async fn settings(visit: Visit, Asks(asked): Asks<Asked>) -> Response {
    let notice = (asked.did.as_deref() == Some("saved")).then(|| visit.words.say("settings-saved"));
    let form = visit.reader.employee.map(|id| SettingsForm::of(&visit, id));
    make(&visit, StatusCode::OK, notice, None, form)
}

fn make(
    visit: &Visit,
    status: StatusCode,
    notice: Option<String>,
    wrong: Option<String>,
    form: Option<SettingsForm>,
) -> Response {
    let page = Page::of(visit, visit.words.say("settings-title"), "/settings");
    let own = form.map(|form| Own::of(visit, &form));
    show(status, &Settings { page, notice, wrong, own })
}

impl SettingsForm {
    /// As the employee has chosen so far.
    fn of(visit: &Visit, employee: EmployeeId) -> Self {
        let chosen = visit.directory.preferences(employee);
        let schedule = &visit.app.schedule;
        let (from, until) = schedule.hours_of(&chosen);
        // What was offered under another configuration becomes what is nearest to it now.
        let from = schedule.mails_from().into_iter().rfind(|time| *time <= from).unwrap_or(from);
        let until = schedule.mails_until().into_iter().find(|time| *time >= until).unwrap_or(until);
        Self {
            language: code(visit.reader.language).to_owned(),
            mails_from: written(from),
            mails_until: written(until),
            wants_new: chosen.wants_new.then(|| "yes".to_owned()),
        }
    }

    /// What was chosen, if it can be.
    fn read(&self, visit: &Visit, before: Preferences) -> Option<Preferences> {
        let schedule = &visit.app.schedule;
        let one_of = |offered: Vec<NaiveTime>, text: &str| {
            offered.into_iter().find(|time| written(*time) == text)
        };
        let from = one_of(schedule.mails_from(), &self.mails_from)?;
        let until = one_of(schedule.mails_until(), &self.mails_until)?;
        // Who leaves them as they are follows them wherever the organisation moves them.
        let own = |time, all| (time != all).then_some(time);
        Some(Preferences {
            language: Some(match self.language.as_str() {
                "sv" => Language::Swedish,
                "en" => Language::English,
                _ => return None,
            }),
            mails_from: own(from, schedule.window_from),
            mails_until: own(until, schedule.window_until),
            wants_new: match schedule.new_every {
                Some(_) => self.wants_new.is_some(),
                None => before.wants_new,
            },
        })
    }
}

impl Own {
    fn of(visit: &Visit, form: &SettingsForm) -> Self {
        let (words, schedule) = (visit.words, &visit.app.schedule);
        let times = |offered: Vec<NaiveTime>, chosen: &str| {
            let one = |time| (written(time), visit.say().time(time), written(time) == chosen);
            offered.into_iter().map(one).collect()
        };
        let language = |language: Language| {
            let code = code(language);
            (
                code.to_owned(),
                words.say(&format!("settings-language-{}", code)),
                code == form.language,
            )
        };
        let employee = visit.reader.employee.and_then(|id| visit.directory.employee(id));
        let substitute = employee.and_then(|e| e.substitute).map(|id| visit.say().employee(id));
        let chosen = form.mails_from.parse().unwrap_or(schedule.digest);
        let digest = visit.say().time(schedule.digest.max(chosen));
        Self {
            languages: [Language::Swedish, Language::English].map(language).to_vec(),
            froms: times(schedule.mails_from(), &form.mails_from),
            untils: times(schedule.mails_until(), &form.mails_until),
            wants_new: schedule.new_every.map(|_| form.wants_new.is_some()),
            digest: words.with("settings-digest", [("time", digest.into())]),
            substitute: substitute
                .map(|who| words.with("settings-substitute", [("who", who.into())])),
        }
    }
}

/// `POST /settings`
pub(crate) async fn save(visit: Visit, sent: Sent<SettingsForm>) -> Response {
    let made = async {
        let form = sent.read()?;
        let employee = visit.reader.employee.ok_or(Trouble::NotFound)?;
        let before = visit.directory.preferences(employee);
        let Some(chosen) = form.read(&visit, before) else {
            let wrong = Some(visit.words.say("settings-refused"));
            return Ok(make(&visit, StatusCode::UNPROCESSABLE_ENTITY, None, wrong, Some(form)));
        };
        let tx = visit.app.store.begin().await?;
        preferences::keep(&tx, employee, &chosen, visit.now).await?;
        tx.commit().await?;
        // What this browser was told before would hide it.
        let language = chosen.language.unwrap_or(visit.reader.language);
        let cookie = cookies::keep_language(&visit.app, language);
        Ok(([(SET_COOKIE, cookie)], Redirect::to("/settings?did=saved")).into_response())
    };
    visit.answer(made).await
}

fn code(language: Language) -> &'static str {
    match language {
        Language::Swedish => "sv",
        Language::English => "en",
    }
}

/// As the form sends it.
fn written(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}
