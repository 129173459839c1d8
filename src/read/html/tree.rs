//! A page as a list of nodes in the order of the file, each knowing where its subtree ends; made by `html5ever`.
//!
//! It never recurses and never changes: whoever leaves something out keeps a list of his own.

mod grow;
mod whence;

use std::ops::Range;

use html5ever::LocalName;

use crate::article::Traced;

pub(super) use grow::{MOST, TooLarge, fragment, page};

/// The number of a node: its place in the order of the file.
pub(super) type NodeId = usize;

/// A text or an element.
#[derive(Debug, PartialEq)]
pub(super) struct Node {
    /// What it is.
    pub(super) kind: Kind,
    /// The element around it; the root's is itself.
    pub(super) parent: NodeId,
    /// The first node behind all that it contains.
    pub(super) end: NodeId,
    /// Line of the file on which it begins, from 1.
    pub(super) line: u32,
}

/// What a node is.
#[derive(Debug, PartialEq)]
pub(super) enum Kind {
    /// The root, and what says nothing.
    Root,
    /// Characters.
    Text(Traced),
    /// An element: its name in small letters, its attributes by name.
    Element(LocalName, Vec<(&'static str, String)>),
}

/// A page.
#[derive(Debug, PartialEq)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// A node.
    pub(super) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// The name of an element; empty for anything else.
    pub(super) fn tag(&self, id: NodeId) -> &str {
        match self.nodes.get(id).map(|node| &node.kind) {
            Some(Kind::Element(name, _)) => name,
            _ => "",
        }
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        match self.nodes.get(id).map(|node| &node.kind) {
            Some(Kind::Element(_, all)) => all.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str()),
            _ => None,
        }
    }

    /// A node and all that it contains.
    pub(super) fn within(&self, id: NodeId) -> Range<NodeId> {
        id..self.nodes.get(id).map_or(id, |node| node.end)
    }

    /// The element around a node; the root's is itself.
    pub(super) fn parent(&self, id: NodeId) -> NodeId {
        self.nodes.get(id).map_or(0, |node| node.parent)
    }

    /// The line on which the tag of a node ends.
    pub(super) fn line(&self, id: NodeId) -> u32 {
        self.nodes.get(id).map_or(1, |node| node.line)
    }

    /// The elements around a node, from the nearest outwards, the root left out.
    pub(super) fn around(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(self.parent(id)), |id| Some(self.parent(*id))).take_while(|id| *id != 0)
    }

    /// Every element, in the order of the file, with its name.
    pub(super) fn elements(&self) -> impl Iterator<Item = (NodeId, &str)> {
        (0..self.len()).map(|id| (id, self.tag(id))).filter(|(_, tag)| !tag.is_empty())
    }

    /// The characters in an element, blanks as they stand.
    pub(super) fn raw_text(&self, id: NodeId) -> String {
        self.nodes.get(self.within(id)).unwrap_or_default().iter().filter_map(text_of).collect()
    }

    /// How many bytes a text has; none for an element.
    pub(super) fn own_letters(&self, id: NodeId) -> usize {
        self.nodes.get(id).and_then(text_of).map_or(0, |text| text.trim().len())
    }

    /// As [`Self::text`], where it is no longer than `most` bytes before blanks are joined.
    pub(super) fn short_text(&self, id: NodeId, most: usize) -> Option<String> {
        let mut text = String::new();
        for piece in self.nodes.get(self.within(id))?.iter().filter_map(text_of) {
            if text.len() + piece.len() > most {
                return None;
            }
            text.push_str(piece);
        }
        Some(joined(&text))
    }

    /// As [`Self::text`], with where each stands in the page.
    pub(super) fn traced(&self, id: NodeId) -> Traced {
        self.raw_traced(id).joined(is_seen)
    }

    /// As [`Self::raw_text`], with where each stands in the page.
    pub(super) fn raw_traced(&self, id: NodeId) -> Traced {
        let mut whole = Traced::default();
        for node in self.nodes.get(self.within(id)).unwrap_or_default() {
            if let Kind::Text(text) = &node.kind {
                whole.append(text, 0..text.len());
            }
        }
        whole
    }

    /// The characters in an element, each run of blanks as one, none at the ends.
    pub(super) fn text(&self, id: NodeId) -> String {
        joined(&self.raw_text(id))
    }
}

/// Whether a reader sees anything of a character: not of soft hyphens and the like.
pub(super) fn is_seen(c: char) -> bool {
    !matches!(c, '\u{AD}' | '\u{200B}' | '\u{FEFF}')
}

/// Characters without soft hyphens and the like, each run of blanks as one, none at the ends.
pub(super) fn joined(text: &str) -> String {
    let text: String = text.chars().filter(|c| is_seen(*c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text_of(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Text(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
