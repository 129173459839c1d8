//! A text taken word by word: the only thing that the scan shares with the index is the list of words.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    rc::Rc,
};

use morgue::{
    article::PartKind,
    entity::EntityKind,
    text::{Analysis, FormKind, Language, Word, analyse, stem_of},
};

use crate::clip::Clip;

/// Some words in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// The number of the part.
    pub(crate) part: usize,
    /// The numbers of the first and the last word in it.
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// By joined form, the parts of the hyphenated words that the archive prints.
type Splits = BTreeMap<String, BTreeSet<Vec<String>>>;

/// A clip's text and its words.
pub(crate) struct Scanned {
    pub(crate) text: String,
    pub(crate) parts: Vec<Part>,
    pub(crate) mentions: Vec<(EntityKind, String, Found)>,
    language: Language,
    splits: Rc<Splits>,
}

/// A part of the text that is searched.
pub(crate) struct Part {
    pub(crate) kind: PartKind,
    analysis: Analysis,
}

/// A word in its part.
#[derive(Clone, Copy)]
pub(crate) struct Printed<'a> {
    part: &'a Part,
    word: &'a Word,
    language: Language,
}

impl Scanned {
    /// All clips of an archive.
    pub(crate) fn all(clips: &[Clip]) -> Vec<Self> {
        let mut scanned: Vec<Self> = clips.iter().map(Self::of).collect();
        let mut splits = Splits::new();
        for (_, word) in scanned.iter().flat_map(Self::words) {
            let parts = word.forms(FormKind::Part);
            if !parts.is_empty() {
                splits.entry(word.joined().to_owned()).or_default().insert(parts);
            }
        }
        let splits = Rc::new(splits);
        scanned.iter_mut().for_each(|scanned| scanned.splits = Rc::clone(&splits));
        scanned
    }

    fn of(clip: &Clip) -> Self {
        let language = Language::from_tag(clip.language).unwrap();
        let (text, ranges) = clip.text();
        let parts = clip.parts.iter().zip(ranges).filter(|((kind, _), _)| *kind != PartKind::Boilerplate);
        let parts = parts.map(|((kind, _), range)| Part { kind: *kind, analysis: analyse(&text, &[range], language) });
        let mut scanned =
            Self { parts: parts.collect(), text, mentions: Vec::new(), language, splits: Rc::new(Splits::new()) };
        for (kind, name, bytes) in clip.mentions(&scanned.text) {
            scanned.mentions.extend(scanned.words_of(&bytes).map(|found| (kind, name, found)));
        }
        scanned
    }

    /// Every word with its place.
    pub(crate) fn words(&self) -> impl Iterator<Item = (Found, Printed<'_>)> {
        self.parts.iter().enumerate().flat_map(move |(part, of)| {
            let language = self.language;
            let found = move |at| Found { part, first: at, last: at };
            let printed = move |(at, word)| (found(at), Printed { part: of, word, language });
            of.analysis.words().iter().enumerate().map(printed)
        })
    }

    /// The words that `wanted` holds for.
    pub(crate) fn those(&self, wanted: impl Fn(Printed<'_>) -> bool) -> BTreeSet<Found> {
        self.words().filter(|(_, word)| wanted(*word)).map(|(found, _)| found).collect()
    }

    /// The parts into which the archive somewhere divides this word by hyphens.
    pub(crate) fn splits(&self, form: &str) -> impl Iterator<Item = &Vec<String>> {
        self.splits.get(form).into_iter().flatten()
    }

    /// Whether two words of a part stand in one sentence.
    pub(crate) fn is_one_sentence(&self, found: Found) -> bool {
        self.parts[found.part].is_undivided(found, |analysis| &analysis.sentences)
    }

    /// Whether two words of a part stand in one paragraph.
    pub(crate) fn is_one_paragraph(&self, found: Found) -> bool {
        self.parts[found.part].is_undivided(found, |analysis| &analysis.paragraphs)
    }

    /// The words that a mention of these bytes covers.
    fn words_of(&self, bytes: &Range<usize>) -> Option<Found> {
        let covered = |(_, word): &(Found, Printed<'_>)| {
            (word.word.start as usize) < bytes.end && word.word.end as usize > bytes.start
        };
        let mut all = self.words().filter(covered).map(|(found, _)| found);
        let first = all.next()?;
        Some(Found { last: all.last().map_or(first.last, |found| found.last), ..first })
    }

    /// The bytes of rows of words, overlapping ones joined.
    pub(crate) fn places(&self, found: &BTreeSet<Found>) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        for found in found {
            let words = self.parts[found.part].analysis.words();
            let place = words[found.first].start as usize..words[found.last].end as usize;
            match places.last_mut().filter(|before| before.end > place.start) {
                Some(before) => before.end = before.end.max(place.end),
                None => places.push(place),
            }
        }
        places
    }
}

impl Part {
    /// Whether none of the given starts lies behind the first of these words.
    fn is_undivided(&self, found: Found, starts: impl Fn(&Analysis) -> &Vec<u32>) -> bool {
        !starts(&self.analysis).iter().any(|start| (found.first + 1..=found.last).contains(&(*start as usize)))
    }
}

impl Printed<'_> {
    fn forms(&self, kind: FormKind) -> Vec<String> {
        let forms = self.part.analysis.tokens.forms(self.word).filter(|form| form.kind == kind);
        forms.map(|form| form.text.to_owned()).collect()
    }

    fn joined(&self) -> &str {
        self.part.analysis.tokens.joined(self.word)
    }

    fn base(&self) -> Option<&str> {
        self.part.analysis.tokens.possessive_base(self.word)
    }

    /// Whether it is printed so, as a whole or as a part of a hyphenated one.
    pub(crate) fn is_form(&self, form: &str) -> bool {
        self.part.analysis.tokens.forms(self.word).any(|own| own.text == form)
    }

    /// Whether it is an inflection of `form`; a possessive counts as its base, an abbreviation as itself.
    pub(crate) fn is_inflected(&self, form: &str) -> bool {
        if form.chars().any(char::is_uppercase) {
            return self.is_form(form);
        }
        let stem = stem_of(form, self.language);
        let joined = self.base().unwrap_or(self.joined());
        stem_of(joined, self.language) == stem
            || self.forms(FormKind::Part).iter().any(|part| stem_of(part, self.language) == stem)
    }

    /// Whether it, or a part of it, or what it is the possessive of, is spelled as `wanted` says.
    pub(crate) fn is_spelled(&self, wanted: impl Fn(&str) -> bool) -> bool {
        wanted(self.joined())
            || self.base().is_some_and(&wanted)
            || self.forms(FormKind::Part).iter().any(|part| wanted(part))
    }
}
