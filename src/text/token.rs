//! Words: what stands in a text at one position, and the forms under which it can be found.
//!
//! It never stems and knows no engine; `token/scan.rs` finds the words, this file holds them.

use super::{Language, fold, head};

mod scan;

pub(super) use scan::{Acronyms, Hyphens, Rules, Start, scan};

/// The longest form in bytes; a longer one is cut there, at a character boundary, and stays one word.
pub const LONGEST_FORM: usize = 255;

/// What a form is to its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormKind {
    /// The whole word, folded, without its punctuation: `ceasefire` for cease-fire. Every word has exactly one.
    Joined,
    /// A part of a hyphenated word, or of one with an ampersand: `cease`, `fire`.
    Part,
    /// An acronym in capitals without dots: `US` for U.S. and for US in mixed-case text.
    Acronym,
}

/// One form of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Form<'a> {
    /// Folded text, in capitals for an acronym.
    pub text: &'a str,
    /// What it is.
    pub kind: FormKind,
}

/// A printed word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its first byte in the text.
    pub start: u32,
    /// The byte behind its last. Inner dots, hyphens and `'s` belong to it, a final dot does not.
    pub end: u32,
    /// Its position; words side by side differ by one.
    pub pos: u32,
    first_form: u32,
    forms: u8,
    is_possessive: bool,
}

impl Word {
    /// Its bytes in the text.
    pub fn span(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The indices of its forms among all forms, `Joined` first.
    pub(super) fn form_indices(&self) -> std::ops::Range<usize> {
        let first = self.first_form as usize;
        first..first + usize::from(self.forms)
    }
}

/// The words of a text, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    buffer: String,
    words: Vec<Word>,
    forms: Vec<Slice>,
}

/// A form as bytes of the buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Slice {
    start: u32,
    len: u8,
    kind: FormKind,
}

/// The words of `text` (below 4 GiB), at positions 0, 1, 2 ….
///
/// Words in capitals count as acronyms where the text is of mixed case. The language decides only about elisions
/// (`l'homme` is two words in French, Italian and Catalan).
pub fn tokenise(text: &str, language: Language) -> Tokens {
    let acronyms = Acronyms::in_text(text);
    tokenise_by(text, Rules { language, acronyms, hyphens: Hyphens::Join })
}

/// As `tokenise`, for what someone typed: every word in capitals counts as an acronym.
pub fn tokenise_query(text: &str, language: Language) -> Tokens {
    tokenise_by(text, Rules { language, acronyms: Acronyms::Capitals, hyphens: Hyphens::Join })
}

/// The words of a name, folded, for comparing names: hyphens separate, apostrophes and line ends within a word do not.
pub fn fold_words(text: &str) -> Vec<String> {
    let rules = Rules { language: Language::ENGLISH, acronyms: Acronyms::Dotted, hyphens: Hyphens::Separate };
    let tokens = tokenise_by(text, rules);
    tokens.words.iter().map(|word| tokens.joined(word).to_owned()).collect()
}

fn tokenise_by(text: &str, rules: Rules) -> Tokens {
    let mut tokens = Tokens::default();
    scan(text, 0..text.len(), Start { rules, pos: 0, last: u32::MAX }, &mut tokens);
    tokens
}

impl Tokens {
    /// The words, in order; spans and positions ascend.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The forms of one of these words, `Joined` first, then parts, then acronyms.
    pub fn forms(&self, word: &Word) -> impl Iterator<Item = Form<'_>> {
        self.slices(word).iter().map(|slice| self.form(slice))
    }

    /// The whole of one of these words, folded.
    pub fn joined(&self, word: &Word) -> &str {
        self.slices(word).first().map_or("", |slice| self.form(slice).text)
    }

    /// `trump` for a printed Trump's: the joined form without its `s`, where an apostrophe was printed before it.
    pub fn possessive_base(&self, word: &Word) -> Option<&str> {
        if word.is_possessive { self.joined(word).strip_suffix('s') } else { None }
    }

    pub(super) fn with_room_for(bytes: usize) -> Self {
        Self {
            buffer: String::with_capacity(bytes + bytes / 8),
            words: Vec::with_capacity(bytes / 5),
            forms: Vec::with_capacity(bytes / 5),
        }
    }

    fn slices(&self, word: &Word) -> &[Slice] {
        self.forms.get(word.form_indices()).unwrap_or(&[])
    }

    fn form(&self, slice: &Slice) -> Form<'_> {
        let start = slice.start as usize;
        let text = self.buffer.get(start..start + usize::from(slice.len)).unwrap_or("");
        Form { text, kind: slice.kind }
    }

    /// Adds `buffer[start..end]` as a form of the word being built; nothing when it is empty.
    fn push_form(&mut self, start: usize, end: usize, kind: FormKind) {
        let mut len = end - start;
        if len > LONGEST_FORM {
            len = head(self.buffer.get(start..).unwrap_or(""), LONGEST_FORM).len();
        }
        if len > 0 {
            self.forms.push(Slice { start: start as u32, len: len as u8, kind });
        }
    }

    /// Completes the word whose forms stand behind `first_form`; nothing when it has none.
    fn push_word(&mut self, span: std::ops::Range<u32>, pos: u32, first_form: usize) -> bool {
        let forms = (self.forms.len() - first_form) as u8;
        if forms > 0 {
            let first_form = first_form as u32;
            let (start, end) = (span.start, span.end);
            self.words.push(Word { start, end, pos, first_form, forms, is_possessive: false });
        }
        forms > 0
    }

    fn mark_possessive(&mut self) {
        if let Some(word) = self.words.last_mut() {
            word.is_possessive = true;
        }
    }

    /// Appends `buffer[start..end]` in capitals and adds it as an acronym.
    fn push_acronym(&mut self, start: usize, end: usize) {
        let capitals = self.buffer.len();
        for at in start..end {
            match self.buffer.as_bytes().get(at) {
                Some(byte) if byte.is_ascii() => self.buffer.push(char::from(byte.to_ascii_uppercase())),
                _ => break,
            }
        }
        if self.buffer.len() - capitals < end - start {
            let upper = self.buffer.get(start..end).unwrap_or("").to_uppercase();
            self.buffer.truncate(capitals);
            self.buffer.push_str(&upper);
        }
        self.push_form(capitals, self.buffer.len(), FormKind::Acronym);
    }

    fn compose(&mut self, from: usize) {
        fold::compose(&mut self.buffer, from);
    }
}

#[cfg(test)]
mod tests;
