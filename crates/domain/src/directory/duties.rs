//! For whom everybody answers on a day, the other way round than [`Directory::responsible`] tells it. A page asks for it several
//! times, and finding it takes a look at everybody: so it is kept for the day that was asked for first.

use super::{Directory, Owner, Responsible};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::OnceLock;

type Duties = HashMap<Responsible, Vec<Owner>>;

/// What was asked for first.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept(OnceLock<(NaiveDate, Duties)>);

impl Directory {
    /// Those for whom one of these answers on that local day, for what presses or for the rest.
    pub(crate) fn answered_by(&self, who: &[Responsible], on: NaiveDate) -> Vec<Owner> {
        let of = |duties: &Duties| {
            let answered = who.iter().filter_map(|who| duties.get(who));
            answered.flatten().copied().collect()
        };
        match self.duties.0.get_or_init(|| (on, self.duties_on(on))) {
            (day, duties) if *day == on => of(duties),
            _ => of(&self.duties_on(on)),
        }
    }

    fn duties_on(&self, on: NaiveDate) -> Duties {
        let people = self.employees.iter().map(|e| Owner::Employee(e.id));
        let units = self.units.iter().map(|u| Owner::Unit(u.id));
        let mut duties = Duties::new();
        for owner in people.chain(units).chain([Owner::Organisation]) {
            let [rest, pressing] = self.answering(owner, on);
            duties.entry(rest).or_default().push(owner);
            if pressing != rest {
                duties.entry(pressing).or_default().push(owner);
            }
        }
        duties
    }
}
