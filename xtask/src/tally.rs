//! Counts tests from what libtest prints.

/// What ran so far.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) ignored: u32,
    pub(crate) on_sqlite: u32,
    pub(crate) on_postgres: u32,
}

impl Tally {
    /// Takes in one line of a test run.
    pub(crate) fn hear(&mut self, line: &str) {
        if let Some(summary) = line.strip_prefix("test result: ") {
            self.add(summary);
        } else if let Some(name) = ran(line) {
            self.on_sqlite += u32::from(name.split("::").any(|part| part == "sqlite"));
            self.on_postgres += u32::from(name.split("::").any(|part| part == "postgres"));
        }
    }

    /// The summary is counted, not the single lines: these are torn when a test writes past libtest.
    fn add(&mut self, summary: &str) {
        let Some((_, amounts)) = summary.split_once(". ") else { return };
        for amount in amounts.split("; ") {
            let (number, word) = amount.split_once(' ').unwrap_or_default();
            let number: u32 = number.parse().unwrap_or_default();
            match word {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

/// The name of the test that the line says has run.
fn ran(line: &str) -> Option<&str> {
    let (name, outcome) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    matches!(outcome, "ok" | "FAILED")
        .then_some(name.strip_suffix(" - should panic").unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hear(output: &str) -> Tally {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally.hear(line));
        tally
    }

    #[test]
    fn every_binary_and_the_doc_tests_add_up() {
        let tally = hear(
            "running 4 tests\n\
             test inbox::sqlite::nothing_heard_is_lost ... ok\n\
             test inbox::postgres::nothing_heard_is_lost ... FAILED\n\
             test inbox::postgres - should panic ... ok\n\
             test inbox::postgres_dialect ... ignored\n\
             test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s\n\
             test crates/workalendar/src/lib.rs - (line 5) ... ok\n\
             test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n",
        );
        assert_eq!(tally, Tally { passed: 3, failed: 1, ignored: 1, on_sqlite: 1, on_postgres: 2 });
    }

    #[test]
    fn other_lines_count_for_nothing() {
        assert_eq!(hear("test\ntest x\nrunning 0 tests\ntest result: ok\n"), Tally::default());
    }
}
