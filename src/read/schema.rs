//! The shape of one record of the archive, as the article schema publishes it.
//!
//! It describes what is best written; the reader takes much more, and these types never do the reading.

use std::borrow::Cow;

use schemars::{
    JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema, transform::RecursiveTransform,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The JSON Schema (2020-12) of a record: `schema/article.schema.json`.
pub fn article_schema() -> Schema {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(without_empty_default));
    let mut schema = settings.into_generator().into_root_schema_for::<Clipping>();
    schema.insert("$id".to_owned(), "article.schema.json".into());
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.values_mut().for_each(allow_null);
    }
    schema
}

/// Null says nothing, as if the field were absent; our own converter prints it.
fn allow_null(property: &mut Value) {
    let Value::Object(property) = property else { return };
    let nothing = serde_json::json!({ "type": "null" });
    if let Some(Value::String(one)) = property.get("type").cloned() {
        property.insert("type".to_owned(), serde_json::json!([one, "null"]));
    } else if let Some(target) = property.remove("$ref") {
        property.insert("anyOf".to_owned(), serde_json::json!([{ "$ref": target }, nothing]));
    }
}

/// A field that is absent says nothing, while an empty list says "none": the one is no default of the other.
fn without_empty_default(schema: &mut Schema) {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    };
    if schema.get("default").is_some_and(is_empty) {
        schema.remove("default");
    }
}

/// One article in a clippings archive.
///
/// One object per .json file, per line of a .jsonl file, or the same names as YAML or TOML front matter of a .md or .txt
/// file, or as a .json, .yaml or .toml file beside a .txt of the same name. Entity arrays follow IPTC ninjs 3.1;
/// bibliographic names follow schema.org NewsArticle where they differ only in style. Only `body` or `title` is needed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("anyOf" = [{ "required": ["title"] }, { "required": ["body"] }, { "required": ["body_html"] }]))]
pub struct Clipping {
    /// The schema the record follows; ignored.
    #[serde(rename = "$schema")]
    #[schemars(with = "String")]
    pub schema: Option<String>,
    /// Stable identifier inside the archive. Default: the path relative to the archive's root, and where a file holds
    /// several records `#` and eight digits of the record's hash.
    #[schemars(with = "String", length(min = 1))]
    pub id: Option<String>,
    /// Where the article was published.
    #[schemars(with = "String", url)]
    pub url: Option<String>,
    /// Headline.
    #[schemars(with = "String")]
    pub title: Option<String>,
    /// The line below the headline.
    #[schemars(with = "String")]
    pub subtitle: Option<String>,
    /// Standfirst, description, abstract or excerpt.
    #[schemars(with = "String")]
    pub summary: Option<String>,
    /// Plain text; blank lines separate paragraphs.
    #[schemars(with = "String")]
    pub body: Option<String>,
    /// Used only when body is absent.
    #[schemars(with = "String")]
    pub body_html: Option<String>,
    /// Date of publication, never guessed from the file's time of change.
    #[schemars(with = "GivenDate")]
    pub published: Option<GivenDate>,
    /// Date of the last change.
    #[schemars(with = "GivenDate")]
    pub modified: Option<GivenDate>,
    /// When the clipping was saved.
    #[schemars(with = "GivenDate")]
    pub retrieved: Option<GivenDate>,
    /// Newspaper, agency or site. A value that is a URL is read as url instead.
    #[schemars(with = "Named")]
    pub source: Option<Named>,
    /// As printed.
    #[schemars(with = "String")]
    pub byline: Option<String>,
    /// One name each.
    pub authors: Vec<String>,
    /// As printed, e.g. "MOSCOW, March 13".
    #[schemars(with = "String")]
    pub dateline: Option<String>,
    /// Section of the newspaper.
    #[schemars(with = "String")]
    pub section: Option<String>,
    /// news, opinion, interview, obituary, ...
    #[schemars(with = "String")]
    pub genre: Option<String>,
    /// Edition of the newspaper.
    #[schemars(with = "String")]
    pub edition: Option<String>,
    /// A string because pages are called A1.
    #[schemars(with = "String")]
    pub page: Option<String>,
    /// BCP 47.
    #[schemars(with = "String", regex(pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"))]
    pub language: Option<String>,
    /// The archivist's own labels; keywords from the publisher go to subjects.
    #[schemars(extend("uniqueItems" = true))]
    pub tags: Vec<String>,
    /// People the article names.
    pub people: Vec<Named>,
    /// Organisations the article names.
    pub organisations: Vec<Named>,
    /// Places the article names.
    pub places: Vec<NamedPlace>,
    /// The publisher's keywords and topics.
    pub subjects: Vec<Named>,
    /// Events the article names.
    pub events: Vec<Named>,
    /// What people in the article are: envoy, spokesperson.
    pub roles: Vec<String>,
    /// Dates the text talks about (not the publication date).
    pub dates: Vec<DateOrMention>,
    /// Who may do what with it.
    #[schemars(with = "String")]
    pub rights: Option<String>,
    /// Where the original lies.
    #[schemars(with = "Holding")]
    pub archive: Option<Holding>,
    /// How the text was recognised.
    #[schemars(with = "Recognition")]
    pub ocr: Option<Recognition>,
    /// Anything else; kept, shown, and searchable as extra.NAME:value. Unknown top-level names are moved here with a
    /// notice.
    pub extra: Map<String, Value>,
}

/// A date as a record gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GivenDate(pub String);

impl JsonSchema for GivenDate {
    fn schema_name() -> Cow<'static, str> {
        "date".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let one = concat!(
            r"(-?\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])",
            r"(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?|\d{3}X|\d{2}XX)[?~%]?",
        );
        json_schema!({
            "type": "string",
            "pattern": format!(r"^({one}(/({one}|\.\.))?|\.\./{one})$"),
            "description": "ISO 8601 / EDTF level 0 with an optional level 1 mark: 1916, 1916-05, 1916-05-24, 1916~, 191X, \
                            2025-03-13T09:00:00Z, 1985/1990, 2012/..",
        })
    }
}

/// A name, or an entity with its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "name")]
pub enum Named {
    /// The name alone.
    Name(#[schemars(length(min = 1))] String),
    /// The name and more.
    Entity(Entity),
}

/// A place's name or path, or a place with its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "placeName")]
pub enum NamedPlace {
    /// The name alone, or its path with `/` between the parts, the largest first.
    Name(#[schemars(length(min = 1))] String),
    /// The name and more.
    Place(Box<Place>),
}

/// A person, organisation, subject or event.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "entity")]
pub struct Entity {
    /// Its name, a facet value, never changed.
    #[schemars(length(min = 1))]
    pub name: String,
    /// about, mentions, quoted, pictured, ... (ninjs rel).
    #[serde(default)]
    #[schemars(with = "String")]
    pub rel: Option<String>,
    /// For instance a Wikidata URI.
    #[serde(default)]
    #[schemars(with = "String", url)]
    pub uri: Option<String>,
    /// Its code in a vocabulary.
    #[serde(default)]
    #[schemars(with = "String")]
    pub literal: Option<String>,
    /// As the article puts it: special envoy, spokesperson.
    #[serde(default)]
    #[schemars(with = "String")]
    pub role: Option<String>,
    /// Other forms of the name; each is looked for in the text.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// How sure its extraction is.
    #[serde(default)]
    #[schemars(with = "f64", range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// Person or program that extracted it.
    #[serde(default)]
    #[schemars(with = "String")]
    pub creator: Option<String>,
    /// Where it occurs. Offsets count Unicode code points of the named field, end exclusive.
    #[serde(default)]
    pub spans: Vec<Span>,
}

/// A place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "place")]
pub struct Place {
    /// What it shares with other entities.
    #[serde(flatten)]
    pub entity: Entity,
    /// Largest first: ["Russia", "Kursk Oblast", "Sudzha"].
    #[serde(default)]
    pub path: Vec<String>,
    /// Latitude, WGS84.
    #[serde(default)]
    #[schemars(with = "f64", range(min = -90, max = 90))]
    pub lat: Option<f64>,
    /// Longitude, WGS84.
    #[serde(default)]
    #[schemars(with = "f64", range(min = -180, max = 180))]
    pub lon: Option<f64>,
    /// GeoNames number.
    #[serde(default)]
    #[schemars(with = "u32")]
    pub geonameid: Option<u32>,
    /// Its shape.
    #[serde(default, rename = "geoJSON")]
    #[schemars(with = "Map<String, Value>")]
    pub geo_json: Option<Map<String, Value>>,
}

/// A stretch of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "span")]
pub struct Span {
    /// The field; body unless told.
    #[serde(default)]
    pub field: SpanField,
    /// First code point.
    pub start: u64,
    /// One past the last.
    #[schemars(range(min = 1))]
    pub end: u64,
    /// The text there.
    #[serde(default)]
    #[schemars(with = "String")]
    pub exact: Option<String>,
}

/// A field of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum SpanField {
    /// `title`
    Title,
    /// `subtitle`
    Subtitle,
    /// `summary`
    Summary,
    /// `body`
    #[default]
    Body,
}

/// A date, or a date with the words that print it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum DateOrMention {
    /// The value alone.
    Date(GivenDate),
    /// The value and more.
    Mention(DateMention),
}

/// A date the text talks about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "dateMention")]
pub struct DateMention {
    /// The value, or the first day of a range.
    pub date: GivenDate,
    /// The end of a range.
    #[serde(default)]
    #[schemars(with = "GivenDate")]
    pub end: Option<GivenDate>,
    /// The words that print it.
    #[serde(default)]
    #[schemars(with = "String")]
    pub text: Option<String>,
    /// What it is to the article.
    #[serde(default)]
    #[schemars(with = "String")]
    pub rel: Option<String>,
    /// Where it occurs.
    #[serde(default)]
    pub spans: Vec<Span>,
}

/// Where an original lies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "archive")]
pub struct Holding {
    /// The library or archive.
    #[schemars(with = "String")]
    pub name: Option<String>,
    /// The collection in it.
    #[schemars(with = "String")]
    pub collection: Option<String>,
    /// Box, reel, shelf.
    #[schemars(with = "String")]
    pub location: Option<String>,
    /// Its call number.
    #[schemars(with = "String")]
    pub call_number: Option<String>,
}

/// How a text was recognised.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "ocr")]
pub struct Recognition {
    /// The program.
    #[schemars(with = "String")]
    pub engine: Option<String>,
    /// How sure it is.
    #[schemars(with = "f64", range(min = 0, max = 1))]
    pub confidence: Option<f64>,
}
