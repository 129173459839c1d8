//! The fields of the index: the only place where the engine's field names and options are decided.
//!
//! One text, one position space: `text` (printed forms with their language, stems of which `forms` knows) and `bounds`
//! (sentence and paragraph starts) hold absolute positions of the same words. Mention columns are aligned row by row.

use tantivy::schema::{
    FAST, Field as Column, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use crate::field::Field;

/// The name under which the token format of `wire` is registered.
pub(super) const WIRE: &str = "wire";

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident: $make:ident;)*) => {
        /// The engine's fields.
        #[derive(Debug, Clone)]
        pub(super) struct Columns { $($(#[$doc])* pub(super) $name: Column,)* }

        /// Builds the schema; the order of fields is part of the index's version.
        pub(super) fn schema() -> (Schema, Columns) {
            let mut builder = Schema::builder();
            let columns = Columns { $($name: $make(&mut builder, stringify!($name)),)* };
            (builder.build(), columns)
        }
    };
}

columns! {
    /// The stable identifier; last tie-break of every order.
    id: labels;
    /// The file, and so the delete key.
    path: labels;
    /// Line of the file on which the record begins.
    line: number;
    /// Printed forms with their language (`en:talks`), in the positions of the whole text.
    text: scored_positions;
    /// `s` and `p` at the first word of each sentence and paragraph.
    bounds: positions;
    /// The title's forms once more, for its weight only.
    title: scored;
    /// The lead's forms once more, for its weight only.
    lead: scored;
    /// Tokens of `text`, `title` and `lead`: exact averages although documents are deleted.
    text_tokens: number;
    /// See `text_tokens`.
    title_tokens: number;
    /// See `text_tokens`.
    lead_tokens: number;
    /// Kind in the high half, first position in the low half; one row per part.
    parts: number;
    /// Words of the text.
    words: number;
    /// Facet values, verbatim.
    person: labels;
    /// As paths.
    place: labels;
    /// As paths.
    focus: labels;
    /// Facet values, verbatim.
    org: labels;
    /// Facet values, verbatim.
    role: labels;
    /// Facet value, verbatim.
    source: labels;
    /// Facet values, verbatim.
    author: labels;
    /// Facet value, verbatim.
    section: labels;
    /// Facet values, verbatim.
    subject: labels;
    /// Facet values, verbatim.
    tag: labels;
    /// Two-letter tag.
    lang: labels;
    /// Where it was published.
    url: labels;
    /// `FIELD NUL PATH` for every ancestor-or-self of places, focus, file paths and addresses; for given places that a
    /// gazetteer knows by another path `linked NUL PATH NUL NAME`.
    under: terms;
    /// `NAME` and `NAME NUL VALUE` of everything under `extra`.
    extra: terms;
    /// First day of publication.
    published_lo: day;
    /// Last day of publication.
    published_hi: day;
    /// Who says when it was published.
    published_from: labels;
    /// The smallest calendar cell that holds a mentioned date, and all cells that hold that one.
    mentioned: labels;
    /// The fewest cells that make up each mentioned date.
    date_cell: terms;
    /// Those and all that hold them.
    date_anc: terms;
    /// First day of each mentioned date, row by row with `date_hi`.
    date_lo: day;
    /// Its last day.
    date_hi: day;
    /// One row per mention: the entity's name.
    ent: column_labels;
    /// `EntityKind::number`.
    kind: number;
    /// First code point.
    start: number;
    /// Code points.
    len: number;
    /// Position of its first word.
    pos: number;
    /// How many words; 0 outside the searched parts.
    span: number;
    /// Number of its sentence in the article, from 0.
    sentence: number;
    /// `PartKind` as a number.
    part: number;
    /// A person's role as printed; empty when none.
    mention_role: column_labels;
    /// As printed.
    surface: column_labels;
    /// The rule that found it.
    rule: column_labels;
    /// In hundredths.
    confidence: number;
    /// Hash of the id: joins tables derived later (stories, marks).
    key: number;
    /// The article itself, packed: the one stored value of a document.
    article: stored_bytes;
}

impl Columns {
    /// The column that holds the values of a countable label or entity field.
    pub(super) fn labels(&self, field: Field) -> Option<Column> {
        Some(match field {
            Field::Person => self.person,
            Field::Place => self.place,
            Field::Focus => self.focus,
            Field::Org => self.org,
            Field::Role => self.role,
            Field::Source => self.source,
            Field::Author => self.author,
            Field::Section => self.section,
            Field::Subject => self.subject,
            Field::Tag => self.tag,
            Field::Lang => self.lang,
            Field::Url => self.url,
            Field::Path => self.path,
            Field::Id => self.id,
            Field::Mentioned => self.mentioned,
            Field::Published | Field::Since | Field::Until => self.published_lo,
            Field::Words => self.words,
            Field::Title => self.title_tokens,
            Field::Lead => self.lead_tokens,
            Field::Text => self.text_tokens,
            Field::Caption | Field::Has | Field::No | Field::Story | Field::Extra => return None,
            Field::Verdict | Field::Note | Field::Saved => return None,
        })
    }
}

fn indexing(tokenizer: &str, option: IndexRecordOption, norms: bool) -> TextFieldIndexing {
    TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option).set_fieldnorms(norms)
}

fn add_text(builder: &mut SchemaBuilder, name: &str, options: impl Into<TextOptions>) -> Column {
    builder.add_text_field(name, options)
}

fn scored_positions(builder: &mut SchemaBuilder, name: &str) -> Column {
    let indexing = indexing(WIRE, IndexRecordOption::WithFreqsAndPositions, true);
    add_text(builder, name, TextOptions::default().set_indexing_options(indexing))
}

fn positions(builder: &mut SchemaBuilder, name: &str) -> Column {
    let indexing = indexing(WIRE, IndexRecordOption::WithFreqsAndPositions, false);
    add_text(builder, name, TextOptions::default().set_indexing_options(indexing))
}

fn scored(builder: &mut SchemaBuilder, name: &str) -> Column {
    let indexing = indexing(WIRE, IndexRecordOption::WithFreqs, true);
    add_text(builder, name, TextOptions::default().set_indexing_options(indexing))
}

fn terms(builder: &mut SchemaBuilder, name: &str) -> Column {
    let indexing = indexing("raw", IndexRecordOption::Basic, false);
    add_text(builder, name, TextOptions::default().set_indexing_options(indexing))
}

fn labels(builder: &mut SchemaBuilder, name: &str) -> Column {
    let indexing = indexing("raw", IndexRecordOption::Basic, false);
    add_text(builder, name, TextOptions::default().set_indexing_options(indexing).set_fast("raw"))
}

fn column_labels(builder: &mut SchemaBuilder, name: &str) -> Column {
    add_text(builder, name, TextOptions::default().set_fast("raw"))
}

fn number(builder: &mut SchemaBuilder, name: &str) -> Column {
    builder.add_u64_field(name, FAST)
}

fn day(builder: &mut SchemaBuilder, name: &str) -> Column {
    builder.add_i64_field(name, FAST)
}

fn stored_bytes(builder: &mut SchemaBuilder, name: &str) -> Column {
    builder.add_bytes_field(name, STORED)
}
