//! The line of time below a search: how many articles in each month, year or decade.
//!
//! It adds up the counts it is given; a date too vague for months makes it a line of years.

use std::collections::BTreeMap;

use crate::{
    hit::FacetCount,
    render::{
        bars::spark,
        layout::{clip, gap, width},
    },
};

/// Counts by date, as a sparkline with its first and last period, in at most `columns`.
pub(super) fn line(values: &[FacetCount], columns: usize) -> String {
    for step in [Step::Month, Step::Year, Step::Decade] {
        let Some(periods) = periods(values, step) else { continue };
        let (Some((first, _)), Some((last, _))) = (periods.first_key_value(), periods.last_key_value()) else {
            continue;
        };
        let span = match first == last {
            true => step.name(*first),
            false => format!("{} → {}", step.name(*first), step.name(*last)),
        };
        let Some(room) = columns.checked_sub(width(&span) + 2) else { return clip(&span, columns) };
        let labels = labelled(&periods, step).filter(|line| width(line) <= room);
        if labels.is_none() && (last - first) as usize >= room && step != Step::Decade {
            continue;
        }
        let line = labels.unwrap_or_else(|| sparks(&periods).chars().take(room).collect());
        let gap = gap(width(&line), width(&span), columns).unwrap_or_else(|| "  ".to_owned());
        return line + &gap + &span;
    }
    String::new()
}

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Month,
    Year,
    Decade,
}

impl Step {
    /// The number of the period that holds a date; `None` when the date is vaguer than that.
    fn number(self, edtf: &str) -> Option<i32> {
        let digits = |from, to| edtf.get(from..to)?.parse::<i32>().ok();
        match self {
            Self::Month => Some(digits(0, 4)? * 12 + digits(5, 7)? - 1),
            Self::Year => digits(0, 4),
            Self::Decade => digits(0, 3),
        }
    }

    fn name(self, period: i32) -> String {
        match self {
            Self::Month => format!("{:04}-{:02}", period.div_euclid(12), period.rem_euclid(12) + 1),
            Self::Year => format!("{period:04}"),
            Self::Decade => format!("{period:03}0s"),
        }
    }
}

/// Counts by the number of their period; `None` when a value is too vague for this step, which decades alone leave out.
fn periods(values: &[FacetCount], step: Step) -> Option<BTreeMap<i32, u64>> {
    let mut periods = BTreeMap::new();
    let mut open: Vec<&FacetCount> = values.iter().collect();
    while let Some(value) = open.pop() {
        let below: u64 = value.children.iter().map(|child| child.count).sum();
        if step == Step::Month && !value.children.is_empty() && below == value.count {
            open.extend(&value.children);
            continue;
        }
        match step.number(&value.value) {
            Some(period) => *periods.entry(period).or_default() += value.count,
            None if step == Step::Decade => {}
            None => return None,
        }
    }
    Some(periods)
}

/// `2024-12 ▂  2025-01 ▁  02 ▃`, for up to six periods in a row.
fn labelled(periods: &BTreeMap<i32, u64>, step: Step) -> Option<String> {
    if periods.len() > 6 {
        return None;
    }
    let most = periods.values().copied().max()?;
    let mut items = Vec::new();
    let mut year = None;
    for (period, count) in periods {
        let name = step.name(*period);
        let name = match step {
            Step::Month if year == Some(period.div_euclid(12)) => name.get(5..).unwrap_or(&name).to_owned(),
            _ => name,
        };
        year = Some(period.div_euclid(12));
        items.push(format!("{name} {}", spark(*count, most)));
    }
    Some(items.join("  "))
}

fn sparks(periods: &BTreeMap<i32, u64>) -> String {
    let (Some((first, _)), Some((last, _))) = (periods.first_key_value(), periods.last_key_value()) else {
        return String::new();
    };
    let most = periods.values().copied().max().unwrap_or(0);
    (*first..=*last).take(400).map(|period| spark(periods.get(&period).copied().unwrap_or(0), most)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(value: &str, count: u64) -> FacetCount {
        FacetCount { value: value.into(), count, children: Vec::new() }
    }

    fn year(value: &str, children: Vec<FacetCount>) -> FacetCount {
        let count = children.iter().map(|child| child.count).sum();
        FacetCount { value: value.into(), count, children }
    }

    fn check(values: &[FacetCount], columns: usize, left: &str, right: &str) {
        let line = line(values, columns);
        let blanks = line.strip_prefix(left).and_then(|rest| rest.strip_suffix(right));
        assert!(blanks.is_some_and(|blanks| blanks.trim().is_empty()), "{line}");
        assert_eq!(width(&line), columns);
    }

    #[test]
    fn time_fits_its_line() {
        let months = [
            year("2025", vec![leaf("2025-03", 8), leaf("2025-01", 1), leaf("2025-02", 3)]),
            year("2024", vec![leaf("2024-12", 2)]),
        ];
        check(&months, 70, "2024-12 ▂  2025-01 ▁  02 ▃  03 █", "2024-12 → 2025-03");
        check(&months, 30, "▂▁▃█", "2024-12 → 2025-03");
        let years: Vec<FacetCount> = (1890..1900).map(|y| leaf(&y.to_string(), (y - 1889) as u64)).collect();
        check(&years, 70, "▁▂▃▄▄▅▆▇██", "1890 → 1899");
        check(&[leaf("1894-05-02", 1), leaf("1894-05-09", 1)], 30, "1894-05 █", "1894-05");
        check(&[leaf("1894-05", 1), leaf("1895", 1)], 30, "1894 █  1895 █", "1894 → 1895");
        let long: Vec<FacetCount> = (1800..2020).map(|y| leaf(&y.to_string(), 1)).collect();
        check(&long, 60, "██████████████████████", "1800s → 2010s");
        assert_eq!(line(&[], 60), "");
    }
}
