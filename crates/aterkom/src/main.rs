//! `aterkom`: see `aterkom --help`.

use aterkom::commands::{self, Ended, WrongUse};
use aterkom::config::{self, Config, ConfigError};
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Återkom keeps the promise that whoever leaves a message is called back within 2 working days.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
struct Arguments {
    /// The configuration; without it, aterkom.toml in this folder, else the defaults
    #[arg(long, global = true, value_name = "FILE", env = "ATERKOM_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Take posts of PBXs, keep promises, send reminders
    Serve(commands::serve::Arguments),
    /// Show the story on this terminal, then stay up to be tried
    Demo(commands::demo::Arguments),
    /// Check configuration, database, mail server and directory
    Check(commands::check::Arguments),
    /// Say when a promise made at some moment is due, and why
    Due(commands::due::Arguments),
    /// Show a year: days off and why, half-days, working days a month
    Calendar(commands::calendar::Arguments),
    /// Say what is understood of a PBX's request
    Explain(commands::explain::Arguments),
    /// Units, employees and lines
    #[command(subcommand)]
    People(commands::people::Command),
    /// Who is away, from a file
    #[command(subcommand)]
    Absence(commands::absence::Command),
    /// Calls that were not heard of in time
    #[command(subcommand)]
    Calls(commands::calls::Command),
    /// Copy the database to a file, while it is used
    Backup(commands::backup::Arguments),
    /// Keys that numbers, names and texts are encrypted with
    #[command(subcommand)]
    Keys(commands::keys::Command),
    /// Show what is kept of a caller, and erase it
    Forget(commands::forget::Arguments),
    /// Write a list of callbacks, for a request of public records
    Export(commands::export::Arguments),
    /// Administrators
    #[command(subcommand)]
    Admin(commands::admin::Command),
    /// Mails
    #[command(subcommand)]
    Mail(commands::mail::Command),
    /// Channels besides mail
    #[command(subcommand)]
    Channels(commands::channels::Command),
    /// Show how promises were kept, by unit: of a month or a year
    Report(commands::report::Arguments),
    /// Play a year of calls, and say what a policy would mean in mails, lists and kept promises
    Simulate(commands::simulate::Arguments),
    /// Read again what could not be read
    Replay(commands::replay::Arguments),
}

fn main() -> ExitCode {
    // reqwest uses the provider that is installed; there is only one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match run(Arguments::parse()) {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::Failed) => ExitCode::from(1),
        Err(error) => {
            eprintln!("aterkom: {}", chain(&error));
            let wrong_use = error.is::<WrongUse>() || error.is::<ConfigError>();
            ExitCode::from(if wrong_use { 2 } else { 1 })
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<Ended> {
    let runtime = tokio::runtime::Runtime::new()?;
    if let Command::Due(due) = arguments.command {
        return commands::due::run(&due, &configuration(arguments.config)?);
    }
    if let Command::Demo(demo) = arguments.command {
        return runtime.block_on(commands::demo::run(demo));
    }
    if let Command::Keys(commands::keys::Command::New { file }) = &arguments.command {
        return commands::keys::new(file);
    }
    let file = config::find(arguments.config.as_deref());
    let config = config::read(file.as_deref(), std::env::vars())?;
    match arguments.command {
        Command::Simulate(simulate) => {
            runtime.block_on(commands::simulate::run(&simulate, &config, file.as_deref()))
        }
        Command::Serve(serve) => runtime.block_on(commands::serve::run(&serve, &config)),
        Command::Check(check) => runtime.block_on(commands::check::run(&check, &config)),
        Command::Calendar(calendar) => {
            runtime.block_on(commands::calendar::run(&calendar, &config))
        }
        Command::Explain(explain) => runtime.block_on(commands::explain::run(&explain, &config)),
        Command::People(people) => runtime.block_on(commands::people::run(&people, &config)),
        Command::Absence(absence) => runtime.block_on(commands::absence::run(&absence, &config)),
        Command::Calls(calls) => runtime.block_on(commands::calls::run(&calls, &config)),
        Command::Backup(backup) => runtime.block_on(commands::backup::run(&backup, &config)),
        Command::Keys(keys) => runtime.block_on(commands::keys::run(&keys, &config)),
        Command::Forget(forget) => runtime.block_on(commands::forget::run(&forget, &config)),
        Command::Export(export) => runtime.block_on(commands::export::run(&export, &config)),
        Command::Admin(admin) => runtime.block_on(commands::admin::run(&admin, &config)),
        Command::Mail(mail) => runtime.block_on(commands::mail::run(&mail, &config)),
        Command::Channels(channels) => {
            runtime.block_on(commands::channels::run(&channels, &config))
        }
        Command::Report(report) => runtime.block_on(commands::report::run(&report, &config)),
        Command::Replay(replay) => runtime.block_on(commands::replay::run(&replay, &config)),
        Command::Due(_) | Command::Demo(_) => Ok(Ended::Well),
    }
}

fn configuration(given: Option<PathBuf>) -> Result<Config, ConfigError> {
    config::read(config::find(given.as_deref()).as_deref(), std::env::vars())
}

/// The error and its causes, in one line.
fn chain(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
