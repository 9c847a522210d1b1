//! `aterkom calendar`: a year of the organisation, or of a unit, for people or as an iCalendar file.

mod ical;
mod year;

use super::{Ended, WrongUse, spoken};
use crate::config::Config;
use crate::parts;
use chrono::Datelike;
use clock::Clock;
use store::people;
use workalendar::WorkCalendar;
use year::Year;

/// The years that the holidays are checked for.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// What `calendar` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The year, from 1990 to 2100; without it, this year
    year: Option<i32>,
    /// The year of this unit, with the days that it alone is closed
    #[arg(long, value_name = "NAME")]
    unit: Option<String>,
    /// Write an iCalendar file with the days off and the half-days
    #[arg(long)]
    ics: bool,
    /// The language: sv or en
    #[arg(long, value_name = "LANGUAGE", default_value = "sv")]
    lang: String,
}

/// Prints it.
///
/// # Errors
/// [`WrongUse`] for a year that is not checked, or a unit that the directory does not have.
pub async fn run(arguments: &Arguments, config: &Config) -> anyhow::Result<Ended> {
    let language = spoken(&arguments.lang)?;
    let now = Clock::system().now();
    let organisation = parts::calendar(config);
    let number = arguments.year.unwrap_or_else(|| organisation.local_date(now).year());
    if !YEARS.contains(&number) {
        let (first, last) = (YEARS.start(), YEARS.end());
        return Err(WrongUse(format!(
            "the holidays of {number} are not known; write a year from {first} to {last}"
        ))
        .into());
    }
    let (calendar, whose) = match &arguments.unit {
        Some(unit) => (of_unit(unit, organisation, config).await?, unit.as_str()),
        None => (organisation, config.organisation.name.as_str()),
    };
    let year = Year::of(number, &calendar);
    if arguments.ics {
        print!("{}", ical::write(&year, whose, language, now));
    } else {
        print!("{}", year.written(whose, language));
    }
    Ok(Ended::Well)
}

async fn of_unit(
    name: &str,
    organisation: WorkCalendar,
    config: &Config,
) -> anyhow::Result<WorkCalendar> {
    let store = parts::open(config).await?;
    let tx = store.read().await?;
    let today = organisation.local_date(Clock::system().now());
    let directory = people::directory(&tx, today).await?;
    tx.commit().await?;
    let units: Vec<_> = directory.units().iter().filter(|unit| unit.active).collect();
    let Some(unit) = units.iter().find(|unit| unit.name == name) else {
        let names: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
        let there = match names.as_slice() {
            [] => "there are none yet; see aterkom people import".to_owned(),
            names => format!("there are {}", names.join(", ")),
        };
        return Err(WrongUse(format!("there is no unit \"{name}\"; {there}")).into());
    };
    let units = parts::closed_days(config).of_units(&directory, &organisation);
    Ok(units.find(unit.id).cloned().unwrap_or(organisation))
}
