//! Which names of an archive are likely the same, and why.
//!
//! It proposes and never merges; names whose first names, titles of generation or spellings conflict are not proposed.

use std::collections::BTreeMap;

use super::UNRESOLVED;
use crate::text::{fold, fold_words};

/// A name of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// As it stands.
    pub name: String,
    /// Articles that have it.
    pub articles: u64,
}

/// Two names that are likely the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likely {
    /// The rarer or shorter one.
    pub variant: Known,
    /// The one to keep.
    pub name: Known,
    /// Why, in words.
    pub reason: &'static str,
}

/// Similarity (Jaro-Winkler) from which two spellings are close.
const CLOSE: f64 = 0.93;

/// Letters from which a word may differ in two instead of one.
const LONG: usize = 10;

/// Names compared with each other at most in one group, those of most articles first.
const GROUP: usize = 400;

/// A name taken apart.
struct Split<'a> {
    known: &'a Known,
    words: Vec<String>,
    is_unresolved: bool,
}

/// Pairs of names that are likely the same; the pairs with most articles come first.
pub fn likely(names: &[Known]) -> Vec<Likely> {
    let mut found: BTreeMap<(&str, &str), Likely> = BTreeMap::new();
    let split: Vec<Split<'_>> = names.iter().map(split).filter(|split| !split.words.is_empty()).collect();
    for group in groups(&split).values_mut() {
        group.sort_by(|a, b| b.known.articles.cmp(&a.known.articles).then_with(|| a.known.name.cmp(&b.known.name)));
        group.truncate(GROUP);
        for (at, a) in group.iter().enumerate() {
            for b in group.iter().skip(at + 1) {
                if let Some(reason) = reason(a, b) {
                    let (variant, name) = directed(a, b);
                    let pair = Likely { variant: variant.known.clone(), name: name.known.clone(), reason };
                    found.entry((&variant.known.name, &name.known.name)).or_insert(pair);
                }
            }
        }
    }
    let bearers = bearers(&split);
    let mut found: Vec<Likely> = found.into_values().filter(|pair| is_only_bearer(pair, &bearers)).collect();
    let weight = |pair: &Likely| pair.variant.articles + pair.name.articles;
    found.sort_by(|a, b| weight(b).cmp(&weight(a)).then_with(|| a.variant.name.cmp(&b.variant.name)));
    found
}

/// Names worth comparing: of one surname, or with one initial and surnames that begin alike.
fn groups<'s, 'a>(names: &'s [Split<'a>]) -> BTreeMap<String, Vec<&'s Split<'a>>> {
    let mut groups: BTreeMap<String, Vec<&Split<'_>>> = BTreeMap::new();
    for name in names {
        let Some((first, last)) = name.words.first().zip(name.words.last()) else { continue };
        let begin = |word: &str, count| word.chars().take(count).collect::<String>();
        groups.entry(format!("= {last}")).or_default().push(name);
        groups.entry(format!("~ {} {}", begin(first, 1), begin(last, 2))).or_default().push(name);
    }
    groups
}

fn split(known: &Known) -> Split<'_> {
    let bare = known.name.strip_suffix(UNRESOLVED);
    let words = fold_words(bare.unwrap_or(&known.name));
    Split { known, words, is_unresolved: bare.is_some() }
}

/// Why two names are likely the same.
fn reason(a: &Split<'_>, b: &Split<'_>) -> Option<&'static str> {
    if a.words.last() == b.words.last() && (a.is_unresolved || b.is_unresolved) {
        return (a.is_unresolved != b.is_unresolved).then_some("the only one here with this surname");
    }
    if a.words == b.words || a.words.concat() == b.words.concat() {
        return Some("the same but for case, accents or signs");
    }
    if is_generation(a) != is_generation(b) {
        return None;
    }
    let (short, long) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    if a.words.last() == b.words.last() && is_abbreviated(&short.words, &long.words) {
        return Some("the same surname, and the initials fit");
    }
    if short.words.len() > 1 && short.words.len() < long.words.len() && is_subset(&short.words, &long.words) {
        return Some("all words of the one are in the other");
    }
    (a.words.len() == b.words.len() && is_close(a, b)).then_some("the spellings are close")
}

/// Whether the first names of one are initials of the other's, or the same, one at least being an initial.
fn is_abbreviated(short: &[String], long: &[String]) -> bool {
    let (Some((_, firsts)), Some((_, others))) = (short.split_last(), long.split_last()) else { return false };
    let is_initial = |word: &String| word.chars().count() == 1;
    let fits = |(a, b): (&String, &String)| match is_initial(a) || is_initial(b) {
        true => a.chars().next() == b.chars().next(),
        false => a == b,
    };
    !firsts.is_empty()
        && firsts.iter().zip(others).all(fits)
        && firsts.iter().zip(others).any(|(a, b)| is_initial(a) || is_initial(b))
}

fn is_subset(short: &[String], long: &[String]) -> bool {
    short.first() == long.first() && short.iter().all(|word| long.contains(word))
}

fn is_close(a: &Split<'_>, b: &Split<'_>) -> bool {
    let pairs = a.words.iter().zip(&b.words);
    let differing: Vec<(&String, &String)> = pairs.filter(|(a, b)| a != b).collect();
    let is_slip = |(a, b): &(&String, &String)| {
        let letters = a.chars().count().min(b.chars().count());
        let most = if letters < LONG { 1 } else { 2 };
        letters > 3 && a.chars().next() == b.chars().next() && strsim::osa_distance(a, b) <= most
    };
    differing.iter().all(is_slip) && strsim::jaro_winkler(&fold(&a.known.name), &fold(&b.known.name)) >= CLOSE
}

fn is_generation(name: &Split<'_>) -> bool {
    name.words.last().is_some_and(|last| matches!(last.as_str(), "jr" | "sr" | "ii" | "iii" | "iv"))
}

/// The variant, then the name to keep: never an unresolved or abbreviated one, else that of more articles.
fn directed<'s, 'a>(a: &'s Split<'a>, b: &'s Split<'a>) -> (&'s Split<'a>, &'s Split<'a>) {
    let initials = |name: &Split<'_>| name.words.iter().filter(|word| word.chars().count() == 1).count();
    let rank = |name: &Split<'_>| {
        (!name.is_unresolved, std::cmp::Reverse(initials(name)), name.known.articles, name.words.len())
    };
    let is_kept = |a: &Split<'_>, b: &Split<'_>| rank(a).cmp(&rank(b)).then_with(|| b.known.name.cmp(&a.known.name));
    if is_kept(a, b).is_gt() { (b, a) } else { (a, b) }
}

/// How many full names bear each surname.
fn bearers(names: &[Split<'_>]) -> BTreeMap<String, u64> {
    let mut bearers = BTreeMap::new();
    for last in names.iter().filter(|name| !name.is_unresolved).filter_map(|name| name.words.last()) {
        *bearers.entry(last.clone()).or_default() += 1;
    }
    bearers
}

/// An unresolved surname is proposed only where a single full name bears it.
fn is_only_bearer(pair: &Likely, bearers: &BTreeMap<String, u64>) -> bool {
    let Some(surname) = pair.variant.name.strip_suffix(UNRESOLVED) else { return true };
    fold_words(surname).last().and_then(|last| bearers.get(last)) == Some(&1)
}
