//! Files made for the purpose, and what is read of them. It never holds a real one.

use pdf_extract::{Document, Object, Stream, dictionary};

use super::*;
use crate::{read::Reading, settings::Settings};

/// A file with one line a page; a page without text is one that was scanned.
fn printed(pages: &[&str]) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let root = document.new_object_id();
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" };
    let font = document.add_object(font);
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut kids: Vec<Object> = Vec::new();
    for text in pages {
        let drawn = if text.is_empty() { String::new() } else { format!("BT /F1 12 Tf 72 700 Td ({text}) Tj ET") };
        let content = document.add_object(Stream::new(dictionary! {}, drawn.into_bytes()));
        kids.push(
            document.add_object(dictionary! { "Type" => "Page", "Parent" => root, "Contents" => content }).into(),
        );
    }
    let count = kids.len() as i64;
    let all = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources,
    "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()] };
    document.objects.insert(root, Object::Dictionary(all));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    let info = document.add_object(dictionary! { "Title" => Object::string_literal("The Flood Report") });
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", info);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn read(bytes: &[u8]) -> Reading {
    crate::read::read_bytes("a.pdf", bytes, None, &Settings::default())
}

#[test]
fn a_text_layer_is_read_and_a_scan_refused() {
    let reading = read(&printed(&["The river rose.", "It fell."]));
    assert_eq!(reading.problems, []);
    let texts: Vec<&str> = reading.drafts[0].passages.iter().map(|passage| passage.text.as_str()).collect();
    assert_eq!(texts, ["The Flood Report", "The river rose.\n\nIt fell."]);
    let refused = |bytes: &[u8]| read(bytes).problems.remove(0).reason;
    assert_eq!(refused(&printed(&["", ""])), "scanned PDF without text");
    let whole = printed(&["The river rose."]);
    for cut in [whole.len() / 4, whole.len() / 2, whole.len() - 60] {
        let reading = read(&whole[..cut]);
        assert_eq!(reading.drafts.len() + reading.problems.len(), 1, "{cut}");
    }
}

/// A file whose one page draws the form `a`; forms by name, content and the names of those they may draw.
fn drawn(forms: &[(&str, &str, &[&str])]) -> Vec<u8> {
    let mut document = Document::load_mem(&printed(&["It rose."])).unwrap();
    let ids: Vec<_> = forms.iter().map(|_| document.new_object_id()).collect();
    let listed = |names: &[&str]| -> Object {
        let place = |name: &&str| forms.iter().position(|(known, ..)| known == name).unwrap();
        let drawn = names.iter().map(|name| (name.as_bytes().to_vec(), ids[place(name)].into()));
        Object::Dictionary(dictionary! { "XObject" => Object::Dictionary(drawn.collect()) })
    };
    for ((_, content, draws), id) in forms.iter().zip(&ids) {
        let about = dictionary! { "Subtype" => "Form", "Resources" => listed(draws) };
        document.objects.insert(*id, Stream::new(about, content.as_bytes().to_vec()).into());
    }
    let content = document.add_object(Stream::new(dictionary! {}, b"/a Do".to_vec()));
    let page = *document.get_pages().get(&1).unwrap();
    let page = document.get_dictionary_mut(page).unwrap();
    page.set("Contents", content);
    page.set("Resources", listed(&["a"]));
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn drawings_without_end_are_refused() {
    let endless = "a PDF that cannot be read: what its pages draw has no end, or is more than any text needs";
    let refused = |forms: &[(&str, &str, &[&str])]| read(&drawn(forms)).problems.remove(0).reason;
    assert_eq!(refused(&[("a", "/a Do", &["a"])]), endless);
    assert_eq!(refused(&[("a", "/b Do", &["b"]), ("b", "/a Do", &["a"])]), endless);
    let names: Vec<String> = (0..30).map(|n| format!("a{n}")).collect();
    let mut laughs: Vec<(&str, &str, Vec<&str>)> = vec![("a", "/a0 Do", vec!["a0"])];
    let contents: Vec<String> = (1..=30).map(|n| format!("/a{n} Do ").repeat(10)).collect();
    for n in 0..29 {
        laughs.push((&names[n], &contents[n], vec![&names[n + 1]]));
    }
    laughs.push((&names[29], "q Q", vec![]));
    let laughs: Vec<(&str, &str, &[&str])> = laughs.iter().map(|(a, b, c)| (*a, *b, c.as_slice())).collect();
    assert_eq!(refused(&laughs), endless);
    assert_eq!(refused(&[("a", "/b Do", &["b"]), ("b", "q Q", &[])]), "scanned PDF without text");
}

#[test]
fn what_is_no_text_costs_none() {
    let odd = "It rose.) Tj /Indexed cs 3 scn /Im1 Do m 1 Tf (It fell.";
    let reading = read(&printed(&[odd]));
    assert_eq!(reading.problems, []);
    assert!(reading.drafts[0].passages.iter().any(|passage| passage.text.contains("It fell.")));
    let reading = read(&printed(&["It rose.", "x) Tj /F9 12 Tf (It fell.", "It stood."]));
    assert_eq!(reading.drafts[0].notes[0].reason, "pages that cannot be read: 2");
}

#[test]
fn columns_drawn_line_by_line_are_read_one_after_the_other() {
    let left = [
        "The river rose through",
        "the night of Friday and",
        "at six the bridge was",
        "gone. So said the mayor,",
        "who had seen it go.",
    ];
    let right = [
        "Nobody slept. They had",
        "been told in March that",
        "it would hold; and it did",
        "until the boats broke",
        "loose and struck it.",
    ];
    let line = |(n, (left, right)): (i32, (&&str, &&str))| {
        let at = |x: i32, text: &str| format!("1 0 0 1 {x} {} Tm ({text}) Tj", 600 - 14 * n);
        format!("{} {}", at(72, left), at(300, right))
    };
    let lines: Vec<String> = (0..).zip(left.iter().zip(&right)).map(line).collect();
    let reading = read(&printed(&[&format!("Flood) Tj {} (", lines.join(" "))]));
    let text = reading.drafts[0].passages.iter().map(|passage| passage.text.as_str()).collect::<String>();
    let expected = format!("{}\n{}", left.join("\n"), right.join("\n"));
    assert!(text.contains(&expected), "{text}");
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packer, &vec![b' '; 80 << 20]).unwrap();
    let packed = packer.finish().unwrap();
    let mut bytes = b"%PDF-1.5\n7 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n".to_vec();
    bytes.extend(&packed);
    bytes.extend(b"\nendstream\nendobj\n");
    let problems = read(&bytes).problems;
    assert_eq!(problems[0].kind, "bomb");
}

#[test]
fn running_heads_are_set_apart() {
    let page = |n: u32, text: &str| format!("\nNorthern Courier\n\n{text}\nPage {n}\n");
    let pages = [page(1, "The river rose."), page(2, "It fell."), page(3, "Nobody drowned.")];
    let (body, heads) = without_heads(&pages);
    assert_eq!(body, "The river rose.\n\nIt fell.\n\nNobody drowned.");
    assert_eq!(heads.len(), 6);
    assert_eq!(without_heads(&pages[..2]).1, [""; 0]);
    // A number below the head, drawn before the text; a number with which the text begins stays.
    let page = |n: u32, text: &str| format!("Northern Courier\n{n}\n{text}\n");
    let pages = [page(1, "1987\nThe river rose."), page(2, "It fell."), page(3, "Nobody drowned.")];
    assert_eq!(without_heads(&pages).0, "1987\nThe river rose.\n\nIt fell.\n\nNobody drowned.");
    let page = |n: u32, text: &str| format!("{n}\n{text}\n");
    let pages = [page(1, "1987\nThe river rose."), page(2, "It fell."), page(3, "Nobody drowned.")];
    assert_eq!(without_heads(&pages).0, "1987\nThe river rose.\n\nIt fell.\n\nNobody drowned.");
}

#[test]
fn titles_of_programs_are_none() {
    for (title, expected) in [("Microsoft Word - Draft 7", ""), ("page07.indd", ""), (" Flood ", "Flood")] {
        assert_eq!(usable(title), expected);
    }
}

/// A file whose one page prints UTF-16 in a font of this encoding.
fn printed_wide(text: &str, encoding: &str) -> Vec<u8> {
    let mut document = Document::load_mem(&printed(&["It rose."])).unwrap();
    let about = document.add_object(dictionary! { "Type" => "FontDescriptor", "FontName" => "STSong-Light" });
    let widths = Object::Array(vec![1.into(), Object::Array(vec![207.into()])]);
    let letters = dictionary! { "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong-Light",
    "FontDescriptor" => about, "W" => widths };
    let letters = document.add_object(letters);
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "STSong-Light", "Encoding" => encoding,
    "DescendantFonts" => vec![letters.into()] };
    let font = document.add_object(font);
    let codes: String = text.encode_utf16().map(|code| format!("{code:04X}")).collect();
    let drawn = format!("BT /F1 12 Tf 72 700 Td <{codes}> Tj ET");
    let content = document.add_object(Stream::new(dictionary! {}, drawn.into_bytes()));
    let page = *document.get_pages().get(&1).unwrap();
    let page = document.get_dictionary_mut(page).unwrap();
    page.set("Contents", content);
    page.set("Resources", dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn fonts_whose_codes_are_unicode_are_read() {
    for encoding in ["UniGB-UCS2-H", "UniJIS-UTF16-H", "UniCNS-UTF16-V", "UniKS-UCS2-H"] {
        let reading = read(&printed_wide("河水漲到橋邊 AB 협정", encoding));
        assert_eq!(reading.problems, [], "{encoding}");
        assert_eq!(reading.drafts[0].passages[1].text, "河水漲到橋邊 AB 협정", "{encoding}");
    }
    let reading = read(&printed_wide("河水", "90ms-RKSJ-H"));
    assert!(reading.problems[0].reason.contains("some of East Asia"), "{:?}", reading.problems);
}
