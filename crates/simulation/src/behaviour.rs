//! What people do about what waits for them, as chances.

/// How whoever is responsible behaves. Chances are from 0 to 1 and hold for one working day, for one callback.
///
/// They are assumptions, not measurements: what a simulation is good for is to compare policies under the same ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Behaviour {
    /// As reports name it.
    pub name: &'static str,
    /// They call back on a day before the last one, knowing of it by the digest or by *new*.
    pub each_day: f64,
    /// The same where there is no message: a missed call weighs less.
    pub each_day_without_message: f64,
    /// They call back on the last day, which the digest says.
    pub last_day: f64,
    /// Those who have not by 13:00 do after the nudge.
    pub after_nudge: f64,
    /// They call back on a day when it is late and their manager sees it.
    pub when_late: f64,
    /// The caller answers and they talk.
    pub caller_answers: f64,
    /// A talk that the PBX does not see (another phone, a mail): they say so by hand.
    pub by_hand: f64,
    /// A caller who was not called back rings again the next day.
    pub rings_again: f64,
}

impl Behaviour {
    /// Calls back the same day, as a rule.
    pub const DILIGENT: Self = Self {
        name: "diligent",
        each_day: 0.8,
        each_day_without_message: 0.65,
        last_day: 0.9,
        after_nudge: 0.7,
        when_late: 0.8,
        caller_answers: 0.65,
        by_hand: 0.15,
        rings_again: 0.1,
    };
    /// Calls back when reminded.
    pub const ORDINARY: Self = Self {
        name: "ordinary",
        each_day: 0.45,
        each_day_without_message: 0.3,
        last_day: 0.6,
        after_nudge: 0.5,
        when_late: 0.5,
        caller_answers: 0.6,
        by_hand: 0.15,
        rings_again: 0.2,
    };
    /// Has no time, and calls back when the manager asks.
    pub const PRESSED: Self = Self {
        name: "pressed",
        each_day: 0.2,
        each_day_without_message: 0.1,
        last_day: 0.3,
        after_nudge: 0.25,
        when_late: 0.35,
        caller_answers: 0.55,
        by_hand: 0.1,
        rings_again: 0.3,
    };
    /// Nothing but what a file of calls tells: for a year that was imported with its call-backs.
    pub const AS_RECORDED: Self = Self {
        name: "as_recorded",
        each_day: 0.0,
        each_day_without_message: 0.0,
        last_day: 0.0,
        after_nudge: 0.0,
        when_late: 0.0,
        caller_answers: 0.0,
        by_hand: 0.0,
        rings_again: 0.0,
    };

    /// Those that can be chosen.
    pub const ALL: [Self; 4] = [Self::DILIGENT, Self::ORDINARY, Self::PRESSED, Self::AS_RECORDED];

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|behaviour| behaviour.name == name)
    }
}
