//! What the tests need besides Rust: found, or else installed.

use crate::step::{Outcome, answers, succeeds};
use crate::{browser_binaries, postgres_binaries};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fmt, fs};

struct Need {
    name: &'static str,
    why: &'static str,
    found: fn() -> Option<String>,
    packages: Packages,
    /// What else would do, for whoever cannot install the packages.
    or_else: &'static str,
}

/// What to install for a need, by package manager.
struct Packages {
    apt: &'static [&'static str],
    dnf: &'static [&'static str],
    apk: &'static [&'static str],
    pacman: &'static [&'static str],
}

const NEEDS: [Need; 5] = [
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
        or_else: "",
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
        or_else: "",
    },
    Need {
        name: "curl and flock",
        why: "Asterisk's part posts with them",
        found: || {
            let there = |program| answers(Command::new(program).arg("--version"));
            (there("curl") && there("flock")).then(|| "curl, flock".to_owned())
        },
        packages: Packages {
            apt: &["curl", "util-linux"],
            dnf: &["curl", "util-linux"],
            apk: &["curl", "flock"],
            pacman: &["curl", "util-linux"],
        },
        or_else: "",
    },
    Need {
        name: "Chromium and its driver",
        why: "the pages are tried in a real browser",
        found: || browser_binaries::find().map(|both| both.to_string()),
        packages: Packages {
            apt: &["chromium", "chromium-driver"],
            dnf: &["chromium", "chromedriver"],
            apk: &["chromium", "chromium-chromedriver"],
            pacman: &["chromium"],
        },
        or_else: "Google Chrome and the chromedriver of its version on the PATH, or named by ATERKOM_TEST_BROWSER and \
                  ATERKOM_TEST_CHROMEDRIVER, do as well (Ubuntu's own package is a snap, which does not start in a \
                  container): https://googlechromelabs.github.io/chrome-for-testing/",
    },
    Need {
        name: "a font",
        why: "without one the browser draws boxes",
        found: || font().and_then(|file| Some(file.parent()?.display().to_string())),
        packages: Packages {
            apt: &["fonts-liberation"],
            dnf: &["liberation-sans-fonts"],
            apk: &["font-liberation"],
            pacman: &["ttf-liberation"],
        },
        or_else: "",
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
    let missing = not_found();
    if !missing.is_empty() {
        install(&missing)?;
    }
    for need in &NEEDS {
        if let Some(place) = (need.found)() {
            println!("    {}: {place}", need.name);
        }
    }
    Ok(Outcome::Done)
}

fn not_found() -> Vec<&'static Need> {
    NEEDS.iter().filter(|need| (need.found)().is_none()).collect()
}

/// A font file of the system's or of the user's own; any that people write Swedish with has Å, Ä and Ö.
fn font() -> Option<PathBuf> {
    let own = env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share/fonts"));
    let folders = ["/usr/share/fonts", "/usr/local/share/fonts"].map(PathBuf::from);
    folders.into_iter().chain(own).find_map(|folder| font_under(&folder))
}

fn font_under(folder: &Path) -> Option<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let is_font = |file: &Path| {
        file.extension().is_some_and(|ending| ending == "ttf" || ending == "otf" || ending == "ttc")
    };
    entries.into_iter().find_map(|path| {
        if path.is_dir() { font_under(&path) } else { is_font(&path).then_some(path) }
    })
}

fn install(missing: &[&Need]) -> Result<()> {
    let manager = PACKAGE_MANAGERS
        .iter()
        .find(|manager| answers(Command::new(manager.program).arg("--version")));
    let (Some(manager), Some(become_root)) = (manager, root()) else {
        bail!(Missing(advice(missing, manager)));
    };
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
    // One by one: a package that this system does not have must not keep the others away.
    for need in missing {
        let packages = (manager.packages)(&need.packages);
        println!("    installing {} with {}", packages.join(", "), manager.program);
        run(&[manager.install, packages].concat())?;
    }
    let still = not_found();
    if !still.is_empty() {
        bail!(Missing(advice(&still, Some(manager))));
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
        if !need.or_else.is_empty() {
            lines.push(format!("    {}", need.or_else));
        }
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
