//! Organisations among the names of an article; less sure than people.
//!
//! It links an acronym to the name before its bracket and nothing else.

use std::collections::HashMap;

use super::{
    names::Name,
    sheet::{Shape, Sheet},
};
use crate::entity::{EntityKind, Evidence, Mention};

/// The mentions of organisations, in order of the text; the entity is the name as first printed.
pub(super) fn find(sheet: &Sheet<'_>, names: &[Name]) -> Vec<Mention> {
    let mut entities: HashMap<String, String> = HashMap::new();
    let mut mentions = Vec::new();
    let mut last: Option<&Name> = None;
    for name in names.iter().filter(|name| name.kind == EntityKind::Org) {
        let span = sheet.bytes(&name.words);
        let surface = sheet.page.text.get(span.clone()).unwrap_or_default().to_owned();
        let key = sheet.bases(&name.words).collect::<Vec<_>>().join(" ");
        let expanded = last.filter(|full| abbreviates(sheet, full, name)).map(|full| {
            let full = sheet.bases(&full.words).collect::<Vec<_>>().join(" ");
            entities.get(&full).cloned().unwrap_or_default()
        });
        let is_acronym = expanded.is_some();
        let entity = match expanded {
            Some(full) => entities.entry(key).insert_entry(full).get().clone(),
            None => entities.entry(key).or_insert_with(|| one_line(&surface)).clone(),
        };
        mentions.push(Mention {
            kind: EntityKind::Org,
            span,
            surface,
            entity,
            role: None,
            location: None,
            date: None,
            from: Evidence::Text,
            rule: if is_acronym { "acronym-of" } else { name.rule }.to_owned(),
            confidence: name.confidence.min(0.7),
        });
        last = Some(name);
    }
    mentions
}

fn one_line(surface: &str) -> String {
    surface.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `North Atlantic Treaty Organization (NATO)`: capitals in brackets right behind a longer name with their first letter.
fn abbreviates(sheet: &Sheet<'_>, full: &Name, short: &Name) -> bool {
    let first = |name: &Name| sheet.base(name.words.start).chars().next();
    let is_bracketed = full.words.end == short.words.start
        && full.words.end.checked_sub(1).is_some_and(|last| sheet.page.gap(last).trim() == "(");
    is_bracketed
        && full.words.len() > 1
        && short.words.len() == 1
        && sheet.mark(short.words.start).shape == Shape::Capitals
        && first(full) == first(short)
}
