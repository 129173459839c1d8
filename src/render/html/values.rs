//! The values by which a page can be filtered: counted while the hits are written, listed at the end.
//!
//! Of each value it keeps the first hits only, so that memory grows with the values and not with the hits.

use std::{cmp::Reverse, collections::HashMap};

use serde::Serialize;

use super::super::layout::counted;

/// Values of a field that are listed.
const LISTED: usize = 30;
/// Hits of a value that are linked.
const LINKED: usize = 60;

/// Values with their hits, by field.
#[derive(Default)]
pub(super) struct Values {
    numbers: HashMap<(&'static str, String), u32>,
    counted: Vec<Counted>,
}

struct Counted {
    label: &'static str,
    name: String,
    count: u64,
    /// Numbers of its first hits.
    hits: Vec<u64>,
}

/// A field with its most frequent values.
#[derive(Serialize)]
pub(super) struct Listed<'a> {
    label: &'a str,
    values: Vec<ListedValue<'a>>,
    /// How many are not listed, as a sentence.
    more: Option<String>,
}

#[derive(Serialize)]
struct ListedValue<'a> {
    key: u32,
    name: &'a str,
    count: u64,
    hits: &'a [u64],
    more: bool,
}

impl Values {
    /// The number of a value; hit `n` has it.
    pub(super) fn key(&mut self, label: &'static str, name: &str, n: u64) -> u32 {
        let next = u32::try_from(self.counted.len()).unwrap_or(u32::MAX);
        let key = *self.numbers.entry((label, name.to_owned())).or_insert(next);
        if key == next {
            self.counted.push(Counted { label, name: name.to_owned(), count: 0, hits: Vec::new() });
        }
        if let Some(value) = self.counted.get_mut(key as usize)
            && value.hits.last() != Some(&n)
        {
            value.count += 1;
            if value.hits.len() < LINKED {
                value.hits.push(n);
            }
        }
        key
    }

    /// Fields in the order of the page, each with its most frequent values; years stand in their own order.
    pub(super) fn listed(&self) -> Vec<Listed<'_>> {
        let labels = ["Years", "Sources", "People", "Names", "Printed as", "Places", "Organisations", "Tags"];
        labels.into_iter().map(|label| self.field(label)).filter(|field| !field.values.is_empty()).collect()
    }

    fn field<'a>(&'a self, label: &'a str) -> Listed<'a> {
        let mut values: Vec<ListedValue<'_>> = (0..)
            .zip(&self.counted)
            .filter(|(_, value)| value.label == label)
            .map(|(key, Counted { name, count, hits, .. })| ListedValue {
                key,
                name,
                count: *count,
                hits,
                more: *count > hits.len() as u64,
            })
            .collect();
        match label {
            "Years" => values.sort_by_key(|value| value.name),
            _ => values.sort_by_key(|value| (Reverse(value.count), value.name)),
        }
        let most = if label == "Years" { values.len() } else { LISTED };
        let left = values.len().saturating_sub(most);
        values.truncate(most);
        Listed {
            label,
            values,
            more: (left > 0).then(|| format!("{} not listed", counted(left as u64, "more", "more"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_once_a_hit() {
        let mut values = Values::default();
        for (name, n) in [("b", 1), ("a", 1), ("b", 2), ("b", 2)] {
            values.key("People", name, n);
        }
        values.key("Years", "1999", 1);
        let listed = values.listed();
        let labels: Vec<_> = listed.iter().map(|field| field.label).collect();
        assert_eq!(labels, ["Years", "People"]);
        let people: Vec<_> = listed[1].values.iter().map(|value| (value.name, value.count, value.hits)).collect();
        assert_eq!(people, [("b", 2, &[1, 2][..]), ("a", 1, &[1])]);
    }

    #[test]
    fn long_lists_say_so() {
        let mut values = Values::default();
        for n in 1..=100 {
            values.key("People", &(n % 40).to_string(), n);
            values.key("Places", "a", n);
        }
        let listed = values.listed();
        assert_eq!(listed[0].more.as_deref(), Some("10 more not listed"));
        assert!(listed[1].values[0].more && listed[1].values[0].hits.len() == LINKED);
    }
}
