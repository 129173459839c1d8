//! Guessing a text's language: stop words first, trigrams only where those leave it open; of a few words by a script that the
//! home language does not write, or by function words that leave no doubt.
//!
//! It looks at the beginning only, and of Latin letters it prefers silence to a wrong answer.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use super::{Language, script};
use crate::text::{
    fold, head,
    small_word::{by_word, languages_by_small_words},
};

/// Fewer words tell too little.
const FEWEST_WORDS: usize = 40;
/// Bytes looked at for stop words.
const GLANCE: usize = 600;
/// Bytes looked at for trigrams.
const LOOK: usize = 1000;

/// Frequent words of the languages most often met; a word that several of them share is left out.
const STOP_WORDS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "the", "of", "and", "to", "that", "is", "was", "for", "with", "his", "by", "from", "has", "had", "its",
            "it", "this", "are", "said", "have", "which", "will", "were", "they", "who", "not", "be",
        ],
    ),
    ("de", &["der", "die", "und", "das", "nicht", "mit", "von", "dem", "ist", "sich", "auf", "auch", "wird", "zu"]),
    ("fr", &["le", "les", "et", "des", "une", "est", "dans", "pour", "qui", "du", "pas", "sur", "au", "aux", "avec"]),
    ("es", &["el", "los", "las", "y", "una", "por", "con", "del", "su", "lo", "pero", "como", "más", "fue", "ha"]),
    ("pt", &["os", "uma", "não", "em", "do", "da", "dos", "das", "com", "ao", "mais", "foi", "na", "no", "pela"]),
    ("it", &["il", "di", "che", "della", "gli", "non", "è", "per", "sono", "nel", "alla", "con", "dei", "anche", "ha"]),
    ("nl", &["het", "een", "van", "niet", "dat", "voor", "zijn", "met", "ook", "aan", "werd", "bij", "naar", "en"]),
    ("sv", &["och", "att", "är", "inte", "till", "ett", "för", "från", "också", "hade", "efter", "mycket"]),
    (
        "da",
        &[
            "og", "det", "er", "til", "på", "ikke", "også", "fra", "som", "at", "den", "et", "for", "i", "har", "af",
            "blev", "efter", "mod", "nogle", "siger", "sagde", "havde", "uden",
        ],
    ),
    (
        "nb",
        &[
            "og", "det", "er", "til", "på", "ikke", "også", "fra", "som", "at", "den", "et", "for", "i", "har", "av",
            "ble", "etter", "mot", "noen", "sier", "sa", "hadde", "uten",
        ],
    ),
    ("ru", &["и", "в", "что", "как", "это", "для", "из", "он", "был", "его", "были", "также", "года", "с"]),
    ("uk", &["і", "та", "що", "не", "на", "у", "з", "до", "як", "це", "для", "від", "його", "був", "за"]),
    ("pl", &["w", "nie", "na", "się", "że", "jest", "do", "to", "jak", "przez", "oraz", "był", "dla", "po"]),
    ("tr", &["ve", "bir", "bu", "için", "ile", "olarak", "da", "de", "çok", "daha", "olan", "gibi", "ne", "kadar"]),
];

/// The bytes of the longest of them: most words need not be looked up.
const LONGEST_STOP_WORD: usize = 10;

/// Languages whose stop words are the same but for a few.
const SIBLINGS: [&str; 2] = ["da", "nb"];

/// The language of `text`, or `None` when it leaves doubt; fewer than 40 words tell it only by their script or by
/// function words that leave no doubt.
///
/// `home` is the archive's language and is tried first.
pub fn detect(text: &str, home: Language) -> Option<Language> {
    if !has_enough_words(text) {
        return script::by_script(text, home).or_else(|| by_few_words(text, home));
    }
    let glance = head(text, GLANCE).to_lowercase();
    let counts = Counts::of(letters(&glance));
    let by_words = by_stop_words(&counts, home).or_else(|| by_trigrams(head(text, LOOK), &counts));
    by_words.or_else(|| script::by_script(head(text, LOOK), home))
}

fn has_enough_words(text: &str) -> bool {
    let mut words = 0;
    let mut inside = false;
    for c in text.chars() {
        let is_letter = c.is_alphabetic();
        // Scripts without blanks: a character for a word.
        if is_letter && (!inside || c >= '\u{2e80}') {
            words += 1;
        }
        inside = is_letter;
        if words >= FEWEST_WORDS {
            return true;
        }
    }
    false
}

/// How many of some words are stop words of each language, in the order of `STOP_WORDS`.
struct Counts {
    words: usize,
    stops: [usize; STOP_WORDS.len()],
}

/// Each stop word, with a bit for each language that has it.
static LANGUAGES_OF: LazyLock<HashMap<&str, u32>> =
    LazyLock::new(|| by_word(STOP_WORDS.iter().map(|(_, stops)| stops.iter().copied())));

impl Counts {
    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut counts = Self { words: 0, stops: [0; STOP_WORDS.len()] };
        for word in words {
            counts.words += 1;
            let is_short = word.len() <= LONGEST_STOP_WORD;
            let languages = if is_short { LANGUAGES_OF.get(word).copied().unwrap_or_default() } else { 0 };
            if languages != 0 {
                let has = |number: usize| usize::from(languages >> number & 1 == 1);
                counts.stops.iter_mut().enumerate().for_each(|(number, count)| *count += has(number));
            }
        }
        counts
    }

    /// Those of one language, where its stop words are known.
    fn of_language(&self, language: Language) -> Option<usize> {
        let number = STOP_WORDS.iter().position(|(tag, _)| *tag == language.tag())?;
        self.stops.get(number).copied()
    }
}

/// The home language if 15 % of the words are its stop words, else the one of at least a sixth of them (for the home language
/// a twelfth) that no other comes near half of; the home language also if it has a twentieth, and no other a third of that.
fn by_stop_words(counts: &Counts, home: Language) -> Option<Language> {
    if counts.of_language(home).is_some_and(|at_home| 20 * at_home >= 3 * counts.words) {
        return Some(home);
    }
    let mut ranked: Vec<(usize, &str)> = counts.stops.iter().copied().zip(STOP_WORDS.iter().map(|row| row.0)).collect();
    ranked.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
    let &(best, tag) = ranked.first()?;
    // Danish and Norwegian share most words: two of their own tell them apart.
    let is_sibling =
        |(count, other): &&(usize, &str)| SIBLINGS.contains(&tag) && SIBLINGS.contains(other) && best > count + 1;
    let second = ranked.iter().skip(1).find(|other| !is_sibling(other))?.0;
    let is_home = tag == home.tag();
    let is_clear = best >= 6 && best >= 2 * second + 2;
    let share = if is_home { 12 } else { 6 };
    // Tables and lists at home: trigrams find all sorts of languages in them.
    let is_at_home = is_home && best >= 3 && best >= 3 * second && 20 * best >= counts.words;
    if is_at_home || is_clear && share * best >= counts.words { Language::from_tag(tag) } else { None }
}

/// The language of whose function words there are at least four different ones, a third of all different words, more than of any
/// other and three times as many as of the home language.
fn by_few_words(text: &str, home: Language) -> Option<Language> {
    let text = fold(text);
    let distinct: BTreeSet<&str> = letters(&text).collect();
    let ranked = languages_by_small_words(distinct.iter().copied());
    let (&(best, language), &(second, _)) = (ranked.first()?, ranked.get(1)?);
    let at_home = ranked.iter().find(|(_, language)| *language == home).map_or(0, |(count, _)| *count);
    let is_clear = best >= 4 && best >= second + 2 && (language == home || best >= 3 * at_home);
    (is_clear && 3 * best >= distinct.len()).then_some(language)
}

/// What the trigrams say, unless it is a language whose stop words are missing: then the text is a list of names.
fn by_trigrams(text: &str, counts: &Counts) -> Option<Language> {
    let guess = whatlang::detect(text).filter(whatlang::Info::is_reliable)?;
    let language = Language::from_tag(guess.lang().code())?;
    let is_likely = counts.of_language(language).is_none_or(|stops| 20 * stops >= counts.words);
    is_likely.then_some(language)
}

fn letters(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "The harbour master said on Tuesday that the ferry had left the pier with its lights out and \
        that nobody was to blame for the collision, which sank a small boat near the breakwater. A spokesman for the \
        company said that it was looking into the matter and would publish its findings by the end of the month.";
    const GERMAN: &str = "Der Hafenmeister sagte am Dienstag, die Fähre habe den Anleger ohne Licht verlassen und \
        niemand sei an dem Unfall schuld, bei dem ein kleines Boot nicht weit von der Mole gesunken ist. Ein Sprecher \
        der Reederei sagte, man untersuche den Fall und werde das Ergebnis auch noch vor dem Ende des Monats melden.";
    const FINNISH: &str = "Satamapäällikkö sanoi tiistaina, että lautta oli lähtenyt laiturista ilman valoja eikä \
        kukaan ollut syyllinen törmäykseen, jossa pieni vene upposi aallonmurtajan lähellä. Yhtiön edustajan mukaan \
        asiaa tutkitaan parhaillaan ja tulokset julkaistaan ennen kuun loppua, kun kaikki todistajat on kuultu ja \
        aluksen laitteet tarkastettu huolellisesti satamassa viranomaisten valvonnassa ensi viikolla.";
    const DANISH: &str = "Havnemesteren sagde tirsdag, at færgen havde forladt molen uden lys, og at ingen var skyld i \
        sammenstødet, som sænkede en lille båd nær bølgebryderen. En talsmand for rederiet sagde, at man \
        undersøger sagen og vil offentliggøre resultatet inden udgangen af måneden. Maleriet blev fundet i en \
        kælder i går aftes.";
    const NORWEGIAN: &str = "Havnesjefen sa tirsdag at fergen hadde forlatt kaien uten lys, og at ingen hadde skylden for \
        sammenstøtet, som senket en liten båt nær moloen. En talsmann for rederiet sa at de undersøker saken og \
        vil offentliggjøre resultatet før utgangen av måneden. Maleriet ble funnet i en kjeller i går kveld.";
    const SWEDISH: &str = "Hamnchefen sade i tisdags att färjan hade lämnat kajen utan ljus och att ingen bar skulden för \
        kollisionen, som sänkte en liten båt nära vågbrytaren. En talesman för rederiet sade att man undersöker \
        saken och kommer att offentliggöra resultatet före månadens slut. Tavlan hittades i en källare i går \
        kväll.";
    const RESULTS: &str = "Shr 41 cts vs 1.78 dlrs, Net 33.5 mln vs 120.9 mln, Revs 615.5 mln vs 536.0 mln. Note: 1986 net \
        includes 95 mln dlr or 1.20 dlr shr writedown of stake in Harbour Dredging Ltd vs yr-ago extraordinary loss of \
        12 cts shr, net fig to come. Avg shrs 2.4 mln vs 2.3 mln.";
    const JAPANESE: &str = "港の責任者は火曜日に、フェリーが灯火をつけずに桟橋を離れ、防波堤の近くで小さな船が沈んだ衝突について誰にも責任はないと述べた。会社の広報担当者は調査を進めていると話した。";

    #[test]
    fn no_stop_word_is_too_long_to_be_looked_up() {
        let longest = STOP_WORDS.iter().flat_map(|(_, words)| words.iter().map(|word| word.len())).max();
        assert_eq!(longest, Some(LONGEST_STOP_WORD));
    }

    #[test]
    fn detects() {
        let check = |text: &str, home: &str, expected: Option<&str>| {
            let home = Language::from_tag(home).unwrap();
            assert_eq!(detect(text, home), expected.and_then(Language::from_tag), "{text:.40}");
        };
        check(ENGLISH, "en", Some("en"));
        check(ENGLISH, "de", Some("en"));
        check(GERMAN, "en", Some("de"));
        check(FINNISH, "en", Some("fi"));
        check(JAPANESE, "en", Some("ja"));
        check(DANISH, "en", Some("da"));
        check(NORWEGIAN, "en", Some("nb"));
        check(SWEDISH, "en", Some("sv"));
        check("The harbour master said that the ferry had left.", "de", Some("en"));
        check("Der Hafenmeister sagte, dass die Fähre nicht mit dem Boot auf der Reede lag.", "en", Some("de"));
        check("Die Hard, Die Another Day und Live and Let Die", "en", None);
        check("The talks of Van der Beek with Von der Leyen and De la Cruz", "en", None);
        check("港の責任者は火曜日に話した。", "en", Some("ja"));
        check("항만 책임자는 화요일에 여객선이 불을 끄고 부두를 떠났다고 말했다.", "en", Some("ko"));
        check("대표단은 협정에 서명했다", "en", Some("ko"));
        check("港口负责人星期二发表讲话", "en", Some("zh"));
        check("Ο λιμενάρχης μίλησε την Τρίτη.", "en", Some("el"));
        check("The headline was Ο λιμενάρχης μίλησε.", "en", None);
        check("Говорил начальник порта.", "en", Some("ru"));
        check("Говорил начальник порта.", "uk", None);
        check("The headline was Говорил начальник порта.", "en", None);
        check(&"1985 ... 1,204 -- 77 ".repeat(30), "en", None);
        check(&"Smith 4, Jones 3, Brown 2, Miller 0; ".repeat(20), "en", None);
        check(
            "Ajax 3 Feyenoord 1, Twente 0 Utrecht 2, Heerenveen 4 Vitesse 4, Groningen 1 Breda 2, ".repeat(6).as_str(),
            "en",
            None,
        );
        check(RESULTS, "en", Some("en"));
        check(RESULTS, "de", None);
        check("", "en", None);
    }
}
