//! Trouble met while reading, grouped by its class, most frequent first.
//!
//! Every group tells its number and an example; the whole list is what `--json` and pipes give.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use super::{
    Ink, Look,
    layout::{clip, clip_start, counted, gap, number, one_line, pad_start, width},
    notice::{self, Notice, Sign},
};
use crate::article::Problem;

/// Writes what was refused, then what is doubtful, in groups.
///
/// # Errors
/// Those of the writer.
pub fn screen(problems: &[Problem], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let refused: Vec<&Problem> = problems.iter().filter(|problem| problem.refused).collect();
    let doubtful: Vec<&Problem> = problems.iter().filter(|problem| !problem.refused).collect();
    if problems.is_empty() {
        return notice::write(&Notice::new(Sign::Good, "every file was read without trouble"), look, out);
    }
    if !refused.is_empty() {
        let text =
            format!("{} not indexed", counted(refused.len() as u64, "file or record was", "files or records were"));
        notice::write(&Notice::new(Sign::Warn, text), look, out)?;
        groups(&refused, look, out)?;
    }
    if !doubtful.is_empty() {
        let text = format!("{} doubtful", counted(doubtful.len() as u64, "thing is", "things are"));
        notice::write(&Notice::new(Sign::Doubt, text), look, out)?;
        groups(&doubtful, look, out)?;
    }
    Ok(())
}

/// Writes one line for each class: how many, what, and an example.
///
/// # Errors
/// Those of the writer.
pub fn groups(problems: &[&Problem], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut groups: BTreeMap<&str, Vec<&Problem>> = BTreeMap::new();
    for problem in problems {
        groups.entry(&problem.kind).or_default().push(problem);
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    for group in &groups {
        let Some(first) = group.first() else { continue };
        let is_same = group.iter().all(|problem| problem.reason == first.reason);
        let what = if is_same { first.reason.clone() } else { first.kind.replace('-', " ") };
        let head = format!("{}  ", pad_start(&number(group.len() as u64), 6));
        let example = format!("e.g. {}", clip_start(&place(first), (look.width / 2).saturating_sub(6)));
        let what = clip(&what, look.width.saturating_sub(head.len()));
        match gap(head.len() + width(&what), width(&example), look.width) {
            Some(gap) => writeln!(out, "{head}{what}{gap}{}", look.ink(Ink::Faint, &example))?,
            None => writeln!(out, "{head}{what}\n        {}", look.ink(Ink::Faint, &example))?,
        }
    }
    Ok(())
}

/// Writes `PATH[:LINE]<TAB>refused|doubtful<TAB>KIND<TAB>REASON<TAB>ID`, one problem a line.
///
/// # Errors
/// Those of the writer.
pub fn lines(problems: &[Problem], out: &mut dyn Write) -> io::Result<()> {
    for problem in problems {
        let weight = if problem.refused { "refused" } else { "doubtful" };
        let id = one_line(problem.id.as_deref().unwrap_or_default());
        writeln!(out, "{}\t{weight}\t{}\t{}\t{id}", place(problem), problem.kind, one_line(&problem.reason))?;
    }
    Ok(())
}

/// `path:line`, or the path alone.
pub fn place(problem: &Problem) -> String {
    let path = one_line(&problem.path);
    problem.line.map_or_else(|| path.clone(), |line| format!("{path}:{line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_counted_in_groups() {
        let problem = |path: &str, kind: &str, reason: &str, refused| Problem {
            path: path.into(),
            line: Some(3),
            id: None,
            kind: kind.into(),
            reason: reason.into(),
            refused,
        };
        let problems = [
            problem("a.jsonl", "invalid-json", "expected a comma", true),
            problem("b.jsonl", "invalid-json", "unexpected end", true),
            problem("scans/c.pdf", "binary", "not a text", true),
            problem("d.txt", "date", "“Marchember” is no date", false),
        ];
        let mut out = Vec::new();
        screen(&problems, &Look::plain(60), &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
        let mut out = Vec::new();
        lines(&problems[..1], &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a.jsonl:3\trefused\tinvalid-json\texpected a comma\t\n");
    }
}
