//! Any bytes as news in SGML and XML, behind each of the roots that are known: read or refused.
#![no_main]

morgue_fuzz::marked!("a.xml", "", "<REUTERS ", "<nitf>", "<newsMessage>", "<TimeML>", "<alto>");
