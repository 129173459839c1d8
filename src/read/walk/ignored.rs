//! `.gitignore` and `.morgueignore`: patterns that stand in the folders they speak of.
//!
//! It never looks above the archive's folder.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::article::Problem;

/// The names of such files; patterns of the second come later and win.
const NAMES: [&str; 2] = [".gitignore", ".morgueignore"];

/// The patterns of the folders around the entry that is looked at, with their depths.
#[derive(Debug, Default)]
pub(super) struct Ignored {
    folders: Vec<(usize, Gitignore)>,
}

impl Ignored {
    /// Goes into a folder at `depth`; gives what is wrong with its patterns.
    ///
    /// `shown` is its path, relative to the archive.
    pub(super) fn enter(&mut self, folder: &Path, depth: usize, shown: &str) -> Vec<Problem> {
        let mut builder = GitignoreBuilder::new(folder);
        let mut problems = Vec::new();
        for name in NAMES {
            let file = folder.join(name);
            // Some patterns of a file may be bad; the others hold.
            if let Some(fault) = file.is_file().then(|| builder.add(&file)).flatten() {
                problems.push(problem(shown, name, &fault));
            }
        }
        match builder.build() {
            Ok(patterns) if patterns.is_empty() => {}
            Ok(patterns) => self.folders.push((depth, patterns)),
            Err(fault) => problems.push(problem(shown, NAMES[0], &fault)),
        }
        problems
    }

    /// Whether an entry at `depth` is left out; the nearest folder that has an opinion decides.
    pub(super) fn is_out(&mut self, path: &Path, depth: usize, is_folder: bool) -> bool {
        while self.folders.last().is_some_and(|(of, _)| *of >= depth) {
            self.folders.pop();
        }
        let opinions = self.folders.iter().rev().map(|(_, patterns)| patterns.matched(path, is_folder));
        opinions.into_iter().find(|opinion| !opinion.is_none()).is_some_and(|opinion| opinion.is_ignore())
    }
}

fn problem(folder: &str, name: &str, fault: &ignore::Error) -> Problem {
    let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let reason = format!("a pattern that cannot be read: {fault}");
    Problem { path, line: None, id: None, kind: "settings".to_owned(), reason, refused: false }
}
