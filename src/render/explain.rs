//! A query as a tree: what each part finds by itself, and the words it stands for.
//!
//! Counts stand in columns on the left, so that the tree may be as deep as it likes.

use std::io::{self, Write};

use super::{
    Ink, Look,
    layout::{clip, number, one_line, pad_start, width},
};
use crate::hit::Explained;

/// Columns of each count.
const COUNT: usize = 9;

/// Writes the tree, one part a line.
///
/// # Errors
/// Those of the writer.
pub fn tree(explained: &Explained, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let head = format!("{} {}  query", pad_start("articles", COUNT), pad_start("mentions", COUNT));
    writeln!(out, "{}", look.ink(Ink::Faint, &head))?;
    part(explained, (0, look), out)
}

fn part(explained: &Explained, (depth, look): (usize, &Look), out: &mut dyn Write) -> io::Result<()> {
    let indent = "  ".repeat(depth);
    let articles = pad_start(&number(explained.articles), COUNT);
    let mentions = pad_start(&explained.mentions.map_or_else(|| "–".to_owned(), number), COUNT);
    let room = look.width.saturating_sub(2 * COUNT + 3 + indent.len()).max(COUNT);
    let text = clip(&one_line(&explained.text), room);
    writeln!(out, "{articles} {mentions}  {indent}{text}")?;
    let blanks = " ".repeat(2 * COUNT + 3);
    if let Some(words) = words(explained, room.saturating_sub(2)) {
        writeln!(out, "{blanks}{indent}  {}", look.ink(Ink::Faint, &words))?;
    }
    if explained.searched_words < explained.total_words {
        let (searched, total) = (number(explained.searched_words), number(explained.total_words));
        writeln!(out, "{blanks}{indent}  only the {searched} in most articles of {total} are searched")?;
    }
    for child in &explained.children {
        part(child, (depth + 1, look), out)?;
    }
    if explained.uncounted > 0 {
        writeln!(out, "{blanks}{indent}  … {} more parts", number(explained.uncounted))?;
    }
    Ok(())
}

/// `= witness 12 · wit 4 · … 130 more`, as many as fit; nothing for a part that stands for itself.
fn words(explained: &Explained, columns: usize) -> Option<String> {
    let is_itself = matches!(explained.words.as_slice(), [one] if explained.text.ends_with(&one.word));
    if is_itself {
        return None;
    }
    let words: Vec<String> =
        explained.words.iter().map(|word| format!("{} {}", one_line(&word.word), number(word.articles))).collect();
    let first = |count: usize| {
        let line = format!("= {}", words.iter().take(count).cloned().collect::<Vec<_>>().join(" · "));
        match explained.total_words.saturating_sub(count as u64) {
            0 => line,
            more => format!("{line} · … {} more", number(more)),
        }
    };
    (1..=words.len()).rev().map(first).find(|line| width(line) <= columns).or_else(|| words.first().map(|_| first(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::ExplainedWord;

    #[test]
    fn a_tree_has_aligned_counts() {
        let leaf = |text: &str, articles, mentions| Explained {
            text: text.into(),
            articles,
            mentions,
            ..Explained::default()
        };
        let word = |word: &str, articles| ExplainedWord { word: word.into(), articles };
        let wild = Explained {
            words: vec![word("flood", 1203), word("floods", 7)],
            total_words: 132,
            searched_words: 100,
            ..leaf("flo*", 1207, Some(3400))
        };
        let person = Explained {
            words: vec![word("Ada Moran", 3)],
            total_words: 1,
            searched_words: 1,
            ..leaf("person:moran", 3, Some(5))
        };
        let either =
            Explained { children: vec![wild, leaf("dam", 9, Some(12))], ..leaf("flo* OR dam", 1210, Some(3412)) };
        let root = Explained {
            children: vec![either, person, leaf("lang:fr", 80, None)],
            uncounted: 4,
            ..leaf("(flo* OR dam) person:moran lang:fr", 0, Some(0))
        };
        let mut out = Vec::new();
        tree(&root, &Look::plain(60), &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }
}
