//! Where fields stand that say what others say too.

use std::ops::Range;

use morgue::article::{Article, Newlines, PartKind};

use super::articles;

/// Line and bytes of the first part of a kind.
fn place(article: &Article, kind: PartKind) -> (u32, Option<Range<u64>>) {
    let found = article.parts.iter().find(|part| part.kind == kind);
    let range = found.unwrap_or_else(|| panic!("{:?} {:?}", article.parts, article.text)).span.clone();
    let newlines = Newlines::of(&article.text);
    (article.line_at(range.start, &newlines), article.bytes_at(range, &newlines))
}

/// Where `text` stands in a file for the n-th time, from 0.
fn nth(file: &str, text: &str, n: usize) -> (u32, Option<Range<u64>>) {
    let at = file.match_indices(text).nth(n).unwrap().0;
    (1 + file[..at].matches('\n').count() as u32, Some(at as u64..(at + text.len()) as u64))
}

#[test]
fn a_field_of_a_record_stands_under_its_own_name() {
    let kerry = "Angela Merkel met Kerry";
    for (head, n) in [
        ("\"description\": \"Angela Merkel met Kerry\",\n", 1),
        ("\"related\": [{\"title\":\n\"Angela Merkel met Kerry\"}],\n\"kicker\": \"Angela Merkel met Kerry\",\n", 2),
        ("\"image\": {\"caption\": \"See: Angela Merkel met Kerry\"},\n\"title\": \"Angela Merkel met Kerry\",\n", 2),
    ] {
        let file =
            format!("[{{{head}\"title\":\n  \"{kerry}\",\n\"unknown\": \"Said Putin.\",\n\"text\": \"Said Putin.\"}}]");
        let article = &articles("a.json", file.as_bytes())[0];
        assert_eq!(place(article, PartKind::Title), nth(&file, kerry, n), "{file}");
        assert_eq!(place(article, PartKind::Lead), nth(&file, "Said Putin.", 1), "{file}");
    }
}

#[test]
fn a_field_of_a_graph_stands_in_its_own_node() {
    let node =
        |kind: &str| format!("{{\"@type\": \"{kind}\",\n\"headline\": \"Flood\",\n\"articleBody\": \"It rose.\"}}");
    let file = format!("{{\"@graph\": [{},\n{},\n{}]}}", node("WebPage"), node("NewsArticle"), node("NewsArticle"));
    let all = articles("a.json", file.as_bytes());
    for (n, article) in all.iter().enumerate() {
        assert_eq!(place(article, PartKind::Title), nth(&file, "Flood", n + 1));
        assert_eq!(place(article, PartKind::Lead), nth(&file, "It rose.", n + 1));
    }
    assert_eq!(all.len(), 2);
}

/// Headlines with roles have no name of their own: the text may be either, so no bytes are told.
#[test]
fn a_text_under_no_known_name_is_not_sure() {
    let file = "{\"slugline\": \"Flood\",\n\"headlines\": [{\"role\": \"main\", \"value\": \"Flood\"}],\n\"body_text\": \"It rose.\"}";
    let article = &articles("a.json", file.as_bytes())[0];
    assert_eq!(place(article, PartKind::Title), (1, None));
    assert_eq!(place(article, PartKind::Lead), nth(file, "It rose.", 0));
}

#[test]
fn parts_of_a_text_stand_one_behind_the_other() {
    let file = "{\"kicker\": \"Flood\",\n\"text\": \"Flood\\n\\nFlood\",\n\"parts\": [{\"part\": \"title\", \"start\": 0, \"end\": 5}, {\"part\": \"body\", \"start\": 7, \"end\": 12}]}";
    let article = &articles("a.json", file.as_bytes())[0];
    assert_eq!(place(article, PartKind::Title), nth(file, "Flood", 1));
    assert_eq!(place(article, PartKind::Body), nth(file, "Flood", 2));
}

#[test]
fn a_field_of_news_markup_stands_in_its_own_element() {
    let headlines = "<hl1>Putin speaks</hl1>\n<hl2>Putin speaks</hl2>\n<title>Putin speaks</title>";
    let file = format!(
        "<nitf><body><hedline>{headlines}</hedline>\n<abstract>Putin\nspeaks</abstract>\n<body.content><p>So he did.</p></body.content></body></nitf>"
    );
    let article = &articles("a.xml", file.as_bytes())[0];
    assert_eq!(place(article, PartKind::Title), nth(&file, "Putin speaks", 0));
    assert_eq!(place(article, PartKind::Subtitle), nth(&file, "Putin speaks", 1));
    let summary = article.text.match_indices("Putin").nth(2).unwrap().0;
    let newlines = Newlines::of(&article.text);
    assert_eq!(
        (article.line_at(summary, &newlines), article.bytes_at(summary..summary + 5, &newlines)),
        nth(&file, "Putin", 3)
    );
}

const LONG: &str = "The river rose in the night, said the keeper of the lock, and by the morning, which was a Friday, it \
                    stood at the third step of the church, where it had stood in 1931, in 1957, and never since.";

/// The title of a page stands where it was taken from, also where that writes it otherwise.
#[test]
fn a_title_of_a_page_stands_in_its_own_element() {
    let linked = |headline: &str| {
        format!(
            "<script type='application/ld+json'>\n{{\"@type\":\"NewsArticle\",\n\"headline\": \"{headline}\"}}</script>"
        )
    };
    for (head, line, is_told) in [
        ("\n<title>\nPutin speaks of\npeace</title>".to_owned(), 4, false),
        ("\n<title>Putin speaks  of peace\n</title>".to_owned(), 3, false),
        ("\n<title>Putin speaks of peace</title>".to_owned(), 3, true),
        ("\n<title>Vladimir&#39;s  &amp; Putin&#39;s peace</title>".to_owned(), 3, false),
        (
            "\n\n<meta name=x content=y>\n<meta property='og:title' content='Putin&#39;s &amp; more'>".to_owned(),
            5,
            false,
        ),
        ("\n<meta property='og:title'\n content='Putin  speaks'\n/>\n<meta name=x content=y>".to_owned(), 4, false),
        (linked("Putin\\u2019s \\/ war"), 4, false),
        (linked("Putin&#39;s war"), 4, false),
        (linked("Putin speaks of peace"), 4, true),
    ] {
        let file = format!("<html><head>\n{head}</head><body><p>{LONG}</p><p>{LONG}</p></body></html>");
        let article = &articles("a.html", file.as_bytes())[0];
        let (found, bytes) = place(article, PartKind::Title);
        assert_eq!((found, bytes.is_some()), (line, is_told), "{file} {:?}", article.parts);
        if let Some(bytes) = bytes {
            assert_eq!(file[bytes.start as usize..bytes.end as usize], article.title);
        }
    }
}

/// A text that only JSON-LD tells goes on over the lines of its string.
#[test]
fn a_text_of_linked_data_stands_on_the_lines_of_its_string() {
    for text in ["\\u201cAh,\\u201d he\\nsaid \\\"so\\\":\n", "T&amp;T:\n"] {
        let file = format!(
            "<html>\n<script type='application/ld+json'>\n{{\"@type\":\"NewsArticle\",\n\"articleBody\": \"{text}{LONG}\n\nMerkel came.\"}}</script>"
        );
        let article = &articles("a.html", file.as_bytes())[0];
        let newlines = Newlines::of(&article.text);
        for word in ["The river", "Merkel"] {
            let at = article.text.find(word).unwrap();
            let bytes = article.bytes_at(at..at + word.len(), &newlines);
            assert_eq!((article.line_at(at, &newlines), bytes), nth(&file, word, 0), "{file}");
        }
    }
}

/// Of a text that was markup in JSON-LD no more is known than where its string begins.
#[test]
fn a_text_of_linked_markup_stands_where_its_string_begins() {
    let file = format!(
        "<html>\n<script type='application/ld+json'>\n{{\"@type\":\"NewsArticle\",\n\"articleBody\": \"<p>{LONG}</p><p>Merkel came.</p>\"}}</script>"
    );
    let article = &articles("a.html", file.as_bytes())[0];
    let (newlines, at) = (Newlines::of(&article.text), article.text.find("Merkel").unwrap());
    assert_eq!((article.line_at(at, &newlines), article.bytes_at(at..at + 6, &newlines)), (4, None));
}

/// Values of front matter that take several lines, each word with its line and, where it is written as it is, its bytes.
#[test]
fn a_field_of_front_matter_stands_behind_its_name() {
    for (value, words) in [
        ("Merkel met Kerry", &[("Merkel", true), ("Kerry", true)][..]),
        (">\n  Merkel met\n  Kerry", &[("Merkel", true), ("Kerry", true)]),
        ("|-\n  Merkel met\n\n  Kerry", &[("Merkel", true), ("Kerry", true)]),
        ("Merkel met\n  Kerry", &[("Merkel", true), ("Kerry", true)]),
        ("\"Merkel met\n  Kerry\"", &[("Merkel", true), ("Kerry", true)]),
        ("\"Merkel \\\"met\\\"\n  Kerry\"", &[("Merkel", true), ("\"met\"", false), ("Kerry", true)]),
        ("'Merkel''s met\n  Kerry'", &[("Merkel's", false), ("Kerry", true)]),
        ("\n  Merkel met Kerry # Kerry", &[("Merkel", true), ("Kerry", true)]),
    ] {
        let file = format!("---\ndescription: {value}\ntitle: {value}\nsource: Merkel met Kerry\n---\n\nHe came.\n");
        let article = &articles("a.md", file.as_bytes())[0];
        let newlines = Newlines::of(&article.text);
        for (word, is_told) in words {
            let at = article.text.find(word).unwrap();
            let bytes = article.bytes_at(at..at + word.len(), &newlines);
            let printed = word.trim_matches('"').trim_end_matches("'s");
            let title = file.find("title:").unwrap();
            let from = file[title..].find(printed).unwrap() + title;
            let (line, expected) =
                (1 + file[..from].matches('\n').count() as u32, from as u64..(from + word.len()) as u64);
            assert_eq!(
                (article.line_at(at, &newlines), bytes),
                (line, is_told.then_some(expected)),
                "{word} in {file}"
            );
        }
    }
}
