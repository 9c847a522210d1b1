//! `aterkom explain`: what an adapter makes of a request, and what the product makes of that. Nothing is stored.

mod verdict;

use super::{Ended, WrongUse, sources};
use crate::config::Config;
use crate::parts;
use chrono::{DateTime, Utc};
use clock::Clock;
use domain::call::Call;
use domain::directory::Directory;
use domain::fact::{CallFact, Heard};
use domain::people;
use serde::Serialize;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use webhook_receiver::adapters::{Refused, Reply};
use webhook_receiver::reading;
use webhook_receiver::request::RawRequest;
use webhook_receiver::source::Source;

/// What `explain` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The source that the request came from
    #[arg(long, value_name = "NAME")]
    source: String,
    /// The file with its body, byte for byte
    #[arg(long, value_name = "FILE")]
    body: PathBuf,
    /// The file with its headers, one `Name: value` a line
    #[arg(long, value_name = "FILE")]
    headers: Option<PathBuf>,
    /// The file with the whole URL that it came to
    #[arg(long, value_name = "FILE")]
    url: Option<PathBuf>,
    #[arg(long, default_value = "POST")]
    method: String,
    /// The time at which it came; without it, now for its signature, and its own time for the rest
    #[arg(long, value_name = "RFC3339")]
    now: Option<DateTime<Utc>>,
    /// The body of a request that came before; its .headers and .url lie beside it. Repeatable
    #[arg(long, value_name = "FILE")]
    after: Vec<PathBuf>,
    /// The people file that says whose the numbers are; without it, nobody's
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
}

/// What is printed.
#[derive(Debug, Serialize)]
struct Explained {
    accepted: bool,
    reason: Option<String>,
    reply: Option<Replied>,
    facts: Vec<CallFact>,
    verdict: Option<verdict::Shown>,
    /// What each place of a mapping holds; null where there is nothing.
    #[serde(skip_serializing_if = "Map::is_empty")]
    mapping: Map<String, Value>,
}

#[derive(Debug, Serialize)]
struct Replied {
    status: u16,
    body: String,
}

impl Explained {
    fn answered(Reply { status, body, .. }: Reply) -> Self {
        let reply = Some(Replied { status, body });
        let verdict = Some(verdict::Shown::default());
        let mapping = Map::new();
        Self { accepted: true, reason: None, reply, facts: Vec::new(), verdict, mapping }
    }

    fn refused(refused: Refused) -> Self {
        let reason = Some(refused.to_string());
        let mapping = Map::new();
        Self { accepted: false, reason, reply: None, facts: Vec::new(), verdict: None, mapping }
    }
}

/// Explains.
///
/// # Errors
/// [`WrongUse`] for a source that there is not or a people file that is wrong; a file that cannot be read.
pub async fn run(arguments: &Arguments, config: &Config) -> anyhow::Result<Ended> {
    let source = sources::named(&arguments.source, config).await?;
    let source = source.as_ref();
    let directory = directory(arguments.people.as_deref(), config).await?;
    let (headers, url) = (arguments.headers.as_deref(), arguments.url.as_deref());
    let request = request(&arguments.method, &arguments.body, headers, url, source)?;
    let now = arguments.now.unwrap_or_else(|| Clock::system().now());
    if let Some(reply) = source.adapter.handshake(&request, source) {
        return print(&Explained::answered(reply));
    }
    if let Err(refused) = source.adapter.verify(&request, source, now) {
        return print(&Explained::refused(refused));
    }
    let answered = Explained::answered(source.adapter.reply(&request));
    let mut before = Vec::new();
    for body in &arguments.after {
        let (headers, url) = (body.with_extension("headers"), body.with_extension("url"));
        let earlier = self::request(&arguments.method, body, Some(&headers), Some(&url), source)?;
        before.extend(reading::parse(&earlier, source).unwrap_or_default());
    }
    let (facts, reason) = match reading::parse(&request, source) {
        Ok(facts) => (facts, None),
        Err(unreadable) => (Vec::new(), Some(unreadable.to_string())),
    };
    let call = call(&facts, before, arguments.now);
    let judged = call.verdict(&source.name, &directory, &parts::policy(config)?);
    let mut shown = verdict::shown(&facts, &call, &judged);
    shown.show_talk_recording(source.adapter.talk_recording(&request));
    let verdict = Some(shown);
    let found = source.adapter.found(&request).into_iter();
    let mapping = found.map(|(place, text)| (place, Value::from(text))).collect();
    print(&Explained { reason, facts, verdict, mapping, ..answered })
}

/// The call that the last request is about: its facts, and those before it that have a name in common with them.
fn call(facts: &[CallFact], before: Vec<CallFact>, now: Option<DateTime<Utc>>) -> Call {
    let mut refs: Vec<_> = facts.iter().flat_map(|f| f.refs.clone()).collect();
    let mut all = facts.to_vec();
    for fact in before.into_iter().rev().filter(|f| !facts.contains(f)) {
        if fact.refs.iter().any(|r| refs.contains(r)) {
            refs.extend(fact.refs.clone());
            all.push(fact);
        }
    }
    // A request that is looked at long afterwards was in time when it came.
    let heard =
        |f: &CallFact| now.or(f.ended_at).or(f.began_at).unwrap_or_else(|| Clock::system().now());
    Call::fold(all.into_iter().map(|fact| Heard { heard_at: heard(&fact), fact }))
}

async fn directory(file: Option<&Path>, config: &Config) -> anyhow::Result<Directory> {
    let Some(file) = file else { return Ok(Directory::default()) };
    let clock = Clock::system();
    let read = super::people::read(&file.display().to_string(), &read_file(file)?, config).await?;
    // Lines have always been whose they are now: the request may be of any time.
    let since = chrono::NaiveDate::MIN;
    let nobody = Directory::default();
    let changes = people::plan(&nobody, &read, since, &mut || clock.new_id());
    Ok(people::apply(&nobody, &changes))
}

fn request(
    method: &str,
    body: &Path,
    headers: Option<&Path>,
    url: Option<&Path>,
    source: &Source,
) -> anyhow::Result<RawRequest> {
    let text = |file: Option<&Path>| -> Result<String, WrongUse> {
        file.map(read_file)
            .transpose()
            .map(|bytes| String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned())
    };
    let mut url = text(url)?.trim_end().to_owned();
    if url.is_empty() {
        url = format!("{}/hooks/{}", source.public_url, source.name);
    }
    let path = url.split('?').next().unwrap_or_default();
    let rest =
        path.split_once(&format!("/hooks/{}/", source.name)).map(|(_, rest)| rest.to_owned());
    let headers = text(headers)?;
    let headers = headers.lines().filter_map(|line| line.split_once(':'));
    Ok(RawRequest {
        method: method.to_owned(),
        rest: rest.unwrap_or_default(),
        url,
        headers: headers
            .map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned()))
            .collect(),
        body: read_file(body)?,
    })
}

fn read_file(file: &Path) -> Result<Vec<u8>, WrongUse> {
    std::fs::read(file).map_err(|e| WrongUse(format!("{} cannot be read: {e}", file.display())))
}

fn print(explained: &Explained) -> anyhow::Result<Ended> {
    println!("{}", serde_json::to_string_pretty(explained)?);
    Ok(Ended::Well)
}
