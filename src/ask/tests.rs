//! Tables and properties of the parser: what is typed, and how it reads or why it does not.

mod alike;
mod literal;
mod random;
mod resolved;
mod saved;

use super::{parse, resolve};

/// Typed, and how it reads.
const READS: &[(&str, &str)] = &[
    ("", "*"),
    ("  ", "*"),
    ("*", "*"),
    ("flood dam", "flood dam"),
    ("flood AND dam", "flood dam"),
    ("flood -dam", "flood -dam"),
    ("flood NOT dam", "flood -dam"),
    ("flood AND NOT dam", "flood -dam"),
    ("-flood", "-flood"),
    ("--flood", "flood"),
    ("flood - dam", "flood - dam"),
    ("-a b OR c", "-a (b OR c)"),
    ("a OR b c", "(a OR b) c"),
    ("a OR (b c)", "a OR (b c)"),
    ("((a)) ((b c))", "a b c"),
    ("a OR (b OR c)", "a OR b OR c"),
    ("-(a OR b)", "-(a OR b)"),
    ("“burst dam„ »", "\"burst dam„ \""),
    ("„burst dam“ «late wire» ”x”", "\"burst dam\" \"late wire\" \"x\""),
    ("O'Brien O’Brien l'homme", "O'Brien O’Brien l'homme"),
    (r#""Joe \"Kit\" Hale""#, r#""Joe \"Kit\" Hale""#),
    ("\"burst dam\"~3*", "\"burst dam\"~3*"),
    ("=\"burst dam\"", "=\"burst dam\""),
    ("\"burst dam\"~0", "\"burst dam\""),
    ("burst W/5 dam", "burst W/5 dam"),
    ("burst w/5 dam pre/2 gate", "burst W/5 dam PRE/2 gate"),
    ("burst NEAR dam BEFORE gate", "burst W/10 dam PRE/10 gate"),
    ("(a W/2 b) W/3 c", "a W/2 b W/3 c"),
    ("a W/3 (b W/2 c)", "a W/3 (b W/2 c)"),
    ("burst /s dam /p gate W/S x w/p y", "burst /s dam /p gate /s x /p y"),
    ("a NOT W/4 b NOT c", "a NOT W/4 b -c"),
    ("w/o hope", "w/o hope"),
    ("ATLEAST/3 (flood) ATLEAST2(dam)", "ATLEAST/3(flood) ATLEAST/2(dam)"),
    ("floo* w?r*d f*d wit*, dam~ dam~2", "floo* w?r*d f*d wit* dam~1 dam~2"),
    ("=Floods /flood(s|ed)?/ /a\\/b\\./", "=Floods /flood(s|ed)?/ /a\\/b\\./"),
    ("wit*,^2 flood^2 \"a b\"^0.5 (a OR b)^3 title:x^2", "wit*^2 flood^2 \"a b\"^0.5 (a OR b)^3 (title:x)^2"),
    ("WHO:\"Ada Moran\" where:Kent", "person:\"Ada Moran\" place:Kent"),
    ("person:Moran,\"Ada Moran\"", "person:Moran,\"Ada Moran\""),
    ("person:any person:\"any\" person:*", "person:* person:\"any\" person:*"),
    ("place:Russia/Kursk", "place:Russia/Kursk"),
    ("person:(moran OR \"Ada Hale\")", "person:moran OR person:\"Ada Hale\""),
    ("title:(flood -dam lead:gate)", "title:flood -title:dam lead:gate"),
    ("-title:(a b)", "-(title:a title:b)"),
    ("title:1,798,b", "title:1,798,b"),
    ("12:30 http://x.org/y U.S.:x Kent: «»", "12:30 http://x.org/y U.S.:x Kent: \"\""),
    ("url:http://x.org/a?b=1 path:a/*.txt", "url:\"http://x.org/a?b=1\" path:\"a/*.txt\""),
    ("extra.edition:late extra.edition:*", "extra.edition:late extra.edition:*"),
    ("has:who no:date has:extra.edition", "has:person no:published has:extra.edition"),
    ("date:2024-05 date:1910s date:191X", "published:2024-05 published:1910s published:1910s"),
    ("date:2024..2025-03 date:..2024 date:>=2024", "published:2024..2025-03 published:..2024 published:2024.."),
    ("date:>2024 date:<2w date:<=today", "published:>2024 published:<2w published:..today"),
    ("date:[2024 TO 2025-03] date:[* TO 2024]", "published:2024..2025-03 published:..2024"),
    ("mentioned:=1985 mentioned:1985/1990 date:=1985", "mentioned:=1985 mentioned:1985..1990 published:1985"),
    ("date:(2024 OR >2025) date:2024,2026", "published:2024 OR published:>2025 published:2024,2026"),
    ("words:>300 words:100..200 words:>1,000 words:5", "words:>300 words:100..200 words:>1000 words:5"),
    ("since:2024 before:2024-06", "since:2024 until:2024-06"),
    ("title:AND title:=x", "title:AND title:=x"),
    ("hello! ... 5$ [sic] a...b", "hello! ... 5$ [sic] a...b"),
    ("(fl:)^3 fl^3", "(fl:)^3 fl^3"),
    ("ATLEAST AND (fl:)^3", "ATLEAST AND (fl:)^3"),
];

#[test]
fn what_is_typed_reads_so() {
    for (typed, expected) in READS {
        let query = parse(typed).unwrap_or_else(|error| panic!("{typed}: {error}")).query;
        let expected = expected.replace("published:2024 OR published:>2025 p", "(published:2024 OR published:>2025) p");
        assert_eq!(query.to_string(), expected, "{typed}");
        assert_eq!(parse(&expected).unwrap().query, query, "{expected}");
    }
}

/// Typed, the faulty part, and something that the label or the hint says.
const FAULTS: &[(&str, &str, &str)] = &[
    ("persn:moran dam", "persn", "did you mean person:moran ?"),
    ("flood pesron:\"Ada Moran\" dam", "pesron", "did you mean person:\"Ada Moran\" ?"),
    ("ceasefire:now", "ceasefire", "write \"ceasefire:now\""),
    ("person: moran", "person:", "did you mean person:moran ?"),
    ("flood title:", "title:", "as in title:"),
    ("flood \"burst dam", "\"", "close it with"),
    ("flood “burst", "“", "close it with"),
    ("(flood dam", "(", "add the )"),
    ("flood) dam", ")", "remove it"),
    ("flood ()", "()", "remove them"),
    ("title:()", "()", "remove them"),
    ("AND flood", "AND", "\"AND\""),
    ("flood AND", "AND", "\"AND\""),
    ("flood OR", "OR", "\"OR\""),
    ("flood AND OR dam", "OR", "\"OR\""),
    ("flood OR OR dam", "OR", "\"OR\""),
    ("(flood OR) dam", "OR", "\"OR\""),
    ("flood NOT", "NOT", "\"NOT\""),
    ("NEAR flood", "NEAR", "\"NEAR\""),
    ("flood W/5", "W/5", "\"W/5\""),
    ("flood /s", "/s", "\"/s\""),
    ("flood W/0 dam", "W/0", "the least is W/1"),
    ("flood W/99999999999 dam", "W/99999999999", "smaller"),
    ("ATLEAST/3 dam", "ATLEAST/3", "as in ATLEAST/3(dam)"),
    ("flood OR -dam", "-dam", "leave the OR"),
    ("flood OR (-dam) OR x", "(-dam)", "leave the OR"),
    ("-flood OR NOT dam", "-flood", "leave the OR"),
    ("flood W/5 -dam", "-dam", "did you mean NOT W/5 dam ?"),
    ("flood NOT /s dam", "NOT /s", "NOT W/10"),
    ("flood /dam", "/dam", "write /dam/"),
    ("flood /5 dam", "/5", "did you mean W/5 ?"),
    ("dam~9", "~9", "did you mean dam~2 ?"),
    ("\"burst dam\"~", "~", "as in \"a b\"~5"),
    ("=wit*", "=wit*", "did you mean =wit ?"),
    ("wit*~1", "wit*~1", "did you mean wit* ?"),
    ("dam^x", "^x", "as in word^2"),
    ("dam^0", "^0", "as in word^2"),
    ("flood || dam", "||", "did you mean OR ?"),
    ("war 1914..1918", "1914..1918", "did you mean published:1914..1918 ?"),
    ("war >=1914", ">=1914", "did you mean published:>=1914 ?"),
    ("burst W/ 5 dam", "W/", "did you mean W/5 ?"),
    ("burst W/5x dam", "W/5x", "did you mean W/5 ?"),
    ("burst NEAR/x dam", "NEAR/x", "did you mean NEAR/10 ?"),
    ("burst NEAR/ dam", "NEAR/", "did you mean NEAR/10 ?"),
    ("burst PRE/-3 dam", "PRE/-3", "did you mean PRE/3 ?"),
    ("burst NEAR/0 dam", "NEAR/0", "the least is W/1"),
    ("burst PRE/0 dam", "PRE/0", "the least is PRE/1"),
    ("burst W/5 W/5 dam", "W/5", "\"W/5\""),
    ("burst W/5 OR dam", "OR", "\"OR\""),
    ("(burst W/5) dam", "W/5", "\"W/5\""),
    ("NOT W/5 dam", "W/5", "\"W/5\""),
    ("/p dam", "/p", "\"/p\""),
    ("ATLEAST(dam)", "ATLEAST", "as in ATLEAST/3(dam)"),
    ("ATLEAST/x(dam)", "ATLEAST/x", "as in ATLEAST/3(dam)"),
    ("ATLEAST/0(dam)", "ATLEAST/0", "the least is ATLEAST/1"),
    ("ATLEAST/3()", "()", "remove them"),
    ("flood~3", "~3", "did you mean flood~2 ?"),
    ("\"a b\"~x", "~", "as in \"a b\"~5"),
    ("(a b)^", "^", "as in word^2"),
    ("flood [a TO b]", "[a TO b]", "published:[2024 TO 2025]"),
    ("date:[2024 TO", "[", "2024..2025"),
    ("words:[1 TO x]", "[1 TO x]", "as in >300"),
    ("words:>", ">", "as in >300"),
    ("date:>", ">", "a date is"),
    ("title:/flo", "/flo", "write /flo/"),
    ("flood ?*", "?*", "* alone is every article"),
    ("title:**", "**", "* alone is every article"),
    ("flood !dam", "!dam", "did you mean -dam ?"),
    ("person:a, b", ",", "a list has no blanks"),
    ("person:a,b^2", "a,b^2", "write (…)^2"),
    ("date:2024-13", "2024-13", "a date is"),
    ("date:[2024 TO 2025", "[", "2024..2025"),
    ("date:..", "..", "a date is"),
    ("since:2024..2025", "2024..2025", "did you mean published:2024..2025 ?"),
    ("words:many", "many", "as in >300"),
    ("has:persn", "persn", "did you mean has:person ?"),
    ("no:moran", "moran", "one of person, place"),
];

#[test]
fn what_cannot_be_read_is_pointed_at() {
    for (typed, part, says) in FAULTS {
        let error = parse(typed).expect_err(typed);
        let fault = error.fault().expect(typed);
        assert_eq!(typed.get(fault.span.clone()), Some(*part), "{typed}");
        let said = format!("{} {}", fault.label, error.way_out().unwrap_or_default());
        assert!(said.contains(says), "{typed}: {error} · {said}");
    }
}

#[test]
fn what_may_be_misread_is_noted() {
    let check = |typed: &str, expected: &[&str]| {
        let notes = parse(typed).unwrap().notes;
        assert_eq!(notes.len(), expected.len(), "{typed}: {notes:?}");
        for (note, start) in notes.iter().zip(expected) {
            assert!(note.starts_with(start), "{typed}: {note}");
        }
    };
    let mixed = "OR is read before AND here, as in Nexis and Google; add parentheses to choose the order yourself";
    check("a OR b c", &[mixed]);
    check("a b OR c d OR e", &[mixed]);
    check("x (a AND b OR c)", &[mixed]);
    check("(a OR b) c", &[]);
    check("title:(a lead:b)", &["“lead:” inside title:( … ) counts alone"]);
    check("title:(a title:b)", &[]);
    check("a OR b OR c", &[]);
    check("a lang:fr,de", &[]);
    check("flood and dam", &["“and” is searched as a word here"]);
    check("flood or dam or gate", &["“or” is searched as a word here"]);
    check("not here", &["“not” is searched as a word here"]);
    check("and flood or", &[]);
    check("dam near/5 gate", &["“near/5” is searched as words; write NEAR/5"]);
    check("dam w/ 5 gates", &["“w/” is searched as words; write W/5"]);
    check("dam w/o gates", &[]);
    check("person:(Ada Moran) dam", &["person:(Ada Moran) asks for Ada and Moran one by one"]);
    check("person:(\"Ada\" Moran) who:(Ada AND Moran) title:(Ada Moran)", &[]);
}

#[test]
fn brackets_nest_only_so_deep() {
    let nested = |depth: usize| format!("{}flood{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(64)).is_ok());
    let error = parse(&nested(65)).unwrap_err();
    assert_eq!(error.fault().map(|fault| fault.span.clone()), Some(64..65));
    assert!(parse(&"(".repeat(100_000)).is_err());
}

#[test]
fn long_queries_are_read_in_no_time() {
    let cases = [
        ("flood", " OR "),
        ("flo*", " "),
        ("x", " /s "),
        ("-", ""),
        ("NOT", " "),
        ("\"", "a"),
        ("x", ""),
        ("\"cease fire break\"", " "),
        ("(a W/2 b)", " OR "),
        ("title:x^2", " "),
    ];
    for (part, by) in cases {
        let text = vec![part; 100_000 / (part.len() + by.len())].join(by);
        let start = std::time::Instant::now();
        let parsed = parse(&text);
        if let Ok(parsed) = &parsed {
            let plan = resolve(parsed, &resolved::request(&[]), &resolved::Names);
            assert_eq!(plan.is_ok(), by != " /s " && part != "-", "{part}{by}");
        }
        assert!(start.elapsed().as_secs() < 5, "{part}{by}: {:?}", start.elapsed());
        assert_eq!(parsed.is_ok(), part != "NOT", "{part}{by}");
    }
}
