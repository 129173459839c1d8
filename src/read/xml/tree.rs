//! A document as elements and texts, names in small letters and without prefixes.
//!
//! It never expands what a document type defines, and never goes deeper than 256 elements nor beyond a million.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use crate::{
    article::Traced,
    read::{fragment, intake::Refusal},
};

/// With which verbatim text begins.
const CDATA: &str = "<![CDATA[";
/// The deepest nesting that is read.
const DEEPEST: usize = 256;
/// Most elements and attributes of a document: about 150 bytes each.
const MOST: usize = 1_000_000;
/// The attributes that somebody reads; OCR engines and word processors write a dozen others with each word.
const ATTRIBUTES: &[&str] = &[
    "class",
    "content",
    "contenttype",
    "date.publication",
    "edition.name",
    "ex-ref",
    "full-path",
    "guid",
    "href",
    "id",
    "id-string",
    "idref",
    "key",
    "lang",
    "literal",
    "name",
    "newid",
    "norm",
    "owner",
    "position.section",
    "position.sequence",
    "properties",
    "qcode",
    "subs_content",
    "subs_type",
    "tag",
    "type",
    "val",
    "value",
];

/// Elements that part words, however closely they are written: breaks, cells, blocks, the pieces of bylines and datelines.
const PARTING: &[&str] = &[
    "blockquote",
    "block",
    "bq",
    "br",
    "byttl",
    "caption",
    "dd",
    "div",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "hl1",
    "hl2",
    "li",
    "name.family",
    "name.given",
    "p",
    "story.date",
    "table",
    "td",
    "th",
    "tr",
];

/// An element.
#[derive(Debug, Default, PartialEq)]
pub(in crate::read) struct Element {
    /// Without prefix, in small letters.
    pub(in crate::read) name: String,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
    /// The line on which it begins, from 1.
    pub(in crate::read) line: u32,
}

#[derive(Debug, PartialEq)]
enum Node {
    Element(Element),
    Text(Traced),
}

/// The root of a document; elements that are never closed end with it.
///
/// # Errors
/// A refusal that says where the document cannot be read on, or that it nests too deeply, is too large, or has no root.
pub(in crate::read) fn root(text: &str) -> Result<Element, Refusal> {
    grown(text, MOST)
}

/// As [`root`], of a document that has at most so many elements and attributes.
pub(super) fn grown(text: &str, most: usize) -> Result<Element, Refusal> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut growing = Growing { open: Vec::new(), root: None, left: most };
    let mut lines = Lines { text, at: 0, line: 1 };
    loop {
        let at = reader.buffer_position() as usize;
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(tag)) => growing.begin(element(&tag, lines.at(at)))?,
            Ok(Event::Empty(tag)) => growing.counted(element(&tag, lines.at(at))).map(|leaf| growing.leaf(leaf))?,
            Ok(Event::End(tag)) => growing.end(&plain(tag.name().as_ref())),
            Ok(Event::Text(inner)) => growing.text(&inner, placed(text, at, &inner)),
            Ok(Event::CData(inner)) => growing.text(&inner, placed(text, at + CDATA.len(), &inner)),
            Ok(Event::GeneralRef(name)) => {
                let name = name.into_inner();
                match fragment::reference(&name) {
                    Some(meant) => growing.text(&meant, (at, false)),
                    None => growing.text(&format!("&{name};"), placed(text, at, &format!("&{name};"))),
                }
            }
            Ok(_) => {}
            Err(fault) => {
                let line = lines.at(reader.error_position() as usize);
                let reason = format!("cannot be read as XML from line {line} on: {fault}");
                return Err(Refusal { line, kind: "invalid-xml", reason });
            }
        }
    }
    growing.whole().ok_or_else(|| Refusal::of_file("invalid-xml", "no XML: there is no element in it"))
}

/// Where a text stands, or near which byte, and whether it stands there as it is.
fn placed(whole: &str, at: usize, text: &str) -> (usize, bool) {
    (at, whole.get(at..).is_some_and(|rest| rest.starts_with(text)))
}

/// What text is poured into.
trait Vessel {
    fn take(&mut self, text: &Traced);
    fn part(&mut self);
}

impl Vessel for String {
    fn take(&mut self, text: &Traced) {
        self.push_str(text);
    }

    fn part(&mut self) {
        self.push(' ');
    }
}

impl Vessel for Traced {
    fn take(&mut self, text: &Traced) {
        self.append(text, 0..text.len());
    }

    fn part(&mut self) {
        Self::part(self, " ");
    }
}

impl Element {
    /// The value of an attribute, named in small letters and without prefix.
    pub(in crate::read) fn attribute(&self, name: &str) -> Option<&str> {
        debug_assert!(ATTRIBUTES.contains(&name), "no document keeps {name}");
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The children that are elements.
    pub(in crate::read) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of this name below this one, in the order of the document.
    pub(in crate::read) fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|child| if child.name == name { Some(child) } else { child.find(name) })
    }

    /// All elements of this name below this one but those inside another of it: what both hold would be read twice.
    pub(in crate::read) fn all(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        self.walk(&mut |element| {
            let is_wanted = element.name == name;
            if is_wanted {
                found.push(element);
            }
            !is_wanted
        });
        found
    }

    /// Visits the elements below this one in the order of the document; into those for which `visit` says true.
    pub(in crate::read) fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Element) -> bool) {
        for child in self.elements() {
            if visit(child) {
                child.walk(visit);
            }
        }
    }

    /// All text in it, as it stands.
    pub(in crate::read) fn verbatim(&self) -> String {
        let mut out = String::new();
        self.pour(&[], &mut out);
        out
    }

    /// The same with where each piece stands in the document.
    pub(super) fn traced(&self) -> Traced {
        let mut out = Traced::default();
        self.pour(&[], &mut out);
        out
    }

    /// Puts the text in it behind `out`, elements of some names between blanks.
    fn pour(&self, parting: &[&str], out: &mut impl Vessel) {
        for child in &self.children {
            match child {
                Node::Element(element) => {
                    let is_parted = parting.contains(&element.name.as_str());
                    if is_parted {
                        out.part();
                    }
                    element.pour(parting, out);
                    if is_parted {
                        out.part();
                    }
                }
                Node::Text(text) => out.take(text),
            }
        }
    }

    /// As [`Self::text`], with where each piece stands in the document.
    pub(super) fn traced_text(&self) -> Traced {
        let mut out = Traced::default();
        self.pour(PARTING, &mut out);
        out.joined(|_| true)
    }

    /// All text in it on one line, blanks made one; what stands on lines or in cells of its own is parted.
    pub(in crate::read) fn text(&self) -> String {
        let mut out = String::new();
        self.pour(PARTING, &mut out);
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text of the first element of this name below this one, empty where there is none.
    pub(in crate::read) fn text_of(&self, name: &str) -> String {
        self.find(name).map(Element::text).unwrap_or_default()
    }

    /// An attribute of the first element of this name below this one, empty where there is none.
    pub(in crate::read) fn attribute_of(&self, name: &str, attribute: &str) -> &str {
        self.find(name).and_then(|element| element.attribute(attribute)).unwrap_or_default()
    }

    /// Only the text between its elements.
    pub(super) fn own_text(&self) -> Traced {
        fn own(node: &Node) -> Option<&Traced> {
            match node {
                Node::Text(text) => Some(text),
                Node::Element(_) => None,
            }
        }
        Traced::together(self.children.iter().filter_map(own), "")
    }
}

/// A tree being built; the root is the first element, what stands beside it is passed over.
struct Growing {
    open: Vec<Element>,
    root: Option<Element>,
    /// How many elements and attributes it may still have.
    left: usize,
}

impl Growing {
    fn begin(&mut self, element: Element) -> Result<(), Refusal> {
        if self.open.len() >= DEEPEST {
            let reason = format!("elements nested too deeply (more than {DEEPEST})");
            return Err(Refusal { line: element.line, kind: "invalid-xml", reason });
        }
        let element = self.counted(element)?;
        self.open.push(element);
        Ok(())
    }

    fn counted(&mut self, element: Element) -> Result<Element, Refusal> {
        match self.left.checked_sub(1 + element.attributes.len()) {
            Some(left) => self.left = left,
            None => {
                let reason =
                    format!("more than {MOST} elements and attributes: divided into several files it can be read");
                return Err(Refusal { line: element.line, kind: "too-large", reason });
            }
        }
        Ok(element)
    }

    fn leaf(&mut self, mut element: Element) {
        // Most hold one text or element; a list makes room for four.
        element.children.shrink_to_fit();
        match self.open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None if self.root.is_none() => self.root = Some(element),
            None => {}
        }
    }

    /// Closes the nearest open element of this name, and those inside it; an end without a beginning closes nothing.
    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|element| element.name == name) else { return };
        while self.open.len() > at {
            if let Some(element) = self.open.pop() {
                self.leaf(element);
            }
        }
    }

    fn text(&mut self, text: &str, place: (usize, bool)) {
        let Some(parent) = self.open.last_mut() else { return };
        match parent.children.last_mut() {
            Some(Node::Text(there)) => there.add(text, place),
            _ => {
                let mut traced = Traced::default();
                traced.add(text, place);
                parent.children.push(Node::Text(traced));
            }
        }
    }

    fn whole(mut self) -> Option<Element> {
        while let Some(element) = self.open.pop() {
            self.leaf(element);
        }
        self.root
    }
}

fn element(tag: &BytesStart<'_>, line: u32) -> Element {
    let mut attributes = Vec::new();
    for attribute in tag.html_attributes().with_checks(false).flatten() {
        let name = plain(attribute.key.as_ref());
        if let Some(name) = ATTRIBUTES.iter().find(|known| **known == name) {
            attributes.push((*name, fragment::resolved(&attribute.value)));
        }
    }
    Element { name: plain(tag.name().as_ref()), attributes, children: Vec::new(), line }
}

fn plain(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

/// Counts lines while going forward through a text.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn at(&mut self, byte: usize) -> u32 {
        if let Some(between) = self.text.as_bytes().get(self.at..byte) {
            self.line += between.iter().filter(|byte| **byte == b'\n').count() as u32;
            self.at = byte;
        }
        self.line
    }
}
