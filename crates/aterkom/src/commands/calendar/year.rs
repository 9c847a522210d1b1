//! What is worth saying of a year, and how it is written for people.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use std::fmt::Write as _;
use workalendar::{HolidayKind, Language, WhyOff, WorkCalendar, format_day};

/// A year of one calendar.
pub(super) struct Year {
    number: i32,
    /// The days off that are not plain weekends.
    pub(super) off: Vec<Off>,
    /// Working days that would be off elsewhere.
    extra: Vec<NaiveDate>,
    /// Half-days, and when they close.
    pub(super) half: Vec<(NaiveDate, NaiveTime)>,
    /// Working days alone between days off.
    bridges: Vec<NaiveDate>,
    months: [i64; 12],
}

/// A day off and why.
pub(super) struct Off {
    pub(super) day: NaiveDate,
    pub(super) why: WhyOff,
    laws: Vec<(HolidayKind, &'static str)>,
}

impl Year {
    pub(super) fn of(number: i32, calendar: &WorkCalendar) -> Self {
        let first = |month| NaiveDate::from_ymd_opt(number, month, 1).expect("a month of a year");
        let days: Vec<NaiveDate> =
            first(1).iter_days().take_while(|day| day.year() == number).collect();
        let off = days.iter().filter_map(|day| {
            let why = calendar.why_off(*day).filter(|why| *why != WhyOff::Weekend)?;
            let holidays = calendar.holidays_on(*day).into_iter();
            let laws = holidays.map(|holiday| (holiday.kind, holiday.law)).collect();
            Some(Off { day: *day, why, laws })
        });
        let half = days.iter().filter(|day| calendar.is_half_day(**day)).filter_map(|day| {
            let closing = calendar.closing_at(*day).ok()?.with_timezone(&calendar.zone());
            Some((*day, closing.time()))
        });
        let months = std::array::from_fn(|month0| {
            let of_month = days.iter().filter(|day| day.month0() as usize == month0);
            of_month.filter(|day| calendar.is_working_day(**day)).count() as i64
        });
        Self {
            number,
            off: off.collect(),
            extra: days.iter().copied().filter(|day| is_extra(*day, calendar)).collect(),
            half: half.collect(),
            bridges: days.iter().copied().filter(|day| calendar.is_bridge_day(*day)).collect(),
            months,
        }
    }

    /// For a terminal, in one language.
    pub(super) fn written(&self, whose: &str, language: Language) -> String {
        let words = words(language);
        let mut text = format!("{} {}\n", self.number, whose);
        let _ = writeln!(text, "{}: {}\n", words.working_days, self.months.iter().sum::<i64>());
        section(&mut text, words.off, &self.off, |off| {
            let name = off.why.name(language).unwrap_or_default();
            (format_day(off.day, language), format!("{name}{}", off.by_what_right(language)))
        });
        section(&mut text, words.extra, &self.extra, |day| {
            (format_day(*day, language), String::new())
        });
        section(&mut text, words.half, &self.half, |(day, closing)| {
            let closing = closing.format("%H:%M");
            (format_day(*day, language), format!("{} {closing}", words.closes))
        });
        section(&mut text, words.bridges, &self.bridges, |day| {
            (format_day(*day, language), String::new())
        });
        let months: Vec<_> = (1..=12).zip(self.months).collect();
        section(&mut text, words.months, &months, |(month, count)| {
            let first = NaiveDate::from_ymd_opt(self.number, *month, 1).expect("a month");
            let name = format_day(first, language);
            (name.split(' ').next_back().unwrap_or_default().to_owned(), format!("{count:2}"))
        });
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }
}

impl Off {
    /// " (public holiday, SFS 1989:253)"; nothing for a day the office itself closes.
    fn by_what_right(&self, language: Language) -> String {
        let words = words(language);
        let Some((kind, law)) = self.laws.first() else { return format!(" ({})", words.closed) };
        let kind = match kind {
            HolidayKind::PublicHoliday => words.public,
            HolidayKind::Eve => words.eve,
        };
        format!(" ({kind}, {law})")
    }
}

fn is_extra(day: NaiveDate, calendar: &WorkCalendar) -> bool {
    let is_off = matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
        || !calendar.holidays_on(day).is_empty();
    is_off && calendar.is_working_day(day)
}

/// A heading and a line a thing, its first column as wide as the widest; nothing for no things.
fn section<T>(
    text: &mut String,
    heading: &str,
    things: &[T],
    line: impl Fn(&T) -> (String, String),
) {
    if things.is_empty() {
        return;
    }
    let lines: Vec<_> = things.iter().map(line).collect();
    let width = lines.iter().map(|(first, _)| first.chars().count()).max().unwrap_or_default();
    let _ = writeln!(text, "{heading}");
    for (first, second) in lines {
        let _ = writeln!(text, "{}", format!("  {first:width$}  {second}").trim_end());
    }
    text.push('\n');
}

struct Words {
    working_days: &'static str,
    off: &'static str,
    extra: &'static str,
    half: &'static str,
    closes: &'static str,
    bridges: &'static str,
    months: &'static str,
    public: &'static str,
    eve: &'static str,
    closed: &'static str,
}

fn words(language: Language) -> &'static Words {
    match language {
        Language::Swedish => &Words {
            working_days: "Arbetsdagar",
            off: "Lediga dagar utöver lördagar och söndagar",
            extra: "Arbetsdagar som annars vore lediga",
            half: "Halvdagar (räknas som hela arbetsdagar)",
            closes: "stänger",
            bridges: "Klämdagar (räknas som arbetsdagar)",
            months: "Arbetsdagar per månad",
            public: "allmän helgdag",
            eve: "likställd med helgdag",
            closed: "stängt",
        },
        Language::English => &Words {
            working_days: "Working days",
            off: "Days off besides Saturdays and Sundays",
            extra: "Working days that would otherwise be off",
            half: "Half-days (counted as whole working days)",
            closes: "closes at",
            bridges: "Bridge days (counted as working days)",
            months: "Working days a month",
            public: "public holiday",
            eve: "treated as a holiday",
            closed: "closed",
        },
    }
}
