//! Addresses as they may stand in a link: of the web only, and with nothing in them that a page or a sheet would misread.

/// An address of the web with every character escaped that no address may hold; `None` for any other kind of link,
/// `javascript:` above all.
pub(super) fn web(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    if !is_web || rest.starts_with('/') || rest.is_empty() {
        return None;
    }
    let mut address = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&*+,;=%".contains(&byte) {
            address.push(byte.into());
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(address)
}

/// `text` without control characters, which neither XML nor HTML can hold: each becomes `\u{FFFD}`, line breaks and tabs
/// remain.
pub(super) fn printable(text: &str) -> String {
    let is_bad = |c: char| (c.is_control() && !matches!(c, '\n' | '\t' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    text.chars().map(|c| if is_bad(c) { '\u{FFFD}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked() {
        let check = |url, expected: Option<&str>| assert_eq!(web(url).as_deref(), expected, "{url}");
        check(" https://example.org/a?b=1&c=2#d ", Some("https://example.org/a?b=1&c=2#d"));
        check("HTTP://example.org/a b\"<>'()|\n", Some("HTTP://example.org/a%20b%22%3C%3E%27%28%29%7C"));
        check("https://example.org/é", Some("https://example.org/%C3%A9"));
        for bad in [
            "javascript:alert(1)",
            "javascript://a/%0aalert(1)",
            "data:text/html,x",
            "https:///x",
            "https://",
            "",
            "a.b/c",
        ] {
            check(bad, None);
        }
    }

    #[test]
    fn controls_are_replaced() {
        assert_eq!(printable("a\0b\u{1B}[1m\tc\nd\u{FFFE}"), "a\u{FFFD}b\u{FFFD}[1m\tc\nd\u{FFFD}");
    }
}
