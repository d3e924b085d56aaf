//! The lint: what the parameters of a deployment say together, every violation at once.
//!
//! What the governor itself refuses comes first, in the order in which it would. The rest can
//! only be said of a deployment as it stands, and changes with every transfer: no contract
//! refuses it.

use crate::{
    asset::Asset,
    governance::{
        Genesis,
        reasons::{CAP_ABOVE_TREASURY, QUORUM_ABOVE_ACTIVE},
    },
    refusal::Refusal,
    staking, treasury,
    units::{Amount, Power},
};

/// What a governor is deployed beside.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Surroundings {
    /// Staking's parameters.
    pub staking: staking::Params,
    /// The treasury's.
    pub caps: treasury::Params,
    /// All power.
    pub total: Power,
    /// Of it, power of whom takes part: delegated, or staked by who votes. `None`: unknown.
    pub active: Option<Power>,
    /// Tokens that the treasury holds.
    pub tokens: Amount,
    /// Native coins that it holds.
    pub coins: Amount,
}

/// Everything that is wrong with a governor in its surroundings: its own bounds, tracks and
/// mandate; staking's notices and sizes; a quorum above the power that takes part; a cap above
/// what there is to pay, which caps nothing.
pub fn lint(governor: &Genesis, around: &Surroundings) -> Vec<Refusal> {
    let mut found = governor.violations();
    found.extend(around.caps.violations());
    found.extend(governor.params.violations_beside(&around.staking));
    if let Some(active) = around.active {
        for track in &governor.params.tracks {
            let quorum = track.quorum.ceil_of(around.total.units());
            if quorum > active.units() && !track.is_optimistic() {
                found.push(QUORUM_ABOVE_ACTIVE.refuse(quorum, active.units()));
            }
        }
    }
    for (asset, held) in [(Asset::Token, around.tokens), (Asset::Native, around.coins)] {
        let cap = around.caps.cap(asset);
        if cap > held && !held.is_zero() {
            found.push(CAP_ABOVE_TREASURY.refuse(cap.units(), held.units()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Surroundings, lint};
    use crate::{
        Power, Refusal,
        testing::{Stage, amount, percent, rules},
        treasury,
    };

    #[test]
    fn a_deployment_is_linted_at_once() {
        let caps = |token_cap, native_cap, window| treasury::Params {
            token_cap: amount(token_cap),
            native_cap: amount(native_cap),
            window,
        };
        let sound = Surroundings {
            staking: Stage::small_staking(),
            caps: caps(100, 100, 1000),
            total: Power::new(1000),
            active: Some(Power::new(500)),
            tokens: amount(100),
            coins: amount(0),
        };
        let quiet = |active| Surroundings { active: Some(Power::new(active)), ..sound.clone() };
        let poor = Surroundings { tokens: amount(99), coins: amount(1), ..sound.clone() };
        let mut lax = rules();
        lax.params.tracks[0].objection = percent(10);
        for (label, governor, around, expected) in [
            ("sound", rules(), sound.clone(), &[][..]),
            ("nobody knows who votes", rules(), Surroundings { active: None, ..quiet(0) }, &[]),
            ("an emergency cannot be met", rules(), quiet(499), &[472]),
            ("nor anything", rules(), quiet(199), &[472, 472, 472]),
            ("what is optimistic needs no votes", lax, quiet(199), &[472, 472]),
            ("caps above what there is", rules(), poor, &[473, 473]),
            (
                "a window of nothing",
                rules(),
                Surroundings { caps: caps(0, 0, 0), ..sound.clone() },
                &[620],
            ),
            (
                "no stake",
                rules(),
                Surroundings { staking: Default::default(), ..sound },
                &[460, 464, 470, 470, 470],
            ),
        ] {
            let found: Vec<u16> = lint(&governor, &around).iter().map(Refusal::code).collect();
            assert_eq!(found, expected, "{label}");
        }
    }
}
