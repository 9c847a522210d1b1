//! What Återkom promises, as pure functions over data: no I/O, no clock, no async.
//!
//! The life of a promise, module by module: a PBX tells [`fact`]s, facts fold into a [`call`], the call has a
//! [`verdict`], [`settle`] turns the verdict into what is wanted of a [`callback`], and [`rounds`] says what people
//! are told about it. [`directory`] knows whose lines and numbers are whose, [`policy`] holds the numbers one can tune.

pub mod absences;
pub mod access;
pub mod calendars;
pub mod call;
pub mod callback;
pub mod channel;
pub mod decision;
pub mod directory;
pub mod event;
pub mod fact;
pub mod faults;
pub mod follow_up;
pub mod gaps;
pub mod health;
pub mod ids;
pub mod number;
pub mod party;
pub mod people;
pub mod policy;
pub mod preferences;
pub mod referral;
pub mod retention;
pub mod rounds;
pub mod set_up;
pub mod settle;
pub mod sign_in;
pub mod source;
pub mod spreadsheet;
#[cfg(test)]
mod testing;
pub mod transitions;
pub mod unreferred;
pub mod verdict;
