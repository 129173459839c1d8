//! What `names.csv` changes in an index: articles whose names of one kind are others than were indexed.
//!
//! The index itself is never changed; without rules for a kind nothing here is made or looked at.

mod build;

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    ops::Range,
    sync::Arc,
};

use tantivy::{DocAddress, DocId, index::SegmentId};

use super::{
    Reader, fault,
    listed::{Listed, ListedQuery},
    stored::{self, Depth, Landmarked, Opened},
};
use crate::{
    article::{Article, PartKind},
    authority::KINDS,
    entity::{EntityKind, Evidence, Mention},
    error::Result,
    plan::{Detail, EntityNode},
    span::Span,
    text::{Language, analyse},
};

/// The rule of a mention that no extractor found.
const RULE: &str = "authority";

/// The names of one kind after the rules, of the articles in which they differ from what was indexed.
#[derive(Debug, Default)]
pub(super) struct Renamed {
    names: Vec<String>,
    segments: HashMap<SegmentId, BTreeMap<DocId, RenamedDoc>>,
}

/// The names of one kind in one article after the rules; names by their number.
#[derive(Debug, Default)]
pub(super) struct RenamedDoc {
    /// Names that the article has.
    pub(super) labels: Vec<u32>,
    /// Its mentions, those that are no entities left out.
    pub(super) mentions: Vec<RenamedMention>,
}

impl RenamedDoc {
    /// The numbers of its names, some of them more than once.
    pub(super) fn names(&self) -> impl Iterator<Item = u32> {
        self.labels.iter().copied().chain(self.mentions.iter().map(|mention| mention.name))
    }

    /// The mentions that stand among the words that are searched.
    pub(super) fn standing(&self) -> impl Iterator<Item = (u32, Span)> {
        self.mentions.iter().filter_map(|mention| Some((mention.name, mention.span?)))
    }
}

/// A mention after the rules.
#[derive(Debug, Clone, Copy)]
pub(super) struct RenamedMention {
    /// The name it stands for.
    pub(super) name: u32,
    pub(super) printed: Printed<u32>,
    /// Its words; none outside the searched parts.
    pub(super) span: Option<Span>,
}

/// How a mention is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Printed<N> {
    /// As this row of the mention columns says.
    Row(usize),
    /// As a variant that no extractor found.
    Variant(N),
}

impl Reader {
    /// The articles in which names of a kind differ from what was indexed; `None` when there are no rules.
    pub(super) fn renamed(&self, kind: EntityKind) -> Result<Option<Arc<Renamed>>> {
        if !self.authority.knows(kind) {
            return Ok(None);
        }
        let known = self.renamed.lock().ok().and_then(|known| known.get(&kind).cloned());
        if known.is_some() {
            return Ok(known);
        }
        let built = Arc::new(build::build(self, kind)?);
        if let Ok(mut known) = self.renamed.lock() {
            known.insert(kind, Arc::clone(&built));
        }
        Ok(Some(built))
    }

    /// The article at an address, its names as the rules have them, its tags with those of the marks.
    pub(super) fn stored(&self, address: DocAddress, depth: Depth) -> Result<Article> {
        Ok(self.landmarked(address, depth)?.article)
    }

    /// As `stored`, with the landmarks of its text.
    pub(super) fn landmarked(&self, address: DocAddress, depth: Depth) -> Result<Landmarked> {
        let Landmarked { mut article, landmarks } = stored::article(self.shelf.article(address)?, depth)?;
        let segment = self.searcher.segment_reader(address.segment_ord).segment_id();
        self.marked.add_tags(segment, address.doc_id, &mut article);
        let (mut hidden, mut found) = (Vec::new(), Vec::new());
        for kind in KINDS {
            let Some(renamed) = self.renamed(kind)? else { continue };
            let Some(doc) = renamed.doc(segment, address.doc_id) else { continue };
            hidden.extend(renamed.apply(doc, kind, &mut article));
            if depth == Depth::Whole {
                found.extend(renamed.found(doc, kind, &article));
            }
        }
        let mut row = 0..;
        article.mentions.retain(|_| row.next().is_none_or(|row| !hidden.contains(&row)));
        if !found.is_empty() {
            article.mentions.extend(found);
            article.mentions.sort_by_key(|mention| mention.span.start);
        }
        Ok(Landmarked { article, landmarks })
    }

    /// An article for rows of its mentions: all of it where the page wants that, or the rules change its names.
    pub(super) fn laid_open(&self, address: DocAddress, detail: Detail) -> Result<Opened> {
        let segment = self.searcher.segment_reader(address.segment_ord).segment_id();
        let mut is_whole = detail == Detail::Article;
        for kind in KINDS {
            is_whole |= self.renamed(kind)?.is_some_and(|renamed| renamed.doc(segment, address.doc_id).is_some());
        }
        match is_whole {
            true => Ok(Opened::whole(self.landmarked(address, Depth::Whole)?)),
            false => Opened::of(self.shelf.article(address)?),
        }
    }
}

impl Renamed {
    /// An article's names, if they differ from what was indexed.
    pub(super) fn doc(&self, segment: SegmentId, doc: DocId) -> Option<&RenamedDoc> {
        self.segments.get(&segment)?.get(&doc)
    }

    /// The name of this number.
    pub(super) fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map(String::as_str).unwrap_or_default()
    }

    /// Every name of an article here.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let mut used = vec![false; self.names.len()];
        for number in self.segments.values().flat_map(BTreeMap::values).flat_map(|doc| &doc.labels) {
            used[*number as usize] = true;
        }
        self.names.iter().zip(used).filter(|(_, used)| *used).map(|(name, _)| name.as_str())
    }

    /// Which names an entity of a query asks for, by number.
    fn wanted(&self, entity: &EntityNode) -> Vec<bool> {
        let is_below = |own: &str, name: &str| own.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'));
        let is_wanted = |own: &String| match &entity.names {
            None => true,
            Some(names) => {
                names.iter().any(|name| own == name || entity.kind == EntityKind::Place && is_below(own, name))
            }
        };
        self.names.iter().map(is_wanted).collect()
    }

    /// All articles here, and those of them that have a name an entity asks for.
    pub(super) fn queries(&self, entity: &EntityNode) -> (ListedQuery, ListedQuery) {
        let wanted = self.wanted(entity);
        let (mut all, mut naming) = (Listed::new(), Listed::new());
        for (segment, docs) in &self.segments {
            all.insert(*segment, docs.keys().copied().collect());
            let named = docs.iter().filter(|(_, doc)| doc.labels.iter().any(|name| is_in(&wanted, *name)));
            naming.insert(*segment, named.map(|(doc, _)| *doc).collect());
        }
        (ListedQuery::of(all), ListedQuery::of(naming))
    }

    /// Puts the rules' names into an article; gives the numbers of mentions that are no entities.
    fn apply(&self, doc: &RenamedDoc, kind: EntityKind, article: &mut Article) -> Vec<usize> {
        let labels = doc.labels.iter().map(|name| self.name(*name).to_owned()).collect();
        match kind {
            EntityKind::Person => article.people = labels,
            EntityKind::Place => article.places = labels,
            EntityKind::Org => article.orgs = labels,
            EntityKind::Role => article.roles = labels,
            EntityKind::Date => {}
        }
        let mut names: HashMap<usize, u32> = HashMap::new();
        for mention in &doc.mentions {
            if let Printed::Row(row) = mention.printed {
                names.insert(row, mention.name);
            }
        }
        let mut hidden = Vec::new();
        for (row, mention) in article.mentions.iter_mut().enumerate() {
            let name = names.get(&row).map(|name| self.name(*name).to_owned());
            if kind == EntityKind::Role && mention.role.is_some() {
                mention.role.clone_from(&name);
            }
            if mention.kind == kind && !mention.entity.is_empty() {
                match name {
                    Some(name) => mention.entity = name,
                    None => hidden.push(row),
                }
            }
        }
        hidden
    }

    /// Mentions of an article that no extractor found.
    fn found(&self, doc: &RenamedDoc, kind: EntityKind, article: &Article) -> Vec<Mention> {
        let is_found = |mention: &&RenamedMention| matches!(mention.printed, Printed::Variant(_));
        let found: Vec<&RenamedMention> = doc.mentions.iter().filter(is_found).collect();
        if found.is_empty() {
            return Vec::new();
        }
        let parts = article.parts.iter().filter(|part| part.kind != PartKind::Boilerplate);
        let parts: Vec<Range<usize>> = parts.map(|part| part.span.clone()).collect();
        let language = Language::from_tag(&article.language).unwrap_or(Language::ENGLISH);
        let analysis = analyse(&article.text, &parts, language);
        let words = analysis.words();
        let bytes = |span: Span| {
            let first = words.get(words.partition_point(|word| word.pos < span.first))?;
            let last = words.get(words.partition_point(|word| word.pos <= span.last).checked_sub(1)?)?;
            Some(first.start as usize..last.end as usize)
        };
        let mention = |mention: &RenamedMention| {
            let span = bytes(mention.span?)?;
            Some(Mention {
                kind,
                surface: article.text.get(span.clone())?.to_owned(),
                span,
                entity: self.name(mention.name).to_owned(),
                role: None,
                location: None,
                date: None,
                from: Evidence::Text,
                rule: RULE.to_owned(),
                confidence: 1.0,
            })
        };
        found.into_iter().filter_map(mention).collect()
    }
}

fn is_in(wanted: &[bool], name: u32) -> bool {
    wanted.get(name as usize).copied().unwrap_or(false)
}

/// Documents of a segment: those as they were indexed, and those that the rules change.
pub(super) struct Sides<'a> {
    pub(super) plain: Cow<'a, [DocId]>,
    pub(super) renamed: Vec<&'a RenamedDoc>,
}

/// Parts the documents of a segment.
pub(super) fn sides<'a>(renamed: Option<&'a Renamed>, segment: SegmentId, docs: &'a [DocId]) -> Sides<'a> {
    let changed = renamed.and_then(|renamed| renamed.segments.get(&segment)).filter(|changed| !changed.is_empty());
    let Some(changed) = changed else { return Sides { plain: Cow::Borrowed(docs), renamed: Vec::new() } };
    let plain = docs.iter().copied().filter(|doc| !changed.contains_key(doc)).collect();
    Sides { plain: Cow::Owned(plain), renamed: docs.iter().filter_map(|doc| changed.get(doc)).collect() }
}

/// What the rules change in a segment, for somebody who looks for an entity.
pub(super) struct Sought {
    renamed: Arc<Renamed>,
    segment: SegmentId,
    wanted: Vec<bool>,
}

impl Sought {
    /// Of an entity in a segment.
    pub(super) fn of(renamed: &Arc<Renamed>, segment: SegmentId, entity: &EntityNode) -> Self {
        Self { renamed: Arc::clone(renamed), segment, wanted: renamed.wanted(entity) }
    }

    /// An article's names, if they differ from what was indexed.
    pub(super) fn doc(&self, doc: DocId) -> Option<&RenamedDoc> {
        self.renamed.doc(self.segment, doc)
    }

    /// The mentions of the entity in an article, with what they are printed as.
    pub(super) fn standing<'a>(&'a self, doc: &'a RenamedDoc) -> impl Iterator<Item = (Printed<&'a str>, Span)> {
        let wanted = doc.mentions.iter().filter(|mention| is_in(&self.wanted, mention.name));
        wanted.filter_map(|mention| {
            let printed = match mention.printed {
                Printed::Row(row) => Printed::Row(row),
                Printed::Variant(variant) => Printed::Variant(self.renamed.name(variant)),
            };
            Some((printed, mention.span?))
        })
    }

    /// Articles in which the rules leave or put a mention of the entity, in ascending order.
    pub(super) fn docs(&self) -> Vec<DocId> {
        let docs = self.renamed.segments.get(&self.segment);
        let is_named = |doc: &RenamedDoc| doc.mentions.iter().any(|mention| is_in(&self.wanted, mention.name));
        docs.into_iter().flatten().filter(|(_, doc)| is_named(doc)).map(|(doc, _)| *doc).collect()
    }
}

/// An error of the columns.
fn unreadable(cause: impl std::error::Error + Send + Sync + 'static) -> crate::error::Error {
    fault("the names cannot be read", cause)
}
