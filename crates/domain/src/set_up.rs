//! The first start: what has to be there before the first call counts. Seen from what there is, and never ticked off: what is lost
//! again is open again.

use crate::directory::Directory;

/// The steps, in the order in which they are taken; `true` is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetUp {
    /// Somebody works here, and has a line.
    pub people: bool,
    /// Whoever rings a number that nobody has reaches somebody (R16).
    pub reception: bool,
    /// A mail server takes our mails.
    pub mail: bool,
    /// A PBX may post.
    pub source: bool,
    /// A PBX told of a call.
    pub call: bool,
}

impl SetUp {
    /// What is there. `reception` is the organisation's address.
    pub fn of(
        directory: &Directory,
        reception: Option<&str>,
        (mail, source, call): (bool, bool, bool),
    ) -> Self {
        let works = directory.employees().iter().any(|employee| employee.active);
        let rings = directory.lines().iter().any(|line| line.active);
        let reception = reception.is_some_and(|address| !address.trim().is_empty());
        Self { people: works && rings, reception, mail, source, call }
    }

    /// Nothing is left to do.
    pub fn is_done(self) -> bool {
        let Self { people, reception, mail, source, call } = self;
        people && reception && mail && source && call
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TOWN;

    #[test]
    fn a_step_is_open_until_what_it_asks_for_is_there() {
        let (nobody, office) = (Directory::default(), &*TOWN);
        let all = (true, true, true);
        assert!(SetUp::of(office, Some("vaxel@kommun.example"), all).is_done());
        for (directory, reception, rest) in [
            (&nobody, Some("vaxel@kommun.example"), all),
            (office, None, all),
            (office, Some(" "), all),
            (office, Some("vaxel@kommun.example"), (false, true, true)),
            (office, Some("vaxel@kommun.example"), (true, false, true)),
            (office, Some("vaxel@kommun.example"), (true, true, false)),
        ] {
            assert!(!SetUp::of(directory, reception, rest).is_done(), "{reception:?} {rest:?}");
        }
    }
}
