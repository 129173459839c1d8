//! Which id each article of a file bears: a function of what the files say, never of their order.
//!
//! An id that several records claim becomes `path#id`; a record without one gets its path, and, among several, part of its hash.

use std::collections::{BTreeSet, HashMap};

use crate::{
    article::{ArticleId, Draft},
    read,
};

/// The hash under which the manifest remembers a claimed id.
pub(super) fn claim(id: &str) -> u64 {
    let hash = blake3::hash(id.as_bytes());
    hash.as_bytes().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// What a file's articles claim, one hash each: their own id, or the one they get for want of it.
pub(super) fn claims(path: &str, drafts: &[Draft]) -> Vec<u64> {
    let fallback = read::fallback_ids(path, drafts);
    drafts.iter().zip(fallback).map(|(draft, id)| claim(read::claimed_id(draft).unwrap_or(&id))).collect()
}

/// An article's id, and the claimed one that it had to give up.
pub(super) struct Given {
    pub(super) id: ArticleId,
    pub(super) given_up: Option<String>,
}

/// The ids of a file's articles, given which claims clash anywhere in the archive.
pub(super) fn given(path: &str, drafts: &[Draft], clashes: &BTreeSet<u64>) -> Vec<Given> {
    let mut within: HashMap<&str, usize> = HashMap::new();
    drafts.iter().filter_map(read::claimed_id).for_each(|id| *within.entry(id).or_default() += 1);
    let mut seen: HashMap<ArticleId, usize> = HashMap::new();
    let fallback = read::fallback_ids(path, drafts);
    let one = |(draft, fallback): (&Draft, ArticleId)| {
        let Some(own) = read::claimed_id(draft) else { return Given { id: fallback, given_up: None } };
        if !clashes.contains(&claim(own)) {
            return Given { id: own.to_owned(), given_up: None };
        }
        let several = within.get(own).is_some_and(|count| *count > 1);
        let short = draft.hash.get(..8).unwrap_or_default();
        let id = if several { format!("{path}#{own}#{short}") } else { format!("{path}#{own}") };
        let times = seen.entry(id.clone()).or_default();
        *times += 1;
        let id = if *times > 1 { format!("{id}-{times}") } else { id };
        Given { id, given_up: Some(own.to_owned()) }
    };
    drafts.iter().zip(fallback).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(id: &str, hash: &str) -> Draft {
        Draft { id: (!id.is_empty()).then(|| id.to_owned()), hash: hash.to_owned(), ..Draft::default() }
    }

    fn check(drafts: &[Draft], clashing: &[&str], expected: &[&str]) {
        let clashes = clashing.iter().map(|id| claim(id)).collect();
        let ids: Vec<String> = given("a.jsonl", drafts, &clashes).into_iter().map(|given| given.id).collect();
        assert_eq!(ids, expected);
    }

    #[test]
    fn a_clash_makes_ids_of_the_path() {
        let (x, y) = (draft("x", "0123456789"), draft("y", "aaaaaaaabb"));
        check(&[x.clone(), y.clone()], &[], &["x", "y"]);
        check(&[x.clone(), y.clone()], &["x"], &["a.jsonl#x", "y"]);
        let other = draft("x", "bbbbbbbbcc");
        check(&[x.clone(), other.clone()], &["x"], &["a.jsonl#x#01234567", "a.jsonl#x#bbbbbbbb"]);
        check(&[other, x.clone()], &["x"], &["a.jsonl#x#bbbbbbbb", "a.jsonl#x#01234567"]);
        check(&[x.clone(), x], &["x"], &["a.jsonl#x#01234567", "a.jsonl#x#01234567-2"]);
    }
}
