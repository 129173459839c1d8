//! Where words stand in their files, against the files themselves. It never asks an index.

#![allow(clippy::unwrap_used, reason = "a file of the corpus that cannot be read is a red test")]

#[path = "positions/fields.rs"]
mod fields;

use std::{
    collections::BTreeMap,
    ops::Range,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use proptest::prelude::*;

use morgue::{
    article::{Article, Newlines},
    clean::clean,
    extract::{Gazetteers, Home, extract},
    read::{fallback_ids, read_bytes, text_of},
    settings::{Reach, Settings, Sources},
    text::Language,
};

/// What was found of the words of some files.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    words: usize,
    /// Whose line has them.
    on_line: usize,
    /// Whose bytes are told.
    told: usize,
    /// Whose bytes are they.
    right: usize,
}

/// The articles of a file, names sought in none.
fn articles(path: &str, bytes: &[u8]) -> Vec<Article> {
    static HOME: LazyLock<Home> = LazyLock::new(|| {
        let sources = Sources { reach: Reach::Fields, ..Sources::default() };
        Home::new(Language::ENGLISH, Gazetteers::default(), sources).unwrap()
    });
    let reading = read_bytes(path, bytes, None, &Settings::default());
    let ids = fallback_ids(path, &reading.drafts);
    reading.drafts.into_iter().zip(ids).map(|(draft, id)| extract(clean(draft), path, id, &HOME)).collect()
}

/// Every word of the articles of a file, looked up in it; at each that is not there, `miss` is called.
fn checked(path: &str, bytes: &[u8], miss: &mut dyn FnMut(&Article, Range<usize>)) -> Tally {
    let text = text_of(bytes).map_or_else(String::new, |(text, _)| text);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut tally = Tally::default();
    for article in articles(path, bytes) {
        let newlines = Newlines::of(&article.text);
        for word in words(&article.text) {
            let Some(head) = head(&article.text[word.clone()]) else { continue };
            tally.words += 1;
            let line = article.line_at(word.start, &newlines) as usize;
            let line = lines.get(line - 1).copied().unwrap_or_default();
            // A word that goes on in the next line, or behind a sign written otherwise, begins here.
            let is_there = line.contains(head)
                || (1..head.len()).rev().any(|end| line.trim_end_matches('=').ends_with(&head[..end]));
            tally.on_line += usize::from(is_there);
            let told = article.bytes_at(word.clone(), &newlines);
            let is_same = told.clone().is_some_and(|told| {
                bytes.get(told.start as usize..told.end as usize) == Some(article.text[word.clone()].as_bytes())
            });
            tally.told += usize::from(told.is_some());
            tally.right += usize::from(is_same);
            if !is_there || told.is_some() && !is_same {
                miss(&article, word);
            }
        }
    }
    tally
}

/// The bytes of each word.
fn words(text: &str) -> Vec<Range<usize>> {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(|word| start(word)..start(word) + word.len()).collect()
}

/// The first letters or digits of a word that any format writes as they are.
fn head(word: &str) -> Option<&str> {
    let plain = |word: &str| word.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let length = plain(word);
    (length > 0).then(|| &word[..length])
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// Every line and byte that is told of a clipping is right; those that are packed or written otherwise have none.
#[test]
fn words_stand_where_they_are_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let unknown = ["pdf", "zip", "gz", "zst", "epub", "docx", "warc", "csv"];
    let (mut words, mut told) = (0, 0);
    for path in ["sample-corpus", "tests/clippings"].iter().flat_map(|folder| files(&root.join(folder))) {
        let ending = path.extension().map_or("", |ending| ending.to_str().unwrap());
        let name = path.file_name().unwrap().to_str().unwrap();
        if unknown.contains(&ending) || name.starts_with("wide-") {
            continue;
        }
        let found = checked(name, &std::fs::read(&path).unwrap(), &mut |article, word| {
            let line = article.line_at(word.start, article.text.as_str());
            panic!("{}: {:?} on line {line}", path.display(), &article.text[word]);
        });
        (words, told) = (words + found.words, told + found.told);
    }
    assert!(words > 8000 && told * 10 > words * 8, "{told} of {words}");
}

/// A word that stands once in its file, or what stands between words.
#[derive(Debug, Clone)]
enum Token {
    Word,
    Linked,
    Sign(&'static str),
    Gap(&'static str),
}

/// Paragraphs, the first of which is the title.
fn paragraphs() -> impl Strategy<Value = Vec<Vec<Token>>> {
    let sign = prop_oneof![
        Just("&"),
        Just("\""),
        Just("é"),
        Just("—"),
        Just("<"),
        Just("Ã©"),
        Just("donâ€™t"),
        Just("Advertisement")
    ];
    let token = prop_oneof![
        5 => Just(Token::Word),
        1 => Just(Token::Linked),
        1 => sign.prop_map(Token::Sign),
        4 => prop_oneof![Just(" "), Just("\n"), Just("  "), Just(" \n  "), Just("\t")].prop_map(Token::Gap),
    ];
    proptest::collection::vec(proptest::collection::vec(token, 1..30), 2..9)
}

/// A text of the tokens; `mark` writes a linked word, `escape` all others.
fn printed(paragraphs: &[Vec<Token>], mark: fn(&str) -> String, escape: fn(&str) -> String) -> Vec<String> {
    let mut number = 0;
    let mut word = || {
        number += 1;
        format!("w{number}x")
    };
    let mut one = |token: &Token| match token {
        Token::Word => format!("{} ", word()),
        Token::Linked => mark(&word()),
        Token::Sign(sign) => escape(sign),
        Token::Gap(gap) => (*gap).to_owned(),
    };
    paragraphs.iter().map(|tokens| tokens.iter().map(&mut one).collect()).collect()
}

/// Words that stand once in a file are told on their line and at their byte; how many have a byte.
fn unique(path: &str, file: &str) -> (usize, usize) {
    let (mut all, mut with_byte) = (0, 0);
    for article in articles(path, file.as_bytes()) {
        let newlines = Newlines::of(&article.text);
        for (start, _) in article.text.match_indices('w') {
            let digits = article.text[start + 1..].bytes().take_while(u8::is_ascii_digit).count();
            let word = start..start + digits + 2;
            let Some(printed) = article.text.get(word.clone()).filter(|word| digits > 0 && word.ends_with('x')) else {
                continue;
            };
            let Some(at) = file.find(printed) else { continue };
            let before = file[..at].replace("\r\n", "\n").replace('\r', "\n");
            let line = 1 + before.matches('\n').count() as u32;
            assert_eq!(article.line_at(start, &newlines), line, "{printed} in {file:?}");
            let told = article.bytes_at(word.clone(), &newlines);
            assert!(
                told.is_none() || told == Some(at as u64..(at + word.len()) as u64),
                "{printed} at {told:?} in {file:?}"
            );
            (all, with_byte) = (all + 1, with_byte + usize::from(told.is_some()));
        }
    }
    (all, with_byte)
}

fn as_is(text: &str) -> String {
    text.to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('é', "&#233;")
}

/// Line feeds of a file as others.
fn ended(file: &str, ends: &[&str]) -> String {
    let mut lines = file.split('\n');
    let first = lines.next().unwrap_or_default().to_owned();
    lines.enumerate().fold(first, |all, (n, line)| format!("{all}{}{line}", ends[n % ends.len()]))
}

fn ends() -> impl Strategy<Value = &'static [&'static str]> {
    prop_oneof![
        Just(&["\n"][..]),
        Just(&["\r\n"][..]),
        Just(&["\r"][..]),
        Just(&["\r\n", "\n"][..]),
        Just(&["\n", "\r", "\r\n"][..])
    ]
}

/// Lines of a mail's body, packed as quoted-printable: letters beyond ASCII and long lines.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for (n, c) in text.chars().enumerate() {
        match c {
            '\n' | ' '..='<' | '>'..='~' => out.push(c),
            other => other.to_string().bytes().for_each(|byte| out.push_str(&format!("={byte:02X}"))),
        }
        if n % 50 == 49 && c == ' ' {
            out.push_str("=\n");
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn in_plain_texts(paragraphs in paragraphs(), ends in ends(), mark in any::<bool>()) {
        let file = ended(&printed(&paragraphs, as_is, as_is).join("\n\n"), ends);
        let (words, told) = unique("a.txt", &format!("{}{file}", if mark { "\u{FEFF}" } else { "" }));
        prop_assert_eq!(words, told);
    }

    #[test]
    fn in_markdown(paragraphs in paragraphs(), ends in ends()) {
        let body = printed(&paragraphs, |word| format!("[{word}](https://example.org/{word}.html) "), as_is).join("\n\n");
        let file = ended(&format!("---\ntitle: \"w0x & so\"\n---\n\n## {body}"), ends);
        // A word stands first in what a link shows.
        let (words, told) = unique("a.md", &file);
        prop_assert_eq!(words, told);
    }

    #[test]
    fn in_pages(paragraphs in paragraphs(), ends in ends()) {
        let marked = |word: &str| format!("<a title='a > b'\n href=x><!-- w -->{word}</a>&nbsp;");
        let texts = printed(&paragraphs, marked, escaped);
        let body: String = texts[1..].iter().map(|text| format!("<p>{text}</p>\n  ")).collect();
        let file = format!("<!DOCTYPE html>\n<head><meta charset=utf-8></head><body>\n<article><h1>{}</h1>{body}</article>", texts[0]);
        let (words, told) = unique("a.html", &ended(&file, ends));
        prop_assert_eq!(words, told);
    }

    #[test]
    fn in_records(paragraphs in paragraphs(), is_list in any::<bool>(), ends in prop_oneof![Just(&["\n"][..]), Just(&["\r\n"][..])]) {
        let texts = printed(&paragraphs, as_is, as_is);
        let list: Vec<&str> = texts[1..].iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        let body = if is_list { serde_json::json!(list) } else { texts[1..].join("\n\n").into() };
        let record = serde_json::json!({"id": "a", "title": texts[0], "body": body, "source": "Tarn Post"});
        let file = serde_json::to_string_pretty(&serde_json::json!([{"title": "Ebb"}, record])).unwrap();
        unique("a.json", &ended(&file, ends));
        unique("a.jsonl", &record.to_string());
    }

    #[test]
    fn in_mails(paragraphs in paragraphs(), is_page in any::<bool>(), is_quoted in any::<bool>(), ends in prop_oneof![Just(&["\n"][..]), Just(&["\r\n"][..])]) {
        let texts = printed(&paragraphs, as_is, if is_page { escaped } else { as_is });
        let body: String = if is_page { texts.iter().map(|text| format!("<p>{text}</p>\n")).collect() } else { texts.join("\n\n") };
        let (packing, body) = if is_quoted { ("quoted-printable", quoted(&body)) } else { ("8bit", body) };
        let kind = if is_page { "html" } else { "plain" };
        let head = format!("Subject: w0x\n and so\nContent-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: {packing}");
        let file = ended(&format!("{head}\n\n{body}"), ends);
        let (words, told) = unique("a.eml", &file);
        prop_assert_eq!(words, told);
        unique("a.mbox", &format!("From a@b Sat Jan  3 01:05:34 1996\n{file}\n\nFrom a@b Sat Jan  3 01:05:34 1996\nSubject: w999x\n\n>From here on\nw998x\n"));
    }

    #[test]
    fn in_news_markup(paragraphs in paragraphs(), ends in ends()) {
        let texts = printed(&paragraphs, |word| format!("<em>{word}</em> "), escaped);
        let body: String = texts[1..].iter().map(|text| format!("<p>{text}</p>\n  ")).collect();
        let file = format!("<?xml version=\"1.0\"?>\n<nitf><body><body.head><hedline><hl1>{}</hl1></hedline></body.head>\n<body.content>{body}</body.content></body></nitf>", texts[0]);
        let (words, told) = unique("a.xml", &ended(&file, ends));
        prop_assert_eq!(words, told);
    }
}

/// How many words of the files of some folders are told where they stand, by the ends of their names.
#[test]
#[ignore = "for the folders named in MORGUE_POSITIONS"]
fn words_of_an_archive() {
    let named = std::env::var("MORGUE_POSITIONS").unwrap();
    let every: usize = std::env::var("MORGUE_EVERY").map_or(1, |n| n.parse().unwrap());
    let mut sums: BTreeMap<String, Tally> = BTreeMap::new();
    for path in named.split(':').flat_map(|folder| files(Path::new(folder))).step_by(every) {
        let name = path.to_string_lossy().into_owned();
        let ending = path.extension().map_or("", |ending| ending.to_str().unwrap()).to_owned();
        let ending = if ending.len() > 5 { String::new() } else { ending };
        let mut left = 2;
        let found = checked(&name, &std::fs::read(&path).unwrap(), &mut |article, word| {
            if left > 0 {
                let line = article.line_at(word.start, article.text.as_str());
                let start = article.text.floor_char_boundary(word.start.saturating_sub(20));
                println!(
                    "{name}: line {line}: {:?} after {:?}",
                    &article.text[word.clone()],
                    &article.text[start..word.start]
                );
                left -= 1;
            }
        });
        let sum = sums.entry(ending).or_default();
        *sum = Tally {
            words: sum.words + found.words,
            on_line: sum.on_line + found.on_line,
            told: sum.told + found.told,
            right: sum.right + found.right,
        };
    }
    for (ending, sum) in sums {
        let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
        let (lines, told) = (share(sum.on_line, sum.words), share(sum.told, sum.words));
        println!(
            "== {ending}: {} words, {lines:.3} % on their line, bytes of {told:.2} %, {} of them wrong",
            sum.words,
            sum.told - sum.right
        );
    }
}
