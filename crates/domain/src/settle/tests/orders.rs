//! Calls in any order and as often as one likes: nothing is decided twice, and no promise is lost.

use super::desk::{Desk, counts};
use super::{MINUTE, anna_rings, withheld};
use crate::callback::{Callback, EffortKind, State};
use crate::directory::Owner;
use crate::fact::CallFact;
use crate::ids::CallId;
use crate::policy::{MissedCalls, Policy};
use crate::settle::{Wanted, wanted};
use crate::testing::*;
use crate::verdict::Answer;
use proptest::prelude::*;

/// One call of some minutes' distance from the others.
fn some_call(minute: i64, kind: u8, phone: &str) -> CallFact {
    let from = minute * MINUTE;
    match kind {
        0 | 1 => missed(phone, from, from + 20),
        2 | 3 => voicemail(phone, from, from + 20),
        4 => answered(phone, from, from + 50, 40),
        5 => answered(phone, from, from + 20, 5),
        6 => anna_rings(from, Some(40)),
        _ => anna_rings(from, None),
    }
}

fn some_calls() -> impl Strategy<Value = Vec<CallFact>> {
    let phone = prop::sample::select(vec!["412", "413", "700"]);
    let call = (1..600_i64, 0..8_u8, phone);
    let apart = |calls: &[(i64, u8, &str)]| {
        let mut minutes: Vec<i64> = calls.iter().map(|(minute, _, _)| *minute).collect();
        minutes.sort_unstable();
        minutes.windows(2).all(|two| two[0] < two[1])
    };
    prop::collection::vec(call, 1..8)
        .prop_filter("two at once", move |calls| apart(calls))
        .prop_map(|calls| calls.into_iter().map(|(m, k, p)| some_call(m, k, p)).collect())
}

fn settled(calls: &[(u128, CallFact)], missed_calls: MissedCalls) -> Desk {
    let mut desk = Desk::with(Policy { missed_calls, ..Policy::default() });
    for (call, fact) in calls {
        desk.settle(*call, fact.clone());
    }
    desk
}

fn numbered(calls: Vec<CallFact>) -> Vec<(u128, CallFact)> {
    (1..).zip(calls).collect()
}

fn policies() -> impl Strategy<Value = MissedCalls> {
    prop::sample::select(vec![MissedCalls::Deadline, MissedCalls::List, MissedCalls::Ignore])
}

/// What the calls promise by themselves: owner and call, where nobody who answers for it spoke with the caller since.
fn unanswered_promises(
    calls: &[(u128, CallFact)],
    missed_calls: MissedCalls,
) -> Vec<(Owner, CallId)> {
    let policy = Policy { missed_calls, ..Policy::default() };
    let of = |(call, fact): &(u128, CallFact)| {
        let verdict = judged(std::slice::from_ref(fact));
        wanted(call_id(*call), &verdict, &TOWN, &policy, CALENDAR.zone())
    };
    let all: Vec<Wanted> = calls.iter().map(of).collect();
    let efforts = || all.iter().flat_map(|w| &w.efforts);
    let talk = |kind| match kind {
        EffortKind::WeRang(Answer::Yes { talk_ms }) => talk_ms,
        EffortKind::CallerRang { talk_ms } => talk_ms,
        EffortKind::WeRang(Answer::No) => None,
    };
    let promises = all.iter().filter_map(|w| w.contact.as_ref()).filter(|w| w.contact.promised);
    promises
        .filter(|w| {
            let since = efforts().filter(|(_, e)| e.at > w.contact.at && counts(e, w.owner));
            since.into_iter().all(|(_, e)| talk(e.kind).is_none_or(|ms| ms < 20_000))
        })
        .map(|w| (w.owner, w.contact.call))
        .collect()
}

proptest! {
    // R4: settling the same call again decides nothing.
    #[test]
    fn settling_everything_again_decides_nothing(calls in some_calls(), missed_calls in policies()) {
        let calls = numbered(calls);
        let mut desk = settled(&calls, missed_calls);
        for (call, fact) in &calls {
            prop_assert_eq!(desk.settle(*call, fact.clone()), [""; 0], "call {}", call);
        }
    }

    // R2, R4, R5, R10: whatever the order in which posts come, whoever was not spoken with since stands on a list.
    #[test]
    fn no_promise_is_lost_in_any_order(
        calls in some_calls().prop_map(numbered).prop_shuffle(),
        missed_calls in policies(),
    ) {
        let desk = settled(&calls, missed_calls);
        for (owner, call) in unanswered_promises(&calls, missed_calls) {
            let open = |c: &&Callback| c.state == State::Open && c.owner == owner;
            let holds = |c: &Callback| c.due.is_some() && c.standing().any(|c| c.call == call);
            prop_assert!(desk.callbacks.iter().filter(open).any(holds), "{:?}", call);
        }
        // R5: one open callback per caller and owner.
        let mut owners: Vec<Owner> = desk.callbacks.iter().filter(|c| c.is_open()).map(|c| c.owner).collect();
        let all = owners.len();
        owners.sort();
        owners.dedup();
        prop_assert_eq!(owners.len(), all);
    }
}

/// The facts of one call, where nobody talks for 20 s: rung here and there, passed on, hung up, a message left.
fn some_pieces() -> impl Strategy<Value = Vec<CallFact>> {
    let phone = || prop::sample::select(vec!["412", "413", "414", "700", "0"]);
    (0..600_i64, prop::collection::vec((0..5_u8, phone()), 1..4)).prop_map(|(minute, pieces)| {
        let pieces = (0..).zip(pieces);
        let of = |(n, (kind, phone)): (i64, (u8, &str))| {
            let from = minute * MINUTE + n * 30;
            match kind {
                0 | 1 => missed(phone, from, from + 25),
                2 => voicemail(phone, from, from + 25),
                3 => answered(phone, from, from + 25, 15),
                _ => withheld(voicemail(phone, from, from + 25)),
            }
        };
        pieces.map(of).collect()
    })
}

proptest! {
    // R4, R6: facts come late and one by one, and each time the call is judged again.
    #[test]
    fn no_promise_is_lost_when_calls_are_told_piece_by_piece(
        (calls, posts) in prop::collection::vec(some_pieces(), 1..5).prop_flat_map(|calls| {
            let numbered = (1_u128..).zip(calls.clone());
            let posts = numbered.flat_map(|(n, facts)| facts.into_iter().map(move |f| (n, f)));
            (Just(calls), Just(posts.collect::<Vec<_>>()).prop_shuffle())
        }),
        missed_calls in policies(),
    ) {
        let policy = Policy { missed_calls, ..Policy::default() };
        let mut desk = Desk::with(policy.clone());
        for known in 1..=posts.len() {
            let call = posts[known - 1].0;
            let told = posts[..known].iter().filter(|(n, _)| *n == call);
            desk.settle_all(call, &told.map(|(_, fact)| fact.clone()).collect::<Vec<_>>());
        }
        for (n, facts) in (1_u128..).zip(calls) {
            let wanted = wanted(call_id(n), &judged(&facts), &TOWN, &policy, CALENDAR.zone());
            let standing = |c: &Callback| c.standing().any(|c| c.call == call_id(n));
            let holding: Vec<_> = desk.callbacks.iter().filter(|c| standing(c)).collect();
            match wanted.contact {
                Some(wanted) => {
                    prop_assert_eq!(holding.len(), 1, "{} is held once", n);
                    prop_assert_eq!(holding[0].owner, wanted.owner);
                    prop_assert_eq!(holding[0].state, State::Open);
                    prop_assert!(holding[0].due.is_some() || !wanted.contact.promised);
                }
                None => prop_assert!(holding.is_empty(), "{} promises nothing", n),
            }
            prop_assert_eq!(desk.settle_all(n, &facts), [""; 0]);
        }
    }
}
