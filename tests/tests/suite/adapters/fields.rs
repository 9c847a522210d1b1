//! Every field of every fixture, spoilt in every way.

use super::{each_fixture, said};
use std::cell::Cell;

// R34: what cannot be read keeps its reason, and that tells nothing of the content.
#[test]
fn a_fixture_with_a_field_missing_wrong_or_twice_never_panics() {
    let (driven, turn) = (Cell::new(0), Cell::new(0));
    each_fixture(|request, drive| {
        turn.set(turn.get() + 1);
        said::changed(request, turn.get(), &|changed| {
            driven.set(driven.get() + 1);
            drive(changed);
        });
    });
    assert!(driven.get() > 50_000, "only {} requests were tried", driven.get());
}
