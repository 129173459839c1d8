//! What the archive's own values say about a typed name.
//!
//! It finds values and counts their articles; which of them is meant is decided by `ask`.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::{Term, schema::Field as EngineField};

use super::{
    Reader,
    document::{LINKED_PLACE, UNDER_FOCUS, UNDER_PLACE, ancestry, below, form_term},
    fault,
    matches::Matches,
    statistics::Statistics,
    terms::Terms,
};
use crate::{
    authority::{Rule, UNRESOLVED, Verdict},
    entity::EntityKind,
    error::Result,
    field::Field,
    marks,
    plan::{
        Candidate, DayRange, EntityNode, Expanded, Expansion, Filter, LyingIn, Node, Plan, Vocabulary, WordPattern,
    },
    text::{fold, fold_words, hyphen_parts},
};

impl Vocabulary for Reader {
    fn values(&self, field: Field, typed: &str) -> Result<Vec<Candidate>> {
        // Both verdicts are known, given or not.
        if let Some(verdict) = marks::Verdict::named(typed).filter(|_| field == Field::Verdict) {
            let (value, articles) = (verdict.name().to_owned(), self.articles_with_value(field, verdict.name())?);
            return Ok(vec![Candidate { value, articles }]);
        }
        let verbatim = self.articles_with_value(field, typed)?;
        let is_step = field.is_path_of_places() && !typed.contains('/');
        if verbatim > 0 && !is_step {
            return Ok(vec![Candidate { value: typed.to_owned(), articles: verbatim }]);
        }
        let wanted = Typed::of(field, typed);
        let mut found: BTreeMap<String, Fit> = BTreeMap::new();
        self.each_value(field, |value| {
            if let Some(fit) = wanted.fit(value) {
                found.insert(value.to_owned(), fit);
            }
        })?;
        for rule in self.rules(field) {
            // What holds in one article only must not hide who else has the name.
            let fit = wanted.fit(&rule.variant).map(|fit| if rule.article.is_some() { Fit::Words } else { fit });
            if let Some((fit, name)) = fit.zip(self.name_of(rule)) {
                let known = found.entry(name.to_owned()).or_insert(fit);
                *known = fit.max(*known);
            }
        }
        let best = found.values().max().copied();
        let best = found.into_iter().filter(|(_, fit)| Some(*fit) == best).map(|(value, _)| value);
        self.counted(field, best)
    }

    fn nearest(&self, field: Field, typed: &str, limit: usize) -> Result<Vec<Candidate>> {
        let wanted = fold(typed);
        let reach = (wanted.chars().count() / 3).max(1);
        let mut near: BTreeMap<String, usize> = BTreeMap::new();
        self.each_value(field, |value| {
            let whole = fold(value.rsplit('/').next().unwrap_or(value));
            let words = fold_words(&whole);
            let forms = words.iter().map(String::as_str).chain([whole.as_str()]);
            let distance = forms.map(|form| strsim::osa_distance(form, &wanted)).min();
            if let Some(distance) = distance.filter(|distance| *distance <= reach) {
                near.insert(value.to_owned(), distance);
            }
        })?;
        let mut candidates = self.counted(field, near.keys().cloned())?;
        candidates.sort_by_key(|candidate| near.get(&candidate.value).copied());
        candidates.truncate(limit);
        Ok(candidates)
    }

    fn alike(&self, field: Field, steps: &[Vec<Expansion>]) -> Result<Vec<Candidate>> {
        self.values_alike(field, steps)
    }

    fn unresolved(&self, people: &[String]) -> Result<Vec<Candidate>> {
        let person =
            |name: &[String]| Node::Entity(EntityNode { kind: EntityKind::Person, names: Some(name.to_vec()) });
        let full = people.iter().filter(|name| !name.ends_with(UNRESOLVED));
        let surnames = full.filter_map(|name| name.rsplit_once(' ')).map(|(_, last)| format!("{last}{UNRESOLVED}"));
        let surnames: BTreeSet<String> = surnames.filter(|name| !people.contains(name)).collect();
        let mut found = Vec::new();
        for value in surnames {
            if self.articles_with_value(Field::Person, &value)? > 0 {
                let others = vec![person(std::slice::from_ref(&value)), Node::Not(Box::new(person(people)))];
                let articles = Matches::counted(self, &Plan::of(Node::And(others)))?;
                found.push(Candidate { value, articles });
            }
        }
        Ok(found)
    }

    fn lying_in(&self, places: &[String]) -> Result<LyingIn> {
        let mut links: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        self.each_term(self.columns.under, &below(LINKED_PLACE, ""), |link| {
            if let Some((path, name)) = link.split_once('\0') {
                links.entry(name.to_owned()).or_default().insert(path.to_owned());
            }
        })?;
        let own = places.iter().filter_map(|place| links.get(place)).flatten();
        let asked: BTreeSet<&str> = places.iter().chain(own).map(String::as_str).collect();
        let is_in = |path: &String| ancestry(path).any(|level| asked.contains(level));
        let others = links.iter().filter(|(name, _)| !asked.contains(name.as_str()));
        let inside = others.filter(|(_, paths)| paths.iter().any(is_in));
        let (surely, partly) = inside.partition::<Vec<_>, _>(|(_, paths)| paths.iter().all(is_in));
        let names = |found: Vec<(&String, _)>| found.into_iter().map(|(name, _)| name.clone()).collect();
        Ok(LyingIn { surely: names(surely), partly: names(partly) })
    }

    fn too_vague(&self, range: DayRange) -> Result<u64> {
        let inside = Node::Filter(Filter::Published(range));
        let before = range.from.map(|from| DayRange { from: None, to: Some(from - 1) });
        let after = range.to.map(|to| DayRange { from: Some(to + 1), to: None });
        let outside = [before, after].into_iter().flatten().map(|range| Node::Filter(Filter::Published(range)));
        let mut nodes = vec![Node::Filter(Filter::Has(Field::Published)), Node::Not(Box::new(inside))];
        nodes.extend(outside.map(|node| Node::Not(Box::new(node))));
        let plan = Plan::of(Node::And(nodes));
        Matches::counted(self, &plan)
    }

    fn has_word(&self, word: &WordPattern) -> Result<bool> {
        self.prints(&self.forms_of(word))
    }

    fn splits(&self, form: &str) -> Result<Vec<Vec<String>>> {
        let mut splits: Vec<Vec<String>> = Vec::new();
        for language in self.languages.iter().copied() {
            for printed in self.forms.hyphenated(language, form) {
                let parts = hyphen_parts(printed).filter(|parts| parts.concat() == form && !splits.contains(parts));
                if self.prints(&[form_term(language, printed)])? {
                    splits.extend(parts);
                }
            }
        }
        Ok(splits)
    }

    fn expand(&self, expansion: &Expansion) -> Result<Expanded> {
        self.expanded_words(expansion)
    }

    fn similar(&self, form: &str, limit: usize) -> Result<Vec<Candidate>> {
        self.similar_words(form, limit)
    }
}

/// How well a value fits what was typed; the best fit found is the one that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It holds all typed words.
    Words,
    /// It is the same but for case, accents and hyphens.
    Folded,
}

/// What was typed, ready to be compared: its words, of a path step by step.
struct Typed {
    steps: Vec<Vec<String>>,
}

impl Typed {
    fn of(field: Field, typed: &str) -> Self {
        let steps: Vec<&str> = if field.is_path_of_places() { typed.split('/').collect() } else { vec![typed] };
        Self { steps: steps.into_iter().map(fold_words).filter(|words| !words.is_empty()).collect() }
    }

    /// How well the last steps of `value` fit.
    fn fit(&self, value: &str) -> Option<Fit> {
        let steps: Vec<&str> = if self.steps.len() > 1 { value.split('/').collect() } else { vec![value] };
        let value_steps = match self.steps.len() {
            0 => return None,
            1 => vec![value.rsplit('/').next().unwrap_or(value)],
            many if steps.len() >= many => steps[steps.len() - many..].to_vec(),
            _ => return None,
        };
        let fits = self.steps.iter().zip(value_steps).map(|(wanted, step)| fit(wanted, &fold_words(step)));
        fits.min().flatten()
    }
}

fn fit(wanted: &[String], words: &[String]) -> Option<Fit> {
    if wanted == words || wanted.concat() == words.concat() {
        return Some(Fit::Folded);
    }
    wanted.iter().all(|word| words.contains(word)).then_some(Fit::Words)
}

impl Reader {
    /// Rules of the authority file for values of a field.
    pub(super) fn rules(&self, field: Field) -> impl Iterator<Item = &Rule> {
        field.entity_kind().into_iter().flat_map(|kind| self.authority.in_force(kind))
    }

    /// What the variant of a rule stands for in the end.
    pub(super) fn name_of(&self, rule: &Rule) -> Option<&str> {
        let article = rule.article.as_deref().unwrap_or_default();
        match self.authority.verdict(rule.kind, (&rule.variant, &rule.variant), article) {
            Verdict::Named(name) => Some(name),
            Verdict::Hidden | Verdict::Unchanged => None,
        }
    }

    fn articles_with_value(&self, field: Field, value: &str) -> Result<u64> {
        let linked = if field == Field::Place { self.lying_in(&[value.to_owned()])?.surely } else { Vec::new() };
        if let Some(kind) = field.entity_kind().filter(|kind| self.authority.knows(*kind) || !linked.is_empty()) {
            let named = EntityNode { kind, names: Some([vec![value.to_owned()], linked].concat()) };
            return Matches::counted(self, &Plan::of(Node::Entity(named)));
        }
        if self.marked.changes(field) {
            let condition = match field {
                field if field.is_path_of_places() => Filter::Under(field, vec![value.to_owned()]),
                _ => Filter::Is(field, vec![value.to_owned()]),
            };
            return Matches::counted(self, &Plan::of(Node::Filter(condition)));
        }
        let term = match (field, self.columns.labels(field)) {
            (Field::Place, _) => Term::from_field_text(self.columns.under, &below(UNDER_PLACE, value)),
            (Field::Focus, _) => Term::from_field_text(self.columns.under, &below(UNDER_FOCUS, value)),
            (_, Some(column)) => Term::from_field_text(column, value),
            (_, None) => return Ok(0),
        };
        let statistics = Statistics::of(&self.searcher);
        statistics.articles_with(&Terms::of(vec![term])).map_err(|cause| fault("the index cannot be read", cause))
    }

    pub(super) fn counted(&self, field: Field, values: impl Iterator<Item = String>) -> Result<Vec<Candidate>> {
        let mut candidates = Vec::new();
        for value in values {
            let articles = self.articles_with_value(field, &value)?;
            // A value of marks may be that of dropped articles alone.
            if articles > 0 || self.marked.gives(field) {
                candidates.push(Candidate { value, articles });
            }
        }
        candidates.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.value.cmp(&b.value)));
        Ok(candidates)
    }

    /// Calls back with every value of a field, of places with everything above them; some more than once.
    pub(super) fn each_value(&self, field: Field, mut each: impl FnMut(&str)) -> Result<()> {
        if let Some(renamed) = field.entity_kind().map(|kind| self.renamed(kind)).transpose()?.flatten() {
            let levels = |name| if field == Field::Place { ancestry(name).collect() } else { vec![name] };
            renamed.names().flat_map(levels).for_each(&mut each);
        }
        self.marked.each_value(field, &mut each);
        let (column, prefix) = match (field, self.columns.labels(field)) {
            (Field::Place, _) => (self.columns.under, below(UNDER_PLACE, "")),
            (Field::Focus, _) => (self.columns.under, below(UNDER_FOCUS, "")),
            (_, Some(column)) => (column, String::new()),
            (_, None) => return Ok(()),
        };
        if field == Field::Place {
            self.each_term(column, &below(LINKED_PLACE, ""), |link| {
                link.split_once('\0').into_iter().flat_map(|(path, _)| ancestry(path)).for_each(&mut each);
            })?;
        }
        self.each_term(column, &prefix, each)
    }

    /// Calls back with what stands behind the prefix in each term that has it; segment by segment.
    fn each_term(&self, column: EngineField, prefix: &str, mut each: impl FnMut(&str)) -> Result<()> {
        let faulty = |cause: std::io::Error| fault("the index cannot be read", cause);
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(column).map_err(|cause| fault("the index cannot be read", cause))?;
            let mut terms = inverted.terms().range().ge(prefix).into_stream().map_err(faulty)?;
            while terms.advance() {
                match std::str::from_utf8(terms.key()).ok().and_then(|term| term.strip_prefix(prefix)) {
                    Some(value) => each(value),
                    None => break,
                }
            }
        }
        Ok(())
    }
}
