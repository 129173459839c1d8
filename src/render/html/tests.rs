//! The page as a browser's parser reads it: what is text, what is a link, what could run.

use std::cell::RefCell;

use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
    states::{RawKind, State},
};
use sha2::{Digest, Sha256};

use super::*;
use crate::render::sample;

/// Elements with their attributes, and the text between them.
#[derive(Default)]
struct Seen {
    tags: RefCell<Vec<Tag>>,
    text: RefCell<String>,
}

impl TokenSink for Seen {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let name = tag.name.to_string();
                self.tags.borrow_mut().push(tag);
                match name.as_str() {
                    "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" => return TokenSinkResult::RawData(RawKind::Rawtext),
                    _ => {}
                }
            }
            Token::CharacterTokens(text) => self.text.borrow_mut().push_str(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Seen {
    fn in_page(page: &str) -> Self {
        let queue = BufferQueue::default();
        queue.push_back(page.into());
        let options = TokenizerOpts { initial_state: Some(State::Data), ..TokenizerOpts::default() };
        let tokenizer = Tokenizer::new(Self::default(), options);
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        tokenizer.sink
    }

    fn count(&self, name: &str) -> usize {
        self.tags.borrow().iter().filter(|tag| &*tag.name == name).count()
    }

    /// Every attribute of the page.
    fn attributes(&self) -> Vec<(String, String)> {
        let tags = self.tags.borrow();
        let attributes = tags.iter().flat_map(|tag| &tag.attrs);
        attributes.map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string())).collect()
    }
}

fn written(rows: Rows, all: &[Row<'_>]) -> String {
    let provenance = sample::provenance("flood </script><b>", rows);
    let view = sample::view(&provenance);
    let mut out = Vec::new();
    let mut list = begin(&sample::head(&provenance, &view, rows), &mut out).unwrap();
    all.iter().for_each(|row| list.row(*row).unwrap());
    list.finish(&Provenance { written: all.len() as u64, ..provenance }).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_policy_names_the_page_s_own_script_and_style() {
    let hash = |text: &str| format!("sha256-{}", in_base64(&Sha256::digest(text)));
    assert_eq!((STYLE_HASH, SCRIPT_HASH), (hash(STYLE).as_str(), hash(SCRIPT).as_str()));
    let page = written(Rows::Articles, &[]);
    for (text, tag) in [(STYLE, "style"), (SCRIPT, "script")] {
        assert!(page.contains(&format!("<{tag}>{text}</{tag}>")), "{tag}: the hash is of the whole element");
        assert!(!text.contains("</"), "{tag} would end within itself");
    }
}

fn in_base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let number = (0..3).fold(0, |number, i| number << 8 | u32::from(*chunk.get(i).unwrap_or(&0)));
        let letter = |i: usize| char::from(LETTERS[(number >> (18 - 6 * i) & 63) as usize]);
        (0..4).for_each(|i| text.push(if i <= chunk.len() { letter(i) } else { '=' }));
    }
    text
}

#[test]
fn nothing_an_article_holds_becomes_a_part_of_the_page() {
    let evil = "</title><script>alert(1)</script><img src=x onerror=alert(1)>\"'><a href=javascript:alert(1)>";
    let mut hit = sample::hit(evil);
    hit.url = Some("javascript:alert(1)".into());
    hit.people = vec![evil.into(), "\u{202E}drawkcab\0".into()];
    hit.source = Some(evil.into());
    hit.path = evil.into();
    let mut mention = sample::mention(evil);
    (mention.left, mention.matched, mention.surface) = (evil.into(), evil.into(), evil.into());
    mention.published = Some(evil.into());
    for page in [
        written(Rows::Articles, &[Row::Article(&hit), Row::Article(&Hit::default())]),
        written(Rows::Mentions, &[Row::Mention(&mention), Row::Mention(&sample::bare_mention())]),
    ] {
        let seen = Seen::in_page(&page);
        assert_eq!((seen.count("script"), seen.count("img"), seen.count("article")), (2, 0, 2));
        assert!(seen.text.borrow().contains(evil), "the headline is there, as text");
        assert!(!page.contains(['\0', '\u{202E}']));
        for (name, value) in seen.attributes() {
            assert!(!name.starts_with("on"), "{name}");
            assert!(name != "href" || value.starts_with('#') || value.starts_with("https://"), "{value}");
        }
    }
}

#[test]
fn rows_are_read_back() {
    let hits = [sample::hit("Tarn & flood"), Hit { rank: 2, ..Hit::default() }];
    let page = written(Rows::Articles, &hits.iter().map(Row::Article).collect::<Vec<_>>());
    let seen = Seen::in_page(&page);
    let text = seen.text.borrow();
    for part in [
        "Tarn & flood",
        "The Courier",
        "Wed 3 May 1916",
        "By Ada Moran and Tom Hale",
        "north/tarn.txt:3",
        "Ilse Maro",
        "untitled",
        "undated",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert_eq!(seen.count("mark"), 1);
    let attributes = seen.attributes();
    let has = |name: &str, value: &str| attributes.iter().any(|(n, v)| n == name && v == value);
    assert!(has("href", "https://example.org/tarn?a=1&b=2") && has("datetime", "1916-05-03") && has("href", "#h1"));
    let json = page.split("id=\"morgue_export\">").nth(1).unwrap().split("</script>").next().unwrap();
    assert_eq!(serde_json::from_str::<Provenance>(json).unwrap().written, 2);
}
