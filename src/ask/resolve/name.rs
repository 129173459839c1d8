//! Names and labels as typed, to the values that the archive has: one, several with a note, or none with the nearest.
//!
//! It never chooses between several in silence.

use super::Resolver;
use crate::{
    error::Result,
    field::Field,
    plan::Candidate,
    query::{At, Value},
    text::{Language, fold, fold_words},
};

/// How closely a value must be what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// Any value that the typed text names.
    Named,
    /// `=…`: letter for letter.
    Verbatim,
}

/// What becomes of surnames without a first name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unresolved {
    /// A note says how many further articles have them.
    Told,
    /// They count as the people who could bear them.
    Added,
}

/// Values listed in a note.
const LISTED: usize = 8;

/// Near names listed in an error.
const NEAREST: usize = 3;

impl Resolver<'_> {
    /// Values of `field` that `typed` names, one at least. A value typed letter for letter is the only one meant, but for
    /// the bare name of a place, which stands at any level of a path; flags always mean the value itself.
    ///
    /// # Errors
    /// `Query` with the nearest values when there is none; whatever the vocabulary returns.
    pub(super) fn values(&mut self, field: Field, (typed, at): (&str, At), likeness: Likeness) -> Result<Vec<String>> {
        let sought = match field {
            Field::Lang => {
                Language::from_tag(typed).map_or_else(|| typed.to_owned(), |language| language.tag().to_owned())
            }
            Field::Place | Field::Focus => typed.trim_matches('/').to_owned(),
            _ => typed.to_owned(),
        };
        let mut found = self.vocabulary.values(field, &sought)?;
        let is_step =
            field.is_path_of_places() && !sought.contains('/') && likeness == Likeness::Named && self.typed.is_some();
        if let Some(same) = found.iter().find(|candidate| candidate.value == sought && !is_step) {
            return self.widened((field, typed), vec![same.value.clone()]);
        }
        if likeness == Likeness::Verbatim || fold_words(&sought).is_empty() {
            found.clear();
        }
        if field.is_path_of_places() {
            found = outermost(found);
        }
        match found.len() {
            0 => return Err(self.unknown(field, &sought, at)?),
            // A whole path is taken for that of the place itself.
            1 if field.is_path_of_places() && sought.contains('/') => {
                let meant =
                    found.iter().map(|candidate| candidate.value.as_str()).find(|one| fold(one) != fold(&sought));
                meant.into_iter().for_each(|meant| self.note(format!("“{typed}” is read as {meant}")));
            }
            1 => {}
            // Notes are looked up by their words: several are what one expects.
            _ if field == Field::Note => {}
            // One name in capitals and in small letters.
            _ if found.windows(2).all(|pair| fold(&pair[0].value) == fold(&pair[1].value)) => {}
            _ => self.note(several(field, typed, &found)),
        }
        self.widened((field, typed), found.into_iter().map(|candidate| candidate.value).collect())
    }

    /// The same names with all that they imply.
    pub(super) fn widened(&mut self, (field, typed): (Field, &str), names: Vec<String>) -> Result<Vec<String>> {
        match field {
            Field::Person => self.with_unresolved(names),
            // A flag means the value of the facet and nothing else.
            Field::Place if self.typed.is_some() => self.with_linked(typed, names),
            _ => Ok(names),
        }
    }

    /// The same places, and the given names that lie in them: articles that say no more than Moscow speak of Russia too.
    fn with_linked(&mut self, typed: &str, mut places: Vec<String>) -> Result<Vec<String>> {
        let linked = self.vocabulary.lying_in(&places)?;
        let listed = |names: &[String]| {
            let shown: Vec<String> = names.iter().take(LISTED).map(|name| format!("“{name}”")).collect();
            let more = names.len().saturating_sub(LISTED);
            if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
        };
        if !linked.surely.is_empty() {
            let names = listed(&linked.surely);
            self.note(format!("“{typed}” also holds {names}, which some articles give without saying where"));
        }
        if !linked.partly.is_empty() {
            let names = listed(&linked.partly);
            self.note(format!("“{typed}” holds {names} in some articles only; they are left out: add OR place:NAME"));
        }
        places.extend(linked.surely);
        Ok(places)
    }

    /// The same people, and with `--with-unresolved` their surnames where no first name tells whose they are; else a note.
    fn with_unresolved(&mut self, mut names: Vec<String>) -> Result<Vec<String>> {
        for surname in self.vocabulary.unresolved(&names)? {
            match (self.unresolved, surname.articles) {
                (Unresolved::Added, _) => names.push(surname.value),
                (Unresolved::Told, 0) => {}
                (Unresolved::Told, articles) => {
                    let articles = if articles == 1 {
                        "1 further article has".to_owned()
                    } else {
                        format!("{articles} further articles have")
                    };
                    self.note(format!("{articles} only “{}”; --with-unresolved adds them", surname.value));
                }
            }
        }
        Ok(names)
    }

    /// The error for a value that the archive does not have.
    pub(super) fn unknown(&self, field: Field, typed: &str, at: At) -> Result<crate::error::Error> {
        let near = self.vocabulary.nearest(field, typed, NEAREST)?;
        let shown = |candidate: &Candidate| Value::Name(candidate.value.clone()).to_string();
        let label =
            near.first().map_or(String::new(), |first| format!("did you mean {}:{} ?", field.name(), shown(first)));
        let fault = self.fault(format!("no {} here is called “{typed}”", nouns(field).0), at, label);
        let others: Vec<String> = near.iter().skip(1).map(shown).collect();
        Ok(match (others.is_empty(), near.is_empty()) {
            (false, _) if self.typed.is_some() => fault.hint(format!("also near: {}", others.join(", "))),
            (_, true) if field.is_facet() => fault.hint(format!("`morgue facets {}` lists them all", field.name())),
            _ => fault,
        })
    }
}

/// Says which values a name stands for, and how to choose.
pub(super) fn several(field: Field, typed: &str, found: &[Candidate]) -> String {
    let listed: Vec<String> =
        found.iter().take(LISTED).map(|candidate| format!("{} {}", candidate.value, candidate.articles)).collect();
    let more = match found.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let first = found.first().map(|candidate| candidate.value.replace('"', "\\\"")).unwrap_or_default();
    let (count, kind, name) = (found.len(), nouns(field).1, field.name());
    format!("“{typed}” is {count} {kind}: {}{more}: add {name}:\"{first}\" to choose", listed.join(", "))
}

/// Without the places that lie inside another one of them, which holds them anyway.
pub(super) fn outermost(found: Vec<Candidate>) -> Vec<Candidate> {
    let values: std::collections::HashSet<String> = found.iter().map(|candidate| candidate.value.clone()).collect();
    let is_inside =
        |path: &str| path.match_indices('/').any(|(end, _)| path.get(..end).is_some_and(|top| values.contains(top)));
    found.into_iter().filter(|candidate| !is_inside(&candidate.value)).collect()
}

/// What one and several values of a field are called.
fn nouns(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::Person => ("person", "people"),
        Field::Place | Field::Focus => ("place", "places"),
        Field::Org => ("organisation", "organisations"),
        Field::Role => ("role", "roles"),
        Field::Source => ("source", "sources"),
        Field::Author => ("author", "authors"),
        Field::Section => ("section", "sections"),
        Field::Subject => ("subject", "subjects"),
        Field::Tag => ("tag", "tags"),
        Field::Verdict => ("verdict", "verdicts"),
        Field::Note => ("note", "notes"),
        Field::Lang => ("language", "languages"),
        Field::Id => ("article", "articles"),
        _ => ("value", "values"),
    }
}
