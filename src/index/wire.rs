//! Tokens on their way into the engine: one string per field, made by us and taken apart by a tokenizer that only splits.
//!
//! Each token is a NUL, its distance from the token before it, and its letters. A distance below 126 is one byte, its value
//! plus one; any other stands in decimal digits between two bytes 0x7F. No token holds a NUL.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

const WIDE: u8 = 0x7F;

/// Writes tokens in ascending order of position.
#[derive(Debug, Default)]
pub(super) struct Wire {
    text: String,
    last: u32,
    count: u64,
}

impl Wire {
    /// One with room for so many tokens of usual length.
    pub(super) fn with_room_for(tokens: usize) -> Self {
        Self { text: String::with_capacity(tokens * 12), ..Self::default() }
    }

    /// Appends a token at `position`, which is not before the last one's.
    pub(super) fn push(&mut self, position: u32, token: &str) {
        let distance = position.saturating_sub(self.last);
        self.last = position;
        self.count += 1;
        self.text.push('\0');
        match u8::try_from(distance) {
            Ok(near) if near < WIDE - 1 => self.text.push(char::from(near + 1)),
            _ => {
                self.text.push(char::from(WIDE));
                self.text.push_str(&distance.to_string());
                self.text.push(char::from(WIDE));
            }
        }
        self.text.push_str(token);
    }

    /// How many tokens were written.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// The field's value.
    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// Takes a `Wire` apart again.
#[derive(Debug, Clone, Default)]
pub(super) struct WireTokenizer {
    token: Token,
}

impl Tokenizer for WireTokenizer {
    type TokenStream<'a> = WireStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WireStream<'a> {
        self.token.reset();
        self.token.position = 0;
        WireStream { rest: text.get(1..).unwrap_or_default(), token: &mut self.token }
    }
}

/// The tokens of one value.
pub(super) struct WireStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl TokenStream for WireStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(&head) = self.rest.as_bytes().first() else { return false };
        let end = memchr::memchr(0, self.rest.as_bytes()).unwrap_or(self.rest.len());
        let (item, rest) = (&self.rest[..end], self.rest.get(end + 1..).unwrap_or_default());
        let (distance, letters) = match head {
            WIDE => wide(&item[1..]),
            near => (usize::from(near) - 1, &item[1..]),
        };
        self.token.position += distance;
        self.token.text.clear();
        self.token.text.push_str(letters);
        self.rest = rest;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

fn wide(item: &str) -> (usize, &str) {
    let (digits, letters) = item.split_once(char::from(WIDE)).unwrap_or((item, ""));
    (digits.parse().unwrap_or(0), letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_out_as_they_went_in() {
        let tokens =
            [(0, "en:envoy"), (0, "é"), (1, "x"), (126, "y"), (127, "z"), (252, "7f\u{7f}"), (1252, "w"), (70_000, "")];
        let mut wire = Wire::default();
        tokens.iter().for_each(|(position, token)| wire.push(*position, token));
        assert_eq!(wire.count(), 8);
        let text = wire.into_text();
        let mut tokenizer = WireTokenizer::default();
        for _ in 0..2 {
            let mut stream = tokenizer.token_stream(&text);
            let mut seen = Vec::new();
            while stream.advance() {
                seen.push((stream.token().position as u32, stream.token().text.clone()));
            }
            assert_eq!(seen, tokens.map(|(position, token)| (position, token.to_owned())));
        }
        assert!(!tokenizer.token_stream("").advance());
    }
}
