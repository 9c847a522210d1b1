//! What the fuzzer begins with: the tests' fixtures, each in the form that its target reads.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Writes the seeds of a target into `folder`, anew.
pub(super) fn sow(target: &str, root: &Path, folder: &Path) -> Result<()> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let seeds = of(target, root)?;
    anyhow::ensure!(!seeds.is_empty(), "{target} has no seeds, so say in xtask where they are");
    for (number, seed) in seeds.iter().enumerate() {
        let path = folder.join(format!("{number:04}"));
        fs::write(&path, seed).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn of(target: &str, root: &Path) -> Result<Vec<Vec<u8>>> {
    let fixtures = root.join("tests/fixtures");
    let mut seeds = written_by_hand(&root.join("fuzz/seeds").join(target))?;
    let requests = || requests(&fixtures);
    match target {
        "json" => seeds.extend(requests()?.iter().filter(|r| r.is_json()).map(Request::addressed)),
        "forms" => {
            seeds.extend(requests()?.iter().filter(|r| !r.is_json()).map(Request::addressed))
        }
        "signatures" => seeds.extend(requests()?.iter().map(Request::addressed)),
        "xml" => seeds.extend(requests()?.iter().filter(|r| r.is_xml()).map(|r| r.body().to_vec())),
        "template" => {
            let mapping = mapping(&read(&fixtures.join("template/source.json"))?);
            let of_it = requests()?.into_iter().filter(|request| request.adapter == "template");
            seeds.extend(of_it.map(|request| [mapping.as_bytes(), b"\n", &request.bytes].concat()));
        }
        "people" => {
            for file in [
                "tests/fixtures/world.people.csv",
                "tests/fixtures/samples.people.csv",
                "docs/people.example.csv",
            ] {
                seeds.push(read(&root.join(file))?);
            }
        }
        _ => {}
    }
    Ok(seeds)
}

/// A fixture.
struct Request {
    adapter: String,
    /// When it came.
    now: String,
    bytes: Vec<u8>,
}

impl Request {
    /// To its adapter, as the targets take it.
    fn addressed(&self) -> Vec<u8> {
        [format!("{} {}\n", self.adapter, self.now).as_bytes(), &self.bytes].concat()
    }

    fn body(&self) -> &[u8] {
        let begins = |end: &[u8]| {
            self.bytes.windows(end.len()).position(|part| part == end).map(|at| at + end.len())
        };
        let begin = [begins(b"\n\n"), begins(b"\r\n\r\n")].into_iter().flatten().min();
        &self.bytes[begin.unwrap_or_default()..]
    }

    fn is_json(&self) -> bool {
        matches!(self.body().trim_ascii_start().first(), Some(b'{' | b'['))
    }

    fn is_xml(&self) -> bool {
        self.body().trim_ascii_start().starts_with(b"<")
    }
}

fn requests(fixtures: &Path) -> Result<Vec<Request>> {
    let mut requests = Vec::new();
    for folder in files(fixtures)?.iter().filter(|path| path.is_dir()) {
        let adapter = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_request = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "http");
        for path in files(folder)?.iter().filter(is_request) {
            let facts = read(&path.with_extension("facts.json"))?;
            let now = text_at(&String::from_utf8_lossy(&facts), "\"now\"").to_owned();
            requests.push(Request { adapter: adapter.clone(), now, bytes: read(path)? });
        }
    }
    Ok(requests)
}

/// A text file that has a seed in each line, the line break within a seed written as `|`; none, where there is no file.
fn written_by_hand(file: &Path) -> Result<Vec<Vec<u8>>> {
    let path = file.with_extension("txt");
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = String::from_utf8(read(&path)?).context("a seed that is no text")?;
    Ok(text.lines().map(|line| line.replace('|', "\n").into_bytes()).collect())
}

/// The mapping of a source, in one line.
fn mapping(source: &[u8]) -> String {
    let source = String::from_utf8_lossy(source).replace('\n', " ");
    let mapping = source.split_once("\"template\":").map_or("", |(_, behind)| behind);
    mapping.trim_end().strip_suffix('}').unwrap_or(mapping).trim().to_owned()
}

/// The text behind a key, of JSON that is written as ours is.
fn text_at<'a>(json: &'a str, key: &str) -> &'a str {
    json.split_once(key).and_then(|(_, behind)| behind.split('"').nth(1)).unwrap_or_default()
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::root;

    #[test]
    fn every_fixture_is_a_seed_addressed_to_its_adapter() {
        let [json, forms, all] =
            ["json", "forms", "signatures"].map(|target| of(target, root()).unwrap());
        let fixtures = requests(&root().join("tests/fixtures")).unwrap().len();
        assert!(fixtures > 300 && all.len() == fixtures);
        assert!(json.len() + forms.len() >= fixtures);
        assert!(json.iter().any(|seed| seed.starts_with(b"native 2026-")));
    }

    #[test]
    fn every_target_has_seeds() {
        for target in super::super::targets().unwrap() {
            assert!(!of(&target, root()).unwrap().is_empty(), "{target}");
        }
    }

    #[test]
    fn a_mapping_is_one_line_of_json_before_the_request() {
        for seed in of("template", root()).unwrap() {
            let line = seed.split(|byte| *byte == b'\n').next().unwrap();
            assert!(line.starts_with(b"{") && line.ends_with(b"}"));
        }
    }
}
