//! Seasons into Parquet files as they come.

use std::io::{self, Write};

use super::{Column, Played, Sink};
use crate::{
    scenario::Scenario,
    trace::{AgentsWriter, EpochsWriter},
};

/// Samples of a row group of agents.
const SAMPLES_A_GROUP: usize = 64;

/// Writes every seed's epochs to one file and the first seed's agents to another.
pub struct ParquetSink<W: Write + Send> {
    epochs: EpochsWriter<W>,
    /// Where the agents go, until they have come.
    agents: Option<W>,
    decimals: u8,
    written: Option<W>,
}

impl<W: Write + Send> ParquetSink<W> {
    /// Begins both files.
    ///
    /// # Errors
    /// What keeps them from being written.
    pub fn new(scenario: &Scenario, columns: &[Column], epochs: W, agents: W) -> io::Result<Self> {
        let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        let epochs = EpochsWriter::open(epochs, &names).map_err(io::Error::other)?;
        let decimals = scenario.token.decimals;
        Ok(Self { epochs, agents: Some(agents), decimals, written: None })
    }

    /// Ends both files: (epochs, agents). Agents that were not traced leave theirs empty.
    ///
    /// # Errors
    /// What keeps them from being written.
    pub fn close(self) -> io::Result<(W, Option<W>)> {
        let epochs = self.epochs.close().map_err(io::Error::other)?;
        Ok((epochs, self.written.or(self.agents)))
    }

    fn agents(&self, to: W, played: &Played) -> io::Result<W> {
        let writer = AgentsWriter::open(to, &played.roster, self.decimals);
        let mut writer = writer.map_err(io::Error::other)?;
        for samples in played.samples.chunks(SAMPLES_A_GROUP) {
            writer.append(samples).map_err(io::Error::other)?;
        }
        writer.close().map_err(io::Error::other)
    }
}

impl<W: Write + Send> Sink for ParquetSink<W> {
    fn take(&mut self, played: &Played) -> io::Result<()> {
        if !played.samples.is_empty()
            && let Some(to) = self.agents.take()
        {
            self.written = Some(self.agents(to, played)?);
        }
        self.epochs.append(played.run, &played.epochs, &played.rows).map_err(io::Error::other)
    }
}
