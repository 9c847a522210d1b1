//! Two shares over months, as SVG without script; the table beside it says the same.

/// The drawing, in its own units: what is left for words, and what the lines have.
const LEFT: usize = 92;
const TOP: usize = 24;
const WIDE: usize = 640;
const HIGH: usize = 200;
/// At these percents there is a line across.
const STEPS: [usize; 5] = [0, 25, 50, 75, 100];

/// A trend, drawn and as a table.
#[derive(Debug)]
pub(super) struct Trend {
    pub(super) heads: [String; 2],
    pub(super) rows: Vec<Month>,
    /// Parts of the two lines, each between months that are not shown.
    pub(super) lines: [Vec<String>; 2],
    /// Percent, and its height.
    pub(super) steps: Vec<(usize, usize)>,
    /// Where the lines begin.
    pub(super) left: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    /// Where the months have their names.
    pub(super) foot: usize,
}

/// Percent, where there is any, and the words of a share.
type Share = (Option<usize>, String);

/// One month of it.
#[derive(Debug)]
pub(super) struct Month {
    pub(super) name: String,
    /// The first three letters.
    pub(super) short: String,
    pub(super) x: usize,
    /// Each share in words, and the height of its point.
    pub(super) cells: [(String, Option<usize>); 2],
}

impl Trend {
    /// For each month its name, and of each share percent and words. A month without percent is a gap.
    pub(super) fn of(months: Vec<(String, [Share; 2])>, heads: [String; 2]) -> Self {
        let each = WIDE / months.len().max(1);
        let rows = months.into_iter().enumerate().map(|(i, (name, cells))| Month {
            short: name.chars().take(3).collect(),
            name,
            x: LEFT + each / 2 + i * each,
            cells: cells.map(|(percent, words)| (words, percent.map(height))),
        });
        let rows: Vec<Month> = rows.collect();
        let lines = [0, 1].map(|which| line(&rows, which));
        let steps = STEPS.map(|percent| (percent, height(percent))).to_vec();
        Self {
            heads,
            lines,
            rows,
            steps,
            left: LEFT,
            width: LEFT + WIDE,
            height: TOP + HIGH + 34,
            foot: TOP + HIGH + 24,
        }
    }

    /// Whether there is anything to draw: a line takes two points.
    pub(super) fn is_drawn(&self) -> bool {
        let points = self.rows.iter().filter(|row| row.cells.iter().any(|(_, y)| y.is_some()));
        points.count() > 1
    }

    /// What a reader hears of the drawing.
    pub(super) fn told(&self) -> String {
        let [attempted, reached] = &self.heads;
        let row = |row: &Month| {
            let [(first, _), (second, _)] = &row.cells;
            format!("{}: {attempted} {first}, {reached} {second}", row.name)
        };
        self.rows.iter().map(row).collect::<Vec<_>>().join(". ")
    }
}

fn height(percent: usize) -> usize {
    TOP + HIGH - HIGH * percent.min(100) / 100
}

fn line(rows: &[Month], which: usize) -> Vec<String> {
    let point = |row: &Month| {
        let (_, y) = row.cells.get(which)?;
        y.map(|y| format!("{},{y}", row.x))
    };
    let parts = rows.iter().map(point).collect::<Vec<_>>();
    let parts = parts.split(Option::is_none);
    parts
        .map(|part| part.iter().flatten().cloned().collect::<Vec<_>>().join(" "))
        .filter(|part| part.contains(' '))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_that_is_not_shown_is_a_gap_in_the_line() {
        let month = |percent: Option<usize>| {
            ("maj 2026".to_owned(), [(percent, String::new()), (None, String::new())])
        };
        let months = [Some(100), Some(50), None, Some(0), None, Some(25), Some(75)].map(month);
        let trend = Trend::of(months.to_vec(), [String::new(), String::new()]);
        let each = WIDE / 7;
        let x = |i: usize| LEFT + each / 2 + i * each;
        let [first, second] = &trend.lines;
        // A point alone is no line; it is drawn as a point.
        let y = |percent: usize| TOP + 2 * (100 - percent);
        let expected = [
            format!("{},{} {},{}", x(0), y(100), x(1), y(50)),
            format!("{},{} {},{}", x(5), y(25), x(6), y(75)),
        ];
        assert_eq!((first.as_slice(), second.is_empty()), (&expected[..], true));
        assert!(trend.is_drawn());
        assert!(!Trend::of([Some(1), None].map(month).to_vec(), Default::default()).is_drawn());
    }
}
