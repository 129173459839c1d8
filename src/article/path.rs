//! The path of an article's file as text, and back: what of a name is not UTF-8 stands in figures, so that no two names
//! become one and each file is found again.
//!
//! It opens no file.

use std::{
    borrow::Cow,
    ffi::{OsStr, OsString},
    path::{Component, Path, PathBuf},
};

/// Stands before the two hexadecimal digits of a byte that is no text: `caf\u{FFFD}E9.txt`.
const SIGN: char = '\u{FFFD}';

/// A path as text, its steps parted by `/`.
pub fn as_text(path: &Path) -> String {
    let named = |part: Component<'_>| text_of(part.as_os_str()).into_owned();
    path.components().map(named).collect::<Vec<_>>().join("/")
}

/// The file of a path given as text, below `folder`.
pub fn file_below(folder: &Path, path: &str) -> PathBuf {
    path.split('/').fold(folder.to_owned(), |file, step| file.join(name_of(step)))
}

/// The bytes of a path given as text.
pub fn bytes_of(path: &str) -> Cow<'_, [u8]> {
    if !path.contains(SIGN) {
        return Cow::Borrowed(path.as_bytes());
    }
    let (mut bytes, mut rest) = (Vec::with_capacity(path.len()), path);
    while let Some((before, behind)) = rest.split_once(SIGN) {
        bytes.extend_from_slice(before.as_bytes());
        rest = match figures(behind) {
            Some((byte, behind)) => {
                bytes.push(byte);
                behind
            }
            None => {
                bytes.extend_from_slice(SIGN.encode_utf8(&mut [0; 4]).as_bytes());
                behind
            }
        };
    }
    bytes.extend_from_slice(rest.as_bytes());
    Cow::Owned(bytes)
}

/// A byte in two figures, and what stands behind them.
fn figures(text: &str) -> Option<(u8, &str)> {
    let (figures, behind) = text.split_at_checked(2)?;
    let are_figures = figures.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'));
    Some((u8::from_str_radix(figures, 16).ok().filter(|_| are_figures)?, behind))
}

/// A name as text. Where it has the sign itself before what could be figures, that stands in figures too.
pub fn text_of(name: &OsStr) -> Cow<'_, str> {
    if let Some(text) = name.to_str()
        && !text.contains(SIGN)
    {
        return Cow::Borrowed(text);
    }
    let mut text = String::new();
    let byte = |text: &mut String, byte: &u8| text.push_str(&format!("{SIGN}{byte:02X}"));
    for chunk in raw(name).utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some((before, behind)) = rest.split_once(SIGN) {
            text.push_str(before);
            match figures(behind) {
                Some(_) => SIGN.encode_utf8(&mut [0; 4]).as_bytes().iter().for_each(|sign| byte(&mut text, sign)),
                None => text.push(SIGN),
            }
            rest = behind;
        }
        text.push_str(rest);
        chunk.invalid().iter().for_each(|invalid| byte(&mut text, invalid));
    }
    Cow::Owned(text)
}

#[cfg(unix)]
fn raw(name: &OsStr) -> Cow<'_, [u8]> {
    Cow::Borrowed(std::os::unix::ffi::OsStrExt::as_bytes(name))
}

#[cfg(not(unix))]
fn raw(name: &OsStr) -> Cow<'_, [u8]> {
    Cow::Owned(name.to_string_lossy().into_owned().into_bytes())
}

#[cfg(unix)]
fn name_of(step: &str) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes_of(step).into_owned())
}

#[cfg(not(unix))]
fn name_of(step: &str) -> OsString {
    String::from_utf8_lossy(&bytes_of(step)).into_owned().into()
}

#[cfg(all(test, unix))]
mod tests {
    use std::{collections::HashMap, os::unix::ffi::OsStrExt};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_that_are_no_text_stand_in_figures() {
        for (name, expected) in [
            (&b"caf\xE9.txt"[..], "caf\u{FFFD}E9.txt"),
            ("café.txt".as_bytes(), "café.txt"),
            ("caf\u{FFFD}.txt".as_bytes(), "caf\u{FFFD}.txt"),
            ("caf\u{FFFD}E9.txt".as_bytes(), "caf\u{FFFD}EF\u{FFFD}BF\u{FFFD}BDE9.txt"),
        ] {
            assert_eq!(text_of(OsStr::from_bytes(name)), expected);
        }
        let file = file_below(Path::new("in"), "a/caf\u{FFFD}E9.txt");
        assert_eq!(file.as_os_str().as_bytes(), b"in/a/caf\xE9.txt");
        assert_eq!(as_text(file.strip_prefix("in").unwrap()), "a/caf\u{FFFD}E9.txt");
    }

    proptest! {
        #[test]
        fn each_name_comes_back(
            names in prop::collection::vec("([aE9F]|\u{FFFD}|é){0,6}".prop_map(String::into_bytes), 0..20),
            odd in prop::collection::vec(prop::collection::vec(prop::sample::select(&b"aE9F\xE9\xEF\xBF\xBD"[..]), 0..8), 0..20),
        ) {
            let mut seen: HashMap<String, Vec<u8>> = HashMap::new();
            for name in names.into_iter().chain(odd) {
                let text = text_of(OsStr::from_bytes(&name)).into_owned();
                prop_assert_eq!(&*bytes_of(&text), &name);
                prop_assert_eq!(seen.entry(text).or_insert_with(|| name.clone()), &name);
            }
        }
    }
}
