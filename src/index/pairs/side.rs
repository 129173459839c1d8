//! The names of one field in a segment, as numbers of the whole index: which an article lists, and which stand in
//! which sentence.
//!
//! Articles that the authority file changes have their names from there, all others from the columns. It counts
//! nothing.

use std::{collections::HashMap, sync::Arc};

use tantivy::{
    DocId, SegmentReader, Term,
    columnar::{Column, StrColumn},
    index::SegmentId,
};

use super::Names;
use crate::{
    entity::EntityKind,
    error::{Error, Result},
    field::Field,
    index::{
        Reader,
        authority::{Renamed, RenamedDoc, sides},
        document::SENTENCE,
        fault,
        marked::LeftRows,
        text_cursor::Breaks,
    },
    plan::EntityNode,
};

/// The names of one field in a segment.
pub(super) struct Side {
    lists: Rows,
    mentions: Rows,
    sentence: Column<u64>,
    words: Column<u64>,
    changed: Option<Changed>,
    /// What marks leave out.
    left: Option<LeftRows>,
}

impl Side {
    /// Opens the columns of a field.
    ///
    /// # Errors
    /// `Io`.
    pub(super) fn open(of: &Reader, reader: &SegmentReader, field: Field) -> Result<Self> {
        let renamed = field.entity_kind().map(|kind| of.renamed(kind)).transpose()?.flatten();
        let left = LeftRows::open(of, reader)?;
        let open = || {
            let number = |column| reader.fast_fields().u64(of.schema.get_field_name(column));
            Ok(Self {
                lists: Rows::of_lists(of, reader, field)?,
                mentions: Rows::of_mentions(of, reader, field)?,
                sentence: number(of.columns.sentence)?,
                words: number(of.columns.span)?,
                changed: renamed.map(|renamed| Changed::open(of, reader, renamed)).transpose()?,
                left,
            })
        };
        open().map_err(uncounted)
    }

    /// Gives the names of these articles their numbers; `with` says which of them are asked for.
    ///
    /// # Errors
    /// `Io`.
    pub(super) fn numbered(mut self, (names, with): (&mut Names, Option<&EntityNode>), docs: &[DocId]) -> Result<Self> {
        let (renamed, segment) = self.changed.as_ref().map(|changed| (&*changed.renamed, changed.segment)).unzip();
        let parted = segment.map(|segment| sides(renamed, segment, docs));
        let plain = parted.as_ref().map_or(docs, |parted| &*parted.plain);
        let mut number = |name: &str| names.number(name, with);
        self.lists.number(plain, &mut number).map_err(uncounted)?;
        self.mentions.number(plain, &mut number).map_err(uncounted)?;
        let changed: Vec<&RenamedDoc> = parted.map(|parted| parted.renamed).unwrap_or_default();
        let mut numbers = HashMap::new();
        for own in changed.iter().flat_map(|doc| doc.names()) {
            let name = renamed.map(|renamed| renamed.name(own)).unwrap_or_default();
            numbers.entry(own).or_insert_with(|| number(name));
        }
        if let Some(changed) = &mut self.changed {
            changed.numbers = numbers;
        }
        Ok(self)
    }

    /// The numbers of the names that an article lists, sorted, each once.
    pub(super) fn listed(&self, doc: DocId, numbers: &mut Vec<u32>) {
        numbers.clear();
        match self.changed.as_ref().and_then(|changed| changed.labels(doc)) {
            Some(labels) => numbers.extend(labels),
            None => numbers.extend(self.lists.of(doc).flatten()),
        }
        numbers.sort_unstable();
        numbers.dedup();
    }

    /// The sentences of an article with the numbers of the names in each, sorted, each once.
    pub(super) fn standing(&mut self, doc: DocId, stand: &mut Vec<(u64, u32)>) {
        stand.clear();
        let left = self.left.as_ref();
        if !self.changed.as_mut().is_some_and(|changed| changed.standing((doc, left), stand)) {
            let left = left.map(|left| left.of(doc)).unwrap_or_default();
            let places = self.sentence.values_for_doc(doc).zip(self.words.values_for_doc(doc));
            let rows = self.mentions.of(doc).zip(places).enumerate();
            let rows = rows.filter(|(row, (_, (_, words)))| *words > 0 && !left.contains(row));
            stand.extend(rows.filter_map(|(_, (number, (sentence, _)))| Some((sentence, number?))));
        }
        stand.sort_unstable();
        stand.dedup();
    }
}

/// A column of names, and which of its rows are of the field.
struct Rows {
    names: Option<StrColumn>,
    /// For mentions of people, places and organisations: the column of kinds, and the kind.
    kind: Option<(Column<u64>, u64)>,
    /// By ordinal of the segment: the number of the name; none for names that no match has.
    numbers: Vec<Option<u32>>,
}

impl Rows {
    fn of_lists(of: &Reader, reader: &SegmentReader, field: Field) -> tantivy::Result<Self> {
        let column = of.columns.labels(field).map(|column| of.schema.get_field_name(column));
        let names = column.map(|column| reader.fast_fields().str(column)).transpose()?.flatten();
        Ok(Self { names, kind: None, numbers: Vec::new() })
    }

    fn of_mentions(of: &Reader, reader: &SegmentReader, field: Field) -> tantivy::Result<Self> {
        let kind = field.entity_kind().filter(|kind| *kind != EntityKind::Role);
        let fast = reader.fast_fields();
        let column = if kind.is_some() { of.columns.ent } else { of.columns.mention_role };
        let names = fast.str(of.schema.get_field_name(column))?;
        let kinds = fast.u64(of.schema.get_field_name(of.columns.kind))?;
        Ok(Self { names, kind: kind.map(|kind| (kinds, kind.number())), numbers: Vec::new() })
    }

    /// Gives the names of these articles their numbers.
    fn number(&mut self, docs: &[DocId], number: &mut impl FnMut(&str) -> u32) -> tantivy::Result<()> {
        let Some(names) = &self.names else { return Ok(()) };
        let mut seen = vec![false; names.num_terms()];
        docs.iter().for_each(|doc| self.ordinals(*doc).flatten().for_each(|ordinal| seen[ordinal as usize] = true));
        let ordinals: Vec<u64> = (0u64..).zip(&seen).filter(|(_, seen)| **seen).map(|(ordinal, _)| ordinal).collect();
        let mut numbers = vec![None; seen.len()];
        let mut next = ordinals.iter();
        names.dictionary().sorted_ords_to_term_cb(&ordinals, |term| {
            let name = std::str::from_utf8(term).ok().filter(|name| !name.is_empty());
            if let Some((ordinal, name)) = next.next().zip(name) {
                numbers[*ordinal as usize] = Some(number(name));
            }
        })?;
        self.numbers = numbers;
        Ok(())
    }

    /// The ordinal of each row of an article; none for rows that are not of the field.
    fn ordinals(&self, doc: DocId) -> impl Iterator<Item = Option<u64>> {
        let names = self.names.iter().flat_map(move |names| names.ords().values_for_doc(doc));
        let mut kinds = self.kind.as_ref().map(|(kinds, kind)| (kinds.values_for_doc(doc), *kind));
        names.map(move |ordinal| match &mut kinds {
            Some((kinds, kind)) => kinds.next().filter(|own| own == kind).map(|_| ordinal),
            None => Some(ordinal),
        })
    }

    /// The number of each row of an article; none for rows that are not of the field.
    fn of(&self, doc: DocId) -> impl Iterator<Item = Option<u32>> {
        self.ordinals(doc).map(|ordinal| self.numbers.get(ordinal? as usize).copied().flatten())
    }
}

/// What the authority file makes of the names of a field in a segment.
struct Changed {
    renamed: Arc<Renamed>,
    segment: SegmentId,
    /// The numbers of the names, by their numbers there.
    numbers: HashMap<u32, u32>,
    sentences: Breaks,
}

impl Changed {
    fn open(of: &Reader, reader: &SegmentReader, renamed: Arc<Renamed>) -> tantivy::Result<Self> {
        let sentences = Breaks::open(reader, &Term::from_field_text(of.columns.bounds, SENTENCE))?;
        Ok(Self { renamed, segment: reader.segment_id(), numbers: HashMap::new(), sentences })
    }

    /// The numbers of an article's names, if they are others than were indexed.
    fn labels(&self, doc: DocId) -> Option<impl Iterator<Item = u32>> {
        let doc = self.renamed.doc(self.segment, doc)?;
        Some(doc.labels.iter().filter_map(|name| self.numbers.get(name).copied()))
    }

    /// Appends the sentences of an article with the names in each; whether they are others than were indexed.
    fn standing(&mut self, (doc, left): (DocId, Option<&LeftRows>), stand: &mut Vec<(u64, u32)>) -> bool {
        let Some(changed) = self.renamed.doc(self.segment, doc) else { return false };
        let is_left = |span| left.is_some_and(|left| left.holds(doc, span));
        for (name, span) in changed.standing().filter(|(_, span)| !is_left(*span)) {
            let number = self.numbers.get(&name).copied();
            let sentence = self.sentences.up_to(doc, span.first) as u64;
            stand.extend(number.map(|number| (sentence, number)));
        }
        true
    }
}

fn uncounted(cause: tantivy::TantivyError) -> Error {
    fault("the names cannot be counted", cause)
}
