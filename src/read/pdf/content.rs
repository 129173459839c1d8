//! What a page draws, without all that writes no letters: colours, lines and pictures are left out.
//!
//! It never changes a text, and never trusts an operation whose operands are not as many as it needs.

use std::ops::Range;

/// Operations that write text, place it or keep its place, and how many operands each takes.
const KEPT: &[(&[u8], usize)] = &[
    (b"BT", 0),
    (b"ET", 0),
    (b"T*", 0),
    (b"Tj", 1),
    (b"TJ", 1),
    (b"Tc", 1),
    (b"Tw", 1),
    (b"Tz", 1),
    (b"TL", 1),
    (b"Ts", 1),
    (b"Tf", 2),
    (b"Td", 2),
    (b"TD", 2),
    (b"Tm", 6),
    (b"cm", 6),
    (b"Do", 1),
    (b"q", 0),
    (b"Q", 0),
    (b"'", 1),
    (b"\"", 3),
];
/// The deepest nesting of saved states; deeper ones are not kept.
const DEEPEST: usize = 64;

/// The operations of a content that matter to its text, and the names of what it draws; `may_draw` says of a name whether
/// it stands for something that may hold text.
pub(super) fn letters(content: &[u8], may_draw: &dyn Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut kept = Kept { out: Vec::new(), depth: 0 };
    let mut operands: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(token) = next(content, at) {
        at = token.end;
        let Some(text) = content.get(token.clone()) else { break };
        match text {
            b"[" | b"<<" => open.push(token.start),
            b"]" | b">>" => {
                if let (Some(start), true) = (open.pop(), open.is_empty()) {
                    operands.push(start..token.end);
                }
            }
            _ if !open.is_empty() => {}
            b"ID" => {
                at = behind_picture(content, at);
                operands.clear();
            }
            _ if is_operand(text) => operands.push(token),
            operator => {
                let operands: Vec<&[u8]> = operands.drain(..).filter_map(|operand| content.get(operand)).collect();
                kept.take(operator, &operands, may_draw);
            }
        }
    }
    kept.out
}

struct Kept {
    out: Vec<u8>,
    /// States saved and not yet given back.
    depth: usize,
}

impl Kept {
    fn take(&mut self, operator: &[u8], operands: &[&[u8]], may_draw: &dyn Fn(&[u8]) -> bool) {
        let Some((_, count)) = KEPT.iter().find(|(known, _)| *known == operator) else { return };
        let Some(operands) = operands.len().checked_sub(*count).and_then(|from| operands.get(from..)) else { return };
        match (operator, operands) {
            (b"q", _) => {
                self.depth += 1;
                if self.depth <= DEEPEST {
                    self.write(operator, operands);
                }
            }
            (b"Q", _) => {
                if (1..=DEEPEST).contains(&self.depth) {
                    self.write(operator, operands);
                }
                self.depth = self.depth.saturating_sub(1);
            }
            (b"Do", [name]) if !may_draw(name) => {}
            // The reader knows these two only by what they stand for.
            (b"'", text) => {
                self.write(b"T*", &[]);
                self.write(b"Tj", text);
            }
            (b"\"", [words, letters, text]) => {
                self.write(b"Tw", &[words]);
                self.write(b"Tc", &[letters]);
                self.write(b"T*", &[]);
                self.write(b"Tj", &[text]);
            }
            _ => self.write(operator, operands),
        }
    }

    fn write(&mut self, operator: &[u8], operands: &[&[u8]]) {
        for operand in operands {
            self.out.extend_from_slice(operand);
            self.out.push(b' ');
        }
        self.out.extend_from_slice(operator);
        self.out.push(b'\n');
    }
}

/// A number, a name or a string; operators begin with none of these.
fn is_operand(text: &[u8]) -> bool {
    text.first().is_some_and(|first| first.is_ascii_digit() || b"+-./(<".contains(first))
}

/// The next token from `at` on; `None` at the end.
fn next(content: &[u8], at: usize) -> Option<Range<usize>> {
    let start = start_of_token(content, at)?;
    let rest = content.get(start..)?;
    let length = match rest {
        [b'(', ..] => string(rest),
        [b'<', b'<', ..] | [b'>', b'>', ..] => 2,
        [b'<', ..] => memchr::memchr(b'>', rest).map_or(rest.len(), |end| end + 1),
        [b'/', name @ ..] => 1 + name.iter().take_while(|byte| is_regular(**byte)).count(),
        [b'[' | b']' | b'{' | b'}' | b')' | b'>', ..] => 1,
        _ => rest.iter().take_while(|byte| is_regular(**byte)).count(),
    };
    Some(start..start + length)
}

/// Behind blanks and comments.
fn start_of_token(content: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match content.get(at)? {
            b'%' => at += content.get(at..)?.iter().take_while(|byte| !b"\r\n".contains(byte)).count(),
            byte if is_blank(*byte) => at += 1,
            _ => return Some(at),
        }
    }
}

/// The length of a string in parentheses, which may hold others.
fn string(rest: &[u8]) -> usize {
    let (mut depth, mut is_escaped) = (0_usize, false);
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    rest.len()
}

/// Where a picture that stands among the operations ends: behind an `EI` with blanks around it.
fn behind_picture(content: &[u8], from: usize) -> usize {
    let rest = content.get(from..).unwrap_or_default();
    let is_end = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| rest.get(before));
        before.is_some_and(|byte| is_blank(*byte)) && rest.get(at + 2).is_none_or(|byte| is_blank(*byte))
    };
    memchr::memmem::find_iter(rest, b"EI").find(is_end).map_or(content.len(), |at| from + at + 2)
}

fn is_blank(byte: u8) -> bool {
    b"\0\t\n\x0C\r ".contains(&byte)
}

fn is_regular(byte: u8) -> bool {
    !is_blank(byte) && !b"()<>[]{}/%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_writes_is_kept() {
        for (content, expected) in [
            (
                "/Cs8 cs 0.5 scn BT /F1 12 Tf 72 700 Td (It rose.) Tj ET",
                "BT\n/F1 12 Tf\n72 700 Td\n(It rose.) Tj\nET\n",
            ),
            ("[(It) -250 <726F7365>] TJ", "[(It) -250 <726F7365>] TJ\n"),
            ("/P << /MCID [0 (>>)] >> BDC (a \\) (b) c) Tj EMC % (no) Tj\n(yes) Tj", "(a \\) (b) c) Tj\n(yes) Tj\n"),
            ("(one) ' 1 2 (two) \"", "T*\n(one) Tj\n1 Tw\n2 Tc\nT*\n(two) Tj\n"),
            ("q BI /W 1 ID \x01(EI\x02 EI Q (x) Tj", "q\nQ\n(x) Tj\n"),
            ("/Im1 Do /Fm1 Do 1 0 cm Tf (never closed", "/Fm1 Do\n"),
            ("Q 0 0 9 9 re W n (x)Tj", "(x) Tj\n"),
            ("] >> ) } (x) Tj", "(x) Tj\n"),
        ] {
            let found = letters(content.as_bytes(), &|name| name == b"/Fm1");
            assert_eq!(String::from_utf8(found).unwrap(), expected, "{content}");
        }
    }

    #[test]
    fn states_saved_without_end_are_not_kept() {
        let found = letters(&b"q ".repeat(100_000), &|_| true);
        assert_eq!(found.len(), 2 * DEEPEST);
    }
}
