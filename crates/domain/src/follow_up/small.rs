//! Groups that are too small to be shown, and what must not be shown beside them (R32).
//!
//! Who knows a sum and all its parts but one knows that one too. So where the hidden parts of a sum are together still too
//! few, the smallest part that is shown is hidden as well.

use super::measured::Measured;

/// Fewer are not shown.
pub(super) const TOO_FEW: usize = 5;

/// A unit's own cases, and all of those below it too.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub own: Vec<&'a Measured>,
    pub all: Vec<&'a Measured>,
    pub below: Vec<Self>,
    pub hides_own: bool,
    pub hides_all: bool,
}

impl<'a> Node<'a> {
    pub(super) fn new(own: Vec<&'a Measured>, below: Vec<Self>) -> Self {
        let deeper = below.iter().flat_map(|node| node.all.iter().copied());
        let all: Vec<&Measured> = own.iter().copied().chain(deeper).collect();
        let (hides_own, hides_all) = (is_small(size(&own)), is_small(size(&all)));
        Self { own, all, below, hides_own, hides_all }
    }

    fn hide(&mut self) {
        (self.hides_own, self.hides_all) = (true, true);
        self.below.iter_mut().for_each(Self::hide);
    }
}

/// The cases that any share is of.
fn size(cases: &[&Measured]) -> usize {
    cases.iter().filter(|c| c.has_ended()).count()
}

fn is_small(size: usize) -> bool {
    (1..TOO_FEW).contains(&size)
}

/// Hides what would give away a small group, from the leaves up.
pub(super) fn protect(node: &mut Node<'_>) {
    node.below.iter_mut().for_each(protect);
    while is_small(hidden(node)) {
        let own = (!node.hides_own && size(&node.own) > 0).then(|| size(&node.own));
        let shown = node.below.iter_mut().filter(|b| !b.hides_all && size(&b.all) > 0);
        match (shown.min_by_key(|b| size(&b.all)), own) {
            (Some(below), own) if own.is_none_or(|own| size(&below.all) < own) => below.hide(),
            (_, Some(_)) => node.hides_own = true,
            (_, None) => return,
        }
    }
}

/// How many cases the sum tells of that no part of it does.
fn hidden(node: &Node<'_>) -> usize {
    let own = if node.hides_own { size(&node.own) } else { 0 };
    let below = node.below.iter().filter(|b| b.hides_all).map(|b| size(&b.all));
    own + below.sum::<usize>()
}
