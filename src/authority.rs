//! `names.csv`: which printed names and entities belong together, which are kept apart, which are none.
//!
//! It parses a text it is given and never looks for a file; what a rule does to an archive is worked out by `index`.

mod edit;
mod likely;
mod settle;
mod sheet;

use std::collections::{BTreeMap, HashSet};

use csv::StringRecord;

use crate::{entity::EntityKind, ledger::rows, text::fold};

pub use crate::ledger::BadRow;

pub use likely::{Known, Likely, likely};
pub use settle::{Settled, settle};
pub use sheet::{Imported, ReviewRow, review};

/// What a surname without any first name ends with, as extraction writes it.
pub const UNRESOLVED: &str = " (unresolved)";

/// The rules of an archive, in the order of the file; a later rule for the same variant wins.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Authority {
    /// The file as it stands, bad rows and comments included.
    text: String,
    rules: Vec<Rule>,
    faults: Vec<BadRow>,
    /// Pairs of names that were looked at and are not the same.
    apart: HashSet<(EntityKind, String, String)>,
    /// The rule in force for a variant, by its key: everywhere, or in one article.
    everywhere: BTreeMap<(EntityKind, String), usize>,
    in_article: BTreeMap<(EntityKind, String, String), usize>,
}

/// One row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Of what kind the variant is.
    pub kind: EntityKind,
    /// A surface as printed, or the name of an entity; compared without case, accents and runs of blanks.
    pub variant: String,
    /// The name it stands for; `None` = it is no entity.
    pub name: Option<String>,
    /// The only article in which this holds.
    pub article: Option<String>,
}

/// What the rules say of a mention, or of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<N> {
    /// Nothing.
    Unchanged,
    /// It stands for this name.
    Named(N),
    /// It is no entity.
    Hidden,
}

/// The columns of the file.
const COLUMNS: [&str; 4] = ["kind", "variant", "name", "article"];

/// The header of a new file.
const HEADER: &str = "kind,variant,name,article\n";

/// How a comment begins that says two names are not the same; a row of kind and both names follows.
const APART: &str = "#apart,";

/// Kinds that rules may have.
pub const KINDS: [EntityKind; 4] = [EntityKind::Person, EntityKind::Place, EntityKind::Org, EntityKind::Role];

impl Authority {
    /// Reads the text of a `names.csv`. Bad rows are kept aside with line and reason; no text is so bad that it fails.
    pub fn parse(text: &str) -> Self {
        let mut authority = Self { text: text.to_owned(), ..Self::default() };
        for (line, row) in rows(text) {
            let rule = match row {
                Ok(row) if is_header(&row) => continue,
                Ok(row) => rule(&row),
                Err(reason) => Err(reason),
            };
            match rule {
                Ok(rule) => authority.rules.push(rule),
                Err(reason) => authority.faults.push(BadRow { line, reason }),
            }
        }
        for line in text.lines().filter_map(|line| line.strip_prefix(APART)) {
            authority.apart.extend(rows(line).into_iter().filter_map(|(_, row)| pair(&row.ok()?)));
        }
        authority.number();
        authority
    }

    /// The rules, in the order of the file.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Rows that are no rules.
    pub fn faults(&self) -> &[BadRow] {
        &self.faults
    }

    /// The file as it stands.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Rules in force for names of a kind, in the order of the file.
    pub fn in_force(&self, kind: EntityKind) -> impl Iterator<Item = &Rule> {
        let numbers: HashSet<usize> = self.everywhere.values().chain(self.in_article.values()).copied().collect();
        let rules = self.rules.iter().enumerate().filter(move |(number, _)| numbers.contains(number));
        rules.map(|(_, rule)| rule).filter(move |rule| rule.kind == kind)
    }

    /// Whether any rule is about names of this kind.
    pub fn knows(&self, kind: EntityKind) -> bool {
        self.rules.iter().any(|rule| rule.kind == kind)
    }

    /// Whether somebody said that two names are not the same.
    pub fn keeps_apart(&self, kind: EntityKind, a: &str, b: &str) -> bool {
        self.apart.contains(&(kind, key(a), key(b))) || self.apart.contains(&(kind, key(b), key(a)))
    }

    /// What the rules say of a mention with this surface of this entity. A rule for its article goes before one for all,
    /// and one for the surface before one for the entity. The name a rule gives may be the variant of another.
    pub fn verdict(&self, kind: EntityKind, (entity, surface): (&str, &str), article: &str) -> Verdict<&str> {
        let (entity, surface) = (key(entity), key(surface));
        let here = |key: &str| self.in_article.get(&(kind, article.to_owned(), key.to_owned())).copied();
        let general = |key: &str| self.everywhere.get(&(kind, key.to_owned())).copied();
        let first = here(&surface).or_else(|| here(&entity)).or_else(|| general(&surface)).or_else(|| general(&entity));
        let Some(mut number) = first else { return Verdict::Unchanged };
        let mut seen = HashSet::new();
        while let Some(name) = self.rules.get(number).and_then(|rule| rule.name.as_deref()) {
            let next = here(&key(name)).or_else(|| general(&key(name)));
            match next.filter(|next| *next != number && seen.insert(*next)) {
                Some(next) => number = next,
                None => return Verdict::Named(name),
            }
        }
        Verdict::Hidden
    }

    /// Notes which rule is in force for each variant.
    fn number(&mut self) {
        for (number, rule) in self.rules.iter().enumerate() {
            let variant = key(&rule.variant);
            match &rule.article {
                Some(article) => self.in_article.insert((rule.kind, article.clone(), variant), number),
                None => self.everywhere.insert((rule.kind, variant), number),
            };
        }
        let numbers: Vec<usize> = self.everywhere.values().copied().collect();
        for number in numbers {
            if let Some(oldest) = self.circle(number).into_iter().min()
                && let Some(rule) = self.rules.get(oldest)
            {
                self.everywhere.remove(&(rule.kind, key(&rule.variant)));
            }
        }
    }

    /// The rules that lead from this one back to itself; of such a circle the oldest no longer holds.
    fn circle(&self, from: usize) -> Vec<usize> {
        let mut circle = vec![from];
        loop {
            let last = circle.last().and_then(|number| self.rules.get(*number));
            let Some((rule, name)) = last.and_then(|rule| Some((rule, rule.name.as_deref()?))) else {
                return Vec::new();
            };
            match self.everywhere.get(&(rule.kind, key(name))) {
                Some(next) if *next == from && circle.len() > 1 => return circle,
                Some(next) if !circle.contains(next) => circle.push(*next),
                _ => return Vec::new(),
            }
        }
    }
}

/// What variants are compared by: without case, accents and runs of blanks.
pub fn key(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    fold(&words.join(" "))
}

/// The kind of this name; `None` for what has no rules.
pub fn kind_named(name: &str) -> Option<EntityKind> {
    KINDS.into_iter().find(|kind| kind_name(*kind) == name.trim().to_lowercase())
}

/// What a kind is called in the file.
pub fn kind_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Place => "place",
        EntityKind::Org => "org",
        EntityKind::Role => "role",
        EntityKind::Date => "date",
    }
}

fn is_header(row: &StringRecord) -> bool {
    row.iter().zip(COLUMNS).take(3).all(|(cell, name)| cell.trim().eq_ignore_ascii_case(name)) && row.len() > 2
}

fn rule(row: &StringRecord) -> Result<Rule, String> {
    let cell = |number: usize| row.get(number).map(str::trim).unwrap_or_default();
    let filled = |number: usize| Some(cell(number).to_owned()).filter(|text| !text.is_empty());
    let Some(kind) = kind_named(cell(0)) else {
        return Err(format!("“{}” is no kind: person, place, org or role", cell(0)));
    };
    if row.len() < 3 {
        return Err("there is no column for the name; to hide a name, leave that column empty".to_owned());
    }
    let Some(variant) = filled(1) else { return Err("the variant is empty".to_owned()) };
    if let Some(more) = (COLUMNS.len()..row.len()).find_map(filled) {
        return Err(format!("there are more than four columns: “{more}”; put quotes around a name with commas"));
    }
    Ok(Rule { kind, variant, name: filled(2), article: filled(3) })
}

fn pair(row: &StringRecord) -> Option<(EntityKind, String, String)> {
    Some((kind_named(row.get(0)?)?, key(row.get(1)?), key(row.get(2)?)))
}

#[cfg(test)]
mod tests;
