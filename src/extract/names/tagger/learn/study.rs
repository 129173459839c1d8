//! A lesson taken apart into words, sentences and right labels, in the positions that the tagger will see.
//!
//! It learns nothing.

use std::ops::Range;

use super::{Lesson, NO_FEATURE};
use crate::{
    article::{Origin, Part, PartKind},
    extract::{
        names::tagger::{
            feature::{ECHOES, PLAIN, Spot},
            label::Label,
            lexicon::Lexicon,
            look::{self, Look},
        },
        page::Page,
    },
    text::{self, Language, Word},
};

/// A lesson's words, all lists with one row for each.
pub(super) struct Study {
    pub(super) looks: Vec<Look>,
    pub(super) right: Vec<Label>,
    /// Features that depend on the text alone, by number.
    pub(super) plain: Vec<[u32; PLAIN]>,
    /// Features that depend on the labels of twins, by number.
    pub(super) echoes: Vec<[u32; ECHOES]>,
    /// The words of each sentence.
    pub(super) sentences: Vec<Range<usize>>,
}

impl Study {
    /// The lesson without its features.
    pub(super) fn of(lesson: &Lesson, lexicon: &Lexicon<'_>) -> Self {
        let text = &lesson.text;
        let whole = 0..text.len();
        let parts = [Part { kind: PartKind::Body, span: whole.clone(), origin: Origin::on_line(1) }];
        let language = Language::ENGLISH;
        let analysis = text::analyse(text, std::slice::from_ref(&whole), language);
        let page = Page { text, parts: &parts, analysis: &analysis, language, published: None };
        let looks = look::looks(&page, lexicon);
        let words = looks.len();
        Self {
            right: right(lesson, &page),
            sentences: look::sentences(&page).collect(),
            looks,
            plain: vec![[NO_FEATURE; PLAIN]; words],
            echoes: vec![[NO_FEATURE; ECHOES]; words],
        }
    }

    /// Its words, each in its place.
    pub(super) fn spots(&self) -> impl Iterator<Item = Spot<'_>> {
        (0..self.looks.len()).map(|at| Spot { looks: &self.looks, at })
    }
}

/// The label of each word. A name that covers only a part of its last word, as in Paris-based, leaves its words outside,
/// because a name is whole words; a possessive at its end does not count.
fn right(lesson: &Lesson, page: &Page<'_>) -> Vec<Label> {
    let mut labels = vec![Label::OUTSIDE; page.words().len()];
    for (span, kind) in &lesson.names {
        let first = page.words().partition_point(|word| (word.start as usize) < span.start);
        let behind = page.words().partition_point(|word| (word.start as usize) < span.end);
        let last = page.words().get(first..behind).and_then(<[Word]>::last);
        if last.is_some_and(|last| is_possessive(page.text.get(span.end..last.end as usize))) {
            let name = Label::of_name(*kind, behind - first);
            labels.iter_mut().skip(first).zip(name).for_each(|(label, of_name)| *label = of_name);
        }
    }
    labels
}

/// Whether the rest of a word, if there is one, is no more than an apostrophe and an s.
fn is_possessive(rest: Option<&str>) -> bool {
    rest.is_none_or(|rest| {
        rest.chars().count() < 3 && rest.trim_end_matches(['s', 'S']).chars().all(|c| !c.is_alphanumeric())
    })
}
