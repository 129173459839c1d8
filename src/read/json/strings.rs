//! The strings of a JSON text: where each stands and under which name.
//!
//! It never judges a text; of one that is no JSON it tells what looks like strings.

use crate::article::Traced;

/// What is met in a JSON text.
pub(super) enum Met<'a> {
    /// A name of an object that is `depth` brackets deep, and the bytes of the text that it takes with its quotes.
    Name { name: &'a Traced, depth: usize, bytes: std::ops::Range<usize> },
    /// A string that is a value, and the name under which it or its list stands.
    Value { string: Traced, under: &'a str },
    /// An object or list begins, so many brackets deep.
    Open { depth: usize },
}

/// Walks through the names and strings of a JSON text that begins at byte `from` of what they are traced to.
pub(super) fn walk(text: &str, from: usize, mut meet: impl FnMut(Met<'_>)) {
    let mut at = 0;
    let mut outer: Vec<String> = Vec::new();
    let mut under = String::new();
    let signs = |byte: &u8| matches!(byte, b'"' | b'{' | b'[' | b'}' | b']');
    while let Some(sign) = text.as_bytes().get(at..).and_then(|rest| rest.iter().position(signs)) {
        let start = at + sign;
        at = start + 1;
        match text.as_bytes().get(start) {
            Some(b'"') => {
                let (string, length) = unescaped(text.get(at..).unwrap_or_default(), from + at);
                at += length + 1;
                let is_name = text.get(at..).is_some_and(|behind| behind.trim_start().starts_with(':'));
                if is_name {
                    meet(Met::Name { name: &string, depth: outer.len(), bytes: start..at });
                    under = string.into_text();
                } else if !string.is_empty() {
                    meet(Met::Value { string, under: &under });
                }
            }
            Some(b'{' | b'[') => {
                outer.push(under.clone());
                meet(Met::Open { depth: outer.len() });
            }
            _ => under = outer.pop().unwrap_or_default(),
        }
    }
}

/// The strings that stand under a name anywhere in a JSON text.
pub(in crate::read) fn named(text: &str, name: &str) -> Vec<Traced> {
    let mut found = Vec::new();
    walk(text, 0, |met| match met {
        Met::Value { string, under } if under == name => found.push(string),
        _ => {}
    });
    found
}

/// What stands before the next quote, escapes resolved and line ends made `\n`, and how many bytes that takes.
fn unescaped(text: &str, from: usize) -> (Traced, usize) {
    let mut out = Traced::default();
    let mut at = 0;
    let mut was_return = false;
    while let Some(rest) = text.get(at..) {
        let plain = memchr::memchr2(b'"', b'\\', rest.as_bytes()).unwrap_or(rest.len());
        out.push(rest.get(..plain).unwrap_or_default(), from + at);
        was_return &= plain == 0;
        at += plain;
        let Some(escape) = text.get(at..).filter(|rest| rest.starts_with('\\')) else { break };
        let Some((meant, length)) = meant(escape) else { break };
        match meant {
            '\n' if was_return => {}
            '\r' => out.put("\n", from + at),
            meant => out.put(meant.encode_utf8(&mut [0; 4]), from + at),
        }
        was_return = meant == '\r';
        at += length;
    }
    (out, at)
}

/// The character of an escape, and how many bytes it takes.
fn meant(escape: &str) -> Option<(char, usize)> {
    let unit = |at: usize| {
        let digits = escape.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let simple = match escape.as_bytes().get(1)? {
        b'u' => {
            let pair = [unit(0)?, unit(6).unwrap_or(0)];
            let found = char::decode_utf16(pair).next()?;
            return found.ok().map(|meant| (meant, 6 * meant.len_utf16()));
        }
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        other => char::from(*other),
    };
    Some((simple, 2))
}
