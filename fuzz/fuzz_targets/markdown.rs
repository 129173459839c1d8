//! Any bytes as Markdown, also behind front matter: read or refused.
#![no_main]

morgue_fuzz::marked!("a.md", "", "---\ntitle: a\n", "+++\ntitle = \"a\"\n");
