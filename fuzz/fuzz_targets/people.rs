//! The people file: read, compared with nobody and with itself, told in words.
#![no_main]

use chrono::NaiveDate;
use domain::directory::Directory;
use domain::ids::SourceName;
use domain::number::NumberPlan;
use domain::people;
use libfuzzer_sys::fuzz_target;
use uuid::Uuid;

fuzz_target!(|bytes: &[u8]| {
    let sources = [SourceName::new("vaxeln"), SourceName::new("asterisk")];
    let people = match people::read(bytes, &NumberPlan::sweden(), &sources) {
        Ok(people) => people,
        Err(errors) => {
            assert!(!errors.is_empty(), "refused without a reason");
            return errors.iter().for_each(|error| drop(error.to_string()));
        }
    };
    let mut ids = 0;
    let mut new_id = || {
        ids += 1;
        Uuid::from_u128(ids)
    };
    let nobody = Directory::default();
    let today = NaiveDate::default();
    let changes = people::plan(&nobody, &people, today, &mut new_id);
    let _ = people::describe(&nobody, &changes);
    let known = people::apply(&nobody, &changes);
    let again = people::plan(&known, &people, today, &mut new_id);
    assert_eq!(again, [], "what was imported is not new");
});
