//! Invented downloads of each vendor, and what is read of them. It never holds a real clipping.

use super::*;
use crate::{read::decode, settings::Settings};

fn read(text: &str) -> (Vec<Draft>, Vec<(Option<u32>, String)>) {
    let settings = Settings::default();
    let mut intake = Intake::new("a.txt", &settings);
    let vendor = Vendor::of(text).unwrap();
    super::read(vendor, &decode::decode(text.as_bytes()).unwrap(), &mut intake);
    let refused = intake.reading.problems.into_iter().map(|p| (p.line, p.reason)).collect();
    (intake.reading.drafts, refused)
}

/// Title, date, source, body, line of the body.
fn shown(draft: &Draft) -> (&str, &str, &str, &str, u32) {
    let passage = |kind| draft.passages.iter().find(|p| p.kind == kind);
    let body = passage(PartKind::Body);
    (
        passage(PartKind::Title).map_or("", |p| &p.text),
        draft.published.as_ref().map_or("", |(date, _)| date.edtf()),
        draft.source.as_deref().unwrap_or_default(),
        body.map_or("", |p| &p.text),
        body.map_or(0, |p| p.origin.line()),
    )
}

/// Who tells some fields.
fn check_told(draft: &Draft, expected: &[&str]) {
    for line in expected {
        let (field, by) = line.split_once(' ').unwrap();
        assert_eq!(draft.told.of(field).as_deref(), Some(by), "{field}");
    }
}

const NEXIS: &str = "\
                               1 of 2 DOCUMENTS


                              Northern Courier

                      March 14, 2025 Friday
                      Late Edition

Envoy Returns to Vellmar

BYLINE: By NORA VELL

SECTION: Section A; Foreign Desk; Pg. 1

LENGTH: 11 words

DATELINE: VELLMAR, March 13

The envoy came back to Vellmar.
URL: she said, was no word.

She left at noon.

SUBJECT: TALKS (90%); ENVOYS (78%)

LOAD-DATE: March 14, 2025

LANGUAGE: ENGLISH

                   Copyright 2025 Northern Courier
                         All Rights Reserved


                               2 of 2 DOCUMENTS

No date here at all

LENGTH: 300 words
";

#[test]
fn old_nexis_is_cut_apart() {
    let (drafts, refused) = read(NEXIS);
    let body = "The envoy came back to Vellmar.\nURL: she said, was no word.\n\nShe left at noon.";
    assert_eq!(shown(&drafts[0]), ("Envoy Returns to Vellmar", "2025-03-14", "Northern Courier", body, 19));
    assert_eq!(drafts[0].authors.as_deref(), Some(["NORA VELL".to_owned()].as_slice()));
    assert_eq!(drafts[0].subjects.as_deref(), Some(["TALKS".to_owned(), "ENVOYS".to_owned()].as_slice()));
    assert_eq!(drafts[0].extra["rights"], "Copyright 2025 Northern Courier");
    assert_eq!(drafts[0].extra["edition"], "Late Edition");
    check_told(&drafts[0], &["authors Nexis BYLINE", "published Nexis", "subjects Nexis SUBJECT", "title Nexis"]);
    assert_eq!(drafts.len(), 1);
    let reason = "an article of a download in a shape unknown here: no title, no date found";
    assert_eq!(refused, [(Some(36), reason.to_owned())]);
}

#[test]
fn new_nexis_is_cut_apart() {
    let text = "Envoy returns to Vellmar\nNorthern Courier\nMarch 14, 2025 Friday 5:01 PM GMT\n\nCopyright 2025 Northern \
                Courier All Rights Reserved\n\nSection: WORLD NEWS\nLength: 600 words\nByline: Nora Vell\n\nBody\n\nThe \
                envoy came back.\n\nLoad-Date: March 14, 2025\n\nEnd of Document\n\nEbb at Hull\nNorthern \
                Courier\nMarch 15, 2025\n\nLength: 3 words\n\nBody\n\nThe sea fell.\n\nEnd of Document\n";
    let (drafts, refused) = read(text);
    assert_eq!(
        shown(&drafts[0]),
        ("Envoy returns to Vellmar", "2025-03-14", "Northern Courier", "The envoy came back.", 13)
    );
    assert_eq!(drafts[0].notes[0].reason, "600 words by the download, 4 found");
    assert_eq!(shown(&drafts[1]), ("Ebb at Hull", "2025-03-15", "Northern Courier", "The sea fell.", 27));
    assert_eq!((drafts[1].notes.as_slice(), refused.as_slice()), ([].as_slice(), [].as_slice()));
}

#[test]
fn factiva_is_cut_apart() {
    let coded = "HD\tEnvoy returns to Vellmar\nBY\tBy Nora Vell\nWC\t8 words\nPD\t14 March 2025\nSN\tNorthern Courier\n\
                 LA\tEnglish\nLP\nThe envoy came back.\nTD\nShe left at noon.\n\nNS\tgtalk : Talks | genv : Envoys\nAN\tDocument \
                 NCOUR00020250314el3e00001\n\nHD\tEbb at Hull\nWC\t3 words\nPD\t15 March 2025\nSN\tNorthern Courier\nLP\nThe sea fell.\n";
    let (drafts, refused) = read(coded);
    let body = "The envoy came back.\n\nShe left at noon.";
    assert_eq!(shown(&drafts[0]), ("Envoy returns to Vellmar", "2025-03-14", "Northern Courier", body, 8));
    assert_eq!(drafts[0].subjects.as_deref(), Some(["Talks".to_owned(), "Envoys".to_owned()].as_slice()));
    check_told(&drafts[0], &["title Factiva HD", "published Factiva PD", "source Factiva SN", "subjects Factiva NS"]);
    assert_eq!(shown(&drafts[1]), ("Ebb at Hull", "2025-03-15", "Northern Courier", "The sea fell.", 20));
    assert_eq!((drafts.len(), refused.len()), (2, 0));
    let plain = "Envoy returns to Vellmar\n\nBy Nora Vell\n7 words\n14 March 2025\n10:30\nNorthern Courier\nNCOUR\n1\n\
                 English\n(c) 2025 Northern Courier\n\nThe envoy came back.\n\nShe left.\n\nDocument NCOUR00020250314el3e00001\n\n\
                 Another thing\nwithout marks\n\nDocument NCOUR00020250314el3e00002\n";
    let (drafts, refused) = read(plain);
    let body = "The envoy came back.\n\nShe left.";
    assert_eq!(shown(&drafts[0]), ("Envoy returns to Vellmar", "2025-03-14", "Northern Courier", body, 13));
    assert_eq!(drafts[0].byline.as_deref(), Some("By Nora Vell"));
    let reason = "an article of a download in a shape unknown here: no number of words found";
    assert_eq!(refused, [(Some(19), reason.to_owned())]);
}

#[test]
fn proquest_is_cut_apart() {
    let rule = "_".repeat(60);
    let text = format!(
        "{rule}\n\nReport Information from ProQuest\nMarch 20 2025\n{rule}\n\nEnvoy returns to Vellmar\n\nAuthor: Vell, Nora; \
         Orrin, Jan\n\nAbstract: none\n\nFull text: The envoy came back.\n\nSubject: it rained.\n\nShe left.\n\nSubject: Talks; \
         Envoys\n\nTitle: Envoy returns to Vellmar\n\nPublication title: Northern Courier\n\nPublication date: Mar 14, 2025\n\n\
         Language of publication: English\n\nProQuest document ID: 7\n\n{rule}\n\nContact us at: nowhere\n"
    );
    let (drafts, refused) = read(&text);
    let body = "The envoy came back.\n\nSubject: it rained.\n\nShe left.";
    assert_eq!(shown(&drafts[0]), ("Envoy returns to Vellmar", "2025-03-14", "Northern Courier", body, 13));
    assert_eq!(drafts[0].authors.as_deref(), Some(["Nora Vell".to_owned(), "Jan Orrin".to_owned()].as_slice()));
    check_told(
        &drafts[0],
        &["authors ProQuest Author", "published ProQuest Publication date", "subjects ProQuest Subject"],
    );
    assert_eq!((drafts.len(), refused.len()), (1, 0));
}

#[test]
fn what_the_vendors_print_around_an_article_is_none_of_it() {
    let cover = "User Name: Ann Orrin\nDate and Time: Sunday, March 16, 2025\n\nDocuments (1)\n\n1. Ebb at Hull\n\
                 Client/Matter: -None-\nSearch Terms: ebb\nNarrowed by:\nContent Type  Narrowed by\nNews  -None-\n\n";
    let nexis = format!(
        "{cover}Ebb at Hull\nNorthern Courier\nMarch 15, 2025\n\nLength: 3 words\nByline: Nora Vell\nBody\n\nThe sea \
         fell.\n\nClassification\n\nLanguage: ENGLISH\n\nEnd of Document\n"
    );
    let factiva = "Ebb at Hull\n\n3 words\n15 March 2025\n10:00 GMT\nNorthern Courier\nNCOUR\nFinal\nEnglish\n(c) 2025 \
                   Northern Courier\n\nThe sea fell.\n\nDocument NCOUR00020250315el3e00001\n";
    let rule = "_".repeat(60);
    let proquest = format!(
        "{rule}\n\nEbb at Hull\n\nFull text:\n\nThe sea fell.\n\nCredit: Staff\n\nDETAILS\n\nTitle: Ebb at Hull\n\nPublication \
         title: Northern Courier\n\nPublication date: Mar 15, 2025\n\nProQuest document ID: 7\n\n{rule}\n"
    );
    for text in [&nexis, factiva, &proquest] {
        let (drafts, refused) = read(text);
        let (title, day, source, body, _) = shown(&drafts[0]);
        assert_eq!((title, day, source, body), ("Ebb at Hull", "2025-03-15", "Northern Courier", "The sea fell."));
        assert_eq!((drafts.len(), refused.len()), (1, 0), "{text}");
    }
    let ebb = &read(&nexis).0[0];
    assert_eq!(ebb.byline.as_deref(), Some("Nora Vell"));
    assert!(ebb.passages.iter().any(|p| p.kind == PartKind::Boilerplate && p.text.starts_with("User Name: Ann Orrin")));
    let coded = "HD\tEbb at Hull\nWC\t3 words\nPD\t15 March 2025\nSN\tNorthern Courier\nLP\nThe sea fell.\nAN\tDocument \
                 NCOUR00020250315el3e00001\n\nSearch Summary\nText\tebb\n";
    assert_eq!(read(coded).0[0].extra["accession_number"], "Document NCOUR00020250315el3e00001");
}

#[test]
fn ordinary_texts_are_no_downloads() {
    for text in
        ["HD is a code\nWC too\nPD", "1 of 3 DOCUMENTED cases was read\n", "It was the end.\nEnd of Document\n", ""]
    {
        assert_eq!(Vendor::of(text), None, "{text}");
    }
}
