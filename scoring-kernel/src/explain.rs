//! Why somebody earned what it earned: the terms of one contributor's or one validator's sums.

use crate::fixed::{div_trunc, mul_floor};
use crate::form::RowForm;
use crate::input::{Input, InputError};
use crate::mean::counted_sum;
use crate::mechanism::{Mechanism, Workspace};
use crate::outcome::{Prepared, entry};
use crate::rows::Rows;
use crate::synthesis::{self, SynthesisTrace};
use crate::yuma;

/// One validator's part in what a contributor earned. Shares are raw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The validator.
    pub from: u16,
    /// Its active stake.
    pub stake: u64,
    /// Its normalised weight for the contributor.
    pub weight: u64,
    /// What consensus leaves of the weight; less means that the validator was clipped.
    pub clipped: u64,
    /// What it adds to the contributor's rank: `floor(stake clipped)`, of the whole weight in the mean.
    pub rank: u64,
}

/// Why a contributor earned what it earned. Shares are raw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContributorTrace {
    /// The contributor.
    pub uid: u16,
    /// The weight that it is granted.
    pub consensus: u64,
    /// The validators whose weights for it count, ascending.
    pub votes: Vec<Vote>,
    /// Sum of the votes' ranks.
    pub rank: u64,
    /// Sum of everybody's ranks, by which it is divided.
    pub ranks: u64,
    /// Its incentive. Under `Metered` multipliers, memory and cap lie between the rank and this.
    pub incentive: u64,
}

/// One contributor's part in what a validator earned. Shares are raw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The contributor.
    pub to: u16,
    /// The validator's normalised weight.
    pub weight: u64,
    /// The contributor's consensus.
    pub consensus: u64,
    /// What consensus leaves of the weight.
    pub clipped: u64,
    /// The bond that the last epoch stored, over 65535; zero if the slot was taken since.
    pub bond_before: u16,
    /// The averaged bond.
    pub bond: u64,
    /// Its share of all validators' bonds in the contributor.
    pub bond_share: u64,
    /// What the contributor pays for it: `floor(bond_share incentive)`.
    pub income: u64,
    /// The bond that is stored, over 65535.
    pub bond_after: u16,
}

/// Why a validator earned what it earned. Shares are raw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidatorTrace {
    /// The validator.
    pub uid: u16,
    /// Its active stake.
    pub active_stake: u64,
    /// Sum of what consensus leaves of its weights.
    pub trust: u64,
    /// The contributors it weighs or holds bonds in, ascending.
    pub holdings: Vec<Holding>,
    /// Sum of the holdings' incomes; zero where a mechanism has no bonds.
    pub income: u64,
    /// Its dividend.
    pub dividend: u64,
}

impl Mechanism {
    /// The terms of a contributor's incentive in the epoch that `input` describes. Where rows report
    /// losses there are no votes: [`explain_synthesis`](Self::explain_synthesis) has the terms.
    ///
    /// # Errors
    /// An input whose parts do not fit together.
    pub fn explain_contributor(
        &self,
        input: &Input<'_>,
        uid: u16,
    ) -> Result<ContributorTrace, InputError> {
        let mut prepared = Prepared::default();
        self.prepare(input, &mut Workspace::default(), &mut prepared)?;
        let mut votes = Vec::new();
        let mut ranks = 0u64;
        let weights =
            if self.row_form() == RowForm::Weights { input.weights } else { &Rows::new() };
        for (from, row) in (0..=u16::MAX).zip(weights.iter()) {
            let sum = counted_sum(&prepared, from, row);
            let stake = entry(&prepared.active_stake, from);
            for (to, value) in row.iter().filter(|&(to, _)| prepared.weighs(from, to)) {
                let weight = div_trunc(value.into(), sum);
                let clipped = weight.min(entry(&prepared.consensus, to));
                let ranked = if matches!(self, Self::Mean(_)) { weight } else { clipped };
                let rank = mul_floor(stake, ranked);
                ranks = ranks.saturating_add(rank);
                if to == uid {
                    votes.push(Vote { from, stake, weight, clipped, rank });
                }
            }
        }
        Ok(ContributorTrace {
            uid,
            consensus: entry(&prepared.consensus, uid),
            rank: votes.iter().map(|vote| vote.rank).sum(),
            votes,
            ranks,
            incentive: entry(&prepared.incentives, uid),
        })
    }

    /// The terms of a validator's dividend in the epoch that `input` describes.
    ///
    /// # Errors
    /// An input whose parts do not fit together.
    pub fn explain_validator(
        &self,
        input: &Input<'_>,
        uid: u16,
    ) -> Result<ValidatorTrace, InputError> {
        let (mut workspace, mut prepared) = (Workspace::default(), Prepared::default());
        self.prepare(input, &mut workspace, &mut prepared)?;
        let index = usize::from(uid);
        let (weights, bonds) = (input.weights.row(index), input.bonds.row(index));
        let mut holdings = match self {
            Self::Yuma(params) => yuma::holdings(params, input, &workspace.yuma, &prepared, uid),
            Self::Synthesis(_) => Vec::new(),
            Self::Mean(_) | Self::Metered(_) => {
                let sum = counted_sum(&prepared, uid, weights);
                let counted = weights.iter().filter(|&(to, _)| prepared.weighs(uid, to));
                counted
                    .map(|(to, value)| {
                        Holding::of_weight(&prepared, to, div_trunc(value.into(), sum))
                    })
                    .collect()
            }
        };
        let mut stored = Rows::new();
        self.finish_row(&prepared, uid, weights, bonds, &mut stored);
        for holding in &mut holdings {
            let after = stored.row(0).iter().find(|&(to, _)| to == holding.to);
            holding.bond_after = after.map_or(0, |(_, value)| value);
        }
        Ok(ValidatorTrace {
            uid,
            active_stake: entry(&prepared.active_stake, uid),
            trust: entry(&prepared.trust, uid),
            income: holdings.iter().map(|holding| holding.income).sum(),
            holdings,
            dividend: entry(&prepared.dividends, uid),
        })
    }
}

impl Mechanism {
    /// The terms of a slot's pay in the epoch of a synthesis topic that `input` describes; `None` under
    /// another mechanism, and where no worker can be judged.
    ///
    /// # Errors
    /// An input whose parts do not fit together.
    pub fn explain_synthesis(
        &self,
        input: &Input<'_>,
        uid: u16,
    ) -> Result<Option<SynthesisTrace>, InputError> {
        input.validate(self.row_form())?;
        let Self::Synthesis(params) = self else { return Ok(None) };
        Ok(synthesis::explain(params, input, uid))
    }
}

impl Holding {
    /// A weight without a bond.
    pub(crate) fn of_weight(prepared: &Prepared, to: u16, weight: u64) -> Self {
        let consensus = entry(&prepared.consensus, to);
        Self {
            to,
            weight,
            consensus,
            clipped: weight.min(consensus),
            bond_before: 0,
            bond: 0,
            bond_share: 0,
            income: 0,
            bond_after: 0,
        }
    }
}
