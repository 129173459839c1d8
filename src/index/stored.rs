//! An article in the document store: its record (JSON), its mentions (postcard), the landmarks of its text and the text
//! itself, one behind the other.
//!
//! What is indexed is decided in `document`, how it is packed in `shelf`; nothing here is searched.

use std::{ops::Range, sync::Arc};

use serde::Deserialize;

use super::{damaged, fault};
use crate::{
    article::{Article, Part, PartKind},
    date::Date,
    entity::{EntityKind, Evidence, Location, Mention},
    error::{Error, Result},
    text::Landmarks,
};

/// How much of an article is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// All but the mentions, which are most of the work.
    Head,
    /// Everything.
    Whole,
}

/// An article as it is kept.
pub(super) struct Landmarked {
    pub(super) article: Article,
    /// Where the sentences of its searched parts begin.
    pub(super) landmarks: Landmarks,
}

/// An article for rows of its mentions.
pub(super) struct Opened {
    /// No more of it than a row says, or all of it.
    pub(super) article: Arc<Article>,
    pub(super) landmarks: Landmarks,
    /// Its mentions as they are stored; `None` when the article has them.
    mentions: Option<Vec<u8>>,
}

/// A mention where it is stored: its texts are not copied.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Kept<'a> {
    pub(super) kind: EntityKind,
    pub(super) span: Range<usize>,
    pub(super) entity: &'a str,
    #[serde(borrow)]
    pub(super) role: Option<&'a str>,
    pub(super) location: Option<Location>,
    #[serde(borrow)]
    date: Option<&'a str>,
    from: Evidence,
    pub(super) rule: &'a str,
    pub(super) confidence: f32,
}

/// What a row of a mention says of its article.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Slip {
    id: String,
    path: String,
    line: u32,
    source: Option<String>,
    byline: Option<String>,
    published: Option<Date>,
    language: String,
    url: Option<String>,
    hash: String,
    #[serde(with = "crate::article::parts")]
    parts: Vec<Part>,
}

/// The most bytes that three lengths take.
const HEAD: usize = 30;
/// About as many bytes as a mention takes.
const MENTION: usize = 72;

/// The bytes of an article with the landmarks of its text.
pub(super) fn bytes((article, landmarks): (&Article, &Landmarks)) -> Result<Vec<u8>> {
    let unstored = |cause: serde_json::Error| fault("an article cannot be stored", cause);
    let unkept = |cause: postcard::Error| fault("an article's mentions cannot be stored", cause);
    let landmarks = landmarks.to_bytes();
    let room = HEAD + 4096 + landmarks.len() + article.text.len() + MENTION * article.mentions.len();
    let mut bytes = Vec::with_capacity(room);
    // The head says how long the pieces behind it are; of the room left for it, some is not needed.
    bytes.resize(HEAD, 0);
    serde_json::to_writer(&mut bytes, article).map_err(unstored)?;
    let record = bytes.len() - HEAD;
    let mut bytes = postcard::to_extend(&article.mentions, bytes).map_err(unkept)?;
    let mentions = bytes.len() - HEAD - record;
    bytes.extend_from_slice(&landmarks);
    bytes.extend_from_slice(article.text.as_bytes());
    let mut head = [0; HEAD];
    let head = postcard::to_slice(&(record, mentions, landmarks.len()), &mut head).map_err(unkept)?;
    bytes.drain(..HEAD - head.len());
    if let Some(room) = bytes.get_mut(..head.len()) {
        room.copy_from_slice(head);
    }
    Ok(bytes)
}

/// What `bytes` made.
pub(super) fn article(bytes: Vec<u8>, depth: Depth) -> Result<Landmarked> {
    let pieces = Pieces::of(&bytes)?;
    let mut article: Article = serde_json::from_slice(pieces.record).map_err(bad_record)?;
    let landmarks = pieces.landmarks()?;
    if depth == Depth::Whole {
        article.mentions = postcard::from_bytes(pieces.mentions).map_err(bad_mentions)?;
    }
    article.text = text(pieces.text_at, bytes)?;
    for mention in &mut article.mentions {
        mention.surface = article.text.get(mention.span.clone()).unwrap_or_default().to_owned();
    }
    article.title = title(&article);
    Ok(Landmarked { article, landmarks })
}

impl Opened {
    /// Of what `bytes` made, no more than a row says.
    pub(super) fn of(bytes: Vec<u8>) -> Result<Self> {
        let pieces = Pieces::of(&bytes)?;
        let Slip { id, path, line, source, byline, published, language, url, hash, parts } =
            serde_json::from_slice(pieces.record).map_err(bad_record)?;
        let (landmarks, mentions) = (pieces.landmarks()?, Some(pieces.mentions.to_vec()));
        let text = text(pieces.text_at, bytes)?;
        let slip =
            Article { id, path, line, source, byline, published, language, url, hash, parts, ..Article::default() };
        let mut article = Article { text, ..slip };
        article.title = title(&article);
        Ok(Self { article: Arc::new(article), landmarks, mentions })
    }

    /// Of a whole article.
    pub(super) fn whole(Landmarked { article, landmarks }: Landmarked) -> Self {
        Self { article: Arc::new(article), landmarks, mentions: None }
    }

    /// Its mentions, in order of the text.
    pub(super) fn mentions(&self) -> Result<Vec<Kept<'_>>> {
        match &self.mentions {
            Some(mentions) => postcard::from_bytes(mentions).map_err(bad_mentions),
            None => Ok(self.article.mentions.iter().map(Kept::of).collect()),
        }
    }
}

impl<'a> Kept<'a> {
    fn of(mention: &'a Mention) -> Self {
        Self {
            kind: mention.kind,
            span: mention.span.clone(),
            entity: &mention.entity,
            role: mention.role.as_deref(),
            location: mention.location.clone(),
            date: mention.date.as_ref().map(Date::edtf),
            from: mention.from,
            rule: &mention.rule,
            confidence: mention.confidence,
        }
    }
}

/// The pieces of an article's bytes.
struct Pieces<'a> {
    record: &'a [u8],
    mentions: &'a [u8],
    landmarks: &'a [u8],
    text_at: usize,
}

impl<'a> Pieces<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self> {
        let lengths = postcard::take_from_bytes::<(usize, usize, usize)>(bytes).ok();
        let cut = lengths.and_then(|((record, mentions, landmarks), rest)| {
            let (record, rest) = rest.split_at_checked(record)?;
            let (mentions, rest) = rest.split_at_checked(mentions)?;
            let (landmarks, text) = rest.split_at_checked(landmarks)?;
            Some(Self { record, mentions, landmarks, text_at: bytes.len() - text.len() })
        });
        cut.ok_or_else(|| damaged("an article is cut"))
    }

    fn landmarks(&self) -> Result<Landmarks> {
        Landmarks::from_bytes(self.landmarks).ok_or_else(|| damaged("an article's sentences are damaged"))
    }
}

fn text(at: usize, mut bytes: Vec<u8>) -> Result<String> {
    bytes.drain(..at);
    String::from_utf8(bytes).map_err(|cause| damaged("an article's text is damaged").because(cause))
}

fn title(article: &Article) -> String {
    let title = article.parts.iter().find(|part| part.kind == PartKind::Title);
    title.and_then(|part| article.text.get(part.span.clone())).unwrap_or_default().to_owned()
}

fn bad_record(cause: serde_json::Error) -> Error {
    damaged("an article's record is damaged").because(cause)
}

fn bad_mentions(cause: postcard::Error) -> Error {
    damaged("an article's mentions are damaged").because(cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Origin;

    fn article() -> Article {
        let mention = |kind, span: Range<usize>| Mention {
            kind,
            surface: "Sudzha’s — port"[span.clone()].to_owned(),
            span,
            entity: "Ada Moran".into(),
            role: Some("envoy".into()),
            location: Some(Location { geonameid: Some(7), lat: Some(51.2), lon: None }),
            date: Date::parse("2025-03").ok(),
            from: Evidence::Text,
            rule: "full name".into(),
            confidence: 0.8,
        };
        let origin = Origin::on_line(3);
        Article {
            id: "a\"b".into(),
            path: "x/é.txt".into(),
            line: 3,
            title: "Sudzha’s".into(),
            source: Some("Tarn Post".into()),
            published: Date::parse("1916-05").ok(),
            language: "en".into(),
            people: vec!["Ada Moran".into()],
            parts: vec![Part { kind: PartKind::Title, span: 0..10, origin }],
            mentions: vec![mention(EntityKind::Person, 0..6), mention(EntityKind::Date, 15..19)],
            text: "Sudzha’s — port".into(),
            ..Article::default()
        }
    }

    #[test]
    fn an_article_reads_back_whole_and_for_rows() {
        let (article, landmarks) = (article(), Landmarks::default());
        let bytes = bytes((&article, &landmarks)).unwrap();
        let back = super::article(bytes.clone(), Depth::Whole).unwrap();
        assert_eq!((&back.article, &back.landmarks), (&article, &landmarks));
        assert!(super::article(bytes.clone(), Depth::Head).unwrap().article.mentions.is_empty());
        let (slip, whole) = (Opened::of(bytes.clone()).unwrap(), Opened::whole(back));
        assert_eq!(slip.mentions().unwrap(), whole.mentions().unwrap());
        let of = |article: &Article| {
            let Article { id, path, line, title, source, published, language, parts, text, .. } = article.clone();
            (id, path, line, title, source, published, language, parts, text)
        };
        assert_eq!(of(&slip.article), of(&article));
        for cut in 0..bytes.len() - article.text.len() {
            assert!(Opened::of(bytes[..cut].to_vec()).is_err(), "{cut}");
        }
    }
}
