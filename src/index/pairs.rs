//! Pairs of names: in how many articles and sentences both stand, over any set of matches.
//!
//! Articles count by their lists of names, as facets do; sentences by the mention columns. Names are ordinals of a
//! segment there; each is looked up once and becomes a number of the whole index, so that pairs are pairs of numbers.

mod side;

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    ops::Range,
};

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

/// Most pairs that are held at a time, about: 70 MB. Where an archive has more, its articles are read again for the rest.
const MOST: usize = 3_500_000;
/// Rows beside those that are wanted that are gathered before the best are chosen.
const SPARE: usize = 1 << 16;

impl Reader {
    /// Counts names that stand together in the articles of a plan.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn pairs(&self, plan: &Plan, request: &PairRequest) -> Result<Paired> {
        let matches = Matches::of(self, plan, None)?;
        let fields = [request.left, request.right];
        let sides = if request.left == request.right { 1 } else { 2 };
        let mut names = [Names::default(), Names::default()];
        let mut segments = Vec::new();
        for (segment, reader) in matches.segments.iter().zip(self.searcher.segment_readers()) {
            let mut columns = Vec::new();
            for (side, (field, names)) in fields.into_iter().zip(&mut names).enumerate().take(sides) {
                let with = request.with.as_ref().filter(|_| side == 0);
                columns.push(Side::open(self, reader, field)?.numbered((names, with), &segment.docs)?);
            }
            segments.push((columns, segment));
        }
        let table = Table::of(request, &names, MOST);
        Ok(table.counted(matches.count(), |table| segments.iter_mut().for_each(|segment| table.add(segment))))
    }
}

/// The names of one field over all segments.
#[derive(Default)]
struct Names {
    numbers: HashMap<String, u32>,
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
        self.wanted.push(with.is_none_or(|with| is_one(name, with)));
        number
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

/// Pairs on their way to being counted.
struct Table<'n> {
    request: &'n PairRequest,
    /// Of the first and of the second field; of one field only the first are used.
    names: &'n [Names; 2],
    /// The names themselves, by number.
    printed: [Vec<&'n str>; 2],
    /// By number: how many articles list a name.
    articles: [Vec<u32>; 2],
    pairs: Pairs,
    /// The first names whose pairs are counted now: fewer than all where there are too many pairs.
    now: Range<u32>,
    most: usize,
}

impl<'n> Table<'n> {
    fn of(request: &'n PairRequest, names: &'n [Names; 2], most: usize) -> Self {
        let printed = names.each_ref().map(Names::by_number);
        let articles = printed.each_ref().map(|names| vec![0; names.len()]);
        Self { request, names, printed, articles, pairs: Pairs::default(), now: 0..u32::MAX, most }
    }

    fn is_equal(&self) -> bool {
        self.request.left == self.request.right
    }

    /// The pairs of so many articles, the most telling first; `read` adds all articles, once more for each part of the
    /// names whose pairs are held at a time.
    fn counted(mut self, articles: u64, mut read: impl FnMut(&mut Self)) -> Paired {
        let limit = self.request.limit.unwrap_or(usize::MAX);
        let (mut rows, mut distinct) = (Vec::new(), 0);
        loop {
            self.articles.iter_mut().for_each(|articles| articles.fill(0));
            read(&mut self);
            distinct += self.pairs.len() as u64;
            for (key, together) in &self.pairs {
                rows.push(self.row(*key, *together, articles));
                if rows.len() >= limit.saturating_add(SPARE) {
                    cut(&mut rows, limit);
                }
            }
            if self.now.end == u32::MAX {
                break;
            }
            self.now = self.now.end..u32::MAX;
            self.pairs.clear();
        }
        cut(&mut rows, limit);
        Paired { pairs: rows.into_iter().map(Pair::from).collect(), distinct }
    }

    fn add(&mut self, (columns, segment): &mut (Vec<Side>, &SegmentMatches)) {
        let mut own: [Vec<u32>; 2] = Default::default();
        let mut stand: [Vec<(u64, u32)>; 2] = Default::default();
        for doc in segment.docs.iter().copied() {
            for (side, column) in columns.iter_mut().enumerate() {
                column.listed(doc, &mut own[side]);
                column.standing(doc, &mut stand[side]);
            }
            self.add_article(&own, &stand);
        }
    }

    /// Counts the pairs of one article; of one field only the first lists are there.
    fn add_article(&mut self, own: &[Vec<u32>; 2], stand: &[Vec<(u64, u32)>; 2]) {
        for (articles, own) in self.articles.iter_mut().zip(own) {
            own.iter().for_each(|number| articles[*number as usize] += 1);
        }
        let other = usize::from(!self.is_equal());
        self.pair_up(&own[0], &own[other], |together| together.articles += 1);
        self.pair_sentences(&stand[0], &stand[other]);
    }

    /// Counts each pair of two lists once; the lists are sorted, and the same one for pairs among equals.
    fn pair_up(&mut self, left: &[u32], right: &[u32], count: impl Fn(&mut Together)) {
        let (names, is_equal) = (&self.names[0], self.is_equal());
        let from = left.partition_point(|a| *a < self.now.start);
        for (at, a) in left.iter().enumerate().skip(from) {
            if *a >= self.now.end {
                break;
            }
            let is_wanted = names.is_wanted(*a);
            if !is_wanted && !is_equal {
                continue;
            }
            let others = if is_equal { right.get(at + 1..).unwrap_or_default() } else { right };
            for b in others.iter().filter(|b| is_wanted || names.is_wanted(**b)) {
                count(self.pairs.entry(key(*a, *b)).or_default());
            }
            if self.pairs.len() > self.most {
                self.narrow();
            }
        }
    }

    /// Leaves the later half of the pairs to another reading; those of one name stay together.
    fn narrow(&mut self) {
        if self.now.len() < 2 {
            return;
        }
        let mut lefts: Vec<u32> = self.pairs.keys().map(|key| halves(*key).0).collect();
        let middle = lefts.len() / 2;
        let (_, median, _) = lefts.select_nth_unstable(middle);
        self.now.end = (*median).max(self.now.start + 1);
        self.pairs.retain(|key, _| halves(*key).0 < self.now.end);
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

    /// A pair with its names and score, among so many articles.
    fn row(&self, key: u64, together: Together, articles: u64) -> Row<'n> {
        let (a, b) = halves(key);
        let other = usize::from(!self.is_equal());
        let listed = |side: usize, number: u32| u64::from(self.articles[side][number as usize]);
        let (in_a, in_b, both) = (listed(0, a), listed(other, b), u64::from(together.articles));
        let outside = (in_b.saturating_sub(both), articles.saturating_sub(in_a));
        let (first, second) = (self.printed[0][a as usize], self.printed[other][b as usize]);
        let is_turned = self.is_turned((a, first), (b, second));
        let (first, second) = if is_turned { (second, first) } else { (first, second) };
        Row { a: first, b: second, together, score: log_likelihood((both, in_a), outside) }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::field::Field;

    type Articles = Vec<([Vec<u32>; 2], [Vec<(u64, u32)>; 2])>;

    fn articles() -> impl Strategy<Value = Articles> {
        let list = || prop::collection::btree_set(0_u32..9, 0..6).prop_map(|set| set.into_iter().collect());
        let rows = || prop::collection::btree_set((0_u64..3, 0_u32..9), 0..9).prop_map(|set| set.into_iter().collect());
        prop::collection::vec(([list(), list()], [rows(), rows()]), 0..9)
    }

    fn counted(articles: &Articles, right: Field, limit: Option<usize>, most: usize) -> (Vec<Pair>, u64, usize) {
        let request = PairRequest { left: Field::Person, right, with: None, limit };
        let mut names = [Names::default(), Names::default()];
        for names in &mut names {
            (0..9).for_each(|name| assert_eq!(names.number(&name.to_string(), None), name));
        }
        let (mut readings, mut held) = (0, 0);
        let paired = Table::of(&request, &names, most).counted(articles.len() as u64, |table| {
            readings += 1;
            for (own, stand) in articles {
                table.add_article(own, stand);
                held = held.max(table.pairs.len());
            }
        });
        assert!(held <= most.saturating_add(9) && (readings == 1 || most < 90), "{held} {readings}");
        (paired.pairs, paired.distinct, readings)
    }

    proptest! {
        #[test]
        fn pairs_counted_in_parts_are_the_same(articles in articles(), limit in prop::option::of(0_usize..20)) {
            for right in [Field::Person, Field::Place] {
                let (pairs, distinct, _) = counted(&articles, right, limit, usize::MAX);
                let (again, also, readings) = counted(&articles, right, limit, 5);
                prop_assert_eq!((&again, also), (&pairs, distinct));
                prop_assert!(readings > 1 || distinct <= 14, "{}", distinct);
            }
        }
    }
}
