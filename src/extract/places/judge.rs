//! Whether a name of the gazetteer is meant as a place where it stands.
//!
//! What a recogniser called a place is believed. It never decides which place is meant.

use std::collections::HashSet;

use super::{
    cue::{Before, Behind, Surroundings},
    gazetteer::{Level, Naming, Place, PlaceId},
    own::Gazetteers,
    spot::Candidate,
};
use crate::{
    entity::EntityKind,
    extract::{names::Name, page::Page},
};

/// A town of at least so many people (as a decimal logarithm) needs no further evidence.
const LARGE: f32 = 5.0;

/// Leaves the candidates that are meant as places, and those that give context.
pub(super) fn meant(
    mut candidates: Vec<Candidate>,
    page: &Page<'_>,
    names: &[Name],
    gazetteers: &Gazetteers,
) -> Vec<Candidate> {
    let judge = Judge::of(&candidates, page, names, gazetteers);
    let verdicts: Vec<Verdict> = (0..candidates.len()).map(|number| judge.verdict(&candidates, number)).collect();
    let of = |wanted: Verdict| {
        let judged = candidates.iter().zip(&verdicts);
        judged.filter(move |(_, verdict)| **verdict == wanted).map(|(candidate, _)| candidate)
    };
    let known: HashSet<String> = of(Verdict::Yes).map(|candidate| candidate.key.clone()).collect();
    let regions: HashSet<PlaceId> = of(Verdict::Yes).flat_map(|candidate| judge.regions(candidate)).collect();
    let mut verdicts = verdicts.into_iter();
    candidates.retain(|candidate| match verdicts.next() {
        Some(Verdict::Yes) => true,
        Some(Verdict::IfNearby) => known.contains(&candidate.key) || judge.lies_in_any(candidate, &regions),
        Some(Verdict::IfElsewhere) => known.contains(&candidate.key),
        Some(Verdict::No) | None => false,
    });
    candidates
}

/// Whether a place is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Yes,
    /// If the article also names the region in which it lies, or as below.
    IfNearby,
    /// If another part of the text shows that the name is one of a place.
    IfElsewhere,
    No,
}

/// What speaks for a candidate and against it.
#[derive(Debug, Clone, Copy)]
struct Footing {
    before: Before,
    behind: Behind,
    is_first: bool,
    is_headline: bool,
}

struct Judge<'a> {
    gazetteers: &'a Gazetteers,
    around: Surroundings<'a>,
    /// The last words of persons' names: alone they mean the person.
    surnames: HashSet<&'a str>,
    /// Words that end and begin a wide place: no larger name runs across.
    ends: HashSet<usize>,
    starts: HashSet<usize>,
}

impl<'a> Judge<'a> {
    fn of(candidates: &[Candidate], page: &Page<'a>, names: &[Name], gazetteers: &'a Gazetteers) -> Self {
        let tokens = &page.analysis.tokens;
        let people = names.iter().filter(|name| name.kind == EntityKind::Person);
        let last = people.filter_map(|name| tokens.words().get(name.words.end.checked_sub(1)?));
        let mut judge = Self {
            gazetteers,
            around: Surroundings::of(page),
            surnames: last.map(|word| tokens.possessive_base(word).unwrap_or(tokens.joined(word))).collect(),
            ends: HashSet::new(),
            starts: HashSet::new(),
        };
        for candidate in candidates {
            if candidate.recognised.is_some() || judge.is_wide(candidate) {
                judge.ends.insert(candidate.words.end);
                judge.starts.insert(candidate.words.start);
            }
        }
        judge
    }

    fn verdict(&self, candidates: &[Candidate], number: usize) -> Verdict {
        let Some(candidate) = candidates.get(number) else { return Verdict::No };
        let holds_last = number.checked_sub(1).and_then(|n| candidates.get(n)).is_some_and(|last| last.lies_in_next);
        let last = candidate.words.end.saturating_sub(1);
        if candidate.recognised.is_some() || candidate.is_demonym() {
            return Verdict::Yes;
        }
        if candidate.senses.is_empty() {
            return Verdict::No;
        }
        let is_explicit = candidate.lies_in_next || holds_last || self.around.is_explained(last);
        if is_explicit && (holds_last || self.footing(candidate).before != Before::Name) {
            return Verdict::Yes;
        }
        if self.surnames.contains(candidate.key.as_str()) && !self.is_wide(candidate) {
            return Verdict::No;
        }
        if candidate.senses.iter().any(|sense| sense.is_common) && !self.is_state(candidate) {
            return Verdict::IfElsewhere;
        }
        self.by_neighbours(candidate, self.footing(candidate))
    }

    fn footing(&self, candidate: &Candidate) -> Footing {
        let (start, end) = (candidate.words.start, candidate.words.end);
        let is_apart = self.ends.contains(&start);
        Footing {
            before: if is_apart { Before::Nothing } else { self.around.before(start) },
            behind: match self.around.behind(end.saturating_sub(1)) {
                Behind::Name if self.starts.contains(&end) => Behind::Nothing,
                behind => behind,
            },
            is_first: self.around.is_first(start),
            is_headline: self.around.is_headline(start),
        }
    }

    fn by_neighbours(&self, candidate: &Candidate, footing: Footing) -> Verdict {
        let (is_wide, is_large) = (self.is_wide(candidate), self.is_large(candidate));
        match (footing.before, footing.behind) {
            (_, Behind::Whole) | (Before::Name, _) => Verdict::No,
            (Before::First, Behind::Nothing) if is_large && !is_wide => Verdict::IfElsewhere,
            (_, Behind::Nothing) if is_wide || self.is_capital(candidate) => Verdict::Yes,
            (_, Behind::Nothing) if is_large && !footing.is_headline => Verdict::Yes,
            (Before::Nothing | Before::Cue, Behind::Name) if is_wide => Verdict::Yes,
            (Before::Cue, Behind::Nothing) if !footing.is_first => Verdict::Yes,
            (Before::Nothing, Behind::Nothing) => Verdict::IfNearby,
            (_, Behind::Name) => Verdict::No,
            _ => Verdict::IfElsewhere,
        }
    }

    /// Whether the name is so well known, or so long, that it needs no evidence.
    fn is_large(&self, candidate: &Candidate) -> bool {
        candidate.words.len() > 1
            || self.places(candidate).any(|(naming, place)| {
                naming != Naming::Alternate && (place.level != Level::Town || place.size >= LARGE)
            })
    }

    fn is_capital(&self, candidate: &Candidate) -> bool {
        self.places(candidate).any(|(naming, place)| naming != Naming::Alternate && place.level == Level::Capital)
    }

    /// Whether it may be a country, a region or another wide place.
    fn is_wide(&self, candidate: &Candidate) -> bool {
        self.places(candidate).any(|(_, place)| !matches!(place.level, Level::Town | Level::Capital))
    }

    /// Whether it may be a country or a first-level region.
    fn is_state(&self, candidate: &Candidate) -> bool {
        self.places(candidate).any(|(_, place)| matches!(place.level, Level::Country | Level::Region))
    }

    fn places(&self, candidate: &Candidate) -> impl Iterator<Item = (Naming, Place)> {
        let named = candidate.senses.iter().filter(|sense| sense.naming != Naming::Demonym);
        named.filter_map(|sense| Some((sense.naming, self.gazetteers.place(sense.place)?)))
    }

    /// The regions that a candidate may be.
    fn regions(&self, candidate: &Candidate) -> impl Iterator<Item = PlaceId> {
        let places = candidate.senses.iter().map(|sense| sense.place);
        places.filter(|place| self.gazetteers.place(*place).is_some_and(|place| place.level == Level::Region))
    }

    fn lies_in_any(&self, candidate: &Candidate, regions: &HashSet<PlaceId>) -> bool {
        self.places(candidate).any(|(_, place)| place.parent.is_some_and(|parent| regions.contains(&parent)))
    }
}
