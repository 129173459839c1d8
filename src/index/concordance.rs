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
    order::{Key, Ordered, Ranked, Step, cursor, ordered},
    passage::{Sheet, key},
};
use crate::{
    error::Result,
    hit::{MentionHit, Stretch, Total},
    plan::{Context, Detail, EntityNode, MentionPage, MentionSort, Page, Plan, Sort, TextNode},
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
    /// What is asked, for cursors.
    asked: String,
}

/// A mention on its way out.
#[derive(Debug, Clone, Copy)]
struct Entry {
    article: u32,
    span: Span,
}

/// All mentions in the order of a page.
struct Listed {
    articles: Ordered,
    entries: Vec<Entry>,
    /// What each is sorted by before its place; empty where the place alone counts.
    keys: Vec<String>,
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
        let asked = cursor::asked(plan);
        Ok(Concordance { reader: self, entities, texts, matches, left_out, spans, total, asked })
    }
}

impl Concordance<'_> {
    /// How many there are.
    pub(crate) fn total(&self) -> &Total {
        &self.total
    }

    /// Every mention of the page, one after the other; which stretch of all of them that was.
    ///
    /// # Errors
    /// `Usage` for a bad cursor; `Io`; whatever `sink` returns.
    pub(crate) fn stream(&self, page: &MentionPage, sink: &mut dyn FnMut(MentionHit) -> Result<()>) -> Result<Stretch> {
        let mark = self.mark(page);
        let after = page.after.as_deref().map(|after| cursor::read(after, &mark)).transpose()?;
        let listed = self.listed(page)?;
        let all = listed.entries.len();
        let behind = after.map_or(Ok(0), |after| listed.behind(&after))?;
        let from = behind.saturating_add(usize::try_from(page.offset).unwrap_or(usize::MAX)).min(all);
        let limit = page.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        let to = from.saturating_add(limit).min(all);
        for batch in listed.entries[from..to].chunks(BATCH) {
            self.rows((batch, page.detail), &listed.articles.hits, &|sheet, span| {
                let article = (page.detail == Detail::Article).then(|| Arc::clone(sheet.article()));
                MentionHit { article, ..sheet.row(span, page.context) }
            })?
            .into_iter()
            .try_for_each(&mut *sink)?;
        }
        let last = (from < to && to < all).then(|| listed.key(to - 1)).transpose()?;
        let next = last.map(|last| cursor::write(&mark, &last));
        Ok(Stretch { offset: from as u64, next })
    }

    /// What the cursors of a page begin with. What stands around a mention matters where it decides the order.
    fn mark(&self, page: &MentionPage) -> String {
        let context = match page.context {
            Context::Chars(most) => most.to_string(),
            Context::Sentence => "s".to_owned(),
            Context::Paragraph => "p".to_owned(),
        };
        let order = match page.sort {
            MentionSort::Date => "md".to_owned(),
            MentionSort::Source => "ms".to_owned(),
            MentionSort::File => "mf".to_owned(),
            MentionSort::Left => format!("ml{context}-"),
            MentionSort::Right => format!("mr{context}-"),
        };
        cursor::mark(&self.asked, &order)
    }

    /// All mentions in the order of a page.
    fn listed(&self, page: &MentionPage) -> Result<Listed> {
        let sort = match page.sort {
            MentionSort::Date => Sort::Oldest,
            MentionSort::Source => Sort::Source,
            MentionSort::Left | MentionSort::Right | MentionSort::File => Sort::File,
        };
        let articles = ordered(self.reader, &self.matches, (&Page { sort, ..Page::default() }, ""))?;
        let entries = self.entries(&articles.hits);
        let listed = Listed { articles, entries, keys: Vec::new() };
        match page.sort {
            MentionSort::Left | MentionSort::Right => self.sorted_by_context(listed, page),
            MentionSort::Date | MentionSort::Source | MentionSort::File => Ok(listed),
        }
    }

    /// All mentions, article by article in the given order.
    fn entries(&self, articles: &[Ranked]) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (ranked, article) in articles.iter().zip(0..) {
            let spans = self.spans_of(ranked.address);
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

    fn sorted_by_context(&self, listed: Listed, page: &MentionPage) -> Result<Listed> {
        let mut keyed: Vec<(String, Entry)> = Vec::with_capacity(listed.entries.len());
        for batch in listed.entries.chunks(BATCH) {
            let sorted_by = |sheet: &mut Sheet<'_>, span| key(&sheet.row(span, page.context), page.sort);
            let keys = self.rows((batch, Detail::Whole), &listed.articles.hits, &sorted_by)?;
            keyed.extend(keys.into_iter().zip(batch.iter().copied()));
        }
        keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
        let (keys, entries) = keyed.into_iter().unzip();
        Ok(Listed { entries, keys, ..listed })
    }

    /// Makes something of each entry, in their order; the store is read in its own, by several threads where it is much.
    fn rows<T: Send>(
        &self,
        (entries, detail): (&[Entry], Detail),
        articles: &[Ranked],
        make: &Make<'_, T>,
    ) -> Result<Vec<T>> {
        let mut by_address: Vec<(DocAddress, usize)> = entries
            .iter()
            .enumerate()
            .filter_map(|(at, entry)| articles.get(entry.article as usize).map(|ranked| (ranked.address, at)))
            .collect();
        by_address.sort_unstable();
        let groups: Vec<&[(DocAddress, usize)]> = by_address.chunk_by(|a, b| a.0 == b.0).collect();
        let most = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS);
        let share = groups.len().div_ceil(most).max(SHARE);
        // Rows are large: each is put where it belongs and never sorted.
        let mut rows: Vec<Option<T>> = Vec::new();
        rows.resize_with(entries.len(), || None);
        let mut put = |made: Vec<(usize, T)>| made.into_iter().for_each(|(at, row)| rows[at] = Some(row));
        std::thread::scope(|scope| {
            let mut shares = groups.chunks(share);
            let own = shares.next_back().unwrap_or_default();
            let others: Vec<_> =
                shares.map(|share| scope.spawn(|| self.made(share, (entries, detail), make))).collect();
            let own = self.made(own, (entries, detail), make);
            for thread in others {
                put(thread.join().unwrap_or_else(|panic| resume_unwind(panic))?);
            }
            put(own?);
            Ok(())
        })?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// What is made of the entries of some articles, each with its number.
    fn made<T>(
        &self,
        groups: &[&[(DocAddress, usize)]],
        (entries, detail): (&[Entry], Detail),
        make: &Make<'_, T>,
    ) -> Result<Vec<(usize, T)>> {
        let mut made = Vec::with_capacity(groups.iter().map(|group| group.len()).sum());
        for group in groups {
            let Some((address, _)) = group.first() else { continue };
            let opened = self.reader.laid_open(*address, detail)?;
            let mut sheet = Sheet::of(&opened, &self.entities)?;
            let entries = group.iter().filter_map(|(_, at)| entries.get(*at).map(|entry| (*at, entry)));
            made.extend(entries.map(|(at, entry)| (at, make(&mut sheet, entry.span))));
        }
        Ok(made)
    }
}

impl Listed {
    /// What an entry is ordered by, place and all: no two have the same.
    fn key(&self, at: usize) -> Result<Key> {
        let Some(entry) = self.entries.get(at) else { return Ok(Key::new()) };
        let mut key: Key = self.keys.get(at).cloned().map(Step::Text).into_iter().collect();
        if let Some(article) = self.articles.hits.get(entry.article as usize) {
            key.extend(self.articles.key(article)?);
        }
        key.extend([entry.span.first, entry.span.last].map(|place| Step::Number(u64::from(place))));
        Ok(key)
    }

    /// How many entries stand up to a cursor.
    fn behind(&self, cursor: &Key) -> Result<usize> {
        let (mut from, mut to) = (0, self.entries.len());
        while from < to {
            let middle = from + (to - from) / 2;
            if self.key(middle)? <= *cursor { from = middle + 1 } else { to = middle }
        }
        Ok(from)
    }
}
