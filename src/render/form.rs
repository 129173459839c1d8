//! The table of forms: everything a hit list can be written as, a line each.
//!
//! What a form looks like is in its own file. A new form is such a file and a line here; names, endings, sentences and
//! `docs/exports.md` follow from the table.

use std::{fmt, io, io::Write};

use super::{
    annotations, biblatex, csl, csv, ftm, geojson, gexf, graphml,
    hitlist::{Head, HitList, Rows},
    html, json, kml, markdown, ris, template, xlsx,
};
use crate::plan::{Context, Detail};

/// A form a hit list can be written in.
pub struct Form {
    /// As typed behind `--format`.
    pub name: &'static str,
    /// Endings of its files, the usual one first.
    pub endings: &'static [&'static str],
    /// What its rows can be.
    pub takes: Takes,
    /// Where it says where it comes from.
    pub provenance: Carried,
    /// Who reads it.
    pub readers: &'static str,
    /// Writes what stands before the first row.
    pub begin: Begin,
}

/// Begins a hit list of a form.
pub type Begin = for<'a> fn(&Head<'_>, &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>>;

/// What the rows of a form can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Articles or mentions.
    Both,
    /// Articles only.
    Articles,
    /// Mentions only.
    Mentions,
}

impl Takes {
    /// Whether rows can be these.
    pub fn takes(self, rows: Rows) -> bool {
        match self {
            Self::Both => true,
            Self::Articles => rows == Rows::Articles,
            Self::Mentions => rows == Rows::Mentions,
        }
    }
}

/// Where a form carries what says where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// In the file.
    Inside,
    /// In `FILE.meta.json` beside it.
    Beside,
}

/// Every form, in the order of the documents.
#[rustfmt::skip]
pub static FORMS: &[Form] = &[
    Form { name: "csv", endings: &["csv"], takes: Takes::Both, provenance: Carried::Beside, readers: "spreadsheets, OpenRefine, pandas, Datasette", begin: csv::begin },
    Form { name: "tsv", endings: &["tsv", "tab"], takes: Takes::Both, provenance: Carried::Beside, readers: "the same, with tabs", begin: csv::begin_tabbed },
    Form { name: "xlsx", endings: &["xlsx"], takes: Takes::Both, provenance: Carried::Inside, readers: "Excel, LibreOffice", begin: xlsx::begin },
    Form { name: "jsonl", endings: &["jsonl", "ndjson"], takes: Takes::Both, provenance: Carried::Beside, readers: "DuckDB, pandas, jq", begin: json::begin_lines },
    Form { name: "json", endings: &["json"], takes: Takes::Both, provenance: Carried::Inside, readers: "programs; one object with everything in it", begin: json::begin },
    Form { name: "md", endings: &["md", "markdown"], takes: Takes::Both, provenance: Carried::Inside, readers: "notes and mail", begin: markdown::begin },
    Form { name: "html", endings: &["html", "htm"], takes: Takes::Both, provenance: Carried::Inside, readers: "people: one page to send, read and print", begin: html::begin },
    Form { name: "ris", endings: &["ris"], takes: Takes::Both, provenance: Carried::Beside, readers: "Zotero, EndNote, Mendeley", begin: ris::begin },
    Form { name: "csl-json", endings: &["csl.json", "csljson"], takes: Takes::Both, provenance: Carried::Beside, readers: "Zotero, pandoc, citation processors", begin: csl::begin },
    Form { name: "biblatex", endings: &["bib"], takes: Takes::Both, provenance: Carried::Inside, readers: "LaTeX, Typst, JabRef", begin: biblatex::begin },
    Form { name: "annotations", endings: &["jsonld"], takes: Takes::Both, provenance: Carried::Inside, readers: "W3C Web Annotation tools", begin: annotations::begin },
    Form { name: "geojson", endings: &["geojson"], takes: Takes::Both, provenance: Carried::Inside, readers: "QGIS, maps on the web: the places", begin: geojson::begin },
    Form { name: "kml", endings: &["kml"], takes: Takes::Both, provenance: Carried::Inside, readers: "Google Earth: the places", begin: kml::begin },
    Form { name: "gexf", endings: &["gexf"], takes: Takes::Articles, provenance: Carried::Inside, readers: "Gephi: who is named with whom", begin: gexf::begin },
    Form { name: "graphml", endings: &["graphml"], takes: Takes::Articles, provenance: Carried::Inside, readers: "Cytoscape, igraph, networkx: the same", begin: graphml::begin },
    Form { name: "ftm", endings: &["ftm.json", "ftm.jsonl", "ftm"], takes: Takes::Both, provenance: Carried::Beside, readers: "Aleph, OpenAleph", begin: ftm::begin },
    #[cfg(feature = "parquet")]
    Form { name: "parquet", endings: &["parquet"], takes: Takes::Both, provenance: Carried::Inside, readers: "DuckDB, Polars, pandas", begin: super::parquet::begin },
];

/// The form of `--template`, which has no name and any ending.
pub static FILLED: Form = Form {
    name: "template",
    endings: &[],
    takes: Takes::Both,
    provenance: Carried::Beside,
    readers: "whoever wrote it",
    begin: template::begin,
};

impl Form {
    /// The form of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMS.iter().find(|form| form.name == name)
    }

    /// The form of files with this name: the longest ending that fits, in any case.
    pub fn of_file(name: &str) -> Option<&'static Self> {
        let name = name.to_lowercase();
        let ending = |form: &&'static Self| {
            let fits = |ending: &&&str| name.strip_suffix(**ending).is_some_and(|stem| stem.ends_with('.'));
            form.endings.iter().filter(fits).map(|ending| ending.len()).max()
        };
        FORMS.iter().filter(|form| ending(form).is_some()).max_by_key(ending)
    }

    /// Whether its rows are made of fields that can be chosen.
    pub fn has_columns(&self) -> bool {
        ["csv", "tsv", "xlsx", "jsonl", "json", "parquet"].contains(&self.name)
    }

    /// Whether it says how mentions are printed, and how often each way.
    pub fn tells_variants(&self) -> bool {
        self.name == "json"
    }

    /// How much of each hit and mention it needs.
    pub fn detail(&self) -> Detail {
        match self.name {
            "ris" | "csl-json" | "biblatex" | "geojson" | "kml" | "ftm" => Detail::Article,
            _ => Detail::Whole,
        }
    }

    /// Whether it has room for the mentions of its articles, behind them.
    pub fn has_room_for_mentions(&self) -> bool {
        self.name == "xlsx"
    }

    /// What stands around a mention unless told: a citation quotes the sentence.
    pub fn context(&self) -> Context {
        match self.name {
            "ris" | "csl-json" | "biblatex" => Context::Sentence,
            _ => Context::default(),
        }
    }
}

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_name_or_an_ending_means_one_form() {
        let mut seen = HashSet::new();
        for form in FORMS {
            assert!(seen.insert(form.name), "{form:?} twice");
            assert_eq!(Form::named(form.name), Some(form));
            for ending in form.endings {
                assert!(seen.insert(ending) || *ending == form.name, "{ending} twice");
                assert_eq!(Form::of_file(&format!("a.b/Hits.{}", ending.to_uppercase())), Some(form));
            }
        }
        assert_eq!((Form::of_file("csv"), Form::of_file("hits.txt"), Form::named("CSV")), (None, None, None));
    }
}
