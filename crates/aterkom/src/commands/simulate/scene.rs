//! Who, which calls, and which policies are compared.

use super::Arguments;
use crate::commands::{WrongUse, people, sources};
use crate::config::{self, Config};
use crate::parts;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use clock::Clock;
use domain::calendars::{ClosedDays, UnitCalendars};
use domain::policy::Policy;
use domain::rounds::Schedule;
use simulation::{SimulatedCall, Town, Traffic};
use std::path::Path;
use webhook_receiver::records::{self, Asked};
use workalendar::WorkCalendar;

/// So many calls for each employee, where nobody says how many.
const CALLS_EACH: u64 = 400;

/// One policy, with what else decides when somebody is told.
pub(super) struct Policies {
    pub name: String,
    pub policy: Policy,
    pub schedule: Schedule,
    pub calendar: WorkCalendar,
    closed_days: ClosedDays,
}

impl Policies {
    fn of(name: &str, config: &Config) -> anyhow::Result<Self> {
        Ok(Self {
            name: name.to_owned(),
            policy: parts::policy(config)?,
            schedule: parts::schedule(config)?,
            calendar: parts::calendar(config),
            closed_days: parts::closed_days(config),
        })
    }

    /// The calendars of the units that are closed on days of their own (R11).
    pub(super) fn units(&self, town: &Town) -> UnitCalendars {
        self.closed_days.of_units(&town.directory, &self.calendar)
    }
}

/// What is configured, and beside it each of `compare`: the same configuration with these keys changed.
pub(super) fn variants(
    compare: &[String],
    config: &Config,
    file: Option<&Path>,
) -> anyhow::Result<Vec<Policies>> {
    let mut variants = Vec::from([Policies::of("", config)?]);
    for text in compare {
        let changed = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        let changed = changed.map(|part| {
            let (key, value) = part.split_once('=').ok_or_else(|| {
                WrongUse(format!(
                    "--compare: \"{part}\" is no key=value, such as policy.missed_calls=list"
                ))
            })?;
            let key = key.trim();
            if !["policy.", "rounds.", "calendar."].iter().any(|part| key.starts_with(part)) {
                let not = "only keys of policy, rounds and calendar can be compared";
                return Err(WrongUse(format!("--compare: \"{key}\": {not}")));
            }
            let name = format!("ATERKOM__{}", key.replace('.', "__").to_uppercase());
            Ok((name, value.trim().to_owned()))
        });
        let changed: Vec<(String, String)> = changed.collect::<Result<_, _>>()?;
        variants.push(Policies::of(text, &config::read(file, std::env::vars().chain(changed))?)?);
    }
    Ok(variants)
}

/// What every policy is played on.
pub(super) struct Scene {
    pub town: Town,
    pub first: NaiveDate,
    pub days: u64,
    pub calls: u64,
    pub recorded: Option<Vec<SimulatedCall>>,
}

impl Scene {
    pub(super) async fn of(arguments: &Arguments, config: &Config) -> anyhow::Result<Self> {
        let clock = Clock::system();
        let calendar = parts::calendar(config);
        let today = calendar.local_date(clock.now());
        let town = town(arguments, config, today).await?;
        let employees = town.directory.employees().iter().filter(|e| e.active).count();
        if employees == 0 {
            let not = "nobody works here: write --people FILE or --employees NUMBER";
            return Err(WrongUse(not.to_owned()).into());
        }
        let recorded = recorded(arguments, config, clock.now()).await?;
        let begun = recorded.as_ref().and_then(|calls| calls.first());
        let begun = begun.map(|call| calendar.local_date(call.ended_at));
        let new_year = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
        let calls = match &recorded {
            Some(calls) => calls.len() as u64,
            None => arguments.calls.unwrap_or(CALLS_EACH * employees as u64),
        };
        let first = arguments.from.or(begun).unwrap_or(new_year);
        if !(1990..=2090).contains(&first.year()) {
            return Err(WrongUse("--from: write a day of 1990 to 2090".to_owned()).into());
        }
        Ok(Self { town, first, days: arguments.days, calls, recorded })
    }

    pub(super) fn employees(&self) -> usize {
        self.town.directory.employees().iter().filter(|e| e.active).count()
    }

    pub(super) fn traffic(&self, calendar: &WorkCalendar) -> Traffic {
        match &self.recorded {
            Some(calls) => Traffic::Recorded(calls.clone().into()),
            None => Traffic::invented(&self.town, self.calls, (self.first, self.days), calendar),
        }
    }
}

async fn town(arguments: &Arguments, config: &Config, today: NaiveDate) -> anyhow::Result<Town> {
    if let Some(employees) = arguments.employees {
        return Ok(Town::invented(employees as usize));
    }
    let offices = parts::offices(config)?;
    if let Some(file) = &arguments.people {
        let name = file.display().to_string();
        let bytes =
            std::fs::read(file).map_err(|e| WrongUse(format!("{name} cannot be read: {e}")))?;
        let people = people::read(&name, &bytes, config).await?;
        return Ok(Town::of_people(&people, offices, today));
    }
    let store = parts::open(config).await?;
    let tx = store.read().await?;
    let directory = store::people::directory(&tx, today).await?;
    tx.commit().await?;
    store.close().await?;
    Ok(Town { directory, offices })
}

async fn recorded(
    arguments: &Arguments,
    config: &Config,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<Vec<SimulatedCall>>> {
    let (Some(file), Some(source)) = (&arguments.import, &arguments.source) else {
        return Ok(None);
    };
    let name = file.display();
    let bytes = std::fs::read(file).map_err(|e| WrongUse(format!("{name} cannot be read: {e}")))?;
    let source = sources::named(source, config).await?;
    let asked = Asked { file: None, columns: Vec::new() };
    let all = DateTime::<Utc>::MIN_UTC..now;
    let rows = records::read(&bytes, &asked, &source, all, now)
        .map_err(|not| WrongUse(format!("{name}: {not}")))?;
    let calls = records::calls(rows.facts);
    let calls = calls.into_iter().map(|call| {
        let ended_at = call.ended_at();
        SimulatedCall { ended_at, facts: call.facts }
    });
    let mut calls: Vec<SimulatedCall> = calls.collect();
    if calls.is_empty() {
        return Err(WrongUse(format!("{name}: no calls are in it")).into());
    }
    calls.sort_by_key(|call| call.ended_at);
    Ok(Some(calls))
}
