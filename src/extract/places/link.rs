//! Where the places that came with an article lie, and what holds them.
//!
//! It never renames one: a name that several places bear, none of which the other names favour, stays without a place.

use super::{
    gazetteer::{Naming, Sense},
    own::Gazetteers,
    resolve::resolve,
    spot::Candidate,
};
use crate::{entity::Location, text};

/// A given place found in a gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::extract) struct Link {
    /// The name as given.
    pub(in crate::extract) name: String,
    /// Where it lies, if that is known.
    pub(in crate::extract) location: Option<Location>,
    /// Its path in the gazetteer, the largest part first: `Russia/Kursk Oblast`; none where the name is a path.
    pub(in crate::extract) path: Option<String>,
}

/// Looks given names up together, so that each tells of the others; those without a clear meaning are left out.
pub(in crate::extract) fn link(names: &[&str], gazetteers: &Gazetteers) -> Vec<Link> {
    let candidates: Vec<Candidate> = names.iter().map(|name| candidate(name, gazetteers)).collect();
    let resolved = resolve(&candidates, gazetteers);
    let linked = names.iter().zip(resolved).filter_map(|(name, resolved)| {
        let place = resolved.place?;
        let path = Some(gazetteers.path(place)).filter(|path| !name.contains('/') && path != name);
        Some(Link { name: (*name).to_owned(), location: gazetteers.location(place), path })
    });
    linked.collect()
}

/// A given name with all it may mean; in `Texas/Paris` and `Paris, Texas` only what lies in Texas.
fn candidate(name: &str, gazetteers: &Gazetteers) -> Candidate {
    let mut steps: Vec<&str> = match name.contains('/') {
        true => name.rsplit('/').collect(),
        false => name.split(", ").collect(),
    };
    let key = text::fold_words(steps.remove(0)).concat();
    let mut senses = named(&key, gazetteers);
    if !steps.is_empty() {
        let holders: Vec<Sense> =
            steps.iter().flat_map(|step| named(&text::fold_words(step).concat(), gazetteers)).collect();
        senses.retain(|sense| holders.iter().any(|holder| gazetteers.lies_in(sense.place, holder.place)));
    }
    Candidate::given(format!("{key} {}", steps.join(" ")), senses)
}

fn named(key: &str, gazetteers: &Gazetteers) -> Vec<Sense> {
    let is_name = |sense: &Sense| !matches!(sense.naming, Naming::Demonym | Naming::Abbreviation);
    gazetteers.senses(key).into_iter().filter(is_name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], expected: &[&str]) {
        let links = link(names, &Gazetteers::default());
        let shown = |link: &Link| format!("{} = {}", link.name, link.path.as_deref().unwrap_or("-"));
        assert_eq!(links.iter().map(shown).collect::<Vec<_>>(), expected, "{names:?}");
        assert!(links.iter().all(|link| link.location.is_some()), "{names:?}");
    }

    #[test]
    fn given_places_are_linked_and_keep_their_names() {
        check(&["Moscow", "russia"], &["Moscow = Russia/Moscow/Moscow", "russia = Russia"]);
        check(&["Paris, Texas"], &["Paris, Texas = United States/Texas/Paris"]);
        check(&["United States/Texas/Paris", "Norlandia"], &["United States/Texas/Paris = -"]);
        check(&["usa", "the Harbour Office"], &["usa = United States"]);
    }
}
