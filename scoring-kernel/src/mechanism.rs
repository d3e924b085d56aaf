//! The mechanisms behind one call.

use crate::form::RowForm;
use crate::input::{Input, InputError};
use crate::outcome::{Outcome, Prepared};
use crate::params::{MeanParams, MeteredParams, Violations, YumaParams};
use crate::rows::{Row, Rows};
use crate::synthesis::SynthesisParams;
use crate::{mean, metered, synthesis, yuma};

/// How a topic turns weights into earnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mechanism {
    /// The stake-weighted mean of the weights: the baseline.
    Mean(MeanParams),
    /// Yuma consensus: stake-weighted median, clipping, bonds.
    Yuma(YumaParams),
    /// Pay by what meters measured, with multipliers, caps and decay.
    Metered(MeteredParams),
    /// Inferences combined by regret: rows report losses, and classes of workers share by entropy.
    Synthesis(SynthesisParams),
}

/// Whose bond row a mechanism stores from one epoch to the next: all that a store has to read
/// before an epoch and to write after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// Nobody's: every epoch begins anew.
    Nobody,
    /// Those of who had a permit for the epoch: what validators hold in others.
    Permitted,
    /// Those of all slots that are held: what each slot has done so far. Such a row is finished
    /// without the slot's weights.
    Held,
}

/// Memory that epochs reuse: after the first epoch of a size there is no allocation. Synthesis, whose
/// formulas return vectors, is the exception.
#[derive(Debug, Default)]
pub struct Workspace {
    /// The columns of the epoch being scored.
    prepared: Prepared,
    /// Uids in the order of stake.
    pub(crate) by_stake: Vec<u16>,
    /// What Yuma needs between its steps.
    pub(crate) yuma: yuma::Scratch,
}

impl Mechanism {
    /// Checks every parameter.
    ///
    /// # Errors
    /// All violations at once.
    pub fn validate(&self) -> Result<(), Violations> {
        match self {
            Self::Mean(params) => params.validate(),
            Self::Yuma(params) => params.validate(),
            Self::Metered(params) => params.validate(),
            Self::Synthesis(params) => params.validate(),
        }
    }

    /// What the rows that validators submit contain.
    pub const fn row_form(&self) -> RowForm {
        match self {
            Self::Mean(_) | Self::Yuma(_) | Self::Metered(_) => RowForm::Weights,
            Self::Synthesis(_) => RowForm::Losses,
        }
    }

    /// Whose bond rows live between epochs; everybody else's are empty before and after.
    pub const fn memory(&self) -> Memory {
        match self {
            Self::Mean(_) => Memory::Nobody,
            Self::Yuma(_) => Memory::Permitted,
            Self::Metered(_) | Self::Synthesis(_) => Memory::Held,
        }
    }

    /// Scores an epoch: `prepare`, then `finish_row` of every slot.
    ///
    /// # Errors
    /// An input whose parts do not fit together; `outcome` is then as it was.
    pub fn score(
        &self,
        input: &Input<'_>,
        workspace: &mut Workspace,
        outcome: &mut Outcome,
    ) -> Result<(), InputError> {
        input.validate(self.row_form())?;
        let mut prepared = core::mem::take(&mut workspace.prepared);
        prepared.swap_columns(outcome);
        match self {
            Self::Mean(params) => {
                outcome.bonds.clear();
                mean::prepare(params, input, workspace, &mut prepared);
                for _ in 0..input.slots() {
                    outcome.bonds.push_empty();
                }
            }
            Self::Yuma(params) => {
                yuma::score(params, input, workspace, &mut prepared, &mut outcome.bonds);
            }
            Self::Metered(params) => {
                outcome.bonds.clear();
                metered::prepare(params, input, workspace, &mut prepared);
                for (uid, _) in (0..=u16::MAX).zip(input.stakes) {
                    metered::finish_row(&prepared, uid, &mut outcome.bonds);
                }
            }
            Self::Synthesis(params) => {
                outcome.bonds.clear();
                synthesis::prepare(params, input, workspace, &mut prepared);
                for (uid, _) in (0..=u16::MAX).zip(input.stakes) {
                    let bonds = input.bonds.row(usize::from(uid));
                    synthesis::finish_row(&prepared, uid, bonds, &mut outcome.bonds);
                }
            }
        }
        prepared.swap_columns(outcome);
        workspace.prepared = prepared;
        Ok(())
    }

    /// Computes an epoch except for its bond rows.
    ///
    /// # Errors
    /// An input whose parts do not fit together; `prepared` is then as it was.
    pub fn prepare(
        &self,
        input: &Input<'_>,
        workspace: &mut Workspace,
        prepared: &mut Prepared,
    ) -> Result<(), InputError> {
        input.validate(self.row_form())?;
        match self {
            Self::Mean(params) => mean::prepare(params, input, workspace, prepared),
            Self::Yuma(params) => yuma::prepare(params, input, workspace, prepared),
            Self::Metered(params) => metered::prepare(params, input, workspace, prepared),
            Self::Synthesis(params) => synthesis::prepare(params, input, workspace, prepared),
        }
        Ok(())
    }

    /// Appends the new bond row of `uid` to `out`, from the rows that `prepare` saw for it.
    pub fn finish_row(
        &self,
        prepared: &Prepared,
        uid: u16,
        weights: Row<'_>,
        bonds: Row<'_>,
        out: &mut Rows,
    ) {
        match self {
            Self::Mean(_) => out.push_empty(),
            Self::Yuma(params) => yuma::finish_row(params, prepared, uid, weights, bonds, out),
            Self::Metered(_) => metered::finish_row(prepared, uid, out),
            Self::Synthesis(_) => synthesis::finish_row(prepared, uid, bonds, out),
        }
    }
}
