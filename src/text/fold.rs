//! Folding: one spelling for what differs only in case, accent, ligature, width or the shape of its quotes.
//!
//! It never decides what a word is; `token` does.

use unicode_normalization::{
    IsNormalized, UnicodeNormalization,
    char::{decompose_compatible, is_combining_mark},
    is_nfc_quick,
};

/// `text` in lower case, without accents, ligatures, full-width forms and soft hyphens; quotes, apostrophes and hyphens
/// in their typewriter shapes. Folding twice changes nothing.
///
/// й, ў and ї stay letters of their own; Arabic vowel signs and tatweel and Hebrew points vanish; the signs of Indic and
/// South-East Asian scripts stay.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            fold_char(c, |folded| put(&mut out, folded));
        }
    }
    compose(&mut out, 0);
    out
}

/// Appends the folded word character `c` to `out`; whatever is no word character is left out.
pub(super) fn push_word_char(out: &mut String, c: char) {
    match c {
        'а'..='я' | '\u{4e00}'..='\u{9fff}' | '가'..='힣' => out.push(c),
        _ => fold_char(c, |folded| {
            if folded.is_alphanumeric() || is_combining_mark(folded) {
                put(out, folded);
            }
        }),
    }
}

/// Brings `out[from..]` into composed form (Hangul, kana and Indic signs typed in pieces).
pub(super) fn compose(out: &mut String, from: usize) {
    let Some(tail) = out.get(from..) else { return };
    if tail.is_ascii() || is_nfc_quick(tail.chars()) == IsNormalized::Yes {
        return;
    }
    let tail: String = tail.nfc().collect();
    out.truncate(from);
    out.push_str(&tail);
}

/// Whether `c` is printed for an apostrophe.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | '\u{2b9}'..='\u{2bf}' | '‘' | '’' | '‛' | '′' | '＇')
}

/// Whether `c` is a hyphen, not a dash.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '\u{2011}' | '\u{5be}' | '⸗' | '﹣' | '－')
}

/// Whether `c` is invisible inside a word: soft hyphen, joiners, direction marks.
pub(super) fn vanishes(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn fold_char(c: char, mut emit: impl FnMut(char)) {
    if vanishes(c) {
        return;
    }
    if let Some(shape) = typewriter(c) {
        return emit(shape);
    }
    decompose_compatible(c, |part| {
        for lower in part.to_lowercase() {
            match expansion(lower) {
                Some(letters) => letters.chars().for_each(&mut emit),
                None => emit(typewriter(lower).unwrap_or(lower)),
            }
        }
    });
}

fn typewriter(c: char) -> Option<char> {
    match c {
        '`' => None,
        _ if is_apostrophe(c) => Some('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '″' | '＂' => Some('"'),
        _ if is_hyphen(c) => Some('-'),
        '\u{2044}' => Some('/'),
        _ => None,
    }
}

fn expansion(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

/// Appends a folded character; a sign that only modifies the letter before it is dropped or merged into it.
fn put(out: &mut String, c: char) {
    if c < '\u{300}' || !is_accent(c) {
        return out.push(c);
    }
    let whole = match (out.chars().next_back(), c) {
        (Some('и'), '\u{306}') => 'й',
        (Some('у'), '\u{306}') => 'ў',
        (Some('і'), '\u{308}') => 'ї',
        _ => return,
    };
    out.pop();
    out.push(whole);
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'
        | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}'
        | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds() {
        let check = |input: &str, expected: &str| assert_eq!(fold(input), expected, "{input:?}");
        check("Łódź, ŒUVRE und Straße", "lodz, oeuvre und strasse");
        check("ﬁne ＡＢＣ１２３", "fine abc123");
        check("“O’Brien‑Smith”", "\"o'brien-smith\"");
        check("Smørrebrød Đorđe Þór", "smorrebrod dorde thor");
        check("İstanbul ılık", "istanbul ilik");
        check("Ёлкин Майский Їжак ЎЗБЕК", "елкин майский їжак ўзбек");
        check("и\u{306}", "й");
        check("e\u{301}te\u{301}", "ete");
        check("nego\u{ad}tiate", "negotiate");
        check("ΟΔΟΣ όδος", "οδοσ οδοσ");
        check("كِتَـاب أحمد", "كتاب احمد");
        check("हिन्दी", "हिन्दी");
        check("ｶﾞ か\u{3099} \u{1112}\u{1161}\u{11ab}", "ガ が 한");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}|[а-їА-Я\u{300}-\u{310}iİ]{0,12}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
        }
    }
}
