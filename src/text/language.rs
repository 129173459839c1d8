//! Languages: their tags, and a cheap guess at the one a text is written in.
//!
//! It knows names and stop words, no grammar.

use names::NAMES;

mod detect;
mod names;
mod script;

pub use detect::detect;

/// A language, as its primary BCP 47 subtag.
#[derive(Copy, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Language([u8; 3]);

impl Language {
    /// `en`.
    pub const ENGLISH: Self = Self(*b"en\0");

    /// The language of a tag (`en-GB`, `EN`, `eng`) or of an English name (`German`); `None` for what is neither, and
    /// for tags that name no language (`und`, `mul`, `zxx`).
    pub fn from_tag(tag: &str) -> Option<Self> {
        if NAMES.binary_search_by_key(&tag, |row| row.0).is_ok() {
            return Self::of(tag);
        }
        let tag = tag.trim();
        let primary = tag.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        match primary.as_str() {
            "und" | "mul" | "mis" | "zxx" => return None,
            _ => (),
        }
        let named = NAMES.iter().find(|(short, codes, name)| {
            *short == primary || codes.split(' ').any(|code| code == primary) || name.eq_ignore_ascii_case(tag)
        });
        named.map_or_else(|| Self::of(&primary), |(short, ..)| Self::of(short))
    }

    /// The tag, two or three lower-case letters.
    pub fn tag(&self) -> &str {
        let [.., last] = self.0;
        let len = if last == 0 { 2 } else { 3 };
        self.0.get(..len).and_then(|tag| std::str::from_utf8(tag).ok()).unwrap_or("")
    }

    /// The code of ISO 639-3, three letters; the tag itself where the table has none.
    pub fn three_letters(&self) -> &str {
        let codes = NAMES.iter().find(|(short, ..)| *short == self.tag()).map(|(_, codes, _)| *codes);
        codes.and_then(|codes| codes.split(' ').next()).filter(|code| code.len() == 3).unwrap_or(self.tag())
    }

    fn of(tag: &str) -> Option<Self> {
        if !tag.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        match *tag.as_bytes() {
            [a, b] => Some(Self([a, b, 0])),
            [a, b, c] => Some(Self([a, b, c])),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags_and_names() {
        let check = |input: &str, expected: Option<&str>| {
            let language = Language::from_tag(input);
            assert_eq!(language.as_ref().map(Language::tag), expected, "{input:?}");
        };
        check("en-GB", Some("en"));
        check("EN", Some("en"));
        check("eng", Some("en"));
        check("English", Some("en"));
        check("german", Some("de"));
        check("ger", Some("de"));
        check("pt_BR", Some("pt"));
        check("zh-Hant-TW", Some("zh"));
        check("iw", Some("he"));
        check("gsw", Some("gsw"));
        check("und", None);
        check("Klingonese", None);
        check("e", None);
        check("x1", None);
        check("", None);
        assert_eq!(Language::from_tag("en"), Some(Language::ENGLISH));
        assert!(NAMES.is_sorted_by_key(|row| row.0));
    }
}
