//! What queries and flags become in an archive of a few names, and what is said about it.

use super::alike::alike;
use crate::{
    ask::plan,
    date::{Date, parts_of},
    error::{Error, ErrorKind, Result},
    field::Field,
    plan::{
        Candidate, DayRange, Expanded, Expansion, Filter, LyingIn, Node, Pattern, Plan, Spelling, TextNode, Vocabulary,
        WordPattern,
    },
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
        Ok(found.iter().map(|(_, value, articles)| candidate(value, *articles)).collect())
    }

    fn nearest(&self, field: Field, _: &str, limit: usize) -> Result<Vec<Candidate>> {
        Ok(names(field).take(limit).collect())
    }

    fn alike(&self, field: Field, steps: &[Vec<Expansion>]) -> Result<Vec<Candidate>> {
        alike(field, steps)
    }

    fn lying_in(&self, places: &[String]) -> Result<LyingIn> {
        let is_asked = places.iter().any(|place| place == "Marland/Lower Vale");
        let names = |name: &str| if is_asked { vec![name.to_owned()] } else { Vec::new() };
        Ok(LyingIn { surely: names("Hythe Bridge"), partly: names("Wick End") })
    }

    fn too_vague(&self, range: DayRange) -> Result<u64> {
        Ok(u64::from(range.from.is_some_and(|from| parts_of(from).0 == 1916)) * 4)
    }

    fn has_word(&self, word: &WordPattern) -> Result<bool> {
        Ok(["ceasefire", "firebreak", "aa", "doortodoor"].contains(&word.form.as_str()))
    }

    fn splits(&self, form: &str) -> Result<Vec<Vec<String>>> {
        Ok(if form == "ceasefire" { vec![vec!["cease".to_owned(), "fire".to_owned()]] } else { Vec::new() })
    }

    fn expand(&self, expansion: &Expansion) -> Result<Expanded> {
        let begins = |word: &&&str| word.starts_with(expansion.text.trim_end_matches('*'));
        let words: Vec<Candidate> = match expansion.spelling {
            Spelling::Regex if expansion.text.contains("(?") => {
                return Err(Error::new(ErrorKind::Query, "this regular expression cannot be understood"));
            }
            _ => ["flood", "floods", "flooding"].iter().filter(begins).map(|word| candidate(word, 2)).collect(),
        };
        let total = if expansion.text == "f" { 23_113 } else { words.len() as u64 };
        Ok(Expanded { words, total })
    }

    fn similar(&self, form: &str, limit: usize) -> Result<Vec<Candidate>> {
        Ok(if form.starts_with("flo") { vec![candidate("flood", 2)] } else { Vec::new() }
            .into_iter()
            .take(limit)
            .collect())
    }
}

pub(super) fn names(field: Field) -> impl Iterator<Item = Candidate> {
    NAMES.iter().filter(move |(of, ..)| *of == field).map(|(_, value, articles)| candidate(value, *articles))
}

fn candidate(value: &str, articles: u64) -> Candidate {
    Candidate { value: value.to_owned(), articles }
}

pub(super) fn request(args: &[&str]) -> Request {
    let args = args.iter().map(|arg| (*arg).to_owned()).collect();
    let today = Date::parse("2025-03-14").unwrap().from().unwrap();
    Request { args, today, ..Request::default() }
}

fn flag(field: Field, value: &str) -> FilterFlag {
    FilterFlag { field, value: value.to_owned(), exclude: false }
}

pub(super) fn planned(typed: &str) -> Plan {
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
        Pattern::Expand(expansion) => format!("{:?}[{}]", expansion.spelling, expansion.text),
        Pattern::Loose { words, slop } => format!("\"{}\"~{slop}", all(words, " ")),
        Pattern::Near(near) => {
            format!("[{} {:?} {}]", self::pattern(&near.left), near.reach, self::pattern(&near.right))
        }
        Pattern::Entity(entity) => format!("{:?}{:?}", entity.kind, entity.names.clone().unwrap_or_default()),
    }
}

fn text(node: &TextNode) -> String {
    let times = if node.at_least > 1 { format!("{}×", node.at_least) } else { String::new() };
    let weight = if node.boost == 1.0 { String::new() } else { format!("^{}", node.boost) };
    format!("{times}{}{weight}", pattern(&node.pattern))
}

pub(super) fn shown(node: &Node) -> String {
    let all = |nodes: &[Node]| nodes.iter().map(shown).collect::<Vec<_>>().join(" ");
    match node {
        Node::Text(node) => text(node),
        Node::Any(question) => {
            let texts = |nodes: &[TextNode]| nodes.iter().map(text).collect::<Vec<_>>().join(" ");
            format!("any({} | {} | {})", texts(&question.words), texts(&question.small), texts(&question.pairs))
        }
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
    check("place:vale", "Place[\"Marland/Lower Vale\", \"Hythe Bridge\"]");
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
fn operators_become_patterns() {
    let check = |typed: &str, expected: &str| assert_eq!(shown(&planned(typed).root), expected, "{typed}");
    check("a W/5 b", "[a Within(5) b]");
    check("a w/5 b PRE/3 c", "[[a Within(5) b] Before(3) c]");
    check("a /s (b /p c) NOT W/2 d", "[[a Sentence [b Paragraph c]] NotWithin(2) d]");
    check(
        "(a OR \"b c\") NEAR (person:quill OR person:ada)",
        "[<a|<\"b c\"|bc>> Within(10) <Person[\"Ines Quill\"]|Person[\"Ada Moran\"]>]",
    );
    check("person:any W/10 ceasefire", "[Person[] Within(10) <ceasefire|\"cease fire\">]");
    check("envoy /s place:vale", "[envoy Sentence Place[\"Marland/Lower Vale\", \"Hythe Bridge\"]]");
    check("title:a W/2 lead:b,c", "[a@[Title] Within(2) <b@[Lead]|c@[Lead]>]");
    check("(a W/5 b) c", "and([a Within(5) b] c)");
    check("=a W/5 flo*", "[=a Within(5) Prefix[flo]]");
    check("ATLEAST/3(dam OR weir)", "3×<dam|weir>");
    check("ATLEAST/2(person:quill) ATLEAST/2(a W/3 b)", "and(2×Person[\"Ines Quill\"] 2×[a Within(3) b])");
    check("flood^2 (dam -weir a)^3", "and(flood^2 and(dam^3 not(weir) a^3))");
    check("(flood^2 dam)^3", "and(flood^6 dam^3)");
    check("ATLEAST/3(dam)^2", "3×dam^2");
}

#[test]
fn spellings_become_expansions() {
    let check = |typed: &str, expected: &str| assert_eq!(shown(&planned(typed).root), expected, "{typed}");
    check("flo*", "Prefix[flo]");
    check("O'Br* Cease-f*", "and(Prefix[obr] Prefix[ceasef])");
    check("12:3*", "\"12 Prefix[3]\"");
    check("Flo?d fl*d *d", "and(Wildcard[flo?d] Wildcard[fl*d] Wildcard[*d])");
    check("cease-f?re x/y?z", "and(Wildcard[ceasef?re] \"x Wildcard[y?z]\")");
    check("Witkóf~ flod~2", "and(Fuzzy(1)[witkof] Fuzzy(2)[flod])");
    check("/flood(s|é)?/", "Regex[flood(s|e)?]");
    check("title:flo*", "Prefix[flo]@[Title]");
    check("\"burst da\"*", "\"burst Prefix[da]\"");
    check("\"da\"*", "Prefix[da]");
    check("\"burst da\"~3*", "\"burst Prefix[da]\"~3");
}

#[test]
fn hyphens_make_no_difference() {
    let check = |typed: &str, expected: &str| assert_eq!(shown(&planned(typed).root), expected, "{typed}");
    check("ceasefire", "<ceasefire|\"cease fire\">");
    check("=ceasefire", "<=ceasefire|\"=cease =fire\">");
    check("\"the cease fire talks\"", "\"the <\"cease fire\"|ceasefire> talks\"");
    check("\"the ceasefire talks\"", "\"the <ceasefire|\"cease fire\"> talks\"");
    check("\"cease fire break\"", "<\"cease fire break\"|\"cease firebreak\"|\"ceasefire break\">");
    check("\"door to door salesman\"", "\"<\"door to door\"|doortodoor> salesman\"");
    check("\"old mill\"", "<\"old mill\"|oldmill>");
    check("\"the old mill\"", "\"the old mill\"");
    check("\"US mill\"", "\"US mill\"");
    check("\"cease fire\"~2", "\"cease fire\"~2");
    check("\"AR 15\"", "<\"<AR|ar> 15\"|ar15>");
    check("\"9/11\"", "\"9 11\"");
    let long = planned(&format!("\"{}\"", ["a"; 20].join(" ")));
    assert_eq!(long.notes, ["only 9 words in a row are also sought with some of them in one"]);
    assert!(matches!(long.root, Node::Text(TextNode { pattern: Pattern::Phrase(steps), .. }) if steps.len() == 3));
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
    ("(a AND b) W/5 c", "a AND b", "write (a W/5 c) (b W/5 c)"),
    ("c PRE/5 (a b) /s d", "a b", "write (c PRE/5 a /s d) (c PRE/5 b /s d)"),
    ("(a OR (b c)) W/5 d", "b c", "write (b W/5 d) (c W/5 d)"),
    ("dam W/5 source:courier", "source:courier", "put it outside"),
    ("dam W/5 date:2024", "date:2024", "asks for whole articles"),
    ("has:place /s dam", "has:place", "put it outside"),
    ("dam W/5 no:place", "no:place", "put it outside"),
    ("dam W/5 title:*", "title:*", "put it outside"),
    ("dam^2 W/5 gate", "^2", "write (dam W/5 gate)^2"),
    ("dam W/5 ATLEAST/2(gate)", "ATLEAST/2", "ATLEAST cannot stand in a proximity"),
    ("dam W/5 *", "W/5", "every article"),
    ("dam W/5 (a -b)", "a -b", "an exclusion cannot stand in a proximity"),
    ("dam W/5 …", "…", "needs a word on both sides"),
    ("ATLEAST/3(dam gate)", "dam gate", "write ATLEAST/3(dam) ATLEAST/3(gate)"),
    ("ATLEAST/3(-dam)", "dam", "an exclusion cannot stand in a number of times"),
    ("ATLEAST/3(dam^2)", "^2", "write (ATLEAST/3(dam))^2"),
    ("ATLEAST/3(lang:fr)", "lang:fr", "asks for whole articles"),
    ("ATLEAST/3(*)", "ATLEAST/3", "every article"),
    ("person:Zz*", "Zz*", "no person here is called “Zz*”"),
    ("/(?x/", "/(?x/", "cannot be understood"),
    ("12:30~", "12:30~", "write the words apart, each with its own: 12~ 30~"),
    ("中*国", "中*国", "holds no letter"),
    ("\"a b c d e f g h i j k l m\"~5", "\"a b c d e f g h i j k l m\"~5", "12 is the most"),
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
    check("flod* flod*", &["no word here is spelled flod*; near it: flood"]);
    check("x?z", &["no word here is spelled x?z"]);
    check("flo*", &[]);
    check("f*", &["f* stands for 23,113 words; the 3 in most articles are searched"]);
    check("source:courier^2", &["a weight changes nothing on source:courier"]);
    check("\"flo* dam\"", &["“*” inside quotes is punctuation; for a last word that begins so: \"flo dam\"*"]);
    check("title:\"fl?od\"", &["“?” inside quotes is punctuation"]);
    check("\"who is he?\"", &[]);
    let first = |typed: &str| planned(typed).notes.remove(0);
    assert_eq!(first("place:Marland/Lower"), "“Marland/Lower” is read as Marland/Lower Vale");
    assert!(first("place:\"marland/lower vale\"").starts_with("“marland/lower vale” also holds"));
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
fn what_reads_the_same_prints_the_same() {
    let check = |args: &[&str], expected: &str| assert_eq!(plan(&request(args), &Names).unwrap().read_as, expected);
    check(&[], "");
    check(&["flood AND dam"], "flood dam");
    check(&["flood", "burst dam"], "flood \"burst dam\"");
    check(&["person:Ada Moran", "flood"], "person:\"Ada Moran\" flood");
    check(&["who:(quill OR ada)"], "person:quill OR person:ada");
    check(&["title:l~,799"], "title:l~1,799");
    check(&["title:l~1,799"], "title:l~1,799");
    check(&["title:1,799"], "title:1,799");
    let mut flagged = request(&[]);
    flagged.filters.push(flag(Field::Lang, "fr"));
    assert_eq!(plan(&flagged, &Names).unwrap().read_as, "lang:fr");
    let mut exact = request(&["floods \"old mill\" -=dam"]);
    exact.exact = true;
    assert_eq!(plan(&exact, &Names).unwrap().read_as, "=floods =\"old mill\" -=dam");
    assert_eq!(shown(&plan(&exact, &Names).unwrap().root), "and(=floods <\"=old =mill\"|=oldmill> not(=dam))");
}
