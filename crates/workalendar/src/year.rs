//! The working days of one year as bits, counted through.

use chrono::{Datelike, NaiveDate, Weekday};

const WORDS: usize = 6;

/// Beyond so many working days telling them off no longer pays.
const MOST_NEAR: u32 = 10;

const TOP: u64 = 1 << 63;

/// Which days of a year are worked: bit `d` of the words is the day with ordinal `d + 1`.
///
/// A cache line holds the whole year and its counts, so that a question about a date costs one.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
pub(crate) struct Year {
    words: [u64; WORDS],
    /// Working days of the year before each word.
    before: [u16; WORDS],
    /// Working days before the year, from wherever the table of years begins.
    pub(crate) since: u32,
}

impl Year {
    /// The year with every such weekday worked. A year chrono cannot hold has no days.
    pub(crate) fn of_weekdays(year: i32, is_worked: impl Fn(Weekday) -> bool) -> Self {
        let Some(first) = NaiveDate::from_yo_opt(year, 1) else { return Self::default() };
        let mut weekday = first.weekday();
        let mut week = 0_u128;
        for day in 0..7 {
            week |= u128::from(is_worked(weekday)) << day;
            weekday = weekday.succ();
        }
        // Ten weeks one after the other are enough for a word that begins on any day of the first.
        let weeks = (0..10).fold(0_u128, |weeks, nth| weeks | week << (7 * nth));
        let length = if first.leap_year() { 366 } else { 365 };
        let mut words = [0; WORDS];
        for (at, word) in words.iter_mut().enumerate() {
            *word = low_half(weeks >> (at * 64 % 7));
        }
        words[WORDS - 1] &= (1 << (length - 64 * (WORDS - 1))) - 1;
        Self { words, ..Self::default() }.counted()
    }

    /// Makes these days of the year worked or not.
    pub(crate) fn with(mut self, days: impl Iterator<Item = NaiveDate>, is_worked: bool) -> Self {
        for day in days {
            let (word, bit) = place(day.ordinal0());
            self.words[word] = if is_worked {
                self.words[word] | 1 << bit
            } else {
                self.words[word] & !(1 << bit)
            };
        }
        self.counted()
    }

    fn counted(mut self) -> Self {
        let mut sum = 0;
        for (before, word) in self.before.iter_mut().zip(self.words) {
            *before = sum;
            sum += word.count_ones() as u16;
        }
        self
    }

    pub(crate) fn is_worked(&self, ordinal0: u32) -> bool {
        let (word, bit) = place(ordinal0);
        self.words[word] >> bit & 1 == 1
    }

    /// How many working days the year has.
    pub(crate) fn count(&self) -> u32 {
        u32::from(self.before[WORDS - 1]) + self.words[WORDS - 1].count_ones()
    }

    /// How many working days there are from 1 January to this day, both included.
    pub(crate) fn up_to(&self, ordinal0: u32) -> u32 {
        let (word, bit) = place(ordinal0);
        // Shifted out at the top is what lies after the day.
        u32::from(self.before[word]) + (self.words[word] << (63 - bit)).count_ones()
    }

    /// The day (its `ordinal0`) that is the `n`-th working day after this one, or before it for a negative `n`, where it
    /// is so near that the days can be told off one by one, as it is for most promises.
    pub(crate) fn near(&self, ordinal0: u32, n: i32) -> Option<u32> {
        if n == 0 || n.unsigned_abs() > MOST_NEAR {
            return None;
        }
        let (word, bit) = place(ordinal0);
        let neighbour = if n > 0 { word + 1 } else { word.wrapping_sub(1) };
        let neighbour = self.words.get(neighbour).copied().unwrap_or(0);
        if n > 0 {
            // The day itself is the lowest bit of these 64 days, and is not counted.
            let mut days = low_half(join(neighbour, self.words[word]) >> bit) & !1;
            for _ in 1..n {
                days &= days.wrapping_sub(1);
            }
            (days != 0).then(|| ordinal0 + days.trailing_zeros())
        } else {
            // And here the highest.
            let mut days = low_half(join(self.words[word], neighbour) >> (bit + 1)) & !TOP;
            for _ in 1..n.unsigned_abs() {
                days &= !(TOP.checked_shr(days.leading_zeros()).unwrap_or(0));
            }
            (days != 0).then(|| ordinal0 - days.leading_zeros())
        }
    }

    /// The day (its `ordinal0`) that is the `n`-th working day of the year; `n` is from 1 to [`Year::count`].
    pub(crate) fn nth(&self, n: u32) -> u32 {
        let word = self.before[1..].iter().filter(|before| u32::from(**before) < n).count();
        let n_in_word = n - u32::from(self.before[word]);
        64 * word as u32 + nth_one(self.words[word], n_in_word)
    }
}

/// In which word, and which bit of it, a day lies.
fn place(ordinal0: u32) -> (usize, u32) {
    ((ordinal0 / 64) as usize, ordinal0 % 64)
}

fn join(high: u64, low: u64) -> u128 {
    u128::from(high) << 64 | u128::from(low)
}

fn low_half(bits: u128) -> u64 {
    (bits & u128::from(u64::MAX)) as u64
}

/// The position of the `n`-th one of a word that has so many.
fn nth_one(word: u64, n: u32) -> u32 {
    // Each byte of `ones` has the number of ones in it and in those below.
    const EACH: u64 = 0x0101_0101_0101_0101;
    let pairs = word - (word >> 1 & (EACH * 0x55));
    let nibbles = (pairs & (EACH * 0x33)) + (pairs >> 2 & (EACH * 0x33));
    let ones = ((nibbles + (nibbles >> 4)) & (EACH * 0x0F)).wrapping_mul(EACH);
    // A byte's highest bit stays where it has fewer than `n` so far: none of them is above 64.
    let fewer = (EACH * (u64::from(n) + 0x7F) - ones) & (EACH * 0x80);
    let at = 8 * fewer.count_ones();
    let before = if at == 0 { 0 } else { (ones >> (at - 8) & 0xFF) as u32 };
    let mut byte = word >> at;
    for _ in 1..n - before {
        byte &= byte - 1;
    }
    at + byte.trailing_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weekdays_of(year: i32) -> Year {
        Year::of_weekdays(year, |day| !matches!(day, Weekday::Sat | Weekday::Sun))
    }

    #[test]
    fn every_day_of_every_kind_of_year_is_the_weekday_it_is() {
        // All fourteen: seven first days, leap or not.
        for year in 2000..2028 {
            let bits = weekdays_of(year);
            let first = NaiveDate::from_yo_opt(year, 1).unwrap();
            let mut count = 0;
            for day in first.iter_days().take_while(|day| day.year() == year) {
                let worked = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
                assert_eq!(bits.is_worked(day.ordinal0()), worked, "{day}");
                count += u32::from(worked);
                assert_eq!(bits.up_to(day.ordinal0()), count, "{day}");
                if worked {
                    assert_eq!(bits.nth(count), day.ordinal0(), "{day}");
                }
            }
            assert_eq!(bits.count(), count, "{year}");
        }
    }

    #[test]
    fn a_day_is_taken_out_and_put_in() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (friday, saturday) = (day("2026-05-15"), day("2026-05-16"));
        let year = weekdays_of(2026).with([friday, friday].into_iter(), false);
        assert_eq!(year.count(), 260);
        assert!(!year.is_worked(friday.ordinal0()));
        let year = year.with([saturday].into_iter(), true);
        assert_eq!(year.count(), 261);
        assert!(year.is_worked(saturday.ordinal0()));
        assert_eq!(year.nth(year.up_to(saturday.ordinal0())), saturday.ordinal0());
    }

    #[test]
    fn a_year_beyond_all_dates_has_no_days() {
        assert_eq!(weekdays_of(NaiveDate::MAX.year() + 1).count(), 0);
        assert_eq!(Year::of_weekdays(2024, |_| true).count(), 366);
        assert_eq!(Year::of_weekdays(2023, |_| false).count(), 0);
    }
}
