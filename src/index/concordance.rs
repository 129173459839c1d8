//! Every mention of what a query names, in order: first where all of them stand, then each with its context.
//!
//! Where they stand is kept in memory, twelve bytes each; their texts pass by in batches.

use std::{panic::resume_unwind, sync::Arc};

use tantivy::DocAddress;

use super::{
    Reader,
    marked::LeftOut,
    matches::Matches,
    mentions::{Leaves, Named, naming},
    order::ordered,
    passage::{Sheet, key},
};
use crate::{
    error::Result,
    hit::{MentionHit, Total},
    plan::{Detail, EntityNode, MentionPage, MentionSort, Page, Plan, Sort, TextNode},
    span::Span,
};

/// Mentions that are made at once: enough for the document store to be read in its own order.
const BATCH: usize = 4096;

/// Most threads that read articles at once.
const THREADS: usize = 4;
/// Fewest articles worth a thread.
const SHARE: usize = 32;

/// What is made of a mention in its article.
type Make<'m, T> = dyn Fn(&mut Sheet<'_>, Span) -> T + Sync + 'm;

/// The mentions of a plan, found but not read.
pub(crate) struct Concordance<'r> {
    pub(super) reader: &'r Reader,
    pub(super) entities: Vec<EntityNode>,
    pub(super) texts: Vec<TextNode>,
    pub(super) matches: Matches,
    /// What marks leave out.
    pub(super) left_out: Option<Arc<LeftOut>>,
    /// The spans of each matching article, by segment and as `matches` has them.
    spans: Vec<Vec<Vec<Span>>>,
    total: Total,
}

/// A mention on its way out.
#[derive(Debug, Clone, Copy)]
struct Entry {
    article: u32,
    span: Span,
}

impl Reader {
    /// Finds all mentions of a plan.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn concordance(&self, plan: &Plan) -> Result<Concordance<'_>> {
        let matches = Matches::of(self, plan, None)?;
        let node = naming(plan);
        let leaves = Leaves::of(&node);
        let entities = leaves.entities.into_iter().cloned().collect();
        let texts = leaves.texts.into_iter().cloned().collect();
        let (mut spans, mut mentions) = (Vec::new(), 0);
        for (segment, of) in matches.segments.iter().zip(self.searcher.segment_readers()) {
            let mut named = Named::open(self, of, &node)?;
            let found: Vec<Vec<Span>> = segment.docs.iter().map(|doc| named.spans(*doc)).collect();
            mentions += found.iter().map(|spans| spans.len() as u64).sum::<u64>();
            spans.push(found);
        }
        let total = Total { articles: matches.count(), mentions: Some(mentions), stories: None, exact: true };
        let left_out = self.left_out()?;
        Ok(Concordance { reader: self, entities, texts, matches, left_out, spans, total })
    }
}

impl Concordance<'_> {
    /// How many there are.
    pub(crate) fn total(&self) -> &Total {
        &self.total
    }

    /// Every mention of the page, one after the other.
    ///
    /// # Errors
    /// `Io`; whatever `sink` returns.
    pub(crate) fn stream(&self, page: &MentionPage, sink: &mut dyn FnMut(MentionHit) -> Result<()>) -> Result<()> {
        let sort = match page.sort {
            MentionSort::Date => Sort::Oldest,
            MentionSort::Source => Sort::Source,
            MentionSort::Left | MentionSort::Right | MentionSort::File => Sort::File,
        };
        let hits = ordered(self.reader, &self.matches, (&Page { sort, ..Page::default() }, ""))?.hits;
        let articles: Vec<DocAddress> = hits.iter().map(|hit| hit.address).collect();
        let mut entries = self.entries(&articles);
        if matches!(page.sort, MentionSort::Left | MentionSort::Right) {
            self.sort_by_context(&mut entries, &articles, page)?;
        }
        let skipped = usize::try_from(page.offset).unwrap_or(usize::MAX).min(entries.len());
        let limit = page.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        let wanted = &entries[skipped..entries.len().min(skipped.saturating_add(limit))];
        for batch in wanted.chunks(BATCH) {
            self.rows(batch, &articles, &|sheet, span| {
                let article = (page.detail == Detail::Article).then(|| Arc::clone(sheet.article()));
                MentionHit { article, ..sheet.row(span, page.context) }
            })?
            .into_iter()
            .try_for_each(&mut *sink)?;
        }
        Ok(())
    }

    /// All mentions, article by article in the given order.
    fn entries(&self, articles: &[DocAddress]) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (address, article) in articles.iter().zip(0..) {
            let spans = self.spans_of(*address);
            entries.extend(spans.iter().map(|span| Entry { article, span: *span }));
        }
        entries
    }

    fn spans_of(&self, address: DocAddress) -> &[Span] {
        let segment = address.segment_ord as usize;
        let docs = self.matches.segments.get(segment).map(|segment| segment.docs.as_slice()).unwrap_or_default();
        let at = docs.binary_search(&address.doc_id).ok();
        let spans = at.and_then(|at| self.spans.get(segment)?.get(at));
        spans.map(Vec::as_slice).unwrap_or_default()
    }

    fn sort_by_context(&self, entries: &mut Vec<Entry>, articles: &[DocAddress], page: &MentionPage) -> Result<()> {
        let mut keyed: Vec<(String, Entry)> = Vec::with_capacity(entries.len());
        for batch in entries.chunks(BATCH) {
            let keys = self.rows(batch, articles, &|sheet, span| key(&sheet.row(span, page.context), page.sort))?;
            keyed.extend(keys.into_iter().zip(batch.iter().copied()));
        }
        keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
        *entries = keyed.into_iter().map(|(_, entry)| entry).collect();
        Ok(())
    }

    /// Makes something of each entry, in their order; the store is read in its own, by several threads where it is much.
    fn rows<T: Send>(&self, entries: &[Entry], articles: &[DocAddress], make: &Make<'_, T>) -> Result<Vec<T>> {
        let mut by_address: Vec<(DocAddress, usize)> = entries
            .iter()
            .enumerate()
            .filter_map(|(at, entry)| articles.get(entry.article as usize).map(|address| (*address, at)))
            .collect();
        by_address.sort_unstable();
        let groups: Vec<&[(DocAddress, usize)]> = by_address.chunk_by(|a, b| a.0 == b.0).collect();
        let most = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS);
        let share = groups.len().div_ceil(most).max(SHARE);
        let mut made: Vec<(usize, T)> = Vec::with_capacity(entries.len());
        std::thread::scope(|scope| {
            let mut shares = groups.chunks(share);
            let own = shares.next_back().unwrap_or_default();
            let others: Vec<_> = shares.map(|share| scope.spawn(|| self.made(share, entries, make))).collect();
            let own = self.made(own, entries, make);
            for made_there in
                others.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            {
                made.extend(made_there?);
            }
            made.extend(own?);
            Ok(())
        })?;
        made.sort_unstable_by_key(|(at, _)| *at);
        Ok(made.into_iter().map(|(_, row)| row).collect())
    }

    /// What is made of the entries of some articles, each with its number.
    fn made<T>(
        &self,
        groups: &[&[(DocAddress, usize)]],
        entries: &[Entry],
        make: &Make<'_, T>,
    ) -> Result<Vec<(usize, T)>> {
        let mut made = Vec::new();
        for group in groups {
            let Some((address, _)) = group.first() else { continue };
            let opened = self.reader.laid_open(*address, Detail::Article)?;
            let mut sheet = Sheet::of(&opened, &self.entities)?;
            let entries = group.iter().filter_map(|(_, at)| entries.get(*at).map(|entry| (*at, entry)));
            made.extend(entries.map(|(at, entry)| (at, make(&mut sheet, entry.span))));
        }
        Ok(made)
    }
}
