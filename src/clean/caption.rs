//! Captions that a page prints twice: they become captions, once each.
//!
//! A cut-off repeat is the same caption; a long paragraph or a sentence of prose is never one.

use std::ops::Range;

use super::{
    folded,
    sheet::{Fate, Sheet},
};
use crate::article::PartKind;

/// Length of a caption in bytes.
const SHORTEST: usize = 15;
const LONGEST: usize = 250;

/// Makes captions of blocks that are printed twice in a row, and of the unfinished lines behind them at the end.
///
/// How many repeats were left out.
pub(super) fn mark(sheet: &mut Sheet<'_>) -> usize {
    let blocks = sheet.blocks().to_vec();
    let keys: Vec<String> = blocks.iter().map(|block| key(sheet, block)).collect();
    let mut dropped = 0;
    let mut last_caption = None;
    let mut at = 0;
    while let (Some(block), Some(key)) = (blocks.get(at), keys.get(at)) {
        let repeats = keys.iter().skip(at + 1).take_while(|next| is_same(key, next)).count();
        let run = at..at + 1 + repeats;
        if key.is_empty() || repeats == 0 {
            at += 1;
            continue;
        }
        let longest = run.clone().rev().max_by_key(|block| keys.get(*block).map_or(0, String::len)).unwrap_or(at);
        for number in run.clone() {
            let lines = blocks.get(number).unwrap_or(block).clone();
            if number == longest {
                sheet.set_block_apart(lines, PartKind::Caption);
            } else {
                sheet.settle(lines, Fate::Dropped);
            }
        }
        dropped += repeats;
        last_caption = Some(run.end);
        at = run.end;
    }
    if let Some(from) = last_caption {
        unfinished_tail(sheet, &blocks, from);
    }
    dropped
}

/// Behind the last repeated caption and up to the end, short lines without an end are captions too.
fn unfinished_tail(sheet: &mut Sheet<'_>, blocks: &[Range<usize>], from: usize) {
    let tail = blocks.get(from..).unwrap_or_default();
    let is_unfinished = |block: &Range<usize>| {
        let text = sheet.block(block);
        block.len() == 1
            && text.len() <= LONGEST
            && sheet.is_open(block)
            && !text.ends_with(['.', '!', '?', ':', '"', '”'])
    };
    if tail.iter().all(is_unfinished) {
        tail.iter().for_each(|block| sheet.set_block_apart(block.clone(), PartKind::Caption));
    }
}

/// What a block says if it may be a caption; else nothing.
fn key(sheet: &Sheet<'_>, block: &Range<usize>) -> String {
    let text = sheet.block(block);
    let may_be = block.len() <= 2
        && (SHORTEST..=LONGEST).contains(&text.len())
        && text.split_whitespace().nth(2).is_some()
        && sheet.is_open(block);
    if may_be { folded(text).trim_end_matches(['.', '…', ' ']).to_owned() } else { String::new() }
}

/// Whether one of two is the other, perhaps cut off.
fn is_same(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short.len() >= SHORTEST && 2 * short.len() >= long.len() && long.starts_with(short)
}
