//! The alarm to whoever looks after the installation: there is something to tell, and nobody to tell it to (R27).

use super::{Readers, Recipient, manager_list};
use crate::callback::Callback;
use crate::directory::{Owner, Responsible};
use crate::transitions::Rules;
use chrono::NaiveDate;

/// What nobody hears of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    pub day: NaiveDate,
    /// Units of which something is late, or has to be followed up, and nobody above reads of it; and how many callbacks
    /// that is.
    pub units: Vec<(String, usize)>,
    /// Who is responsible for something open and has no address; none is the organisation's reception.
    pub without_address: Vec<Option<String>>,
}

/// The alarm of this day; `None` when everybody hears what they should. `callbacks` are the open ones of
/// [`Readers::units_below`] the officer, `owners` those of everything open.
pub fn alarm(
    callbacks: &[Callback],
    owners: &[Owner],
    readers: Readers<'_>,
    rules: Rules<'_>,
) -> Option<Alarm> {
    let Readers { directory, offices, today, .. } = readers;
    let mut units = Vec::new();
    if !readers.is_reachable(Recipient::Officer) {
        let unread = manager_list(Recipient::Officer, callbacks, readers, rules);
        for unit in unread.iter().flat_map(|l| &l.list.units).filter(|u| !u.is_quiet()) {
            let groups = [&unit.late, &unit.due_today, &unit.not_reached];
            let rows = groups.into_iter().flatten().map(|g| g.rows.len()).sum();
            units.push((unit.name.clone(), rows));
        }
        for unit in unread.iter().flat_map(|l| &l.list.from_below) {
            units.push((unit.name.clone(), unit.late.iter().map(|g| g.rows.len()).sum()));
        }
    }
    let responsible = owners.iter().map(|owner| directory.responsible(*owner, today));
    let mut without: Vec<Responsible> =
        responsible.filter(|r| offices.address(*r, directory).is_none()).collect();
    without.sort();
    without.dedup();
    let name = |who: Responsible| match who {
        Responsible::Employee(id) => directory.employee(id).map(|e| e.name.clone()),
        Responsible::UnitMailbox(id) | Responsible::Reception(id) => {
            directory.unit(id).map(|u| u.name.clone())
        }
        Responsible::Organisation => None,
    };
    let without_address: Vec<Option<String>> = without.into_iter().map(name).collect();
    let silent = units.is_empty() && without_address.is_empty();
    (!silent).then_some(Alarm { day: today, units, without_address })
}
