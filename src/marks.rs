//! `marks.csv`: tags, notes and verdicts that somebody gave to articles and to single mentions, beside the articles.
//!
//! It works on a text it is given and never looks for a file; what a mark does to an answer is worked out by `index`.

use std::collections::BTreeMap;

use crate::{
    ledger::{self, BadRow, csv_row},
    listing::{Listing, Row, Spot},
};

/// The marks of an archive, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marks {
    /// The file as it stands, bad rows and comments included.
    text: String,
    columns: Vec<String>,
    marks: Vec<Mark>,
    faults: Vec<BadRow>,
    by_article: BTreeMap<String, Vec<usize>>,
}

/// One row of the file: something said of an article, or of one mention in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The article.
    pub id: String,
    /// The mention; `None` = the article as a whole.
    pub spot: Option<Spot>,
    /// Labels.
    pub tags: Vec<String>,
    /// A remark.
    pub note: Option<String>,
    /// Whether it stays.
    pub verdict: Option<Verdict>,
}

/// Whether what is marked stays in answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It stays.
    Keep,
    /// It is left out.
    Drop,
}

/// All that is said of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// Labels of the article and of its mentions, each once.
    pub tags: Vec<String>,
    /// Remarks on the article and on its mentions, each once.
    pub notes: Vec<String>,
    /// The last verdict on the article as a whole.
    pub verdict: Option<Verdict>,
    /// Mentions whose last verdict is `drop`.
    pub dropped: Vec<Spot>,
}

/// The columns of a new file.
const COLUMNS: [&str; 8] = ["id", "start", "end", "surface", "tag", "note", "verdict", "when"];

impl Verdict {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Keep, Self::Drop];

    /// As written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Drop => "drop",
        }
    }

    /// The verdict written so, case folded.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name.trim().to_lowercase())
    }
}

impl Mark {
    /// The mark that a row of a list makes; `None` for a row on which nothing is said.
    ///
    /// # Errors
    /// What is wrong with the row, as a sentence.
    pub fn of(row: &Row) -> Result<Option<Self>, String> {
        let verdict = match row.cell("verdict") {
            None => None,
            Some(typed) => Some(Verdict::named(typed).ok_or_else(|| format!("“{typed}” is no verdict: keep or drop"))?),
        };
        let tags: Vec<String> = row.cell("tag").map(tags).unwrap_or_default();
        let note = row.cell("note").map(str::to_owned);
        if tags.is_empty() && note.is_none() && verdict.is_none() {
            return Ok(None);
        }
        let (id, spot) = (row.id()?.to_owned(), row.spot()?);
        Ok(Some(Self { line: row.line, id, spot, tags, note, verdict }))
    }
}

/// Labels in a cell, parted by semicolons.
pub fn tags(cell: &str) -> Vec<String> {
    cell.split(';').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

impl Marks {
    /// Reads the text of a `marks.csv`. Bad rows are kept aside with line and reason; no text is so bad that it fails.
    pub fn parse(text: &str) -> Self {
        let listing = Listing::table(text, &COLUMNS).unwrap_or_default();
        let mut marks = Self { text: text.to_owned(), faults: listing.faults, ..Self::default() };
        for row in &listing.rows {
            match Mark::of(row) {
                Ok(Some(mark)) => marks.marks.push(mark),
                Ok(None) => {
                    let reason = "it says nothing: no tag, no note, no verdict".to_owned();
                    marks.faults.push(BadRow { line: row.line, reason });
                }
                Err(reason) => marks.faults.push(BadRow { line: row.line, reason }),
            }
        }
        marks.columns = listing.columns;
        marks.faults.sort_by_key(|fault| fault.line);
        for (number, mark) in marks.marks.iter().enumerate() {
            marks.by_article.entry(mark.id.clone()).or_default().push(number);
        }
        marks
    }

    /// Whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// The file as it stands.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Rows that are no marks.
    pub fn faults(&self) -> &[BadRow] {
        &self.faults
    }

    /// The articles that are marked, each with the line that marks it first.
    pub fn articles(&self) -> impl Iterator<Item = (&str, u64)> {
        let first = |numbers: &Vec<usize>| numbers.first().and_then(|number| self.marks.get(*number));
        self.by_article.iter().map(move |(id, numbers)| (id.as_str(), first(numbers).map_or(0, |mark| mark.line)))
    }

    /// All that is said of an article.
    pub fn of(&self, id: &str) -> Marked {
        let mut marked = Marked::default();
        let mut verdicts: BTreeMap<(u64, u64), (&Spot, Verdict)> = BTreeMap::new();
        for mark in self.on(id) {
            let fresh = mark.tags.iter().filter(|tag| !marked.tags.contains(tag));
            let fresh: Vec<String> = fresh.cloned().collect();
            marked.tags.extend(fresh);
            if let Some(note) = mark.note.as_ref().filter(|note| !marked.notes.contains(note)) {
                marked.notes.push(note.clone());
            }
            match (&mark.spot, mark.verdict) {
                (None, Some(verdict)) => marked.verdict = Some(verdict),
                (Some(spot), Some(verdict)) => drop(verdicts.insert((spot.start, spot.end), (spot, verdict))),
                (_, None) => {}
            }
        }
        let dropped = verdicts.into_values().filter(|(_, verdict)| *verdict == Verdict::Drop);
        marked.dropped = dropped.map(|(spot, _)| spot.clone()).collect();
        marked
    }

    fn on(&self, id: &str) -> impl DoubleEndedIterator<Item = &Mark> {
        self.by_article.get(id).into_iter().flatten().filter_map(|number| self.marks.get(*number))
    }

    /// What of a mark is not said yet; `None` when all of it is.
    pub fn news(&self, mark: &Mark) -> Option<Mark> {
        let place = |mark: &Mark| mark.spot.as_ref().map(|spot| (spot.start, spot.end));
        let same = |own: &&Mark| place(own) == place(mark);
        let said = || self.on(&mark.id).filter(same);
        let is_new = |tag: &&String| !said().any(|own| own.tags.contains(tag));
        let news = Mark {
            tags: mark.tags.iter().filter(is_new).cloned().collect(),
            note: mark.note.clone().filter(|note| !said().any(|own| own.note.as_ref() == Some(note))),
            verdict: mark.verdict.filter(|verdict| said().rev().find_map(|own| own.verdict) != Some(*verdict)),
            ..mark.clone()
        };
        (!news.tags.is_empty() || news.note.is_some() || news.verdict.is_some()).then_some(news)
    }

    /// The file with some marks more; `what` says what they are for, `when` the day.
    pub fn with(&self, what: &str, marks: &[Mark], when: &str) -> Self {
        let columns: Vec<&str> = match self.text.trim() {
            "" => COLUMNS.to_vec(),
            _ => self.columns.iter().map(String::as_str).collect(),
        };
        let parted = if self.text.trim().is_empty() { b',' } else { ledger::delimiter(&self.text) };
        let rows: Vec<String> = marks.iter().map(|mark| csv_row(parted, &cells(mark, &columns, when))).collect();
        Self::parse(&ledger::with_lot(&self.text, &csv_row(b',', &COLUMNS), (what, &rows)))
    }

    /// Columns of a mark that the file has no place for.
    pub fn lacks(&self, mark: &Mark) -> Option<&'static str> {
        let spot = mark.spot.as_ref();
        let needed = [
            ("id", true),
            ("start", spot.is_some()),
            ("end", spot.is_some()),
            ("tag", !mark.tags.is_empty()),
            ("note", mark.note.is_some()),
            ("verdict", mark.verdict.is_some()),
        ];
        let is_there = |name: &str| self.text.trim().is_empty() || self.columns.iter().any(|own| own == name);
        needed.into_iter().find(|(name, is_needed)| *is_needed && !is_there(name)).map(|(name, _)| name)
    }

    /// The file without its last lot, and the lines that were taken away; `None` when no lot is left.
    pub fn undone(&self) -> Option<(Self, Vec<String>)> {
        let (kept, gone) = ledger::undone(&self.text)?;
        Some((Self::parse(&kept), gone))
    }
}

/// A mark as cells of these columns.
fn cells(mark: &Mark, columns: &[&str], when: &str) -> Vec<String> {
    let number = |of: fn(&Spot) -> u64| mark.spot.as_ref().map(|spot| of(spot).to_string()).unwrap_or_default();
    let cell = |column: &&str| match *column {
        "id" => mark.id.clone(),
        "start" => number(|spot| spot.start),
        "end" => number(|spot| spot.end),
        "surface" => mark.spot.as_ref().map(|spot| spot.surface.clone()).unwrap_or_default(),
        "tag" => mark.tags.join("; "),
        "note" => mark.note.clone().unwrap_or_default(),
        "verdict" => mark.verdict.map(Verdict::name).unwrap_or_default().to_owned(),
        "when" => when.to_owned(),
        _ => String::new(),
    };
    columns.iter().map(cell).collect()
}

#[cfg(test)]
mod tests;
