//! Facets: exact counts of values over any set of matches, by articles or by mentions.
//!
//! Counts are taken over ordinals of fast columns; strings are looked up once, in one pass, at the end.

mod frequent;
mod marked;
mod mentions;

use std::collections::{BTreeMap, HashMap};

use tantivy::{
    DocId, SegmentReader,
    columnar::{Column, StrColumn},
    schema::Field as EngineField,
};

use super::{
    Reader,
    authority::{Renamed, RenamedDoc, sides},
    document::ancestry,
    fault,
    matches::Matches,
};
use crate::{
    date::Cell,
    error::Result,
    field::{Field, FieldKind},
    hit::FacetCount,
    plan::{FacetRequest, Plan, Step, Unit},
    text::fold,
};

/// The counts of one field: what was asked for, and how many distinct values there are in all.
pub(crate) struct Counted {
    pub(crate) values: Vec<FacetCount>,
    pub(crate) distinct: u64,
}

/// A value's path and its count; ancestors' counts include those below, each article once.
type Counts = HashMap<String, u64>;

impl Reader {
    /// Counts the values of fields over the articles of a plan, each under all filter groups but its own.
    ///
    /// # Errors
    /// `Usage` for mentions of a field that has none; `Io`.
    pub(crate) fn facets(&self, plan: &Plan, requests: &[FacetRequest]) -> Result<BTreeMap<String, Counted>> {
        let mut all: Option<Matches> = None;
        let mut facets = BTreeMap::new();
        for request in requests {
            let grouped = plan.groups.iter().any(|group| group.field == request.field);
            let counted = if grouped {
                self.facet(&Matches::of(self, plan, Some(request.field))?, request)?
            } else {
                if all.is_none() {
                    all = Some(Matches::of(self, plan, None)?);
                }
                self.facet(all.as_ref().unwrap_or(&Matches::default()), request)?
            };
            facets.insert(request.field.name().to_owned(), counted);
        }
        Ok(facets)
    }

    /// Counts the values of one field over given matches.
    pub(super) fn facet(&self, matches: &Matches, request: &FacetRequest) -> Result<Counted> {
        let kind = request.field.entity_kind();
        let renamed = kind.map(|kind| self.renamed(kind)).transpose()?.flatten();
        if renamed.is_none() && !self.marked.gives(request.field) {
            let quick = self.most_frequent(matches, request);
            if let Some(counted) = quick.map_err(|cause| fault("the values cannot be counted", cause))? {
                return Ok(counted);
            }
        }
        let found = (matches, renamed.as_deref());
        let counts = match (request.of, request.field) {
            (Unit::Mentions, field) => {
                return Ok(shaped(self.mentions_by_name(found, mentions::kind(field)?)?, request));
            }
            (Unit::Articles, field) if self.marked.gives(field) => self.articles_by_mark(matches, field),
            (Unit::Articles, Field::Published) => self.articles_by_day(matches),
            (Unit::Articles, field) => self.articles_by_label(found, field, tree(request)),
        };
        let counts = counts.map_err(|cause| fault("the values cannot be counted", cause))?;
        Ok(shaped(counts, request))
    }

    fn articles_by_label(
        &self,
        (matches, renamed): (&Matches, Option<&Renamed>),
        field: Field,
        shape: Tree,
    ) -> tantivy::Result<Counts> {
        let mut counts = Counts::new();
        let Some(column) = self.columns.labels(field) else { return Ok(counts) };
        for (segment, reader) in matches.segments.iter().zip(self.searcher.segment_readers()) {
            let sides = sides(renamed, reader.segment_id(), &segment.docs);
            if let Some(renamed) = renamed {
                sides.renamed.iter().for_each(|doc| count_labels(doc, renamed, shape, &mut counts));
            }
            let Some(column) = self.strings(reader, column)? else { continue };
            match shape {
                Tree::Flat => flat(&column, &sides.plain, &mut counts)?,
                Tree::Nested => nested(&column, &sides.plain, &mut counts)?,
            }
        }
        Ok(counts)
    }

    fn strings(&self, reader: &SegmentReader, column: EngineField) -> tantivy::Result<Option<StrColumn>> {
        reader.fast_fields().str(self.schema.get_field_name(column))
    }

    /// Years, months and days of publication; an article counts in each that holds its whole span.
    fn articles_by_day(&self, matches: &Matches) -> tantivy::Result<Counts> {
        let mut spans: HashMap<(i64, i64), u64> = HashMap::new();
        for (segment, reader) in matches.segments.iter().zip(self.searcher.segment_readers()) {
            let column = |field| reader.fast_fields().i64(self.schema.get_field_name(field));
            let (lo, hi) = (column(self.columns.published_lo)?, column(self.columns.published_hi)?);
            for doc in &segment.docs {
                if let Some(span) = lo.first(*doc).zip(hi.first(*doc)) {
                    *spans.entry(span).or_default() += 1;
                }
            }
        }
        let mut counts = Counts::new();
        for ((lo, hi), count) in spans {
            let Some(cell) = Cell::holding(lo as i32, hi as i32) else { continue };
            for cell in cell.lineage().filter(|cell| !matches!(cell, Cell::Decade(_))) {
                *counts.entry(cell.to_string()).or_default() += count;
            }
        }
        Ok(counts)
    }
}

/// Whether counts of a request are wanted for ancestors too.
#[derive(Clone, Copy)]
enum Tree {
    Flat,
    Nested,
}

fn tree(request: &FacetRequest) -> Tree {
    if request.field.is_path_of_places() && (request.nested || request.under.is_some()) {
        Tree::Nested
    } else {
        Tree::Flat
    }
}

/// Counts the names of an article that the authority file changes, once each.
fn count_labels(doc: &RenamedDoc, renamed: &Renamed, shape: Tree, counts: &mut Counts) {
    let names = doc.labels.iter().map(|name| renamed.name(*name));
    let mut values: Vec<&str> = match shape {
        Tree::Flat => names.collect(),
        Tree::Nested => names.flat_map(ancestry).collect(),
    };
    values.sort_unstable();
    values.dedup();
    values.into_iter().for_each(|value| *counts.entry(value.to_owned()).or_default() += 1);
}

/// Counts each value as it stands; values of an article are distinct.
fn flat(column: &StrColumn, docs: &[DocId], counts: &mut Counts) -> tantivy::Result<()> {
    let mut add = |value: &str, count| match counts.get_mut(value) {
        Some(sum) => *sum += count,
        None => drop(counts.insert(value.to_owned(), count)),
    };
    if docs.len() * 8 < column.num_terms() {
        let mut ordinals: HashMap<u64, u64> = HashMap::new();
        each_ordinal(column.ords(), docs, |ordinal| *ordinals.entry(ordinal).or_default() += 1);
        return named(column, ordinals, &mut add);
    }
    let ordinals =
        (0u64..).zip(dense(column, docs)).filter(|(_, count)| *count > 0).map(|(ord, count)| (ord, u64::from(count)));
    named(column, ordinals, &mut add)
}

/// How many articles have each value, by its ordinal.
fn dense(column: &StrColumn, docs: &[DocId]) -> Vec<u32> {
    let mut counts = vec![0u32; column.num_terms()];
    each_ordinal(column.ords(), docs, |ordinal| counts[ordinal as usize] += 1);
    counts
}

/// Calls back with every ordinal of some articles. Articles side by side have their values side by side: these are
/// unpacked in blocks, which is much faster than one by one.
fn each_ordinal(column: &Column<u64>, docs: &[DocId], mut each: impl FnMut(u64)) {
    let mut block = [0u64; 1024];
    for run in docs.chunk_by(|doc, next| doc + 1 == *next) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let mut rows = column.index.docid_range_to_rowids(*first..last + 1);
        while !rows.is_empty() {
            let length = rows.len().min(block.len());
            let Some(part) = block.get_mut(..length) else { break };
            column.values.get_range(u64::from(rows.start), part);
            part.iter().for_each(|ordinal| each(*ordinal));
            rows.start += length as u32;
        }
    }
}

/// Counts each value and everything above it, once per article.
fn nested(column: &StrColumn, docs: &[DocId], counts: &mut Counts) -> tantivy::Result<()> {
    let mut ordinals: Vec<u64> = docs.iter().flat_map(|doc| column.ords().values_for_doc(*doc)).collect();
    ordinals.sort_unstable();
    ordinals.dedup();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut levels: Vec<Vec<usize>> = Vec::with_capacity(ordinals.len());
    column.dictionary().sorted_ords_to_term_cb(&ordinals, |term| {
        let value = String::from_utf8_lossy(term);
        let number = |level: &str| {
            let next = numbers.len();
            *numbers.entry(level.to_owned()).or_insert(next)
        };
        levels.push(ancestry(&value).map(number).collect());
    })?;
    let mut sums = vec![0u64; numbers.len()];
    let mut seen: Vec<usize> = Vec::new();
    for doc in docs {
        seen.clear();
        for ord in column.ords().values_for_doc(*doc) {
            let rank = ordinals.partition_point(|other| *other < ord);
            seen.extend(levels.get(rank).into_iter().flatten());
        }
        seen.sort_unstable();
        seen.dedup();
        seen.iter().for_each(|level| sums[*level] += 1);
    }
    numbers.into_iter().for_each(|(name, number)| *counts.entry(name).or_default() += sums[number]);
    Ok(())
}

/// Calls back with the string of each ordinal, in ascending order.
fn named(
    column: &StrColumn,
    counts: impl IntoIterator<Item = (u64, u64)>,
    mut each: impl FnMut(&str, u64),
) -> tantivy::Result<()> {
    let mut counts: Vec<(u64, u64)> = counts.into_iter().collect();
    counts.sort_unstable();
    let ordinals: Vec<u64> = counts.iter().map(|(ord, _)| *ord).collect();
    let mut next = counts.iter();
    column.dictionary().sorted_ords_to_term_cb(&ordinals, |term| {
        if let (Ok(value), Some((_, count))) = (std::str::from_utf8(term), next.next()) {
            each(value, *count);
        }
    })?;
    Ok(())
}

/// The counts a request asks for: filtered, nested, most frequent first, cut; dates in order of time.
fn shaped(counts: Counts, request: &FacetRequest) -> Counted {
    let is_date = request.field.kind() == FieldKind::Date;
    let separator = if is_date { '-' } else { '/' };
    let deepest = if is_date { request.by.unwrap_or(Step::Year) as usize } else { usize::MAX };
    let depth = |value: &str| if is_date { value.matches('-').count() } else { 0 };
    let mut values: Vec<(String, u64)> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    values.retain(|(value, _)| !(is_date && value.ends_with('s')));
    values.retain(
        |(value, _)| if request.nested { depth(value) <= deepest } else { !is_date || depth(value) == deepest },
    );
    if let Some(under) = &request.under {
        let inside = format!("{}{separator}", under.trim_end_matches(separator));
        values.retain(|(value, _)| value.starts_with(&inside));
    }
    if let Some(prefix) = &request.prefix {
        let prefix = fold(prefix);
        let last = |value: &str| value.rsplit(separator).next().unwrap_or_default().to_owned();
        values.retain(|(value, _)| fold(value).starts_with(&prefix) || fold(&last(value)).starts_with(&prefix));
    }
    let distinct = values.len() as u64;
    let is_nested = request.nested && request.prefix.is_none() && (is_date || request.field.is_path_of_places());
    let mut roots = if is_nested { grown(values, separator) } else { values.into_iter().map(leaf).collect() };
    sort_and_cut(&mut roots, request.limit, is_date);
    Counted { values: roots, distinct }
}

fn leaf((value, count): (String, u64)) -> FacetCount {
    FacetCount { value, count, children: Vec::new() }
}

/// A forest of values, each below the longest value that it lies under.
fn grown(mut values: Vec<(String, u64)>, separator: char) -> Vec<FacetCount> {
    values.sort_unstable_by(|(a, _), (b, _)| a.split(separator).cmp(b.split(separator)));
    let (mut roots, mut open): (Vec<FacetCount>, Vec<FacetCount>) = Default::default();
    let close = |open: &mut Vec<FacetCount>, roots: &mut Vec<FacetCount>| {
        if let Some(done) = open.pop() {
            open.last_mut().map_or(roots, |parent| &mut parent.children).push(done);
        }
    };
    for value in values {
        let below =
            |parent: &FacetCount| value.0.strip_prefix(&parent.value).is_some_and(|rest| rest.starts_with(separator));
        while open.last().is_some_and(|parent| !below(parent)) {
            close(&mut open, &mut roots);
        }
        open.push(leaf(value));
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}

fn sort_and_cut(values: &mut Vec<FacetCount>, limit: Option<usize>, is_date: bool) {
    values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    values.truncate(limit.unwrap_or(usize::MAX));
    if is_date {
        values.sort_unstable_by(|a, b| a.value.cmp(&b.value));
    }
    values.iter_mut().for_each(|value| sort_and_cut(&mut value.children, limit, is_date));
}
