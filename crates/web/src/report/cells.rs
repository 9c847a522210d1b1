//! The report as CSV: a line a group, names that stay.

use super::{Report, UnitOf};
use domain::follow_up::{Excluded, Figures, Group};

/// Columns that every group has; those of the excluded ones come last.
pub const HEAD: [&str; 26] = [
    "period",
    "as_of",
    "unit",
    "scope",
    "message",
    "signed_on",
    "shown",
    "counted",
    "within_time",
    "ended",
    "attempted_1",
    "attempted_2",
    "reached_1",
    "reached_2",
    "kept",
    "late",
    "closed_untried",
    "resolved",
    "reached_by_pbx",
    "attempted_median",
    "attempted_p90",
    "reached_median",
    "reached_p90",
    "longest_open",
    "agreed_kept",
    "agreed_ended",
];

///
/// # Errors
/// [`csv::Error`] when memory runs out; nothing else can fail.
pub fn write(report: &Report) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let excluded = Excluded::ALL.map(|why| format!("excluded_{}", why.name()));
    writer.write_record(HEAD.into_iter().chain(excluded.iter().map(String::as_str)))?;
    for unit in &report.units {
        let own = [("own", &unit.reported.figures.own)];
        let sum = unit.reported.figures.with_below.as_ref().map(|sum| ("with_below", sum));
        for (scope, groups) in own.into_iter().chain(sum) {
            for (message, group) in [("with", &groups.with), ("without", &groups.without)] {
                writer.write_record(line(report, unit, [scope, message], group))?;
            }
        }
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8(bytes).expect("only texts were written"))
}

fn line(report: &Report, unit: &UnitOf, [scope, message]: [&str; 2], group: &Group) -> Vec<String> {
    let day = |day: chrono::NaiveDate| day.to_string();
    let (shown, figures) = match group {
        Group::Nothing => ("nothing", None),
        Group::TooFew => ("too_few", None),
        Group::Shown(figures) => ("yes", Some(figures)),
    };
    let mut cells = Vec::from([
        report.period.to_string(),
        day(report.today),
        harmless(&unit.name),
        scope.to_owned(),
        message.to_owned(),
        unit.signed_on.map(day).unwrap_or_default(),
        shown.to_owned(),
    ]);
    match figures {
        Some(figures) => cells.extend(numbers(figures)),
        None => cells.resize(HEAD.len() + Excluded::ALL.len(), String::new()),
    }
    cells
}

fn numbers(f: &Figures) -> impl Iterator<Item = String> {
    let counts = [
        f.counted,
        f.within_time(),
        f.ended,
        f.attempted.one,
        f.attempted.two,
        f.reached.one,
        f.reached.two,
        f.kept,
        f.late,
        f.closed_untried,
        f.resolved,
        f.reached_by_pbx,
    ];
    let (tried, reached) = (f.until_attempted, f.until_reached);
    let days = [tried.median, tried.ninetieth, reached.median, reached.ninetieth, f.longest_open];
    let days = days.map(|days| days.map(|d| d.to_string()).unwrap_or_default());
    let excluded = Excluded::ALL.map(|why| f.excluded.get(&why).copied().unwrap_or_default());
    let count = |n: usize| n.to_string();
    let agreed = [f.agreed.kept, f.agreed.kept + f.agreed.broken].map(|n| n.to_string());
    counts.map(count).into_iter().chain(days).chain(agreed).chain(excluded.map(count))
}

/// A spreadsheet takes a cell that begins so for a formula.
fn harmless(name: &str) -> String {
    if name.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{name}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_name_that_a_spreadsheet_would_calculate_is_quoted() {
        for name in ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(harmless(name), format!("'{name}"));
        }
        assert_eq!(harmless("Bygg & miljö"), "Bygg & miljö");
    }
}
