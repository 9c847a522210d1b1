//! What a PBX told and what came of it, in the administrator's words: numbers masked, names left out (R36).

use super::Say;
use domain::access::Outcome;
use domain::fact::{CallFact, What, Why};
use domain::ids::SourceName;
use domain::party::Party;
use domain::settle::NotOwed;

/// Tells of one source's posts.
#[derive(Clone, Copy)]
pub(crate) struct Teller<'a> {
    pub(crate) say: Say<'a>,
    pub(crate) source: &'a SourceName,
}

impl Teller<'_> {
    /// "Inte besvarat: upptaget. Från •••05 till Kontaktcenter."
    pub(crate) fn fact(&self, fact: &CallFact) -> String {
        let words = self.say.words;
        let mut told = self.what(&fact.what);
        let to = if fact.line.is_nobody() { &fact.to } else { &fact.line };
        for (id, party) in [("event-from", &fact.from), ("event-to", to)] {
            if party.withheld || !party.is_nobody() {
                told.push(' ');
                told.push_str(&words.with(id, [("party", self.party(party).into())]));
            }
        }
        told
    }

    fn what(&self, what: &What) -> String {
        let words = self.say.words;
        let length = |id: &str, known: &str, ms: Option<i64>| match ms {
            Some(ms) => words.with(known, [("seconds", (ms / 1_000).into())]),
            None => words.say(id),
        };
        match what {
            What::Step => words.say("event-step"),
            What::Ended => words.say("event-ended"),
            What::Ringing => words.say("event-ringing"),
            What::Talking => words.say("event-talking"),
            What::Answered { talk_ms } => length("event-answered", "event-answered-talk", *talk_ms),
            What::NotAnswered { why, .. } => {
                words.with("event-not-answered", [("why", self.say.why(*why).into())])
            }
            What::Message { length_ms, .. } => {
                length("event-message", "event-message-length", *length_ms)
            }
        }
    }

    /// Ours by their names, everybody else masked.
    fn party(&self, party: &Party) -> String {
        if party.withheld {
            return self.say.words.say("withheld");
        }
        let line = self.say.directory.line_of(self.source, party);
        line.map_or_else(|| party.masked(), |line| line.name.clone())
    }

    /// Whose callback it became, and until when.
    pub(crate) fn callback(&self, callback: &Outcome) -> String {
        let words = self.say.words;
        let who = self.say.owner(callback.holder);
        if !callback.is_open {
            return words.with("event-callback-ended", [("who", who.into())]);
        }
        match callback.due_on.map(|day| self.say.day(day)) {
            Some(day) => {
                words.with("event-callback-due", [("who", who.into()), ("day", day.into())])
            }
            None => words.with("event-callback", [("who", who.into())]),
        }
    }

    /// Why nobody waits.
    pub(crate) fn not_owed(&self, why: Option<NotOwed>) -> String {
        let words = self.say.words;
        match why {
            Some(NotOwed::Answered) => words.say("not-owed-answered"),
            Some(NotOwed::NobodyToCall) => words.say("not-owed-nobody"),
            Some(NotOwed::HungUpAtOnce) => words.say("not-owed-hung-up"),
            Some(NotOwed::NotFollowedUp) => words.say("not-owed-not-followed-up"),
            Some(NotOwed::Blocked) => words.say("not-owed-blocked"),
            Some(NotOwed::Outgoing { answered: true }) => words.say("not-owed-called"),
            Some(NotOwed::Outgoing { answered: false }) => words.say("not-owed-tried"),
            Some(NotOwed::ToldNothing) => words.say("not-owed-nothing"),
            // What is owed by the rules of today was not when the call was judged.
            None => words.say("not-owed-then"),
        }
    }
}

impl Say<'_> {
    /// Why nobody answered.
    pub(crate) fn why(&self, why: Why) -> String {
        self.words.say(match why {
            Why::NoAnswer => "why-no-answer",
            Why::Busy => "why-busy",
            Why::Refused => "why-refused",
            Why::Abandoned => "why-abandoned",
            Why::Offline => "why-offline",
            Why::Closed => "why-closed",
            Why::DoNotDisturb => "why-do-not-disturb",
            Why::Unknown => "why-unknown",
        })
    }
}
