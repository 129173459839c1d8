//! What words of a byline say by themselves: an office, a post, the end of a name.
//!
//! It takes no byline apart (`extract::head`) and sorts no name (`render::citation`); both look words up here.

/// Words of newspapers, agencies and offices, folded. A person with such a surname stays as printed.
const OFFICES: &[&str] = &[
    "afp",
    "agence",
    "agencies",
    "agency",
    "ansa",
    "ap",
    "apa",
    "associated",
    "association",
    "bbc",
    "bloomberg",
    "board",
    "bureau",
    "cable",
    "channel",
    "cnn",
    "committee",
    "company",
    "council",
    "courier",
    "daily",
    "department",
    "desk",
    "dpa",
    "dispatch",
    "editorial",
    "efe",
    "foundation",
    "france-presse",
    "gazette",
    "group",
    "guardian",
    "herald",
    "inc",
    "independent",
    "institute",
    "interfax",
    "international",
    "journal",
    "kyodo",
    "ledger",
    "llc",
    "local",
    "ltd",
    "magazine",
    "mail",
    "media",
    "ministry",
    "network",
    "news",
    "newspapers",
    "newsroom",
    "observer",
    "office",
    "online",
    "own",
    "pa",
    "post",
    "press",
    "project",
    "radio",
    "reuters",
    "service",
    "services",
    "staff",
    "syndicate",
    "tass",
    "team",
    "telegraph",
    "television",
    "times",
    "tribune",
    "tv",
    "university",
    "upi",
    "wire",
    "xinhua",
];
/// Words for what somebody does there, folded.
const POSTS: &[&str] = &[
    "analyst",
    "author",
    "authors",
    "chief",
    "columnist",
    "columnists",
    "commentator",
    "contributor",
    "contributors",
    "correspondent",
    "correspondents",
    "director",
    "editor",
    "editors",
    "historian",
    "photographer",
    "photographers",
    "producer",
    "professor",
    "reporter",
    "reporters",
    "special",
    "writer",
    "writers",
];
/// What ends a name, folded and without its dot.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "phd", "md"];
/// Small words that begin a family name.
const PARTICLES: &[&str] = &[
    "af", "al", "av", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la",
    "le", "ten", "ter", "van", "von", "zu", "zur",
];

/// Whether some words name an office, an agency or a newspaper: `The Associated Press`.
pub fn is_office(words: &str) -> bool {
    any(words, OFFICES)
}

/// Whether some words say what somebody does: `Labour Correspondent`.
pub fn is_post(words: &str) -> bool {
    any(words, POSTS)
}

/// Whether a word ends a name: `Jr.`.
pub fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&bare(word).as_str())
}

/// Whether a word, as printed, begins a family name in small letters: `van`.
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

fn any(words: &str, list: &[&str]) -> bool {
    words.split_whitespace().any(|word| list.contains(&bare(word).as_str()))
}

fn bare(word: &str) -> String {
    word.trim_end_matches('.').to_lowercase()
}
