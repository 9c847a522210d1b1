//! `aterkom simulate`: what a policy would mean in mails, lists and kept promises before it is in force. It plays a year of
//! calls, invented or recorded, by the product's own rules; `docs/simulate.md` says what is assumed.

mod cells;
mod chart;
mod html;
mod lines;
mod page;
mod scene;

use super::{Ended, WrongUse, spoken};
use crate::config::Config;
use chrono::NaiveDate;
use domain::transitions::Rules;
use indicatif::{ProgressBar, ProgressStyle};
use scene::Scene;
use simulation::{Behaviour, Played, Tally, simulate};
use std::path::{Path, PathBuf};

/// What `simulate` can be told.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// Who works here, as in docs/people.md; without it, whom the database has
    #[arg(long, value_name = "FILE", conflicts_with = "employees")]
    pub people: Option<PathBuf>,
    /// An invented municipality of so many employees instead
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=20_000))]
    pub employees: Option<u32>,
    /// So many invented calls in a year; without it, 400 for each employee
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub calls: Option<u64>,
    /// A file of calls that a PBX kept, as for `calls import`, instead of invented ones
    #[arg(long, value_name = "FILE", requires = "source", conflicts_with = "calls")]
    pub import: Option<PathBuf>,
    /// The source whose file it is
    #[arg(long, value_name = "NAME", requires = "import")]
    pub source: Option<String>,
    /// The first day; without it, the first of this year, or the first of the file
    #[arg(long, value_name = "DAY")]
    pub from: Option<NaiveDate>,
    /// So many days
    #[arg(long, value_name = "NUMBER", default_value_t = 365, value_parser = clap::value_parser!(u64).range(1..=1100))]
    pub days: u64,
    /// How people behave: diligent, ordinary, pressed; with --import also as_recorded
    #[arg(long, value_name = "NAMES", value_delimiter = ',', default_values_t = ["diligent".to_owned(), "ordinary".to_owned(), "pressed".to_owned()])]
    pub behaviour: Vec<String>,
    /// Another policy beside the configured one, such as policy.missed_calls=list; several keys with ; between
    #[arg(long, value_name = "KEY=VALUE")]
    pub compare: Vec<String>,
    /// Another number invents another year
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
    /// Write CSV
    #[arg(long, conflicts_with = "html")]
    pub csv: bool,
    /// Write a page with charts to this file
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// The language: sv or en
    #[arg(long, value_name = "LANGUAGE", default_value = "sv")]
    pub lang: String,
}

/// One policy under one behaviour.
pub(crate) struct Run {
    pub behaviour: &'static str,
    pub tally: Tally,
}

/// All runs of one policy.
pub(crate) struct Variant {
    /// As it was written on the command line; empty for what is configured.
    pub name: String,
    pub runs: Vec<Run>,
}

/// What was played, and what came of it.
pub(crate) struct Simulated {
    pub employees: usize,
    pub calls: u64,
    pub first: NaiveDate,
    pub days: u64,
    pub seed: u64,
    pub is_invented: bool,
    pub variants: Vec<Variant>,
}

/// Plays, and says what came of it.
///
/// # Errors
/// [`WrongUse`] for a file, a key or a behaviour that there is not; what is wrong with the database.
pub async fn run(
    arguments: &Arguments,
    config: &Config,
    file: Option<&Path>,
) -> anyhow::Result<Ended> {
    let language = spoken(&arguments.lang)?;
    let simulated = arguments.play(config, file).await?;
    if let Some(to) = &arguments.html {
        let page = html::write(&simulated, &config.organisation.name, language)?;
        std::fs::write(to, page)
            .map_err(|e| WrongUse(format!("{} cannot be written: {e}", to.display())))?;
        println!("{}", to.display());
    } else if arguments.csv {
        print!("{}", cells::write(&simulated)?);
    } else {
        print!("{}", page::write(&simulated, &config.organisation.name, language));
    }
    Ok(Ended::Well)
}

impl Arguments {
    /// Plays every policy under every behaviour. `file` is where the configuration was read from.
    ///
    /// # Errors
    /// As [`run`].
    pub(crate) async fn play(
        &self,
        config: &Config,
        file: Option<&Path>,
    ) -> anyhow::Result<Simulated> {
        let behaviours = self.behaviours()?;
        let variants = scene::variants(&self.compare, config, file)?;
        let scene = Scene::of(self, config).await?;
        let runs = (variants.len() * behaviours.len()) as u64;
        // Drawn on a terminal only; in a log the result says it.
        let bar = ProgressBar::new(runs * scene.days);
        bar.set_style(ProgressStyle::with_template("{bar:40} {percent} % {msg}, {eta} left")?);
        let mut played = Vec::new();
        for variant in &variants {
            let mut runs = Vec::new();
            for behaviour in &behaviours {
                bar.set_message(behaviour.name);
                runs.push(Run {
                    behaviour: behaviour.name,
                    tally: self.one(&scene, variant, *behaviour, &bar),
                });
            }
            played.push(Variant { name: variant.name.clone(), runs });
        }
        bar.finish_and_clear();
        Ok(Simulated {
            employees: scene.employees(),
            calls: scene.calls,
            first: scene.first,
            days: scene.days,
            seed: self.seed,
            is_invented: scene.recorded.is_none(),
            variants: played,
        })
    }

    fn one(
        &self,
        scene: &Scene,
        variant: &scene::Policies,
        behaviour: Behaviour,
        bar: &ProgressBar,
    ) -> Tally {
        let units = variant.units(&scene.town);
        let (policy, calendar) = (&variant.policy, &variant.calendar);
        let played = Played {
            rules: Rules { policy, calendar, units: &units },
            schedule: &variant.schedule,
            behaviour,
            first: scene.first,
            days: scene.days,
            seed: self.seed,
        };
        let mut traffic = scene.traffic(&variant.calendar);
        simulate(&scene.town, played, &mut traffic, |_| bar.inc(1))
    }

    fn behaviours(&self) -> Result<Vec<Behaviour>, WrongUse> {
        let named = |name: &String| {
            let behaviour = Behaviour::named(name);
            let names = || Behaviour::ALL.map(|b| b.name).join(", ");
            let unknown =
                || WrongUse(format!("--behaviour: there is no \"{name}\"; write of {}", names()));
            let behaviour = behaviour.ok_or_else(unknown)?;
            if behaviour == Behaviour::AS_RECORDED && self.import.is_none() {
                let not = "--behaviour as_recorded needs the calls of a file: --import FILE";
                return Err(WrongUse(not.to_owned()));
            }
            Ok(behaviour)
        };
        self.behaviour.iter().map(named).collect()
    }
}
