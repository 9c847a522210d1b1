//! Tables as rows; nothing outside this crate sees them.

#![expect(unreachable_pub, reason = "the derives of a row need its items to be public")]

pub(crate) mod settings;
pub(crate) mod inbox;
pub(crate) mod callers;
pub(crate) mod texts;
pub(crate) mod calls;
pub(crate) mod call_refs;
pub(crate) mod call_facts;
pub(crate) mod efforts;
pub(crate) mod callbacks;
pub(crate) mod journal;
pub(crate) mod units;
pub(crate) mod employees;
pub(crate) mod lines;
pub(crate) mod line_assignments;
pub(crate) mod line_aliases;
pub(crate) mod rounds;
pub(crate) mod deliveries;
