//! The product put together: configuration, wiring, commands. Rules live in `domain`, everything else in its own crate.

pub mod app;
pub mod commands;
pub mod config;
pub mod http;
pub mod logging;
pub mod parts;
pub mod pretend_pbx;
mod running;
mod service_manager;

pub use app::App;
