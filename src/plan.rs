//! A query with every name resolved: what an engine answers, without any engine in it.
//!
//! A plan holds patterns (words and phrases), never postings: the engine expands them and says what it found.
//! `Vocabulary` is what resolving needs to know of an archive.

mod overview;
mod page;
mod pattern;

use crate::{date::Day, entity::EntityKind, error::Result, field::Field, marks::Verdict};

pub use crate::span::Reach;
pub use overview::{DatesOf, PairRequest, SmallWords, TimelineRequest, WordRequest};
pub use page::{Context, Detail, MentionPage, MentionSort, Page, Sort};
pub use pattern::{Expansion, Nearby, Pattern, Question, Spelling, TextNode, WordPattern};

/// What to match, what to filter by, and how it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The typed query; narrows every facet.
    pub root: Node,
    /// Filter flags, one group per field: each facet is counted under all groups but its own.
    pub groups: Vec<Group>,
    /// The query as typed.
    pub text: String,
    /// The query as understood, in the query language.
    pub read_as: String,
    /// What the user should know about the reading.
    pub notes: Vec<String>,
}

impl Plan {
    /// The plan of a bare condition, as the program itself asks it.
    pub fn of(root: Node) -> Self {
        Self { root, groups: Vec::new(), text: String::new(), read_as: String::new(), notes: Vec::new() }
    }
}

impl Plan {
    /// Whether it asks for articles by the verdict `drop`, and so for what is left out otherwise.
    pub fn asks_for_dropped(&self) -> bool {
        asks_for_dropped(&self.root) || self.groups.iter().any(|group| asks_for_dropped(&group.node))
    }
}

impl Plan {
    /// Whether it asks a pasted question, be it with articles left out.
    pub fn asks_a_question(&self) -> bool {
        match &self.root {
            Node::And(nodes) => nodes.iter().any(|node| matches!(node, Node::Any(_))),
            root => matches!(root, Node::Any(_)),
        }
    }
}

impl Plan {
    /// The root and the filter groups as one condition.
    pub fn narrowed(&self) -> Node {
        self.narrowed_but(None)
    }

    /// The same, the group of one field left out.
    pub fn narrowed_but(&self, but: Option<Field>) -> Node {
        let groups = self.groups.iter().filter(|group| Some(group.field) != but);
        let mut nodes: Vec<Node> = groups.map(|group| group.node.clone()).collect();
        if nodes.is_empty() {
            return self.root.clone();
        }
        match &self.root {
            Node::All => {}
            Node::And(root) => nodes.splice(0..0, root.iter().cloned()).for_each(drop),
            root => nodes.insert(0, root.clone()),
        }
        Node::And(nodes)
    }

    /// The same, without the articles of these ids.
    #[must_use]
    pub fn without_articles(self, ids: Vec<String>) -> Self {
        if ids.is_empty() {
            return self;
        }
        let without = Node::Not(Box::new(Node::Filter(Filter::Is(Field::Id, ids))));
        let root = match self.root {
            Node::And(mut nodes) => {
                nodes.push(without);
                Node::And(nodes)
            }
            root => Node::And(vec![root, without]),
        };
        Self { root, ..self }
    }
}

fn asks_for_dropped(node: &Node) -> bool {
    match node {
        Node::Filter(Filter::Is(Field::Verdict, values)) => values.iter().any(|value| value == Verdict::Drop.name()),
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(asks_for_dropped),
        _ => false,
    }
}

/// Values of one field given by flags: any of them will do.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The field.
    pub field: Field,
    /// The condition.
    pub node: Node,
}

/// A condition on articles.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Every article.
    All,
    /// No article.
    Nothing,
    /// The text holds the pattern; its spans are mentions.
    Text(TextNode),
    /// Any of a question's words in the text, the more, the rarer and the closer together the better (`--any`).
    Any(Question),
    /// The article names one of these; each mention of them is a mention of the query.
    Entity(EntityNode),
    /// A condition without text.
    Filter(Filter),
    /// All of them.
    And(Vec<Node>),
    /// At least one of them.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
}

/// Names of one kind, verbatim facet values.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityNode {
    /// Of what kind.
    pub kind: EntityKind,
    /// Any of these; for places everything below them too. `None` = any entity of the kind.
    pub names: Option<Vec<String>>,
}

/// A condition on a field, without text.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// The field has one of these values, verbatim.
    Is(Field, Vec<String>),
    /// The field's value is this or lies below it, as `a/b` below `a` (paths, addresses).
    Under(Field, Vec<String>),
    /// The whole span of publication lies inside.
    Published(DayRange),
    /// A mentioned date overlaps (or, `inside`, lies within) the range.
    Mentioned {
        /// The asked range.
        range: DayRange,
        /// Within instead of overlapping.
        inside: bool,
    },
    /// How many words the text has.
    Words {
        /// At least.
        from: Option<u64>,
        /// At most.
        to: Option<u64>,
    },
    /// The field has a value.
    Has(Field),
    /// A field of `extra` has this value (`None`: any), case folded.
    Extra {
        /// Its name.
        name: String,
        /// The value.
        value: Option<String>,
    },
}

/// First and last day, both inclusive; `None` = open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DayRange {
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
}

/// A value of a field, or a printed word, with how many articles have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The value, verbatim.
    pub value: String,
    /// Articles that have it.
    pub articles: u64,
}

/// The printed words that an expansion stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expanded {
    /// Words with the articles that print them, most articles first; all that are searched.
    pub words: Vec<Candidate>,
    /// How many words there are; more than `words` when the cap was reached.
    pub total: u64,
}

/// Given names of places that a gazetteer knows to lie inside another place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LyingIn {
    /// Names that lie nowhere else.
    pub surely: Vec<String>,
    /// Names that lie elsewhere in some articles.
    pub partly: Vec<String>,
}

/// What an archive knows, as far as understanding a query needs it.
pub trait Vocabulary {
    /// Values of a field that the typed text names: the value itself, else those equal when folded, else those
    /// that hold all its words; most articles first. The bare name of a place names it at any level of a path.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn values(&self, field: Field, typed: &str) -> Result<Vec<Candidate>>;

    /// Values of a field nearest in spelling to the typed text, best first, at most `limit`.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn nearest(&self, field: Field, typed: &str, limit: usize) -> Result<Vec<Candidate>>;

    /// Values of a field that hold, for each of these, a word spelled so, all of them; most articles first. Of a path the
    /// last steps are looked at, one for each list.
    ///
    /// # Errors
    /// `Query` for a regular expression that cannot be understood; when the index cannot be read.
    fn alike(&self, field: Field, steps: &[Vec<Expansion>]) -> Result<Vec<Candidate>>;

    /// Surnames alone that could be these people's, each with the articles that have none of these people.
    fn unresolved(&self, _people: &[String]) -> Result<Vec<Candidate>> {
        Ok(Vec::new())
    }

    /// Given names of places that lie inside one of these paths, and only there, as far as a gazetteer knows; and those
    /// that lie there in some articles and elsewhere in others.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn lying_in(&self, _places: &[String]) -> Result<LyingIn> {
        Ok(LyingIn::default())
    }

    /// Articles whose date of publication is known, but too vaguely to say whether it lies inside `range`.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn too_vague(&self, range: DayRange) -> Result<u64>;

    /// Whether any article prints this word.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn has_word(&self, word: &WordPattern) -> Result<bool>;

    /// The ways in which the archive's articles print a word with hyphens: `cease`, `fire` for `ceasefire`.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn splits(&self, form: &str) -> Result<Vec<Vec<String>>>;

    /// The printed words that an expansion stands for.
    ///
    /// # Errors
    /// `Query` when a regular expression cannot be understood; when the index cannot be read.
    fn expand(&self, expansion: &Expansion) -> Result<Expanded>;

    /// Printed words nearest in spelling to a folded one, best first, at most `limit`; never the word itself.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn similar(&self, form: &str, limit: usize) -> Result<Vec<Candidate>>;
}

/// What counts count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// Articles.
    #[default]
    Articles,
    /// Single occurrences.
    Mentions,
}

/// The step of a count by date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Years only.
    Year,
    /// Years and months.
    Month,
    /// Years, months and days.
    Day,
}

/// Which values of a field are to be counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetRequest {
    /// The field; one for which `Field::is_facet`.
    pub field: Field,
    /// Most values on each level; `None` = all.
    pub limit: Option<usize>,
    /// Only values below this one.
    pub under: Option<String>,
    /// Only values that begin so, case and accents folded.
    pub prefix: Option<String>,
    /// For dates: how deep; years only unless told.
    pub by: Option<Step>,
    /// What is counted.
    pub of: Unit,
    /// Nest places and dates (`facets`), or list each value as given (the footer of `search`).
    pub nested: bool,
}

impl FacetRequest {
    /// Every value of a field as it stands, by articles.
    pub fn all(field: Field) -> Self {
        Self { field, limit: None, under: None, prefix: None, by: None, of: Unit::Articles, nested: false }
    }
}
