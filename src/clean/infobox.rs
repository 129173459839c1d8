//! A box of facts that became lines of the text: `Name …`, `Date of Birth …`, `Career Highlights` with bullets below.
//!
//! It never takes a paragraph for one: every line must be short, and some must begin with labels that boxes have.

use std::ops::Range;

use serde_json::{Map, Value};

use super::sheet::Sheet;
use crate::{article::PartKind, text};

/// Longest line of a box, in bytes.
const LONGEST: usize = 250;
/// Fewest lines that begin with a label of boxes.
const FEWEST: usize = 3;

/// Heads of flattened tables, folded.
const HEADS: &[&str] = &[
    "aspect details",
    "aspect detail",
    "attribute details",
    "attribute value",
    "attribute information",
    "category details",
    "category information",
    "fact details",
    "feature details",
    "field details",
    "field value",
    "item details",
    "detail information",
    "key facts",
    "at a glance",
    "fact file",
    "factfile",
    "factbox",
];

/// Labels of boxes, folded; the longest that fits counts.
const LABELS: &[&str] = &[
    "name",
    "full name",
    "birth name",
    "nickname",
    "also known as",
    "born",
    "birth",
    "birth date",
    "birthplace",
    "date of birth",
    "place of birth",
    "died",
    "date of death",
    "place of death",
    "age",
    "nationality",
    "citizenship",
    "residence",
    "education",
    "alma mater",
    "occupation",
    "profession",
    "career",
    "career highlights",
    "position",
    "title",
    "office",
    "term of office",
    "years active",
    "political affiliation",
    "political party",
    "party",
    "religion",
    "spouse",
    "children",
    "parents",
    "known for",
    "notable works",
    "awards",
    "net worth",
    "height",
    "website",
    "website for reference",
    "official website",
    "reference",
    "founded",
    "founder",
    "founders",
    "headquarters",
    "industry",
    "revenue",
    "employees",
    "number of employees",
    "key people",
    "parent company",
    "population",
    "capital",
    "area",
    "official language",
    "currency",
    "location",
    "established",
    "status",
    "type",
];

/// A label with its values, in the order of the box.
pub(super) type Pairs = Vec<(String, Vec<String>)>;

/// Sets boxes apart; their labels and values.
pub(super) fn mark(sheet: &mut Sheet<'_>) -> Pairs {
    let mut pairs = Pairs::new();
    for block in sheet.blocks().to_vec() {
        if sheet.is_open(&block)
            && let Some(found) = pairs_of(sheet, &block)
        {
            pairs.extend(found);
            sheet.set_block_apart(block, PartKind::Infobox);
        }
    }
    pairs
}

/// Keeps the pairs under `infobox`: label to value, or to a list where there are several; what stands there already stays.
pub(super) fn keep(pairs: Pairs, extra: &mut Map<String, Value>) {
    if pairs.is_empty() {
        return;
    }
    let Value::Object(boxes) = extra.entry("infobox").or_insert_with(|| Value::Object(Map::new())) else { return };
    for (label, mut values) in pairs {
        let value = match (values.len(), values.pop()) {
            (0 | 1, last) => last.map_or(Value::Null, Value::String),
            (_, last) => values.into_iter().chain(last).collect(),
        };
        boxes.entry(label).or_insert(value);
    }
}

/// The pairs of a block that is a box.
fn pairs_of(sheet: &Sheet<'_>, block: &Range<usize>) -> Option<Pairs> {
    if block.len() < FEWEST || block.clone().any(|number| sheet.line(number).len() > LONGEST) {
        return None;
    }
    let has_head = HEADS.contains(&text::fold(sheet.line(block.start)).trim_end_matches(':'));
    let mut pairs = Pairs::new();
    let mut labelled = 0;
    let mut odd = 0;
    for number in block.clone().skip(usize::from(has_head)) {
        let line = sheet.line(number);
        if let Some(item) = bullet(line) {
            pairs.last_mut()?.1.push(item.to_owned());
            continue;
        }
        let is_list = number + 1 < block.end && bullet(sheet.line(number + 1)).is_some();
        let (label, value) = match labelled_line(line) {
            Some(pair) => {
                labelled += 1;
                pair
            }
            None if is_list => (line.trim_end_matches(':'), ""),
            None => {
                odd += 1;
                continue;
            }
        };
        pairs.push((label.to_owned(), (!value.is_empty()).then(|| value.to_owned()).into_iter().collect()));
    }
    let fewest = if has_head { FEWEST - 1 } else { FEWEST };
    (labelled >= fewest && odd <= labelled / 2).then_some(pairs)
}

/// What stands behind a bullet.
fn bullet(line: &str) -> Option<&str> {
    line.strip_prefix(['•', '◦', '▪', '‣', '*', '·']).map(str::trim).filter(|item| !item.is_empty())
}

/// Label and value of a line that begins with a label of boxes, with a colon or without.
fn labelled_line(line: &str) -> Option<(&str, &str)> {
    let first = line.bytes().next().filter(u8::is_ascii_uppercase)?;
    let fits = |label: &&&str| {
        if !label.as_bytes().starts_with(&[first.to_ascii_lowercase()]) {
            return false;
        }
        let head = line.get(..label.len());
        let rest = line.get(label.len()..).unwrap_or_default();
        head.is_some_and(|head| head.eq_ignore_ascii_case(label))
            && (rest.is_empty() || rest.starts_with([':', ' ', '\t']))
    };
    let label = LABELS.iter().filter(fits).max_by_key(|label| label.len())?;
    let (label, value) = line.split_at_checked(label.len())?;
    let value = value.trim_start_matches([':', ' ', '\t']).trim();
    // A sentence may begin with such a word; its next is in small letters.
    let is_value = value.is_empty() || !value.starts_with(char::is_lowercase);
    is_value.then_some((label, value))
}
