//! Drafts to articles: one text from the passages, and what came with the article located in it.
//!
//! It never reads files, clocks or settings, and never renames what was given.

mod compose;
mod given;

use given::Place;

use crate::{
    article::{Article, Draft, GivenMention, Name, NamedDate, PartKind},
    entity::{EntityKind, Location, Mention},
    hit::CodePoints,
    text::{self, Language},
};

/// Names the rules by which drafts become articles: when it changes, everything is read again.
pub const VERSION: &str = "given-1";

/// What an archive says of all its articles.
#[derive(Debug, Clone, Copy)]
pub struct Home {
    /// The language of articles whose own is neither given nor detected.
    pub language: Language,
}

/// Makes the article of a draft; `path` is the file's, relative to the archive; `id` is decided by the caller.
pub fn extract(draft: Draft, path: &str, id: String, home: &Home) -> Article {
    let (text, parts) = compose::compose(draft.passages, draft.is_cut);
    let title = parts.iter().find(|part| part.kind == PartKind::Title);
    let title = title.and_then(|part| text.get(part.span.clone())).unwrap_or_default().to_owned();
    let language = draft.language.as_deref().and_then(Language::from_tag);
    let language = language.or_else(|| text::detect(&text, home.language)).unwrap_or(home.language);
    let mut given =
        Given { people: draft.people, places: draft.places, orgs: draft.orgs, roles: draft.roles, dates: draft.dates };
    given.gather_roles();
    let supplied = given.supplied();
    let mut mentions = match draft.is_cut {
        true => in_bytes(draft.mentions, &text),
        false => given::locate(&given, &Place { text: &text, parts: &parts, language }),
    };
    mentions.sort_by_key(|mention| (mention.span.start, mention.span.end, mention.kind));
    let names = |kind, list: &Option<Vec<Name>>| {
        let given = list.iter().flatten().map(|name| name.name.clone());
        distinct(given.chain(named(&mentions, kind)))
    };
    let dates = given.dates.iter().flatten().map(|named| named.date.clone());
    let dates = dates.chain(mentions.iter().filter_map(|mention| mention.date.clone()));
    Article {
        people: names(EntityKind::Person, &given.people),
        places: names(EntityKind::Place, &given.places),
        orgs: names(EntityKind::Org, &given.orgs),
        roles: distinct(given.roles.clone().into_iter().flatten().chain(named(&mentions, EntityKind::Role))),
        dates: distinct(dates),
        locations: given.locations(),
        id,
        path: path.to_owned(),
        line: draft.line,
        title,
        source: draft.source,
        byline: draft.byline,
        authors: distinct(draft.authors.into_iter().flatten()),
        section: draft.section,
        published_from: draft.published.as_ref().map(|(_, from)| *from),
        published: draft.published.map(|(date, _)| date),
        language: language.tag().to_owned(),
        url: draft.url,
        tags: distinct(draft.tags.into_iter().flatten()),
        subjects: distinct(draft.subjects.into_iter().flatten()),
        supplied,
        hash: draft.hash,
        text,
        parts,
        mentions,
        notes: draft.notes,
        extra: draft.extra,
    }
}

/// The lists that came with an article.
#[derive(Debug, Default)]
struct Given {
    people: Option<Vec<Name>>,
    places: Option<Vec<Name>>,
    orgs: Option<Vec<Name>>,
    roles: Option<Vec<String>>,
    dates: Option<Vec<NamedDate>>,
}

impl Given {
    /// A role given with a person is a role of the article.
    fn gather_roles(&mut self) {
        let of_people: Vec<String> = self.people.iter().flatten().filter_map(|person| person.role.clone()).collect();
        if !of_people.is_empty() {
            self.roles.get_or_insert_default().extend(of_people);
        }
    }

    fn supplied(&self) -> Vec<EntityKind> {
        let is_given = |kind: &EntityKind| match kind {
            EntityKind::Person => self.people.is_some(),
            EntityKind::Place => self.places.is_some(),
            EntityKind::Org => self.orgs.is_some(),
            EntityKind::Role => self.roles.is_some(),
            EntityKind::Date => self.dates.is_some(),
        };
        EntityKind::ALL.into_iter().filter(is_given).collect()
    }

    fn locations(&self) -> Vec<(String, Location)> {
        let mut locations: Vec<(String, Location)> = Vec::new();
        for place in self.places.iter().flatten() {
            if let Some(location) = &place.location
                && !locations.iter().any(|(path, _)| *path == place.name)
            {
                locations.push((place.name.clone(), location.clone()));
            }
        }
        locations
    }
}

fn named(mentions: &[Mention], kind: EntityKind) -> impl Iterator<Item = String> {
    let of_kind = mentions.iter().filter(move |mention| mention.kind == kind && !mention.entity.is_empty());
    of_kind.map(|mention| mention.entity.clone())
}

/// Each value once, where it first stood.
fn distinct<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut kept = Vec::new();
    for value in values {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

/// Mentions that came with their spans.
fn in_bytes(given: Vec<GivenMention>, text: &str) -> Vec<Mention> {
    let points = CodePoints::of(text);
    let place = |GivenMention { span, mention }: GivenMention| {
        let span = points.byte_of(span.start)..points.byte_of(span.end);
        (text.get(span.clone()) == Some(&mention.surface)).then_some(Mention { span, ..mention })
    };
    given.into_iter().filter_map(place).collect()
}
