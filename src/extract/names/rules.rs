//! Names by rules and lists: runs of capitals, judged one by one, and what each teaches about the others.
//!
//! It never says who somebody is, only that somebody is named; languages other than English have no rules here.

use std::{collections::HashMap, ops::Range};

use super::{
    Name, Recogniser,
    judge::{Verdict, judge},
    lexicon::{Class, is_suffix},
    run::{Before, Run, runs},
};
use crate::{
    article,
    entity::EntityKind,
    extract::{
        page::Page,
        sheet::{Shape, Sheet},
    },
    text,
};

/// The rule of names printed as `Trumps` for Trump's.
pub(in crate::extract) const LOST_APOSTROPHE: &str = "lost-apostrophe";

/// The recogniser by rules, for English.
pub(in crate::extract) struct Rules<'a> {
    /// The page, looked at.
    pub(in crate::extract) sheet: &'a Sheet<'a>,
    /// People who came with the article.
    pub(in crate::extract) people: &'a [article::Name],
}

impl Recogniser for Rules<'_> {
    fn names(&self, _: &Page<'_>) -> Vec<Name> {
        let runs = runs(self.sheet);
        let verdicts: Vec<Option<Verdict>> = runs.iter().map(|run| judge(self.sheet, run)).collect();
        let verdicts = in_a_row(self.sheet, &runs, verdicts);
        let mut known = Known::of(self.people);
        for (run, verdict) in runs.iter().zip(&verdicts) {
            known.learn(self.sheet, run, verdict.as_ref());
        }
        let mut names = Vec::with_capacity(runs.len());
        for (run, verdict) in runs.into_iter().zip(verdicts) {
            let verdict = known.revised(self.sheet, &run, verdict);
            names.extend(verdict.map(|verdict| name(run.words, verdict)));
        }
        known.in_headlines(self.sheet, &mut names);
        names.sort_by_key(|name| name.words.start);
        names
    }
}

/// A run without a verdict that stands beside a person's full name in a list is another one.
fn in_a_row(sheet: &Sheet<'_>, runs: &[Run], mut verdicts: Vec<Option<Verdict>>) -> Vec<Option<Verdict>> {
    let order = (1..runs.len()).map(|at| (at - 1, at));
    let both_ways: Vec<(usize, usize)> = order.clone().chain(order.rev().map(|(a, b)| (b, a))).collect();
    for (from, to) in both_ways {
        let (Some(told), Some(run)) = (runs.get(from), runs.get(to)) else { continue };
        let is_person = |verdict: &Verdict| verdict.kind == EntityKind::Person;
        let is_told =
            told.words.len() > 1 && verdicts.get(from).is_some_and(|verdict| verdict.as_ref().is_some_and(is_person));
        if is_told
            && are_listed(sheet, told, run)
            && is_plain_name(sheet, run)
            && let Some(open @ None) = verdicts.get_mut(to)
        {
            *open = Some(Verdict { kind: EntityKind::Person, confidence: 0.75, rule: "list-of-names" });
        }
    }
    verdicts
}

/// Whether only a comma, or an `and`, stands between two runs.
fn are_listed(sheet: &Sheet<'_>, a: &Run, b: &Run) -> bool {
    let (first, second) = if a.words.start < b.words.start { (a, b) } else { (b, a) };
    let between = first.words.end..second.words.start;
    let gap = sheet.page.gap(first.words.end.saturating_sub(1));
    match between.len() {
        0 => gap.trim_end() == ",",
        1 => matches!(gap, " " | ", ") && matches!(sheet.page.printed(between.start), "and" | "or"),
        _ => false,
    }
}

/// Two or three words that mean nothing else.
fn is_plain_name(sheet: &Sheet<'_>, run: &Run) -> bool {
    let is_plain = |word: usize| {
        let mark = sheet.mark(word);
        mark.shape == Shape::Capital && !mark.classes.any(&NO_NAMES)
    };
    (2..=3).contains(&run.words.len()) && run.words.clone().all(is_plain)
}

/// Lists whose words are no part of an unknown name.
const NO_NAMES: [Class; 6] = [Class::Common, Class::Place, Class::Org, Class::OrgWord, Class::Nation, Class::PlaceWord];

fn name(words: Range<usize>, verdict: Verdict) -> Name {
    Name { words, kind: verdict.kind, confidence: verdict.confidence, rule: verdict.rule }
}

/// What the runs of an article teach: whole names, and the words that stand for a person.
#[derive(Default)]
struct Known {
    /// Verdicts by the folded words, joined by blanks.
    names: HashMap<String, Verdict>,
    /// Surnames of people named in full or with a title.
    surnames: HashMap<String, usize>,
    /// First names of people named in full.
    firsts: HashMap<String, usize>,
    /// How often a single capital word stands there.
    singles: HashMap<String, usize>,
    /// Words in the longest name.
    longest: usize,
}

impl Known {
    fn of(people: &[article::Name]) -> Self {
        let mut known = Self::default();
        for person in people {
            let words = text::fold_words(&person.name);
            let verdict = Verdict { kind: EntityKind::Person, confidence: 0.95, rule: "given-name" };
            known.add(words.iter().map(String::as_str), verdict);
        }
        known
    }

    fn learn(&mut self, sheet: &Sheet<'_>, run: &Run, verdict: Option<&Verdict>) {
        if let Some(verdict) = verdict {
            self.add(sheet.bases(&run.words), *verdict);
        }
        if run.words.len() == 1 && !sheet.mark(run.words.start).begins {
            *self.singles.entry(sheet.base(run.words.start).to_owned()).or_default() += 1;
        }
    }

    fn add<'w>(&mut self, words: impl DoubleEndedIterator<Item = &'w str> + Clone, verdict: Verdict) {
        let count = words.clone().count();
        let key = words.clone().collect::<Vec<_>>().join(" ");
        self.longest = self.longest.max(count);
        if verdict.kind == EntityKind::Person {
            let last = words.clone().rev().find(|word| !is_suffix(word));
            last.into_iter().for_each(|last| *self.surnames.entry(last.to_owned()).or_default() += 1);
            let first = words.clone().next().filter(|first| count > 1 && first.len() > 2);
            first.into_iter().for_each(|first| *self.firsts.entry(first.to_owned()).or_default() += 1);
        }
        let kept = self.names.entry(key).or_insert(verdict);
        if verdict.confidence > kept.confidence {
            *kept = verdict;
        }
    }

    /// A run's own verdict, or the better one that the rest of the article gives it.
    fn revised(&self, sheet: &Sheet<'_>, run: &Run, own: Option<Verdict>) -> Option<Verdict> {
        let words = &run.words;
        let learned = match words.len() {
            1 => self.single(sheet, words.start),
            _ => self.several(sheet, run),
        };
        let is_firm = |verdict: &Verdict| verdict.confidence >= 0.9;
        match (own, learned) {
            (Some(own), _) if is_firm(&own) => Some(own),
            (Some(own), Some(learned)) if learned.confidence > own.confidence => Some(learned),
            (Some(own), _) => Some(own),
            (None, learned) => learned,
        }
    }

    fn single(&self, sheet: &Sheet<'_>, word: usize) -> Option<Verdict> {
        let base = sheet.base(word);
        let mark = sheet.mark(word);
        let person = |confidence, rule| Some(Verdict { kind: EntityKind::Person, confidence, rule });
        if mark.shape == Shape::Initials || mark.is(Class::Function) || mark.begins && sheet.is_also_small(base) {
            return None;
        }
        if self.surnames.contains_key(base) {
            return person(0.9, "surname");
        }
        if self.without_lost_apostrophe(base).is_some_and(|bare| self.surnames.contains_key(bare)) {
            return person(0.8, LOST_APOSTROPHE);
        }
        match self.firsts.get(base) {
            Some(_) if mark.is(Class::Given) && !mark.is(Class::Place) => person(0.75, "first-name"),
            _ => self.names.get(base).copied(),
        }
    }

    /// `trump` for a printed Trumps, where the bare word stands in the article at least as often.
    fn without_lost_apostrophe<'w>(&self, base: &'w str) -> Option<&'w str> {
        let bare = base.strip_suffix('s').filter(|bare| bare.len() > 2)?;
        let count =
            |word: &str| self.singles.get(word).copied().unwrap_or(0) + self.surnames.get(word).copied().unwrap_or(0);
        (count(bare) >= count(base).max(1)).then_some(bare)
    }

    fn several(&self, sheet: &Sheet<'_>, run: &Run) -> Option<Verdict> {
        let key = sheet.bases(&run.words).collect::<Vec<_>>().join(" ");
        if let Some(known) = self.names.get(&key) {
            return Some(*known);
        }
        let last = sheet.base(run.words.end - 1);
        let stands_alone = self.surnames.contains_key(last) || self.singles.contains_key(last);
        let rule = Verdict { kind: EntityKind::Person, confidence: 0.75, rule: "bare-surname-elsewhere" };
        (run.before == Before::Other && is_plain_name(sheet, run) && stands_alone).then_some(rule)
    }

    /// Adds the known names that stand in headlines, and first names with surnames.
    fn in_headlines(&self, sheet: &Sheet<'_>, names: &mut Vec<Name>) {
        let mut word = 0;
        while word < sheet.page.words().len() {
            let found = if sheet.mark(word).is_headline { self.in_headline(sheet, word) } else { None };
            word = found.as_ref().map_or(word + 1, |name| name.words.end);
            names.extend(found);
        }
    }

    /// The longest name in a headline that begins with a word.
    fn in_headline(&self, sheet: &Sheet<'_>, first: usize) -> Option<Name> {
        let mark = sheet.mark(first);
        if !mark.is_capital() || mark.is(Class::Function) {
            return None;
        }
        let most = (first + 1..first + self.longest.max(2)).take_while(|word| sheet.joins(word - 1)).count() + 1;
        for count in (1..=most).rev() {
            let words = first..first + count;
            let found = match count {
                1 if mark.is(Class::Common) && !self.surnames.contains_key(sheet.base(first)) => None,
                1 => self.single(sheet, first),
                _ => self.names.get(&sheet.bases(&words).collect::<Vec<_>>().join(" ")).copied(),
            };
            let found = found.or_else(|| if count == 2 { first_and_surname(sheet, first) } else { None });
            if let Some(verdict) = found {
                return Some(name(words, Verdict { rule: "headline", ..verdict }));
            }
        }
        None
    }
}

fn first_and_surname(sheet: &Sheet<'_>, first: usize) -> Option<Verdict> {
    let (given, surname) = (sheet.mark(first), sheet.mark(first + 1));
    let is_clear = |mark: crate::extract::sheet::Mark| {
        !mark.classes.any(&[Class::Common, Class::Place, Class::OrgWord, Class::Nation, Class::PlaceWord])
    };
    let is_name = given.is(Class::Given) && surname.is(Class::Surname) && is_clear(given) && is_clear(surname);
    is_name.then_some(Verdict { kind: EntityKind::Person, confidence: 0.8, rule: "headline" })
}
