//! The names of one article after the rules: which it has, and which each of its mentions stands for.
//!
//! It compares names and never reads them, so that an index may hand in numbers.

use super::Verdict;

/// The names of one kind in an article after the rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled<N> {
    /// Names that the article has, each once.
    pub labels: Vec<N>,
    /// For each mention the name it stands for; `None` for one that is no entity.
    pub mentions: Vec<Option<N>>,
}

/// Applies verdicts to the names of an article and to its mentions, each given as its name and what the rules say of it.
/// A name with mentions is where its mentions are; one without follows the verdict on the name itself.
pub fn settle<N: Copy + PartialEq>(labels: &[(N, Verdict<N>)], mentions: &[(N, Verdict<N>)]) -> Settled<N> {
    let mut settled =
        Settled { labels: Vec::with_capacity(labels.len()), mentions: Vec::with_capacity(mentions.len()) };
    let put = |labels: &mut Vec<N>, name: N| {
        if !labels.contains(&name) {
            labels.push(name);
        }
    };
    for (label, verdict) in labels {
        let mut own = mentions.iter().filter(|(name, _)| name == label).peekable();
        if own.peek().is_none() {
            outcome(*label, *verdict).into_iter().for_each(|name| put(&mut settled.labels, name));
        }
        own.filter_map(|(name, verdict)| outcome(*name, *verdict)).for_each(|name| put(&mut settled.labels, name));
    }
    for (name, verdict) in mentions {
        settled.mentions.push(outcome(*name, *verdict));
        if let Verdict::Named(name) = verdict {
            put(&mut settled.labels, *name);
        }
    }
    settled
}

fn outcome<N: Copy>(name: N, verdict: Verdict<N>) -> Option<N> {
    match verdict {
        Verdict::Unchanged => Some(name),
        Verdict::Named(name) => Some(name),
        Verdict::Hidden => None,
    }
}
