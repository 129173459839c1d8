//! Which of several places of one name is meant, from the other places of the article.
//!
//! One name has one meaning in an article. Where two are about as likely, none is chosen.

use std::collections::{BTreeMap, HashMap};

use super::{
    gazetteer::{Level, Naming, Place, PlaceId, Sense},
    own::Gazetteers,
    spot::Candidate,
};

/// The place must be better than the next by so much.
const MARGIN: f32 = 0.25;
/// How often the weights of countries and regions are taken anew.
const ROUNDS: usize = 3;

/// What was decided of a candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Resolved {
    /// The place, if one is clearly meant.
    pub(super) place: Option<PlaceId>,
    /// 0 to 1.
    pub(super) confidence: f32,
}

/// All candidates of one key.
#[derive(Debug, Default)]
struct Group<'a> {
    senses: Vec<&'a Sense>,
    /// Senses that the text names together with the place that holds them, or that hold one named so.
    explicit: Vec<PlaceId>,
    count: usize,
    /// Names that stand in a list with this one.
    peers: Vec<&'a str>,
    /// The best sense so far, and by how much.
    best: Option<(PlaceId, f32)>,
}

/// Decides each candidate.
///
/// A sense scores the decimal logarithm of its people, 4 for a country and 1 for a region, 4·log10(1 + w) with the
/// weight w of its country among the other names of the article, the same for its region, and 6 where the text says
/// “X, Y” and X lies in Y; 2 where it
/// stands in a list with a place of the same kind and country. The article's weights and the senses are found in turns.
pub(super) fn resolve(candidates: &[Candidate], gazetteers: &Gazetteers) -> Vec<Resolved> {
    let mut groups = groups(candidates, gazetteers);
    for _ in 0..ROUNDS {
        let weights = weights(groups.values(), gazetteers);
        let mut is_settled = true;
        let before: BTreeMap<&str, Option<PlaceId>> = groups.iter().map(|(key, group)| (*key, likely(group))).collect();
        for group in groups.values_mut() {
            let peers = group.peers.iter().filter_map(|key| gazetteers.place(before.get(key).copied().flatten()?));
            let standing = Standing { weights: &weights, peers: peers.collect(), gazetteers };
            let best = standing.best(group);
            is_settled &= best.map(|(place, _)| place) == group.best.map(|(place, _)| place);
            group.best = best;
        }
        if is_settled {
            break;
        }
    }
    candidates.iter().map(|candidate| decided(groups.get(candidate.key.as_str()))).collect()
}

fn decided(group: Option<&Group<'_>>) -> Resolved {
    match group.and_then(|group| group.best) {
        Some((place, lead)) if lead >= MARGIN => {
            Resolved { place: Some(place), confidence: (0.5 + lead / 8.0).clamp(0.5, 0.95) }
        }
        _ => Resolved { place: None, confidence: 0.4 },
    }
}

/// The candidates by key, in the order of the keys, so that sums do not depend on chance.
fn groups<'a>(candidates: &'a [Candidate], gazetteers: &Gazetteers) -> BTreeMap<&'a str, Group<'a>> {
    let mut groups: BTreeMap<&str, Group<'_>> = BTreeMap::new();
    for candidate in candidates {
        let group = groups.entry(&candidate.key).or_default();
        group.count += 1;
        for sense in &candidate.senses {
            if !group.senses.contains(&sense) {
                group.senses.push(sense);
            }
        }
    }
    for (candidate, next) in candidates.iter().zip(candidates.iter().skip(1)) {
        if candidate.is_listed_with_next {
            groups.entry(&candidate.key).or_default().peers.push(&next.key);
            groups.entry(&next.key).or_default().peers.push(&candidate.key);
        }
        for sense in candidate.senses.iter().filter(|_| candidate.lies_in_next) {
            let mut holders = next.senses.iter().map(|sense| sense.place);
            if let Some(holder) = holders.find(|holder| gazetteers.lies_in(sense.place, *holder)) {
                groups.entry(&candidate.key).or_default().explicit.push(sense.place);
                groups.entry(&next.key).or_default().explicit.push(holder);
            }
        }
    }
    groups
}

/// How much the article speaks of each country and region.
fn weights<'a>(groups: impl Iterator<Item = &'a Group<'a>>, gazetteers: &Gazetteers) -> HashMap<PlaceId, f32> {
    let mut weights = HashMap::new();
    if let Some(home) = gazetteers.home() {
        *weights.entry(home).or_default() += 1.0;
    }
    for group in groups {
        for (place, share) in shares(group) {
            gazetteers.lineage(place).for_each(|place| *weights.entry(place).or_default() += share);
        }
    }
    weights
}

/// What a group adds to the weight of its places: all of it to the one chosen, or to its only one.
fn shares(group: &Group<'_>) -> Vec<(PlaceId, f32)> {
    let count = group.count.min(3) as f32;
    match (group.best, group.senses.as_slice()) {
        (Some((place, _)), _) => vec![(place, count)],
        (None, [only]) if only.naming == Naming::Demonym => vec![(only.place, count / 2.0)],
        (None, [only]) => vec![(only.place, count)],
        _ => Vec::new(),
    }
}

/// The place a group is taken for at the moment.
fn likely(group: &Group<'_>) -> Option<PlaceId> {
    match (group.best, group.senses.as_slice()) {
        (Some((place, _)), _) => Some(place),
        (None, [only]) => Some(only.place),
        _ => None,
    }
}

/// What the rest of the article says of a group.
struct Standing<'a> {
    weights: &'a HashMap<PlaceId, f32>,
    /// What its neighbours in lists are taken for.
    peers: Vec<Place>,
    gazetteers: &'a Gazetteers,
}

impl Standing<'_> {
    /// The best sense of a group and its lead over the next.
    fn best(&self, group: &Group<'_>) -> Option<(PlaceId, f32)> {
        let own: HashMap<PlaceId, f32> = shares(group)
            .iter()
            .flat_map(|(place, share)| self.gazetteers.lineage(*place).map(|above| (above, *share)))
            .collect();
        let weight = |place: PlaceId| {
            let others = self.weights.get(&place).unwrap_or(&0.0) - own.get(&place).unwrap_or(&0.0);
            4.0 * (1.0 + others.max(0.0)).log10()
        };
        let named = group.senses.iter().filter(|sense| sense.naming != Naming::Demonym);
        let mut scored: Vec<(f32, PlaceId)> = named
            .filter_map(|sense| {
                let score = score(sense, group, self.gazetteers)? + context(sense.place, self.gazetteers, &weight);
                Some((score + self.peerage(sense.place), sense.place))
            })
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (first, place) = *scored.first()?;
        let next = scored.iter().skip(1).find(|(_, other)| !is_near(place, *other, self.gazetteers));
        Some((place, next.map_or(8.0, |(next, _)| first - next)))
    }

    /// Neighbours in a list are of one kind.
    fn peerage(&self, place: PlaceId) -> f32 {
        let Some(place) = self.gazetteers.place(place) else { return 0.0 };
        let is_alike = self.peers.iter().any(|peer| peer.level == place.level && peer.parent == place.parent);
        if is_alike { 2.0 } else { 0.0 }
    }
}

/// What the country and the region of a place add.
fn context(place: PlaceId, gazetteers: &Gazetteers, weight: &impl Fn(PlaceId) -> f32) -> f32 {
    let is_wide = |place: &PlaceId| {
        gazetteers.place(*place).is_some_and(|place| matches!(place.level, Level::Country | Level::Region))
    };
    gazetteers.lineage(place).filter(is_wide).map(weight).sum()
}

fn score(sense: &Sense, group: &Group<'_>, gazetteers: &Gazetteers) -> Option<f32> {
    let place = gazetteers.place(sense.place)?;
    let level = match place.level {
        Level::Country => 4.0,
        Level::Region if holds_namesake(sense.place, place.size, group, gazetteers) => -1.0,
        Level::Region | Level::Area => 1.0,
        Level::Capital => 2.0,
        Level::County | Level::Town => 0.0,
    };
    let naming = if sense.naming == Naming::Alternate { -1.5 } else { 0.0 };
    let explicit = if group.explicit.contains(&sense.place) { 6.0 } else { 0.0 };
    Some(place.size + level + naming + explicit)
}

/// Whether a large part of a region's people live in a town of the same name, or the capital of its country bears it:
/// then the town is meant, as in New York and Washington.
fn holds_namesake(region: PlaceId, size: f32, group: &Group<'_>, gazetteers: &Gazetteers) -> bool {
    let country = gazetteers.lineage(region).last();
    group.senses.iter().filter_map(|other| Some((other.place, gazetteers.place(other.place)?))).any(
        |(number, place)| {
            (place.parent == Some(region) && place.size > size - 0.7)
                || (place.level == Level::Capital && gazetteers.lineage(number).last() == country)
        },
    )
}

/// Whether one place lies in the other, or both lie side by side: then it matters little which is meant.
fn is_near(one: PlaceId, other: PlaceId, gazetteers: &Gazetteers) -> bool {
    if gazetteers.lineage(one).any(|place| place == other) || gazetteers.lineage(other).any(|place| place == one) {
        return true;
    }
    let at = |place| gazetteers.location(place).and_then(|location| Some((location.lat?, location.lon?)));
    let (Some(one), Some(other)) = (at(one), at(other)) else { return false };
    (one.0 - other.0).abs() < 0.3 && (one.1 - other.1).abs() < 0.3
}
