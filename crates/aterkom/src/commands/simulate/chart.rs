//! Bars for a page: drawn as SVG, without script, with the table beside that says the same.

/// One bar.
pub(super) struct Bar {
    pub label: String,
    /// As people read it.
    pub value: String,
    /// In units of the drawing.
    pub width: u32,
    pub top: u32,
    /// Which of the policies it is, from 0: it has a pattern of its own, besides its colour.
    pub of: usize,
}

/// Bars under each other.
pub(super) struct Chart {
    pub title: String,
    /// All of it in words, for whoever does not see it.
    pub told: String,
    pub bars: Vec<Bar>,
    pub height: u32,
}

/// The longest bar, in units of the drawing.
const WIDEST: f64 = 380.0;
const EACH: u32 = 34;

impl Chart {
    /// `values`: label, value, value in words, which policy. The longest bar is `most`, or the largest value.
    pub(super) fn of(
        title: String,
        values: Vec<(String, f64, String, usize)>,
        most: Option<f64>,
    ) -> Self {
        let largest = values.iter().map(|v| v.1).fold(0.0, f64::max);
        let most = most.unwrap_or(largest).max(f64::MIN_POSITIVE);
        let told: Vec<String> =
            values.iter().map(|(label, _, value, _)| format!("{label}: {value}")).collect();
        let bars = values.into_iter().zip(0_u32..).map(|((label, value, words, of), n)| Bar {
            label,
            value: words,
            width: (WIDEST * value / most).round() as u32,
            top: n * EACH,
            of,
        });
        let bars: Vec<Bar> = bars.collect();
        let height = bars.len() as u32 * EACH;
        Self { title, told: told.join("; "), bars, height }
    }
}
