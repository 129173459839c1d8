//! Hashes of words and features: the same on every machine, for ever, because the model file holds them.
//!
//! Not for tables that an enemy fills: nothing here is keyed.

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// The hash of some bytes (FNV-1a, then mixed).
pub(super) fn of(bytes: &[u8]) -> u64 {
    mix(bytes.iter().fold(FNV_OFFSET, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME)), 0)
}

/// A hash of two numbers, in this order.
pub(super) fn mix(first: u64, second: u64) -> u64 {
    let hash = (first.rotate_left(23) ^ second).wrapping_mul(MULTIPLIER);
    hash ^ (hash >> 32)
}

/// A place below `places` for a hash; its lowest 24 bits do not decide.
pub(super) fn place(hash: u64, places: usize) -> usize {
    (((hash >> 32) * places as u64) >> 32) as usize
}
