//! The table of stems: which printed forms the archive has of each stem, language by language.
//!
//! Only printed forms are indexed; a word finds its inflections through this table. It is derived from the segments'
//! dictionaries after each commit; where it is missing (a run was killed just then) it is made again in memory.
//! Lines, sorted: the tagged stem, then its forms, between tabs; the form that is spelled as its stem goes without saying.
//! A line that begins with `=` has the tagged spelling of a word printed with hyphens, and the forms that print it so.
//! The first line has no stem and holds the tokens of all live articles in text, title and lead.

use std::path::Path;

use tantivy::{
    Directory, Searcher, SegmentReader,
    directory::{MmapDirectory, OwnedBytes, error::OpenReadError},
    schema::Field as EngineField,
};

use super::{fault, home, schema::Columns};
use crate::{
    error::Result,
    text::{Language, hyphen_parts, spelling, stem_of_printed},
};

/// The table, as written.
pub(super) struct Forms {
    bytes: OwnedBytes,
}

impl Forms {
    /// Opens the table in `file` of the index's folder, mapped, not read; or makes it from the dictionaries.
    pub(super) fn open(folder: &Path, file: &str, from: (&Searcher, &Columns)) -> Result<Self> {
        let cannot = |cause| fault("the table of stems cannot be read", cause);
        let directory = MmapDirectory::open(folder).map_err(|cause| fault("the index cannot be read", cause))?;
        match directory.open_read(Path::new(file)) {
            Ok(slice) => Ok(Self { bytes: slice.read_bytes().map_err(cannot)? }),
            Err(OpenReadError::FileDoesNotExist(_)) => Ok(Self { bytes: OwnedBytes::new(made(from)?.into_bytes()) }),
            Err(cause) => Err(fault("the table of stems cannot be read", cause)),
        }
    }

    /// The printed forms of a tagged stem, without their tag.
    pub(super) fn of<'a>(&'a self, stem: &'a str) -> impl Iterator<Item = &'a str> {
        let others = self.line(stem.as_bytes()).unwrap_or_default().split('\t');
        spelled_as(stem).into_iter().chain(others).filter(|form| !form.is_empty())
    }

    /// The hyphenated forms of a word spelled so.
    pub(super) fn hyphenated(&self, language: Language, spelling: &str) -> impl Iterator<Item = &str> {
        let key = format!("={}:{spelling}", language.tag());
        self.line(key.as_bytes()).unwrap_or_default().split('\t').filter(|form| !form.is_empty())
    }

    /// All words printed with hyphens whose spelling begins so, in order: the spelling and the forms.
    pub(super) fn all_hyphenated(&self, language: Language, begin: &str) -> impl Iterator<Item = (&str, &str)> {
        let tag = format!("={}:", language.tag());
        let begin = format!("{tag}{begin}");
        let rest = self.bytes.as_slice().get(self.lower_bound(begin.as_bytes())..).unwrap_or_default();
        let lines = rest.split(|byte| *byte == b'\n').map_while(|line| std::str::from_utf8(line).ok());
        lines.take_while(move |line| line.starts_with(&begin)).flat_map(move |line| {
            let (key, forms) = line.split_once('\t').unwrap_or((line, ""));
            let spelling = key.split_once(':').map_or("", |(_, spelling)| spelling);
            forms.split('\t').map(move |form| (spelling, form))
        })
    }

    /// Tokens of all live articles.
    pub(super) fn tokens(&self) -> u64 {
        let first = self.bytes.as_slice().split(|byte| *byte == b'\n').next().and_then(|line| line.strip_prefix(b"\t"));
        let count = first.and_then(|count| std::str::from_utf8(count).ok());
        count.and_then(|count| count.parse().ok()).unwrap_or(0)
    }

    /// What stands behind the key on its line.
    fn line(&self, key: &[u8]) -> Option<&str> {
        let rest = self.bytes.as_slice().get(self.lower_bound(key)..)?;
        let line = rest.split(|byte| *byte == b'\n').next()?.strip_prefix(key)?.strip_prefix(b"\t")?;
        std::str::from_utf8(line).ok()
    }

    /// Where the first line begins whose key is not before `key`.
    fn lower_bound(&self, key: &[u8]) -> usize {
        let bytes = self.bytes.as_slice();
        let (mut from, mut to) = (0, bytes.len());
        while from < to {
            let middle = from + (to - from) / 2;
            let start = bytes[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let end = bytes[middle..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| middle + at);
            let line = &bytes[start..end];
            let own = line.iter().position(|byte| *byte == b'\t').map_or(line, |tab| &line[..tab]);
            if own < key {
                from = (end + 1).min(bytes.len());
            } else {
                to = start;
            }
        }
        from
    }
}

/// Writes the table of all forms in the dictionaries to `file` of the index's folder.
pub(super) fn write(folder: &Path, file: &str, from: (&Searcher, &Columns)) -> Result<()> {
    let table = made(from)?;
    home::write_whole(&folder.join(file), table.as_bytes())
        .map_err(|cause| fault("the table of stems cannot be written", cause))
}

fn made((searcher, columns): (&Searcher, &Columns)) -> Result<String> {
    let mut table: Vec<(String, String)> = Vec::new();
    for reader in searcher.segment_readers() {
        let cannot = |cause| fault("the words of the index cannot be read", cause);
        let inverted = reader.inverted_index(columns.text).map_err(|cause| fault("the index cannot be read", cause))?;
        let mut terms = inverted.terms().stream().map_err(cannot)?;
        while terms.advance() {
            if let Ok(form) = std::str::from_utf8(terms.key()) {
                add(form, &mut table);
            }
        }
    }
    let mut tokens = 0;
    for reader in searcher.segment_readers() {
        tokens += live_tokens(reader, columns.text_tokens).map_err(|cause| fault("the index cannot be read", cause))?;
    }
    table.sort_unstable();
    table.dedup();
    let mut text = format!("\t{tokens}\n");
    for forms in table.chunk_by(|a, b| a.0 == b.0) {
        text.push_str(forms.first().map_or("", |(stem, _)| stem));
        for (_, form) in forms {
            text.push('\t');
            text.push_str(form);
        }
        text.push('\n');
    }
    Ok(text)
}

/// Counted one by one: a merge of segments with deletions leaves but an estimate in the segment's head.
fn live_tokens(reader: &SegmentReader, tokens: EngineField) -> tantivy::Result<u64> {
    let column = reader.fast_fields().u64(reader.schema().get_field_name(tokens))?;
    Ok(reader.doc_ids_alive().filter_map(|doc| column.first(doc)).sum())
}

/// Adds a printed form under what it is found by.
fn add(form: &str, table: &mut Vec<(String, String)>) {
    let Some((tag, printed)) = form.split_once(':') else { return };
    let stem = Language::from_tag(tag).and_then(|language| stem_of_printed(printed, language));
    if let Some(stem) = stem.filter(|stem| untagged(stem) != printed) {
        table.push((stem, printed.to_owned()));
    }
    if hyphen_parts(printed).is_some() {
        table.push((format!("={tag}:{}", spelling(printed)), printed.to_owned()));
    }
}

/// The form that is spelled as its stem, if it is that one's: refugees have the stem of refugee, which refuge has not.
fn spelled_as(stem: &str) -> Option<&str> {
    let (tag, form) = stem.split_once(':')?;
    let own = Language::from_tag(tag).and_then(|language| stem_of_printed(form, language));
    (own? == stem).then_some(form)
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
        check("en:house", &["house's"]);
        check("en:z", &["z", "zs"]);
        for alone in ["en:hou", "en:zz"] {
            check(alone, &[untagged(alone)]);
        }
        for none in ["a", "en:houses", "en:refuge", "zz"] {
            check(none, &[]);
        }
        assert_eq!(table("").of("en:z").collect::<Vec<_>>(), ["z"]);
        assert_eq!(table("\t12\na\tb\n").tokens(), 12);
        assert_eq!(table("").tokens(), 0);
        let text = "=en:ceasefire\tcease-fire\tcease-fire's\n=en:ceasing\tcea-sing\n=fr:ceasefire\tx\nen:a\tb\n";
        let all: Vec<_> =
            table(text).all_hyphenated(Language::ENGLISH, "ceasef").map(|(a, b)| format!("{a} {b}")).collect();
        assert_eq!(all, ["ceasefire cease-fire", "ceasefire cease-fire's"]);
        assert_eq!(table(text).all_hyphenated(Language::ENGLISH, "").count(), 3);
        assert_eq!(table(text).hyphenated(Language::ENGLISH, "ceasing").collect::<Vec<_>>(), ["cea-sing"]);
    }

    #[test]
    fn a_form_spelled_as_its_stem_goes_without_saying() {
        let mut table = Vec::new();
        ["en:talks", "en:talk", "en:US", "fr:talks", "en:talk's", "en:ta-lk"]
            .iter()
            .for_each(|form| add(form, &mut table));
        let mut found: Vec<(&str, &str)> = table.iter().map(|(stem, form)| (stem.as_str(), form.as_str())).collect();
        found.sort_unstable();
        let expected = [
            ("=en:talk", "ta-lk"),
            ("en:talk", "ta-lk"),
            ("en:talk", "talk's"),
            ("en:talk", "talks"),
            ("fr:talk", "talks"),
        ];
        assert_eq!(found, expected);
    }
}
