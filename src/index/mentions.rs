//! What a query names in an article: the distinct spans of its positive leaves.
//!
//! Filters, flags and excluded clauses name nothing.

use tantivy::{
    DocId, SegmentReader,
    columnar::{Column, StrColumn},
};

use super::{Reader, document::ancestry, fault, matches::Matches, text_query::TextCursor};
use crate::{
    entity::EntityKind,
    error::Result,
    plan::{EntityNode, Node, TextNode},
    span::Span,
};

/// The positive leaves of a condition.
#[derive(Default)]
struct Leaves<'a> {
    texts: Vec<&'a TextNode>,
    entities: Vec<&'a EntityNode>,
}

impl<'a> Leaves<'a> {
    fn of(node: &'a Node) -> Self {
        let mut leaves = Self::default();
        leaves.gather(node);
        leaves
    }

    fn gather(&mut self, node: &'a Node) {
        match node {
            Node::Text(text) => self.texts.push(text),
            Node::Any(texts) => self.texts.extend(texts),
            Node::Entity(entity) => self.entities.push(entity),
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| self.gather(node)),
            Node::All | Node::Nothing | Node::Filter(_) | Node::Not(_) => {}
        }
    }
}

/// The leaves of a condition over one segment; documents must be asked for in ascending order.
pub(super) struct Named {
    texts: Vec<TextCursor>,
    entities: Vec<(EntityNode, Rows)>,
}

/// The mention columns that say what stands where.
struct Rows {
    kind: Column<u64>,
    ent: StrColumn,
    role: StrColumn,
    pos: Column<u64>,
    words: Column<u64>,
}

impl Named {
    /// Opens the leaves of `node`.
    pub(super) fn open(of: &Reader, reader: &SegmentReader, node: &Node) -> Result<Self> {
        let leaves = Leaves::of(node);
        let faulty = |cause| fault("the mentions cannot be read", cause);
        let texts = leaves.texts.iter().map(|text| of.text_query(text).cursor(reader).map_err(faulty));
        let mut entities = Vec::new();
        for entity in leaves.entities {
            if let Some(rows) = Rows::open(of, reader).map_err(faulty)? {
                entities.push((entity.clone(), rows));
            }
        }
        Ok(Self { texts: texts.collect::<Result<_>>()?, entities })
    }

    /// The distinct spans in a document, in order.
    pub(super) fn spans(&mut self, doc: DocId) -> Vec<Span> {
        let mut spans: Vec<Span> = self.texts.iter_mut().flat_map(|text| text.spans_in(doc)).collect();
        for (entity, rows) in &self.entities {
            spans.extend(rows.spans(entity, doc));
        }
        spans.sort_unstable();
        spans.dedup();
        spans
    }
}

impl Rows {
    fn open(of: &Reader, reader: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let (columns, fast) = (&of.columns, reader.fast_fields());
        let number = |field| fast.u64(of.schema.get_field_name(field));
        let text = |field| fast.str(of.schema.get_field_name(field));
        let (Some(ent), Some(role)) = (text(columns.ent)?, text(columns.mention_role)?) else { return Ok(None) };
        Ok(Some(Self {
            kind: number(columns.kind)?,
            ent,
            role,
            pos: number(columns.pos)?,
            words: number(columns.span)?,
        }))
    }

    fn spans(&self, entity: &EntityNode, doc: DocId) -> Vec<Span> {
        let names = if entity.kind == EntityKind::Role { &self.role } else { &self.ent };
        let places = self.pos.values_for_doc(doc).zip(self.words.values_for_doc(doc));
        let rows = self.kind.values_for_doc(doc).zip(names.ords().values_for_doc(doc)).zip(places);
        let mut spans = Vec::new();
        let mut name = String::new();
        for ((kind, ord), (pos, words)) in rows {
            if words == 0 || (kind != entity.kind.number() && entity.kind != EntityKind::Role) {
                continue;
            }
            name.clear();
            if names.ord_to_str(ord, &mut name).is_ok() && is_named(entity, &name) {
                spans.push(Span { first: pos as u32, last: (pos + words - 1) as u32 });
            }
        }
        spans
    }
}

fn is_named(entity: &EntityNode, name: &str) -> bool {
    let Some(names) = &entity.names else { return !name.is_empty() };
    let is = |name: &str| names.iter().any(|wanted| wanted == name);
    if entity.kind == EntityKind::Place { ancestry(name).any(is) } else { is(name) }
}

impl Reader {
    /// How many spans the matches hold in all.
    pub(super) fn count_mentions(&self, matches: &Matches, node: &Node) -> Result<u64> {
        let mut count = 0;
        for (segment, reader) in matches.segments.iter().zip(self.searcher.segment_readers()) {
            let mut named = Named::open(self, reader, node)?;
            count += segment.docs.iter().map(|doc| named.spans(*doc).len() as u64).sum::<u64>();
        }
        Ok(count)
    }
}
