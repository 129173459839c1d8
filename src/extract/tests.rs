//! What rules find in short invented texts, through the front door.

use super::*;
use crate::{
    article::{Origin, Passage},
    error::ErrorKind,
    settings::Settings,
};

/// An article of one paragraph, or of several between blank lines.
fn article(text: &str, fill: impl FnOnce(&mut Draft), settings: &str) -> Article {
    let passage = |(kind, text): (PartKind, &str)| Passage { kind, text: text.to_owned(), origin: Origin::on_line(1) };
    let (title, body) = text.split_once("\n===\n").unwrap_or(("", text));
    let passages = [(PartKind::Title, title), (PartKind::Body, body)].map(passage).into();
    let mut draft = Draft { passages, language: Some("en".to_owned()), ..Draft::default() };
    fill(&mut draft);
    let sources = Settings::parse(settings).unwrap().0.extract;
    let home = Home::new(Language::ENGLISH, Gazetteers::default(), sources).unwrap();
    extract(draft, "a.txt", "a".to_owned(), &home)
}

/// Names are never sought by rules alone where the settings ask for more.
#[test]
fn a_model_that_cannot_be_read_is_an_error() {
    let home = |model, recogniser| {
        let sources = Sources { recogniser, ..Sources::default() };
        Home::with_model(Language::ENGLISH, Gazetteers::default(), sources, model).map_err(|error| error.kind())
    };
    let cut = names::tagger::ENGLISH.split_last().unwrap().1;
    for broken in [b"".as_slice(), b"morgue names  0\n", cut] {
        assert_eq!(home(broken, Recogniser::Tagger).err(), Some(ErrorKind::Damaged));
    }
    assert!(home(names::tagger::ENGLISH, Recogniser::Tagger).is_ok() && home(b"", Recogniser::Rules).is_ok());
}

/// The mentions of a kind as `surface=entity`, those of given names with a `!`.
fn shown(article: &Article, kind: EntityKind) -> Vec<String> {
    let of_kind = article.mentions.iter().filter(|mention| mention.kind == kind);
    let sign = |mention: &Mention| if mention.from == crate::entity::Evidence::Field { "!" } else { "" };
    of_kind.map(|mention| format!("{}={}{}", mention.surface, mention.entity, sign(mention))).collect()
}

fn check(kind: EntityKind, text: &str, expected: &[&str]) {
    let article = article(text, |_| {}, "");
    assert_eq!(shown(&article, kind), expected, "{text}");
    for mention in &article.mentions {
        assert_eq!(article.text.get(mention.span.clone()), Some(mention.surface.as_str()));
        assert!(mention.confidence > 0.0 && mention.confidence <= 1.0 && !mention.rule.is_empty());
    }
}

fn people(text: &str, expected: &[&str]) {
    check(EntityKind::Person, text, expected);
}

#[test]
fn people_are_known_by_names_titles_and_neighbours() {
    people("They met Nora Vell there.", &["Nora Vell=Nora Vell"]);
    people("They met President Orrinov there.", &["Orrinov=Orrinov (unresolved)"]);
    people("They met J. K. Vellmar there.", &["J. K. Vellmar=J. K. Vellmar"]);
    people("Talks with Ludwig van der Orrin went on.", &["Ludwig van der Orrin=Ludwig van der Orrin"]);
    people("A friend of Pope John Paul II spoke.", &["John Paul II=John Paul II"]);
    people("\"Never,\" said Tarkov, Norland's spokesman.", &["Tarkov=Tarkov (unresolved)"]);
    people("Minister of Defence Zorvan Tesk resigned.", &["Zorvan Tesk=Zorvan Tesk"]);
    people(
        "With Nora Vell, Zorvan Tesk and Ilm Orrin it went well.",
        &["Nora Vell=Nora Vell", "Zorvan Tesk=Zorvan Tesk", "Ilm Orrin=Ilm Orrin"],
    );
    people("The boat of Mary O’Brien’s son sank.", &["Mary O’Brien=Mary O’Brien"]);
    people("The march of Nora Luther King Jr. and others went on.", &["Nora Luther King Jr=Nora Luther King Jr"]);
    // What else is an organisation may end a name.
    people("They met Michael Bloomberg there.", &["Michael Bloomberg=Michael Bloomberg"]);
    // A sentence that names many is no headline.
    people(
        "They were led by Secretary of State Nora Vell and Prime Minister Paul Vell.",
        &["Nora Vell=Nora Vell", "Paul Vell=Paul Vell"],
    );
}

#[test]
fn who_writes_is_not_named() {
    let passage = |kind, text: &str| Passage { kind, text: text.to_owned(), origin: Origin::on_line(1) };
    let filled = |draft: &mut Draft| {
        draft.passages = vec![
            passage(PartKind::Subtitle, "By Nora Vell, court reporter"),
            passage(PartKind::Body, "They met Paul Vell there."),
        ];
    };
    let article = article("", filled, "");
    assert_eq!(shown(&article, EntityKind::Person), ["Paul Vell=Paul Vell"]);
    assert_eq!((shown(&article, EntityKind::Role).len(), article.authors), (0, vec!["Nora Vell".to_owned()]));
}

#[test]
fn capitals_alone_are_no_person() {
    for text in [
        "But Thursday was wet. The Ministry of Defence said so.",
        "Career Highlights\nBirth\nDetails\nPolitical Affiliation",
        "In May they went to New York and West Virginia.",
        "British Airways and Johnson & Marlow met near Kent Island.",
        "Trains to Nora Vell airport ran late.",
        "A deputy White House counsel warned of it.",
        "He was the editor-in-chief of The Washington Monthly.",
    ] {
        people(text, &[]);
    }
}

#[test]
fn names_belong_together_inside_an_article() {
    people(
        "Nora Vell came. Vell spoke, and Vell's boat left.",
        &["Nora Vell=Nora Vell", "Vell=Nora Vell", "Vell=Nora Vell"],
    );
    people("Nora Vell came. N. Vell left.", &["Nora Vell=Nora Vell", "N. Vell=Nora Vell"]);
    people(
        "Mr Vell met Mr Orrin. Vells boat and Vell.",
        &["Vell=Vell (unresolved)", "Orrin=Orrin (unresolved)", "Vells=Vell (unresolved)", "Vell=Vell (unresolved)"],
    );
    let two = "Nora Vell came.\n\nRain. Rain. Rain. Rain. Rain. Rain.\n\nPaul Vell left. Then Vell slept.\n\nRain. Rain. Rain. Rain. Rain.\n\nSo Vell said.";
    people(two, &["Nora Vell=Nora Vell", "Paul Vell=Paul Vell", "Vell=Paul Vell", "Vell=Vell (unresolved)"]);
    people("Mr Vell and Mrs Vell met Nora Vell.", &["Vell=Vell (unresolved)", "Vell=Nora Vell", "Nora Vell=Nora Vell"]);
    people(
        "Nora Vell won. Mr. Vell smiled. Kim Orrin came, Mr. Orrin said.",
        &["Nora Vell=Nora Vell", "Vell=Vell (unresolved)", "Kim Orrin=Kim Orrin", "Orrin=Kim Orrin"],
    );
    // What a title says outranks what the first name says.
    people(
        "Nora Vell came. Mr. Nora Vell smiled. Mr. Vell left, Mrs. Vell too.",
        &["Nora Vell=Nora Vell", "Nora Vell=Nora Vell", "Vell=Nora Vell", "Vell=Vell (unresolved)"],
    );
    people("VELL'S BOAT SINKS IN STORM\n===\nNora Vell was saved.", &["VELL=Nora Vell", "Nora Vell=Nora Vell"]);
}

#[test]
fn roles_are_told_of_people() {
    let check = |text: &str, role: Option<&str>, roles: &[&str]| {
        let article = article(text, |_| {}, "");
        let person = article.mentions.iter().find(|mention| mention.kind == EntityKind::Person);
        let person = person.unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (person.role.as_deref(), shown(&article, EntityKind::Role)),
            (role, roles.iter().map(|role| (*role).to_owned()).collect()),
            "{text}"
        );
    };
    check("The special envoy Nora Vell came.", Some("special envoy"), &["special envoy=special envoy"]);
    check("Norland's envoy, Nora Vell, came.", Some("envoy"), &["envoy=envoy"]);
    check("Nora Vell, a special envoy, came.", Some("special envoy"), &["special envoy=special envoy"]);
    check("Then Prime Minister Nora Vell came.", Some("prime minister"), &["Prime Minister=prime minister"]);
    check("He met then-President Nora Vell.", Some("president"), &["then-President=president"]);
    check("The ex-envoy Nora Vell came.", Some("ex-envoy"), &["ex-envoy=ex-envoy"]);
    check("Nora Vell, who met the envoy, came.", None, &[]);
}

#[test]
fn the_envoy_is_the_one_envoy() {
    let one = "The special envoy Nora Vell came. Later the envoy left.";
    people(one, &["Nora Vell=Nora Vell", "the envoy=Nora Vell"]);
    people(
        "The envoy Nora Vell met the envoy Paul Tarkov. Later the envoy left.",
        &["Nora Vell=Nora Vell", "Paul Tarkov=Paul Tarkov"],
    );
    people("The envoy slept. Then the envoy Nora Vell came.", &["Nora Vell=Nora Vell"]);
    let article = article(one, |_| {}, "");
    let inferred = article.mentions.iter().filter(|mention| mention.rule == "role" && mention.confidence <= 0.5);
    assert_eq!(inferred.count(), 2);
}

#[test]
fn organisations_are_known_by_their_words_and_less_sure() {
    let orgs = |text: &str, expected: &[&str]| check(EntityKind::Org, text, expected);
    let full = "the Norland Harbour Authority (NHA) met. The NHA said so.";
    orgs(
        full,
        &[
            "Norland Harbour Authority=Norland Harbour Authority",
            "NHA=Norland Harbour Authority",
            "NHA=Norland Harbour Authority",
        ],
    );
    orgs(
        "He left the Ministry of Foreign Affairs for Vell & Tarkov.",
        &["Ministry of Foreign Affairs=Ministry of Foreign Affairs", "Vell & Tarkov=Vell & Tarkov"],
    );
    orgs("A U.N. convoy and Interfax.", &["U.N.=U.N.", "Interfax=Interfax"]);
}

#[test]
fn given_names_win_as_the_settings_say() {
    let text = "Nora Vell met Paul Tarkov. Tarkov slept.";
    let given = |names: &[&str]| {
        let names = names.iter().map(|name| Name { name: (*name).to_owned(), ..Name::default() }).collect();
        move |draft: &mut Draft| draft.people = Some(names)
    };
    let check = |names: &[&str], settings: &str, expected: &[&str]| {
        assert_eq!(shown(&article(text, given(names), settings), EntityKind::Person), expected, "{names:?} {settings}");
    };
    check(&[], "", &[]);
    check(&["Nora Vell"], "", &["Nora Vell=Nora Vell!"]);
    check(
        &["paul-tarkov"],
        "[extract]\npeople = \"merge\"",
        &["Nora Vell=Nora Vell", "Paul Tarkov=paul-tarkov!", "Tarkov=paul-tarkov"],
    );
    check(
        &["Ilm Orrin"],
        "[extract]\npeople = \"text\"",
        &["Nora Vell=Nora Vell", "Paul Tarkov=Paul Tarkov", "Tarkov=Paul Tarkov"],
    );
    let article = article(text, given(&["Ilm Orrin"]), "[extract]\npeople = \"merge\"");
    assert_eq!(article.people, ["Ilm Orrin", "Nora Vell", "Paul Tarkov"]);
}

#[test]
fn a_thousand_more_who_came_with_it_change_nothing() {
    let text = "Nora Vell met Paul Tarkovski. Vell left. They met Mr. Orrinvel there. Ilm slept.";
    let own = ["Nora Tamsin Vell", "Paula Tarkovski", "Jan Orrinvell", "Ilm Moran"].map(str::to_owned);
    let shown_among = |more: usize| {
        let others = (0..more).map(|n| format!("Name{n} Surname{n}"));
        let names = others.chain(own.clone()).map(|name| Name { name, ..Name::default() }).collect();
        let fill = |draft: &mut Draft| draft.people = Some(names);
        shown(&article(text, fill, "[extract]\npeople = \"merge\""), EntityKind::Person)
    };
    let few = shown_among(0);
    assert!(few.contains(&"Orrinvel=Jan Orrinvell".to_owned()), "{few:?}");
    assert_eq!(shown_among(1500), few);
}

#[test]
fn other_languages_have_given_names_alone() {
    let article = article("Präsident Karl Vell kam.", |draft| draft.language = Some("de".to_owned()), "");
    assert_eq!(article.mentions, []);
}

proptest::proptest! {
    #[test]
    fn no_text_stops_extraction(text in "(([A-Z][a-z]{0,6}|Mr|the|of|envoy|said|U\\.S|'s|,|\\.|\n|\"|\\(|Nora|Vell|é|&|-|•) ?){0,40}") {
        let found = article(&text, |_| {}, "");
        let again = article(&text, |_| {}, "");
        proptest::prop_assert_eq!(&found, &again);
        for kind in [EntityKind::Person, EntityKind::Org, EntityKind::Role] {
            let of_kind: Vec<_> = found.mentions.iter().filter(|m| m.kind == kind && m.rule != "role").collect();
            proptest::prop_assert!(of_kind.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{of_kind:?}");
        }
    }
}

#[test]
fn a_given_date_is_sought_behind_any_number_of_its_likes() {
    let date = NamedDate { date: Date::parse("1985").unwrap(), text: Some("85".to_owned()) };
    let text = format!("{}and 85 ends.", "1985 ".repeat(found::MOST + 1));
    let article = article(&text, |draft| draft.dates = Some(vec![date.clone()]), "");
    assert_eq!(article.mentions.iter().map(|mention| mention.surface.as_str()).collect::<Vec<_>>(), ["85"]);
}

#[test]
fn names_beyond_number_are_not_taken() {
    let lists = ["U.S. ", "1985-03-03 "].map(|item| article(&item.repeat(found::MOST + 1), |_| {}, ""));
    for article in &lists {
        assert_eq!((article.mentions.len(), article.notes.len()), (0, 1));
        assert_eq!(
            article.notes[0].reason,
            "more than 200,000 names or dates in the text: none of them is taken from it"
        );
    }
    let named = |draft: &mut Draft| draft.orgs = Some(vec![Name { name: "Quay".to_owned(), ..Name::default() }]);
    let given = article(&"Quay ".repeat(found::MOST + 1), named, "");
    assert_eq!((given.mentions.len(), given.orgs.len(), given.notes.len()), (found::MOST, 1, 1));
    let reason = "its names and dates stand in the text more than 200,000 times: only the first are marked";
    assert_eq!(given.notes[0].reason, reason);
    let given = article(&"Quay ".repeat(found::MOST), named, "");
    assert_eq!((given.mentions.len(), given.notes.len()), (found::MOST, 0));
}

#[test]
fn in_a_volume_nothing_is_looked_for() {
    let sentence = "The bank of the river Ouse held, and Alan Prowse spoke.\n";
    let article = article(&sentence.repeat(found::LONGEST / sentence.len() + 1), |_| {}, "");
    assert_eq!(article.mentions, []);
    assert_eq!(article.notes[0].reason, "more than 4 MB of text: names and dates were not looked for in it");
}
