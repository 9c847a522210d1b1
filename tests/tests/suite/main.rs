//! The tests of the whole product, in one binary.

mod adapters;
mod bad_input;
mod promises;
mod rounds;
mod store;
mod stories;
mod tidy;
