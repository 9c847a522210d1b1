//! A notice names a role; who holds it, and how to reach them, is found when it is rendered (R16).

use domain::directory::{Directory, Language, Responsible};

/// Somebody to write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// How they are addressed: a person's name, or a unit's.
    pub name: String,
    pub address: String,
    pub language: Language,
}

/// Who that is now; none when nobody has an address. A mailbox shared by many is written to in Swedish.
pub(crate) fn find(
    who: Responsible,
    directory: &Directory,
    organisation: Option<&str>,
) -> Option<Recipient> {
    let shared = |name: &str, address: Option<&str>| {
        let address = address.filter(|a| !a.is_empty())?.to_owned();
        Some(Recipient { name: name.to_owned(), address, language: Language::Swedish })
    };
    match who {
        Responsible::Employee(id) => {
            let employee = directory.employee(id).filter(|e| e.active && !e.email.is_empty())?;
            let (name, address) = (employee.name.clone(), employee.email.clone());
            Some(Recipient { name, address, language: employee.language })
        }
        Responsible::UnitMailbox(id) => {
            directory.unit(id).and_then(|u| shared(&u.name, u.mailbox.as_deref()))
        }
        Responsible::Reception(id) => {
            directory.unit(id).and_then(|u| shared(&u.name, u.reception.as_deref()))
        }
        Responsible::Organisation => shared("", organisation),
    }
}
