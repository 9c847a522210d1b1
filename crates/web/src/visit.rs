//! Somebody opens a page: who they are, what they may see, what day it is. Asked once for each request.

use crate::error::{PageError, Trouble};
use crate::known::{Practice, Today};
use crate::receivers::Receivers;
use crate::say::Say;
use crate::words::Words;
use crate::{App, cookies};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Reader, Scope};
use domain::calendars::UnitCalendars;
use domain::directory::{Directory, Language};
use domain::transitions::Rules;
use std::sync::Arc;
use store::read_log::Stamp;
use store::sessions::{Found, Session};
use store::{StoreError, sessions};

/// A reader's request.
#[derive(Debug)]
pub(crate) struct Visit {
    pub(crate) app: App,
    pub(crate) session: Session,
    pub(crate) reader: Reader,
    pub(crate) directory: Arc<Directory>,
    pub(crate) units: Arc<UnitCalendars>,
    pub(crate) receivers: Receivers,
    pub(crate) practice: Practice,
    pub(crate) words: &'static Words,
    pub(crate) now: DateTime<Utc>,
    pub(crate) today: NaiveDate,
}

impl Visit {
    pub(crate) fn say(&self) -> Say<'_> {
        Say {
            words: self.words,
            calendar: &self.app.calendar,
            directory: &self.directory,
            today: self.today,
            reader: Some((&self.reader.address, self.reader.actor())),
        }
    }

    pub(crate) fn rules(&self) -> Rules<'_> {
        Rules { policy: &self.app.policy, calendar: &self.app.calendar, units: &self.units }
    }

    /// What they may see today: without it nothing is read of any callback (R36).
    pub(crate) fn scope(&self) -> Scope<'_> {
        Scope::of(&self.reader, &self.directory, self.today)
    }

    /// A line of the read log, now.
    pub(crate) fn stamp(&self) -> Stamp {
        let app = &self.app;
        Stamp { id: app.clock.new_id(), now: self.now, zone: app.calendar.zone() }
    }

    /// How they are addressed.
    pub(crate) fn name(&self) -> String {
        let employee = self.reader.employee.and_then(|id| self.directory.employee(id));
        employee.map_or_else(|| self.reader.address.clone(), |e| e.name.clone())
    }

    /// What came of a request, errors as pages in the reader's words.
    pub(crate) async fn answer(
        &self,
        made: impl Future<Output = Result<Response, Trouble>>,
    ) -> Response {
        match made.await {
            Ok(response) => response,
            Err(trouble) => PageError::of(self, trouble).await.into_response(),
        }
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let words = words(&parts.headers, None);
        match find(app, &parts.headers).await {
            Ok(Some(visit)) => Ok(visit),
            Ok(None) => Err(Redirect::to("/sign-in").into_response()),
            Err(error) => Err(PageError::outside(app, words, error.into()).into_response()),
        }
    }
}

/// The reader of this request; none when nobody is signed in, or not any more.
pub(crate) async fn find(app: &App, headers: &HeaderMap) -> Result<Option<Visit>, StoreError> {
    let Some(token) = cookies::session(app, headers) else { return Ok(None) };
    let now = app.clock.now();
    let today = app.calendar.local_date(now);
    let found = sessions::find(&app.store, &token.hash(), now).await?;
    let Some(Found { session, account, directory_version }) = found else { return Ok(None) };
    let known = app.known.today(app, directory_version, (today, now)).await?;
    let Today { directory, units, receivers, practice } = known;
    let reader = Reader::of(
        account.id,
        &account.address,
        account.administrator,
        &directory,
        app.reception.as_deref(),
        today,
    );
    let words = words(headers, Some(reader.language));
    let app = app.clone();
    let visit =
        Visit { app, session, reader, directory, units, receivers, practice, words, now, today };
    Ok(Some(visit))
}

/// The language that was chosen in this browser, else the reader's own, else the one that the browser asks for.
pub(crate) fn words(headers: &HeaderMap, own: Option<Language>) -> &'static Words {
    let language = cookies::language(headers).or(own).unwrap_or_else(|| asked_for(headers));
    Words::of(language)
}

/// Swedish unless English is asked for, and Swedish is not.
fn asked_for(headers: &HeaderMap) -> Language {
    let header = headers.get(axum::http::header::ACCEPT_LANGUAGE);
    let asked = header.and_then(|h| h.to_str().ok()).unwrap_or_default().to_lowercase();
    let first = asked.split(',').map(str::trim).find_map(|tag| match tag.get(..2) {
        Some("sv") => Some(Language::Swedish),
        Some("en") => Some(Language::English),
        Some(_) | None => None,
    });
    first.unwrap_or_default()
}
