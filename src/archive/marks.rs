//! The marks of an archive: read when it is opened, written by `mark`, and what they keep from answers.
//!
//! What stands in the file by hand is never lost; a bad row is told and ignored.

use std::{collections::HashMap, path::Path};

use super::{Archive, Place, beside};
use crate::{
    article::Article,
    date::Date,
    error::Result,
    field::Field,
    ledger::BadRow,
    listing::{Listing, Spot, Stands},
    marks::{Mark, Marks},
    plan::Plan,
    text::grouped,
};

/// The file beside the articles.
pub const MARKS: &str = "marks.csv";
/// What it holds.
const COLUMNS: &str = "id,start,end,surface,tag,note,verdict,when";

/// The marks of a folder; none when there is no file.
///
/// # Errors
/// `Io` when it is there and cannot be read, or is not UTF-8.
pub fn marks(folder: &Path) -> Result<Marks> {
    Ok(Marks::parse(&beside::read(folder, (MARKS, COLUMNS))?))
}

/// Changes the marks of a folder, alone and whole or not at all; `change` gives what they are to be, `None` to leave them.
///
/// # Errors
/// `Io`; whatever `change` returns.
pub fn change_marks(place: &Place, change: &mut dyn FnMut(&Marks) -> Result<Option<Marks>>) -> Result<()> {
    let _lock = beside::lock(place, beside::LOCK)?;
    match change(&marks(&place.folder)?)? {
        Some(changed) => beside::write(&place.folder, MARKS, changed.text()),
        None => Ok(()),
    }
}

/// The day of today as marks write it.
pub fn today(place: &Place) -> String {
    Date::from_day(place.today).to_string()
}

/// What an edited list says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edited {
    /// Marks that are not in force yet.
    pub marks: Vec<Mark>,
    /// Rows whose marks are in force.
    pub known: u64,
    /// Rows on which nothing is said.
    pub silent: u64,
    /// Rows that were ignored.
    pub faults: Vec<BadRow>,
}

impl Archive {
    /// The marks under which this archive answers.
    pub fn given_marks(&self) -> &Marks {
        &self.marks
    }

    /// The same archive, its answers with what the marks drop.
    pub fn with_dropped(self) -> Self {
        Self { reader: self.reader.with_dropped(), ..self }
    }

    /// Marked articles that the archive does not have, with the lines that mark them first.
    pub fn absent_marks(&self) -> &[(String, u64)] {
        self.reader.absent()
    }

    /// The marks that an edited list gives to articles and mentions which are there.
    ///
    /// # Errors
    /// `Io`.
    pub fn edited(&self, listing: &Listing, marks: &Marks) -> Result<Edited> {
        let mut edited = Edited { faults: listing.faults.clone(), ..Edited::default() };
        let mut last: Option<Article> = None;
        let mut said: HashMap<String, Vec<Mark>> = HashMap::new();
        for row in &listing.rows {
            let (mark, reason) = match Mark::of(row) {
                Ok(None) => {
                    edited.silent += 1;
                    continue;
                }
                Err(reason) => (None, Some(reason)),
                Ok(Some(mark)) => match self.placed(mark, &mut last)? {
                    Ok(mark) => (Some(mark), None),
                    Err(reason) => (None, Some(reason)),
                },
            };
            edited.faults.extend(reason.map(|reason| BadRow { line: row.line, reason }));
            let Some(mark) = mark else { continue };
            let above = said.entry(mark.id.clone()).or_default();
            match marks.news(&mark).map(|news| Mark { line: 0, ..news }).filter(|news| !above.contains(news)) {
                Some(news) => {
                    above.push(news.clone());
                    edited.marks.push(news);
                }
                None => edited.known += 1,
            }
        }
        edited.faults.sort_by_key(|fault| fault.line);
        Ok(edited)
    }

    /// A mark with the place where its mention stands now, or why it fits nowhere; `last` is the article read last.
    ///
    /// # Errors
    /// `Io`.
    pub fn placed(&self, mark: Mark, last: &mut Option<Article>) -> Result<Result<Mark, String>> {
        if last.as_ref().is_none_or(|article| article.id != mark.id) {
            *last = self.reader.article(Field::Id, &mark.id)?;
        }
        let Some(article) = last else { return Ok(Err(format!("there is no article with the id {}", mark.id))) };
        let Some(spot) = &mark.spot else { return Ok(Ok(mark)) };
        let (start, end) = match spot.in_text(&article.text) {
            Stands::There => (spot.start, spot.end),
            Stands::Moved(start, end) => (start, end),
            Stands::Nowhere => {
                let place = format!("{}–{}", spot.start, spot.end);
                return Ok(Err(match spot.surface.as_str() {
                    "" => format!("{} has no text at {place}", mark.id),
                    surface => format!("“{surface}” at {place}: {} does not print it any more", mark.id),
                }));
            }
        };
        let printed: String = article.text.chars().skip(start as usize).take((end - start) as usize).collect();
        let surface = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Ok(Mark { spot: Some(Spot { start, end, surface }), ..mark }))
    }

    /// What the marks keep from a plan, as a note; `None` when it is nothing.
    pub(super) fn dropped_note(&self, plan: &Plan) -> Result<Option<String>> {
        let dropped = self.reader.dropped_of(plan)?;
        let counted = |count: u64, one: &str| {
            let noun = if count == 1 { one.to_owned() } else { format!("{one}s") };
            (count > 0).then(|| format!("{} {noun}", grouped(count)))
        };
        let kept: Vec<String> = [counted(dropped.articles, "article"), counted(dropped.mentions, "mention")]
            .into_iter()
            .flatten()
            .collect();
        let lost =
            counted(dropped.lost, "dropped mention").map(|lost| format!("{lost} of {MARKS} cannot be found again"));
        let kept =
            (!kept.is_empty()).then(|| format!("{} dropped by {MARKS}; --with-dropped shows them", kept.join(" and ")));
        let notes: Vec<String> = kept.into_iter().chain(lost).collect();
        Ok((!notes.is_empty()).then(|| notes.join("; ")))
    }
}
