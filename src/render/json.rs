//! Answers as JSON: what the types of `hit.rs` say, and not a byte more.
//!
//! Envelopes are indented for the eye; streams hold one object a line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::csv::object;
use crate::hit::{CountView, Hit, Provenance};

/// Writes an envelope, indented, with a line break behind it.
///
/// # Errors
/// Those of the writer.
pub fn envelope(answer: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, answer)?;
    writeln!(out)
}

/// Writes an object on a line of its own.
///
/// # Errors
/// Those of the writer.
pub fn line(answer: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, answer)?;
    writeln!(out)
}

/// A hit with these fields only, in their order.
pub fn selected(hit: &Hit, columns: &[String]) -> Value {
    let mut whole = object(hit);
    columns.iter().filter_map(|column| whole.remove_entry(column)).collect::<serde_json::Map<_, _>>().into()
}

/// A search envelope of which every hit keeps these fields only.
pub fn with_columns(answer: &impl Serialize, columns: &[String]) -> io::Result<Value> {
    let mut value = serde_json::to_value(answer)?;
    if let Some(hits) = value.get_mut("hits").and_then(Value::as_array_mut) {
        for hit in hits {
            if let Value::Object(whole) = hit {
                let kept = columns.iter().filter_map(|column| whole.remove_entry(column)).collect();
                *hit = Value::Object(kept);
            }
        }
    }
    Ok(value)
}

/// The envelope of an exported hit list, written hit by hit.
pub struct Envelope<'a> {
    out: &'a mut dyn Write,
    is_empty: bool,
}

impl<'a> Envelope<'a> {
    /// Writes everything before the first hit; `page` is offset and limit as in `HitList`.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn begin(head: &CountView, page: (u64, Option<u64>), out: &'a mut dyn Write) -> io::Result<Self> {
        let (offset, limit) = page;
        write!(out, "{{\n\"schema_version\": {},\n\"query\": ", head.schema_version)?;
        serde_json::to_writer(&mut *out, &head.query)?;
        write!(out, ",\n\"total\": ")?;
        serde_json::to_writer(&mut *out, &head.total)?;
        write!(out, ",\n\"offset\": {offset},\n\"limit\": ")?;
        serde_json::to_writer(&mut *out, &limit)?;
        write!(out, ",\n\"next\": null,\n\"hits\": [")?;
        Ok(Self { out, is_empty: true })
    }

    /// Writes a hit.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn hit(&mut self, hit: &impl Serialize) -> io::Result<()> {
        self.out.write_all(if std::mem::take(&mut self.is_empty) { b"\n" } else { b",\n" })?;
        Ok(serde_json::to_writer(&mut *self.out, hit)?)
    }

    /// Writes everything behind the last hit.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn end(provenance: &Provenance, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "\n],\n\"facets\": {{}},\n\"morgue_export\": ")?;
        serde_json::to_writer(&mut *out, provenance)?;
        writeln!(out, "\n}}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::HitList;

    #[test]
    fn a_streamed_envelope_is_a_hit_list() {
        for hits in [vec![], vec![Hit { id: "a".into(), ..Hit::default() }, Hit { id: "b".into(), ..Hit::default() }]] {
            let mut out: Vec<u8> = Vec::new();
            let mut envelope = Envelope::begin(&CountView::default(), (3, Some(9)), &mut out).unwrap();
            for hit in &hits {
                envelope.hit(hit).unwrap();
            }
            Envelope::end(&Provenance::default(), &mut out).unwrap();
            let list: HitList = serde_json::from_slice(&out).unwrap();
            assert_eq!(list, HitList { offset: 3, limit: Some(9), hits, ..HitList::default() });
            let value: Value = serde_json::from_slice(&out).unwrap();
            assert!(value["morgue_export"]["morgue_export"].is_u64());
        }
    }

    #[test]
    fn a_hit_can_be_cut_to_columns() {
        let columns = ["path".to_owned(), "rank".to_owned()];
        assert_eq!(selected(&Hit::default(), &columns).to_string(), r#"{"path":"","rank":0}"#);
        let list = HitList { hits: vec![Hit::default()], ..HitList::default() };
        assert_eq!(with_columns(&list, &columns).unwrap()["hits"][0].to_string(), r#"{"path":"","rank":0}"#);
    }
}
