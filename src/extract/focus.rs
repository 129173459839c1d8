//! The places an article is about, not only names: where the mentions of its places gather.
//!
//! After the focus of CLIFF (D'Ignazio et al. 2014), which takes the countries, regions and towns most mentioned. It
//! finds no place of its own and knows no gazetteer: paths say what lies in what.

use std::collections::BTreeMap;

use crate::{
    article::{Part, PartKind},
    entity::{EntityKind, Mention},
};

/// Paths of the places that an article is about, the weightiest first; none when nothing weighs enough.
///
/// A mention weighs 3 in the title, 2 in the lead or a subtitle, else 1, for its place and all above it. A country (or a
/// place of which no country is known) with a third of all weight, and 2 at least, is in focus; from there the path is
/// followed for as long as one place in it holds more than half of its weight.
pub(super) fn focus(mentions: &[Mention], parts: &[Part]) -> Vec<String> {
    let mut weights: BTreeMap<&str, u32> = BTreeMap::new();
    let places = mentions.iter().filter(|mention| mention.kind == EntityKind::Place && !mention.entity.is_empty());
    let mut all = 0;
    for place in places {
        let weight = weight(place, parts);
        all += weight;
        levels(&place.entity).for_each(|level| *weights.entry(level).or_default() += weight);
    }
    let tops = weights.iter().filter(|(path, weight)| !path.contains('/') && **weight * 3 >= all && **weight >= LEAST);
    let mut found: Vec<(&str, u32)> = tops.map(|(path, weight)| followed(path, *weight, &weights)).collect();
    found.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    found.into_iter().map(|(path, _)| path.to_owned()).collect()
}

/// A place named once in passing is no focus.
const LEAST: u32 = 2;

fn weight(mention: &Mention, parts: &[Part]) -> u32 {
    match Part::around(parts, mention.span.start).map(|part| part.kind) {
        Some(PartKind::Title) => 3,
        Some(PartKind::Lead | PartKind::Subtitle) => 2,
        Some(PartKind::Boilerplate) | None => 0,
        Some(_) => 1,
    }
}

/// A path and all above it, the largest part first.
fn levels(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(end, _)| path.get(..end)).chain([path])
}

/// The place furthest below `path` on the way along which each holds more than half of the weight of the one above; with
/// the weight of the first.
fn followed<'a>(path: &'a str, weight: u32, weights: &BTreeMap<&'a str, u32>) -> (&'a str, u32) {
    let (mut at, mut left) = (path, weight);
    loop {
        let is_child = |other: &str| {
            other.strip_prefix(at).and_then(|rest| rest.strip_prefix('/')).is_some_and(|rest| !rest.contains('/'))
        };
        let below = weights.range(at..).take_while(|(other, _)| other.starts_with(at));
        let mut children = below.filter(|(other, own)| is_child(other) && **own * 2 > left);
        match children.next() {
            Some((child, own)) => (at, left) = (child, *own),
            None => return (at, weight),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{article::Origin, entity::Evidence};

    fn part(kind: PartKind, span: std::ops::Range<usize>) -> Part {
        Part { kind, span, origin: Origin::on_line(1) }
    }

    /// Mentions given as where they stand (`t`itle, `l`ead, `b`ody, `x` boilerplate) and what they name.
    fn check(places: &[(char, &str)], expected: &[&str]) {
        let parts = [
            part(PartKind::Title, 0..10),
            part(PartKind::Lead, 10..20),
            part(PartKind::Body, 20..30),
            part(PartKind::Boilerplate, 30..40),
        ];
        let mention = |(at, entity): &(char, &str)| Mention {
            kind: EntityKind::Place,
            span: ["t", "l", "b", "x"]
                .iter()
                .position(|part| part.starts_with(*at))
                .map_or(0..1, |n| n * 10..n * 10 + 1),
            surface: "x".into(),
            entity: (*entity).into(),
            role: None,
            location: None,
            date: None,
            from: Evidence::Text,
            rule: "place".into(),
            confidence: 1.0,
        };
        let mentions: Vec<Mention> = places.iter().map(mention).collect();
        assert_eq!(focus(&mentions, &parts), expected, "{places:?}");
    }

    #[test]
    fn an_article_is_about_the_places_that_weigh_most() {
        check(&[('b', "Mali")], &[]);
        check(&[('l', "Mali"), ('b', "France")], &["Mali"]);
        check(
            &[('t', "Russia/Kursk Oblast/Sudzha"), ('b', "Russia/Moscow"), ('b', "Ukraine")],
            &["Russia/Kursk Oblast/Sudzha"],
        );
        check(
            &[('b', "Russia/Kursk Oblast/Sudzha"), ('b', "Russia/Kursk Oblast/Rylsk"), ('b', "Russia/Kursk Oblast")],
            &["Russia/Kursk Oblast"],
        );
        check(&[('b', "Mali/Gao"), ('b', "Mali/Kidal"), ('b', "Mali/Mopti"), ('t', "Niger")], &["Mali", "Niger"]);
        check(&[('x', "Mali"), ('x', "Mali"), ('x', "Mali")], &[]);
        check(&[], &[]);
    }
}
