//! What a citation says of rows with all that may be known, and of rows with little.

use std::{ops::Range, sync::Arc};

use serde_json::json;

use super::*;
use crate::{
    article::{Origin, Part},
    render::sample,
};

/// An article with everything that a bibliography asks for.
fn article() -> Article {
    let text = "Tarn floods\nThree villages cut off\nIlse Maro came.".to_owned();
    let part = |kind, span: Range<usize>| Part { kind, span, origin: Origin::on_line(1) };
    let extra = json!({"page": 4, "edition": "Late  City", "retrieved": "2024-05-01T10:00:00Z"});
    Article {
        id: "north/tarn.txt".into(),
        parts: vec![
            part(PartKind::Title, 0..11),
            part(PartKind::Subtitle, 12..34),
            part(PartKind::Lead, 35..text.len()),
        ],
        text,
        source: Some("The Courier".into()),
        authors: vec!["Ada Moran".into(), "The Courier".into(), "Harbour Board".into()],
        orgs: vec!["Harbour Board".into()],
        section: Some("World".into()),
        language: "en".into(),
        subjects: vec!["Floods".into(), "Floods".into()],
        extra: extra.as_object().cloned().unwrap_or_default(),
        ..Article::default()
    }
}

#[test]
fn an_article_is_cited_with_all_that_is_known() {
    let hit = Hit { article: Some(Arc::new(article())), ..sample::hit("Tarn\n“floods”") };
    let cited = Citation::of(Row::Article(&hit));
    let authors: Vec<String> = cited.authors.iter().map(Author::inverted).collect();
    assert_eq!(authors, ["Moran, Ada", "The Courier", "Harbour Board"]);
    assert_eq!(cited.title.as_deref(), Some("Tarn “floods”"));
    assert_eq!((cited.page.as_deref(), cited.edition.as_deref()), (Some("4"), Some("Late City")));
    assert_eq!((cited.section.as_deref(), cited.summary.as_deref()), (Some("World"), Some("Three villages cut off")));
    assert_eq!(cited.accessed, Date::parse("2024-05-01").ok());
    assert_eq!(cited.keywords, ["Floods", "keep"]);
    assert_eq!(cited.quote.map(|quote| quote.note()).as_deref(), Some("“Tarn “floods” and the flood” (p. 4)"));
    let plain = Hit { article: None, ..hit };
    assert_eq!(Citation::of(Row::Article(&plain)).authors, [Author::Printed("Ada Moran and Tom Hale".into())]);
}

#[test]
fn a_byline_is_no_abstract() {
    let byline = Some("Three villages cut off".to_owned());
    let hit = Hit { article: Some(Arc::new(Article { byline, ..article() })), ..sample::hit("Tarn") };
    assert_eq!(Citation::of(Row::Article(&hit)).summary, None);
}

#[test]
fn a_mention_is_cited_with_its_sentence_and_its_place() {
    let mention = sample::mention("Tarn");
    let cited = Citation::of(Row::Mention(&mention));
    assert_eq!(cited.id, "north/tarn.txt#110-119");
    assert_eq!(cited.place, "north/tarn.txt:5");
    let note = cited.quote.map(|quote| quote.note());
    assert_eq!(note.as_deref(), Some("“On Tuesday the envoy Ilse Maro came to the harbour.” (line 5, sentence 2)"));
    let url = "https://example.org/tarn#:~:text=Tuesday%20the%20envoy-,Ilse%20Maro,-came%20to%20the";
    assert_eq!(cited.url.as_deref(), Some(url));
}

#[test]
fn a_date_has_the_parts_that_are_known() {
    let check = |edtf: &str, expected: Option<(&[&[i16]], bool)>| {
        let parts = DateParts::of(&Date::parse(edtf).unwrap());
        let expected = expected
            .map(|(ends, is_doubtful)| DateParts { ends: ends.iter().map(|end| end.to_vec()).collect(), is_doubtful });
        assert_eq!(parts, expected, "{edtf}");
    };
    check("1916", Some((&[&[1916]], false)));
    check("1916-05~", Some((&[&[1916, 5]], true)));
    check("1916-05-24", Some((&[&[1916, 5, 24]], false)));
    check("191X", Some((&[&[1910], &[1919]], false)));
    check("1985/1990-06", Some((&[&[1985], &[1990, 6]], false)));
    check("192X/1931-02-01", Some((&[&[1920], &[1931, 2, 1]], false)));
    check("2012/..", None);
}
