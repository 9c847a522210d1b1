//! What a reader of the year sees: what happened, who was responsible when, and every mail.

use aterkom_tests::{Mail, World};
use chrono::{DateTime, NaiveDateTime};
use domain::callback::{Callback, State};
use domain::directory::{Directory, Responsible};
use domain::ids::CallbackId;
use std::collections::BTreeMap;
use std::fmt::Write as _;

#[derive(Debug, Default)]
pub(super) struct Log {
    pub text: String,
    /// In the order in which they opened: the caller, and what was said of it last.
    pub callbacks: Vec<(CallbackId, &'static str, String)>,
    references: BTreeMap<String, usize>,
    mails: usize,
    /// To whom how many mails said that there is nothing to say.
    quiet: BTreeMap<String, usize>,
}

/// A mail as the log has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Logged {
    pub at: NaiveDateTime,
    pub to: String,
    /// `digest`, `manager-list` …
    pub kind: String,
    pub subject: String,
    pub message_id: String,
    /// Which callbacks it is about.
    pub about: Vec<usize>,
    pub text: String,
    /// There is nothing to say, and it says so.
    pub is_quiet: bool,
}

impl Log {
    /// Something happened.
    pub(super) fn happened(&mut self, at: NaiveDateTime, what: &str) {
        let _ = writeln!(self.text, "{}  {what}", at.format("%Y-%m-%d %a %H:%M"));
    }

    /// What became of every callback, and who has it now, where that is another than before. `caller` is whose call was
    /// the last that anybody missed.
    pub(super) async fn look(&mut self, world: &World, caller: &'static str) {
        let directory = world.directory().await;
        for open in world.open().await {
            if self.number(open.id).is_none() {
                let zone = world.app.scheduler.calendar.zone();
                self.references.insert(open.reference(zone), self.callbacks.len() + 1);
                self.callbacks.push((open.id, caller, String::new()));
            }
        }
        for n in 0..self.callbacks.len() {
            let (id, caller, before) = self.callbacks[n].clone();
            if before.starts_with("final") {
                continue;
            }
            let now = standing(&world.callback(id).await, world, &directory);
            if now != before {
                let zone = world.app.scheduler.calendar.zone();
                let at = world.app.clock.now().with_timezone(&zone).naive_local();
                self.happened(at, &format!("  #{} {caller}: {now}", n + 1));
                self.callbacks[n].2 = now;
            }
        }
    }

    /// The whole, with what was left out of it counted.
    pub(super) fn told(&self) -> String {
        let quiet = self.quiet.iter().map(|(to, n)| format!("{n} to {to}"));
        let quiet = quiet.collect::<Vec<_>>().join(", ");
        format!("{}On the first day of a week, nothing is late: {quiet}\n", self.text)
    }

    fn number(&self, id: CallbackId) -> Option<usize> {
        self.callbacks.iter().position(|(other, ..)| *other == id)
    }

    /// The mails that came since the last look.
    pub(super) fn mails(&mut self, world: &World) -> Vec<Logged> {
        let taken = world.smtp.taken();
        let new: Vec<Mail> =
            taken[self.mails..].iter().map(|t| Mail::read(&t.to, &t.bytes)).collect();
        self.mails = taken.len();
        let mut read: Vec<Logged> = new.iter().map(|mail| self.read(mail, world)).collect();
        // Of one moment they go out in any order.
        read.sort_by(|a, b| (a.at, &a.to, &a.kind).cmp(&(b.at, &b.to, &b.kind)));
        for mail in &read {
            self.tell(mail);
        }
        read
    }

    fn tell(&mut self, mail: &Logged) {
        let to = mail.to.split('@').next().unwrap_or_default();
        if mail.is_quiet {
            *self.quiet.entry(to.to_owned()).or_default() += 1;
            return;
        }
        let about: Vec<String> = mail.about.iter().map(|n| format!("#{n}")).collect();
        let what = format!("  mail to {to}: {} [{}]", mail.subject, about.join(" "));
        self.happened(mail.at, &what);
    }

    fn read(&self, mail: &Mail, world: &World) -> Logged {
        let header = |name: &str| {
            let line = mail.head.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_else(|| panic!("no {name} in {}", mail.head)).trim().to_owned()
        };
        let at = DateTime::parse_from_rfc2822(&header("Date:")).expect("a date");
        let zone = world.app.scheduler.calendar.zone();
        let at = at.with_timezone(&zone).naive_local();
        let list = header("List-Id:");
        let kind = list.trim_start_matches('<').split('.').next().unwrap_or_default().to_owned();
        let words = mail.text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        let mut about: Vec<usize> =
            words.filter_map(|word| self.references.get(word).copied()).collect();
        about.sort_unstable();
        about.dedup();
        let subject = mail.subject.clone();
        let quiet = ["Inga försenade återkopplingar", "No late callbacks"];
        let is_quiet = quiet.contains(&subject.as_str());
        let (to, message_id, text) = (mail.to.clone(), mail.message_id.clone(), mail.text.clone());
        Logged { at, to, kind, subject, message_id, about, text, is_quiet }
    }
}

/// In a few words.
fn standing(callback: &Callback, world: &World, directory: &Directory) -> String {
    let due = callback.due.as_ref().map_or("no last day".to_owned(), |due| {
        due.due_on.format("last day %a %Y-%m-%d").to_string()
    });
    match callback.state {
        State::Open => {
            let responsible = directory.responsible_for(callback, world.today());
            let mut told = format!("{} has it, {due}", name(responsible, directory));
            if let Some(agreed) = callback.agreed {
                let broken = if agreed.broken { "broken" } else { "agreed" };
                let _ = write!(told, ", {broken} day {}", agreed.on.format("%a %Y-%m-%d"));
            }
            if let Some(offered) = callback.offered() {
                let to = name(directory.responsible(offered.to, world.today()), directory);
                let _ = write!(told, ", offered to {to}");
            }
            if callback.first_attempt_at().is_some() {
                told.push_str(", tried");
            }
            told
        }
        State::Provisional { disposition, .. } => format!("perhaps {disposition:?}, {due}"),
        State::Resolved { disposition, .. } => format!("{disposition:?}, {due}"),
        State::Withdrawn { why, .. } => format!("final: withdrawn, {why:?}"),
    }
}

fn name(responsible: Responsible, directory: &Directory) -> String {
    let unit = |id| directory.unit(id).map(|unit| unit.name.clone()).unwrap_or_default();
    match responsible {
        Responsible::Employee(id) => {
            directory.employee(id).map(|e| e.name.clone()).unwrap_or_default()
        }
        Responsible::UnitMailbox(id) => format!("the mailbox of {}", unit(id)),
        Responsible::Reception(id) => format!("the reception of {}", unit(id)),
        Responsible::Organisation => "the organisation's reception".to_owned(),
    }
}
