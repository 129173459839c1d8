//! An article in the document store: its text as it is, all else as one JSON record.
//!
//! What is indexed is decided in `document`; nothing here is searched.

use tantivy::{
    DocAddress, Searcher,
    schema::{Field as Column, OwnedValue, TantivyDocument},
};

use super::{fault, schema::Columns};
use crate::{
    article::{Article, PartKind},
    error::Result,
};

/// Everything but the text.
pub(super) fn record(article: &Article) -> Result<Vec<u8>> {
    serde_json::to_vec(article).map_err(|cause| fault("an article cannot be stored", cause))
}

/// The whole article at `address`.
pub(super) fn article(searcher: &Searcher, columns: &Columns, address: DocAddress) -> Result<Article> {
    let mut document: TantivyDocument =
        searcher.doc(address).map_err(|cause| fault("an article cannot be read from the index", cause))?;
    let record = take(&mut document, columns.record);
    let text = take(&mut document, columns.stored_text);
    let (Some(OwnedValue::Bytes(record)), Some(OwnedValue::Str(text))) = (record, text) else {
        return Err(super::damaged("an article lacks its record"));
    };
    let mut article: Article = serde_json::from_slice(&record)
        .map_err(|cause| super::damaged("an article's record is damaged").because(cause))?;
    for mention in &mut article.mentions {
        mention.surface = text.get(mention.span.clone()).unwrap_or_default().to_owned();
    }
    let title = article.parts.iter().find(|part| part.kind == PartKind::Title);
    article.title = title.and_then(|part| text.get(part.span.clone())).unwrap_or_default().to_owned();
    article.text = text;
    Ok(article)
}

fn take(document: &mut TantivyDocument, column: Column) -> Option<OwnedValue> {
    document.get_first(column).map(OwnedValue::from)
}
