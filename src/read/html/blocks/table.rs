//! Tables that hold data, a line for each row; tables that lay out a page are none.
//!
//! It never reads a table with another one inside.

use super::{Block, BlockKind, is_breaking};
use crate::{
    article::Traced,
    read::html::tree::{Kind, NodeId, Tree, is_seen},
};

/// Most code points a cell of data has, on average and at all.
const AVERAGE: usize = 60;
const LONGEST: usize = 400;

/// A table of data as one block; `None` when it only lays out a page.
pub(super) fn rows(tree: &Tree, table: NodeId) -> Option<Option<Block>> {
    let inside = tree.within(table).skip(1);
    let mut rows: Vec<Vec<Traced>> = Vec::new();
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
    let cells: Vec<&Traced> = rows.iter().flatten().filter(|cell| !cell.is_empty()).collect();
    let letters: usize = cells.iter().map(|cell| cell.chars().count()).sum();
    let wide = rows.iter().filter(|row| row.len() >= 2).count();
    if rows.len() < 2 || wide * 2 < rows.len() || letters > AVERAGE * cells.len() {
        return None;
    }
    let said = |row: &[Traced], between: &str| Traced::together(row.iter().filter(|cell| !cell.is_empty()), between);
    let rows = rows.iter().map(|row| said(row, " | "));
    let text = said(&caption.into_iter().chain(rows).collect::<Vec<_>>(), "\n");
    let block =
        Block { kind: BlockKind::Table, letters: text.chars().count(), text, node: table, start: table, linked };
    Some((!block.text.is_empty()).then_some(block))
}

/// A cell's text, a blank where its paragraphs part; `None` when it is too long for data.
fn cell(tree: &Tree, id: NodeId) -> Option<Traced> {
    let mut text = Traced::default();
    for id in tree.within(id) {
        if text.len() > 4 * LONGEST {
            return None;
        }
        match tree.node(id).map(|node| &node.kind) {
            Some(Kind::Text(more)) if !["script", "style", "noscript"].contains(&tree.tag(tree.parent(id))) => {
                text.append(more, 0..more.len());
            }
            Some(Kind::Element(tag, _)) if is_breaking(tag) || &**tag == "br" => text.part(" "),
            _ => {}
        }
    }
    Some(text.joined(is_seen))
}
