//! When a page's article was published: JSON-LD, meta elements, time elements, what is printed, the address.
//!
//! It never takes a date of change for one of publication, never fills in a day, and never asks the clock.

use std::cell::LazyCell;

use super::{
    By, Metas, Stated,
    address::{in_address, month_in_address},
    linked::Linked,
    printed::{self, Order, in_line},
};
use crate::{
    article::PublishedFrom,
    date::{Date, Day},
    read::html::{
        hints,
        tree::{NodeId, Tree},
    },
};

/// Meta elements that tell the day of publication, best first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "og:publish_date",
    "datepublished",
    "published_time",
    "publishdate",
    "publish-date",
    "publish_date",
    "pub_date",
    "pubdate",
    "publication_date",
    "publicationdate",
    "published_at",
    "article.published",
    "originalpublicationdate",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "bt:pubdate",
    "rnews:datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "datecreated",
    "shareaholic:article_published_time",
    "article_date_original",
    "displaydate",
    "date_published",
    "ptime",
    "vr:published_time",
    "gentime",
];
/// Meta elements that tell a day of which nobody says what happened on it, best first.
const DATED_SOMEHOW: &[&str] = &["dc.date", "dcterms.date", "date", "created", "time", "dc.created"];
/// Meta elements that tell the day of the last change.
pub(super) const MODIFIED: &[&str] =
    &["article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified"];
/// Characters of an element that may be a date with words around it, with the blanks of its source.
const RAW: usize = 1_000;

/// Who may tell.
pub(super) struct Witnesses<'a> {
    pub(super) metas: &'a Metas,
    pub(super) linked: &'a Linked,
    pub(super) url: Option<&'a str>,
    pub(super) heading: Option<NodeId>,
    /// The archive's zone, if it is set.
    pub(super) zone: Option<&'a str>,
    /// The zone of the site's country, if it is known.
    pub(super) clock: Option<&'a str>,
}

/// Who tells the day of publication.
#[derive(Clone, Copy)]
pub(super) struct Teller {
    pub(super) from: PublishedFrom,
    pub(super) by: By,
}

impl Teller {
    /// The page's address, in which a day stands.
    const ADDRESS: Self = Self { from: PublishedFrom::Url, by: ("the address", "") };
    /// What readers see.
    const PRINT: Self = Self { from: PublishedFrom::Dateline, by: ("the printed day", "") };
    /// An element that says when.
    const TIME: Self = Self { from: PublishedFrom::Meta, by: ("a time element", "") };

    fn meta(name: &'static str) -> Self {
        Self { from: PublishedFrom::Meta, by: ("meta", name) }
    }

    fn linked(by: By) -> Self {
        Self { from: PublishedFrom::Jsonld, by }
    }
}

/// The day of publication as EDTF and who tells it; what cannot be read is told as it stands when nobody else knows.
pub(super) fn of(tree: &Tree, witnesses: &Witnesses<'_>) -> Option<(String, Teller)> {
    let linked = ["datePublished", "dateCreated", "uploadDate"].iter().find_map(|key| witnesses.linked.said(key));
    let address = witnesses.url.and_then(in_address);
    let told = |text: &str, by: Teller| {
        let date = witnesses.day(text)?;
        let is_local = |local: &&Date| witnesses.zone.is_none() && is_utc(text) && are_neighbours(local, &date);
        let local = address.as_ref().filter(is_local);
        Some(local.map_or((date, by), |local| (local.clone(), Teller::ADDRESS)))
    };
    let in_meta = |names: &'static [&'static str]| {
        let mut all = names.iter().flat_map(|name| witnesses.metas.all(name).map(|text| (*name, text)));
        all.find_map(|(name, text)| told(text, Teller::meta(name)))
    };
    let in_print = |date: Option<Date>| date.map(|date| (date, Teller::PRINT));
    let page = LazyCell::new(|| printed::Page::of(tree, witnesses.heading));
    let found = linked.as_ref().and_then(|(by, text)| told(text, Teller::linked(*by)));
    let marked = LazyCell::new(|| timed(tree, witnesses));
    let own = || match &*marked {
        Some((date, Said::Published)) => Some((date.clone(), Teller::TIME)),
        Some((_, Said::OfSome)) => None,
        _ => in_print(page.plain().filter(|_| address.is_none())),
    };
    let seen = || marked.clone().map(|(date, _)| (date, Teller::TIME));
    let before = |made: Day| move |(date, _): &(Date, Teller)| date.from().is_some_and(|day| day <= made);
    let published = || {
        let told = in_meta(PUBLISHED)?;
        let earlier = last_change_before_publication(witnesses.metas);
        let other = earlier.and_then(|made| own().or_else(seen).filter(before(made)));
        Some(other.unwrap_or(told))
    };
    let found = found.or_else(published).or_else(own).or_else(|| in_meta(DATED_SOMEHOW)).or_else(seen);
    let found = found.or_else(|| address.clone().map(|date| (date, Teller::ADDRESS)));
    let in_month = || page.day_in(&witnesses.url.and_then(month_in_address)?);
    let found = found.or_else(|| in_print(page.date().or_else(in_month)));
    found.map(|(date, by)| (date.edtf().to_owned(), by)).or_else(|| unread(linked, witnesses.metas))
}

/// What is told as the day of publication and cannot be read as one.
fn unread(linked: Option<Stated<String>>, metas: &Metas) -> Option<(String, Teller)> {
    let in_meta = || [PUBLISHED, DATED_SOMEHOW].into_iter().find_map(|names| metas.said(names));
    let in_meta = || in_meta().map(|(by, text)| (text, Teller { from: PublishedFrom::Meta, by }));
    linked.map(|(by, text)| (text, Teller::linked(by))).or_else(in_meta)
}

/// The day of a page's last change, where that is before its time of publication: the latter may be that of its last making.
fn last_change_before_publication(metas: &Metas) -> Option<Day> {
    let time = |name| metas.first(&[name])?.parse::<jiff::Timestamp>().ok();
    let (published, modified) = time("article:published_time").zip(time("article:modified_time"))?;
    let day = i32::try_from(modified.as_second().div_euclid(86_400)).ok()?;
    (modified < published && day > 0).then_some(day)
}

impl Witnesses<'_> {
    /// A whole day of the web's time, by the clock of the archive or, of times of the world's clock, of the site.
    fn day(&self, text: &str) -> Option<Date> {
        let is_world_time = || (is_utc(text) || is_epoch(text)) && !is_midnight(text);
        day(text, self.zone.or_else(|| self.clock.filter(|_| is_world_time())))
    }
}

/// Whether this is a number of seconds or milliseconds since 1970.
fn is_epoch(text: &str) -> bool {
    (10..=13).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a time of the world's clock is midnight: a day without a time.
fn is_midnight(text: &str) -> bool {
    if let Some(number) = text.parse::<i64>().ok().filter(|_| is_epoch(text)) {
        return number % if text.len() > 10 { 86_400_000 } else { 86_400 } == 0;
    }
    let time = text.split(['T', ' ']).find(|part| part.contains(':')).unwrap_or_default();
    time.bytes().take_while(|byte| !matches!(byte, b'Z' | b'+' | b'-')).all(|byte| matches!(byte, b'0' | b':' | b'.'))
}

/// Whether this is a time of the world's clock, which is on another day than the newspaper's for some hours.
fn is_utc(text: &str) -> bool {
    text.contains(':')
        && ["Z", "+00:00", "+0000", "-00:00", "UTC", "GMT"].iter().any(|zone| text.trim().ends_with(zone))
}

fn are_neighbours(a: &Date, b: &Date) -> bool {
    a.from().zip(b.from()).is_some_and(|(a, b)| a.abs_diff(b) == 1)
}

/// A whole day of the web's time.
fn day(text: &str, zone: Option<&str>) -> Option<Date> {
    let date = match is_epoch(text) {
        true => Date::from_epoch(text.parse().ok()?, zone)?,
        // The day is told, however odd the time behind it is.
        false => Date::parse_in_zone(text, zone)
            .or_else(|odd| match text.split_once('T') {
                Some((day, time)) if time.starts_with(|c: char| c.is_ascii_digit()) => Date::parse_in_zone(day, zone),
                _ => Err(odd),
            })
            .ok()?,
    };
    is_recent_day(&date).then_some(date)
}

pub(super) fn is_recent_day(date: &Date) -> bool {
    let year = date.edtf().get(..4).and_then(|year| year.parse().ok()).unwrap_or(0);
    date.edtf().len() == 10 && (1900..2100).contains(&year)
}

/// What a time element says happened then.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    /// This article was published.
    Published,
    /// Some article was published.
    OfSome,
    /// Something.
    Something,
}

/// The time element that says the article was published then, else one that says it of some article, else the first one behind
/// the headline.
fn timed(tree: &Tree, witnesses: &Witnesses<'_>) -> Option<(Date, Said)> {
    let mut best: Option<((usize, usize), Date)> = None;
    let heading = witnesses.heading;
    let bears = |id| tree.attribute(id, "itemprop").is_some_and(|name| name.eq_ignore_ascii_case("datePublished"));
    let is_alone = tree.elements().filter(|(id, _)| bears(*id)).nth(1).is_none();
    for (id, tag) in tree.elements() {
        let is_marked = bears(id) || (tag == "abbr" && hints::has(tree, id, &["published"]));
        if (tag != "time" && !is_marked) || hints::is_changed(tree, id) {
            continue;
        }
        let is_beside = hints::is_beside(tree, id, heading);
        let is_own = bears(id) && is_own(tree, id, (heading, is_alone)) && !hints::is_of_others(tree, id, heading);
        let told = ["datetime", "content", "title"].iter().filter_map(|name| tree.attribute(id, name));
        let mut told = told.map(str::to_owned).chain(tree.short_text(id, RAW));
        let date = told.find_map(|text| witnesses.day(&text).or_else(|| in_line(&text, Order::Unknown)));
        let shown = || tree.short_text(id, RAW).and_then(|text| printed::lone(&text, printed::order(tree)));
        // What readers see is the newspaper's day.
        let date = date.map(|date| shown().filter(|shown| are_neighbours(shown, &date)).unwrap_or(date));
        let Some(date) = date.filter(|_| is_own || !is_beside) else { continue };
        let says_so = is_marked
            || tree.attribute(id, "pubdate").is_some()
            || hints::has(tree, id, &["published", "entry-date", "publish"]);
        let distance = heading.map_or(id, |heading| if id > heading { id - heading } else { 3 * (heading - id) });
        let rank = match (is_own, says_so) {
            // Another's may stand in the margin of the article.
            (true, _) => (usize::from(is_beside), 0),
            (false, true) => (2, 0),
            (false, false) => (3, distance),
        };
        if best.as_ref().is_none_or(|(nearest, _)| rank < *nearest) {
            best = Some((rank, date));
        }
    }
    let said = |rank| match rank {
        0 | 1 => Said::Published,
        2 => Said::OfSome,
        _ => Said::Something,
    };
    best.map(|((rank, _), date)| (date, said(rank)))
}

/// Whether what is marked as a day of publication is the article's: the thing it is a property of holds the headline or, when
/// nothing else is marked so, a text of some length.
fn is_own(tree: &Tree, id: NodeId, (heading, is_alone): (Option<NodeId>, bool)) -> bool {
    let Some(thing) = hints::own_article(tree, id) else { return false };
    let holds_heading = heading.is_some_and(|heading| tree.within(thing).contains(&heading));
    holds_heading || is_alone && tree.short_text(thing, RAW).is_none()
}
