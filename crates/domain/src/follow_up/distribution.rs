//! How long callers waited, not only on average: in how many cases somebody tried after how many working days.

use serde::{Deserialize, Serialize};

/// A step of the distribution: working days until somebody tried, as [`super::Within`] counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waited {
    SameDay,
    One,
    Two,
    ThreeToFive,
    SixToTen,
    More,
    /// Nobody has tried.
    Never,
}

impl Waited {
    /// The shortest first.
    pub const ALL: [Self; 7] = [
        Self::SameDay,
        Self::One,
        Self::Two,
        Self::ThreeToFive,
        Self::SixToTen,
        Self::More,
        Self::Never,
    ];

    fn of(days: Option<u32>) -> Self {
        match days {
            Some(0) => Self::SameDay,
            Some(1) => Self::One,
            Some(2) => Self::Two,
            Some(3..=5) => Self::ThreeToFive,
            Some(6..=10) => Self::SixToTen,
            Some(_) => Self::More,
            None => Self::Never,
        }
    }

    /// Names its words.
    pub fn name(self) -> &'static str {
        match self {
            Self::SameDay => "same_day",
            Self::One => "1",
            Self::Two => "2",
            Self::ThreeToFive => "3_to_5",
            Self::SixToTen => "6_to_10",
            Self::More => "more",
            Self::Never => "never",
        }
    }
}

/// How many there are of each step, in the order of [`Waited::ALL`]. Together they are all whose time is over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Distribution([u32; Waited::ALL.len()]);

impl Distribution {
    pub(super) fn of(waited: &[Option<u32>]) -> Self {
        let count = |step| waited.iter().filter(|days| Waited::of(**days) == step).count();
        Self(Waited::ALL.map(|step| u32::try_from(count(step)).unwrap_or(u32::MAX)))
    }

    /// Each step with how many there are.
    pub fn steps(self) -> impl Iterator<Item = (Waited, u32)> {
        Waited::ALL.into_iter().zip(self.0)
    }

    /// How many there are in the fullest step.
    pub fn most(self) -> u32 {
        self.0.into_iter().max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // R31
    #[test]
    fn every_wait_has_one_step_and_never_is_the_last() {
        let waited = [Some(0), Some(1), Some(1), Some(2), Some(3), Some(5), Some(6), Some(10)];
        let waited = [&waited[..], &[Some(11), Some(400), None]].concat();
        let distribution = Distribution::of(&waited);
        let counts: Vec<u32> = distribution.steps().map(|(_, n)| n).collect();
        assert_eq!(counts, [1, 2, 1, 2, 2, 2, 1]);
        assert_eq!(counts.iter().sum::<u32>() as usize, waited.len());
        assert_eq!((distribution.most(), Distribution::default().most()), (2, 0));
    }
}
