//! How long callers waited: a table with a bar in each cell, so that it can be read and seen.

use crate::report::{Told, figures};
use crate::visit::Visit;
use domain::follow_up::{ByMessage, Distribution, Group, Waited, Worst};

/// The longest bar, in the picture's own units.
const LONGEST: u32 = 100;

/// One step of the distribution.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) label: String,
    /// With a message and without: how many, and how long the bar is.
    pub(super) cells: [(String, u32); 2],
}

/// The worst cases of those with a message, and of those without: under which heading, and a sentence for each.
pub(super) fn worst(
    visit: &Visit,
    heads: &[String; 2],
    of: &ByMessage,
) -> Vec<(String, Vec<String>)> {
    let told = |one: &Worst| {
        let day = visit.say().date(one.received_on).into();
        let id = format!("follow-up-worst-{}", one.until.name());
        visit.words.with(&id, [("day", day), ("n", one.waited.into())])
    };
    let cases = |group: &Group| match figures(group) {
        Some(figures) => figures.worst.iter().map(told).collect(),
        None => Vec::new(),
    };
    let lists = heads.iter().cloned().zip([cases(&of.with), cases(&of.without)]);
    lists.filter(|(_, cases): &(String, Vec<String>)| !cases.is_empty()).collect()
}

/// The steps; none where no group is shown, and of months that were signed before they were counted.
pub(super) fn steps(told: Told, of: &ByMessage) -> Vec<Step> {
    let waits = |group: &Group| figures(group).and_then(|figures| figures.attempted_after);
    let groups = [waits(&of.with), waits(&of.without)];
    let most = groups.into_iter().flatten().map(Distribution::most).max().unwrap_or(0);
    if most == 0 {
        return Vec::new();
    }
    let cell = |distribution: Option<Distribution>, step: Waited| {
        let n = distribution.map(|d| d.steps().filter(|(s, _)| *s == step).map(|(_, n)| n).sum());
        let n: Option<u32> = n;
        (n.map_or_else(|| "–".to_owned(), |n| n.to_string()), n.unwrap_or(0) * LONGEST / most)
    };
    let step = |step: Waited| Step {
        label: told.waited(step),
        cells: groups.map(|distribution| cell(distribution, step)),
    };
    Waited::ALL.into_iter().map(step).collect()
}
