//! THE table of names under which a record may give a field, and which field each means.
//!
//! It knows names only; `record` takes the values.

use std::collections::HashMap;

use crate::settings::Settings;

/// A field of a record, in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    Id,
    Title,
    Subtitle,
    Summary,
    Body,
    Url,
    Published,
    Source,
    Byline,
    Authors,
    Section,
    Language,
    Tags,
    Subjects,
    People,
    Places,
    Orgs,
    Roles,
    Dates,
    /// `extra` itself.
    Extra,
    /// Known, but without a place of its own: kept in `extra` under its name.
    Kept,
    /// Says nothing about the article.
    Ignored,
}

/// Field, its name in the article schema, its other names in order of preference (as [`plain`] spells them).
const ROWS: &[(Slot, &str, &[&str])] = &[
    (Slot::Id, "id", &[]),
    (Slot::Title, "title", &["headline"]),
    (Slot::Subtitle, "subtitle", &["subheadline", "alternativeheadline"]),
    (Slot::Summary, "summary", &["description", "abstract", "standfirst", "excerpt"]),
    (Slot::Body, "body", &["text", "content", "articlebody", "bodytext", "fulltext", "maintext"]),
    (Slot::Url, "url", &["uri", "link", "permalink", "canonicalurl"]),
    (
        Slot::Published,
        "published",
        &["date", "datepublished", "publisheddate", "publishedat", "publicationdate", "pubdate", "publishdate"],
    ),
    (Slot::Source, "source", &["publisher", "newspaper", "outlet", "sitename", "sourcehostname", "site"]),
    (Slot::Byline, "byline", &["by"]),
    (Slot::Authors, "authors", &["author"]),
    (Slot::Section, "section", &["articlesection"]),
    (Slot::Language, "language", &["lang", "inlanguage"]),
    (Slot::Tags, "tags", &["tag"]),
    (Slot::Subjects, "subjects", &["topics", "keywords", "subject", "topic"]),
    (Slot::People, "people", &["persons", "person"]),
    (Slot::Places, "places", &["locations", "place", "location"]),
    (Slot::Orgs, "organisations", &["orgs", "organizations", "organisation", "organization", "org"]),
    (Slot::Roles, "roles", &["role"]),
    (Slot::Dates, "dates", &[]),
    (Slot::Extra, "extra", &[]),
    (Slot::Kept, "dateline", &[]),
    (Slot::Kept, "genre", &[]),
    (Slot::Kept, "edition", &[]),
    (Slot::Kept, "page", &[]),
    (Slot::Kept, "rights", &[]),
    (Slot::Kept, "archive", &[]),
    (Slot::Kept, "ocr", &[]),
    (Slot::Kept, "modified", &["datemodified", "updated"]),
    (Slot::Kept, "retrieved", &["created", "accessed"]),
    (Slot::Kept, "events", &[]),
    (Slot::Kept, "body_html", &[]),
    (Slot::Ignored, "$schema", &[]),
];

/// What other tools say beside an article, known and kept as they name it.
const COMPANY: &[&str] = &[
    "altids",
    "associations",
    "charcount",
    "copyrightnotice",
    "ednote",
    "mimetype",
    "objects",
    "profile",
    "pubstatus",
    "renditions",
    "slugline",
    "standard",
    "trustindicators",
    "type",
    "urgency",
    "usageterms",
    "version",
    "versioncreated",
    "wordcount",
    "contentcreated",
    "expires",
    "copyrightholder",
    "image",
    "thumbnail",
    "thumbnailUrl",
    "isAccessibleForFree",
    "speakable",
    "dateCreated",
    "comments",
    "fingerprint",
    "hostname",
    "filedate",
    "pagetype",
    "license",
    "filename",
    "image_url",
    "localpath",
    "title_page",
    "title_rss",
    "date_modify",
    "top_image",
    "top_img",
    "images",
    "imgs",
    "movies",
    "meta_data",
    "meta_img",
    "meta_favicon",
    "source_url",
    "is_archived",
    "is_starred",
    "is_public",
    "reading_time",
    "preview_picture",
    "http_status",
    "hashed_url",
    "given_url",
    "origin_url",
    "user_name",
    "user_email",
    "user_id",
    "annotations",
    "headers",
    "slug",
    "state",
    "readingProgress",
    "raw_text",
];

/// The name in the article schema.
pub(super) fn canonical(slot: Slot) -> &'static str {
    ROWS.iter().find(|(row, ..)| *row == slot).map_or("", |(_, name, _)| name)
}

/// A name found in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// The field it means.
    pub(super) slot: Slot,
    /// The field's name in the article schema.
    pub(super) name: &'static str,
    /// Preference: 0 for the schema's own name, 1 for names of the settings, more for other names.
    pub(super) rank: usize,
}

/// Every name by its plain spelling, those of the settings included.
#[derive(Debug)]
pub(super) struct Aliases {
    by_name: HashMap<String, Known>,
}

impl Aliases {
    /// The table with the names that the settings add.
    pub(super) fn of(settings: &Settings) -> Self {
        let mut by_name = HashMap::new();
        for (slot, name, others) in ROWS {
            by_name.insert(plain(name), Known { slot: *slot, name, rank: 0 });
            let ranked = others.iter().zip(2..);
            by_name.extend(ranked.map(|(other, rank)| ((*other).to_owned(), Known { slot: *slot, name, rank })));
        }
        for name in COMPANY {
            by_name.entry(plain(name)).or_insert(Known { slot: Slot::Kept, name, rank: 0 });
        }
        for (field, others) in &settings.fields {
            if let Some((slot, name, _)) = ROWS.iter().find(|(_, name, _)| name == field) {
                by_name.extend(others.iter().map(|other| (plain(other), Known { slot: *slot, name, rank: 1 })));
            }
        }
        Self { by_name }
    }

    /// The field that `name` means, case, `-` and `_` apart.
    pub(super) fn find(&self, name: &str) -> Option<Known> {
        match self.by_name.get(name) {
            Some(known) => Some(*known),
            None => self.by_name.get(&plain(name)).copied(),
        }
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| !"-_ .".contains(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_spelling() {
        let fields = [("source".to_owned(), vec!["Verlag".to_owned(), "site".to_owned()])].into();
        let aliases = Aliases::of(&Settings { fields, ..Settings::default() });
        for (name, expected) in [
            ("title", Some((Slot::Title, 0))),
            ("Title", Some((Slot::Title, 0))),
            ("datePublished", Some((Slot::Published, 3))),
            ("date_published", Some((Slot::Published, 3))),
            ("verlag", Some((Slot::Source, 1))),
            ("site", Some((Slot::Source, 1))),
            ("orgs", Some((Slot::Orgs, 2))),
            ("body_html", Some((Slot::Kept, 0))),
            ("colour", None),
        ] {
            assert_eq!(aliases.find(name).map(|known| (known.slot, known.rank)), expected, "{name}");
        }
    }

    #[test]
    fn no_name_means_two_fields() {
        let mut names: Vec<String> =
            ROWS.iter().flat_map(|(_, name, others)| others.iter().map(|o| plain(o)).chain([plain(name)])).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn every_field_that_settings_may_name_is_in_the_table() {
        for name in crate::settings::NAMEABLE {
            assert!(ROWS.iter().any(|(_, row, _)| row == name), "{name}");
        }
    }
}
