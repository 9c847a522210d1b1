//! `GET /follow-up`: how a unit kept its promises in a month, how it goes over a year, and what its manager says of it
//! (R31–R33). It counts callbacks, never people.

mod chart;
mod counted;
mod sign;
mod waits;

pub use counted::Counted;
pub(crate) use sign::sign;

use crate::asks::Asks;
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::report::{self, Report, Row, Told, UnitOf, figures};
use crate::visit::Visit;
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chart::Trend;
use counted::OneMonth;
use domain::follow_up::{ByMessage, Cell, Group, Line, Month, Period};
use domain::ids::UnitId;
use serde::Deserialize;
use sign::{SignForm, Signature};
use store::reports::Reported;
use store::signed_months;

/// So many months are in the trend.
const TREND: usize = 12;
/// The figures that are large on the page: of those who left a message, which is what the policy speaks of.
const LARGE: [Line; 4] = [Line::AttemptedTwo, Line::ReachedTwo, Line::Kept, Line::LongestOpen];

#[derive(Debug, Template)]
#[template(path = "follow_up.html")]
struct FollowUp {
    page: Page,
    notice: Option<String>,
    /// After an update: the figures are not all there yet.
    incomplete: bool,
    wrong: Option<String>,
    /// Units to choose from: id, name, whether it is this one.
    units: Vec<(UnitId, String, bool)>,
    unit: UnitId,
    month: Month,
    title: String,
    before: Option<(Month, String)>,
    after: Option<(Month, String)>,
    as_of: String,
    goes_on: Option<String>,
    large: Vec<(String, String)>,
    heads: [String; 2],
    tables: Vec<(String, Vec<Row>)>,
    /// None where nothing came in all year.
    trend: Option<Trend>,
    waits: Vec<waits::Step>,
    /// The worst cases, by what was left: with a message and without.
    worst: Vec<(String, Vec<String>)>,
    signature: Option<Signature>,
    /// Why it cannot be signed yet, where nobody has.
    not_yet: Option<String>,
    sent: SignForm,
    explained: (String, Vec<String>),
}

/// Which unit, and which month; without, the topmost one's last month that is over.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    unit: Option<UnitId>,
    #[serde(default)]
    month: Option<String>,
    #[serde(default)]
    did: Option<String>,
}

/// What is asked for, and may be shown.
#[derive(Debug, Clone, Copy)]
struct Chosen {
    unit: UnitId,
    month: Month,
}

impl Chosen {
    /// To everybody but its managers there is no such page.
    fn of(visit: &Visit, unit: Option<UnitId>, month: Option<&str>) -> Result<Self, Trouble> {
        let unit = unit.or_else(|| visit.reader.manages.first().copied());
        let unit = unit.filter(|unit| visit.reader.follows_up(*unit)).ok_or(Trouble::NotFound)?;
        let month = match month {
            Some(text) => text.parse().map_err(|_| Trouble::NotFound)?,
            None => Month::of(visit.today).before(),
        };
        if month.first() > visit.today {
            return Err(Trouble::NotFound);
        }
        Ok(Self { unit, month })
    }

    fn path(self) -> String {
        format!("/follow-up?unit={}&month={}", self.unit, self.month)
    }
}

/// `GET /follow-up`
pub(crate) async fn follow_up(visit: Visit, Asks(asked): Asks<Asked>) -> Response {
    let made = async {
        let chosen = Chosen::of(&visit, asked.unit, asked.month.as_deref())?;
        let notice = match asked.did.as_deref() {
            Some("signed") => Some(visit.words.say("follow-up-signed")),
            Some(_) | None => None,
        };
        make(&visit, chosen, StatusCode::OK, notice, None, SignForm::default()).await
    };
    visit.answer(made).await
}

async fn make(
    visit: &Visit,
    chosen: Chosen,
    status: StatusCode,
    notice: Option<String>,
    wrong: Option<String>,
    sent: SignForm,
) -> Result<Response, Trouble> {
    let (words, today) = (visit.words, visit.today);
    let Chosen { unit, month } = chosen;
    let told = Told::new(words);
    let tx = visit.app.store.read().await?;
    // Looked at now, for what was signed a moment ago may be counted otherwise in what is kept.
    let signed = signed_months::find(&tx, unit, month).await?;
    let incomplete = !store::follow_up::is_complete(&tx).await?;
    let by = match &signed {
        Some(signed) => Some(sign::who(&tx, visit, signed.by).await?),
        None => None,
    };
    tx.commit().await?;
    let months = visit.app.counted.of(visit, trend_until(month)).await?;
    let newest = months.last().ok_or(Trouble::NotFound)?;
    let figures = match &signed {
        Some(signed) => signed.figures.clone(),
        None => of_unit(newest, unit).ok_or(Trouble::NotFound)?.figures.clone(),
    };
    let whole = figures.with_below.as_ref().unwrap_or(&figures.own);
    let name = name(visit, unit);
    let mut tables = Vec::new();
    match &figures.with_below {
        Some(sum) => tables.extend([
            (told.with_below(&name), told.table(sum)),
            (told.itself(&name), told.table(&figures.own)),
        ]),
        None => tables.push((name.clone(), told.table(&figures.own))),
    }
    let step = |to: Month| (to, told.period(Period::Month(to)));
    let goes_on = today <= month.last();
    let mut explained = told.explained();
    explained
        .1
        .push(words.with("follow-up-counted-at", [("at", visit.say().moment(newest.at).into())]));
    let page = FollowUp {
        page: Page::of(visit, words.say("report-title"), "/follow-up"),
        notice,
        incomplete,
        wrong,
        units: choice(visit, unit),
        unit,
        month,
        title: format!("{name}, {}", told.period(Period::Month(month))),
        before: (month.before() < month).then(|| step(month.before())),
        after: (month.after().first() <= today).then(|| step(month.after())),
        as_of: told.as_of(signed.as_ref().map_or(today, |s| visit.app.calendar.local_date(s.at))),
        goes_on: goes_on.then(|| told.goes_on()),
        large: large(told, whole),
        worst: waits::worst(visit, &told.heads(), whole),
        heads: told.heads(),
        tables,
        trend: trend(told, &months, unit, words),
        waits: waits::steps(told, whole),
        not_yet: (signed.is_none() && !month.is_over(today)).then(|| {
            words.with("follow-up-not-over", [("day", visit.say().day(month.last()).into())])
        }),
        signature: signed.zip(by).map(|(signed, by)| Signature::of(visit, signed, by)),
        sent,
        explained,
    };
    Ok(show(status, &page))
}

/// The large figures: of those who left a message, or why there are none.
fn large(told: Told, whole: &ByMessage) -> Vec<(String, String)> {
    match figures(&whole.with) {
        Some(figures) => LARGE.map(|line| (told.label(line), told.cell(line.of(figures)))).to_vec(),
        None => Vec::from([(told.label(Line::Counted), told.hidden(&whole.with))]),
    }
}

fn choice(visit: &Visit, unit: UnitId) -> Vec<(UnitId, String, bool)> {
    let manages = visit.reader.manages.iter();
    manages.map(|id| (*id, name(visit, *id), *id == unit)).collect()
}

fn name(visit: &Visit, unit: UnitId) -> String {
    visit.directory.unit(unit).map_or_else(String::new, |unit| unit.name.clone())
}

fn of_unit(month: &OneMonth, unit: UnitId) -> Option<&Reported> {
    month.units.iter().find(|reported| reported.figures.unit == unit)
}

/// Those who left a message, here and below.
fn with_message(reported: &Reported) -> &Group {
    let figures = &reported.figures;
    &figures.with_below.as_ref().unwrap_or(&figures.own).with
}

/// The months of the trend, the oldest first.
fn trend_until(month: Month) -> Vec<Month> {
    let mut months: Vec<Month> =
        std::iter::successors(Some(month), |m| Some(m.before())).take(TREND).collect();
    months.reverse();
    months.dedup();
    months
}

fn trend(
    told: Told,
    months: &[OneMonth],
    unit: UnitId,
    words: &'static crate::words::Words,
) -> Option<Trend> {
    let group = |month| of_unit(month, unit).map(with_message);
    if months.iter().filter_map(group).all(|group| *group == Group::Nothing) {
        return None;
    }
    let points = months.iter().map(|month| {
        let group = group(month);
        let shown = group.and_then(figures);
        let cells = [Line::AttemptedTwo, Line::ReachedTwo].map(|line| {
            let cell: Option<Cell> = shown.map(|figures| line.of(figures));
            let text = match (cell, group) {
                (Some(cell), _) => told.cell(cell),
                (None, Some(group)) => told.hidden(group),
                (None, None) => words.say("report-nothing"),
            };
            (cell.and_then(Cell::percent), text)
        });
        (told.period(Period::Month(month.month)), cells)
    });
    let heads = [Line::AttemptedTwo, Line::ReachedTwo].map(|line| told.label(line));
    Some(Trend::of(points.collect(), heads))
}

/// `GET /follow-up/csv`: this unit and those below it, as a file.
pub(crate) async fn csv(visit: Visit, Asks(asked): Asks<Asked>) -> Response {
    let made = async {
        let chosen = Chosen::of(&visit, asked.unit, asked.month.as_deref())?;
        let months = visit.app.counted.of(&visit, Vec::from([chosen.month])).await?;
        let units = months.into_iter().flat_map(|month| month.units.to_vec());
        let is_under = |r: &Reported| {
            visit.directory.upwards(r.figures.unit).any(|unit| unit.id == chosen.unit)
        };
        let units = units.filter(is_under).map(|reported| {
            let name = name(&visit, reported.figures.unit);
            UnitOf::new(reported, name, &visit.app.calendar)
        });
        let period = Period::Month(chosen.month);
        let report = Report { period, today: visit.today, units: units.collect() };
        let text = report::csv(&report).map_err(|_| Trouble::NotFound)?;
        let disposition = format!("attachment; filename=\"aterkom-{}.csv\"", chosen.month);
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
        ];
        Ok((headers, text).into_response())
    };
    visit.answer(made).await
}
