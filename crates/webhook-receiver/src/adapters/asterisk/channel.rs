//! What names of channels, and the ids that Asterisk makes for calls, tell by themselves.

use crate::adapters::seconds;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::CallRef;
use domain::party::clean;

/// The channel's name, which the end of a call and the message left in it have in common (R6).
///
/// The message's file name would be another such name, but `msg0000` is free again as soon as somebody has listened:
/// two callers of one morning would become one call, and one of them would be forgotten.
pub(super) fn passing(system: &str, name: &str) -> Option<CallRef> {
    let name = clean(name);
    let known = !name.is_empty() && !name.eq_ignore_ascii_case("unknown");
    known.then(|| CallRef::Passing(clean(&format!("chan:{system}:{name}"))))
}

/// The names of a call, the one that its parts have in common first; each once, none empty.
pub(super) fn refs<'a>(ids: impl IntoIterator<Item = &'a str>) -> Vec<CallRef> {
    let mut refs = Vec::new();
    for id in ids {
        let id = CallRef::Call(clean(id));
        if id != CallRef::Call(String::new()) && !refs.contains(&id) {
            refs.push(id);
        }
    }
    refs
}

/// When a channel or a call began, out of its id, `[<system>-]<epoch>.<n>`.
pub(super) fn began(id: &str) -> Option<DateTime<Utc>> {
    let (epoch, _) = id.rsplit('-').next()?.split_once('.')?;
    // What a program names by itself may have a dot too, but hardly ten digits before it.
    let is_epoch = epoch.len() >= 10 && epoch.bytes().all(|b| b.is_ascii_digit());
    seconds::instant(epoch).filter(|_| is_epoch)
}

/// Whose telephone a channel is, where its name says so: `PJSIP/1042-0000005a`, `Local/1042@agents-00000001;2`.
///
/// A trunk's name is no extension, nor is a line of a card (`DAHDI/1-1`), though it may be a number.
pub(super) fn extension<'a>(channel: &'a str, source: &Source) -> Option<&'a str> {
    let (technology, rest) = channel.split_once('/')?;
    let name = rest.split('@').next()?;
    let name = name.rsplit_once('-').map_or(name, |(name, _)| name);
    let telephony = ["PJSIP", "SIP", "IAX2", "SCCP", "Local"]
        .iter()
        .any(|known| technology.eq_ignore_ascii_case(known));
    (telephony && is_extension(name, source)).then_some(name)
}

/// Whether a text is what a telephone inside is called by; the public network has no such short numbers.
pub(super) fn is_extension(text: &str, source: &Source) -> bool {
    (1..=6).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit())
        && source.plan.read(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::source_for_tests;

    #[test]
    fn a_channel_tells_whose_telephone_it_is_and_a_trunk_does_not() {
        let source = source_for_tests("asterisk", &[]);
        for (channel, of) in [
            ("PJSIP/1042-0000005a", Some("1042")),
            ("SIP/412-00000001", Some("412")),
            ("Local/1043@from-queue-00000001;2", Some("1043")),
            ("PJSIP/operator-00000051", None),
            ("PJSIP/trunk-Operator-endpoint-000000b5", None),
            ("PJSIP/0701740605-00000051", None),
            ("DAHDI/1-1", None),
            ("1042", None),
            ("PJSIP/", None),
            ("", None),
            ("/@-", None),
        ] {
            assert_eq!(extension(channel, &source), of, "{channel}");
        }
    }

    #[test]
    fn an_id_tells_when_its_channel_began() {
        for (id, at) in [
            ("1794217330.95", Some("2026-11-09T09:42:10+00:00")),
            ("pbx-1-1794217330.95", Some("2026-11-09T09:42:10+00:00")),
            ("1794217330", None),
            ("0.1", None),
            ("callback-7.1", None),
            ("", None),
            ("-.", None),
        ] {
            assert_eq!(began(id).map(|at| at.to_rfc3339()).as_deref(), at, "{id}");
        }
    }
}
