//! Which element of a page holds its article: paragraphs score for the elements around them, links count against them.
//!
//! After the idea of Arc90's Readability (2009) and its successors: text in sentences, with commas, near its like.

use std::ops::Range;

use super::{
    blocks::{Block, BlockKind},
    hints,
    tree::{NodeId, Tree},
};

/// Words in names of elements that hold an article.
const HOLDS: &[&str] = &[
    "article", "body", "content", "entry", "hentry", "main", "page", "post", "text", "blog", "story", "artikel",
    "inhalt", "contenu", "articulo", "prose",
];
/// Words in names of elements that hold something else.
const HOLDS_NOT: &[&str] = &[
    "hidden",
    "banner",
    "combx",
    "comment",
    "comments",
    "com",
    "contact",
    "foot",
    "footer",
    "footnote",
    "gdpr",
    "masthead",
    "media",
    "meta",
    "outbrain",
    "promo",
    "related",
    "scroll",
    "share",
    "shoutbox",
    "sidebar",
    "skyscraper",
    "sponsor",
    "shopping",
    "tags",
    "tool",
    "widget",
    "list",
    "teaser",
];
/// Shortest paragraph that scores, in code points.
const SHORTEST: usize = 25;

/// Sums over blocks that are left, by node: what stands within an element is a difference.
#[derive(Debug)]
pub(super) struct Sums {
    letters: Vec<u32>,
    linked: Vec<u32>,
    commas: Vec<u32>,
}

/// What stands within an element.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Weight {
    /// Code points.
    pub(super) letters: usize,
    /// Those in links.
    pub(super) linked: usize,
    /// Commas, of any script.
    pub(super) commas: usize,
}

impl Weight {
    /// The share of links, from 0 to 1.
    pub(super) fn link_share(&self) -> f32 {
        if self.letters == 0 { 0.0 } else { self.linked as f32 / self.letters as f32 }
    }
}

impl Sums {
    /// Of the blocks given.
    pub(super) fn of<'a>(tree: &Tree, blocks: impl Iterator<Item = &'a Block>) -> Self {
        let mut sums =
            Self { letters: vec![0; tree.len() + 1], linked: vec![0; tree.len() + 1], commas: vec![0; tree.len() + 1] };
        for block in blocks {
            let commas = commas(&block.text);
            for (sum, value) in
                [(&mut sums.letters, block.letters), (&mut sums.linked, block.linked), (&mut sums.commas, commas)]
            {
                if let Some(at) = sum.get_mut(block.start + 1) {
                    *at += value as u32;
                }
            }
        }
        for sum in [&mut sums.letters, &mut sums.linked, &mut sums.commas] {
            let mut total = 0;
            for value in sum.iter_mut() {
                total += *value;
                *value = total;
            }
        }
        sums
    }

    /// What stands within some nodes.
    pub(super) fn within(&self, nodes: Range<NodeId>) -> Weight {
        let between = |sum: &[u32]| {
            let at = |id: NodeId| sum.get(id).copied().unwrap_or_default();
            at(nodes.end).saturating_sub(at(nodes.start)) as usize
        };
        Weight { letters: between(&self.letters), linked: between(&self.linked), commas: between(&self.commas) }
    }
}

fn commas(text: &str) -> usize {
    text.chars().filter(|c| matches!(c, ',' | '،' | '﹐' | '，' | '、')).count()
}

/// The element that holds the article and how it scored; `None` when no paragraph scores.
pub(super) fn best(tree: &Tree, blocks: &[&Block], sums: &Sums) -> Option<(NodeId, Vec<f32>)> {
    let mut scores = vec![0.0_f32; tree.len()];
    let mut scored: Vec<NodeId> = Vec::new();
    for block in blocks.iter().filter(|block| block.letters >= SHORTEST && is_prose(block)) {
        let score = 1.0 + commas(&block.text) as f32 + (block.letters as f32 / 100.0).min(3.0);
        let own =
            [block.node].into_iter().filter(|id| !["p", "pre", "li", "td", "blockquote"].contains(&tree.tag(*id)));
        for (level, id) in own.chain(tree.around(block.node)).take(6).enumerate() {
            let Some(sum) = scores.get_mut(id) else { continue };
            if *sum == 0.0 {
                *sum = base(tree, id);
                scored.push(id);
            }
            *sum += match level {
                0 => score,
                1 => score / 2.0,
                level => score / (level as f32 * 3.0),
            };
        }
    }
    for id in &scored {
        if let Some(score) = scores.get_mut(*id) {
            *score *= 1.0 - sums.within(tree.within(*id)).link_share();
        }
    }
    scored.sort_by(|a, b| at(&scores, *b).total_cmp(&at(&scores, *a)).then(a.cmp(b)));
    let top = *scored.first()?;
    let top = shared(tree, &scored, &scores).unwrap_or(top);
    Some((climbed(tree, top, &scores), scores))
}

fn is_prose(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
}

/// The score of an element.
pub(super) fn at(scores: &[f32], id: NodeId) -> f32 {
    scores.get(id).copied().unwrap_or_default()
}

/// What an element scores before any text in it counts.
fn base(tree: &Tree, id: NodeId) -> f32 {
    let tag = match tree.tag(id) {
        "div" | "article" | "main" => 5.0,
        "pre" | "td" | "blockquote" | "section" => 3.0,
        "address" | "ol" | "ul" | "dl" | "dd" | "dt" | "li" | "form" => -3.0,
        "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => -5.0,
        _ => 0.0,
    };
    tag + favour(tree, id)
}

/// What an element's names say for it.
pub(super) fn favour(tree: &Tree, id: NodeId) -> f32 {
    let mut favour = 0.0;
    if hints::has(tree, id, HOLDS_NOT) {
        favour -= 25.0;
    }
    if hints::has(tree, id, HOLDS) {
        favour += 25.0;
    }
    favour
}

/// The element around most of the best, where they stand side by side.
fn shared(tree: &Tree, scored: &[NodeId], scores: &[f32]) -> Option<NodeId> {
    let top = *scored.first()?;
    let close: Vec<NodeId> =
        scored.iter().take(6).copied().filter(|id| at(scores, *id) >= at(scores, top) * 0.75).collect();
    if close.len() < 4 {
        return None;
    }
    tree.around(top).find(|id| close.iter().filter(|other| tree.within(*id).contains(other)).count() >= 4)
}

/// An element further out that scores as well, or holds nothing else.
fn climbed(tree: &Tree, top: NodeId, scores: &[f32]) -> NodeId {
    let floor = at(scores, top) / 3.0;
    let mut last = at(scores, top);
    let mut found = top;
    for id in tree.around(top) {
        let score = at(scores, id);
        if tree.tag(id) == "body" || tree.tag(id) == "html" || (score != 0.0 && score < floor) {
            break;
        }
        if score > last {
            found = id;
            break;
        }
        if score != 0.0 {
            last = score;
        }
    }
    found
}
