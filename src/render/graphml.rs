//! Who is named with whom as GraphML, for Gephi, Cytoscape, igraph and networkx.
//!
//! All is written at the end, since a weight is known only when every row has passed.

use std::io::{self, Write};

use super::{
    graph::{self, Edge, Graph},
    hitlist::{Head, HitList},
    xml::{HEAD, xml},
};
use crate::hit::Provenance;

/// Begins a list; nothing stands before the last row.
///
/// # Errors
/// None.
pub fn begin<'a>(_: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    Ok(graph::begin(put, out))
}

fn put(graph: &Graph, provenance: &Provenance, out: &mut dyn Write) -> io::Result<()> {
    let marker = serde_json::to_string(&serde_json::json!({"morgue_export": provenance}))?;
    write_graph(graph, &format!("<desc>{}</desc>\n", xml(&marker)), out)
}

/// Writes a graph that was counted elsewhere.
///
/// # Errors
/// Those of the writer.
pub fn graph(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    write_graph(graph, "", out)
}

/// What nodes and edges say.
const KEYS: &str = r#"<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="count" for="node" attr.name="count" attr.type="long"/>
<key id="weight" for="edge" attr.name="weight" attr.type="double"/>
<key id="sentences" for="edge" attr.name="sentences" attr.type="long"/>
<key id="score" for="edge" attr.name="score" attr.type="double"/>
"#;

fn write_graph(graph: &Graph, description: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{HEAD}<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    write!(out, "{description}{KEYS}")?;
    writeln!(out, "<graph id=\"G\" edgedefault=\"undirected\">")?;
    for (number, node) in graph.nodes.iter().enumerate() {
        let mut values = data("label", &node.name) + &data("kind", &node.kind);
        values += &node.count.map(|count| data("count", &count.to_string())).unwrap_or_default();
        writeln!(out, "<node id=\"n{number}\">{values}</node>")?;
    }
    for (number, Edge { source, target, articles, pair }) in graph.edges.iter().enumerate() {
        let mut values = data("weight", &format!("{articles}.0"));
        if let Some((sentences, score)) = pair {
            values += &(data("sentences", &sentences.to_string()) + &data("score", &format!("{score:?}")));
        }
        writeln!(out, "<edge id=\"e{number}\" source=\"n{source}\" target=\"n{target}\">{values}</edge>")?;
    }
    writeln!(out, "</graph>\n</graphml>")
}

fn data(key: &str, value: &str) -> String {
    format!("<data key=\"{key}\">{}</data>", xml(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{
        graph::tests::{hits, pairs},
        hitlist::{Row, Rows},
        sample,
    };

    #[test]
    fn names_are_nodes_and_company_is_an_edge() {
        let hits = hits();
        let rows: Vec<Row<'_>> = hits.iter().map(Row::Article).collect();
        let written = sample::written(begin, Rows::Articles, &rows);
        let texts = sample::texts(&written);
        assert_eq!(texts[1..4], ["Ada <Moran>", "person", "2"]);
        assert_eq!(texts[texts.len() - 3..], ["2.0", "1.0", "1.0"]);
        assert_eq!(sample::elements(&written).iter().filter(|(name, _)| name == "edge").count(), 3);
    }

    #[test]
    fn counted_pairs_have_their_scores() {
        let mut out = Vec::new();
        graph(&Graph::of_pairs(&pairs()), &mut out).unwrap();
        let texts = sample::texts(std::str::from_utf8(&out).unwrap());
        assert_eq!(texts[texts.len() - 3..], ["2.0", "1", "-0.5"]);
    }
}
