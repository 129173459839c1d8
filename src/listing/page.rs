//! A hit list read back from a web page that export wrote: what stands in the attributes of its hits.
//!
//! Whatever else the page shows is for people and is not looked at.

use std::cell::RefCell;

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states::RawKind,
    },
};

use super::{ID, Listing, Row};
use crate::error::{Error, ErrorKind, Result};

/// How the attributes begin that hold a row.
const DATA: &str = "data-";

/// Reads a page.
pub(super) fn read(text: &str) -> Result<Listing> {
    let tokenizer = Tokenizer::new(Hits::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    // Nothing of the page runs, so that there is no script to wait for.
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let listing = tokenizer.sink.0.into_inner();
    if listing.rows.is_empty() && !text.contains("morgue_export") {
        let error = Error::new(ErrorKind::Usage, "there is no hit list in this page");
        return Err(error.hint("only pages that morgue export wrote can be read back"));
    }
    Ok(listing)
}

#[derive(Default)]
struct Hits(RefCell<Listing>);

impl Hits {
    fn add(&self, tag: &Tag, line: u64) {
        let cells: Vec<(String, String)> = tag
            .attrs
            .iter()
            .filter_map(|attr| Some((attr.name.local.strip_prefix(DATA)?.to_owned(), attr.value.to_string())))
            .collect();
        if cells.iter().any(|(name, _)| name == ID) {
            let mut listing = self.0.borrow_mut();
            for (name, _) in &cells {
                if !listing.has(name) {
                    listing.columns.push(name.clone());
                }
            }
            listing.rows.push(Row::of(line, cells.into_iter()));
        }
    }
}

impl TokenSink for Hits {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => match &*tag.name {
                "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                "style" => return TokenSinkResult::RawData(RawKind::Rawtext),
                "article" => self.add(&tag, line),
                _ => {}
            },
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
