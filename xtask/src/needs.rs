//! What the tests need besides Rust: found, or else installed.

use crate::postgres_binaries;
use crate::step::{Outcome, answers, succeeds};
use anyhow::{Result, bail};
use std::fmt;
use std::process::{Command, Stdio};

struct Need {
    name: &'static str,
    why: &'static str,
    found: fn() -> Option<String>,
    packages: Packages,
}

/// What to install for a need, by package manager.
struct Packages {
    apt: &'static [&'static str],
    dnf: &'static [&'static str],
    apk: &'static [&'static str],
    pacman: &'static [&'static str],
}

const NEEDS: [Need; 2] = [
    Need {
        name: "PostgreSQL's server and clients",
        why: "every test of the store runs on a server of its own, too",
        found: || postgres_binaries::directory().map(|folder| folder.display().to_string()),
        packages: Packages {
            apt: &["postgresql", "postgresql-client"],
            dnf: &["postgresql-server", "postgresql"],
            apk: &["postgresql", "postgresql-client"],
            pacman: &["postgresql"],
        },
    },
    Need {
        name: "a C compiler",
        why: "the bundled SQLite and ring are compiled from C",
        found: || answers(Command::new("cc").arg("--version")).then(|| "cc".to_owned()),
        packages: Packages {
            apt: &["gcc", "libc6-dev"],
            dnf: &["gcc"],
            apk: &["gcc", "musl-dev"],
            pacman: &["gcc"],
        },
    },
];

struct PackageManager {
    program: &'static str,
    refresh: &'static [&'static str],
    install: &'static [&'static str],
    packages: fn(&Packages) -> &'static [&'static str],
}

const PACKAGE_MANAGERS: [PackageManager; 4] = [
    PackageManager {
        program: "apt-get",
        refresh: &["update"],
        install: &["install", "--yes", "--no-install-recommends"],
        packages: |packages| packages.apt,
    },
    PackageManager {
        program: "dnf",
        refresh: &[],
        install: &["install", "--assumeyes"],
        packages: |packages| packages.dnf,
    },
    PackageManager {
        program: "apk",
        refresh: &["update"],
        install: &["add"],
        packages: |packages| packages.apk,
    },
    PackageManager {
        program: "pacman",
        refresh: &["-Sy"],
        install: &["-S", "--noconfirm", "--needed"],
        packages: |packages| packages.pacman,
    },
];

/// A need that is not met, with what to do about it.
#[derive(Debug)]
pub(crate) struct Missing(String);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Missing {}

/// Finds each need, and installs those that are missing where that takes no password.
///
/// # Errors
/// [`Missing`] says what to install by hand.
pub(crate) fn meet() -> Result<Outcome> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| (need.found)().is_none()).collect();
    if !missing.is_empty() {
        install(&missing)?;
    }
    for need in &NEEDS {
        match (need.found)() {
            Some(place) => println!("    {}: {place}", need.name),
            None => bail!(Missing(format!("{} is still missing after installing it", need.name))),
        }
    }
    Ok(Outcome::Done)
}

fn install(missing: &[&Need]) -> Result<()> {
    let manager = PACKAGE_MANAGERS
        .iter()
        .find(|manager| answers(Command::new(manager.program).arg("--version")));
    let (Some(manager), Some(become_root)) = (manager, root()) else {
        bail!(Missing(advice(missing, manager)));
    };
    let packages: Vec<&str> =
        missing.iter().flat_map(|need| (manager.packages)(&need.packages)).copied().collect();
    println!("    installing {} with {}", packages.join(", "), manager.program);
    let run = |arguments: &[&str]| {
        let words =
            [become_root, &["env", "DEBIAN_FRONTEND=noninteractive", manager.program], arguments]
                .concat();
        succeeds(Command::new(words[0]).args(&words[1..]).stdin(Stdio::null()))
    };
    if !manager.refresh.is_empty() && !run(manager.refresh)? {
        println!(
            "    {} {} failed; installing from the lists that are here",
            manager.program,
            manager.refresh.join(" ")
        );
    }
    if !run(&[manager.install, &packages].concat())? {
        bail!(Missing(advice(missing, Some(manager))));
    }
    Ok(())
}

/// The words before a command that make root run it; none when that would take a password.
fn root() -> Option<&'static [&'static str]> {
    let id = Command::new("id").arg("-u").output().ok()?;
    if id.stdout.trim_ascii() == b"0" {
        return Some(&[]);
    }
    answers(Command::new("sudo").args(["-n", "true"]).stdin(Stdio::null()))
        .then_some(&["sudo", "-n"])
}

fn advice(missing: &[&Need], manager: Option<&PackageManager>) -> String {
    let mut lines = Vec::from(["the tests need what is not installed:".to_owned()]);
    for need in missing {
        lines.push(format!("  {} ({})", need.name, need.why));
    }
    for manager in PACKAGE_MANAGERS
        .iter()
        .filter(|known| manager.is_none_or(|one| one.program == known.program))
    {
        let packages: Vec<&str> =
            missing.iter().flat_map(|need| (manager.packages)(&need.packages)).copied().collect();
        lines.push(format!(
            "install with: {} {} {}",
            manager.program,
            manager.install.join(" "),
            packages.join(" ")
        ));
    }
    lines.push("then run `cargo xtask test` again".to_owned());
    lines.join("\n")
}
