//! Bytes that no PBX would send, at random.

use super::names;
use aterkom_tests::fixture::{cases, expected, read, source};
use aterkom_tests::harmless;
use chrono::{DateTime, Utc};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use std::sync::LazyLock;
use webhook_receiver::request::RawRequest;
use webhook_receiver::source::Source;

/// With as many adapters as there are this is over 10,000 bodies a test, each another one.
const ROUNDS: u32 = 500;

/// What its PBX sent, and when.
type Fixtures = Vec<(DateTime<Utc>, RawRequest)>;

/// Read once: files are slower than adapters.
static ADAPTERS: LazyLock<Vec<(Source, Fixtures)>> = LazyLock::new(|| {
    let fixtures = |name| cases(name).iter().map(|path| (expected(path).0, read(path))).collect();
    names().into_iter().map(|name| (source(name), fixtures(name))).collect()
});

#[test]
fn there_are_ten_thousand_bodies_of_noise() {
    assert!(ROUNDS as usize * ADAPTERS.len() >= 10_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ROUNDS))]

    #[test]
    fn noise_never_panics(
        bodies in vec(vec(any::<u8>(), 0..400), ADAPTERS.len()),
        values in vec("\\PC{0,40}", 20),
        second in any::<i32>(),
    ) {
        let now = DateTime::from_timestamp(i64::from(second), 0).unwrap();
        for ((source, fixtures), body) in ADAPTERS.iter().zip(bodies) {
            let mut request = fixtures[0].1.clone();
            for ((_, header), value) in request.headers.iter_mut().zip(&values) {
                header.clone_from(value);
            }
            let request = RawRequest { body, rest: values[0].clone(), ..request };
            harmless::drive(&request, source, now);
        }
    }

    #[test]
    fn a_fixture_with_noise_in_its_middle_never_panics(
        noises in vec((vec(any::<u8>(), 0..40), any::<Index>(), any::<Index>()), ADAPTERS.len()),
    ) {
        for ((source, fixtures), (noise, fixture, at)) in ADAPTERS.iter().zip(noises) {
            let (now, mut request) = fixture.get(fixtures).clone();
            if !request.body.is_empty() {
                let at = at.index(request.body.len());
                request.body.splice(at..at, noise);
            }
            harmless::drive(&request, source, now);
        }
    }
}
