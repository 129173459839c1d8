//! How far a count exceeds what chance would give: the log-likelihood ratio (Dunning 1993), with a sign.
//!
//! Numbers in, a number out; it knows no article.

/// The log-likelihood ratio G² of a table of two by two: `inside` of `inside_all` here, `outside` of `outside_all`
/// elsewhere. Above zero where the share is greater here, below where it is smaller; 3.84 is 5 % by chance, 10.83 one in
/// a thousand.
pub(super) fn log_likelihood((inside, inside_all): (u64, u64), (outside, outside_all): (u64, u64)) -> f64 {
    let (a, b) = (inside as f64, outside as f64);
    let (c, d) = (inside_all as f64 - a, outside_all as f64 - b);
    let all = a + b + c + d;
    let cell = |seen: f64, row: f64, column: f64| match seen > 0.0 {
        true => seen * (seen * all / (row * column)).ln(),
        false => 0.0,
    };
    let (here, there, with, without) = (a + c, b + d, a + b, c + d);
    // Added up so that rows and columns may change places: which name of a pair comes first is nobody's choice.
    let sum = cell(a, here, with) + cell(d, there, without) + (cell(b, there, with) + cell(c, here, without));
    let ratio = (2.0 * sum).max(0.0);
    if a * there < b * here { -ratio } else { ratio }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_pair_has_one_score(a in 0..5000_u64, b in 0..5000_u64, c in 0..5000_u64, d in 0..50_000_u64) {
            proptest::prop_assert_eq!(log_likelihood((a, a + c), (b, b + d)), log_likelihood((a, a + b), (c, c + d)));
        }
    }

    #[test]
    fn what_is_more_frequent_here_scores_above_zero() {
        let check = |here, there, expected: f64| {
            let found = log_likelihood(here, there);
            assert!((found - expected).abs() < 0.01, "{here:?} {there:?}: {found}");
        };
        check((10, 100), (10, 100), 0.0);
        check((0, 0), (5, 9), 0.0);
        check((9, 9), (0, 0), 0.0);
        // By hand: 2 · 10 · ln 2, twice.
        check((10, 10), (0, 10), 27.73);
        check((0, 10), (10, 10), -27.73);
        check((20, 100), (10, 100), 3.98);
    }
}
