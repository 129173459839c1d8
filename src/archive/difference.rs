//! Two lists compared row by row: what is new, what is gone, what changed. It needs no archive.
//!
//! Rank, score and passages belong to the query and not to the article; they are not compared.

use std::collections::{HashMap, HashSet};

use crate::{
    error::{Error, ErrorKind, Result},
    hit::{Change, ChangedRow, Changes, Difference, SCHEMA_VERSION},
    ledger::BadRow,
    listing::{Listing, Row, Spot},
};

/// Columns that say how a row was found, not what it is.
const PASSING: [&str; 9] = ["rank", "score", "snippets", "left", "match", "right", "start", "end", "surface"];

/// A list to be compared, with the name of its file.
pub type Named<'a> = (&'a str, &'a Listing);

/// What was compared, and the rows of either list that could not be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Compared {
    /// The differences.
    pub difference: Difference,
    /// Rows of the earlier list that were ignored.
    pub old_faults: Vec<BadRow>,
    /// Rows of the later list that were ignored.
    pub new_faults: Vec<BadRow>,
}

/// A row by the article, or the place in it, that it is about.
struct Entry<'a> {
    id: &'a str,
    spot: Option<Spot>,
    row: &'a Row,
}

/// Compares two lists of articles, or two of mentions: by ids, mentions also by place and what is printed there.
///
/// # Errors
/// `Usage` when one is of articles and the other of mentions.
pub fn compare((old_file, old): Named<'_>, (new_file, new): Named<'_>) -> Result<Compared> {
    let kind = kind(old, new)?;
    let (old_entries, old_faults) = entries(old);
    let (new_entries, new_faults) = entries(new);
    let shared: Vec<&str> = old.columns.iter().filter(|name| new.has(name)).map(String::as_str).collect();
    let shared: Vec<&str> = shared.into_iter().filter(|name| !PASSING.contains(name)).collect();
    let (pairs, gone, fresh) = paired(&old_entries, &new_entries);
    let mut rows: Vec<ChangedRow> = fresh.iter().map(|entry| changed(Change::New, (None, Some(entry)))).collect();
    rows.extend(gone.iter().map(|entry| changed(Change::Gone, (Some(entry), None))));
    let (new_count, gone_count) = (fresh.len() as u64, gone.len() as u64);
    let mut summary = Changes { new: new_count, gone: gone_count, ..Changes::default() };
    for (before, after) in pairs {
        let fields = differing(&shared, before, after);
        match fields.is_empty() {
            true => summary.same += 1,
            false => {
                summary.changed += 1;
                rows.push(ChangedRow { fields, ..changed(Change::Changed, (Some(before), Some(after))) });
            }
        }
    }
    let difference = Difference {
        schema_version: SCHEMA_VERSION,
        old: old_file.to_owned(),
        new: new_file.to_owned(),
        rows: kind.to_owned(),
        summary,
        entries: rows,
    };
    Ok(Compared { difference, old_faults, new_faults })
}

/// What both lists are of; an empty one is of whatever the other is.
fn kind(old: &Listing, new: &Listing) -> Result<&'static str> {
    let is_empty = |listing: &Listing| listing.columns.is_empty();
    if old.is_of_mentions() != new.is_of_mentions() && !is_empty(old) && !is_empty(new) {
        let error = Error::new(ErrorKind::Usage, "one list is of articles, the other of mentions");
        return Err(error.hint("compare two exports of one query in the same form"));
    }
    Ok(if new.is_of_mentions() || old.is_of_mentions() { "mentions" } else { "articles" })
}

/// The columns in which two rows differ, and whether the mention moved.
fn differing(shared: &[&str], before: &Entry<'_>, after: &Entry<'_>) -> Vec<String> {
    let differ = shared.iter().filter(|column| !is_same(before.row.cell(column), after.row.cell(column)));
    let moved = (before.spot != after.spot).then_some("start");
    differ.copied().chain(moved).map(str::to_owned).collect()
}

/// Whether two cells say the same: a workbook has 1 where a table has 1.0. Other numbers are compared as they are printed.
fn is_same(before: Option<&str>, after: Option<&str>) -> bool {
    fn whole(cell: &str) -> &str {
        cell.strip_suffix(".0").unwrap_or(cell)
    }
    before.map(whole) == after.map(whole)
}

/// The rows that can be compared, each once, and those that cannot.
fn entries(listing: &Listing) -> (Vec<Entry<'_>>, Vec<BadRow>) {
    let (mut entries, mut faults) = (Vec::with_capacity(listing.rows.len()), listing.faults.clone());
    let mut seen: HashMap<(&str, Option<Spot>), u64> = HashMap::new();
    for row in &listing.rows {
        let read = row.id().and_then(|id| Ok((id, row.spot()?)));
        let fresh = read.and_then(|(id, spot)| match seen.insert((id, spot.clone()), row.line) {
            Some(line) => Err(format!("it repeats line {line}")),
            None => Ok(Entry { id, spot, row }),
        });
        match fresh {
            Ok(entry) => entries.push(entry),
            Err(reason) => faults.push(BadRow { line: row.line, reason }),
        }
    }
    faults.sort_by_key(|fault| fault.line);
    (entries, faults)
}

type Pairs<'e, 'a> = Vec<(&'e Entry<'a>, &'e Entry<'a>)>;

/// Rows of both lists, then those of the one and of the other alone. What is printed in one article at another place than
/// before is the same mention, moved; several are paired in the order of the text.
fn paired<'e, 'a>(
    old: &'e [Entry<'a>],
    new: &'e [Entry<'a>],
) -> (Pairs<'e, 'a>, Vec<&'e Entry<'a>>, Vec<&'e Entry<'a>>) {
    let key = |entry: &Entry<'a>| (entry.id, entry.spot.clone());
    let by_key: HashMap<_, &Entry<'_>> = old.iter().map(|entry| (key(entry), entry)).collect();
    let new_keys: HashSet<_> = new.iter().map(key).collect();
    let mut pairs: Pairs<'_, '_> = Vec::new();
    let mut moved: HashMap<(&str, &str), Vec<&Entry<'_>>> = HashMap::new();
    let mut gone: Vec<&Entry<'_>> = old.iter().filter(|entry| !new_keys.contains(&key(entry))).collect();
    let surface = |entry: &'e Entry<'a>| entry.spot.as_ref().map(|spot| (entry.id, spot.surface.as_str()));
    gone.iter().rev().for_each(|entry| {
        surface(entry).into_iter().for_each(|key| moved.entry(key).or_default().push(entry));
    });
    let mut fresh = Vec::new();
    for entry in new {
        let same = by_key.get(&key(entry)).copied();
        let before = same.or_else(|| moved.get_mut(&surface(entry)?)?.pop());
        match before {
            Some(before) => pairs.push((before, entry)),
            None => fresh.push(entry),
        }
    }
    let used: HashSet<u64> = pairs.iter().map(|(before, _)| before.row.line).collect();
    gone.retain(|entry| !used.contains(&entry.row.line));
    (pairs, gone, fresh)
}

fn changed(status: Change, (old, new): (Option<&Entry<'_>>, Option<&Entry<'_>>)) -> ChangedRow {
    let entry = new.or(old);
    let spot = entry.and_then(|entry| entry.spot.as_ref());
    ChangedRow {
        status,
        id: entry.map(|entry| entry.id.to_owned()).unwrap_or_default(),
        start: spot.map(|spot| spot.start),
        end: spot.map(|spot| spot.end),
        surface: spot.map(|spot| spot.surface.clone()),
        title: entry.and_then(|entry| entry.row.cell("title")).map(str::to_owned),
        old_line: old.map(|entry| entry.row.line),
        new_line: new.map(|entry| entry.row.line),
        fields: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing::Form;

    fn check(old: &str, new: &str, expected: &[&str], same: u64) {
        let read = |text| Listing::parse(text, Form::Table).unwrap();
        let (old_list, new_list) = (read(old), read(new));
        let compared = compare(("old", &old_list), ("new", &new_list)).unwrap();
        let faults = compared.old_faults.iter().chain(&compared.new_faults);
        let rows = compared
            .difference
            .entries
            .iter()
            .map(|row| format!("{:?} {} {}", row.status, row.id, row.fields.join("+")));
        let told = faults.map(|fault| format!("line {}", fault.line));
        assert_eq!(rows.chain(told).collect::<Vec<_>>(), expected, "{old} → {new}");
        assert_eq!(compared.difference.summary.same, same);
    }

    #[test]
    fn rows_are_new_gone_or_changed() {
        let old = "rank,id,hash,title\n1,a,x,A\n2,b,y,B\n3,c,z,C\n";
        check(old, old, &[], 3);
        check(old, "id,hash,rank,title\nd,v,1,D\nb,y,2,B\na,w,3,A\n", &["New d ", "Gone c ", "Changed a hash"], 1);
        check(old, "id,title\na,A\nb,\nc,C\n", &["Changed b title"], 2);
        check(old, "id\na\na\n\n,\nb\n", &["Gone c ", "line 3"], 2);
        check("id,confidence,page\na,1.0,007\n", "id,confidence,page\na,1,7\n", &["Changed a page"], 0);
        check("", old, &["New a ", "New b ", "New c "], 0);
    }

    #[test]
    fn mentions_are_paired_by_what_is_printed() {
        let old = "id,start,end,surface\na,1,3,Vell\na,9,12,Vell\na,20,25,Moran\nb,1,3,Vell\n";
        check(old, old, &[], 4);
        let moved = "id,start,end,surface\na,1,3,Vell\na,11,14,Vell\nb,1,3,Vell\n";
        check(old, moved, &["Gone a ", "Changed a start"], 2);
        check(old, "id,start,end,surface\na,1,,Vell\n", &["Gone a ", "Gone a ", "Gone a ", "Gone b ", "line 2"], 0);
        let lists = [old, "id\na\n"].map(|text| Listing::parse(text, Form::Table).unwrap());
        assert!(compare(("old", &lists[0]), ("new", &lists[1])).is_err());
    }
}
