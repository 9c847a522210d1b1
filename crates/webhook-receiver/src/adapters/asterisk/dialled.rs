//! A phone was dialled for a call, and how that ended: AMI's `DialEnd` and ARI's `Dial` say the same.

use super::{caller, channel, hangup};
use crate::source::Source;
use chrono::{DateTime, TimeDelta, Utc};
use domain::fact::{CallFact, CallRef, Direction, What};
use domain::party::{Party, clean};

/// One phone that was dialled.
pub(super) struct Dialled<'a> {
    pub(super) key: String,
    pub(super) refs: Vec<CallRef>,
    /// The calling channel's number and name.
    pub(super) number: &'a str,
    pub(super) name: &'a str,
    /// The extension in which the caller's dialplan was; a group's number, where a group was dialled.
    pub(super) exten: &'a str,
    /// The dialled channel: its number, name and id.
    pub(super) to: &'a str,
    pub(super) channel: &'a str,
    pub(super) leg: &'a str,
    pub(super) status: &'a str,
    pub(super) at: Option<DateTime<Utc>>,
}

impl Dialled<'_> {
    pub(super) fn fact(self, source: &Source) -> CallFact {
        let is_number = |text: &str| source.plan.read(text).is_some();
        let dialplan_knows = channel::is_extension(self.exten, source) || is_number(self.exten);
        let to = Party::from_text(if dialplan_knows { self.exten } else { self.to }, &source.plan);
        let by_one_of_ours = channel::is_extension(self.number, source);
        let direction = match by_one_of_ours && to.number.is_some() {
            true => Direction::Outbound,
            false => Direction::Unsaid,
        };
        let began_at = channel::began(self.leg);
        let rang = self.at.zip(began_at).map(|(at, began)| at - began);
        let what = what(self.status, rang.filter(|rang| *rang >= TimeDelta::zero()));
        let line = match direction == Direction::Outbound {
            true => Party::alias(self.number),
            false => self.line(source),
        };
        CallFact {
            from: match by_one_of_ours {
                true => caller::of_own_call(self.number, self.name, "", source),
                false => caller::of_call(self.number, self.name, "", source),
            },
            key: clean(&self.key),
            refs: self.refs,
            direction,
            to,
            line,
            leg: Some(clean(self.leg)).filter(|leg| !leg.is_empty()),
            // Only an end of ringing is told: until when they talked, and so when an answered leg ended, is not.
            ended_at: self.at.filter(|_| !matches!(what, What::Answered { .. })),
            what,
            began_at,
            complete: false,
        }
    }

    fn line(&self, source: &Source) -> Party {
        if channel::is_extension(self.to, source) || source.plan.read(self.to).is_some() {
            return Party::from_text(self.to, &source.plan);
        }
        channel::extension(self.channel, source).map_or_else(Party::absent, Party::alias)
    }
}

/// `CANCEL` is said both when somebody else answered and when the caller gave up, so it tells nothing; what is no end
/// yet (`RINGING`, `PROGRESS`, empty) tells nothing either.
fn what(status: &str, rang: Option<TimeDelta>) -> What {
    match status.to_ascii_uppercase().as_str() {
        "ANSWER" => What::answered(None),
        "CANCEL" => What::Step,
        status => {
            hangup::why(status, false).map_or(What::Step, |why| What::not_answered(why, rang))
        }
    }
}
