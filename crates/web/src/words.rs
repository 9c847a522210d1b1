//! What pages say, in Swedish and English: one `.ftl` file each, with the same ids.

use domain::directory::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;
use unic_langid::langid;

/// The words of one language.
pub(crate) struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

static SWEDISH: LazyLock<Words> =
    LazyLock::new(|| Words::read(Language::Swedish, include_str!("../locales/sv.ftl")));
static ENGLISH: LazyLock<Words> =
    LazyLock::new(|| Words::read(Language::English, include_str!("../locales/en.ftl")));

impl Words {
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::Swedish => &SWEDISH,
            Language::English => &ENGLISH,
        }
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// As HTML and HTTP name the language.
    pub(crate) fn code(&self) -> &'static str {
        match self.language {
            Language::Swedish => "sv",
            Language::English => "en",
        }
    }

    pub(crate) fn spoken(&self) -> workalendar::Language {
        match self.language {
            Language::Swedish => workalendar::Language::Swedish,
            Language::English => workalendar::Language::English,
        }
    }

    /// The text of an id.
    pub(crate) fn say(&self, id: &str) -> String {
        self.format(id, None)
    }

    /// The text of an id with these in it.
    pub(crate) fn with<const N: usize>(
        &self,
        id: &str,
        values: [(&'static str, FluentValue<'_>); N],
    ) -> String {
        let values: FluentArgs<'_> = values.into_iter().collect();
        self.format(id, Some(&values))
    }

    /// An id that is missing is shown as it is: a page with one odd word is better than none. A test finds those.
    fn format(&self, id: &str, values: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|m| m.value()) else {
            return id.to_owned();
        };
        self.bundle.format_pattern(pattern, values, &mut Vec::new()).into_owned()
    }

    fn read(language: Language, text: &str) -> Self {
        let id = match language {
            Language::Swedish => langid!("sv"),
            Language::English => langid!("en"),
        };
        let resource = FluentResource::try_new(text.to_owned())
            .map_err(|(_, errors)| errors)
            .expect("a test has read this file");
        let mut bundle = FluentBundle::new_concurrent(Vec::from([id]));
        // The marks would show up in what is copied from a page.
        bundle.set_use_isolating(false);
        bundle.add_resource(resource).expect("a test has seen that no id is there twice");
        Self { language, bundle }
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    const SV: &str = include_str!("../locales/sv.ftl");
    const EN: &str = include_str!("../locales/en.ftl");

    /// Each id with the names of what it is given.
    fn ids(text: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((id, _)) = line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
                current = id.to_owned();
                assert!(!found.contains_key(id), "{id} is there twice");
                found.entry(current.clone()).or_default();
            }
            let variables = line.split("{ $").skip(1).filter_map(|rest| {
                rest.split(|c: char| !c.is_alphanumeric()).next().map(str::to_owned)
            });
            found.entry(current.clone()).or_default().extend(variables);
        }
        found.remove("");
        found
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(ids(SV), ids(EN));
        assert!(ids(SV).len() > 100);
    }

    #[test]
    fn both_files_are_read_whole() {
        for (language, text) in [(Language::Swedish, SV), (Language::English, EN)] {
            let words = Words::of(language);
            for id in ids(text).keys() {
                assert!(words.bundle.has_message(id), "{id} cannot be read in {language:?}");
            }
        }
    }

    /// Ids that are put together from the name of a thing end in `-` or begin with one of these.
    #[test]
    fn every_id_that_pages_ask_for_is_there_and_no_other() {
        let sources = sources();
        let known = ids(SV);
        let asked: BTreeSet<&str> = [".say(\"", ".with(\"", ".t(\""]
            .iter()
            .flat_map(|call| sources.split(call).skip(1))
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let missing: Vec<&&str> = asked.iter().filter(|id| !known.contains_key(**id)).collect();
        assert!(missing.is_empty(), "asked for, and in no file: {missing:?}");
        let plain = [".say(\"", ".t(\""].iter().flat_map(|call| sources.split(call).skip(1));
        let plain = plain.filter_map(|rest| rest.split('"').next());
        let given: Vec<&str> = plain.filter(|id| !known[*id].is_empty()).collect();
        assert!(given.is_empty(), "these want to be given something: {given:?}");
        let prefixes: Vec<&str> = sources
            .split("format!(\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next()?.strip_suffix("-{}"))
            .collect();
        let unused: Vec<&String> = known
            .keys()
            .filter(|id| !asked.contains(id.as_str()))
            .filter(|id| !sources.contains(&format!("\"{id}\"")))
            .filter(|id| !prefixes.iter().any(|p| id.starts_with(&format!("{p}-"))))
            .collect();
        assert!(unused.is_empty(), "in the files, and asked for by no page: {unused:?}");
    }

    /// What this crate consists of, in one text without line breaks before a quote.
    fn sources() -> String {
        let root = env!("CARGO_MANIFEST_DIR");
        let mut text = String::new();
        for folder in [
            "src",
            "src/admin",
            "src/callback",
            "src/following",
            "src/mine",
            "src/report",
            "src/say",
            "src/source",
            "templates",
        ] {
            let Ok(files) = std::fs::read_dir(format!("{root}/{folder}")) else { continue };
            for file in files.flatten().map(|f| f.path()).filter(|f| f.is_file()) {
                text.push_str(&std::fs::read_to_string(file).unwrap());
            }
        }
        let joined: Vec<&str> = text.lines().map(str::trim).collect();
        joined.join("\n").replace("(\n\"", "(\"")
    }
}
