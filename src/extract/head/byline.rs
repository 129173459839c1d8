//! The names in a byline: `By Anna Petrova and John Smith, Labour Correspondent`.
//!
//! It never takes a newspaper or an office for a name.

/// Words that no person's name in a byline has, in small letters.
const OFFICES: &[&str] = &[
    "correspondent",
    "correspondents",
    "editor",
    "editors",
    "reporter",
    "reporters",
    "writer",
    "writers",
    "staff",
    "wire",
    "press",
    "reuters",
    "times",
    "post",
    "news",
    "agency",
    "agencies",
    "service",
    "services",
    "special",
    "own",
    "courier",
    "gazette",
    "herald",
    "tribune",
    "guardian",
    "ledger",
    "bureau",
    "journal",
    "magazine",
    "associated",
    "columnist",
    "contributor",
    "chief",
    "desk",
    "team",
    "author",
    "professor",
    "director",
    "foundation",
    "online",
    "daily",
    "post",
    "telegraph",
    "mail",
    "independent",
    "bbc",
    "afp",
    "ap",
    "cnn",
    "dpa",
    "xinhua",
    "tass",
    "local",
    "international",
];

/// The names of a printed byline; `None` when it names nobody.
pub(super) fn authors(byline: &str) -> Option<Vec<String>> {
    let names = byline.strip_prefix("By ").or_else(|| byline.strip_prefix("BY ")).unwrap_or(byline);
    names_in(names)
}

/// The names behind `Reporting by` at the end of a text.
pub(super) fn reporters(text: &str) -> Option<Vec<String>> {
    const TAIL: usize = 500;
    let from = (text.len().saturating_sub(TAIL)..text.len()).find(|from| text.is_char_boundary(*from))?;
    let tail = text.get(from..)?;
    let start = tail.rfind("Reporting by ").or_else(|| tail.rfind("reporting by "))?;
    let names = tail.get(start + "reporting by ".len()..)?;
    names_in(names.split([';', ')', '\n']).next()?)
}

fn names_in(list: &str) -> Option<Vec<String>> {
    let list = list.replace(" and ", ",").replace(" AND ", ",").replace(" & ", ",");
    let names: Vec<String> = list.split([',', ';']).filter_map(name).collect();
    (!names.is_empty()).then_some(names)
}

/// A piece that is a name: two to five words with capitals; where someone was is left away.
fn name(piece: &str) -> Option<String> {
    let piece = piece.split(" in ").next()?.split(" - ").next()?.split('(').next()?.trim().trim_end_matches('.');
    let words: Vec<&str> = piece.split_whitespace().collect();
    let is_name = |word: &&str| {
        (word.starts_with(char::is_uppercase)
            || ["de", "van", "von", "der", "den", "la", "le", "al", "bin"].contains(word))
            && !word.chars().any(|c| c.is_ascii_digit())
    };
    let is_office = |word: &&str| OFFICES.contains(&word.to_lowercase().as_str());
    let fits = (2..=5).contains(&words.len()) && words.iter().all(is_name) && !words.iter().any(is_office);
    fits.then(|| words.join(" "))
}
