//! The review in a spreadsheet: proposals as rows with a column for the decision, and what was decided as rules.
//!
//! A file that comes back unchanged changes nothing.

use super::{Authority, BadRow, Likely, Rule, key, kind_name, kind_named, rows};
use crate::{entity::EntityKind, ledger::csv_row};

/// A row of the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// Of what kind the names are.
    pub kind: EntityKind,
    /// The pair that is proposed.
    pub pair: Likely,
    /// Articles that have both.
    pub shared: u64,
}

/// What a reviewed file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rules that are not in force yet.
    pub rules: Vec<Rule>,
    /// Pairs that are not the same.
    pub apart: Vec<(EntityKind, String, String)>,
    /// Rows without a decision.
    pub undecided: u64,
    /// Rows that were ignored.
    pub faults: Vec<BadRow>,
}

const COLUMNS: [&str; 8] = ["decision", "kind", "variant", "name", "article", "articles", "shared", "reason"];

/// The file to review: rules in force, decided as `accept`, then proposals without a decision.
pub fn review(authority: &Authority, proposals: &[ReviewRow]) -> String {
    let mut text = csv_row(b',', &COLUMNS);
    for rule in super::KINDS.into_iter().flat_map(|kind| authority.in_force(kind)) {
        let name = rule.name.as_deref().unwrap_or_default();
        let article = rule.article.as_deref().unwrap_or_default();
        let decision = if rule.name.is_some() { "accept" } else { "hide" };
        text += &csv_row(b',', &[decision, kind_name(rule.kind), &rule.variant, name, article, "", "", "in force"]);
    }
    for ReviewRow { kind, pair, shared } in proposals {
        let (articles, shared) = (pair.variant.articles.to_string(), shared.to_string());
        let (variant, name) = (&pair.variant.name, &pair.name.name);
        text += &csv_row(b',', &["", kind_name(*kind), variant, name, "", &articles, &shared, pair.reason]);
    }
    text
}

impl Imported {
    /// Reads a reviewed file: `accept` takes the row as it is, `merge` too (with the name that was written there),
    /// `reject` keeps both apart or ends a rule, `hide` makes the variant no entity; columns are found by their header.
    pub fn read(text: &str, authority: &Authority) -> Self {
        let mut imported = Self::default();
        let mut header: Vec<String> = COLUMNS.iter().map(|name| (*name).to_owned()).collect();
        for (at, (line, row)) in rows(text).into_iter().enumerate() {
            let outcome = row.and_then(|row| {
                if at == 0 && row.iter().any(|cell| cell.trim().eq_ignore_ascii_case("decision")) {
                    header = row.iter().map(|cell| cell.trim().to_lowercase()).collect();
                    return Ok(());
                }
                let cell = |name: &str| {
                    let number = header.iter().position(|column| column == name);
                    number.and_then(|number| row.get(number)).map(str::trim).unwrap_or_default().to_owned()
                };
                imported.decide(&cell, authority)
            });
            imported.faults.extend(outcome.err().map(|reason| BadRow { line, reason }));
        }
        imported
    }

    fn decide(&mut self, cell: &dyn Fn(&str) -> String, authority: &Authority) -> Result<(), String> {
        let decision = cell("decision").to_lowercase();
        if decision.is_empty() {
            self.undecided += 1;
            return Ok(());
        }
        let kind = kind_named(&cell("kind")).ok_or_else(|| format!("“{}” is no kind", cell("kind")))?;
        let filled = |name: &str| Some(cell(name)).filter(|text| !text.is_empty());
        let variant = filled("variant").ok_or("the variant is empty")?;
        let mut rule = Rule { kind, variant, name: filled("name"), article: filled("article") };
        match (decision.as_str(), &rule.name) {
            ("accept" | "merge", None) => {
                return Err("there is no name to merge into; to hide it, write hide".to_owned());
            }
            ("accept" | "merge", Some(_)) => {}
            ("hide", _) => rule.name = None,
            ("reject", Some(name)) if !is_in_force(authority, &rule) => {
                if !authority.keeps_apart(kind, &rule.variant, name) {
                    self.apart.push((kind, rule.variant.clone(), name.clone()));
                }
                return Ok(());
            }
            ("reject", _) => rule.name = Some(rule.variant.clone()),
            _ => return Err(format!("“{decision}” is no decision: accept, merge, reject or hide")),
        }
        if !is_in_force(authority, &rule) {
            self.rules.push(rule);
        }
        Ok(())
    }
}

fn is_in_force(authority: &Authority, rule: &Rule) -> bool {
    authority
        .in_force(rule.kind)
        .any(|own| key(&own.variant) == key(&rule.variant) && own.name == rule.name && own.article == rule.article)
}
