//! Plain text as narrow as a terminal, or a quoted mail, shows without breaking it again (RFC 3676: at most 78).

const WIDTH: usize = 76;

/// Breaks what is longer between words; what follows stands as far in as its line does. A long word, such as a link, stays whole.
pub(crate) fn wrapped(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(one).collect();
    lines.join("\n")
}

fn one(line: &str) -> String {
    if line.chars().count() <= WIDTH {
        return line.to_owned();
    }
    let words = line.trim_start_matches(' ');
    let inset = &line[..line.len() - words.len()];
    let mut broken = String::from(inset);
    let mut at = inset.len();
    for (n, word) in words.split(' ').enumerate() {
        let length = word.chars().count();
        if n > 0 && at + 1 + length > WIDTH {
            broken.push('\n');
            broken.push_str(inset);
            at = inset.len();
        } else if n > 0 {
            broken.push(' ');
            at += 1;
        }
        broken.push_str(word);
        at += length;
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_break_between_words_and_keep_their_place() {
        let text = format!("kort\n  {}\n{}", ["å"; 50].join(" "), "x".repeat(90));
        let lines = wrapped(&text);
        let lines: Vec<&str> = lines.lines().collect();
        assert_eq!(lines[0], "kort");
        assert_eq!(lines[1], format!("  {}", ["å"; 37].join(" ")));
        assert_eq!(lines[2], format!("  {}", ["å"; 13].join(" ")));
        assert_eq!(lines[3], "x".repeat(90), "a link stays whole");
        assert_eq!(wrapped(""), "");
        assert_eq!(wrapped(&wrapped(&text)), wrapped(&text));
    }
}
