//! The names of an archive with their printed forms, and pairs that are likely the same: on a page, or as records.
//!
//! It cuts no name off; forms that do not fit on a page are left out with `…`.

use std::io::{self, Write};

use super::{
    Ink, Look,
    layout::{clip, counted, number, one_line, pad, pad_start, width},
};
use crate::hit::{FacetCount, NameList, NameView, Suggestion, SuggestionList};

/// Writes a page: each name with articles and mentions, below it how it is printed and who it could be.
///
/// # Errors
/// Those of the writer.
pub fn screen(list: &NameList, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let rules = counted(list.rules, "rule", "rules");
    writeln!(out, "{}", look.ink(Ink::Strong, &format!("{} · {rules}", counted(list.distinct, "name", "names"))))?;
    let longest = list.names.iter().map(|name| width(&name.name)).max().unwrap_or(0);
    let column = longest.clamp(8, (look.width.min(120) / 2).max(12));
    let counts = |name: &NameView| {
        let articles = pad_start(&counted(name.articles, "article", "articles"), 12);
        format!("  {articles}  {}", counted(name.mentions, "mention", "mentions"))
    };
    let widest = list.names.iter().map(|name| width(&counts(name))).max().unwrap_or(0);
    for name in &list.names {
        let counts = counts(name);
        if column + widest > look.width {
            writeln!(out, "{}\n  {}", clip(&name.name, look.width), counts.trim_start())?;
        } else {
            writeln!(out, "{}{counts}", pad(&clip(&name.name, column), column))?;
        }
        further(name, look, out)?;
    }
    Ok(())
}

/// Writes `NAME<TAB>ARTICLES<TAB>MENTIONS<TAB>FORM COUNT; …`, one name a line.
///
/// # Errors
/// Those of the writer.
pub fn lines(list: &NameList, out: &mut dyn Write) -> io::Result<()> {
    for name in &list.names {
        let forms: Vec<String> = name.variants.iter().map(form).collect();
        writeln!(
            out,
            "{}\t{}\t{}\t{}",
            one_line(&name.name),
            name.articles,
            name.mentions,
            one_line(&forms.join("; "))
        )?;
    }
    Ok(())
}

/// Writes a page of pairs, each with its reason.
///
/// # Errors
/// Those of the writer.
pub fn likely_screen(list: &SuggestionList, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let pairs = counted(list.distinct, "pair is", "pairs are");
    writeln!(out, "{}", look.ink(Ink::Strong, &format!("{pairs} likely the same")))?;
    for pair in &list.suggestions {
        let line = format!(
            "{} {} → {} {}",
            pair.variant,
            number(pair.variant_articles),
            pair.name,
            number(pair.name_articles)
        );
        writeln!(out, "{}", clip(&line, look.width))?;
        writeln!(out, "{}", look.ink(Ink::Faint, &clip(&format!("  {}", why(pair)), look.width)))?;
    }
    Ok(())
}

/// Writes `VARIANT<TAB>ARTICLES<TAB>NAME<TAB>ARTICLES<TAB>SHARED<TAB>REASON`, one pair a line.
///
/// # Errors
/// Those of the writer.
pub fn likely_lines(list: &SuggestionList, out: &mut dyn Write) -> io::Result<()> {
    for pair in &list.suggestions {
        let (variant, name) = (one_line(&pair.variant), one_line(&pair.name));
        let counts = (pair.variant_articles, pair.name_articles, pair.shared);
        writeln!(out, "{variant}\t{}\t{name}\t{}\t{}\t{}", counts.0, counts.1, counts.2, pair.reason)?;
    }
    Ok(())
}

/// How a name is printed, if not only as itself, and who it could be.
fn further(name: &NameView, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let is_other = name.variants.iter().any(|variant| variant.value != name.name);
    let candidates = ("could be", &name.candidates);
    for (label, values) in [("printed", &name.variants), candidates].into_iter().filter(|(_, all)| !all.is_empty()) {
        if label == "could be" || is_other {
            let values: Vec<String> = values.iter().map(form).collect();
            let line = clip(&format!("  {label}: {}", values.join(", ")), look.width);
            writeln!(out, "{}", look.ink(Ink::Faint, &line))?;
        }
    }
    Ok(())
}

fn form(value: &FacetCount) -> String {
    format!("{} {}", value.value, number(value.count))
}

fn why(pair: &Suggestion) -> String {
    match pair.shared {
        0 => pair.reason.clone(),
        shared => format!("{}; both in {}", pair.reason, counted(shared, "article", "articles")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::EntityKind;

    fn count(value: &str, count: u64) -> FacetCount {
        FacetCount { value: value.into(), count, children: Vec::new() }
    }

    fn written(write: impl Fn(&mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn names_come_with_their_forms() {
        let name = |name: &str, variants, candidates| NameView {
            name: name.into(),
            articles: 2,
            mentions: 1,
            variants,
            candidates,
        };
        let names = vec![
            name("Ada Moran", vec![count("Moran", 1), count("A.\tMoran", 0)], vec![]),
            name("Vell (unresolved)", vec![], vec![count("Nora Vell", 9)]),
            name("Ilse", vec![count("Ilse", 1)], vec![]),
        ];
        let list = NameList { schema_version: 1, kind: EntityKind::Person, rules: 1, distinct: 3, names };
        let page = "3 names · 1 rule\n\
                    Ada Moran            2 articles  1 mention\n  printed: Moran 1, A. Moran 0\n\
                    Vell (unresolved)    2 articles  1 mention\n  could be: Nora Vell 9\n\
                    Ilse                 2 articles  1 mention\n";
        assert_eq!(written(|out| screen(&list, &Look::plain(60), out)), page);
        let narrow = written(|out| screen(&list, &Look::plain(40), out));
        assert!(
            narrow.lines().all(|line| width(line) <= 40) && narrow.contains("\n  2 articles  1 mention\n"),
            "{narrow}"
        );
        let records = "Ada Moran\t2\t1\tMoran 1; A. Moran 0\nVell (unresolved)\t2\t1\t\nIlse\t2\t1\tIlse 1\n";
        assert_eq!(written(|out| lines(&list, out)), records);
    }

    #[test]
    fn pairs_come_with_their_reason() {
        let pair = Suggestion {
            variant: "A. Moran".into(),
            variant_articles: 2,
            name: "Ada Moran".into(),
            name_articles: 9,
            shared: 1,
            reason: "the initials fit".into(),
        };
        let list = SuggestionList { schema_version: 1, kind: EntityKind::Person, distinct: 4, suggestions: vec![pair] };
        let page = "4 pairs are likely the same\nA. Moran 2 → Ada Moran 9\n  the initials fit; both in 1 article\n";
        assert_eq!(written(|out| likely_screen(&list, &Look::plain(60), out)), page);
        let records = "A. Moran\t2\tAda Moran\t9\t1\tthe initials fit\n";
        assert_eq!(written(|out| likely_lines(&list, out)), records);
    }
}
