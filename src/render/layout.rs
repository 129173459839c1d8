//! Widths, cuts and line breaks in columns of a terminal; it never writes anything itself.
//!
//! Control characters never pass: what an article holds cannot move the reader's cursor.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Ink, Look, Paint};

/// Columns that `text` takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Columns that `c` adds at most, whatever stands before it: the selector of emoji widens some letters.
fn at_most(c: char) -> usize {
    if c == '\u{fe0f}' { 1 } else { c.width().unwrap_or(0) }
}

/// `text` on one line: line breaks, tabs and other controls become blanks.
pub fn one_line(text: &str) -> String {
    text.chars().map(|c| if is_control(c) { ' ' } else { c }).collect()
}

/// Whether a character could move the cursor or turn the reading order of what follows it.
pub(super) fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// `text` on one line in at most `columns`, the end cut with `…`.
pub(super) fn clip(text: &str, columns: usize) -> String {
    let text = one_line(text);
    if width(&text) <= columns {
        return text;
    }
    let kept: String = taken(text.chars(), columns);
    if columns == 0 { kept } else { kept.trim_end().to_owned() + "…" }
}

/// `text` on one line in at most `columns`, the beginning cut with `…`: the end of a path says more.
pub(super) fn clip_start(text: &str, columns: usize) -> String {
    let text = one_line(text);
    if width(&text) <= columns {
        return text;
    }
    let kept: Vec<char> = taken(text.chars().rev(), columns);
    let kept: String = kept.into_iter().rev().collect();
    if columns == 0 { kept } else { format!("…{}", kept.trim_start()) }
}

/// The first of the characters that leave a column of `columns` to a sign of what was cut.
fn taken<T: FromIterator<char>>(text: impl Iterator<Item = char>, columns: usize) -> T {
    let mut used = 1;
    let fits = |c: &char| {
        used += at_most(*c);
        used <= columns
    };
    text.take_while(fits).collect()
}

/// `text` followed by blanks up to `columns`.
pub(super) fn pad(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// `text` after blanks up to `columns`.
pub(super) fn pad_start(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(width(text));
    format!("{}{text}", " ".repeat(blanks))
}

/// Blanks between a left and a right text on one line of the page; `None` when they do not fit together.
pub(super) fn gap(left: usize, right: usize, columns: usize) -> Option<String> {
    if columns == Look::ENDLESS {
        return Some("   ".to_owned());
    }
    columns.checked_sub(left + right).filter(|blanks| *blanks >= 2).map(|blanks| " ".repeat(blanks))
}

pub use crate::text::grouped as number;

/// `1 article`, `2 articles`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// Items joined by ` · ` as far as they fit into `columns`, whole items only (the first one cut if it must be).
pub(super) fn fit(items: &[String], columns: usize) -> String {
    let mut line = String::new();
    for item in items {
        let item = one_line(item);
        if line.is_empty() {
            line = clip(&item, columns);
        } else if width(&line) + 3 + width(&item) <= columns {
            line = format!("{line} · {item}");
        } else {
            break;
        }
    }
    line
}

/// Bytes of a URL path that may stand as they are; the rest as `%XX`.
pub(super) fn percent(bytes: &[u8]) -> String {
    let mut out = String::new();
    for byte in bytes.iter().copied() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            out.push(byte.into());
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A text with marks, broken into lines of at most `columns`; marks and columns count characters of `text`.
///
/// Marked stretches are inked, or stand between `**` on a plain page.
pub(super) fn wrap(text: &str, marks: &[(u64, u64)], columns: usize, look: &Look) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line: Vec<Cell> = Vec::new();
    let mut used = 0;
    for word in words(text, marks, look) {
        if !line.is_empty() && used + 1 + cells_width(&word) > columns {
            lines.push(painted(&std::mem::take(&mut line), look));
            used = 0;
        }
        if let (Some(last), Some(first)) = (line.last(), word.first()) {
            let marked = last.1 && first.1;
            line.push((' ', marked));
            used += 1;
        }
        for cell in word {
            if used + at_most(cell.0) > columns.max(1) {
                lines.push(painted(&std::mem::take(&mut line), look));
                used = 0;
            }
            used += at_most(cell.0);
            line.push(cell);
        }
    }
    if !line.is_empty() {
        lines.push(painted(&line, look));
    }
    lines
}

/// A character and whether it is marked.
type Cell = (char, bool);

fn cells_width(cells: &[Cell]) -> usize {
    cells.iter().map(|(c, _)| at_most(*c)).sum()
}

/// The words of a text; on a plain page with the `**` around marks.
fn words(text: &str, marks: &[(u64, u64)], look: &Look) -> Vec<Vec<Cell>> {
    let mut words = vec![Vec::new()];
    let mut marks = marks.iter().filter(|(from, to)| from < to).peekable();
    let is_plain = look.paint == Paint::Plain;
    let mut inside = false;
    for (i, c) in text.chars().chain([' ']).enumerate() {
        let i = i as u64;
        if inside && marks.peek().is_some_and(|(_, to)| *to <= i) {
            marks.next();
            inside = false;
            let closed = words.iter().rposition(|word| !word.is_empty()).map_or(0, |i| i + 1);
            push_stars(words.get_mut(..closed).unwrap_or_default(), is_plain);
        }
        if !inside && marks.peek().is_some_and(|(from, to)| *from <= i && i < *to) {
            inside = true;
            push_stars(&mut words, is_plain);
        }
        if c.is_whitespace() || is_control(c) {
            words.push(Vec::new());
        } else if let Some(word) = words.last_mut() {
            word.push((c, inside));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn push_stars(words: &mut [Vec<Cell>], is_plain: bool) {
    if let Some(word) = words.last_mut().filter(|_| is_plain) {
        word.extend([('*', false), ('*', false)]);
    }
}

fn painted(cells: &[Cell], look: &Look) -> String {
    let mut out = String::new();
    for run in cells.chunk_by(|a, b| a.1 == b.1) {
        let text: String = run.iter().map(|(c, _)| *c).collect();
        let is_marked = run.first().is_some_and(|cell| cell.1);
        out.push_str(&if is_marked { look.ink(Ink::Mark, &text) } else { text });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cuts_keep_to_their_columns() {
        let check = |text, columns, end: &str, start: &str| {
            assert_eq!((clip(text, columns).as_str(), clip_start(text, columns).as_str()), (end, start), "{text}");
        };
        check("Sudzha", 6, "Sudzha", "Sudzha");
        check("Sudzha", 5, "Sudz…", "…dzha");
        check("a\tb\nc", 9, "a b c", "a b c");
        check("漢字の話", 5, "漢字…", "…の話");
        check("Sudzha", 1, "…", "…");
        check("\u{1b}[31mred\u{202e}x", 20, " [31mred x", " [31mred x");
    }

    #[test]
    fn marks_survive_line_breaks() {
        let plain = Look::plain(80);
        let colour = Look { paint: Paint::Colour, ..plain.clone() };
        let text = "the special envoy came to Sudzha";
        let marks = [(4, 17), (26, 32)];
        assert_eq!(wrap(text, &marks, 16, &plain), ["the **special", "envoy** came to", "**Sudzha**"]);
        assert_eq!(
            wrap(text, &marks, 16, &colour),
            ["the \u{1b}[1;33mspecial\u{1b}[0m", "\u{1b}[1;33menvoy\u{1b}[0m came to", "\u{1b}[1;33mSudzha\u{1b}[0m"]
        );
        assert_eq!(wrap("unbreakable", &[], 4, &plain), ["unbr", "eaka", "ble"]);
        assert_eq!(wrap("ab", &[(0, 1), (1, 2)], 20, &plain), ["**a****b**"]);
    }

    #[test]
    fn numbers_and_lists() {
        assert_eq!([number(7), number(1000), number(12_345_678)], ["7", "1,000", "12,345,678"]);
        let items: Vec<String> = ["Sudzha 12", "Moscow 10", "Minsk 2"].map(String::from).into();
        assert_eq!(fit(&items, 24), "Sudzha 12 · Moscow 10");
        assert_eq!(fit(&items, 5), "Sudz…");
        assert_eq!(percent("a b/ü.txt".as_bytes()), "a%20b/%C3%BC.txt");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_page(text in "(\\PC|[0-9©®]\u{fe0f}|[لاא👩\u{200d}\u{fe0e}]){0,60}", from in 0u64..40, len in 0u64..40, columns in 4usize..60) {
            for line in wrap(&text, &[(from, from + len)], columns, &Look::plain(columns)) {
                prop_assert!(width(&line) <= columns, "{line:?}");
            }
            prop_assert!(width(&clip(&text, columns)) <= columns);
            prop_assert!(width(&clip_start(&text, columns)) <= columns);
        }
    }
}
