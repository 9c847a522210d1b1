//! How long callers waited: a table with a bar in each cell, so that it can be read and seen.

use crate::report::{Told, figures};
use domain::follow_up::{ByMessage, Distribution, Group, Waited};

/// The longest bar, in the picture's own units.
const LONGEST: u32 = 100;

/// One step of the distribution.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) label: String,
    /// With a message and without: how many, and how long the bar is.
    pub(super) cells: [(String, u32); 2],
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
