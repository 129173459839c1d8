//! Names known by a part of their spelling: `person:Mor*`, `place:*grad`, `org:Minstry~`, `source:/.*(times|post)/`.
//!
//! The vocabulary finds all that fit; none is chosen or left out here, and several are told.

use super::{
    Resolver,
    expand::{MANY, ONE, folded_regex},
    name::{Unresolved, outermost, several},
};
use crate::{
    error::{ErrorKind, Result},
    field::Field,
    plan::{Expansion, Spelling},
    query::{Word, WordKind},
    text::fold_words,
};

impl Resolver<'_> {
    /// Values of `field` that hold a word spelled as `word` asks, one at least; of places those of a path's last step.
    ///
    /// # Errors
    /// `Query` when there is none, for what would be any name at all, for a regular expression that is none.
    pub(super) fn values_alike(&mut self, field: Field, word: &Word) -> Result<Vec<String>> {
        let steps = self.steps(field, word)?;
        let mut found = self.vocabulary.alike(field, &steps).map_err(|error| match error.kind() {
            ErrorKind::Query => self.fault(error.what(), word.at, error.way_out().unwrap_or_default()),
            _ => error,
        })?;
        if field.is_path_of_places() {
            found = outermost(found);
        }
        let typed = word.to_string();
        match found.len() {
            0 => return Err(self.unknown(field, &typed, word.at)?),
            1 => {}
            _ if field == Field::Note => {}
            _ => self.note(several(field, &typed, &found)),
        }
        let names = found.into_iter().map(|candidate| candidate.value).collect();
        // Who asks for a spelling has named nobody in full, so nothing is said of bare surnames.
        let is_full = field != Field::Person || self.unresolved == Unresolved::Added;
        if is_full { self.widened((field, &typed), names) } else { Ok(names) }
    }

    /// What is asked of the words of a value, of a path step by step.
    fn steps(&self, field: Field, word: &Word) -> Result<Vec<Vec<Expansion>>> {
        let text = match word.kind {
            WordKind::Regex => {
                return Ok(vec![vec![Expansion { text: folded_regex(&word.text), spelling: Spelling::Regex }]]);
            }
            WordKind::Fuzzy(_) => word.text.clone(),
            // As typed: a prefix prints its star.
            _ => word.to_string().replace('*', &MANY.to_string()).replace('?', &ONE.to_string()),
        };
        let steps: Vec<&str> = if field.is_path_of_places() { text.split('/').collect() } else { vec![&text] };
        let words: Vec<Vec<String>> = steps.into_iter().map(fold_words).filter(|words| !words.is_empty()).collect();
        let has_letter = |form: &String| !form.trim_matches([MANY, ONE]).is_empty();
        if !words.iter().flatten().any(has_letter) {
            return Err(self.fault(format!("“{word}” holds no letter"), word.at, "it would be any name"));
        }
        let spelling = match word.kind {
            WordKind::Fuzzy(_) if words.iter().flatten().count() > 1 => {
                return Err(self.fault("“~” belongs to a single word", word.at, "write one word of the name"));
            }
            WordKind::Fuzzy(letters) => Spelling::Fuzzy(letters),
            _ => Spelling::Wildcard,
        };
        let asked = |form: String| Expansion { text: form.replace(MANY, "*").replace(ONE, "?"), spelling };
        Ok(words.into_iter().map(|words| words.into_iter().map(asked).collect()).collect())
    }
}
