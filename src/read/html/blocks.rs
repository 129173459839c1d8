//! A page's text as blocks: paragraphs, headings, items, captions, tables, each with where it stands.
//!
//! It never leaves out what a reader sees, and never judges what belongs to the article.

mod table;

use super::{
    hints,
    tree::{Kind, NodeId, Tree, is_seen},
};
use crate::article::{Blank, Traced};

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    Paragraph,
    Heading,
    Item,
    Caption,
    Table,
}

/// A stretch of text between two breaks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    pub(super) text: Traced,
    /// The element it stands in directly.
    pub(super) node: NodeId,
    /// The node at which its text begins.
    pub(super) start: NodeId,
    /// Code points.
    pub(super) letters: usize,
    /// Code points inside links.
    pub(super) linked: usize,
}

/// Elements that interrupt a paragraph.
const BREAKING: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "caption",
    "template",
];
/// Elements whose text nobody sees as text.
const MUTE: &[&str] = &[
    "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "map", "math", "meter", "noembed",
    "noframes", "noscript", "object", "optgroup", "option", "progress", "script", "select", "style", "svg", "textarea",
    "title", "video", "link", "meta",
];

/// The blocks of a page, in its order.
pub(super) fn of(tree: &Tree) -> Vec<Block> {
    let mut press =
        Press { tree, blocks: Vec::new(), open: Vec::new(), line: Line::default(), link_end: 0, pre_end: 0 };
    let mut id = 0;
    while id < tree.len() {
        id = press.take(id);
    }
    press.close(usize::MAX);
    press.flush();
    press.blocks
}

/// Whether an element interrupts a paragraph.
pub(super) fn is_breaking(tag: &str) -> bool {
    BREAKING.contains(&tag)
}

/// The text gathered since the last break.
#[derive(Debug, Default)]
struct Line {
    text: Traced,
    start: Option<NodeId>,
    linked: usize,
    /// What is due before the next letter.
    blank: Blank,
}

struct Press<'a> {
    tree: &'a Tree,
    blocks: Vec<Block>,
    /// The breaking elements around, outermost first.
    open: Vec<NodeId>,
    line: Line,
    link_end: NodeId,
    pre_end: NodeId,
}

impl Press<'_> {
    /// Takes a node up and gives the next one to take.
    fn take(&mut self, id: NodeId) -> NodeId {
        self.close(id);
        let end = self.tree.within(id).end;
        match self.tree.node(id).map(|node| &node.kind) {
            Some(Kind::Text(text)) => self.print(text, id),
            Some(Kind::Element(tag, _)) => {
                let tag: &str = tag;
                let is_mute =
                    MUTE.contains(&tag) || (tag == "template" && self.tree.attribute(id, "shadowrootmode").is_none());
                if is_mute {
                    return end;
                }
                if tag == "table"
                    && let Some(rows) = table::rows(self.tree, id)
                {
                    self.flush();
                    self.blocks.extend(rows);
                    return end;
                }
                self.enter(tag, id, end);
            }
            _ => {}
        }
        id + 1
    }

    fn enter(&mut self, tag: &str, id: NodeId, end: NodeId) {
        match tag {
            "br" if self.line.text.ends_with('\n') => self.flush(),
            "br" if !self.line.text.is_empty() => self.line.text.part("\n"),
            "a" => self.link_end = self.link_end.max(end),
            "pre" => self.pre_end = self.pre_end.max(end),
            "img" | "wbr" => {}
            _ => {}
        }
        if is_breaking(tag) {
            self.flush();
            self.open.push(id);
        }
    }

    /// Ends the paragraphs of elements that end before `id`.
    fn close(&mut self, id: NodeId) {
        while let Some(last) = self.open.last()
            && self.tree.within(*last).end <= id
        {
            self.flush();
            self.open.pop();
        }
    }

    fn print(&mut self, text: &Traced, id: NodeId) {
        let is_set = id < self.pre_end;
        for sign in text.signs().filter(|sign| is_seen(sign.c)) {
            if is_set && sign.c == '\n' {
                self.line.text.push_sign(sign);
            } else if sign.c.is_whitespace() {
                self.line.blank.meet(sign);
            } else {
                self.line.blank.end(sign, &mut self.line.text);
                self.line.start.get_or_insert(id);
                self.line.linked += usize::from(id < self.link_end);
                self.line.text.push_sign(sign);
            }
        }
    }

    fn flush(&mut self) {
        let Line { text, start, linked, .. } = std::mem::take(&mut self.line);
        let Some(start) = start else { return };
        let text = text.trimmed();
        let kind = if is_credit(&text) { BlockKind::Caption } else { self.kind() };
        let (kind, node) = (kind, self.open.last().copied().unwrap_or_default());
        self.blocks.push(Block { kind, letters: text.chars().count(), text, node, start, linked });
    }

    /// What the elements around make of a paragraph.
    fn kind(&self) -> BlockKind {
        for id in self.open.iter().rev().take(4) {
            match self.tree.tag(*id) {
                "figcaption" => return BlockKind::Caption,
                _ if hints::has(
                    self.tree,
                    *id,
                    &["caption", "figcaption", "bildunterschrift", "wp-caption-text", "legende"],
                ) =>
                {
                    return BlockKind::Caption;
                }
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return BlockKind::Heading,
                "li" => return BlockKind::Item,
                _ => {}
            }
        }
        BlockKind::Paragraph
    }
}

/// Whether a line names the maker of a picture.
fn is_credit(text: &str) -> bool {
    const BEGINS: &[&str] = &[
        "Photo:",
        "Foto:",
        "Photo by ",
        "Photograph by",
        "Bild:",
        "Titelbild:",
        "Image:",
        "Crédit",
        "Credit:",
        "Foto di ",
        "Photo credit",
    ];
    text.len() <= 120 && BEGINS.iter().any(|begin| text.starts_with(begin))
}

#[cfg(test)]
mod tests;
