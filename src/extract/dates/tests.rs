//! Dates in invented sentences: what is found, and what it means on a given day of publication.

use super::*;
use crate::{
    article::{Origin, Part},
    text::{Language, analyse},
};

/// Finds the dates of a text, as `surface=value`; a value is empty when there is none.
fn found(text: &str, published: Option<&str>, language: &str) -> Vec<String> {
    let parts = [Part { kind: PartKind::Body, span: 0..text.len(), origin: Origin::on_line(1) }];
    let language = Language::from_tag(language).unwrap();
    let analysis = analyse(text, std::slice::from_ref(&parts[0].span), language);
    let anchor = published.map(|date| Date::parse(date).unwrap());
    let page = Page { text, parts: &parts, analysis: &analysis, language, published: anchor.as_ref() };
    let mentions = find(&page);
    assert!(mentions.is_sorted_by(|a, b| a.span.end <= b.span.start), "{text}");
    let shown = |mention: &Mention| {
        assert_eq!(&text[mention.span.clone()], mention.surface);
        assert_eq!(mention.date.as_ref().map_or("", Date::edtf), mention.entity);
        format!("{}={}", mention.surface, mention.entity)
    };
    mentions.iter().map(shown).collect()
}

/// Expected mentions in one line, parted by `; `.
fn check(text: &str, published: &str, expected: &str) {
    let published = (!published.is_empty()).then_some(published);
    assert_eq!(found(text, published, "en").join("; "), expected, "{text} ({published:?})");
}

#[test]
fn calendar_dates_need_no_anchor() {
    for (text, expected) in [
        ("It opened on March 14, 2025, at noon.", "March 14, 2025=2025-03-14"),
        ("Friday, March 14th, 2025 was wet.", "Friday, March 14th, 2025=2025-03-14"),
        ("On 14 March 2025 and Dec. 6, 1924.", "14 March 2025=2025-03-14; Dec. 6, 1924=1924-12-06"),
        ("the 14th of March, 2025", "the 14th of March, 2025=2025-03-14"),
        ("In March 2025, in May of 1916", "March 2025=2025-03; May of 1916=1916-05"),
        ("Log: 2025-03-14T10:15 and 1916/05/24.", "2025-03-14T10=2025-03-14; 1916/05/24=1916-05-24"),
        ("Due 14.03.2025 or 3/14/2025.", "14.03.2025=2025-03-14; 3/14/2025=2025-03-14"),
        ("Due 3/4/2025.", "3/4/2025="),
        ("He won in 1916 and since 1985.", "1916=1916; 1985=1985"),
        ("the 1924 election (1999)", "1924=1924; 1999=1999"),
        ("About 1916, circa 1850, c. 1700", "About 1916=1916~; circa 1850=1850~; c. 1700=1700~"),
        ("early in 1990, mid-1991, the end of 1992", "early in 1990=1990; mid-1991=1991; end of 1992=1992"),
        ("in the 1990s, the 19th century, the 1800s", "1990s=199X; 19th century=18XX; 1800s=18XX"),
        (
            "summer of 1991; the third quarter of 1990",
            "summer of 1991=1991-06~/1991-08~; third quarter of 1990=1990-07/1990-09",
        ),
        ("in nineteen ninety-eight", "nineteen ninety-eight=1998"),
        ("fiscal 1989 was poor", "fiscal 1989=1989~"),
    ] {
        check(text, "", expected);
    }
}

#[test]
fn ranges_are_intervals() {
    for (text, expected) in [
        ("from 1985 to 1990.", "1985 to 1990=1985/1990"),
        ("(1991-1996), 1998–99", "1991-1996=1991/1996; 1998–99=1998/1999"),
        ("Leader (2000-2008, 2012-present).", "2000-2008=2000/2008; 2012-present=2012/.."),
        ("from 1976 to the present", "1976 to the present=1976/.."),
        ("between 1924 and 1927", "1924 and 1927=1924/1927"),
        ("in 1924 and 1927", "1924=1924; 1927=1927"),
        ("March 3-5, 1990", "March 3-5, 1990=1990-03-03/1990-03-05"),
        ("3-5 March 1990", "3-5 March 1990=1990-03-03/1990-03-05"),
        ("from January to March 1990", "January to March 1990=1990-01/1990-03"),
        ("Dec. 28 to Jan. 3, 1990", "Dec. 28 to Jan. 3, 1990=1989-12-28/1990-01-03"),
        ("1990 to 1985", "1990=1990; 1985=1985"),
    ] {
        check(text, "", expected);
    }
}

#[test]
fn numbers_of_things_are_no_years() {
    for text in [
        "1984 votes, 2,000 people, 1987 people and 1500 metres",
        "room 1987, Flight 1812, page 1024, Resolution 1441",
        "$1999 and £1850, 1985.5 points, 1990% and 1812-strong",
        "He sold 1987 tickets.",
        "They May march on; she will march, and the 12th man may.",
        "more than 1950 and over 1960",
        "Call 555-1987 at 10.30, or 14:2025.",
        "February 30, 1999x and 99/99/1999",
        "every Thursday, each July, Mondays",
        "the 44 BC murder, 3.5 million",
    ] {
        check(text, "2025-03-14", "");
    }
}

#[test]
fn relative_dates_count_from_the_day_of_publication() {
    // 2025-03-14 is a Friday.
    for (text, expected) in [
        ("He came today and left yesterday.", "today=2025-03-14; yesterday=2025-03-13"),
        (
            "She goes tomorrow; to-night and last night",
            "tomorrow=2025-03-15; to-night=2025-03-14; last night=2025-03-13",
        ),
        ("They met on Thursday.", "Thursday=2025-03-13"),
        ("They met on Friday and Saturday.", "Friday=2025-03-14; Saturday=2025-03-08"),
        ("The court will rule on Monday.", "Monday=2025-03-17"),
        ("It will meet on Monday, she said Tuesday.", "Monday=2025-03-17; Tuesday=2025-03-11"),
        ("Firing is to stop on Thursday.", "Thursday=2025-03-20"),
        ("last Friday, next Friday", "last Friday=2025-03-07; next Friday=2025-03-21"),
        ("Wednesday's talks; Thursday evening", "Wednesday's=2025-03-12; Thursday evening=2025-03-13"),
        ("last month's vote, this year, next year", "last month's=2025-02; this year=2025; next year=2026"),
        ("last week", "last week=2025-03-03/2025-03-09"),
        ("this quarter; the fourth quarter", "this quarter=2025-01/2025-03; fourth quarter=2024-10/2024-12"),
        (
            "two days ago, a month ago, three years ago",
            "two days ago=2025-03-12; a month ago=2025-02; three years ago=2022",
        ),
        ("two decades ago", "two decades ago=2005~"),
        ("a year earlier, in five days", ""),
        ("On March 3 it fell; on Dec. 28 it rose.", "March 3=2025-03-03; Dec. 28=2024-12-28"),
        ("It begins on April 3.", "April 3=2025-04-03"),
        ("in November, last May, next June", "November=2024-11; last May=2024-05; next June=2025-06"),
        ("on March 24 and 25", "March 24=2025-03-24; 25=2025-03-25"),
        ("last summer, this winter", "last summer=2024-06~/2024-08~; this winter=2024-12~/2025-02~"),
        ("the '90s, the nineties", "90s=199X; nineties=199X"),
        ("the 8th instant and the 16th ult.", "the 8th instant=2025-03-08; the 16th ult=2025-02-16"),
        ("on Christmas Eve, last Thanksgiving", "Christmas Eve=2024-12-24; Thanksgiving=2024-11-28"),
        ("earlier this month, late on Thursday", "earlier this month=2025-03; late on Thursday=2025-03-13"),
        ("by the end of the year", "end of the year=2025"),
        ("the last weeks, the past year, This Week", ""),
    ] {
        check(text, "2025-03-14", expected);
    }
}

#[test]
fn what_the_anchor_does_not_say_stays_open() {
    check("On Thursday, yesterday, March 3, last week", "", "Thursday=; yesterday=; March 3=; last week=");
    check("On Thursday, last month, last year", "2025-03", "Thursday=; last month=2025-02; last year=2024");
    check("yesterday, March 3, last year", "1931", "yesterday=; March 3=1931-03-03; last year=1930");
    check("the '90s; in May", "", "90s=; May=");
}

#[test]
fn other_languages_give_numerals_and_months() {
    for (language, text, expected) in [
        ("de", "Am 14. März 2025, seit 1904, im Mai 1916", "14. März 2025=2025-03-14; 1904=1904; Mai 1916=1916-05"),
        ("de", "am 3/4/2025", "3/4/2025=2025-04-03"),
        ("fr", "le 9 mars 1931, en mars", "9 mars 1931=1931-03-09; mars="),
        ("es", "el 14 de marzo de 2025", "14 de marzo de 2025=2025-03-14"),
        ("it", "il 14 marzo 2025; 1915-1918", "14 marzo 2025=2025-03-14; 1915-1918=1915/1918"),
        ("pt", "em 14 de março de 2025", "14 de março de 2025=2025-03-14"),
        ("nl", "op 14 maart 2025", "14 maart 2025=2025-03-14"),
        ("ru", "2025-03-14", "2025-03-14=2025-03-14"),
    ] {
        assert_eq!(found(text, None, language).join("; "), expected, "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_odd(
        text in "(March|May|3|31|1990|the|of|to|and|last|year|ago|Friday|third|quarter|19|-|/|,| |\\.|'|é|\n){0,30}",
        published in proptest::option::of("20[0-9][0-9](-0[1-9])?"),
    ) {
        found(&text, published.as_deref(), "en");
    }
}
