//! The places of a hit list, gathered row by row: where each lies, and the articles that name it.
//!
//! What it looks like is said by GeoJSON and KML, which are handed the whole. A place that nobody located is counted, never guessed.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io::{self, Write},
};

use super::{
    counted,
    hitlist::{HitList, Row},
};
use crate::{
    article::Article,
    entity::{EntityKind, Location},
    hit::{Hit, MentionHit, Provenance},
};

/// Writes places with what says where they come from.
pub(super) type Put = fn(&Places, &Provenance, &mut dyn Write) -> io::Result<()>;

/// Begins a list that is written as a map when its last row has passed; only then is a place known.
pub(super) fn begin<'a>(put: Put, out: &'a mut dyn Write) -> Box<dyn HitList + 'a> {
    Box::new(Mapped { places: Places::default(), put, out })
}

struct Mapped<'a> {
    places: Places,
    put: Put,
    out: &'a mut dyn Write,
}

impl HitList for Mapped<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        self.places.add(row);
        Ok(())
    }

    fn notes(&self) -> Vec<String> {
        self.places.notes()
    }

    fn finish(self: Box<Self>, provenance: &Provenance) -> io::Result<()> {
        (self.put)(&self.places, provenance, self.out)
    }
}

/// The places of a hit list and what has none.
#[derive(Debug, Default)]
pub(super) struct Places {
    articles: Vec<Named>,
    numbers: HashMap<String, u32>,
    named: BTreeMap<String, Place>,
    /// Mentions of something else than a place.
    strange: u64,
}

/// A place that rows name.
#[derive(Debug, Default)]
pub(super) struct Place {
    at: Option<Point>,
    /// GeoNames number, where known.
    pub(super) geonameid: Option<u32>,
    /// How often the rows name it.
    pub(super) mentions: u64,
    articles: BTreeSet<u32>,
}

/// Where a place lies, in degrees, WGS84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) lat: f64,
    pub(super) lon: f64,
}

/// An article that names a place.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
}

impl Named {
    fn of((id, title): (&str, &str), published: &Option<String>, url: &Option<String>) -> Self {
        Self { id: id.to_owned(), title: title.to_owned(), published: published.clone(), url: url.clone() }
    }
}

impl Places {
    /// Takes the places of a row: all of an article, or the one that is mentioned.
    pub(super) fn add(&mut self, row: Row<'_>) {
        match row {
            Row::Article(hit) => self.add_article(hit),
            Row::Mention(mention) => self.add_mention(mention),
        }
    }

    /// Places with coordinates, by path.
    pub(super) fn placed(&self) -> impl Iterator<Item = (&str, Point, &Place)> {
        self.named.iter().filter_map(|(path, place)| Some((path.as_str(), place.at?, place)))
    }

    /// Places without coordinates, by path, each with how many articles name it.
    pub(super) fn without(&self) -> impl Iterator<Item = (&str, usize)> {
        let without = self.named.iter().filter(|(_, place)| place.at.is_none());
        without.map(|(path, place)| (path.as_str(), place.articles.len()))
    }

    /// The articles that name a place, in the order of their rows.
    pub(super) fn articles(&self, place: &Place) -> Vec<&Named> {
        place.articles.iter().filter_map(|number| self.articles.get(*number as usize)).collect()
    }

    /// What is not on the map, in sentences.
    pub(super) fn notes(&self) -> Vec<String> {
        let without = self.without().count() as u64;
        let mut notes = Vec::new();
        if without > 0 {
            notes.push(format!("{} without coordinates left off the map", counted(without, "place", "places")));
        }
        if self.strange > 0 {
            let left = counted(self.strange, "mention", "mentions");
            notes.push(format!("{left} of something else than a place left off the map"));
        }
        notes
    }

    fn add_article(&mut self, hit: &Hit) {
        let Hit { id, title, published, url, .. } = hit;
        let number = self.number(id, || Named::of((id, title), published, url));
        let distinct: BTreeSet<&String> = hit.places.iter().collect();
        for path in distinct {
            let (location, mentions) = hit.article.as_deref().map(|article| located(article, path)).unwrap_or_default();
            self.place(path, location, (number, mentions));
        }
    }

    fn add_mention(&mut self, mention: &MentionHit) {
        let (Some(EntityKind::Place), Some(path)) = (mention.kind, &mention.entity) else {
            self.strange += 1;
            return;
        };
        let MentionHit { id, title, published, url, .. } = mention;
        let number = self.number(id, || Named::of((id, title), published, url));
        self.place(path, mention.location.as_ref(), (number, 1));
    }

    /// Notes a place in an article. Where articles give it different coordinates, the first ones stand.
    fn place(&mut self, path: &str, location: Option<&Location>, (article, mentions): (u32, u64)) {
        let place = self.named.entry(path.to_owned()).or_default();
        place.mentions += mentions;
        place.articles.insert(article);
        if let (None, Some(location)) = (place.at, location) {
            place.at = on_earth(location);
            place.geonameid = location.geonameid;
        }
    }

    fn number(&mut self, id: &str, named: impl FnOnce() -> Named) -> u32 {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let number = self.articles.len() as u32;
        self.articles.push(named());
        self.numbers.insert(id.to_owned(), number);
        number
    }
}

/// Where an article has a place, and how often it mentions it.
fn located<'a>(article: &'a Article, path: &str) -> (Option<&'a Location>, u64) {
    let mentions =
        || article.mentions.iter().filter(|mention| mention.kind == EntityKind::Place && mention.entity == path);
    let listed = article.locations.iter().filter(|(of, _)| of == path).map(|(_, location)| location);
    let location =
        listed.chain(mentions().filter_map(|mention| mention.location.as_ref())).find(|at| on_earth(at).is_some());
    (location, mentions().count() as u64)
}

/// Latitude and longitude, where both are known and possible.
fn on_earth(location: &Location) -> Option<Point> {
    let (lat, lon) = location.lat.zip(location.lon)?;
    ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some(Point { lat, lon })
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use super::*;

    /// Articles of which the first two name Tarn, once with and once without its coordinates, and the first an island.
    pub(in crate::render) fn hits() -> Vec<Hit> {
        let hit = |id: &str, places: &[&str], lat: Option<f64>| {
            let location = Location { geonameid: Some(7), lat, lon: Some(-1.5) };
            let locations = vec![("United Kingdom/Tarn".to_owned(), location)];
            Hit {
                id: id.into(),
                title: format!("Title of {id}"),
                places: places.iter().map(|place| (*place).to_owned()).collect(),
                article: Some(Arc::new(Article { locations, ..Article::default() })),
                ..Hit::default()
            }
        };
        vec![
            hit("a", &["United Kingdom/Tarn", "Isle <of> Fog"], Some(54.0)),
            hit("b", &["United Kingdom/Tarn"], None),
            hit("c", &[], None),
        ]
    }

    #[test]
    fn a_place_is_one_however_many_articles_name_it() {
        let check = |hits: Vec<Hit>| {
            let mut places = Places::default();
            hits.iter().for_each(|hit| places.add(Row::Article(hit)));
            let found: Vec<_> =
                places.placed().map(|(path, at, place)| (path, at.lat, at.lon, places.articles(place).len())).collect();
            assert_eq!(found, [("United Kingdom/Tarn", 54.0, -1.5, 2)]);
            assert_eq!(places.without().collect::<Vec<_>>(), [("Isle <of> Fog", 1)]);
            assert_eq!(places.notes(), ["1 place without coordinates left off the map"]);
        };
        check(hits());
        check(hits().into_iter().rev().collect());
    }

    #[test]
    fn only_mentions_of_places_are_on_a_map() {
        let at = |lat| Some(Location { geonameid: None, lat: Some(lat), lon: Some(2.0) });
        let mention = |kind, lat| MentionHit {
            kind: Some(kind),
            entity: Some("Tarn".into()),
            location: at(lat),
            ..crate::render::sample::bare_mention()
        };
        let mut places = Places::default();
        let rows = [
            (EntityKind::Place, 91.0),
            (EntityKind::Place, f64::NAN),
            (EntityKind::Person, 1.0),
            (EntityKind::Place, 1.0),
        ];
        rows.iter().for_each(|(kind, lat)| places.add(Row::Mention(&mention(*kind, *lat))));
        assert_eq!(places.placed().map(|(_, at, _)| at.lat).collect::<Vec<_>>(), [1.0]);
        assert_eq!(places.notes(), ["1 mention of something else than a place left off the map"]);
    }
}
