//! Plain text and Markdown: a title line, a text, perhaps fields before or beside it.
//!
//! It never drops a word: what is neither a field nor the title is body.

mod keyed;

use std::ops::Range;

use serde_json::Map;

use super::{
    decode::Decoded,
    front,
    intake::{Context, Intake, Refusal},
    json::Object,
    labels, layout, markdown,
    record::{self, Whence},
    source::Source,
};
use crate::article::{Draft, Note, Origin, PartKind, Passage, PublishedFrom, Traced};

/// How the text is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    /// Not at all.
    Plain,
    /// As Markdown.
    Markdown,
}

/// Reads one text into `intake`; `beside` are the fields of its sidecar or why they cannot be read.
pub(super) fn read(
    decoded: Decoded<'_>,
    markup: Markup,
    beside: Option<Result<Object, Note>>,
    intake: &mut Intake<'_>,
) {
    let text = &*decoded.text;
    let mut notes: Vec<Note> = decoded.note.clone().into_iter().collect();
    let split = front::split(text);
    let by = if split.is_some() { "front matter" } else { "label" };
    let (front, rest) = match split {
        Some(found) => match front::fields(found.fields, found.syntax) {
            Ok(Some(object)) => (Some(object), Some(found.rest)),
            Ok(None) => (None, None),
            Err(what) => {
                let reason =
                    format!("the front matter is no {}, so it stands in the text: {what}", found.syntax.name());
                notes.push(Note::new("front-matter", reason));
                (None, None)
            }
        },
        None => labelled(text, markup, &intake.context).unzip(),
    };
    let rest = rest.unwrap_or_default();
    let is_alone = beside.is_none();
    let mut draft = fields((front, by), beside, &mut notes, &intake.context);
    let source = Source::of(text, &decoded.origin);
    place(&mut draft, (&source, rest), is_alone);
    fill(&mut draft, (&source, rest), markup);
    if record::is_empty(&draft) {
        let reason = "empty: no text".to_owned();
        return intake.refuse(Refusal { line: 1, kind: "empty", reason });
    }
    notes.append(&mut draft.notes);
    draft.notes = notes;
    intake.reading.drafts.push(draft);
}

/// Says where the fields stand before the rest of a text; by their names if all of them stand there.
fn place(draft: &mut Draft, (source, rest): (&Source<'_>, usize), is_alone: bool) {
    let names = record::fields_of(draft);
    for (field, name) in draft.passages.iter_mut().zip(names) {
        let name = name.filter(|_| is_alone).and_then(|name| draft.told.name(name));
        let own = name.and_then(|name| keyed::place(source, rest, (name, &field.text)));
        field.origin = own.or_else(|| source.find_before(rest, &field.text)).unwrap_or_else(|| Origin::on_line(1));
    }
}

/// Labels at the head of a plain text.
fn labelled(text: &str, markup: Markup, context: &Context<'_>) -> Option<(Object, usize)> {
    (markup == Markup::Plain).then(|| labels::of(text, &context.aliases))?
}

/// The draft that fields before and beside a text give; those beside it win. The former are names of a `by`.
fn fields(
    (front, by): (Option<Object>, &'static str),
    beside: Option<Result<Object, Note>>,
    notes: &mut Vec<Note>,
    context: &Context<'_>,
) -> Draft {
    let beside = beside.and_then(|object| object.map_err(|note| notes.push(note)).ok());
    let repeated: Vec<String> =
        [&front, &beside].into_iter().flatten().flat_map(|object| object.repeated.clone()).collect();
    if !repeated.is_empty() {
        let reason = format!("given more than once, the last one counts: {}", repeated.join(", "));
        notes.push(Note::new("repeated-key", reason));
    }
    let (front, mut map) =
        (front.map(|object| object.map).unwrap_or_default(), beside.map(|object| object.map).unwrap_or_default());
    let fields = |map: Map<_, _>, (published, by)| record::fields(map, Whence { line: 1, published, by }, context);
    if map.is_empty() {
        return fields(front, (PublishedFrom::Frontmatter, by));
    }
    let by = if front.is_empty() { "sidecar field" } else { "field" };
    for (key, value) in front {
        record::keep(&mut map, &key, value);
    }
    fields(map, (PublishedFrom::Field, by))
}

/// A piece of a text as a passage.
fn passage(source: &Source<'_>, kind: PartKind, range: Range<usize>, markup: Markup) -> Passage {
    let start = range.start;
    let slice = source.text().get(range).unwrap_or_default();
    let text = match markup {
        Markup::Plain => Traced::of(slice, start),
        Markup::Markdown => markdown::plain(slice, start),
    };
    source.passage(kind, text)
}

/// Adds title and body; a body or title among the fields stands in front of them.
fn fill(draft: &mut Draft, (source, rest): (&Source<'_>, usize), markup: Markup) {
    let titled = draft.passages.iter().find(|passage| passage.kind == PartKind::Title).map(|p| p.text.clone());
    let found = match markup {
        Markup::Plain => layout::of(source.text(), rest),
        Markup::Markdown => markdown::layout(source.text(), rest),
    };
    let title = found.title.map(|range| passage(source, PartKind::Title, range, markup));
    let is_same = |title: &Passage| titled.as_ref().is_some_and(|given| given.trim() == title.text.trim());
    let (is_body_only, title) = match title {
        Some(title) if titled.is_none() => (true, Some(title)),
        Some(title) => (is_same(&title), is_same(&title).then_some(title)),
        None => (false, None),
    };
    if let Some(title) = title {
        // The given title, printed once more, keeps its place in the file.
        draft.passages.retain(|passage| passage.kind != PartKind::Title);
        draft.passages.insert(0, title);
        draft.told.tell("title", "the first line", "");
    }
    let body = if is_body_only { found.body } else { found.whole };
    if let Some(byline) = found.byline.filter(|_| is_body_only) {
        let printed = passage(source, PartKind::Subtitle, byline, Markup::Plain);
        if draft.byline.is_none() {
            draft.told.tell("byline", "the line below the title", "");
        }
        draft.byline.get_or_insert_with(|| printed.text.clone());
        draft.passages.push(printed);
    }
    if !body.is_empty() {
        draft.passages.push(passage(source, PartKind::Body, body, markup));
    }
}
