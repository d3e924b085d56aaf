//! Seasons into Parquet files as they come.

use std::io::{self, Write};

use super::{Column, Played, Sink};
use crate::{
    run::Member,
    scenario::Scenario,
    trace::{AgentsWriter, EpochsWriter, Sample},
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

    /// Ends both files: (epochs, agents). Agents that were not traced leave a table without
    /// rows.
    ///
    /// # Errors
    /// What keeps them from being written.
    pub fn close(self) -> io::Result<(W, Option<W>)> {
        let mut written = self.written;
        if let Some(to) = self.agents {
            written = Some(agents(to, self.decimals, &[], &[])?);
        }
        let mut epochs = self.epochs.close().map_err(io::Error::other)?;
        epochs.flush()?;
        if let Some(agents) = &mut written {
            agents.flush()?;
        }
        Ok((epochs, written))
    }
}

impl<W: Write + Send> Sink for ParquetSink<W> {
    fn take(&mut self, played: &Played) -> io::Result<()> {
        if !played.samples.is_empty()
            && let Some(to) = self.agents.take()
        {
            self.written = Some(agents(to, self.decimals, &played.roster, &played.samples)?);
        }
        self.epochs.append(played.run, &played.epochs, &played.rows).map_err(io::Error::other)
    }
}

/// Writes the table of agents, whole.
fn agents<W: Write + Send>(
    to: W,
    decimals: u8,
    roster: &[Member],
    samples: &[Sample],
) -> io::Result<W> {
    let mut writer = AgentsWriter::open(to, roster, decimals).map_err(io::Error::other)?;
    for samples in samples.chunks(SAMPLES_A_GROUP) {
        writer.append(samples).map_err(io::Error::other)?;
    }
    writer.close().map_err(io::Error::other)
}
