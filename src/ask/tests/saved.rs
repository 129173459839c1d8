//! `saved:NAME`: what stands for it, and what is said where it stands for nothing.

use super::resolved::{Names, request};
use crate::{ask::plan, error::Result, plan::Plan, query::Request};

fn planned(typed: &str) -> Result<Plan> {
    let saved = [
        ("floods", "flood OR dam"),
        ("moran", "person:\"Ada Moran\""),
        ("both of them", "saved:floods saved:moran"),
        ("noted", "flood and saved:moran"),
        ("bad", "flood persn:x"),
        ("worse", "dam saved:bad"),
        ("round", "saved:about"),
        ("about", "dam -saved:round"),
    ];
    let saved = saved.map(|(name, query)| (name.to_owned(), query.to_owned())).into();
    plan(&Request { saved, ..request(&[typed]) }, &Names)
}

#[test]
fn a_saved_query_stands_where_its_words_would() {
    let check = |typed: &str, same: &str| {
        assert_eq!(planned(typed).unwrap().root, planned(same).unwrap().root, "{typed}");
    };
    check("saved:floods", "flood OR dam");
    check("-saved:floods gate", "-(flood OR dam) gate");
    check("gate saved:Floods,moran", "gate (saved:floods OR saved:moran)");
    check("saved:\"both of them\"", "(flood OR dam) person:\"Ada Moran\"");
    assert_eq!(planned("gate saved:floods").unwrap().read_as, "gate saved:floods");
    assert!(planned("saved:noted").unwrap().notes.iter().any(|note| note.starts_with("saved:noted: ")));
}

#[test]
fn what_is_wrong_is_shown_where_it_stands() {
    let check = |typed: &str, says: &str, at: &str| {
        let error = planned(typed).unwrap_err();
        let fault = error.fault().unwrap();
        assert_eq!((error.what(), fault.text.get(fault.span.clone()).unwrap()), (says, at), "{typed}");
    };
    check("gate saved:flods", "no query is saved as “flods”", "flods");
    check("saved:bad", "in saved:bad: there is no field “persn”", "persn");
    check("saved:worse", "in saved:bad: there is no field “persn”", "persn");
    check("saved:round", "in saved:about: the saved query round leads back to itself: round → about → round", "round");
    let label = planned("saved:flods").unwrap_err().fault().unwrap().label.clone();
    assert_eq!(label, "did you mean saved:floods ?");
}
