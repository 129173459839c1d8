//! The authority file of an archive: read when it is opened, written by `names`, and what it makes of the names.
//!
//! What stands in the file by hand is never lost; a bad row is told and ignored.

use std::path::Path;

use super::{Archive, Place, beside};
use crate::{
    authority::{Authority, Known, Likely, ReviewRow, UNRESOLVED, Verdict, likely},
    entity::EntityKind,
    error::Result,
    hit::{FacetCount, NameList, SCHEMA_VERSION, Suggestion, SuggestionList},
    plan::{EntityNode, Node, Plan, Unit},
    text::fold_words,
};

/// The file beside the articles.
const FILE: &str = "names.csv";

/// What it holds.
const COLUMNS: &str = "kind,variant,name,article";

/// The authority file of a folder; one without rules when there is none.
///
/// # Errors
/// `Io` when it is there and cannot be read, or is not UTF-8.
pub fn authority(folder: &Path) -> Result<Authority> {
    Ok(Authority::parse(&beside::read(folder, (FILE, COLUMNS))?))
}

/// Changes the authority file, alone and whole or not at all; `change` gives what it is to be, `None` to leave it. Gives the
/// rules in force afterwards.
///
/// # Errors
/// `Io`; whatever `change` returns.
pub fn change_authority(
    place: &Place,
    change: &mut dyn FnMut(&Authority) -> Result<Option<Authority>>,
) -> Result<Authority> {
    let _lock = beside::lock(place, beside::LOCK)?;
    let before = authority(&place.folder)?;
    let Some(changed) = change(&before)? else { return Ok(before) };
    beside::write(&place.folder, FILE, changed.text())?;
    Ok(changed)
}

impl Archive {
    /// The rules under which this archive answers.
    pub fn authority(&self) -> &Authority {
        self.reader.authority()
    }

    /// The same archive under other rules.
    pub fn renaming(self, authority: Authority) -> Self {
        Self { reader: self.reader.renaming(authority), ..self }
    }

    /// Names of a kind with their printed forms and counts, at most `limit`; with `prefix` those that begin so. A surname
    /// without a first name comes with the full names it could stand for.
    ///
    /// # Errors
    /// `Io`.
    pub fn names(&self, kind: EntityKind, prefix: Option<&str>, limit: Option<usize>) -> Result<NameList> {
        let mut names = self.reader.names(kind, prefix)?;
        let distinct = names.len() as u64;
        names.truncate(limit.unwrap_or(usize::MAX));
        if names.iter().any(|name| name.name.ends_with(UNRESOLVED)) {
            let known = self.known(kind)?;
            for name in &mut names {
                name.candidates = candidates(&name.name, &known);
            }
        }
        let rules = self.authority().in_force(kind).count() as u64;
        Ok(NameList { schema_version: SCHEMA_VERSION, kind, rules, distinct, names })
    }

    /// Names of a kind that are likely the same, at most `limit` pairs; not those that somebody keeps apart.
    ///
    /// # Errors
    /// `Io`.
    pub fn likely_names(&self, kind: EntityKind, limit: Option<usize>) -> Result<SuggestionList> {
        let mut rows = self.proposals(kind)?;
        let distinct = rows.len() as u64;
        rows.truncate(limit.unwrap_or(usize::MAX));
        let mut suggestions = Vec::with_capacity(rows.len());
        for pair in rows {
            suggestions.push(Suggestion {
                shared: self.shared(kind, &pair)?,
                variant: pair.variant.name,
                variant_articles: pair.variant.articles,
                name: pair.name.name,
                name_articles: pair.name.articles,
                reason: pair.reason.to_owned(),
            });
        }
        Ok(SuggestionList { schema_version: SCHEMA_VERSION, kind, distinct, suggestions })
    }

    /// The same pairs as rows of a review.
    ///
    /// # Errors
    /// `Io`.
    pub fn names_to_review(&self, kind: EntityKind) -> Result<Vec<ReviewRow>> {
        let pairs = self.proposals(kind)?.into_iter();
        pairs.map(|pair| Ok(ReviewRow { kind, shared: self.shared(kind, &pair)?, pair })).collect()
    }

    fn proposals(&self, kind: EntityKind) -> Result<Vec<Likely>> {
        let authority = self.authority();
        let is_kept = |name: &str| authority.verdict(kind, (name, name), "") == Verdict::Named(name);
        let is_open = |pair: &Likely| {
            !authority.keeps_apart(kind, &pair.variant.name, &pair.name.name) && !is_kept(&pair.variant.name)
        };
        let mut pairs = likely(&self.known(kind)?);
        pairs.retain(is_open);
        Ok(pairs)
    }

    fn known(&self, kind: EntityKind) -> Result<Vec<Known>> {
        let names = self.reader.names(kind, None)?.into_iter();
        Ok(names.map(|name| Known { name: name.name, articles: name.articles }).collect())
    }

    fn shared(&self, kind: EntityKind, pair: &Likely) -> Result<u64> {
        let named = |name: &str| Node::Entity(EntityNode { kind, names: Some(vec![name.to_owned()]) });
        let both = Node::And(vec![named(&pair.variant.name), named(&pair.name.name)]);
        Ok(self.reader.count(&Plan::of(both), Unit::Articles)?.articles)
    }
}

/// The full names that a surname could stand for.
fn candidates(name: &str, known: &[Known]) -> Vec<FacetCount> {
    let Some(surname) = name.strip_suffix(UNRESOLVED).map(fold_words) else { return Vec::new() };
    let is_bearer = |known: &&Known| {
        !known.name.ends_with(UNRESOLVED)
            && fold_words(&known.name).last().is_some_and(|last| surname.last() == Some(last))
    };
    let bearer = |known: &Known| FacetCount { value: known.name.clone(), count: known.articles, children: Vec::new() };
    known.iter().filter(is_bearer).map(bearer).collect()
}
