//! On random archives under random marks the index answers as a naive reading of `marks.csv` does; and the file survives
//! whatever happens to the program that writes it.
//!
//! The naive reading shares nothing with the index.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::{collections::BTreeMap, fs, path::Path, process::Stdio, time::Duration};

use morgue::{
    archive::{Archive, RefreshOptions, change_marks, marks},
    entity::EntityKind,
    field::Field,
    hit::TermList,
    listing::Spot,
    marks::{Mark, Marks, Verdict},
    plan::{
        EntityNode, FacetRequest, Filter, Node, Pattern, Plan, SmallWords, TextNode, Unit, WordPattern, WordRequest,
    },
    query::Request,
};
use proptest::prelude::*;
use serde_json::json;
use stage::{Stage, Unseen, command, run};

mod stage;

const WORDS: [&str; 5] = ["Moran", "Vell", "river", "said", "the"];
const PEOPLE: [&str; 3] = ["Ada Moran", "Nora Vell", "Vell"];
const TAGS: [&str; 3] = ["wet", "dry", "old"];

#[derive(Debug, Clone)]
struct Clip {
    words: Vec<&'static str>,
    /// Name, first and last word.
    mentions: Vec<(&'static str, usize, usize)>,
    tags: Vec<&'static str>,
}

/// A mark of the article of a number: on these words, or as a whole.
#[derive(Debug, Clone)]
struct Given {
    article: usize,
    words: Option<(usize, usize)>,
    tag: Option<&'static str>,
    verdict: Option<Verdict>,
}

fn clips() -> impl Strategy<Value = Vec<Clip>> {
    let words = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..8);
    let mentions = prop::collection::vec((prop::sample::select(&PEOPLE[..]), 0..8usize, 1..3usize), 0..5);
    let tags = prop::collection::vec(prop::sample::select(&TAGS[..]), 0..2);
    let clip = (words, mentions, tags).prop_map(|(words, mentions, tags)| {
        let placed = |(name, first, count): (&'static str, usize, usize)| {
            let first = first % words.len();
            (name, first, (first + count).min(words.len()) - 1)
        };
        Clip { mentions: mentions.into_iter().map(placed).collect(), words: words.clone(), tags }
    });
    prop::collection::vec(clip, 2..7)
}

fn given() -> impl Strategy<Value = Vec<Given>> {
    let words = prop::option::of((0..8usize, 1..3usize));
    let tag = prop::option::weighted(0.4, prop::sample::select(&TAGS[..]));
    let verdict = prop::option::weighted(0.7, prop::sample::select(&Verdict::ALL[..]));
    let mark = (0..8usize, words, tag, verdict);
    let mark = mark.prop_map(|(article, words, tag, verdict)| Given { article, words, tag, verdict });
    prop::collection::vec(mark, 0..9)
}

impl Clip {
    fn at(&self, word: usize) -> usize {
        self.words[..word].iter().map(|word| word.len() + 1).sum()
    }

    fn spot(&self, (first, count): (usize, usize)) -> (usize, usize, Spot) {
        let first = first % self.words.len();
        let last = (first + count).min(self.words.len()) - 1;
        let (start, end) = (self.at(first), self.at(last) + self.words[last].len());
        let surface = self.words[first..=last].join(" ");
        (first, last, Spot { start: start as u64, end: end as u64, surface })
    }

    fn json(&self, id: usize) -> String {
        let text = self.words.join(" ");
        let mentions = self.mentions.iter().map(|(name, first, last)| {
            let (start, end) = (self.at(*first), self.at(*last) + self.words[*last].len());
            json!({"kind": "person", "start": start, "end": end, "entity": name, "surface": text[start..end],
                "from": "field", "rule": "given", "confidence": 1.0})
        });
        json!({
            "id": format!("clip-{id}"), "language": "en", "text": text, "mentions": mentions.collect::<Vec<_>>(),
            "parts": [{"part": "body", "start": 0, "end": text.len()}], "people": [], "tags": self.tags,
        })
        .to_string()
    }
}

/// What the marks say, read one by one.
struct Naive<'a> {
    clips: &'a [Clip],
    given: &'a [Given],
}

impl Naive<'_> {
    fn on(&self, article: usize) -> impl DoubleEndedIterator<Item = &Given> {
        self.given.iter().filter(move |given| given.article % self.clips.len() == article)
    }

    fn verdict(&self, article: usize) -> Option<Verdict> {
        self.on(article).rev().filter(|given| given.words.is_none()).find_map(|given| given.verdict)
    }

    fn stays(&self, article: usize) -> bool {
        self.verdict(article) != Some(Verdict::Drop)
    }

    fn is_left_out(&self, article: usize, words: (usize, usize)) -> bool {
        let spot = |given: &Given| given.words.map(|words| self.clips[article].spot(words));
        let here = |given: &&Given| spot(given).is_some_and(|(first, last, _)| (first, last) == words);
        self.on(article).rev().filter(here).find_map(|given| given.verdict) == Some(Verdict::Drop)
    }

    fn articles(&self) -> impl Iterator<Item = (usize, &Clip)> {
        self.clips.iter().enumerate().filter(|(article, _)| self.stays(*article))
    }

    /// Where a word stands in an article, without the mentions that are dropped.
    fn places(&self, article: usize, clip: &Clip, word: &str) -> Vec<usize> {
        let words = clip.words.iter().enumerate().filter(|(_, own)| **own == word);
        words.map(|(at, _)| at).filter(|at| !self.is_left_out(article, (*at, *at))).collect()
    }

    /// The words next to these places.
    fn beside<'c>(&self, article: usize, clip: &'c Clip, word: &str) -> impl Iterator<Item = &'c str> {
        let places = self.places(article, clip, word);
        let is_beside = move |at: &usize| !places.contains(at) && places.iter().any(|place| place.abs_diff(*at) == 1);
        (0..clip.words.len()).filter(is_beside).map(|at| clip.words[at])
    }

    fn tags(&self) -> BTreeMap<String, u64> {
        let mut counts = BTreeMap::new();
        for (article, clip) in self.articles() {
            let given = self.on(article).filter_map(|given| given.tag);
            let mut tags: Vec<&str> = clip.tags.iter().copied().chain(given).collect();
            tags.sort_unstable();
            tags.dedup();
            tags.into_iter().for_each(|tag| *counts.entry(tag.to_owned()).or_default() += 1);
        }
        counts
    }

    fn named(&self) -> BTreeMap<String, u64> {
        let mut counts = BTreeMap::new();
        for (article, clip) in self.articles() {
            for (name, ..) in
                clip.mentions.iter().filter(|(_, first, last)| !self.is_left_out(article, (*first, *last)))
            {
                *counts.entry((*name).to_owned()).or_default() += 1;
            }
        }
        counts
    }
}

fn text(word: &str) -> Plan {
    let pattern = Pattern::Word(WordPattern { form: word.to_lowercase(), exact: true, possessive: false });
    Plan::of(Node::Text(TextNode { pattern, at_least: 1, boost: 1.0 }))
}

fn counts(archive: &Archive, plan: &Plan, (field, of): (Field, Unit)) -> BTreeMap<String, u64> {
    let list = archive.facets(plan, &[FacetRequest { of, ..FacetRequest::all(field) }]).unwrap();
    let values = list.facets.into_values().flatten();
    values.map(|value| (value.value, value.count)).collect()
}

fn check(archive: &Archive, naive: &Naive<'_>) {
    let all = Plan::of(Node::All);
    assert_eq!(articles(archive, &all), naive.articles().count() as u64);
    assert_eq!(counts(archive, &all, (Field::Tag, Unit::Articles)), naive.tags());
    assert_eq!(counts(archive, &all, (Field::Person, Unit::Mentions)), naive.named());
    let names = archive.names(EntityKind::Person, None, None).unwrap().names;
    let mentioned = names.into_iter().filter(|name| name.mentions > 0).map(|name| (name.name, name.mentions));
    assert_eq!(mentioned.collect::<BTreeMap<_, _>>(), naive.named());
    for tag in TAGS {
        let plan = Plan::of(Node::Filter(Filter::Is(Field::Tag, vec![tag.to_owned()])));
        assert_eq!(articles(archive, &plan), naive.tags().get(tag).copied().unwrap_or(0), "{tag}");
    }
    for verdict in Verdict::ALL {
        let plan = Plan::of(Node::Filter(Filter::Is(Field::Verdict, vec![verdict.name().to_owned()])));
        let expected = (0..naive.clips.len()).filter(|article| naive.verdict(*article) == Some(verdict)).count();
        assert_eq!(articles(archive, &plan), expected as u64, "{verdict:?}");
    }
    WORDS.into_iter().for_each(|word| check_word(archive, naive, word));
    PEOPLE.into_iter().for_each(|name| check_name(archive, naive, name));
}

fn articles(archive: &Archive, plan: &Plan) -> u64 {
    archive.count(plan, Unit::Articles).unwrap().total.articles
}

/// What a word finds, what it stands for when cut short, and the words that stand beside it.
fn check_word(archive: &Archive, naive: &Naive<'_>, word: &str) {
    let total = archive.count(&text(word), Unit::Mentions).unwrap().total;
    let mentions = naive.articles().map(|(article, clip)| naive.places(article, clip, word).len() as u64).sum();
    let holding: Vec<(usize, &Clip)> = naive.articles().filter(|(_, clip)| clip.words.contains(&word)).collect();
    assert_eq!((total.mentions, total.articles), (Some(mentions), holding.len() as u64), "{word}");

    let request = Request { args: vec![format!("{}*", &word[..2])], ..Request::default() };
    let stands_for: Vec<(String, u64)> =
        archive.explain(&request).unwrap().words.into_iter().map(|word| (word.word, word.articles)).collect();
    let one = (word.to_lowercase(), holding.len() as u64);
    assert_eq!(stands_for, Vec::from_iter((one.1 > 0).then_some(one)), "{word}");

    let all: Vec<&str> = naive.articles().flat_map(|(_, clip)| clip.words.iter().copied()).collect();
    let every = WordRequest { limit: None, small: SmallWords::With };
    let inside: Vec<&str> = holding.iter().flat_map(|(_, clip)| clip.words.iter().copied()).collect();
    check_telling(archive.terms(&text(word), every).unwrap(), &inside, &all);
    let beside: Vec<&str> = holding.iter().flat_map(|(article, clip)| naive.beside(*article, clip, word)).collect();
    check_telling(archive.collocates(&text(word), 1, every).unwrap(), &beside, &all);
}

/// That words are counted in `inside` and in `all`, and nowhere else.
fn check_telling(list: TermList, inside: &[&str], all: &[&str]) {
    assert_eq!((list.words, list.archive_words), (inside.len() as u64, all.len() as u64), "{list:?}");
    let times = |words: &[&str], term: &str| words.iter().filter(|word| word.to_lowercase() == term).count() as u64;
    for term in list.terms {
        assert_eq!((term.count, term.archive), (times(inside, &term.term), times(all, &term.term)), "{}", term.term);
    }
}

fn check_name(archive: &Archive, naive: &Naive<'_>, name: &str) {
    let stands = |(article, clip): (usize, &Clip)| {
        let own = clip.mentions.iter().filter(|(own, ..)| *own == name);
        let mut spans: Vec<(usize, usize)> = own.map(|(_, first, last)| (*first, *last)).collect();
        spans.sort_unstable();
        spans.dedup();
        spans.into_iter().filter(|words| !naive.is_left_out(article, *words)).count() as u64
    };
    let named = EntityNode { kind: EntityKind::Person, names: Some(vec![name.to_owned()]) };
    let mentions = archive.mentions(&Plan::of(Node::Entity(named))).unwrap();
    assert_eq!(mentions.view().total.mentions, Some(naive.articles().map(stands).sum()), "{name}");
    let shown: u64 = mentions.variants().unwrap().iter().map(|variant| variant.count).sum();
    assert!(shown >= mentions.view().total.mentions.unwrap(), "{name}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("MORGUE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12)
    ))]

    #[test]
    fn marks_hold_as_they_are_written((clips, given) in (clips(), given())) {
        let stage = Stage::new();
        let (first, second) = clips.split_at(clips.len() / 2);
        let lines = |clips: &[Clip], from: usize| -> String {
            clips.iter().zip(from..).map(|(clip, id)| clip.json(id) + "\n").collect()
        };
        stage.write("a.jsonl", lines(first, 0));
        stage.refresh().unwrap();
        stage.write("b.jsonl", lines(second, first.len()));
        stage.refresh().unwrap();
        let place = stage.place();
        let mark = |given: &Given| {
            let article = given.article % clips.len();
            let spot = given.words.map(|words| clips[article].spot(words).2);
            let tags = given.tag.map(str::to_owned).into_iter().collect();
            Mark { id: format!("clip-{article}"), spot, tags, verdict: given.verdict, ..Mark::default() }
        };
        let said: Vec<Given> = given.iter().filter(|given| given.tag.is_some() || given.verdict.is_some()).cloned().collect();
        let rows: Vec<Mark> = said.iter().map(mark).collect();
        change_marks(&place, &mut |marks| Ok(Some(marks.with("test", &rows, "2026-03-01")))).unwrap();
        let naive = Naive { clips: &clips, given: &said };
        check(&Archive::open(&place).unwrap(), &naive);
        let full = RefreshOptions { full: true, threads: Some(1), ..RefreshOptions::default() };
        Archive::refresh(&place, &full, &Unseen, &Default::default()).unwrap();
        check(&Archive::open(&place).unwrap(), &naive);
        let kept: Vec<Given> = said.iter().map(|given| Given { verdict: None, ..given.clone() }).collect();
        let shown = Archive::open(&place).unwrap().with_dropped();
        prop_assert_eq!(shown.count(&Plan::of(Node::All), Unit::Articles).unwrap().total.articles, clips.len() as u64);
        prop_assert_eq!(counts(&shown, &Plan::of(Node::All), (Field::Tag, Unit::Articles)), Naive { clips: &clips, given: &kept }.tags());
        prop_assert_eq!(marks(&place.folder).unwrap().undone().unwrap().0.is_empty(), true);
    }
}

#[test]
fn a_text_that_changed_keeps_its_marks_where_it_can() {
    let stage = Stage::with(&[("a.jsonl", r#"{"id":"a","title":"T","body":"Elin Foss spoke. Foss left."}"#)]);
    stage.refresh().unwrap();
    for (place, body, expected) in [
        ("3-12", "Elin Foss spoke. Foss left.", "1 mention dropped"),
        ("", "Yesterday Elin Foss spoke. Foss left.", "1 mention dropped"),
        ("", "Nobody spoke.", "1 dropped mention of marks.csv cannot be found again"),
    ] {
        if !place.is_empty() {
            assert_eq!(run(stage.folder(), &["mark", "a", "--at", place, "--verdict", "drop"]).code, 0);
        }
        stage.write("a.jsonl", json!({"id": "a", "title": "T", "body": body}).to_string());
        assert_eq!(run(stage.folder(), &["index"]).code, 0);
        let ran = run(stage.folder(), &["count", "\"elin foss\" OR spoke", "--of", "mentions"]);
        assert!(ran.err.contains(expected) && ran.out == "1\n", "{body}: {ran:?}");
    }
}

/// Several programs mark at once: each waits for the other, and no row is lost.
#[test]
fn marks_of_several_programs_add_up() {
    let stage = Stage::new();
    stage::write_records(&stage.at("a.jsonl"), 0, 8);
    stage.refresh().unwrap();
    let ids: Vec<String> = (0..8).map(|i| format!("n{i}")).collect();
    let start =
        |id: &String| command(stage.folder(), &["mark", id, "--tag", "seen"]).stdout(Stdio::null()).spawn().unwrap();
    let children: Vec<_> = ids.iter().map(start).collect();
    children.into_iter().for_each(|mut child| assert!(child.wait().unwrap().success()));
    let marks = marks(stage.folder()).unwrap();
    assert_eq!((marks.articles().count(), marks.faults().len()), (8, 0));
}

#[test]
fn a_killed_change_leaves_the_file_whole() {
    let stage = Stage::new();
    stage::write_records(&stage.at("a.jsonl"), 0, 400);
    stage.refresh().unwrap();
    let text = |folder: &Path| fs::read_to_string(folder.join("marks.csv")).unwrap_or_default();
    let mut before = String::new();
    for round in 0..8u64 {
        let list: String = (0..400).map(|i| format!("n{i},round {round}\n")).collect();
        let list_file = stage.at("../").join(format!("marks-{}-{round}.csv", std::process::id()));
        fs::write(&list_file, format!("id,tag\n{list}")).unwrap();
        let mut child = command(stage.folder(), &["mark", "--from", list_file.to_str().unwrap()])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(8 + 23 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        fs::remove_file(&list_file).unwrap();
        let now = text(stage.folder());
        let rows = Marks::parse(&now);
        assert!(rows.faults().is_empty(), "{:?}", rows.faults());
        assert!(now == before || now.len() > before.len() && now.ends_with('\n'), "round {round}");
        let added = now.strip_prefix(before.as_str()).unwrap().lines().filter(|line| line.starts_with('n')).count();
        assert!(added == 0 || added == 400, "{added} rows of round {round}");
        before = now;
    }
    assert_eq!(run(stage.folder(), &["mark", "n1", "--tag", "last"]).code, 0, "the lock is free again");
}

#[test]
fn a_table_that_cannot_be_read_is_told() {
    let stage = Stage::with(&[("a.jsonl", r#"{"id":"a","title":"T","body":"flood"}"#)]);
    stage.refresh().unwrap();
    fs::create_dir(stage.at("marks.csv")).unwrap();
    for args in [&["count", "flood"][..], &["mark", "a", "--tag", "x"]] {
        let ran = run(stage.folder(), args);
        assert!(ran.code == 4 && ran.err.contains("cannot read"), "{ran:?}");
    }
    fs::remove_dir(stage.at("marks.csv")).unwrap();
    fs::write(stage.at("marks.csv"), "id,tag,verdict\na,wet,\nb,x,\na,\"y,drop\n").unwrap();
    let ran = run(stage.folder(), &["count", "tag:wet"]);
    assert!(ran.code == 0 && ran.out == "1\n", "{ran:?}");
    assert!(ran.err.contains("marks.csv, line 4 is ignored: a quotation mark is not closed"), "{ran:?}");
    assert!(ran.err.contains("1 marked article is not in the index, such as b (marks.csv, line 3)"), "{ran:?}");
}
