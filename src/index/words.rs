//! Telling words: which stand in some articles, or around some mentions, more often than in the rest of the archive.
//!
//! What counts is every form that is indexed, so that a compound counts as itself and as its parts. Forms of one stem are
//! one word, shown as it is printed most. An acronym is counted in small letters, unless those are an everyday word.

use std::collections::HashMap;

use tantivy::{
    DocAddress, DocId, DocSet, SegmentReader, TERMINATED, Term, postings::Postings, schema::IndexRecordOption,
};

use super::{
    Reader,
    document::form_term,
    fault,
    matches::Matches,
    mentions::{Named, naming},
    score::log_likelihood,
    stored::{self, Depth},
};
use crate::{
    article::{Article, PartKind},
    error::Result,
    hit::{TermCount, Total},
    plan::{Node, Plan, SmallWords, WordRequest},
    span::Span,
    text::{
        Language, Tokens, Word, is_acronym, is_function_word, is_small_word, printed_form, spelling, stem_of_printed,
        tokenise_parts, without_possessive,
    },
};

/// Words, and what they were counted in.
pub(crate) struct Telling {
    pub(crate) total: Total,
    pub(crate) words: u64,
    pub(crate) archive_words: u64,
    pub(crate) distinct: u64,
    pub(crate) terms: Vec<TermCount>,
}

/// Occurrences of indexed forms (`en:talks`).
pub(super) type Forms = HashMap<String, u64>;

/// A stem's occurrences, and those of each printed form in the place that is asked for.
#[derive(Default)]
pub(super) struct Stem {
    pub(super) inside: u64,
    archive: u64,
    forms: HashMap<String, u64>,
}

impl Reader {
    /// Words that stand more often in the articles of a plan than in all others.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn terms(&self, plan: &Plan, request: WordRequest) -> Result<Telling> {
        let matches = Matches::of(self, plan, None)?;
        let cannot = |cause| fault("the words cannot be counted", cause);
        let mut forms = Forms::new();
        for (segment, reader) in matches.segments.iter().zip(self.searcher.segment_readers()) {
            self.count_forms(reader, &segment.docs, &mut forms).map_err(cannot)?;
        }
        let words = self.words_of(&matches).map_err(cannot)?;
        let archive = self.counted_against(plan)?;
        self.telling((&forms, words), (&matches, None), (&archive, request))
    }

    /// Words that stand at most `within` words away from a mention of a plan more often than elsewhere.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn collocates(&self, plan: &Plan, within: u32, request: WordRequest) -> Result<Telling> {
        let matches = Matches::of(self, plan, None)?;
        let node = naming(plan);
        let (mut forms, mut words, mut mentions) = (Forms::new(), 0, 0);
        let segments = matches.segments.iter().zip(self.searcher.segment_readers()).zip(0u32..);
        for ((segment, reader), ord) in segments {
            let mut named = Named::open(self, reader, &node)?;
            for doc in segment.docs.iter().copied() {
                let spans = named.spans(doc);
                mentions += spans.len() as u64;
                if !spans.is_empty() {
                    let stored = stored::article(self.shelf.article(DocAddress::new(ord, doc))?, Depth::Head)?;
                    words += around(&stored.article, &spans, within, &mut forms);
                }
            }
        }
        let archive = self.counted_against(plan)?;
        self.telling((&forms, words), (&matches, Some(mentions)), (&archive, request))
    }

    /// The articles of the archive as a plan sees it: with those that the marks drop only where it asks for them.
    fn counted_against(&self, plan: &Plan) -> Result<Matches> {
        let all = Plan::of(Node::All);
        if plan.asks_for_dropped() { Matches::whole(self, &all) } else { Matches::of(self, &all, None) }
    }

    /// Adds how often each form stands in some articles of a segment.
    fn count_forms(&self, reader: &SegmentReader, docs: &[u32], forms: &mut Forms) -> tantivy::Result<()> {
        let wanted = among(reader, docs);
        let inverted = reader.inverted_index(self.columns.text)?;
        let mut terms = inverted.terms().stream()?;
        while terms.advance() {
            let mut postings = inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::WithFreqs)?;
            let mut count = 0;
            while postings.doc() != TERMINATED {
                if wanted.get(postings.doc() as usize) == Some(&true) {
                    count += u64::from(postings.term_freq());
                }
                postings.advance();
            }
            if let Some(form) = std::str::from_utf8(terms.key()).ok().filter(|_| count > 0) {
                *forms.entry(form.to_owned()).or_default() += count;
            }
        }
        Ok(())
    }

    /// The indexed forms of a stem; an acronym is its own.
    pub(super) fn forms_of_stem(&self, language: Language, stem: &str) -> Vec<String> {
        let tagged = format!("{}:{stem}", language.tag());
        if is_acronym(stem) {
            return vec![tagged];
        }
        self.forms.of(&tagged).map(|form| form_term(language, form)).collect()
    }

    /// How often any of some forms stands in the articles of `archive`, given for each segment by `among`.
    fn occurrences(&self, forms: &[String], archive: &[Vec<bool>]) -> tantivy::Result<u64> {
        let mut count = 0;
        for (reader, wanted) in self.searcher.segment_readers().iter().zip(archive) {
            let inverted = reader.inverted_index(self.columns.text)?;
            for form in forms {
                let term = Term::from_field_text(self.columns.text, form);
                let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::WithFreqs)? else { continue };
                while postings.doc() != TERMINATED {
                    if wanted.get(postings.doc() as usize) == Some(&true) {
                        count += u64::from(postings.term_freq());
                    }
                    postings.advance();
                }
            }
        }
        Ok(count)
    }

    fn words_of(&self, matches: &Matches) -> tantivy::Result<u64> {
        let mut sum = 0;
        for (segment, reader) in matches.segments.iter().zip(self.searcher.segment_readers()) {
            let column = reader.fast_fields().u64(self.schema.get_field_name(self.columns.words))?;
            sum += segment.docs.iter().filter_map(|doc| column.first(*doc)).sum::<u64>();
        }
        Ok(sum)
    }

    /// The words that these forms are, the most telling first.
    fn telling(
        &self,
        (forms, words): (&Forms, u64),
        (matches, mentions): (&Matches, Option<u64>),
        (archive, request): (&Matches, WordRequest),
    ) -> Result<Telling> {
        let cannot = |cause| fault("the words cannot be counted", cause);
        let archive_words = self.words_of(archive).map_err(cannot)?;
        let segments = self.searcher.segment_readers().iter().zip(&archive.segments);
        let wanted: Vec<Vec<bool>> = segments.map(|(reader, segment)| among(reader, &segment.docs)).collect();
        let rest = archive_words.saturating_sub(words);
        let mut terms = Vec::new();
        for ((language, stem), mut counted) in stems(forms, request.small) {
            counted.archive = self.occurrences(&self.forms_of_stem(language, &stem), &wanted).map_err(cannot)?;
            let outside = counted.archive.saturating_sub(counted.inside);
            let score = log_likelihood((counted.inside, words), (outside, rest));
            if score > 0.0 {
                let (count, archive) = (counted.inside, counted.archive);
                let term = shown(&counted.forms);
                terms.push(TermCount { term, language: language.tag().to_owned(), count, archive, score });
            }
        }
        let by_score = |a: &TermCount, b: &TermCount| b.score.total_cmp(&a.score).then(b.count.cmp(&a.count));
        terms.sort_by(|a, b| by_score(a, b).then_with(|| (&a.term, &a.language).cmp(&(&b.term, &b.language))));
        let distinct = terms.len() as u64;
        terms.truncate(request.limit.unwrap_or(usize::MAX));
        let total = Total { articles: matches.count(), mentions, stories: None, exact: true };
        Ok(Telling { total, words, archive_words, distinct, terms })
    }
}

/// For each document of a segment whether it is one of these.
fn among(reader: &SegmentReader, docs: &[DocId]) -> Vec<bool> {
    let mut wanted = vec![false; reader.max_doc() as usize];
    docs.iter().for_each(|doc| wanted[*doc as usize] = true);
    wanted
}

/// The forms by language and stem; what is asked to be left out is left out.
pub(super) fn stems(forms: &Forms, small: SmallWords) -> HashMap<(Language, String), Stem> {
    let mut stems: HashMap<(Language, String), Stem> = HashMap::new();
    for (form, count) in forms {
        let Some((tag, printed)) = form.split_once(':') else { continue };
        let Some(language) = Language::from_tag(tag) else { continue };
        let base = without_possessive(printed);
        let is_left_out = match is_acronym(printed) {
            true => !is_function_word(&printed.to_lowercase()),
            false => small == SmallWords::Without && is_small_word(&spelling(base), language),
        };
        if is_left_out {
            continue;
        }
        let stem = stem_of_printed(printed, language);
        let stem = stem.as_deref().and_then(|stem| stem.split_once(':')).map_or(printed, |(_, stem)| stem);
        let counted = stems.entry((language, stem.to_owned())).or_default();
        counted.inside += count;
        *counted.forms.entry(base.to_owned()).or_default() += count;
    }
    stems
}

/// The most frequent of some forms, the first by letters of several.
fn shown(forms: &HashMap<String, u64>) -> String {
    let most = forms.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
    most.map(|(form, _)| form.clone()).unwrap_or_default()
}

/// Adds the forms of the words at most `within` words away from the spans, none of which they are themselves; how many
/// words those are.
fn around(article: &Article, spans: &[Span], within: u32, forms: &mut Forms) -> u64 {
    let language = Language::from_tag(&article.language).unwrap_or(Language::ENGLISH);
    let parts = article.parts.iter().filter(|part| part.kind != PartKind::Boilerplate);
    let parts: Vec<_> = parts.map(|part| part.span.clone()).collect();
    let tokens = tokenise_parts(&article.text, &parts, language);
    // A part begins far behind the one before it, but not out of every reach.
    let within = within.min(crate::text::PART_GAP - 1);
    let all = tokens.words();
    let mut is_near = vec![false; all.len()];
    for (reach, near) in [(within, true), (0, false)] {
        for span in spans {
            let from = all.partition_point(|word| word.pos + reach < span.first);
            let to = all.partition_point(|word| word.pos <= span.last.saturating_add(reach));
            is_near.get_mut(from..to).unwrap_or_default().fill(near);
        }
    }
    add_forms(&tokens, all.iter().zip(&is_near).filter(|(_, is_near)| **is_near).map(|(word, _)| word), language, forms)
}

/// Adds the indexed forms of some words of a text; how many words those are.
pub(super) fn add_forms<'w>(
    tokens: &Tokens,
    words: impl IntoIterator<Item = &'w Word>,
    language: Language,
    forms: &mut Forms,
) -> u64 {
    let mut counted = 0;
    for word in words {
        counted += 1;
        for form in tokens.forms(word) {
            *forms.entry(form_term(language, &printed_form(tokens, word, &form))).or_default() += 1;
        }
    }
    counted
}
