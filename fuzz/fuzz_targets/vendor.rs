//! Any bytes as a download, behind the marks of each vendor: read or refused.
#![no_main]

morgue_fuzz::marked!(
    "a.txt",
    "1 of 2 DOCUMENTS\n",
    "HD  a\nWC  1 words\nPD  1957\n",
    "____________________\nProQuest document ID: 1\n"
);
