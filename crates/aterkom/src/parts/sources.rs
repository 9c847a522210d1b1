//! The PBX connections of the configuration, and what holds for those that are made in the browser.

use super::{number_plan, secret_file};
use crate::config::{Config, ConfigError, SourceKeys};
use domain::ids::SourceName;
use domain::number::NumberPlan;
use domain::source::is_name;
use secrecy::ExposeSecret;
use std::collections::HashMap;
use std::sync::Arc;
use webhook_receiver::adapters::{self, Adapter, SecretBy, WrongKey};
use webhook_receiver::source::Source;
use webhook_receiver::sources::{House, Sources};

/// The configured sources. What the database has is known after a [`Sources::refresh`].
///
/// # Errors
/// [`ConfigError`] for the first thing that is wrong with one of them.
pub fn sources(config: &Config) -> Result<Sources, ConfigError> {
    let mut sources: HashMap<SourceName, Source> = HashMap::new();
    for (i, keys) in config.sources.iter().enumerate() {
        let source = source(config, keys, &format!("sources[{i}]"))?;
        if let Some(other) = sources.insert(source.name.clone(), source) {
            let message = format!(
                "there are two sources named \"{}\"; give each a name of its own",
                other.name
            );
            return Err(ConfigError::at(&config.origin, &format!("sources[{i}].name"), message));
        }
    }
    let organisation = &config.organisation;
    // What is made in the browser is read with these, without anybody there to be told.
    number_plan(config)?;
    let house = House {
        country: organisation.country.clone(),
        area_code: organisation.area_code.clone(),
        zone: organisation.zone,
        public_url: super::public_url(config),
    };
    Ok(Sources::new(sources.into_values(), house))
}

fn source(config: &Config, keys: &SourceKeys, path: &str) -> Result<Source, ConfigError> {
    let wrong = |key: &str, message: String| {
        ConfigError::at(&config.origin, &format!("{path}.{key}"), message)
    };
    if !is_name(&keys.name) {
        return Err(wrong(
            "name",
            "write a name of a-z, 0-9 and -; it stands in the address that the PBX posts to"
                .to_owned(),
        ));
    }
    let adapter = adapter(keys).map_err(|(key, message)| wrong(&key, message))?;
    let mut secrets = keys.secrets.clone();
    for (i, file) in keys.secret_files.iter().enumerate() {
        secrets.push(secret_file(config, &format!("{path}.secret_files[{i}]"), file)?);
    }
    if secrets.is_empty() {
        return Err(wrong(
            "name",
            "this source has no secret, so anybody could post to it; write secrets or secret_files"
                .to_owned(),
        ));
    }
    for secret in &secrets {
        adapter
            .check_secret(secret.expose_secret())
            .map_err(|message| wrong("secrets", message))?;
    }
    let organisation = &config.organisation;
    let plan = match (&keys.country, &keys.area_code) {
        (None, None) => number_plan(config)?,
        (country, area_code) => {
            let country = country.as_ref().unwrap_or(&organisation.country);
            let area_code = area_code.as_ref().unwrap_or(&organisation.area_code);
            NumberPlan::new(country, area_code).map_err(|e| wrong("country", e.to_string()))?
        }
    };
    Ok(Source {
        name: SourceName::new(&keys.name),
        adapter,
        secrets,
        plan,
        zone: keys.zone.unwrap_or(organisation.zone),
        public_url: keys.public_url.clone().unwrap_or_else(|| super::public_url(config)),
        records: records(keys).map_err(|(key, message)| wrong(&key, message))?,
    })
}

/// What a source can be made for in the browser.
pub fn pbxs() -> Arc<[web::Pbx]> {
    let all = adapters::all();
    let made = all.iter().filter_map(|adapter| {
        let secret_by_vendor = match adapter.secret_by() {
            SecretBy::Us => false,
            SecretBy::Vendor => true,
            SecretBy::Configuration => return None,
        };
        Some(web::Pbx { adapter: adapter.name(), secret_by_vendor })
    });
    made.collect()
}

/// Whether this secret has the form that the adapter needs.
///
/// # Errors
/// What is wrong and what to write instead; never the secret.
pub fn check_secret(adapter: &str, secret: &str) -> Result<(), String> {
    let found = adapters::find(adapter).ok_or_else(|| "there is no such adapter".to_owned());
    found?.check_secret(secret)
}

/// What reads the rows of this source's files of calls, or the key that is wrong and what to write.
fn records(keys: &SourceKeys) -> Result<Option<Arc<dyn Adapter>>, (String, String)> {
    let mapped = keys.records.clone().map(adapters::mapped).transpose();
    mapped.map_err(|WrongKey { key, message }| (format!("records.{key}"), message))
}

/// The adapter that a source names, or the key that is wrong and what to write.
fn adapter(keys: &SourceKeys) -> Result<Arc<dyn Adapter>, (String, String)> {
    let of_mapping = keys.adapter == "template";
    match &keys.template {
        Some(mapping) if of_mapping => adapters::mapped(mapping.clone())
            .map_err(|WrongKey { key, message }| (format!("template.{key}"), message)),
        Some(_) => Err((
            "template".to_owned(),
            "only the adapter \"template\" has this table; take it out, or write adapter = \"template\""
                .to_owned(),
        )),
        None if of_mapping => Err((
            "adapter".to_owned(),
            "this adapter needs a table [sources.template] below it; docs/pbx/template.md says what to write"
                .to_owned(),
        )),
        None => adapters::find(&keys.adapter).ok_or_else(|| {
            let names: Vec<&str> = adapters::all().iter().map(|a| a.name()).collect();
            let names = names.join(", ");
            let message = format!("there is no adapter \"{}\"; write one of: {names}", keys.adapter);
            ("adapter".to_owned(), message)
        }),
    }
}
