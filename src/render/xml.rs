//! Text in XML: escaped, and free of what XML 1.0 forbids.
//!
//! It writes no elements; each form knows its own.

use quick_xml::escape::escape;

use super::address::printable;

/// What stands before the root: the document is known for a hit list by its beginning.
pub(super) const HEAD: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- \"morgue_export\": a hit list of morgue, no article -->\n";

/// A text as it may stand in an element or an attribute. Characters that no XML document may hold become `U+FFFD`, so
/// that they are seen to be missing; line breaks and tabs survive in attributes too.
pub(super) fn xml(text: &str) -> String {
    escape(printable(text)).replace('\t', "&#9;").replace('\n', "&#10;").replace('\r', "&#13;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_ends_an_element_or_breaks_a_document() {
        let check = |text: &str, expected: &str| assert_eq!(xml(text), expected);
        check("<b>\"a\" & 'c' ]]>", "&lt;b&gt;&quot;a&quot; &amp; &apos;c&apos; ]]&gt;");
        check("a\u{0}\u{1B}\u{85}\u{FFFE}b", "a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}b");
        check("a\tb\r\n", "a&#9;b&#13;&#10;");
    }

    proptest! {
        #[test]
        fn a_text_is_read_back(text in "[ -~\\t\\n\\ré–😀؁]*") {
            let escaped = xml(&text);
            prop_assert_eq!(quick_xml::escape::unescape(&escaped).unwrap(), text);
        }
    }
}
