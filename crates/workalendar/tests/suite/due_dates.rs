use workalendar::OutOfRange;

use crate::{date, instant, sweden};

// R11, R12
#[test]
fn two_working_days_from_receipt() {
    for (received_at, due_at) in [
        // An ordinary week.
        ("2026-11-23T09:00:00+01:00", "2026-11-25T17:00:00+01:00"),
        // The hour is nothing, before opening or after closing.
        ("2026-11-23T00:00:00+01:00", "2026-11-25T17:00:00+01:00"),
        ("2026-11-23T23:59:59.999+01:00", "2026-11-25T17:00:00+01:00"),
        // Friday, Saturday, Sunday alike.
        ("2026-11-20T16:59:59+01:00", "2026-11-24T17:00:00+01:00"),
        ("2026-11-21T12:00:00+01:00", "2026-11-24T17:00:00+01:00"),
        ("2026-11-22T23:30:00+01:00", "2026-11-24T17:00:00+01:00"),
        // Around local midnight, winter and summer, as Z and with an offset.
        ("2026-11-22T22:59:59Z", "2026-11-24T17:00:00+01:00"),
        ("2026-11-22T23:00:00Z", "2026-11-25T17:00:00+01:00"),
        ("2026-07-05T21:59:59Z", "2026-07-07T17:00:00+02:00"),
        ("2026-07-05T22:00:00Z", "2026-07-08T17:00:00+02:00"),
        ("2026-07-05T23:30:00+01:00", "2026-07-08T17:00:00+02:00"), // the winter offset in summer
        ("2026-07-05T18:30:00-04:00", "2026-07-08T17:00:00+02:00"),
        // Summer time begins and ends between receipt and closing, or at the very hour of receipt.
        ("2026-03-27T10:00:00+01:00", "2026-03-31T17:00:00+02:00"),
        ("2026-03-29T01:59:59+01:00", "2026-03-31T17:00:00+02:00"),
        ("2026-03-29T03:00:00+02:00", "2026-03-31T17:00:00+02:00"),
        ("2026-10-23T10:00:00+02:00", "2026-10-27T17:00:00+01:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-27T17:00:00+01:00"),
        ("2026-10-25T02:30:00+01:00", "2026-10-27T17:00:00+01:00"),
        // Summer time ended in September until 1995.
        ("1995-09-22T10:00:00+02:00", "1995-09-26T17:00:00+01:00"),
        ("1996-09-27T10:00:00+02:00", "1996-10-01T17:00:00+02:00"),
        // Holidays.
        ("2026-12-23T15:00:00+01:00", "2026-12-29T17:00:00+01:00"),
        ("2026-12-30T15:00:00+01:00", "2027-01-05T17:00:00+01:00"),
        ("2027-01-05T15:00:00+01:00", "2027-01-08T17:00:00+01:00"),
        ("2026-04-02T08:00:00+02:00", "2026-04-08T17:00:00+02:00"),
        ("2008-04-30T08:00:00+02:00", "2008-05-05T17:00:00+02:00"), // May Day is Ascension Day
        ("2026-06-18T08:00:00+02:00", "2026-06-23T17:00:00+02:00"), // midsummer
        ("2024-06-05T08:00:00+02:00", "2024-06-10T17:00:00+02:00"), // 6 June, a Thursday
        ("2002-06-05T08:00:00+02:00", "2002-06-07T17:00:00+02:00"), // 6 June, still a working day
        ("2004-05-28T08:00:00+02:00", "2004-06-02T17:00:00+02:00"), // Whit Monday
        ("2005-05-13T08:00:00+02:00", "2005-05-17T17:00:00+02:00"), // Whit Monday no more
        ("2022-12-23T08:00:00+01:00", "2022-12-28T17:00:00+01:00"), // Christmas Eve on a Saturday
        ("2000-02-28T08:00:00+01:00", "2000-03-01T17:00:00+01:00"), // 2000 is a leap year
        ("2100-02-26T08:00:00+01:00", "2100-03-02T17:00:00+01:00"), // 2100 is none
    ] {
        let due = sweden().due(instant(received_at), 2);
        assert_eq!(due.map(|due| due.due_at), Ok(instant(due_at)), "received {received_at}");
    }
}

// R11
#[test]
fn other_numbers_of_days() {
    for (working_days, due_on) in [
        (0, "2026-12-23"),
        (1, "2026-12-28"),
        (3, "2026-12-30"),
        (4, "2027-01-04"),
        (5, "2027-01-05"),
        (6, "2027-01-07"),
        (251, "2027-12-22"),
    ] {
        let due = sweden().due(instant("2026-12-23T12:00:00Z"), working_days).unwrap();
        assert_eq!(due.due_on, date(due_on), "{working_days} days");
    }
}

// R14
#[test]
fn not_counted_are_the_days_off_after_receipt_up_to_the_last_day() {
    let due = sweden().due(instant("2026-12-26T12:00:00Z"), 2).unwrap(); // itself a day off
    assert_eq!(due.received_on, date("2026-12-26"));
    assert_eq!(due.due_on, date("2026-12-29"));
    let days: Vec<_> = due.not_counted.iter().map(|off| off.day).collect();
    assert_eq!(days, [date("2026-12-27")]);
    assert_eq!(sweden().due(instant("2026-11-23T12:00:00Z"), 2).unwrap().not_counted, []);
}

#[test]
fn more_than_forty_years_is_no_promise() {
    let received_at = instant("2026-11-23T12:00:00Z");
    assert_eq!(sweden().due(received_at, 10_000).unwrap().due_on, date("2066-09-16"));
    assert_eq!(sweden().due(received_at, 10_001), Err(OutOfRange));
    assert_eq!(sweden().due(received_at, u32::MAX), Err(OutOfRange));
}

#[test]
fn a_promise_into_the_summer_of_2100_is_refused() {
    let winter = instant("2100-03-19T12:00:00Z");
    assert_eq!(sweden().due(winter, 4).unwrap().due_at, instant("2100-03-25T17:00:00+01:00"));
    assert_eq!(sweden().due(winter, 5), Err(OutOfRange)); // after Easter, 30 March
}
