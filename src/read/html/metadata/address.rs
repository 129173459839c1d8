//! The day that an address tells.
//!
//! It knows the spelling of addresses only, no site.

use super::when::is_recent_day;
use crate::date::Date;

/// `…/2019/11/26/…`, `…-20191126-…`, `…/2019-11-26/…`.
pub(super) fn in_address(url: &str) -> Option<Date> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let is_year = |number: &str| number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    let parted = numbers.windows(3).find_map(|parts| match parts {
        [year, month, day] if is_year(year) && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len()) => {
            let is_there = ["/", "-", "_"].iter().any(|sign| path.contains(&format!("{year}{sign}{month}{sign}{day}")));
            is_there
                .then(|| Date::from_parts(year.parse().ok()?, Some(month.parse().ok()?), Some(day.parse().ok()?)))?
        }
        _ => None,
    });
    let compact =
        || numbers.iter().filter(|n| n.len() == 8 && n.starts_with("20")).find_map(|n| Date::parse_printed(n).ok());
    parted.or_else(compact).filter(is_recent_day)
}

/// The month of `…/2019/11/…`, as `2019-11`.
pub(super) fn month_in_address(url: &str) -> Option<String> {
    let steps: Vec<&str> = url.split(['?', '#']).next().unwrap_or_default().split('/').collect();
    let is_number = |step: &str, digits: usize| step.len() == digits && step.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = |month: &str| is_number(month, 2) && ("01"..="12").contains(&month);
    let is_year = |year: &str| is_number(year, 4) && (year.starts_with("19") || year.starts_with("20"));
    steps.windows(2).find_map(|steps| match steps {
        [year, month] if is_year(year) && is_month(month) => Some(format!("{year}-{month}")),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_days() {
        for (url, expected) in [
            ("https://example.org/2019/11/26/flood", Some("2019-11-26")),
            ("https://example.org/a/2019-1-6-flood.html", Some("2019-01-06")),
            ("https://example.org/news/20191126-flood", Some("2019-11-26")),
            ("https://example.org/2019/11/flood", None),
            ("https://example.org/2019/13/26/flood", None),
            ("https://example.org/id/1999-20-1", None),
        ] {
            assert_eq!(in_address(url).as_ref().map(Date::edtf), expected, "{url}");
        }
        for (url, expected) in [
            ("https://example.org/2019/11/flood", Some("2019-11")),
            ("https://example.org/web/20160218174457/http://example.com/2010/05/type/", Some("2010-05")),
            ("https://example.org/2019/13/flood", None),
            ("https://example.org/1300/11/flood", None),
        ] {
            assert_eq!(month_in_address(url).as_deref(), expected, "{url}");
        }
    }
}
