//! Content lines of iCalendar (RFC 5545, 3.1): a name, parameters, a value; folded over several lines by whoever wrote them.
//!
//! Read line by line, so that one that makes no sense costs its event and not the file.

/// One content line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// In upper case.
    pub(super) name: String,
    /// Names in upper case.
    pub(super) parameters: Vec<(String, String)>,
    pub(super) value: String,
}

impl Line {
    /// The first value of a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The value as text, its escapes undone (3.3.11).
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(c) => text.push(c),
                    None => {}
                },
                c => text.push(c),
            }
        }
        text
    }
}

/// The lines of a file. What is no content line is passed over.
pub(super) fn lines(bytes: &[u8]) -> Vec<Line> {
    // A fold may lie inside a letter: folds go before the bytes become text.
    let mut unfolded: Vec<Vec<u8>> = Vec::new();
    for line in bytes.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match (line.first(), unfolded.last_mut()) {
            (Some(b' ' | b'\t'), Some(before)) => before.extend(&line[1..]),
            _ => unfolded.push(line.to_vec()),
        }
    }
    unfolded.iter().filter_map(|line| read(&String::from_utf8_lossy(line))).collect()
}

fn read(text: &str) -> Option<Line> {
    let text = text.trim_start_matches('\u{feff}');
    let mut parts = Vec::from([String::new()]);
    let mut quoted = false;
    let mut value = None;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => parts.push(String::new()),
            ':' if !quoted => {
                value = text.get(at + 1..).map(str::to_owned);
                break;
            }
            c => parts.last_mut()?.push(c),
        }
    }
    let mut parts = parts.into_iter();
    let name = parts.next()?.trim().to_uppercase();
    let fit = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if name.is_empty() || !name.chars().all(fit) {
        return None;
    }
    let parameter = |part: String| {
        let (name, value) = part.split_once('=')?;
        Some((name.to_uppercase(), value.to_owned()))
    };
    Some(Line { name, parameters: parts.filter_map(parameter).collect(), value: value? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_quotes_and_escapes_are_read() {
        let file = "\u{feff}BEGIN:VCALENDAR\r\nATTENDEE;CN=\"Ek; Lisa: chef\";PARTSTAT=ACCEPTED:mail\r\n to:lisa@k.example\nSUMMARY:a\\, b\\nc\\\\\nno line\n\nX;Y:\n";
        let lines = lines(file.as_bytes());
        let told: Vec<(&str, &str)> =
            lines.iter().map(|l| (l.name.as_str(), l.value.as_str())).collect();
        let expected = [
            ("BEGIN", "VCALENDAR"),
            ("ATTENDEE", "mailto:lisa@k.example"),
            ("SUMMARY", "a\\, b\\nc\\\\"),
            ("X", ""),
        ];
        assert_eq!(told, expected);
        assert_eq!(lines[1].parameter("CN"), Some("Ek; Lisa: chef"));
        assert_eq!(lines[2].text(), "a, b\nc\\");
    }

    #[test]
    fn a_fold_inside_a_letter_breaks_no_letter() {
        let whole = "SUMMARY:Åsa".as_bytes();
        let folded = [&whole[..9], b"\r\n ", &whole[9..]].concat();
        assert_eq!(lines(&folded)[0].value, "Åsa");
    }
}
