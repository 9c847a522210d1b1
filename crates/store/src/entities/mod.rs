//! Tables as rows; nothing outside this crate sees them.

#![expect(unreachable_pub, reason = "the derives of a row need its items to be public")]

pub(crate) mod absences;
pub(crate) mod accounts;
pub(crate) mod bounce_mailbox;
pub(crate) mod calendars;
pub(crate) mod call_facts;
pub(crate) mod call_refs;
pub(crate) mod callbacks;
pub(crate) mod callers;
pub(crate) mod calls;
pub(crate) mod closed_days;
pub(crate) mod deliveries;
pub(crate) mod efforts;
pub(crate) mod employees;
pub(crate) mod ended_channels;
pub(crate) mod events;
pub(crate) mod follow_up;
pub(crate) mod inbox;
pub(crate) mod journal;
pub(crate) mod line_aliases;
pub(crate) mod line_assignments;
pub(crate) mod lines;
pub(crate) mod mail_bodies;
pub(crate) mod news;
pub(crate) mod post_hours;
pub(crate) mod preferences;
pub(crate) mod read_log;
pub(crate) mod referrals;
pub(crate) mod retention_log;
pub(crate) mod rounds;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod sign_in_links;
pub(crate) mod signed_months;
pub(crate) mod source_secrets;
pub(crate) mod sources;
pub(crate) mod texts;
pub(crate) mod units;
pub(crate) mod unreferred_calls;
