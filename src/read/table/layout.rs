//! How a table is written, and whether a text that does not say so is one.
//!
//! It never takes prose with commas for a table: the first line must name fields, and the lines after it have as many cells.

use csv::{ByteRecord, ReaderBuilder};

use crate::read::alias::{Aliases, Slot};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Layout {
    pub(super) delimiter: u8,
    pub(super) quote: u8,
    /// Bytes of blank lines, and of a line that only says what parts the cells (`sep=;`, as Excel writes and reads it),
    /// before the first row, and how many lines these are.
    pub(super) told: usize,
    pub(super) above: u32,
}

impl Layout {
    /// By the first line that is not blank: the sign that it says or that parts the most names, and the quotes around them.
    pub(super) fn of(head: &[u8]) -> Self {
        let (mut told, mut above) = blank(head);
        let said = said(head.get(told..).unwrap_or_default());
        if let Some((length, _)) = said {
            let (blanks, lines) = blank(head.get(told + length..).unwrap_or_default());
            (told, above) = (told + length + blanks, above + 1 + lines);
        }
        let head = head.get(told..).unwrap_or_default();
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
        let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        let count = |sign: &u8| line.iter().filter(|byte| *byte == sign).count();
        let common = || b"|;,\t".iter().copied().max_by_key(count).unwrap_or(b',');
        let delimiter = said.map(|(_, sign)| sign).filter(|sign| line.contains(sign)).unwrap_or_else(common);
        let quote = if line.starts_with(b"'") { b'\'' } else { b'"' };
        Self { delimiter, quote, told, above }
    }
}

/// The bytes of the blank lines at the beginning, and how many these are.
fn blank(head: &[u8]) -> (usize, u32) {
    let (mut bytes, mut lines, mut before) = (0, 0, b' ');
    let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    for (at, byte) in head.iter().enumerate().skip(mark).take_while(|(_, byte)| byte.is_ascii_whitespace()) {
        if matches!(byte, b'\n' | b'\r') {
            lines += u32::from(*byte == b'\r' || before != b'\r');
            bytes = at + 1;
        }
        before = *byte;
    }
    (bytes, lines)
}

/// The length of a line `sep=;` at the beginning, and the sign in it.
fn said(head: &[u8]) -> Option<(usize, u8)> {
    let end = memchr::memchr(b'\n', head.get(..head.len().min(20))?)?;
    let line = head.get(..end)?;
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let bare = line.strip_prefix(b"\"").and_then(|inner| inner.strip_suffix(b"\"")).unwrap_or(line);
    let (name, sign) = bare.split_at_checked(4)?;
    match sign {
        [sign] if name.eq_ignore_ascii_case(b"sep=") && sign.is_ascii() && *sign != b'"' => Some((end + 1, *sign)),
        _ => None,
    }
}

/// The longest first line of a table that nothing calls one, and the longest name in it.
const LONGEST_LINE: usize = 4096;
const LONGEST_NAME: usize = 60;
/// Rows that are looked at.
const ROWS: usize = 20;

/// Whether a text is a table though nothing calls it one: its first line names fields, a title or a text among them, and
/// the rows after it have as many cells.
pub(in crate::read) fn is_table(text: &str, aliases: &Aliases) -> bool {
    let layout = Layout::of(text.as_bytes());
    let rows = text.get(layout.told..).unwrap_or_default();
    let line = rows.split('\n').next().unwrap_or_default();
    // Tables as Markdown draws them stand between bars, in a text.
    if line.len() > LONGEST_LINE || line.starts_with('|') || !line.contains(char::from(layout.delimiter)) {
        return false;
    }
    let mut rows = ReaderBuilder::new()
        .delimiter(layout.delimiter)
        .quote(layout.quote)
        .flexible(true)
        .has_headers(false)
        .from_reader(rows.as_bytes());
    let mut row = ByteRecord::new();
    if !matches!(rows.read_byte_record(&mut row), Ok(true)) || !names_fields(&row, aliases) {
        return false;
    }
    let width = row.len();
    // Behind the commas of a sentence stand blanks; behind those of a table seldom.
    let is_spaced = row.iter().any(|cell| cell.starts_with(b" "));
    let (mut all, mut fitting) = (0, 0);
    while all < ROWS && matches!(rows.read_byte_record(&mut row), Ok(true)) {
        all += 1;
        fitting += usize::from(row.len() == width);
    }
    all > 0 && if is_spaced { fitting == all } else { fitting * 2 > all }
}

/// Whether a row holds nothing but names, at least two of fields and one of these of what an article cannot lack.
fn names_fields(row: &ByteRecord, aliases: &Aliases) -> bool {
    let slot = |cell: &[u8]| aliases.find(str::from_utf8(cell).ok()?.trim()).map(|known| known.slot);
    let is_field = |slot: &Slot| !matches!(slot, Slot::Kept | Slot::Extra | Slot::Ignored);
    let slots: Vec<Slot> = row.iter().filter_map(slot).filter(is_field).collect();
    let says = slots.iter().any(|slot| matches!(slot, Slot::Title | Slot::Body | Slot::Summary));
    says && slots.len() >= 2 && row.iter().all(|cell| cell.len() <= LONGEST_NAME && !cell.ends_with(b"."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_tell_themselves_and_prose_stays_prose() {
        let aliases = Aliases::of(&crate::settings::Settings::default());
        for (text, expected) in [
            ("title,date,text\nFlood,1957,\"It rose,\nand fell.\"\n", true),
            ("Headline;Source;colour\nFlood;Courier;red\nEbb;Courier;blue", true),
            ("date\tbody\n1957\tIt rose.\n", true),
            ("id|Title|Author\r\n1|Flood|A\r\n", true),
            (",title,url\n0,Flood,x\n", true),
            ("sep=;\ntitle;text\nFlood;x\n", true),
            ("title,text\nFlood\nEbb,x\nFog,y\nIce,z\n", true),
            ("title, text\nFlood, x\n", true),
            ("title, text\nIt rose, they said,\nand fell, they said.\n", false),
            ("title,text\n", false),
            ("Title, text and date\n\nIt rose, fell, and rose.\n", false),
            ("Text, title, author: who decides?\n\nIt rose, they said.\n\nIt fell.\n", false),
            ("Flood, ebb, fog\nOne, two, three\n", false),
            ("date,place\n1957,Vellmar\n", false),
            ("title,width\nFlood,3\n", false),
            ("| title | text |\n|---|---|\n| Flood | It rose. |\n", false),
            ("Title: Flood\nText: It rose.\n", false),
            ("title\ntext\n", false),
            ("", false),
        ] {
            assert_eq!(is_table(text, &aliases), expected, "{text}");
        }
    }
}
