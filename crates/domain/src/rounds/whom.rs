//! Whom a round is for, and who of them is one person: the same address is told once (R25).

use crate::directory::{Directory, Responsible};
use crate::ids::AccountId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// Whom a mail is for: a role; who holds it is found when the mail is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// Who hears of it when no manager is left above (R27).
    Officer,
    #[serde(untagged)]
    Responsible(Responsible),
    /// Whoever signs in here: to be let in, or, who looks after the installation, to be told of an alarm.
    #[serde(untagged)]
    Account { account: AccountId },
}

/// Addresses of the organisation that stand in no people file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offices {
    /// The organisation's reception (R16).
    pub reception: Option<String>,
    /// The named officer (R27).
    pub officer: Option<String>,
}

impl From<Responsible> for Recipient {
    fn from(responsible: Responsible) -> Self {
        Self::Responsible(responsible)
    }
}

impl Offices {
    /// The address of a responsible role now; none where nobody has one.
    pub fn address<'a>(&'a self, who: Responsible, directory: &'a Directory) -> Option<&'a str> {
        let address = match who {
            Responsible::Employee(id) => {
                directory.employee(id).filter(|e| e.active).map(|e| e.email.as_str())
            }
            Responsible::UnitMailbox(id) => directory.unit(id)?.mailbox.as_deref(),
            Responsible::Reception(id) => directory.unit(id)?.reception.as_deref(),
            Responsible::Organisation => self.reception.as_deref(),
        };
        address.filter(|address| !address.is_empty())
    }

    /// Everybody who reads the same mails as `who`, `who` among them.
    pub fn same_as(&self, who: Responsible, directory: &Directory) -> BTreeSet<Responsible> {
        let Some(address) = self.address(who, directory) else { return BTreeSet::from([who]) };
        let reads_it = |role: &Responsible| {
            self.address(*role, directory).is_some_and(|a| is_same(a, address))
        };
        self.everybody(directory).filter(reads_it).collect()
    }

    /// Of these the ones to write to: one for each address, in whose name all who read it are told. Who has no address
    /// stays, so that somebody notices.
    pub fn one_each(
        &self,
        roles: impl IntoIterator<Item = Responsible>,
        directory: &Directory,
    ) -> BTreeSet<Responsible> {
        let mut first: HashMap<String, Responsible> = HashMap::new();
        for role in self.everybody(directory) {
            if let Some(address) = self.address(role, directory) {
                let known = first.entry(plain(address)).or_insert(role);
                *known = role.min(*known);
            }
        }
        let told_as = |role| {
            let address = self.address(role, directory).map(plain);
            address.and_then(|a| first.get(&a).copied()).unwrap_or(role)
        };
        roles.into_iter().map(told_as).collect()
    }

    fn everybody<'a>(&self, directory: &'a Directory) -> impl Iterator<Item = Responsible> + 'a {
        let units = directory.units().iter().map(|u| u.id);
        let employees = directory.employees().iter().map(|e| Responsible::Employee(e.id));
        let mailboxes = units.clone().map(Responsible::UnitMailbox);
        let receptions = units.map(Responsible::Reception);
        employees.chain(mailboxes).chain(receptions).chain([Responsible::Organisation])
    }

    /// The officer: an employee where it is somebody's own address, so that one person gets one list.
    pub(super) fn officer(&self, directory: &Directory) -> Recipient {
        let employee = self.officer.as_deref().and_then(|a| directory.employee_at(a.trim()));
        employee.map_or(Recipient::Officer, |e| Responsible::Employee(e.id).into())
    }
}

/// Mail servers could tell two spellings of one address apart; none does.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

fn plain(address: &str) -> String {
    address.trim().to_lowercase()
}
