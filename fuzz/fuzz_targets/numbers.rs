//! Numbers and parties. An input is a line, country and area code, and below it a text that may be a number.
#![no_main]

use aterkom_fuzz::split_at_line;
use domain::number::{E164, NumberPlan};
use domain::party::Party;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((first, text)) = split_at_line(input) else { return };
    let (country, area_code) = first.split_once(' ').unwrap_or((first, ""));
    let plan = NumberPlan::new(country, area_code).unwrap_or_else(|_| NumberPlan::sweden());
    let text = String::from_utf8_lossy(text);
    let party = Party::from_text(&text, &plan).named(&text);
    let _ = (party.masked(), party.key("växeln"), party.is_nobody());
    let _ = E164::from_canonical(&text);
    let Some(number) = party.number else { return };
    assert!(text.contains(|c: char| c.is_ascii_digit()), "a number out of nothing");
    // R7: what is kept is read again as the same number, in any country.
    assert_eq!(E164::from_canonical(number.as_str()).as_ref(), Some(&number));
    assert_eq!(plan.read(number.as_str()).as_ref(), Some(&number));
    let _ = number.written();
});
