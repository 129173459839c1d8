//! An article's parts as an index keeps them: of each the number of its kind, the bytes since the end of the one before it,
//! its length and its origin, without a name.
//!
//! It never fails on what it wrote, and never panics on anything else.

use serde::{Deserialize, Deserializer, Serializer, de::Error};

use super::{Origin, Part, PartKind};

pub(crate) fn serialize<S: Serializer>(parts: &[Part], to: S) -> Result<S::Ok, S::Error> {
    let ends = std::iter::once(0).chain(parts.iter().map(|part| part.span.end));
    to.collect_seq(parts.iter().zip(ends).map(|(part, end)| {
        let gap = part.span.start as i64 - end as i64;
        (part.kind as u8, gap, part.span.len(), &part.origin)
    }))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Part>, D::Error> {
    let mut end = 0_usize;
    let mut part = |(kind, gap, length, origin): (u8, i64, usize, Origin)| {
        let kind = *PartKind::ALL.get(usize::from(kind))?;
        let start = end.checked_add_signed(isize::try_from(gap).ok()?)?;
        end = start.checked_add(length)?;
        Some(Part { kind, span: start..end, origin })
    };
    let parts = Vec::deserialize(from)?.into_iter().map(&mut part).collect::<Option<_>>();
    parts.ok_or_else(|| D::Error::custom("the parts of a text are damaged"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Kept(#[serde(with = "super")] Vec<Part>);

    #[test]
    fn parts_come_back_as_they_were() {
        let part = |kind, span, line| Part { kind, span, origin: Origin::on_line(line) };
        let kept = Kept(vec![
            part(PartKind::Title, 0..5, 1),
            part(PartKind::Boilerplate, 7..7, 3),
            part(PartKind::Body, 9..400, 4),
        ]);
        let text = serde_json::to_string(&kept).unwrap();
        assert_eq!(text, r#"[[0,0,5,{"line":1}],[6,2,0,{"line":3}],[3,2,391,{"line":4}]]"#);
        assert_eq!(serde_json::from_str::<Kept>(&text).unwrap(), kept);
        for damaged in [
            "[[7,0,5,{\"line\":1}]]",
            "[[0,-1,5,{\"line\":1}]]",
            "[[0,0,5]]",
            "[[0,9,18446744073709551615,{\"line\":1}]]",
        ] {
            assert!(serde_json::from_str::<Kept>(damaged).is_err(), "{damaged}");
        }
    }
}
