//! Containers made here, whole and broken, and what is read of them. It never needs a file.

use std::io::Write;

use super::*;
use crate::{
    article::PartKind,
    read::{Reading, json},
    settings::Settings,
};

/// A ZIP file of these members.
pub(in crate::read) fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn read(name: &str, bytes: &[u8]) -> Reading {
    crate::read::read_bytes(name, bytes, None, &Settings::default())
}

/// Titles of the articles; kinds and reasons of the refusals.
fn check(name: &str, bytes: &[u8], titles: &[&str], refused: &[(&str, &str)]) {
    let reading = read(name, bytes);
    let found: Vec<&str> = reading.drafts.iter().map(|draft| draft.passages[0].text.as_str()).collect();
    assert!(found == titles, "{name}: {:.200}", found.concat());
    let problems = reading.problems.iter().filter(|problem| problem.refused);
    let found: Vec<(&str, &str)> = problems.map(|problem| (problem.kind.as_str(), problem.reason.as_str())).collect();
    assert_eq!(found.len(), refused.len(), "{name}: {found:?}");
    for ((kind, reason), (of, says)) in found.into_iter().zip(refused) {
        assert!(kind == *of && reason.contains(says), "{name}: {kind}: {reason}");
    }
}

#[test]
fn one_compressed_file_is_that_file() {
    let lines = b"{\"title\": \"Flood\"}\n{\"title\": \"Ebb\"}\n";
    check("a.jsonl.gz", &gzipped(lines), &["Flood", "Ebb"], &[]);
    check("a.jsonl.zst", &zstd::encode_all(&lines[..], 3).unwrap(), &["Flood", "Ebb"], &[]);
    check("a.txt.gz", &gzipped(b"Flood\n\nIt rose."), &["Flood"], &[]);
    check("untold", &gzipped(b"Flood\n\nIt rose."), &["Flood"], &[]);
    check("a.csv.gz", &gzipped(b"title,body\nFlood,x\n"), &["Flood"], &[]);
    check("a.txt.gz", &gzipped(&gzipped(b"Flood")), &[], &[("nested", "unpack the outer one")]);
    check("a.txt.gz", &gzipped(b""), &[], &[("empty", "empty")]);
}

#[test]
fn bytes_of_what_is_packed_are_none_of_the_file() {
    let text = b"Flood\n\nIt rose.";
    for (name, bytes, at) in [
        ("a.txt", text.to_vec(), Some(0)),
        ("a.txt.gz", gzipped(text), None),
        ("a.zip", zipped(&[("a.txt", text)]), None),
    ] {
        assert_eq!(read(name, &bytes).drafts[0].passages[0].origin.byte(), at, "{name}");
    }
}

#[test]
fn each_file_of_a_container_is_read_or_refused() {
    let bytes = zipped(&[
        ("one.txt", b"Flood\n\nIt rose."),
        ("in/two.json", b"[{\"title\": \"Ebb\"}, {\"title\": }]"),
        ("scan.png", b"\x89PNG"),
        ("empty.jsonl", b""),
        ("inner.zip", &zipped(&[("x.txt", b"x")])),
        ("inner.gz", &gzipped(b"x")),
        (".DS_Store", b"\0\0"),
    ]);
    let refused = [
        ("invalid-json", "in/two.json: not valid JSON"),
        ("unsupported-format", "scan.png: a picture"),
        ("empty", "empty.jsonl: empty"),
        ("nested", "inner.zip: a compressed file inside"),
        ("nested", "inner.gz: a compressed file inside"),
    ];
    check("a.zip", &bytes, &["Flood", "Ebb"], &refused);
    let reading = read("a.zip", &bytes);
    assert_eq!(reading.drafts[0].extra["member"], "one.txt");
    assert_ne!(reading.drafts[0].hash, reading.drafts[1].hash);
    assert_eq!(reading.drafts[0].hash, json::hash(b"Flood\n\nIt rose."));
}

#[test]
fn an_export_with_its_provenance_is_no_article() {
    let beside = format!("{{\"{}\": \"1\", \"query\": \"flood\"}}", json::MARKER);
    let members: [(&str, &[u8]); 3] = [
        ("hits.csv", b"title,body\nFlood,It rose.\n"),
        ("hits.csv.meta.json", beside.as_bytes()),
        ("other.csv", b"title,body\nEbb,It fell.\n"),
    ];
    let hit_list = "a hit list: an export of this program, not an article";
    check("a.zip", &zipped(&members), &["Ebb"], &[("hit-list", hit_list), ("hit-list", hit_list)]);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hits.csv.meta.json"), &beside).unwrap();
    for (name, packed) in
        [("hits.csv.gz", gzipped(members[0].1)), ("hits.csv.zst", zstd::encode_all(members[0].1, 0).unwrap())]
    {
        let file = folder.path().join(name);
        std::fs::write(&file, &packed).unwrap();
        let (reading, _) = crate::read::read_file(&crate::read::entry_of(&file, name).unwrap(), &Settings::default());
        assert_eq!((reading.drafts.len(), reading.problems[0].kind.as_str()), (0, "hit-list"), "{name}");
        // Of other files beside it, it says nothing.
        let file = folder.path().join(format!("other-{name}"));
        std::fs::write(&file, &packed).unwrap();
        let (reading, _) = crate::read::read_file(&crate::read::entry_of(&file, name).unwrap(), &Settings::default());
        assert_eq!((reading.drafts.len(), reading.problems.len()), (1, 0), "{name}");
    }
}

#[test]
fn what_is_packed_otherwise_or_encrypted_is_not_called_damaged() {
    let packed = |method: u8, flags: u8| {
        let mut bytes = zipped(&[("a.txt", b"Flood\n\nIt rose."), ("b.txt", b"Ebb\n\nIt fell.")]);
        let central = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
        (bytes[6], bytes[8]) = (flags, method);
        (bytes[central + 8], bytes[central + 10]) = (flags, method);
        bytes
    };
    for (method, name) in [(9, "Deflate64"), (12, "bzip2"), (14, "LZMA"), (95, "xz"), (20, "an unknown method")] {
        let reason = format!("a.txt: packed with {name}, which is not unpacked here");
        check("a.zip", &packed(method, 0), &["Ebb"], &[("unsupported-packing", &reason)]);
    }
    let reason = "a.txt: encrypted: unpack the container with its password";
    check("a.zip", &packed(8, 1), &["Ebb"], &[("encrypted", reason)]);
}

#[test]
fn documents_and_books_are_one_article() {
    let document =
        b"<w:document><w:body><w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>Flood</w:t></w:r></w:p>\
        <w:p><w:r><w:t xml:space=\"preserve\">It </w:t></w:r><w:del><w:r><w:t>fell</w:t></w:r></w:del>\
        <w:r><w:t>rose.</w:t></w:r></w:p></w:body></w:document>";
    let core = b"<cp:coreProperties><dc:creator>Nora Vell</dc:creator></cp:coreProperties>";
    let bytes = zipped(&[("word/document.xml", document), ("docProps/core.xml", core)]);
    check("a.docx", &bytes, &["Flood"], &[]);
    let draft = &read("a.docx", &bytes).drafts[0];
    assert_eq!(
        (draft.passages[1].text.as_str(), draft.authors.as_ref().unwrap()[0].as_str()),
        ("It rose.", "Nora Vell")
    );
    let package = b"<package><metadata><dc:title>The Flood Years</dc:title><dc:date>1958</dc:date></metadata><manifest>\
        <item id=\"a\" href=\"a%20b.xhtml\"/></manifest><spine><itemref idref=\"a\"/><itemref idref=\"lost\"/></spine></package>";
    let index = b"<container><rootfiles><rootfile full-path=\"OEBPS/p.opf\"/></rootfiles></container>";
    let chapter = b"<html><head><title>x</title></head><body><h1>One</h1><p>It rose.</p></body></html>";
    let bytes = zipped(&[("META-INF/container.xml", index), ("OEBPS/p.opf", package), ("OEBPS/a b.xhtml", chapter)]);
    check("a.epub", &bytes, &["The Flood Years"], &[]);
    let draft = &read("a.epub", &bytes).drafts[0];
    assert_eq!((draft.passages[1].text.as_str(), draft.notes.len()), ("One\n\nIt rose.", 1));
    assert_eq!(draft.published.as_ref().unwrap().0.edtf(), "1958");
}

/// The texts and the notes of a book with these pages: names, attributes of their items, bodies.
fn book(pages: &[(&str, &str, &str)]) -> (Vec<(PartKind, String)>, Vec<String>) {
    let items = pages.iter().map(|(name, about, _)| format!("<item id=\"{name}\" href=\"{name}\"{about}/>"));
    let spine = pages.iter().map(|(name, ..)| format!("<itemref idref=\"{name}\"/>"));
    let (items, spine) = (items.collect::<String>(), spine.collect::<String>());
    let guide = "<reference type=\"cover\" href=\"cover.xhtml\"/><reference type=\"toc\" href=\"a%20b.xhtml#toc\"/>\
        <reference type=\"copyright-page\" href=\"c.xhtml\"/><reference type=\"cover\" href=\"part.xhtml\"/>\
        <reference type=\"text\" href=\"part.xhtml\"/>";
    let package =
        format!("<package><manifest>{items}</manifest><spine>{spine}</spine><guide>{guide}</guide></package>");
    let index = "<container><rootfile full-path=\"p\"/></container>".to_owned();
    let mut members = vec![("META-INF/container.xml".to_owned(), index), ("p".to_owned(), package)];
    members
        .extend(pages.iter().map(|(name, _, body)| (name.replace("%20", " "), format!("<html><body>{body}</body>"))));
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let draft = read("a.epub", &zipped(&members)).drafts.remove(0);
    let notes: Vec<String> = draft.notes.into_iter().map(|note| note.reason).collect();
    let texts = draft.passages.into_iter().map(|passage| (passage.kind, passage.text.replace("\n\n", "/")));
    (texts.collect::<Vec<_>>(), notes)
}

#[test]
fn a_book_is_read_without_its_cover_and_its_lists() {
    let pages = [
        ("cover.xhtml", "", "<p>Cover</p>"),
        ("nav.xhtml", " properties=\"nav\"", "<nav epub:type=\"toc\"><ol><li>One</li></ol></nav>"),
        ("list.xhtml", "", "<section epub:type=\"frontmatter loi\"><p>Pictures</p></section>"),
        ("c.xhtml", "", "<p>Rights</p>"),
        (
            "part.xhtml",
            "",
            "<section epub:type=\"toc\"><p>In this part</p></section><section><p>It rose.</p></section>",
        ),
        ("a%20b.xhtml", "", "<p>It fell.</p>"),
    ];
    let (texts, notes) = book(&pages);
    let text = [PartKind::Title, PartKind::Body, PartKind::Boilerplate]
        .map(|kind| texts.iter().filter(|(of, _)| *of == kind).map(|(_, text)| text.as_str()).collect::<String>());
    assert_eq!(text, ["In this part", "It rose./It fell.", "Cover/• One/Pictures/Rights"]);
    assert_eq!((notes.len(), notes[0].starts_with("kept, and not searched: 4 of the book's pages")), (1, true));
    let long = "It rose and fell. ".repeat(20);
    let longer: Vec<_> = pages
        .iter()
        .map(|(name, kind, body)| (*name, *kind, if body.contains("fell") { &long } else { *body }))
        .collect();
    assert_eq!(book(&longer).1, [""; 0]);
    let (texts, notes) = book(&pages[1..2]);
    assert_eq!((texts, notes.len()), (vec![(PartKind::Body, "• One".to_owned())], 0));
}

#[test]
fn a_document_is_what_its_reader_sees() {
    let boxed = |text: &str| format!("<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>");
    let body = format!(
        "<w:document><w:body><w:p><w:moveFrom><w:r><w:t>Sent on.</w:t></w:r></w:moveFrom></w:p>\
         <w:p><w:r><w:t>It rose.</w:t><mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback>\
         </mc:AlternateContent><mc:AlternateContent><mc:Fallback>{1}</mc:Fallback></mc:AlternateContent></w:r></w:p>\
         <w:p><w:moveTo><w:r><w:t>Sent on.</w:t></w:r></w:moveTo></w:p></w:body></w:document>",
        boxed("High water"),
        boxed("Low water")
    );
    let footnotes = "<w:footnotes><w:footnote w:type=\"separator\"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote>\
        <w:footnote w:id=\"1\"><w:p><w:r><w:t> In 1931,</w:t></w:r></w:p><w:p><w:r><w:t>too.</w:t></w:r></w:p></w:footnote>\
        </w:footnotes>";
    let endnotes = "<w:endnotes><w:endnote><w:p><w:r><w:t>The end.</w:t></w:r></w:p></w:endnote></w:endnotes>";
    let read = |endnotes: &str| {
        let bytes = zipped(&[
            ("word/document.xml", body.as_bytes()),
            ("word/footnotes.xml", footnotes.as_bytes()),
            ("word/endnotes.xml", endnotes.as_bytes()),
        ]);
        let draft = read("a.docx", &bytes).drafts.remove(0);
        let texts: Vec<String> = draft.passages.into_iter().map(|passage| passage.text).collect();
        (texts.join("\n\n"), draft.notes.len())
    };
    let text = "It rose.\n\nHigh water\n\nLow water\n\nSent on.\n\nIn 1931, too.";
    assert_eq!(read(endnotes), (format!("{text}\n\nThe end."), 0));
    assert_eq!(read("<w:endnotes"), (text.to_owned(), 1));
}

#[test]
fn whoever_saved_a_document_need_not_have_written_it() {
    let check = |creator: &str, line: &str, byline: Option<&str>, authors: Option<&str>| {
        let text = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        let lines = ["Flood", "4 October", line, "It rose."].map(text).concat();
        let body = format!("<w:document><w:body>{lines}</w:body></w:document>");
        let core = format!("<cp:coreProperties><dc:creator>{creator}</dc:creator></cp:coreProperties>");
        let bytes = zipped(&[("word/document.xml", body.as_bytes()), ("docProps/core.xml", core.as_bytes())]);
        let draft = read("a.docx", &bytes).drafts.remove(0);
        assert_eq!((draft.byline.as_deref(), draft.authors.map(|list| list.concat()).as_deref()), (byline, authors));
        let is_author = authors.is_some();
        assert_eq!(draft.extra.get("saved_by").is_some(), !is_author, "{creator}");
    };
    check("Jan Orrin", "By Nora Vell", Some("By Nora Vell"), None);
    check("Jan Orrin", "By Friday it fell", None, Some("Jan Orrin"));
    check("python-docx", "It fell.", None, None);
}

#[test]
fn bombs_are_not_unpacked() {
    let zeros = vec![b'a'; 40 << 20];
    check("a.txt.gz", &gzipped(&zeros), &[], &[("bomb", "100-fold")]);
    check("a.csv.gz", &gzipped(&[b"title,body\n".as_slice(), &zeros].concat()), &[], &[("unreadable", "100-fold")]);
    check(
        "a.zip",
        &zipped(&[("one.txt", b"Flood\n\nIt rose."), ("two.txt", &zeros)]),
        &["Flood"],
        &[("bomb", "100-fold")],
    );
    let lines = [b"{\"title\": \"Flood\"}\n".as_slice(), &zeros].concat();
    let members = [("a.jsonl", lines.as_slice()), ("b.txt", b"Ebb\n\nIt fell.")];
    check(
        "a.zip",
        &zipped(&members),
        &["Flood"],
        &[("unreadable", "a.jsonl: reading stopped at line 2: grows more than")],
    );
    let book = zipped(&[("META-INF/container.xml", &zeros)]);
    check("a.epub", &book, &[], &[("too-large", "when unpacked")]);
}

/// However often a list of members names the same bytes, they are not unpacked without end.
#[test]
fn what_cannot_be_used_is_counted_too() {
    let packed = noise();
    let mut left = Some(MOST);
    let cut = flate2::read::GzDecoder::new(&packed[..packed.len() / 2]);
    let mut spending = Spending { inner: cut, left: &mut left };
    assert_eq!(stream::whole(&mut spending, MOST).unwrap_err().kind, "damaged");
    assert!(left.unwrap() < MOST - 50_000, "{left:?}");
    let index = b"<container><rootfile full-path=\"p\"/></container>";
    let spine = "<itemref idref=\"a\"/>".repeat(3);
    let package = format!("<package><manifest><item id=\"a\" href=\"a\"/></manifest><spine>{spine}</spine></package>");
    let book = [("META-INF/container.xml", index.as_slice()), ("p", package.as_bytes()), ("a", b"<p>It rose.</p>")];
    check("a.epub", &zipped(&book), &["It rose."], &[]);
}

fn noise() -> Vec<u8> {
    let noise: String = (0..20_000_u64).map(|n| format!("{}\n", n.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
    gzipped(noise.as_bytes())
}

#[test]
fn what_is_cut_off_is_told() {
    let packed = noise();
    check("a.txt.gz", &packed[..packed.len() / 2], &[], &[("damaged", "damaged or cut off")]);
    let whole = zipped(&[("one.txt", b"Flood\n\nIt rose.")]);
    check("a.zip", &whole[..whole.len() - 30], &[], &[("damaged", "damaged or cut off")]);
    check("a.docx", &whole[..20], &[], &[("damaged", "damaged or cut off")]);
    check("a.zip", b"PK\x03\x04", &[], &[("damaged", "damaged or cut off")]);
    check("a.pdf", b"%PDF-1.4\n1 0 obj", &[], &[("damaged", "a PDF that cannot be read")]);
    check("a.pdf", b"Flood\n\nIt rose.", &[], &[("damaged", "does not begin as one")]);
}

/// What is refused for its size takes no more room than what is read.
#[test]
fn room_ends_where_reading_does() {
    let most = 3 << 20;
    let bytes = stream::whole(&mut io::repeat(b'a').take(most), most).unwrap();
    assert_eq!((bytes.len() as u64, bytes.capacity() as u64), (most, most + 1));
    assert_eq!(stream::whole(&mut io::repeat(b'a'), most).unwrap_err().kind, "too-large");
    assert_eq!(stream::whole(&mut &b"It rose."[..], most).unwrap(), b"It rose.");
}
