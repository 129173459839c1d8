//! A mention with what stands around it, cut from the stored text.
//!
//! Matching happened before, on postings: here positions become places in the text again.

use std::{ops::Range, sync::Arc};

use crate::{
    article::{Article, Part, PartKind},
    entity::{EntityKind, Mention},
    hit::{CodePoints, MentionHit},
    plan::{Context, EntityNode, MentionSort},
    span::Span,
    text::{Analysis, Language, analyse, fold},
};

/// An article opened for cutting passages from it.
pub(super) struct Sheet<'a> {
    article: &'a Arc<Article>,
    entities: &'a [EntityNode],
    parts: Vec<&'a Part>,
    analysis: Analysis,
    points: CodePoints<'a>,
}

impl<'a> Sheet<'a> {
    /// Opens an article; the entities are those that the query names.
    pub(super) fn of(article: &'a Arc<Article>, entities: &'a [EntityNode]) -> Self {
        let parts: Vec<&Part> = article.parts.iter().filter(|part| part.kind != PartKind::Boilerplate).collect();
        let spans: Vec<Range<usize>> = parts.iter().map(|part| part.span.clone()).collect();
        let language = Language::from_tag(&article.language).unwrap_or(Language::ENGLISH);
        let analysis = analyse(&article.text, &spans, language);
        Self { article, entities, parts, analysis, points: CodePoints::of(&article.text) }
    }

    /// The article that was opened.
    pub(super) fn article(&self) -> &'a Arc<Article> {
        self.article
    }

    /// The mention at a span of words.
    pub(super) fn row(&self, span: Span, context: Context) -> MentionHit {
        let (words, bytes) = self.words(span);
        let mention = self.mention(&bytes);
        let place = mention.map_or(bytes, |mention| mention.span.clone());
        let part = self.parts.iter().rev().find(|part| part.span.start <= place.start);
        let part_span = part.map_or(0..self.article.text.len(), |part| part.span.clone());
        let around = self.around(&words, (&place, &part_span), context);
        let text = |range: Range<usize>| self.article.text.get(range).unwrap_or_default();
        let article = self.article;
        let byte = |at: usize| part.and_then(|part| Some(part.origin.byte? + (at - part.span.start) as u64));
        MentionHit {
            id: article.id.clone(),
            path: article.path.clone(),
            line: article.line_at(place.start),
            part: part.map_or(PartKind::Body, |part| part.kind),
            start: self.points.at(place.start) as u64,
            end: self.points.at(place.end) as u64,
            byte_start: byte(place.start),
            byte_end: byte(place.end),
            surface: text(place.clone()).to_owned(),
            entity: mention.map(|mention| mention.entity.clone()),
            kind: mention.map(|mention| mention.kind),
            role: mention.and_then(|mention| mention.role.clone()),
            sentence: self.analysis.sentences.partition_point(|start| *start as usize <= words.start) as u64,
            left: flat(text(around.start..place.start)),
            matched: flat(text(place.clone())),
            right: flat(text(place.end..around.end.max(place.end))),
            published: article.published.as_ref().map(|date| date.edtf().to_owned()),
            source: article.source.clone(),
            title: article.title.clone(),
            url: article.url.clone(),
            byline: article.byline.clone(),
            location: mention.and_then(|mention| mention.location.clone()),
            rule: mention.map(|mention| mention.rule.clone()),
            confidence: mention.map(|mention| mention.confidence),
            hash: article.hash.clone(),
            article: None,
        }
    }

    /// The words of a span, by number, and their bytes.
    fn words(&self, span: Span) -> (Range<usize>, Range<usize>) {
        let words = self.analysis.words();
        let first = words.partition_point(|word| word.pos < span.first);
        let last = words.partition_point(|word| word.pos <= span.last);
        let start = words.get(first).map_or(0, |word| word.start as usize);
        let end = words.get(first..last).and_then(<[_]>::last).map_or(start, |word| word.end as usize);
        (first..last, start..end)
    }

    /// The recorded mention that stands on just these words: one that the query names, else any.
    fn mention(&self, bytes: &Range<usize>) -> Option<&'a Mention> {
        let words = self.analysis.words();
        let covered = |mention: &Mention| {
            let first = words.partition_point(|word| word.end as usize <= mention.span.start);
            let last = words.partition_point(|word| (word.start as usize) < mention.span.end);
            let of = words.get(first..last)?;
            Some(of.first()?.start as usize..of.last()?.end as usize)
        };
        let mut here = self.article.mentions.iter().filter(|mention| covered(mention).as_ref() == Some(bytes));
        let named = here.clone().find(|mention| self.entities.iter().any(|entity| is_of(entity, mention)));
        named.or_else(|| here.find(|mention| mention.kind != EntityKind::Date && !mention.entity.is_empty()))
    }

    /// The bytes of the context, mention included, within its part.
    fn around(
        &self,
        words: &Range<usize>,
        (place, part): (&Range<usize>, &Range<usize>),
        context: Context,
    ) -> Range<usize> {
        let starts = match context {
            Context::Chars(most) => {
                let from = self.points.byte_of(self.points.at(place.start).saturating_sub(most as usize));
                let to = self.points.byte_of(self.points.at(place.end) + most as usize);
                return from.max(part.start)..to.min(part.end);
            }
            Context::Sentence => &self.analysis.sentences,
            Context::Paragraph => &self.analysis.paragraphs,
        };
        let byte = |number: &u32| self.analysis.words().get(*number as usize).map(|word| word.start as usize);
        let next = starts.partition_point(|start| *start as usize <= words.start);
        let last = starts.partition_point(|start| (*start as usize) < words.end);
        let from = next.checked_sub(1).and_then(|at| starts.get(at)).and_then(byte).unwrap_or(part.start);
        let to = starts.get(last).and_then(byte).unwrap_or(part.end);
        from.max(part.start)..to.min(part.end)
    }
}

fn is_of(entity: &EntityNode, mention: &Mention) -> bool {
    let is_named = |own: &str| match &entity.names {
        None => !own.is_empty(),
        Some(names) => names.iter().any(|name| {
            let is_below = || own.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('/'));
            own == name || entity.kind == EntityKind::Place && is_below()
        }),
    };
    match entity.kind {
        EntityKind::Role => mention.role.as_deref().is_some_and(is_named),
        kind => mention.kind == kind && is_named(&mention.entity),
    }
}

/// On one line, blanks in a row as one.
fn flat(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            false => out.push(c),
            true if !out.ends_with(' ') => out.push(' '),
            true => {}
        }
    }
    out
}

/// What a mention is sorted by.
pub(super) fn key(mention: &MentionHit, sort: MentionSort) -> String {
    match sort {
        MentionSort::Left => {
            let words: Vec<&str> = mention.left.split_whitespace().rev().collect();
            fold(&words.join(" "))
        }
        _ => fold(&format!("{}{}", mention.matched, mention.right)),
    }
}
