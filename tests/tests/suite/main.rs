//! The tests of the whole product, in one binary.

mod promises;
mod store;
mod tidy;
