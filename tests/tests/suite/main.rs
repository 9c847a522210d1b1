//! The tests of the whole product, in one binary.

mod absences;
mod adapters;
mod bad_input;
mod browser;
mod channels;
mod commands;
mod crash;
mod encryption;
mod pages;
mod promises;
mod replicas;
mod report;
mod retention;
mod rounds;
mod scopes;
mod sources;
mod storage_gone;
mod store;
mod stories;
mod tidy;
mod year;
