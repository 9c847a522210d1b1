//! Signing in by a mailed link: how long links and sessions last, and how often one is sent.

use chrono::TimeDelta;

/// A link opens for so long, once.
pub const LINK_LASTS: TimeDelta = TimeDelta::minutes(15);
/// A session lasts so long.
pub const SESSION_LASTS: TimeDelta = TimeDelta::days(14);
/// Links that somebody asks for are counted over this time. Shorter than a link lasts, see [`may_ask`].
pub const GATHER: TimeDelta = TimeDelta::minutes(5);
const LINKS: u64 = 2;

/// Whether another link is mailed to somebody who asked for so many lately.
///
/// Whoever asks in a stranger's name can fill no mailbox, and lock nobody out either: when no new link comes, one that
/// came less than [`GATHER`] ago still opens, and for longer than that.
pub fn may_ask(lately: u64) -> bool {
    lately < LINKS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_gets_no_new_link_has_one_that_opens_for_a_while() {
        assert!(may_ask(1) && !may_ask(2));
        assert!(LINK_LASTS - GATHER >= TimeDelta::minutes(10));
    }
}
