//! A notice names a role; who holds it, and how to reach them, is found when it is rendered (R16).

use domain::directory::{Directory, Language, Responsible};
use domain::rounds::Offices;

/// Somebody to write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// How they are addressed: a person's name, or a unit's.
    pub name: String,
    pub address: String,
    pub language: Language,
}

/// Who that is now; none when nobody has an address. A mailbox shared by many is written to in Swedish.
pub(crate) fn find(
    who: Responsible,
    directory: &Directory,
    offices: &Offices,
) -> Option<Addressee> {
    let address = offices.address(who, directory)?.to_owned();
    let (name, language) = match who {
        Responsible::Employee(id) => {
            let employee = directory.employee(id)?;
            (employee.name.clone(), directory.language_of(employee))
        }
        Responsible::UnitMailbox(id) | Responsible::Reception(id) => {
            (directory.unit(id)?.name.clone(), Language::Swedish)
        }
        Responsible::Organisation => (String::new(), Language::Swedish),
    };
    Some(Addressee { name, address, language })
}

/// Whoever reads this address: an employee where it is one's own.
pub(crate) fn at(address: &str, directory: &Directory) -> Option<Addressee> {
    let address = address.trim();
    let employee = directory.employee_at(address);
    (!address.is_empty()).then(|| Addressee {
        name: employee.map(|e| e.name.clone()).unwrap_or_default(),
        address: address.to_owned(),
        language: employee.map_or(Language::Swedish, |e| directory.language_of(e)),
    })
}
