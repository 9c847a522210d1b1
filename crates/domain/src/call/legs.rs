//! The phone of a leg: a PBX that posts each step by itself names it only once, and it holds for the whole leg.

use crate::fact::{CallFact, What};
use crate::party::Party;
use std::collections::{BTreeMap, BTreeSet};

/// The phones that a call's facts name, by leg; only where it is one.
pub(super) struct Phones(BTreeMap<String, Party>);

impl Phones {
    pub(super) fn named_by<'a>(facts: impl Iterator<Item = &'a CallFact> + Clone) -> Self {
        // Who talks knows better than what rang: a colleague may have picked up.
        let mut phones = named(facts.clone().filter(|f| f.what == What::Ringing));
        phones.extend(named(facts.filter(|f| is_talk(&f.what))));
        Self(phones)
    }

    /// The fact, about the phone of its leg where it names none itself.
    pub(super) fn fill(&self, fact: CallFact) -> CallFact {
        let phone = || self.0.get(fact.leg.as_ref()?);
        match phone().filter(|_| fact.line.is_nobody()) {
            Some(phone) => CallFact { line: phone.clone(), ..fact },
            None => fact,
        }
    }
}

fn is_talk(what: &What) -> bool {
    match what {
        What::Talking | What::Answered { .. } => true,
        What::Step
        | What::Ended
        | What::Ringing
        | What::NotAnswered { .. }
        | What::Message { .. } => false,
    }
}

fn named<'a>(facts: impl Iterator<Item = &'a CallFact>) -> BTreeMap<String, Party> {
    let mut named: BTreeMap<String, BTreeSet<&Party>> = BTreeMap::new();
    for fact in facts.filter(|f| !f.line.is_nobody()) {
        if let Some(leg) = &fact.leg {
            named.entry(leg.clone()).or_default().insert(&fact.line);
        }
    }
    let only = |phones: BTreeSet<&Party>| match phones.into_iter().collect::<Vec<_>>().as_slice() {
        [phone] => Some((*phone).clone()),
        _ => None,
    };
    named.into_iter().filter_map(|(leg, phones)| Some((leg, only(phones)?))).collect()
}

#[cfg(test)]
mod tests {
    use crate::fact::{CallFact, What, Why};
    use crate::party::Party;
    use crate::testing::{TOWN, judged, missed};
    use crate::verdict::Outcome;

    /// What is told of a call to the switchboard by a PBX that knows no times.
    fn told(what: What, phone: &str, leg: &str) -> CallFact {
        let line = if phone.is_empty() { Party::absent() } else { Party::alias(phone) };
        let fact = CallFact { what, leg: Some(leg.to_owned()), line, ..missed("412", 0, 0) };
        CallFact { began_at: None, ended_at: None, ..fact }.dialled("0")
    }

    fn verdict(facts: &[CallFact]) -> String {
        let incoming = judged(facts).incoming.unwrap();
        let what = match incoming.outcome {
            Outcome::Missed { .. } => "missed",
            Outcome::Message { .. } => "message",
            Outcome::Answered { .. } => "answered",
        };
        let line = incoming.line.and_then(|id| TOWN.line(id));
        format!("{what} at {}", line.map_or("nobody's", |l| l.name.as_str()))
    }

    // R3, R15
    #[test]
    fn the_end_of_a_leg_is_about_the_phone_that_rang_or_talked_on_it() {
        let end = || told(What::not_answered(Why::Unknown, None), "", "a");
        let rings = |phone: &str, leg: &str| told(What::Ringing, phone, leg);
        for (facts, wanted, case) in [
            (vec![end()], "missed at Switchboard", "no phone was named"),
            (vec![rings("412", "a"), end()], "missed at Anna", "it rang at one"),
            (
                vec![rings("412", "a"), rings("413", "a"), end()],
                "missed at Switchboard",
                "it rang at two at once",
            ),
            (
                vec![rings("412", "b"), end()],
                "missed at Switchboard",
                "it was another leg that rang there",
            ),
            (
                vec![rings("412", "a"), told(What::Talking, "413", "a"), end()],
                "answered at Bo",
                "a colleague picked up",
            ),
            (
                vec![rings("412", "a"), told(What::voicemail(None, None), "", "a"), end()],
                "message at Anna",
                "her mailbox took it",
            ),
        ] {
            assert_eq!(verdict(&facts), wanted, "{case}");
            let backwards: Vec<_> = facts.into_iter().rev().collect();
            assert_eq!(verdict(&backwards), wanted, "{case}, backwards");
        }
    }
}
