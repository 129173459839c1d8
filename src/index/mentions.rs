//! What a query names in an article: the distinct spans of its positive leaves.
//!
//! Filters, flags and excluded clauses name nothing.

use std::{ops::Range, sync::Arc};

use tantivy::{
    DocId, SegmentReader,
    columnar::{Column, StrColumn, TermOrdHit},
    index::SegmentId,
};

use super::{
    Reader,
    authority::{Printed, Renamed, Sought},
    fault,
    marked::LeftOut,
    matches::{Matches, narrowed},
    schema::Columns,
    text_cursor::TextCursor,
};
use crate::{
    entity::EntityKind,
    error::Result,
    plan::{EntityNode, Node, Plan, TextNode},
    span::Span,
};

/// The positive leaves of a condition.
#[derive(Default)]
pub(super) struct Leaves<'a> {
    pub(super) texts: Vec<&'a TextNode>,
    pub(super) entities: Vec<&'a EntityNode>,
}

impl<'a> Leaves<'a> {
    /// Those of `node`.
    pub(super) fn of(node: &'a Node) -> Self {
        let mut leaves = Self::default();
        leaves.gather(node);
        leaves
    }

    fn gather(&mut self, node: &'a Node) {
        match node {
            Node::Text(text) => self.texts.push(text),
            Node::Any(question) => self.texts.extend(&question.words),
            Node::Entity(entity) => self.entities.push(entity),
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| self.gather(node)),
            Node::All | Node::Nothing | Node::Filter(_) | Node::Not(_) => {}
        }
    }
}

/// What names things in a plan: the typed query does, and flags only narrow; where it names nothing, the flags do.
pub(super) fn naming(plan: &Plan) -> Node {
    let typed = Leaves::of(&plan.root);
    let names = !typed.texts.is_empty() || !typed.entities.is_empty();
    if names { plan.root.clone() } else { narrowed(plan, None) }
}

/// The leaves of a condition over one segment; documents must be asked for in ascending order.
pub(super) struct Named {
    texts: Vec<TextCursor>,
    entities: Vec<Rows>,
    /// What marks leave out, and of which segment.
    left_out: Option<(Arc<LeftOut>, SegmentId)>,
}

/// The mentions of an entity in one segment: as they were indexed, and as the authority file has them.
pub(super) struct Rows {
    indexed: Option<Indexed>,
    sought: Option<Sought>,
}

/// The mention columns that say what stands where, and which of their rows are looked for.
struct Indexed {
    /// `None`: a role, which mentions of every kind may bear.
    kind: Option<u64>,
    /// Ordinals of the names looked for.
    wanted: Vec<Range<u64>>,
    kinds: Column<u64>,
    names: StrColumn,
    pos: Column<u64>,
    words: Column<u64>,
}

impl Named {
    /// Opens the leaves of `node`.
    pub(super) fn open(of: &Reader, reader: &SegmentReader, node: &Node) -> Result<Self> {
        let leaves = Leaves::of(node);
        let faulty = |cause| fault("the mentions cannot be read", cause);
        let texts = leaves.texts.iter().map(|text| of.text_query(text)?.cursor(reader).map_err(faulty));
        let mut entities = Vec::new();
        for entity in leaves.entities {
            let renamed = of.renamed(entity.kind)?;
            entities.extend(Rows::open(reader, &of.columns, (entity, renamed.as_ref())).map_err(faulty)?);
        }
        let left_out = of.left_out()?.map(|left_out| (left_out, reader.segment_id()));
        Ok(Self { texts: texts.collect::<Result<_>>()?, entities, left_out })
    }

    /// How many distinct spans there are in a document, without those that marks leave out; documents must ascend.
    fn count(&mut self, doc: DocId) -> u64 {
        match (self.texts.as_mut_slice(), self.entities.as_slice(), &self.left_out) {
            ([text], [], None) => u64::from(text.count_in(doc)),
            _ => self.spans(doc).len() as u64,
        }
    }

    /// The distinct spans in a document, in order, without those that marks leave out.
    pub(super) fn spans(&mut self, doc: DocId) -> Vec<Span> {
        let mut spans = self.all_spans(doc);
        if let Some((left_out, segment)) = &self.left_out {
            spans.retain(|span| !left_out.holds((*segment, doc), *span));
        }
        spans
    }

    /// The distinct spans in a document, in order.
    pub(super) fn all_spans(&mut self, doc: DocId) -> Vec<Span> {
        let mut spans: Vec<Span> = self.texts.iter_mut().flat_map(|text| text.spans_in(doc)).collect();
        self.entities.iter().for_each(|rows| rows.spans(doc, &mut spans));
        spans.sort_unstable();
        spans.dedup();
        spans
    }
}

impl Rows {
    /// Opens the columns of a segment; `None` when it has no mentions.
    pub(super) fn open(
        reader: &SegmentReader,
        columns: &Columns,
        (entity, renamed): (&EntityNode, Option<&Arc<Renamed>>),
    ) -> tantivy::Result<Option<Self>> {
        let indexed = Indexed::open(reader, columns, entity)?;
        let sought = renamed.map(|renamed| Sought::of(renamed, reader.segment_id(), entity));
        Ok((indexed.is_some() || sought.is_some()).then_some(Self { indexed, sought }))
    }

    /// Whether one of them stands in the text of a document.
    pub(super) fn is_in(&self, doc: DocId) -> bool {
        self.standing(doc).next().is_some()
    }

    /// Appends the spans of all of them in a document.
    pub(super) fn spans(&self, doc: DocId, spans: &mut Vec<Span>) {
        spans.extend(self.standing(doc).map(|(_, span)| span));
    }

    /// Documents in which the authority file leaves or puts one of them.
    pub(super) fn renamed(&self) -> Vec<DocId> {
        self.sought.as_ref().map(Sought::docs).unwrap_or_default()
    }

    /// How they are printed in a document, and where.
    pub(super) fn standing(&self, doc: DocId) -> impl Iterator<Item = (Printed<&str>, Span)> {
        let renamed = self.sought.as_ref().and_then(|sought| Some((sought, sought.doc(doc)?)));
        let indexed = self.indexed.as_ref().filter(|_| renamed.is_none());
        let indexed = indexed.into_iter().flat_map(move |indexed| indexed.standing(doc));
        let renamed = renamed.into_iter().flat_map(|(sought, renamed)| sought.standing(renamed));
        indexed.map(|(row, span)| (Printed::Row(row), span)).chain(renamed)
    }
}

impl Indexed {
    fn open(reader: &SegmentReader, columns: &Columns, entity: &EntityNode) -> tantivy::Result<Option<Self>> {
        let (schema, fast) = (reader.schema(), reader.fast_fields());
        let number = |field| fast.u64(schema.get_field_name(field));
        let is_role = entity.kind == EntityKind::Role;
        let names = fast.str(schema.get_field_name(if is_role { columns.mention_role } else { columns.ent }))?;
        let Some(names) = names else { return Ok(None) };
        Ok(Some(Self {
            kind: (!is_role).then(|| entity.kind.number()),
            wanted: wanted(entity, &names)?,
            kinds: number(columns.kind)?,
            names,
            pos: number(columns.pos)?,
            words: number(columns.span)?,
        }))
    }

    fn standing(&self, doc: DocId) -> impl Iterator<Item = (usize, Span)> {
        let rows = self.kinds.values_for_doc(doc).zip(self.names.ords().values_for_doc(doc));
        let places = self.pos.values_for_doc(doc).zip(self.words.values_for_doc(doc));
        rows.zip(places).enumerate().filter_map(|(row, ((kind, name), (pos, words)))| {
            let is_wanted = self.kind.is_none_or(|wanted| wanted == kind) && words > 0;
            let is_named = is_wanted && self.wanted.iter().any(|wanted| wanted.contains(&name));
            is_named.then(|| (row, Span { first: pos as u32, last: (pos + words - 1) as u32 }))
        })
    }
}

/// The ordinals of an entity's names; of a place also of all below it.
fn wanted(entity: &EntityNode, names: &StrColumn) -> tantivy::Result<Vec<Range<u64>>> {
    let dictionary = names.dictionary();
    let from = |text: &str| {
        Ok::<_, tantivy::TantivyError>(match dictionary.term_ord_or_next(text)? {
            TermOrdHit::Exact(ord) | TermOrdHit::Next(ord) => ord,
        })
    };
    let mut ranges = Vec::new();
    if entity.names.is_none() {
        ranges.push(from("\u{1}")?..u64::MAX);
    }
    for name in entity.names.iter().flatten() {
        ranges.extend(dictionary.term_ord(name)?.map(|ord| ord..ord + 1));
        if entity.kind == EntityKind::Place {
            ranges.push(from(&format!("{name}/"))?..from(&format!("{name}0"))?);
        }
    }
    Ok(ranges)
}

impl Reader {
    /// How many spans the matches hold in all.
    pub(super) fn count_mentions(&self, matches: &Matches, node: &Node) -> Result<u64> {
        let mut count = 0;
        for (segment, reader) in matches.segments.iter().zip(self.searcher.segment_readers()) {
            let mut named = Named::open(self, reader, node)?;
            count += segment.docs.iter().map(|doc| named.count(*doc)).sum::<u64>();
        }
        Ok(count)
    }
}
