//! Filter flags: `--person NAME` and `--exclude-person NAME` for every field of the table that can be filtered by.
//!
//! Values are literal, commas included; the flags of one field mean any of them.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

use crate::{field::Field, query::FilterFlag};

/// Fields with a flag, in the order of the help.
pub(super) const FIELDS: [Field; 15] = [
    Field::Person,
    Field::Place,
    Field::Focus,
    Field::Org,
    Field::Role,
    Field::Source,
    Field::Section,
    Field::Tag,
    Field::Subject,
    Field::Author,
    Field::Lang,
    Field::Published,
    Field::Since,
    Field::Until,
    Field::Mentioned,
];

/// The filter flags, in the order given.
#[derive(Debug, Clone, Default)]
pub(super) struct Filters(pub(super) Vec<FilterFlag>);

impl Args for Filters {
    fn augment_args(command: Command) -> Command {
        FIELDS.into_iter().fold(command, |command, field| {
            let include = Arg::new(field.name())
                .long(field.name())
                .value_name("VALUE")
                .action(ArgAction::Append)
                .help_heading("Filters (repeat a flag for any of several values)")
                .help(include_help(field));
            let exclude = Arg::new(excluded(field))
                .long(excluded(field))
                .value_name("VALUE")
                .action(ArgAction::Append)
                .hide_short_help(true)
                .help_heading("Filters (repeat a flag for any of several values)")
                .help(format!("Leave out articles that --{} would keep", field.name()));
            command.arg(include).arg(exclude)
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Filters {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut flags: Vec<(usize, FilterFlag)> = Vec::new();
        for field in FIELDS {
            for (id, exclude) in [(field.name(), false), (excluded(field), true)] {
                let values = matches.get_many::<String>(id).into_iter().flatten();
                let places = matches.indices_of(id).into_iter().flatten();
                flags.extend(
                    places.zip(values).map(|(i, value)| (i, FilterFlag { field, value: value.clone(), exclude })),
                );
            }
        }
        flags.sort_by_key(|(i, _)| *i);
        Ok(Self(flags.into_iter().map(|(_, flag)| flag).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn include_help(field: Field) -> String {
    field.help().trim_end_matches('.').to_owned()
}

/// The name of the excluding flag; clap asks for one that lives as long as the process.
fn excluded(field: Field) -> &'static str {
    match field {
        Field::Person => "exclude-person",
        Field::Place => "exclude-place",
        Field::Focus => "exclude-focus",
        Field::Org => "exclude-org",
        Field::Role => "exclude-role",
        Field::Source => "exclude-source",
        Field::Section => "exclude-section",
        Field::Tag => "exclude-tag",
        Field::Subject => "exclude-subject",
        Field::Author => "exclude-author",
        Field::Lang => "exclude-lang",
        Field::Published => "exclude-published",
        Field::Since => "exclude-since",
        Field::Until => "exclude-until",
        _ => "exclude-mentioned",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_keep_their_order_and_their_commas() {
        let command = Filters::augment_args(Command::new("x"));
        let line = ["x", "--place", "Paris, Texas", "--exclude-person", "B", "--person", "A", "--place", "Tarn"];
        let Filters(flags) = Filters::from_arg_matches(&command.get_matches_from(line)).unwrap();
        let shown: Vec<String> = flags
            .iter()
            .map(|f| format!("{}{}:{}", if f.exclude { "-" } else { "" }, f.field.name(), f.value))
            .collect();
        assert_eq!(shown, ["place:Paris, Texas", "-person:B", "person:A", "place:Tarn"]);
    }

    #[test]
    fn every_excluding_flag_is_named_after_its_field() {
        for field in FIELDS {
            assert_eq!(excluded(field), format!("exclude-{}", field.name()));
        }
    }
}
