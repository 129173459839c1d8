//! Ids of records that claim none, or claim one that others claim too.
//!
//! An id is a function of path and content alone, never of what else the archive holds.

use std::collections::HashMap;

use crate::article::Draft;

/// Whether a record stands alone in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Siblings {
    /// The file's only article.
    Alone,
    /// One of several.
    Several,
}

/// The id a record itself claims.
pub fn claimed_id(draft: &Draft) -> Option<&str> {
    draft.id.as_deref().map(str::trim).filter(|id| !id.is_empty())
}

/// The id of a record that claims none: its path, or among several `path#` and eight digits of its hash.
///
/// Identical records of one file get the same id here; [`fallback_ids`] tells them apart.
pub fn fallback_id(path: &str, draft: &Draft, siblings: Siblings) -> String {
    match siblings {
        Siblings::Alone => path.to_owned(),
        Siblings::Several => format!("{path}#{}", draft.hash.get(..8).unwrap_or(&draft.hash)),
    }
}

/// The fallback ids of all records of one file, distinct: the second of equal ones ends in `-2`, in the order of the file.
pub fn fallback_ids(path: &str, drafts: &[Draft]) -> Vec<String> {
    FallbackIds::default().of(path, drafts, true)
}

/// Gives the fallback ids of a file that comes in pieces.
#[derive(Debug, Default)]
pub struct FallbackIds {
    /// How often each hash came, by what of it stands in an id.
    seen: HashMap<[u8; 8], u32>,
    given: usize,
}

impl FallbackIds {
    /// Those of the next piece; one that is not the last is never a record alone.
    pub fn of(&mut self, path: &str, drafts: &[Draft], is_last: bool) -> Vec<String> {
        self.given += drafts.len();
        let siblings = if is_last && self.given <= 1 { Siblings::Alone } else { Siblings::Several };
        let id = |draft: &Draft| {
            let id = fallback_id(path, draft, siblings);
            let mut key = [0; 8];
            key.iter_mut().zip(draft.hash.bytes()).for_each(|(own, byte)| *own = byte);
            let count = self.seen.entry(key).or_default();
            *count += 1;
            if *count > 1 { format!("{id}-{count}") } else { id }
        };
        drafts.iter().map(id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_records_stay_apart() {
        let draft = |hash: &str| Draft { hash: hash.repeat(32), ..Draft::default() };
        let drafts = [draft("ab"), draft("cd"), draft("ab"), draft("ab")];
        let expected = ["a.jsonl#abababab", "a.jsonl#cdcdcdcd", "a.jsonl#abababab-2", "a.jsonl#abababab-3"];
        assert_eq!(fallback_ids("a.jsonl", &drafts), expected);
        assert_eq!(fallback_ids("a.txt", &drafts[..1]), ["a.txt"]);
    }

    #[test]
    fn a_claim_of_blanks_is_none() {
        assert_eq!(claimed_id(&Draft { id: Some(" a ".to_owned()), ..Draft::default() }), Some("a"));
        assert_eq!(claimed_id(&Draft { id: Some(" ".to_owned()), ..Draft::default() }), None);
    }
}
