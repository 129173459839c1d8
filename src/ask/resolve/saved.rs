//! `saved:NAME`: a query of the settings in the place of its name.
//!
//! Faults in a saved query are shown in its own text. One that leads back to itself is refused.

use super::{Capitals, Resolver};
use crate::{
    ask::{grammar::parse, nearest::nearest},
    error::{Error, Result},
    field::Field,
    plan::Node,
    query::{At, Value},
};

impl Resolver<'_> {
    /// The condition that a saved query makes; `None` when no word is left of it, which is noted.
    pub(super) fn saved(&mut self, value: &Value, at: At) -> Result<Option<Node>> {
        let typed = match value {
            Value::Name(name) => name.as_str(),
            Value::Word(word) => word.text.as_str(),
            Value::Phrase(phrase) => phrase.text.as_str(),
            _ => "",
        };
        let same = |(name, _): &(&String, &String)| name.to_lowercase() == typed.trim().to_lowercase();
        let Some((name, text)) = self.saved.iter().find(same) else { return Err(self.unsaved(typed, at)) };
        if self.open.contains(name) {
            let way = [self.open.join(" → "), name.clone()].join(" → ");
            return Err(self.fault(format!("the saved query {name} leads back to itself: {way}"), at, ""));
        }
        let within = |error| within(name, error);
        let parsed = parse(text).map_err(within)?;
        let query = if self.exact { parsed.query.exactly() } else { parsed.query };
        let open = self.open.iter().chain([name]).cloned().collect();
        let mut inner = Resolver { typed: Some(&parsed.text), notes: parsed.notes, open, depth: 0, ..*self };
        inner.read_capitals(Capitals::of(&query));
        let node = inner.node(&query).map_err(within)?;
        let notes = std::mem::take(&mut inner.notes);
        notes.into_iter().for_each(|note| self.note(format!("{}:{name}: {note}", Field::Saved.name())));
        Ok(node)
    }

    fn unsaved(&self, typed: &str, at: At) -> Error {
        let near = nearest(typed, self.saved.keys().map(String::as_str));
        let label = near.map_or(String::new(), |near| format!("did you mean {}:{near} ?", Field::Saved.name()));
        let error = self.fault(format!("no query is saved as “{typed}”"), at, label);
        match self.saved.is_empty() {
            true => error.hint("queries are saved in morgue.toml: [saved] floods = \"flood OR deluge\""),
            false => error.hint("`morgue saved` lists those there are"),
        }
    }
}

/// The same fault, told of the saved query in which it lies; one further in keeps its own.
fn within(name: &str, error: Error) -> Error {
    let (field, Some(fault)) = (Field::Saved.name(), error.fault()) else { return error };
    if error.what().starts_with(&format!("in {field}:")) {
        return error;
    }
    let what = format!("in {field}:{name}: {}", error.what());
    let told = Error::query(what, &fault.text, fault.span.clone(), fault.label.clone());
    match error.way_out() {
        Some(hint) => told.hint(hint),
        None => told,
    }
}
