//! All units of the organisation in one report, each by itself and with those below it (R31, R32).

use super::figures::Figures;
use super::followed::Followed;
use super::measured::Measured;
use super::small::{Node, TOO_FEW, protect};
use crate::calendars::UnitCalendars;
use crate::directory::{Directory, Unit};
use crate::ids::UnitId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use workalendar::WorkCalendar;

/// One unit of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitReport {
    pub unit: UnitId,
    /// How many units of the report are above it.
    pub depth: usize,
    pub own: ByMessage,
    /// With all units below it; none where there are none.
    pub with_below: Option<ByMessage>,
}

/// The policy's words apart from calls without a message (R2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByMessage {
    pub with: Group,
    pub without: Group,
}

/// A group of callbacks, if it may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// No callback at all.
    Nothing,
    /// Fewer than 5 whose time has ended; or, of more, shown it would tell of a group that small (R32).
    TooFew,
    Shown(Box<Figures>),
}

/// The report of these callbacks as it stands on `today`, units in the order of the tree: a unit, then those below it.
///
/// It takes all callbacks of the period, whichever unit is asked for: what is hidden of one depends on its neighbours, and
/// must not change with the question. What belongs to no unit is counted in the one at the top. The tree is today's;
/// working days are those of the unit that a callback belongs to, also in the sums above it.
pub fn report(
    lines: &[Followed],
    directory: &Directory,
    (organisation, units): (&WorkCalendar, &UnitCalendars),
    today: NaiveDate,
) -> Vec<UnitReport> {
    let top = directory.top().map(|u| u.id);
    let mut by_unit: HashMap<UnitId, Vec<Measured>> = HashMap::new();
    for line in lines {
        let Some(unit) = line.unit.or(top) else { continue };
        let calendar = units.find(unit).unwrap_or(organisation);
        by_unit.entry(unit).or_default().push(Measured::of(line, calendar, today));
    }
    let roots = directory.units().iter().filter(|u| u.parent.is_none());
    let trees = roots.filter_map(|root| Tree::of(root, directory, &by_unit));
    trees.flat_map(|tree| tree.reported()).collect()
}

/// A unit with its own cases, and the units below.
struct Tree<'a> {
    unit: &'a Unit,
    own: &'a [Measured],
    below: Vec<Self>,
}

impl<'a> Tree<'a> {
    /// None for what is gone and has no case.
    fn of(
        unit: &'a Unit,
        directory: &'a Directory,
        by_unit: &'a HashMap<UnitId, Vec<Measured>>,
    ) -> Option<Self> {
        let below = directory.units().iter().filter(|u| u.parent == Some(unit.id));
        let mut below: Vec<Self> = below.filter_map(|u| Self::of(u, directory, by_unit)).collect();
        below.sort_by(|a, b| a.unit.name.cmp(&b.unit.name));
        let own = by_unit.get(&unit.id).map_or(&[][..], Vec::as_slice);
        (unit.active || !own.is_empty() || !below.is_empty()).then_some(Self { unit, own, below })
    }

    fn reported(&self) -> Vec<UnitReport> {
        let (mut with, mut without) = (self.node(true), self.node(false));
        protect(&mut with);
        protect(&mut without);
        let mut reports = Vec::new();
        self.collect((&with, &without), 0, &mut reports);
        reports
    }

    fn node(&self, has_message: bool) -> Node<'a> {
        let own = self.own.iter().filter(|c| c.has_message == has_message).collect();
        Node::new(own, self.below.iter().map(|tree| tree.node(has_message)).collect())
    }

    fn collect(
        &self,
        (with, without): (&Node<'a>, &Node<'a>),
        depth: usize,
        reports: &mut Vec<UnitReport>,
    ) {
        let sum = || ByMessage {
            with: Group::of(&with.all, with.hides_all),
            without: Group::of(&without.all, without.hides_all),
        };
        reports.push(UnitReport {
            unit: self.unit.id,
            depth,
            own: ByMessage {
                with: Group::of(&with.own, with.hides_own),
                without: Group::of(&without.own, without.hides_own),
            },
            with_below: (!self.below.is_empty()).then(sum),
        });
        for ((tree, with), without) in self.below.iter().zip(&with.below).zip(&without.below) {
            tree.collect((with, without), depth + 1, reports);
        }
    }
}

impl Group {
    fn of(cases: &[&Measured], hidden: bool) -> Self {
        let figures = Figures::of(cases);
        match (cases.is_empty(), hidden || figures.ended < TOO_FEW) {
            (true, _) => Self::Nothing,
            (false, true) => Self::TooFew,
            (false, false) => Self::Shown(Box::new(figures)),
        }
    }
}
