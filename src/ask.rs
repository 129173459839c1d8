//! What is typed, understood: text → [`Query`] (`parse`), then → [`Plan`] (`resolve`).
//!
//! It never touches an index: what it must know of an archive it asks of a [`Vocabulary`].
//! The parser is written by hand: blanks, glued signs and quotes decide what a sign means, and errors need its bytes.

mod field;
mod grammar;
pub mod help;
mod join;
mod nearest;
mod range;
mod resolve;
mod scan;
#[cfg(test)]
mod tests;
mod value;
mod word;

use crate::{
    error::Result,
    field::{Field, FieldKind},
    plan::{Plan, Vocabulary},
    query::{Query, Request},
};

pub use grammar::parse;
pub use join::join;
pub use resolve::{Clause, Outline, resolve};

/// A query read, not yet resolved.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parsed {
    /// The tree.
    pub query: Query,
    /// What the user should know about the reading.
    pub notes: Vec<String>,
    /// The text it was read from; the tree's places are bytes of it.
    pub text: String,
}

/// Understands a request: joins its arguments, reads them (or, with `--any`, takes them literally) and resolves names.
///
/// # Errors
/// `Query` with the place of the fault; whatever the vocabulary returns.
pub fn plan(request: &Request, vocabulary: &dyn Vocabulary) -> Result<Plan> {
    if request.any {
        return resolve::any(&request.args.join(" "), request, vocabulary);
    }
    resolve(&read(request, vocabulary)?, request, vocabulary)
}

/// Understands a request as [`plan`] does, and takes it apart into clauses that can be counted each by itself.
///
/// # Errors
/// As [`plan`].
pub fn outline(request: &Request, vocabulary: &dyn Vocabulary) -> Result<Outline> {
    if request.any {
        return resolve::outline_any(&request.args.join(" "), request, vocabulary);
    }
    resolve::outline(&read(request, vocabulary)?, request, vocabulary)
}

fn read(request: &Request, vocabulary: &dyn Vocabulary) -> Result<Parsed> {
    let Some((text, note)) = whole_name(&request.args, vocabulary)? else { return parse(&join(&request.args)) };
    let mut parsed = parse(&text)?;
    parsed.notes.push(note);
    Ok(parsed)
}

/// A single argument `person:Ada Moran` with its value quoted, and a note, if the archive has such a name: the shell may
/// have eaten the quotes.
fn whole_name(args: &[String], vocabulary: &dyn Vocabulary) -> Result<Option<(String, String)>> {
    let [arg] = args else { return Ok(None) };
    let Some((prefix, value)) = join::whole_value(arg.trim()) else { return Ok(None) };
    let has_sign = value.split_whitespace().any(|word| word.starts_with(['-', '=', '/']) || word.contains(['*', '?']));
    let field = Field::named(prefix.trim_start_matches('-').trim_end_matches(':'));
    let Some(field) = field.filter(|field| field.is_facet() && field.kind() != FieldKind::Date) else {
        return Ok(None);
    };
    if has_sign || vocabulary.values(field, value)?.is_empty() {
        return Ok(None);
    }
    let text = format!("{prefix}\"{value}\"");
    let words = value.split_whitespace().collect::<Vec<_>>().join(" AND ");
    let note = format!("read as {text}; for a shorter name and further words, write {prefix}{words}");
    Ok(Some((text, note)))
}
