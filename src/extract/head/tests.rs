//! Heads of invented clippings.

use super::*;
use crate::article::Origin;

fn passage(kind: PartKind, text: &str) -> Passage {
    Passage { kind, text: text.to_owned(), origin: Origin::on_line(1) }
}

/// When published and who says so, for a body, a path and an address.
fn check(body: &str, path: &str, url: &str, expected: &str) {
    let url = (!url.is_empty()).then(|| url.to_owned());
    let draft = Draft { passages: vec![passage(PartKind::Body, body)], url, ..Draft::default() };
    let published = fill(draft, path).published.map(|(date, from)| format!("{date} {from:?}").to_lowercase());
    assert_eq!(published.unwrap_or_default(), expected, "{body} {path}");
}

#[test]
fn the_day_of_publication_has_an_order() {
    let (dated, undated) =
        ("SUDZHA, Russia, March 13, 2025 (Wire) - He came.", "SUDZHA, Russia, March 13 (Wire) - He came.");
    for (body, path, url, expected) in [
        (dated, "2024-01-02 a.txt", "https://example.org/2025/03/14/a", "2025-03-14 url"),
        (dated, "2024-01-02 a.txt", "", "2025-03-13 dateline"),
        (undated, "2025/a.txt", "", "2025-03-13 dateline"),
        (undated, "2025/05/a.txt", "", "2025-05 filename"),
        (undated, "2025-03-14 a.txt", "", "2025-03-14 filename"),
        (undated, "a.txt", "", ""),
        ("He came.", "2025/a.txt", "", ""),
        ("He came in 1916.", "a.txt", "", ""),
        ("HULL, February 7, 1895. - The inquiry ended.", "a", "", "1895-02-07 dateline"),
        ("OURENSE, Spain, Oct. 8, 1964 (Wire) -- Engineers met.", "a", "", "1964-10-08 dateline"),
    ] {
        check(body, path, url, expected);
    }
}

#[test]
fn paths_say_no_more_than_they_do() {
    for (path, expected) in [
        ("courier/1894/1894-11-21 steamer.txt", "1894-11-21"),
        ("20250314.txt", "2025-03-14"),
        ("web/20131118/us-idUS0AH0", "2013-11-18"),
        ("a_2025_03_14.txt", "2025-03-14"),
        ("2025-03 notes.md", "2025-03"),
        ("1916/05/24 fever.txt", "1916-05-24"),
        ("1916/05/fever.txt", "1916-05"),
        ("archive/1916/fever.txt", ""),
        ("2025/mar/14/a.html", "2025-03-14"),
        ("crimes/1997.txt", ""),
        ("scan-1968.txt", ""),
        ("room 2025/a.txt", ""),
        ("2025-13-45.txt", ""),
        ("0312-05-06.txt", ""),
        ("120250314.txt", ""),
        ("1998-99 season.txt", ""),
    ] {
        let found = path::date_of_file(path);
        assert_eq!(found.as_ref().map_or("", Date::edtf), expected, "{path}");
    }
}

#[test]
fn addresses_give_days_months_and_sections() {
    for (url, date, section) in [
        ("https://example.org/2025/03/14/a", "2025-03-14", ""),
        ("https://example.org/politics/2025/mar/14/a?b=2020/01/01", "2025-03-14", "politics"),
        ("https://example.org/news/world/a-2025-03-14", "2025-03-14", "world"),
        ("https://example.org/news/2025-03/14/a.htm", "2025-03-14", ""),
        ("https://example.org/n/2025/0314/c1001-1.html", "2025-03-14", ""),
        ("https://example.org/n/2025/1999/c1.html", "", ""),
        ("https://example.org/2025/03/a", "2025-03", ""),
        ("https://example.org/2025/elections", "", ""),
        ("https://example.org/politics", "", ""),
        ("https://2025.example.org", "", ""),
    ] {
        let found = path::date_of_url(url);
        assert_eq!(found.as_ref().map_or("", Date::edtf), date, "{url}");
        assert_eq!(path::section(url).unwrap_or_default(), section, "{url}");
    }
}

#[test]
fn a_dateline_is_a_place_in_capitals_and_a_dash() {
    for (text, printed, agency) in [
        ("SUDZHA, Russia, March 13 (Reuters) - He came.", "SUDZHA, Russia, March 13 (Reuters)", "Reuters"),
        ("VIENNA  (Reuters) - The bank acted.", "VIENNA (Reuters)", "Reuters"),
        ("HULL, Tuesday Night. - The steamer came.", "HULL, Tuesday Night", ""),
        ("LYONS, March 16 — Looms are idle.", "LYONS, March 16", ""),
        ("NATO - a pact - met.", "", ""),
        ("SIR - I write to you.", "", ""),
        ("He came (late) - and left.", "", ""),
        ("The river rose.", "", ""),
    ] {
        let found = dateline::of(text);
        assert_eq!(found.as_ref().map_or("", |dateline| &dateline.printed), printed, "{text}");
        assert_eq!(found.and_then(|dateline| dateline.agency).unwrap_or_default(), agency, "{text}");
    }
}

#[test]
fn bylines_name_people_and_not_papers() {
    for (byline, expected) in [
        ("By Anna Petrova and John Smith", "Anna Petrova|John Smith"),
        ("By Maureen Plessey, Labour Correspondent", "Maureen Plessey"),
        ("By Stas Hrynko, Harbour Wire", "Stas Hrynko"),
        ("By Ada van der Berg in Hull", "Ada van der Berg"),
        ("By Nora Vell - Analysis", "Nora Vell"),
        ("By A Special Correspondent", ""),
        ("From our own correspondent", ""),
    ] {
        assert_eq!(byline::authors(byline).unwrap_or_default().join("|"), expected, "{byline}");
    }
    let text = "It rose. (Reporting by Eva Lind in Hull and  Georg Prowse ; Editing by Jo Stone)";
    assert_eq!(byline::reporters(text).unwrap(), ["Eva Lind", "Georg Prowse"]);
}

/// What a field of authors gives, one each; what is left as it stands is printed again.
#[test]
fn authors_are_one_each_where_that_is_certain() {
    for (value, expected) in [
        ("Jim Vandehei, Mike Allen", "Jim Vandehei|Mike Allen"),
        ("Kirit Radia, Molly Hunter", "Kirit Radia|Molly Hunter"),
        ("Ada Moran, Special to The Courier", "Ada Moran"),
        ("Ada Moran, Tom Hale and Eva Lind", "Ada Moran|Tom Hale|Eva Lind"),
        ("Ada Moran, Tom Hale, and Eva Lind", "Ada Moran|Tom Hale|Eva Lind"),
        ("ADA MORAN AND TOM HALE", "ADA MORAN|TOM HALE"),
        ("Ada Moran & J.T. van den Berg; S. A. Hale", "Ada Moran|J.T. van den Berg|S. A. Hale"),
        ("\"Cortney OBrien\", Matt Vespa", "Cortney OBrien|Matt Vespa"),
        ("By Ada Moran in Moscow", "Ada Moran"),
        ("By Ada Moran in Moscow and Tom Hale in Kyiv", "Ada Moran|Tom Hale"),
        ("Ada Moran, Moscow", "Ada Moran"),
        ("Ada Moran, New York", "Ada Moran"),
        ("Maureen Plessey, Labour Correspondent", "Maureen Plessey"),
        ("Ada Moran, Tom Hale, Associated Press", "Ada Moran|Tom Hale|Associated Press"),
        ("Reuters; Moran, Ada", "Reuters|Moran, Ada"),
        ("Moran, Ada", "Moran, Ada"),
        ("Moran, Ada Mary", "Moran, Ada Mary"),
        ("Moran, Ada and Hale, Tom", "Moran, Ada|Hale, Tom"),
        ("van den Berg, Anna Maria", "van den Berg, Anna Maria"),
        ("Garcia Marquez, Gabriel Jose", "Garcia Marquez, Gabriel Jose"),
        ("Martin King, Jr., Ada Moran", "Martin King, Jr.|Ada Moran"),
        ("Martin King Jr., Ada Moran", "Martin King Jr.|Ada Moran"),
        ("Smith, Jr.", "Smith, Jr."),
        ("Moran, Ada, Tom Hale", "Moran, Ada, Tom Hale"),
        ("Moran, A., Hale, T.", "Moran, A., Hale, T."),
        ("Woodward and Bernstein", "Woodward and Bernstein"),
        ("Ada and Tom Hale", "Ada and Tom Hale"),
        ("The Associated Press", "The Associated Press"),
        ("Institute of War and Peace", "Institute of War and Peace"),
        ("Department of Health, Human Services", "Department of Health, Human Services"),
        ("Emily Post", "Emily Post"),
        ("From our own correspondent, Moscow", "From our own correspondent, Moscow"),
        ("王小明, 李四", "王小明, 李四"),
        (" ; , ", ""),
        (";", ""),
    ] {
        assert_eq!(byline::each(value).join("|"), expected, "{value}");
    }
}

#[test]
fn authors_taken_apart_keep_what_was_printed() {
    let check = |authors: &[&str], byline: Option<&str>, expected: (&[&str], Option<&str>)| {
        let given = Some(authors.iter().map(|name| (*name).to_owned()).collect());
        let found = fill(Draft { authors: given, byline: byline.map(str::to_owned), ..Draft::default() }, "a.txt");
        assert_eq!(
            (found.authors.unwrap(), found.byline.as_deref()),
            (expected.0.iter().map(|name| (*name).to_owned()).collect(), expected.1)
        );
    };
    check(&["Ada Moran, Tom Hale"], None, (&["Ada Moran", "Tom Hale"], Some("Ada Moran, Tom Hale")));
    check(&["Ada Moran, Tom Hale"], Some("By two"), (&["Ada Moran", "Tom Hale"], Some("By two")));
    check(
        &["Ada Moran, Editor", "Moran, Tom"],
        None,
        (&["Ada Moran", "Moran, Tom"], Some("Ada Moran, Editor; Moran, Tom")),
    );
    check(&["Moran, Ada"], None, (&["Moran, Ada"], None));
}

#[test]
fn lines_above_the_text_fill_what_is_open() {
    let above = [
        passage(PartKind::Subtitle, "By  Nora Vell"),
        passage(PartKind::Boilerplate, "Published: 14 March 2025"),
        passage(PartKind::Boilerplate, "https://example.org/a"),
        passage(PartKind::Body, "It rose."),
    ];
    let found = fill(Draft { passages: above.to_vec(), ..Draft::default() }, "a.txt");
    assert_eq!(found.byline.as_deref(), Some("By Nora Vell"));
    assert_eq!(found.authors.unwrap(), ["Nora Vell"]);
    assert_eq!(found.url.as_deref(), Some("https://example.org/a"));
    assert_eq!(found.published.unwrap().0.edtf(), "2025-03-14");
    let given = Draft { passages: above.to_vec(), authors: Some(vec![]), ..Draft::default() };
    assert_eq!(fill(given, "a.txt").authors, Some(vec![]));
}

#[test]
fn a_day_that_something_contradicts_is_noted() {
    let given = |published: &str, path: &str, url: &str, body: &str| {
        let url = (!url.is_empty()).then(|| url.to_owned());
        let published = Some((Date::parse(published).unwrap(), PublishedFrom::Field));
        fill(Draft { passages: vec![passage(PartKind::Body, body)], published, url, ..Draft::default() }, path).notes
    };
    let dated = "HULL, February 7, 1895. - The inquiry ended.";
    for (published, path, url, body, expected) in [
        ("1857-10-04", "1957/a.txt", "", "", "the path says 1957: a wrong century?"),
        ("1957-10-04", "1857-10-04 a.txt", "", "", "the path says 1857-10-04: a wrong century?"),
        ("1957-10-04", "1975-10-04 a.txt", "", "", "the path says 1975-10-04"),
        ("1957-10-04", "1957/03/a.txt", "", "", "the path says 1957-03"),
        ("1957-10-04", "kept/2025-03-14 a.txt", "", "", ""),
        ("1957-10-04", "1957-10-05 a.txt", "", "", ""),
        ("1957-10-04", "kept 2025/a.txt", "", "", ""),
        ("2025-03-14", "a.txt", "https://example.org/2015/03/12/a", "", "the address says 2015-03-12"),
        ("2025-03-14", "a.txt", "https://example.org/2025/03/12/a", "", ""),
        ("1896-02-08", "a.txt", "", dated, "the head of the text says 1895-02-07"),
        ("1895-02-08", "a.txt", "", dated, ""),
        ("1987-04-07", "a.txt", "", "HONG KONG, April 7, 8035 - The rate is 7.8035.", ""),
    ] {
        let expected: Vec<String> = [expected]
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| format!("published {published}, but {text}"))
            .collect();
        let found: Vec<String> = given(published, path, url, body).into_iter().map(|note| note.reason).collect();
        assert_eq!(found, expected, "{path} {url}");
    }
}
