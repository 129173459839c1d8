//! Who is named with whom, as a graph: names are nodes, articles that name both are the weight of an edge.
//!
//! What it looks like is said by GEXF and GraphML, which are handed the whole. Names of people, places and organisations count once an
//! article. Nodes and edges are held in memory.

use std::{
    collections::{BTreeSet, HashMap},
    io::{self, Write},
};

use super::{
    hitlist::{HitList, Row},
    one_line,
};
use crate::{
    field::Field,
    hit::{Pair, PairList, Provenance},
};

/// Writes a graph with what says where it comes from.
pub(super) type Put = fn(&Graph, &Provenance, &mut dyn Write) -> io::Result<()>;

/// Begins a list that is written as a graph when its last row has passed; only then is a weight known.
pub(super) fn begin<'a>(put: Put, out: &'a mut dyn Write) -> Box<dyn HitList + 'a> {
    Box::new(Drawn { graph: Graph::default(), put, out })
}

struct Drawn<'a> {
    graph: Graph,
    put: Put,
    out: &'a mut dyn Write,
}

impl HitList for Drawn<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        self.graph.add(row);
        Ok(())
    }

    fn finish(self: Box<Self>, provenance: &Provenance) -> io::Result<()> {
        (self.put)(&self.graph, provenance, self.out)
    }
}

/// Nodes and edges in the order in which they were first seen.
#[derive(Debug, Default)]
pub struct Graph {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    numbers: HashMap<(String, String), u32>,
    pairs: HashMap<(u32, u32), usize>,
}

/// A name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) name: String,
    /// The field it is a name of: `person`, `place`, `org`, `role`.
    pub(super) kind: String,
    /// Articles that name it; unknown where only pairs were counted.
    pub(super) count: Option<u64>,
}

/// Two names that are named together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edge {
    pub(super) source: u32,
    pub(super) target: u32,
    /// Articles that name both.
    pub(super) articles: u64,
    /// Sentences that name both and how telling that is, where pairs were counted.
    pub(super) pair: Option<(u64, f64)>,
}

impl Graph {
    /// The graph of counted pairs.
    pub fn of_pairs(list: &PairList) -> Self {
        let mut graph = Self::default();
        let (left, right) = &list.fields;
        for Pair { a, b, articles, sentences, score } in &list.pairs {
            let (source, target) = (graph.number(left, a), graph.number(right, b));
            graph.edges.push(Edge { source, target, articles: *articles, pair: Some((*sentences, *score)) });
        }
        graph
    }

    /// Takes the names of an article. Mentions bring none: a name alone is in no company.
    pub(super) fn add(&mut self, row: Row<'_>) {
        let Row::Article(hit) = row else { return };
        let lists = [(Field::Person, &hit.people), (Field::Place, &hit.places), (Field::Org, &hit.orgs)];
        let mut named = BTreeSet::new();
        for (field, names) in lists {
            named.extend(names.iter().map(|name| self.number(field.name(), name)));
        }
        for number in &named {
            if let Some(node) = self.nodes.get_mut(*number as usize) {
                node.count = Some(node.count.unwrap_or(0) + 1);
            }
        }
        let named: Vec<u32> = named.into_iter().collect();
        for (at, source) in named.iter().enumerate() {
            named.iter().skip(at + 1).for_each(|target| self.join(*source, *target));
        }
    }

    fn join(&mut self, source: u32, target: u32) {
        let next = self.edges.len();
        let at = *self.pairs.entry((source, target)).or_insert(next);
        match self.edges.get_mut(at) {
            Some(edge) => edge.articles += 1,
            None => self.edges.push(Edge { source, target, articles: 1, pair: None }),
        }
    }

    fn number(&mut self, kind: &str, name: &str) -> u32 {
        let next = self.nodes.len() as u32;
        let number = *self.numbers.entry((kind.to_owned(), name.to_owned())).or_insert(next);
        if number == next {
            self.nodes.push(Node { name: one_line(name), kind: kind.to_owned(), count: None });
        }
        number
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::hit::Hit;

    /// Two articles that name the same two people, one of them with a port.
    pub(in crate::render) fn hits() -> Vec<Hit> {
        let people = vec!["Ada <Moran>".to_owned(), "Tom \"Hale\"".to_owned(), "Ada <Moran>".to_owned()];
        let places = vec!["Tarn".to_owned()];
        vec![Hit { people: people.clone(), places, ..Hit::default() }, Hit { people, ..Hit::default() }]
    }

    /// Two pairs that share a name.
    pub(in crate::render) fn pairs() -> PairList {
        let pair = |b: &str, articles| Pair { a: "Ada".into(), b: b.into(), articles, sentences: 1, score: -0.5 };
        let fields = ("person".to_owned(), "place".to_owned());
        PairList { fields, pairs: vec![pair("Tarn", 3), pair("Ada", 2)], ..PairList::default() }
    }

    #[test]
    fn names_of_an_article_are_joined_once() {
        let mut graph = Graph::default();
        hits().iter().for_each(|hit| graph.add(Row::Article(hit)));
        let nodes: Vec<_> =
            graph.nodes.iter().map(|node| (node.name.as_str(), node.kind.as_str(), node.count)).collect();
        assert_eq!(
            nodes,
            [("Ada <Moran>", "person", Some(2)), ("Tom \"Hale\"", "person", Some(2)), ("Tarn", "place", Some(1))]
        );
        let edges: Vec<_> = graph.edges.iter().map(|edge| (edge.source, edge.target, edge.articles)).collect();
        assert_eq!(edges, [(0, 1, 2), (0, 2, 1), (1, 2, 1)]);
    }

    #[test]
    fn pairs_are_edges_and_kinds_keep_names_apart() {
        let graph = Graph::of_pairs(&pairs());
        assert_eq!((graph.nodes.len(), graph.edges.len()), (3, 2));
        assert_eq!(graph.edges[1], Edge { source: 0, target: 2, articles: 2, pair: Some((1, -0.5)) });
    }
}
