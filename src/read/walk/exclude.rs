//! Patterns of paths to leave out, as in `.gitignore`.
//!
//! It never looks at files, only at their relative paths.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::error::{Error, ErrorKind, Result};

/// The patterns; the last that matches decides.
#[derive(Debug)]
pub(super) struct Exclude {
    globs: GlobSet,
    /// For each pattern, whether it takes a path back in (`!pattern`).
    takes_back: Vec<bool>,
}

impl Exclude {
    /// Reads the patterns.
    pub(super) fn new(patterns: &[String]) -> Result<Self> {
        let mut builder = GlobSetBuilder::new();
        let mut takes_back = Vec::new();
        for pattern in patterns {
            let (is_back, bare) = pattern.strip_prefix('!').map_or((false, pattern.as_str()), |bare| (true, bare));
            for glob in spelled_out(bare) {
                let glob = GlobBuilder::new(&glob).literal_separator(true).build().map_err(|cause| {
                    let what = format!("morgue.toml: the exclude pattern “{pattern}” cannot be read");
                    Error::new(ErrorKind::Usage, what).hint("write patterns as in .gitignore").because(cause)
                })?;
                builder.add(glob);
                takes_back.push(is_back);
            }
        }
        let globs = builder
            .build()
            .map_err(|cause| Error::new(ErrorKind::Usage, "the exclude patterns are too large").because(cause))?;
        Ok(Self { globs, takes_back })
    }

    /// Whether a path, relative to the archive, is left out.
    pub(super) fn is_out(&self, path: &str) -> bool {
        let last = self.globs.matches(path).into_iter().max();
        last.is_some_and(|last| self.takes_back.get(last) == Some(&false))
    }
}

/// A pattern without a slash means any folder; every pattern also means what lies inside.
fn spelled_out(pattern: &str) -> Vec<String> {
    let bare = pattern.trim_end_matches('/');
    let is_anchored = bare.contains('/');
    let bare = bare.trim_start_matches('/');
    if bare.is_empty() {
        return Vec::new();
    }
    let root = if is_anchored { bare.to_owned() } else { format!("**/{bare}") };
    vec![format!("{root}/**"), root]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_gitignore() {
        for (pattern, path, expected) in [
            ("drafts/**", "drafts/a.txt", true),
            ("drafts", "x/drafts/a.txt", true),
            ("drafts/", "drafts", true),
            ("/drafts", "x/drafts", false),
            ("x/*.txt", "x/a.txt", true),
            ("x/*.txt", "x/y/a.txt", false),
            ("*.bak", "x/y/a.bak", true),
            ("README*", "README.md", true),
            ("", "a", false),
        ] {
            let exclude = Exclude::new(&[pattern.to_owned()]).unwrap();
            assert_eq!(exclude.is_out(path), expected, "{pattern} {path}");
        }
        let exclude = Exclude::new(&["*.md".to_owned(), "!keep.md".to_owned()]).unwrap();
        assert!(exclude.is_out("a.md") && !exclude.is_out("x/keep.md"));
        assert_eq!(Exclude::new(&["a[".to_owned()]).unwrap_err().kind(), ErrorKind::Usage);
    }
}
