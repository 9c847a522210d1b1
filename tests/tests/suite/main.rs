//! The tests of the whole product, in one binary.

mod crash;
mod promises;
mod tidy;
