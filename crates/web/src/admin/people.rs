//! `GET /admin/people`: units, who works there, which numbers are theirs, and who answers for them. It comes from the people
//! file and is changed there (`people_file`).

use super::{OneCalendar, Tab, calendar, only_administrators};
use crate::asks::Asks;
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::directory::{Employee, Line, LineKind, Unit, collated};
use domain::ids::{EmployeeId, UnitId};
use serde::Deserialize;
use store::calendars;
use uuid::Uuid;

#[derive(Debug, Template)]
#[template(path = "admin_people.html")]
struct People {
    page: Page,
    notice: Option<String>,
    lead: String,
    units: Vec<OneUnit>,
    /// The unit that is looked at.
    unit: Option<Members>,
    calendars: Vec<OneCalendar>,
}

#[derive(Debug)]
struct OneUnit {
    id: UnitId,
    name: String,
    above: Option<String>,
    manager: Option<String>,
    deputy: Option<String>,
    /// Where the mails of the unit itself go: its function mailbox, else its reception.
    mailbox: Option<String>,
    employees: usize,
    lines: usize,
}

#[derive(Debug)]
struct Members {
    name: String,
    employees: Vec<Member>,
    lines: Vec<Number>,
}

#[derive(Debug)]
struct Member {
    name: String,
    address: String,
    /// Part-time, last day, away: what is not as with everybody.
    more: String,
    substitute: Option<String>,
}

#[derive(Debug)]
struct Number {
    name: String,
    kind: String,
    numbers: String,
    whose: String,
    protected: bool,
}

/// What the address says besides.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    unit: Option<String>,
    did: Option<String>,
    n: Option<usize>,
}

/// `GET /admin/people`
pub(crate) async fn people(visit: Visit, Asks(asked): Asks<Asked>) -> Response {
    visit.answer(make(&visit, asked)).await
}

async fn make(visit: &Visit, asked: Asked) -> Result<Response, Trouble> {
    only_administrators(visit)?;
    let (words, directory) = (visit.words, &visit.directory);
    let unit = match asked.unit.as_deref().map(Uuid::try_parse) {
        None => None,
        Some(Err(_)) => return Err(Trouble::NotFound),
        Some(Ok(id)) => {
            let unit = directory.unit(UnitId(id)).filter(|unit| unit.active);
            Some(members(visit, unit.ok_or(Trouble::NotFound)?))
        }
    };
    let tx = visit.app.store.read().await?;
    let calendars = calendars::list(&tx).await?;
    tx.commit().await?;
    let mut units: Vec<OneUnit> =
        directory.units().iter().filter(|u| u.active).map(|u| one(visit, u)).collect();
    units.sort_by_cached_key(|unit| collated(&unit.name));
    let count = |n: usize| n.into();
    let employees = directory.employees().iter().filter(|e| e.active).count();
    let lines = directory.lines().iter().filter(|line| line.active).count();
    let people =
        [("units", count(units.len())), ("employees", count(employees)), ("lines", count(lines))];
    let page = People {
        page: Page::of_administrator(visit, Tab::People),
        notice: (asked.did.as_deref() == Some("imported")).then(|| match asked.n {
            Some(n) => words.with("people-file-done", [("n", n.into())]),
            None => words.say("people-file-was-done"),
        }),
        lead: words.with("people-there", people),
        units,
        unit,
        calendars: calendars.into_iter().map(|status| calendar(visit, status)).collect(),
    };
    Ok(show(StatusCode::OK, &page))
}

fn one(visit: &Visit, unit: &Unit) -> OneUnit {
    let directory = &visit.directory;
    let name = |id: Option<EmployeeId>| id.and_then(|id| working(visit, id));
    OneUnit {
        id: unit.id,
        name: unit.name.clone(),
        above: unit.parent.and_then(|id| directory.unit(id)).map(|above| above.name.clone()),
        manager: name(unit.manager),
        deputy: name(unit.deputy),
        mailbox: unit.mailbox.clone().or_else(|| unit.reception.clone()),
        employees: of_unit(visit, unit).len(),
        lines: directory.lines().iter().filter(|line| line.active && line.unit == unit.id).count(),
    }
}

fn working(visit: &Visit, id: EmployeeId) -> Option<String> {
    let employee = visit.directory.employee(id).filter(|employee| employee.active);
    employee.map(|employee| employee.name.clone())
}

fn of_unit<'a>(visit: &'a Visit, unit: &Unit) -> Vec<&'a Employee> {
    let all = visit.directory.employees().iter();
    all.filter(|employee| employee.active && employee.unit == unit.id).collect()
}

fn members(visit: &Visit, unit: &Unit) -> Members {
    let directory = &visit.directory;
    let mut employees = of_unit(visit, unit);
    employees.sort_by_cached_key(|employee| collated(&employee.name));
    let mut lines: Vec<&Line> =
        directory.lines().iter().filter(|line| line.active && line.unit == unit.id).collect();
    lines.sort_by_cached_key(|line| collated(&line.name));
    Members {
        name: unit.name.clone(),
        employees: employees.into_iter().map(|employee| member(visit, employee)).collect(),
        lines: lines.into_iter().map(|line| number(visit, line)).collect(),
    }
}

fn member(visit: &Visit, employee: &Employee) -> Member {
    let (say, words, directory) = (visit.say(), visit.words, &visit.directory);
    let until =
        employee.until.map(|day| words.with("people-until", [("day", say.date(day).into())]));
    let away = directory
        .absence(employee.id, visit.today)
        .map(|absence| words.with("people-away", [("day", say.day(absence.to).into())]));
    let off = (away.is_none() && directory.is_off(employee.id, visit.today))
        .then(|| words.say("people-off"));
    let more: Vec<String> = [until, away, off].into_iter().flatten().collect();
    Member {
        name: employee.name.clone(),
        address: employee.email.clone(),
        more: more.join(" "),
        substitute: employee.substitute.and_then(|id| working(visit, id)),
    }
}

fn number(visit: &Visit, line: &Line) -> Number {
    let words = visit.words;
    let whose = match line.kind {
        LineKind::Person => line.employee_on(visit.today).and_then(|id| working(visit, id)),
        LineKind::Group | LineKind::Queue | LineKind::Switchboard | LineKind::Ivr => {
            Some(words.say("people-units-own"))
        }
    };
    Number {
        name: line.name.clone(),
        kind: words.say(match line.kind {
            LineKind::Person => "line-person",
            LineKind::Group => "line-group",
            LineKind::Queue => "line-queue",
            LineKind::Switchboard => "line-switchboard",
            LineKind::Ivr => "line-ivr",
        }),
        numbers: line.numbers().join(", "),
        whose: whose.unwrap_or_else(|| words.say("people-nobodys")),
        protected: line.protected,
    }
}
