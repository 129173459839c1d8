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
    let siblings = if drafts.len() > 1 { Siblings::Several } else { Siblings::Alone };
    let mut seen: HashMap<String, usize> = HashMap::new();
    let id = |draft: &Draft| {
        let id = fallback_id(path, draft, siblings);
        let count = seen.entry(id.clone()).or_insert(0);
        *count += 1;
        if *count > 1 { format!("{id}-{count}") } else { id }
    };
    drafts.iter().map(id).collect()
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
