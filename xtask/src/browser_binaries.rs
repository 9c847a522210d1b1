//! Where a browser and its driver are: Chromium or Chrome, and the chromedriver of the same version.
//!
//! The tests include this file too, so that both find the same ones and `cargo test` works by itself.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const BROWSERS: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "headless-shell",
];

/// Names of the driver, and where distributions lay it besides the `PATH`.
const DRIVERS: [&str; 4] = [
    "chromedriver",
    "chromium-chromedriver",
    "/usr/lib/chromium/chromedriver",
    "/usr/lib/chromium-browser/chromedriver",
];

/// A browser that starts, and a driver for it.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.browser.display(), self.driver.display())
    }
}

/// The first two of one major version, since a driver refuses any other browser: those that `ATERKOM_TEST_BROWSER` and
/// `ATERKOM_TEST_CHROMEDRIVER` name, the driver in the folder `CHROMEWEBDRIVER`, or what the `PATH` leads to.
pub(crate) fn find() -> Option<Browser> {
    let browsers = starting(named("ATERKOM_TEST_BROWSER").chain(on_path(&BROWSERS)));
    let in_folder = named("CHROMEWEBDRIVER").map(|folder| folder.join("chromedriver"));
    let drivers =
        starting(named("ATERKOM_TEST_CHROMEDRIVER").chain(in_folder).chain(on_path(&DRIVERS)));
    browsers.into_iter().find_map(|(browser, version)| {
        let fitting = drivers.iter().find(|(_, of_driver)| *of_driver == version);
        fitting.map(|(driver, _)| Browser { browser, driver: driver.clone() })
    })
}

fn named(variable: &str) -> impl Iterator<Item = PathBuf> {
    env::var_os(variable).map(PathBuf::from).into_iter()
}

/// An absolute name stays what it is when it is joined to a folder.
fn on_path(names: &'static [&str]) -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let files = names
        .iter()
        .flat_map(move |name| folders.iter().map(|folder| folder.join(name)).collect::<Vec<_>>());
    files.filter(|file| file.is_file())
}

/// Those that really start, with their major version. Ubuntu's packages are stubs that only ask for a snap.
fn starting(files: impl Iterator<Item = PathBuf>) -> Vec<(PathBuf, u32)> {
    files.filter_map(|file| Some((file.clone(), version(&file)?))).collect()
}

fn version(program: &Path) -> Option<u32> {
    let asked = Command::new(program).arg("--version").stdin(Stdio::null()).output().ok()?;
    if !asked.status.success() {
        return None;
    }
    major(&String::from_utf8_lossy(&asked.stdout))
}

/// `Chromium 156.0.8078.79 built on Debian` is 156.
fn major(told: &str) -> Option<u32> {
    let word = told.split_whitespace().find(|word| word.contains('.'))?;
    word.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_browsers_and_drivers_say() {
        for (told, version) in [
            ("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)\n", Some(156)),
            ("Google Chrome 154.0.7990.12 \n", Some(154)),
            ("ChromeDriver 156.0.8078.79 (0a1b2c3-refs/branch-heads/8078@{#1})\n", Some(156)),
            (
                "Command '/usr/bin/chromium-browser' requires the chromium snap to be installed.",
                None,
            ),
            ("", None),
        ] {
            assert_eq!(major(told), version, "{told}");
        }
    }
}
