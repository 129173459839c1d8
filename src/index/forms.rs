//! The table of stems: which printed forms the archive has of each stem, language by language.
//!
//! Only printed forms are indexed; a word finds its inflections through this table. It may hold forms that no article has
//! any more, never lacks one that an article has. Lines, sorted: the tagged stem, then its forms, between tabs; the form that
//! is spelled as its stem goes without saying.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    path::Path,
    sync::{Mutex, PoisonError},
};

use tantivy::{
    Directory,
    directory::{MmapDirectory, OwnedBytes},
};

use super::{damaged, fault, home};
use crate::{
    error::Result,
    text::{Language, stem_of_printed},
};

/// Forms met while indexing; shared by the threads of a run.
#[derive(Debug, Default)]
pub(super) struct Met(Mutex<BTreeSet<String>>);

/// The forms that one thread has met in one run.
#[derive(Debug, Default)]
pub(super) struct Seen {
    known: HashSet<Box<str>, rustc_hash::FxBuildHasher>,
    new: Vec<Box<str>>,
}

impl Seen {
    /// Notes a tagged form.
    pub(super) fn note(&mut self, form: &str) {
        if !self.known.contains(form) {
            self.known.insert(form.into());
            self.new.push(form.into());
        }
    }

    /// Hands what is new over to all threads.
    pub(super) fn tell(&mut self, met: &Met) {
        if !self.new.is_empty() {
            let mut all = met.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.extend(self.new.drain(..).map(String::from));
        }
    }
}

/// The table, as written.
pub(super) struct Forms {
    bytes: OwnedBytes,
}

impl Forms {
    /// Opens the table in `file` of the index's folder; it is mapped, not read.
    pub(super) fn open(folder: &Path, file: &str) -> Result<Self> {
        let bytes = MmapDirectory::open(folder)
            .map_err(|cause| damaged("the table of stems is missing").because(cause))?
            .open_read(Path::new(file))
            .map_err(|cause| damaged("the table of stems is missing").because(cause))?
            .read_bytes()
            .map_err(|cause| fault("the table of stems cannot be read", cause))?;
        Ok(Self { bytes })
    }

    /// The printed forms of a tagged stem, without their tag.
    pub(super) fn of<'a>(&'a self, stem: &'a str) -> impl Iterator<Item = &'a str> {
        let others = self.line(stem.as_bytes()).unwrap_or_default().split('\t');
        std::iter::once(untagged(stem)).chain(others).filter(|form| !form.is_empty())
    }

    /// What stands behind the stem on its line.
    fn line(&self, stem: &[u8]) -> Option<&str> {
        let bytes = self.bytes.as_slice();
        let (mut from, mut to) = (0, bytes.len());
        while from < to {
            let middle = from + (to - from) / 2;
            let start = bytes[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let end = bytes[middle..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| middle + at);
            let line = &bytes[start..end];
            let key = line.iter().position(|byte| *byte == b'\t').unwrap_or(line.len());
            match line[..key].cmp(stem) {
                std::cmp::Ordering::Equal => return std::str::from_utf8(line.get(key + 1..)?).ok(),
                std::cmp::Ordering::Less => from = end + 1,
                std::cmp::Ordering::Greater => to = start,
            }
        }
        None
    }

    /// Every tagged form of the table.
    fn tagged(&self) -> impl Iterator<Item = String> {
        let text = std::str::from_utf8(self.bytes.as_slice()).unwrap_or_default();
        text.lines().flat_map(|line| {
            let tag = line.split(':').next().unwrap_or_default();
            line.split('\t').skip(1).map(move |form| format!("{tag}:{form}"))
        })
    }
}

/// Writes the table of all forms met and those of the table before; tells the name of its file.
pub(super) fn write(folder: &Path, met: &Met, before: Option<&Forms>, name: String) -> Result<String> {
    let mut forms = std::mem::take(&mut *met.0.lock().unwrap_or_else(PoisonError::into_inner));
    forms.extend(before.into_iter().flat_map(Forms::tagged));
    let mut table: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for form in &forms {
        let Some((tag, printed)) = form.split_once(':') else { continue };
        let stem = Language::from_tag(tag).and_then(|language| stem_of_printed(printed, language));
        if let Some(stem) = stem.filter(|stem| untagged(stem) != printed) {
            table.entry(stem).or_default().insert(printed);
        }
    }
    let mut text = String::new();
    for (stem, forms) in table {
        text.push_str(&stem);
        for form in forms {
            text.push('\t');
            text.push_str(form);
        }
        text.push('\n');
    }
    home::write_whole(&folder.join(&name), text.as_bytes())
        .map_err(|cause| fault("the table of stems cannot be written", cause))?;
    Ok(name)
}

fn untagged(stem: &str) -> &str {
    stem.split_once(':').map_or(stem, |(_, stem)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Forms {
        Forms { bytes: OwnedBytes::new(text.as_bytes().to_vec()) }
    }

    #[test]
    fn every_stem_is_found() {
        let text = "de:haus\thauser\nen:hous\thouse\thouses\nen:house\thouse's\nen:z\tzs\n";
        let check = |stem: &str, forms: &[&str]| {
            assert_eq!(table(text).of(stem).collect::<Vec<_>>(), forms, "{stem}");
        };
        check("de:haus", &["haus", "hauser"]);
        check("en:hous", &["hous", "house", "houses"]);
        check("en:house", &["house", "house's"]);
        check("en:z", &["z", "zs"]);
        for alone in ["a", "en:hou", "en:houses", "zz", "en:zz"] {
            check(alone, &[untagged(alone)]);
        }
        assert_eq!(table("").of("en:z").collect::<Vec<_>>(), ["z"]);
    }

    #[test]
    fn a_table_grows() {
        let folder = tempfile::tempdir().unwrap();
        let met = Met::default();
        let mut seen = Seen::default();
        ["en:talks", "en:US", "fr:talks", "en:talk's"].iter().for_each(|form| seen.note(form));
        seen.tell(&met);
        let before = table("en:talk\ttalked\n");
        let name = write(folder.path(), &met, Some(&before), "forms-1".to_owned()).unwrap();
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(text, "en:talk\ttalk's\ttalked\ttalks\nfr:talk\ttalks\n");
    }
}
