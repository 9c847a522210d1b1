//! Every adapter, driven by its fixtures, by what is left of them after an accident, and by noise.

mod fields;
mod noise;
mod over_http;
mod said;

use aterkom_tests::fixture::{cases, expected, read, source, understood};
use aterkom_tests::harmless;
use std::path::Path;
use webhook_receiver::adapters;
use webhook_receiver::request::RawRequest;

fn names() -> Vec<&'static str> {
    adapters::all().iter().map(|adapter| adapter.name()).collect()
}

fn shown(path: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned());
    let folder = path.parent().and_then(name).unwrap_or_default();
    format!("{folder}/{}", name(path).unwrap_or_default())
}

#[test]
fn every_fixture_is_understood_as_expected() {
    for adapter in names() {
        let source = source(adapter);
        for path in cases(adapter) {
            let (now, expected) = expected(&path);
            assert_eq!(understood(&read(&path), &source, now), expected, "{}", shown(&path));
        }
    }
}

#[test]
fn a_fixture_cut_short_anywhere_never_panics() {
    each_fixture(|request, drive| {
        for length in 0..request.body.len() {
            drive(&RawRequest { body: request.body[..length].to_vec(), ..request.clone() });
        }
    });
}

#[test]
fn a_fixture_with_one_wrong_byte_anywhere_never_panics() {
    const WRONG: [u8; 8] = [0, b'"', 0xff, b'%', b'9', 0xc3, b'\\', b'-'];
    each_fixture(|request, drive| {
        for at in 0..request.body.len() {
            let mut body = request.body.clone();
            body[at] = WRONG[at % WRONG.len()];
            drive(&RawRequest { body, ..request.clone() });
        }
    });
}

#[test]
fn a_fixture_with_a_header_missing_or_foolish_never_panics() {
    each_fixture(|request, drive| {
        for at in 0..request.headers.len() {
            let mut missing = request.clone();
            missing.headers.remove(at);
            drive(&missing);
            for value in ["", "0", "-1", "99999999999999999999", "v1,", "Basic", "\u{fffd}", "å=;,"]
            {
                let mut foolish = request.clone();
                value.clone_into(&mut foolish.headers[at].1);
                drive(&foolish);
            }
        }
        for url in ["", "/", "https://aterkom.example/hooks/x?%ff=%00&&=", "?"] {
            drive(&RawRequest { url: url.to_owned(), ..request.clone() });
        }
    });
}

/// Calls `test` with each fixture and with what drives its adapter through all that the receiver asks of it.
fn each_fixture(test: impl Fn(&RawRequest, &dyn Fn(&RawRequest))) {
    for adapter in names() {
        let source = source(adapter);
        for path in cases(adapter) {
            let (now, _) = expected(&path);
            test(&read(&path), &|request| harmless::drive(request, &source, now));
        }
    }
}
