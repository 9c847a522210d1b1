//! `aterkom report`: how promises were kept in a month or a year, by unit; for people, or as CSV (R31–R33).

mod page;

use super::{Ended, WrongUse, spoken};
use crate::config::Config;
use crate::parts;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use clock::Clock;
use domain::directory::Directory;
use domain::follow_up::{Month, Period};
use domain::ids::UnitId;
use indicatif::ProgressBar;
use store::follow_up::Rebuilt;
use store::{Store, StoreError, people, reports};
use web::report::{self, Report, UnitOf};

/// What `report` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// This unit and those below it; without it, all
    #[arg(long, value_name = "NAME")]
    pub unit: Option<String>,
    /// What came in this month, such as 2026-11; without it, last month
    #[arg(long, value_name = "MONTH", conflicts_with = "year")]
    pub month: Option<String>,
    /// What came in this year
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i32>,
    /// Write CSV for machines
    #[arg(long)]
    pub csv: bool,
    /// The language: sv or en
    #[arg(long, value_name = "LANGUAGE", default_value = "sv")]
    pub lang: String,
    /// First make what it counts from again, of every callback there is; may be interrupted, and goes on next time
    #[arg(long)]
    pub rebuild: bool,
}

/// Prints it.
///
/// # Errors
/// [`WrongUse`] for a period or a unit that there is not.
pub async fn run(arguments: &Arguments, config: &Config) -> anyhow::Result<Ended> {
    let clock = Clock::system();
    let today = parts::calendar(config).local_date(clock.now());
    // Before the database is looked for: what is written wrong is said at once.
    spoken(&arguments.lang)?;
    arguments.period(today)?;
    let store = Store::open(&parts::storage_url(config)?).await?;
    let text = arguments.tell(&store, config, clock.now()).await;
    store.close().await?;
    print!("{}", text?);
    Ok(Ended::Well)
}

impl Arguments {
    /// All units of a period, for people.
    pub fn of(period: Period) -> Self {
        let (month, year) = match period {
            Period::Month(month) => (Some(month.to_string()), None),
            Period::Year(year) => (None, Some(year)),
        };
        Self { unit: None, month, year, csv: false, lang: "sv".to_owned(), rebuild: false }
    }

    /// The report as it stands now, as it is printed.
    ///
    /// # Errors
    /// As [`run`].
    pub async fn tell(
        &self,
        store: &Store,
        config: &Config,
        now: DateTime<Utc>,
    ) -> anyhow::Result<String> {
        let language = spoken(&self.lang)?;
        let calendar = parts::calendar(config);
        let today = calendar.local_date(now);
        let period = self.period(today)?;
        let tx = store.read().await?;
        let directory = people::directory(&tx, today).await?;
        tx.rollback().await?;
        let wanted = self.unit.as_deref().map(|name| unit(name, &directory)).transpose()?;
        if self.rebuild {
            let tx = store.begin().await?;
            store::follow_up::begin_again(&tx).await?;
            tx.commit().await?;
        }
        rebuild(store).await?;
        let received = period.instants(&calendar);
        let received =
            received.map_err(|_| WrongUse(format!("the local time of {period} is not known")))?;
        let days = parts::closed_days(config).of_units(&directory, &calendar);
        let tx = store.read().await?;
        let calendars = (&calendar, &days);
        let all = reports::of(&tx, period, received, &directory, calendars, today).await?;
        tx.rollback().await?;
        let name = |unit| directory.unit(unit).map_or_else(String::new, |unit| unit.name.clone());
        let units = all
            .into_iter()
            .filter(|r| wanted.is_none_or(|wanted| is_under(r.figures.unit, wanted, &directory)))
            .map(|r| (name(r.figures.unit), r))
            .map(|(name, reported)| UnitOf::new(reported, name, &calendar));
        let report = Report { period, today, units: units.collect() };
        Ok(if self.csv {
            report::csv(&report)?
        } else {
            page::write(&report, &config.organisation.name, language)
        })
    }

    fn period(&self, today: NaiveDate) -> Result<Period, WrongUse> {
        let period = match (&self.month, self.year) {
            (Some(month), _) => {
                Period::Month(month.parse().map_err(|e| WrongUse(format!("--month: {e}")))?)
            }
            (None, Some(year)) => Period::year(year).ok_or_else(|| {
                WrongUse(format!("--year: {year} is not known; write a year from 1990 to 2099"))
            })?,
            (None, None) => Period::Month(Month::of(today).before()),
        };
        if period.first() > today {
            let begun = match period {
                Period::Month(_) => Month::of(today).to_string(),
                Period::Year(_) => today.year().to_string(),
            };
            let not = format!("{period} has not begun; the latest there can be is {begun}");
            return Err(WrongUse(not));
        }
        Ok(period)
    }
}

/// Sees to it that every callback has its line: after an update, or as asked for.
async fn rebuild(store: &Store) -> Result<(), StoreError> {
    let tx = store.read().await?;
    let complete = store::follow_up::is_complete(&tx).await?;
    tx.rollback().await?;
    if complete {
        return Ok(());
    }
    // Drawn on a terminal only, and on the error's side: what is printed is the report.
    let bar = ProgressBar::new_spinner();
    loop {
        let tx = store.begin().await?;
        match store::follow_up::rebuild_some(&tx).await {
            Ok(made) => {
                tx.commit().await?;
                let (Rebuilt::Some(lines) | Rebuilt::All(lines)) = made;
                bar.inc(lines as u64);
                bar.set_message(format!("{} callbacks counted again", bar.position()));
                if let Rebuilt::All(_) = made {
                    bar.finish_and_clear();
                    return Ok(());
                }
            }
            Err(StoreError::Stale) => tx.rollback().await?,
            Err(error) => return Err(error),
        }
    }
}

/// The unit of this name, also one that is gone: its callbacks are still counted.
fn unit(name: &str, directory: &Directory) -> Result<UnitId, WrongUse> {
    let (now, gone): (Vec<_>, Vec<_>) = directory.units().iter().partition(|unit| unit.active);
    if let Some(unit) = now.iter().chain(&gone).find(|unit| unit.name == name) {
        return Ok(unit.id);
    }
    let names: Vec<&str> = now.iter().map(|unit| unit.name.as_str()).collect();
    let there = match names.as_slice() {
        [] => "there are none yet; see aterkom people import".to_owned(),
        names => format!("there are {}", names.join(", ")),
    };
    Err(WrongUse(format!("there is no unit \"{name}\"; {there}")))
}

fn is_under(unit: UnitId, above: UnitId, directory: &Directory) -> bool {
    directory.upwards(unit).any(|unit| unit.id == above)
}
