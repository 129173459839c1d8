//! Where the mentions stand that `marks.csv` drops: their words, found once by reading the articles they stand in.
//!
//! A place that the text no longer prints so is looked for nearby; one that is nowhere is counted and dropped from no answer.

use std::{collections::HashMap, ops::Range, sync::Arc};

use tantivy::{DocAddress, DocId, SegmentReader, columnar::Column, index::SegmentId};

use crate::{
    article::{Article, Part, PartKind},
    error::Result,
    field::Field,
    hit::CodePoints,
    index::{
        Reader, fault,
        matches::{Matches, narrowed},
        mentions::{Leaves, Named, naming},
        stored::Depth,
    },
    listing::{Spot, Stands},
    plan::{Filter, Node, Plan},
    span::Span,
    text::{Language, analyse},
};

/// The spans of dropped mentions, by document.
#[derive(Debug, Default)]
pub(in crate::index) struct LeftOut {
    spans: HashMap<(SegmentId, DocId), Vec<Span>>,
    /// The articles that hold them.
    ids: Vec<String>,
    lost: u64,
}

impl Reader {
    /// The mentions that answers leave out; `None` when there are none.
    pub(in crate::index) fn left_out(&self) -> Result<Option<Arc<LeftOut>>> {
        let marked = || self.marked.docs.values().flat_map(|docs| docs.values());
        if !marked().any(|marked| !marked.dropped.is_empty()) {
            return Ok(None);
        }
        let known = self.marked.left_out.lock().ok().and_then(|known| known.clone());
        if known.is_some() {
            return Ok(known);
        }
        let built = Arc::new(LeftOut::of(self)?);
        if let Ok(mut known) = self.marked.left_out.lock() {
            *known = Some(Arc::clone(&built));
        }
        Ok(Some(built))
    }
}

impl LeftOut {
    fn of(reader: &Reader) -> Result<Self> {
        let mut left = Self::default();
        for (ord, segment) in (0u32..).zip(reader.searcher.segment_readers()) {
            let id = segment.segment_id();
            let docs = reader.marked.docs.get(&id).into_iter().flatten();
            for (doc, marked) in docs.filter(|(_, marked)| !marked.dropped.is_empty()) {
                let article = reader.stored(DocAddress::new(ord, *doc), Depth::Head)?;
                let spans = spans(&article, &marked.dropped);
                left.lost += (marked.dropped.len() - spans.len()) as u64;
                left.spans.insert((id, *doc), spans);
                left.ids.push(article.id);
            }
        }
        Ok(left)
    }

    /// Whether answers leave out what stands on these words.
    pub(in crate::index) fn holds(&self, (segment, doc): (SegmentId, DocId), span: Span) -> bool {
        self.spans.get(&(segment, doc)).is_some_and(|spans| spans.contains(&span))
    }

    /// Mentions that are in no text as they were.
    pub(super) fn lost(&self) -> u64 {
        self.lost
    }

    /// How many mentions of a plan are left out; of one that names nothing, how many in its articles.
    pub(super) fn kept_from(&self, reader: &Reader, plan: &Plan) -> Result<u64> {
        let here = Node::Filter(Filter::Is(Field::Id, self.ids.clone()));
        let matches = Matches::of(reader, &Plan::of(Node::And(vec![narrowed(plan, None), here])), None)?;
        let node = naming(plan);
        let leaves = Leaves::of(&node);
        let names_something = !leaves.texts.is_empty() || !leaves.entities.is_empty();
        let mut count = 0;
        for (segment, of) in matches.segments.iter().zip(reader.searcher.segment_readers()) {
            if segment.docs.is_empty() {
                continue;
            }
            let mut named = Named::open(reader, of, &node)?;
            let left = |(doc, span): (DocId, Span)| self.holds((of.segment_id(), doc), span);
            for doc in &segment.docs {
                if !names_something {
                    count += self.spans.get(&(of.segment_id(), *doc)).map_or(0, |spans| spans.len() as u64);
                    continue;
                }
                count += named.all_spans(*doc).into_iter().filter(|span| left((*doc, *span))).count() as u64;
            }
        }
        Ok(count)
    }
}

/// The mentions that answers leave out, as rows of the mention columns of one segment.
pub(in crate::index) struct LeftRows {
    left_out: Arc<LeftOut>,
    segment: SegmentId,
    pos: Column<u64>,
    words: Column<u64>,
}

impl LeftRows {
    /// Those of a segment; `None` when nothing is left out anywhere.
    pub(in crate::index) fn open(of: &Reader, reader: &SegmentReader) -> Result<Option<Self>> {
        let Some(left_out) = of.left_out()? else { return Ok(None) };
        let number = |column| reader.fast_fields().u64(of.schema.get_field_name(column));
        let columns = number(of.columns.pos).and_then(|pos| Ok((pos, number(of.columns.span)?)));
        let (pos, words) = columns.map_err(|cause| fault("the mentions cannot be read", cause))?;
        Ok(Some(Self { left_out, segment: reader.segment_id(), pos, words }))
    }

    /// The rows of a document that are left out.
    pub(in crate::index) fn of(&self, doc: DocId) -> Vec<usize> {
        if !self.left_out.spans.contains_key(&(self.segment, doc)) {
            return Vec::new();
        }
        let rows = self.pos.values_for_doc(doc).zip(self.words.values_for_doc(doc)).enumerate();
        let span = |pos: u64, words: u64| Span { first: pos as u32, last: (pos + words.max(1) - 1) as u32 };
        let left = rows.filter(|(_, (pos, words))| *words > 0 && self.holds(doc, span(*pos, *words)));
        left.map(|(row, _)| row).collect()
    }

    /// Whether answers leave out what stands on these words of a document.
    pub(in crate::index) fn holds(&self, doc: DocId, span: Span) -> bool {
        self.left_out.holds((self.segment, doc), span)
    }
}

/// The words at some places of an article, those that are found.
fn spans(article: &Article, spots: &[Spot]) -> Vec<Span> {
    let parts: Vec<&Part> = article.parts.iter().filter(|part| part.kind != PartKind::Boilerplate).collect();
    let stretches: Vec<Range<usize>> = parts.iter().map(|part| part.span.clone()).collect();
    let language = Language::from_tag(&article.language).unwrap_or(Language::ENGLISH);
    let analysis = analyse(&article.text, &stretches, language);
    let points = CodePoints::of(&article.text);
    let words = analysis.words();
    let span = |spot: &Spot| {
        let (start, end) = match spot.in_text(&article.text) {
            Stands::There => (spot.start, spot.end),
            Stands::Moved(start, end) => (start, end),
            Stands::Nowhere => return None,
        };
        let (start, end) = (points.byte_of(start as usize), points.byte_of(end as usize));
        let first = words.partition_point(|word| word.end as usize <= start);
        let last = words.partition_point(|word| (word.start as usize) < end);
        let on = words.get(first..last)?;
        Some(Span { first: on.first()?.pos, last: on.last()?.pos })
    };
    spots.iter().filter_map(span).collect()
}
