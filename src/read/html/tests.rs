//! Pages to drafts: fields and their order of trust, parts and what is left out, hostile pages.

use super::*;
use crate::settings::Settings;

fn read_page(page: &str) -> Result<Draft, String> {
    let settings = Settings::default();
    let mut intake = Intake::new("page.html", &settings);
    read(page.as_bytes(), Known::default(), &mut intake);
    let problems = intake.reading.problems.into_iter().map(|problem| problem.reason).next();
    intake.reading.drafts.pop().ok_or(problems.unwrap_or_default())
}

/// Parts of a page, each as its first letter, a colon and its text.
fn parts(page: &str) -> Vec<String> {
    let shown = |passage: &Passage| format!("{:?}: {}", passage.kind, passage.text);
    read_page(page).unwrap().passages.iter().map(shown).collect()
}

const LONG: &str = "The river rose in the night, said the keeper of the lock, and by the morning, which was a Friday, it stood \
                    at the third step of the church, where it had stood in 1931, in 1957, and never since, as far as he knew.";

const META: &str = r#"<meta property="article:published_time" content="2025-03-02T10:00:00Z">"#;
const CANONICAL: &str = r#"<link rel="canonical" href="https://example.org/2025/03/04/flood">"#;
const HEADING: &str = "<h1>The flood came</h1>";
const TIME: &str = r#"<time datetime="2025-03-03">Monday</time>"#;

/// The date of a page that begins so.
fn check_date(page: &str, expected: Option<(&str, PublishedFrom)>) {
    let found = read_page(&format!("{page}<p>{LONG}<p>{LONG}")).unwrap().published;
    assert_eq!(found.as_ref().map(|(date, from)| (date.edtf(), *from)), expected, "{page}");
}

#[test]
fn the_best_witness_gives_the_date() {
    let linked = r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-03-01"}</script>"#;
    let article = |context: &str| {
        format!("<script> {{{context}\"@type\":\"Article\",\"datePublished\":\"2025-03-01\"}}</script>{META}")
    };
    let line = "<p>Published 5 March 2025, 10:15</p>";
    let somehow = META.replace("article:published_time", "date");
    let marked = TIME.replace("time d", "time itemprop=datePublished d");
    for (page, day, from) in [
        (format!("{linked}{META}{CANONICAL}{HEADING}{TIME}{line}"), "2025-03-01", PublishedFrom::Jsonld),
        (article("\"@context\":\"x\","), "2025-03-01", PublishedFrom::Jsonld),
        (article(""), "2025-03-02", PublishedFrom::Meta),
        (format!("{META}{CANONICAL}{HEADING}{TIME}{line}"), "2025-03-02", PublishedFrom::Meta),
        (format!("{CANONICAL}{HEADING}{TIME}{line}"), "2025-03-03", PublishedFrom::Meta),
        (format!("{CANONICAL}{HEADING}{line}"), "2025-03-04", PublishedFrom::Url),
        (format!("{HEADING}{line}"), "2025-03-05", PublishedFrom::Dateline),
        (format!("{HEADING}<p>11.3.2025 - {LONG}"), "2025-03-11", PublishedFrom::Dateline),
        // Of a mere date nobody says what happened then; a time element may.
        (format!("{somehow}{HEADING}{TIME}"), "2025-03-02", PublishedFrom::Meta),
        (format!("{somehow}<article>{HEADING}{marked}</article>"), "2025-03-03", PublishedFrom::Meta),
        (format!("{somehow}{HEADING}<article>Other: {marked}</article>"), "2025-03-02", PublishedFrom::Meta),
    ] {
        check_date(&page, Some((day, from)));
    }
    check_date(&format!("{HEADING}<p>11.3.1950 {LONG}"), None);
    check_date(&format!("{HEADING}<p>Updated 6 March 2025"), None);
    check_date(&format!("{HEADING}<p class=updated><time datetime=2025-03-07>today</time>"), None);
}

#[test]
fn a_printed_day_outranks_a_mere_date() {
    let somehow = META.replace("article:published_time", "date");
    let printed = |page: &str, day: Option<&str>| check_date(page, day.map(|day| (day, PublishedFrom::Dateline)));
    printed(&format!("{somehow}{HEADING}<span class=date>20.03.2025</span>"), Some("2025-03-20"));
    printed(&format!("{somehow}{HEADING}<p>Erschienen am:<h2>20.03.2025</h2>"), Some("2025-03-20"));
    let margin =
        |inside: &str| format!("{somehow}{HEADING}<aside class=meta>{inside}20.03.2025 - 13:30</time></aside>");
    printed(&margin("<time>"), Some("2025-03-20"));
    printed(
        &format!("{somehow}{HEADING}<p class=hide-for-print><span class=date>20.03.2025</span>"),
        Some("2025-03-20"),
    );
    let news = "<a href=x>The bridge is open again</a> <span class=date>20.03.2025</span>";
    for other in [
        margin("<h3>Other</h3><time>"),
        format!("{somehow}{HEADING}<aside class=meta>{news}</aside>"),
        format!("{somehow}{HEADING}<aside class=event-meta>20.03.2025</aside>"),
        format!("{somehow}{HEADING}<ul><li>{news}</ul>"),
        format!("{somehow}{HEADING}<table><td class=date>20.03.2025</table>"),
        format!("{somehow}{HEADING}<span class=date>Flood of 20.03.2025</span>"),
        format!("{somehow}{HEADING}<span class=event-date>20.03.2025</span>"),
        format!("{somehow}{HEADING}<div hidden><span class=date>20.03.2025</span></div>"),
        format!("{somehow}{HEADING}<div class=teaser><span class=date>20.03.2025</span></div>"),
        format!("{somehow}{HEADING}<p>Updated: <span class=date>20.03.2025</span>"),
        format!("{somehow}{HEADING}<p>The results will be published<p>20.03.2025"),
        format!("{somehow}{HEADING}<p>Published: <b>today</b><p>20.03.2025"),
        format!("{somehow}<p class=header-date>20.03.2025</p>{HEADING}"),
        format!("{somehow}{HEADING}<time class=published datetime=2025-03-02>2 March</time><p class=date>20.03.2025"),
    ] {
        check_date(&other, Some(("2025-03-02", PublishedFrom::Meta)));
    }
    // What was published after the last change may be the page's last making: another's day is believed if it is before that.
    let built = "<meta property=article:modified_time content=2025-03-01T09:00:00Z>";
    printed(&format!("{META}{built}{HEADING}<span class=date>28.02.2025</span>"), Some("2025-02-28"));
    for day in ["20.03.2025", "unknown"] {
        let page = format!("{META}{built}{HEADING}<span class=date>{day}</span>");
        check_date(&page, Some(("2025-03-02", PublishedFrom::Meta)));
    }
    // What readers see is the newspaper's day, where it is nothing else.
    let time = "<time itemprop=datePublished datetime=2025-03-03T23:10:00+00:00>";
    let german = r#"<html lang="de"><link rel="canonical" href="https://www.example.de/flut"><article>"#;
    for (shown, day) in [("03.03.2025", "2025-03-03"), ("today", "2025-03-04"), ("bis 05.03.2025", "2025-03-04")] {
        check_date(&format!("{german}{HEADING}{time}{shown}</time>"), Some((day, PublishedFrom::Meta)));
    }
    // Far from the headline: in the month of the address, in a sentence that says so.
    let far = |days: &str| format!("{HEADING}{}{days}", format!("<p>{LONG}").repeat(130));
    let said =
        far("<div id=sidebar><p>“The flood came” was posted by the editors of this archive on <b>19.5.2010</b> \
         at 11 o’clock, and stands under politics and under weather</div>");
    let address = |month: &str| format!(r#"<link rel="canonical" href="https://example.org/{month}/type">"#);
    printed(&format!("{}{said}", address("2010/05")), Some("2010-05-19"));
    for none in [said.clone(), format!("{}{said}", address("2010/06")), far("<p>19.5.2010")] {
        printed(&none, None);
    }
    printed(&format!("{HEADING}<p>14 March 2025 | DOI 10.1000/182"), Some("2025-03-14"));
    printed(&format!("{HEADING}<p>In: Science; Vol. 371, pp. 232, 15 January 2021"), None);
}

#[test]
fn a_day_is_that_of_the_site_s_clock() {
    let brazil = r#"<link rel="canonical" href="https://www.example.com.br/flood">"#;
    for (page, day, from) in [
        // Of an evening's news the world's clock says the next day, the address the newspaper's.
        (format!("{}{CANONICAL}", META.replace("02T10", "05T01")), "2025-03-04", PublishedFrom::Url),
        (format!("{}{CANONICAL}", META.replace("02T10", "06T01")), "2025-03-06", PublishedFrom::Meta),
        // Half past one in London is the evening before in Brazil, midnight is a day without a time.
        (format!("{brazil}{}", META.replace("10:00", "01:30")), "2025-03-01", PublishedFrom::Meta),
        (format!("{brazil}{}", META.replace("10:00", "00:00")), "2025-03-02", PublishedFrom::Meta),
        (format!("{brazil}{}", META.replace("10:00:00", "00:00")), "2025-03-02", PublishedFrom::Meta),
        (format!("{brazil}{}", META.replace("10:00:00Z", "00:00:00-00:00")), "2025-03-02", PublishedFrom::Meta),
        (format!("{brazil}{}", META.replace("2025-03-02T10:00:00Z", "1740873600")), "2025-03-02", PublishedFrom::Meta),
        (format!("{brazil}{}", META.replace("2025-03-02T10:00:00Z", "1740877200")), "2025-03-01", PublishedFrom::Meta),
        (META.replace("10:00:00Z", "10:00:00:684Z"), "2025-03-02", PublishedFrom::Meta),
    ] {
        check_date(&page, Some((day, from)));
    }
}

#[test]
fn a_marked_day_in_the_article_s_own_foot_or_margin_is_its_own() {
    let marked = |day: u32| format!("<time itemprop=datePublished datetime=2025-03-{day}>{day}</time>");
    let own = |page: &str, day: &str| check_date(page, Some((day, PublishedFrom::Meta)));
    let other = format!("<article><aside>{}</aside></article>", marked(20));
    own(&format!("<article>{HEADING}<aside>{}</aside>{other}</article>", marked(19)), "2025-03-19");
    // What stands outside the margin outranks what stands in it, and a thing's own property is that thing's.
    own(&format!("<article><aside><p>Other {}</aside>{HEADING}{}", marked(20), marked(18)), "2025-03-18");
    let thing = format!("<div itemscope>Other {}</div>", marked(20));
    own(&format!("<article><aside>{thing}</aside>{HEADING}{}", marked(18)), "2025-03-18");
    check_date(&format!("{HEADING}<aside>{thing}</aside>"), None);
    check_date(&format!("{HEADING}<div class=teaser>{}</div>", marked(18)), None);
    // A heading that is none of the article's: the only one marked, in a thing with a text.
    let text = LONG.repeat(6);
    own(&format!("{HEADING}<div itemscope><p>{text}<div class=footer>{}</div></div>", marked(18)), "2025-03-18");
}

#[test]
fn titles_lose_the_name_of_the_site() {
    for (head, expected) in [
        ("<title>The flood came - Quay News</title><meta property=og:site_name content='Quay News'>", "The flood came"),
        ("<title>The flood came | Harbour</title><h1>The flood came</h1>", "The flood came"),
        ("<title>Quay - or the flood</title>", "Quay - or the flood"),
        ("<meta property=og:title content='The flood &amp;amp; the ebb'><title>x</title>", "The flood & the ebb"),
        ("<meta property='x:title DC:title' content='The flood came'><title>x</title>", "The flood came"),
        ("<h1>The flood came</h1>", "The flood came"),
    ] {
        assert_eq!(parts(&format!("{head}<p>{LONG}")).first(), Some(&format!("Title: {expected}")), "{head}");
    }
}

#[test]
fn what_is_no_markup_is_no_markup() {
    for (head, expected) in [
        ("<title>The &lt;i&gt;Titanic&lt;/i&gt; sinks: 5 &lt; 6</title>", "The Titanic sinks: 5 < 6"),
        ("<title>if a &lt;b and c &lt;sic&gt;</title>", "if a <b and c <sic>"),
        ("<meta property=og:title content='One &lt;br /&gt; two &lt; three'>", "One two < three"),
    ] {
        assert_eq!(parts(&format!("{head}<p>{LONG}")).first(), Some(&format!("Title: {expected}")), "{head}");
    }
}

#[test]
fn a_page_of_a_few_words_has_them() {
    let deep = |open: &str, close: &str| format!("{}High water{}", open.repeat(50_000), close.repeat(50_000));
    for (page, expected) in [
        ("<p>Mayor Smith dead</p><nav>Home</nav>", &["Body: Mayor Smith dead"][..]),
        (
            "<title>Dead</title><ul><li>Smith<li>Vell<li><a href=/>Home</a></ul>",
            &["Title: Dead", "Body: • Smith\n• Vell"],
        ),
        (&deep("<div>", "</div>"), &["Body: High water"]),
        (&deep("<table><tr><td>", "</table>"), &["Body: High water"]),
    ] {
        assert_eq!(parts(page), expected, "{:.80}", page);
    }
}

#[test]
fn a_byline_by_the_headline_names_authors() {
    let check = |lines: &str, byline: Option<&str>, authors: &[&str]| {
        let page = format!("<article>{HEADING}{lines}<p>{LONG}<p>{LONG}<p>{LONG}<p>{LONG}</article>");
        let draft = read_page(&page).unwrap();
        assert_eq!(
            (draft.byline.as_deref(), draft.authors.unwrap_or_default()),
            (byline, authors.iter().map(|s| (*s).to_owned()).collect()),
            "{lines}"
        );
    };
    let linked = "<p class=byline>By <a rel=author href=x>Nora Vell</a>";
    check(linked, Some("By Nora Vell"), &["Nora Vell"]);
    check("<div class=post-author>By Nora Vell, Hull</div>", Some("By Nora Vell, Hull"), &[]);
    check("<b itemprop=author itemscope><i itemprop=name>Nora Vell</i>, Hull</b>", None, &["Nora Vell"]);
    check(&format!("<meta name=author content='Jan Orrin'>{linked}"), None, &["Jan Orrin"]);
    check("<p class=byline><b class=author>By Nora Vell |</b> 4 October 1957</p>", Some("By Nora Vell"), &[]);
    check("<a rel=author>von Nora Vell</a>", None, &["Nora Vell"]);
    check("<p class=byline>By the sea</p><a rel=author>admin</a>", None, &[]);
    for beside in [format!("<div class=related>{linked}</div>"), format!("<article>{linked}</article>")] {
        check(&beside, None, &[]);
    }
    check(&format!("<p>{LONG}<p>{LONG}<p>{LONG}{linked}"), None, &[]);
}

#[test]
fn a_page_of_one_sentence_has_it() {
    let page =
        "<title>High water</title><nav><a href=/>Home.</a></nav><p>The river rose.</p><p><a href=/x>More.</a></p>";
    assert_eq!(parts(page), ["Title: High water", "Body: The river rose."]);
}

#[test]
fn parts_are_kept_apart_and_bars_left_out() {
    let page = format!(
        "<nav><a href=a>Home</a></nav><article><h1>Flood</h1><div class=share>Share</div><p>{LONG}</p>\
         <figure><figcaption>The third step.</figcaption></figure><ul><li>Boats<li>Bread</ul><p>{LONG}</p>\
         <figure><figcaption>The third step.</figcaption></figure><table><caption>Floods</caption>\
         <tr><td>1931<td>3.10 m<tr><td>1957<td>3.12 m</table></article><footer>Imprint</footer>"
    );
    let expected = [
        "Title: Flood".to_owned(),
        format!("Body: {LONG}"),
        "Caption: The third step.".to_owned(),
        format!("Body: • Boats\n• Bread\n\n{LONG}"),
        "Boilerplate: The third step.".to_owned(),
        "Body: Floods\n1931 | 3.10 m\n1957 | 3.12 m".to_owned(),
    ];
    assert_eq!(parts(&page), expected);
}

#[test]
fn a_text_that_only_programs_see_is_read() {
    let body = LONG.repeat(3);
    let page = format!(
        r#"<script type="application/ld+json">{{"@type":"Article","headline":"Flood","articleBody":"{body}"}}</script><p>Loading"#
    );
    assert_eq!(parts(&page), ["Title: Flood".to_owned(), format!("Body: {body}")]);
    let page = r#"<script type="application/ld+json">{"@type":"Article","headline":"Flood","articleBody":"It rose."}</script>"#;
    assert_eq!(parts(page), ["Title: Flood", "Body: It rose."]);
    assert_eq!(parts(&format!("{page}<p>Loading")), ["Title: Flood", "Body: It rose."]);
}

#[test]
fn paragraphs_and_breaks_that_only_programs_see_part_words() {
    let body = |told: &str| {
        let linked = format!(r#"{{"@type":"Article","headline":"Flood","articleBody":"{told}"}}"#);
        parts(&format!("<script type='application/ld+json'>{linked}</script><p>Loading")).remove(1)
    };
    for (told, expected) in [
        ("<p>… and the river</p><p>rose <b>fast</b>er.</p>", "… and the river\n\nrose faster."),
        (r"\u003cp\u003eIt rose\u003c/p\u003e\u003cp\u003eand fell.\u003c/p\u003e", "It rose\n\nand fell."),
        (r"It rose.<br>It fell.<br\/>Fog &amp; ice.", "It rose.\nIt fell.\nFog & ice."),
        ("<ul><li>Boats</li><li>Bread</li></ul>", "• Boats\n• Bread"),
        (r"It rose by 3 < 4\n\nand fell &amp; <so> on.", "It rose by 3 < 4 and fell & <so> on."),
    ] {
        assert_eq!(body(told), format!("Body: {expected}"), "{told}");
    }
}

#[test]
fn a_fragment_is_read_whole() {
    let found = fragment("<h2>Flood</h2><p>It <b>rose</b>.<br>It fell.<p><a href=x>More</a><script>no()</script>");
    let texts: Vec<&str> = found.iter().map(|passage| passage.as_str()).collect();
    assert_eq!(texts, ["Flood\n\nIt rose.\nIt fell.\n\nMore"]);
}

#[test]
fn hostile_pages_are_read_or_refused() {
    let deep = format!("{}{LONG}", "<div>".repeat(200_000));
    assert_eq!(parts(&deep), [format!("Body: {LONG}")]);
    let entities = format!("<p>{}", "&amp;&#x41;&nope;".repeat(100_000));
    assert!(read_page(&entities).unwrap().passages[0].text.starts_with("&A&nope;"));
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=''")).collect();
    assert!(read_page(&format!("<p{attributes}>{LONG}")).unwrap_err().contains("attributes"));
    let title = format!("<title>Flood{}</title><h1>x</h1>", " | Quay".repeat(300_000));
    let site = "<meta property=og:site_name content=Quay>";
    assert!(read_page(&format!("{site}{title}<p>{LONG}")).unwrap().passages[0].text == "x");
    assert_eq!(read_page("<!doctype html><nav></nav>").unwrap_err(), "empty: no text");
}

#[test]
fn a_name_is_told_as_the_page_writes_it() {
    for (name, title) in [("dc:creator", "DC.title"), ("DCTERMS:creator", "dc.title")] {
        let page = format!("<meta name={name} content=\"Ann Orrin\"><meta name={title} content=Flood><p>{LONG}");
        let draft = read_page(&page).unwrap();
        let told = |field| draft.told.of(field).unwrap();
        assert_eq!(
            (told("authors"), told("title")),
            (format!("meta {}", name.to_lowercase()), "meta dc.title".to_owned())
        );
    }
}
