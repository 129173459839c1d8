//! What is sought in the words of a text: patterns, alone or as the words of a question.
//!
//! It says what is sought and never which printed words that is.

use super::{EntityNode, Reach};
use crate::article::PartKind;

/// A pasted question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its words, each once.
    pub words: Vec<TextNode>,
    /// Its function words beside others: they find articles as its words do, but neither weigh nor name anything.
    pub small: Vec<TextNode>,
    /// Its neighbouring words near each other: they raise an article and name nothing.
    pub pairs: Vec<TextNode>,
}

/// A pattern sought in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct TextNode {
    /// What is sought.
    pub pattern: Pattern,
    /// At least so many spans (1 unless `ATLEAST`).
    pub at_least: u32,
    /// Weight of its score.
    pub boost: f32,
}

/// A pattern over the words of a text; it matches spans of words, none of which crosses parts.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    /// One word in any of its inflections, or exactly as spelled.
    Word(WordPattern),
    /// Any printed word that is spelled so; the engine finds which there are.
    Expand(Expansion),
    /// The patterns one after the other.
    Phrase(Vec<Pattern>),
    /// The patterns as a phrase, each of which may be shifted: with `p` the position of the n-th's first word, the
    /// greatest and the smallest `p - n` differ by at most `slop`, and no two of them overlap.
    Loose {
        /// In the order typed.
        words: Vec<Pattern>,
        /// How far they may be shifted against each other.
        slop: u32,
    },
    /// Any of the patterns.
    Or(Vec<Pattern>),
    /// Two patterns near each other; they may not overlap.
    Near(Box<Nearby>),
    /// The mentions of an entity.
    Entity(EntityNode),
    /// Only spans within parts of these kinds.
    In(Vec<PartKind>, Box<Pattern>),
}

/// Two patterns and how they lie to each other. Distance is the difference of the positions of the nearest ends of two
/// spans (adjacent = 1). The spans of all but `Reach::NotWithin` run from the one to the other, and only the minimal of
/// them count: those that hold no other.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearby {
    /// The left operand.
    pub left: Pattern,
    /// The right operand.
    pub right: Pattern,
    /// How they lie to each other.
    pub reach: Reach,
}

/// Words known by a part of their spelling. The text is folded; possessives are found with and without their `s`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Expansion {
    /// What was typed, without the signs of its kind, folded.
    pub text: String,
    /// How it is meant.
    pub spelling: Spelling,
}

/// Which words an expansion stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Spelling {
    /// Those that begin so.
    Prefix,
    /// `?` is any one character, `*` any number of them.
    Wildcard,
    /// Those at most so many letters inserted, deleted, changed or swapped with their neighbour away.
    Fuzzy(u8),
    /// Those that match this regular expression as a whole.
    Regex,
}

/// One word.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WordPattern {
    /// Its folded form as `text` makes it; upper case for an acronym.
    pub form: String,
    /// Whether only this spelling counts, no inflection.
    pub exact: bool,
    /// Whether the last letter of `form` is the `s` of a possessive: Sanders's is an inflection of sanders, not of sanderss.
    pub possessive: bool,
}
