//! What libFuzzer says of a run, and what whoever reads the table does about it.

/// How a target's run ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    target: String,
    /// None where it did not say, since it never began.
    runs: Option<u64>,
    seconds: Option<u64>,
    found: Option<Found>,
}

/// What was found: `what` in a few words, and the file with the input that does it.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    what: String,
    input: Option<String>,
}

impl Outcome {
    /// Of the log of a run that ended well or not.
    pub(super) fn read(target: &str, well: bool, log: &str) -> Self {
        let number = |before: &str| {
            let rest = log.lines().find_map(|line| line.trim().strip_prefix(before))?;
            rest.split_whitespace().next()?.parse().ok()
        };
        let seconds = log.lines().find_map(|line| {
            let (_, rest) = line.strip_prefix("Done ")?.split_once(" runs in ")?;
            rest.split_whitespace().next()?.parse().ok()
        });
        let input = || {
            let (_, path) =
                log.lines().find_map(|line| line.split_once("Test unit written to "))?;
            Some(path.trim().to_owned())
        };
        let found = || Found { what: what(log), input: input() };
        Self {
            target: target.to_owned(),
            runs: number("stat::number_of_executed_units:"),
            seconds,
            found: (!well).then(found),
        }
    }

    pub(super) fn is_well(&self) -> bool {
        self.found.is_none()
    }

    /// What was found, and how to see it again.
    pub(super) fn told(&self, options: &[&str]) -> String {
        let Some(Found { what, input }) = &self.found else { return String::new() };
        let target = &self.target;
        match input {
            Some(input) => format!(
                "{target}: {what}\n  see it again: cargo fuzz run {} {target} {input}",
                options.join(" ")
            ),
            None => format!("{target}: {what}"),
        }
    }
}

/// A panic says where, libFuzzer what else: a hang, or memory without end.
fn what(log: &str) -> String {
    let mut lines = log.lines();
    if let Some((_, place)) = lines.find_map(|line| line.split_once(" panicked at ")) {
        return format!("panicked at {place} {}", lines.next().unwrap_or_default());
    }
    let summary = log.lines().find_map(|line| line.split_once("SUMMARY: libFuzzer: "));
    let last = log.lines().rev().find(|line| !line.trim().is_empty());
    summary.map(|(_, what)| what).or(last).unwrap_or("ended without a word").to_owned()
}

/// A line a target.
pub(super) fn table(outcomes: &[Outcome]) -> String {
    let mut lines = Vec::from([format!("{:12} {:>10} {:>8}  found", "target", "runs", "seconds")]);
    for Outcome { target, runs, seconds, found } in outcomes {
        let number = |number: &Option<u64>| number.map_or("–".to_owned(), |n| n.to_string());
        let found = found.as_ref().map_or("nothing", |found| found.what.as_str());
        lines.push(format!("{target:12} {:>10} {:>8}  {found}", number(runs), number(seconds)));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_found_nothing_has_its_numbers() {
        let log = "INFO: seed corpus: files: 31\n#2\tNEW cov: 1\nDone 70211 runs in 31 second(s)\n\
                   stat::number_of_executed_units: 70211\nstat::average_exec_per_sec:     2264\n";
        let outcome = Outcome::read("xml", true, log);
        assert!(outcome.is_well());
        assert_eq!((outcome.runs, outcome.seconds), (Some(70_211), Some(31)));
        assert_eq!(
            table(&[outcome]).lines().last(),
            Some("xml               70211       31  nothing")
        );
    }

    #[test]
    fn a_panic_is_told_with_its_place_and_how_to_see_it_again() {
        let log = "\nthread '<unnamed>' (7) panicked at src/x.rs:3:5:\nno such day\nnote: run with …\n\
                   SUMMARY: libFuzzer: deadly signal\n\
                   artifact_prefix='a/'; Test unit written to a/crash-1\nstat::number_of_executed_units: 12\n";
        let outcome = Outcome::read("json", false, log);
        assert_eq!((outcome.runs, outcome.seconds), (Some(12), None));
        assert_eq!(
            outcome.told(&["-s", "none"]),
            "json: panicked at src/x.rs:3:5: no such day\n  see it again: cargo fuzz run -s none json a/crash-1"
        );
    }

    #[test]
    fn a_hang_and_a_run_that_never_began_are_no_success() {
        let hang = Outcome::read("json", false, "SUMMARY: libFuzzer: timeout\n");
        assert_eq!(hang.told(&[]), "json: timeout");
        let never = Outcome::read("json", false, "error: no such file\n\n");
        assert_eq!(never.told(&[]), "json: error: no such file");
        assert!(!hang.is_well() && !never.is_well());
    }
}
