//! The names of a kind with their counts, and in which forms they are printed, after the authority file.
//!
//! It reads columns only, never a text.

use std::collections::BTreeMap;

use tantivy::{DocId, SegmentReader, columnar::StrColumn};

use super::{
    Reader,
    authority::{Printed, Renamed, RenamedDoc, sides},
    fault,
    marked::LeftRows,
    matches::Matches,
};
use crate::{
    authority::{Verdict, key},
    entity::EntityKind,
    error::Result,
    field::Field,
    hit::{FacetCount, NameView},
    plan::{FacetRequest, Node, Plan},
    span::Span,
};

/// Mentions by name and printed form.
type Forms = BTreeMap<String, BTreeMap<String, u64>>;

impl Reader {
    /// Every name of a kind, those of most articles first; with `prefix` only those that begin so.
    ///
    /// # Errors
    /// `Io`.
    pub(crate) fn names(&self, kind: EntityKind, prefix: Option<&str>) -> Result<Vec<NameView>> {
        let field = Field::ALL.iter().copied().find(|field| field.entity_kind() == Some(kind));
        let Some(field) = field else { return Ok(Vec::new()) };
        let all = Matches::of(self, &Plan::of(Node::All), None)?;
        let request = FacetRequest { prefix: prefix.map(str::to_owned), ..FacetRequest::all(field) };
        let mut forms = self.forms_by_name(&all, kind)?;
        let mut rules = self.variants_by_name(kind);
        let mut names = Vec::new();
        for FacetCount { value, count, .. } in self.facet(&all, &request)?.values {
            let printed = forms.remove(&value).unwrap_or_default();
            let mentions = printed.values().sum();
            let variants = sorted(with_variants(printed, rules.remove(&value).unwrap_or_default()));
            names.push(NameView { name: value, articles: count, mentions, variants, candidates: Vec::new() });
        }
        Ok(names)
    }

    /// The variants that rules give each name.
    fn variants_by_name(&self, kind: EntityKind) -> BTreeMap<String, Vec<String>> {
        let mut variants: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for rule in self.authority.in_force(kind) {
            let article = rule.article.as_deref().unwrap_or_default();
            if let Verdict::Named(name) = self.authority.verdict(kind, (&rule.variant, &rule.variant), article) {
                variants.entry(name.to_owned()).or_default().push(rule.variant.clone());
            }
        }
        variants
    }

    fn forms_by_name(&self, matches: &Matches, kind: EntityKind) -> Result<Forms> {
        let renamed = self.renamed(kind)?;
        let mut forms = Forms::new();
        for (segment, of) in matches.segments.iter().zip(self.searcher.segment_readers()) {
            let columns = self.form_columns(of, kind)?;
            let sides = sides(renamed.as_deref(), of.segment_id(), &segment.docs);
            if let Some(columns) = &columns {
                columns.count(&sides.plain, &mut forms).map_err(unreadable)?;
            }
            let Some(renamed) = renamed.as_deref() else { continue };
            let docs = segment.docs.iter().filter_map(|doc| Some((*doc, renamed.doc(of.segment_id(), *doc)?)));
            count_renamed((renamed, columns.as_ref()), docs, &mut forms).map_err(unreadable)?;
        }
        Ok(forms)
    }

    fn form_columns(&self, of: &SegmentReader, kind: EntityKind) -> Result<Option<FormColumns>> {
        let left = LeftRows::open(self, of)?;
        self.opened(of, (kind, left)).map_err(unreadable)
    }

    fn opened(
        &self,
        of: &SegmentReader,
        (kind, left): (EntityKind, Option<LeftRows>),
    ) -> tantivy::Result<Option<FormColumns>> {
        let (fast, columns) = (of.fast_fields(), &self.columns);
        let name = |field| self.schema.get_field_name(field);
        let names = if kind == EntityKind::Role { columns.mention_role } else { columns.ent };
        let Some((names, surfaces)) = fast.str(name(names))?.zip(fast.str(name(columns.surface))?) else {
            return Ok(None);
        };
        Ok(Some(FormColumns { kind, names, surfaces, kinds: fast.u64(name(columns.kind))?, left }))
    }
}

/// The columns of names and printed forms of one segment.
struct FormColumns {
    kind: EntityKind,
    names: StrColumn,
    surfaces: StrColumn,
    kinds: tantivy::columnar::Column<u64>,
    /// What marks leave out.
    left: Option<LeftRows>,
}

impl FormColumns {
    /// Counts name and form of each mention; a role of a person is printed as itself.
    fn count(&self, docs: &[DocId], forms: &mut Forms) -> tantivy::Result<()> {
        let mut pairs: BTreeMap<(u64, Option<u64>), u64> = BTreeMap::new();
        for doc in docs {
            let left = self.left.as_ref().map(|left| left.of(*doc)).unwrap_or_default();
            let rows = self.kinds.values_for_doc(*doc).zip(self.names.ords().values_for_doc(*doc));
            let rows = rows.zip(self.surfaces.ords().values_for_doc(*doc)).enumerate();
            for (_, ((kind, name), surface)) in rows.filter(|(row, _)| !left.contains(row)) {
                let is_own = kind == self.kind.number();
                if is_own || self.kind == EntityKind::Role {
                    *pairs.entry((name, is_own.then_some(surface))).or_default() += 1;
                }
            }
        }
        for ((name, surface), count) in pairs {
            let name = text(&self.names, name)?;
            let form = surface.map_or_else(|| Ok(name.clone()), |surface| text(&self.surfaces, surface))?;
            if !name.is_empty() {
                *forms.entry(name).or_default().entry(flat(&form)).or_default() += count;
            }
        }
        Ok(())
    }

    /// What each row of a document is printed as: a surface, or the role itself of a person who has it.
    fn printed(&self, doc: DocId) -> Vec<(u64, Option<u64>)> {
        let rows = self.kinds.values_for_doc(doc).zip(self.names.ords().values_for_doc(doc));
        let rows = rows.zip(self.surfaces.ords().values_for_doc(doc));
        rows.map(|((kind, name), surface)| (name, (kind == self.kind.number()).then_some(surface))).collect()
    }

    fn text(&self, (name, surface): (u64, Option<u64>)) -> tantivy::Result<String> {
        surface.map_or_else(|| text(&self.names, name), |surface| text(&self.surfaces, surface))
    }
}

fn count_renamed<'a>(
    (renamed, columns): (&Renamed, Option<&FormColumns>),
    docs: impl Iterator<Item = (DocId, &'a RenamedDoc)>,
    forms: &mut Forms,
) -> tantivy::Result<()> {
    let mut found: BTreeMap<(u32, u32), u64> = BTreeMap::new();
    let mut rows: BTreeMap<(u32, (u64, Option<u64>)), u64> = BTreeMap::new();
    for (number, doc) in docs {
        let printed = columns.map(|columns| columns.printed(number)).unwrap_or_default();
        let left = columns.and_then(|columns| columns.left.as_ref());
        let is_left = |span: Option<Span>| span.zip(left).is_some_and(|(span, left)| left.holds(number, span));
        for mention in doc.mentions.iter().filter(|mention| !is_left(mention.span)) {
            match mention.printed {
                Printed::Row(row) => {
                    let row = printed.get(row).into_iter();
                    row.for_each(|row| *rows.entry((mention.name, *row)).or_default() += 1);
                }
                Printed::Variant(variant) => *found.entry((mention.name, variant)).or_default() += 1,
            }
        }
    }
    let mut add = |name: u32, form: &str, count: u64| {
        let counts = forms.entry(renamed.name(name).to_owned()).or_default();
        *counts.entry(flat(form)).or_default() += count;
    };
    for ((name, row), count) in rows {
        if let Some(columns) = columns {
            add(name, &columns.text(row)?, count);
        }
    }
    for ((name, variant), count) in found {
        add(name, renamed.name(variant), count);
    }
    Ok(())
}

/// Printed forms, with variants that no text prints.
fn with_variants(mut printed: BTreeMap<String, u64>, variants: Vec<String>) -> BTreeMap<String, u64> {
    for variant in variants {
        if !printed.keys().any(|form| key(form) == key(&variant)) {
            printed.insert(variant, 0);
        }
    }
    printed
}

fn text(column: &StrColumn, ord: u64) -> tantivy::Result<String> {
    let mut text = String::new();
    column.ord_to_str(ord, &mut text)?;
    Ok(text)
}

/// On one line: a name may be printed across a line break.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sorted(forms: BTreeMap<String, u64>) -> Vec<FacetCount> {
    let count = |(value, count)| FacetCount { value, count, children: Vec::new() };
    let mut forms: Vec<FacetCount> = forms.into_iter().map(count).collect();
    forms.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    forms
}

fn unreadable(cause: tantivy::TantivyError) -> crate::error::Error {
    fault("the names cannot be read", cause)
}
