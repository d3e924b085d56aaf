//! Traces as Parquet: one file of every seed's epochs, one of the first seed's agents.
//!
//! The bytes depend on nothing but the trace: no time, no machine, one row group a seed.

use std::{io::Write, sync::Arc};

use parquet::{
    basic::{Compression, LogicalType, Repetition, Type as Physical},
    data_type::{
        ByteArray, ByteArrayType, DoubleType, FixedLenByteArray, FixedLenByteArrayType, Int64Type,
    },
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::types::{Type, TypePtr},
};

use super::Sample;
use crate::run::Member;

/// Bytes of a decimal: 38 digits.
const DECIMAL_BYTES: usize = 16;

/// A trace that could not be written.
pub type TraceError = ParquetError;

/// Writes one table, a row group at a time.
struct Table<W: Write + Send> {
    writer: SerializedFileWriter<W>,
}

/// `epochs.parquet`: a row a seed and sampled epoch.
pub struct EpochsWriter<W: Write + Send>(Table<W>);

/// `agents.parquet`: a row an agent and sampled epoch of the first seed.
pub struct AgentsWriter<W: Write + Send> {
    table: Table<W>,
    names: Vec<ByteArray>,
}

impl<W: Write + Send> Table<W> {
    fn open(to: W, fields: Vec<TypePtr>) -> Result<Self, TraceError> {
        let schema = Type::group_type_builder("trace").with_fields(fields).build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(String::from("moot"))
            .build();
        let writer = SerializedFileWriter::new(to, Arc::new(schema), Arc::new(properties))?;
        Ok(Self { writer })
    }
}

impl<W: Write + Send> EpochsWriter<W> {
    /// Begins the file; `columns` name the measured values of each row.
    ///
    /// # Errors
    /// What the file refuses.
    pub fn open(to: W, columns: &[String]) -> Result<Self, TraceError> {
        let mut fields = vec![integer("run")?, integer("epoch")?];
        for column in columns {
            fields.push(field(column, Physical::DOUBLE)?);
        }
        Ok(Self(Table::open(to, fields)?))
    }

    /// Appends a run: its sampled epochs, and a row of values for each; a value that does not
    /// exist is NaN.
    ///
    /// # Errors
    /// What the file refuses.
    pub fn append(
        &mut self,
        run: u64,
        epochs: &[u64],
        rows: &[Vec<f64>],
    ) -> Result<(), TraceError> {
        let mut group = self.0.writer.next_row_group()?;
        integers(&mut group, &vec![run as i64; epochs.len()])?;
        integers(&mut group, &epochs.iter().map(|epoch| *epoch as i64).collect::<Vec<_>>())?;
        let columns = rows.first().map_or(0, Vec::len);
        for column in 0..columns {
            let values: Vec<f64> = rows.iter().map(|row| row[column]).collect();
            doubles(&mut group, &values)?;
        }
        group.close()?;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What the file refuses.
    pub fn close(self) -> Result<W, TraceError> {
        self.0.writer.into_inner()
    }
}

impl<W: Write + Send> AgentsWriter<W> {
    /// Begins the file for the agents of a roster; amounts are exact, in tokens of so many
    /// decimals.
    ///
    /// # Errors
    /// What the file refuses.
    pub fn open(to: W, roster: &[Member], decimals: u8) -> Result<Self, TraceError> {
        let agent = Type::primitive_type_builder("agent", Physical::BYTE_ARRAY)
            .with_repetition(Repetition::REQUIRED)
            .with_logical_type(Some(LogicalType::String))
            .build()?;
        let mut fields = vec![integer("epoch")?, Arc::new(agent), integer("slot")?];
        for name in ["stake", "unbonding", "free", "rewards", "power"] {
            fields.push(decimal(name, decimals)?);
        }
        fields.push(field("quality", Physical::DOUBLE)?);
        let names = roster.iter().map(|member| member.name.as_bytes().to_vec().into());
        Ok(Self { table: Table::open(to, fields)?, names: names.collect() })
    }

    /// Appends a sample: a row an agent; without a slot, -1.
    ///
    /// # Errors
    /// What the file refuses.
    pub fn append(&mut self, samples: &[Sample]) -> Result<(), TraceError> {
        let mut group = self.table.writer.next_row_group()?;
        let members = || samples.iter().flat_map(|sample| &sample.members);
        let epochs = samples
            .iter()
            .flat_map(|sample| std::iter::repeat_n(sample.epoch as i64, sample.members.len()));
        integers(&mut group, &epochs.collect::<Vec<_>>())?;
        let names: Vec<ByteArray> = samples.iter().flat_map(|_| self.names.clone()).collect();
        if let Some(mut column) = group.next_column()? {
            column.typed::<ByteArrayType>().write_batch(&names, None, None)?;
            column.close()?;
        }
        let slots = members().map(|member| member.slot.map_or(-1, i64::from));
        integers(&mut group, &slots.collect::<Vec<_>>())?;
        decimals(&mut group, members().map(|member| member.stake))?;
        decimals(&mut group, members().map(|member| member.unbonding))?;
        decimals(&mut group, members().map(|member| member.free))?;
        decimals(&mut group, members().map(|member| member.rewards))?;
        decimals(&mut group, members().map(|member| member.power))?;
        let qualities = members().map(|member| member.quality.to_f64());
        doubles(&mut group, &qualities.collect::<Vec<_>>())?;
        group.close()?;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What the file refuses.
    pub fn close(self) -> Result<W, TraceError> {
        self.table.writer.into_inner()
    }
}

fn field(name: &str, physical: Physical) -> Result<TypePtr, TraceError> {
    let builder = Type::primitive_type_builder(name, physical);
    Ok(Arc::new(builder.with_repetition(Repetition::REQUIRED).build()?))
}

fn integer(name: &str) -> Result<TypePtr, TraceError> {
    field(name, Physical::INT64)
}

fn decimal(name: &str, scale: u8) -> Result<TypePtr, TraceError> {
    let (scale, precision) = (i32::from(scale), 38);
    let builder = Type::primitive_type_builder(name, Physical::FIXED_LEN_BYTE_ARRAY)
        .with_length(DECIMAL_BYTES as i32)
        .with_repetition(Repetition::REQUIRED)
        .with_precision(precision)
        .with_scale(scale)
        .with_logical_type(Some(LogicalType::decimal(scale, precision)));
    Ok(Arc::new(builder.build()?))
}

type Group<'a, W> = SerializedRowGroupWriter<'a, W>;

fn integers<W: Write + Send>(group: &mut Group<'_, W>, values: &[i64]) -> Result<(), TraceError> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<Int64Type>().write_batch(values, None, None)?;
        column.close()?;
    }
    Ok(())
}

fn doubles<W: Write + Send>(group: &mut Group<'_, W>, values: &[f64]) -> Result<(), TraceError> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<DoubleType>().write_batch(values, None, None)?;
        column.close()?;
    }
    Ok(())
}

fn decimals<W: Write + Send>(
    group: &mut Group<'_, W>,
    values: impl Iterator<Item = u128>,
) -> Result<(), TraceError> {
    let values: Vec<FixedLenByteArray> =
        values.map(|value| ByteArray::from(value.to_be_bytes().to_vec()).into()).collect();
    if let Some(mut column) = group.next_column()? {
        column.typed::<FixedLenByteArrayType>().write_batch(&values, None, None)?;
        column.close()?;
    }
    Ok(())
}
