//! The bytes of the gazetteer's file, as `src/extract/places/gazetteer.rs` reads them.
//!
//! It never decides what is in it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    error::Error,
};

/// What a place is; the numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Country = 0,
    Region = 1,
    Area = 2,
    County = 3,
    Capital = 4,
    Town = 5,
}

/// What a name is to a place; the numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Name = 0,
    Alternate = 1,
    /// Only when printed in capitals.
    Capitals = 2,
    /// Only behind another place and a comma.
    Abbreviation = 3,
    /// Context only.
    Demonym = 4,
}

/// A place.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) name: String,
    /// GeoNames number; 0 for none.
    pub(crate) id: u32,
    pub(crate) location: Option<(f64, f64)>,
    pub(crate) people: u64,
    pub(crate) parent: Option<usize>,
    pub(crate) level: Level,
    /// ISO code of a country.
    pub(crate) code: Option<String>,
}

/// One meaning of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) place: usize,
    pub(crate) kind: Kind,
}

const HEADER: &str = "morgue gazetteer 1. Contains data from GeoNames (geonames.org), CC BY 4.0; modified.";
const HEADER_BYTES: usize = 128;

/// A place's name below those of all places that hold it.
pub(crate) fn path(places: &[Place], place: &Place) -> String {
    let above = place.parent.and_then(|parent| places.get(parent));
    above.map_or_else(|| place.name.clone(), |above| format!("{}/{}", path(places, above), place.name))
}

/// The whole file.
pub(crate) fn write(
    places: &[Place],
    keys: &BTreeMap<String, BTreeSet<Key>>,
    common: &BTreeSet<String>,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut names = Names::default();
    let mut records = Vec::new();
    for place in places {
        record(place, names.add(&place.name)?, &mut records)?;
    }
    let mut senses: Vec<u8> = Vec::new();
    let mut map = fst::MapBuilder::memory();
    for (key, meanings) in keys {
        map.insert(key, value(meanings, common.contains(key), &mut senses))?;
    }
    let codes = places.iter().take_while(|place| place.level == Level::Country);
    let codes: Vec<u8> = codes.flat_map(|place| place.code.clone().unwrap_or_default().into_bytes()).collect();
    let mut file = format!("{HEADER:<width$}\n", width = HEADER_BYTES - 1).into_bytes();
    let sections = [records, names.bytes, senses, codes, map.into_inner()?];
    for section in &sections {
        file.extend(u32::try_from(section.len())?.to_le_bytes());
    }
    file.extend(sections.concat());
    Ok(file)
}

/// 16 bytes: number, latitude, longitude in ten-thousandths (3 bytes each), people, level, parent (2), name (3).
fn record(place: &Place, name: u32, out: &mut Vec<u8>) -> Result<(), Box<dyn Error>> {
    let degrees = |value: f64| ((value * 10_000.0).round() as i32).to_le_bytes();
    let (lat, lon) = place.location.map_or(([0, 0, 0x80, 0], [0; 4]), |(lat, lon)| (degrees(lat), degrees(lon)));
    let parent = u16::try_from(place.parent.map_or(usize::from(u16::MAX), |parent| parent))?;
    out.extend(&place.id.to_le_bytes()[..3]);
    out.extend(&lat[..3]);
    out.extend(&lon[..3]);
    out.push((((place.people + 1) as f64).log10() * 25.0).round() as u8);
    out.push(place.level as u8);
    out.extend(parent.to_le_bytes());
    out.extend(&name.to_le_bytes()[..3]);
    Ok(())
}

/// The meaning itself, or where the list of several begins.
fn value(meanings: &BTreeSet<Key>, is_common: bool, senses: &mut Vec<u8>) -> u64 {
    let packed = |key: &Key| (key.place as u32) << 5 | u32::from(is_common) << 4 | (key.kind as u32) << 1;
    let of_place: BTreeMap<usize, &Key> = meanings.iter().rev().map(|key| (key.place, key)).collect();
    let mut kept = of_place.values().map(|key| packed(key)).peekable();
    if of_place.len() == 1 {
        return kept.next().map_or(0, u64::from);
    }
    let start = senses.len() as u64 / 4;
    while let Some(sense) = kept.next() {
        senses.extend((sense | u32::from(kept.peek().is_none())).to_le_bytes());
    }
    start << 1 | 1
}

/// Names, each once, behind a byte with its length.
#[derive(Default)]
struct Names {
    bytes: Vec<u8>,
    known: HashMap<String, u32>,
}

impl Names {
    fn add(&mut self, name: &str) -> Result<u32, Box<dyn Error>> {
        if let Some(at) = self.known.get(name) {
            return Ok(*at);
        }
        let at = u32::try_from(self.bytes.len())?;
        self.bytes.push(u8::try_from(name.len())?);
        self.bytes.extend(name.as_bytes());
        self.known.insert(name.to_owned(), at);
        Ok(at)
    }
}
