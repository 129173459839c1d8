//! Text downloads of news vendors: many articles in one file, cut apart and their fields read.
//!
//! It never guesses: an article without the marks of its vendor is refused with its line.

mod factiva;
mod keyed;
mod nexis;
mod proquest;

use serde_json::{Map, Value};

use super::{
    decode::Decoded,
    intake::{Intake, Refusal},
    json,
    record::{self, Labels, Whence},
    source::Source,
};
use crate::article::{Draft, Note, PartKind, PublishedFrom, Traced};

/// Whose download a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vendor {
    /// Nexis and LexisNexis, old (`1 of 120 DOCUMENTS`) and new (`End of Document`).
    Nexis,
    /// Factiva, with field codes or without.
    Factiva,
    /// ProQuest.
    ProQuest,
}

impl Vendor {
    fn name(self) -> &'static str {
        match self {
            Self::Nexis => "Nexis",
            Self::Factiva => "Factiva",
            Self::ProQuest => "ProQuest",
        }
    }

    /// The vendor whose marks stand in a text.
    pub(super) fn of(text: &str) -> Option<Self> {
        if nexis::is(text) {
            Some(Self::Nexis)
        } else if factiva::is(text) {
            Some(Self::Factiva)
        } else if proquest::is(text) {
            Some(Self::ProQuest)
        } else {
            None
        }
    }
}

/// Most lines of a download; a table of them takes more memory than short lines.
const MOST_LINES: usize = 5_000_000;

/// Reads a download into `intake`.
pub(super) fn read(vendor: Vendor, decoded: &Decoded<'_>, intake: &mut Intake<'_>) {
    if decoded.text.bytes().filter(|byte| *byte == b'\n').count() > MOST_LINES {
        let reason = format!("a download of more than {MOST_LINES} lines");
        return intake.refuse(Refusal::of_file("too-large", reason));
    }
    let lines: Vec<Line<'_>> =
        (1..).zip(decoded.text.split('\n')).map(|(number, text)| Line { number, text }).collect();
    let file = Source::of(&decoded.text, &decoded.origin);
    let (cover, lines) = lines.split_at(if vendor == Vendor::Nexis { nexis::cover(&lines) } else { 0 });
    let found = match vendor {
        Vendor::Nexis => nexis::cut(lines),
        Vendor::Factiva => factiva::cut(lines),
        Vendor::ProQuest => proquest::cut(lines),
    };
    let mut cover = Some(joined(cover, &file)).filter(|cover| !cover.is_empty());
    for lines in found {
        let first = lines.iter().find(|line| !line.is_blank()).map_or(1, |line| line.number);
        let clipping = match vendor {
            Vendor::Nexis => nexis::read(lines),
            Vendor::Factiva => factiva::read(lines),
            Vendor::ProQuest => proquest::read(lines),
        };
        match clipping {
            Ok(clipping) => {
                let mut draft = draft((clipping, vendor), (lines, first), &file, intake);
                draft.notes.extend(decoded.note.clone());
                draft.passages.extend(cover.take().map(|cover| file.passage(PartKind::Boilerplate, cover)));
                record::deliver(draft, intake);
            }
            Err(reason) => intake.refuse(Refusal { line: first, kind: "unknown-shape", reason }),
        }
        if !intake.pass_on() {
            return;
        }
    }
}

/// A line of the file.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    /// From 1.
    number: u32,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn is_blank(&self) -> bool {
        self.bare().is_empty()
    }

    /// Whether this is the headline of the fields below a text.
    fn heads_fields(&self) -> bool {
        ["Classification", "DETAILS"].contains(&self.bare())
    }

    fn bare(&self) -> &'a str {
        self.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\u{C}')
    }
}

/// What one article of a download said.
#[derive(Debug, Default)]
struct Clipping<'a> {
    /// By the names of our fields.
    fields: Map<String, Value>,
    labels: Labels,
    /// The label under which what is put now stands; none of what its place alone tells.
    label: &'static str,
    /// The lines of the text.
    body: Vec<Line<'a>>,
    /// Words that the vendor says it has.
    words: Option<usize>,
}

impl<'a> Clipping<'a> {
    fn put(&mut self, name: &str, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.named(name);
            record::keep(&mut self.fields, name, text.into());
        }
    }

    /// What stands now is the field `name`.
    fn named(&mut self, name: &str) {
        if !self.label.is_empty() {
            self.labels.put(name, self.label);
        }
    }

    /// The lines as body, blank ones at either end left out.
    fn fill(&mut self, lines: &[Line<'a>]) {
        let is_text = |line: &Line<'_>| !line.is_blank() && !line.heads_fields();
        let Some(first) = lines.iter().position(|line| !line.is_blank()) else { return };
        let last = lines.iter().rposition(is_text).unwrap_or(first);
        self.body = lines.get(first..=last).unwrap_or_default().to_vec();
    }

    /// Title or text and a date: without them the shape is another than the vendor's.
    fn checked(self) -> Result<Self, String> {
        let missing: Vec<&str> = [("title", "title"), ("published", "date")]
            .into_iter()
            .filter(|(name, _)| !self.fields.contains_key(*name))
            .map(|(_, shown)| shown)
            .collect();
        match missing.as_slice() {
            [] => Ok(self),
            missing => {
                Err(format!("an article of a download in a shape unknown here: no {} found", missing.join(", no ")))
            }
        }
    }
}

fn joined(lines: &[Line<'_>], file: &Source<'_>) -> Traced {
    let mut whole = Traced::default();
    for (n, line) in lines.iter().enumerate() {
        let at = file.place_of(line.text);
        match at {
            Some(at) => whole.push(line.text.trim_end(), at),
            None => whole.part(line.text.trim_end()),
        }
        if n + 1 < lines.len() {
            match at {
                Some(at) => whole.push("\n", at + line.text.len()),
                None => whole.part("\n"),
            }
        }
    }
    whole
}

fn draft(
    (clipping, vendor): (Clipping<'_>, Vendor),
    (lines, line): (&[Line<'_>], u32),
    file: &Source<'_>,
    intake: &Intake<'_>,
) -> Draft {
    let whence = Whence { line, published: PublishedFrom::Field, by: vendor.name() };
    let mut draft = record::stated(clipping.fields, &clipping.labels, whence, &intake.context);
    draft.hash = json::hash(lines.iter().map(|line| line.text).collect::<Vec<_>>().join("\n").as_bytes());
    let body = joined(&clipping.body, file);
    let found = body.split_whitespace().count();
    let all = joined(lines, file).joined(|_| true);
    for field in &mut draft.passages {
        if let Some(printed) = all.piece(&field.text) {
            field.origin = file.origin(&printed);
        }
    }
    if let Some(stated) = clipping.words.filter(|stated| is_far_off(*stated, found)) {
        draft.notes.push(Note::new("length", format!("{stated} words by the download, {found} found")));
    }
    if !body.is_empty() {
        draft.passages.push(file.passage(PartKind::Body, body));
    }
    draft
}

/// Vendors count headlines, bylines and captions with the text; a quarter more or less says nothing.
fn is_far_off(stated: usize, found: usize) -> bool {
    stated.abs_diff(found) > 20 + stated / 4
}

/// `812 words`, as a number.
fn words(text: &str) -> Option<usize> {
    let (number, rest) = text.trim().split_once(' ')?;
    let rest = rest.trim();
    // A line of a hundred megabytes is not folded to be compared with a word.
    let is_word = || ["words", "word", "wörter", "mots", "palabras"].contains(&rest.to_lowercase().as_str());
    let is_count = rest.len() <= 16 && is_word();
    is_count.then(|| number.replace([',', '.'], "").parse().ok())?
}

#[cfg(test)]
mod tests;
