//! Finds Swedish numbers that may be somebody's.
//!
//! Source: Post- och telestyrelsen, telephone numbers for use in books, films and the like.

use std::ops::RangeInclusive;

/// In national form, as a number without its leading zero.
const FICTIONAL: [RangeInclusive<u64>; 5] = [
    313_900_600..=313_900_699,
    406_280_400..=406_280_499,
    846_500_400..=846_500_499,
    980_319_200..=980_319_299,
    701_740_605..=701_740_699,
];

/// Fewer digits after the zero or the country code are an extension or a date, not a subscriber.
const FEWEST_DIGITS: usize = 7;

/// No Swedish subscriber number has more digits; what follows is something else.
const MOST_DIGITS: usize = 9;

/// The numbers in a file that look Swedish and are not reserved for fiction, as they would be dialled in Sweden.
pub(super) fn real_swedish(file: &[u8]) -> Vec<String> {
    let text = without_uuids(percent_decoded(file));
    let mut real = Vec::new();
    let mut at = 0;
    while let Some(start) = (at..text.len()).find(|&i| text[i].is_ascii_digit()) {
        let end = end_of_digits(&text, start);
        at = end;
        if !stands_alone(&text, start, end) {
            continue;
        }
        if let Some(subscriber) = swedish(&text, start, end)
            && !subscriber
                .parse()
                .is_ok_and(|number| FICTIONAL.iter().any(|series| series.contains(&number)))
        {
            real.push(format!("0{subscriber}"));
        }
    }
    real
}

/// The digits behind the zero or the country code, when the run of digits there begins like a Swedish number.
fn swedish(text: &[u8], start: usize, end: usize) -> Option<String> {
    let digits = std::str::from_utf8(&text[start..end]).expect("digits are ASCII");
    let plus =
        text[..start].ends_with(b"+") || text[..start].to_ascii_lowercase().ends_with(b"\\u002b");
    let subscriber = if plus {
        let more = continued(text, end, (MOST_DIGITS + 2).saturating_sub(digits.len()));
        format!("{}{more}", digits.strip_prefix("46")?)
    } else if let Some(international) = digits.strip_prefix("00") {
        international.strip_prefix("46")?.to_owned()
    } else if let Some(national) = digits.strip_prefix('0') {
        let most = if area_code(text, start, end) { MOST_DIGITS - national.len() } else { 0 };
        let more = continued(text, end, most);
        format!("{national}{more}")
    } else {
        // Without a plus only the full length tells a number from any other that begins with 46.
        digits.strip_prefix("46").filter(|subscriber| subscriber.len() == MOST_DIGITS)?.to_owned()
    };
    // No area begins with 00: such are a provider's own names for what is no telephone.
    (subscriber.len() >= FEWEST_DIGITS && !subscriber.starts_with("00")).then_some(subscriber)
}

/// Whether a group of digits and a hyphen begin a number such as 08-46500400, and are not a month amid its date.
fn area_code(text: &[u8], start: usize, end: usize) -> bool {
    let in_date = matches!(text[..start], [.., digit, b'-'] if digit.is_ascii_digit());
    !in_date && end - start <= 4 && text.get(end) == Some(&b'-')
}

/// Up to `most` digits of a number that is written in groups: after one hyphen, then single spaces.
fn continued(text: &[u8], end: usize, most: usize) -> String {
    let mut digits = String::new();
    let mut at = end;
    while digits.len() < most
        && text.get(at).is_some_and(|byte| *byte == b' ' || (*byte == b'-' && at == end))
        && text.get(at + 1).is_some_and(u8::is_ascii_digit)
    {
        let group = end_of_digits(text, at + 1);
        digits.extend(text[at + 1..group].iter().copied().map(char::from));
        at = group;
    }
    digits
}

/// Neither part of a word, such as a signature in hexadecimal, nor the decimals of an amount.
fn stands_alone(text: &[u8], start: usize, end: usize) -> bool {
    let before = &text[..start];
    let escaped_plus = before.to_ascii_lowercase().ends_with(b"\\u002b");
    let in_word = before.last().is_some_and(u8::is_ascii_alphabetic) && !escaped_plus;
    let decimals = matches!(before, [.., whole, b'.'] if whole.is_ascii_digit());
    !in_word && !decimals && !text.get(end).is_some_and(u8::is_ascii_alphabetic)
}

fn end_of_digits(text: &[u8], start: usize) -> usize {
    (start..text.len()).find(|&i| !text[i].is_ascii_digit()).unwrap_or(text.len())
}

/// In a form or a query `%2B46` is `+46`, and `%3A0` must not lend the number its 3.
fn percent_decoded(file: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(file.len());
    let mut rest = file;
    while let Some((&first, behind)) = rest.split_first() {
        let escaped = (first == b'%').then(|| behind.get(..2)).flatten();
        let byte =
            escaped.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        text.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &behind[2..] } else { behind };
    }
    text
}

fn without_uuids(mut text: Vec<u8>) -> Vec<u8> {
    let is_uuid = |window: &[u8]| {
        window.iter().enumerate().all(|(i, byte)| match i {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    };
    for start in 0..text.len().saturating_sub(35) {
        if is_uuid(&text[start..start + 36]) {
            text[start..start + 36].fill(b'#');
        }
    }
    text
}

#[test]
fn numbers_kept_for_fiction_are_fine_in_every_spelling() {
    for text in [
        "+46313900600",
        "0313900699",
        "46406280400",
        "0046846500499",
        "0980-319 200",
        "08-465 004 00",
        "+46 70 174 06 05",
        "+46-31-3900650",
        "From=%2B46701740699&To=1",
        "\\u002b46313900600",
        "sip:0406280499@pbx.example",
        "031-390 06 00 2026",
        "+46313900600 2026-12-23 15:00",
    ] {
        assert_eq!(real_swedish(text.as_bytes()), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn any_other_swedish_number_is_found() {
    for (text, number) in [
        ("+46313900700", "0313900700"),
        ("tel:0701740604", "0701740604"),
        ("46812345678", "0812345678"),
        ("0046812345678", "0812345678"),
        ("\"08-123 456 78\"", "0812345678"),
        ("+46 8 123 456 78", "0812345678"),
        ("To%3A0812345678", "0812345678"),
        ("\\u002B46812345678", "0812345678"),
        ("08123456", "08123456"),
        ("0313900600123", "0313900600123"),
    ] {
        assert_eq!(real_swedish(text.as_bytes()), [number], "{text}");
    }
}

#[test]
fn what_is_no_swedish_number_is_left_alone() {
    for text in [
        "112",
        "0701",
        "2026-12-23 15:00",
        "01-02-2026 08:15",
        "2026-08-12 101500",
        "+4712345678",
        "004712345678",
        "1766502000.01234567",
        "0190a1b2-0123-7012-8012-012345678901",
        "01234567-0123-7012-8012-012345678901",
        "sha256=ab012345678901f",
        "0.00000000",
    ] {
        assert_eq!(real_swedish(text.as_bytes()), Vec::<String>::new(), "{text}");
    }
}
