//! What people are: the role printed before a name, behind it, or instead of it.
//!
//! It knows the words for roles and where they stand; who somebody is comes from `people`.

use std::ops::Range;

use super::{
    names::{apposed_role, lexicon::Class},
    people::Link,
    sheet::Sheet,
};
use crate::entity::{EntityKind, Evidence, Mention};

/// A role as printed, and whose it is.
#[derive(Debug, Clone, PartialEq)]
struct Role {
    /// The words that name it.
    words: Range<usize>,
    /// Number of the link it says something of.
    link: usize,
    rule: &'static str,
    confidence: f32,
}

/// The mentions of people with their roles, and of the roles themselves, in no order.
///
/// `the envoy` is a mention of the article's one envoy, rule `role`.
pub(super) fn mentions(sheet: &Sheet<'_>, links: &[Link]) -> Vec<Mention> {
    let roles: Vec<Role> = (0..links.len()).filter_map(|link| role_of(sheet, links, link)).collect();
    let mut mentions: Vec<Mention> = links.iter().map(|link| person(sheet, link)).collect();
    for role in &roles {
        let name = noun(sheet, &role.words);
        if let Some(person) = mentions.get_mut(role.link) {
            person.role = Some(name.clone());
        }
        mentions.push(Mention {
            rule: role.rule.to_owned(),
            confidence: role.confidence,
            ..mention(sheet, EntityKind::Role, &role.words, name)
        });
    }
    back_references(sheet, links, &roles, &mut mentions);
    mentions
}

fn person(sheet: &Sheet<'_>, link: &Link) -> Mention {
    Mention {
        rule: link.rule.to_owned(),
        confidence: link.confidence,
        ..mention(sheet, EntityKind::Person, &link.words, link.entity.clone())
    }
}

fn mention(sheet: &Sheet<'_>, kind: EntityKind, words: &Range<usize>, entity: String) -> Mention {
    let span = sheet.bytes(words);
    let surface = sheet.page.text.get(span.clone()).unwrap_or_default().to_owned();
    let (role, location, date, from) = (None, None, None, Evidence::Text);
    Mention { kind, span, surface, entity, role, location, date, from, rule: String::new(), confidence: 1.0 }
}

/// The role that the words around a name give its bearer.
fn role_of(sheet: &Sheet<'_>, links: &[Link], link: usize) -> Option<Role> {
    let words = &links.get(link)?.words;
    let title = words.start.checked_sub(1).filter(|head| stands_before(sheet, *head));
    if let Some(head) = title {
        return Some(Role { words: phrase(sheet, head), link, rule: "title", confidence: 0.9 });
    }
    let head = apposed_role(sheet, words.end.checked_sub(1)?)?;
    let is_free = links.get(link + 1).is_none_or(|next| next.words.start > head + 1 || next.words.end <= head);
    is_free.then(|| Role { words: phrase(sheet, head), link, rule: "apposition", confidence: 0.8 })
}

/// Whether a word is a role right before a name: `envoy Nora Vell`, `Norland's envoy, Nora Vell`.
fn stands_before(sheet: &Sheet<'_>, head: usize) -> bool {
    let gap = sheet.page.gap(head);
    let is_role = sheet.mark(head).is(Class::Role) && !sheet.is_possessive(head) || is_secretary_of_state(sheet, head);
    let is_close = gap == " " || gap == "\n";
    let is_told_whose = || {
        let first = phrase(sheet, head).start;
        let before = first.checked_sub(1);
        before.is_some_and(|before| sheet.is_possessive(before) || is_determiner(sheet.base(before)))
    };
    is_role && (is_close || gap == ", " && !sheet.mark(head).is_capital() && is_told_whose())
}

fn is_secretary_of_state(sheet: &Sheet<'_>, last: usize) -> bool {
    sheet.base(last) == "state"
        && last >= 2
        && sheet.base(last - 1) == "of"
        && matches!(sheet.base(last - 2), "secretary" | "minister")
}

fn is_determiner(word: &str) -> bool {
    matches!(word, "the" | "his" | "her" | "its" | "their" | "our" | "my")
}

/// The words of a role around its head: `special envoy`, `deputy prime minister`, `secretary of state`.
fn phrase(sheet: &Sheet<'_>, head: usize) -> Range<usize> {
    let mut first = if is_secretary_of_state(sheet, head) { head - 2 } else { head };
    while let Some(before) = first.checked_sub(1)
        && sheet.page.gap(before) == " "
        && !sheet.is_possessive(before)
        && (is_modifier(sheet.base(before)) || sheet.mark(before).is(Class::Role))
    {
        first = before;
    }
    let is_of_state = sheet.base(head + 1) == "of" && is_secretary_of_state(sheet, head + 2);
    let is_general =
        sheet.page.gap(head) == " " && sheet.base(head) == "secretary" && sheet.base(head + 1) == "general";
    first..head + 1 + usize::from(is_general) + 2 * usize::from(is_of_state)
}

/// A word that narrows a role and belongs to it.
fn is_modifier(word: &str) -> bool {
    matches!(
        word,
        "acting"
            | "assistant"
            | "associate"
            | "attorney"
            | "campaign"
            | "cabinet"
            | "chief"
            | "defence"
            | "defense"
            | "deputy"
            | "education"
            | "energy"
            | "environment"
            | "executive"
            | "finance"
            | "financial"
            | "first"
            | "foreign"
            | "general"
            | "health"
            | "home"
            | "interior"
            | "interim"
            | "justice"
            | "labor"
            | "labour"
            | "lead"
            | "managing"
            | "national"
            | "opposition"
            | "party"
            | "peace"
            | "permanent"
            | "police"
            | "press"
            | "presidential"
            | "prime"
            | "security"
            | "senior"
            | "special"
            | "state"
            | "trade"
            | "transport"
            | "vice"
    )
}

/// A role's words in small letters, without punctuation; then and now do not part presidents.
fn noun(sheet: &Sheet<'_>, words: &Range<usize>) -> String {
    let printed = words.clone().map(|word| match sheet.is_possessive(word) {
        true => sheet.base(word).to_owned(),
        false => sheet.page.printed(word).to_lowercase(),
    });
    let printed = printed.collect::<Vec<_>>().join(" ");
    let bare = printed.strip_prefix("then-").or_else(|| printed.strip_prefix("now-"));
    bare.map(str::to_owned).unwrap_or(printed)
}

/// Adds `the envoy` where the article has one envoy and has named them before.
fn back_references(sheet: &Sheet<'_>, links: &[Link], roles: &[Role], mentions: &mut Vec<Mention>) {
    let heads: Vec<(&str, &Role)> =
        roles.iter().map(|role| (sheet.base(role.words.end.saturating_sub(1)), role)).collect();
    let Some(begin) = roles.iter().map(|role| role.words.end).min() else { return };
    for the in begin..sheet.page.words().len() {
        if sheet.page.printed(the) != "the" && sheet.page.printed(the) != "The" {
            continue;
        }
        let Some(head) =
            (the + 1..the + 4).find(|word| sheet.mark(*word).is(Class::Role) && !sheet.mark(word + 1).is(Class::Role))
        else {
            continue;
        };
        let words = phrase(sheet, head);
        let one = only_bearer(links, &heads, (sheet.base(head), the));
        if let Some(role) =
            one.filter(|role| words.start == the + 1 && stands_alone(sheet, head) && holds(sheet, role, &words))
            && let Some(link) = links.get(role.link)
        {
            let name = noun(sheet, &role.words);
            let inferred = |mention| Mention { rule: "role".to_owned(), confidence: 0.5, ..mention };
            let person = mention(sheet, EntityKind::Person, &(the..words.end), link.entity.clone());
            mentions.push(Mention { role: Some(name.clone()), ..inferred(person) });
            mentions.push(inferred(mention(sheet, EntityKind::Role, &words, name)));
        }
    }
}

/// The role with this head word that stands before `at`, if one person alone has it in the whole article.
fn only_bearer<'a>(links: &[Link], heads: &[(&str, &'a Role)], (head, at): (&str, usize)) -> Option<&'a Role> {
    let bearer = |role: &Role| links.get(role.link).map(|link| link.entity.as_str());
    let mut with_it = heads.iter().filter(|(other, _)| *other == head).map(|(_, role)| *role);
    let first = with_it.next().filter(|role| role.words.end <= at)?;
    with_it.all(|role| bearer(role) == bearer(first)).then_some(first)
}

/// Whether a role is printed by itself: no name, no complement behind it.
fn stands_alone(sheet: &Sheet<'_>, head: usize) -> bool {
    let next = sheet.mark(head + 1);
    let gap = sheet.page.gap(head);
    let goes_on = gap == " "
        && (next.is_capital() || matches!(sheet.base(head + 1), "of" | "for" | "in" | "general" | "who" | "and"));
    let is_apposed = gap.starts_with(',') && next.is_capital();
    let is_title = sheet.mark(head).is(Class::Role) && sheet.mark(head).is_headline;
    !goes_on && !is_apposed && !is_title && !sheet.is_possessive(head)
}

/// Whether a role, as printed where it is explained, has all the words by which it is meant now.
fn holds(sheet: &Sheet<'_>, role: &Role, words: &Range<usize>) -> bool {
    sheet.bases(words).all(|word| sheet.bases(&role.words).any(|own| own == word))
}
