//! The pure crates compile alone, and alone they cannot ask what time it is.
//!
//! In a build of the whole workspace features unify: `crates/clock` switches chrono's `now` on for everyone.

use crate::step::{Outcome, cargo, succeeds};
use anyhow::{Context, Result, ensure};

const PURE: [&str; 2] = ["workalendar", "domain"];

/// Chrono's features that read the machine's clock.
const READ_THE_CLOCK: [&str; 2] = ["now", "clock"];

/// Checks each pure crate by itself.
pub(crate) fn check() -> Result<Outcome> {
    let mut pure = true;
    for package in PURE {
        pure &= succeeds(&mut cargo(["check", "--quiet", "--package", package]))?;
        for feature in clock_features(&tree(package)?)? {
            println!(
                "    {package} alone gets chrono with `{feature}`; only crates/clock may add it"
            );
            pure = false;
        }
    }
    Ok(Outcome::of(pure))
}

/// A line `name version features` for each crate that `package` is built with.
fn tree(package: &str) -> Result<String> {
    let arguments = [
        "tree",
        "--package",
        package,
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p} {f}",
    ];
    let output = cargo(arguments).output().context("cannot start cargo tree")?;
    ensure!(
        output.status.success(),
        "cargo tree: {}",
        String::from_utf8_lossy(&output.stderr).trim_end()
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn clock_features(tree: &str) -> Result<Vec<&'static str>> {
    let mut words = tree.lines().map(str::split_whitespace);
    let features = words
        .find_map(|mut line| {
            (line.next() == Some("chrono")).then(|| line.nth(1).unwrap_or_default())
        })
        .context(
            "chrono is not in the tree, so this check checks nothing: adapt xtask/src/purity.rs",
        )?;
    Ok(READ_THE_CLOCK
        .into_iter()
        .filter(|feature| features.split(',').any(|given| given == *feature))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chrono_that_can_tell_the_time_is_found() {
        let tree = "domain v0.1.0 (/src/domain) \nchrono v0.4.45 alloc,now,serde,std\nchrono v0.4.45 alloc (*)\n";
        assert_eq!(clock_features(tree).unwrap(), ["now"]);
    }

    #[test]
    fn a_chrono_that_only_counts_is_pure() {
        assert!(clock_features("chrono v0.4.45 alloc,serde,std (*)").unwrap().is_empty());
        assert!(clock_features("chrono v0.4.45").unwrap().is_empty());
    }

    #[test]
    fn a_tree_without_chrono_is_an_error() {
        assert!(clock_features("chrono-tz v0.10.4 std").is_err());
    }
}
