//! A mention with what stands around it, cut from the stored text.
//!
//! Matching happened before, on postings: here positions become places in the text again.

use std::{ops::Range, sync::Arc};

use super::{
    nearby::Nearby,
    stored::{Kept, Opened},
};
use crate::{
    article::{Article, Newlines, Part, PartKind},
    entity::EntityKind,
    error::Result,
    hit::{CodePoints, MentionHit},
    plan::{Context, EntityNode, MentionSort},
    span::Span,
    text::{Landmark, Landmarks, Word, fold},
};

/// An article opened for cutting passages from it.
pub(super) struct Sheet<'a> {
    article: &'a Arc<Article>,
    entities: &'a [EntityNode],
    parts: Vec<&'a Part>,
    /// In the order of the text.
    mentions: Vec<Kept<'a>>,
    /// Bytes of the longest of them.
    longest: usize,
    lines: Newlines,
    landmarks: &'a Landmarks,
    nearby: Nearby<'a>,
    points: CodePoints<'a>,
}

impl<'a> Sheet<'a> {
    /// Lays an article open; the entities are those that the query names.
    pub(super) fn of(opened: &'a Opened, entities: &'a [EntityNode]) -> Result<Self> {
        let (article, landmarks, mut mentions) = (&opened.article, &opened.landmarks, opened.mentions()?);
        mentions.sort_by_key(|mention| mention.span.start);
        let longest = mentions.iter().map(|mention| mention.span.len()).max().unwrap_or(0);
        let lines = Newlines::of(&article.text);
        let parts: Vec<&Part> = article.parts.iter().filter(|part| part.kind != PartKind::Boilerplate).collect();
        let nearby = Nearby::of(article, landmarks);
        let points = CodePoints::of(&article.text);
        Ok(Self { article, entities, parts, mentions, longest, lines, landmarks, nearby, points })
    }

    /// The article that was opened.
    pub(super) fn article(&self) -> &'a Arc<Article> {
        self.article
    }

    /// The mention at a span of words.
    pub(super) fn row(&mut self, span: Span, context: Context) -> MentionHit {
        let bytes = self.nearby.bytes(span).unwrap_or_default();
        let words = self.nearby.words(span).words();
        let mention = standing((touching((&self.mentions, self.longest), &bytes), self.entities), words, &bytes);
        let place = mention.map_or(bytes, |mention| mention.span.clone());
        let part = self.part_at(place.start);
        let part_span = part.map_or(0..self.article.text.len(), |part| part.span.clone());
        let around = self.around(span, (&place, &part_span), context);
        let text = |range: Range<usize>| self.article.text.get(range).unwrap_or_default();
        let article = self.article;
        let original = article.bytes_at(place.clone(), &self.lines);
        MentionHit {
            id: article.id.clone(),
            path: article.path.clone(),
            line: article.line_at(place.start, &self.lines),
            part: part.map_or(PartKind::Body, |part| part.kind),
            start: self.points.at(place.start) as u64,
            end: self.points.at(place.end) as u64,
            byte_start: original.as_ref().map(|bytes| bytes.start),
            byte_end: original.map(|bytes| bytes.end),
            surface: text(place.clone()).to_owned(),
            entity: mention.map(|mention| mention.entity.to_owned()),
            kind: mention.map(|mention| mention.kind),
            role: mention.and_then(|mention| mention.role).map(str::to_owned),
            sentence: self.landmarks.all().partition_point(|mark| mark.pos <= span.first) as u64,
            left: flat(text(around.start..place.start)),
            matched: flat(text(place.clone())),
            right: flat(text(place.end..around.end.max(place.end))),
            published: article.published.as_ref().map(|date| date.edtf().to_owned()),
            source: article.source.clone(),
            title: article.title.clone(),
            url: article.url.clone(),
            byline: article.byline.clone(),
            location: mention.and_then(|mention| mention.location.clone()),
            rule: mention.map(|mention| mention.rule.to_owned()),
            confidence: mention.map(|mention| mention.confidence),
            hash: article.hash.clone(),
            article: None,
        }
    }

    /// The last searched part that begins at byte `at` or before it.
    fn part_at(&self, at: usize) -> Option<&Part> {
        let before = self.parts.partition_point(|part| part.span.start <= at);
        before.checked_sub(1).and_then(|last| self.parts.get(last)).copied()
    }

    /// The bytes of the context, mention included, within its part.
    fn around(&self, span: Span, (place, part): (&Range<usize>, &Range<usize>), context: Context) -> Range<usize> {
        let is_start: fn(&Landmark) -> bool = match context {
            Context::Chars(most) => {
                let from = self.points.byte_of(self.points.at(place.start).saturating_sub(most as usize));
                let to = self.points.byte_of(self.points.at(place.end) + most as usize);
                return from.max(part.start)..to.min(part.end);
            }
            Context::Sentence => |_| true,
            Context::Paragraph => |mark| mark.is_paragraph,
        };
        let marks = self.landmarks.all();
        let (before, behind) = marks.split_at(marks.partition_point(|mark| mark.pos <= span.first));
        let from = before.iter().rfind(|mark| is_start(mark)).map_or(part.start, |mark| mark.byte as usize);
        let to = behind.iter().find(|mark| mark.pos > span.last && is_start(mark));
        let to = to.map_or(part.end, |mark| mark.byte as usize);
        from.max(part.start)..to.min(part.end)
    }
}

/// Of mentions in the order of the text, none longer than `longest`, those that can touch some bytes, and few others.
fn touching<'m, 'a>((mentions, longest): (&'m [Kept<'a>], usize), bytes: &Range<usize>) -> &'m [Kept<'a>] {
    let from = mentions.partition_point(|mention| mention.span.start + longest <= bytes.start);
    let to = mentions.partition_point(|mention| mention.span.start < bytes.end);
    mentions.get(from..to).unwrap_or_default()
}

/// The recorded mention that stands on just these of the words: one that the query names, else any.
fn standing<'m, 'a>(
    (mentions, entities): (&'m [Kept<'a>], &[EntityNode]),
    words: &[Word],
    bytes: &Range<usize>,
) -> Option<&'m Kept<'a>> {
    let touching = |mention: &&Kept<'_>| mention.span.start < bytes.end && bytes.start < mention.span.end;
    let here = |mention: &&Kept<'_>| touching(mention) && covered(mention, words).as_ref() == Some(bytes);
    let mut here = mentions.iter().filter(here);
    let named = here.clone().find(|mention| entities.iter().any(|entity| is_of(entity, mention)));
    named.or_else(|| here.find(|mention| mention.kind != EntityKind::Date && !mention.entity.is_empty()))
}

/// The bytes of the words that a mention stands on.
fn covered(mention: &Kept<'_>, words: &[Word]) -> Option<Range<usize>> {
    let first = words.partition_point(|word| word.end as usize <= mention.span.start);
    let last = words.partition_point(|word| (word.start as usize) < mention.span.end);
    let of = words.get(first..last)?;
    Some(of.first()?.start as usize..of.last()?.end as usize)
}

fn is_of(entity: &EntityNode, mention: &Kept<'_>) -> bool {
    let is_named = |own: &str| match &entity.names {
        None => !own.is_empty(),
        Some(names) => names.iter().any(|name| {
            let is_below = || own.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('/'));
            own == name || entity.kind == EntityKind::Place && is_below()
        }),
    };
    match entity.kind {
        EntityKind::Role => mention.role.is_some_and(is_named),
        kind => mention.kind == kind && is_named(mention.entity),
    }
}

/// On one line, blanks in a row as one.
fn flat(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(blank) = rest.find(char::is_whitespace) {
        out.push_str(&rest[..blank]);
        out.push(' ');
        rest = rest[blank..].trim_start();
    }
    out.push_str(rest);
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
