//! Texts: what a round says, in the reader's language, as plain text and HTML.

use crate::recipients::Recipient;
use chrono::{DateTime, Timelike, Utc};
use domain::directory::Language;
use domain::rounds::{
    Alarm, Digest, ManagerList, OfPerson, OfUnit, RoundKind, Row, Standing, WhileAway,
};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;
use workalendar::{Due, WorkCalendar, format_day};

/// No text of ours needs more steps; one that does is wrong.
const FUEL: u64 = 10_000_000;

/// The texts, parsed once.
#[derive(Debug)]
pub struct Texts(Environment<'static>);

/// What dates are told by, and what links begin with: never the `Host` that somebody sent.
#[derive(Debug, Clone, Copy)]
pub struct ShownBy<'a> {
    pub calendar: &'a WorkCalendar,
    pub public_url: &'a str,
}

/// A mail's words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    pub subject: String,
    pub plain: String,
    pub html: String,
}

const EMBEDDED: [(&str, &str); 29] = [
    ("layout.html", include_str!("../templates/layout.html")),
    ("sv/rows.txt", include_str!("../templates/sv/rows.txt")),
    ("sv/rows.html", include_str!("../templates/sv/rows.html")),
    ("sv/new.txt", include_str!("../templates/sv/new.txt")),
    ("sv/new.html", include_str!("../templates/sv/new.html")),
    ("sv/digest.txt", include_str!("../templates/sv/digest.txt")),
    ("sv/digest.html", include_str!("../templates/sv/digest.html")),
    ("sv/nudge.txt", include_str!("../templates/sv/nudge.txt")),
    ("sv/nudge.html", include_str!("../templates/sv/nudge.html")),
    ("sv/manager_list.txt", include_str!("../templates/sv/manager_list.txt")),
    ("sv/manager_list.html", include_str!("../templates/sv/manager_list.html")),
    ("sv/alarm.txt", include_str!("../templates/sv/alarm.txt")),
    ("sv/alarm.html", include_str!("../templates/sv/alarm.html")),
    ("sv/sign_in.txt", include_str!("../templates/sv/sign_in.txt")),
    ("sv/sign_in.html", include_str!("../templates/sv/sign_in.html")),
    ("en/rows.txt", include_str!("../templates/en/rows.txt")),
    ("en/rows.html", include_str!("../templates/en/rows.html")),
    ("en/new.txt", include_str!("../templates/en/new.txt")),
    ("en/new.html", include_str!("../templates/en/new.html")),
    ("en/digest.txt", include_str!("../templates/en/digest.txt")),
    ("en/digest.html", include_str!("../templates/en/digest.html")),
    ("en/nudge.txt", include_str!("../templates/en/nudge.txt")),
    ("en/nudge.html", include_str!("../templates/en/nudge.html")),
    ("en/manager_list.txt", include_str!("../templates/en/manager_list.txt")),
    ("en/manager_list.html", include_str!("../templates/en/manager_list.html")),
    ("en/alarm.txt", include_str!("../templates/en/alarm.txt")),
    ("en/alarm.html", include_str!("../templates/en/alarm.html")),
    ("en/sign_in.txt", include_str!("../templates/en/sign_in.txt")),
    ("en/sign_in.html", include_str!("../templates/en/sign_in.html")),
];

impl Texts {
    /// The texts that come with the program.
    ///
    /// # Errors
    /// Where one of them is not a template; a test sees to it that none is.
    pub fn embedded() -> Result<Self, minijinja::Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment
            .set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        environment.set_auto_escape_callback(|name| {
            if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
        });
        for (name, text) in EMBEDDED {
            environment.add_template(name, text)?;
        }
        Ok(Self(environment))
    }

    /// What one who is responsible is told: *new*, the morning digest, or the nudge, as `kind` says.
    ///
    /// # Errors
    /// Where its text cannot be rendered.
    pub fn digest(
        &self,
        kind: RoundKind,
        digest: &Digest,
        to: &Recipient,
        shown_by: ShownBy<'_>,
    ) -> Result<Text, minijinja::Error> {
        let shown = ShownDigest {
            name: &to.name,
            day: format_day(digest.day, spoken(to.language)),
            late: digest.rows.iter().filter(|r| is_late(r)).count(),
            today: digest.rows.iter().filter(|r| r.standing == Standing::DueToday).count(),
            rows: shown(&digest.rows, to.language, shown_by),
            link: format!("{}/mine", shown_by.public_url),
            away: digest.away.as_ref().map(|away| shown_away(away, to.language)),
        };
        self.text(kind.name(), to.language, &shown)
    }

    /// The manager list.
    ///
    /// # Errors
    /// Where its text cannot be rendered.
    pub fn manager_list(
        &self,
        list: &ManagerList,
        to: &Recipient,
        to_officer: bool,
        shown_by: ShownBy<'_>,
    ) -> Result<Text, minijinja::Error> {
        let of = |groups: &[OfPerson]| -> Vec<ShownPerson> {
            let person = |g: &OfPerson| ShownPerson {
                who: g.who.clone(),
                rows: shown(&g.rows, to.language, shown_by),
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
                undeliverable: &unit.undeliverable,
                uncovered: &unit.uncovered,
            })
            .collect();
        let below = list.from_below.iter().map(|OfUnit { name, manager, late }| ShownBelow {
            name,
            manager: manager.as_deref(),
            late: of(late),
        });
        let from_below: Vec<ShownBelow<'_>> = below.collect();
        let climbed: usize = list.from_below.iter().map(|u| count(&u.late)).sum();
        let shown = ShownList {
            name: &to.name,
            officer: to_officer,
            link: format!("{}/unit", shown_by.public_url),
            day: format_day(list.day, spoken(to.language)),
            late: list.units.iter().map(|u| count(&u.late)).sum::<usize>() + climbed,
            today: list.units.iter().map(|u| count(&u.due_today)).sum(),
            not_reached: list.units.iter().map(|u| count(&u.not_reached)).sum(),
            undeliverable: list.units.iter().map(|u| u.undeliverable.len()).sum(),
            uncovered: list.units.iter().map(|u| u.uncovered.len()).sum(),
            units,
            from_below,
        };
        self.text("manager_list", to.language, &shown)
    }

    /// The alarm that nobody can be told.
    ///
    /// # Errors
    /// Where its text cannot be rendered.
    pub fn alarm(&self, alarm: &Alarm, to: &Recipient) -> Result<Text, minijinja::Error> {
        let unit = |(name, callbacks): &(String, usize)| ShownUnheard {
            name: name.clone(),
            callbacks: *callbacks,
        };
        let shown = ShownAlarm {
            day: format_day(alarm.day, spoken(to.language)),
            units: alarm.units.iter().map(unit).collect(),
            without_address: &alarm.without_address,
        };
        self.text("alarm", to.language, &shown)
    }

    /// The mail with a link to sign in by.
    ///
    /// # Errors
    /// Where its text cannot be rendered.
    pub fn sign_in(&self, to: &Recipient, link: &str) -> Result<Text, minijinja::Error> {
        let minutes = domain::sign_in::LINK_LASTS.num_minutes();
        self.text("sign_in", to.language, &ShownLink { name: &to.name, link, minutes })
    }

    /// The first line of the plain text is the subject.
    fn text(
        &self,
        name: &str,
        language: Language,
        shown: &impl Serialize,
    ) -> Result<Text, minijinja::Error> {
        let folder = match language {
            Language::Swedish => "sv",
            Language::English => "en",
        };
        let plain = self.0.get_template(&format!("{folder}/{name}.txt"))?.render(Serde(shown))?;
        let html = self.0.get_template(&format!("{folder}/{name}.html"))?.render(Serde(shown))?;
        let (subject, plain) = plain.split_once('\n').unwrap_or((&plain, ""));
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Text { subject: one_line(subject), plain: plain.trim_start().to_owned(), html })
    }
}

#[derive(Serialize)]
struct ShownLink<'a> {
    name: &'a str,
    link: &'a str,
    minutes: i64,
}

#[derive(Serialize)]
struct ShownDigest<'a> {
    name: &'a str,
    day: String,
    late: usize,
    today: usize,
    rows: Vec<ShownRow>,
    away: Option<ShownAway<'a>>,
    /// To everything of the reader's own.
    link: String,
}

#[derive(Serialize)]
struct ShownAlarm<'a> {
    day: String,
    units: Vec<ShownUnheard>,
    without_address: &'a [Option<String>],
}

#[derive(Serialize)]
struct ShownUnheard {
    name: String,
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
}

#[derive(Serialize)]
struct ShownList<'a> {
    name: &'a str,
    /// The reader is the officer, and not a manager.
    officer: bool,
    /// To the reader's units.
    link: String,
    day: String,
    late: usize,
    today: usize,
    not_reached: usize,
    undeliverable: usize,
    uncovered: usize,
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
    undeliverable: &'a [String],
    uncovered: &'a [String],
}

#[derive(Serialize)]
struct ShownPerson {
    who: Option<String>,
    rows: Vec<ShownRow>,
}

/// One callback in words. Nothing of the caller (R29).
#[derive(Serialize)]
struct ShownRow {
    reference: String,
    link: String,
    taken_by: Option<String>,
    /// `late`, `today`, `later`, `tried` or `none`.
    standing: &'static str,
    days_late: i64,
    due: Option<String>,
    why: Option<String>,
    received: String,
    message: bool,
    contacts: usize,
    attempts: usize,
    line: Option<String>,
}

fn shown(rows: &[Row], language: Language, by: ShownBy<'_>) -> Vec<ShownRow> {
    let spoken = spoken(language);
    let row = |row: &Row| {
        let (standing, days_late) = match row.standing {
            Standing::Late { working_days } => ("late", working_days),
            Standing::DueToday => ("today", 0),
            Standing::DueLater => ("later", 0),
            Standing::Tried => ("tried", 0),
            Standing::NoDeadline => ("none", 0),
        };
        ShownRow {
            reference: row.reference.clone(),
            link: format!("{}/callbacks/{}", by.public_url, row.id),
            taken_by: row.taken_by.clone(),
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

fn spoken(language: Language) -> workalendar::Language {
    match language {
        Language::Swedish => workalendar::Language::Swedish,
        Language::English => workalendar::Language::English,
    }
}
