//! What the archive has of each source, day by day, and which days it lacks.
//!
//! A day is missing only where a source is known to appear daily, by enough days; nothing is guessed about the others.

use std::collections::{BTreeMap, HashMap};

use tantivy::SegmentReader;

use super::{Reader, fault, matches::Matches};
use crate::{
    date::{Date, Day, Period},
    error::Result,
    hit::{Missing, PeriodArticles, SourceCoverage},
    plan::{Node, Plan},
};

/// A source whose median gap is at most so many days appears daily.
const DAILY: f64 = 2.0;
/// Days of which there must be an article before they show a rhythm: a few clippings of one affair lie close together.
const ENOUGH: usize = 10;
/// Days over which a source must be known before a day of the week counts as one on which it never appears.
const KNOWN: Day = 56;
/// From Monday on.
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Articles by first and last day of publication; none for the undated.
type ByDays = BTreeMap<Option<(Day, Day)>, u64>;

/// Sources, and the archive as a whole, period by period.
pub(crate) struct Kept {
    pub(crate) by: Period,
    pub(crate) periods: Vec<PeriodArticles>,
    pub(crate) sources: Vec<SourceCoverage>,
}

impl Reader {
    /// What there is of each source.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn kept(&self, by: Option<Period>) -> Result<Kept> {
        let matches = Matches::of(self, &Plan::of(Node::All), None)?;
        let mut sources: HashMap<Option<String>, ByDays> = HashMap::new();
        for (segment, reader) in matches.segments.iter().zip(self.searcher.segment_readers()) {
            self.add_sources(reader, &segment.docs, &mut sources)
                .map_err(|cause| fault("the sources cannot be read", cause))?;
        }
        let mut all = ByDays::new();
        sources.values().flatten().for_each(|(days, count)| *all.entry(*days).or_default() += count);
        let first = all.keys().flatten().map(|days| days.0).min();
        let last = all.keys().flatten().map(|days| days.1).max();
        let fitting = || first.zip(last).map_or(Period::Year, |(first, last)| Period::for_span(first, last));
        let by = by.unwrap_or_else(fitting);
        let counts = periods(&all, by);
        let ends = counts.keys().next().copied().zip(counts.keys().next_back().copied());
        let every = ends.into_iter().flat_map(|(first, last)| first..=last);
        let periods = every.map(|number| of(by, number, counts.get(&number).copied().unwrap_or(0)));
        let mut sources: Vec<SourceCoverage> =
            sources.into_iter().map(|(name, days)| source(name, &days, by)).collect();
        sources.sort_by(|a, b| {
            let key = |source: &SourceCoverage| (source.source.is_none(), std::cmp::Reverse(source.articles));
            key(a).cmp(&key(b)).then_with(|| a.source.cmp(&b.source))
        });
        Ok(Kept { by, periods: periods.collect(), sources })
    }

    fn add_sources(
        &self,
        reader: &SegmentReader,
        docs: &[u32],
        sources: &mut HashMap<Option<String>, ByDays>,
    ) -> tantivy::Result<()> {
        let fast = reader.fast_fields();
        let day = |field| fast.i64(self.schema.get_field_name(field));
        let (first, last) = (day(self.columns.published_lo)?, day(self.columns.published_hi)?);
        let names = fast.str(self.schema.get_field_name(self.columns.source))?;
        let mut counts: BTreeMap<Option<u64>, ByDays> = BTreeMap::new();
        for doc in docs.iter().copied() {
            let name = names.as_ref().and_then(|names| names.ords().first(doc));
            let days = first.first(doc).zip(last.first(doc)).map(|(first, last)| (first as Day, last as Day));
            *counts.entry(name).or_default().entry(days).or_default() += 1;
        }
        for (ordinal, days) in counts {
            let mut name = String::new();
            if let Some((ordinal, names)) = ordinal.zip(names.as_ref()) {
                names.ord_to_str(ordinal, &mut name)?;
            }
            let kept = sources.entry((!name.is_empty()).then_some(name)).or_default();
            days.into_iter().for_each(|(days, count)| *kept.entry(days).or_default() += count);
        }
        Ok(())
    }
}

fn of(by: Period, number: i32, articles: u64) -> PeriodArticles {
    PeriodArticles { period: by.name(number), articles }
}

/// Articles by the number of the period that holds their date whole.
fn periods(days: &ByDays, by: Period) -> BTreeMap<i32, u64> {
    let mut periods = BTreeMap::new();
    for (days, count) in days {
        let is_bounded = |days: &(Day, Day)| days.0 != Day::MIN && days.1 != Day::MAX;
        let number = days.filter(is_bounded).and_then(|(first, last)| by.holding(first, last));
        number.into_iter().for_each(|number| *periods.entry(number).or_default() += count);
    }
    periods
}

fn source(name: Option<String>, dated: &ByDays, by: Period) -> SourceCoverage {
    let exact = |days: &(Day, Day)| days.0 == days.1;
    let days: Vec<Day> = dated.keys().flatten().filter(|days| exact(days)).map(|days| days.0).collect();
    let vague = dated.iter().filter(|(days, _)| days.as_ref().is_some_and(|days| !exact(days)));
    let median_gap = median_gap(&days);
    let daily = days.len() >= ENOUGH && median_gap.is_some_and(|gap| gap <= DAILY);
    let never_on = if daily { never_on(&days) } else { Vec::new() };
    let rows = if daily { missing(&days, &never_on) } else { Vec::new() };
    let printed = |day: Day| Date::from_day(day).to_string();
    SourceCoverage {
        source: name,
        articles: dated.values().sum(),
        undated: dated.get(&None).copied().unwrap_or(0),
        vague: vague.map(|(_, count)| count).sum(),
        from: days.first().copied().map(printed),
        to: days.last().copied().map(printed),
        days: days.len() as u64,
        median_gap,
        daily,
        never_on: never_on.iter().filter_map(|day| WEEKDAYS.get(*day as usize)).map(|day| (*day).to_owned()).collect(),
        missing_days: rows.iter().map(|row| row.days).sum(),
        missing: rows.into_iter().map(|row| Missing { from: printed(row.from), to: printed(row.to) }).collect(),
        periods: periods(dated, by).into_iter().map(|(number, articles)| of(by, number, articles)).collect(),
    }
}

/// The median of the days from each day to the next; the days ascend.
fn median_gap(days: &[Day]) -> Option<f64> {
    let mut gaps: Vec<Day> = days.iter().zip(days.iter().skip(1)).map(|(day, next)| next - day).collect();
    gaps.sort_unstable();
    let middle = gaps.len() / 2;
    let upper = f64::from(*gaps.get(middle)?);
    let lower = if gaps.len().is_multiple_of(2) { f64::from(*gaps.get(middle - 1)?) } else { upper };
    Some(f64::midpoint(lower, upper))
}

/// Monday is 0.
fn weekday(day: Day) -> i32 {
    (day + 3).rem_euclid(7)
}

/// Days of the week of which there is no article, if the source is known long enough to say so.
fn never_on(days: &[Day]) -> Vec<i32> {
    let span = days.last().zip(days.first()).map_or(0, |(last, first)| last - first);
    let is_seen = |wanted: &i32| days.iter().any(|day| weekday(*day) == *wanted);
    if span < KNOWN { Vec::new() } else { (0..7).filter(|day| !is_seen(day)).collect() }
}

/// Missing days in a row: how many, the first and the last.
struct Row {
    days: u64,
    from: Day,
    to: Day,
}

fn missing(days: &[Day], never_on: &[i32]) -> Vec<Row> {
    let row = |pair: &[Day]| {
        let (before, behind) = (*pair.first()?, *pair.last()?);
        let lacking: Vec<Day> = (before + 1..behind).filter(|day| !never_on.contains(&weekday(*day))).collect();
        Some(Row { days: lacking.len() as u64, from: *lacking.first()?, to: *lacking.last()? })
    };
    days.windows(2).filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{Cell, day_of};

    #[test]
    fn days_are_missing_in_daily_sources_only() {
        let monday = day_of(2025, 3, 3).unwrap();
        let kept = |days: &[Day]| {
            let dated: ByDays = days.iter().map(|day| (Some((monday + day, monday + day)), 1)).collect();
            source(None, &dated, Period::Month)
        };
        let check = |days: &[Day], gap: Option<f64>, missing: u64| {
            let kept = kept(days);
            assert_eq!((kept.median_gap, kept.missing_days), (gap, missing), "{days:?}");
        };
        check(&[], None, 0);
        check(&[0], None, 0);
        check(&[0, 1, 2, 500], Some(1.0), 0);
        check(&[0, 1, 2, 3, 4, 7, 8, 9, 10], Some(1.0), 0);
        check(&[0, 1, 2, 3, 4, 7, 8, 9, 10, 11], Some(1.0), 2);
        check(&[0, 2, 4, 6, 8, 10, 12, 14, 16, 19], Some(2.0), 10);
        check(&[0, 7, 14, 21, 28, 35, 42, 49, 56, 63], Some(7.0), 0);
        let mut without_sundays: Vec<Day> = (0..70).filter(|day| day % 7 != 6).collect();
        without_sundays.retain(|day| !(21..=23).contains(day));
        let kept = kept(&without_sundays);
        assert_eq!((kept.never_on, kept.missing_days), (vec!["Sunday".to_owned()], 3));
        assert_eq!(kept.missing, [Missing { from: "2025-03-24".into(), to: "2025-03-26".into() }]);
    }

    #[test]
    fn vague_dates_are_no_days() {
        let year = Cell::Year(2025).days();
        let kept = source(Some("Courier".into()), &[(year, 2), (None, 3)].into(), Period::Month);
        assert_eq!((kept.articles, kept.vague, kept.undated, kept.from), (5, 2, 3, None));
        assert!(kept.periods.is_empty());
    }
}
