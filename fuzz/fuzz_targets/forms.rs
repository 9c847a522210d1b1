//! Forms, to every adapter: in the body, and in the address.
#![no_main]

use aterkom_fuzz::Case;
use libfuzzer_sys::fuzz_target;
use webhook_receiver::request::RawRequest;

fuzz_target!(|input: &[u8]| {
    let Some(mut case) = Case::read(input) else { return };
    case.drive();
    // Some vendors can be told to use GET.
    let url = format!("{}?{}", case.request.url, String::from_utf8_lossy(&case.request.body));
    case.request = RawRequest { method: "GET".to_owned(), url, body: Vec::new(), ..case.request };
    case.drive();
});
