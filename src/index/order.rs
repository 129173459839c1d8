//! Hits in order: the same page for the same archive, however its index came about.
//!
//! Within a segment the ordinals of ids, sources and paths order as their strings do; across segments, and against a cursor,
//! the strings themselves are compared. Every order ends with the id.

pub(super) mod cursor;

use tantivy::{
    DocAddress, DocId, Score, SegmentReader,
    columnar::{Column, StrColumn},
    termdict::TermOrdinal,
};

use super::{
    Reader, fault,
    matches::{Matches, SegmentMatches},
    reader::is,
};
use crate::{
    error::{Error, ErrorKind, Result},
    field::Field,
    plan::{Page, Plan, Sort},
};

/// One hit of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ranked {
    pub(super) address: DocAddress,
    pub(super) score: Score,
    /// What it is ordered by within its segment.
    steps: [u64; 3],
}

/// A page of hits.
#[derive(Default)]
pub(super) struct Ordered {
    pub(super) hits: Vec<Ranked>,
    /// Hits before the first one.
    pub(super) offset: u64,
    /// The cursor of the next page, if there is one.
    pub(super) next: Option<String>,
    /// What each segment's hits are ordered by.
    segments: Vec<Keys>,
}

/// What a hit is ordered by, ascending.
pub(super) type Key = Vec<Step>;

/// A text is before any number: where texts are expected, a number stands for a missing one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Text(String),
    Number(u64),
}

/// Undated articles and those without a source come last.
const LAST: u64 = u64::MAX;

/// The asked page of the matches.
///
/// `mark` is what its cursors begin with.
pub(super) fn ordered(reader: &Reader, matches: &Matches, (page, mark): (&Page, &str)) -> Result<Ordered> {
    let total = matches.count();
    match best_wanted(page) {
        Some(wanted) => page_of(reader, (&matches.highest(wanted), total), (page, mark)),
        None => page_of(reader, (matches, total), (page, mark)),
    }
}

/// How many of the best a page asks for, if it asks for the best alone.
pub(super) fn best_wanted(page: &Page) -> Option<usize> {
    let is_first = page.sort == Sort::Relevance && page.after.is_none();
    page.limit.filter(|_| is_first).map(|limit| wanted(page, limit))
}

fn wanted(page: &Page, limit: u64) -> usize {
    usize::try_from(page.offset.saturating_add(limit)).unwrap_or(usize::MAX)
}

/// The same, of so many matches in all, of which those are given that the page may show.
pub(super) fn page_of(
    reader: &Reader,
    (matches, total): (&Matches, u64),
    (page, mark): (&Page, &str),
) -> Result<Ordered> {
    let after = page.after.as_deref().map(|cursor| cursor::read(cursor, mark)).transpose()?;
    let after = after.map(|key| current(reader, matches, (key, page.sort))).transpose()?;
    let keep = page.limit.map(|limit| wanted(page, limit));
    let (mut ordered, mut skipped) = (Ordered::default(), 0);
    for ((segment, ord), of) in matches.segments.iter().zip(0u32..).zip(reader.searcher.segment_readers()) {
        let keys = Keys::open(reader, of, page.sort).map_err(unordered)?;
        let chosen = keys.choose(segment, after.as_ref(), keep).map_err(unordered)?;
        skipped += segment.docs.len() as u64 - chosen.left;
        ordered.hits.extend(chosen.entries.iter().map(|entry| entry.ranked(ord)));
        ordered.segments.push(keys);
    }
    ordered.sort(keep.unwrap_or(usize::MAX)).map_err(unordered)?;
    ordered.offset = skipped.saturating_add(page.offset).min(total);
    ordered.hits.drain(..ordered.hits.len().min(page.offset as usize));
    ordered.hits.truncate(page.limit.map_or(usize::MAX, |limit| limit as usize));
    let more = ordered.offset + (ordered.hits.len() as u64) < total;
    if let Some(last) = ordered.hits.last().filter(|_| more) {
        ordered.next = Some(cursor::write(mark, &ordered.key(last)?));
    }
    Ok(ordered)
}

/// The key of a cursor as it is now: scores shift with every article that comes or goes, so that of an order by them only
/// the article counts.
fn current(reader: &Reader, matches: &Matches, (key, sort): (Key, Sort)) -> Result<Key> {
    let (Sort::Relevance, Some(Step::Text(id))) = (sort, key.get(1)) else { return Ok(key) };
    let there = Matches::whole(reader, &Plan::of(is(Field::Id, id)))?;
    let found = there.addresses().find_map(|address| {
        let segment = matches.segments.get(address.segment_ord as usize)?;
        segment.scores.get(segment.docs.binary_search(&address.doc_id).ok()?).copied()
    });
    let gone = || {
        Error::new(ErrorKind::Usage, format!("the article “{id}” behind which this cursor stands is no hit any more"))
            .hint("ask for the first page again")
    };
    Ok(vec![Step::Number(by_score(found.ok_or_else(gone)?)), Step::Text(id.clone())])
}

/// The best first, as a number that ascends.
fn by_score(score: Score) -> u64 {
    u64::from(!score.max(0.0).to_bits())
}

fn unordered(cause: impl Into<tantivy::TantivyError>) -> Error {
    fault("the hits cannot be ordered", cause.into())
}

impl Ordered {
    /// What a hit is ordered by.
    ///
    /// # Errors
    /// `Io`.
    pub(super) fn key(&self, hit: &Ranked) -> Result<Key> {
        let keys = self.keys(&[*hit]).map_err(unordered)?;
        Ok(keys.into_iter().next().unwrap_or_default())
    }

    /// Puts the first hits, so many, in order. Strings are read only of hits that nothing else tells apart from those of
    /// another segment.
    fn sort(&mut self, keep: usize) -> tantivy::Result<()> {
        let mut hits = std::mem::take(&mut self.hits);
        let by_text = self.segments.first().is_some_and(|keys| begins_with_text(keys.sort));
        let first = |hit: &Ranked| if by_text { 0 } else { hit.steps[0] };
        hits.sort_unstable_by_key(|hit| (first(hit), hit.address.segment_ord, hit.steps));
        let mut sorted = 0;
        for alike in hits.chunk_by_mut(|a, b| first(a) == first(b)) {
            if sorted < keep && alike.first().map(segment) != alike.last().map(segment) {
                let mut keyed: Vec<(Key, Ranked)> = self.keys(alike)?.into_iter().zip(alike.iter().copied()).collect();
                keyed.sort_unstable_by(|a, b| a.0.cmp(&b.0));
                alike.iter_mut().zip(keyed).for_each(|(hit, (_, sorted))| *hit = sorted);
            }
            sorted += alike.len();
        }
        self.hits = hits;
        Ok(())
    }

    /// What these hits, segment by segment, are ordered by.
    fn keys(&self, hits: &[Ranked]) -> tantivy::Result<Vec<Key>> {
        let mut keys = Vec::with_capacity(hits.len());
        for hits in hits.chunk_by(|a, b| segment(a) == segment(b)) {
            let of = hits.first().and_then(|hit| self.segments.get(segment(hit) as usize));
            keys.extend(of.map(|of| of.strings(hits)).transpose()?.into_iter().flatten());
        }
        Ok(keys)
    }
}

fn begins_with_text(sort: Sort) -> bool {
    matches!(sort, Sort::Source | Sort::File)
}

fn segment(hit: &Ranked) -> u32 {
    hit.address.segment_ord
}

/// The columns of one segment that an order needs.
struct Keys {
    sort: Sort,
    id: StrColumn,
    text: Option<StrColumn>,
    number: Option<Column<u64>>,
    date: Option<Column<i64>>,
}

/// A hit in its segment: ordinals doubled plus one, so that a string between two of them has a place.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: [u64; 3],
    doc: DocId,
    score: Score,
}

impl Entry {
    fn ranked(&self, segment: u32) -> Ranked {
        Ranked { address: DocAddress::new(segment, self.doc), score: self.score, steps: self.key }
    }
}

struct Chosen {
    entries: Vec<Entry>,
    /// Entries behind the cursor, also those not chosen.
    left: u64,
}

impl Keys {
    fn open(reader: &Reader, of: &SegmentReader, sort: Sort) -> tantivy::Result<Self> {
        let (columns, schema, fast) = (&reader.columns, &reader.schema, of.fast_fields());
        let text = |field| {
            let name: &str = schema.get_field_name(field);
            fast.str(name)
        };
        let empty = || tantivy::TantivyError::SchemaError("the column of ids is missing".to_owned());
        Ok(Self {
            sort,
            id: text(columns.id)?.ok_or_else(empty)?,
            text: match sort {
                Sort::Source => text(columns.source)?,
                Sort::File => text(columns.path)?,
                _ => None,
            },
            number: matches!(sort, Sort::File).then(|| fast.u64(schema.get_field_name(columns.line))).transpose()?,
            date: matches!(sort, Sort::Newest | Sort::Oldest | Sort::Source)
                .then(|| fast.i64(schema.get_field_name(columns.published_lo)))
                .transpose()?,
        })
    }

    fn entry(&self, doc: DocId, score: Score) -> Entry {
        let ordinal = |column: &StrColumn| column.ords().first(doc).map_or(LAST, |ord| 2 * ord + 1);
        let id = ordinal(&self.id);
        let date = |latest_first: bool| {
            let day = self.date.as_ref().and_then(|date| date.first(doc));
            day.map_or(LAST, |day| {
                let day = (day - i64::from(i32::MIN)) as u64;
                if latest_first { (1 << 40) - day } else { day }
            })
        };
        let text = self.text.as_ref().map_or(LAST, ordinal);
        let key = match self.sort {
            Sort::Relevance => [by_score(score), id, 0],
            Sort::Newest => [date(true), id, 0],
            Sort::Oldest => [date(false), id, 0],
            Sort::Source => [text, date(true), id],
            Sort::File => [text, self.number.as_ref().and_then(|line| line.first(doc)).unwrap_or(0), id],
        };
        Entry { key, doc, score }
    }

    /// The first `keep` entries behind the cursor, in any order.
    fn choose(&self, segment: &SegmentMatches, after: Option<&Key>, keep: Option<usize>) -> tantivy::Result<Chosen> {
        let after = after.map(|key| self.place(key)).transpose()?;
        let scores = segment.scores.iter().copied().chain(std::iter::repeat(0.0));
        let all = segment.docs.iter().zip(scores).map(|(doc, score)| self.entry(*doc, score));
        let mut entries: Vec<Entry> = all.filter(|entry| after.is_none_or(|after| entry.key > after)).collect();
        let left = entries.len() as u64;
        if let Some(keep) = keep.filter(|keep| *keep < entries.len()) {
            if keep > 0 {
                entries.select_nth_unstable_by_key(keep - 1, |entry| entry.key);
            }
            entries.truncate(keep);
        }
        Ok(Chosen { entries, left })
    }

    /// Which steps of a key are ordinals, and of which column.
    fn columns(&self) -> [Option<&StrColumn>; 3] {
        match self.sort {
            Sort::Source | Sort::File => [self.text.as_ref(), None, Some(&self.id)],
            _ => [None, Some(&self.id), None],
        }
    }

    /// Where a cursor's key would stand among this segment's keys.
    fn place(&self, key: &Key) -> tantivy::Result<[u64; 3]> {
        let mut place = [0; 3];
        for ((step, column), at) in key.iter().zip(self.columns()).zip(&mut place) {
            *at = match (step, column) {
                (Step::Number(number), _) => *number,
                (Step::Text(_), None) => LAST,
                (Step::Text(text), Some(column)) => ordinal_place(column, text)?,
            };
        }
        Ok(place)
    }

    /// The keys of hits with strings in place of ordinals.
    fn strings(&self, hits: &[Ranked]) -> tantivy::Result<Vec<Key>> {
        let steps = if begins_with_text(self.sort) { 3 } else { 2 };
        let mut keys = vec![Key::with_capacity(steps); hits.len()];
        for (step, column) in self.columns().into_iter().enumerate().take(steps) {
            let numbers: Vec<u64> = hits.iter().map(|hit| hit.steps[step]).collect();
            let texts = match column {
                Some(column) => texts(column, &numbers)?,
                None => numbers.into_iter().map(Step::Number).collect(),
            };
            keys.iter_mut().zip(texts).for_each(|(key, text)| key.push(text));
        }
        Ok(keys)
    }
}

/// The strings of ordinals as entries have them.
fn texts(column: &StrColumn, numbers: &[u64]) -> tantivy::Result<Vec<Step>> {
    let mut ordinals: Vec<TermOrdinal> = numbers.iter().filter(|it| **it != LAST).map(|it| it / 2).collect();
    ordinals.sort_unstable();
    ordinals.dedup();
    let mut strings = Vec::with_capacity(ordinals.len());
    column
        .dictionary()
        .sorted_ords_to_term_cb(&ordinals, |term| strings.push(String::from_utf8_lossy(term).into_owned()))?;
    let text = |number: &u64| {
        let found = ordinals.binary_search(&(number / 2)).ok().filter(|_| *number != LAST);
        found.and_then(|found| strings.get(found)).map_or(Step::Number(LAST), |text| Step::Text(text.clone()))
    };
    Ok(numbers.iter().map(text).collect())
}

fn ordinal_place(column: &StrColumn, text: &str) -> tantivy::Result<u64> {
    use tantivy::columnar::TermOrdHit;
    Ok(match column.dictionary().term_ord_or_next(text)? {
        TermOrdHit::Exact(ord) => 2 * ord + 1,
        // Behind the last word of several blocks the engine says a number beyond all.
        TermOrdHit::Next(ord) => 2 * ord.min(column.num_terms() as u64),
    })
}
