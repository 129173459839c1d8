//! The gazetteers of an archive: the built-in one, and above it the places that its owner has listed.
//!
//! A listed name has the listed meaning and no other. Nothing here reads files.

use std::collections::HashMap;

use super::gazetteer::{Gazetteer, Level, Naming, Place, PlaceId, Sense};
use crate::{article::Note, entity::Location, text};

/// Numbers of listed places begin here, far above those of the built-in ones.
const LISTED: PlaceId = 1 << 24;

/// The columns of a list, in any order; the first two must be there.
const COLUMNS: [&str; 5] = ["name", "path", "lat", "lon", "aliases"];

/// Where an archive looks places up.
#[derive(Debug, Clone, Default)]
pub struct Gazetteers {
    listed: Vec<Listed>,
    keys: HashMap<String, Vec<PlaceId>>,
    home: Option<PlaceId>,
}

#[derive(Debug, Clone)]
struct Listed {
    path: String,
    location: Option<Location>,
    country: Option<PlaceId>,
}

impl Gazetteers {
    /// The built-in gazetteer, below a list of the archive's own: CSV with the columns name, path (largest part first,
    /// joined by `/`), lat, lon (degrees; both or none) and aliases (joined by `|`). A row that cannot be used is left
    /// out and told in a note. `country` is where the archive's newspapers appear, as an ISO code of two letters.
    pub fn new(list: Option<&str>, country: Option<&str>) -> (Self, Vec<Note>) {
        let mut all = Self { home: country.and_then(|code| Gazetteer::built_in().country(code)), ..Self::default() };
        let notes = list.map(|list| all.read(list)).unwrap_or_default();
        (all, notes)
    }

    /// The country the archive's newspapers appear in, if it is known.
    pub(super) fn home(&self) -> Option<PlaceId> {
        self.home
    }

    /// Whether the archive lists places of its own.
    pub(super) fn has_list(&self) -> bool {
        !self.keys.is_empty()
    }

    /// What a key (folded words, joined) means in the archive's own list.
    pub(super) fn listed(&self, key: &str) -> Option<Vec<Sense>> {
        let sense = |place: &PlaceId| Sense { place: *place, naming: Naming::Name, is_common: false };
        self.keys.get(key).map(|places| places.iter().map(sense).collect())
    }

    /// What a key means, in the archive's own list before all.
    pub(super) fn senses(&self, key: &str) -> Vec<Sense> {
        let gazetteer = Gazetteer::built_in();
        let built_in = || Some(gazetteer.senses(gazetteer.spell()?.then(key)?.value()?));
        self.listed(key).or_else(built_in).unwrap_or_default()
    }

    /// A place by its number.
    pub(super) fn place(&self, number: PlaceId) -> Option<Place> {
        match self.own(number) {
            Some(listed) => Some(Place::listed(listed.country)),
            None => Gazetteer::built_in().place(number),
        }
    }

    /// The path of a place, the largest part first.
    pub(super) fn path(&self, number: PlaceId) -> String {
        self.own(number).map_or_else(|| Gazetteer::built_in().path(number), |listed| listed.path.clone())
    }

    /// Where a place lies, if that is known.
    pub(super) fn location(&self, number: PlaceId) -> Option<Location> {
        let location = match self.own(number) {
            Some(listed) => listed.location.clone(),
            None => Gazetteer::built_in().place(number).map(|place| place.location()),
        };
        location.filter(|location| *location != Location::default())
    }

    /// A place and all above it, from the smallest.
    pub(super) fn lineage(&self, number: PlaceId) -> impl Iterator<Item = PlaceId> {
        std::iter::successors(Some(number), |number| self.place(*number)?.parent)
    }

    /// Whether one place lies in another; in one without borders, such as a state of the past, if it lies near its middle.
    pub(super) fn lies_in(&self, inner: PlaceId, outer: PlaceId) -> bool {
        let at = |place| self.location(place).and_then(|location| Some((location.lat?, location.lon?)));
        let is_near = || match (self.place(inner), self.place(outer), at(inner), at(outer)) {
            (Some(town), Some(area), Some(inner), Some(outer)) => {
                let is_town = matches!(town.level, Level::Town | Level::Capital);
                is_town
                    && area.level == Level::Area
                    && (inner.0 - outer.0).abs() < 4.0
                    && (inner.1 - outer.1).abs() < 5.0
            }
            _ => false,
        };
        inner != outer && (self.lineage(inner).any(|place| place == outer) || is_near())
    }

    fn own(&self, number: PlaceId) -> Option<&Listed> {
        self.listed.get(number.checked_sub(LISTED)? as usize)
    }

    fn read(&mut self, list: &str) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut note = |line: u64, what: &str| notes.push(Note::new("gazetteer", format!("line {line}: {what}")));
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(list.as_bytes());
        let header: Vec<String> = match reader.headers() {
            Ok(header) => header.iter().map(text::fold).collect(),
            Err(fault) => return vec![Note::new("gazetteer", format!("line 1: {fault}"))],
        };
        for column in header.iter().filter(|column| !COLUMNS.contains(&column.as_str())) {
            note(1, &format!("no column is called “{column}”; there are {}", COLUMNS.join(", ")));
        }
        for row in reader.records() {
            let line = row.as_ref().ok().and_then(|row| row.position()).map_or(0, csv::Position::line);
            let read = row.map_err(|fault| fault.to_string()).and_then(|row| self.row(&header, &row));
            if let Err(reason) = read {
                note(line, &reason);
            }
        }
        notes
    }

    fn row(&mut self, header: &[String], row: &csv::StringRecord) -> Result<(), String> {
        let cell = |name: &str| {
            let column = header.iter().position(|column| column == name);
            column.and_then(|column| row.get(column)).unwrap_or_default()
        };
        let path: Vec<&str> = cell("path").split('/').map(str::trim).filter(|step| !step.is_empty()).collect();
        let (Some(first), Some(last)) = (path.first(), path.last()) else { return Err("there is no path".to_owned()) };
        let name = if cell("name").is_empty() { last } else { cell("name") };
        let location = location(cell("lat"), cell("lon"))?;
        let country = Gazetteer::built_in().named(&text::fold_words(first).concat(), Level::Country);
        let number = LISTED + u32::try_from(self.listed.len()).map_err(|_| "there are too many places")?;
        self.listed.push(Listed { path: path.join("/"), location, country });
        for name in std::iter::once(name).chain(cell("aliases").split('|')) {
            let key = text::fold_words(name).concat();
            let places = self.keys.entry(key.clone()).or_default();
            if !key.is_empty() && !places.contains(&number) {
                places.push(number);
            }
        }
        self.keys.remove("");
        Ok(())
    }
}

fn location(lat: &str, lon: &str) -> Result<Option<Location>, String> {
    if lat.is_empty() && lon.is_empty() {
        return Ok(None);
    }
    let degrees = |text: &str, most: f64| text.parse().ok().filter(|value: &f64| value.abs() <= most);
    match (degrees(lat, 90.0), degrees(lon, 180.0)) {
        (Some(lat), Some(lon)) => Ok(Some(Location { geonameid: None, lat: Some(lat), lon: Some(lon) })),
        _ => Err(format!("“{lat}”, “{lon}” is no place on earth: degrees from -90 to 90 and from -180 to 180")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(list: &str, key: &str, expected: &[&str], faults: &[&str]) {
        let (all, notes) = Gazetteers::new(Some(list), None);
        let paths: Vec<String> = all.senses(key).iter().map(|sense| all.path(sense.place)).collect();
        assert_eq!(paths, expected, "{list}");
        let reasons: Vec<&str> = notes.iter().map(|note| note.reason.as_str()).collect();
        assert_eq!(reasons, faults, "{list}");
    }

    #[test]
    fn a_list_wins_and_its_faults_are_told() {
        let list = "name,path,lat,lon,aliases\nParis,Norland/Paris,1.5,2,Lutetia|Pari\n";
        check(list, "paris", &["Norland/Paris"], &[]);
        check(list, "lutetia", &["Norland/Paris"], &[]);
        check(list, "sudzha", &["Russia/Kursk Oblast/Sudzha"], &[]);
        check("path\nFrance/Orrinvale\n", "orrinvale", &["France/Orrinvale"], &[]);
        check("name,path\nOrrinvale,\n", "orrinvale", &[], &["line 2: there is no path"]);
        let fault = "line 2: “95”, “2” is no place on earth: degrees from -90 to 90 and from -180 to 180";
        check("name,path,lat,lon\nOrrinvale,Norland/Orrinvale,95,2\n", "orrinvale", &[], &[fault]);
        let fault = "line 1: no column is called “where”; there are name, path, lat, lon, aliases";
        check("name,where\n", "orrinvale", &[], &[fault]);
    }

    #[test]
    fn what_is_listed_lies_in_its_country() {
        let (all, _) = Gazetteers::new(Some("path\nFrance/Orrinvale\n"), Some("fr"));
        let orrinvale = all.senses("orrinvale")[0].place;
        assert_eq!(all.lineage(orrinvale).nth(1), all.home());
        assert_eq!(all.location(orrinvale), None);
    }
}
