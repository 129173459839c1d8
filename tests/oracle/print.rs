//! Random printed text: everyday words that stem alike, join and collide, and the nasty ones of real archives.

use proptest::prelude::*;

/// Words that many articles share, so that queries meet something.
const EVERYDAY: [&str; 20] = [
    "envoy",
    "envoys",
    "talk",
    "talks",
    "talking",
    "cease-fire",
    "ceasefire",
    "cease",
    "fire",
    "fires",
    "river",
    "the",
    "US",
    "us",
    "U.S.",
    "O'Brien",
    "Trump's",
    "Trump",
    "peace",
    "door",
];

/// Apostrophes of every shape, hyphens of every kind, ligatures, accents, many scripts, numbers, abbreviations.
const NASTY: [&str; 53] = [
    "O’Brien",
    "OBrien",
    "Trump’s",
    "Trumps",
    "trumps",
    "Congress's",
    "Congress’s",
    "Congress",
    "congresses",
    "l'homme",
    "L’homme",
    "l’envoy",
    "homme",
    "hommes",
    "cease‐fire",
    "cease\u{2011}fire",
    "cease\u{ad}fire",
    "cease-ﬁre",
    "ﬁre",
    "ＦＩＲＥ",
    "Cease-Fire",
    "peace-talks",
    "door-to-door",
    "US-led",
    "U.S.-led",
    "led",
    "to",
    "USA",
    "NATO",
    "N.A.T.O.",
    "nato",
    "AT&T",
    "Élan",
    "e\u{301}lan",
    "Zürich",
    "Zurich's",
    "refuge",
    "refugees",
    "negociación",
    "negociaciones",
    "1,798",
    "1798",
    "3.5",
    "Москва",
    "Москвы",
    "Αθήνα",
    "Αθήνας",
    "القاهرة",
    "東京",
    "東京都",
    "한국",
    "“",
    "…",
];

/// Words that run over a line, and signs that begin one: only where parts are given as they are.
const BROKEN: [&str; 5] = ["--", "cease-\nfire", "cease\u{ad}\nfire", "O'Bri-\nen", "Sunday-\nMonday"];

/// How the pieces of a text follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    /// One line, as in a title or a paragraph.
    One,
    /// Line ends, paragraphs and words broken at line ends.
    Many,
}

/// A text of up to `most` words.
pub(crate) fn text(most: usize, lines: Lines) -> BoxedStrategy<String> {
    let word = match lines {
        Lines::One => {
            prop_oneof![5 => prop::sample::select(&EVERYDAY[..]), 2 => prop::sample::select(&NASTY[..])].boxed()
        }
        Lines::Many => prop_oneof![
            20 => prop::sample::select(&EVERYDAY[..]),
            8 => prop::sample::select(&NASTY[..]),
            1 => prop::sample::select(&BROKEN[..]),
        ]
        .boxed(),
    };
    prop::collection::vec((word, gap(lines)), 1..most).prop_map(|pieces| joined(&pieces)).boxed()
}

/// A paragraph of about a thousand words, or one word of a thousand letters.
pub(crate) fn vast() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => text(30, Lines::One).prop_map(|text| vec![text.as_str(); 1000 / text.split(' ').count()].join(" ")),
        1 => Just(["river", &"o".repeat(1000), " fire"].concat()),
    ]
}

fn gap(lines: Lines) -> BoxedStrategy<&'static str> {
    let inside = || prop_oneof![14 => Just(" "), 1 => Just(", "), 1 => Just(" – "), 3 => Just(". "), 1 => Just("? "), 1 => Just(".” ")];
    match lines {
        Lines::One => inside().boxed(),
        Lines::Many => {
            prop_oneof![16 => inside(), 2 => Just("\n"), 2 => Just(".\n\n"), 1 => Just("\n\n"), 1 => Just("\r\n")]
                .boxed()
        }
    }
}

fn joined(pieces: &[(&str, &str)]) -> String {
    let mut text: String = pieces.iter().flat_map(|(word, gap)| [*word, *gap]).collect();
    text.truncate(text.trim_end().len());
    text
}
