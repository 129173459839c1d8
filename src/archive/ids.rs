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

/// An article's id, and the claimed one that it had to give up.
pub(super) struct Given {
    pub(super) id: ArticleId,
    pub(super) given_up: Option<String>,
}

/// How often records of a file claim an id, by its claim.
pub(super) type Within = HashMap<u64, usize>;

/// Counts the claims of some records, as far as they are `wanted`: those that clash are all that matter.
pub(super) fn count(drafts: &[Draft], wanted: impl Fn(&u64) -> bool, within: &mut Within) {
    let claims = drafts.iter().filter_map(read::claimed_id).map(claim).filter(wanted);
    claims.for_each(|claim| *within.entry(claim).or_default() += 1);
}

/// Gives ids to the articles of a file, piece by piece, in its order.
pub(super) struct Giver<'a> {
    path: &'a str,
    clashes: &'a BTreeSet<u64>,
    fallback: read::FallbackIds,
    seen: HashMap<ArticleId, usize>,
}

impl<'a> Giver<'a> {
    /// For the file at `path`, given which claims clash anywhere in the archive.
    pub(super) fn new(path: &'a str, clashes: &'a BTreeSet<u64>) -> Self {
        Self { path, clashes, fallback: read::FallbackIds::default(), seen: HashMap::new() }
    }

    /// The ids of the next piece, and what its articles claim, one hash each: their own id, or the one they get for want of
    /// it. `within` counts the whole file.
    pub(super) fn next(&mut self, drafts: &[Draft], is_last: bool, within: &Within) -> (Vec<Given>, Vec<u64>) {
        let fallback = self.fallback.of(self.path, drafts, is_last);
        let one = |(draft, fallback): (&Draft, ArticleId)| {
            let claim = claim(read::claimed_id(draft).unwrap_or(&fallback));
            (self.one(draft, (fallback, claim), within), claim)
        };
        drafts.iter().zip(fallback).map(one).unzip()
    }

    fn one(&mut self, draft: &Draft, (fallback, claim): (ArticleId, u64), within: &Within) -> Given {
        let Some(own) = read::claimed_id(draft) else { return Given { id: fallback, given_up: None } };
        if !self.clashes.contains(&claim) {
            return Given { id: own.to_owned(), given_up: None };
        }
        let several = within.get(&claim).is_some_and(|count| *count > 1);
        let (path, short) = (self.path, draft.hash.get(..8).unwrap_or_default());
        let id = if several { format!("{path}#{own}#{short}") } else { format!("{path}#{own}") };
        let times = self.seen.entry(id.clone()).or_default();
        *times += 1;
        let id = if *times > 1 { format!("{id}-{times}") } else { id };
        Given { id, given_up: Some(own.to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(id: &str, hash: &str) -> Draft {
        Draft { id: (!id.is_empty()).then(|| id.to_owned()), hash: hash.to_owned(), ..Draft::default() }
    }

    /// However the file is cut into pieces.
    fn check(drafts: &[Draft], clashing: &[&str], expected: &[&str]) {
        let clashes = clashing.iter().map(|id| claim(id)).collect();
        let mut within = Within::new();
        count(drafts, |_| true, &mut within);
        for cut in 1..=drafts.len() {
            let mut giver = Giver::new("a.jsonl", &clashes);
            let (first, rest) = drafts.split_at(cut);
            let (mut ids, mut claims) = giver.next(first, rest.is_empty(), &within);
            if !rest.is_empty() {
                let (more, others) = giver.next(rest, true, &within);
                ids.extend(more);
                claims.extend(others);
            }
            assert_eq!(ids.into_iter().map(|given| given.id).collect::<Vec<_>>(), expected);
            assert_eq!(claims.len(), drafts.len());
        }
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
