//! Yuma consensus, as the live network computes it (opentensor/subtensor
//! `pallets/subtensor/src/epoch/run_epoch.rs` at 14bc6f9), except that absent equals zero everywhere.
//!
//! Rows are validators `i`, columns contributors `j`; `S` active stake, `W` masked, row-normalised
//! weights, `C` consensus. Steps as files: [`consensus`] finds `C`, clips and ranks; [`bonds`]
//! averages bonds and pays dividends; [`liquid`] gives each element its own average; [`tile`] does all
//! of it at once, faster.

mod bonds;
mod consensus;
mod liquid;
mod merge;
mod tile;

use crate::electorate::admit;
use crate::fixed::div_trunc;
use crate::input::Input;
use crate::mean::counted_sum;
use crate::mechanism::Workspace;
use crate::outcome::Prepared;
use crate::params::YumaParams;
use crate::rows::{Row, Rows};
use bonds::Averaging;

/// What an epoch needs between its steps.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// Row-normalised weight of each stored entry; zero where masked.
    weights: Vec<u64>,
    /// Row `i` is `weights[starts[i] .. starts[i + 1]]`.
    starts: Vec<usize>,
    /// Entries by column.
    columns: consensus::Columns,
    /// What the tiled way needs.
    tiles: tile::Space,
}

impl Scratch {
    /// Normalises the rows of `input` under the masks in `prepared`.
    fn normalise_rows(&mut self, input: &Input<'_>, prepared: &Prepared) {
        self.weights.clear();
        self.starts.clear();
        self.starts.push(0);
        for (from, row) in (0..=u16::MAX).zip(input.weights.iter()) {
            let sum = counted_sum(prepared, from, row);
            self.weights.extend(row.iter().map(|(to, value)| {
                if prepared.weighs(from, to) { div_trunc(value.into(), sum) } else { 0 }
            }));
            self.starts.push(self.weights.len());
        }
    }

    /// The normalised weights of row `index`, parallel to its entries.
    fn row(&self, index: usize) -> &[u64] {
        let bounds = self.starts.get(index..).and_then(|starts| starts.first_chunk::<2>());
        bounds.and_then(|&[start, end]| self.weights.get(start..end)).unwrap_or(&[])
    }
}

/// Computes the columns of an epoch.
pub(crate) fn prepare(
    params: &YumaParams,
    input: &Input<'_>,
    workspace: &mut Workspace,
    prepared: &mut Prepared,
) {
    prepared.clear_bond_columns();
    admit(&params.electorate, input, &mut workspace.by_stake, prepared);
    by_rows(params, input, &mut workspace.yuma, prepared);
}

/// Computes the columns of an epoch whose electorate is known, row by row.
fn by_rows(params: &YumaParams, input: &Input<'_>, scratch: &mut Scratch, prepared: &mut Prepared) {
    measure(params.kappa_raw(), input, scratch, prepared);
    prepared.liquid = params.liquid().is_some() && prepared.consensus.iter().any(|&c| c != 0);
    bonds::average(&Averaging::new(params, prepared.liquid), input, scratch, prepared);
}

/// Consensus, trust and incentives of an epoch whose electorate is known, row by row.
pub(crate) fn measure(
    kappa: u64,
    input: &Input<'_>,
    scratch: &mut Scratch,
    prepared: &mut Prepared,
) {
    scratch.normalise_rows(input, prepared);
    consensus::agree(kappa, input, scratch, prepared);
    consensus::rank(input, scratch, prepared);
}

/// Computes an epoch and its bond rows.
///
/// By tiles; row by row on wasm32, which has no vectors and pays by the instruction, and for the rare
/// epoch that 32 bits a cell cannot hold.
pub(crate) fn score(
    params: &YumaParams,
    input: &Input<'_>,
    workspace: &mut Workspace,
    prepared: &mut Prepared,
    out: &mut Rows,
) {
    prepared.clear_bond_columns();
    admit(&params.electorate, input, &mut workspace.by_stake, prepared);
    let scratch = &mut workspace.yuma;
    if !cfg!(target_arch = "wasm32")
        && tile::score(params, input, prepared, &mut scratch.tiles, out)
    {
        return;
    }
    by_rows(params, input, scratch, prepared);
    out.clear();
    for (uid, _) in (0..=u16::MAX).zip(input.stakes) {
        let index = usize::from(uid);
        finish_row(params, prepared, uid, input.weights.row(index), input.bonds.row(index), out);
    }
}

/// What `uid` weighs and holds in an epoch that was just prepared with `scratch`.
pub(crate) fn holdings(
    params: &YumaParams,
    input: &Input<'_>,
    scratch: &Scratch,
    prepared: &Prepared,
    uid: u16,
) -> Vec<crate::explain::Holding> {
    let averaging = Averaging::new(params, prepared.liquid);
    bonds::holdings(&averaging, input, scratch, prepared, uid)
}

/// Appends the bond row that `uid` takes into the next epoch; empty without a permit for it.
pub(crate) fn finish_row(
    params: &YumaParams,
    prepared: &Prepared,
    uid: u16,
    weights: Row<'_>,
    bonds: Row<'_>,
    out: &mut Rows,
) {
    if prepared.permits.get(usize::from(uid)).copied().unwrap_or(false) {
        let sum = counted_sum(prepared, uid, weights);
        let weights = weights
            .iter()
            .filter(|&(to, _)| prepared.weighs(uid, to))
            .map(|(to, value)| (to, div_trunc(value.into(), sum)));
        bonds::store(&Averaging::new(params, prepared.liquid), prepared, uid, weights, bonds, out);
    }
    out.end_row();
}

#[cfg(test)]
mod tests {
    use super::{Scratch, admit, by_rows, finish_row, tile};
    use crate::golden::{Generator, World, mechanisms};
    use crate::input::Input;
    use crate::mechanism::Mechanism;
    use crate::outcome::Prepared;
    use crate::params::YumaParams;
    use crate::rows::Rows;

    /// Columns and bonds, as one of the ways computes them.
    type Epoch = (Prepared, Rows);

    fn row_by_row(params: &YumaParams, input: &Input<'_>, scratch: &mut Scratch) -> Epoch {
        let (mut prepared, mut bonds) = (Prepared::default(), Rows::new());
        admit(&params.electorate, input, &mut Vec::new(), &mut prepared);
        by_rows(params, input, scratch, &mut prepared);
        for index in 0..input.slots() {
            let (weights, stored) = (input.weights.row(index), input.bonds.row(index));
            finish_row(params, &prepared, index as u16, weights, stored, &mut bonds);
        }
        prepared.clear_bond_columns();
        (prepared, bonds)
    }

    fn by_tiles(
        form: (bool, bool),
        params: &YumaParams,
        input: &Input<'_>,
        scratch: &mut Scratch,
    ) -> Option<Epoch> {
        let (mut prepared, mut bonds) = (Prepared::default(), Rows::new());
        admit(&params.electorate, input, &mut Vec::new(), &mut prepared);
        let tiles = &mut scratch.tiles;
        let scored = tile::score_as(form, params, input, &mut prepared, tiles, &mut bonds);
        prepared.clear_bond_columns();
        scored.then_some((prepared, bonds))
    }

    #[test]
    fn tiles_on_all_lanes_equal_rows() {
        let mut tiled = 0;
        for (shape, (slots, validators, omitted)) in
            [(40, 6, 0), (150, 9, 13), (333, 40, 8), (700, 24, 15)].into_iter().enumerate()
        {
            for (number, mechanism) in mechanisms().into_iter().enumerate() {
                let Mechanism::Yuma(params) = mechanism else { continue };
                let mut generator = Generator::new((shape * 100 + number) as u64);
                let mut world = World::new(slots, validators, &mut generator);
                let mut scratch = Scratch::default();
                for epoch in 0..3 {
                    world.submit(validators, omitted, epoch, &mut generator);
                    let input = world.input(epoch);
                    let expected = row_by_row(&params, &input, &mut scratch);
                    for form in [(false, false), (false, true), (true, false), (true, true)] {
                        if let Some(found) = by_tiles(form, &params, &input, &mut scratch) {
                            assert!(found == expected, "{form:?}, {slots} slots, {params:?}");
                            tiled += 1;
                        }
                    }
                    world.permits.clone_from(&expected.0.permits);
                    world.bonds = expected.1;
                }
            }
        }
        // few epochs are out of reach of 32 bits: none of these
        assert_eq!(tiled, 4 * 9 * 3 * 4);
    }
}
