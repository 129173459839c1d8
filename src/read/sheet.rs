//! A text without lines of its own in the file (of a document, a book, a scan) as an article with given fields.
//!
//! It never claims a line or byte of the file for what a container holds.

use serde_json::{Map, Value};

use super::{
    intake::Intake,
    layout,
    record::{self, Labels, Whence},
};
use crate::article::{Origin, PartKind, Passage, PublishedFrom};

/// Hands over an article of `fields` and `text`; where the fields name no title, a first line that stands out is it.
pub(super) fn read(fields: Map<String, Value>, text: &str, intake: &mut Intake<'_>) {
    let whence = Whence { line: 1, published: PublishedFrom::Field, by: "the document's properties" };
    let mut draft = record::stated(fields, &Labels::default(), whence, &intake.context);
    let title = draft.passages.iter().find(|passage| passage.kind == PartKind::Title).map(|p| p.text.trim().to_owned());
    let found = layout::of(text, 0);
    let slice = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
    let printed = found.title.clone().map(slice);
    // The given title, printed once more above the text, is one title.
    let is_same = title.is_some() && printed.as_deref().map(str::trim) == title.as_deref();
    let body = match (&title, printed) {
        (None, Some(printed)) => {
            let passage = Passage { kind: PartKind::Title, text: printed, origin: Origin::on_line(1) };
            draft.passages.insert(0, passage);
            draft.told.tell("title", "the first line", "");
            with_byline(&mut draft, found.byline.map(slice));
            found.body
        }
        _ if is_same => {
            with_byline(&mut draft, found.byline.map(slice));
            found.body
        }
        _ => found.whole,
    };
    let text = slice(body);
    if !text.trim().is_empty() {
        draft.passages.push(Passage { kind: PartKind::Body, text, origin: Origin::on_line(1) });
    }
    record::deliver(draft, intake);
}

fn with_byline(draft: &mut crate::article::Draft, byline: Option<String>) {
    let Some(byline) = byline else { return };
    if draft.byline.is_none() {
        draft.told.tell("byline", "the line below the title", "");
    }
    draft.byline.get_or_insert_with(|| byline.clone());
    draft.passages.push(Passage { kind: PartKind::Subtitle, text: byline, origin: Origin::on_line(1) });
}

/// Fields by our names; texts of blanks are none.
pub(super) fn fields<const N: usize>(given: [(&str, String); N]) -> Map<String, Value> {
    let says = |(_, text): &(&str, String)| !text.trim().is_empty();
    given.into_iter().filter(says).map(|(name, text)| (name.to_owned(), Value::from(text.trim()))).collect()
}
