//! What the text itself says of people, roles, organisations, places and dates: the list of finders.
//!
//! It analyses a text once, and only where something is sought; what came with the article is never changed.

use super::{
    Given, Home,
    names::{Recogniser, rules::Rules},
    orgs,
    page::Page,
    people, roles,
    sheet::Sheet,
};
use crate::{
    article::{Part, PartKind},
    date::Date,
    entity::{EntityKind, Mention},
    text::{self, Language},
};

/// An article's text and what is known of it.
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) parts: &'a [Part],
    pub(super) language: Language,
    pub(super) published: Option<&'a Date>,
    pub(super) home: &'a Home,
}

/// Adds to the mentions of given names those that rules find in the text, where they are sought.
pub(super) fn add(given: &Given, source: &Source<'_>, mentions: &mut Vec<Mention>) {
    let supplied = given.supplied();
    let seeks = |kind: EntityKind| source.home.sources.seeks(kind, &supplied);
    if !EntityKind::ALL.into_iter().any(seeks) {
        return;
    }
    let spans: Vec<_> = source
        .parts
        .iter()
        .map(
            |part| {
                if part.kind == PartKind::Boilerplate { part.span.start..part.span.start } else { part.span.clone() }
            },
        )
        .collect();
    let analysis = text::analyse(source.text, &spans, source.language);
    let Source { text, parts, language, published, .. } = *source;
    let page = Page { text, parts, analysis: &analysis, language, published };
    let mut found = Vec::new();
    if language == Language::ENGLISH {
        let sheet = Sheet::of(page);
        let seeds = given.people.as_deref().unwrap_or_default();
        let names = Rules { sheet: &sheet, people: seeds }.names(&page);
        found.extend(roles::mentions(&sheet, &people::link(&sheet, &names, seeds)));
        found.extend(orgs::find(&sheet, &names));
    }
    found.retain(|mention| seeks(mention.kind) && !mentions.iter().any(|given| overlap(given, mention)));
    mentions.extend(found);
}

fn overlap(a: &Mention, b: &Mention) -> bool {
    a.kind == b.kind && a.span.start < b.span.end && b.span.start < a.span.end
}
