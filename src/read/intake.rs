//! What is gathered while one file is read: its drafts and what was refused of it; of a large file it is passed on piece by
//! piece.
//!
//! It never decides what is refused; it only writes it down.

use serde_json::Value;

use super::{Piece, Reading, Taker, alias::Aliases, finish, lint::Seen, record};
use crate::{
    article::{Draft, Note, Problem},
    error::{Error, Result},
    settings::Settings,
};

/// Bytes that a draft takes beside its text, about.
const BARE: usize = 512;
/// Refusals of one file from which on it is given up, unless it held more articles.
const MOST_REFUSED: usize = 100_000;

/// What all records of a file share.
#[derive(Debug)]
pub(super) struct Context<'a> {
    /// The file, relative to the archive.
    pub(super) path: &'a str,
    /// The archive's settings.
    pub(super) settings: &'a Settings,
    /// The names of fields.
    pub(super) aliases: Aliases,
}

/// A file being read.
pub(super) struct Intake<'a> {
    pub(super) context: Context<'a>,
    pub(super) reading: Reading,
    /// How many containers stand around what is read.
    pub(super) depth: usize,
    /// What stands around what is read now, the innermost last.
    frames: Vec<Frame>,
    /// Drafts that were passed on, and refusals of the whole file.
    passed: usize,
    refused: usize,
    outlet: Option<Outlet<'a>>,
}

/// A part of a file that says something of all its articles: a member of a container, a record of a crawl.
struct Frame {
    mark: Box<dyn Fn(&mut Draft)>,
    /// The name of a member, which its refusals bear.
    member: Option<String>,
    /// Drafts and problems that stand before it.
    before: (usize, usize),
    has_passed: bool,
}

/// Where the pieces of a large file go.
struct Outlet<'a> {
    taker: &'a mut Taker<'a>,
    /// Bytes from which on a piece is passed on.
    size: usize,
    /// Drafts of the piece that were weighed, and their bytes.
    weighed: (usize, usize),
    seen: Seen,
    /// Why no more is taken.
    failed: Option<Error>,
}

/// Why a file or record is refused.
#[derive(Debug, PartialEq)]
pub(super) struct Refusal {
    /// Line of the file; 0 when it concerns the whole file.
    pub(super) line: u32,
    /// A short class for grouping.
    pub(super) kind: &'static str,
    /// A sentence.
    pub(super) reason: String,
}

impl Refusal {
    /// Of the whole file.
    pub(super) fn of_file(kind: &'static str, reason: impl Into<String>) -> Self {
        Self { line: 0, kind, reason: reason.into() }
    }
}

impl<'a> Intake<'a> {
    /// Of the file at `path`, relative to the archive.
    pub(super) fn new(path: &'a str, settings: &'a Settings) -> Self {
        let context = Context { path, settings, aliases: Aliases::of(settings) };
        let (reading, frames) = (Reading::default(), Vec::new());
        Self { context, reading, depth: 0, frames, passed: 0, refused: 0, outlet: None }
    }

    /// The same; what is read goes to `taker` in pieces of about `size` bytes.
    pub(super) fn in_pieces(path: &'a str, settings: &'a Settings, (size, taker): (usize, &'a mut Taker<'a>)) -> Self {
        let outlet = Outlet { taker, size, weighed: (0, 0), seen: Seen::default(), failed: None };
        Self { outlet: Some(outlet), ..Self::new(path, settings) }
    }

    /// Whether nothing was found in the file, or in the member of a container, yet.
    pub(super) fn is_blank(&self) -> bool {
        let member = self.frames.iter().rev().find(|frame| frame.member.is_some());
        let (has_passed, before) = member.map_or((self.passed > 0, (0, 0)), |frame| (frame.has_passed, frame.before));
        !has_passed && self.length() == before
    }

    /// How many articles the file gave so far.
    pub(super) fn articles(&self) -> usize {
        self.passed + self.reading.drafts.len()
    }

    fn length(&self) -> (usize, usize) {
        (self.reading.drafts.len(), self.reading.problems.len())
    }

    /// Passes on what was read when it is large enough: readers of many articles call it behind each.
    ///
    /// Returns whether to go on.
    pub(super) fn pass_on(&mut self) -> bool {
        if self.is_hopeless() {
            return false;
        }
        let Some(outlet) = self.outlet.as_mut() else { return true };
        let (known, bytes) = outlet.weighed;
        let new = self.reading.drafts.iter().skip(known).map(weight).sum::<usize>();
        outlet.weighed = (self.reading.drafts.len(), bytes + new);
        // A piece of one would not tell that the file has several.
        if outlet.weighed.0 > 1 && outlet.weighed.1 >= outlet.size {
            self.hand_over(false);
        }
        self.outlet.as_ref().is_none_or(|outlet| outlet.failed.is_none())
    }

    /// Passes on the rest.
    ///
    /// # Errors
    /// What the taker failed with.
    pub(super) fn end(mut self) -> Result<()> {
        self.hand_over(true);
        self.outlet.and_then(|outlet| outlet.failed).map_or(Ok(()), Err)
    }

    fn hand_over(&mut self, is_last: bool) {
        if self.outlet.as_ref().is_some_and(|outlet| outlet.failed.is_none()) {
            self.mark();
        }
        let Some(outlet) = self.outlet.as_mut().filter(|outlet| outlet.failed.is_none()) else { return };
        let mut reading = std::mem::take(&mut self.reading);
        self.passed += reading.drafts.len();
        for frame in &mut self.frames {
            (frame.before, frame.has_passed) = ((0, 0), true);
        }
        outlet.weighed = (0, 0);
        finish(self.context.path, self.context.settings, &mut reading, &mut outlet.seen);
        outlet.failed = (outlet.taker)(Piece { reading, is_last }).err();
    }

    /// Reads something whose articles are all to be marked, also those that are passed on before its end.
    pub(super) fn marked(&mut self, mark: impl Fn(&mut Draft) + 'static, read: impl FnOnce(&mut Self)) {
        self.framed(Frame { mark: Box::new(mark), member: None, before: self.length(), has_passed: false }, read);
    }

    /// Reads a member of a container: its articles bear its name and, where they have none, `hash`; so do its refusals.
    ///
    /// A member that says nothing at all is refused.
    pub(super) fn inside(&mut self, member: &str, hash: &str, read: impl FnOnce(&mut Self)) {
        let (name, hash) = (member.to_owned(), hash.to_owned());
        let mark = move |draft: &mut Draft| {
            if draft.hash.is_empty() {
                draft.hash.clone_from(&hash);
            }
            record::keep(&mut draft.extra, "member", Value::from(name.as_str()));
        };
        self.depth += 1;
        let member = Some(member.to_owned());
        self.framed(Frame { mark: Box::new(mark), member, before: self.length(), has_passed: false }, |intake| {
            read(intake);
            if intake.is_blank() {
                intake.refuse(Refusal::of_file("empty", "empty: nothing in it"));
            }
        });
        self.depth -= 1;
    }

    fn framed(&mut self, frame: Frame, read: impl FnOnce(&mut Self)) {
        self.frames.push(frame);
        read(self);
        if let Some(frame) = self.frames.pop() {
            frame.mark(&mut self.reading);
        }
    }

    /// Marks what the frames around have not marked yet.
    fn mark(&mut self) {
        self.frames.iter().rev().for_each(|frame| frame.mark(&mut self.reading));
    }

    /// Whether a file holds so much that cannot be read that it is not what its name says.
    fn is_hopeless(&self) -> bool {
        self.refused > MOST_REFUSED && self.refused > self.articles()
    }

    /// Writes down a refusal.
    pub(super) fn refuse(&mut self, refusal: Refusal) {
        if self.is_hopeless() {
            return;
        }
        self.refused += 1;
        self.write_down(refusal);
        if self.is_hopeless() {
            let reason = format!("more than {MOST_REFUSED} records refused: the file is not read on");
            self.write_down(Refusal::of_file("given-up", reason));
        }
    }

    fn write_down(&mut self, refusal: Refusal) {
        let Refusal { line, kind, reason } = refusal;
        let line = (line > 0).then_some(line);
        let path = self.context.path.to_owned();
        self.reading.problems.push(Problem { path, line, id: None, kind: kind.into(), reason, refused: true });
    }

    /// Refuses the file as an export of ours.
    pub(super) fn refuse_hit_list(&mut self) {
        self.refuse(Refusal::of_file("hit-list", "a hit list: an export of this program, not an article"));
    }

    /// Writes down trouble of the whole file that costs no article.
    pub(super) fn note(&mut self, note: Note) {
        let Note { kind, reason } = note;
        let path = self.context.path.to_owned();
        self.reading.problems.push(Problem { path, line: None, id: None, kind, reason, refused: false });
    }
}

impl Frame {
    fn mark(&self, reading: &mut Reading) {
        for draft in reading.drafts.iter_mut().skip(self.before.0) {
            // Bytes of a member are none of the file.
            draft.passages.iter_mut().for_each(|passage| passage.origin.forget_bytes());
            (self.mark)(draft);
        }
        let Some(member) = &self.member else { return };
        for problem in reading.problems.iter_mut().skip(self.before.1) {
            problem.reason = format!("{member}: {}", problem.reason);
        }
    }
}

/// About how many bytes a draft takes.
fn weight(draft: &Draft) -> usize {
    BARE + draft.text_bytes()
}

#[cfg(test)]
mod tests {
    use std::{fs, io::Write};

    use super::*;
    use crate::{
        error::ErrorKind,
        read::{entry_of, pieces_of, read_file},
    };

    /// A file of this name in a folder of its own.
    fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, crate::read::FileEntry) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let entry = entry_of(&path, name).unwrap();
        (folder, entry)
    }

    fn check(name: &str, bytes: &[u8]) {
        let (_folder, entry) = file(name, bytes);
        let settings = Settings::default();
        let (whole, hash) = read_file(&entry, &settings);
        let mut together = Reading::default();
        let mut lasts = Vec::new();
        let mut take = |piece: Piece| {
            assert!(piece.is_last || piece.reading.drafts.len() == 2, "{name}");
            lasts.push(piece.is_last);
            together.drafts.extend(piece.reading.drafts);
            together.problems.extend(piece.reading.problems);
            Ok(())
        };
        assert_eq!(pieces_of(&entry, &settings, (1, &mut take)).unwrap(), hash, "{name}");
        assert_eq!(lasts, [false, false, true], "{name}");
        assert_eq!(together, whole, "{name}");
        assert_eq!(crate::read::hash_file(&entry).unwrap(), hash, "{name}");
    }

    #[test]
    fn pieces_are_the_whole() {
        let titles = ["Flood", "Ebb", "Flood", "Fog", "Calm"];
        let records: Vec<String> = titles.iter().map(|title| format!("{{\"title\": \"{title}\"}}")).collect();
        let lines = format!("{}\nno record\n{}\n", records[..3].join("\n"), records[3..].join("\n"));
        check("a.jsonl", lines.as_bytes());
        check("a.json", format!("[{}]", records.join(", ")).as_bytes());
        check("a.csv", format!("title,source\n{}", titles.map(|title| format!("{title},Quay\n")).concat()).as_bytes());
        let mail = |title: &str| format!("From a@b Sat Jan  3 01:05:34 1996\nSubject: {title}\n\nIt rose.\n\n");
        check("a.mbox", titles.map(mail).concat().as_bytes());
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(lines.as_bytes()).unwrap();
        check("a.jsonl.gz", &packed.finish().unwrap());
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (n, record) in records.iter().enumerate() {
            zip.start_file(format!("{n}.json"), zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(record.as_bytes()).unwrap();
        }
        check("a.zip", &zip.finish().unwrap().into_inner());
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("a.jsonl", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(lines.as_bytes()).unwrap();
        check("b.zip", &zip.finish().unwrap().into_inner());
        let older = format!("[{}]", records.join(", ")).replace("Calm", "Caf\u{E9}");
        check("older.json", &older.chars().map(|letter| letter as u8).collect::<Vec<_>>());
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_told_and_read_again() {
        for (name, text) in [("a.txt", "Flood\n\nIt rose."), ("a.jsonl", "{\"title\": \"Flood\"}\n")] {
            let (_folder, entry) = file(name, text.as_bytes());
            let read = || read_file(&entry, &Settings::default());
            let (whole, hash) = read();
            assert_eq!((&whole.problems, &hash), (&Vec::new(), &crate::read::hash_file(&entry).unwrap()));
            fs::write(&entry.absolute, text.repeat(2)).unwrap();
            let (reading, hash) = read();
            let told: Vec<_> = reading.problems.iter().map(|p| (&*p.kind, &*p.reason, p.refused)).collect();
            assert_eq!(told, [("changed", "changed while it was read; the next run reads it again", false)]);
            assert_eq!((reading.drafts.is_empty(), hash.len()), (false, 32));
            assert_ne!(hash, crate::read::hash_file(&entry).unwrap());
        }
    }

    #[test]
    fn a_file_of_nothing_but_refusals_is_given_up() {
        let refused = |lines: &str| {
            let (_folder, entry) = file("a.jsonl", lines.as_bytes());
            let (reading, hash) = read_file(&entry, &Settings::default());
            assert_eq!(hash, crate::read::hash_file(&entry).unwrap());
            (reading.drafts.len(), reading.problems.len(), reading.problems.last().map(|last| last.kind.to_string()))
        };
        let (bad, good) = ("1\n".repeat(MOST_REFUSED), "{\"title\": \"a\"}\n".repeat(MOST_REFUSED + 9));
        assert_eq!(refused(&bad), (0, MOST_REFUSED, Some("not-a-record".to_owned())));
        assert_eq!(refused(&format!("{bad}1\n1\n{good}")), (0, MOST_REFUSED + 2, Some("given-up".to_owned())));
        let (drafts, problems, _) = refused(&format!("{good}{bad}1\n1\n"));
        assert_eq!((drafts, problems), (MOST_REFUSED + 9, MOST_REFUSED + 2));
    }

    #[test]
    fn who_fails_is_asked_no_more() {
        let (_folder, entry) = file("a.jsonl", "{\"title\": \"Flood\"}\n".repeat(9).as_bytes());
        let mut asked = 0;
        let mut fail = |_: Piece| {
            asked += 1;
            Err(Error::new(ErrorKind::Interrupted, "enough"))
        };
        let failed = pieces_of(&entry, &Settings::default(), (1, &mut fail)).unwrap_err();
        assert_eq!((failed.kind(), asked), (ErrorKind::Interrupted, 1));
    }
}
