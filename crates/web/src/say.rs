//! Things of the domain in the reader's words: days, people, what happened.

pub(crate) mod events;
mod ills;

use crate::words::Words;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::callback::{Actor, Callback, Contact, Disposition, HandOver, Withdrawal};
use domain::decision::{Decline, Entry};
use domain::directory::{Directory, Language, Owner, Responsible};
use domain::rounds::Standing;
use workalendar::{WorkCalendar, format_day};

/// Says things to one reader, on one day.
#[derive(Clone, Copy)]
pub(crate) struct Say<'a> {
    pub(crate) words: &'static Words,
    pub(crate) calendar: &'a WorkCalendar,
    pub(crate) directory: &'a Directory,
    pub(crate) today: NaiveDate,
    /// Who reads an account's mail, where it is an actor.
    pub(crate) reader: Option<(&'a str, Actor)>,
}

impl Say<'_> {
    /// "i dag", "tisdag 24 november"; with the year when it is another one.
    pub(crate) fn day(&self, day: NaiveDate) -> String {
        match (day - self.today).num_days() {
            0 => self.words.say("today"),
            1 => self.words.say("tomorrow"),
            -1 => self.words.say("yesterday"),
            _ => self.date(day),
        }
    }

    /// "tisdag 24 november", whatever today is; with the year when it is another one.
    pub(crate) fn date(&self, day: NaiveDate) -> String {
        let said = format_day(day, self.words.spoken());
        if day.year() == self.today.year() { said } else { format!("{said} {}", day.year()) }
    }

    /// "10.12".
    pub(crate) fn time(&self, time: NaiveTime) -> String {
        let pattern = match self.words.language() {
            Language::Swedish => "%H.%M",
            Language::English => "%H:%M",
        };
        time.format(pattern).to_string()
    }

    /// "i dag kl. 10.12".
    pub(crate) fn moment(&self, at: DateTime<Utc>) -> String {
        self.moment_as(
            at,
            match self.words.language() {
                Language::Swedish => "%H.%M",
                Language::English => "%H:%M",
            },
        )
    }

    /// "i dag kl. 10.12.30", for those who look at what a machine sent.
    pub(crate) fn moment_to_the_second(&self, at: DateTime<Utc>) -> String {
        self.moment_as(
            at,
            match self.words.language() {
                Language::Swedish => "%H.%M.%S",
                Language::English => "%H:%M:%S",
            },
        )
    }

    fn moment_as(&self, at: DateTime<Utc>, pattern: &str) -> String {
        let local = at.with_timezone(&self.calendar.zone());
        let (day, time) = (self.day(local.date_naive()), local.format(pattern).to_string());
        self.words.with("moment", [("day", day.into()), ("time", time.into())])
    }

    /// How a promise stands, and more about it.
    pub(crate) fn standing(
        &self,
        standing: Standing,
        due_on: Option<NaiveDate>,
    ) -> (String, String) {
        let day = due_on.map(|day| self.day(day)).unwrap_or_default();
        let words = self.words;
        match standing {
            Standing::Late { working_days } => (
                words.with("late", [("days", working_days.into())]),
                words.with("late-was", [("day", day.into())]),
            ),
            Standing::DueToday => (words.say("due-today"), String::new()),
            Standing::DueLater => (words.with("due-later", [("day", day.into())]), String::new()),
            Standing::Tried => {
                let is_over = due_on.is_some_and(|due_on| due_on < self.today);
                let id = if is_over { "tried-due-was" } else { "tried-due" };
                (words.say("tried"), words.with(id, [("day", day.into())]))
            }
            Standing::NoDeadline => (words.say("no-deadline"), String::new()),
            Standing::Agreed { on } => {
                (words.with("agreed", [("day", self.day(on).into())]), String::new())
            }
            Standing::AgreedDayBroken { on, .. } => (
                words.say("agreed-broken"),
                words.with("agreed-was", [("day", self.day(on).into())]),
            ),
        }
    }

    pub(crate) fn disposition(&self, disposition: Disposition) -> String {
        self.words.say(&format!("disposition-{}", name(disposition)))
    }

    /// Whose it is: nothing for the reader's own.
    pub(crate) fn owner(&self, owner: Owner) -> String {
        match owner {
            Owner::Employee(id) => self.employee(id),
            Owner::Unit(id) => self.unit(id),
            Owner::Organisation => self.words.say("for-organisation"),
        }
    }

    /// Who is responsible today.
    pub(crate) fn responsible(&self, callback: &Callback) -> String {
        match self.directory.responsible_for(callback, self.today) {
            Responsible::Employee(id) => self.employee(id),
            Responsible::UnitMailbox(id) => {
                let unit = self.directory.unit(id);
                unit.and_then(|u| u.mailbox.clone()).unwrap_or_else(|| self.unit(id))
            }
            Responsible::Reception(id) => {
                let unit = self.directory.unit(id);
                unit.and_then(|u| u.reception.clone()).unwrap_or_else(|| self.unit(id))
            }
            Responsible::Organisation => self.words.say("for-organisation"),
        }
    }

    pub(crate) fn employee(&self, id: domain::ids::EmployeeId) -> String {
        let employee = self.directory.employee(id);
        employee.map_or_else(|| self.words.say("who-gone"), |e| e.name.clone())
    }

    /// By its name; what belongs to none is that of the one at the top.
    pub(crate) fn unit_or_top(&self, id: Option<domain::ids::UnitId>) -> String {
        let id = id.or_else(|| self.directory.top().map(|unit| unit.id));
        id.map_or_else(|| self.words.say("who-gone"), |id| self.unit(id))
    }

    fn unit(&self, id: domain::ids::UnitId) -> String {
        let unit = self.directory.unit(id);
        unit.map_or_else(|| self.words.say("who-gone"), |u| u.name.clone())
    }

    pub(crate) fn actor(&self, actor: Actor) -> String {
        match actor {
            Actor::Employee(id) => self.employee(id),
            Actor::Account(_) => match self.reader {
                Some((address, reader)) if reader == actor => address.to_owned(),
                Some(_) | None => self.words.say("who-mailbox"),
            },
            Actor::Line(id) => {
                let line = self.directory.line(id).map_or_else(
                    || self.words.say("who-gone"),
                    |line| {
                        let whose = line.employee_on(self.today);
                        whose.map_or_else(|| line.name.clone(), |id| self.employee(id))
                    },
                );
                self.words.with("who-line", [("line", line.into())])
            }
            Actor::System => self.words.say("who-system"),
        }
    }

    /// What the journal says, as a sentence.
    pub(crate) fn entry(&self, entry: &Entry) -> String {
        let words = self.words;
        let day =
            |day: Option<NaiveDate>| day.map_or_else(|| words.say("nobody"), |d| self.date(d));
        let who = |actor: &Actor| ("who", self.actor(*actor).into());
        let id = format!("story-{}", entry.name());
        match entry {
            Entry::Opened { due_on, .. } => {
                let due = match due_on {
                    Some(d) => words.with("story-opened-due", [("day", self.date(*d).into())]),
                    None => words.say("story-opened-none"),
                };
                words.with(&id, [("due", due.into())])
            }
            Entry::DueMoved { from, to } => {
                words.with(&id, [("from", day(*from).into()), ("to", day(*to).into())])
            }
            Entry::CountedAnew { by, from, to } => {
                let (from, to) = (day(*from).into(), day(*to).into());
                words.with(&id, [who(by), ("from", from), ("to", to)])
            }
            Entry::Attempted { by, reached: true, .. } => {
                words.with("story-attempted-reached", [who(by)])
            }
            Entry::Attempted { by, reached: false, .. } | Entry::Undone { by } => {
                words.with(&id, [who(by)])
            }
            Entry::ResolvedByPbx { disposition, .. } => {
                words.with(&id, [("what", self.disposition(*disposition).into())])
            }
            Entry::Resolved { by, disposition } => {
                words.with(&id, [who(by), ("what", self.disposition(*disposition).into())])
            }
            Entry::Listed { level: 0 } => words.say("story-listed"),
            Entry::Listed { level: _ } => words.say("story-listed-above"),
            Entry::Taken { by, until } => {
                let who = self.employee(*by);
                words.with(&id, [("who", who.into()), ("day", self.day(*until).into())])
            }
            Entry::HandedOver { by, to } => {
                words.with(&id, [who(by), ("to", self.owner(*to).into())])
            }
            Entry::Accepted { by } => words.with(&id, [who(by)]),
            Entry::Declined { by, why } => {
                let id = match why {
                    Decline::NotOurs => "story-declined-not_ours",
                    Decline::NoTime => "story-declined-no_time",
                    Decline::TakenBack => "story-declined-taken_back",
                };
                words.with(id, [who(by)])
            }
            Entry::HandOverUnanswered { to } => words.with(&id, [("to", self.owner(*to).into())]),
            Entry::Agreed { by, on } => words.with(&id, [who(by), ("day", self.date(*on).into())]),
            Entry::Left { who, to } => {
                let (who, to) = (self.employee(*who), self.owner(*to));
                words.with(&id, [("who", who.into()), ("to", to.into())])
            }
            Entry::AgreedDayBroken { on } => words.with(&id, [("day", self.date(*on).into())]),
            Entry::Withdrawn { why } => words.say(match why {
                Withdrawal::Contradicted => "story-withdrawn-contradicted",
                Withdrawal::JoinedTo(_) => "story-withdrawn-joined_to",
                Withdrawal::Lapsed => "story-withdrawn-lapsed",
            }),
            Entry::Joined { .. }
            | Entry::Amended { .. }
            | Entry::ContactWithdrawn { .. }
            | Entry::ReopenedByPbx { .. }
            | Entry::MadeFinal
            | Entry::JoinedFrom { .. } => words.say(&id),
        }
    }

    /// To whom it is offered and until when; or that nobody answered.
    pub(crate) fn hand_over(&self, hand_over: &HandOver) -> String {
        let last = self.calendar.local_date(hand_over.until - TimeDelta::seconds(1));
        let said = [
            ("who", self.actor(hand_over.by).into()),
            ("to", self.owner(hand_over.to).into()),
            ("day", self.day(last).into()),
        ];
        let id = if hand_over.unanswered { "offered-unanswered" } else { "offered" };
        self.words.with(id, said)
    }

    /// When the caller was in touch first, and where.
    pub(crate) fn contact(&self, contact: &Contact) -> String {
        let when = self.moment(contact.at);
        let line = contact.line.and_then(|id| self.directory.line(id)).map(|l| l.name.clone());
        let words = self.words;
        if contact.is_note() {
            return words.with("noted", [("when", when.into())]);
        }
        match (contact.is_message(), line) {
            (true, Some(line)) => {
                words.with("left-message-line", [("when", when.into()), ("line", line.into())])
            }
            (true, None) => words.with("left-message", [("when", when.into())]),
            (false, Some(line)) => {
                words.with("rang-line", [("when", when.into()), ("line", line.into())])
            }
            (false, None) => words.with("rang", [("when", when.into())]),
        }
    }
}

/// A disposition as forms and texts name it.
pub(crate) fn name(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Reached => "reached",
        Disposition::ReachedByPbx => "reached_by_pbx",
        Disposition::Emailed => "emailed",
        Disposition::CallerReachedUs => "caller_reached_us",
        Disposition::HandledByColleague => "handled_by_colleague",
        Disposition::NotReachable => "not_reachable",
        Disposition::NoContactDetails => "no_contact_details",
        Disposition::NotARequest => "not_a_request",
    }
}
