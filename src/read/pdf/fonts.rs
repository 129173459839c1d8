//! Fonts of East Asia whose codes are Unicode by their name, said so in the way the reader understands.
//!
//! It knows no other of the predefined tables: what a code of those means stands in files of their own.

use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

/// How the encodings end whose codes are UTF-16 from the first byte on, line by line or column by column.
const UNICODE: [&[u8]; 4] = [b"-UCS2-H", b"-UCS2-V", b"-UTF16-H", b"-UTF16-V"];

/// A table that maps each code to the character of that number; halves of a pair of codes are none.
const ITSELF: &[u8] = b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n\
    2 beginbfrange\n<0000> <D7FF> <0000>\n<E000> <FFFF> <E000>\nendbfrange\n";

/// Tells the reader of such fonts that their codes are two bytes, and which character each is unless the font says it.
pub(super) fn spell_out(document: &mut Document) {
    let spelled = document.objects.iter().filter_map(|(id, object)| Some((*id, unicode(object.as_dict().ok()?)?)));
    let spelled: Vec<(ObjectId, Dictionary)> = spelled.collect();
    if spelled.is_empty() {
        return;
    }
    let table = document.add_object(Stream::new(Dictionary::new(), ITSELF.to_vec()));
    for (id, mut font) in spelled {
        if !font.has(b"ToUnicode") {
            font.set("ToUnicode", table);
            without_widths(&font, document);
        }
        document.objects.insert(id, Object::Dictionary(font));
    }
}

/// A font of such an encoding, as one of two bytes.
fn unicode(font: &Dictionary) -> Option<Dictionary> {
    let encoding = font.get(b"Encoding").and_then(Object::as_name).ok()?;
    let is_one = encoding.starts_with(b"Uni") && UNICODE.iter().any(|ending| encoding.ends_with(ending));
    let mut font = is_one.then(|| font.clone())?;
    font.set("Encoding", Object::Name(b"Identity-H".to_vec()));
    Some(font)
}

/// The widths are those of other numbers than the codes; each letter counts as wide as most are.
fn without_widths(font: &Dictionary, document: &mut Document) {
    let Ok(Object::Array(letters)) = font.get_deref(b"DescendantFonts", document) else { return };
    let Some(letters) = letters.first().and_then(|letters| letters.as_reference().ok()) else { return };
    if let Ok(letters) = document.get_dictionary_mut(letters) {
        letters.remove(b"W");
    }
}
