//! The name nearest in spelling to a mistyped one.
//!
//! It proposes and never replaces what was typed.

/// The first of the nearest among `names`, if it is off by no more than a third of the letters typed, or by one.
pub(super) fn nearest<'n>(typed: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let typed: Vec<char> = typed.to_lowercase().chars().take(LONGEST).collect();
    let most = (typed.len() / 3).max(1);
    let measured = names.map(|name| (distance(&typed, &name.chars().collect::<Vec<_>>()), name));
    measured.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// Letters compared; no field has a longer name.
const LONGEST: usize = 64;

/// Letters to insert, drop, replace or swap with their neighbour to make `b` of `a`.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before_last[j - 1] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        let check = |typed: &str, expected: Option<&str>| {
            assert_eq!(nearest(typed, ["person", "place", "tag", "lang"].into_iter()), expected, "{typed}");
        };
        check("persn", Some("person"));
        check("PESRON", Some("person"));
        check("plcae", Some("place"));
        check("tg", Some("tag"));
        check("ceasefire", None);
        check("", None);
    }
}
