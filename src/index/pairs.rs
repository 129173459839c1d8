//! Pairs of names: in how many articles and sentences both stand, over any set of matches.
//!
//! Articles count by their lists of names, as facets do; sentences by the mention columns. Names are ordinals of a
//! segment there; each is looked up once and becomes a number of the whole index, so that pairs are pairs of numbers.

mod side;

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use tantivy::SegmentReader;

use self::side::Side;
use super::{
    Reader,
    matches::{Matches, SegmentMatches},
    score::log_likelihood,
};
use crate::{
    entity::EntityKind,
    error::Result,
    hit::Pair,
    plan::{EntityNode, PairRequest, Plan},
};

/// The pairs that were counted: those asked for, and how many distinct ones there are in all.
pub(crate) struct Paired {
    pub(crate) pairs: Vec<Pair>,
    pub(crate) distinct: u64,
}

/// In how many articles and sentences two names stand.
#[derive(Debug, Clone, Copy, Default)]
struct Together {
    articles: u32,
    sentences: u32,
}

/// A pair of numbers of names, the first above the second half.
type Pairs = HashMap<u64, Together, BuildHasherDefault<Spread>>;

/// Spreads the bits of a number over a table; pairs come from no adversary.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }
    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

impl Reader {
    /// Counts names that stand together in the articles of a plan.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn pairs(&self, plan: &Plan, request: &PairRequest) -> Result<Paired> {
        let matches = Matches::of(self, plan, None)?;
        let mut table = Table { request, names: [Names::default(), Names::default()], pairs: Pairs::default() };
        for (segment, reader) in matches.segments.iter().zip(self.searcher.segment_readers()) {
            table.add(self, reader, segment)?;
        }
        Ok(table.finish(matches.count()))
    }
}

/// The names of one field over all segments.
#[derive(Default)]
struct Names {
    numbers: HashMap<String, u32>,
    /// By number: how many articles list it.
    articles: Vec<u32>,
    /// By number: whether it is one of those asked for.
    wanted: Vec<bool>,
}

impl Names {
    fn number(&mut self, name: &str, with: Option<&EntityNode>) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.articles.push(0);
        self.wanted.push(with.is_none_or(|with| is_one(name, with)));
        number
    }

    /// How many articles list a name.
    fn listed(&self, number: u32) -> u64 {
        self.articles.get(number as usize).map_or(0, |articles| u64::from(*articles))
    }

    fn by_number(&self) -> Vec<&str> {
        let mut names = vec![""; self.numbers.len()];
        self.numbers.iter().for_each(|(name, number)| names[*number as usize] = name);
        names
    }

    fn is_wanted(&self, number: u32) -> bool {
        self.wanted.get(number as usize).copied().unwrap_or(false)
    }
}

/// Whether a name is one of an entity's; of a place also all below it.
fn is_one(name: &str, entity: &EntityNode) -> bool {
    let is_below = |above: &String| name.strip_prefix(above.as_str()).is_some_and(|rest| rest.starts_with('/'));
    let is = |own: &String| own == name || entity.kind == EntityKind::Place && is_below(own);
    entity.names.as_ref().is_none_or(|names| names.iter().any(is))
}

struct Table<'r> {
    request: &'r PairRequest,
    /// Of the first and of the second field; of one field only the first are used.
    names: [Names; 2],
    pairs: Pairs,
}

impl Table<'_> {
    fn is_equal(&self) -> bool {
        self.request.left == self.request.right
    }

    fn add(&mut self, of: &Reader, reader: &SegmentReader, segment: &SegmentMatches) -> Result<()> {
        let sides = if self.is_equal() { 1 } else { 2 };
        let mut columns = Vec::new();
        for (side, field) in [self.request.left, self.request.right].into_iter().enumerate().take(sides) {
            let with = self.request.with.as_ref().filter(|_| side == 0);
            columns.push(Side::open(of, reader, field)?.numbered((&mut self.names[side], with), &segment.docs)?);
        }
        let mut own: [Vec<u32>; 2] = Default::default();
        let mut stand: [Vec<(u64, u32)>; 2] = Default::default();
        for doc in segment.docs.iter().copied() {
            for (side, column) in columns.iter_mut().enumerate() {
                column.listed(doc, &mut own[side]);
                own[side].iter().for_each(|number| self.names[side].articles[*number as usize] += 1);
                column.standing(doc, &mut stand[side]);
            }
            self.pair_up(&own[0], &own[sides - 1], |together| together.articles += 1);
            self.pair_sentences(&stand[0], &stand[sides - 1]);
        }
        Ok(())
    }

    /// Counts each pair of two lists once; the lists are sorted, and the same one for pairs among equals.
    fn pair_up(&mut self, left: &[u32], right: &[u32], count: impl Fn(&mut Together)) {
        let names = &self.names[0];
        if self.request.left != self.request.right {
            for a in left.iter().filter(|a| names.is_wanted(**a)) {
                right.iter().for_each(|b| count(self.pairs.entry(key(*a, *b)).or_default()));
            }
            return;
        }
        for (at, a) in left.iter().enumerate() {
            let is_wanted = names.is_wanted(*a);
            for b in left.iter().skip(at + 1).filter(|b| is_wanted || names.is_wanted(**b)) {
                count(self.pairs.entry(key(*a, *b)).or_default());
            }
        }
    }

    /// Counts the pairs of each sentence; rows are sorted by sentence and number.
    fn pair_sentences(&mut self, left: &[(u64, u32)], right: &[(u64, u32)]) {
        let mut rest = right;
        for group in left.chunk_by(|a, b| a.0 == b.0) {
            let Some((sentence, _)) = group.first() else { continue };
            let from = rest.partition_point(|row| row.0 < *sentence);
            let to = rest.partition_point(|row| row.0 <= *sentence);
            let numbers = |rows: &[(u64, u32)]| rows.iter().map(|row| row.1).collect::<Vec<u32>>();
            let others = numbers(rest.get(from..to).unwrap_or_default());
            self.pair_up(&numbers(group), &others, |together| together.sentences += 1);
            rest = rest.get(from..).unwrap_or_default();
        }
    }

    /// The pairs with their names and scores, the most telling first.
    fn finish(self, articles: u64) -> Paired {
        let sides = [&self.names[0], &self.names[usize::from(!self.is_equal())]];
        let names = sides.map(Names::by_number);
        let row = |(key, together): (&u64, &Together)| {
            let (a, b) = halves(*key);
            let (in_a, in_b, both) = (sides[0].listed(a), sides[1].listed(b), u64::from(together.articles));
            let outside = (in_b.saturating_sub(both), articles.saturating_sub(in_a));
            let (first, second) = (names[0][a as usize], names[1][b as usize]);
            let is_turned = self.is_turned((a, first), (b, second));
            let (first, second) = if is_turned { (second, first) } else { (first, second) };
            Row { a: first, b: second, together: *together, score: log_likelihood((both, in_a), outside) }
        };
        let mut rows: Vec<Row<'_>> = self.pairs.iter().map(row).collect();
        cut(&mut rows, self.request.limit.unwrap_or(usize::MAX));
        Paired { pairs: rows.into_iter().map(Pair::from).collect(), distinct: self.pairs.len() as u64 }
    }

    /// Whether the second of two equals is to stand first: the name asked for does, else the first by letters.
    fn is_turned(&self, (a, first): (u32, &str), (b, second): (u32, &str)) -> bool {
        let is_asked = |number| self.request.with.is_some() && self.names[0].is_wanted(number);
        self.is_equal() && if is_asked(a) == is_asked(b) { second < first } else { is_asked(b) }
    }
}

/// A pair on its way out.
struct Row<'n> {
    a: &'n str,
    b: &'n str,
    together: Together,
    score: f64,
}

impl From<Row<'_>> for Pair {
    fn from(row: Row<'_>) -> Self {
        let (articles, sentences) = (row.together.articles.into(), row.together.sentences.into());
        Self { a: row.a.to_owned(), b: row.b.to_owned(), articles, sentences, score: row.score }
    }
}

/// Sorts the most telling pairs to the front and drops those behind the limit.
fn cut(rows: &mut Vec<Row<'_>>, limit: usize) {
    let order = |x: &Row<'_>, y: &Row<'_>| {
        let telling = y.score.total_cmp(&x.score).then(y.together.articles.cmp(&x.together.articles));
        telling.then_with(|| (x.a, x.b).cmp(&(y.a, y.b)))
    };
    if limit < rows.len() {
        rows.select_nth_unstable_by(limit, order);
        rows.truncate(limit);
    }
    rows.sort_unstable_by(order);
}

fn key(a: u32, b: u32) -> u64 {
    let (a, b) = (u64::from(a), u64::from(b));
    a << 32 | b
}

fn halves(key: u64) -> (u32, u32) {
    ((key >> 32) as u32, (key & u64::from(u32::MAX)) as u32)
}
