//! An article in the document store: its text as it is with the landmarks in it, its mentions packed (postcard), all else as
//! a JSON record.
//!
//! What is indexed is decided in `document`; nothing here is searched.

use tantivy::{
    DocAddress, Searcher,
    schema::{
        Field as Column, OwnedValue, TantivyDocument,
        document::{DeserializeError, DocumentDeserialize, DocumentDeserializer},
    },
};

use super::{damaged, fault, schema::Columns};
use crate::{
    article::{Article, PartKind},
    error::Result,
    text::{Analysis, Landmarks},
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

/// Puts an article that was taken apart into a document.
pub(super) fn write(
    (article, analysis): (&Article, &Analysis),
    columns: &Columns,
    document: &mut TantivyDocument,
) -> Result<()> {
    let unstored = |cause| fault("an article cannot be stored", cause);
    document.add_text(columns.record, serde_json::to_string(article).map_err(unstored)?);
    let mentions = postcard::to_allocvec(&article.mentions)
        .map_err(|cause| fault("an article's mentions cannot be stored", cause))?;
    document.add_bytes(columns.mentions, &mentions);
    document.add_bytes(columns.landmarks, &Landmarks::of(analysis).to_bytes());
    document.add_text(columns.stored_text, &article.text);
    Ok(())
}

/// The article at `address`.
pub(super) fn article(
    searcher: &Searcher,
    columns: &Columns,
    (address, depth): (DocAddress, Depth),
) -> Result<Landmarked> {
    let mut stored: Stored =
        searcher.doc(address).map_err(|cause| fault("an article cannot be read from the index", cause))?;
    let (record, text) = (stored.text(columns.record)?, stored.text(columns.stored_text)?);
    let (mentions, landmarks) = (stored.bytes(columns.mentions)?, stored.bytes(columns.landmarks)?);
    let mut article: Article =
        serde_json::from_str(&record).map_err(|cause| damaged("an article's record is damaged").because(cause))?;
    if depth == Depth::Whole {
        article.mentions = postcard::from_bytes(&mentions)
            .map_err(|cause| damaged("an article's mentions are damaged").because(cause))?;
        for mention in &mut article.mentions {
            mention.surface = text.get(mention.span.clone()).unwrap_or_default().to_owned();
        }
    }
    let title = article.parts.iter().find(|part| part.kind == PartKind::Title);
    article.title = title.and_then(|part| text.get(part.span.clone())).unwrap_or_default().to_owned();
    article.text = text;
    let landmarks = Landmarks::from_bytes(&landmarks).ok_or_else(|| damaged("an article's sentences are damaged"))?;
    Ok(Landmarked { article, landmarks })
}

/// The stored values of a document, as they come.
struct Stored(Vec<(Column, OwnedValue)>);

impl Stored {
    fn take(&mut self, column: Column) -> OwnedValue {
        let found = self.0.iter_mut().find(|(own, _)| *own == column);
        found.map_or(OwnedValue::Null, |(_, value)| std::mem::replace(value, OwnedValue::Null))
    }

    fn text(&mut self, column: Column) -> Result<String> {
        match self.take(column) {
            OwnedValue::Str(text) => Ok(text),
            _ => Err(damaged("an article lacks its record")),
        }
    }

    fn bytes(&mut self, column: Column) -> Result<Vec<u8>> {
        match self.take(column) {
            OwnedValue::Bytes(bytes) => Ok(bytes),
            _ => Err(damaged("an article lacks its record")),
        }
    }
}

impl DocumentDeserialize for Stored {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut document: D) -> std::result::Result<Self, DeserializeError> {
        let mut values = Vec::with_capacity(document.size_hint());
        while let Some(value) = document.next_field::<OwnedValue>()? {
            values.push(value);
        }
        Ok(Self(values))
    }
}
