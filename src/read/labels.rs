//! Labels at the head of a plain text: lines such as `Author: Nora Vell`, up to the first blank line.
//!
//! It takes all of these lines for fields or none: a text that begins with a colon somewhere is a text.

use serde_json::{Map, Value};

use super::{
    alias::{Aliases, Slot},
    json::Object,
};

/// Most lines, and most characters of a label.
const MOST: usize = 30;
const LONGEST: usize = 30;
/// Fewest labels that name fields of ours.
const FEWEST: usize = 2;
/// Fields without which a block of labels is not about an article: `Date:` and `Place:` may announce a concert.
const ARTICLES: [Slot; 5] = [Slot::Title, Slot::Byline, Slot::Authors, Slot::Source, Slot::Url];

/// The fields of such a head, and the byte behind it.
pub(super) fn of(text: &str, aliases: &Aliases) -> Option<(Object, usize)> {
    let start = text.len() - text.trim_start().len();
    let (mut at, mut object) = (start, Object { map: Map::new(), repeated: Vec::new() });
    let mut slots = Vec::new();
    for line in text.get(start..)?.split_inclusive('\n') {
        at += line.len();
        if line.trim().is_empty() {
            break;
        }
        let (label, value) = labelled(line).filter(|_| slots.len() < MOST)?;
        slots.push(aliases.find(label).map(|known| known.slot));
        if object.map.insert(label.to_owned(), Value::from(value)).is_some() {
            object.repeated.push(label.to_owned());
        }
    }
    let is_text = slots.iter().flatten().any(|slot| matches!(slot, Slot::Body | Slot::Extra));
    let is_of_article = slots.iter().flatten().any(|slot| ARTICLES.contains(slot));
    let known = slots.iter().flatten().filter(|slot| !matches!(slot, Slot::Ignored)).count();
    (!is_text && is_of_article && known >= FEWEST).then_some((object, at))
}

/// Label and value of a line; a label is a few words in letters, and the first begins with a capital.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':')?;
    let is_label = label.starts_with(char::is_uppercase)
        && label.chars().count() <= LONGEST
        && label.split(' ').count() <= 3
        && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '_'));
    is_label.then_some((label, value.trim())).filter(|_| value.is_empty() || value.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    #[test]
    fn a_head_is_all_labels_and_about_an_article() {
        let aliases = Aliases::of(&Settings::default());
        let head = "\nTitle: Bridge: a plan\nAuthor: Nora Vell\nPage: 4\nSection:\n";
        let (object, behind) = of(&format!("{head}\nThe council met."), &aliases).unwrap();
        let expected =
            serde_json::json!({"Title": "Bridge: a plan", "Author": "Nora Vell", "Page": "4", "Section": ""});
        assert_eq!((Value::Object(object.map), behind), (expected, head.len() + 1));
        for none in [
            "Title: Bridge\n\nThe council met.",
            "Date: 5 May 2025\nPlace: Town hall\n\nA concert.",
            "Title: Bridge\nAuthor: Nora Vell\nThe council met.\n",
            "Author: Nora Vell\nText: The council met.\n",
            "The mayor: no comment\nAuthor: Nora Vell\n",
            "URL:x\nAuthor:y\n",
            "",
        ] {
            assert!(of(none, &aliases).is_none(), "{none}");
        }
    }
}
