//! Drafts cleaned: what stands among a text without being it becomes a part of its own.
//!
//! It never changes a file, never rewrites a sentence and loses no line: each stands in some passage, or, where it only
//! repeats another, in the count of a note. Cleaning twice is cleaning once.

mod boilerplate;
mod caption;
mod header;
mod infobox;
mod mojibake;
mod sheet;

use crate::article::{Draft, Note, PartKind, Passage};
use sheet::Sheet;

/// Names the rules of cleaning: when it changes, everything is read again.
pub const VERSION: &str = "clean-2";

/// Cleans a draft, unless it is cut into parts already.
pub fn clean(mut draft: Draft) -> Draft {
    let mut tally = Tally::default();
    // What one round sets apart may leave more to be seen: a line that now stands alone, a first line that now is a header.
    while !draft.is_cut && round(&mut draft, &mut tally) {}
    draft.notes.extend(tally.notes());
    draft
}

/// One round; whether it changed anything.
fn round(draft: &mut Draft, tally: &mut Tally) -> bool {
    let repaired = repair(&mut draft.passages);
    tally.repaired += repaired;
    let titles = titles(&mut draft.passages);
    let mut is_changed = repaired > 0;
    let mut is_first = true;
    for passage in std::mem::take(&mut draft.passages) {
        if passage.kind != PartKind::Body {
            draft.passages.push(passage);
            continue;
        }
        let mut sheet = Sheet::of(&passage.text);
        boilerplate::mark(&mut sheet);
        if is_first {
            tally.titles += header::mark(&mut sheet, &titles);
            is_first = false;
        }
        infobox::keep(infobox::mark(&mut sheet), &mut draft.extra);
        tally.captions += caption::mark(&mut sheet);
        is_changed |= sheet.is_settled();
        draft.passages.extend(sheet.passages(&passage));
    }
    is_changed
}

/// What was done, for the notes.
#[derive(Default)]
struct Tally {
    /// Places of wrong encoding.
    repaired: usize,
    /// Lines left out because they repeat the title.
    titles: usize,
    /// Lines left out because they repeat a caption.
    captions: usize,
}

impl Tally {
    fn notes(&self) -> Vec<Note> {
        let repeated = |count: usize, what: &str| {
            let times = if count == 1 { "once more".to_owned() } else { format!("{count} times more") };
            (count > 0).then(|| Note::new("repeated", format!("{what} printed {times}; each counts once")))
        };
        let places = if self.repaired == 1 { "one place".to_owned() } else { format!("{} places", self.repaired) };
        let reason = || format!("UTF-8 that was once read as Windows-1252, repaired in {places}");
        let repaired = (self.repaired > 0).then(|| Note::new("encoding", reason()));
        let repeats = [repeated(self.titles, "the title is"), repeated(self.captions, "captions are")];
        repaired.into_iter().chain(repeats.into_iter().flatten()).collect()
    }
}

/// Repairs passages of UTF-8 that were read as Windows-1252; in how many places.
fn repair(passages: &mut [Passage]) -> usize {
    let mut places = 0;
    for passage in passages {
        places += mojibake::repair(&mut passage.text, &mut passage.origin);
    }
    places
}

/// The titles, without the dashes that mark them as a header line.
fn titles(passages: &mut [Passage]) -> Vec<String> {
    let titles = passages.iter_mut().filter(|passage| passage.kind == PartKind::Title);
    let bare = |passage: &mut Passage| {
        let text = header::without_dashes(&passage.text);
        let cut = passage.text.len() - text.len();
        if cut > 0 && !text.trim().is_empty() {
            passage.origin = passage.origin.cut(cut..passage.text.len(), passage.text.as_str());
            passage.text = text.to_owned();
        }
        folded(&passage.text)
    };
    titles.map(bare).collect()
}

/// A line for comparison: blanks as one, letters folded.
fn folded(line: &str) -> String {
    crate::text::fold(&line.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests;
