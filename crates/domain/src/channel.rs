//! Channels besides mail: who wants to hear what, and of which units.

use crate::directory::Directory;
use crate::event::EventKind;
use crate::ids::UnitId;
use crate::rounds::RoundKind;

/// One configured channel: what it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    pub name: String,
    /// What happens to callbacks, as it happens.
    pub events: Vec<EventKind>,
    /// Rounds: counts of the units, at the times of the mails.
    pub notices: Vec<RoundKind>,
    /// Only these units by name, and those below them; all, and what belongs to no unit, where there are none.
    pub units: Vec<String>,
}

/// The rounds that a channel can be told: those about callbacks of units.
pub const NOTICES: [RoundKind; 4] =
    [RoundKind::New, RoundKind::Digest, RoundKind::Nudge, RoundKind::ManagerList];

impl Channel {
    /// Whether it is told of what belongs to this unit; none is the organisation's own.
    pub fn hears_of(&self, unit: Option<UnitId>, directory: &Directory) -> bool {
        let is_named = |unit| directory.upwards(unit).any(|u| self.units.contains(&u.name));
        self.units.is_empty() || unit.is_some_and(is_named)
    }

    /// The units that it is told of, and whether also of what belongs to none.
    pub fn units_in(&self, directory: &Directory) -> (Vec<UnitId>, bool) {
        let ids = directory.units().iter().map(|unit| unit.id);
        (ids.filter(|id| self.hears_of(Some(*id), directory)).collect(), self.units.is_empty())
    }

    /// Names of units that are not there.
    pub fn unknown_units<'a>(&'a self, directory: &'a Directory) -> impl Iterator<Item = &'a str> {
        let is_there = |name: &str| directory.units().iter().any(|u| u.active && u.name == name);
        self.units.iter().map(String::as_str).filter(move |name| !is_there(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{BUILDING, SCHOOL, TOP, TOWN};

    #[test]
    fn a_channel_hears_of_its_units_and_those_below() {
        let of = |units: &[&str]| Channel {
            name: "c".to_owned(),
            events: Vec::new(),
            notices: Vec::new(),
            units: units.iter().map(|u| (*u).to_owned()).collect(),
        };
        let heard = |channel: &Channel| {
            let units = [Some(TOP), Some(BUILDING), Some(SCHOOL), None];
            units.map(|unit| channel.hears_of(unit, &TOWN))
        };
        assert_eq!(heard(&of(&[])), [true, true, true, true]);
        assert_eq!(heard(&of(&["Kommun"])), [true, true, true, false]);
        assert_eq!(heard(&of(&["Skola", "Parken"])), [false, false, true, false]);
        assert_eq!(of(&["Skola", "Parken"]).units_in(&TOWN), (Vec::from([SCHOOL]), false));
        assert!(of(&["Skola", "Parken"]).unknown_units(&TOWN).eq(["Parken"]));
    }
}
