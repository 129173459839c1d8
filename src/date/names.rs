//! Names of months and days in English, German, French, Spanish, Italian, Portuguese and Dutch.
//!
//! It never takes a name that means different months in two of these languages.

use std::{collections::HashMap, sync::LazyLock};

use crate::text::{self, Language};

/// A language's names of months, folded, beginning with January.
type Year = [&'static [&'static str]; 12];

const ENGLISH: Year = [
    &["january", "jan"],
    &["february", "feb"],
    &["march", "mar"],
    &["april", "apr"],
    &["may"],
    &["june", "jun"],
    &["july", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["october", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];
const GERMAN: Year = [
    &["januar", "janner", "jan"],
    &["februar", "feber", "feb"],
    &["marz", "maerz", "mrz"],
    &["april", "apr"],
    &["mai"],
    &["juni", "jun"],
    &["juli", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["oktober", "okt"],
    &["november", "nov"],
    &["dezember", "dez"],
];
const FRENCH: Year = [
    &["janvier", "janv"],
    &["fevrier", "fevr", "fev"],
    &["mars"],
    &["avril", "avr"],
    &["mai"],
    &["juin"],
    &["juillet", "juil"],
    &["aout"],
    &["septembre", "sept"],
    &["octobre", "oct"],
    &["novembre", "nov"],
    &["decembre", "dec"],
];
const SPANISH: Year = [
    &["enero", "ene"],
    &["febrero", "feb"],
    &["marzo", "mar"],
    &["abril", "abr"],
    &["mayo"],
    &["junio", "jun"],
    &["julio", "jul"],
    &["agosto", "ago"],
    &["septiembre", "setiembre", "sept"],
    &["octubre", "oct"],
    &["noviembre", "nov"],
    &["diciembre", "dic"],
];
const ITALIAN: Year = [
    &["gennaio", "genn", "gen"],
    &["febbraio", "febbr", "feb"],
    &["marzo", "mar"],
    &["aprile", "apr"],
    &["maggio", "magg", "mag"],
    &["giugno", "giu"],
    &["luglio", "lug"],
    &["agosto", "ago"],
    &["settembre", "sett", "set"],
    &["ottobre", "ott"],
    &["novembre", "nov"],
    &["dicembre", "dic"],
];
const PORTUGUESE: Year = [
    &["janeiro", "jan"],
    &["fevereiro", "fev"],
    &["marco"],
    &["abril", "abr"],
    &["maio"],
    &["junho"],
    &["julho"],
    &["agosto", "ago"],
    &["setembro", "set"],
    &["outubro", "out"],
    &["novembro", "nov"],
    &["dezembro", "dez"],
];
const DUTCH: Year = [
    &["januari", "jan"],
    &["februari", "feb"],
    &["maart", "mrt"],
    &["april", "apr"],
    &["mei"],
    &["juni", "jun"],
    &["juli", "jul"],
    &["augustus", "aug"],
    &["september", "sept", "sep"],
    &["oktober", "okt"],
    &["november", "nov"],
    &["december", "dec"],
];

const LANGUAGES: [(&str, &Year); 7] = [
    ("en", &ENGLISH),
    ("de", &GERMAN),
    ("fr", &FRENCH),
    ("es", &SPANISH),
    ("it", &ITALIAN),
    ("pt", &PORTUGUESE),
    ("nl", &DUTCH),
];

/// Names of the days in order, beginning with Monday, language by language.
const WEEKDAYS: [[&str; 7]; 8] = [
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"],
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"],
    ["lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica"],
    ["segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo"],
    ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
];
/// Further ones, with the day's number from 0.
const MORE_WEEKDAYS: [(&str, i8); 4] = [("tues", 1), ("thur", 3), ("thurs", 3), ("sonnabend", 5)];

/// A month and, as one bit each, the languages that name it so.
type Months = HashMap<&'static str, (i8, u8)>;

static MONTHS: LazyLock<Months> = LazyLock::new(|| {
    let mut months = Months::new();
    for ((_, year), bit) in LANGUAGES.iter().zip(0..) {
        for (names, month) in year.iter().zip(1..) {
            for name in *names {
                months.entry(name).or_insert((month, 0)).1 |= 1 << bit;
            }
        }
    }
    months
});

/// The month, from 1, that a folded word names in `language`.
pub fn month_in(language: Language, folded: &str) -> Option<i8> {
    let bit = LANGUAGES.iter().position(|(tag, _)| *tag == language.tag())?;
    let (month, languages) = MONTHS.get(folded)?;
    (languages & 1 << bit != 0).then_some(*month)
}

/// The month, from 1, that a word names in any of the languages.
pub(super) fn month(word: &str) -> Option<i8> {
    MONTHS.get(text::fold(word).as_str()).map(|(month, _)| *month)
}

/// All names of days with the day's number from 0.
static DAYS: LazyLock<HashMap<&'static str, i8>> = LazyLock::new(|| {
    let days = WEEKDAYS.iter().flat_map(|days| days.iter().copied().zip(0..));
    days.chain(MORE_WEEKDAYS).collect()
});

/// The day of the week, from 0 for Monday, that a folded word names.
pub fn weekday_named(folded: &str) -> Option<i8> {
    DAYS.get(folded).copied()
}

/// Whether a word names a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    weekday_named(&text::fold(word)).is_some()
}

/// Whether a word only joins the others: `14 de marzo`, `the 14th of March`.
pub(super) fn is_joint(word: &str) -> bool {
    ["de", "del", "of", "the", "le", "el", "den", "am", "il", "on", "van"].contains(&text::fold(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_months() {
        for (language, year) in LANGUAGES {
            for (names, month) in year.iter().zip(1..) {
                for name in *names {
                    let language = Language::from_tag(language).unwrap();
                    assert_eq!((month_in(language, name), self::month(name)), (Some(month), Some(month)), "{name}");
                }
            }
        }
        assert_eq!(month_in(Language::ENGLISH, "mars"), None);
    }

    #[test]
    fn days_are_counted_from_monday() {
        for (name, day) in [("monday", 0), ("thurs", 3), ("sabado", 5), ("zondag", 6)] {
            assert_eq!(weekday_named(name), Some(day), "{name}");
        }
        assert_eq!(weekday_named("sunder"), None);
    }
}
