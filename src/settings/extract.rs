//! `[extract]`: for each kind of name whether it comes from the fields of an article, from its text, or from both.
//!
//! It says what is wanted and finds nothing.

use serde::Deserialize;

use crate::entity::EntityKind;

/// Where the names of one kind come from, in an article that supplies some.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Take {
    /// From what the article supplies, even an empty list; from the text only where it supplies nothing.
    #[default]
    FieldsOnly,
    /// From both.
    Merge,
    /// From the text alone; what the article supplies is left out.
    Text,
}

/// `[extract]`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Sources {
    /// People.
    #[serde(default)]
    pub people: Take,
    /// Places.
    #[serde(default)]
    pub places: Take,
    /// Organisations.
    #[serde(default)]
    pub organisations: Take,
    /// Roles.
    #[serde(default)]
    pub roles: Take,
    /// Dates the text talks about.
    #[serde(default)]
    pub dates: Take,
    /// Who sees names in a text.
    #[serde(default)]
    pub recogniser: Recogniser,
    /// How far a run looks, whatever the file says.
    #[serde(skip)]
    pub reach: Reach,
}

/// Who sees names in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recogniser {
    /// Rules and lists of words: fast, and each name says why.
    #[default]
    Rules,
    /// The rules, and where they see nothing a model learnt from texts: more names, less sure ones among them.
    Tagger,
}

/// How far extraction looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// Into the text, as the settings say.
    #[default]
    Text,
    /// At fields alone, whatever an article lacks.
    Fields,
}

/// The keys of `[extract]`.
pub(super) const KEYS: &[&str] = &["people", "places", "organisations", "roles", "dates", "recogniser"];

impl Sources {
    /// Where names of a kind come from in an article that supplies some.
    pub fn take(&self, kind: EntityKind) -> Take {
        match kind {
            EntityKind::Person => self.people,
            EntityKind::Place => self.places,
            EntityKind::Org => self.organisations,
            EntityKind::Role => self.roles,
            EntityKind::Date => self.dates,
        }
    }

    /// Whether names of a kind are sought in the text of an article that supplies the kinds `supplied`.
    pub fn seeks(&self, kind: EntityKind, supplied: &[EntityKind]) -> bool {
        self.reach == Reach::Text && (self.take(kind) != Take::FieldsOnly || !supplied.contains(&kind))
    }
}
