//! Which people could be meant by the names that a text prints: of a million who came with an article hardly any.
//!
//! It may keep some who are not meant, and never leaves out one who is.

use std::collections::{HashMap, HashSet};

use super::{
    form::{Bag, Form},
    known::Names,
};

/// The names that a text prints.
#[derive(Default)]
pub(super) struct Wanted<'a> {
    full: Names<'a>,
    single: HashSet<&'a str>,
    /// The single words by their first letters, each once.
    bags: HashMap<Option<char>, Vec<Bag>>,
}

impl<'a> Wanted<'a> {
    /// Adds a name as printed.
    pub(super) fn add(&mut self, form: &Form<'a>) {
        match form.words.as_slice() {
            [word] if self.single.insert(word) => {
                self.bags.entry(word.chars().next()).or_default().push(Bag::of(word));
            }
            [_] => {}
            _ => self.full.add(form, 0),
        }
    }

    /// Whether somebody of this name could be meant.
    pub(super) fn could_be(&self, form: &Form<'_>) -> bool {
        let (Some(first), Some(last)) = (form.words.first(), form.words.last()) else { return false };
        let is_alike = || {
            let bag = Bag::of(last);
            self.bags.get(&last.chars().next()).is_some_and(|bags| bags.iter().any(|own| own.may_be_close(&bag)))
        };
        self.single.contains(first) || self.single.contains(last) || is_alike() || self.full.could_have(form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_could_be_meant_is_kept() {
        let form = |name: &'static str| Form { words: name.split(' ').collect(), ..Form::default() };
        let mut wanted = Wanted::default();
        ["nora vell", "t orrinvell", "tarkovski", "ludwig van der ilm"].iter().for_each(|name| wanted.add(&form(name)));
        let check = |name, expected| assert_eq!(wanted.could_be(&form(name)), expected, "{name}");
        for name in ["nora vell", "nora t vell", "nora vell moran", "n vell", "tamsin orrinvell", "t orinvell"] {
            check(name, true);
        }
        for name in ["paul tarkovski", "tarkovski paul", "paul tarkovsky", "der ilm", "ludwig ilm"] {
            check(name, true);
        }
        for name in ["paul vell", "nora moran", "paul orrinvell", "name5 surname5", "vell", ""] {
            check(name, false);
        }
    }
}
