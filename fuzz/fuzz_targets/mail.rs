//! Any bytes as a mail and as a mailbox: read or refused.
#![no_main]

morgue_fuzz::files!("a.eml", "a.mbox");
