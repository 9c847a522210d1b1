//! XML, in every form that FreeSWITCH posts it in. The input is the XML alone.
#![no_main]

use aterkom_fuzz::{fixture, harmless};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use webhook_receiver::request::RawRequest;
use webhook_receiver::source::Source;

static SOURCE: LazyLock<Source> = LazyLock::new(|| fixture::source("freeswitch"));

fuzz_target!(|xml: &[u8]| {
    let encoded: String = xml.iter().map(|byte| format!("%{byte:02x}")).collect();
    let coded = BASE64_STANDARD.encode(xml);
    let in_field = |field: &[u8]| [b"cdr=", field].concat();
    for body in
        [xml.to_vec(), in_field(xml), in_field(encoded.as_bytes()), in_field(coded.as_bytes())]
    {
        let request = RawRequest { method: "POST".to_owned(), body, ..RawRequest::default() };
        harmless::drive(&request, &SOURCE, DateTime::UNIX_EPOCH);
    }
});
