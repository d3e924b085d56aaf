//! What an epoch yields, whole or before its bond rows are written.

use crate::rows::Rows;

/// The result of an epoch. Shares are raw, in units of 2^-32; all vectors have one entry a slot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The weight that each uid is granted.
    pub consensus: Vec<u64>,
    /// Each uid's share of what contributors earn; sums to one within a unit a slot, or to zero.
    pub incentives: Vec<u64>,
    /// Each uid's share of what validators earn; sums to one within a unit a slot, or to zero.
    pub dividends: Vec<u64>,
    /// The part of each uid's weights that consensus confirms.
    pub trust: Vec<u64>,
    /// Stake of permitted, active validators; sums to one within a unit a slot, or to zero.
    pub active_stake: Vec<u64>,
    /// Permits for the next epoch.
    pub permits: Vec<bool>,
    /// The part of the emission that contributors earn, where the mechanism decides it; `None`: the
    /// topic does. A raw share, at most one.
    pub contributors: Option<u64>,
    /// Bond rows to store; one a slot.
    pub bonds: Rows,
}

/// An epoch that is computed except for the bond rows, which depend on it one by one.
///
/// Every field is a plain integer or a vector of them, so that it can be stored between pages:
/// whatever way the rows are divided into pages, [`Mechanism::finish_row`] gives the bits that
/// [`Mechanism::score`] gives in one call.
///
/// [`Mechanism::finish_row`]: crate::Mechanism::finish_row
/// [`Mechanism::score`]: crate::Mechanism::score
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prepared {
    /// As in [`Outcome`].
    pub consensus: Vec<u64>,
    /// As in [`Outcome`].
    pub incentives: Vec<u64>,
    /// As in [`Outcome`].
    pub dividends: Vec<u64>,
    /// As in [`Outcome`].
    pub trust: Vec<u64>,
    /// As in [`Outcome`].
    pub active_stake: Vec<u64>,
    /// Permits for the next epoch.
    pub permits: Vec<bool>,
    /// As in [`Outcome`].
    pub contributors: Option<u64>,
    /// Permits of the last epoch: whose weights count in this one.
    pub permitted: Vec<bool>,
    /// Classic: sum of each column's stored bonds, over 65535. Synthesis: each slot's regrets; this and
    /// the next three are [`SlotMemory`](crate::synthesis::SlotMemory), in its words.
    pub bond_sums: Vec<u64>,
    /// Classic: sum of each column's new bonds. Synthesis: smoothed fractions.
    pub purchase_sums: Vec<u64>,
    /// Classic: sum of each column's averaged bonds. Metered: each slot's score. Synthesis: listening
    /// coefficient and the topic's ratio.
    pub average_sums: Vec<u64>,
    /// Classic: largest of each column's averaged bonds, before they are normalised. Synthesis: the
    /// word of the new score, nought where there is none.
    pub average_maxima: Vec<u64>,
    /// Whether liquid alpha applies: it is off while no column has consensus.
    pub liquid: bool,
    /// As in [`Input`](crate::Input).
    pub last_update: Vec<u64>,
    /// As in [`Input`](crate::Input).
    pub registered: Vec<u64>,
    /// As in [`Input`](crate::Input).
    pub last_close: u64,
    /// As in [`Input`](crate::Input).
    pub owner: Option<u16>,
    /// As in [`Input`](crate::Input).
    pub commit: Option<u64>,
}

impl Prepared {
    /// Whether the weight of `from` for `to` counts: permit, no self-weight except the owner's, no
    /// weight given before `to` took its slot, none for slots taken after the earliest commit.
    pub(crate) fn weighs(&self, from: u16, to: u16) -> bool {
        let registered = entry(&self.registered, to);
        self.permitted.get(usize::from(from)).copied().unwrap_or(false)
            && (from != to || self.owner == Some(from))
            && entry(&self.last_update, from) > registered
            && self.commit.is_none_or(|commit| registered <= commit)
    }

    /// Whether bonds in `to` survive from the last epoch: its slot was taken before that close.
    pub(crate) fn keeps_bonds(&self, to: u16) -> bool {
        entry(&self.registered, to) < self.last_close
    }

    /// Empties what only bonds need.
    pub(crate) fn clear_bond_columns(&mut self) {
        self.bond_sums.clear();
        self.purchase_sums.clear();
        self.average_sums.clear();
        self.average_maxima.clear();
        self.liquid = false;
        self.contributors = None;
    }

    /// Swaps what both records hold.
    pub(crate) fn swap_columns(&mut self, outcome: &mut Outcome) {
        core::mem::swap(&mut self.consensus, &mut outcome.consensus);
        core::mem::swap(&mut self.incentives, &mut outcome.incentives);
        core::mem::swap(&mut self.dividends, &mut outcome.dividends);
        core::mem::swap(&mut self.trust, &mut outcome.trust);
        core::mem::swap(&mut self.active_stake, &mut outcome.active_stake);
        core::mem::swap(&mut self.permits, &mut outcome.permits);
        core::mem::swap(&mut self.contributors, &mut outcome.contributors);
    }
}

/// The entry of a slot; zero where there is none.
#[inline(always)]
pub(crate) fn entry(column: &[u64], uid: u16) -> u64 {
    column.get(usize::from(uid)).copied().unwrap_or(0)
}
