//! Which blocks of a page are its article.
//!
//! It chooses and never changes a block; what is left out is what stands beside an article on every page of a site.

use std::ops::Range;

use super::{
    blocks::{Block, BlockKind},
    hints::{self, Hint},
    score::{self, Sums},
    tree::{NodeId, Tree},
};
use crate::text::fold;

/// What the page's metadata tells of the text.
pub(super) struct Known<'a> {
    /// The title; empty when there is none.
    pub(super) title: &'a str,
    /// The heading that prints it.
    pub(super) heading: Option<NodeId>,
    /// The publisher's summary; empty when there is none.
    pub(super) description: &'a str,
    /// The text as JSON-LD gives it.
    pub(super) body: Option<&'a str>,
}

/// The article's text.
#[derive(Debug, PartialEq)]
pub(super) enum Chosen {
    /// The numbers of the blocks that print it.
    Printed(Vec<usize>),
    /// Nothing of it is printed; this is what the page tells programs.
    Told(String),
}

/// How sentences end.
const ENDS: &[char] = &['.', '!', '?', '…', '"', '”', '“', '»', ')', '。', '！', '？', '।', ':'];
/// Words in names of elements that hold a lead.
const LEADS: &[&str] = &[
    "lead",
    "lede",
    "intro",
    "teaser",
    "summary",
    "standfirst",
    "deck",
    "dek",
    "excerpt",
    "abstract",
    "chapeau",
    "entradilla",
    "bajada",
    "sommario",
    "vorspann",
    "subtitle",
    "subline",
];
/// How short lines begin that lead away from a text.
const AWAY: &[&str] = &[
    "read more",
    "read also",
    "also read",
    "see also",
    "more from",
    "advertisement",
    "sign up",
    "subscribe",
    "follow us",
    "share this",
    "related:",
    "lesen sie auch",
    "auch interessant",
    "mehr zum thema",
    "das konnte",
    "lust auf mehr",
    "mehr themen",
    "anzeige",
    "teilen",
    "kommentieren",
    "a lire aussi",
    "lire aussi",
    "publicite",
    "le puede interesar",
    "vea tambien",
    "lea tambien",
    "lea mas",
    "publicidad",
    "czytaj tez",
    "czytaj takze",
    "zobacz rowniez",
    "leggi anche",
    "leia tambem",
    "leia mais",
    "lees ook",
];
/// Least text of an article, in code points; below it, rules are given up one after the other.
const LEAST: usize = 250;

/// Longest line that may lead away and longest title that is folded, in code points.
const SHORT: usize = 120;

/// How much is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rigour {
    /// All that is hinted to stand beside the article.
    Names,
    /// Only what the elements themselves say.
    Tags,
    /// Nothing.
    None,
}

/// What there is to choose from.
#[derive(Debug, Clone, Copy)]
struct Page<'a> {
    tree: &'a Tree,
    blocks: &'a [Block],
    /// What the names of each node hint at.
    hints: &'a [Hint],
}

/// Chooses the article's blocks.
pub(super) fn of(tree: &Tree, blocks: &[Block], known: &Known<'_>) -> Chosen {
    let mut best: Vec<usize> = Vec::new();
    let mut most = 0;
    let hints: Vec<Hint> = (0..tree.len()).map(|id| hints::of(tree, id)).collect();
    for rigour in [Rigour::Names, Rigour::Tags, Rigour::None] {
        let page = Page { tree, blocks, hints: &hints };
        let kept = chosen(&page, rigour, known);
        let letters = kept.iter().filter_map(|at| blocks.get(*at)).map(|block| block.letters).sum();
        if best.is_empty() || letters > 2 * most {
            (best, most) = (kept, letters);
        }
        if most >= LEAST {
            break;
        }
    }
    if best.is_empty() {
        best = sentences(&Page { tree, blocks, hints: &hints }, known);
    }
    let told = known.body.map_or(0, |body| body.chars().count());
    match known.body {
        Some(body) if told > 2 * most && (told >= LEAST || best.is_empty()) => Chosen::Told(body.to_owned()),
        _ if best.is_empty() => Chosen::Printed(shown(&Page { tree, blocks, hints: &hints }, known)),
        _ => Chosen::Printed(best),
    }
}

/// All that stands on a page of a few words or lists, but what leads elsewhere.
fn shown(page: &Page<'_>, known: &Known<'_>) -> Vec<usize> {
    let beside = beside(page, Rigour::Tags);
    let is_kept = |block: &Block| {
        !beside.get(block.start).copied().unwrap_or_default()
            && block.linked * 2 <= block.letters
            && !is_noise(block, known)
    };
    (0..page.blocks.len()).filter(|at| page.blocks.get(*at).is_some_and(is_kept)).collect()
}

/// Every paragraph of a page that is too short to tell an article from what stands beside it.
fn sentences(page: &Page<'_>, known: &Known<'_>) -> Vec<usize> {
    let beside = beside(page, Rigour::Tags);
    let is_kept = |block: &Block| {
        block.kind == BlockKind::Paragraph
            && !beside.get(block.start).copied().unwrap_or_default()
            && block.linked * 3 < block.letters
            && block.text.ends_with(ENDS)
            && !is_noise(block, known)
    };
    (0..page.blocks.len()).filter(|at| page.blocks.get(*at).is_some_and(is_kept)).collect()
}

fn chosen(page: &Page<'_>, rigour: Rigour, known: &Known<'_>) -> Vec<usize> {
    let Page { tree, blocks, .. } = *page;
    let beside = beside(page, rigour);
    let is_left = |block: &&Block| !beside.get(block.start).copied().unwrap_or_default();
    let left: Vec<&Block> = blocks.iter().filter(is_left).collect();
    let sums = Sums::of(tree, left.iter().copied());
    let Some((top, scores)) = score::best(tree, &left, &sums) else { return Vec::new() };
    let top = widened(tree, top, &left);
    let holders = holders(tree, top, &scores, &sums);
    let dropped = dropped(tree, &holders, &sums);
    let mut held = vec![false; tree.len()];
    holders.iter().for_each(|id| mark(&mut held, tree.within(*id)));
    let is_kept = |block: &Block| {
        is_left(&block)
            && held.get(block.start).copied().unwrap_or_default()
            && !dropped.get(block.start).copied().unwrap_or_default()
            && !is_noise(block, known)
    };
    let mut kept: Vec<usize> = (0..blocks.len()).filter(|at| blocks.get(*at).is_some_and(is_kept)).collect();
    let is_heading = |at: &usize| blocks.get(*at).is_some_and(|block| block.kind == BlockKind::Heading);
    while kept.last().is_some_and(is_heading) {
        kept.pop();
    }
    let first = kept.first().copied().unwrap_or_default();
    let is_lead = |at: &usize| {
        blocks.get(*at).is_some_and(|block| {
            is_lead(page, block, known) && (is_left(&block) || is_told(block, known) || is_named_lead(tree, block))
        })
    };
    let mut all: Vec<usize> = (0..first).filter(is_lead).collect();
    all.append(&mut kept);
    all
}

/// Whether a block between headline and text is a sentence of it.
fn is_lead(page: &Page<'_>, block: &Block, known: &Known<'_>) -> bool {
    let Some(heading) = known.heading else { return false };
    let is_sentence = block.letters >= 60 && block.linked * 3 < block.letters && block.text.ends_with(ENDS);
    is_sentence
        && block.start >= page.tree.within(heading).end
        && block.kind != BlockKind::Caption
        && !is_noise(block, known)
        && !page.tree.around(block.start).any(|id| page.hints.get(id) == Some(&Hint::Unseen))
}

/// Whether the summary begins as a block does.
fn is_told(block: &Block, known: &Known<'_>) -> bool {
    let begin = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).take(50).collect::<String>();
    let head = |text: &str| fold(&begin(text));
    !known.description.is_empty() && head(known.description) == head(&block.text)
}

fn is_named_lead(tree: &Tree, block: &Block) -> bool {
    tree.around(block.start).take(3).any(|id| hints::has(tree, id, LEADS))
}

/// The element around the best one that holds much more of the page's sentences, few links and no other article.
fn widened(tree: &Tree, top: NodeId, left: &[&Block]) -> NodeId {
    let is_sentence = |block: &&&Block| {
        block.kind == BlockKind::Paragraph
            && block.letters >= 80
            && block.linked * 4 < block.letters
            && block.text.ends_with(ENDS)
    };
    let sentences = Sums::of(tree, left.iter().filter(is_sentence).copied());
    let all = Sums::of(tree, left.iter().copied());
    let heads = |id: NodeId| tree.within(id).filter(|id| ["article", "h1"].contains(&tree.tag(*id))).count();
    let mut found = top;
    for id in tree.around(top).take(10).take_while(|id| !["body", "html"].contains(&tree.tag(*id))) {
        let (inner, outer) = (sentences.within(tree.within(found)), sentences.within(tree.within(id)));
        let is_fuller = outer.letters * 2 > inner.letters * 3 && all.within(tree.within(id)).link_share() < 0.2;
        if is_fuller && heads(id) <= heads(top) + 2 {
            found = id;
        }
    }
    found
}

/// Nodes beside the article, by the hints that `rigour` heeds; what holds half of the page's sentences is not beside it.
fn beside(page: &Page<'_>, rigour: Rigour) -> Vec<bool> {
    let Page { tree, blocks, hints } = *page;
    let is_sentence = |block: &&Block| block.letters >= 60 && block.linked * 3 < block.letters;
    let sums = Sums::of(tree, blocks.iter().filter(is_sentence));
    let all = sums.within(0..tree.len()).letters;
    let mut marks = vec![false; tree.len()];
    let mut id = 0;
    while id < tree.len() {
        let hint = hints.get(id).copied().unwrap_or(Hint::None);
        let is_out = match rigour {
            Rigour::Names => hint != Hint::None,
            Rigour::Tags => hint == Hint::Unseen || ["nav", "aside", "footer"].contains(&tree.tag(id)),
            Rigour::None => false,
        };
        let nodes = tree.within(id);
        if is_out && sums.within(nodes.clone()).letters * 2 <= all {
            mark(&mut marks, nodes.clone());
            id = nodes.end;
        } else {
            id += 1;
        }
    }
    marks
}

fn mark(marks: &mut [bool], nodes: Range<NodeId>) {
    marks.get_mut(nodes).unwrap_or_default().fill(true);
}

/// The element that holds the article, and those beside it that hold more of it.
fn holders(tree: &Tree, top: NodeId, scores: &[f32], sums: &Sums) -> Vec<NodeId> {
    let parent = tree.parent(top);
    let threshold = (score::at(scores, top) * 0.2).max(10.0);
    let class = tree.attribute(top, "class").unwrap_or_default();
    let mut holders = Vec::new();
    let mut id = parent + 1;
    while id < tree.within(parent).end {
        let weight = sums.within(tree.within(id));
        let bonus = if !class.is_empty() && tree.attribute(id, "class") == Some(class) {
            score::at(scores, top) * 0.2
        } else {
            0.0
        };
        let is_paragraph = tree.tag(id) == "p"
            && ((weight.letters > 80 && weight.link_share() < 0.25) || (weight.letters > 0 && weight.linked == 0));
        if id == top || (score::at(scores, id) != 0.0 && score::at(scores, id) + bonus >= threshold) || is_paragraph {
            holders.push(id);
        }
        id = tree.within(id).end;
    }
    holders
}

/// Nodes within the article that hold lists of links and the like.
fn dropped(tree: &Tree, holders: &[NodeId], sums: &Sums) -> Vec<bool> {
    const BOXES: &[&str] = &[
        "div",
        "section",
        "ul",
        "ol",
        "dl",
        "table",
        "form",
        "p",
        "header",
        "h2",
        "h3",
        "h4",
        "article",
        "blockquote",
    ];
    let mut marks = vec![false; tree.len()];
    for holder in holders {
        for id in tree.within(*holder).skip(1).filter(|id| BOXES.contains(&tree.tag(*id))) {
            let weight = sums.within(tree.within(id));
            let share = weight.link_share();
            let is_paragraph = tree.tag(id) == "p";
            let is_links = if is_paragraph {
                share > 0.8 && weight.letters < 200
            } else {
                share > 0.5 || (share > 0.3 && weight.commas < 3)
            };
            if is_links {
                mark(&mut marks, tree.within(id));
            }
        }
    }
    marks
}

/// Whether a block says nothing that belongs to a text: the title once more, a call to read or share.
fn is_noise(block: &Block, known: &Known<'_>) -> bool {
    if block.letters > SHORT {
        return block.kind == BlockKind::Heading && block.text.as_str() == known.title;
    }
    let text = fold(&block.text);
    let is_title =
        block.kind == BlockKind::Heading && known.title.chars().count() <= SHORT && text == fold(known.title);
    is_title || AWAY.iter().any(|away| text.starts_with(away))
}
