//! Walks over the typed text: chunks, quotes, regular expressions and operators, each with its bytes.
//!
//! It knows signs, never fields and never the tree.

use crate::{
    error::{Error, Result},
    query::{At, Query, Relation},
};

/// A place in the typed text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    pos: usize,
}

/// What stands at a place, blanks skipped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sign {
    /// Nothing more.
    End,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `-` glued to what follows.
    Minus,
    /// A mark that opens a phrase.
    Quote,
    /// `/` glued to what follows: a regular expression.
    Slash,
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `NOT`
    Not,
    /// A proximity operator.
    Near(Relation),
    /// `ATLEAST/n` before a bracket.
    AtLeast(u32),
    /// Anything else up to a blank, bracket or quote.
    Chunk,
}

/// Words apart when the operator does not say.
const DISTANCE: u32 = 10;

impl<'t> Scanner<'t> {
    /// At the beginning of `text`.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, pos: 0 }
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// The byte it stands at.
    pub(super) fn pos(&self) -> usize {
        self.pos
    }

    /// What lies ahead.
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.pos..).unwrap_or_default()
    }

    /// The next character.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Goes `bytes` further.
    pub(super) fn bump(&mut self, bytes: usize) {
        self.pos = (self.pos + bytes).min(self.text.len());
    }

    /// Skips blanks.
    pub(super) fn blanks(&mut self) {
        self.bump(self.rest().len() - self.rest().trim_start().len());
    }

    /// From `start` to here.
    pub(super) fn since(&self, start: usize) -> At {
        At { start, end: self.pos }
    }

    /// From `start` to here, without the blanks at the end.
    pub(super) fn trimmed(&self, start: usize) -> At {
        let typed = self.text.get(start..self.pos).unwrap_or_default();
        At { start, end: start + typed.trim_end().len() }
    }

    /// An error that points at `at`.
    pub(super) fn fault(&self, what: impl Into<String>, at: At, label: impl Into<String>) -> Error {
        Error::query(what, self.text, at.range(), label)
    }

    /// The characters up to the next blank, bracket or quote; does not go there.
    pub(super) fn chunk(&self) -> &'t str {
        self.until(|c| c.is_whitespace() || is_edge(c))
    }

    /// The characters before the first that `ends`; does not go there.
    pub(super) fn until(&self, ends: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        rest.find(ends).and_then(|end| rest.get(..end)).unwrap_or(rest)
    }

    /// Whether the next character is glued to one behind it.
    pub(super) fn is_glued(&self) -> bool {
        self.rest().chars().nth(1).is_some_and(|c| !c.is_whitespace() && c != ')')
    }

    /// Whether a phrase stands here, with or without `=` before it.
    pub(super) fn is_phrase(&self) -> bool {
        let rest = self.rest();
        rest.strip_prefix('=').unwrap_or(rest).starts_with(Query::QUOTES)
    }

    /// What stands here, and how many bytes of it make the sign; the scanner must stand on no blank.
    ///
    /// # Errors
    /// `Query` for a proximity operator whose number makes no sense.
    pub(super) fn sign(&self) -> Result<(Sign, usize)> {
        let Some(first) = self.peek() else { return Ok((Sign::End, 0)) };
        let is_glued = self.is_glued();
        match first {
            '(' => Ok((Sign::Open, 1)),
            ')' => Ok((Sign::Close, 1)),
            '-' if is_glued => Ok((Sign::Minus, 1)),
            c if Query::QUOTES.contains(&c) => Ok((Sign::Quote, c.len_utf8())),
            _ => {
                let chunk = self.chunk();
                let sign = match chunk {
                    "AND" => Sign::And,
                    "OR" => Sign::Or,
                    "NOT" => Sign::Not,
                    _ => self.numbered(chunk)?.unwrap_or(if first == '/' && is_glued {
                        Sign::Slash
                    } else {
                        Sign::Chunk
                    }),
                };
                Ok((sign, chunk.len()))
            }
        }
    }

    /// Proximity operators and `ATLEAST`.
    fn numbered(&self, chunk: &str) -> Result<Option<Sign>> {
        if !chunk.starts_with(['N', 'B', 'P', 'p', 'W', 'w', '/', 'A']) {
            return Ok(None);
        }
        let near = |relation| Ok(Some(Sign::Near(relation)));
        match chunk {
            "NEAR" => return near(Relation::Near(DISTANCE)),
            "BEFORE" | "PRE" => return near(Relation::Before(DISTANCE)),
            "/s" | "/S" | "/p" | "/P" if !self.is_free(chunk) => return Ok(None),
            "/s" | "/S" | "W/S" | "W/s" | "w/s" | "w/S" => return near(Relation::Sentence),
            "/p" | "/P" | "W/P" | "W/p" | "w/p" | "w/P" => return near(Relation::Paragraph),
            _ => {}
        }
        if let Some(count) = chunk.strip_prefix("ATLEAST") {
            return self.times(count, chunk);
        }
        let Some((name, digits)) = chunk.split_once('/') else { return Ok(None) };
        if !is_number(digits) {
            return self.without_number(name, digits, chunk).map_or(Ok(None), Err);
        }
        match name {
            "NEAR" | "W" | "w" => near(Relation::Near(self.number(digits, "W/1", chunk)?)),
            "BEFORE" | "PRE" | "pre" => near(Relation::Before(self.number(digits, "PRE/1", chunk)?)),
            _ => Ok(None),
        }
    }

    /// `ATLEAST` with what stands behind it.
    fn times(&self, count: &str, chunk: &str) -> Result<Option<Sign>> {
        let has_group = self.rest().get(chunk.len()..).is_some_and(|rest| rest.trim_start().starts_with('('));
        let digits = count.strip_prefix('/').unwrap_or(count);
        let at = At { start: self.pos, end: self.pos + chunk.len() };
        match (is_number(digits), has_group) {
            (true, true) => Ok(Some(Sign::AtLeast(self.number(digits, "ATLEAST/1", chunk)?))),
            (true, false) => {
                Err(self.fault(format!("{chunk} needs brackets behind it"), at, format!("as in {chunk}(dam)")))
            }
            (false, _) if count.starts_with('/') || (count.is_empty() && has_group) => {
                Err(self.fault("ATLEAST needs a number", at, "as in ATLEAST/3(dam)"))
            }
            (false, _) => Ok(None),
        }
    }

    /// The error for an operator of proximity without its number: `NEAR/x`, `W/ 5`. Other words with a slash are words.
    fn without_number(&self, name: &str, distance: &str, chunk: &str) -> Option<Error> {
        let has_digit = distance.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        let is_operator = match name {
            "NEAR" | "BEFORE" | "PRE" => true,
            "W" => distance.is_empty() || has_digit,
            "w" | "pre" => has_digit,
            _ => false,
        };
        let at = At { start: self.pos, end: self.pos + chunk.len() };
        let behind = self.rest().get(chunk.len()..).unwrap_or_default().trim_start();
        let digits = |text: &str| -> String { text.chars().take_while(char::is_ascii_digit).collect() };
        let near = [digits(distance.trim_start_matches('-')), digits(behind)];
        let number = near.iter().find(|digits| !digits.is_empty()).map_or("10", String::as_str);
        let label = format!("did you mean {name}/{number} ?");
        is_operator.then(|| self.fault(format!("“{chunk}” needs a number of words right behind it"), at, label))
    }

    /// The operator that somebody may have meant by a chunk in small letters, which is read as words.
    pub(super) fn lower_operator(&self, chunk: &str) -> Option<String> {
        let (name, digits) = chunk.split_once('/')?;
        match name {
            "near" | "before" | "atleast" if is_number(digits) => Some(chunk.to_uppercase()),
            "w" | "pre" if digits.is_empty() => {
                let behind = self.rest().get(chunk.len()..).unwrap_or_default().trim_start();
                let number: String = behind.chars().take_while(char::is_ascii_digit).collect();
                (!number.is_empty()).then(|| format!("{}/{number}", name.to_uppercase()))
            }
            _ => None,
        }
    }

    /// Whether a blank, a closing bracket or nothing follows the chunk.
    fn is_free(&self, chunk: &str) -> bool {
        let behind = self.rest().get(chunk.len()..).and_then(|rest| rest.chars().next());
        behind.is_none_or(|c| c.is_whitespace() || c == ')')
    }

    fn number(&self, digits: &str, least: &str, chunk: &str) -> Result<u32> {
        let at = At { start: self.pos, end: self.pos + chunk.len() };
        match digits.parse() {
            Ok(0) => Err(self.fault(format!("“{chunk}” can never match"), at, format!("the least is {least}"))),
            Ok(number) => Ok(number),
            Err(_) => Err(self.fault(format!("the number in “{chunk}” is too large"), at, "a smaller one will do")),
        }
    }

    /// Reads a phrase from its opening mark to any closing one; a backslash makes the next mark an ordinary character.
    ///
    /// # Errors
    /// `Query` when nothing closes it.
    pub(super) fn quoted(&mut self) -> Result<String> {
        let start = self.pos;
        let mut inner = String::new();
        let mut characters = self.rest().char_indices().skip(1).peekable();
        while let Some((i, c)) = characters.next() {
            match c {
                '\\' => {
                    let escaped = characters.next_if(|(_, c)| *c == '\\' || Query::QUOTES.contains(c));
                    inner.push(escaped.map_or('\\', |(_, c)| c));
                }
                '„' => inner.push(c),
                c if Query::QUOTES.contains(&c) => {
                    self.bump(i + c.len_utf8());
                    return Ok(inner);
                }
                c => inner.push(c),
            }
        }
        let mark = self.peek().map_or(0, char::len_utf8);
        Err(self.fault("a quotation mark is not closed", At { start, end: start + mark }, "close it with \""))
    }

    /// Reads `/…/` without its slashes: it begins and ends on a non-blank, an inner slash is written `\/`.
    ///
    /// # Errors
    /// `Query` when nothing closes it.
    pub(super) fn regex(&mut self) -> Result<String> {
        let start = self.pos;
        let (mut before, mut escaped) = ('/', false);
        for (i, c) in self.rest().char_indices().skip(1) {
            if c == '/' && !escaped && !before.is_whitespace() && i > 1 {
                let behind = self.rest().get(i + 1..).and_then(|rest| rest.chars().next());
                if behind.is_some_and(|c| !c.is_whitespace() && !is_edge(c) && !"^,".contains(c)) {
                    break;
                }
                let inner = self.rest().get(1..i).unwrap_or_default().to_owned();
                self.bump(i + 1);
                return Ok(inner);
            }
            (before, escaped) = (c, c == '\\' && !escaped);
        }
        let chunk = self.chunk();
        let at = At { start, end: start + chunk.len() };
        let inner = chunk.trim_matches('/');
        let label = match inner.parse::<u32>() {
            Ok(number) => format!("did you mean W/{number} ?"),
            Err(_) if inner.is_empty() => format!("write \"{chunk}\" for the signs"),
            Err(_) => {
                let pattern = inner.replace("\\/", "/").replace('/', "\\/");
                format!("write /{pattern}/ for a pattern, or \"{chunk}\" for the words")
            }
        };
        Err(self.fault("a regular expression begins and ends with /", at, label))
    }
}

/// Whether `c` ends a chunk though it is no blank.
fn is_edge(c: char) -> bool {
    c == '(' || c == ')' || Query::QUOTES.contains(&c)
}

fn is_number(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}
