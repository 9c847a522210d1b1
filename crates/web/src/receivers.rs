//! Who a callback can be for, as people type it: an employee or a unit, by name, number or extension.

use crate::visit::Visit;
use domain::directory::Owner;
use domain::ids::{EmployeeId, UnitId};
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// What a field offers while somebody types: a name that no other has, and the number beside it.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) name: String,
    pub(crate) number: String,
}

/// Why a text names nobody that a callback can be for.
#[derive(Debug)]
pub(crate) enum NotOne {
    Nothing,
    Nobody,
    /// Any of these, by their names.
    Several(Vec<String>),
}

/// So many are named, where a text means more.
const NAMED: usize = 8;

/// Everybody and every unit here; put together when the directory was read, and by who asks first. Clones share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Receivers(Arc<OnceLock<Arc<[Choice]>>>);

/// Everybody and every unit here: people by name, then units.
pub(crate) fn all(visit: &Visit) -> Arc<[Choice]> {
    visit.receivers.0.get_or_init(|| choices(visit)).clone()
}

fn choices(visit: &Visit) -> Arc<[Choice]> {
    let directory = &visit.directory;
    let mut lines = directory.lines_by_owner(visit.today);
    let named = directory.named().into_iter();
    named
        .map(|(owner, name)| {
            let lines = lines.remove(&owner).unwrap_or_default();
            let extension = lines.iter().filter_map(|line| line.numbers().pop()).next();
            Choice { name, number: extension.unwrap_or_default() }
        })
        .collect()
}

/// The one that this text names.
///
/// # Errors
/// [`NotOne`] when it names nobody, or several.
pub(crate) fn read(visit: &Visit, text: &str) -> Result<(Owner, Option<UnitId>), NotOne> {
    if text.trim().is_empty() {
        return Err(NotOne::Nothing);
    }
    let directory = &visit.directory;
    match directory.meant(text, &visit.app.plan, visit.today)[..] {
        [] => Err(NotOne::Nobody),
        [one] => Ok((one, directory.unit_of(one))),
        ref several => {
            let named = directory.named().into_iter().filter(|(owner, _)| several.contains(owner));
            Err(NotOne::Several(named.map(|(_, name)| name).take(NAMED).collect()))
        }
    }
}

impl NotOne {
    /// What is wrong, and what to write instead; `nothing` says what is missing.
    pub(crate) fn told(&self, visit: &Visit, nothing: &str) -> String {
        match self {
            Self::Nothing => visit.words.say(nothing),
            Self::Nobody => visit.words.say("receiver-nobody"),
            Self::Several(names) => {
                visit.words.with("receiver-several", [("names", names.join("; ").into())])
            }
        }
    }
}

/// For an address, where no name may stand.
pub(crate) fn written(owner: Owner) -> String {
    match owner {
        Owner::Employee(id) => format!("employee-{id}"),
        Owner::Unit(id) => format!("unit-{id}"),
        Owner::Organisation => String::new(),
    }
}

/// The name of whom an address means.
pub(crate) fn name(visit: &Visit, written: &str) -> Option<String> {
    let (kind, id) = written.split_once('-')?;
    let id = Uuid::try_parse(id).ok()?;
    match kind {
        "employee" => visit.directory.employee(EmployeeId(id)).map(|e| e.name.clone()),
        "unit" => visit.directory.unit(UnitId(id)).map(|u| u.name.clone()),
        _ => None,
    }
}
