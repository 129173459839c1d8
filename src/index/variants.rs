//! In which forms the mentions of a query are printed: surfaces of its entities, forms of its words.
//!
//! Words inside phrases and proximities are no mentions of their own and have no variants.

use std::collections::BTreeMap;

use tantivy::{DocId, SegmentReader, Term, columnar::Column, schema::IndexRecordOption};

use super::{
    authority::Printed,
    concordance::Concordance,
    fault,
    leaf::{Leaf, Union},
    mentions::Rows,
};
use crate::{
    error::Result,
    hit::FacetCount,
    plan::{Pattern, TextNode},
    span::Span,
    text::{hyphen_parts, without_possessive},
};

/// Mentions by form.
type Counts = BTreeMap<String, u64>;

impl Concordance<'_> {
    /// Each form with its mentions, the most frequent first; also forms that were tried and are not there.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn variants(&self) -> Result<Vec<FacetCount>> {
        let mut counts = Counts::new();
        for entity in &self.entities {
            let renamed = self.reader.renamed(entity.kind)?;
            for (of, docs) in self.segments() {
                let rows = Rows::open(of, &self.reader.columns, (entity, renamed.as_ref())).map_err(unreadable)?;
                if let Some(rows) = rows {
                    self.surfaces(of, (&rows, docs), &mut counts).map_err(unreadable)?;
                }
            }
        }
        for text in &self.texts {
            self.forms(text, &mut counts)?;
        }
        let mut counts: Vec<FacetCount> =
            counts.into_iter().map(|(value, count)| FacetCount { value, count, children: Vec::new() }).collect();
        counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        Ok(counts)
    }

    /// Segments with their matching documents.
    fn segments(&self) -> impl Iterator<Item = (&SegmentReader, &[DocId])> {
        let docs = self.matches.segments.iter().map(|segment| segment.docs.as_slice());
        self.reader.searcher.segment_readers().iter().zip(docs)
    }

    /// Whether marks leave out what stands on these words.
    fn is_left_out(&self, of: &SegmentReader, doc: DocId, span: Span) -> bool {
        self.left_out.as_ref().is_some_and(|left_out| left_out.holds((of.segment_id(), doc), span))
    }

    fn surfaces(
        &self,
        of: &SegmentReader,
        (rows, docs): (&Rows, &[DocId]),
        counts: &mut Counts,
    ) -> tantivy::Result<()> {
        let name = self.reader.schema.get_field_name(self.reader.columns.surface);
        let surfaces = of.fast_fields().str(name)?;
        let mut by_ordinal: BTreeMap<u64, u64> = BTreeMap::new();
        for doc in docs {
            let column = surfaces.iter().map(|surfaces| surfaces.ords());
            let ordinals: Vec<u64> = column.flat_map(|column: &Column<u64>| column.values_for_doc(*doc)).collect();
            let is_left = |span| self.is_left_out(of, *doc, span);
            for (printed, _) in rows.standing(*doc).filter(|(_, span)| !is_left(*span)) {
                match printed {
                    Printed::Row(row) => {
                        ordinals.get(row).into_iter().for_each(|ord| *by_ordinal.entry(*ord).or_default() += 1);
                    }
                    Printed::Variant(variant) => *counts.entry(variant.to_owned()).or_default() += 1,
                }
            }
        }
        let Some(surfaces) = surfaces else { return Ok(()) };
        let ordinals: Vec<u64> = by_ordinal.keys().copied().collect();
        let mut strings = Vec::with_capacity(ordinals.len());
        surfaces
            .dictionary()
            .sorted_ords_to_term_cb(&ordinals, |term| strings.push(String::from_utf8_lossy(term).into_owned()))?;
        for (surface, count) in strings.into_iter().zip(by_ordinal.into_values()) {
            *counts.entry(surface).or_default() += count;
        }
        Ok(())
    }

    /// Counts the forms of a word in some documents; where a compound stands, its parts are no words of their own.
    fn printed(
        &self,
        of: &SegmentReader,
        (terms, docs): (&[Term], &[DocId]),
        counts: &mut Counts,
    ) -> tantivy::Result<()> {
        let mut places: Vec<(DocId, u32, bool, usize)> = Vec::new();
        for (number, term) in terms.iter().enumerate() {
            let is_part = hyphen_parts(form(term).as_str()).is_none();
            let mut union = Union::open(of, std::slice::from_ref(term), IndexRecordOption::WithFreqsAndPositions)?;
            let mut spans = Vec::new();
            for doc in docs.iter().copied() {
                if union.seek(doc) == doc {
                    spans.clear();
                    union.spans(doc, &mut spans);
                    places.extend(spans.iter().map(|span| (doc, span.first, is_part, number)));
                }
            }
        }
        places.retain(|(doc, position, ..)| !self.is_left_out(of, *doc, Span::word(*position)));
        places.sort_unstable();
        places.dedup_by_key(|(doc, position, ..)| (*doc, *position));
        for (.., number) in places {
            if let Some(term) = terms.get(number) {
                *counts.entry(form(term)).or_default() += 1;
            }
        }
        Ok(())
    }

    fn forms(&self, text: &TextNode, counts: &mut Counts) -> Result<()> {
        let mut words = Vec::new();
        single_words(&text.pattern, &mut words);
        for pattern in words {
            if let Pattern::Word(word) = pattern {
                counts.entry(word.form.clone()).or_default();
            }
            let node = TextNode { pattern: pattern.clone(), at_least: 1, boost: 1.0 };
            for leaf in self.reader.text_query(&node)?.leaves {
                let Leaf::Words(leaf) = leaf else { continue };
                for (of, docs) in self.segments() {
                    self.printed(of, (leaf.terms.all(), docs), counts).map_err(unreadable)?;
                }
            }
        }
        Ok(())
    }
}

/// The printed form of a term, without its language and possessive ending.
fn form(term: &Term) -> String {
    let value = term.value();
    let printed = value.as_str().and_then(|tagged| tagged.split_once(':')).map_or("", |(_, printed)| printed);
    without_possessive(printed).to_owned()
}

/// The words that are mentions by themselves.
fn single_words<'p>(pattern: &'p Pattern, words: &mut Vec<&'p Pattern>) {
    match pattern {
        Pattern::Word(_) | Pattern::Expand(_) => words.push(pattern),
        Pattern::Or(patterns) => patterns.iter().for_each(|pattern| single_words(pattern, words)),
        _ => {}
    }
}

fn unreadable(cause: tantivy::TantivyError) -> crate::error::Error {
    fault("the mentions cannot be read", cause)
}
