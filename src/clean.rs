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
use sheet::{Fate, Sheet};

/// Names the rules of cleaning: when it changes, everything is read again.
pub const VERSION: &str = "clean-1";

/// Cleans a draft, unless it is cut into parts already.
pub fn clean(mut draft: Draft) -> Draft {
    if draft.is_cut {
        return draft;
    }
    repair(&mut draft);
    let title = titles(&mut draft.passages);
    let passages = std::mem::take(&mut draft.passages);
    let mut dropped = Dropped::default();
    let mut is_first = true;
    for passage in passages {
        if passage.kind != PartKind::Body {
            draft.passages.push(passage);
            continue;
        }
        let mut sheet = Sheet::of(&passage.text);
        if is_first {
            dropped.titles += drop_titles(&mut sheet, &title);
        }
        boilerplate::mark(&mut sheet);
        if is_first {
            let title = if title.is_empty() { header::Title::Wanted } else { header::Title::Known };
            header::mark(&mut sheet, title);
            is_first = false;
        }
        let pairs = infobox::mark(&mut sheet);
        dropped.captions += caption::mark(&mut sheet);
        draft.passages.extend(sheet.passages(&passage));
        infobox::keep(pairs, &mut draft.extra);
    }
    draft.notes.extend(dropped.notes());
    draft
}

/// How many lines were left out because they only repeat others.
#[derive(Default)]
struct Dropped {
    titles: usize,
    captions: usize,
}

impl Dropped {
    fn notes(&self) -> impl Iterator<Item = Note> + use<> {
        let counted = |count: usize, what: &str| {
            let times = if count == 1 { "once more".to_owned() } else { format!("{count} times more") };
            (count > 0).then(|| Note::new("repeated", format!("{what} printed {times}; each counts once")))
        };
        [counted(self.titles, "the title is"), counted(self.captions, "captions are")].into_iter().flatten()
    }
}

/// Repairs passages of UTF-8 that were read as Windows-1252, with a note.
fn repair(draft: &mut Draft) {
    let mut places = 0;
    for passage in &mut draft.passages {
        if let Some((text, count)) = mojibake::repaired(&passage.text) {
            passage.text = text;
            passage.origin.byte = None;
            places += count;
        }
    }
    if places > 0 {
        let places = if places == 1 { "one place".to_owned() } else { format!("{places} places") };
        let reason = format!("UTF-8 that was once read as Windows-1252, repaired in {places}");
        draft.notes.push(Note::new("encoding", reason));
    }
}

/// The titles, without the dashes that mark them as a header line.
fn titles(passages: &mut [Passage]) -> Vec<String> {
    let titles = passages.iter_mut().filter(|passage| passage.kind == PartKind::Title);
    let bare = |passage: &mut Passage| {
        let text = header::without_dashes(&passage.text);
        let cut = passage.text.len() - text.len();
        if cut > 0 && !text.trim().is_empty() {
            passage.origin = passage.origin.moved(&passage.text, cut);
            passage.text = text.to_owned();
        }
        folded(&passage.text)
    };
    titles.map(bare).collect()
}

/// Leaves out the first blocks as far as they are the title once more; how many.
fn drop_titles(sheet: &mut Sheet<'_>, titles: &[String]) -> usize {
    let repeats = |block: &&std::ops::Range<usize>| titles.contains(&folded(sheet.block(block)));
    let repeated: Vec<_> = sheet.blocks().iter().take_while(repeats).cloned().collect();
    // What is all there is of the text is the text.
    if repeated.len() == sheet.blocks().len() {
        return 0;
    }
    repeated.iter().for_each(|block| sheet.settle(block.clone(), Fate::Dropped));
    repeated.len()
}

/// A line for comparison: blanks as one, letters folded.
fn folded(line: &str) -> String {
    crate::text::fold(&line.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests;
