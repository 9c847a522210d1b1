//! Addresses as they go over the wire and into heads.

use lettre::Address;
use lettre::address::AddressError;

/// Reads an address. The name of its domain is in ASCII then, as every server takes it (IDNA): `kim@växjö.example` is
/// `kim@xn--vxj-qla9j.example`. What stands before the `@` stays as it is.
///
/// # Errors
/// When it is none, or holds what would end a line.
pub(crate) fn read(text: &str) -> Result<Address, AddressError> {
    // The standard lets a quoted part hold nearly anything; a line that it ends early is somebody else's command.
    if text.chars().any(|c| c.is_control() || matches!(c, '<' | '>')) {
        return Err(AddressError::InvalidInput);
    }
    let address: Address = text.parse()?;
    if address.domain().is_ascii() {
        return Ok(address);
    }
    let domain =
        idna::domain_to_ascii(address.domain()).map_err(|_| AddressError::InvalidDomain)?;
    Address::new(address.user(), domain)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn an_address_goes_over_the_wire_as_servers_take_it() {
        for (text, wire) in [
            ("kim.ek@kommun.example", Some("kim.ek@kommun.example")),
            ("kim+post@kommun.example", Some("kim+post@kommun.example")),
            ("\"kim ek\"@kommun.example", Some("\"kim ek\"@kommun.example")),
            ("\"kim@ek\"@kommun.example", Some("\"kim@ek\"@kommun.example")),
            ("kim@räksmörgås.example", Some("kim@xn--rksmrgs-5wao1o.example")),
            ("kim@XN--RKSMRGS-5WAO1O.example", Some("kim@XN--RKSMRGS-5WAO1O.example")),
            ("åsa@kommun.example", Some("åsa@kommun.example")),
            ("kim@[192.0.2.1]", Some("kim@[192.0.2.1]")),
        ] {
            assert_eq!(read(text).ok().as_ref().map(AsRef::as_ref), wire, "{text}");
        }
    }

    #[test]
    fn what_would_end_a_line_or_the_address_is_refused() {
        for text in [
            "",
            "kim",
            "@kommun.example",
            "kim@",
            "kim@kommun.example\r\nRCPT TO:<x@y.example>",
            "kim@kommun.example\n",
            "kim\r\n@kommun.example",
            "\"kim\r\nDATA\"@kommun.example",
            "\"kim\\\r\"@kommun.example",
            "\"kim\0\"@kommun.example",
            "\"kim>\"@kommun.example",
            "kim@kommun.example> SIZE=1",
            "Kim Ek <kim@kommun.example>",
            "kim ek@kommun.example",
            "kim@kommun.example, bo@kommun.example",
            "kim@kom mun.example",
            "kim@kommun.example\u{85}",
            "kim@-.example",
        ] {
            assert!(read(text).is_err(), "{text:?}");
        }
        assert!(read(&format!("{}@kommun.example", "a".repeat(5_000))).is_err());
        assert!(read(&format!("kim@{}example", "a.".repeat(5_000))).is_err());
    }
}
