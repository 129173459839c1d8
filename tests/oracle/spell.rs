//! Words known by a part of their spelling: prefixes, wildcards, near spellings, regular expressions, letter by letter.

use proptest::prelude::*;

/// Folded words that are printed, or nearly so.
const SPELLED: [&str; 15] = [
    "ceasefire",
    "envoy",
    "talks",
    "obrien",
    "zurich",
    "trump",
    "trumps",
    "river",
    "fire",
    "us",
    "peace",
    "москва",
    "αθηνα",
    "1798",
    "doortodoor",
];

/// What is known of a word's spelling.
#[derive(Debug, Clone)]
pub(crate) enum Spelled {
    Prefix(String),
    Wildcard(String),
    Fuzzy(String, usize),
    Regex(String),
}

impl Spelled {
    pub(crate) fn typed(&self) -> String {
        match self {
            Self::Prefix(text) => format!("{text}*"),
            Self::Wildcard(text) => text.clone(),
            Self::Fuzzy(text, 1) => format!("{text}~"),
            Self::Fuzzy(text, letters) => format!("{text}~{letters}"),
            Self::Regex(text) => format!("/{text}/"),
        }
    }

    /// Whether a folded word is one of those meant.
    pub(crate) fn fits(&self, word: &str) -> bool {
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        match self {
            Self::Prefix(text) => word.starts_with(text.as_str()),
            Self::Wildcard(text) => is_like(&letters(text), &letters(word)),
            Self::Fuzzy(text, most) => distance(&letters(text), &letters(word)) <= *most,
            Self::Regex(text) => regex::Regex::new(&format!("^(?:{text})$")).unwrap().is_match(word),
        }
    }
}

/// Whether a word is like a pattern of letters, `?` and `*`.
pub(crate) fn is_like(pattern: &[char], word: &[char]) -> bool {
    match pattern.split_first() {
        None => word.is_empty(),
        Some(('*', rest)) => (0..=word.len()).any(|skipped| is_like(rest, &word[skipped..])),
        Some(('?', rest)) => !word.is_empty() && is_like(rest, &word[1..]),
        Some((letter, rest)) => word.first() == Some(letter) && is_like(rest, &word[1..]),
    }
}

/// Letters inserted, deleted, changed or swapped with their neighbour, none touched twice (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let same = usize::from(a[i - 1] != b[j - 1]);
                let one = (table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(table[i - 1][j - 1] + same);
                let is_swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if is_swapped { one.min(table[i - 2][j - 2] + 1) } else { one }
            };
        }
    }
    table[a.len()][b.len()]
}

/// What is typed of a word whose spelling is known in part.
pub(crate) fn spelled() -> impl Strategy<Value = Spelled> {
    prop_oneof![3 => prefix(), 2 => wildcard(), 3 => fuzzy(), 2 => regex()]
}

fn base() -> impl Strategy<Value = Vec<char>> {
    prop::sample::select(&SPELLED[..]).prop_map(|word| word.chars().collect())
}

/// The beginning of a word.
pub(crate) fn beginning() -> impl Strategy<Value = String> {
    (base(), 1..9usize).prop_map(|(word, length)| word.into_iter().take(length).collect())
}

fn prefix() -> impl Strategy<Value = Spelled> {
    beginning().prop_map(Spelled::Prefix)
}

fn wildcard() -> impl Strategy<Value = Spelled> {
    (base(), any::<usize>(), any::<usize>(), 0..4usize).prop_map(|(mut word, from, other, cut)| {
        let from = from % word.len();
        let to = (from + cut).min(word.len());
        word.splice(from..to, ['*']);
        let other = other % word.len();
        if word[other] != '*' || cut == 0 {
            word[other] = '?';
        }
        let text: String = word.into_iter().collect();
        let is_bare = !text.chars().any(char::is_alphanumeric);
        Spelled::Wildcard(match text.strip_suffix('*') {
            Some(stem) if is_bare || !stem.contains(['*', '?']) => format!("?{stem}e"),
            _ if is_bare => format!("{text}e"),
            _ => text,
        })
    })
}

fn fuzzy() -> impl Strategy<Value = Spelled> {
    let change = (any::<usize>(), 0..4u8, prop::sample::select(&['e', 'f', 's', 'i'][..]));
    (base(), prop::collection::vec(change, 0..4), 1..3usize).prop_map(|(mut word, changes, letters)| {
        for (at, kind, letter) in changes {
            let at = at % word.len();
            match kind {
                0 => word.insert(at, letter),
                1 if word.len() > 1 => drop(word.remove(at)),
                2 => word[at] = letter,
                _ if at > 0 => word.swap(at - 1, at),
                _ => {}
            }
        }
        Spelled::Fuzzy(word.into_iter().collect(), letters)
    })
}

fn regex() -> impl Strategy<Value = Spelled> {
    let sign = prop::sample::select(&["", "", "?", "+", "*", "{2}"][..]);
    let piece = prop::sample::select(&["", ".", "[a-s]", "(e|s)", "[^aeiou]"][..]);
    (base(), prop::collection::vec((piece, sign), 1..12), 0..2u8).prop_map(|(word, pieces, rest)| {
        let mut text = String::new();
        for (letter, (piece, sign)) in word.iter().zip(pieces.iter().cycle()) {
            text.push_str(&if piece.is_empty() { letter.to_string() } else { (*piece).to_owned() });
            text.push_str(sign);
        }
        Spelled::Regex(if rest == 0 { text } else { format!("{text}(s|.*e)?") })
    })
}
