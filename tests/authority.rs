//! On random archives under random rules the index answers as a naive mapping of the articles does.
//!
//! The mapping is written from the definition of `names.csv`; it shares nothing with the index.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::atomic::AtomicBool,
};

use morgue::{
    archive::{Archive, Place, Progress, RefreshOptions, authority, change_authority},
    authority::{Authority, Rule},
    entity::EntityKind,
    field::Field,
    plan::{EntityNode, FacetRequest, Node, Page, PairRequest, Pattern, Plan, TextNode, Unit},
    settings::Settings,
};
use proptest::prelude::*;
use serde_json::json;

const WORDS: [&str; 7] = ["Ada", "Moran", "Vell", "Kesh", "said", "the", "river"];
const PEOPLE: [&str; 5] = ["Ada Moran", "Moran (unresolved)", "Nora Vell", "Vell", "Said"];
const PLACES: [&str; 4] = ["Norland", "Norland/Kesh", "Norland/Kesh/Vell", "Kesh"];
const VARIANTS: [&str; 12] = [
    "Ada Moran",
    "moran",
    "Vell",
    "said",
    "the river",
    "River",
    "Norland",
    "Kesh",
    "Norland/Kesh",
    "Moran (unresolved)",
    "Nora Vell",
    "no such name",
];
const NAMES: [&str; 6] = ["Ada Moran", "Nora Vell", "Somebody", "Norland/Kesh", "Elsewhere/Kesh", "Moran (unresolved)"];
const KINDS: [(EntityKind, Field); 2] = [(EntityKind::Person, Field::Person), (EntityKind::Place, Field::Place)];

#[derive(Debug, Clone)]
struct Clip {
    id: String,
    words: Vec<&'static str>,
    /// Kind, name, first and last word.
    mentions: Vec<(EntityKind, &'static str, usize, usize)>,
    given: Vec<(EntityKind, &'static str)>,
}

fn named() -> impl Strategy<Value = (EntityKind, &'static str)> {
    let person = prop::sample::select(&PEOPLE[..]).prop_map(|name| (EntityKind::Person, name));
    prop_oneof![person, prop::sample::select(&PLACES[..]).prop_map(|name| (EntityKind::Place, name))]
}

fn clips() -> impl Strategy<Value = Vec<Clip>> {
    let words = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..9);
    let mentions = prop::collection::vec((named(), 0..9usize, 1..3usize), 0..5);
    let clip = (words, mentions, prop::collection::vec(named(), 0..3)).prop_map(|(words, mentions, given)| {
        let placed = |((kind, name), first, count): ((EntityKind, &'static str), usize, usize)| {
            let first = first % words.len();
            (kind, name, first, (first + count).min(words.len()) - 1)
        };
        let mentions = mentions.into_iter().map(placed).collect();
        Clip { id: String::new(), words: words.clone(), mentions, given }
    });
    prop::collection::vec(clip, 2..8).prop_map(|clips| {
        let numbered = clips.into_iter().enumerate();
        numbered.map(|(number, clip)| Clip { id: format!("clip-{number}"), ..clip }).collect()
    })
}

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let kind = prop::sample::select(vec![EntityKind::Person, EntityKind::Person, EntityKind::Place]);
    let name = prop::option::weighted(0.8, prop::sample::select(&NAMES[..]));
    let article = prop::option::weighted(0.3, 0..8usize);
    let rule = (kind, prop::sample::select(&VARIANTS[..]), name, article).prop_map(|(kind, variant, name, article)| {
        let article = article.map(|number| format!("clip-{number}"));
        Rule { kind, variant: variant.into(), name: name.map(str::to_owned), article }
    });
    prop::collection::vec(rule, 1..6)
}

impl Clip {
    fn json(&self) -> String {
        let text = self.words.join(" ");
        let at = |word: usize| self.words[..word].iter().map(|word| word.len() + 1).sum::<usize>();
        let mentions = self.mentions.iter().map(|(kind, name, first, last)| {
            let (start, end) = (at(*first), at(*last) + self.words[*last].len());
            json!({"kind": kind, "start": start, "end": end, "entity": name, "surface": text[start..end],
                "from": "field", "rule": "given", "confidence": 1.0})
        });
        let given = |wanted| self.given.iter().filter(move |(kind, _)| *kind == wanted).map(|(_, name)| *name);
        json!({
            "id": self.id, "language": "en", "text": text, "mentions": mentions.collect::<Vec<_>>(),
            "parts": [{"part": "body", "start": 0, "end": text.len()}],
            "people": given(EntityKind::Person).collect::<Vec<_>>(),
            "places": given(EntityKind::Place).collect::<Vec<_>>(),
        })
        .to_string()
    }

    fn surface(&self, first: usize, last: usize) -> String {
        self.words[first..=last].join(" ")
    }

    fn labels(&self, kind: EntityKind) -> BTreeSet<&'static str> {
        let given = self.given.iter().map(|(kind, name)| (*kind, *name));
        let all = given.chain(self.mentions.iter().map(|(kind, name, ..)| (*kind, *name)));
        all.filter(|(of, _)| *of == kind).map(|(_, name)| name).collect()
    }
}

/// An article's names of one kind, and the words on which each stands.
type Mapped = (BTreeSet<String>, Vec<Standing>);

/// A name, with the first and the last word of a mention.
type Standing = (String, (usize, usize));

/// The rules, applied one by one.
struct Naive<'a> {
    rules: &'a [Rule],
    clips: &'a [Clip],
}

/// Nothing, or what it stands for, if anything.
type Word = Option<Option<String>>;

impl Naive<'_> {
    /// The last rule for a variant, in an article or everywhere.
    fn rule(&self, kind: EntityKind, variant: &str, article: Option<&str>) -> Option<usize> {
        self.rules.iter().rposition(|rule| {
            rule.kind == kind
                && rule.article.as_deref() == article
                && rule.variant.to_lowercase() == variant.to_lowercase()
        })
    }

    /// What a mention stands for; an error when rules run in a circle.
    fn word(&self, kind: EntityKind, (entity, surface): (&str, &str), id: &str) -> Result<Word, ()> {
        let general = |name: &str| self.rule(kind, name, None);
        let here = |name: &str| self.rule(kind, name, Some(id));
        let Some(mut number) = here(surface).or(here(entity)).or(general(surface)).or(general(entity)) else {
            return Ok(None);
        };
        for _ in 0..=self.rules.len() {
            let Some(name) = &self.rules[number].name else { return Ok(Some(None)) };
            match here(name).or(general(name)).filter(|next| *next != number) {
                Some(next) => number = next,
                None => return Ok(Some(Some(name.clone()))),
            }
        }
        Err(())
    }

    /// Whether rules run in a circle that leads through rules for all articles.
    fn has_circle(&self) -> bool {
        let ids = || self.clips.iter().map(|clip| clip.id.as_str()).chain([""]);
        self.rules.iter().any(|rule| ids().any(|id| self.word(rule.kind, (&rule.variant, &rule.variant), id).is_err()))
    }

    fn is_found(&self, rule: &Rule) -> bool {
        let variant = rule.variant.to_lowercase();
        let clips = self.clips.iter().filter(|clip| rule.article.as_ref().is_none_or(|id| *id == clip.id));
        clips.into_iter().any(|clip| {
            let mut mentions = clip.mentions.iter().filter(|mention| mention.0 == rule.kind);
            mentions.any(|(_, _, first, last)| clip.surface(*first, *last).to_lowercase() == variant)
                || clip.labels(rule.kind).iter().any(|label| label.to_lowercase() == variant)
        })
    }

    fn mapped(&self, clip: &Clip, kind: EntityKind) -> Mapped {
        let own: Vec<_> = clip.mentions.iter().filter(|mention| mention.0 == kind).collect();
        let (mut labels, mut standing) = (BTreeSet::new(), Vec::new());
        for label in clip.labels(kind).into_iter().filter(|label| own.iter().all(|mention| mention.1 != *label)) {
            labels.extend(self.word(kind, (label, label), &clip.id).unwrap().unwrap_or(Some(label.to_owned())));
        }
        for (_, name, first, last) in &own {
            let word = self.word(kind, (name, &clip.surface(*first, *last)), &clip.id).unwrap();
            if let Some(name) = word.unwrap_or(Some((*name).to_owned())) {
                labels.insert(name.clone());
                standing.push((name, (*first, *last)));
            }
        }
        for (number, rule) in self.rules.iter().enumerate().filter(|(_, rule)| rule.kind == kind) {
            let is_in_force = self.rule(kind, &rule.variant, rule.article.as_deref()) == Some(number);
            let is_here = rule.article.as_ref().is_none_or(|id| *id == clip.id);
            if is_in_force && is_here && rule.name.is_some() && !self.is_found(rule) {
                self.phrases(clip, rule, (&mut labels, &mut standing));
            }
        }
        (labels, standing)
    }

    fn phrases(&self, clip: &Clip, rule: &Rule, (labels, standing): (&mut BTreeSet<String>, &mut Vec<Standing>)) {
        let own = clip.mentions.iter().filter(|mention| mention.0 == rule.kind);
        let lower = |word: &str| word.to_lowercase();
        let wanted: Vec<String> =
            rule.variant.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(lower).collect();
        let words: Vec<String> = clip.words.iter().map(|word| lower(word)).collect();
        for (first, _) in words.windows(wanted.len()).enumerate().filter(|(_, window)| *window == wanted) {
            let last = first + wanted.len() - 1;
            let is_free = own.clone().all(|mention| last < mention.2 || mention.3 < first);
            let word = self.word(rule.kind, (&rule.variant, &rule.variant), &clip.id).unwrap();
            if let (true, Some(Some(name))) = (is_free, word)
                && !standing.contains(&(name.clone(), (first, last)))
            {
                labels.insert(name.clone());
                standing.push((name, (first, last)));
            }
        }
    }
}

/// A name and, of a place, all above it.
fn levels(kind: EntityKind, name: &str) -> Vec<String> {
    let steps: Vec<&str> = name.split('/').collect();
    let from = if kind == EntityKind::Place { 1 } else { steps.len() };
    (from..=steps.len()).map(|count| steps[..count].join("/")).collect()
}

fn check(archive: &Archive, naive: &Naive<'_>) {
    for (kind, field) in KINDS {
        let mapped: Vec<Mapped> = naive.clips.iter().map(|clip| naive.mapped(clip, kind)).collect();
        let (mut articles, mut mentions) = (BTreeMap::<String, u64>::new(), BTreeMap::<String, u64>::new());
        for (labels, standing) in &mapped {
            labels.iter().for_each(|label| *articles.entry(label.clone()).or_default() += 1);
            let all = standing.iter().flat_map(|(name, _)| levels(kind, name));
            all.for_each(|level| *mentions.entry(level).or_default() += 1);
        }
        let facet = |of| {
            let request = FacetRequest { of, ..FacetRequest::all(field) };
            let counted = archive.facets(&Plan::of(Node::All), &[request]).unwrap();
            let values = counted.facets[field.name()].iter().map(|value| (value.value.clone(), value.count));
            values.collect::<BTreeMap<String, u64>>()
        };
        assert_eq!(facet(Unit::Articles), articles, "articles by {kind:?}");
        assert_eq!(facet(Unit::Mentions), mentions, "mentions by {kind:?}");
        let asked: BTreeSet<&str> = PEOPLE.iter().chain(&PLACES).chain(&NAMES).copied().collect();
        asked.into_iter().for_each(|name| check_name(archive, kind, Some(name), &mapped));
        check_name(archive, kind, None, &mapped);
    }
    check_hits(archive, naive);
    check_pairs(archive, naive);
}

/// One name, or any of the kind: articles that have it, articles in whose text it stands, mentions.
fn check_name(archive: &Archive, kind: EntityKind, asked: Option<&str>, mapped: &[Mapped]) {
    let is_asked = |name: &String| asked.is_none_or(|asked| levels(kind, name).iter().any(|level| level == asked));
    let entity = EntityNode { kind, names: asked.map(|name| vec![name.to_owned()]) };
    let named = archive.count(&Plan::of(Node::Entity(entity.clone())), Unit::Mentions).unwrap().total;
    let articles = mapped.iter().filter(|(labels, _)| labels.iter().any(is_asked)).count() as u64;
    let spans = mapped.iter().filter(|(labels, _)| labels.iter().any(is_asked)).map(|(_, standing)| {
        let own = standing.iter().filter(|(name, _)| is_asked(name)).map(|(_, span)| *span);
        own.collect::<BTreeSet<_>>().len() as u64
    });
    assert_eq!((named.articles, named.mentions), (articles, Some(spans.sum())), "{kind:?} {asked:?}");
    let pattern = TextNode { pattern: Pattern::Entity(entity), at_least: 1, boost: 1.0 };
    let printed = archive.count(&Plan::of(Node::Text(pattern)), Unit::Articles).unwrap().total.articles;
    let standing = mapped.iter().filter(|(_, standing)| standing.iter().any(|(name, _)| is_asked(name)));
    assert_eq!(printed, standing.count() as u64, "{kind:?} {asked:?} in the text");
}

/// People in pairs: articles that list both, articles whose only sentence names both.
fn check_pairs(archive: &Archive, naive: &Naive<'_>) {
    let mut expected = BTreeMap::<(String, String), (u64, u64)>::new();
    for clip in naive.clips {
        let (labels, standing) = naive.mapped(clip, EntityKind::Person);
        let stands = |label: &String| standing.iter().any(|(name, _)| name == label);
        for (a, b) in labels.iter().flat_map(|a| labels.range(a.clone()..).skip(1).map(move |b| (a, b))) {
            let both = expected.entry((a.clone(), b.clone())).or_default();
            both.0 += 1;
            both.1 += u64::from(stands(a) && stands(b));
        }
    }
    let request = PairRequest { left: Field::Person, right: Field::Person, with: None, limit: None };
    let pairs = archive.pairs(&Plan::of(Node::All), &request).unwrap().pairs;
    let found = pairs.into_iter().map(|pair| ((pair.a, pair.b), (pair.articles, pair.sentences)));
    assert_eq!(found.collect::<BTreeMap<_, _>>(), expected, "pairs of people");
}

fn check_hits(archive: &Archive, naive: &Naive<'_>) {
    let hits = archive.search(&Plan::of(Node::All), &Page::default(), &[]).unwrap().hits;
    assert_eq!(hits.len(), naive.clips.len());
    for hit in hits {
        let clip = naive.clips.iter().find(|clip| clip.id == hit.id).unwrap();
        let article = archive.article(&hit.id).unwrap().unwrap();
        for (kind, names) in [(EntityKind::Person, hit.people), (EntityKind::Place, hit.places)] {
            let (labels, mut standing) = naive.mapped(clip, kind);
            assert_eq!(names.into_iter().collect::<BTreeSet<_>>(), labels, "{}", clip.id);
            let own = article.mentions.iter().filter(|mention| mention.kind == kind);
            let word = |byte: usize| clip.words.join(" ")[..byte].matches(' ').count();
            let mut shown: Vec<(String, (usize, usize))> =
                own.map(|found| (found.entity.clone(), (word(found.span.start), word(found.span.end)))).collect();
            shown.sort();
            standing.sort();
            assert_eq!(shown, standing, "{}", clip.id);
        }
    }
}

struct Silent;

impl Progress for Silent {
    fn total(&self, _: u64) {}
    fn done(&self) {}
    fn writing(&self) {}
}

fn place(folder: &Path) -> Place {
    let index = folder.join(".morgue");
    Place { folder: folder.to_owned(), index, settings: Settings::default(), today: 30_000 }
}

/// An index run; afterwards the archive as it answers.
fn run(folder: &Path, full: bool) -> Archive {
    let options = RefreshOptions { full, threads: Some(1), ..RefreshOptions::default() };
    let summary = Archive::refresh(&place(folder), &options, &Silent, &AtomicBool::new(false)).unwrap();
    assert!(summary.problems.is_empty(), "{:?}", summary.problems);
    Archive::open(&place(folder)).unwrap()
}

fn write(folder: &Path, name: &str, clips: &[Clip]) {
    let lines: Vec<String> = clips.iter().map(Clip::json).collect();
    fs::write(folder.join(name), lines.join("\n")).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("MORGUE_ORACLE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
    ))]

    #[test]
    fn names_are_those_of_a_naive_mapping(clips in clips(), rules in rules()) {
        let naive = Naive { rules: &rules, clips: &clips };
        prop_assume!(!naive.has_circle());
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = clips.split_at(clips.len() / 2);
        let gone = Clip { id: "gone".into(), words: VARIANTS[4].split(' ').collect(), ..clips[0].clone() };
        let gone = Clip { mentions: vec![(EntityKind::Person, "Said", 0, 1)], ..gone };
        write(folder.path(), "a.jsonl", first);
        write(folder.path(), "gone.jsonl", &[gone]);
        run(folder.path(), false);
        fs::remove_file(folder.path().join("gone.jsonl")).unwrap();
        write(folder.path(), "b.jsonl", second);
        let plain = run(folder.path(), false);
        check(&plain, &Naive { rules: &[], clips: &clips });
        let ruled = Authority::default().with("test", &rules);
        change_authority(&place(folder.path()), &mut |_| Ok(Some(ruled.clone()))).unwrap();
        check(&Archive::open(&place(folder.path())).unwrap(), &naive);
        check(&run(folder.path(), true), &naive);
        let (undone, _) = authority(folder.path()).unwrap().undone().unwrap();
        change_authority(&place(folder.path()), &mut |_| Ok(Some(undone.clone()))).unwrap();
        check(&Archive::open(&place(folder.path())).unwrap(), &Naive { rules: &[], clips: &clips });
    }
}
