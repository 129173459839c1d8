//! Words known by a part of their spelling, found in the dictionaries: prefixes, wildcards, approximate spellings, regular
//! expressions, and the nearest words to a mistyped one.
//!
//! It finds every word there is; what is left out for their number is told, never hidden.

use std::{collections::BTreeMap, sync::Arc};

use tantivy::{Term, schema::Field as EngineField};

use super::{
    Reader, document::form_term, fault, marked::Marking, spelling::Matcher, statistics::Statistics, terms::Terms,
};
use crate::{
    error::Result,
    plan::{Candidate, Expanded, Expansion, Spelling},
    text::{Language, is_acronym, printed_as, spelling, without_possessive},
};

/// Most words that an expansion searches; of more, those that most articles print.
pub(super) const MOST_WORDS: usize = 10_000;

/// Expansions that are remembered: each may have all those words.
const MOST_REMEMBERED: usize = 64;

/// The words of an expansion.
#[derive(Debug)]
pub(super) struct Found {
    /// Each word as printed, without a possessive, with its tagged printed forms; most articles first.
    words: Vec<(String, Vec<String>)>,
    /// The terms of all their printed forms.
    pub(super) terms: Arc<Terms>,
    /// Words there are, `words` or more.
    total: u64,
}

/// The printed forms of a word, and how many articles print them at most.
#[derive(Debug, Default)]
struct Forms {
    tagged: Vec<String>,
    articles: u64,
}

impl Reader {
    /// The words of an expansion, found once and remembered.
    ///
    /// # Errors
    /// `Query` for a regular expression that is none; when the index cannot be read.
    pub(super) fn expanded(&self, expansion: &Expansion) -> Result<Arc<Found>> {
        let known = |found: &BTreeMap<Expansion, Arc<Found>>| found.get(expansion).cloned();
        let remembered = self.expansions.lock().ok().and_then(|found| known(&found));
        if let Some(found) = remembered {
            return Ok(found);
        }
        let matcher = Matcher::of(expansion)?;
        let mut found = self.matching(&matcher)?;
        if found.len() > MOST_WORDS && self.searcher.segment_readers().iter().any(|segment| segment.has_deletes()) {
            self.recount(&mut found)?;
        }
        let found = Arc::new(most_frequent(found, self.columns.text));
        if let Ok(mut all) = self.expansions.lock() {
            if all.len() >= MOST_REMEMBERED {
                all.clear();
            }
            all.insert(expansion.clone(), Arc::clone(&found));
        }
        Ok(found)
    }

    /// The words of an expansion with the articles that print them, without words that only left-out articles print.
    pub(super) fn expanded_words(&self, expansion: &Expansion) -> Result<Expanded> {
        let found = self.expanded(expansion)?;
        let words = found.words.iter().map(|(word, tagged)| self.counted_word(word, tagged));
        let mut words = words.collect::<Result<Vec<Candidate>>>()?;
        words.retain(|word| word.articles > 0);
        words.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.value.cmp(&b.value)));
        let left_out = (found.words.len() - words.len()) as u64;
        Ok(Expanded { words, total: found.total - left_out })
    }

    /// Printed words nearest in spelling to `form`, of each distance those in most articles first.
    pub(super) fn similar_words(&self, form: &str, limit: usize) -> Result<Vec<Candidate>> {
        // Every word of one letter is near every word of two.
        let reach = match form.chars().count() {
            ..=2 => 0,
            3..=5 => 1,
            _ => 2,
        };
        let mut nearest = Vec::new();
        for distance in 1..=reach {
            let expansion = Expansion { text: form.to_owned(), spelling: Spelling::Fuzzy(distance) };
            let found = self.expanded(&expansion)?;
            let is_new = |word: &str| word != form && nearest.iter().all(|near: &Candidate| near.value != word);
            let new = found.words.iter().filter(|(word, _)| is_new(word));
            let counted = new.map(|(word, tagged)| self.counted_word(word, tagged));
            let mut counted = counted.collect::<Result<Vec<Candidate>>>()?;
            counted.retain(|word| word.articles > 0);
            counted.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.value.cmp(&b.value)));
            nearest.extend(counted);
            nearest.truncate(limit);
        }
        Ok(nearest)
    }

    /// Whether an article prints one of the forms, be it a dropped one: a query may ask for these.
    pub(super) fn prints(&self, tagged: &[String]) -> Result<bool> {
        Ok(self.articles_printing(tagged, None)? > 0)
    }

    fn counted_word(&self, word: &str, tagged: &[String]) -> Result<Candidate> {
        let articles = self.articles_printing(tagged, Some(&self.marked))?;
        Ok(Candidate { value: word.to_owned(), articles })
    }

    fn articles_printing(&self, tagged: &[String], marked: Option<&Marking>) -> Result<u64> {
        let terms: Vec<_> = tagged.iter().map(|form| Term::from_field_text(self.columns.text, form)).collect();
        Statistics::of(&self.searcher).articles_with_any(&terms, marked).map_err(unreadable)
    }

    /// Counts without articles that were removed, whose words are in the dictionaries until segments are merged.
    fn recount(&self, found: &mut BTreeMap<String, Forms>) -> Result<()> {
        for forms in found.values_mut() {
            let live = forms.tagged.iter().map(|form| match form.contains('-') {
                true => Ok(self.articles_printing(std::slice::from_ref(form), None)?.min(1)),
                false => self.articles_printing(std::slice::from_ref(form), None),
            });
            forms.articles = live.sum::<Result<u64>>()?;
        }
        found.retain(|_, forms| forms.articles > 0);
        Ok(())
    }

    fn matching(&self, matcher: &Matcher) -> Result<BTreeMap<String, Forms>> {
        let mut found: BTreeMap<String, Forms> = BTreeMap::new();
        for language in self.languages.iter().copied() {
            self.plain(matcher, language, &mut found)?;
            for (spelled, printed) in self.forms.all_hyphenated(language, matcher.begin()) {
                let base = spelling(without_possessive(printed));
                if matcher.is_match(spelled) || matcher.is_match(&base) {
                    let forms = found.entry(without_possessive(printed).to_owned()).or_default();
                    forms.tagged.push(form_term(language, printed));
                    forms.articles += 1;
                }
            }
        }
        found.values_mut().for_each(|forms| {
            forms.tagged.sort_unstable();
            forms.tagged.dedup();
        });
        Ok(found)
    }

    /// Words without hyphens, from the part of the dictionaries in which they can stand.
    fn plain(&self, matcher: &Matcher, language: Language, found: &mut BTreeMap<String, Forms>) -> Result<()> {
        let tag = form_term(language, "");
        let begin = form_term(language, matcher.begin());
        // law's is spelled laws and stands before all that begins so: it is asked for by name.
        let possessive = printed_as(matcher.begin()).nth(1).map(|printed| form_term(language, &printed));
        let mut take = |key: &[u8], articles: u32| {
            let printed = std::str::from_utf8(key).ok().and_then(|key| key.strip_prefix(&tag));
            let Some(printed) = printed.filter(|printed| !printed.contains('-') && !is_acronym(printed)) else {
                return;
            };
            let base = without_possessive(printed);
            if matcher.is_match(base) || base.len() < printed.len() && matcher.is_match(&spelling(printed)) {
                let forms = found.entry(base.to_owned()).or_default();
                forms.tagged.push(form_term(language, printed));
                forms.articles += u64::from(articles);
            }
        };
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(self.columns.text).map_err(unreadable)?;
            let cannot = |cause: std::io::Error| fault("the words of the index cannot be read", cause);
            let mut terms = inverted.terms().range().ge(&begin).into_stream().map_err(cannot)?;
            while terms.advance() && terms.key().starts_with(begin.as_bytes()) {
                take(terms.key(), terms.value().doc_freq);
            }
            if let Some(term) = &possessive {
                let term = Term::from_field_text(self.columns.text, term);
                let known = inverted.get_term_info(&term).map_err(cannot)?;
                known.into_iter().for_each(|known| take(term.serialized_value_bytes(), known.doc_freq));
            }
        }
        Ok(())
    }
}

fn most_frequent(found: BTreeMap<String, Forms>, text: EngineField) -> Found {
    let total = found.len() as u64;
    let mut words: Vec<(String, Forms)> = found.into_iter().collect();
    words.sort_by_key(|(_, forms)| std::cmp::Reverse(forms.articles));
    words.truncate(MOST_WORDS);
    let words: Vec<(String, Vec<String>)> = words.into_iter().map(|(word, forms)| (word, forms.tagged)).collect();
    let terms = words.iter().flat_map(|(_, tagged)| tagged).map(|form| Term::from_field_text(text, form)).collect();
    Found { words, terms: Terms::of(terms), total }
}

fn unreadable(cause: tantivy::TantivyError) -> crate::error::Error {
    fault("the index cannot be read", cause)
}
