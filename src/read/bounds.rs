//! What is more than any article: texts and lists that are refused as one.
//!
//! It never cuts anything: an article is read whole or refused with the reason.

use super::Reading;
use crate::{
    article::{Draft, Problem},
    text::grouped,
};

/// Most text of one article, in bytes: a book of several thousand pages.
pub(super) const LONGEST: usize = 16 << 20;
/// Most items of all lists of an article: names, labels, dates.
pub(super) const MOST_ITEMS: usize = 200_000;

/// A text longer than any article is refused, and so are lists: analysing them takes many times their length in memory.
pub(super) fn refuse_volumes(path: &str, reading: &mut Reading) {
    let refused = |draft: Draft| {
        let reason = if draft.text_bytes() > LONGEST { too_long() } else { too_many() };
        let (path, line, id, kind) = (path.to_owned(), Some(draft.line), draft.id, "too-large".to_owned());
        Problem { path, line, id, kind, reason, refused: true }
    };
    let are_beyond = |draft: &mut Draft| draft.text_bytes() > LONGEST || draft.items() > MOST_ITEMS;
    reading.problems.extend(reading.drafts.extract_if(.., are_beyond).map(refused));
}

/// Why a text is refused.
pub(super) fn too_long() -> String {
    format!("an article of more than {} MB of text: cut the file into its articles", LONGEST >> 20)
}

fn too_many() -> String {
    let most = grouped(MOST_ITEMS as u64);
    format!("an article of more than {most} names, labels and dates: cut the record into its articles")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{read::read_bytes, settings::Settings};

    #[test]
    fn lists_beyond_any_article_are_refused() {
        let read = |count: usize, more: &str| {
            let list = vec!["\"Ann Orrin\""; count].join(",");
            let record = format!("{{\"title\": \"Flood\", \"people\": [{list}]{more}}}");
            read_bytes("a.json", record.as_bytes(), None, &Settings::default())
        };
        assert_eq!(read(MOST_ITEMS, "").drafts.len(), 1);
        for reading in [read(MOST_ITEMS + 1, ""), read(MOST_ITEMS, ", \"tags\": [\"flood\"]"), read(3 * MOST_ITEMS, "")]
        {
            let kinds: Vec<&str> = reading.problems.iter().map(|problem| problem.kind.as_str()).collect();
            assert_eq!((reading.drafts.len(), kinds), (0, vec!["too-large"]));
            assert!(reading.problems[0].reason.starts_with("an article of more than 200,000 names"));
        }
    }
}
