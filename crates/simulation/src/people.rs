//! When people are away: holidays in summer, and days here and there. The same for the same seed.

use crate::Town;
use chrono::{Datelike, Days, NaiveDate};
use domain::directory::Absence;
use domain::ids::EmployeeId;
use fastrand::Rng;

/// Days of holiday in summer.
const HOLIDAY: u64 = 4 * 7;
/// Times away besides, in a year; each a day or two.
const OTHER_TIMES: u64 = 8;
/// The share of absences with somebody who stands in.
const WITH_SUBSTITUTE: f64 = 0.6;
/// Who came back so many days ago has that morning told of it.
const CAME_BACK: u64 = 5;

/// Who is away when; by the first day.
#[derive(Debug)]
pub(crate) struct Away {
    all: Vec<Absence>,
}

impl Away {
    /// In so many days from `first` on.
    pub(crate) fn of(town: &Town, (first, days): (NaiveDate, u64), rng: &mut Rng) -> Self {
        let here = town.directory.employees().iter().filter(|e| e.active);
        let employees: Vec<EmployeeId> = here.map(|e| e.id).collect();
        let mut all = Vec::new();
        for (n, employee) in employees.iter().enumerate() {
            // A neighbour in the file, who is of the same unit as a rule.
            let other = employees.get(n ^ 1).copied();
            let mut away = |from: NaiveDate, days: u64, rng: &mut Rng| {
                let substitute = other.filter(|_| rng.f64() < WITH_SUBSTITUTE);
                let to = from + Days::new(days - 1);
                all.push(Absence { employee: *employee, from, to, substitute });
            };
            for year in first.year()..=(first + Days::new(days)).year() {
                let summer = NaiveDate::from_ymd_opt(year, 6, 22).unwrap_or(first);
                away(summer + Days::new(7 * rng.u64(0..6)), HOLIDAY, rng);
            }
            for _ in 0..OTHER_TIMES * days.div_ceil(365) {
                away(first + Days::new(rng.u64(0..days.max(1))), rng.u64(1..3), rng);
            }
        }
        all.sort_by_key(|absence| absence.from);
        Self { all }
    }

    /// Those that matter on that day: who is away, and who came back lately.
    pub(crate) fn around(&self, day: NaiveDate) -> Vec<Absence> {
        let from = day - Days::new(HOLIDAY + CAME_BACK);
        let begin = self.all.partition_point(|absence| absence.from < from);
        let around = self.all[begin..].iter().take_while(|absence| absence.from <= day);
        around.filter(|absence| absence.to + Days::new(CAME_BACK) >= day).cloned().collect()
    }
}
