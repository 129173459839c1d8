//! Articles like the best: the hits of a question that share telling words with the first few of them come higher.
//!
//! Pseudo-relevance feedback by the words that tell most of those articles (after Robertson 1990 and Rocchio 1971). It finds
//! no article and marks no word; it adds to scores.

use std::{collections::HashMap, sync::Arc};

use tantivy::{
    TERMINATED, Term,
    query::{EnableScoring, Query, Scorer},
};

use super::{
    Reader, fault,
    leaf::{Leaf, WordLeaf},
    matches::{Matches, SegmentMatches},
    order::{Ranked, ordered},
    similarity::idf,
    statistics::Statistics,
    stored::{self, Depth},
    terms::Terms,
    text_query::TextQuery,
    words::{Forms, add_forms, stems},
};
use crate::{
    article::{Article, PartKind},
    error::Result,
    plan::{Page, SmallWords},
    span::Shape,
    text::{Language, tokenise_parts},
};

/// So many of the best are taken for what was asked for, and so many of their words: tuned on the odd questions of six judged
/// collections (docs/decisions.md).
const BEST: u64 = 3;
const WORDS: usize = 60;
/// What the most telling of these words weighs beside a word of the question.
const WEIGHT: f32 = 0.5;
/// How soon more occurrences in one article tell nothing new.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// Bytes of a text that are looked at: what it is about stands at its head.
const HEAD: usize = 16_384;

/// A stem of a language.
type Stem = (Language, String);

/// Raises those of the matches that share words with the best of them.
pub(super) fn raise(reader: &Reader, matches: &mut Matches) -> Result<()> {
    let page = Page { limit: Some(BEST), ..Page::default() };
    let best = ordered(reader, matches, (&page, ""))?.hits;
    let words = telling(reader, &shares(reader, &best)?)
        .map_err(|cause| fault("the words of the best hits cannot be counted", cause))?;
    let raised = words.iter().try_for_each(|word| raise_by(reader, word, matches));
    raised.map_err(|cause| fault("the hits cannot be ordered", cause))
}

/// What share of these articles each of their words has, function words aside; the better an article, the more it says.
fn shares(reader: &Reader, best: &[Ranked]) -> Result<HashMap<Stem, f32>> {
    let articles = Statistics::of(&reader.searcher).articles();
    let average_length = reader.forms.tokens().max(1) as f32 / articles.max(1) as f32;
    let all: f32 = best.iter().map(|hit| hit.score).sum();
    let mut shares: HashMap<Stem, f32> = HashMap::new();
    // What has nothing but function words of the question says nothing of it.
    for hit in best.iter().filter(|hit| hit.score > 0.0) {
        let article = stored::article(reader.shelf.article(hit.address)?, Depth::Head)?.article;
        let forms = head(&article);
        let held_back = K1 * (1.0 - B + B * forms.values().sum::<u64>() as f32 / average_length);
        for (stem, counted) in stems(&forms, SmallWords::Without) {
            let times = counted.inside as f32;
            *shares.entry(stem).or_default() += times / (times + held_back) * hit.score / all;
        }
    }
    Ok(shares)
}

/// The most telling of some words, each with its weight.
fn telling(reader: &Reader, shares: &HashMap<Stem, f32>) -> tantivy::Result<Vec<TextQuery>> {
    let statistics = Statistics::of(&reader.searcher);
    let mut weighed = Vec::with_capacity(shares.len());
    for (stem, share) in shares {
        let forms = reader.forms_of_stem(stem.0, &stem.1);
        let terms = Terms::of(forms.iter().map(|form| Term::from_field_text(reader.columns.text, form)).collect());
        let articles = statistics.articles_with(&terms)?;
        // A word of one article says nothing of any other.
        if articles > 1 {
            weighed.push((share * idf(articles, statistics.articles()), stem, terms));
        }
    }
    weighed.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    weighed.truncate(WORDS);
    let most = weighed.first().map_or(1.0, |first| first.0);
    let query = |(weight, _, terms): (f32, &Stem, Arc<Terms>)| TextQuery {
        shape: Shape::Leaf(0),
        leaves: vec![Leaf::Words(WordLeaf { terms, weighs: true })],
        at_least: 1,
        boost: WEIGHT * weight / most,
        tokens: reader.forms.tokens(),
        columns: reader.columns.clone(),
    };
    Ok(weighed.into_iter().map(query).collect())
}

/// How often each form stands in the head of an article.
fn head(article: &Article) -> Forms {
    let language = Language::from_tag(&article.language).unwrap_or(Language::ENGLISH);
    let end = article.text.floor_char_boundary(HEAD);
    let parts = article.parts.iter().filter(|part| part.kind != PartKind::Boilerplate && part.span.start < end);
    let parts: Vec<_> = parts.map(|part| part.span.start..part.span.end.min(end)).collect();
    let tokens = tokenise_parts(&article.text, &parts, language);
    let mut forms = Forms::new();
    add_forms(&tokens, tokens.words(), language, &mut forms);
    forms
}

/// Adds the score of a word to those of the matches that have it.
fn raise_by(reader: &Reader, query: &TextQuery, matches: &mut Matches) -> tantivy::Result<()> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(&reader.searcher))?;
    for (segment, of) in matches.segments.iter_mut().zip(reader.searcher.segment_readers()) {
        add(weight.scorer(of, 1.0)?.as_mut(), segment);
    }
    Ok(())
}

/// Adds the scores of the articles that are among the matches.
fn add(scorer: &mut dyn Scorer, matches: &mut SegmentMatches) {
    let (mut at, mut doc) = (0, scorer.doc());
    while doc != TERMINATED {
        at += matches.docs[at..].partition_point(|matched| *matched < doc);
        doc = match matches.docs.get(at) {
            None => return,
            Some(matched) if *matched == doc => {
                matches.scores[at] += scorer.score();
                scorer.advance()
            }
            Some(matched) => scorer.seek(*matched),
        };
    }
}
