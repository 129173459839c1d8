//! Stretches as an index keeps them: numbers, each the difference to what the stretch before it lets expect.
//!
//! It never fails on what it wrote, and never panics on anything else.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{Ends, Stretch};

pub(super) fn is_nothing(ends: &Ends) -> bool {
    *ends == Ends::Nothing
}

impl From<Ends> for u8 {
    fn from(ends: Ends) -> Self {
        ends as Self
    }
}

impl TryFrom<u8> for Ends {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, &'static str> {
        match number {
            0 => Ok(Self::Nothing),
            1 => Ok(Self::Lf),
            2 => Ok(Self::CrLf),
            3 => Ok(Self::Cr),
            _ => Err("a line end of no known kind"),
        }
    }
}

/// Whether a stretch has a byte, beside its ends, in the number of bytes since the last one.
const HAS_BYTE: i64 = 4;
const STEP: i64 = 8;

/// What the next stretch is told against.
#[derive(Default)]
struct Before {
    at: i64,
    line: i64,
    /// The byte that text begins at which runs on as the file does.
    byte: i64,
}

pub(super) fn serialize<S: Serializer>(stretches: &[Stretch], to: S) -> Result<S::Ok, S::Error> {
    let mut numbers: Vec<i64> = Vec::with_capacity(3 * stretches.len());
    let mut before = Before::default();
    for stretch in stretches {
        let (at, line) = (stretch.at as i64, i64::from(stretch.line));
        let has_byte = if stretch.byte.is_some() { HAS_BYTE } else { 0 };
        numbers.push((at - before.at) * STEP + has_byte + i64::from(u8::from(stretch.ends)));
        numbers.push(line - before.line);
        before.byte += at - before.at;
        if let Some(byte) = stretch.byte {
            numbers.push(byte as i64 - before.byte);
            before.byte = byte as i64;
        }
        (before.at, before.line) = (at, line);
    }
    numbers.serialize(to)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Stretch>, D::Error> {
    let numbers = Vec::<i64>::deserialize(from)?;
    stretches(numbers.into_iter()).ok_or_else(|| D::Error::custom("places of a text in its file are damaged"))
}

fn stretches(mut numbers: impl Iterator<Item = i64>) -> Option<Vec<Stretch>> {
    let mut found = Vec::new();
    let mut before = Before::default();
    while let Some(head) = numbers.next() {
        let ends = Ends::try_from(u8::try_from(head.rem_euclid(HAS_BYTE)).ok()?).ok()?;
        // Each begins behind the one before it.
        let step = Some(head.div_euclid(STEP)).filter(|step| *step > 0)?;
        before.at = before.at.checked_add(step)?;
        before.line = before.line.checked_add(numbers.next()?)?;
        before.byte = before.byte.checked_add(step)?;
        let mut byte = None;
        if head & HAS_BYTE != 0 {
            before.byte = before.byte.checked_add(numbers.next()?)?;
            byte = Some(u64::try_from(before.byte).ok()?);
        }
        let (at, line) = (usize::try_from(before.at).ok()?, u32::try_from(before.line).ok()?);
        found.push(Stretch { at, line, byte, ends });
    }
    Some(found)
}
