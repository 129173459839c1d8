//! From a failure to a small one: fewer clippings, less of the query, fewer words.

use crate::{
    ask::{Asked, Query},
    clip::Clip,
    pattern::Pattern,
};

/// Goes on to ever smaller archives and queries for which `fails` holds, until none of them does.
pub(crate) fn smallest(asked: Asked, clips: Vec<Clip>, fails: impl Fn(&Asked, &[Clip]) -> bool) -> (Asked, Vec<Clip>) {
    let (mut asked, mut clips) = (asked, clips);
    loop {
        let fewer = fewer(&clips).into_iter().find(|fewer| fails(&asked, fewer));
        let is_fewer = fewer.is_some();
        clips = fewer.unwrap_or(clips);
        let simpler = simpler(&asked).into_iter().find(|simpler| fails(simpler, &clips));
        let is_simpler = simpler.is_some();
        asked = simpler.unwrap_or(asked);
        if !is_fewer && !is_simpler {
            return (asked, clips);
        }
    }
}

/// A single clip, or all but one, or one of them shorter.
fn fewer(clips: &[Clip]) -> Vec<Vec<Clip>> {
    let single = clips.iter().filter(|_| clips.len() > 1).map(|clip| vec![clip.clone()]);
    let without = |at: usize| clips.iter().enumerate().filter(move |(i, _)| *i != at).map(|(_, clip)| clip.clone());
    let but_one = (0..clips.len()).filter(|_| clips.len() > 2).map(|at| without(at).collect());
    let shorter = clips.iter().enumerate().flat_map(|(at, clip)| {
        let shorter = if clips.len() > 3 { Vec::new() } else { clip.shorter() };
        shorter.into_iter().map(move |clip| {
            let mut all = clips.to_vec();
            all[at] = clip;
            all
        })
    });
    single.chain(but_one).chain(shorter).collect()
}

impl Clip {
    /// Without a part, without half of a part's words, without one word, without names.
    fn shorter(&self) -> Vec<Self> {
        let mut found = Vec::new();
        let is_plain = self.given.is_none();
        let first = if is_plain { 2 } else { 0 };
        for at in (first..self.parts.len()).filter(|_| self.parts.len() > 1) {
            let mut clip = self.clone();
            clip.parts.remove(at);
            found.push(clip);
        }
        for at in 0..self.parts.len() {
            let words: Vec<&str> = self.parts[at].1.split(' ').collect();
            let halves = [words.len() / 2..words.len(), 0..words.len() / 2];
            let single = (0..words.len()).filter(|_| words.len() < 40).map(|word| word..word + 1);
            for cut in halves.into_iter().chain(single).filter(|cut| !cut.is_empty() && cut.len() < words.len()) {
                let kept = [&words[..cut.start], &words[cut.end..]].concat().join(" ");
                if !kept.trim().is_empty() && kept.trim() == kept {
                    let mut clip = self.clone();
                    clip.parts[at].1 = kept;
                    found.push(clip);
                }
            }
        }
        let lists = [&self.people, &self.places, &self.orgs, &self.dates];
        if lists.iter().any(|list| !list.is_empty()) {
            let none = Vec::new;
            found.push(Self { people: none(), places: none(), orgs: none(), dates: none(), ..self.clone() });
        }
        if let Some(given) = &self.given {
            let without =
                |at: usize| given.iter().enumerate().filter(move |(i, _)| *i != at).map(|(_, one)| one.clone());
            found.extend((0..given.len()).map(|at| Self { given: Some(without(at).collect()), ..self.clone() }));
        }
        found
    }
}

fn simpler(asked: &Asked) -> Vec<Asked> {
    let mut found: Vec<Asked> =
        asked.query.simpler().into_iter().map(|query| Asked { query, ..asked.clone() }).collect();
    if !asked.flags.is_empty() {
        found.push(Asked { flags: Vec::new(), ..asked.clone() });
        found.push(Asked { flags: asked.flags[1..].to_vec(), ..asked.clone() });
    }
    found
}

impl Query {
    /// Its operands, and itself with a simpler or one fewer operand.
    fn simpler(&self) -> Vec<Self> {
        match self {
            Self::Text(pattern) => pattern.simpler().into_iter().map(Self::Text).collect(),
            Self::AtLeast(count, pattern) => {
                let simpler = pattern.simpler().into_iter().map(|pattern| Self::AtLeast(*count, pattern));
                simpler.chain([Self::Text(pattern.clone())]).collect()
            }
            Self::Weight(inner, _) => vec![(**inner).clone()],
            Self::Not(inner) => {
                let simpler = inner.simpler().into_iter().map(|inner| Self::Not(Box::new(inner)));
                [(**inner).clone()].into_iter().chain(simpler).collect()
            }
            Self::And(parts) => in_list(parts, Self::simpler).into_iter().map(Self::And).chain(parts.clone()).collect(),
            Self::Or(parts) => in_list(parts, Self::simpler).into_iter().map(Self::Or).chain(parts.clone()).collect(),
            _ => Vec::new(),
        }
    }
}

impl Pattern {
    fn simpler(&self) -> Vec<Self> {
        match self {
            Self::Any(parts) => in_list(parts, Self::simpler).into_iter().map(Self::Any).chain(parts.clone()).collect(),
            Self::Within(part, inner) => {
                let simpler = inner.simpler().into_iter().map(|inner| Self::Within(*part, Box::new(inner)));
                simpler.chain([(**inner).clone()]).collect()
            }
            Self::Near(first, links) => {
                let firsts = first.simpler().into_iter().map(|first| Self::Near(Box::new(first), links.clone()));
                let operands = links.iter().map(|(_, pattern)| pattern.clone()).chain([(**first).clone()]);
                let without =
                    |at: usize| links.iter().enumerate().filter(move |(i, _)| *i != at).map(|(_, link)| link.clone());
                let fewer = (0..links.len())
                    .filter(|_| links.len() > 1)
                    .map(|at| Self::Near(first.clone(), without(at).collect()));
                let linked = links.iter().enumerate().flat_map(|(at, (relation, pattern))| {
                    pattern.simpler().into_iter().map(move |pattern| {
                        let mut links = links.clone();
                        links[at] = (*relation, pattern);
                        Self::Near(first.clone(), links)
                    })
                });
                operands.chain(fewer).chain(firsts).chain(linked).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// One operand fewer, while two are left, or one of them simpler.
fn in_list<T: Clone>(parts: &[T], simpler: impl Fn(&T) -> Vec<T>) -> Vec<Vec<T>> {
    let mut found = Vec::new();
    for at in 0..parts.len() {
        if parts.len() > 2 {
            let mut fewer = parts.to_vec();
            fewer.remove(at);
            found.push(fewer);
        }
        found.extend(simpler(&parts[at]).into_iter().map(|part| {
            let mut parts = parts.to_vec();
            parts[at] = part;
            parts
        }));
    }
    found
}
