//! Names of months and days in English, German, French, Spanish and Italian.
//!
//! It never takes a name that means different months in two of these languages.

/// Names by month; what stands here is folded to lower case without accents.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "janner", "janvier", "janv", "enero", "ene", "gennaio", "genn", "gen"],
    &["february", "feb", "februar", "feber", "fevrier", "fevr", "fev", "febrero", "febbraio", "febbr"],
    &["march", "mar", "marz", "maerz", "mrz", "mars", "marzo"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile"],
    &["may", "mai", "mayo", "maggio", "magg", "mag"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug"],
    &["august", "aug", "aout", "agosto", "ago"],
    &["september", "sept", "sep", "septembre", "septiembre", "setiembre", "settembre", "sett", "set"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott"],
    &["november", "nov", "novembre", "noviembre"],
    &["december", "dec", "dezember", "dez", "decembre", "diciembre", "dic", "dicembre"],
];

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "lunedi",
    "martedi",
    "mercoledi",
    "giovedi",
    "venerdi",
    "sabato",
    "domenica",
];

/// The month a word names, from 1.
pub(super) fn number(word: &str) -> Option<i16> {
    let word = plain(word);
    MONTHS.iter().zip(1..).find(|(names, _)| names.contains(&word.as_str())).map(|(_, number)| number)
}

/// Whether a word names a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(&plain(word).as_str())
}

/// Whether a word only joins the others: `14 de marzo`, `the 14th of March`.
pub(super) fn is_joint(word: &str) -> bool {
    ["de", "del", "of", "the", "le", "el", "den", "am", "il", "on"].contains(&plain(word).as_str())
}

fn plain(word: &str) -> String {
    let bare = |c: char| match c {
        'é' | 'è' | 'É' => 'e',
        'á' | 'ä' | 'Ä' => 'a',
        'û' | 'ú' => 'u',
        'í' | 'ì' => 'i',
        c => c,
    };
    word.chars().flat_map(char::to_lowercase).map(bare).collect()
}
