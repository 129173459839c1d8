//! Articles over time: each in the period that holds its date, whole; what is too vague for one is counted apart.
//!
//! Articles with the same dates are counted together before any period is known, so that the span chooses its length.

use std::collections::{BTreeMap, HashMap};

use tantivy::{DocId, SegmentReader, columnar::Column};

use super::{
    Reader, fault,
    matches::Matches,
    mentions::{Named, naming},
};
use crate::{
    date::{Cell, Date, Day, Period},
    error::Result,
    hit::{PeriodCount, Series, Total},
    plan::{DatesOf, Node, Plan, TimelineRequest},
};

/// Articles, and occurrences in them of what the query names.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    articles: u64,
    mentions: u64,
}

/// Articles by their dates: first and last day of each, sorted, each once; none for the undated.
type ByDates = HashMap<Vec<(Day, Day)>, Tally>;

/// The first and the last day of publication, or of each date that is mentioned.
struct Dates {
    first: Column<i64>,
    last: Column<i64>,
}

impl Dates {
    fn open(of: &Reader, reader: &SegmentReader, dates: DatesOf) -> tantivy::Result<Self> {
        let columns = &of.columns;
        let (first, last) = match dates {
            DatesOf::Published => (columns.published_lo, columns.published_hi),
            DatesOf::Mentioned => (columns.date_lo, columns.date_hi),
        };
        let column = |field| reader.fast_fields().i64(of.schema.get_field_name(field));
        Ok(Self { first: column(first)?, last: column(last)? })
    }

    fn of(&self, doc: DocId, days: &mut Vec<(Day, Day)>) {
        days.clear();
        let rows = self.first.values_for_doc(doc).zip(self.last.values_for_doc(doc));
        days.extend(rows.map(|(first, last)| (first as Day, last as Day)));
        days.sort_unstable();
        days.dedup();
    }
}

impl Reader {
    /// Counts each plan over time, all over the same periods.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn timeline(&self, plans: &[Plan], request: TimelineRequest) -> Result<(Period, Vec<Series>)> {
        let counted: Vec<ByDates> = plans.iter().map(|plan| self.by_dates(plan, request.of)).collect::<Result<_>>()?;
        let by = request.by.unwrap_or_else(|| fitting(&counted));
        let everything = self.by_dates(&Plan::of(Node::All), request.of)?;
        let all = Course::of(&everything, by);
        let courses: Vec<Course> = counted.iter().map(|dated| Course::of(dated, by)).collect();
        let ends = courses.iter().flat_map(Course::ends);
        let ends = ends.clone().min().zip(ends.max());
        let series = counted.iter().zip(&courses).map(|(dated, course)| Series {
            periods: course.periods((by, ends), &all),
            undated: dated.get([].as_slice()).map_or(0, |tally| tally.articles),
            vague: course.vague,
            first: first(dated),
            last: last(dated),
            peak: course.peak().map(|number| by.name(number)),
            total: total(dated),
            ..Series::default()
        });
        let series = series.collect();
        Ok((by, series))
    }

    fn by_dates(&self, plan: &Plan, of: DatesOf) -> Result<ByDates> {
        let matches = Matches::of(self, plan, None)?;
        let node = naming(plan);
        let mut dated = ByDates::new();
        let mut days = Vec::new();
        for (segment, reader) in matches.segments.iter().zip(self.searcher.segment_readers()) {
            let mut named = Named::open(self, reader, &node)?;
            let dates = Dates::open(self, reader, of).map_err(|cause| fault("the dates cannot be read", cause))?;
            for doc in segment.docs.iter().copied() {
                dates.of(doc, &mut days);
                let mentions = named.spans(doc).len() as u64;
                let tally = match dated.get_mut(days.as_slice()) {
                    Some(tally) => tally,
                    None => dated.entry(days.clone()).or_default(),
                };
                tally.articles += 1;
                tally.mentions += mentions;
            }
        }
        Ok(dated)
    }
}

/// Articles by the number of their period.
struct Course {
    periods: BTreeMap<i32, Tally>,
    vague: u64,
}

impl Course {
    fn of(dated: &ByDates, by: Period) -> Self {
        let mut course = Self { periods: BTreeMap::new(), vague: 0 };
        for (days, tally) in dated {
            let mut numbers: Vec<Option<i32>> =
                days.iter().map(|days| bounded(*days).and_then(|(first, last)| by.holding(first, last))).collect();
            numbers.sort_unstable();
            numbers.dedup();
            for number in numbers {
                match number {
                    Some(number) => {
                        let period = course.periods.entry(number).or_default();
                        period.articles += tally.articles;
                        period.mentions += tally.mentions;
                    }
                    None => course.vague += tally.articles,
                }
            }
        }
        course
    }

    fn ends(&self) -> impl Iterator<Item = i32> + Clone {
        let first = self.periods.keys().next().copied();
        first.into_iter().chain(self.periods.keys().next_back().copied())
    }

    fn peak(&self) -> Option<i32> {
        let most = self.periods.values().map(|tally| tally.articles).max()?;
        self.periods.iter().find(|(_, tally)| tally.articles == most).map(|(number, _)| *number)
    }

    /// Every period between the ends, also those without an article.
    fn periods(&self, (by, ends): (Period, Option<(i32, i32)>), all: &Course) -> Vec<PeriodCount> {
        let Some((first, last)) = ends else { return Vec::new() };
        let count = |number| {
            let tally = self.periods.get(&number).copied().unwrap_or_default();
            let of = all.periods.get(&number).map_or(0, |tally| tally.articles).max(1);
            PeriodCount {
                period: by.name(number),
                articles: tally.articles,
                mentions: tally.mentions,
                share: tally.articles as f64 / of as f64,
            }
        };
        (first..=last).map(count).collect()
    }
}

/// The length of a period that fits the dates of all series.
fn fitting(counted: &[ByDates]) -> Period {
    let days = || counted.iter().flat_map(ByDates::keys).flatten().filter_map(|days| bounded(*days));
    let first = days().map(|(first, _)| first).min();
    first.zip(days().map(|(_, last)| last).max()).map_or(Period::Year, |(first, last)| Period::for_span(first, last))
}

/// A span that has both a first and a last day.
fn bounded((first, last): (Day, Day)) -> Option<(Day, Day)> {
    (first != Day::MIN && last != Day::MAX).then_some((first, last))
}

/// The date that begins first, of several the one that ends first.
fn first(dated: &ByDates) -> Option<String> {
    let days = dated.keys().flatten().filter_map(|days| bounded(*days));
    days.min().map(printed)
}

/// The date that ends last, of several the one that begins last.
fn last(dated: &ByDates) -> Option<String> {
    let days = dated.keys().flatten().filter_map(|days| bounded(*days));
    days.max_by_key(|(first, last)| (*last, *first)).map(printed)
}

/// A span of days as the year, month or day that it is, else as a range.
fn printed((first, last): (Day, Day)) -> String {
    match Cell::holding(first, last).filter(|cell| !matches!(cell, Cell::Decade(_))) {
        Some(cell) if cell.days() == Some((first, last)) => cell.to_string(),
        _ => format!("{}/{}", Date::from_day(first), Date::from_day(last)),
    }
}

fn total(dated: &ByDates) -> Total {
    let articles = dated.values().map(|tally| tally.articles).sum();
    let mentions = dated.values().map(|tally| tally.mentions).sum();
    Total { articles, mentions: Some(mentions), stories: None, exact: true }
}
