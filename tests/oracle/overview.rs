//! Counts over many articles, once more by hand: over time, in pairs, by words, by source.
//!
//! Of the library it uses the words of a text and their stems, nothing that counts.

use std::collections::{BTreeMap, BTreeSet};

use morgue::{
    article::PartKind,
    date::{Date, Period},
    entity::EntityKind,
    field::Field,
    hit::TermCount,
    plan::{DatesOf, FacetRequest, Page, PairRequest, SmallWords, TimelineRequest, WordRequest},
    text::{
        Language, analyse, is_acronym, is_function_word, is_small_word, printed_form, spelling, stem_of_printed,
        without_possessive,
    },
};
use proptest::{prelude::*, test_runner::TestCaseResult};

use crate::{
    Answer, Sheet,
    clip::Clip,
    scan::{Found, Scanned},
};

/// Two names and in how many articles and sentences both stand.
type Pairs = BTreeMap<(String, String), (u64, u64)>;

impl Sheet<'_> {
    /// Every count over the articles that an answer found.
    pub(crate) fn check_overview(&self, answer: &Answer) -> TestCaseResult {
        for of in [DatesOf::Published, DatesOf::Mentioned] {
            for by in [Period::Year, Period::Month, Period::Day] {
                self.check_timeline(answer, TimelineRequest { by: Some(by), of })?;
            }
        }
        self.check_pairs(answer, Field::Person)?;
        self.check_pairs(answer, Field::Place)?;
        self.check_terms(answer)?;
        self.check_cut(answer)?;
        self.check_coverage()
    }

    fn check_timeline(&self, answer: &Answer, request: TimelineRequest) -> TestCaseResult {
        let by = request.by.unwrap();
        let timeline = self.archive.timeline(std::slice::from_ref(&answer.plan), request).unwrap();
        let mut expected: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        let (mut undated, mut vague) = (0, 0);
        for at in &answer.found {
            let mentions = answer.naming.spans(&self.scanned[*at]).len() as u64;
            let dates = dates(&self.clips[*at], request.of);
            undated += u64::from(dates.is_empty());
            vague += u64::from(dates.iter().any(|date| period(date, by).is_none()));
            for period in dates.iter().filter_map(|date| period(date, by)).collect::<BTreeSet<_>>() {
                let (articles, all) = expected.entry(period).or_default();
                (*articles, *all) = (*articles + 1, *all + mentions);
            }
        }
        let all = |wanted: &str| {
            let lies =
                |clip: &&Clip| dates(clip, request.of).iter().any(|date| period(date, by).as_deref() == Some(wanted));
            self.clips.iter().filter(lies).count() as f64
        };
        let filled = timeline.series.periods.iter().filter(|period| period.articles > 0);
        let found: BTreeMap<String, (u64, u64)> =
            filled.clone().map(|period| (period.period.clone(), (period.articles, period.mentions))).collect();
        prop_assert_eq!(&found, &expected, "{:?}", request);
        for period in filled {
            prop_assert!((period.share - period.articles as f64 / all(&period.period)).abs() < 1e-9, "{:?}", period);
        }
        prop_assert_eq!((timeline.series.undated, timeline.series.vague), (undated, vague), "{:?}", request);
        prop_assert!(timeline.series.periods.is_sorted_by(|a, b| a.period < b.period));
        let ends = [timeline.series.periods.first(), timeline.series.periods.last()];
        prop_assert!(ends.iter().flatten().all(|end| end.articles > 0), "ends are not empty");
        Ok(())
    }

    /// Pairs of people, or of people and places.
    fn check_pairs(&self, answer: &Answer, right: Field) -> TestCaseResult {
        let mut expected = Pairs::new();
        for at in &answer.found {
            let (clip, scanned) = (&self.clips[*at], &self.scanned[*at]);
            let (people, others) = (clip.values(Field::Person), clip.values(right));
            paired(&people, &others, right).into_iter().for_each(|pair| expected.entry(pair).or_default().0 += 1);
            let kind = if right == Field::Person { EntityKind::Person } else { EntityKind::Place };
            let (people, others) = (sentences(scanned, EntityKind::Person), sentences(scanned, kind));
            for (sentence, people) in &people {
                let others = others.get(sentence).cloned().unwrap_or_default();
                paired(people, &others, right).into_iter().for_each(|pair| expected.entry(pair).or_default().1 += 1);
            }
        }
        let request = PairRequest { left: Field::Person, right, with: None, limit: None };
        let list = self.archive.pairs(&answer.plan, &request).unwrap();
        let found: Pairs =
            list.pairs.iter().map(|pair| ((pair.a.clone(), pair.b.clone()), (pair.articles, pair.sentences))).collect();
        prop_assert_eq!(&found, &expected, "pairs of person and {}", right.name());
        let naming = |field: Field, name: &str| {
            answer.found.iter().filter(|at| self.clips[**at].values(field).contains(name)).count() as f64
        };
        for pair in &list.pairs {
            let all = answer.found.len() as f64;
            let score = ratio(pair.articles as f64, naming(Field::Person, &pair.a), naming(right, &pair.b), all);
            prop_assert!((pair.score - score).abs() < 1e-6, "{:?} {}", pair, score);
        }
        prop_assert!(list.pairs.is_sorted_by(|a, b| a.score >= b.score));
        Ok(())
    }

    fn check_terms(&self, answer: &Answer) -> TestCaseResult {
        let mut stems: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
        let (mut words, mut all_words) = (0, 0);
        for (at, clip) in self.clips.iter().enumerate() {
            let is_found = answer.found.contains(&at);
            let (own, count) = own_stems(clip);
            all_words += count;
            words += if is_found { count } else { 0 };
            for stem in own {
                let (inside, archive) = stems.entry(stem).or_default();
                (*inside, *archive) = (*inside + u64::from(is_found), *archive + 1);
            }
        }
        let telling = |(_, (inside, archive)): &(&(String, String), &(u64, u64))| {
            let (outside, rest) = (archive - inside, all_words - words);
            u128::from(*inside) * u128::from(rest) > u128::from(outside) * u128::from(words)
        };
        let expected: BTreeMap<_, _> =
            stems.iter().filter(telling).map(|(stem, counts)| (stem.clone(), *counts)).collect();
        let request = WordRequest { limit: None, small: SmallWords::Without };
        let list = self.archive.terms(&answer.plan, request).unwrap();
        prop_assert_eq!((list.words, list.archive_words), (words, all_words));
        let stem = |term: &TermCount| {
            let language = Language::from_tag(&term.language).unwrap();
            let stem = stem_of_printed(&term.term, language).unwrap_or(format!("{}:{}", term.language, term.term));
            (term.language.clone(), stem.split_once(':').unwrap().1.to_owned())
        };
        let found: BTreeMap<_, _> = list.terms.iter().map(|term| (stem(term), (term.count, term.archive))).collect();
        prop_assert_eq!(found, expected, "terms");
        Ok(())
    }

    /// A list that is cut is the beginning of the whole one.
    fn check_cut(&self, answer: &Answer) -> TestCaseResult {
        for field in [Field::Person, Field::Place, Field::Source] {
            let whole = FacetRequest::all(field);
            let cut = FacetRequest { limit: Some(2), ..whole.clone() };
            let whole = self.archive.facets(&answer.plan, &[whole]).unwrap();
            let shown = self.archive.search(&answer.plan, &Page::default(), std::slice::from_ref(&cut)).unwrap();
            let cut = self.archive.facets(&answer.plan, &[cut]).unwrap();
            let mut expected = whole.facets[field.name()].clone();
            expected.truncate(2);
            prop_assert_eq!(&cut.facets[field.name()], &expected, "{}", field.name());
            prop_assert_eq!(&shown.facets[field.name()], &expected, "{} below hits", field.name());
            prop_assert_eq!(cut.distinct, whole.distinct);
        }
        Ok(())
    }

    fn check_coverage(&self) -> TestCaseResult {
        let coverage = self.archive.coverage(Some(Period::Year)).unwrap();
        let lacking = |field: Field| self.clips.iter().filter(|clip| clip.values(field).is_empty()).count() as u64;
        prop_assert_eq!(coverage.without_people, lacking(Field::Person));
        prop_assert_eq!(coverage.without_places, lacking(Field::Place));
        prop_assert_eq!(coverage.undated, self.clips.iter().filter(|clip| clip.published.is_none()).count() as u64);
        prop_assert_eq!(coverage.sources.iter().map(|kept| kept.articles).sum::<u64>(), self.clips.len() as u64);
        for kept in &coverage.sources {
            let own: Vec<&Clip> = self.clips.iter().filter(|clip| clip.source == kept.source).collect();
            let dates = || own.iter().filter_map(|clip| clip.published.as_deref());
            let days: BTreeSet<&str> = dates().filter(|date| date.len() == 10 && !date.contains('/')).collect();
            prop_assert_eq!((kept.articles, kept.days), (own.len() as u64, days.len() as u64), "{:?}", kept.source);
            prop_assert_eq!(kept.undated, (own.len() - dates().count()) as u64);
            prop_assert_eq!(kept.from.as_deref(), days.first().copied());
            let years = dates().filter_map(|date| period(date, Period::Year)).count() as u64;
            prop_assert_eq!(kept.periods.iter().map(|period| period.articles).sum::<u64>(), years);
        }
        Ok(())
    }
}

fn dates(clip: &Clip, of: DatesOf) -> BTreeSet<&str> {
    match of {
        DatesOf::Published => clip.published.as_deref().into_iter().collect(),
        DatesOf::Mentioned => clip.dates.iter().map(String::as_str).collect(),
    }
}

/// The year, month or day that holds a whole date, by its letters.
fn period(date: &str, by: Period) -> Option<String> {
    assert!(Date::parse(date).is_ok());
    let letters = match by {
        Period::Year => 4,
        Period::Month => 7,
        _ => 10,
    };
    date.get(..letters).filter(|_| !date.contains('/')).map(str::to_owned)
}

/// Every pair of two sets of names; among equals each once, the first by letters before the other.
fn paired(left: &BTreeSet<String>, right: &BTreeSet<String>, field: Field) -> BTreeSet<(String, String)> {
    let all = left.iter().flat_map(|a| right.iter().map(move |b| (a.clone(), b.clone())));
    all.filter(|(a, b)| field != Field::Person || a < b).collect()
}

/// The names of one kind in each sentence of a text, by part and by the number of the sentence in it.
fn sentences(scanned: &Scanned, wanted: EntityKind) -> BTreeMap<(usize, usize), BTreeSet<String>> {
    let mut sentences: BTreeMap<(usize, usize), BTreeSet<String>> = BTreeMap::new();
    for (_, name, found) in scanned.mentions.iter().filter(|(kind, ..)| *kind == wanted) {
        let begins = |word: &usize| !scanned.is_one_sentence(Found { first: word - 1, last: *word, ..*found });
        let number = (1..=found.first).filter(begins).count();
        sentences.entry((found.part, number)).or_default().insert(name.clone());
    }
    sentences
}

/// The log-likelihood of two names in `both` of so many articles each, from what is seen and what is expected.
fn ratio(both: f64, a: f64, b: f64, all: f64) -> f64 {
    let cell =
        |seen: f64, row: f64, column: f64| if seen > 0.0 { seen * (seen / (row * column / all)).ln() } else { 0.0 };
    let sum = cell(both, a, b)
        + cell(a - both, a, all - b)
        + cell(b - both, all - a, b)
        + cell(all - a - b + both, all - a, all - b);
    let sign = if both < a * b / all { -1.0 } else { 1.0 };
    sign * (2.0 * sum).max(0.0)
}

/// The language and stem of every form of every word, function words left out, and how many words there are.
fn own_stems(clip: &Clip) -> (Vec<(String, String)>, u64) {
    let language = Language::from_tag(clip.language).unwrap();
    let (text, ranges) = clip.text();
    let searched = clip.parts.iter().zip(ranges).filter(|((kind, _), _)| *kind != PartKind::Boilerplate);
    let (mut stems, mut words) = (Vec::new(), 0);
    for (_, range) in searched {
        let analysis = analyse(&text, &[range], language);
        words += analysis.words().len() as u64;
        for word in analysis.words() {
            for form in analysis.tokens.forms(word) {
                let printed = printed_form(&analysis.tokens, word, &form);
                let is_counted = match is_acronym(&printed) {
                    true => is_function_word(&printed.to_lowercase()),
                    false => !is_small_word(&spelling(without_possessive(&printed)), language),
                };
                let stem = stem_of_printed(&printed, language).unwrap_or(format!("{}:{printed}", clip.language));
                stems
                    .extend(is_counted.then(|| (clip.language.to_owned(), stem.split_once(':').unwrap().1.to_owned())));
            }
        }
    }
    (stems, words)
}
