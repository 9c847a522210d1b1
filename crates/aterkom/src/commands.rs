//! The commands, one file each. Exit codes: 0 well, 1 the check failed, 2 wrong use.

pub mod absence;
pub mod admin;
pub mod backup;
pub mod calendar;
pub mod calls;
pub mod channels;
pub mod check;
pub mod demo;
pub mod due;
pub mod explain;
pub mod export;
pub mod forget;
pub mod keys;
pub mod mail;
pub mod people;
pub mod replay;
pub mod report;
pub mod serve;
pub mod simulate;
pub mod sources;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// 0
    Well,
    /// 1: what was to be checked or done is not well.
    Failed,
}

/// The language that a command answers in, as it is written on the command line.
fn spoken(text: &str) -> Result<workalendar::Language, WrongUse> {
    match text {
        "sv" => Ok(workalendar::Language::Swedish),
        "en" => Ok(workalendar::Language::English),
        _ => Err(WrongUse(format!("there is no language \"{text}\"; write sv or en"))),
    }
}

/// The command was not used as it can be: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WrongUse(pub String);
