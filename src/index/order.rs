//! Hits in order: the same page for the same archive, however its index came about.
//!
//! Within a segment the ordinals of ids, sources and paths order as their strings do; across segments, and against a cursor,
//! the strings themselves are compared. Every order ends with the id.

use tantivy::{
    DocAddress, DocId, Score, SegmentReader,
    columnar::{Column, StrColumn},
    termdict::TermOrdinal,
};

use super::{
    Reader, fault,
    matches::{Matches, SegmentMatches},
};
use crate::{
    error::{Error, ErrorKind, Result},
    plan::{Page, Plan, Sort},
};

/// One hit of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ranked {
    pub(super) address: DocAddress,
    pub(super) score: Score,
    pub(super) key: Key,
}

/// A page of hits.
pub(super) struct Ordered {
    pub(super) hits: Vec<Ranked>,
    /// Hits before the first one.
    pub(super) offset: u64,
    /// The cursor of the next page, if there is one.
    pub(super) next: Option<String>,
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
    let after = page.after.as_deref().map(|cursor| cursor::read(cursor, mark)).transpose()?;
    let keep = page.limit.map(|limit| usize::try_from(page.offset.saturating_add(limit)).unwrap_or(usize::MAX));
    let (mut entries, mut skipped) = (Vec::new(), 0);
    for ((segment, ord), of) in matches.segments.iter().zip(0u32..).zip(reader.searcher.segment_readers()) {
        let keys = Keys::open(reader, of, page.sort).map_err(|cause| fault("the hits cannot be ordered", cause))?;
        let chosen =
            keys.choose(segment, after.as_ref(), keep).map_err(|cause| fault("the hits cannot be ordered", cause))?;
        skipped += segment.docs.len() as u64 - chosen.left;
        let strings = keys.strings(&chosen.entries).map_err(|cause| fault("the hits cannot be ordered", cause))?;
        entries.extend(chosen.entries.iter().zip(strings).map(|(entry, key)| Ranked {
            address: DocAddress::new(ord, entry.doc),
            score: entry.score,
            key,
        }));
    }
    entries.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    let total = matches.count();
    let offset = skipped.saturating_add(page.offset).min(total);
    let mut hits: Vec<Ranked> = entries.into_iter().skip(page.offset as usize).collect();
    hits.truncate(page.limit.map_or(usize::MAX, |limit| limit as usize));
    let more = offset + (hits.len() as u64) < total;
    let next = hits.last().filter(|_| more).map(|hit| cursor::write(mark, &hit.key));
    Ok(Ordered { hits, offset, next })
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
            Sort::Relevance => [u64::from(!score.max(0.0).to_bits()), id, 0],
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
        if let (Sort::Relevance, None, Some(keep)) = (self.sort, after, keep)
            && keep < segment.scores.len()
        {
            return Ok(self.best(segment, keep));
        }
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

    /// The entries with the highest scores: only those that may be among them are looked at twice.
    fn best(&self, segment: &SegmentMatches, keep: usize) -> Chosen {
        let left = segment.docs.len() as u64;
        let Some(last) = keep.checked_sub(1) else { return Chosen { entries: Vec::new(), left } };
        let (mut high, mut least): (Vec<(DocId, Score)>, Score) = (Vec::new(), 0.0);
        let mut room = 4 * keep.max(64);
        for (doc, score) in segment.docs.iter().copied().zip(segment.scores.iter().copied()) {
            if score.max(0.0) < least {
                continue;
            }
            high.push((doc, score));
            if high.len() >= room {
                least = lowest(&mut high, last);
                room = room.max(2 * high.len());
            }
        }
        let mut entries: Vec<Entry> = high.into_iter().map(|(doc, score)| self.entry(doc, score)).collect();
        entries.sort_unstable_by_key(|entry| entry.key);
        entries.truncate(keep);
        Chosen { entries, left }
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

    /// The keys of entries with strings in place of ordinals.
    fn strings(&self, entries: &[Entry]) -> tantivy::Result<Vec<Key>> {
        let steps = if matches!(self.sort, Sort::Source | Sort::File) { 3 } else { 2 };
        let mut keys = vec![Key::with_capacity(steps); entries.len()];
        for step in 0..steps {
            let texts = match self.columns()[step] {
                Some(column) => texts(column, entries, step)?,
                None => entries.iter().map(|entry| Step::Number(entry.key[step])).collect(),
            };
            keys.iter_mut().zip(texts).for_each(|(key, text)| key.push(text));
        }
        Ok(keys)
    }
}

/// The score at a place from the top; what scores less is taken away, what scores the same stays.
fn lowest(high: &mut Vec<(DocId, Score)>, place: usize) -> Score {
    let score = high.select_nth_unstable_by(place, |a, b| b.1.total_cmp(&a.1)).1.1.max(0.0);
    high.retain(|one| one.1.max(0.0) >= score);
    score
}

fn texts(column: &StrColumn, entries: &[Entry], step: usize) -> tantivy::Result<Vec<Step>> {
    let mut order: Vec<usize> = (0..entries.len()).filter(|at| entries[*at].key[step] != LAST).collect();
    order.sort_unstable_by_key(|at| entries[*at].key[step]);
    let mut ordinals: Vec<TermOrdinal> = order.iter().map(|at| entries[*at].key[step] / 2).collect();
    ordinals.dedup();
    let mut strings = Vec::with_capacity(ordinals.len());
    column
        .dictionary()
        .sorted_ords_to_term_cb(&ordinals, |term| strings.push(String::from_utf8_lossy(term).into_owned()))?;
    let mut texts = vec![Step::Number(LAST); entries.len()];
    for at in order {
        let ordinal = entries[at].key[step] / 2;
        if let Some(text) = ordinals.binary_search(&ordinal).ok().and_then(|found| strings.get(found)) {
            texts[at] = Step::Text(text.clone());
        }
    }
    Ok(texts)
}

fn ordinal_place(column: &StrColumn, text: &str) -> tantivy::Result<u64> {
    use tantivy::columnar::TermOrdHit;
    Ok(match column.dictionary().term_ord_or_next(text)? {
        TermOrdHit::Exact(ord) => 2 * ord + 1,
        // Behind the last word of several blocks the engine says a number beyond all.
        TermOrdHit::Next(ord) => 2 * ord.min(column.num_terms() as u64),
    })
}

/// The text form of a key: a mark of the search and the steps between `~`, all but plain letters percent-encoded.
pub(super) mod cursor {
    use super::{Error, ErrorKind, Key, Plan, Result, Sort, Step};

    /// Eight digits of a hash of what is asked: behind a hit of another search stands nothing of this.
    pub(in crate::index) fn asked(plan: &Plan) -> String {
        let asked = format!("{:?} {:?}", plan.root, plan.groups);
        blake3::hash(asked.as_bytes()).to_hex()[..8].to_owned()
    }

    /// What cursors of an order begin with.
    pub(in crate::index) fn mark(asked: &str, order: &str) -> String {
        format!("{order}{asked}")
    }

    pub(in crate::index) fn write(mark: &str, key: &Key) -> String {
        let mut cursor = mark.to_owned();
        for step in key {
            match step {
                Step::Number(number) => cursor.push_str(&format!("~n{number:x}")),
                Step::Text(text) => {
                    cursor.push_str("~t");
                    text.bytes().for_each(|byte| match byte {
                        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => {
                            cursor.push(char::from(byte))
                        }
                        other => cursor.push_str(&format!("%{other:02x}")),
                    });
                }
            }
        }
        cursor
    }

    pub(in crate::index) fn read(cursor: &str, mark: &str) -> Result<Key> {
        let fault = || {
            Error::new(ErrorKind::Usage, format!("“{cursor}” is no cursor of this search"))
                .hint("pass the “next” of the page before, with the same query and the same --sort")
        };
        let mut steps = cursor.split('~');
        if steps.next() != Some(mark) {
            return Err(fault());
        }
        steps.map(|step| read_step(step).ok_or_else(fault)).collect()
    }

    fn read_step(step: &str) -> Option<Step> {
        if let Some(number) = step.strip_prefix('n') {
            return u64::from_str_radix(number, 16).ok().map(Step::Number);
        }
        let mut bytes = Vec::new();
        let mut rest = step.strip_prefix('t')?.as_bytes().iter();
        while let Some(byte) = rest.next() {
            match byte {
                b'%' => {
                    let digits = [*rest.next()?, *rest.next()?];
                    bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
                }
                other => bytes.push(*other),
            }
        }
        String::from_utf8(bytes).ok().map(Step::Text)
    }

    /// The letter of an order of articles.
    pub(in crate::index) fn letter(sort: Sort) -> &'static str {
        match sort {
            Sort::Relevance => "r",
            Sort::Newest => "n",
            Sort::Oldest => "o",
            Sort::Source => "s",
            Sort::File => "f",
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use crate::plan::Node;

        #[test]
        fn a_cursor_reads_back() {
            let key = vec![Step::Number(u64::MAX), Step::Text("wéb/a~b%.txt#1 ".to_owned())];
            let mark = |node, sort| mark(&asked(&Plan::of(node)), letter(sort));
            let here = mark(Node::All, Sort::Source);
            let text = write(&here, &key);
            assert_eq!(read(&text, &here).unwrap(), key);
            for other in [mark(Node::All, Sort::File), mark(Node::Nothing, Sort::Source)] {
                assert!(read(&text, &other).is_err(), "{other}");
            }
            for bad in ["~", "~x1", "~n", "~t%e", "~t%ff"] {
                assert!(read(&format!("{here}{bad}"), &here).is_err(), "{bad}");
            }
            assert!(read("", &here).is_err());
        }
    }
}
