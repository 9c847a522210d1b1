//! A year of calls, played against the product's own rules and no database: how many mails each role would get in a day, how
//! long lists would be, and what share of promises would be kept. Nothing here decides anything about a callback; that
//! is `domain`'s, called as the loops of the product call it.
//!
//! [`Town`] is who works here, [`Traffic`] the calls, [`Behaviour`] what people do about them; [`simulate`] plays them day
//! by day and keeps counts only, so that memory does not grow with the number of calls.

mod behaviour;
mod desk;
mod people;
mod playing;
mod tally;
mod telling;
#[cfg(test)]
mod tests;
mod town;
mod traffic;

pub use behaviour::Behaviour;
pub use playing::{Played, simulate};
pub use tally::{Counts, Histogram, Kept, Role, Tally};
pub use town::Town;
pub use traffic::{SimulatedCall, Traffic};
