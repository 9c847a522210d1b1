//! Our calendars for code that is written for the `bdays` crate, whose rules then hold.
//!
//! `bdays` counts otherwise: it first moves a date that is no working day **forward** to the next one, so that
//! Saturday + 2 is Wednesday and not Tuesday, Saturday − 1 is Friday all the same, and + 0 is Monday. Its `bdays(a, b)`
//! moves both dates likewise. It walks day by day, and panics beyond chrono's dates. Only what a day is comes from us;
//! for a promise of working days ask [`HolidayCalendar`](crate::HolidayCalendar) itself.

use bdays::HolidayCalendar as Bdays;
use chrono::NaiveDate;

use crate::{
    CachedCalendar, Denmark, Finland, HolidayCalendar, Norway, Sweden, WhyOff, WorkCalendar,
};

macro_rules! as_bdays {
    ($($country:ty),*) => {$(
        impl Bdays<NaiveDate> for $country {
            fn is_holiday(&self, day: NaiveDate) -> bool {
                !self.holidays_on(day).is_empty()
            }

            fn is_bday(&self, day: NaiveDate) -> bool {
                self.is_working_day(day)
            }
        }
    )*};
}

as_bdays!(Denmark, Finland, Norway, Sweden);

impl<C: HolidayCalendar> Bdays<NaiveDate> for CachedCalendar<C> {
    fn is_holiday(&self, day: NaiveDate) -> bool {
        !self.holidays_on(day).is_empty()
    }

    fn is_bday(&self, day: NaiveDate) -> bool {
        self.is_working_day(day)
    }
}

impl Bdays<NaiveDate> for WorkCalendar {
    /// A holiday the office keeps, or a day it is closed.
    fn is_holiday(&self, day: NaiveDate) -> bool {
        self.why_off(day).is_some_and(|why| why != WhyOff::Weekend)
    }

    fn is_bday(&self, day: NaiveDate) -> bool {
        self.is_working_day(day)
    }
}
