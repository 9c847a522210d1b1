//! One page that can be mailed to whoever decides: tables, and charts that say the same.

use super::chart::Chart;
use super::lines::{behaviour, caution, decimal, lines, variant};
use super::page::heading;
use super::{Simulated, Variant};
use askama::Template;
use simulation::{Role, Tally};
use workalendar::Language;

#[derive(Template)]
#[template(path = "simulate.html")]
struct Page {
    lang: &'static str,
    title: String,
    caution: &'static str,
    variants: Vec<String>,
    parts: Vec<Part>,
    charts: Vec<Chart>,
}

/// One behaviour.
struct Part {
    name: &'static str,
    rows: Vec<(&'static str, Vec<String>)>,
}

pub(super) fn write(
    simulated: &Simulated,
    organisation: &str,
    language: Language,
) -> anyhow::Result<String> {
    let runs = simulated.variants.first().map_or(0, |v| v.runs.len());
    let part = |n: usize| Part {
        name: behaviour(simulated.variants[0].runs[n].behaviour, language),
        rows: lines(language)
            .into_iter()
            .map(|line| {
                let value = |v: &Variant| (line.of)(&v.runs[n].tally, language);
                (line.label, simulated.variants.iter().map(value).collect())
            })
            .collect(),
    };
    let page = Page {
        lang: match language {
            Language::Swedish => "sv",
            Language::English => "en",
        },
        title: heading(simulated, organisation, language),
        caution: caution(simulated.is_invented, language),
        variants: simulated.variants.iter().map(|v| variant(&v.name, language)).collect(),
        parts: (0..runs).map(part).collect(),
        charts: charts(simulated, language),
    };
    Ok(page.render()?)
}

fn charts(simulated: &Simulated, language: Language) -> Vec<Chart> {
    let [kept, mails, rows] = match language {
        Language::Swedish => [
            "Andel hållna av dem som lämnade ett meddelande, procent",
            "Mejl per medarbetare och arbetsdag, i medeltal",
            "Rader på en chefs lista, i medeltal",
        ],
        Language::English => [
            "Share kept of those who left a message, percent",
            "Mails for an employee in a working day, on average",
            "Rows on a manager's list, on average",
        ],
    };
    let bars = |value: &dyn Fn(&Tally) -> f64| {
        let mut bars = Vec::new();
        for n in 0..simulated.variants.first().map_or(0, |v| v.runs.len()) {
            for (of, v) in simulated.variants.iter().enumerate() {
                let run = &v.runs[n];
                let name = behaviour(run.behaviour, language).split(':').next().unwrap_or_default();
                let label = format!("{name}, {}", variant(&v.name, language));
                let value = value(&run.tally);
                bars.push((label, value, decimal(value, language), of));
            }
        }
        bars
    };
    let mean = |role: Role| {
        move |t: &Tally| t.mails_a_day.get(&role).map_or(0.0, simulation::Histogram::mean)
    };
    Vec::from([
        Chart::of(
            kept.to_owned(),
            bars(&|t| t.whole.with_message.share().unwrap_or_default()),
            Some(100.0),
        ),
        Chart::of(mails.to_owned(), bars(&mean(Role::Employee)), None),
        Chart::of(
            rows.to_owned(),
            bars(&|t| t.rows.get(&Role::Manager).map_or(0.0, simulation::Histogram::mean)),
            None,
        ),
    ])
}
