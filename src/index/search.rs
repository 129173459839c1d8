//! Answers: a page of hits with snippets, a stream of all of them, counts, marks, coverage.
//!
//! It never lowers a plan or orders hits itself; it puts together what its neighbours find.

use std::sync::Arc;

use tantivy::{DocAddress, columnar::Column};

use super::{
    Reader, company, fault,
    matches::{Matches, narrowed},
    mentions::{Named, naming},
    order::{self, Ordered, Ranked, best_wanted, cursor, ordered},
    snippet,
    stored::{Depth, Landmarked},
};
use crate::{
    article::Article,
    date::Date,
    error::Result,
    field::Field,
    hit::{Hit, HitList, Total},
    plan::{Detail, Filter, Node, Page, Plan, Sort, Unit},
};

/// Hits that are made at once while streaming: enough for the document store to be read in order.
const BATCH: usize = 256;

impl Reader {
    /// The asked page of hits, without facets.
    ///
    /// # Errors
    /// `Usage` for a bad cursor; `Io`.
    pub(crate) fn search(&self, plan: &Plan, page: &Page) -> Result<HitList> {
        let (matches, ordered) = self.found(plan, page)?;
        let mentions = match page.detail {
            Detail::Whole | Detail::Article => Some(self.count_mentions(&matches, &naming(plan))?),
            Detail::Fields => None,
        };
        Ok(HitList {
            total: total(matches.count(), mentions),
            offset: ordered.offset,
            limit: page.limit,
            hits: self.hits((plan, page.detail), &ordered.hits, ordered.offset)?,
            next: ordered.next,
            ..HitList::default()
        })
    }

    /// Every hit of a page, one after the other.
    ///
    /// # Errors
    /// `Usage` for a bad cursor; `Io`; whatever `sink` returns.
    pub(crate) fn stream(&self, plan: &Plan, page: &Page, sink: &mut dyn FnMut(Hit) -> Result<()>) -> Result<Total> {
        let matches = self.ranked(plan, page)?;
        let ordered = ordered(self, &matches, (page, &mark(plan, page)))?;
        let mut offset = ordered.offset;
        for batch in ordered.hits.chunks(BATCH) {
            self.hits((plan, page.detail), batch, offset)?.into_iter().try_for_each(&mut *sink)?;
            offset += batch.len() as u64;
        }
        Ok(total(matches.count(), None))
    }

    /// The matches, and the page of them in order. Where the best alone are wanted, only these need be scored.
    fn found(&self, plan: &Plan, page: &Page) -> Result<(Matches, Ordered)> {
        let mark = mark(plan, page);
        if let Some(wanted) = best_wanted(page).filter(|_| !plan.asks_a_question())
            && let Some(best) = Matches::best(self, plan, wanted)?
        {
            let matches = Matches::of(self, plan, None)?;
            let ordered = order::page_of(self, (&best, matches.count()), (page, &mark))?;
            return Ok((matches, ordered));
        }
        let matches = self.ranked(plan, page)?;
        let ordered = ordered(self, &matches, (page, &mark))?;
        Ok((matches, ordered))
    }

    /// The matches with what they are ordered by.
    fn ranked(&self, plan: &Plan, page: &Page) -> Result<Matches> {
        let mut matches = Matches::scored(self, plan)?;
        if page.sort == Sort::Relevance && plan.asks_a_question() {
            company::raise(self, &mut matches)?;
        }
        Ok(matches)
    }

    /// How many articles match, and how often what the query names occurs in them.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn count(&self, plan: &Plan, of: Unit) -> Result<Total> {
        let (articles, mentions) = match of {
            Unit::Articles => (Matches::counted(self, plan)?, None),
            Unit::Mentions => {
                let matches = Matches::of(self, plan, None)?;
                (matches.count(), Some(self.count_mentions(&matches, &naming(plan))?))
            }
        };
        Ok(total(articles, mentions))
    }

    /// Where a plan matches in an article, as bytes of its text.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn marks(&self, plan: &Plan, article: &Article) -> Result<Vec<std::ops::Range<usize>>> {
        let one = Node::And(vec![narrowed(plan, None), super::reader::is(Field::Id, &article.id)]);
        let only = Plan::of(one);
        let Some(address) = Matches::whole(self, &only)?.addresses().next() else { return Ok(Vec::new()) };
        let mut named = Named::open(self, self.searcher.segment_reader(address.segment_ord), &only.root)?;
        let landmarks = self.landmarked(address, Depth::Head)?.landmarks;
        Ok(snippet::marks((article, &landmarks), &named.spans(address.doc_id)))
    }

    /// How many articles have a value of `field`; `None` where that makes no sense.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn coverage(&self, field: Field) -> Result<Option<u64>> {
        let is_known = matches!(field, Field::Caption | Field::Verdict | Field::Note);
        if !is_known && self.columns.labels(field).is_none() {
            return Ok(None);
        }
        let root = Node::Filter(Filter::Has(field));
        let plan = Plan::of(root);
        Matches::counted(self, &plan).map(Some)
    }

    /// Names found under `extra`, folded, with the articles that have them.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn extra_names(&self) -> Result<Vec<(String, u64)>> {
        let mut names = std::collections::BTreeSet::new();
        for reader in self.searcher.segment_readers() {
            let inverted =
                reader.inverted_index(self.columns.extra).map_err(|cause| fault("the index cannot be read", cause))?;
            let mut terms = inverted.terms().stream().map_err(|cause| fault("the index cannot be read", cause))?;
            while terms.advance() {
                names.extend(
                    std::str::from_utf8(terms.key()).ok().filter(|term| !term.contains('\0')).map(str::to_owned),
                );
            }
        }
        let counted = names.into_iter().map(|name| {
            let filter = Filter::Extra { name: name.clone(), value: None };
            let plan = Plan::of(Node::Filter(filter));
            Ok((name, Matches::counted(self, &plan)?))
        });
        counted.filter(|counted| !matches!(counted, Ok((_, 0)))).collect()
    }

    /// First and last day of publication, as the narrowest reading of each date gives them.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn published_span(&self) -> Result<Option<(Date, Date)>> {
        let mut span: Option<(i64, i64)> = None;
        for reader in self.searcher.segment_readers() {
            let column = |field| reader.fast_fields().i64(self.schema.get_field_name(field));
            let columns = column(self.columns.published_lo).and_then(|lo| Ok((lo, column(self.columns.published_hi)?)));
            let (lo, hi) = columns.map_err(|cause| fault("the dates cannot be read", cause))?;
            for (lo, hi) in reader.doc_ids_alive().filter_map(|doc| lo.first(doc).zip(hi.first(doc))) {
                span = Some(span.map_or((lo, hi), |(from, to)| (from.min(lo), to.max(hi))));
            }
        }
        Ok(span.map(|(from, to)| (Date::from_day(from as i32), Date::from_day(to as i32))))
    }

    /// The hits at given places, in the given order; the store is read in its own.
    fn hits(&self, (plan, detail): (&Plan, Detail), ranked: &[Ranked], offset: u64) -> Result<Vec<Hit>> {
        let node = narrowed(plan, None);
        let mut by_address: Vec<usize> = (0..ranked.len()).collect();
        by_address.sort_unstable_by_key(|at| ranked[*at].address);
        let mut hits: Vec<Hit> = vec![Hit::default(); ranked.len()];
        let mut opened: Option<Opened> = None;
        let depth = if detail == Detail::Article { Depth::Whole } else { Depth::Head };
        for at in by_address {
            let DocAddress { segment_ord, doc_id } = ranked[at].address;
            let Landmarked { article, landmarks } = self.landmarked(ranked[at].address, depth)?;
            let here = match opened.take_if(|opened| opened.ord == segment_ord) {
                Some(opened) => opened,
                None => self.opened_for_hits(segment_ord, (detail != Detail::Fields).then_some(&node))?,
            };
            let here = opened.insert(here);
            let mut snippets = Vec::new();
            if let Some(named) = &mut here.named {
                let spans = named.spans(doc_id);
                snippets = snippet::snippets(&article, &snippet::marks((&article, &landmarks), &spans));
            }
            let words = here.words.first(doc_id).unwrap_or(0);
            let whole = (detail == Detail::Article).then(|| Arc::new(article.clone()));
            let (rank, score) = (offset + at as u64 + 1, ranked[at].score);
            hits[at] = Hit { rank, score, words, snippets, article: whole, ..hit(article) };
        }
        Ok(hits)
    }

    /// Opens what hits of a segment need; without `named` they get no passages.
    fn opened_for_hits(&self, ord: u32, named: Option<&Node>) -> Result<Opened> {
        let reader = self.searcher.segment_reader(ord);
        let words = reader.fast_fields().u64(self.schema.get_field_name(self.columns.words));
        Ok(Opened {
            ord,
            named: named.map(|node| Named::open(self, reader, node)).transpose()?,
            words: words.map_err(|cause| fault("the index cannot be read", cause))?,
        })
    }
}

/// What the cursors of a search begin with.
fn mark(plan: &Plan, page: &Page) -> String {
    cursor::mark(&cursor::asked(plan), cursor::letter(page.sort))
}

/// What the hits of one segment are made with.
struct Opened {
    ord: u32,
    named: Option<Named>,
    /// How long each article is.
    words: Column<u64>,
}

fn total(articles: u64, mentions: Option<u64>) -> Total {
    Total { articles, mentions, stories: None, exact: true }
}

fn hit(article: Article) -> Hit {
    Hit {
        id: article.id,
        path: article.path,
        line: article.line,
        url: article.url,
        title: article.title,
        source: article.source,
        byline: article.byline,
        published: article.published.map(String::from),
        published_from: article.published_from,
        language: article.language,
        people: article.people,
        places: article.places,
        orgs: article.orgs,
        roles: article.roles,
        subjects: article.subjects,
        tags: article.tags,
        hash: article.hash,
        ..Hit::default()
    }
}
