//! How deep a text can nest. The template engine bounds brackets and blocks; signs, operators, filters and `elif` it follows
//! one call deeper for each, until the program's stack is over, which ends the program.

/// In characters; what comes with the program has a tenth of it. Each one can nest once at most.
const LONGEST_TAG: usize = 1_000;
const MOST_ELIFS: usize = 100;

/// What is wrong, and in which line.
pub(crate) fn check(text: &str) -> Result<(), (usize, String)> {
    let (mut elifs, mut line, mut rest) = (0, 1, text);
    while let Some(begin) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        line += rest[..begin].matches('\n').count();
        let closing = if rest[begin..].starts_with("{{") { "}}" } else { "%}" };
        let inside = &rest[begin + 2..];
        let tag = &inside[..length(inside, closing)];
        if tag.chars().count() > LONGEST_TAG {
            let what = format!("a tag has more than {LONGEST_TAG} characters; divide it");
            return Err((line, what));
        }
        elifs += usize::from(tag.trim_start_matches(['-', '+']).trim_start().starts_with("elif"));
        if elifs > MOST_ELIFS {
            let what = format!("there is elif more than {MOST_ELIFS} times; write fewer");
            return Err((line, what));
        }
        line += tag.matches('\n').count();
        rest = &inside[tag.len()..];
    }
    Ok(())
}

/// Up to what closes the tag, which does not count inside quotes.
fn length(inside: &str, closing: &str) -> usize {
    let (mut quote, mut is_escaped) = (None, false);
    for (at, c) in inside.char_indices() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some(_) if c == '\\' => is_escaped = true,
            Some(q) if c == q => quote = None,
            Some(_) => {}
            None if inside[at..].starts_with(closing) => return at,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => {}
        }
    }
    inside.len()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_TAG, check};

    #[test]
    fn a_tag_is_as_long_as_it_is_whatever_it_quotes() {
        let signs = "-".repeat(LONGEST_TAG + 1);
        for (text, line) in [
            ("Hej {{ name }}, {% if x %}{{ y }}{% endif %}".to_owned(), None),
            (format!("{signs} {{{{ name }}}} {signs}"), None),
            (format!("Hej\n{{{{ {signs}1 }}}}"), Some(2)),
            (format!("{{{{ '}}}}' ~\n {signs}1 }}}}"), Some(1)),
            (format!("{{{{ \"\\\"}}}}\" ~ {signs}1 }}}}"), Some(1)),
            (format!("{{% if {signs}1 %}}"), Some(1)),
            (format!("{{{{ {signs}"), Some(1)),
            (format!("\n\n{{{{ a }}}}{{%-elif b-%}}{}", "{%- elif b %}\n".repeat(101)), Some(102)),
        ] {
            assert_eq!(check(&text).err().map(|(line, _)| line), line, "{text:.40}");
        }
    }
}
