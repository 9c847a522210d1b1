//! The product put together: configuration, wiring, commands. Rules live in `domain`, everything else in its own crate.

pub mod app;
pub mod commands;
pub mod config;
mod http;
pub mod logging;
pub mod parts;
pub mod pretend_pbx;
mod running;

pub use app::App;
