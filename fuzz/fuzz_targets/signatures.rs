//! What proves who posted: headers, tokens, signatures and keys, as they came and rightly signed.
#![no_main]

use aterkom_fuzz::{Case, token};
use libfuzzer_sys::fuzz_target;
use webhook_receiver::source::Source;

fuzz_target!(|input: &[u8]| {
    let Some(mut case) = Case::read(input) else { return };
    check(&case);
    if let Ok(text) = std::str::from_utf8(&case.request.body) {
        let _ = case.source.adapter.check_secret(text);
        // A key is read when the first request comes.
        let source = Source { secrets: Vec::from([text.into()]), ..case.source.clone() };
        let _ = source.adapter.verify(&case.request, &source, case.now);
    }
    sign(&mut case);
    check(&case);
});

fn check(case: &Case) {
    let Case { source, now, request } = case;
    let adapter = &source.adapter;
    let _ = (adapter.handshake(request, source), adapter.verify(request, source, *now));
    let _ = (adapter.delivery(request), adapter.reply(request));
}

/// As vonage, dialpad and our own senders sign.
fn sign(case: &mut Case) {
    let Case { source, request, .. } = case;
    if let Some(again) =
        std::str::from_utf8(&request.body).ok().and_then(|body| token::signed_again(body, source))
    {
        request.body = again.into_bytes();
    }
    let standard = token::standard_webhook(request, source);
    for (name, value) in &mut request.headers {
        let again = match name.as_str() {
            "authorization" => token::signed_again(value, source),
            "webhook-signature" => standard.clone(),
            _ => None,
        };
        *value = again.unwrap_or_else(|| std::mem::take(value));
    }
}
