//! `aterkom demo`, after its story.

use crate::binary;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// The demo, staying up to be tried; stopped at the end.
#[derive(Debug)]
pub struct Demo {
    /// `http://127.0.0.1:…`
    pub base: String,
    child: Child,
    /// Never closed: a demo that cannot show something any more would end.
    _shown: BufReader<ChildStdout>,
}

impl Demo {
    /// Starts it, and waits until its story has been told. It blocks for as long as that takes.
    pub fn start(folder: &Path) -> Self {
        let mut command = binary::command(folder, &["demo", "--listen", "127.0.0.1:0"]);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the binary can be started");
        let mut shown = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let mut told = String::new();
        let base = loop {
            let mut line = String::new();
            let length = shown.read_line(&mut line).expect("the demo writes UTF-8");
            assert!(length > 0, "the demo ended by itself:\n{told}");
            let address = line.split_whitespace().find(|word| word.ends_with("/demo"));
            if let Some(base) = address.and_then(|word| word.strip_suffix("/demo")) {
                break base.to_owned();
            }
            told.push_str(&line);
        };
        Self { base, child, _shown: shown }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Asked to stop it removes its folder; killed it could not.
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        if !asked.is_ok_and(|asked| asked.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}
