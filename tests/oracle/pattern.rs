//! Patterns over the words of a text: how each is typed, and where it stands, straight from the definitions.

use std::{cmp::Reverse, collections::BTreeSet};

use morgue::{article::PartKind, entity::EntityKind, text::fold};

use crate::{
    clip::Clip,
    named::{is_named, is_pattern},
    scan::{Found, Scanned},
    spell::Spelled,
};

#[derive(Debug, Clone)]
pub(crate) enum Pattern {
    /// A word in any inflection, or as spelled.
    Word(&'static str, Spelling),
    Spelled(Spelled),
    Phrase(Phrase),
    /// Any of them.
    Any(Vec<Pattern>),
    Near(Box<Pattern>, Vec<(Relation, Pattern)>),
    /// In parts of one kind.
    Within(PartKind, Box<Pattern>),
    /// Mentions of any of these names, or of any entity.
    Named(EntityKind, Vec<&'static str>),
}

#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub(crate) words: Vec<&'static str>,
    pub(crate) spelling: Spelling,
    /// The words may be shifted so far against each other.
    pub(crate) slop: Option<usize>,
    /// The beginning of one more word.
    pub(crate) beginning: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    Inflected,
    Exact,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    Near(usize),
    Before(usize),
    Sentence,
    Paragraph,
    NotNear(usize),
}

/// What is typed, and the rows of folded words that it stands for; whatever is not here stands for itself.
const WAYS: [(&str, &[&[&str]]); 12] = [
    ("cease-fire", &[&["ceasefire"], &["cease", "fire"]]),
    ("door-to-door", &[&["doortodoor"], &["door", "to", "door"]]),
    ("US-led", &[&["usled"], &["US", "led"]]),
    ("US", &[&["US"]]),
    ("U.S.", &[&["US"]]),
    ("NATO", &[&["NATO"], &["nato"]]),
    ("N.A.T.O.", &[&["NATO"]]),
    ("O'Brien", &[&["obrien"]]),
    ("O’Brien", &[&["obrien"]]),
    ("l'homme", &[&["lhomme"], &["l", "homme"]]),
    ("1,798", &[&["1798"]]),
    ("東京", &[&["東", "京"]]),
];

impl Pattern {
    /// As typed; in brackets where it would fall apart inside a proximity.
    pub(crate) fn operand(&self) -> String {
        match self {
            Self::Any(_) | Self::Near(..) => format!("({})", self.typed()),
            _ => self.typed(),
        }
    }

    pub(crate) fn typed(&self) -> String {
        match self {
            Self::Word(word, Spelling::Inflected) => (*word).to_owned(),
            Self::Word(word, Spelling::Exact) => format!("={word}"),
            Self::Spelled(spelled) => spelled.typed(),
            Self::Phrase(phrase) => phrase.typed(),
            Self::Any(patterns) => patterns.iter().map(Self::operand).collect::<Vec<_>>().join(" OR "),
            Self::Near(first, links) => {
                let links =
                    links.iter().map(|(relation, pattern)| format!(" {} {}", relation.typed(), pattern.operand()));
                format!("{}{}", first.operand(), links.collect::<String>())
            }
            Self::Within(part, inner) => {
                let field = match part {
                    PartKind::Title => "title",
                    PartKind::Lead => "lead",
                    _ => "caption",
                };
                match &**inner {
                    Self::Any(words) if words.iter().all(|word| matches!(word, Self::Word(..))) => {
                        format!("{field}:{}", words.iter().map(Self::typed).collect::<Vec<_>>().join(","))
                    }
                    inner => format!("{field}:{}", inner.operand()),
                }
            }
            Self::Named(kind, names) => format!("{}:{}", field_of(*kind).name(), listed(names)),
        }
    }

    /// The same as spelled, without inflections.
    pub(crate) fn exactly(self) -> Self {
        match self {
            Self::Word(word, _) => Self::Word(word, Spelling::Exact),
            Self::Phrase(phrase) => Self::Phrase(Phrase { spelling: Spelling::Exact, ..phrase }),
            Self::Any(patterns) => Self::Any(patterns.into_iter().map(Self::exactly).collect()),
            Self::Near(first, links) => Self::Near(
                Box::new(first.exactly()),
                links.into_iter().map(|(relation, pattern)| (relation, pattern.exactly())).collect(),
            ),
            Self::Within(part, inner) => Self::Within(part, Box::new(inner.exactly())),
            other => other,
        }
    }

    /// Every pattern in it that holds no other.
    pub(crate) fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::Any(patterns) => patterns.iter().flat_map(Self::leaves).collect(),
            Self::Near(first, links) => {
                first.leaves().into_iter().chain(links.iter().flat_map(|(_, pattern)| pattern.leaves())).collect()
            }
            Self::Within(_, inner) => inner.leaves(),
            leaf => vec![leaf],
        }
    }

    /// The words of a leaf as typed.
    pub(crate) fn words(&self) -> Option<String> {
        match self {
            Self::Word(word, _) => Some((*word).to_owned()),
            Self::Phrase(phrase) => Some(phrase.typed()),
            Self::Spelled(Spelled::Prefix(text) | Spelled::Wildcard(text) | Spelled::Fuzzy(text, _)) => {
                Some(text.clone())
            }
            _ => None,
        }
    }

    /// Whether a clip matches; who is listed is named, whether or not the text prints the name.
    pub(crate) fn holds(&self, clip: &Clip, scanned: &Scanned) -> bool {
        match self {
            Self::Named(kind, names) => {
                let is_asked = |own: &String| names.is_empty() || names.iter().any(|name| is_named(*kind, own, name));
                clip.values(field_of(*kind)).iter().any(is_asked)
            }
            Self::Any(patterns) => patterns.iter().any(|pattern| pattern.holds(clip, scanned)),
            pattern => !pattern.spans(scanned).is_empty(),
        }
    }

    /// Where it stands: the distinct rows of words.
    pub(crate) fn spans(&self, scanned: &Scanned) -> BTreeSet<Found> {
        match self {
            Self::Word(word, spelling) => each_way(word, *spelling, scanned),
            Self::Spelled(spelled) => scanned.those(|word| word.is_spelled(|own| spelled.fits(own))),
            Self::Phrase(phrase) => phrase.spans(scanned),
            Self::Any(patterns) => patterns.iter().flat_map(|pattern| pattern.spans(scanned)).collect(),
            Self::Near(first, links) => {
                let all = first.spans(scanned);
                links.iter().fold(all, |left, (relation, right)| relation.spans(&left, &right.spans(scanned), scanned))
            }
            Self::Within(part, inner) => {
                inner.spans(scanned).into_iter().filter(|found| scanned.parts[found.part].kind == *part).collect()
            }
            Self::Named(kind, names) => {
                let asked = |own: &str| names.is_empty() || names.iter().any(|name| is_named(*kind, own, name));
                let mentions = scanned.mentions.iter().filter(|(own, name, _)| own == kind && asked(name));
                mentions.map(|(_, _, found)| *found).collect()
            }
        }
    }
}

/// The field in which names of a kind are asked for.
pub(crate) fn field_of(kind: EntityKind) -> morgue::field::Field {
    morgue::field::Field::named(match kind {
        EntityKind::Person => "person",
        EntityKind::Place => "place",
        EntityKind::Org => "org",
        EntityKind::Role => "role",
        EntityKind::Date => "mentioned",
    })
    .unwrap()
}

/// Values in a list, or `any` of them.
pub(crate) fn listed(values: &[&str]) -> String {
    match values {
        [] => "any".to_owned(),
        values => {
            let typed = |value: &&str| if is_pattern(value) { (*value).to_owned() } else { format!("\"{value}\"") };
            values.iter().map(typed).collect::<Vec<_>>().join(",")
        }
    }
}

/// The rows of folded words that a typed one stands for: also those into which the archive divides it.
fn ways(typed: &str, scanned: &Scanned) -> Vec<Vec<String>> {
    let known = WAYS.iter().find(|(known, _)| *known == typed);
    let mut ways: Vec<Vec<String>> = match known {
        Some((_, ways)) => ways.iter().map(|way| way.iter().map(|&word| word.to_owned()).collect()).collect(),
        None => vec![vec![fold(typed)]],
    };
    let split: Vec<Vec<String>> =
        ways.iter().filter(|way| way.len() == 1).flat_map(|way| scanned.splits(&way[0])).cloned().collect();
    ways.extend(split);
    ways
}

fn each_way(typed: &str, spelling: Spelling, scanned: &Scanned) -> BTreeSet<Found> {
    let of = |way: &Vec<String>| {
        let words: Vec<_> = way.iter().map(|form| those(form, spelling, scanned)).collect();
        in_a_row(&words)
    };
    ways(typed, scanned).iter().flat_map(of).collect()
}

fn those(form: &str, spelling: Spelling, scanned: &Scanned) -> BTreeSet<Found> {
    match spelling {
        Spelling::Inflected => scanned.those(|word| word.is_inflected(form)),
        Spelling::Exact => scanned.those(|word| word.is_form(form)),
    }
}

/// One right after the other.
fn in_a_row(words: &[BTreeSet<Found>]) -> BTreeSet<Found> {
    let Some((first, rest)) = words.split_first() else { return BTreeSet::new() };
    rest.iter().fold(first.clone(), |rows, next| {
        let follow = |row: &Found| {
            let (part, last) = (row.part, row.last);
            let next = next.iter().filter(move |next| next.part == part && next.first == last + 1);
            next.map(|next| Found { last: next.last, ..*row }).collect::<Vec<_>>()
        };
        rows.iter().flat_map(follow).collect()
    })
}

impl Phrase {
    fn typed(&self) -> String {
        let sign = if self.spelling == Spelling::Exact { "=" } else { "" };
        let words: Vec<&str> = self.words.iter().copied().chain(self.beginning.as_deref()).collect();
        let slop = self.slop.map(|slop| format!("~{slop}")).unwrap_or_default();
        let star = if self.beginning.is_some() { "*" } else { "" };
        format!("{sign}\"{}\"{slop}{star}", words.join(" "))
    }

    fn spans(&self, scanned: &Scanned) -> BTreeSet<Found> {
        let mut words: Vec<_> = self.words.iter().map(|word| each_way(word, self.spelling, scanned)).collect();
        if let Some(beginning) = &self.beginning {
            words.push(scanned.those(|word| word.is_spelled(|own| own.starts_with(beginning.as_str()))));
        }
        match self.slop {
            Some(slop) => minimal(loose(&words, slop)),
            None => self.rows(scanned, &words, 0),
        }
    }

    /// In a row from the `from`-th word on; where up to four neighbours may be printed as one
    /// word, also that one.
    fn rows(&self, scanned: &Scanned, words: &[BTreeSet<Found>], from: usize) -> BTreeSet<Found> {
        let Some(first) = words.get(from) else { return BTreeSet::new() };
        let behind = |first: &BTreeSet<Found>, next: usize| match next < words.len() {
            true => in_a_row(&[first.clone(), self.rows(scanned, words, next)]),
            false => first.clone(),
        };
        let mut found = behind(first, from + 1);
        for end in from + 2..=(from + 4).min(self.words.len()) {
            let together = &self.words[from..end];
            let joined: String = together.iter().map(|word| fold(word)).collect();
            if together.iter().all(|word| is_plain(word)) && !joined.chars().all(char::is_numeric) {
                found.extend(behind(&those(&joined, self.spelling, scanned), end));
            }
        }
        found
    }
}

/// Whether a typed word is one word, no abbreviation.
fn is_plain(typed: &str) -> bool {
    let known = WAYS.iter().find(|(known, _)| *known == typed);
    let is_small = |word: &str| !word.chars().any(char::is_uppercase);
    known.is_none_or(|(_, ways)| ways.iter().all(|way| way.len() == 1) && ways.iter().any(|way| is_small(way[0])))
}

/// Every choice of one span for each word, none overlapping another, shifted against each other by at most `slop`.
fn loose(words: &[BTreeSet<Found>], slop: usize) -> BTreeSet<Found> {
    let mut chosen: Vec<Vec<Found>> = vec![Vec::new()];
    for options in words {
        let mut longer = Vec::new();
        for before in &chosen {
            for next in options {
                let all: Vec<Found> = before.iter().chain([next]).copied().collect();
                if fits(&all, slop) {
                    longer.push(all);
                }
            }
        }
        chosen = longer;
    }
    let hull = |all: Vec<Found>| all.into_iter().reduce(whole);
    chosen.into_iter().filter_map(hull).collect()
}

fn fits(all: &[Found], slop: usize) -> bool {
    let shifts = || all.iter().enumerate().map(|(n, found)| found.first as i64 - n as i64);
    let (least, most) = (shifts().min().unwrap_or(0), shifts().max().unwrap_or(0));
    let (last, before) = all.split_last().unwrap();
    (most - least) as usize <= slop && before.iter().all(|other| other.part == last.part && is_apart(*other, *last))
}

fn is_apart(a: Found, b: Found) -> bool {
    a.last < b.first || b.last < a.first
}

/// From the first word of either to the last.
fn whole(a: Found, b: Found) -> Found {
    Found { part: a.part, first: a.first.min(b.first), last: a.last.max(b.last) }
}

/// Those that hold no other.
fn minimal(found: BTreeSet<Found>) -> BTreeSet<Found> {
    let mut latest_first: Vec<Found> = found.into_iter().collect();
    latest_first.sort_by_key(|found| (Reverse((found.part, found.first)), found.last));
    let mut kept: Vec<Found> = Vec::new();
    for span in latest_first {
        // What was kept begins no earlier, and the latest kept ends first.
        let holds = kept.last().is_some_and(|inner| inner.part == span.part && inner.last <= span.last);
        if !holds {
            kept.push(span);
        }
    }
    kept.into_iter().collect()
}

impl Relation {
    fn typed(self) -> String {
        match self {
            Self::Near(10) => "NEAR".to_owned(),
            Self::Near(distance) if distance % 2 == 0 => format!("W/{distance}"),
            Self::Near(distance) => format!("NEAR/{distance}"),
            Self::Before(distance) if distance % 2 == 0 => format!("PRE/{distance}"),
            Self::Before(distance) => format!("BEFORE/{distance}"),
            Self::Sentence => "/s".to_owned(),
            Self::Paragraph => "W/P".to_owned(),
            Self::NotNear(distance) => format!("NOT W/{distance}"),
        }
    }

    fn spans(self, left: &BTreeSet<Found>, right: &BTreeSet<Found>, scanned: &Scanned) -> BTreeSet<Found> {
        let near = |a: &&Found, b: &&Found| a.part == b.part && is_apart(**a, **b) && self.holds(**a, **b, scanned);
        if let Self::NotNear(_) = self {
            return left.iter().filter(|a| !right.iter().any(|b| near(a, &b))).copied().collect();
        }
        let pairs = left.iter().flat_map(|a| right.iter().filter(move |b| near(&a, b)).map(move |b| whole(*a, *b)));
        minimal(pairs.collect())
    }

    /// Whether two spans that do not overlap lie so to each other.
    fn holds(self, a: Found, b: Found, scanned: &Scanned) -> bool {
        let distance = if a.last < b.first { b.first - a.last } else { a.first - b.last };
        match self {
            Self::Near(most) | Self::NotNear(most) => distance <= most,
            Self::Before(most) => a.last < b.first && distance <= most,
            Self::Sentence => scanned.is_one_sentence(whole(a, b)),
            Self::Paragraph => scanned.is_one_paragraph(whole(a, b)),
        }
    }
}
