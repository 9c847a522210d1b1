//! Fixtures name nobody.

use super::{files, none_may_remain, phone_numbers, shown};
use std::fs;

/// A number that somebody could be called at has no business in a fixture. The Swedish telecom authority keeps a few
/// series free for fiction; [`phone_numbers`] has them.
#[test]
fn fixtures_ring_nobody() {
    let mut wrong = Vec::new();
    for path in files("tests/fixtures").into_iter().chain(files("fuzz/seeds")) {
        for number in phone_numbers::real_swedish(&fs::read(&path).unwrap()) {
            wrong.push(format!("{}: {number}", shown(&path)));
        }
    }
    none_may_remain(
        &wrong,
        "use a number reserved for fiction: 031-3900600 to 699, 040-6280400 to 499, 08-46500400 to 499, \
         0980-319200 to 299 or 070-1740605 to 699",
    );
}
