//! Who is named with whom as GEXF 1.3, for Gephi.
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
    let day = provenance.exported.get(..10).unwrap_or_default();
    let meta = format!(
        "<meta lastmodifieddate=\"{}\">\n<creator>{}</creator>\n<description>{}</description>\n</meta>\n",
        xml(day),
        xml(&provenance.tool),
        xml(&serde_json::to_string(&serde_json::json!({"morgue_export": provenance}))?),
    );
    write_graph(graph, &meta, out)
}

/// Writes a graph that was counted elsewhere.
///
/// # Errors
/// Those of the writer.
pub fn graph(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    write_graph(graph, "", out)
}

/// What nodes and edges say beside their names and weights.
const ATTRIBUTES: [&str; 2] = [
    r#"<graph defaultedgetype="undirected" mode="static">
<attributes class="node" mode="static">
<attribute id="kind" title="kind" type="string"/>
"#,
    r#"</attributes>
<attributes class="edge" mode="static">
<attribute id="articles" title="articles" type="long"/>
<attribute id="sentences" title="sentences" type="long"/>
<attribute id="score" title="score" type="double"/>
</attributes>
"#,
];
/// Where articles were counted for each name.
const COUNT: &str = "<attribute id=\"count\" title=\"count\" type=\"long\"/>\n";

fn write_graph(graph: &Graph, meta: &str, out: &mut dyn Write) -> io::Result<()> {
    let [nodes, edges] = ATTRIBUTES;
    let count = if graph.nodes.iter().any(|node| node.count.is_some()) { COUNT } else { "" };
    write!(out, "{HEAD}<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n{meta}{nodes}{count}{edges}")?;
    writeln!(out, "<nodes>")?;
    for (number, node) in graph.nodes.iter().enumerate() {
        let count = node.count.map(|count| value("count", &count.to_string())).unwrap_or_default();
        let kind = value("kind", &node.kind);
        let name = xml(&node.name);
        writeln!(out, "<node id=\"n{number}\" label=\"{name}\"><attvalues>{kind}{count}</attvalues></node>")?;
    }
    writeln!(out, "</nodes>\n<edges>")?;
    for (number, Edge { source, target, articles, pair }) in graph.edges.iter().enumerate() {
        let mut values = value("articles", &articles.to_string());
        if let Some((sentences, score)) = pair {
            values += &(value("sentences", &sentences.to_string()) + &value("score", &format!("{score:?}")));
        }
        let ends = format!("source=\"n{source}\" target=\"n{target}\" weight=\"{articles}.0\"");
        writeln!(out, "<edge id=\"e{number}\" {ends}><attvalues>{values}</attvalues></edge>")?;
    }
    writeln!(out, "</edges>\n</graph>\n</gexf>")
}

fn value(of: &str, value: &str) -> String {
    format!("<attvalue for=\"{of}\" value=\"{}\"/>", xml(value))
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
        let elements = sample::elements(&sample::written(begin, Rows::Articles, &rows));
        let has = |name: &str, attributes: &[(&str, &str)]| {
            let found = elements.iter().any(|(own, has)| {
                own == name && attributes.iter().all(|(key, value)| has.get(*key).is_some_and(|v| v == value))
            });
            assert!(found, "{name} {attributes:?} in {elements:?}");
        };
        has("node", &[("id", "n0"), ("label", "Ada <Moran>")]);
        has("edge", &[("source", "n0"), ("target", "n1"), ("weight", "2.0")]);
        assert_eq!(elements.iter().filter(|(name, _)| name == "edge").count(), 3);
    }

    #[test]
    fn counted_pairs_have_their_scores() {
        let mut out = Vec::new();
        graph(&Graph::of_pairs(&pairs()), &mut out).unwrap();
        let elements = sample::elements(std::str::from_utf8(&out).unwrap());
        assert!(
            elements.iter().any(|(_, has)| has.get("for").is_some_and(|of| of == "score") && has["value"] == "-0.5")
        );
        assert_eq!(elements.iter().filter(|(name, _)| name == "node").count(), 3);
    }
}
