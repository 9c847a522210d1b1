//! Who is away, entered by hand.

use crate::World;
use chrono::NaiveDate;
use domain::absences::Origin;
use domain::callback::Actor;
use domain::directory::Absence;
use domain::ids::{AbsenceId, EmployeeId};
use store::absences::{self, Entered};

impl World {
    /// The local day of its clock.
    pub fn today(&self) -> NaiveDate {
        self.app.scheduler.calendar.local_date(self.app.clock.now())
    }

    /// Who works here, by name.
    pub async fn employee(&self, name: &str) -> EmployeeId {
        let directory = self.directory().await;
        let found = directory.employees().iter().find(|e| e.name == name);
        found.unwrap_or_else(|| panic!("{name} does not work here")).id
    }

    /// Somebody enters that they will be away on these local days, and who stands in: a name, or nobody.
    pub async fn enter_absence(
        &self,
        name: &str,
        from: &str,
        to: &str,
        substitute: &str,
    ) -> AbsenceId {
        let day = |text: &str| text.parse().expect("a day such as 2026-11-17");
        let employee = self.employee(name).await;
        let substitute = match substitute {
            "" => None,
            name => Some(self.employee(name).await),
        };
        let absence = Absence { employee, from: day(from), to: day(to), substitute };
        let directory = self.directory().await;
        absence.check(&directory, self.today(), directory.absences()).expect("it may be entered");
        let id = AbsenceId(self.app.clock.new_id());
        let by = Actor::Employee(employee);
        let entered = Entered { id, absence, by, at: self.app.clock.now(), origin: Origin::Hand };
        let tx = self.app.store.begin().await.expect("storage works");
        absences::insert(&tx, &entered).await.expect("storage works");
        tx.commit().await.expect("storage works");
        id
    }
}
