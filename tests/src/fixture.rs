//! Recorded requests: `fixtures/<adapter>/<case>.http` as it came over the wire, `<case>.facts.json` what is understood.
//!
//! `.http` is a request line with the full address, headers, an empty line, the body byte for byte. Lines of the head
//! end as they like; what follows the empty line is all body, also a last line feed. `.facts.json` has `now`, the
//! clock by which freshness is judged, and what [`understood`] says. `source.json` beside them is the source.
//!
//! The fuzz targets include this file too, so that they read requests and sources in the same way.

use chrono::{DateTime, Utc};
use domain::ids::SourceName;
use domain::number::NumberPlan;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use webhook_receiver::adapters::{self, Refused, Reply};
use webhook_receiver::request::RawRequest;
use webhook_receiver::source::Source;

/// The cases of an adapter, in the order of their names.
pub fn cases(adapter: &str) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder(adapter)).unwrap_or_else(|e| panic!("fixtures of {adapter}: {e}"));
    let paths = entries.map(|entry| entry.expect("a folder can be read to its end").path());
    let mut cases: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|e| e == "http")).collect();
    cases.sort();
    cases
}

/// The request in an `.http` file.
pub fn read(path: &Path) -> RawRequest {
    let bytes = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    parse(&bytes).unwrap_or_else(|| {
        panic!("{}: begin with POST https://… HTTP/1.1, headers and an empty line", path.display())
    })
}

/// What a case should come to: the clock, and what is understood by it.
pub fn expected(path: &Path) -> (DateTime<Utc>, Value) {
    let path = path.with_extension("facts.json");
    let mut expected = json_file(&path);
    let now = expected.as_object_mut().and_then(|fields| fields.remove("now"));
    let now = now.and_then(|now| now.as_str()?.parse().ok());
    (now.unwrap_or_else(|| panic!("{}: \"now\" is no time", path.display())), expected)
}

/// The source that the fixtures of an adapter are posted to.
pub fn source(adapter: &str) -> Source {
    let keys = json_file(&folder(adapter).join("source.json"));
    let text = |key: &str| {
        keys[key].as_str().unwrap_or_else(|| panic!("source.json of {adapter}: no {key}"))
    };
    let secrets = keys["secrets"].as_array().into_iter().flatten();
    Source {
        name: SourceName::new(text("name")),
        adapter: match keys.get("template") {
            Some(mapping) => {
                let mapping =
                    serde_json::from_value(mapping.clone()).expect("a mapping has only its keys");
                adapters::mapped(mapping).expect("the mapping of a fixture can work")
            }
            None => {
                adapters::find(adapter).unwrap_or_else(|| panic!("there is no adapter {adapter}"))
            }
        },
        secrets: secrets.filter_map(|secret| Some(secret.as_str()?.into())).collect(),
        plan: NumberPlan::new(text("country"), text("area_code")).expect("the country is one"),
        zone: text("zone").parse().expect("the zone is one"),
        public_url: text("public_url").to_owned(),
        records: None,
    }
}

/// Everything that the adapter of the source makes of a request.
pub fn understood(request: &RawRequest, source: &Source, now: DateTime<Utc>) -> Value {
    if let Some(Reply { status, headers, body, .. }) = source.adapter.handshake(request, source) {
        return json!({"answered": {"status": status, "headers": headers, "body": body}});
    }
    match source.adapter.verify(request, source, now) {
        Err(Refused::Wrong) => return json!({"refused": "wrong"}),
        Err(Refused::Stale) => return json!({"refused": "stale"}),
        Ok(()) => {}
    }
    let delivery = source.adapter.delivery(request);
    match source.adapter.parse(request, source) {
        Ok(facts) => json!({"delivery": delivery, "facts": facts}),
        Err(reason) => json!({"delivery": delivery, "unreadable": reason.to_string()}),
    }
}

/// A request in the form of an `.http` file; `None` for what has not that form.
pub fn parse(bytes: &[u8]) -> Option<RawRequest> {
    let (head, body) = head_and_body(bytes)?;
    let mut lines = head.lines();
    let mut words = lines.next()?.split(' ');
    let (method, url) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (_, hook) = url.split_once("/hooks/")?;
    let path = hook.split('?').next()?;
    let rest = path.split_once('/').map_or("", |(_, rest)| rest).to_owned();
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_owned()))
    };
    Some(RawRequest {
        headers: lines.map(header).collect::<Option<_>>()?,
        body: body.to_vec(),
        method,
        url,
        rest,
    })
}

fn head_and_body(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let ends = |end: &'static [u8]| {
        bytes.windows(end.len()).position(|w| w == end).map(|at| (at, at + end.len()))
    };
    let (head, body) = [ends(b"\n\n"), ends(b"\r\n\r\n")].into_iter().flatten().min()?;
    Some((std::str::from_utf8(&bytes[..head]).ok()?, &bytes[body..]))
}

fn folder(adapter: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(adapter)
}

fn json_file(path: &Path) -> Value {
    let bytes = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_slice(&bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
