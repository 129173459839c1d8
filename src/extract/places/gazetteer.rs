//! The built-in gazetteer: which places bear a name, and where they lie.
//!
//! It reads `data/gazetteer.bin` where it stands in the program and parses nothing beforehand; it never decides which
//! of several places is meant.
//!
//! The file: a line of 128 bytes that says where the data comes from; five lengths (`u32`, like all numbers with the low
//! byte first); the places, 16 bytes each (`record`); their names, each behind a byte with its length; lists of senses
//! (`u32`, the last one of a list is odd); the ISO codes of the countries, which are the first places; an fst from the
//! folded words of a name, joined, to a sense (even) or to twice the number of a list's first sense plus one.

use std::sync::LazyLock;

use fst::raw::{Fst, Output};

use crate::entity::Location;

static BYTES: &[u8] = include_bytes!("../../../data/gazetteer.bin");

static BUILT_IN: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::over(BYTES).unwrap_or_default());

const HEADER: usize = 128;
const RECORD: usize = 16;
const NO_PARENT: u16 = u16::MAX;
/// The latitude of a place that lies nobody knows where.
const NOWHERE: i32 = -0x80_0000;

/// The number of a place in the gazetteer.
pub(super) type PlaceId = u32;

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// A sovereign country or a territory with a code of its own.
    Country,
    /// A first-level region: state, oblast, province.
    Region,
    /// Anything else that is no town: continents, historical states, islands, seas.
    Area,
    /// A county of the United States; it has no location.
    County,
    /// The capital of a country.
    Capital,
    /// A town.
    Town,
}

/// What a name is to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// Its name, or a common one.
    Name,
    /// A name in another language, or one rarely used.
    Alternate,
    /// A name only when printed in capitals: US.
    Capitals,
    /// A name only behind another place and a comma: Mass.
    Abbreviation,
    /// No name, but of its people and things: Russian.
    Demonym,
}

/// One meaning of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sense {
    /// The place.
    pub(super) place: PlaceId,
    /// What the name is to it.
    pub(super) naming: Naming,
    /// Whether the name is an everyday word as well.
    pub(super) is_common: bool,
}

/// A place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// GeoNames number, 0 for none.
    id: u32,
    /// Degrees north and east.
    at: Option<(f64, f64)>,
    /// The decimal logarithm of the number of its people.
    pub(super) size: f32,
    /// What it is.
    pub(super) level: Level,
    /// The region or country it lies in.
    pub(super) parent: Option<PlaceId>,
    name: usize,
}

impl Place {
    /// A place of an archive's own list; its name has no other meaning, so its size decides nothing.
    pub(super) fn listed(country: Option<PlaceId>) -> Self {
        Self { id: 0, at: None, size: 6.0, level: Level::Area, parent: country, name: 0 }
    }

    /// Where it lies.
    pub(super) fn location(&self) -> Location {
        let id = (self.id > 0).then_some(self.id);
        Location { geonameid: id, lat: self.at.map(|at| at.0), lon: self.at.map(|at| at.1) }
    }
}

/// The sections of the file.
#[derive(Default)]
pub(super) struct Gazetteer {
    places: &'static [u8],
    names: &'static [u8],
    senses: &'static [u8],
    countries: &'static [u8],
    keys: Option<Fst<&'static [u8]>>,
}

impl Gazetteer {
    /// The one that is part of the program.
    pub(super) fn built_in() -> &'static Self {
        &BUILT_IN
    }

    fn over(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = bytes.get(HEADER + 5 * 4..)?;
        let mut section = |number: usize| {
            let length = uint(bytes.get(HEADER + number * 4..)?.get(..4)?) as usize;
            let (section, behind) = rest.split_at_checked(length)?;
            rest = behind;
            Some(section)
        };
        Some(Self {
            places: section(0)?,
            names: section(1)?,
            senses: section(2)?,
            countries: section(3)?,
            keys: Some(Fst::new(section(4)?).ok()?),
        })
    }

    /// Begins to spell a name.
    pub(super) fn spell(&self) -> Option<Spelling<'_>> {
        let keys = self.keys.as_ref()?;
        Some(Spelling { keys, address: keys.root().addr(), value: Output::zero() })
    }

    /// What a whole name means; `value` comes from `Spelling::value`.
    pub(super) fn senses(&self, value: u64) -> Vec<Sense> {
        if value & 1 == 0 {
            return vec![sense(value as u32)];
        }
        let list = self.senses.get((value >> 1) as usize * 4..).unwrap_or_default();
        let mut found = Vec::new();
        for packed in list.chunks_exact(4).map(uint) {
            found.push(sense(packed));
            if packed & 1 == 1 {
                break;
            }
        }
        found
    }

    /// A place by its number.
    pub(super) fn place(&self, number: PlaceId) -> Option<Place> {
        record(self.places.get(number as usize * RECORD..)?.get(..RECORD)?)
    }

    /// A place's name.
    pub(super) fn name(&self, place: &Place) -> &'static str {
        let bytes = self.names.get(place.name..).unwrap_or_default();
        let name = bytes.split_first().and_then(|(length, rest)| rest.get(..usize::from(*length)));
        name.and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default()
    }

    /// A place and all above it, from the smallest.
    pub(super) fn lineage(&self, number: PlaceId) -> impl Iterator<Item = PlaceId> {
        std::iter::successors(Some(number), |number| self.place(*number)?.parent)
    }

    /// The path of a place, the largest part first: `Russia/Kursk Oblast/Sudzha`.
    pub(super) fn path(&self, number: PlaceId) -> String {
        let mut steps: Vec<&str> = self.lineage(number).filter_map(|n| Some(self.name(&self.place(n)?))).collect();
        steps.reverse();
        steps.join("/")
    }

    /// The place of one level that bears a name (folded words, joined).
    pub(super) fn named(&self, key: &str, level: Level) -> Option<PlaceId> {
        let senses = self.senses(self.spell()?.then(key)?.value()?);
        let mut places = senses.iter().filter(|sense| sense.naming != Naming::Demonym).map(|sense| sense.place);
        places.find(|place| self.place(*place).is_some_and(|place| place.level == level))
    }

    /// The country with this ISO 3166 code of two letters.
    pub(super) fn country(&self, code: &str) -> Option<PlaceId> {
        let code = code.to_ascii_uppercase();
        let at = self.countries.chunks_exact(2).position(|country| country == code.as_bytes())?;
        u32::try_from(at).ok()
    }
}

/// A name as far as it has been spelled.
#[derive(Clone, Copy)]
pub(super) struct Spelling<'g> {
    keys: &'g Fst<&'static [u8]>,
    address: usize,
    value: Output,
}

impl Spelling<'_> {
    /// Adds a folded word; `None` when no name goes on like this.
    pub(super) fn then(mut self, word: &str) -> Option<Self> {
        for byte in word.bytes() {
            let node = self.keys.node(self.address);
            let transition = node.transition(node.find_input(byte)?);
            self.value = self.value.cat(transition.out);
            self.address = transition.addr;
        }
        Some(self)
    }

    /// What the name means, if it is whole.
    pub(super) fn value(&self) -> Option<u64> {
        let node = self.keys.node(self.address);
        node.is_final().then(|| self.value.cat(node.final_output()).value())
    }
}

fn record(bytes: &[u8]) -> Option<Place> {
    let (lat, lon) = (int(bytes.get(3..6)?), int(bytes.get(6..9)?));
    let parent = u16::try_from(uint(bytes.get(11..13)?)).ok()?;
    Some(Place {
        id: uint(bytes.get(..3)?),
        at: (lat != NOWHERE).then_some((f64::from(lat) / 10_000.0, f64::from(lon) / 10_000.0)),
        size: f32::from(*bytes.get(9)?) / 25.0,
        level: level(*bytes.get(10)?)?,
        parent: (parent != NO_PARENT).then_some(u32::from(parent)),
        name: uint(bytes.get(13..16)?) as usize,
    })
}

fn level(number: u8) -> Option<Level> {
    let levels = [Level::Country, Level::Region, Level::Area, Level::County, Level::Capital, Level::Town];
    levels.get(usize::from(number)).copied()
}

fn sense(packed: u32) -> Sense {
    let naming = match packed >> 1 & 7 {
        0 => Naming::Name,
        1 => Naming::Alternate,
        2 => Naming::Capitals,
        3 => Naming::Abbreviation,
        _ => Naming::Demonym,
    };
    Sense { place: packed >> 5, naming, is_common: packed >> 4 & 1 == 1 }
}

/// The number in up to four bytes.
fn uint(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// The signed number in three bytes.
fn int(bytes: &[u8]) -> i32 {
    (uint(bytes) << 8).cast_signed() >> 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &str, expected: &[&str]) {
        let gazetteer = Gazetteer::built_in();
        let value = gazetteer.spell().and_then(|start| start.then(key)).and_then(|spelled| spelled.value());
        let senses = value.map(|value| gazetteer.senses(value)).unwrap_or_default();
        let mut paths: Vec<String> = senses.iter().map(|sense| gazetteer.path(sense.place)).collect();
        paths.sort();
        assert_eq!(paths, expected, "{key}");
    }

    #[test]
    fn names_lead_to_places() {
        check("sudzha", &["Russia/Kursk Oblast/Sudzha"]);
        check("chechnya", &["Russia/Chechnya", "Ukraine/Donetsk Oblast/Chechnya"]);
        check("leningrad", &["Russia/Saint Petersburg/Saint Petersburg"]);
        check("eastgermany", &["East Germany"]);
        check("crimea", &["Ukraine/Crimea"]);
        check("burma", &["Jordan/Burmā", "Myanmar"]);
        check("nowhereville", &[]);
        check("", &[]);
    }

    #[test]
    fn places_lie_where_they_are() {
        let gazetteer = Gazetteer::built_in();
        let location = |code| gazetteer.place(gazetteer.country(code).unwrap()).unwrap().location();
        let brazil = Location { geonameid: Some(3_469_034), lat: Some(-10.0), lon: Some(-55.0) };
        assert_eq!(location("br"), brazil);
        assert_eq!(gazetteer.country("QQ"), None);
    }

    #[test]
    fn the_file_names_its_source() {
        assert!(BYTES.len() < 10_000_000);
        assert!(BYTES.starts_with(b"morgue gazetteer 1. Contains data from GeoNames (geonames.org), CC BY 4.0"));
    }
}
