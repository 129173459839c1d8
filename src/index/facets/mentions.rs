//! Counts of mentions by name, from the aligned columns.
//!
//! A mention counts for its name, and for all that lies above it.

use std::collections::HashMap;

use tantivy::{DocId, SegmentReader};

use super::{Counts, named};
use crate::{
    date::Cell,
    entity::EntityKind,
    error::{Error, ErrorKind, Result},
    field::Field,
    index::{
        Reader,
        authority::{Renamed, sides},
        document::ancestry,
        fault,
        marked::LeftRows,
        matches::Matches,
    },
    span::Span,
};

impl Reader {
    /// Mentions by entity, from the aligned columns, without those that marks leave out.
    pub(super) fn mentions_by_name(
        &self,
        (matches, renamed): (&Matches, Option<&Renamed>),
        kind: EntityKind,
    ) -> Result<Counts> {
        let mut counts = Counts::new();
        for (segment, reader) in matches.segments.iter().zip(self.searcher.segment_readers()) {
            let left = LeftRows::open(self, reader)?;
            let sides = sides(renamed, reader.segment_id(), &segment.docs);
            if let Some(renamed) = renamed.filter(|_| !sides.renamed.is_empty()) {
                let docs = segment.docs.iter().filter_map(|doc| Some((*doc, renamed.doc(reader.segment_id(), *doc)?)));
                let is_left =
                    |doc, span: Option<Span>| span.zip(left.as_ref()).is_some_and(|(span, left)| left.holds(doc, span));
                let mentions = docs.flat_map(|(doc, article)| article.mentions.iter().map(move |own| (doc, own)));
                for (_, mention) in mentions.filter(|(doc, mention)| !is_left(*doc, mention.span)) {
                    add(kind, renamed.name(mention.name), 1, &mut counts);
                }
            }
            self.add_indexed((reader, &sides.plain), (kind, left.as_ref()), &mut counts)
                .map_err(|cause| fault("the mentions cannot be counted", cause))?;
        }
        Ok(counts)
    }

    /// Counts the mentions of a segment's articles as they were indexed.
    fn add_indexed(
        &self,
        (reader, docs): (&SegmentReader, &[DocId]),
        (kind, left): (EntityKind, Option<&LeftRows>),
        counts: &mut Counts,
    ) -> tantivy::Result<()> {
        let name = if kind == EntityKind::Role { self.columns.mention_role } else { self.columns.ent };
        let Some(names) = self.strings(reader, name)? else { return Ok(()) };
        let kinds = reader.fast_fields().u64(self.schema.get_field_name(self.columns.kind))?;
        let mut ordinals: HashMap<u64, u64> = HashMap::new();
        for doc in docs.iter().copied() {
            let left = left.map(|left| left.of(doc)).unwrap_or_default();
            let rows = kinds.values_for_doc(doc).zip(names.ords().values_for_doc(doc)).enumerate();
            for (row, (of, name)) in rows {
                if (of == kind.number() || kind == EntityKind::Role) && !left.contains(&row) {
                    *ordinals.entry(name).or_default() += 1;
                }
            }
        }
        named(&names, ordinals, |value, count| add(kind, value, count, counts))
    }
}

fn add(kind: EntityKind, value: &str, count: u64, counts: &mut Counts) {
    mention_levels(kind, value).into_iter().for_each(|level| *counts.entry(level).or_default() += count);
}

/// The kind of mentions that count for a field.
///
/// # Errors
/// `Usage` when it has none.
pub(super) fn kind(field: Field) -> Result<EntityKind> {
    Ok(match field {
        Field::Person => EntityKind::Person,
        Field::Place => EntityKind::Place,
        Field::Org => EntityKind::Org,
        Field::Role => EntityKind::Role,
        Field::Mentioned => EntityKind::Date,
        other => {
            return Err(Error::new(ErrorKind::Usage, format!("“{}” has no mentions to count", other.name()))
                .hint("person, place, org, role and mentioned can be counted by mentions; the others by articles"));
        }
    })
}

/// Under which values a mention counts: its own, and those above it.
fn mention_levels(kind: EntityKind, value: &str) -> Vec<String> {
    match kind {
        _ if value.is_empty() => Vec::new(),
        EntityKind::Place => ancestry(value).map(str::to_owned).collect(),
        EntityKind::Date => {
            let days = crate::date::Date::parse(value).ok().and_then(|date| date.from().zip(date.to()));
            let cell = days.and_then(|(from, to)| Cell::holding(from, to));
            let cells = cell.into_iter().flat_map(Cell::lineage);
            cells.filter(|cell| !matches!(cell, Cell::Decade(_))).map(|cell| cell.to_string()).collect()
        }
        _ => vec![value.to_owned()],
    }
}
