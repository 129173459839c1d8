//! The heart of the suite: on random archives and random queries the index answers as a naive scan of the texts does.
//!
//! The scan is written from the definitions of the query language; it shares with the index only the list of words of a
//! text. `MORGUE_ORACLE_CASES=N` tries N archives instead of a few: an archive has about 14 articles and is asked 60
//! queries, so 1,200 archives are a million pairs of a query and an article.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::indexing_slicing,
    clippy::result_large_err,
    reason = "a test"
)]

#[path = "oracle/ask.rs"]
mod ask;
#[path = "oracle/best.rs"]
mod best;
#[path = "oracle/clip.rs"]
mod clip;
#[path = "oracle/draw.rs"]
mod draw;
#[path = "oracle/named.rs"]
mod named;
#[path = "oracle/overview.rs"]
mod overview;
#[path = "oracle/pattern.rs"]
mod pattern;
#[path = "oracle/print.rs"]
mod print;
#[path = "oracle/scan.rs"]
mod scan;
#[path = "oracle/shrink.rs"]
mod shrink;
#[path = "oracle/spell.rs"]
mod spell;

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
};

use morgue::{
    archive::{Archive, Place, Progress, RefreshOptions},
    field::Field,
    plan::{FacetRequest, Page, Plan, Sort, Unit},
    query::{FilterFlag, Request},
    settings::Settings,
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{TestCaseResult, TestRunner},
};

use ask::{Asked, Naming, Query, Reading};
use clip::Clip;
use scan::Scanned;

struct Silent;

impl Progress for Silent {
    fn total(&self, _: u64) {}
    fn done(&self) {}
    fn writing(&self) {}
}

/// Failures that are told before giving up.
const FAILURES: usize = 5;

/// Pairs of a query and an article that were compared.
static PAIRS: AtomicU64 = AtomicU64::new(0);

/// How many archives are tried, articles each has at most, and queries each is asked.
fn extent() -> (u32, usize, usize) {
    match std::env::var("MORGUE_ORACLE_CASES").ok().and_then(|cases| cases.parse().ok()) {
        Some(cases) => (cases, 29, 60),
        None => (10, 13, 40),
    }
}

#[test]
fn the_index_answers_as_a_scan_does() {
    let (cases, articles, queries) = extent();
    let drawn = (prop::collection::vec(draw::asked(), queries), clip::archive(articles));
    let mut runner = TestRunner::default();
    let mut failures = Vec::new();
    for _ in 0..cases {
        let (asked, clips) = drawn.new_tree(&mut runner).unwrap().current();
        failures.extend(first_failure(&asked, &clips));
        if failures.len() == FAILURES {
            break;
        }
    }
    eprintln!("{} pairs of a query and an article", PAIRS.load(Ordering::Relaxed));
    assert!(failures.is_empty(), "\n{}", failures.join("\n\n"));
}

/// The first of these queries that is answered otherwise than the scan says, made as small as can be.
fn first_failure(asked: &[Asked], clips: &[Clip]) -> Option<String> {
    let fails = |asked: &Asked, clips: &[Clip]| compare(std::slice::from_ref(asked), clips).is_err();
    let (failing, _) = compare(asked, clips).err()?;
    let (asked, clips) = shrink::smallest(failing, clips.to_vec(), fails);
    compare(std::slice::from_ref(&asked), &clips).err().map(|(_, told)| told)
}

/// Asks an archive of these clips; the first query that is answered otherwise than the scan says, and all about it.
fn compare(asked: &[Asked], clips: &[Clip]) -> Result<(), (Asked, String)> {
    let folder = tempfile::tempdir().unwrap();
    clip::write(clips, folder.path());
    let archive = opened(folder.path());
    let scanned = Scanned::all(clips);
    let sheet = Sheet { archive: &archive, clips, scanned: &scanned };
    for (number, asked) in asked.iter().enumerate().filter(|(_, asked)| asked.is_clear(clips)) {
        let answered = sheet.check(asked).and_then(|answer| match number {
            // Orders do not depend on what is asked.
            0..3 => sheet.check_orders(&answer).and_then(|()| sheet.check_overview(&answer)),
            3..6 => sheet.check_overview(&answer),
            _ => Ok(()),
        });
        answered.map_err(|failure| (asked.clone(), sheet.readable(asked, &failure)))?;
        PAIRS.fetch_add(clips.len() as u64, Ordering::Relaxed);
    }
    Ok(())
}

fn opened(folder: &std::path::Path) -> Archive {
    let index = folder.join(".morgue");
    let place = Place { folder: folder.to_owned(), index, settings: Settings::default(), today: 30_000 };
    let options = RefreshOptions { threads: Some(1), ..RefreshOptions::default() };
    let summary = Archive::refresh(&place, &options, &Silent, &AtomicBool::new(false)).unwrap();
    let lost: Vec<_> = summary.problems.iter().filter(|problem| problem.refused).collect();
    assert!(lost.is_empty(), "{lost:?}");
    Archive::open(&place).unwrap()
}

fn request(asked: &Asked) -> Request {
    let filters = asked.flags.iter().map(|flag| FilterFlag {
        field: flag.field(),
        value: flag.value().to_owned(),
        exclude: flag.excludes(),
    });
    Request {
        args: vec![asked.typed()],
        any: asked.reading == Reading::Any,
        exact: asked.reading == Reading::Exact,
        with_unresolved: false,
        filters: filters.collect(),
        today: 20_000,
        ..Request::default()
    }
}

/// An archive and its scan, side by side.
struct Sheet<'a> {
    archive: &'a Archive,
    clips: &'a [Clip],
    scanned: &'a [Scanned],
}

/// What the scan found, and what the archive was asked.
struct Answer {
    plan: Plan,
    /// What is marked in a text.
    marked: Query,
    /// What counts as a mention.
    naming: Naming,
    /// Numbers of the clips that match.
    found: Vec<usize>,
}

impl Sheet<'_> {
    fn check(&self, asked: &Asked) -> Result<Answer, TestCaseError> {
        let plan =
            self.archive.plan(&request(asked)).map_err(|error| TestCaseError::fail(format!("refused: {error}")))?;
        let query = asked.meant();
        let holds = |at: &usize| query.holds(&self.clips[*at], &self.scanned[*at]);
        let held: Vec<usize> = (0..self.clips.len()).filter(holds).collect();
        let found: Vec<usize> = held.iter().copied().filter(|at| asked.flagged(&self.clips[*at], None)).collect();
        let list = self.archive.search(&plan, &Page::default(), &facet_requests()).unwrap();
        let mut ids: Vec<&str> = list.hits.iter().map(|hit| hit.id.as_str()).collect();
        ids.sort_unstable();
        let mut expected: Vec<&str> = found.iter().map(|at| self.clips[*at].id.as_str()).collect();
        expected.sort_unstable();
        prop_assert_eq!(&ids, &expected, "the index and the scan find other articles");
        prop_assert_eq!(list.total.articles, expected.len() as u64);
        prop_assert!(list.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
        self.check_facets(asked, &held, &list.facets)?;
        let answer = Answer { plan, marked: asked.telling(), naming: asked.naming(), found };
        self.check_spans(&answer)?;
        let spans = answer.found.iter().map(|at| answer.naming.spans(&self.scanned[*at]).len() as u64);
        let mentions = self.archive.count(&answer.plan, Unit::Mentions).unwrap().total.mentions;
        prop_assert_eq!(mentions, Some(spans.sum::<u64>()), "mentions");
        prop_assert_eq!(list.total.mentions, mentions);
        Ok(answer)
    }

    /// Each facet is counted under all flags but those of its own field.
    fn check_facets(
        &self,
        asked: &Asked,
        held: &[usize],
        facets: &BTreeMap<String, Vec<morgue::hit::FacetCount>>,
    ) -> TestCaseResult {
        for field in Field::facets() {
            let mut expected: BTreeMap<String, u64> = BTreeMap::new();
            for clip in held.iter().map(|at| &self.clips[*at]).filter(|clip| asked.flagged(clip, Some(field))) {
                for value in clip.values(field) {
                    *expected.entry(value).or_default() += 1;
                }
            }
            let counted = &facets[field.name()];
            let found: BTreeMap<String, u64> = counted.iter().map(|count| (count.value.clone(), count.count)).collect();
            prop_assert_eq!(found, expected, "facet {}", field.name());
        }
        Ok(())
    }

    /// Marks stand exactly where the query's spans do.
    fn check_spans(&self, answer: &Answer) -> TestCaseResult {
        let bare = Plan { groups: Vec::new(), ..answer.plan.clone() };
        for at in answer.found.iter().take(3) {
            let (clip, scanned) = (&self.clips[*at], &self.scanned[*at]);
            let article = self.archive.article(&clip.id).unwrap().unwrap();
            prop_assert!(article.text == scanned.text, "the text of {}", clip.id);
            let marks = self.archive.marks(&bare, &article).unwrap();
            prop_assert_eq!(marks, scanned.places(&answer.marked.spans(scanned)), "marks in {}", clip.id);
        }
        Ok(())
    }

    fn check_orders(&self, answer: &Answer) -> TestCaseResult {
        for sort in [Sort::Newest, Sort::Oldest, Sort::Source, Sort::File] {
            let mut ordered: Vec<&Clip> = answer.found.iter().map(|at| &self.clips[*at]).collect();
            ordered.sort_by_key(|clip| clip.key(sort));
            let page = Page { sort, ..Page::default() };
            let list = self.archive.search(&answer.plan, &page, &[]).unwrap();
            let found: Vec<&str> = list.hits.iter().map(|hit| hit.id.as_str()).collect();
            let ids: Vec<&str> = ordered.iter().map(|clip| clip.id.as_str()).collect();
            prop_assert_eq!(found, ids, "{:?}", sort);
        }
        Ok(())
    }

    /// A failure with all that is needed to see it with one's own eyes.
    fn readable(&self, asked: &Asked, failure: &TestCaseError) -> String {
        let (typed, flags, reading) = (asked.typed(), &asked.flags, asked.reading);
        let read = self.archive.plan(&request(asked)).map_or(String::new(), |plan| plan.read_as);
        let texts: Vec<String> = self.clips.iter().map(|clip| format!("  {:.600}", format!("{clip:?}"))).collect();
        format!("{typed}   ({reading:?} {flags:?}, read as {read})\n{failure}\n{}", texts.join("\n"))
    }
}

fn facet_requests() -> Vec<FacetRequest> {
    Field::facets().map(FacetRequest::all).collect()
}
