//! What a round says, in the reader's language: the values that its texts are given.

use crate::callers::Callers;
use crate::recipients::Addressee;
use crate::texts::{Text, TextError, Texts};
use chrono::{DateTime, Timelike, Utc};
use domain::directory::Language;
use domain::faults::Faults;
use domain::ids::CallbackId;
use domain::ids::SourceName;
use domain::rounds::{
    Alarm, Digest, ManagerList, OfPerson, OfUnit, RoundKind, Row, Standing, WhileAway,
};
use serde::Serialize;
use workalendar::{Due, WorkCalendar, format_day};

/// What dates are told by, and what links begin with: never the `Host` that somebody sent.
#[derive(Debug, Clone, Copy)]
pub struct ShownBy<'a> {
    pub calendar: &'a WorkCalendar,
    pub public_url: &'a str,
}

impl Texts {
    /// What one who is responsible is told: *new*, the morning digest, or the nudge, as `kind` says.
    ///
    /// # Errors
    /// Where its text cannot be rendered.
    pub fn digest(
        &self,
        kind: RoundKind,
        digest: &Digest,
        to: &Addressee,
        by: ShownBy<'_>,
        callers: &Callers,
    ) -> Result<Text, TextError> {
        self.text(kind.name(), to.language, &shown_digest(digest, to, by), callers)
    }

    /// The manager list.
    ///
    /// # Errors
    /// Where its text cannot be rendered.
    pub fn manager_list(
        &self,
        list: &ManagerList,
        to: &Addressee,
        to_officer: bool,
        by: ShownBy<'_>,
    ) -> Result<Text, TextError> {
        let shown = shown_list(list, to, to_officer, by);
        self.text("manager_list", to.language, &shown, &Callers::default())
    }

    /// The alarm that nobody can be told.
    ///
    /// # Errors
    /// Where its text cannot be rendered.
    pub fn alarm(&self, alarm: &Alarm, to: &Addressee) -> Result<Text, TextError> {
        self.text("alarm", to.language, &shown_alarm(alarm, to), &Callers::default())
    }

    /// What an administrator has to see to.
    ///
    /// # Errors
    /// Where its text cannot be rendered.
    pub fn faults(
        &self,
        faults: &Faults,
        to: &Addressee,
        by: ShownBy<'_>,
    ) -> Result<Text, TextError> {
        self.text("faults", to.language, &shown_faults(faults, to, by), &Callers::default())
    }

    /// The mail by which somebody sees that mails arrive.
    ///
    /// # Errors
    /// Where its text cannot be rendered.
    pub fn test(&self, to: &Addressee, by: ShownBy<'_>) -> Result<Text, TextError> {
        self.text("test", to.language, &shown_test(to, by), &Callers::default())
    }

    /// The mail with a link to sign in by.
    ///
    /// # Errors
    /// Where its text cannot be rendered.
    pub fn sign_in(&self, to: &Addressee, link: &str) -> Result<Text, TextError> {
        self.text("sign_in", to.language, &shown_link(to, link), &Callers::default())
    }
}

/// What the mail with a link to sign in by is given.
pub(crate) fn shown_link<'a>(to: &'a Addressee, link: &'a str) -> ShownLink<'a> {
    ShownLink { name: &to.name, link, minutes: domain::sign_in::LINK_LASTS.num_minutes() }
}

/// What the test mail is given.
pub(crate) fn shown_test<'a>(to: &'a Addressee, by: ShownBy<'_>) -> ShownTest<'a> {
    ShownTest { name: &to.name, link: format!("{}/admin/set-up", by.public_url) }
}

/// What the alarm is given.
pub(crate) fn shown_alarm<'a>(alarm: &'a Alarm, to: &Addressee) -> ShownAlarm<'a> {
    let unit =
        |(name, callbacks): &'a (String, usize)| ShownUnheard { name, callbacks: *callbacks };
    ShownAlarm {
        day: format_day(alarm.day, spoken(to.language)),
        units: alarm.units.iter().map(unit).collect(),
        without_address: &alarm.without_address,
    }
}

/// What the text of faults is given.
pub(crate) fn shown_faults<'a>(
    faults: &'a Faults,
    to: &Addressee,
    by: ShownBy<'_>,
) -> ShownFaults<'a> {
    let counted =
        |(source, posts): &'a (SourceName, i64)| ShownCount { name: &source.0, posts: *posts };
    let silent = |(source, since): &'a (SourceName, DateTime<Utc>)| ShownSilent {
        name: &source.0,
        since: moment(*since, to.language, by.calendar),
    };
    ShownFaults {
        day: format_day(faults.day, spoken(to.language)),
        silent: faults.silent.iter().map(silent).collect(),
        stale: faults.stale.iter().map(counted).collect(),
        unread: faults.unread.iter().map(counted).collect(),
        link: format!("{}/admin", by.public_url),
    }
}

/// What the text of a digest is given, of *new* and of the nudge.
pub(crate) fn shown_digest<'a>(
    digest: &'a Digest,
    to: &'a Addressee,
    by: ShownBy<'_>,
) -> ShownDigest<'a> {
    ShownDigest {
        name: &to.name,
        day: format_day(digest.day, spoken(to.language)),
        late: digest.rows.iter().filter(|r| is_late(r)).count(),
        today: digest.rows.iter().filter(|r| r.standing == Standing::DueToday).count(),
        rows: shown(&digest.rows, to.language, by),
        link: format!("{}/mine", by.public_url),
        offered: shown(&digest.offered, to.language, by),
        unanswered: shown(&digest.unanswered, to.language, by),
        away: digest.away.as_ref().map(|away| shown_away(away, to.language)),
    }
}

/// What the text of a manager list is given.
pub(crate) fn shown_list<'a>(
    list: &'a ManagerList,
    to: &'a Addressee,
    to_officer: bool,
    by: ShownBy<'_>,
) -> ShownList<'a> {
    let of = |groups: &[OfPerson]| -> Vec<ShownPerson> {
        let person = |g: &OfPerson| ShownPerson {
            who: g.who.clone(),
            rows: shown(&g.rows, to.language, by),
        };
        groups.iter().map(person).collect()
    };
    let count = |groups: &[OfPerson]| groups.iter().map(|g| g.rows.len()).sum::<usize>();
    let units: Vec<ShownUnit<'_>> = list
        .units
        .iter()
        .map(|unit| ShownUnit {
            name: &unit.name,
            instead_of: &unit.instead_of,
            open: unit.open,
            quiet: unit.is_quiet(),
            late: of(&unit.late),
            due_today: of(&unit.due_today),
            not_reached: of(&unit.not_reached),
            broken_agreed: of(&unit.broken_agreed),
            hand_overs: of(&unit.hand_overs),
            undeliverable: &unit.undeliverable,
            uncovered: &unit.uncovered,
            unreferred: &unit.unreferred,
            unreferred_calls: unit.unreferred_calls,
        })
        .collect();
    let below = list.from_below.iter().map(|OfUnit { name, manager, late }| ShownBelow {
        name,
        manager: manager.as_deref(),
        late: of(late),
    });
    let climbed: usize = list.from_below.iter().map(|u| count(&u.late)).sum();
    ShownList {
        name: &to.name,
        officer: to_officer,
        link: format!("{}/unit", by.public_url),
        day: format_day(list.day, spoken(to.language)),
        late: list.units.iter().map(|u| count(&u.late)).sum::<usize>() + climbed,
        today: list.units.iter().map(|u| count(&u.due_today)).sum(),
        not_reached: list.units.iter().map(|u| count(&u.not_reached)).sum(),
        broken_agreed: list.units.iter().map(|u| count(&u.broken_agreed)).sum(),
        hand_overs: list.units.iter().map(|u| count(&u.hand_overs)).sum(),
        undeliverable: list.units.iter().map(|u| u.undeliverable.len()).sum(),
        uncovered: list.units.iter().map(|u| u.uncovered.len()).sum(),
        unreferred: list.units.iter().map(|u| u.unreferred.len()).sum(),
        from_below: below.collect(),
        units,
    }
}

#[derive(Serialize)]
pub(crate) struct ShownTest<'a> {
    name: &'a str,
    link: String,
}

#[derive(Serialize)]
pub(crate) struct ShownLink<'a> {
    name: &'a str,
    link: &'a str,
    minutes: i64,
}

#[derive(Serialize)]
pub(crate) struct ShownDigest<'a> {
    name: &'a str,
    day: String,
    late: usize,
    today: usize,
    rows: Vec<ShownRow>,
    /// To everything of the reader's own.
    link: String,
    away: Option<ShownAway<'a>>,
    /// What others offer.
    offered: Vec<ShownRow>,
    /// What was offered to others, and nobody answered.
    unanswered: Vec<ShownRow>,
}

#[derive(Serialize)]
pub(crate) struct ShownAlarm<'a> {
    day: String,
    units: Vec<ShownUnheard<'a>>,
    without_address: &'a [Option<String>],
}

#[derive(Serialize)]
pub(crate) struct ShownFaults<'a> {
    day: String,
    silent: Vec<ShownSilent<'a>>,
    stale: Vec<ShownCount<'a>>,
    unread: Vec<ShownCount<'a>>,
    /// To the page of the administrators.
    link: String,
}

#[derive(Serialize)]
struct ShownSilent<'a> {
    name: &'a str,
    since: String,
}

#[derive(Serialize)]
struct ShownCount<'a> {
    name: &'a str,
    posts: i64,
}

#[derive(Serialize)]
struct ShownUnheard<'a> {
    name: &'a str,
    callbacks: usize,
}

/// What came in while the reader was away.
#[derive(Serialize)]
struct ShownAway<'a> {
    from: String,
    /// None when it was one day.
    to: Option<String>,
    covered_by: &'a [String],
    reception: bool,
    open: usize,
    done: usize,
    rang: usize,
}

#[derive(Serialize)]
pub(crate) struct ShownList<'a> {
    name: &'a str,
    /// The reader is the officer, and not a manager.
    officer: bool,
    /// To the reader's units.
    link: String,
    day: String,
    late: usize,
    today: usize,
    not_reached: usize,
    broken_agreed: usize,
    hand_overs: usize,
    undeliverable: usize,
    uncovered: usize,
    unreferred: usize,
    units: Vec<ShownUnit<'a>>,
    from_below: Vec<ShownBelow<'a>>,
}

#[derive(Serialize)]
struct ShownBelow<'a> {
    name: &'a str,
    manager: Option<&'a str>,
    late: Vec<ShownPerson>,
}

#[derive(Serialize)]
struct ShownUnit<'a> {
    name: &'a str,
    instead_of: &'a [String],
    open: usize,
    quiet: bool,
    late: Vec<ShownPerson>,
    due_today: Vec<ShownPerson>,
    not_reached: Vec<ShownPerson>,
    broken_agreed: Vec<ShownPerson>,
    hand_overs: Vec<ShownPerson>,
    undeliverable: &'a [String],
    uncovered: &'a [String],
    unreferred: &'a [String],
    unreferred_calls: usize,
}

#[derive(Serialize)]
struct ShownPerson {
    who: Option<String>,
    rows: Vec<ShownRow>,
}

/// One callback in words. What is shown of the caller is put in by `callers` (R29).
#[derive(Serialize)]
pub(crate) struct ShownRow {
    /// Taken out again before a text is given the row.
    id: CallbackId,
    reference: String,
    link: String,
    taken_by: Option<String>,
    /// `late`, `today`, `later`, `tried`, `none`, `agreed` or `agreed_broken`.
    standing: &'static str,
    /// The day that was agreed with the caller.
    agreed: Option<String>,
    hops: u32,
    unanswered: bool,
    days_late: i64,
    due: Option<String>,
    why: Option<String>,
    received: String,
    message: bool,
    contacts: usize,
    attempts: usize,
    line: Option<String>,
}

pub(crate) fn shown(rows: &[Row], language: Language, by: ShownBy<'_>) -> Vec<ShownRow> {
    let spoken = spoken(language);
    let row = |row: &Row| {
        let (standing, days_late) = match row.standing {
            Standing::Late { working_days } => ("late", working_days),
            Standing::DueToday => ("today", 0),
            Standing::DueLater => ("later", 0),
            Standing::Tried => ("tried", 0),
            Standing::NoDeadline => ("none", 0),
            Standing::Agreed { .. } => ("agreed", 0),
            Standing::AgreedDayBroken { working_days, .. } => ("agreed_broken", working_days),
        };
        let agreed = match row.standing {
            Standing::Agreed { on } | Standing::AgreedDayBroken { on, .. } => {
                Some(format_day(on, spoken))
            }
            Standing::Late { .. }
            | Standing::DueToday
            | Standing::DueLater
            | Standing::Tried
            | Standing::NoDeadline => None,
        };
        ShownRow {
            id: row.id,
            reference: row.reference.clone(),
            link: format!("{}/callbacks/{}", by.public_url, row.id),
            taken_by: row.taken_by.clone(),
            agreed,
            hops: row.hops,
            unanswered: row.unanswered,
            standing,
            days_late,
            due: row.due.as_ref().map(|d| format_day(d.due_on, spoken)),
            why: row.due.as_ref().filter(|d| wants_explanation(d)).map(|d| d.explain(spoken)),
            received: moment(row.received_at, language, by.calendar),
            message: row.has_message,
            contacts: row.contacts,
            attempts: row.attempts,
            line: row.line.clone(),
        }
    };
    rows.iter().map(row).collect()
}

fn shown_away(away: &WhileAway, language: Language) -> ShownAway<'_> {
    let day = |day| format_day(day, spoken(language));
    ShownAway {
        from: day(away.days.from),
        to: (away.days.to > away.days.from).then(|| day(away.days.to)),
        covered_by: &away.covered_by,
        reception: away.reception,
        open: away.came_in.open,
        done: away.came_in.done,
        rang: away.came_in.rang,
    }
}

/// Where every day between counts, the two dates explain themselves.
fn wants_explanation(due: &Due) -> bool {
    !due.not_counted.is_empty()
}

fn is_late(row: &Row) -> bool {
    matches!(row.standing, Standing::Late { .. })
}

fn moment(at: DateTime<Utc>, language: Language, calendar: &WorkCalendar) -> String {
    let local = at.with_timezone(&calendar.zone());
    let day = format_day(local.date_naive(), spoken(language));
    match language {
        Language::Swedish => format!("{day} kl. {:02}.{:02}", local.hour(), local.minute()),
        Language::English => format!("{day} at {:02}:{:02}", local.hour(), local.minute()),
    }
}

pub(crate) fn spoken(language: Language) -> workalendar::Language {
    match language {
        Language::Swedish => workalendar::Language::Swedish,
        Language::English => workalendar::Language::English,
    }
}
