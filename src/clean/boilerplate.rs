//! Lines of a web page that belong to the page and not to the article: share bars, advertisements, invitations.
//!
//! It never takes a line that could be a sentence of the text; what it takes is kept, and not searched.

use std::sync::LazyLock;

use super::sheet::{Fate, Sheet};
use crate::{article::PartKind, text};

/// Longest such line, in bytes.
const LONGEST: usize = 160;

/// Whole lines, folded.
const LINES: &[&str] = &[
    "advertisement",
    "advertisements",
    "advertising",
    "sponsored content",
    "sponsored links",
    "story continues below advertisement",
    "article continues below advertisement",
    "continue reading the main story",
    "continue reading below",
    "skip to main content",
    "skip to content",
    "skip advertisement",
    "read more",
    "read more...",
    "read more…",
    "load more comments",
    "view comments",
    "show comments",
    "leave a comment",
    "most read",
    "most popular",
    "related articles",
    "related stories",
    "related content",
    "recommended for you",
    "you may also like",
    "more on this story",
    "listen to this article",
    "back to top",
    "anzeige",
    "werbung",
    "publicite",
    "publicidad",
    "pubblicita",
];

/// Beginnings of lines that stand alone, folded.
const BEGINNINGS: &[&str] = &[
    "read more:",
    "read also:",
    "read next:",
    "see also:",
    "also read:",
    "related:",
    "sign up for our ",
    "sign up for the ",
    "sign up to our ",
    "sign up here",
    "subscribe to our ",
    "subscribe now",
    "click here to ",
    "follow us on ",
    "share this article",
    "share this story",
    "download our app",
    "get our newsletter",
    "this article was amended on ",
];

/// Words of a share bar; a line of nothing else is one.
const SHARES: &[&str] = &[
    "share",
    "tweet",
    "email",
    "e-mail",
    "mail",
    "print",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "reddit",
    "pinterest",
    "telegram",
    "messenger",
    "flipboard",
    "pocket",
    "bluesky",
    "threads",
    "copy",
    "link",
    "save",
    "comments",
    "comment",
    "bookmark",
    "|",
    "/",
    "•",
    "·",
    "on",
    "via",
    "this",
];

/// Sets such lines apart.
pub(super) fn mark(sheet: &mut Sheet<'_>) {
    for block in sheet.blocks().to_vec() {
        let is_alone = block.len() == 1;
        for number in block {
            let line = sheet.line(number);
            if line.len() <= LONGEST && sheet.is_open(&(number..number + 1)) && is_page(line, is_alone) {
                sheet.settle(number..number + 1, Fate::Becomes(PartKind::Boilerplate));
            }
        }
    }
}

/// Signs around a line that do not count.
const EDGES: [char; 8] = ['-', '*', '=', '_', '[', ']', ' ', ':'];

fn is_page(line: &str, is_alone: bool) -> bool {
    !line.starts_with(char::is_lowercase) && may_begin(line) && is_furniture(line, is_alone)
}

fn is_furniture(line: &str, is_alone: bool) -> bool {
    let folded = text::fold(line);
    let bare = folded.trim_matches(EDGES);
    LINES.contains(&bare)
        || is_share_bar(bare)
        || (is_alone && (BEGINNINGS.iter().any(|start| folded.starts_with(start)) || is_copyright(&folded)))
}

/// Whether the first word is that of some such line: few lines need more than this look. Every word beyond ASCII may be.
fn may_begin(line: &str) -> bool {
    let first = first_word(line);
    first.is_empty() || !first.is_ascii() || FIRST_WORDS.iter().any(|known| known.eq_ignore_ascii_case(first))
}

static FIRST_WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = LINES.iter().chain(BEGINNINGS).chain(SHARES).chain(&["copyright", "(c)"]);
    let mut words: Vec<&str> = lines.map(|line| first_word(line)).collect();
    words.sort_unstable();
    words.dedup();
    words
});

/// Up to a blank or a colon: behind a colon a blank may be lost.
fn first_word(line: &str) -> &str {
    let bare = line.trim_start_matches(EDGES);
    let end = bare.bytes().position(|byte| byte == b':' || byte.is_ascii_whitespace()).unwrap_or(bare.len());
    bare.get(..end).unwrap_or_default().trim_end_matches(EDGES)
}

fn is_share_bar(line: &str) -> bool {
    let words = || line.split_whitespace();
    let named = words().filter(|word| !["on", "via", "this", "|", "/", "•", "·"].contains(word)).count();
    named > 0 && words().count() <= 12 && words().all(|word| SHARES.contains(&word))
}

fn is_copyright(line: &str) -> bool {
    (line.starts_with('©') || line.starts_with("copyright ") || line.starts_with("(c) "))
        && line.bytes().filter(u8::is_ascii_digit).count() >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capital(word: &str) -> String {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    }

    proptest::proptest! {
        /// The quick look leaves out no line that is furniture.
        #[test]
        fn the_first_word_tells(known in 0..LINES.len() + BEGINNINGS.len() + SHARES.len() + 2, before in "[-*=_ ]{0,3}",
            behind in "[-*=_:. ]{0,3}(OnPolitics|Tweet|2024 Tarn Post|\u{a0}Tweet|to|)[-:]?", case in 0..3_u8) {
            let mut lines = LINES.iter().chain(BEGINNINGS).chain(SHARES).chain(&["copyright", "(c)"]);
            let line = lines.nth(known).unwrap();
            let line = match case {
                0 => line.to_string(),
                1 => line.to_uppercase(),
                _ => line.split(' ').map(capital).collect::<Vec<_>>().join(" "),
            };
            let line = format!("{before}{line}{behind}");
            proptest::prop_assert!(may_begin(line.trim()) || !is_furniture(line.trim(), true), "{line}");
        }
    }
}
