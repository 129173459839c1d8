//! Finds the articles that the rules of a kind change, and works out their names once.
//!
//! Ordinals are mapped, not strings: a rule costs a look at each distinct name and at each row, not at each text.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use tantivy::{
    DocId, SegmentReader, TERMINATED, Term,
    columnar::{Column, StrColumn},
    schema::IndexRecordOption,
};

use super::{Printed, Reader, Renamed, RenamedDoc, RenamedMention, unreadable};
use crate::{
    authority::{Authority, Rule, Verdict, key, settle},
    entity::EntityKind,
    error::Result,
    plan::{Pattern, TextNode, WordPattern},
    span::Span,
    text::fold_words,
};

/// Where a variant stands that no extractor found: its rule's number in `Builder::rules`.
type Phrases = BTreeMap<DocId, Vec<(usize, Span)>>;

/// Variants, by their numbers from 1, that an extractor found.
#[derive(Default)]
struct Seen<'a> {
    anywhere: HashSet<u32>,
    /// In articles with rules of their own.
    in_article: HashSet<(u32, &'a str)>,
}

/// Works out the names of a kind.
pub(super) fn build(reader: &Reader, kind: EntityKind) -> Result<Renamed> {
    let rules: Vec<&Rule> = reader.authority.in_force(kind).collect();
    let variants: BTreeSet<String> = rules.iter().map(|rule| key(&rule.variant)).collect();
    let variants = variants.into_iter().zip(1..).collect();
    let mut builder = Builder { reader, kind, rules, variants, numbers: HashMap::new(), renamed: Renamed::default() };
    let (mut segments, mut touched, mut seen) = (Vec::new(), Vec::new(), Seen::default());
    for of in reader.searcher.segment_readers() {
        let segment = builder.open(of)?;
        touched.push(builder.touched(of, &segment, &mut seen));
        segments.push(segment);
    }
    let phrases = builder.phrases(&segments, &seen)?;
    let readers = reader.searcher.segment_readers().iter();
    for (((of, segment), mut docs), phrases) in readers.zip(&segments).zip(touched).zip(&phrases) {
        docs.extend(phrases.keys());
        let settled = builder.settled(segment, &docs, phrases)?;
        builder.renamed.segments.insert(of.segment_id(), settled);
    }
    Ok(builder.renamed)
}

struct Builder<'a> {
    reader: &'a Reader,
    kind: EntityKind,
    rules: Vec<&'a Rule>,
    /// Numbers of the variants of rules, by their keys, from 1.
    variants: HashMap<String, u32>,
    /// Names by their number in `renamed`.
    numbers: HashMap<String, u32>,
    renamed: Renamed,
}

/// The columns of one segment; `None` where it has none of them.
struct Segment<'a> {
    labels: Option<Names>,
    rows: Option<Rows>,
    /// Articles with rules of their own, by their document.
    own: HashMap<DocId, &'a str>,
}

struct Rows {
    kinds: Column<u64>,
    names: Names,
    surfaces: Names,
    pos: Column<u64>,
    words: Column<u64>,
}

/// A column of names, and which of them are variants of a rule.
struct Names {
    column: StrColumn,
    /// By ordinal: the number of the variant that it is, or 0.
    variants: Vec<u32>,
    /// The first ordinal that is not that of an empty name.
    filled: u64,
}

/// A row of the mention columns.
#[derive(Clone, Copy)]
struct Row {
    number: usize,
    name: u64,
    surface: u64,
    /// Whether the surface is one of the entity, or that of the person who has the role.
    is_own: bool,
    span: Option<Span>,
}

impl<'a> Builder<'a> {
    fn open(&self, of: &SegmentReader) -> Result<Segment<'a>> {
        let (schema, columns) = (&self.reader.schema, &self.reader.columns);
        let fast = of.fast_fields();
        let is_role = self.kind == EntityKind::Role;
        let label = self.reader.entity_column(self.kind);
        let names = |field| match fast.str(schema.get_field_name(field)).map_err(unreadable)? {
            Some(column) => Names::of(column, &self.variants).map(Some),
            None => Ok(None),
        };
        let numbers = |field| fast.u64(schema.get_field_name(field)).map_err(unreadable);
        let entity = names(if is_role { columns.mention_role } else { columns.ent })?;
        let rows = match entity.zip(names(columns.surface)?) {
            None => None,
            Some((names, surfaces)) => Some(Rows {
                kinds: numbers(columns.kind)?,
                names,
                surfaces,
                pos: numbers(columns.pos)?,
                words: numbers(columns.span)?,
            }),
        };
        let mut own = HashMap::new();
        for article in self.rules.iter().filter_map(|rule| rule.article.as_deref()) {
            let term = Term::from_field_text(columns.id, article);
            let postings = of.inverted_index(columns.id).map_err(unreadable)?;
            let postings = postings.read_postings(&term, IndexRecordOption::Basic).map_err(unreadable)?;
            let Some(mut postings) = postings else { continue };
            while tantivy::DocSet::doc(&postings) != TERMINATED {
                own.insert(tantivy::DocSet::doc(&postings), article);
                tantivy::DocSet::advance(&mut postings);
            }
        }
        Ok(Segment { labels: names(label)?, rows, own })
    }

    /// Live documents that hold a variant; `seen` gathers which variants there are.
    fn touched(&self, of: &SegmentReader, segment: &Segment<'a>, seen: &mut Seen<'a>) -> Vec<DocId> {
        let mut touched = Vec::new();
        let mut variants: Vec<u32> = Vec::new();
        for doc in of.doc_ids_alive() {
            variants.clear();
            if let Some(labels) = &segment.labels {
                variants.extend(labels.column.ords().values_for_doc(doc).map(|ord| labels.variant(ord)));
            }
            if let Some(rows) = &segment.rows {
                for row in rows.of(doc, self.kind) {
                    variants.push(rows.names.variant(row.name));
                    variants.push(if row.is_own { rows.surfaces.variant(row.surface) } else { 0 });
                }
            }
            variants.retain(|variant| *variant > 0);
            if !variants.is_empty() {
                touched.push(doc);
                seen.anywhere.extend(&variants);
            }
            if let Some(article) = segment.own.get(&doc) {
                seen.in_article.extend(variants.iter().map(|variant| (*variant, *article)));
            }
        }
        touched
    }

    /// Where variants stand that no extractor found, segment by segment.
    fn phrases(&self, segments: &[Segment<'_>], seen: &Seen<'_>) -> Result<Vec<Phrases>> {
        let mut found: Vec<Phrases> = segments.iter().map(|_| Phrases::new()).collect();
        for (number, rule) in self.rules.iter().enumerate() {
            let words = fold_words(&rule.variant);
            let variant = self.variants.get(&key(&rule.variant)).copied().unwrap_or_default();
            let is_found = match &rule.article {
                Some(article) => seen.in_article.contains(&(variant, article)),
                None => seen.anywhere.contains(&variant),
            };
            if rule.name.is_none() || words.is_empty() || is_found {
                continue;
            }
            let word = |form| Pattern::Word(WordPattern { form, exact: true, possessive: false });
            let pattern = Pattern::Phrase(words.into_iter().map(word).collect());
            let query = self.reader.text_query(&TextNode { pattern, at_least: 1, boost: 1.0 })?;
            let readers = self.reader.searcher.segment_readers().iter();
            for ((of, segment), found) in readers.zip(segments).zip(&mut found) {
                let is_meant = |doc: DocId| match &rule.article {
                    Some(article) => segment.own.get(&doc) == Some(&article.as_str()),
                    None => true,
                };
                let is_alive = |doc: DocId| of.alive_bitset().is_none_or(|alive| alive.is_alive(doc));
                let mut cursor = query.cursor(of).map_err(unreadable)?;
                let mut doc = cursor.candidate(0);
                while doc != TERMINATED {
                    let spans = if is_meant(doc) && is_alive(doc) { cursor.spans(doc) } else { Vec::new() };
                    if !spans.is_empty() {
                        found.entry(doc).or_default().extend(spans.into_iter().map(|span| (number, span)));
                    }
                    doc = cursor.candidate(doc + 1);
                }
            }
        }
        Ok(found)
    }

    /// The names of some documents after the rules.
    fn settled(
        &mut self,
        segment: &Segment<'_>,
        docs: &[DocId],
        phrases: &Phrases,
    ) -> Result<BTreeMap<DocId, RenamedDoc>> {
        let mut settled = BTreeMap::new();
        let mut general = Known::default();
        for doc in docs.iter().copied() {
            if settled.contains_key(&doc) {
                continue;
            }
            // What is known of all articles says nothing of one with rules of its own.
            let article = segment.own.get(&doc).copied();
            let mut own = Known { article, ..Known::default() };
            let known = if article.is_some() { &mut own } else { &mut general };
            let mut labels = Vec::new();
            if let Some(names) = &segment.labels {
                for ord in names.column.ords().values_for_doc(doc) {
                    labels.push(self.label(names, ord, known)?);
                }
            }
            let rows: Vec<Row> = segment.rows.iter().flat_map(|rows| rows.of(doc, self.kind)).collect();
            let mut mentions = Vec::new();
            if let Some(columns) = &segment.rows {
                for row in &rows {
                    mentions.push(self.mention(columns, *row, known)?);
                }
            }
            let names = settle(&labels, &mentions);
            let named = rows.iter().zip(names.mentions);
            let named = named.filter_map(|(row, name)| {
                Some(RenamedMention { name: name?, printed: Printed::Row(row.number), span: row.span })
            });
            let mut renamed = RenamedDoc { labels: names.labels, mentions: named.collect() };
            self.add_phrases(phrases.get(&doc), (&rows, article), &mut renamed);
            settled.insert(doc, renamed);
        }
        Ok(settled)
    }

    /// Adds variants that no extractor found, but for those on the words of a mention.
    fn add_phrases(
        &mut self,
        phrases: Option<&Vec<(usize, Span)>>,
        (rows, article): (&[Row], Option<&str>),
        doc: &mut RenamedDoc,
    ) {
        for (rule, span) in phrases.into_iter().flatten() {
            let overlaps = |own: Span| own.first <= span.last && span.first <= own.last;
            let Some(rule) = self.rules.get(*rule).copied() else { continue };
            let Verdict::Named(name) = self.verdict((&rule.variant, &rule.variant), article) else { continue };
            let printed = Printed::Variant(self.number(&rule.variant));
            let mention = RenamedMention { name, printed, span: Some(*span) };
            // A rule of the article and one of all may have the same variant.
            let is_there = doc.mentions.iter().any(|other| other.span == mention.span && other.name == name);
            if is_there || rows.iter().filter_map(|row| row.span).any(overlaps) {
                continue;
            }
            doc.mentions.push(mention);
            if !doc.labels.contains(&name) {
                doc.labels.push(name);
            }
        }
    }

    /// A name of an article with what the rules say of it.
    fn label(&mut self, names: &Names, ord: u64, known: &mut Known<'_>) -> Result<(u32, Verdict<u32>)> {
        if let Some(known) = known.labels.get(&ord) {
            return Ok(*known);
        }
        let name = names.text(ord)?;
        let verdict = self.verdict((&name, &name), known.article);
        let settled = (self.number(&name), verdict);
        known.labels.insert(ord, settled);
        Ok(settled)
    }

    /// A mention's name with what the rules say of it.
    fn mention(&mut self, rows: &Rows, row: Row, known: &mut Known<'_>) -> Result<(u32, Verdict<u32>)> {
        let at = (row.name, row.is_own.then_some(row.surface));
        if let Some(known) = known.mentions.get(&at) {
            return Ok(*known);
        }
        let name = rows.names.text(row.name)?;
        let surface = if row.is_own { rows.surfaces.text(row.surface)? } else { name.clone() };
        let verdict = self.verdict((&name, &surface), known.article);
        let settled = (self.number(&name), verdict);
        known.mentions.insert(at, settled);
        Ok(settled)
    }

    fn verdict(&mut self, of: (&str, &str), article: Option<&str>) -> Verdict<u32> {
        let authority: &Authority = &self.reader.authority;
        match authority.verdict(self.kind, of, article.unwrap_or_default()) {
            Verdict::Unchanged => Verdict::Unchanged,
            Verdict::Hidden => Verdict::Hidden,
            Verdict::Named(name) => {
                let name = name.to_owned();
                Verdict::Named(self.number(&name))
            }
        }
    }

    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.renamed.names.len() as u32;
        self.renamed.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

/// Verdicts of a segment so far, or of one article that has rules of its own.
#[derive(Default)]
struct Known<'a> {
    article: Option<&'a str>,
    labels: HashMap<u64, (u32, Verdict<u32>)>,
    mentions: HashMap<(u64, Option<u64>), (u32, Verdict<u32>)>,
}

impl Rows {
    /// The rows of a document that name an entity of a kind.
    fn of(&self, doc: DocId, kind: EntityKind) -> impl Iterator<Item = Row> {
        let rows = self.kinds.values_for_doc(doc).zip(self.names.column.ords().values_for_doc(doc));
        let places = self.pos.values_for_doc(doc).zip(self.words.values_for_doc(doc));
        let surfaces = self.surfaces.column.ords().values_for_doc(doc);
        let rows = rows.zip(places).zip(surfaces).enumerate();
        rows.filter_map(move |(number, (((of, name), (pos, words)), surface))| {
            let is_own = of == kind.number();
            let is_named = (is_own || kind == EntityKind::Role) && name >= self.names.filled;
            let span = (words > 0).then(|| Span { first: pos as u32, last: (pos + words - 1) as u32 });
            is_named.then_some(Row { number, name, surface, is_own, span })
        })
    }
}

impl Names {
    fn of(column: StrColumn, numbers: &HashMap<String, u32>) -> Result<Self> {
        let (mut variants, mut filled) = (Vec::with_capacity(column.num_terms()), 0);
        let mut terms = column.dictionary().stream().map_err(unreadable)?;
        while terms.advance() {
            let key = std::str::from_utf8(terms.key()).map(key).unwrap_or_default();
            filled = if terms.key().is_empty() { terms.term_ord() + 1 } else { filled };
            variants.push(numbers.get(&key).copied().unwrap_or_default());
        }
        drop(terms);
        Ok(Self { column, variants, filled })
    }

    /// The number of the variant that a name is, or 0.
    fn variant(&self, ord: u64) -> u32 {
        self.variants.get(ord as usize).copied().unwrap_or_default()
    }

    fn text(&self, ord: u64) -> Result<String> {
        let mut text = String::new();
        self.column.ord_to_str(ord, &mut text).map_err(unreadable)?;
        Ok(text)
    }
}
