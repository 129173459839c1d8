//! THE table of fields: the only place where a field's name is spelled.
//!
//! Parser, help, completion, documents and the index read it; nothing else knows a field by its letters.

use crate::entity::EntityKind;

/// What a field holds and how a value of it is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Names by authority, found in the article's list of them.
    Entity,
    /// A value matched whole, case and accents folded.
    Label,
    /// A range of days.
    Date,
    /// A part of the text.
    Text,
    /// A number.
    Number,
    /// `has:`/`no:`: the value is another field.
    Presence,
    /// Anything under `extra`.
    Extra,
}

macro_rules! fields {
    ($($variant:ident, $name:literal, [$($alias:literal),*], $kind:ident, $facet:literal, $example:literal, $help:literal;)*) => {
        /// A field of an article, as typed in queries.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $(#[doc = $help] $variant,)* }

        impl Field {
            /// Every field, in the order of the help.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its row of the table.
            fn row(self) -> Row {
                match self {
                    $(Self::$variant => Row { name: $name, aliases: &[$($alias),*], kind: FieldKind::$kind, facet: $facet, example: $example, help: $help },)*
                }
            }
        }
    };
}

struct Row {
    name: &'static str,
    aliases: &'static [&'static str],
    kind: FieldKind,
    facet: bool,
    example: &'static str,
    help: &'static str,
}

fields! {
    Person, "person", ["who", "people", "persons"], Entity, true, "person:\"Marek Tolland\"", "A person the article names.";
    Place, "place", ["where", "places"], Entity, true, "place:\"Russia/Kursk Oblast\"", "A place the article names, or any place inside it.";
    Focus, "focus", ["about"], Label, true, "focus:Russia", "A place the article is about, not only names, or any place inside it.";
    Org, "org", ["orgs", "organisation", "organisations", "organization", "organizations"], Entity, true, "org:\"Contact Group\"", "An organisation the article names.";
    Role, "role", ["roles"], Entity, true, "role:envoy", "What somebody in the article is.";
    Published, "published", ["date"], Date, true, "published:2024-05", "When the article was published: its whole span lies inside the one asked for.";
    Since, "since", ["after"], Date, false, "since:2024", "Published on or after the first day of this.";
    Until, "until", ["before"], Date, false, "until:2024-06", "Published on or before the last day of this.";
    Mentioned, "mentioned", [], Date, true, "mentioned:1991", "A date the text talks about overlaps this; `mentioned:=1991` lies inside it.";
    Title, "title", ["headline"], Text, false, "title:ceasefire", "In the headline.";
    Text, "text", ["body"], Text, false, "text:flood", "In the text, headline included: the same as a bare word.";
    Lead, "lead", [], Text, false, "lead:verdict", "In the first paragraph.";
    Caption, "caption", ["captions"], Text, false, "caption:bridge", "In the words below a picture.";
    Source, "source", ["sources", "paper"], Label, true, "source:\"Northern Courier\"", "The newspaper, agency or site.";
    Author, "author", ["authors", "by"], Label, true, "author:Brandvold", "Who wrote it.";
    Section, "section", ["sections"], Label, true, "section:Foreign", "The section of the newspaper.";
    Subject, "subject", ["subjects", "topic", "topics"], Label, true, "subject:ceasefire", "The publisher's keywords and topics.";
    Tag, "tag", ["tags"], Label, true, "tag:flood", "The archivist's own labels, in the file or in marks.csv.";
    Verdict, "verdict", ["verdicts"], Label, true, "verdict:keep", "What marks.csv says of the article: keep or drop.";
    Note, "note", ["notes"], Label, false, "note:\"second source\"", "Words of a note in marks.csv.";
    Lang, "lang", ["language", "languages"], Label, true, "lang:fr", "The language, as a two-letter tag.";
    Path, "path", ["file"], Label, false, "path:courier/1894", "The file's path in the archive, or a folder of it.";
    Url, "url", ["site"], Label, false, "url:example.org", "The address, or the site it begins with.";
    Words, "words", [], Number, false, "words:>300", "How many words the text has.";
    Has, "has", [], Presence, false, "has:published", "The article has a value of this field.";
    No, "no", [], Presence, false, "no:person", "The article has no value of this field.";
    Id, "id", [], Label, false, "id:hw-20250114", "One article by its identifier.";
    Story, "story", ["stories"], Label, false, "story:12", "The near-copies of one story.";
    Saved, "saved", [], Label, false, "saved:floods", "The query of this name in morgue.toml.";
    Extra, "extra", [], Extra, false, "extra.edition:late", "Any other field of the record, as extra.NAME.";
}

impl Field {
    /// As typed in queries.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Other names under which it may be typed.
    pub fn aliases(self) -> &'static [&'static str] {
        self.row().aliases
    }

    /// What it holds.
    pub fn kind(self) -> FieldKind {
        self.row().kind
    }

    /// The kind of entity it holds; `None` for all that holds no names.
    pub fn entity_kind(self) -> Option<EntityKind> {
        match self {
            Self::Person => Some(EntityKind::Person),
            Self::Place => Some(EntityKind::Place),
            Self::Org => Some(EntityKind::Org),
            Self::Role => Some(EntityKind::Role),
            _ => None,
        }
    }

    /// Whether its values are places, written as paths from the largest part down.
    pub fn is_path_of_places(self) -> bool {
        matches!(self, Self::Place | Self::Focus)
    }

    /// Whether its values can be counted.
    pub fn is_facet(self) -> bool {
        self.row().facet
    }

    /// A query that uses it.
    pub fn example(self) -> &'static str {
        self.row().example
    }

    /// A sentence about it.
    pub fn help(self) -> &'static str {
        self.row().help
    }

    /// The field typed as `name`, case folded.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Self::ALL.iter().copied().find(|field| field.name() == name || field.aliases().contains(&name.as_str()))
    }

    /// The fields whose values can be counted, in the order of the table.
    pub fn facets() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|field| field.is_facet())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_spelled_twice() {
        let mut names: Vec<&str> =
            Field::ALL.iter().flat_map(|field| field.aliases().iter().copied().chain([field.name()])).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
