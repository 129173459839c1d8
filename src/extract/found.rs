//! What the text itself says of people, roles, organisations, places and dates: the list of finders.
//!
//! What came with the article is never changed.

use super::{
    Given, Home, dates,
    names::{Name, Recogniser as _, both::Both, rules::Rules},
    orgs,
    page::Page,
    people, places, roles,
    sheet::Sheet,
};
use crate::{
    article::{self, Part},
    date::Date,
    entity::{EntityKind, Mention},
    text::{Analysis, Language},
};

/// An article's text and what is known of it.
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) parts: &'a [Part],
    /// The searched parts, taken apart.
    pub(super) analysis: &'a Analysis,
    pub(super) language: Language,
    pub(super) published: Option<&'a Date>,
    pub(super) home: &'a Home,
}

/// The longest text in which names and dates are sought, in bytes; finding takes some forty times as much memory.
pub(super) const LONGEST: usize = 4 << 20;

/// The most names, and the most dates, that are taken of a text: as many stand in lists of names alone, none of which an
/// article is, and each takes some two hundred bytes.
pub(super) const MOST: usize = 200_000;

/// Adds to the mentions of given names those that finders see in the text, where they are sought; whether there are too many,
/// of which none is added.
///
/// A finder is one line here. It takes the page, and the recogniser's names where it needs them, and works only where one of
/// its kinds is sought; others that it tells are left out at the end.
pub(super) fn add(given: &Given, source: &Source<'_>, mentions: &mut Vec<Mention>) -> bool {
    let supplied = given.supplied();
    let seeks = |kind: EntityKind| source.home.sources.seeks(kind, &supplied);
    if source.text.len() > LONGEST || !EntityKind::ALL.into_iter().any(seeks) {
        return false;
    }
    let Source { text, parts, analysis, language, published, .. } = *source;
    let page = Page { text, parts, analysis, language, published };
    let people = given.people.as_deref().unwrap_or_default();
    let sheet = (language == Language::ENGLISH).then(|| Sheet::of(page));
    let names = sheet.as_ref().map(|sheet| names_on(sheet, &page, (people, source.home))).unwrap_or_default();
    if names.len() > MOST {
        return true;
    }
    let given = mentions.len();
    let mut add = |mention: Mention| {
        let is_given = |given: &[Mention]| given.iter().any(|given| overlap(given, &mention));
        if seeks(mention.kind) && !mentions.get(..given).is_some_and(is_given) {
            mentions.push(mention);
        }
    };
    if let Some(sheet) = &sheet {
        roles::mentions(sheet, &people::link(sheet, &names, people)).into_iter().for_each(&mut add);
        orgs::find(sheet, &names).into_iter().for_each(&mut add);
    }
    if seeks(EntityKind::Date) {
        dates::find(&page).into_iter().for_each(&mut add);
    }
    if seeks(EntityKind::Place) {
        places::find(&page, &names, &source.home.gazetteers).for_each(&mut add);
    }
    let is_beyond = mentions.len() - given > MOST;
    mentions.truncate(if is_beyond { given } else { mentions.len() });
    mentions.shrink_to_fit();
    is_beyond
}

/// The names that the recognisers of the settings see.
fn names_on(sheet: &Sheet<'_>, page: &Page<'_>, (people, home): (&[article::Name], &Home)) -> Vec<Name> {
    let rules = Rules { sheet, people };
    match &home.tagger {
        Some(tagger) => Both(rules, tagger).names(page),
        None => rules.names(page),
    }
}

fn overlap(a: &Mention, b: &Mention) -> bool {
    a.kind == b.kind && a.span.start < b.span.end && b.span.start < a.span.end
}
