//! Which of the strings of a JSON record that is printed over several lines a text is.
//!
//! It never reads a record again that stands on one line: that line is where all of it stands. It tells no bytes of a text
//! that may be one of several strings.

use std::{cell::Cell, ops::Range};

use super::strings::{self, Met};
use crate::{
    article::{Draft, Newlines, Origin, PartKind, Traced},
    read::{fragment, record, source::Source},
};

/// How many strings are tried as the first of a list of paragraphs.
const MOST_TRIED: usize = 8;
/// How many times a record is searched through, at most, for texts that are no whole string of it.
const MOST_SEARCHED: usize = 64;

/// Says of the texts of a record's articles where they stand in the file.
pub(super) fn tell(record: &str, file: &Source<'_>, drafts: &mut [Draft]) {
    if !record.contains('\n') {
        return;
    }
    let Some(from) = file.place_of(record) else { return };
    let strings = Strings::of(record, from, file);
    let objects = strings.objects(drafts.len());
    for (n, draft) in drafts.iter_mut().enumerate() {
        let object = objects.get(n).copied();
        if draft.is_cut { strings.tell_cut(object, draft) } else { strings.tell(object, draft) }
    }
}

/// The strings of a record, by the names that stand on its own level, and how much they may still be searched.
struct Strings<'a> {
    record: &'a str,
    /// Where the record begins in the file's text.
    from: usize,
    file: &'a Source<'a>,
    all: Vec<Traced>,
    members: Vec<Member>,
    left: Cell<usize>,
}

/// A name of a record, or of a node of its graph.
struct Member {
    name: String,
    /// The record is the first object, the nodes of its graph are those behind it.
    object: usize,
    /// The bytes of the record that the name takes.
    bytes: Range<usize>,
    /// The first string behind it.
    first: usize,
}

/// What is searched for a text.
struct Scope {
    strings: Range<usize>,
    bytes: Range<usize>,
}

impl<'a> Strings<'a> {
    /// Of a record that begins at byte `from` of the file's text.
    fn of(record: &'a str, from: usize, file: &'a Source<'a>) -> Self {
        /// How deep the names of a graph's nodes stand.
        const IN_GRAPH: usize = 3;
        let (mut all, mut members) = (Vec::new(), Vec::new());
        let (mut own, mut nodes) = (1, 0);
        strings::walk(record, from, |met| match met {
            Met::Value { string, .. } => all.push(string),
            Met::Open { depth } => nodes += usize::from(depth == IN_GRAPH && own == IN_GRAPH),
            Met::Name { name, depth, bytes } => {
                if depth == 1 {
                    own = if name.as_str() == "@graph" { IN_GRAPH } else { 1 };
                }
                if depth == 1 || depth == own {
                    let object = if depth == 1 { 0 } else { nodes };
                    members.push(Member { name: name.as_str().to_owned(), object, bytes, first: all.len() });
                }
            }
        });
        Self { record, from, file, all, members, left: Cell::new(MOST_SEARCHED * record.len()) }
    }

    /// The objects that became so many articles, if that is known.
    fn objects(&self, count: usize) -> Vec<usize> {
        let is_article = |kind: &Traced| kind.ends_with("Article") || kind.as_str() == "BlogPosting";
        let of_article =
            |n: usize| self.all.get(self.scope(n).strings).is_some_and(|kinds| kinds.iter().any(is_article));
        let kinds = self.members.iter().enumerate().filter(|(_, member)| member.object > 0 && member.name == "@type");
        let nodes: Vec<usize> = kinds.filter(|(n, _)| of_article(*n)).map(|(_, member)| member.object).collect();
        match nodes.len() {
            0 => vec![0],
            some if some == count => nodes,
            _ => Vec::new(),
        }
    }

    /// What stands under a member's name.
    fn scope(&self, n: usize) -> Scope {
        let (start, next) = (self.members.get(n), self.members.get(n + 1));
        Scope {
            strings: start.map_or(0, |own| own.first)..next.map_or(self.all.len(), |next| next.first),
            bytes: start.map_or(0, |own| own.bytes.end)..next.map_or(self.record.len(), |next| next.bytes.start),
        }
    }

    /// What stands under a name of an object; of a name that stands there twice the last one counts.
    fn under(&self, object: Option<usize>, name: &str) -> Option<Scope> {
        let is_it = |member: &Member| Some(member.object) == object && member.name == name;
        self.members.iter().rposition(is_it).map(|n| self.scope(n))
    }

    /// Says where the fields of a draft stand that are texts of their own.
    fn tell(&self, object: Option<usize>, draft: &mut Draft) {
        let fields = record::fields_of(draft);
        for (passage, field) in draft.passages.iter_mut().zip(fields) {
            let name = field.and_then(|field| draft.told.name(field));
            let own = name.and_then(|name| self.under(object, name));
            if let Some(origin) = self.place(own, &passage.text) {
                passage.origin = origin;
            }
        }
    }

    /// The same of a draft whose parts stand one behind the other in one string, the title perhaps apart.
    fn tell_cut(&self, object: Option<usize>, draft: &mut Draft) {
        let strings_of = |name| self.under(object, name).and_then(|own| self.all.get(own.strings)).unwrap_or_default();
        let is_titled = strings_of("parts").iter().any(|part| part.as_str() == "title");
        let whole = strings_of("text").first();
        let mut from = 0;
        for passage in &mut draft.passages {
            let is_apart = passage.kind == PartKind::Title && !is_titled;
            let found = whole.filter(|_| !is_apart).and_then(|whole| next(whole, from, &passage.text));
            let origin = match found {
                Some((piece, end)) => {
                    from = end;
                    Some(self.file.origin(&piece))
                }
                None => self.place(self.under(object, if is_apart { "title" } else { "text" }), &passage.text),
            };
            if let Some(origin) = origin {
                passage.origin = origin;
            }
        }
    }

    /// Where a text stands, best under its own name.
    fn place(&self, own: Option<Scope>, text: &str) -> Option<Origin> {
        let whole = Scope { strings: 0..self.all.len(), bytes: 0..self.record.len() };
        let line = |own: Scope| {
            let value = self.record.get(own.bytes.clone())?;
            let blank = value.len() - value.trim_start_matches([':', ' ', '\t', '\n']).len();
            Some(Origin::on_line(self.file.line_at(self.from + own.bytes.start + blank)))
        };
        let found = own.as_ref().and_then(|own| self.find(text, own));
        found.or_else(|| self.find(text, &whole)).or_else(|| own.and_then(line))
    }

    /// Where a text stands in a scope; no bytes of one that stands there twice.
    fn find(&self, text: &str, scope: &Scope) -> Option<Origin> {
        let all = self.all.get(scope.strings.clone())?;
        let found = first(self.whole(all, text)).or_else(|| first(paragraphs(all, text)));
        let found = found.or_else(|| first(self.any(all, text)));
        let found = found.map(|(piece, is_only)| (self.file.origin(&piece), is_only));
        if let Some((mut origin, is_only)) = found.or_else(|| first(self.shown(all, text))) {
            if !is_only {
                origin.forget_bytes();
            }
            return Some(origin);
        }
        let nowhere = Origin::on_line(0);
        let bytes = self.record.get(scope.bytes.clone()).filter(|bytes| self.may_search(bytes.len()))?;
        let at = Source::of(bytes, &nowhere).search(text)?;
        Some(Origin::on_line(self.file.line_at(self.from + scope.bytes.start + at)))
    }

    /// The strings that are this text.
    fn whole<'s>(&self, all: &'s [Traced], text: &'s str) -> impl Iterator<Item = Traced> + use<'s> {
        let bare = text.trim();
        let all = if self.may_search(all.len()) { all } else { &[] };
        let same = all.iter().filter(move |string| string.len() >= text.len() && string.trim() == bare);
        same.filter_map(move |string| piece(string, string.find(text)?, text))
    }

    /// The places at which strings hold this text.
    fn any<'s>(&'s self, all: &'s [Traced], text: &'s str) -> impl Iterator<Item = Traced> + use<'s> {
        let long = all.iter().filter(move |string| string.len() >= text.len() && self.may_search(string.len()));
        long.flat_map(move |string| string.match_indices(text).filter_map(move |(at, _)| piece(string, at, text)))
    }

    /// Where strings marked up as HTML show this text.
    fn shown<'s>(&'s self, all: &'s [Traced], text: &'s str) -> impl Iterator<Item = Origin> + use<'s> {
        let marked = all.iter().filter(move |string| string.len() >= text.len() && string.contains('<'));
        let marked = marked.filter(move |string| self.may_search(string.len()));
        marked.filter_map(move |string| {
            let found = fragment::traced(string).piece(text)?;
            Some(found.origin(&self.file.origin(string), &Newlines::of(string.as_str())))
        })
    }

    /// Whether so many bytes may still be searched through.
    fn may_search(&self, bytes: usize) -> bool {
        let left = self.left.get().checked_sub(bytes);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }
}

/// The first, and whether it is the only one.
fn first<T>(mut found: impl Iterator<Item = T>) -> Option<(T, bool)> {
    let first = found.next()?;
    Some((first, found.next().is_none()))
}

fn piece(string: &Traced, at: usize, text: &str) -> Option<Traced> {
    let mut found = Traced::default();
    found.append(string, at..at + text.len());
    (found.as_str() == text).then_some(found)
}

/// What follows closely on byte `from` of a string, as parts of a text do, and where it ends.
fn next(string: &Traced, from: usize, text: &str) -> Option<(Traced, usize)> {
    const NEAR: usize = 64;
    let near = string.floor_char_boundary(from + NEAR + text.len());
    let at = from + string.get(from..near)?.find(text)?;
    Some((piece(string, at, text)?, at + text.len()))
}

/// Strings that stand one behind the other, a blank line between.
fn paragraphs(strings: &[Traced], text: &str) -> impl Iterator<Item = Traced> {
    let first = text.split("\n\n").next().filter(|first| first.len() < text.len());
    let begins = move |string: &Traced| first.is_some_and(|first| string.starts_with(first));
    let begins = strings.iter().enumerate().filter(move |(_, string)| begins(string));
    begins.take(MOST_TRIED).filter_map(move |(n, _)| {
        let mut left = text;
        let mut count = 0;
        for string in strings.get(n..)? {
            left = left.strip_prefix(string.as_str())?;
            count += 1;
            if left.is_empty() {
                return Some(Traced::together(strings.get(n..n + count)?.iter(), "\n\n"));
            }
            left = left.strip_prefix("\n\n")?;
        }
        None
    })
}
