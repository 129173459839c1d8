//! Links that lead to the words of a mention, as the WICG's “URL Fragment Text Directives” has them.
//!
//! It promises nothing: a page that was changed, or that prints the words otherwise, opens at its top.

use crate::hit::MentionHit;

/// Words of context on each side.
const AROUND: usize = 3;
/// From so many words on, only the first and the last ones stand in the link.
const LONG: usize = 12;
/// Words of either end of a long passage.
const END: usize = 4;
/// What begins the directives of an address.
const DIRECTIVE: &str = ":~:";

/// `URL#:~:text=BEFORE-,MENTION,-BEHIND`; the URL as it is when it is none of the web.
///
/// The outermost words of the context are left out, since the context may have cut them.
pub fn text_fragment(url: &str, mention: &MentionHit) -> String {
    let is_web = ["http://", "https://"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    let said: Vec<&str> = mention.matched.split_whitespace().collect();
    if !is_web || said.is_empty() {
        return url.to_owned();
    }
    let before: Vec<&str> = mention.left.split_whitespace().skip(1).collect();
    let behind: Vec<&str> = mention.right.split_whitespace().collect();
    let behind = behind.split_last().map_or(&[][..], |(_, whole)| whole);
    let mut terms = Vec::new();
    if !before.is_empty() {
        terms.push(encoded(&before[before.len().saturating_sub(AROUND)..]) + "-");
    }
    if said.len() < LONG {
        terms.push(encoded(&said));
    } else {
        terms.extend([encoded(&said[..END]), encoded(&said[said.len() - END..])]);
    }
    if !behind.is_empty() {
        terms.push("-".to_owned() + &encoded(&behind[..behind.len().min(AROUND)]));
    }
    let page = url.split(DIRECTIVE).next().unwrap_or(url);
    let hash = if page.contains('#') { "" } else { "#" };
    format!("{page}{hash}{DIRECTIVE}text={}", terms.join(","))
}

/// Words as a term of the directive: everything but letters, digits and `._~` of ASCII percent-encoded, thus also the
/// dash, the comma and the ampersand that the directive itself is made of.
fn encoded(words: &[&str]) -> String {
    let mut out = String::new();
    for byte in words.join(" ").bytes() {
        if byte.is_ascii_alphanumeric() || b"._~".contains(&byte) {
            out.push(byte.into());
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    fn check(url: &str, around: (&str, &str, &str), expected: &str) {
        let (left, matched, right) = around;
        let (left, matched, right) = (left.to_owned(), matched.to_owned(), right.to_owned());
        let mention = MentionHit { left, matched, right, ..sample::bare_mention() };
        assert_eq!(text_fragment(url, &mention), expected);
    }

    #[test]
    fn a_link_leads_to_the_words() {
        let page = "https://example.org/a?b=1&c=2";
        check(page, ("", "flood", ""), "https://example.org/a?b=1&c=2#:~:text=flood");
        check(
            page,
            ("cut the two vice-", "Lee, Ann & Co", "’s plan went on"),
            "https://example.org/a?b=1&c=2#:~:text=the%20two%20vice%2D-,Lee%2C%20Ann%20%26%20Co,-%E2%80%99s%20plan%20went",
        );
        check(page, ("cut", "flood", "."), "https://example.org/a?b=1&c=2#:~:text=flood");
        check("http://a.org/#part", ("", "a", ""), "http://a.org/#part:~:text=a");
        check("http://a.org/#:~:text=old", ("", "a", ""), "http://a.org/#:~:text=a");
        check("urn:isbn:1", ("", "a", ""), "urn:isbn:1");
        let long = "a b c d e f g h i j k l m";
        check("http://a.org/", ("", long, ""), "http://a.org/#:~:text=a%20b%20c%20d,j%20k%20l%20m");
    }
}
