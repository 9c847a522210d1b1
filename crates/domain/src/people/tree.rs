//! Units as a tree: the one above before those below it.

use super::{Key, UnitRow};
use std::collections::{HashMap, HashSet};

/// The units, each after the one above it, and the circles among those that are under no top.
pub(super) fn parents_first(units: Vec<UnitRow>) -> (Vec<UnitRow>, Vec<Vec<UnitRow>>) {
    let mut under: HashMap<Option<Key>, Vec<UnitRow>> = HashMap::new();
    for unit in units {
        under.entry(unit.parent.clone()).or_default().push(unit);
    }
    let mut sorted = under.remove(&None).unwrap_or_default();
    let mut next = 0;
    while let Some(unit) = sorted.get(next) {
        let below = under.remove(&Some(Key::of(&unit.name)));
        sorted.extend(below.into_iter().flatten());
        next += 1;
    }
    let mut rest: Vec<UnitRow> = under.into_values().flatten().collect();
    rest.sort_by(|a, b| a.name.cmp(&b.name));
    (sorted, circles(&rest))
}

/// Every one of `units` is in a circle or below one.
fn circles(units: &[UnitRow]) -> Vec<Vec<UnitRow>> {
    let named: HashMap<Key, &UnitRow> = units.iter().map(|u| (Key::of(&u.name), u)).collect();
    let mut seen = HashSet::new();
    let mut circles = Vec::new();
    for start in units {
        let mut path: Vec<&UnitRow> = Vec::new();
        let mut here = Some(start);
        while let Some(unit) = here.filter(|unit| seen.insert(Key::of(&unit.name))) {
            path.push(unit);
            here = unit.parent.as_ref().and_then(|parent| named.get(parent)).copied();
        }
        let back_at = here.and_then(|unit| path.iter().position(|u| u.name == unit.name));
        if let Some(at) = back_at {
            circles.push(path.into_iter().skip(at).cloned().collect());
        }
    }
    circles
}
