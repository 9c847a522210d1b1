//! Sources that administrators make in the browser, beside the configured ones: what one is, what its form may say, and how
//! long which of its secrets counts.

use crate::ids::SourceName;
use crate::number::NumberPlan;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

/// A name stands in an address that people copy by hand.
const LONGEST_NAME: usize = 40;
/// What stands where a name stands, in the address of the form for a new one.
const FORM: &str = "new";
/// No area code in the world is longer.
const LONGEST_AREA_CODE: usize = 6;
/// No PBX has a longer secret.
pub const LONGEST_SECRET: usize = 500;
/// So many days an old secret may count beside a new one; the first is what is proposed.
pub const ROTATION_DAYS: [i64; 4] = [7, 1, 14, 30];
/// Whoever sends a form again within this time pressed its button twice, and is shown the secret that the first press made.
/// After it nobody is.
pub const SAME_CLICK: TimeDelta = TimeDelta::seconds(10);

/// A source that was made in the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeSource {
    pub name: SourceName,
    pub adapter: String,
    /// How it writes numbers; none: as the organisation does.
    pub country: Option<String>,
    pub area_code: Option<String>,
    /// The zone of times that it writes without one; none: the organisation's.
    pub zone: Option<Tz>,
    pub created_at: DateTime<Utc>,
    /// Goes up with every change, of its secrets too.
    pub version: i64,
    /// Nothing is taken from it any more; what it told stays.
    pub retired_at: Option<DateTime<Utc>>,
}

/// That there is a secret, and how long it counts; not the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretSpan {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    /// Another one has taken its place, and it ends then; none: it is the one that counts.
    pub until: Option<DateTime<Utc>>,
}

impl SecretSpan {
    /// Whether it proves anything at this moment.
    pub fn counts(&self, now: DateTime<Utc>) -> bool {
        self.until.is_none_or(|until| now < until)
    }

    /// Whether a form with its id was sent twice by one press.
    pub fn is_same_click(&self, now: DateTime<Utc>) -> bool {
        now - self.created_at < SAME_CLICK
    }
}

/// When an old secret ends if a new one is made now; none for a number of days that nobody offered.
pub fn rotation_ends(days: i64, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    ROTATION_DAYS.contains(&days).then(|| now + TimeDelta::days(days))
}

/// Whether this can be the name of a source: it stands in the address that the PBX posts to.
pub fn is_name(text: &str) -> bool {
    let fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.chars().all(fit)
}

/// What somebody wrote down of a new source. Spaces around it mean nothing.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    pub name: &'a str,
    pub adapter: &'a str,
    pub country: &'a str,
    pub area_code: &'a str,
    pub zone: &'a str,
}

/// Why that cannot be a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    Name,
    NameTaken,
    Adapter,
    Country,
    AreaCode,
    Zone,
}

impl Unfit {
    /// As texts call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::NameTaken => "name_taken",
            Self::Adapter => "adapter",
            Self::Country => "country",
            Self::AreaCode => "area_code",
            Self::Zone => "zone",
        }
    }
}

/// The source that somebody wrote down. What is as the organisation has it (`plan`, `zone`) stays the organisation's, and
/// changes with it. `taken` are all names that there are or were: what an old source told must not become another's.
///
/// # Errors
/// [`Unfit`]: the first thing that is wrong.
pub fn read(
    written: Written<'_>,
    adapters: &[&str],
    taken: &[SourceName],
    (plan, zone): (&NumberPlan, Tz),
    now: DateTime<Utc>,
) -> Result<MadeSource, Unfit> {
    let Written { name, adapter, country, area_code, zone: zone_text } = written;
    let name = name.trim();
    if !is_name(name) || name.len() > LONGEST_NAME || name == FORM {
        return Err(Unfit::Name);
    }
    if taken.iter().any(|other| other.0 == name) {
        return Err(Unfit::NameTaken);
    }
    if !adapters.contains(&adapter) {
        return Err(Unfit::Adapter);
    }
    let country = country.trim().to_uppercase();
    let area_code = area_code.trim();
    NumberPlan::new(&country, area_code).map_err(|_| Unfit::Country)?;
    if area_code.len() > LONGEST_AREA_CODE || !area_code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Unfit::AreaCode);
    }
    let wanted: Tz = zone_text.trim().parse().map_err(|_| Unfit::Zone)?;
    let own_code = area_code.trim_start_matches('0');
    Ok(MadeSource {
        name: SourceName::new(name),
        adapter: adapter.to_owned(),
        country: Some(country.clone()).filter(|country| country != plan.country()),
        // An area code is one of its country.
        area_code: (country != plan.country() || own_code != plan.area_code())
            .then(|| area_code.to_owned()),
        zone: Some(wanted).filter(|wanted| *wanted != zone),
        created_at: now,
        version: 1,
        retired_at: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::at;

    const GOOD: Written<'_> = Written {
        name: "vaxel-2",
        adapter: "asterisk",
        country: "SE",
        area_code: "0980",
        zone: "Europe/Stockholm",
    };

    fn made(written: Written<'_>) -> Result<MadeSource, Unfit> {
        let plan = NumberPlan::new("SE", "980").unwrap();
        let taken = ["vaxeln", "gamla"].map(SourceName::new);
        let house = (&plan, chrono_tz::Europe::Stockholm);
        read(written, &["asterisk", "wazo"], &taken, house, at("2026-11-30 10:00"))
    }

    #[test]
    fn what_is_the_organisations_stays_the_organisations() {
        let same = made(GOOD).unwrap();
        assert_eq!((same.country, same.area_code, same.zone), (None, None, None));
        let other =
            made(Written { country: " fi ", area_code: "09", zone: "Europe/Helsinki", ..GOOD });
        let other = other.unwrap();
        assert_eq!(
            (other.country.as_deref(), other.area_code.as_deref()),
            (Some("FI"), Some("09"))
        );
        assert_eq!(other.zone, Some(chrono_tz::Europe::Helsinki));
        let none = made(Written { area_code: "", ..GOOD }).unwrap();
        assert_eq!((none.country, none.area_code.as_deref()), (None, Some("")), "no area code");
        let abroad = made(Written { country: "NO", ..GOOD }).unwrap();
        assert_eq!(abroad.area_code.as_deref(), Some("0980"), "not by chance the organisation's");
    }

    #[test]
    fn what_cannot_be_a_source_is_refused_for_what_is_wrong_with_it() {
        let long = "a".repeat(41);
        for name in ["", " ", "Växeln", "a b", "a/b", "../x", "a\u{0}", "A", "new", long.as_str()]
        {
            assert_eq!(made(Written { name, ..GOOD }), Err(Unfit::Name), "{name:?}");
        }
        assert!(made(Written { name: &long[..40], ..GOOD }).is_ok());
        for name in ["vaxeln", "gamla", " vaxeln "] {
            assert_eq!(made(Written { name, ..GOOD }), Err(Unfit::NameTaken), "{name:?}");
        }
        for adapter in ["", "template", "nothing", "Asterisk"] {
            assert_eq!(made(Written { adapter, ..GOOD }), Err(Unfit::Adapter), "{adapter:?}");
        }
        for country in ["", "S", "Sverige", "XX", "\u{0}"] {
            assert_eq!(made(Written { country, ..GOOD }), Err(Unfit::Country), "{country:?}");
        }
        for area_code in ["x", "08-1", "1234567", "-1"] {
            assert_eq!(made(Written { area_code, ..GOOD }), Err(Unfit::AreaCode), "{area_code:?}");
        }
        for zone in ["", "Stockholm", "Europe/Nowhere", "+01:00"] {
            assert_eq!(made(Written { zone, ..GOOD }), Err(Unfit::Zone), "{zone:?}");
        }
    }

    #[test]
    fn an_old_secret_counts_for_the_days_that_were_chosen_and_no_others_can_be() {
        let now = at("2026-11-30 10:00");
        assert_eq!(rotation_ends(7, now), Some(at("2026-12-07 10:00")));
        for days in [0, -1, 2, 31, i64::MAX] {
            assert_eq!(rotation_ends(days, now), None, "{days}");
        }
        let until = rotation_ends(1, now);
        let old = SecretSpan { id: Uuid::nil(), created_at: now, until };
        assert!(old.counts(at("2026-12-01 09:59")) && !old.counts(at("2026-12-01 10:00")));
        let new = SecretSpan { until: None, ..old };
        assert!(new.counts(DateTime::<Utc>::MAX_UTC));
    }
}
