//! Corpora of tokens with their labels, made into texts with their names: blanks are put where a newspaper prints them.
//!
//! Files are gzipped; a line is a token, a tabulator and a label of the scheme BIO; a blank line ends a sentence, and
//! `#DOC` begins a text. It never looks at other columns.

use std::io::Read;

use flate2::read::GzDecoder;
use morgue::{entity::EntityKind, extract::Lesson};

/// A corpus, in a file below DIR.
pub(crate) struct Corpus {
    pub(crate) file: &'static str,
    pub(crate) hash: &'static str,
    /// What a hyphen between two tokens is.
    hyphen: Hyphen,
}

/// What a token `-` is.
#[derive(Clone, Copy, PartialEq)]
enum Hyphen {
    /// A dash between blanks.
    Dash,
    /// A part of the word around it: these corpora split words at hyphens.
    Joint,
}

pub(crate) const CORPORA: [Corpus; 5] = [
    Corpus {
        file: "ner-train/wikigold.tsv.gz",
        hash: "6f6dacaff7e26677a1da15c036bdaea0df78299c4359001b4580b1ef68520be5",
        hyphen: Hyphen::Dash,
    },
    Corpus {
        file: "ner-train/gum_open.tsv.gz",
        hash: "24d5076f3a2a470aae28c486b48e3f1d0afcfc1e284313a54ef22d29741c1183",
        hyphen: Hyphen::Joint,
    },
    Corpus {
        file: "ner-train/uner_dev.tsv.gz",
        hash: "b54ef7cf750b9125cb6ca68bd0b4338a64843593b7c1e281d187074a4e7bc23e",
        hyphen: Hyphen::Joint,
    },
    Corpus {
        file: "ner-train/crossner.tsv.gz",
        hash: "022e76e1aa8a01d344564ae9c87a9e233ea4a1351acfd9e5cde933a002fd36be",
        hyphen: Hyphen::Dash,
    },
    Corpus {
        file: "ner-train/btc.tsv.gz",
        hash: "115172f04330594e44f7cd686060b1bb78285b0218228afe5e80b41962483c26",
        hyphen: Hyphen::Dash,
    },
];

/// Tokens that stand right behind the one before.
const CLOSING: [&str; 24] = [
    ",", ".", ";", ":", "!", "?", ")", "]", "}", "%", "...", "'", "’", "”", "/", "'s", "'S", "’s", "n't", "'re", "'ve",
    "'ll", "'d", "'m",
];
/// Tokens that stand right before the next.
const OPENING: [&str; 9] = ["(", "[", "{", "$", "#", "@", "“", "‘", "/"];

impl Corpus {
    /// One lesson of so many is learnt once more in capitals.
    pub(crate) const EACH_IN_CAPITALS: usize = 8;

    /// The lessons in these bytes.
    pub(crate) fn lessons(&self, bytes: &[u8]) -> std::io::Result<Vec<Lesson>> {
        let mut text = String::new();
        GzDecoder::new(bytes).read_to_string(&mut text)?;
        let documents = text.split("#DOC ").skip(1).filter_map(|document| document.split_once('\n'));
        let lessons = documents.zip(0..).map(|((_, lines), number)| self.lesson(lines, number));
        Ok(lessons.filter(|lesson| !lesson.text.is_empty()).collect())
    }

    /// In one lesson of three each sentence is a line; else sentences with a stop follow each other.
    fn lesson(&self, lines: &str, number: usize) -> Lesson {
        let mut lesson = Lesson::default();
        for sentence in lines.split("\n\n").filter(|sentence| !sentence.trim().is_empty()) {
            let text = &mut lesson.text;
            let is_closed = text.trim_end_matches(['"', '\'', ')', '”', '’']).ends_with(['.', '!', '?', ':', ';', ',']);
            text.push_str(match () {
                () if text.is_empty() => "",
                () if number.is_multiple_of(3) => "\n",
                () if is_closed => " ",
                () => "\n\n",
            });
            self.add(sentence, &mut lesson);
        }
        lesson
    }

    fn add(&self, sentence: &str, lesson: &mut Lesson) {
        let tokens: Vec<(&str, &str)> = sentence.lines().filter_map(|line| line.split_once('\t')).collect();
        let mut is_open = true;
        let mut quotes = 0;
        for (at, (token, label)) in tokens.iter().enumerate() {
            let token = as_printed(token);
            let ends_quote = token == "\"" && quotes % 2 == 1;
            let joins = token == "-" && self.hyphen == Hyphen::Joint && is_between_words(&tokens, at);
            if !(is_open || ends_quote || joins || CLOSING.contains(&token)) {
                lesson.text.push(' ');
            }
            quotes += usize::from(token == "\"");
            is_open = joins || OPENING.contains(&token) || token == "\"" && !ends_quote;
            let start = lesson.text.len();
            lesson.text.push_str(token);
            let goes_on = at > 0 && label.starts_with("I-");
            match (label.split_once('-'), lesson.names.last_mut()) {
                (None, _) => (),
                (Some((_, kind)), Some((name, of))) if goes_on && *of == as_kind(kind) => name.end = lesson.text.len(),
                (Some((_, kind)), _) => lesson.names.push((start..lesson.text.len(), as_kind(kind))),
            }
        }
    }
}

fn is_between_words(tokens: &[(&str, &str)], at: usize) -> bool {
    let is_word = |at: Option<usize>| {
        let token = at.and_then(|at| tokens.get(at));
        token.is_some_and(|(token, _)| token.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '\'')))
    };
    is_word(at.checked_sub(1)) && is_word(Some(at + 1))
}

/// Quotes and brackets as a newspaper has them.
fn as_printed(token: &str) -> &str {
    match token {
        "``" | "''" => "\"",
        "-LRB-" => "(",
        "-RRB-" => ")",
        _ => token,
    }
}

fn as_kind(label: &str) -> Option<EntityKind> {
    match label {
        "PER" => Some(EntityKind::Person),
        "LOC" => Some(EntityKind::Place),
        "ORG" => Some(EntityKind::Org),
        _ => None,
    }
}
