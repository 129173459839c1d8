//! People, places, organisations, roles and dates as an article names them.
//!
//! A mention is one occurrence in the text; it never says more than the rule that found it knew.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Date;

/// What a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A place, its name a path from the largest part: `Russia/Kursk Oblast/Sudzha`.
    Place,
    /// An organisation.
    Org,
    /// What somebody is: envoy, spokesperson.
    Role,
    /// A calendar date or range the text talks about.
    Date,
}

impl EntityKind {
    /// Every kind, in the order of their stored numbers.
    pub const ALL: [Self; 5] = [Self::Person, Self::Place, Self::Org, Self::Role, Self::Date];

    /// The kind stored under `number`, if there is one.
    pub fn from_number(number: u64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// The number under which the index stores this kind.
    pub fn number(self) -> u64 {
        self as u64
    }
}

/// Who says so: a field that came with the article, or the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// Supplied with the article; such a mention is certain.
    Field,
    /// Found in the text by a rule.
    Text,
}

/// Where a place lies.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Location {
    /// GeoNames number, where known.
    #[serde(default)]
    pub geonameid: Option<u32>,
    /// Latitude in degrees, WGS84.
    #[serde(default)]
    pub lat: Option<f64>,
    /// Longitude in degrees, WGS84.
    #[serde(default)]
    pub lon: Option<f64>,
}

/// One occurrence of an entity in an article's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// What it names.
    pub kind: EntityKind,
    /// Bytes of the article's text.
    pub span: Range<usize>,
    /// The text at `span`, as printed; the index takes it from the text again.
    #[serde(skip)]
    pub surface: String,
    /// The name it stands for: a facet value; for a date its EDTF form, empty when unresolved.
    pub entity: String,
    /// For a person: the role as the article puts it.
    pub role: Option<String>,
    /// For a place: where it lies.
    pub location: Option<Location>,
    /// For a date: the value, when resolved.
    pub date: Option<Date>,
    /// Who says so.
    pub from: Evidence,
    /// The rule that found it: `given` for supplied names.
    pub rule: String,
    /// 0 to 1.
    pub confidence: f32,
}
