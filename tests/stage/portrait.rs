//! All that an archive answers, as one value: two indexes are equal when their portraits are.
//!
//! What tells runs apart (generation, time, bytes) is left out.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "an archive that cannot answer is a red test")]

use std::collections::BTreeMap;

use morgue::{
    archive::{Archive, Place},
    field::Field,
    plan::{FacetRequest, Page, Sort, Unit},
    query::{FilterFlag, Request},
};
use serde_json::{Value, json};

/// The answers of an archive, each under what was asked.
pub fn portrait(place: &Place, queries: &[&str]) -> BTreeMap<String, Value> {
    let archive = Archive::open(place).unwrap();
    let mut portrait = BTreeMap::new();
    let mut status = serde_json::to_value(archive.status().unwrap()).unwrap();
    status.as_object_mut().unwrap().remove("index");
    portrait.insert("status".to_owned(), status);
    portrait.insert("problems".to_owned(), json!(archive.problems().unwrap()));
    portrait.insert("fields".to_owned(), json!(archive.fields().unwrap()));
    for query in queries {
        answers(&archive, query, &mut portrait);
        question(&archive, query, &mut portrait);
    }
    articles(&archive, &mut portrait);
    portrait
}

/// A query as typed in one argument, with one flag.
pub fn request(query: &str) -> Request {
    let flag = FilterFlag { field: Field::Lang, value: "en".to_owned(), exclude: false };
    let filters = if query.is_empty() { Vec::new() } else { vec![flag] };
    Request {
        args: vec![query.to_owned()],
        any: false,
        exact: false,
        with_unresolved: false,
        filters,
        today: super::TODAY,
        ..Request::default()
    }
}

fn answers(archive: &Archive, query: &str, portrait: &mut BTreeMap<String, Value>) {
    let plan = match archive.plan(&request(query)) {
        Ok(plan) => plan,
        Err(error) => {
            portrait.insert(format!("plan {query}"), json!(error.to_string()));
            return;
        }
    };
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::Source, Sort::File] {
        let page = Page { sort, ..Page::default() };
        let list = archive.search(&plan, &page, &facets(Unit::Articles, false)).unwrap();
        portrait.insert(format!("search {query} by {sort:?}"), json!(list));
    }
    portrait.insert(format!("count {query}"), json!(archive.count(&plan, Unit::Mentions).unwrap()));
    for of in [Unit::Articles, Unit::Mentions] {
        let list = archive.facets(&plan, &facets(of, true)).unwrap();
        portrait.insert(format!("facets {query} of {of:?}"), json!(list));
    }
}

/// The words of a query as a pasted question, with their ranking.
fn question(archive: &Archive, query: &str, portrait: &mut BTreeMap<String, Value>) {
    let plan = archive.plan(&Request { any: true, ..request(query) });
    let list = plan.and_then(|plan| archive.search(&plan, &Page::default(), &[])).map_err(|error| error.to_string());
    portrait.insert(format!("question {query}"), json!(list));
}

fn articles(archive: &Archive, portrait: &mut BTreeMap<String, Value>) {
    let plan = archive.plan(&request("")).unwrap();
    let mut ids = Vec::new();
    archive
        .stream(&plan, &Page::default(), &mut |hit| {
            ids.push(hit.id);
            Ok(())
        })
        .unwrap();
    let many = ids.len();
    for id in ids {
        let article = archive.article(&id).unwrap().unwrap();
        portrait.insert(format!("show {id}"), json!(morgue::hit::ArticleView::from(&article)));
    }
    let shown = portrait.keys().filter(|key| key.starts_with("show ")).count();
    assert_eq!(shown, many, "an id stands for several articles");
}

fn facets(of: Unit, nested: bool) -> Vec<FacetRequest> {
    let has_mentions = |field: &Field| matches!(field, Field::Person | Field::Place | Field::Org | Field::Role);
    Field::facets()
        .filter(|field| of == Unit::Articles || has_mentions(field))
        .map(|field| FacetRequest { field, limit: None, under: None, prefix: None, by: None, of, nested })
        .collect()
}
