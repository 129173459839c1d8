//! A list checked against the archive: what is as it was, what moved, what changed, what is not there.
//!
//! It reads the articles themselves, dropped or not, and changes nothing.

use std::collections::HashMap;

use super::{Archive, refresh};
use crate::{
    article::Article,
    error::Result,
    field::Field,
    hit::{Check, CheckedRow, Checks, Place, SCHEMA_VERSION, Verified},
    listing::{Listing, Row, Spot, Stands},
    plan::{Detail, Page},
};

impl Archive {
    /// Checks every row of a list: articles by id and hash, mentions also by their place and what is printed there.
    ///
    /// # Errors
    /// `Io`.
    pub fn verify(&self, file: &str, listing: &Listing) -> Result<Verified> {
        let mut entries = Vec::with_capacity(listing.rows.len());
        let mut last: Option<Article> = None;
        for row in &listing.rows {
            entries.push(self.checked(row, &mut last)?);
        }
        self.find_elsewhere(listing, &mut entries)?;
        entries.extend(listing.faults.iter().map(|fault| unreadable(fault.line, fault.reason.clone())));
        entries.sort_by_key(|entry| entry.line);
        let rows = if listing.is_of_mentions() { "mentions" } else { "articles" };
        let (file, rows, summary) = (file.to_owned(), rows.to_owned(), summary(&entries));
        Ok(Verified { schema_version: SCHEMA_VERSION, file, rows, summary, entries })
    }

    /// What became of a row; `last` is the article that was read last.
    fn checked(&self, row: &Row, last: &mut Option<Article>) -> Result<CheckedRow> {
        let (id, spot) = match row.id().and_then(|id| Ok((id, row.spot()?))) {
            Ok(read) => read,
            Err(reason) => return Ok(unreadable(row.line, reason)),
        };
        if last.as_ref().is_none_or(|article| article.id != id) {
            *last = self.reader.article(Field::Id, id)?;
        }
        let checked = entry(row.line, id, spot.as_ref());
        Ok(match (last, spot) {
            (None, _) => {
                CheckedRow { status: Check::Missing, reason: Some("there is no such article".to_owned()), ..checked }
            }
            (Some(article), Some(spot)) => mention(article, &spot, checked),
            (Some(article), None) => whole(article, row, checked),
        })
    }

    /// Looks for articles that are not under their id: one of the same hash is the same article.
    fn find_elsewhere(&self, listing: &Listing, entries: &mut [CheckedRow]) -> Result<()> {
        let missing = listing.rows.iter().zip(&*entries).filter(|(_, entry)| entry.status == Check::Missing);
        let mut sought: HashMap<String, Option<String>> =
            missing.filter_map(|(row, _)| Some((row.cell("hash")?.to_owned(), None))).collect();
        if sought.is_empty() {
            return Ok(());
        }
        let page = Page { detail: Detail::Fields, ..Page::default() };
        self.reader.stream(&refresh::everything(), &page, &mut |hit| {
            if let Some(found) = sought.get_mut(&hit.hash) {
                found.get_or_insert(hit.id);
            }
            Ok(())
        })?;
        for (row, entry) in listing.rows.iter().zip(entries).filter(|(_, entry)| entry.status == Check::Missing) {
            let found = row.cell("hash").and_then(|hash| sought.get(hash)).and_then(Option::as_ref);
            let Some(article) = found.map(|id| self.reader.article(Field::Id, id)).transpose()?.flatten() else {
                continue;
            };
            let spot = row.spot().ok().flatten();
            let checked = CheckedRow { reason: None, ..entry.clone() };
            let now = match spot {
                Some(spot) => mention(&article, &spot, checked),
                None => checked,
            };
            if now.status == Check::Changed {
                *entry = now;
                continue;
            }
            let place = now.now.unwrap_or_else(|| place(&article, entry.start.zip(entry.end)));
            let reason = Some(format!("it is now {}", article.id));
            *entry = CheckedRow { status: Check::Moved, now: Some(place), reason, ..entry.clone() };
        }
        Ok(())
    }
}

/// What became of a whole article.
fn whole(article: &Article, row: &Row, checked: CheckedRow) -> CheckedRow {
    if let Some(hash) = row.cell("hash").filter(|hash| *hash != article.hash) {
        let reason = format!("its record has another hash: {} was {hash}", article.hash);
        return CheckedRow { status: Check::Changed, reason: Some(reason), ..checked };
    }
    match row.cell("path").filter(|path| *path != article.path) {
        Some(path) => {
            let reason = Some(format!("it lay in {path}"));
            CheckedRow { status: Check::Moved, now: Some(place(article, None)), reason, ..checked }
        }
        None => checked,
    }
}

/// What became of a mention in its article.
fn mention(article: &Article, spot: &Spot, checked: CheckedRow) -> CheckedRow {
    match spot.in_text(&article.text) {
        Stands::There => CheckedRow { status: Check::Unchanged, ..checked },
        Stands::Moved(start, end) => {
            let reason = Some(format!("it stands at {start}–{end} now"));
            CheckedRow { status: Check::Moved, now: Some(place(article, Some((start, end)))), reason, ..checked }
        }
        Stands::Nowhere => {
            let reason = Some("the article no longer prints it".to_owned());
            CheckedRow { status: Check::Changed, reason, ..checked }
        }
    }
}

fn place(article: &Article, ends: Option<(u64, u64)>) -> Place {
    let (id, path) = (article.id.clone(), article.path.clone());
    Place { id, path, start: ends.map(|(start, _)| start), end: ends.map(|(_, end)| end) }
}

fn entry(line: u64, id: &str, spot: Option<&Spot>) -> CheckedRow {
    CheckedRow {
        line,
        status: Check::Unchanged,
        id: Some(id.to_owned()),
        start: spot.map(|spot| spot.start),
        end: spot.map(|spot| spot.end),
        surface: spot.map(|spot| spot.surface.clone()).filter(|surface| !surface.is_empty()),
        now: None,
        reason: None,
    }
}

fn unreadable(line: u64, reason: String) -> CheckedRow {
    let bare = entry(line, "", None);
    CheckedRow { status: Check::Unreadable, id: None, reason: Some(reason), ..bare }
}

fn summary(entries: &[CheckedRow]) -> Checks {
    let count = |status| entries.iter().filter(|entry| entry.status == status).count() as u64;
    Checks {
        unchanged: count(Check::Unchanged),
        moved: count(Check::Moved),
        changed: count(Check::Changed),
        missing: count(Check::Missing),
        unreadable: count(Check::Unreadable),
    }
}
