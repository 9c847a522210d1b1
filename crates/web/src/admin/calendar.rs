//! `GET /admin/calendar`: which days do not count, and the days on which units are closed. What one would change is shown
//! before it is recorded (R11, R14).

use super::{Tab, only_administrators};
use crate::asks::{Asks, Named};
use crate::callback::Sent;
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Days, NaiveDate};
use domain::calendars::{ClosingRefusal, LONGEST_REASON, RecordedDay, UnitCalendars};
use domain::ids::{ClosedDayId, UnitId};
use domain::transitions::Rules;
use serde::Deserialize;
use store::closed_days;
use uuid::Uuid;
use workalendar::WhyOff;

/// So far ahead days off are listed.
const AHEAD: Days = Days::new(366);

#[derive(Debug, Template)]
#[template(path = "admin_calendar.html")]
struct Calendar {
    page: Page,
    notice: Option<String>,
    wrong: Option<String>,
    rule: String,
    sent: ClosingForm,
    today: NaiveDate,
    longest: usize,
    /// Id and name.
    units: Vec<(String, String)>,
    effect: Option<Effect>,
    days: Vec<DayOff>,
}

/// What the day would change, in words.
#[derive(Debug)]
struct Effect {
    title: String,
    closes: String,
    example: String,
    promised: Option<Promised>,
}

/// What was promised before, and would have another last day.
#[derive(Debug)]
struct Promised {
    lead: String,
    moves: Vec<String>,
}

#[derive(Debug)]
struct DayOff {
    day: NaiveDate,
    text: String,
    why: String,
    whose: String,
    remove: Option<ClosedDayId>,
}

/// What the form sends, to look and to record.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ClosingForm {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    reason: String,
    /// Promises made before follow.
    anew: Option<String>,
    did: Option<String>,
    n: Option<u32>,
}

/// `GET /admin/calendar`; with a unit and a day: what closing it would change.
pub(crate) async fn calendar(visit: Visit, Asks(asked): Asks<ClosingForm>) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let looks = !asked.unit.is_empty() || !asked.day.is_empty() || !asked.reason.is_empty();
        if !looks {
            return make(&visit, StatusCode::OK, asked, None, None).await;
        }
        match read(&visit, &asked) {
            Ok(day) => {
                let effect = effect(&visit, &day).await?;
                make(&visit, StatusCode::OK, asked, None, Some(effect)).await
            }
            Err(wrong) => refuse(&visit, asked, wrong).await,
        }
    };
    visit.answer(made).await
}

/// `POST /admin/calendar`: records it; what was promised before follows only where that is asked for.
pub(crate) async fn close(visit: Visit, sent: Sent<ClosingForm>) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let form = sent.read()?;
        if is_recorded(&visit, &form) {
            return Ok(Redirect::to("/admin/calendar?did=closed").into_response());
        }
        let day = match read(&visit, &form) {
            Ok(day) => day,
            Err(wrong) => return refuse(&visit, form, wrong).await,
        };
        let moved = record(&visit, &day, form.anew.is_some()).await?;
        Ok(Redirect::to(&format!("/admin/calendar?did=closed&n={moved}")).into_response())
    };
    visit.answer(made).await
}

/// `POST /admin/calendar/{id}/remove`: what was promised by it stays. A day that is over is not on the page.
pub(crate) async fn open(visit: Visit, Named(id): Named) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let id = ClosedDayId(Uuid::try_parse(&id).map_err(|_| Trouble::NotFound)?);
        let recorded = visit.directory.closed_days().iter().find(|day| day.id == id);
        if recorded.is_some_and(|day| !day.may_be_removed(visit.today)) {
            return Err(Trouble::NotFound);
        }
        let tx = visit.app.store.begin().await?;
        closed_days::remove(&tx, id).await?;
        tx.commit().await?;
        tracing::info!(account = %visit.reader.account, day = %id, "a closed day was taken back");
        Ok(Redirect::to("/admin/calendar?did=opened").into_response())
    };
    visit.answer(made).await
}

/// It was pressed twice.
fn is_recorded(visit: &Visit, form: &ClosingForm) -> bool {
    let all = visit.directory.closed_days().iter();
    all.map(|day| (day.unit.to_string(), day.day.to_string()))
        .any(|day| day == (form.unit.clone(), form.day.clone()))
}

fn read(visit: &Visit, form: &ClosingForm) -> Result<RecordedDay, String> {
    let words = visit.words;
    let unit = Uuid::try_parse(&form.unit).map(UnitId);
    let unit = unit.map_err(|_| words.say("closing-no-unit"))?;
    let day: NaiveDate = form.day.parse().map_err(|_| words.say("closing-no-day"))?;
    let (id, reason) = (visit.app.clock.new_id(), form.reason.trim().to_owned());
    let day = RecordedDay { id: ClosedDayId(id), unit, day, reason };
    let calendars = (&*visit.app.calendar, &*visit.units);
    let checked = day.check(&visit.directory, calendars, visit.today);
    checked.map_err(|refusal| match refusal {
        ClosingRefusal::NoUnit => words.say("closing-no-unit"),
        ClosingRefusal::Past => words.say("closing-past"),
        ClosingRefusal::TooFar { until } => {
            words.with("closing-too-far", [("day", visit.say().date(until).into())])
        }
        ClosingRefusal::OffAnyway => {
            words.with("closing-off-anyway", [("day", visit.say().date(day.day).into())])
        }
        ClosingRefusal::Reason => {
            words.with("closing-reason-wrong", [("n", LONGEST_REASON.into())])
        }
    })?;
    Ok(day)
}

async fn refuse(visit: &Visit, form: ClosingForm, wrong: String) -> Result<Response, Trouble> {
    make(visit, StatusCode::UNPROCESSABLE_ENTITY, form, Some(wrong), None).await
}

/// The calendars once it is recorded.
fn after(visit: &Visit, day: &RecordedDay) -> UnitCalendars {
    day.with(&visit.directory, &visit.app.closed_days, &visit.app.calendar)
}

async fn effect(visit: &Visit, day: &RecordedDay) -> Result<Effect, Trouble> {
    let (say, words, app) = (visit.say(), visit.words, &visit.app);
    let (units, after) = (day.closes(&visit.directory), after(visit, day));
    let rules = Rules { units: &after, ..visit.rules() };
    let tx = app.store.read().await?;
    let by = (visit.reader.actor(), visit.now);
    let moves = closed_days::would_move(&tx, &units, rules, by).await?;
    tx.commit().await?;
    let (before, closed) =
        (visit.rules().calendar_of(Some(day.unit)), rules.calendar_of(Some(day.unit)));
    let example = day.example(before, closed, app.policy.working_days).ok();
    let example = example.map(|example| {
        let day = |day| say.date(day).into();
        let days = [
            ("received", day(example.received_on)),
            ("before", day(example.before)),
            ("after", day(example.after)),
        ];
        words.with("closing-example", days)
    });
    let name = |id| visit.directory.unit(id).map(|unit| unit.name.clone()).unwrap_or_default();
    let below: Vec<String> =
        units.iter().filter(|unit| **unit != day.unit).map(|id| name(*id)).collect();
    let title = [("unit", name(day.unit).into()), ("day", say.date(day.day).into())];
    Ok(Effect {
        title: words.with("closing-effect", title),
        closes: match below.as_slice() {
            [] => words.say("closing-alone"),
            below => words.with("closing-below", [("units", below.join(", ").into())]),
        },
        example: example.unwrap_or_default(),
        promised: (!moves.is_empty()).then(|| Promised {
            lead: words.with("closing-promised", [("n", moves.values().sum::<usize>().into())]),
            moves: moves
                .into_iter()
                .map(|((from, to), n)| {
                    let (from, to) = (say.date(from).into(), say.date(to).into());
                    words.with("closing-move", [("n", n.into()), ("from", from), ("to", to)])
                })
                .collect(),
        }),
    })
}

async fn record(visit: &Visit, day: &RecordedDay, anew: bool) -> Result<usize, Trouble> {
    let after = after(visit, day);
    let rules = Rules { units: &after, ..visit.rules() };
    let (by, now) = (visit.reader.actor(), visit.now);
    let tx = visit.app.store.begin().await?;
    closed_days::insert(&tx, day, by, now).await?;
    let moved = if anew {
        closed_days::count_anew(&tx, &day.closes(&visit.directory), rules, (by, now)).await?
    } else {
        0
    };
    tx.commit().await?;
    Ok(moved)
}

async fn make(
    visit: &Visit,
    status: StatusCode,
    sent: ClosingForm,
    wrong: Option<String>,
    effect: Option<Effect>,
) -> Result<Response, Trouble> {
    let words = visit.words;
    let notice = match sent.did.as_deref() {
        Some("closed") => {
            let counted = sent.n.map(|n| words.with("closing-counted", [("n", n.into())]));
            Some([words.say("closing-saved"), counted.unwrap_or_default()].join(" "))
        }
        Some("opened") => Some(words.say("closing-removed")),
        Some(_) | None => None,
    };
    let units = visit.directory.units().iter().filter(|unit| unit.active);
    let mut units: Vec<_> = units.map(|unit| (unit.id.to_string(), unit.name.clone())).collect();
    units.sort_by(|a, b| a.1.cmp(&b.1));
    let page = Calendar {
        page: Page::of_administrator(visit, Tab::Calendar),
        notice,
        wrong,
        rule: words.with("closing-rule", [("days", visit.app.policy.working_days.into())]),
        sent,
        today: visit.today,
        longest: LONGEST_REASON,
        units,
        effect,
        days: days(visit),
    };
    Ok(show(status, &page))
}

/// The days ahead that do not count, weekends aside: everybody's, and those of units.
fn days(visit: &Visit) -> Vec<DayOff> {
    let (say, words, app) = (visit.say(), visit.words, &visit.app);
    let last = visit.today.checked_add_days(AHEAD).unwrap_or(visit.today);
    let spoken = words.spoken();
    let of_all = app.calendar.days_off(visit.today, last).filter(|off| off.why != WhyOff::Weekend);
    let of_all = of_all.map(|off| DayOff {
        day: off.day,
        text: say.date(off.day),
        why: off.why.name(spoken).unwrap_or_default().to_owned(),
        whose: words.say("closing-everybody"),
        remove: None,
    });
    let of_one = |(day, why, whose, remove): (NaiveDate, &str, String, Option<ClosedDayId>)| {
        DayOff { day, text: say.date(day), why: why.to_owned(), whose, remove }
    };
    let configured = app.closed_days.days().iter();
    let configured = configured.map(|d| of_one((d.day, &d.reason, d.unit.clone(), None)));
    let recorded = visit.directory.closed_days().iter().map(|d| {
        let unit = visit.directory.unit(d.unit).map(|unit| unit.name.clone()).unwrap_or_default();
        of_one((d.day, &d.reason, unit, Some(d.id)))
    });
    let all = of_all.chain(configured).chain(recorded);
    let mut days: Vec<DayOff> = all.filter(|off| off.day >= visit.today).collect();
    days.sort_by(|a, b| (a.day, &a.whose).cmp(&(b.day, &b.whose)));
    days
}
