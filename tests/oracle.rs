//! The heart of the suite: on random archives and random queries the index answers as a naive scan of the texts does.
//!
//! The scan is written from the definitions of the query language; it shares with the index only the list of words of a
//! text. `MORGUE_ORACLE_CASES=N` tries N archives instead of a few.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test")]

#[path = "oracle/ask.rs"]
mod ask;
#[path = "oracle/clip.rs"]
mod clip;
#[path = "oracle/scan.rs"]
mod scan;

use std::{collections::BTreeMap, sync::atomic::AtomicBool};

use morgue::{
    archive::{Archive, Place, Progress, RefreshOptions},
    field::Field,
    plan::{FacetRequest, Page, Plan, Sort, Unit},
    query::{FilterFlag, Request},
    settings::Settings,
};
use proptest::{prelude::*, test_runner::TestCaseResult};

use ask::Asked;
use clip::Clip;
use scan::Scanned;

struct Silent;

impl Progress for Silent {
    fn total(&self, _: u64) {}
    fn done(&self) {}
    fn writing(&self) {}
}

fn cases() -> u32 {
    std::env::var("MORGUE_ORACLE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_index_answers_as_a_scan_does(
        clips in clip::archive(),
        asked in prop::collection::vec(ask::asked(), 24),
    ) {
        let folder = tempfile::tempdir().unwrap();
        clip::write(&clips, folder.path());
        let archive = opened(folder.path());
        let scanned: Vec<Scanned> = clips.iter().map(Scanned::of).collect();
        for asked in &asked {
            check(&archive, &clips, &scanned, asked)?;
        }
    }
}

fn opened(folder: &std::path::Path) -> Archive {
    let index = folder.join(".morgue");
    let place = Place { folder: folder.to_owned(), index, settings: Settings::default(), today: 30_000 };
    let options = RefreshOptions { threads: Some(1), ..RefreshOptions::default() };
    let summary = Archive::refresh(&place, &options, &Silent, &AtomicBool::new(false)).unwrap();
    assert!(summary.problems.iter().all(|problem| !problem.refused), "{:?}", summary.problems);
    Archive::open(&place).unwrap()
}

fn request(asked: &Asked) -> Request {
    let filters = asked.flags.iter().map(|flag| FilterFlag {
        field: flag.field(),
        value: flag.value().to_owned(),
        exclude: flag.excludes(),
    });
    Request { args: vec![asked.query.typed()], any: false, exact: false, filters: filters.collect(), today: 20_000 }
}

fn check(archive: &Archive, clips: &[Clip], scanned: &[Scanned], asked: &Asked) -> TestCaseResult {
    let typed = format!("{} {:?}", asked.query.typed(), asked.flags);
    if asked.names_nothing(clips) {
        return Ok(());
    }
    let plan = match archive.plan(&request(asked)) {
        Ok(plan) => plan,
        Err(error) => return Err(TestCaseError::fail(format!("{typed}: {error}"))),
    };
    let holds = |at: &usize| asked.query.holds(&clips[*at], &scanned[*at]) && asked.flagged(&clips[*at], None);
    let expected: Vec<usize> = (0..clips.len()).filter(holds).collect();
    let mut ids: Vec<&str> = expected.iter().map(|at| clips[*at].id.as_str()).collect();
    ids.sort_unstable();
    let list = archive.search(&plan, &Page::default(), &facet_requests()).unwrap();
    let mut found: Vec<&str> = list.hits.iter().map(|hit| hit.id.as_str()).collect();
    found.sort_unstable();
    prop_assert_eq!(&found, &ids, "{} read as {}", typed, plan.read_as);
    prop_assert_eq!(list.total.articles, ids.len() as u64);
    prop_assert!(list.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
    let spans = |at: &usize| asked.query.spans(&clips[*at], &scanned[*at]).len() as u64;
    let mentions = archive.count(&plan, Unit::Mentions).unwrap().total.mentions;
    prop_assert_eq!(list.total.mentions, mentions);
    prop_assert_eq!(mentions, Some(expected.iter().map(spans).sum::<u64>()), "mentions of {}", typed);
    check_facets(clips, asked, &list.facets, |at| asked.query.holds(&clips[at], &scanned[at]))?;
    check_marks(archive, asked, scanned, (clips, &plan))?;
    check_orders(archive, clips, &expected, &plan)
}

fn facet_requests() -> Vec<FacetRequest> {
    Field::facets().map(FacetRequest::all).collect()
}

/// Each facet is counted under all flags but those of its own field.
fn check_facets(
    clips: &[Clip],
    asked: &Asked,
    facets: &BTreeMap<String, Vec<morgue::hit::FacetCount>>,
    holds: impl Fn(usize) -> bool,
) -> TestCaseResult {
    for field in Field::facets() {
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        let hits = (0..clips.len()).filter(|at| holds(*at) && asked.flagged(&clips[*at], Some(field)));
        for at in hits {
            for value in clips[at].values(field) {
                *expected.entry(value).or_default() += 1;
            }
        }
        let counted = &facets[field.name()];
        let found: BTreeMap<String, u64> = counted.iter().map(|count| (count.value.clone(), count.count)).collect();
        prop_assert_eq!(found, expected, "facet {} of {}", field.name(), asked.query.typed());
    }
    Ok(())
}

/// Marks stand exactly where the query's spans do.
fn check_marks(archive: &Archive, asked: &Asked, scanned: &[Scanned], of: (&[Clip], &Plan)) -> TestCaseResult {
    let (clips, plan) = of;
    let bare = Plan { groups: Vec::new(), ..plan.clone() };
    for (clip, scanned) in clips.iter().zip(scanned).filter(|(clip, scanned)| asked.query.holds(clip, scanned)).take(2)
    {
        let Some(article) = archive.article(&clip.id).unwrap() else { continue };
        prop_assert_eq!(&article.text, &scanned.text);
        if !asked.flagged(clip, None) {
            continue;
        }
        let marks = archive.marks(&bare, &article).unwrap();
        prop_assert_eq!(marks, scanned.places(&asked.query.spans(clip, scanned)), "marks of {}", asked.query.typed());
    }
    Ok(())
}

fn check_orders(archive: &Archive, clips: &[Clip], expected: &[usize], plan: &Plan) -> TestCaseResult {
    for sort in [Sort::Newest, Sort::Oldest, Sort::Source, Sort::File] {
        let mut ordered: Vec<&Clip> = expected.iter().map(|at| &clips[*at]).collect();
        ordered.sort_by_key(|clip| clip.key(sort));
        let page = Page { sort, ..Page::default() };
        let list = archive.search(plan, &page, &[]).unwrap();
        let found: Vec<&str> = list.hits.iter().map(|hit| hit.id.as_str()).collect();
        let ids: Vec<&str> = ordered.iter().map(|clip| clip.id.as_str()).collect();
        prop_assert_eq!(found, ids, "{:?}", sort);
    }
    Ok(())
}
