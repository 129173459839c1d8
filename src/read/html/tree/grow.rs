//! Text to tree: what `html5ever` reports, gathered within bounds of depth and number.
//!
//! It never recurses; what lies too deep hangs flat on the deepest element that is kept.

use std::{
    borrow::Cow,
    cell::{Cell, Ref, RefCell},
    rc::Rc,
};

use html5ever::{
    Attribute, QualName, TokenizerResult,
    buffer_queue::BufferQueue,
    local_name, ns,
    tendril::StrTendril,
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer},
    tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeSink},
};

use super::{Kind, Node, NodeId, Tree, whence::Whence};
use crate::article::Traced;

/// Depth from which on elements are no longer nested, as browsers do it.
const DEEPEST: usize = 400;
/// Most nodes of a page.
pub(in crate::read::html) const MOST: usize = 500_000;
/// Longest value of an attribute other than `content`, in bytes: pictures written into a page are none of ours.
const LONGEST_VALUE: usize = 2_000;
/// The attributes that somebody reads.
const ATTRIBUTES: &[&str] = &[
    "aria-hidden",
    "aria-label",
    "class",
    "content",
    "data-testid",
    "datetime",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "itemscope",
    "itemtype",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "shadowrootmode",
    "style",
    "title",
    "type",
    "xml:lang",
];

/// A page of more nodes than [`MOST`].
#[derive(Debug, PartialEq, Eq)]
pub(in crate::read::html) struct TooLarge;

/// The tree of a whole page.
pub(in crate::read::html) fn page(text: &str) -> Result<Tree, TooLarge> {
    let (garden, input) = Garden::of(text);
    grown(TreeBuilder::new(garden, Default::default()), &input)
}

/// The tree of a piece of HTML as it might stand in a page's body.
pub(in crate::read::html) fn fragment(text: &str) -> Result<Tree, TooLarge> {
    let (garden, input) = Garden::of(text);
    let around = garden.add(Kind::Element(local_name!("body"), Vec::new()), Some(html_name(local_name!("body"))));
    grown(TreeBuilder::new_for_fragment(garden, around, None, Default::default()), &input)
}

fn grown(builder: TreeBuilder<NodeId, Garden>, input: &BufferQueue) -> Result<Tree, TooLarge> {
    let tokens = Tokenizer::new(Gate { builder }, Default::default());
    while !matches!(tokens.feed(input), TokenizerResult::Done) {}
    tokens.end();
    let garden = &tokens.sink.builder.sink;
    if garden.plants.borrow().len() > MOST { Err(TooLarge) } else { Ok(garden.flat()) }
}

fn html_name(local: html5ever::LocalName) -> QualName {
    QualName::new(None, ns!(html), local)
}

/// Lets tags through to the builder as long as the tree is neither too deep nor too large.
struct Gate {
    builder: TreeBuilder<NodeId, Garden>,
}

impl TokenSink for Gate {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let garden = &self.builder.sink;
        let is_full = garden.plants.borrow().len() > MOST;
        let is_deep = matches!(&token, Token::TagToken(tag) if opens_more(tag)) && garden.depth.get() > DEEPEST;
        if token != Token::EOFToken && (is_full || is_deep) {
            return TokenSinkResult::Continue;
        }
        if let Token::CharacterTokens(text) = &token {
            garden.whence.meet(text);
            return self.builder.process_token(token, line);
        }
        let outcome = self.builder.process_token(token, line);
        garden.whence.pass();
        outcome
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Whether a tag opens an element that may contain others; text of scripts would else stand in the page.
fn opens_more(tag: &Tag) -> bool {
    const CLOSED: [&str; 9] =
        ["script", "style", "textarea", "title", "noscript", "iframe", "noembed", "noframes", "xmp"];
    tag.kind == TagKind::StartTag && !CLOSED.contains(&&*tag.name)
}

/// A node while the tree grows.
struct Plant {
    kind: Kind,
    name: Option<QualName>,
    parent: Option<NodeId>,
    children: Vec<NodeId>,
    depth: usize,
    line: u32,
}

/// The tree while it grows; plant 0 is the document.
struct Garden {
    plants: RefCell<Vec<Plant>>,
    /// Depth of the element that is open now.
    depth: Cell<usize>,
    line: Cell<u32>,
    whence: Whence,
}

impl Garden {
    /// Of a page, and the page as the tokenizer reads it.
    fn of(page: &str) -> (Self, Rc<BufferQueue>) {
        let (page, input) = (StrTendril::from_slice(page), Rc::new(BufferQueue::default()));
        input.push_back(page.clone());
        let whence = Whence::of(page, Rc::clone(&input));
        let root = Plant { kind: Kind::Root, name: None, parent: None, children: Vec::new(), depth: 0, line: 1 };
        (Self { plants: RefCell::new(vec![root]), depth: Cell::new(0), line: Cell::new(1), whence }, input)
    }

    fn add(&self, kind: Kind, name: Option<QualName>) -> NodeId {
        let mut plants = self.plants.borrow_mut();
        plants.push(Plant { kind, name, parent: None, children: Vec::new(), depth: 0, line: self.line.get() });
        plants.len() - 1
    }

    /// Puts a node or text into `parent`, before its child number `at`.
    fn insert(&self, parent: NodeId, at: usize, new: NodeOrText<NodeId>) {
        let child = match new {
            NodeOrText::AppendNode(child) => child,
            NodeOrText::AppendText(text) => {
                let place = self.whence.take(&text);
                if self.lengthen(parent, at, (&text, place)) {
                    return;
                }
                let mut traced = Traced::default();
                traced.add(&text, place);
                self.add(Kind::Text(traced), None)
            }
        };
        self.detach(child);
        let mut plants = self.plants.borrow_mut();
        let Some(around) = plants.get_mut(parent) else { return };
        let depth = around.depth + 1;
        let at = at.min(around.children.len());
        around.children.insert(at, child);
        if let Some(plant) = plants.get_mut(child) {
            (plant.parent, plant.depth) = (Some(parent), depth);
            if plant.name.is_some() {
                self.depth.set(depth);
            }
        }
    }

    /// Adds to the text that ends where new text begins, if one does.
    fn lengthen(&self, parent: NodeId, at: usize, (text, place): (&str, (usize, bool))) -> bool {
        let mut plants = self.plants.borrow_mut();
        let before = plants.get(parent).and_then(|around| around.children.get(at.checked_sub(1)?).copied());
        match before.and_then(|before| plants.get_mut(before)).map(|plant| &mut plant.kind) {
            Some(Kind::Text(there)) => {
                there.add(text, place);
                true
            }
            _ => false,
        }
    }

    fn count(&self, parent: NodeId) -> usize {
        self.plants.borrow().get(parent).map_or(0, |plant| plant.children.len())
    }

    fn place(&self, child: NodeId) -> Option<(NodeId, usize)> {
        let plants = self.plants.borrow();
        let parent = plants.get(child)?.parent?;
        // The newest child is the one most often asked for.
        let at = plants.get(parent)?.children.iter().rposition(|other| *other == child)?;
        Some((parent, at))
    }

    fn detach(&self, child: NodeId) {
        let Some((parent, at)) = self.place(child) else { return };
        let mut plants = self.plants.borrow_mut();
        if let Some(around) = plants.get_mut(parent) {
            around.children.remove(at);
        }
        if let Some(plant) = plants.get_mut(child) {
            plant.parent = None;
        }
    }

    /// The finished tree: what hangs on the document, in order.
    fn flat(&self) -> Tree {
        enum Step {
            Open(NodeId, NodeId),
            Close(NodeId),
        }
        let mut plants = self.plants.borrow_mut();
        let mut nodes: Vec<Node> = Vec::with_capacity(plants.len());
        let mut steps = vec![Step::Open(0, 0)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Close(id) => {
                    let end = nodes.len();
                    if let Some(node) = nodes.get_mut(id) {
                        node.end = end;
                    }
                }
                Step::Open(plant, parent) => {
                    let Some(plant) = plants.get_mut(plant) else { continue };
                    let id = nodes.len();
                    let kind = std::mem::replace(&mut plant.kind, Kind::Root);
                    nodes.push(Node { kind, parent, end: id + 1, line: plant.line });
                    steps.push(Step::Close(id));
                    steps.extend(plant.children.iter().rev().map(|child| Step::Open(*child, id)));
                }
            }
        }
        Tree { nodes }
    }
}

impl TreeSink for Garden {
    type Handle = NodeId;
    type Output = ();
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        static NO_NAME: std::sync::LazyLock<QualName> = std::sync::LazyLock::new(|| html_name(local_name!("")));
        Ref::map(self.plants.borrow(), |plants| plants.get(*target).and_then(|p| p.name.as_ref()).unwrap_or(&NO_NAME))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        let kind = Kind::Element(name.local.clone(), attributes.iter().filter_map(wanted).collect());
        self.add(kind, Some(name))
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.add(Kind::Root, None)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.add(Kind::Root, None)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.insert(*parent, self.count(*parent), child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        match self.place(*element) {
            Some(_) => self.append_before_sibling(element, child),
            None => self.append(previous, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &NodeId) {
        let depth = self.plants.borrow().get(*node).map_or(0, |plant| plant.depth);
        self.depth.set(depth.saturating_sub(1));
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        if let Some((parent, at)) = self.place(*sibling) {
            self.insert(parent, at, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        let mut plants = self.plants.borrow_mut();
        let Some(Kind::Element(_, there)) = plants.get_mut(*target).map(|plant| &mut plant.kind) else { return };
        for (name, value) in attributes.iter().filter_map(wanted) {
            if !there.iter().any(|(other, _)| *other == name) {
                there.push((name, value));
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let children = match self.plants.borrow_mut().get_mut(*node) {
            Some(plant) => std::mem::take(&mut plant.children),
            None => Vec::new(),
        };
        for child in children {
            if let Some(plant) = self.plants.borrow_mut().get_mut(child) {
                plant.parent = None;
            }
            self.append(new_parent, NodeOrText::AppendNode(child));
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(u32::try_from(line).unwrap_or(u32::MAX));
    }
}

fn wanted(attribute: &Attribute) -> Option<(&'static str, String)> {
    let name = ATTRIBUTES.iter().find(|name| **name == &*attribute.name.local)?;
    let is_short = attribute.value.len() <= LONGEST_VALUE || *name == "content";
    is_short.then(|| (*name, attribute.value.to_string()))
}
