//! Drafts to articles: one text from the passages, what came with the article located in it, and what the text itself says.
//!
//! It never reads files or clocks, and never renames what was given.

mod compose;
mod dates;
mod focus;
mod found;
mod given;
mod head;
mod names;
mod orgs;
mod page;
mod people;
mod places;
mod roles;
mod sheet;
mod table;

pub use places::Gazetteers;

/// For `xtask/train-names.rs` alone.
#[doc(hidden)]
pub use names::tagger::{Known, Lesson, learn};

use std::collections::HashSet;

use given::Place;
use names::tagger::Tagger;
use places::Link;

use crate::{
    article::{Article, Draft, GivenMention, Name, NamedDate, Note, Part, PartKind, searched},
    date::Date,
    entity::{EntityKind, Evidence, Location, Mention},
    error::Result,
    hit::CodePoints,
    settings::{Reach, Recogniser, Sources, Take},
    text::{self, Language},
};

/// Names the rules by which drafts become articles: when it changes, everything is read again.
pub const VERSION: &str = "rules-3 places-2 dates-2 authors-3 pages-3 formats-3";

/// What an archive says of all its articles.
#[derive(Debug, Clone)]
pub struct Home {
    /// The language of articles whose own is neither given nor detected.
    language: Language,
    /// Where places are looked up.
    gazetteers: Gazetteers,
    /// Which names and dates are taken from the text.
    sources: Sources,
    /// The trained recogniser, where the settings ask for it.
    tagger: Option<Tagger<'static>>,
}

impl Home {
    /// What the settings say; finds out whether all that extraction stands on can be read.
    ///
    /// # Errors
    /// `Damaged` when the program's own gazetteer or model of names is none: extraction never goes on without them.
    pub fn new(language: Language, gazetteers: Gazetteers, sources: Sources) -> Result<Self> {
        Self::with_model(language, gazetteers, sources, names::tagger::ENGLISH)
    }

    fn with_model(language: Language, gazetteers: Gazetteers, sources: Sources, model: &'static [u8]) -> Result<Self> {
        places::check_built_in()?;
        let is_asked_for = sources.recogniser == Recogniser::Tagger;
        let tagger = is_asked_for.then(|| Tagger::new(model)).transpose()?;
        Ok(Self { language, gazetteers, sources, tagger })
    }
}

/// Makes the article of a draft, a function of its arguments alone.
///
/// `path` is the file's, relative to the archive; `id` is decided by the caller.
pub fn extract(draft: Draft, path: &str, id: String, home: &Home) -> Article {
    let mut draft = head::fill(draft, path);
    let (text, parts) = compose::compose(std::mem::take(&mut draft.passages), draft.is_cut);
    draft.notes.extend(too_long(&text).filter(|_| !draft.is_cut));
    let language = language(&mut draft, &text, home);
    let given = Given::of(&mut draft, &home.sources);
    let published = draft.published.as_ref().map(|(date, _)| date);
    let analysis = text::analyse(&text, &searched(&parts), language);
    let source = found::Source { text: &text, parts: &parts, analysis: &analysis, language, published, home };
    let mut mentions = match draft.is_cut {
        true => in_bytes(draft.mentions, &text),
        false => seen(&given, &source, &mut draft.notes),
    };
    // Our own converter's output says all that its gazetteer knew.
    let links = if draft.is_cut { Vec::new() } else { given.links(home) };
    locate(&mut mentions, &links);
    mentions.sort_by_key(|mention| (mention.span.start, mention.span.end, mention.kind));
    Article {
        id,
        path: path.to_owned(),
        line: draft.line,
        title: title(&text, &parts),
        source: draft.source,
        byline: draft.byline,
        authors: each_once(draft.authors),
        section: draft.section,
        published_from: draft.published.as_ref().map(|(_, from)| *from),
        published: draft.published.map(|(date, _)| date),
        language: language.tag().to_owned(),
        url: draft.url,
        tags: each_once(draft.tags),
        subjects: each_once(draft.subjects),
        hash: draft.hash,
        notes: draft.notes,
        extra: draft.extra,
        told: draft.told,
        text,
        analysis: Some(analysis),
        ..given.named(mentions, parts, links)
    }
}

/// A note on a text in which nothing is looked for.
fn too_long(text: &str) -> Option<Note> {
    let reason = || format!("more than {} MB of text: names and dates were not looked for in it", found::LONGEST >> 20);
    (text.len() > found::LONGEST).then(|| Note::new("long", reason()))
}

/// The mentions of what was given, and those that finders see in the text.
fn seen(given: &Given, source: &found::Source<'_>, notes: &mut Vec<Note>) -> Vec<Mention> {
    let most = || text::grouped(found::MOST as u64);
    let found::Source { text, parts, analysis, language, .. } = *source;
    let mut mentions = given::locate(given, &Place { text, parts, analysis, language });
    if mentions.len() > found::MOST {
        mentions.truncate(found::MOST);
        let reason =
            format!("its names and dates stand in the text more than {} times: only the first are marked", most());
        notes.push(Note::new("long", reason));
    }
    if found::add(given, source, &mut mentions) {
        let reason = format!("more than {} names or dates in the text: none of them is taken from it", most());
        notes.push(Note::new("long", reason));
    }
    mentions.retain(|mention| mention.from == Evidence::Field || !is_of_a_writer(mention, (text, parts)));
    mentions
}

/// Whether a mention stands in a byline: who writes is an author, not whom the article names.
fn is_of_a_writer(mention: &Mention, (text, parts): (&str, &[Part])) -> bool {
    let part = Part::around(parts, mention.span.start).filter(|part| part.kind == PartKind::Subtitle);
    let Some(part) = part else { return false };
    let before = text.get(part.span.start..mention.span.start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
    matches!(mention.kind, EntityKind::Person | EntityKind::Role) && head::is_byline(line)
}

fn title(text: &str, parts: &[Part]) -> String {
    let title = parts.iter().find(|part| part.kind == PartKind::Title);
    title.and_then(|part| text.get(part.span.clone())).unwrap_or_default().to_owned()
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
    /// What a draft gives; all of it where our own converter wrote it, else what the settings keep.
    fn of(draft: &mut Draft, sources: &Sources) -> Self {
        let (people, places, orgs) = (draft.people.take(), draft.places.take(), draft.orgs.take());
        let (roles, dates) = (draft.roles.take(), draft.dates.take());
        let given = Self { people, places, orgs, roles, dates }.with_roles_of_people();
        if draft.is_cut { given } else { given.kept_by(sources) }
    }

    /// A role given with a person is a role of the article.
    fn with_roles_of_people(mut self) -> Self {
        let of_people: Vec<String> = self.people.iter().flatten().filter_map(|person| person.role.clone()).collect();
        if !of_people.is_empty() {
            self.roles.get_or_insert_default().extend(of_people);
        }
        self
    }

    /// Without the lists that the settings leave out.
    fn kept_by(mut self, sources: &Sources) -> Self {
        let is_out = |kind: EntityKind| sources.reach == Reach::Text && sources.take(kind) == Take::Text;
        self.people.take_if(|_| is_out(EntityKind::Person));
        self.places.take_if(|_| is_out(EntityKind::Place));
        self.orgs.take_if(|_| is_out(EntityKind::Org));
        self.roles.take_if(|_| is_out(EntityKind::Role));
        self.dates.take_if(|_| is_out(EntityKind::Date));
        self
    }

    /// An article that has these names, mentions and places, and nothing else.
    fn named(&self, mentions: Vec<Mention>, parts: Vec<Part>, links: Vec<Link>) -> Article {
        Article {
            people: self.names(EntityKind::Person, &mentions),
            places: self.names(EntityKind::Place, &mentions),
            orgs: self.names(EntityKind::Org, &mentions),
            roles: self.names(EntityKind::Role, &mentions),
            dates: self.dates(&mentions),
            locations: self.locations(&links),
            focus: focus::focus(&mentions, &parts),
            linked: links.into_iter().filter_map(|link| Some((link.name, link.path?))).collect(),
            supplied: self.supplied(),
            mentions,
            parts,
            ..Article::default()
        }
    }

    /// The names of one kind: those given, then those of mentions.
    fn names(&self, kind: EntityKind, mentions: &[Mention]) -> Vec<String> {
        let list = match kind {
            EntityKind::Person => &self.people,
            EntityKind::Place => &self.places,
            _ => &self.orgs,
        };
        let named = mentions.iter().filter(|mention| mention.kind == kind && !mention.entity.is_empty());
        let named = named.map(|mention| mention.entity.as_str());
        let roles = self.roles.iter().flatten().map(String::as_str);
        let names = list.iter().flatten().map(|name| name.name.as_str());
        match kind {
            EntityKind::Role => distinct(roles.chain(named)),
            _ => distinct(names.chain(named)),
        }
    }

    /// The dates given, then those of mentions.
    fn dates(&self, mentions: &[Mention]) -> Vec<Date> {
        let given = self.dates.iter().flatten().map(|named| &named.date);
        let all = given.chain(mentions.iter().filter_map(|mention| mention.date.as_ref()));
        let mut known = HashSet::new();
        all.filter(|date| known.insert(*date)).cloned().collect()
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

    /// The given places that a gazetteer knows.
    fn links(&self, home: &Home) -> Vec<Link> {
        let names: Vec<&str> = self.places.iter().flatten().map(|place| place.name.as_str()).collect();
        places::link(&names, &home.gazetteers)
    }

    /// The locations given, where there is none that of a gazetteer, in the order of the places.
    fn locations(&self, links: &[Link]) -> Vec<(String, Location)> {
        let mut locations: Vec<(String, Location)> = Vec::new();
        for place in self.places.iter().flatten() {
            let linked = || links.iter().find(|link| link.name == place.name)?.location.as_ref();
            if let Some(location) = place.location.as_ref().or_else(linked)
                && !locations.iter().any(|(path, _)| *path == place.name)
            {
                locations.push((place.name.clone(), location.clone()));
            }
        }
        locations
    }
}

/// Tells mentions of given places where these lie, if they do not know.
fn locate(mentions: &mut [Mention], links: &[Link]) {
    for mention in mentions.iter_mut().filter(|mention| mention.kind == EntityKind::Place) {
        let link = links.iter().find(|link| link.name == mention.entity);
        mention.location = mention.location.take().or_else(|| link?.location.clone());
    }
}

/// The language given, else the one the text shows, else the archive's.
fn language(draft: &mut Draft, text: &str, home: &Home) -> Language {
    if let Some(given) = draft.language.as_deref().and_then(Language::from_tag) {
        return given;
    }
    let detected = text::detect(text, home.language);
    draft.told.tell("language", if detected.is_some() { "the text" } else { "the archive's language" }, "");
    detected.unwrap_or(home.language)
}

/// Each value once, where it first stood.
fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut known = HashSet::new();
    values.filter(|value| known.insert(*value)).map(str::to_owned).collect()
}

/// The items of a list, each once.
fn each_once(list: Option<Vec<String>>) -> Vec<String> {
    distinct(list.iter().flatten().map(String::as_str))
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

#[cfg(test)]
mod tests;
