//! Dates counted from the anchor: `yesterday`, `Thursday`, `last month`, `two years ago`, `the third quarter`.
//!
//! Without an anchor, or with one too vague, they have no value.

use super::{
    Found, Reader, Rule,
    absolute::{self, Point},
    anchor::{days, month_after, months, weekday_of},
    lexicon::{Sense, Unit},
    tense::{self, Lean},
};
use crate::date::{Date, Day, day_of};

/// The relative date that begins at an atom.
pub(super) fn read(reader: &Reader<'_>, at: usize) -> Option<Found> {
    let strip = &reader.strip;
    let found = |end, value, rule| Some(Found { atoms: at..end, value, rule });
    match strip.sense(at) {
        Sense::Today(days) => {
            let value = reader.anchor.and_then(|anchor| Some(Date::from_day(anchor.day()? + Day::from(days))));
            found(with_part(reader, at + 1), value, Rule::Relative)
        }
        Sense::Weekday(_) if strip.printed(at).len() < 6 => None,
        Sense::Weekday(_) if is_recurring(reader, at) => None,
        Sense::Weekday(weekday) => {
            let value = reader.weekday(weekday, tense::lean(strip, at));
            found(with_part(reader, at + 1), value, Rule::Weekday)
        }
        Sense::Shift(shift) if strip.runs_on(at, "") => shifted(reader, at, shift),
        Sense::Number(year @ 1000..=2100, 4) => quarter_behind(reader, at, i16::try_from(year).ok()?),
        Sense::A | Sense::Count(_) | Sense::Number(..) => counted(reader, at),
        Sense::Ordinal(_) => part_of_year(reader, at).or_else(|| instant(reader, at)),
        Sense::Season(season) => season_of_year(reader, at, season),
        Sense::Fiscal => fiscal(reader, at),
        Sense::Month(month) => month_of_shifted_year(reader, at, month),
        Sense::Unit(unit @ (Unit::Year | Unit::Month)) => going_on(reader, at, unit),
        Sense::Feast(month, day) => feast(reader, at, (month, day)),
        Sense::The if strip.runs_on(at, "") => {
            instant(reader, at + 1).map(|found| Found { atoms: at..found.atoms.end, ..found })
        }
        _ => None,
    }
}

/// `each Thursday`, `every July`: no date at all.
pub(super) fn is_recurring(reader: &Reader<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| ["each", "every"].contains(&reader.strip.folded(before)))
}

/// `Christmas`, `Christmas Eve`, `Thanksgiving Day`: the nearest one.
fn feast(reader: &Reader<'_>, at: usize, (month, day): (i8, i8)) -> Option<Found> {
    let strip = &reader.strip;
    let is_eve = strip.printed(at + 1) == "Eve" && strip.runs_on(at, "");
    let is_day = strip.printed(at + 1) == "Day" && strip.runs_on(at, "");
    if !strip.is_capital(at) || !(is_eve || is_day || matches!(strip.before(at, 1), Sense::In | Sense::Shift(_))) {
        return None;
    }
    let lean = if strip.before(at, 1) == Sense::Shift(-1) { Lean::Past } else { tense::lean(strip, at) };
    let year = reader.anchor.and_then(|anchor| anchor.year_of(month, Some(day.max(25)), lean));
    let value = year.and_then(|year| {
        let day = match day {
            // The fourth Thursday: 22 and the days up to it.
            0 => 22 + (3 - weekday_of(day_of(year, month, 22)?)).rem_euclid(7),
            day => day - i8::from(is_eve),
        };
        Date::from_parts(year, Some(month), Some(day))
    });
    Some(Found { atoms: at..at + 1 + usize::from(is_eve || is_day), value, rule: Rule::Yearless })
}

/// `end of the year`, `earlier in the month`, read from the unit on.
fn going_on(reader: &Reader<'_>, at: usize, unit: Unit) -> Option<Found> {
    let strip = &reader.strip;
    let is_within = strip.before(at, 1) == Sense::The
        && matches!(strip.before(at, 2), Sense::Of | Sense::In)
        && matches!(strip.before(at, 3), Sense::Within | Sense::Farther(_))
        && !strip.is_plural(at);
    let value = reader.shifted_unit(unit, 0);
    is_within.then_some(Found { atoms: at..at + 1, value, rule: Rule::Relative })
}

/// The atom behind a part of the day: `yesterday morning`.
fn with_part(reader: &Reader<'_>, at: usize) -> usize {
    let has_part = reader.strip.sense(at) == Sense::DayPart && reader.strip.runs_on(at - 1, "");
    at + usize::from(has_part)
}

/// `last Friday`, `next March`, `this summer`, `last night`, `last year`.
fn shifted(reader: &Reader<'_>, at: usize, shift: i8) -> Option<Found> {
    let strip = &reader.strip;
    let found = |end, value, rule| Some(Found { atoms: at..end, value, rule });
    match strip.sense(at + 1) {
        Sense::Weekday(weekday) => {
            let value = reader.shifted_weekday(weekday, shift, tense::lean(strip, at));
            found(with_part(reader, at + 2), value, Rule::Weekday)
        }
        Sense::Month(month) => match absolute::point(strip, at + 1) {
            Some((point, end)) if point.day.is_some() && point.year.is_none() => {
                let lean = if shift < 0 { Lean::Past } else { Lean::Future };
                found(end, reader.value(point, lean), Rule::Yearless)
            }
            Some((Point { year: Some(_), .. }, _)) => None,
            _ => found(at + 2, reader.shifted_month(month, shift), Rule::Yearless),
        },
        Sense::Season(season) => found(at + 2, reader.shifted_season(season, shift), Rule::Season),
        Sense::DayPart if strip.printed(at) != "past" && shift <= 0 => {
            let value = reader.anchor.and_then(|anchor| Some(Date::from_day(anchor.day()? + Day::from(shift))));
            found(at + 2, value, Rule::Relative)
        }
        Sense::Unit(unit) if is_calendar_unit(reader, at, unit) => {
            found(at + 2, reader.shifted_unit(unit, shift), Rule::Relative)
        }
        Sense::Fiscal if strip.sense(at + 2) == Sense::Unit(Unit::Year) => {
            let year = reader.shifted_unit(Unit::Year, shift);
            found(at + 3, year.and_then(|year| Date::parse(&format!("{year}~")).ok()), Rule::Relative)
        }
        _ => None,
    }
}

/// Whether `last week` and the like mean one week: `the last weeks` and `the past week` are lengths of time, `This Week` is
/// a programme.
fn is_calendar_unit(reader: &Reader<'_>, at: usize, unit: Unit) -> bool {
    let strip = &reader.strip;
    let is_title =
        strip.is_capital(at) && strip.is_capital(at + 1) && strip.printed(at + 1).contains(char::is_lowercase);
    strip.folded(at) != "past" && unit != Unit::Day && !strip.is_plural(at + 1) && !is_title
}

/// `two years ago`; what is earlier or later counts from another date than the anchor.
fn counted(reader: &Reader<'_>, at: usize) -> Option<Found> {
    let strip = &reader.strip;
    let count = match strip.sense(at) {
        Sense::A => 1,
        Sense::Count(count) => i32::from(count),
        Sense::Number(count @ 1..=200, 1..=3) => i32::try_from(count).ok()?,
        _ => return None,
    };
    let Sense::Unit(unit) = strip.sense(at + 1) else { return None };
    if !strip.runs_on(at, "-") || !strip.runs_on(at + 1, "-") {
        return None;
    }
    let count = match strip.sense(at + 2) {
        Sense::Ago => -count,
        _ => return None,
    };
    Some(Found { atoms: at..at + 3, value: reader.away(unit, count), rule: Rule::Relative })
}

/// `the third quarter of 1990`, `first half of last year`.
fn part_of_year(reader: &Reader<'_>, at: usize) -> Option<Found> {
    let strip = &reader.strip;
    let Sense::Ordinal(number) = strip.sense(at) else { return None };
    let length = match strip.sense(at + 1) {
        Sense::Unit(Unit::Quarter) if number <= 4 => 3,
        Sense::Half if number <= 2 => 6,
        _ => return None,
    };
    if !strip.runs_on(at, "-") {
        return None;
    }
    let first = (number as i8 - 1) * length + 1;
    let value = |year| months((year, first), i32::from(length) - 1, "");
    let found = |end, value| Some(Found { atoms: at..end, value, rule: Rule::Season });
    match year_behind(reader, at + 2) {
        Some((year, end)) => found(end, year.and_then(value)),
        None if length == 6 => None,
        None => {
            let begun = reader.anchor.and_then(|anchor| anchor.month());
            found(at + 2, begun.and_then(|(year, month)| value(if first <= month { year } else { year - 1 })))
        }
    }
}

/// `1990 third quarter`.
fn quarter_behind(reader: &Reader<'_>, at: usize, year: i16) -> Option<Found> {
    let strip = &reader.strip;
    let Sense::Ordinal(number @ 1..=4) = strip.sense(at + 1) else { return None };
    let is_quarter =
        strip.sense(at + 2) == Sense::Unit(Unit::Quarter) && strip.runs_on(at, "") && strip.runs_on(at + 1, "-");
    let value = months((year, 3 * i8::try_from(number).ok()? - 2), 2, "");
    is_quarter.then_some(Found { atoms: at..at + 3, value, rule: Rule::Season })
}

/// The year behind a part of it, printed or shifted, and the atom behind that.
fn year_behind(reader: &Reader<'_>, at: usize) -> Option<(Option<i16>, usize)> {
    let strip = &reader.strip;
    let next = if strip.sense(at) == Sense::Of { at + 1 } else { at };
    if !strip.runs_on(at - 1, ",") || (next > at && !strip.runs_on(at, "")) {
        return None;
    }
    match (strip.sense(next), strip.sense(next + 1)) {
        (Sense::Number(year @ 1000..=2100, 4), _) => Some((i16::try_from(year).ok(), next + 1)),
        (Sense::Shift(shift), Sense::Unit(Unit::Year)) => {
            let year = reader.anchor.and_then(|anchor| anchor.year());
            Some((year.map(|year| year + i16::from(shift)), next + 2))
        }
        _ => None,
    }
}

/// `summer 1991`, `the winter of 1990`: the seasons of the northern half, as months.
fn season_of_year(reader: &Reader<'_>, at: usize, season: u8) -> Option<Found> {
    let (year, end) = year_behind(reader, at + 1)?;
    let value = year.and_then(|year| season_in(year, season));
    Some(Found { atoms: at..end, value, rule: Rule::Season })
}

/// About three months; a winter bears the year in which it begins.
fn season_in(year: i16, season: u8) -> Option<Date> {
    months((year, 3 + 3 * i8::try_from(season).ok()?), 2, "~")
}

/// `fiscal 1989`, `fiscal year 1989`: about that year.
fn fiscal(reader: &Reader<'_>, at: usize) -> Option<Found> {
    let strip = &reader.strip;
    let next = if strip.sense(at + 1) == Sense::Unit(Unit::Year) { at + 2 } else { at + 1 };
    let Sense::Number(year @ 1000..=2100, 4) = strip.sense(next) else { return None };
    if !strip.runs_on(next - 1, "") {
        return None;
    }
    Some(Found { atoms: at..next + 1, value: Date::parse(&format!("{year}~")).ok(), rule: Rule::Year })
}

/// `March last year`, `March of this year`.
fn month_of_shifted_year(reader: &Reader<'_>, at: usize, month: i8) -> Option<Found> {
    let (year, end) = year_behind(reader, at + 1).filter(|(_, end)| *end > at + 2)?;
    let value = Point { year, month: Some(month), day: None }.date();
    let is_shifted = matches!(reader.strip.before(end, 1), Sense::Unit(_));
    is_shifted.then_some(Found { atoms: at..end, value, rule: Rule::Yearless })
}

/// `the 8th instant`, `the 16th ult.`
fn instant(reader: &Reader<'_>, at: usize) -> Option<Found> {
    let strip = &reader.strip;
    let (Sense::Ordinal(day), Sense::Instant(shift)) = (strip.sense(at), strip.sense(at + 1)) else { return None };
    let month = reader.anchor.and_then(|anchor| month_after(anchor.month()?, shift.into()));
    let value = month.and_then(|(year, month)| Date::from_parts(year, Some(month), i8::try_from(day).ok()));
    strip.runs_on(at, "").then_some(Found { atoms: at..at + 2, value, rule: Rule::Relative })
}

impl Reader<'_> {
    /// The most recent such day, the anchor included; the next one where the sentence looks ahead.
    fn weekday(&self, weekday: i8, lean: Lean) -> Option<Date> {
        let anchor = self.anchor?.day()?;
        let back = Day::from((weekday_of(anchor) - weekday).rem_euclid(7));
        let ahead = if lean == Lean::Future && back > 0 { 7 } else { 0 };
        Some(Date::from_day(anchor - back + ahead))
    }

    /// The last such day before the anchor, or the next behind it.
    fn shifted_weekday(&self, weekday: i8, shift: i8, lean: Lean) -> Option<Date> {
        let anchor = self.anchor?.day()?;
        let back = Day::from((weekday_of(anchor) - weekday - 1).rem_euclid(7)) + 1;
        match shift {
            -1 => Some(Date::from_day(anchor - back)),
            0 if lean == Lean::Past => self.weekday(weekday, lean),
            0 => self.weekday(weekday, Lean::Future),
            _ => Some(Date::from_day(anchor - back + if back == 7 { 14 } else { 7 })),
        }
    }

    /// The last such month before the anchor's, the one of its year, the next behind it.
    fn shifted_month(&self, month: i8, shift: i8) -> Option<Date> {
        let (year, now) = self.anchor?.month()?;
        let year = match shift {
            -1 if month >= now => year - 1,
            1 if month <= now => year + 1,
            _ => year,
        };
        Date::from_parts(year, Some(month), None)
    }

    fn shifted_season(&self, season: u8, shift: i8) -> Option<Date> {
        let (year, month) = self.anchor?.month()?;
        let first = 3 + 3 * i8::try_from(season).ok()?;
        let year = match shift {
            -1 if month > first + 2 => year,
            -1 => year - 1,
            0 if season == 3 && month < 6 => year - 1,
            1 if month >= first => year + 1,
            _ => year,
        };
        season_in(year, season)
    }

    /// The week (from Monday), month or year so many behind the anchor's.
    fn shifted_unit(&self, unit: Unit, shift: i8) -> Option<Date> {
        let anchor = self.anchor?;
        let by = i32::from(shift);
        match unit {
            Unit::Day => None,
            Unit::Week => {
                let monday = anchor.day()? - Day::from(weekday_of(anchor.day()?)) + 7 * by;
                days(monday, monday + 6)
            }
            Unit::Weekend => {
                let day = anchor.day()?;
                let saturday = day - Day::from(weekday_of(day)) + 5 + 7 * by;
                days(saturday, saturday + 1)
            }
            Unit::Month => {
                let (year, month) = month_after(anchor.month()?, by)?;
                Date::from_parts(year, Some(month), None)
            }
            Unit::Quarter => {
                let (year, month) = anchor.month()?;
                months(month_after((year, (month - 1) / 3 * 3 + 1), 3 * by)?, 2, "")
            }
            Unit::Year => Date::from_parts(anchor.year()? + i16::from(shift), None, None),
            Unit::Decade => Date::parse(&format!("{}X", i32::from(anchor.year()?) / 10 + by)).ok(),
            Unit::Century => Date::parse(&format!("{}XX", i32::from(anchor.year()?) / 100 + by)).ok(),
        }
    }

    /// So many units from the anchor, as precise as the unit.
    fn away(&self, unit: Unit, count: i32) -> Option<Date> {
        let anchor = self.anchor?;
        match unit {
            Unit::Day => Some(Date::from_day(anchor.day()? + count)),
            Unit::Week => {
                let day = anchor.day()? + 7 * count;
                let monday = day - Day::from(weekday_of(day));
                days(monday, monday + 6)
            }
            Unit::Month => {
                let (year, month) = month_after(anchor.month()?, count)?;
                Date::from_parts(year, Some(month), None)
            }
            Unit::Year => Date::from_parts(i16::try_from(i32::from(anchor.year()?) + count).ok()?, None, None),
            Unit::Decade => {
                let year = i32::from(anchor.year()?) + 10 * count;
                Date::parse(&format!("{year:04}~")).ok()
            }
            _ => None,
        }
    }
}
