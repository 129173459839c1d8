//! Places that a text names: found, told apart, and put on the map.
//!
//! It never renames a place that came with an article; it only links it.

use super::{names::Name, page::Page};
use crate::{
    entity::{EntityKind, Evidence, Mention},
    error::{Error, ErrorKind, Result},
    text,
};

mod cue;
mod gazetteer;
mod judge;
mod link;
mod own;
mod resolve;
mod spot;
mod words;

pub(super) use link::{Link, link};
pub use own::Gazetteers;

use gazetteer::{Gazetteer, Naming};
use resolve::Resolved;
use spot::Candidate;

/// Every place on a page, in order: those that a recogniser found, and names of the gazetteer that are in no person's
/// or organisation's name.
///
/// The entity is the path of the place, or the name as printed where no place is known by it or too many are.
pub(super) fn find(page: &Page<'_>, names: &[Name], gazetteers: &Gazetteers) -> impl Iterator<Item = Mention> {
    let candidates = judge::meant(spot::candidates(page, names, gazetteers), page, names, gazetteers);
    let resolved = resolve::resolve(&candidates, gazetteers);
    let each = candidates.into_iter().zip(resolved);
    each.filter_map(|(candidate, resolved)| mention(page, &candidate, &resolved, gazetteers))
}

/// Whether the program's own gazetteer can be read.
///
/// # Errors
/// `Damaged`.
pub(super) fn check_built_in() -> Result<()> {
    if Gazetteer::built_in().spell().is_some() {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Damaged, "the gazetteer does not fit this program")
        .hint("build the program anew from unchanged sources, or the gazetteer: see data/README.md"))
}

/// Whether these words, as printed, are the name of a place: if so, the decimal logarithm of the number of its people
/// (about 3 for a village, 6 for a large town, 8 for a country).
pub(super) fn is_place(words: &str) -> Option<f32> {
    let gazetteer = Gazetteer::built_in();
    let value = gazetteer.spell()?.then(&text::fold_words(words).concat())?.value()?;
    let named = gazetteer
        .senses(value)
        .into_iter()
        .filter(|sense| matches!(sense.naming, Naming::Name | Naming::Alternate | Naming::Capitals));
    named.filter_map(|sense| Some(gazetteer.place(sense.place)?.size)).max_by(f32::total_cmp)
}

fn mention(page: &Page<'_>, candidate: &Candidate, resolved: &Resolved, all: &Gazetteers) -> Option<Mention> {
    let surface = page.text.get(candidate.bytes.clone())?;
    let (entity, location) = match resolved.place {
        Some(place) => (all.path(place), all.location(place)),
        None if candidate.names_a_place() => (surface.to_owned(), None),
        None => return None,
    };
    Some(Mention {
        kind: EntityKind::Place,
        span: candidate.bytes.clone(),
        surface: surface.to_owned(),
        entity,
        role: None,
        location,
        date: None,
        from: Evidence::Text,
        rule: candidate.rule(resolved).to_owned(),
        confidence: resolved.confidence.min(candidate.confidence),
    })
}

#[cfg(test)]
mod tests;
