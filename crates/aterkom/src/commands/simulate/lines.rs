//! What is told of each run, line by line, in both languages: the terminal and the page say the same.

use simulation::{Histogram, Kept, Role, Tally};
use workalendar::Language;

/// One line: what it is, and its value in a run.
pub(super) struct Line {
    pub label: &'static str,
    pub of: fn(&Tally, Language) -> String,
}

/// All lines, from top to bottom.
pub(super) fn lines(language: Language) -> Vec<Line> {
    let line = |sv: &'static str, en: &'static str, of| {
        let label = match language {
            Language::Swedish => sv,
            Language::English => en,
        };
        Line { label, of }
    };
    Vec::from([
        line("Återkopplingar", "Callbacks", |t, _| t.whole.callbacks.to_string()),
        line("Hållna, med meddelande", "Kept, with a message", |t, l| {
            kept(t.whole.with_message, l)
        }),
        line("Hållna, utan meddelande", "Kept, without a message", |t, l| {
            kept(t.whole.without_message, l)
        }),
        line("Mejl på hela tiden", "Mails in all", |t, _| t.whole.mails.to_string()),
        line(
            "Mejl per medarbetare och arbetsdag",
            "Mails for an employee in a working day",
            |t, l| spread(t.mails_a_day.get(&Role::Employee), l),
        ),
        line("Mejl per expedition eller brevlåda", "Mails for a reception or mailbox", |t, l| {
            spread(t.mails_a_day.get(&Role::Mailbox), l)
        }),
        line("Listor per chef", "Lists for a manager", |t, l| {
            spread(t.mails_a_day.get(&Role::Manager), l)
        }),
        line(
            "Listor till den högsta tjänstemannen",
            "Lists for the officer at the top",
            |t, l| spread(t.mails_a_day.get(&Role::Officer), l),
        ),
        line("Rader i en medarbetares morgonmejl", "Rows in an employee's morning mail", |t, l| {
            spread(t.rows.get(&Role::Employee), l)
        }),
        line("Rader i en expeditions morgonmejl", "Rows in a reception's morning mail", |t, l| {
            spread(t.rows.get(&Role::Mailbox), l)
        }),
        line("Rader på en chefs lista", "Rows on a manager's list", |t, l| {
            spread(t.rows.get(&Role::Manager), l)
        }),
        line("Öppna när arbetsdagen är slut", "Open when the working day ends", |t, l| {
            spread(Some(&t.open), l)
        }),
    ])
}

/// `93,4 % (187 av 200)`
fn kept(kept: Kept, language: Language) -> String {
    let Some(share) = kept.share() else {
        return match language {
            Language::Swedish => "inget lovat".to_owned(),
            Language::English => "nothing promised".to_owned(),
        };
    };
    match language {
        Language::Swedish => {
            let share = decimal(share, language);
            format!("{share} % ({} av {})", kept.kept, kept.ended)
        }
        Language::English => format!("{share:.1} % ({} of {})", kept.kept, kept.ended),
    }
}

/// `0,8; högst 2 för 90 av 100; som mest 6`
fn spread(histogram: Option<&Histogram>, language: Language) -> String {
    let Some(histogram) = histogram.filter(|h| !h.is_empty()) else { return "–".to_owned() };
    let mean = decimal(histogram.mean(), language);
    let [ninetieth, most] =
        [histogram.percentile(90), histogram.max()].map(Option::unwrap_or_default);
    match language {
        Language::Swedish => format!("{mean}; 9 av 10 ≤ {ninetieth}; mest {most}"),
        Language::English => format!("{mean}; 9 of 10 ≤ {ninetieth}; most {most}"),
    }
}

pub(super) fn decimal(number: f64, language: Language) -> String {
    let text = format!("{number:.1}");
    match language {
        Language::Swedish => text.replace('.', ","),
        Language::English => text,
    }
}

/// How people behave, in a sentence's end.
pub(super) fn behaviour(name: &str, language: Language) -> &'static str {
    match (name, language) {
        ("diligent", Language::Swedish) => "Flitiga: de flesta ringer upp samma dag",
        ("diligent", Language::English) => "Diligent: most call back the same day",
        ("ordinary", Language::Swedish) => "Vanliga: ringer upp när de blir påminda",
        ("ordinary", Language::English) => "Ordinary: they call back when reminded",
        ("pressed", Language::Swedish) => "Pressade: hinner inte, och ringer när chefen frågar",
        ("pressed", Language::English) => "Pressed: no time, and they call when the manager asks",
        (_, Language::Swedish) => "Som det var: bara det som filen berättar",
        (_, Language::English) => "As it was: only what the file tells",
    }
}

pub(super) fn variant(name: &str, language: Language) -> String {
    match (name, language) {
        ("", Language::Swedish) => "Som inställt".to_owned(),
        ("", Language::English) => "As configured".to_owned(),
        (name, _) => name.to_owned(),
    }
}

/// What everybody who reads the figures has to know.
pub(super) fn caution(is_invented: bool, language: Language) -> &'static str {
    match (is_invented, language) {
        (true, Language::Swedish) => {
            "Samtalen och människorna är påhittade. Jämför spalterna med varandra; lova ingen de enskilda talen."
        }
        (true, Language::English) => {
            "Calls and people are invented. Compare the columns; promise nobody a single figure."
        }
        (false, Language::Swedish) => {
            "Samtalen är växelns egna. Vad människor gör åt dem är antaget, utom i \"som det var\"."
        }
        (false, Language::English) => {
            "The calls are the PBX's own. What people do about them is assumed, but for \"as it was\"."
        }
    }
}
