//! The tests of the whole product, in one binary.

mod commands;
mod crash;
mod promises;
mod replicas;
mod storage_gone;
mod store;
mod tidy;
