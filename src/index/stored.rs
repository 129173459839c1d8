//! An article in the document store: its text as it is, its mentions and all else as JSON records.
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
};

/// How much of an article is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// All but the mentions, which are most of the work.
    Head,
    /// Everything.
    Whole,
}

/// Puts an article into a document.
pub(super) fn write(article: &Article, columns: &Columns, document: &mut TantivyDocument) -> Result<()> {
    let unstored = |cause| fault("an article cannot be stored", cause);
    document.add_text(columns.record, serde_json::to_string(article).map_err(unstored)?);
    document.add_text(columns.mentions, serde_json::to_string(&article.mentions).map_err(unstored)?);
    document.add_text(columns.stored_text, &article.text);
    Ok(())
}

/// The article at `address`.
pub(super) fn article(
    searcher: &Searcher,
    columns: &Columns,
    (address, depth): (DocAddress, Depth),
) -> Result<Article> {
    let mut stored: Stored =
        searcher.doc(address).map_err(|cause| fault("an article cannot be read from the index", cause))?;
    let mut take = |column| stored.take(column).ok_or_else(|| damaged("an article lacks its record"));
    let (record, mentions, text) = (take(columns.record)?, take(columns.mentions)?, take(columns.stored_text)?);
    let unreadable = |cause| damaged("an article's record is damaged").because(cause);
    let mut article: Article = serde_json::from_str(&record).map_err(unreadable)?;
    if depth == Depth::Whole {
        article.mentions = serde_json::from_str(&mentions).map_err(unreadable)?;
        for mention in &mut article.mentions {
            mention.surface = text.get(mention.span.clone()).unwrap_or_default().to_owned();
        }
    }
    let title = article.parts.iter().find(|part| part.kind == PartKind::Title);
    article.title = title.and_then(|part| text.get(part.span.clone())).unwrap_or_default().to_owned();
    article.text = text;
    Ok(article)
}

/// The stored texts of a document, as they come.
struct Stored(Vec<(Column, String)>);

impl Stored {
    fn take(&mut self, column: Column) -> Option<String> {
        self.0.iter_mut().find(|(own, _)| *own == column).map(|(_, text)| std::mem::take(text))
    }
}

impl DocumentDeserialize for Stored {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut document: D) -> std::result::Result<Self, DeserializeError> {
        let mut texts = Vec::with_capacity(document.size_hint());
        while let Some((column, value)) = document.next_field::<OwnedValue>()? {
            if let OwnedValue::Str(text) = value {
                texts.push((column, text));
            }
        }
        Ok(Self(texts))
    }
}
