//! Function words: what holds sentences together and says nothing about what a text is about.
//!
//! Lists of closed classes (articles, pronouns, prepositions, conjunctions, auxiliaries), folded and without apostrophes. They never keep a word
//! from being searched.

use std::{collections::HashMap, sync::LazyLock};

use super::Language;

/// Each function word, with a bit for each language that has it, in the order of `LISTS`.
static LANGUAGES_OF: LazyLock<HashMap<&str, u32>> =
    LazyLock::new(|| by_word(LISTS.iter().map(|(_, words)| words.split_ascii_whitespace())));

/// Each word of some lists, with a bit for each list that has it, the first list's the lowest.
pub(super) fn by_word<'w>(lists: impl Iterator<Item = impl Iterator<Item = &'w str>>) -> HashMap<&'w str, u32> {
    let mut found: HashMap<&str, u32> = HashMap::new();
    for (number, words) in lists.enumerate() {
        words.for_each(|word| *found.entry(word).or_default() |= 1 << number);
    }
    found
}

/// Whether a folded word is a function word of its language, or a single letter. Languages without a list have none.
pub fn is_small_word(form: &str, language: Language) -> bool {
    let is_letter = form.len() == 1 && form.bytes().all(|byte| byte.is_ascii_alphabetic());
    let number = LISTS.iter().position(|(tag, _)| *tag == language.tag());
    let has = |number: usize| LANGUAGES_OF.get(form).is_some_and(|languages| languages >> number & 1 == 1);
    is_letter || number.is_some_and(has)
}

/// The languages with a list, each with how many of some folded words of two letters at least are among its function words;
/// the most first, English last of those with as many.
pub(super) fn languages_by_small_words<'w>(forms: impl Iterator<Item = &'w str>) -> Vec<(usize, Language)> {
    let mut counts = [0; LISTS.len()];
    for form in forms.filter(|form| form.len() > 1) {
        let languages = LANGUAGES_OF.get(form).copied().unwrap_or_default();
        counts.iter_mut().enumerate().for_each(|(number, count)| *count += (languages >> number & 1) as usize);
    }
    let known = |tag: &str| Language::from_tag(tag).unwrap_or(Language::ENGLISH);
    let tags = LISTS.iter().map(|(tag, _)| known(tag));
    let mut ranked: Vec<_> = counts.into_iter().zip(tags).rev().collect();
    ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    ranked
}

/// The language that has the most of these folded words among its function words; English where none has any.
pub fn language_by_small_words<'w>(forms: impl Iterator<Item = &'w str>) -> Language {
    let ranked = languages_by_small_words(forms);
    let most = ranked.first().map_or(0, |(count, _)| *count);
    ranked.iter().rev().find(|(count, _)| *count == most).map_or(Language::ENGLISH, |(_, language)| *language)
}

const LISTS: [(&str, &str); 8] = [
    (
        "en",
        "a about above after again against all almost already also although am among an and another any are arent as at \
         be because been before being below between both but by can cant cannot could couldnt did didnt do does \
         doesnt doing dont down during each either else even ever every few for from further had hadnt has hasnt have \
         havent having he her here hers herself him himself his how however i im ive if in into is isnt it its itself \
         just least less like many may me might more most much must my myself neither no nor not now of off on once one \
         only onto or other others our ours ourselves out over own per rather same shall she should shouldnt since so \
         some still such than that thats the their theirs them themselves then there these they theyre this those \
         though through thus to too toward towards under until up upon us very was wasnt we were were werent what when \
         where whether which while who whom whose why will with within without wont would wouldnt yet you your yours \
         yourself said says say",
    ),
    (
        "fr",
        "a afin ai ainsi apres au aucun aussi autre autres aux avait avant avec avoir c ce cela ces cet cette ceux chez \
         comme contre d dans de depuis des deux dit donc dont du elle elles en encore entre est et etaient etait ete etre \
         eux fait font il ils j je l la le les leur leurs lors lui m mais me meme meme moins n ne ni non nos notre nous on \
         ont ou par pas pendant peu peut plus pour pourquoi qu quand que quel quelle qui s sa sans se selon sera ses si \
         sont sous sur t ta te tout toute toutes tous tres tu un une vers vos votre vous y",
    ),
    (
        "de",
        "aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bin bis bist da damit \
         dann das dass dem den denn der des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine \
         einem einen einer eines er es etwa fur gegen habe haben hat hatte hatten hier ich ihm ihn ihnen ihr ihre ihrem \
         ihren ihrer im in ins ist ja jede jedem jeden jeder jedes kann kein keine konnen konnte mehr mit muss nach nicht \
         noch nun nur ob oder ohne sagte schon sehr sein seine seinem seinen seiner sich sie sind so soll sollen sollte \
         sondern uber um und uns unter vom von vor war waren warum was wegen weil welche wenn wer werden wie wieder will \
         wir wird wo wurde wurden zu zum zur zwischen",
    ),
    (
        "es",
        "a al algo ante antes asi aun aunque cada como con contra cual cuando de del desde dijo donde dos e el ella ellas \
         ellos en entre era eran es esa ese eso esta estaba estan estar este esto estos fue fueron ha habia han hasta hay \
         la las le les lo los mas me mi mientras mismo muy nada ni no nos nosotros o otra otras otro otros para pero poco \
         por porque pues que quien se sea segun ser si sido sin sobre son su sus tal tambien tan tanto te tiene tienen \
         todo todos tras tu un una uno unos y ya yo",
    ),
    (
        "it",
        "a ad agli ai al alla alle allo anche c che chi ci come con contro cui d da dal dalla dalle de degli dei del della \
         delle dello di dopo dove e ed era erano essere fra gli ha hanno ho i il in io l la le lei li lo loro lui ma mi nel \
         nella nelle no noi non o ogni per perche piu poi prima quale quando quella quelle quelli quello questa queste \
         questi questo qui se sei senza si sia sono sta stato su sua sue sugli sul sulla suo suoi ti tra tu tutti tutto un \
         una uno vi voi",
    ),
    (
        "nl",
        "aan al alle als bij daar dan dat de deze die dit doch doen door dus een en er ge geen had hadden heb hebben heeft \
         hem het hier hij hoe hun ik in is je kan kon kunnen maar me meer men met mij mijn na naar niet nog nu of om onder \
         ons ook op over reeds te tegen toch toen tot u uit uw van veel voor want waren was wat we werd werden wezen wie \
         wij wil worden wordt zal ze zei zelf zich zij zijn zo zonder zou zouden",
    ),
    (
        "pt",
        "a ao aos apos as ate cada com como contra da das de dele deles depois desde disse do dos e ela elas ele eles em \
         entre era eram essa esse esta este eu foi foram ha isso isto ja lhe mais mas me mesmo meu minha muito na nao nas \
         nem no nos nossa nosso num numa o os ou para pela pelas pelo pelos por porque quando que quem sao se segundo sem \
         ser sera seu seus sobre so sua suas tambem te tem tinha um uma voce",
    ),
    (
        "ru",
        "а без более бы был была были было быть в вам вас во вот все всего всех вы где да для до его ее если есть еще же за \
         и из или им их к как когда которая которые которыи кто ли мне мы на над нам нас не него нее нет ни них но о об он \
         она они оно от по под после при с свои со так также там то того тоже только том ты у уже чем что чтобы эта эти это \
         этого этои этом я",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_are_those_of_the_language() {
        let check = |form: &str, tag: &str, expected: bool| {
            assert_eq!(is_small_word(form, Language::from_tag(tag).unwrap()), expected, "{tag}:{form}");
        };
        check("which", "en", true);
        check("which", "de", false);
        check("x", "en", true);
        check("war", "en", false);
        check("war", "de", true);
        check("чтобы", "ru", true);
        check("the", "ja", false);
        check("東", "ja", false);
    }

    #[test]
    fn small_words_tell_a_language() {
        let check = |text: &str, expected: &str| {
            assert_eq!(language_by_small_words(text.split(' ')).tag(), expected, "{text}");
        };
        check("why did the people die in the war", "en");
        check("warum sind die leute im krieg gestorben", "de");
        check("quelles sont les causes de la guerre", "fr");
        check("kursk sudzha", "en");
    }

    #[test]
    fn lists_are_folded() {
        for (tag, words) in LISTS {
            for word in words.split_ascii_whitespace() {
                assert_eq!(crate::text::fold(word), word, "{tag}");
            }
        }
    }
}
