//! What `marks.csv` says of the articles in this index: tags, notes and verdicts by document, joined by the ids.
//!
//! The index itself is never changed; where nothing is marked nothing here is made or looked at.

mod left_out;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, Mutex},
};

use tantivy::{DocId, DocSet, Searcher, TERMINATED, Term, index::SegmentId, schema::IndexRecordOption};

use super::{
    Reader, fault,
    listed::{Listed, ListedQuery},
    matches::Matches,
    schema::Columns,
};
use crate::{
    article::Article,
    error::Result,
    field::Field,
    marks::{Marked, Marks, Verdict},
    plan::{Filter, Node, Plan},
};

pub(super) use left_out::{LeftOut, LeftRows};

/// The marks by document.
#[derive(Default)]
pub(super) struct Marking {
    docs: HashMap<SegmentId, BTreeMap<DocId, Marked>>,
    /// Articles that answers leave out.
    dropped: HashMap<SegmentId, HashSet<DocId>>,
    /// Marked articles that are not here, with the line that marks them first.
    absent: Vec<(String, u64)>,
    /// Where the mentions stand that answers leave out, once somebody has asked.
    left_out: Mutex<Option<Arc<LeftOut>>>,
}

/// What a plan would find besides, if nothing were dropped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Dropped {
    /// Articles.
    pub(crate) articles: u64,
    /// Mentions in articles that stay.
    pub(crate) mentions: u64,
    /// Dropped mentions whose place in the text cannot be found any more.
    pub(crate) lost: u64,
}

impl Reader {
    /// The same state under the marks of its archive.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn marking(mut self, marks: &Marks) -> Result<Self> {
        self.marked = Marking::of(marks, &self.searcher, &self.columns)?;
        Ok(self)
    }

    /// The same state, with what the marks drop.
    pub(crate) fn with_dropped(mut self) -> Self {
        self.marked.dropped.clear();
        self.marked.docs.values_mut().flat_map(BTreeMap::values_mut).for_each(|marked| marked.dropped.clear());
        self.marked.left_out = Mutex::default();
        self
    }

    /// Marked articles that are not in the index, with the lines that mark them first.
    pub(crate) fn absent(&self) -> &[(String, u64)] {
        &self.marked.absent
    }

    /// What the marks keep from a plan.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn dropped_of(&self, plan: &Plan) -> Result<Dropped> {
        let mut dropped = Dropped::default();
        if !self.marked.dropped.is_empty() && !plan.asks_for_dropped() {
            let verdict = Node::Filter(Filter::Is(Field::Verdict, vec![Verdict::Drop.name().to_owned()]));
            let asked = vec![super::matches::narrowed(plan, None), verdict];
            dropped.articles = Matches::counted(self, &Plan::of(Node::And(asked)))?;
        }
        if let Some(left_out) = self.left_out()? {
            dropped.mentions = left_out.kept_from(self, plan)?;
            dropped.lost = left_out.lost();
        }
        Ok(dropped)
    }
}

impl Marking {
    fn of(marks: &Marks, searcher: &Searcher, columns: &Columns) -> Result<Self> {
        let mut marking = Self::default();
        for (id, line) in marks.articles() {
            let term = Term::from_field_text(columns.id, id);
            let found = find(searcher, columns, &term).map_err(|cause| fault("the marks cannot be read", cause))?;
            let Some((segment, doc)) = found else {
                marking.absent.push((id.to_owned(), line));
                continue;
            };
            let marked = marks.of(id);
            if marked.verdict == Some(Verdict::Drop) {
                marking.dropped.entry(segment).or_default().insert(doc);
            }
            marking.docs.entry(segment).or_default().insert(doc, marked);
        }
        Ok(marking)
    }

    /// Articles of a segment that answers leave out.
    pub(super) fn dropped(&self, segment: SegmentId) -> Option<&HashSet<DocId>> {
        self.dropped.get(&segment)
    }

    /// How many articles answers leave out.
    pub(super) fn dropped_articles(&self) -> u64 {
        self.dropped.values().map(|docs| docs.len() as u64).sum()
    }

    /// Whether marks give any article a value of this field.
    pub(super) fn gives(&self, field: Field) -> bool {
        matches!(field, Field::Tag | Field::Verdict | Field::Note) && !self.docs.is_empty()
    }

    /// Whether articles with a value of this field are others than the index counts.
    pub(super) fn changes(&self, field: Field) -> bool {
        !self.dropped.is_empty() || self.gives(field)
    }

    /// Articles that are marked with one of these values; `None` = with any.
    pub(super) fn query(&self, field: Field, values: Option<&[String]>) -> ListedQuery {
        let is_wanted = |value: &str| values.is_none_or(|values| values.iter().any(|wanted| wanted == value));
        let wanted = |docs: &BTreeMap<DocId, Marked>| -> Vec<DocId> {
            docs.iter().filter(|(_, marked)| of(marked, field).any(is_wanted)).map(|(doc, _)| *doc).collect()
        };
        let listed: Listed = self.docs.iter().map(|(segment, docs)| (*segment, wanted(docs))).collect();
        ListedQuery::of(listed)
    }

    /// Calls back with every value that a field has by marks; some more than once.
    pub(super) fn each_value(&self, field: Field, mut each: impl FnMut(&str)) {
        let marked = self.docs.values().flat_map(BTreeMap::values);
        marked.flat_map(|marked| of(marked, field)).for_each(&mut each);
    }

    /// The values that a document has by marks.
    pub(super) fn values(&self, segment: SegmentId, doc: DocId, field: Field) -> impl Iterator<Item = &str> {
        let marked = self.docs.get(&segment).and_then(|docs| docs.get(&doc));
        marked.into_iter().flat_map(move |marked| of(marked, field))
    }

    /// Adds the tags of marks to an article's own.
    pub(super) fn add_tags(&self, segment: SegmentId, doc: DocId, article: &mut Article) {
        for tag in self.values(segment, doc, Field::Tag) {
            if !article.tags.iter().any(|own| own == tag) {
                article.tags.push(tag.to_owned());
            }
        }
    }
}

/// The values of a field in what is said of an article.
fn of(marked: &Marked, field: Field) -> impl Iterator<Item = &str> {
    let (texts, verdict): (&[String], _) = match field {
        Field::Tag => (&marked.tags, None),
        Field::Note => (&marked.notes, None),
        Field::Verdict => (&[], marked.verdict),
        _ => (&[], None),
    };
    texts.iter().map(String::as_str).chain(verdict.map(Verdict::name))
}

/// The live document that has this term.
fn find(searcher: &Searcher, columns: &Columns, term: &Term) -> tantivy::Result<Option<(SegmentId, DocId)>> {
    for reader in searcher.segment_readers() {
        let postings = reader.inverted_index(columns.id)?.read_postings(term, IndexRecordOption::Basic)?;
        let Some(mut postings) = postings else { continue };
        while postings.doc() != TERMINATED {
            if reader.alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc())) {
                return Ok(Some((reader.segment_id(), postings.doc())));
            }
            postings.advance();
        }
    }
    Ok(None)
}
