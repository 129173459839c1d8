//! Bars and sparklines out of block characters; numbers stand beside them, never in them alone.

/// A bar of `count` out of `most` in at most `columns`; anything above zero is seen.
pub(super) fn bar(count: u64, most: u64, columns: usize) -> String {
    if most == 0 || count == 0 {
        return String::new();
    }
    let filled = (u128::from(count) * columns as u128).div_ceil(u128::from(most)) as usize;
    "▇".repeat(filled.clamp(1, columns.max(1)))
}

/// One character of eight heights; zero is a dot.
pub(super) fn spark(count: u64, most: u64) -> char {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    if count == 0 || most == 0 {
        return '·';
    }
    let height = (u128::from(count) * 8).div_ceil(u128::from(most)).clamp(1, 8) as usize;
    HEIGHTS.get(height - 1).copied().unwrap_or('█')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion() {
        let check = |count, most, columns, filled: usize| {
            assert_eq!(bar(count, most, columns).chars().count(), filled, "{count}/{most}");
        };
        check(71, 71, 33, 33);
        check(36, 71, 33, 17);
        check(1, 1_000_000, 33, 1);
        check(0, 71, 33, 0);
        check(5, 0, 33, 0);
        check(u64::MAX, u64::MAX, 10, 10);
        assert_eq!([spark(0, 9), spark(1, 9), spark(9, 9)], ['·', '▁', '█']);
    }
}
