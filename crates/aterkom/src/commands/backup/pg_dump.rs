//! PostgreSQL's own backup. The password goes by the environment: everybody on the machine can read a command line.

use anyhow::{Context, bail};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use url::Url;

/// What `pg_dump` says, in English, of a server that is newer than itself.
const TOO_OLD: &str = "server version mismatch";

/// Writes the database at `url` to `file`, which is there and empty, in `pg_dump`'s custom format.
///
/// # Errors
/// What to install when `pg_dump` is missing or too old; otherwise what it said.
pub(super) fn write(url: &str, file: &Path) -> anyhow::Result<()> {
    let (address, password) = for_libpq(url)?;
    let mut command = Command::new("pg_dump");
    command
        .args(["--format=custom", "--no-password", "--file"])
        .arg(file)
        .arg("--dbname")
        .arg(address)
        // Its messages are looked at.
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    let output = match command.output() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => bail!(
            "pg_dump is not installed; install PostgreSQL's client programs, of the server's version or newer (Debian and Ubuntu: postgresql-client)"
        ),
        output => output.context("pg_dump cannot be started")?,
    };
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().replace('\n', " ");
    if said.contains(TOO_OLD) {
        bail!(
            "pg_dump is older than the server; install PostgreSQL's client programs of the server's version or newer ({said})"
        );
    }
    bail!("pg_dump could not read the database: {said}")
}

/// The address as PostgreSQL's own programs take it, and the password, which is no longer in it.
fn for_libpq(url: &str) -> anyhow::Result<(String, Option<String>)> {
    let mut address = Url::parse(url).context("the address of the database is none")?;
    let mut password = address.password().map(decoded);
    // Our library takes some names with dashes, and keeps a number of statements, of which libpq knows nothing.
    let pairs: Vec<(String, String)> = address.query_pairs().into_owned().collect();
    address.set_query(None);
    for (name, value) in pairs {
        match name.as_str() {
            "password" => password = Some(value),
            "statement-cache-capacity" => {}
            "ssl-mode" | "ssl-root-cert" | "ssl-ca" | "ssl-cert" | "ssl-key" => {
                let name =
                    if name == "ssl-ca" { "sslrootcert".to_owned() } else { name.replace('-', "") };
                address.query_pairs_mut().append_pair(&name, &value);
            }
            _ => {
                address.query_pairs_mut().append_pair(&name, &value);
            }
        }
    }
    // libpq reads "+" as itself.
    let query = address.query().map(|query| query.replace('+', "%20"));
    address.set_query(query.as_deref());
    if address.password().is_some() {
        address.set_password(None).ok().context("the address of the database has no host")?;
    }
    Ok((address.into(), password))
}

/// A part of an address without its percent signs. Only in forms do `+` and `&` mean something else.
fn decoded(text: &str) -> String {
    let form = text.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    url::form_urlencoded::parse(form.as_bytes()).map(|(text, _)| text.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_leaves_the_address_whole() {
        let (address, password) =
            for_libpq("postgresql://aterkom:a%2F%C3%A5+&=%25@db.example:5433/aterkom").unwrap();
        assert_eq!(address, "postgresql://aterkom@db.example:5433/aterkom");
        assert_eq!(password.as_deref(), Some("a/å+&=%"));
    }

    #[test]
    fn an_address_without_a_password_stays_as_it_is() {
        for url in
            ["postgres://aterkom@localhost/aterkom", "postgres:///aterkom?host=/run/postgresql"]
        {
            let (address, password) = for_libpq(url).unwrap();
            let expected = url.replace("/run/postgresql", "%2Frun%2Fpostgresql");
            assert_eq!((address, password), (expected, None));
        }
    }

    #[test]
    fn what_only_our_library_knows_is_said_in_libpq_s_words() {
        let url = "postgres://a@h/d?ssl-mode=verify-full&ssl-root-cert=/etc/my%20ca.pem&statement-cache-capacity=5&password=secret";
        let (address, password) = for_libpq(url).unwrap();
        assert_eq!(
            address,
            "postgres://a@h/d?sslmode=verify-full&sslrootcert=%2Fetc%2Fmy%20ca.pem"
        );
        assert_eq!(password.as_deref(), Some("secret"));
    }
}
