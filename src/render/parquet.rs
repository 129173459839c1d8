//! Rows as Parquet, for DuckDB and Polars: the columns of the tables, flat, numbers as numbers.
//!
//! It holds some thousand rows at a time. It is there only with the feature `parquet`, whose crates not everybody wants to
//! build.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use parquet::{
    basic::{LogicalType, Repetition, Type as Physical},
    data_type::{ByteArray, ByteArrayType, DataType, FloatType, Int64Type},
    errors::ParquetError,
    file::{metadata::KeyValue, properties::WriterProperties, writer::SerializedFileWriter},
    schema::types::{Type, TypePtr},
};

use super::{
    columns::{Cell, Columns},
    hitlist::{Head, HitList, Row},
};
use crate::hit::Provenance;

/// Rows that are held before they are written.
const GROUP: usize = 10_000;
/// Columns of whole numbers; `score` and `confidence` have a fraction, all others are letters.
const WHOLE: [&str; 8] = ["rank", "line", "words", "start", "end", "byte_start", "byte_end", "sentence"];
const REAL: [&str; 2] = ["score", "confidence"];

/// Begins a table.
///
/// # Errors
/// Those of the writer.
pub fn begin<'a>(head: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    let columns = Columns::of(head);
    let buffer = Buffer::default();
    let properties = Arc::new(WriterProperties::builder().build());
    let writer = SerializedFileWriter::new(buffer.clone(), schema(columns.names()).map_err(failed)?, properties);
    let held = columns.names().iter().map(|name| Held::of(name)).collect();
    Ok(Box::new(Table { columns, held, rows: 0, writer: writer.map_err(failed)?, buffer, out }))
}

struct Table<'a> {
    columns: Columns,
    held: Vec<Held>,
    /// Rows in `held`.
    rows: usize,
    writer: SerializedFileWriter<Buffer>,
    buffer: Buffer,
    out: &'a mut dyn Write,
}

impl HitList for Table<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        self.held.iter_mut().zip(self.columns.cells(row)).for_each(|(held, cell)| held.push(cell));
        self.rows += 1;
        if self.rows < GROUP { Ok(()) } else { self.write_group() }
    }

    fn finish(mut self: Box<Self>, provenance: &Provenance) -> io::Result<()> {
        if self.rows > 0 {
            self.write_group()?;
        }
        let Self { mut writer, buffer, out, .. } = *self;
        let said = serde_json::to_string(provenance)?;
        writer.append_key_value_metadata(KeyValue::new("morgue_export".to_owned(), said));
        writer.close().map_err(failed)?;
        buffer.pour(out)
    }
}

impl Table<'_> {
    fn write_group(&mut self) -> io::Result<()> {
        let mut group = self.writer.next_row_group().map_err(failed)?;
        for held in &mut self.held {
            let Some(mut column) = group.next_column().map_err(failed)? else { break };
            match held {
                Held::Text(cells) => cells.write::<ByteArrayType>(column.typed()),
                Held::Whole(cells) => cells.write::<Int64Type>(column.typed()),
                Held::Real(cells) => cells.write::<FloatType>(column.typed()),
            }
            .and_then(|()| column.close())
            .map_err(failed)?;
        }
        group.close().map_err(failed)?;
        self.rows = 0;
        self.buffer.pour(self.out)
    }
}

/// The cells of a column that wait to be written.
enum Held {
    Text(Cells<ByteArray>),
    Whole(Cells<i64>),
    Real(Cells<f32>),
}

/// Values, and for each row whether it has one.
#[derive(Default)]
struct Cells<T> {
    values: Vec<T>,
    levels: Vec<i16>,
}

impl Held {
    fn of(name: &str) -> Self {
        match physical(name) {
            Physical::INT64 => Self::Whole(Cells::default()),
            Physical::FLOAT => Self::Real(Cells::default()),
            _ => Self::Text(Cells::default()),
        }
    }

    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Whole(cells), Cell::Whole(number)) => cells.push(i64::try_from(number).ok()),
            (Self::Whole(cells), _) => cells.push(None),
            (Self::Real(cells), Cell::Real(number)) => cells.push(Some(number)),
            (Self::Real(cells), _) => cells.push(None),
            (Self::Text(cells), Cell::Empty) => cells.push(None),
            (Self::Text(cells), cell) => cells.push(Some(ByteArray::from(&*cell.text()))),
        }
    }
}

impl<T> Cells<T> {
    fn push(&mut self, value: Option<T>) {
        self.levels.push(value.is_some().into());
        self.values.extend(value);
    }

    fn write<D: DataType<T = T>>(
        &mut self,
        column: &mut parquet::column::writer::ColumnWriterImpl<'_, D>,
    ) -> Result<(), ParquetError> {
        column.write_batch(&self.values, Some(&self.levels), None)?;
        self.values.clear();
        self.levels.clear();
        Ok(())
    }
}

/// The columns as the format describes them, each of which may be empty.
fn schema(names: &[&'static str]) -> Result<TypePtr, ParquetError> {
    let column = |name: &&str| {
        let physical = physical(name);
        let letters = (physical == Physical::BYTE_ARRAY).then_some(LogicalType::String);
        let column = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        column.with_logical_type(letters).build().map(Arc::new)
    };
    let columns = names.iter().map(column).collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder("rows").with_fields(columns).build().map(Arc::new)
}

fn physical(name: &str) -> Physical {
    match name {
        name if WHOLE.contains(&name) => Physical::INT64,
        name if REAL.contains(&name) => Physical::FLOAT,
        _ => Physical::BYTE_ARRAY,
    }
}

/// Bytes on their way from the crate's writer, which must own its target, to ours.
#[derive(Debug, Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn pour(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        out.write_all(&bytes)?;
        bytes.clear();
        Ok(())
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error.to_string())
}

#[cfg(test)]
mod tests {
    use parquet::{
        file::reader::{FileReader, SerializedFileReader},
        record::RowAccessor,
    };

    use super::*;
    use crate::render::{columns::names, hitlist::Rows, sample};

    #[test]
    fn a_table_is_read_back() {
        let provenance = sample::provenance("flood", Rows::Articles);
        let view = sample::view(&provenance);
        let mut file = tempfile::tempfile().unwrap();
        let mut list = begin(&sample::head(&provenance, &view, Rows::Articles), &mut file).unwrap();
        let hit = sample::hit("Tarn\n“x”");
        let bare = crate::hit::Hit::default();
        (0..GROUP).for_each(|_| list.row(Row::Article(&bare)).unwrap());
        list.row(Row::Article(&hit)).unwrap();
        list.finish(&provenance).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!((rows.len(), reader.num_row_groups()), (GROUP + 1, 2));
        let (bare, row) = (rows.first().unwrap(), rows.last().unwrap());
        let at = |name: &str| names(Rows::Articles).iter().position(|own| *own == name).unwrap();
        assert_eq!((row.get_long(at("line")).unwrap(), row.get_float(at("score")).unwrap()), (3, hit.score));
        assert_eq!(row.get_string(at("title")).unwrap(), &hit.title);
        assert_eq!(row.get_string(at("people")).unwrap(), "Ilse Maro; Tom Hale");
        assert!(bare.get_string(at("url")).is_err(), "no address");
    }

    #[test]
    fn numbers_are_numbers() {
        for rows in [Rows::Articles, Rows::Mentions] {
            let (hit, mention) = (sample::hit("a"), sample::mention("a"));
            let row = if rows == Rows::Articles { Row::Article(&hit) } else { Row::Mention(&mention) };
            let columns = Columns::named(rows, names(rows).into_iter());
            for (name, cell) in columns.names().iter().zip(columns.cells(row)) {
                let expected = match cell {
                    Cell::Whole(_) => Physical::INT64,
                    Cell::Real(_) => Physical::FLOAT,
                    Cell::Empty | Cell::Text(_) => Physical::BYTE_ARRAY,
                };
                assert_eq!(physical(name), expected, "{name}");
            }
        }
    }
}
