//! Any bytes as a crawl: read or refused.
#![no_main]

morgue_fuzz::files!("a.warc");
