//! The language of a text by its script: one that writes a script alone, or one whose letters no other has.
//!
//! Of Latin letters it says nothing.

use std::ops::RangeInclusive;

use super::Language;

/// Letters, and the language that writes them today or, of those that several do, the one that most is written in; Chinese
/// characters are those of Japanese too, and of Korean once.
const SCRIPTS: [(&str, RangeInclusive<char>); 16] = [
    ("ja", '\u{3040}'..='\u{30ff}'),
    ("zh", '\u{4e00}'..='\u{9fff}'),
    ("ko", '\u{ac00}'..='\u{d7a3}'),
    ("th", '\u{e01}'..='\u{e4e}'),
    ("el", '\u{370}'..='\u{3ff}'),
    ("he", '\u{5d0}'..='\u{5ea}'),
    ("hy", '\u{531}'..='\u{587}'),
    ("ka", '\u{10d0}'..='\u{10ff}'),
    ("ru", '\u{400}'..='\u{4ff}'),
    ("ar", '\u{600}'..='\u{6ff}'),
    ("hi", '\u{900}'..='\u{97f}'),
    ("bn", '\u{980}'..='\u{9ff}'),
    ("ta", '\u{b80}'..='\u{bff}'),
    ("te", '\u{c00}'..='\u{c7f}'),
    ("km", '\u{1780}'..='\u{17dd}'),
    ("am", '\u{1200}'..='\u{137f}'),
];
/// Of a script that several languages write, letters that tell one; those of the first that has any count.
const TELLING: &[(&str, &[(&str, &str)])] = &[
    ("ru", &[("be", "ў"), ("kk", "әғқңұ"), ("mk", "ѓќѕ"), ("sr", "ђћљњџј"), ("uk", "іїєґ"), ("ru", "ыэё"), ("bg", "")]),
    ("ar", &[("ur", "ٹڈڑںے"), ("ps", "ټډړښځ"), ("fa", "پچژگکی"), ("ar", "ةىيك")]),
    ("hi", &[("mr", "ळ"), ("ne", ""), ("hi", "")]),
];
/// Fewer letters may be a quotation.
const FEWEST: usize = 8;

/// The language of which nine letters of ten are, or most of them where the `home` language does not write its script, for
/// below a foreign title stands a text; of a script that the `home` language has too, one only by letters of its own.
pub(super) fn by_script(text: &str, home: Language) -> Option<Language> {
    let (mut letters, mut counts) = (0, [0; SCRIPTS.len()]);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        if !c.is_ascii()
            && let Some(number) = SCRIPTS.iter().position(|(_, script)| script.contains(&c))
        {
            counts[number] += 1;
        }
    }
    let [kana, chinese, hangul, ..] = counts;
    // Chinese characters between syllables of another script are of its language, but for a quotation.
    if kana > 0 {
        counts[0] += chinese;
    } else if 5 * hangul >= letters {
        (counts[1], counts[2]) = (0, hangul + chinese);
    }
    let is_most = |number: usize, count: usize| {
        10 * count >= 9 * letters
            || match SCRIPTS[number].0 {
                script if is_written(script, home) => false,
                // Each of their characters is a syllable or two.
                "ja" | "zh" | "ko" => 2 * count >= letters,
                _ => 3 * count >= 2 * letters,
            }
    };
    let all = counts.iter().copied().enumerate();
    let number = all.filter(|_| letters >= FEWEST).find(|&(number, count)| is_most(number, count))?.0;
    let (most, _) = SCRIPTS[number];
    let Some((_, several)) = TELLING.iter().find(|(script, _)| *script == most) else {
        // Chinese characters alone may be a Japanese title.
        let is_open = most == "zh" && is_written(most, home) && home.tag() != most;
        return Language::from_tag(most).filter(|_| !is_open);
    };
    let text = text.to_lowercase();
    let told = several.iter().find(|(_, own)| text.contains(|c: char| own.contains(c))).map(|(tag, _)| *tag);
    Language::from_tag(told.or_else(|| (!is_written(most, home)).then_some(most))?)
}

/// Whether the `home` language is written in a script.
fn is_written(script: &str, home: Language) -> bool {
    let is_one = |several: &[(&str, &str)]| several.iter().any(|(tag, _)| *tag == home.tag());
    script == home.tag()
        || TELLING.iter().any(|(name, several)| *name == script && is_one(several))
        || (["ja", "zh"].contains(&script) && ["ja", "zh"].contains(&home.tag()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_a_language() {
        let check = |text: &str, home: &str, expected: Option<&str>| {
            let found = by_script(text, Language::from_tag(home).unwrap());
            assert_eq!(found.as_ref().map(Language::tag), expected, "{text}");
        };
        check("Мэр выступил вчера", "en", Some("ru"));
        check("Мер виступив у Києві", "en", Some("uk"));
        check("Мэр выступіў учора, ён казаў", "en", Some("be"));
        check("Кметът говори вчера", "bg", None);
        check("Мэр выступил вчера", "bg", Some("ru"));
        check("قال رئيس البلدية أمس", "en", Some("ar"));
        check("شهردار دیروز گفت", "en", Some("fa"));
        check("महापौर ने कल कहा", "en", Some("hi"));
        check("The mayor spoke", "en", None);
        // Below a title in another script.
        check("Only particles\n\n정부는 평화협정에서 많은 것을 얻었다.", "en", Some("ko"));
        check("Only particles\n\n정부는 평화협정에서 많은 것을 얻었다.", "ko", None);
        check("Harbour news\n\n港口负责人星期二在北京发表讲话。", "en", Some("zh"));
        check("Harbour news\n\n港口负责人星期二在北京发表讲话。", "ja", None);
        check("Harbour news\n\n港の責任者は火曜日に話した。", "en", Some("ja"));
        check("Harbour news\n\nΟ λιμενάρχης μίλησε την Τρίτη για το ατύχημα.", "en", Some("el"));
        check("Harbour news\n\nНачальник порта говорил во вторник.", "de", Some("ru"));
        check("Harbour news\n\nНачальник порта говорил во вторник.", "bg", None);
        check("Harbour news\n\nقال رئيس البلدية أمس إن الميناء مغلق", "en", Some("ar"));
        // Korean as it was written once; a Japanese title without kana.
        check("朴大統領 聲明 發表\n\n大統領은 오늘 特別聲明을 通해 平和統一 原則을 發表했다", "ko", Some("ko"));
        check("韓國 政府는 平和協定을 發表했다", "en", Some("ko"));
        check("港口负责人星期二在北京说“항구”一词。", "en", Some("zh"));
        check("東京都知事選挙公式発表資料", "ja", None);
        check("東京都知事選挙公式発表資料", "zh", Some("zh"));
        check("The headline was Говорил начальник порта.", "en", None);
        check("He said that the paper has 평화협정 on page one.", "en", None);
    }
}
