//! Invented documents of each dialect, and what is read of them. It never holds a real clipping.

use super::*;
use crate::{
    article::{Draft, Ends, Origin},
    settings::Settings,
};

fn all(text: &str) -> (Vec<Draft>, Vec<(Option<u32>, String)>) {
    let settings = Settings::default();
    let mut intake = Intake::new("a.xml", &settings);
    read(&Source::of(text, &Origin::new(1, Some(0), Ends::Lf)), &mut intake);
    let refused = intake.reading.problems.into_iter().map(|problem| (problem.line, problem.reason)).collect();
    (intake.reading.drafts, refused)
}

/// Title, date, source, body and its line, people, places, subjects of the first article.
fn check(text: &str, expected: (&str, &str, &str, &str, u32), names: [&str; 3]) -> Draft {
    let (mut drafts, refused) = all(text);
    assert_eq!(refused, [], "{text}");
    let draft = drafts.remove(0);
    let passage = |kind| draft.passages.iter().find(|passage| passage.kind == kind);
    let body = passage(PartKind::Body);
    let found = (
        passage(PartKind::Title).map_or("", |p| &p.text),
        draft.published.as_ref().map_or("", |(date, _)| date.edtf()),
        draft.source.as_deref().unwrap_or_default(),
        body.map_or("", |p| p.text.trim()),
        body.map_or(0, |p| p.origin.line()),
    );
    assert_eq!(found, expected);
    assert_eq!(draft.notes, []);
    let list = |names: &Option<Vec<crate::article::Name>>| {
        names.iter().flatten().map(|name| name.name.clone()).collect::<Vec<_>>().join("|")
    };
    let subjects = draft.subjects.clone().unwrap_or_default().join("|");
    assert_eq!([list(&draft.people), list(&draft.places), subjects], names);
    draft
}

const REUTERS: &str = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">
<REUTERS TOPICS=\"YES\" NEWID=\"7\">
<DATE> 4-OCT-1957 10:00:00.00</DATE>
<TOPICS><D>floods</D></TOPICS><PLACES><D>hull</D></PLACES><PEOPLE><D>prowse</D></PEOPLE><ORGS></ORGS>
<TEXT>&#2;
<TITLE>OUSE RISES &lt;AND FALLS></TITLE>
<DATELINE>    HULL, Oct 4 - </DATELINE><BODY>The river rose
by two feet & more.
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS NEWID=\"8\"><TEXT>never closed
<REUTERS NEWID=\"9\"><DATE>5-OCT-1957</DATE><TEXT TYPE=\"BRIEF\"><TITLE>EBB</TITLE></TEXT></REUTERS>
";

#[test]
fn a_document_has_an_end() {
    let text = "<nitf><p id=\"a\" style=\"b\">x</p><p/></nitf>";
    assert!(tree::grown(text, 4).is_ok());
    let refusal = tree::grown(text, 3).unwrap_err();
    assert_eq!((refusal.kind, refusal.line), ("too-large", 1));
}

/// As deep as elements may nest, the same text would else be read hundreds of times.
#[test]
fn what_stands_in_another_of_its_kind_is_read_once() {
    let nested = |open: &str, inner: &str, close: &str| format!("{}{inner}{}", open.repeat(200), close.repeat(200));
    let line = "<TextLine><String CONTENT=\"It\"/><String CONTENT=\"rose.\"/></TextLine>";
    for text in [
        format!("<alto>{}</alto>", nested("<TextBlock>", line, "</TextBlock>")),
        format!("<nitf>{}</nitf>", nested("<body.content>", "<p>It rose.</p>", "</body.content>")),
        format!("<newsItem>{}</newsItem>", nested("<inlineXML>", "<p>It rose.</p>", "</inlineXML>")),
    ] {
        let bodies: Vec<String> =
            all(&text).0.iter().flat_map(|draft| &draft.passages).map(|p| p.text.clone()).collect();
        assert_eq!(bodies, ["It rose."], "{}", &text[..20]);
    }
}

/// To seek the end of each in the whole rest would take the square of their number.
#[test]
fn records_without_end_are_told() {
    let refused = all(&"<REUTERS ".repeat(50_000)).1;
    assert_eq!(refused.len(), 50_000);
}

#[test]
fn reuters_records_are_cut_apart() {
    let (drafts, refused) = all(REUTERS);
    assert_eq!(refused, [(Some(11), "line 11: a record that is not closed".to_owned())]);
    assert_eq!(drafts.len(), 2);
    let whole = REUTERS.split_inclusive("</REUTERS>\n").next().unwrap();
    let body = "The river rose\nby two feet & more.";
    let draft = check(whole, ("OUSE RISES <AND FALLS>", "1957-10-04", "", body, 7), ["prowse", "hull", "floods"]);
    assert_eq!((draft.line, draft.extra["dateline"].as_str()), (2, Some("HULL, Oct 4")));
    assert_eq!(drafts[1].passages[0].text, "EBB");
}

#[test]
fn nitf_is_read() {
    let text = "<?xml version=\"1.0\"?>\n<nitf><head><title>x</title><docdata><date.release norm=\"19571004T100000Z\"/>\
        <identified-content><person>Alan Prowse</person></identified-content>\
        <key-list><keyword key=\"floods\"/></key-list></docdata>\
        <pubdata name=\"Hull Packet\" position.section=\"News\"/></head>\n\
        <body><body.head><hedline><hl1>Ouse rises</hl1><hl2>Bank holds</hl2></hedline><byline>By N. Vell</byline>\
        </body.head>\n<body.content><p>The river\nrose at <location>Goole</location>.</p><p>It fell &amp; fell.</p>\
        <media><media-caption>The bank</media-caption></media></body.content></body></nitf>";
    let body = "The river rose at Goole.\n\nIt fell & fell.";
    let names = ["Alan Prowse", "Goole", "floods"];
    let draft = check(text, ("Ouse rises", "1957-10-04", "Hull Packet", body, 4), names);
    assert!(draft.passages.iter().any(|p| (p.kind, p.text.as_str()) == (PartKind::Caption, "The bank")));
    let told = ["published", "source", "title", "people"].map(|field| draft.told.of(field).unwrap());
    assert_eq!(told, ["NITF date.release", "NITF pubdata name", "NITF hl1", "NITF person"]);
}

#[test]
fn cells_breaks_and_posts_part_words() {
    let text = "<nitf><body><body.head><hedline><hl1>Ouse<br/>rises</hl1></hedline>\
        <byline>By <person>N. Vell</person><byttl>Staff Writer</byttl></byline>\
        <dateline><location>HULL</location><story.date>Oct 4</story.date></dateline></body.head><body.content>\
        <table><tr><td>Hull</td><td><p>12</p><p>feet</p></td></tr></table><p>A<h:br/>B <em>ri</em>ver</p></body.content>\
        <body.end><tagline>N. Vell keeps bees.</tagline></body.end></body></nitf>";
    let draft = check(text, ("Ouse rises", "", "", "Hull | 12 feet\n\nA B river", 1), ["N. Vell", "HULL", ""]);
    assert_eq!(draft.byline.as_deref(), Some("By N. Vell, Staff Writer"));
    let extra = |name: &str| draft.extra[name].as_str().unwrap();
    assert_eq!((extra("dateline"), extra("tagline")), ("HULL Oct 4", "N. Vell keeps bees."));
}

#[test]
fn a_lead_that_the_full_text_repeats_is_read_once() {
    let lead = "<block class=\"lead_paragraph\"><p>It rose.</p><p>So.</p></block>";
    let full = "<block class=\"full_text\"><p>It rose.</p><p>It fell.</p><p>It rose.</p></block>";
    for (content, expected) in
        [(format!("{lead}{full}"), "So.\n\nIt rose.\n\nIt fell.\n\nIt rose."), (lead.to_owned(), "It rose.\n\nSo.")]
    {
        let text = format!("<nitf><body><body.content>{content}</body.content></body></nitf>");
        let draft = check(&text, ("", "", "", expected, 1), ["", "", ""]);
        let kept = draft.passages.iter().filter(|p| p.kind == PartKind::Boilerplate).map(|p| p.text.as_str());
        assert_eq!(kept.collect::<Vec<_>>(), if content == lead { vec![] } else { vec!["It rose."] });
    }
}

#[test]
fn a_sign_that_begins_no_tag_is_a_character() {
    let text = "<REUTERS NEWID=\"1\"><TEXT><AUTHOR>    By N. Vell, Reuters</AUTHOR><BODY>Profit of 5 < 6 mln, a<b too, 1 <2.\nMore.\n\
        </BODY></TEXT></REUTERS>";
    let draft = check(text, ("", "", "", "Profit of 5 < 6 mln, a<b too, 1 <2.\nMore.", 1), ["", "", ""]);
    // The line says who wrote it; the agency behind the name is no second author.
    assert_eq!((draft.byline.as_deref(), draft.authors), (Some("By N. Vell, Reuters"), None));
}

#[test]
fn half_a_word_keeps_its_hyphen() {
    let text = "<alto><TextBlock><TextLine><String CONTENT=\"Har\"/><HYP CONTENT=\"-\"/></TextLine><TextLine>\
        <String CONTENT=\"bour\"/></TextLine></TextBlock></alto>";
    check(text, ("", "", "", "Har-\nbour", 1), ["", "", ""]);
}

#[test]
fn newsml_is_read() {
    let text = "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>\n\
        <newsItem guid=\"urn:wire:7\" xml:lang=\"en\"><itemMeta><provider literal=\"Harbour Wire\"/>\
        <versionCreated>1957-10-05T08:00:00Z</versionCreated><firstCreated>1957-10-04T10:00:00Z</firstCreated></itemMeta>\
        <contentMeta><headline>Ouse rises</headline><by>By N. Vell</by><language tag=\"en\"/>\
        <subject type=\"cpnat:person\"><name>Alan Prowse</name></subject>\
        <subject type=\"cpnat:abstract\" qcode=\"medtop:1\"><name>floods</name></subject></contentMeta>\n\
        <contentSet><inlineXML><html><head><title>x</title></head><body><p>The river rose.</p></body></html></inlineXML>\
        </contentSet></newsItem></itemSet></newsMessage>";
    let names = ["Alan Prowse", "", "floods"];
    let draft = check(text, ("Ouse rises", "1957-10-04", "Harbour Wire", "The river rose.", 3), names);
    assert_eq!((draft.id.as_deref(), draft.language.as_deref()), (Some("urn:wire:7"), Some("en")));
    let told = ["published", "source", "byline", "people"].map(|field| draft.told.of(field).unwrap());
    assert_eq!(told, ["firstCreated", "provider", "by", "subject"].map(|name| format!("NewsML-G2 {name}")));
}

#[test]
fn marked_texts_and_scans_are_read() {
    let text = "<?xml version=\"1.0\" ?>\n<TimeML><DOCID>hp-7</DOCID>\n<DCT><TIMEX3 value=\"1957-10-04\">x</TIMEX3></DCT>\n\
        <TEXT>\nThe river <EVENT>rose</EVENT>\non <TIMEX3>Friday</TIMEX3>.\n</TEXT></TimeML>";
    check(text, ("", "1957-10-04", "", "The river rose\non Friday.", 4), ["", "", ""]);
    let text = "<alto><Layout><Page><PrintSpace><TextBlock><TextLine><String CONTENT=\"OUSE\"/><SP/><String CONTENT=\"RISES\"/>\
        </TextLine></TextBlock><TextBlock><TextLine><String CONTENT=\"The\"/><String CONTENT=\"ri\" SUBS_TYPE=\"HypPart1\" \
        SUBS_CONTENT=\"river\"/><HYP CONTENT=\"-\"/></TextLine><TextLine><String CONTENT=\"ver\" SUBS_TYPE=\"HypPart2\" \
        SUBS_CONTENT=\"river\"/><String CONTENT=\"rose.\"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>";
    check(text, ("OUSE RISES", "", "", "The river\nrose.", 1), ["", "", ""]);
}

#[test]
fn bad_documents_are_refused_with_their_line() {
    for (text, line, expected) in [
        ("<rss><channel/></rss>", Some(1), "XML whose root is <rss>: no news format known here"),
        ("<?xml version=\"1.0\"?>", None, "no XML: there is no element in it"),
        ("<nitf>\n<body", Some(2), "cannot be read as XML from line 2 on"),
    ] {
        let (drafts, refused) = all(text);
        assert_eq!((drafts.len(), refused[0].0), (0, line), "{text}");
        assert!(refused[0].1.starts_with(expected), "{}", refused[0].1);
    }
    let deep = format!("<nitf>{}", "<p>".repeat(100_000));
    assert_eq!(all(&deep).1, [(Some(1), "elements nested too deeply (more than 256)".to_owned())]);
}

#[test]
fn entities_of_a_document_are_never_expanded() {
    let laughs: String = (1..30).map(|n| format!("<!ENTITY l{n} \"&l{};&l{};\">", n - 1, n - 1)).collect();
    let text = format!(
        "<!DOCTYPE nitf [<!ENTITY l0 \"ha\">{laughs}]>\n<nitf><body><body.content><p>&l29; it rose.</p></body.content></body></nitf>"
    );
    let (drafts, _) = all(&text);
    assert_eq!(drafts[0].passages[0].text, "&l29; it rose.");
}

#[test]
fn the_declared_encoding_counts_unless_the_bytes_refute_it() {
    let document = |declared: &str, text: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{declared}\"?><nitf><body><body.content><p>{text}</p></body.content></body></nitf>"
        )
    };
    let eight = |declared: &str, bytes: &[u8]| {
        let (before, behind) =
            document(declared, "@").split_once('@').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        [before.as_bytes(), bytes, behind.as_bytes()].concat()
    };
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
    let volga = "Волга поднялась выше плотины, и паром встал.".repeat(20);
    let marked = format!("\u{FEFF}{}", document("windows-1251", "Głos"));
    for (bytes, expected, note) in [
        (eight("windows-1251", b"\xC2\xEE\xEB\xE3\xE0"), "Волга", None),
        (eight("iso-8859-1", b"caf\xE9"), "café", None),
        (eight("iso-8859-2", b"G\xB3os"), "Głos", None),
        (wide(&document("utf-16", &volga)), &*volga, None),
        (document("windows-1251", "Głos").into_bytes(), "Głos", None),
        (marked.into_bytes(), "Głos", None),
        (
            eight("utf-8", b"The caf\xE9 by the br\xFCcke"),
            "The café by the brücke",
            Some("not UTF-8; read as Windows-1252"),
        ),
    ] {
        let mut reading = crate::read::read_bytes("a.xml", &bytes, None, &Settings::default());
        assert_eq!(reading.problems, [], "{expected}");
        let draft = reading.drafts.remove(0);
        let notes: Vec<&str> = draft.notes.iter().map(|note| note.reason.as_str()).collect();
        assert_eq!((draft.passages[0].text.as_str(), notes), (expected, note.into_iter().collect()));
    }
}

#[test]
fn a_page_in_a_file_of_xml_is_a_page() {
    let page = "<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html><head><title>Ouse rises</title></head><body><article><p>The river rose above the dam on Friday, and the ferry stood still all day.</p></article></body></html>";
    let reading = crate::read::read_bytes("a.xml", page.as_bytes(), None, &Settings::default());
    assert_eq!((reading.problems.len(), reading.drafts.len()), (0, 1));
    let texts: Vec<&str> = reading.drafts[0].passages.iter().map(|passage| passage.text.as_str()).collect();
    assert_eq!(texts, ["Ouse rises", "The river rose above the dam on Friday, and the ferry stood still all day."]);
}
