//! Words known by a part of their spelling: prefixes, wildcards, near spellings, regular expressions.
//!
//! Which printed words they stand for is asked of the vocabulary only to say so; the engine finds them itself.

use super::{
    Resolver,
    hyphen::phrase,
    pattern::{Capitals, Typed},
};
use crate::{
    error::{ErrorKind, Result},
    plan::{Expansion, Pattern, Spelling},
    query::{At, Word, WordKind},
    text,
};

/// Letters of no newspaper that stand for `*` and `?` while a text is taken apart, so that they join as letters do.
pub(super) const MANY: char = 'ǀ';
pub(super) const ONE: char = 'ǃ';

/// Near words listed in a note.
const NEAREST: usize = 3;

impl Resolver<'_> {
    /// The pattern of a word that stands for others; `None` when it holds nothing to search for.
    ///
    /// # Errors
    /// `Query` for what stands for any word at all, for a regular expression that cannot be understood.
    pub(super) fn expanded(&mut self, word: &Word) -> Result<Option<Pattern>> {
        match word.kind {
            WordKind::Plain | WordKind::Exact => self.spelled(&word.text, word.kind),
            WordKind::Prefix => self.begun(word),
            WordKind::Wildcard => self.wild(word),
            WordKind::Fuzzy(letters) => {
                let typed = Typed::new(&word.text, WordKind::Plain, Capitals::Shouted);
                let forms: Vec<&str> = typed.forms().collect();
                match forms.as_slice() {
                    [] => Ok(None),
                    [one] => self.expansion((*one).to_owned(), (Spelling::Fuzzy(letters), word.at)).map(Some),
                    _ => {
                        let label = format!("write the words apart, each with its own: {}~", forms.join("~ "));
                        Err(self.fault("“~” belongs to a single word", word.at, label))
                    }
                }
            }
            WordKind::Regex => self.expansion(folded_regex(&word.text), (Spelling::Regex, word.at)).map(Some),
        }
    }

    /// Any word that begins so; `form` is folded.
    pub(super) fn begins(&mut self, form: String, at: At) -> Result<Pattern> {
        self.expansion(form, (Spelling::Prefix, at))
    }

    /// A prefix; signs that part words make a phrase of it.
    fn begun(&mut self, word: &Word) -> Result<Option<Pattern>> {
        let typed = Typed::new(&word.text, WordKind::Plain, self.capitals);
        let mut words = typed.words();
        let Some(last) = typed.forms().last() else { return Ok(None) };
        words.pop();
        words.push(self.begins(last.to_owned(), word.at)?);
        Ok(Some(phrase(words)))
    }

    /// A word with `*` and `?` in it; signs that part words make a phrase of it.
    fn wild(&mut self, word: &Word) -> Result<Option<Pattern>> {
        let marked = word.text.replace('*', &MANY.to_string()).replace('?', &ONE.to_string());
        let typed = Typed::new(&marked, WordKind::Plain, self.capitals);
        let mut words = typed.words();
        for (pattern, form) in words.iter_mut().zip(typed.forms()) {
            if !form.contains([MANY, ONE]) {
                continue;
            }
            if form.trim_matches([MANY, ONE]).is_empty() {
                return Err(self.fault(format!("a part of “{word}” holds no letter"), word.at, "it would be any word"));
            }
            let form = form.replace(MANY, "*").replace(ONE, "?");
            *pattern = self.expansion(form, (Spelling::Wildcard, word.at))?;
        }
        Ok((!words.is_empty()).then(|| phrase(words)))
    }

    /// The pattern of an expansion, with a note when it stands for no word or for too many.
    fn expansion(&mut self, text: String, (spelling, at): (Spelling, At)) -> Result<Pattern> {
        let expansion = Expansion { text, spelling };
        let found = self.vocabulary.expand(&expansion).map_err(|error| match error.kind() {
            ErrorKind::Query => self.fault(error.what(), at, error.way_out().unwrap_or_default()),
            _ => error,
        })?;
        let typed = self.typed.and_then(|typed| typed.get(at.range())).unwrap_or(&expansion.text).to_owned();
        let searched = found.words.len() as u64;
        if found.total == 0 {
            let near = self.near_words(&expansion)?;
            self.note(format!("no word here is spelled {typed}{near}"));
        } else if found.total > searched {
            let (total, searched) = (text::grouped(found.total), text::grouped(searched));
            self.note(format!("{typed} stands for {total} words; the {searched} in most articles are searched"));
        }
        Ok(Pattern::Expand(expansion))
    }

    fn near_words(&self, expansion: &Expansion) -> Result<String> {
        if expansion.spelling == Spelling::Regex {
            return Ok(String::new());
        }
        let near = self.vocabulary.similar(&expansion.text.replace(['*', '?'], ""), NEAREST)?;
        let near: Vec<String> = near.into_iter().map(|candidate| candidate.value).collect();
        Ok(if near.is_empty() { String::new() } else { format!("; near it: {}", near.join(", ")) })
    }
}

/// A regular expression with its accented letters folded as printed words are; classes and escapes stay as typed.
pub(super) fn folded_regex(typed: &str) -> String {
    let mut folded = String::with_capacity(typed.len());
    let (mut is_class, mut is_escaped) = (false, false);
    for c in typed.chars() {
        let is_literal = !is_class && !is_escaped;
        is_class = (is_class && (c != ']' || is_escaped)) || (is_literal && c == '[');
        is_escaped = c == '\\' && !is_escaped;
        if c.is_ascii() || !is_literal {
            folded.push(c);
            continue;
        }
        let letters = text::fold(c.encode_utf8(&mut [0; 4]));
        match letters.chars().count() {
            0 | 1 => folded.push_str(&letters),
            _ => folded.push_str(&format!("(?:{letters})")),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_a_regular_expression_are_folded() {
        let check = |typed: &str, expected: &str| assert_eq!(folded_regex(typed), expected, "{typed}");
        check("flood(s|ed)?", "flood(s|ed)?");
        check("Zürich|é+", "Zurich|e+");
        check("stra(ß)e{2}ß+", "stra((?:ss))e{2}(?:ss)+");
        check("[é-ü]é\\é[\\]é]é", "[é-ü]e\\é[\\]é]e");
        check("\\w+\\\\é", "\\w+\\\\e");
    }
}
