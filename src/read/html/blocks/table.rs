//! Tables that hold data, a line for each row; tables that lay out a page are none.
//!
//! It never reads a table with another one inside.

use super::{Block, BlockKind, is_breaking};
use crate::read::html::tree::{Kind, NodeId, Tree, joined};

/// Most code points a cell of data has, on average and at all.
const AVERAGE: usize = 60;
const LONGEST: usize = 400;

/// A table of data as one block; `None` when it only lays out a page.
pub(super) fn rows(tree: &Tree, table: NodeId) -> Option<Option<Block>> {
    let inside = tree.within(table).skip(1);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut linked = 0;
    let mut caption = None;
    for id in inside {
        match tree.tag(id) {
            "table" | "article" | "section" | "form" => return None,
            "caption" if caption.is_none() => caption = Some(cell(tree, id)?),
            "tr" => rows.push(Vec::new()),
            "td" | "th" => {
                let text = cell(tree, id)?;
                if text.chars().count() > LONGEST {
                    return None;
                }
                rows.last_mut()?.push(text);
            }
            "a" => linked += tree.short_text(id, 4 * LONGEST).map_or(LONGEST, |text| text.chars().count()),
            _ => {}
        }
    }
    let cells: Vec<&String> = rows.iter().flatten().filter(|cell| !cell.is_empty()).collect();
    let letters: usize = cells.iter().map(|cell| cell.chars().count()).sum();
    let wide = rows.iter().filter(|row| row.len() >= 2).count();
    if rows.len() < 2 || wide * 2 < rows.len() || letters > AVERAGE * cells.len() {
        return None;
    }
    let line = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" | ");
    let lines: Vec<String> = caption.into_iter().chain(rows.iter().map(line)).filter(|line| !line.is_empty()).collect();
    let text = lines.join("\n");
    let block =
        Block { kind: BlockKind::Table, letters: text.chars().count(), text, node: table, start: table, linked };
    Some((!block.text.is_empty()).then_some(block))
}

/// A cell's text, a blank where its paragraphs part; `None` when it is too long for data.
fn cell(tree: &Tree, id: NodeId) -> Option<String> {
    let mut text = String::new();
    for id in tree.within(id) {
        if text.len() > 4 * LONGEST {
            return None;
        }
        match tree.node(id).map(|node| &node.kind) {
            Some(Kind::Text(more)) if !["script", "style", "noscript"].contains(&tree.tag(tree.parent(id))) => {
                text.push_str(more)
            }
            Some(Kind::Element(tag, _)) if is_breaking(tag) || &**tag == "br" => text.push(' '),
            _ => {}
        }
    }
    Some(joined(&text))
}
