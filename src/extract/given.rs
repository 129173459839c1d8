//! Where the names and dates that came with an article stand in its text.
//!
//! It never finds a name that was not given, and never changes one that was.

use std::{
    collections::{BTreeMap, HashSet},
    ops::Range,
};

use super::{Given, found, page::Page};
use crate::{
    article::{Name, NamedDate, Part, PartKind},
    date::Date,
    entity::{EntityKind, Evidence, Location, Mention},
    text::{self, Analysis, Language, Tokens, Word},
};

/// A printed form of a given name, ready to be compared.
struct Needle<'a> {
    kind: EntityKind,
    /// The name as given, the mention's entity.
    entity: &'a str,
    /// This form of it, verbatim.
    form: &'a str,
    /// The folded words of the form, joined.
    key: String,
    /// How many words these were.
    words: usize,
    role: Option<&'a str>,
    location: Option<&'a Location>,
}

/// Where names are sought.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    pub(super) parts: &'a [Part],
    /// The searched parts, taken apart.
    pub(super) analysis: &'a Analysis,
    pub(super) language: Language,
}

impl Place<'_> {
    /// The words of the part of this number, which is a searched one.
    fn words(&self, number: usize) -> &[Word] {
        let starts = &self.analysis.part_starts;
        let start = |number: usize| starts.get(number).map(|start| *start as usize);
        let words = self.analysis.words();
        let range = start(number).unwrap_or(words.len())..start(number + 1).unwrap_or(words.len());
        words.get(range).unwrap_or_default()
    }
}

/// All mentions of what was given, in no order; where there are too many, one or some more than those.
pub(super) fn locate(given: &Given, place: &Place<'_>) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let needles = needles(given);
    if !needles.is_empty() {
        let mut first = [false; 256];
        for byte in needles.iter().filter_map(|needle| needle.key.bytes().next()) {
            first[usize::from(byte)] = true;
        }
        for (number, part) in place.parts.iter().enumerate() {
            if part.kind == PartKind::Boilerplate {
                let text = place.text.get(part.span.clone()).unwrap_or_default();
                let tokens = text::tokenise(text, place.language);
                let sheet = Sheet { text, tokens: &tokens, words: tokens.words(), from: part.span.start };
                search(&needles, &first, &sheet, &mut mentions);
            } else {
                let (words, tokens) = (place.words(number), &place.analysis.tokens);
                search(&needles, &first, &Sheet { text: place.text, tokens, words, from: 0 }, &mut mentions);
            }
        }
    }
    let mut dates = Dates { mentions: &mut mentions, taken: BTreeMap::new() };
    given.dates.iter().flatten().for_each(|named| dates.add_named(named, place));
    dates.add_printed(given, place);
    mentions
}

/// One part with its words.
struct Sheet<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    words: &'a [Word],
    /// The byte of the article's text at which `text` begins.
    from: usize,
}

impl Sheet<'_> {
    /// A word's folded form without a possessive ending, and the byte at which it ends then.
    fn base(&self, word: &Word) -> Option<(&str, usize)> {
        let base = self.tokens.possessive_base(word)?;
        let printed = self.text.get(word.span())?;
        let bare = printed.strip_suffix(['s', 'S'])?.trim_end_matches(|c: char| !c.is_alphanumeric());
        Some((base, word.start as usize + bare.len()))
    }
}

/// Every form of every name, each once.
fn needles(given: &Given) -> Vec<Needle<'_>> {
    let mut needles = Vec::new();
    let lists =
        [(EntityKind::Person, &given.people), (EntityKind::Place, &given.places), (EntityKind::Org, &given.orgs)];
    for (kind, list) in lists {
        for name in list.iter().flatten() {
            let printed = match kind {
                EntityKind::Place => name.name.rsplit('/').next().unwrap_or(&name.name),
                _ => &name.name,
            };
            for form in std::iter::once(printed).chain(name.aliases.iter().map(String::as_str)) {
                needles.extend(needle(kind, name, form));
            }
        }
    }
    for role in given.roles.iter().flatten() {
        let name = Needle { entity: role, ..empty(EntityKind::Role) };
        needles.extend(keyed(name, role));
    }
    needles
}

fn needle<'a>(kind: EntityKind, name: &'a Name, form: &'a str) -> Option<Needle<'a>> {
    let (role, location) = (name.role.as_deref(), name.location.as_ref());
    keyed(Needle { entity: &name.name, role, location, ..empty(kind) }, form)
}

fn empty<'a>(kind: EntityKind) -> Needle<'a> {
    Needle { kind, entity: "", form: "", key: String::new(), words: 0, role: None, location: None }
}

fn keyed<'a>(needle: Needle<'a>, form: &'a str) -> Option<Needle<'a>> {
    let words = text::fold_words(form);
    let key = words.concat();
    (!key.is_empty()).then_some(Needle { form, key, words: words.len(), ..needle })
}

/// Finds the needles among the words of one part: from the left, the longest first, no two of one kind overlapping.
fn search(needles: &[Needle<'_>], first: &[bool; 256], sheet: &Sheet<'_>, mentions: &mut Vec<Mention>) {
    let mut free_from = [0_usize; EntityKind::ALL.len()];
    for (at, word) in sheet.words.iter().enumerate() {
        if mentions.len() > found::MOST {
            return;
        }
        let byte = sheet.tokens.joined(word).bytes().next().unwrap_or_default();
        if !first[usize::from(byte)] {
            continue;
        }
        let start = word.start as usize;
        for (kind, free) in EntityKind::ALL.into_iter().zip(&mut free_from) {
            if start < *free {
                continue;
            }
            let of_kind = needles.iter().filter(|needle| needle.kind == kind);
            let found = of_kind.filter_map(|needle| Some((ends(needle, sheet, at)?, needle)));
            // The first of equally long ones, as given.
            let Some((end, needle)) = found.rev().max_by_key(|(end, _)| *end) else { continue };
            let surface = sheet.text.get(start..end).unwrap_or_default();
            mentions.push(mention(needle, sheet.from + start, surface));
            *free = end;
        }
    }
}

/// The byte at which `needle` ends when it stands at word `at`.
fn ends(needle: &Needle<'_>, sheet: &Sheet<'_>, at: usize) -> Option<usize> {
    let words = sheet.words.get(at..)?;
    let start = words.first()?.start as usize;
    let mut rest = needle.key.as_str();
    let mut done = start..start;
    for word in words.iter().take(needle.words) {
        if done.start < done.end && !joins(sheet.text, done, word.start as usize, needle.form) {
            return None;
        }
        done = word.span();
        let end = match rest.strip_prefix(sheet.tokens.joined(word)) {
            Some("") => Some(done.end),
            Some(left) => {
                rest = left;
                continue;
            }
            None => sheet.base(word).and_then(|(base, end)| (base == rest).then_some(end)),
        }?;
        let surface = sheet.text.get(start..end)?;
        let is_name = !surface.starts_with(char::is_lowercase) || surface == needle.form;
        return is_name.then_some(end);
    }
    None
}

/// Whether one name may run on from the word at `before` to the one at `next`.
fn joins(text: &str, before: Range<usize>, next: usize, form: &str) -> bool {
    let gap = text.get(before.end..next).unwrap_or_default();
    let is_short = before.len() <= 3;
    let may = |c: char| c.is_whitespace() || "-‐–&'’“”\"".contains(c) || (c == '.' && is_short) || form.contains(c);
    // A blank or indented line begins a new paragraph.
    let is_one = gap.split_once('\n').is_none_or(|(_, line)| !line.contains('\n') && !line.starts_with("  "));
    is_one && gap.chars().all(may)
}

fn mention(needle: &Needle<'_>, start: usize, surface: &str) -> Mention {
    Mention {
        kind: needle.kind,
        span: start..start + surface.len(),
        surface: surface.to_owned(),
        entity: needle.entity.to_owned(),
        role: needle.role.map(str::to_owned),
        location: needle.location.cloned(),
        date: None,
        from: Evidence::Field,
        rule: "given".to_owned(),
        confidence: 1.0,
    }
}

/// Mentions of given dates, none overlapping another.
struct Dates<'m> {
    mentions: &'m mut Vec<Mention>,
    /// Where each begins and ends.
    taken: BTreeMap<usize, usize>,
}

impl Dates<'_> {
    /// A date stands where the words given for it stand, or its own EDTF form.
    fn add_named(&mut self, named: &NamedDate, place: &Place<'_>) {
        let form = named.text.as_deref().unwrap_or(named.date.edtf()).trim();
        if form.is_empty() {
            return;
        }
        for part in place.parts {
            let text = place.text.get(part.span.clone()).unwrap_or_default();
            let whole = text.match_indices(form).filter(|(at, _)| is_whole(text, *at..at + form.len()));
            for (at, _) in whole {
                let start = part.span.start + at;
                if !self.add(start..start + form.len(), &named.date, form) {
                    return;
                }
            }
        }
    }

    /// Those of which nobody says how they are printed stand where the text prints them in any form.
    fn add_printed(&mut self, given: &Given, place: &Place<'_>) {
        let bare = given.dates.iter().flatten().filter(|named| named.text.is_none());
        let given: HashSet<&Date> = bare.map(|named| &named.date).collect();
        if given.is_empty() || place.text.len() > found::LONGEST {
            return;
        }
        let Place { text, parts, analysis, language } = *place;
        for printed in super::dates::find(&Page { text, parts, analysis, language, published: None }) {
            let Some(date) = printed.date.as_ref().filter(|date| given.contains(date)) else { continue };
            if is_whole(text, printed.span.clone()) {
                self.add(printed.span.clone(), date, &printed.surface);
            }
        }
    }

    /// Adds one that is in the way of no other; whether there may be more.
    fn add(&mut self, span: Range<usize>, date: &Date, surface: &str) -> bool {
        let before = self.taken.range(..span.end).next_back();
        if before.is_none_or(|(_, end)| *end <= span.start) {
            let needle = Needle { entity: date.edtf(), ..empty(EntityKind::Date) };
            let at = mention(&needle, span.start, surface);
            self.taken.insert(span.start, span.end);
            self.mentions.push(Mention { date: Some(date.clone()), span, ..at });
        }
        self.mentions.len() <= found::MOST
    }
}

/// Whether no word is cut at either end; `1916` does not stand in `1916-05`.
fn is_whole(text: &str, range: Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|text| text.chars().next_back());
    let mut after = text.get(range.end..).unwrap_or_default().chars();
    let goes_on = match after.next() {
        Some('-' | '/') => after.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    !before.is_some_and(|c| c.is_alphanumeric() || c == '-') && !goes_on
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        article::{Origin, PartKind},
        date::Date,
    };

    fn name(name: &str) -> Name {
        Name { name: name.to_owned(), ..Name::default() }
    }

    /// Mentions as `kind:surface=entity`, in the order of the text.
    fn check(text: &str, given: Given, expected: &[&str]) {
        let part = Part { kind: PartKind::Body, span: 0..text.len(), origin: Origin::on_line(1) };
        let parts = [part];
        let analysis = text::analyse(text, &crate::article::searched(&parts), Language::ENGLISH);
        let place = Place { text, parts: &parts, analysis: &analysis, language: Language::ENGLISH };
        let mut mentions = locate(&given, &place);
        mentions.sort_by_key(|mention| mention.span.start);
        for mention in &mentions {
            assert_eq!(&text[mention.span.clone()], mention.surface);
        }
        let found: Vec<String> = mentions.iter().map(|m| format!("{}={}", m.surface, m.entity)).collect();
        assert_eq!(found, expected, "{text}");
    }

    fn people(names: &[&str]) -> Given {
        Given { people: Some(names.iter().map(|n| name(n)).collect()), ..Given::default() }
    }

    #[test]
    fn every_occurrence_is_a_mention() {
        let twice = ["Nora Vell=Nora Vell", "NORA VELL=Nora Vell"];
        check("Nora Vell's boat; NORA VELL’S car; Nora; Vell Nora", people(&["Nora Vell"]), &twice);
        check("Aunt Nora\nVell left.", people(&["Nora Vell"]), &["Nora\nVell=Nora Vell"]);
        check("Nora\n\nVell; Nora. Vell", people(&["Nora Vell"]), &[]);
        check("J. Vell, N. T. Orrin", people(&["J. Vell", "N.T. Orrin"]), &["J. Vell=J. Vell"]);
        check("Zoë Müller", people(&["Zoe Muller"]), &["Zoë Müller=Zoe Muller"]);
        check(
            "The O'Brien O’Brien OBrien",
            people(&["O'Brien"]),
            &["O'Brien=O'Brien", "O’Brien=O'Brien", "OBrien=O'Brien"],
        );
        check("Vellmar", people(&["Vell"]), &[]);
    }

    #[test]
    fn slugs_are_found_and_stay_as_given() {
        check(
            "James Baker met James-Baker",
            people(&["james-baker"]),
            &["James Baker=james-baker", "James-Baker=james-baker"],
        );
        check("The USA and usa and U.S.A.", people(&["usa"]), &["USA=usa", "usa=usa", "U.S.A=usa"]);
        check("the bush, the Bush", people(&["Bush"]), &["Bush=Bush"]);
    }

    #[test]
    fn the_longest_wins() {
        let given = people(&["Vell", "Nora Vell", "Nora Vell Orrin"]);
        check("Nora Vell and Vell", given, &["Nora Vell=Nora Vell", "Vell=Vell"]);
    }

    #[test]
    fn a_place_is_sought_by_its_last_name_and_its_aliases() {
        let place = Name { aliases: vec!["the Capital".to_owned()], ..name("Norland/Vellmar") };
        let given = Given { places: Some(vec![place, name("Norland")]), ..Given::default() };
        let expected = ["Vellmar=Norland/Vellmar", "Norland=Norland", "the Capital=Norland/Vellmar"];
        check("Vellmar, Norland: the Capital", given, &expected);
    }

    #[test]
    fn dates_stand_where_their_words_stand() {
        let date = |edtf: &str, text: Option<&str>| NamedDate {
            date: Date::parse(edtf).unwrap(),
            text: text.map(str::to_owned),
        };
        let dates = vec![date("1916-05-24", Some("24 May")), date("1916", None), date("1985/1990", None)];
        let given = Given { dates: Some(dates), ..Given::default() };
        check("On 24 May 1916, not 24 Mayday 19160 or 1916-06", given, &["24 May=1916-05-24", "1916=1916"]);
        let given = Given { dates: Some(vec![date("1985-03-03", None), date("1985-03", None)]), ..Given::default() };
        let expected =
            ["March 3, 1985=1985-03-03", "3 March 1985=1985-03-03", "March 1985=1985-03", "1985-03-03=1985-03-03"];
        check(
            "On March 3, 1985, then 3 March 1985, in March 1985, on 1985-03-03, not on 4 March 1985",
            given,
            &expected,
        );
    }
}
