//! The nearest of a few known names to one that was mistyped.
//!
//! It never guesses when nothing is near.

/// The name nearest to `typed`, at most two edits away (one for names of up to four letters).
pub(super) fn nearest<'a>(typed: &str, known: &[&'a str]) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let most = if typed.chars().count() <= 4 { 1 } else { 2 };
    let near = known.iter().map(|name| (edits(&typed, name), *name)).filter(|(edits, _)| *edits <= most);
    near.min_by_key(|(edits, _)| *edits).map(|(_, name)| name)
}

/// Insertions, deletions and replacements between two words.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, cb) in row.iter_mut().skip(1).zip(&b) {
            let above = *cell;
            let here = (diagonal + usize::from(ca != *cb)).min(above + 1).min(left + 1);
            (diagonal, left, *cell) = (above, here, here);
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        for (a, b, expected) in [("", "abc", 3), ("exlude", "exclude", 1), ("same", "same", 0), ("é", "e", 1)] {
            assert_eq!(edits(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn only_near_names_are_suggested() {
        assert_eq!(nearest("Timezne", &["exclude", "timezone"]), Some("timezone"));
        assert_eq!(nearest("colour", &["exclude", "timezone"]), None);
    }
}
