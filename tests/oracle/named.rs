//! Where listed names stand in a plain record's text: as whole words, capitalised or verbatim, the longest first.

use std::ops::Range;

use morgue::entity::EntityKind;

use crate::{clip::Clip, spell::is_like};

/// The lists of a clip.
pub(crate) fn name_kinds(clip: &Clip) -> [(EntityKind, &[String]); 3] {
    [(EntityKind::Person, &clip.people), (EntityKind::Place, &clip.places), (EntityKind::Org, &clip.orgs)]
}

/// Every mention of names of one kind, from the left, none overlapping another.
pub(crate) fn located(kind: EntityKind, names: &[String], text: &str) -> Vec<(EntityKind, String, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let starts = !text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || "-'’".contains(c));
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let stands = |name: &&String| starts && rest.starts_with(printed(name)) && ends(&rest[printed(name).len()..]);
        // The first of equally long ones.
        match names.iter().rev().filter(stands).max_by_key(|name| printed(name).len()) {
            Some(name) => {
                let end = at + printed(name).len();
                found.push((kind, name.clone(), at..end));
                at = end;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// Of a place's path, the name that a text prints.
fn printed(name: &str) -> &str {
    name.rsplit('/').next().unwrap()
}

/// Whether a name is the one asked for: for places this one or anything below it, a bare name at any level. With `*` or `?`
/// in it, whether a word of the name is like each word asked for, of a place words of steps that follow each other.
pub(crate) fn is_named(kind: EntityKind, own: &str, asked: &str) -> bool {
    match kind {
        EntityKind::Place if is_pattern(asked) => {
            let (steps, asked): (Vec<&str>, Vec<&str>) = (own.split('/').collect(), asked.split('/').collect());
            steps.windows(asked.len()).any(|steps| steps.iter().zip(&asked).all(|(step, asked)| has_word(step, asked)))
        }
        _ if is_pattern(asked) => has_word(own, asked),
        EntityKind::Place if asked.contains('/') => is_below(own, asked),
        EntityKind::Place => own.split('/').any(|step| step == asked),
        _ => own == asked,
    }
}

/// Whether signs in a name stand for letters.
pub(crate) fn is_pattern(name: &str) -> bool {
    name.contains(['*', '?'])
}

fn has_word(name: &str, pattern: &str) -> bool {
    let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<char>>();
    name.split([' ', ',']).any(|word| is_like(&letters(pattern), &letters(word)))
}

/// Whether a place is another or lies in it.
pub(crate) fn is_below(own: &str, above: &str) -> bool {
    own == above || own.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
}
