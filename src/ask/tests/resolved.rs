//! What queries and flags become in an archive of a few names, and what is said about it.

use crate::{
    ask::plan,
    date::{Date, parts_of},
    error::{ErrorKind, Result},
    field::Field,
    plan::{Candidate, DayRange, Expanded, Expansion, Filter, Node, Pattern, Plan, TextNode, Vocabulary},
    query::{FilterFlag, Request},
    text::fold_words,
};

/// Names with the articles that have them.
pub(super) struct Names;

const NAMES: &[(Field, &str, u64)] = &[
    (Field::Person, "Ada Moran", 12),
    (Field::Person, "Peter Moran", 3),
    (Field::Person, "Moran Hale", 1),
    (Field::Person, "Ines Quill", 7),
    (Field::Person, "Joe \"Kit\" Hall", 2),
    (Field::Place, "Marland/Lower Vale", 5),
    (Field::Place, "Marland/Lower Vale/Wick", 4),
    (Field::Org, "Vale Water", 2),
    (Field::Source, "Northern Courier", 9),
    (Field::Lang, "fr", 2),
    (Field::Lang, "de", 2),
    (Field::Id, "courier/1894/dock.txt", 1),
];

impl Vocabulary for Names {
    fn values(&self, field: Field, typed: &str) -> Result<Vec<Candidate>> {
        let typed_words = fold_words(typed);
        let of_field = || NAMES.iter().filter(|(of, _, _)| *of == field);
        let tiers: [&dyn Fn(&str) -> bool; 3] =
            [&|value| value == typed, &|value| fold_words(value) == typed_words, &|value| {
                typed_words.iter().all(|word| fold_words(value).contains(word))
            }];
        let found = tiers.iter().map(|fits| of_field().filter(|(_, value, _)| fits(value)).collect::<Vec<_>>());
        let found = found.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
        Ok(found
            .iter()
            .map(|(_, value, articles)| Candidate { value: (*value).to_owned(), articles: *articles })
            .collect())
    }

    fn nearest(&self, field: Field, _: &str, limit: usize) -> Result<Vec<Candidate>> {
        let of_field = NAMES.iter().filter(|(of, _, _)| *of == field).take(limit);
        Ok(of_field.map(|(_, value, articles)| Candidate { value: (*value).to_owned(), articles: *articles }).collect())
    }

    fn too_vague(&self, range: DayRange) -> Result<u64> {
        Ok(u64::from(range.from.is_some_and(|from| parts_of(from).0 == 1916)) * 4)
    }

    fn has_word(&self, form: &str) -> Result<bool> {
        Ok(form == "ceasefire")
    }

    fn splits(&self, form: &str) -> Result<Vec<Vec<String>>> {
        Ok(if form == "ceasefire" { vec![vec!["cease".to_owned(), "fire".to_owned()]] } else { Vec::new() })
    }

    fn expand(&self, _: &Expansion) -> Result<Expanded> {
        Ok(Expanded::default())
    }

    fn similar(&self, _: &str, _: usize) -> Result<Vec<Candidate>> {
        Ok(Vec::new())
    }
}

pub(super) fn request(args: &[&str]) -> Request {
    let args = args.iter().map(|arg| (*arg).to_owned()).collect();
    let today = Date::parse("2025-03-14").unwrap().from().unwrap();
    Request { args, any: false, exact: false, filters: Vec::new(), today }
}

fn flag(field: Field, value: &str) -> FilterFlag {
    FilterFlag { field, value: value.to_owned(), exclude: false }
}

fn planned(typed: &str) -> Plan {
    plan(&request(&[typed]), &Names).unwrap_or_else(|error| panic!("{typed}: {error}"))
}

fn days(range: &DayRange) -> String {
    let day = |day: Option<i32>| day.map(|day| Date::from_day(day).to_string()).unwrap_or_default();
    format!("{}..{}", day(range.from), day(range.to))
}

fn pattern(pattern: &Pattern) -> String {
    let all = |patterns: &[Pattern], by| patterns.iter().map(self::pattern).collect::<Vec<_>>().join(by);
    match pattern {
        Pattern::Word(word) => format!("{}{}", if word.exact { "=" } else { "" }, word.form),
        Pattern::Phrase(patterns) => format!("\"{}\"", all(patterns, " ")),
        Pattern::Or(patterns) => format!("<{}>", all(patterns, "|")),
        Pattern::In(parts, inner) => format!("{}@{parts:?}", self::pattern(inner)),
        other => format!("{other:?}"),
    }
}

fn text(node: &TextNode) -> String {
    pattern(&node.pattern)
}

fn shown(node: &Node) -> String {
    let all = |nodes: &[Node]| nodes.iter().map(shown).collect::<Vec<_>>().join(" ");
    match node {
        Node::Text(node) => text(node),
        Node::Any(nodes) => format!("any({})", nodes.iter().map(text).collect::<Vec<_>>().join(" ")),
        Node::Entity(node) => format!("{:?}{:?}", node.kind, node.names.clone().unwrap_or_default()),
        Node::Filter(Filter::Published(range)) => format!("Published {}", days(range)),
        Node::Filter(Filter::Mentioned { range, inside }) => format!("Mentioned {} {inside}", days(range)),
        Node::Filter(filter) => format!("{filter:?}"),
        Node::And(nodes) => format!("and({})", all(nodes)),
        Node::Or(nodes) => format!("or({})", all(nodes)),
        Node::Not(node) => format!("not({})", shown(node)),
        leaf => format!("{leaf:?}"),
    }
}

#[test]
fn a_query_becomes_conditions() {
    let check = |typed: &str, expected: &str| assert_eq!(shown(&planned(typed).root), expected, "{typed}");
    check("", "All");
    check("*", "All");
    check("* flood", "flood");
    check("-a b OR c", "and(not(a) or(b c))");
    check("-flood", "not(flood)");
    check("=Floods cease-fire", "and(=floods <ceasefire|\"cease fire\">)");
    check(
        "title:flood lead:\"old mill\" caption:x text:y",
        "and(flood@[Title] <\"old mill\"|oldmill>@[Lead] x@[Caption] y)",
    );
    check("person:moran", "Person[\"Ada Moran\", \"Peter Moran\", \"Moran Hale\"]");
    check("person:\"ada moran\"", "Person[\"Ada Moran\"]");
    check("person:Ada Moran", "Person[\"Ada Moran\"]");
    check("person:=\"Ada Moran\"", "Person[\"Ada Moran\"]");
    check("person:Ada flood", "and(Person[\"Ada Moran\"] flood)");
    check("person:quill,\"Ada Moran\",quill", "Person[\"Ines Quill\", \"Ada Moran\"]");
    check("person:(quill OR ada)", "or(Person[\"Ines Quill\"] Person[\"Ada Moran\"])");
    check("person:* person:any", "and(Person[] Person[])");
    check("place:vale", "Place[\"Marland/Lower Vale\"]");
    check("place:Marland/Lower/Wick/", "Place[\"Marland/Lower Vale/Wick\"]");
    check("source:courier lang:French", "and(Is(Source, [\"Northern Courier\"]) Is(Lang, [\"fr\"]))");
    check("lang:fr,de", "Is(Lang, [\"fr\", \"de\"])");
    check("path:./a/b/ url:example.org,x.org", "and(Under(Path, [\"a/b\"]) Under(Url, [\"example.org\", \"x.org\"]))");
    check("id:courier/1894/dock.txt", "Is(Id, [\"courier/1894/dock.txt\"])");
    check("words:>300 words:<5", "and(Words { from: Some(301), to: None } Words { from: None, to: Some(4) })");
    check("has:date no:person source:*", "and(Has(Published) not(Has(Person)) Has(Source))");
    check("extra.edition:Låte", "Extra { name: \"edition\", value: Some(\"late\") }");
}

#[test]
fn dates_become_days() {
    let check = |typed: &str, expected: &str| assert_eq!(shown(&planned(typed).root), expected, "{typed}");
    check("date:2024", "Published 2024-01-01..2024-12-31");
    check("date:1910s", "Published 1910-01-01..1919-12-31");
    check("date:2024-02..2025-03", "Published 2024-02-01..2025-03-31");
    check("date:>2024", "Published 2025-01-01..");
    check("date:<2024-05", "Published ..2024-04-30");
    check("date:>=2024-05", "Published 2024-05-01..");
    check("date:<=2024", "Published ..2024-12-31");
    check("date:2w", "Published 2025-02-28..2025-03-14");
    check("date:1y..yesterday", "Published 2024-03-14..2025-03-13");
    check("since:2024-05 until:2024", "and(Published 2024-05-01.. Published ..2024-12-31)");
    check("since:2w", "Published 2025-02-28..");
    check("mentioned:1985", "Mentioned 1985-01-01..1985-12-31 false");
    check("mentioned:=1985..1990", "Mentioned 1985-01-01..1990-12-31 true");
}

/// Typed, the faulty part, and something that the sentence, label or hint says.
const FAULTS: &[(&str, &str, &str)] = &[
    ("flood person:Moram", "Moram", "did you mean person:\"Ada Moran\" ?"),
    ("person:=Moran", "=Moran", "no person here is called"),
    ("person:=\"ada moran\"", "=\"ada moran\"", "no person here is called"),
    ("org:x tag:y", "x", "did you mean org:\"Vale Water\" ?"),
    ("tag:nothing", "nothing", "morgue facets tag"),
    ("date:2025..2024", "2025..2024", "did you mean published:2024..2025 ?"),
    ("words:9..3", "9..3", "did you mean words:3..9 ?"),
    ("burst W/5 dam", "W/5", "proximity (W/5) is not searched yet"),
    ("burst /s dam", "/s", "proximity (/s) is not searched yet"),
    ("ATLEAST/3(dam)", "ATLEAST/3", "not searched yet"),
    ("flood dam^2", "^2", "a weight is not searched yet"),
    ("flood*", "flood*", "a prefix (flood*) is not searched yet"),
    ("title:fl?od", "fl?od", "not searched yet"),
    ("person:Mor*", "Mor*", "not searched yet"),
    ("flood~", "flood~", "not searched yet"),
    ("/floo+d/", "/floo+d/", "not searched yet"),
    ("\"burst dam\"~5", "\"burst dam\"~5", "not searched yet"),
    ("\"burst da\"*", "\"burst da\"*", "not searched yet"),
    ("story:12", "12", "not searched yet"),
    ("…", "…", "holds no word"),
    ("- -\"!\"", "- -\"!\"", "holds no word"),
];

#[test]
fn what_cannot_be_answered_is_pointed_at() {
    for (typed, part, says) in FAULTS {
        let error = plan(&request(&[typed]), &Names).expect_err(typed);
        let fault = error.fault().expect(typed);
        assert_eq!(typed.get(fault.span.clone()), Some(*part), "{typed}");
        let said = format!("{error} · {} · {}", fault.label, error.way_out().unwrap_or_default());
        assert!(said.contains(says), "{typed}: {said}");
    }
}

#[test]
fn what_was_decided_is_noted() {
    let check = |typed: &str, expected: &[&str]| assert_eq!(planned(typed).notes, expected, "{typed}");
    let people = "“moran” is 3 people: Ada Moran 12, Peter Moran 3, Moran Hale 1: add person:\"Ada Moran\" to choose";
    check("person:moran", &[people]);
    check("flood … dam", &["“…” holds no word"]);
    check("flood OR \"!\"", &["“\"!\"” holds no word"]);
    check("date:1916", &["4 articles are dated too vaguely to say whether they belong to published:1916"]);
    check("flood person:quill", &[]);
    let notes = planned("person:Ada Moran").notes;
    assert!(notes.len() == 1 && notes.iter().all(|note| note.starts_with("read as person:\"Ada Moran\"")), "{notes:?}");
}

#[test]
fn flags_make_groups() {
    let mut asked = request(&["flood OR dam"]);
    asked.filters = vec![
        flag(Field::Until, "2025"),
        flag(Field::Person, "Ada Moran"),
        flag(Field::Since, "1916"),
        flag(Field::Person, "quill"),
        FilterFlag { exclude: true, ..flag(Field::Source, "northern courier") },
    ];
    let plan = super::super::plan(&asked, &Names).unwrap();
    assert_eq!(shown(&plan.root), "and(or(flood dam) not(Is(Source, [\"Northern Courier\"])))");
    let groups: Vec<String> =
        plan.groups.iter().map(|group| format!("{:?}: {}", group.field, shown(&group.node))).collect();
    assert_eq!(
        groups,
        ["Person: Person[\"Ada Moran\", \"Ines Quill\"]", "Published: Published 1916-01-01..2025-12-31"]
    );
    let read_as = "(flood OR dam) person:\"Ada Moran\",quill since:1916 until:2025 -source:\"northern courier\"";
    assert_eq!(plan.read_as, read_as);
    assert_eq!(plan.notes, ["4 articles are dated too vaguely to say whether they belong to since:1916 until:2025"]);
}

#[test]
fn a_flag_is_refused_without_a_place() {
    let check = |field: Field, value: &str, says: &str| {
        let mut asked = request(&[]);
        asked.filters.push(flag(field, value));
        let error = plan(&asked, &Names).expect_err(value);
        assert_eq!((error.kind(), error.fault()), (ErrorKind::Query, None), "{value}");
        let said = format!("{error} · {}", error.way_out().unwrap_or_default());
        assert!(said.contains(says), "{value}: {said}");
    };
    check(Field::Person, "Moram, Ada", "did you mean person:\"Ada Moran\" ?");
    check(Field::Person, "*", "no person here is called “*”");
    check(Field::Since, "2024-13", "--since: “2024-13” is no date · a date is");
    check(Field::Tag, " ", "--tag needs a value");
}

#[test]
fn any_takes_words_literally() {
    let mut asked = request(&["Did person:moran", "see the US -dam OR the \"dam\"?"]);
    asked.any = true;
    let found = plan(&asked, &Names).unwrap();
    assert_eq!(shown(&found.root), "any(did person moran see the US dam OR)");
    assert_eq!(found.read_as, "Did person moran see the US dam OR");
    asked.exact = true;
    assert_eq!(plan(&asked, &Names).unwrap().read_as, "=Did =person =moran =see =the =US =dam =OR");
    asked.args = vec!["?!".to_owned()];
    assert!(plan(&asked, &Names).is_err());
}

#[test]
fn what_reads_the_same_prints_the_same() {
    let check = |args: &[&str], expected: &str| assert_eq!(plan(&request(args), &Names).unwrap().read_as, expected);
    check(&[], "");
    check(&["flood AND dam"], "flood dam");
    check(&["flood", "burst dam"], "flood \"burst dam\"");
    check(&["person:Ada Moran", "flood"], "person:\"Ada Moran\" flood");
    check(&["who:(quill OR ada)"], "person:quill OR person:ada");
    let mut flagged = request(&[]);
    flagged.filters.push(flag(Field::Lang, "fr"));
    assert_eq!(plan(&flagged, &Names).unwrap().read_as, "lang:fr");
    let mut exact = request(&["floods \"old mill\" -=dam"]);
    exact.exact = true;
    assert_eq!(plan(&exact, &Names).unwrap().read_as, "=floods =\"old mill\" -=dam");
    assert_eq!(shown(&plan(&exact, &Names).unwrap().root), "and(=floods <\"=old =mill\"|=oldmill> not(=dam))");
}
