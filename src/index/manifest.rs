//! The manifest: every file of the archive as the last run saw it, with what was refused and what was claimed.
//!
//! It is written whole before a commit that names it, and read by runs, `problems` and `status`, never by a search.
//! Packed JSON (zstd), a line each: the head, then the files in order of path.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{self, BufRead, BufReader},
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::{damaged, fault, home};
use crate::{
    article::Problem,
    error::{Error, Result},
};

/// The files of an archive.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Manifest {
    pub(crate) head: Head,
    pub(crate) files: BTreeMap<String, FileEntry>,
}

/// What concerns no single file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// Files and folders left out by a rule.
    pub(crate) excluded: u64,
    /// Trouble met while walking.
    pub(crate) problems: Vec<Problem>,
    /// Hashes of ids that several records claim.
    pub(crate) clashes: BTreeSet<u64>,
    /// When the run began, in nanoseconds since 1970: files changed about then are looked at again.
    pub(crate) began_ns: i64,
}

/// A file as the last run saw it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct FileEntry {
    /// Bytes, with the sidecar's.
    pub(crate) size: u64,
    /// Time of change in nanoseconds; the later one of file and sidecar.
    pub(crate) mtime_ns: i64,
    /// The path of the sidecar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sidecar: Option<String>,
    /// Hash of file and sidecar.
    pub(crate) hash: String,
    /// Hashes of the ids its records claim, one per article.
    pub(crate) claims: Vec<u64>,
    /// What was refused and what is doubtful.
    pub(crate) problems: Vec<Problem>,
    /// What the summary of a run adds up.
    pub(crate) tally: Tally,
}

/// Numbers of a file's articles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub(crate) articles: u64,
    pub(crate) undated: u64,
    pub(crate) dated_by_name: u64,
    /// Articles that supplied an empty list, by field.
    pub(crate) supplied_empty: BTreeMap<String, u64>,
}

impl Tally {
    /// Adds another file's numbers.
    pub(crate) fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.undated += other.undated;
        self.dated_by_name += other.dated_by_name;
        for (field, count) in &other.supplied_empty {
            *self.supplied_empty.entry(field.clone()).or_default() += count;
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Line {
    path: String,
    #[serde(flatten)]
    file: FileEntry,
}

impl Manifest {
    /// Reads the manifest in `file`.
    ///
    /// # Errors
    /// `Damaged` when it is missing or not one.
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let opened = File::open(file).map_err(|cause| damaged("the list of files is missing").because(cause))?;
        let unpacked = zstd::Decoder::new(opened).map_err(unreadable)?;
        let mut lines = BufReader::new(unpacked).lines();
        let broken = |cause: serde_json::Error| damaged("the list of files is damaged").because(cause);
        let next = |line: io::Result<String>| line.map_err(unreadable);
        let head = lines.next().map(next).transpose()?.unwrap_or_default();
        let head = serde_json::from_str(&head).map_err(broken)?;
        let mut files = BTreeMap::new();
        for line in lines {
            let line: Line = serde_json::from_str(&next(line)?).map_err(broken)?;
            files.insert(line.path, line.file);
        }
        Ok(Self { head, files })
    }

    /// Writes it to `file`, whole or not at all.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn write(&self, file: &Path) -> Result<()> {
        let cannot = |cause: serde_json::Error| fault("the list of files cannot be written", cause);
        let mut bytes = serde_json::to_vec(&self.head).map_err(cannot)?;
        for (path, file) in &self.files {
            bytes.push(b'\n');
            let line = Line { path: path.clone(), file: file.clone() };
            serde_json::to_writer(&mut bytes, &line).map_err(cannot)?;
        }
        bytes.push(b'\n');
        let packed = zstd::encode_all(bytes.as_slice(), zstd::DEFAULT_COMPRESSION_LEVEL);
        let written = packed.and_then(|packed| home::write_whole(file, &packed));
        written.map_err(|cause| fault("the list of files cannot be written", cause))
    }

    /// All that `problems` lists, in order of path and line.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        let mut all: Vec<Problem> = self.head.problems.clone();
        all.extend(self.files.values().flat_map(|file| file.problems.iter().cloned()));
        all.sort_by(|a, b| (&a.path, a.line, &a.id).cmp(&(&b.path, b.line, &b.id)));
        all
    }

    /// Whether another manifest says the same of every file, but for when it was touched and looked at.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        let untimed = |head: &Head| Head { began_ns: 0, ..head.clone() };
        let is_alike = |(ours, theirs): ((&String, &FileEntry), (&String, &FileEntry))| {
            let (a, b) = (ours.1, theirs.1);
            ours.0 == theirs.0 && FileEntry { mtime_ns: b.mtime_ns, ..a.clone() } == *b
        };
        untimed(&self.head) == untimed(&other.head)
            && self.files.len() == other.files.len()
            && self.files.iter().zip(&other.files).all(is_alike)
    }

    /// The numbers of all files together.
    pub(crate) fn tally(&self) -> Tally {
        let mut sum = Tally::default();
        self.files.values().for_each(|file| sum.add(&file.tally));
        sum
    }
}

/// What cannot be unpacked is damaged; a disk that fails is another matter.
fn unreadable(cause: io::Error) -> Error {
    match cause.kind() {
        io::ErrorKind::Other | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            damaged("the list of files is damaged").because(cause)
        }
        _ => fault("the list of files cannot be read", cause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("manifest");
        let problem = Problem {
            path: "a\nb.txt".to_owned(),
            line: Some(3),
            id: None,
            kind: "empty".to_owned(),
            reason: "“x”".to_owned(),
            refused: true,
        };
        let mut manifest = Manifest::default();
        manifest.head.clashes.insert(u64::MAX);
        let entry = FileEntry { problems: vec![problem], claims: vec![u64::MAX, 0], ..FileEntry::default() };
        manifest.files.insert("a\nb.txt".to_owned(), entry);
        manifest.write(&file).unwrap();
        assert_eq!(Manifest::read(&file).unwrap(), manifest);
        let whole = std::fs::read(&file).unwrap();
        for broken in [b"{}".as_slice(), b"", whole.split_last().unwrap().1] {
            std::fs::write(&file, broken).unwrap();
            assert_eq!(Manifest::read(&file).unwrap_err().kind(), crate::error::ErrorKind::Damaged);
        }
    }
}
