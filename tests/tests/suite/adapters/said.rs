//! What a request says, field by field, so that each can be changed: JSON, also as claims of a token, XML, forms, the
//! fields of the address, headers.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use url::form_urlencoded::{Serializer, parse};
use webhook_receiver::request::RawRequest;

/// Stands behind the name of a field until it is written as JSON: then two have one name.
const TWICE: &str = "~~twice~~";

/// What stands in place of a text, in JSON and where there is only text.
const ODD_TEXTS: [&str; 11] = [
    "",
    "-1",
    "1e300",
    "18446744073709551616",
    "true",
    "[[]]",
    "%00%",
    "2026-02-30T25:61:61Z",
    "+٤٦٧٠١٧٤٠٦٠٥",
    "０７０१७४०६０५",
    "\u{0}\u{202e}\u{feff}𝟘é𝄞 ИВАН 家",
];

/// As many fixtures in a row see all texts between them: all of them for each would take minutes.
const TURNS: usize = 3;

/// Those whose turn it is; among them what is longer than anything that is kept.
fn odd_texts(turn: usize) -> Vec<String> {
    let long = ["9".repeat(500), "å\u{1}".repeat(300)];
    let all = ODD_TEXTS.map(ToOwned::to_owned).into_iter().chain(long);
    all.skip(turn % TURNS).step_by(TURNS).collect()
}

fn odd_values(turn: usize) -> Vec<Value> {
    let others = [
        Value::Null,
        json!(true),
        json!(-1),
        json!(1e300),
        json!(u64::MAX),
        json!([[]]),
        json!({"a": 1}),
    ];
    others.into_iter().chain(odd_texts(turn).into_iter().map(Value::String)).collect()
}

/// The request with each field missing, of every wrong kind, and there twice; one change at a time.
pub(super) fn changed(request: &RawRequest, turn: usize, see: &dyn Fn(&RawRequest)) {
    let with_body = |body: Vec<u8>| see(&RawRequest { body, ..request.clone() });
    let text = String::from_utf8_lossy(&request.body);
    if let Ok(value @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str(&text) {
        json(&value, turn, &|text| with_body(text.into_bytes()));
    } else if let Some((header, claims, signature)) = token(&text) {
        json(&claims, turn, &|text| {
            with_body(
                format!("{header}.{}.{signature}", BASE64_URL_SAFE_NO_PAD.encode(text))
                    .into_bytes(),
            );
        });
    } else if text.trim_start().starts_with('<') {
        xml(&text, turn, &|text| with_body(text.into_bytes()));
    } else {
        form(&request.body, turn, &|form| with_body(form.into_bytes()));
    }
    if let Some((path, query)) = request.url.split_once('?') {
        form(query.as_bytes(), turn, &|query| {
            see(&RawRequest { url: format!("{path}?{query}"), ..request.clone() })
        });
    }
    headers(request, see);
}

fn json(whole: &Value, turn: usize, see: &dyn Fn(String)) {
    let odd = odd_values(turn);
    for pointer in pointers(whole, "") {
        for value in &odd {
            let mut changed = whole.clone();
            *changed.pointer_mut(&pointer).expect("it is there") = value.clone();
            see(changed.to_string());
        }
        let Some((parent, field)) = pointer.rsplit_once('/') else { continue };
        let field = field.replace("~1", "/").replace("~0", "~");
        let mut without = whole.clone();
        let Some(Value::Object(fields)) = without.pointer_mut(parent) else { continue };
        let value = fields.remove(&field).expect("it is there");
        see(without.to_string());
        for (first, second) in
            [(value.clone(), value.clone()), (value.clone(), json!(["x"])), (json!({}), value)]
        {
            let mut twice = whole.clone();
            let fields =
                twice.pointer_mut(parent).and_then(Value::as_object_mut).expect("it is there");
            fields.insert(field.clone(), first);
            fields.insert(format!("{field}{TWICE}"), second);
            see(twice.to_string().replace(TWICE, ""));
        }
    }
}

fn pointers(value: &Value, here: &str) -> Vec<String> {
    let below = |(name, value): (String, &Value)| pointers(value, &format!("{here}/{name}"));
    let inner: Vec<String> = match value {
        Value::Object(fields) => {
            let escaped = |name: &String| name.replace('~', "~0").replace('/', "~1");
            fields.iter().map(|(name, value)| (escaped(name), value)).flat_map(below).collect()
        }
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(at, value)| (at.to_string(), value))
            .flat_map(below)
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    [here.to_owned()].into_iter().chain(inner).collect()
}

/// Header, claims and signature of a JSON Web Token.
fn token(text: &str) -> Option<(&str, Value, &str)> {
    let [header, claims, signature] =
        <[&str; 3]>::try_from(text.trim().split('.').collect::<Vec<_>>()).ok()?;
    let claims = BASE64_URL_SAFE_NO_PAD.decode(claims).ok()?;
    Some((header, serde_json::from_slice(&claims).ok()?, signature))
}

/// Only elements with a text of their own; names of those around them are for the fuzzer.
fn xml(whole: &str, turn: usize, see: &dyn Fn(String)) {
    for (at, _) in whole.match_indices("</") {
        let Some(end) = whole[at..].find('>').map(|end| at + end + 1) else { continue };
        let name = &whole[at + 2..end - 1];
        let Some(begin) = whole[..at].rfind(&format!("<{name}>")) else { continue };
        let with = |element: &str| see([&whole[..begin], element, &whole[end..]].concat());
        with("");
        with(&whole[begin..end].repeat(2));
        with(&format!("<{name}><{name}>x</{name}></{name}>"));
        for text in odd_texts(turn) {
            with(&format!("<{name}>{text}</{name}>"));
        }
    }
}

fn form(whole: &[u8], turn: usize, see: &dyn Fn(String)) {
    let fields: Vec<(String, String)> = parse(whole).into_owned().collect();
    let written = |fields: &[(String, String)]| {
        see(Serializer::new(String::new()).extend_pairs(fields).finish())
    };
    for at in 0..fields.len() {
        let mut without = fields.clone();
        let (name, _) = without.remove(at);
        written(&without);
        for text in odd_texts(turn) {
            let mut changed = fields.clone();
            changed[at].1.clone_from(&text);
            written(&changed);
            let mut twice = fields.clone();
            twice.insert(at, (name.clone(), text));
            written(&twice);
        }
        let mut listed = fields.clone();
        listed[at].0.push_str("[]");
        written(&listed);
    }
}

/// That one is missing or foolish is a test of its own.
fn headers(request: &RawRequest, see: &dyn Fn(&RawRequest)) {
    for (at, (name, value)) in request.headers.iter().enumerate() {
        for (place, second) in [(at, value.clone()), (at, String::new()), (at + 1, "x".repeat(500))]
        {
            let mut twice = request.clone();
            twice.headers.insert(place, (name.clone(), second));
            see(&twice);
        }
    }
}
