//! Values of a field that hold words of a certain spelling: names with wildcards.
//!
//! It looks at every value that the archive has and leaves none out.

use std::collections::BTreeSet;

use super::{Reader, spelling::Matcher};
use crate::{
    authority::UNRESOLVED,
    error::Result,
    field::Field,
    plan::{Candidate, Expansion},
    text::fold_words,
};

impl Reader {
    /// Values whose last steps hold, for each of these, a word that is spelled so; most articles first.
    pub(super) fn values_alike(&self, field: Field, steps: &[Vec<Expansion>]) -> Result<Vec<Candidate>> {
        let steps = steps.iter().map(|words| words.iter().map(Matcher::of).collect());
        let steps = steps.collect::<Result<Vec<Vec<Matcher>>>>()?;
        let mut found = BTreeSet::new();
        self.each_value(field, |value| {
            if fits(&steps, field, value) {
                found.insert(value.to_owned());
            }
        })?;
        let spelled = self.rules(field).filter(|rule| fits(&steps, field, &rule.variant));
        found.extend(spelled.filter_map(|rule| self.name_of(rule)).map(str::to_owned));
        self.counted(field, found.into_iter())
    }
}

fn fits(steps: &[Vec<Matcher>], field: Field, value: &str) -> bool {
    let value = value.strip_suffix(UNRESOLVED).unwrap_or(value);
    let levels: Vec<&str> = if field.is_path_of_places() { value.split('/').collect() } else { vec![value] };
    let Some(above) = levels.len().checked_sub(steps.len()) else { return false };
    steps.iter().zip(levels.iter().skip(above)).all(|(asked, level)| {
        let words = fold_words(level);
        asked.iter().all(|asked| words.iter().any(|word| asked.is_match(word)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Spelling;

    #[test]
    fn a_word_of_the_last_steps_is_spelled_so() {
        let check = |field, typed: &str, value: &str, expected: bool| {
            let asked = |text: &str| Matcher::of(&Expansion { text: text.to_owned(), spelling: Spelling::Wildcard });
            let step = |step: &str| step.split(' ').map(|text| asked(text).unwrap()).collect();
            let steps: Vec<Vec<Matcher>> = typed.split('/').map(step).collect();
            assert_eq!(fits(&steps, field, value), expected, "{typed} {value}");
        };
        check(Field::Person, "mor*", "Ada Moran", true);
        check(Field::Person, "?da mor*", "Ada Moran", true);
        check(Field::Person, "or*", "Ada Moran", false);
        check(Field::Person, "un*", "Moran (unresolved)", false);
        check(Field::Person, "*brien", "Tom O’Brien", true);
        check(Field::Place, "k*", "Russia/Kursk Oblast", true);
        check(Field::Place, "r*", "Russia/Kursk Oblast", false);
        check(Field::Place, "russia/k*", "Earth/Russia/Kursk Oblast", true);
        check(Field::Place, "russia/k*", "Kursk", false);
        check(Field::Source, "a*", "b/a", true);
    }
}
