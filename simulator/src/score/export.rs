//! Everybody's standing, as rows for people and programs.

use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use super::{Scored, shown};
use crate::metagraph::Metagraph;

/// One slot after the epoch. Shares are 0 to 1, each beside its raw value in units of 2^-32.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// The slot.
    pub uid: u16,
    /// Stake, in base units; a text in JSON, as all amounts are.
    #[serde(serialize_with = "amount")]
    pub stake: u128,
    /// Stake that counted, as a part of all that did.
    pub active_stake: f64,
    /// The part of its weights that consensus confirms.
    pub trust: f64,
    /// The weight that it is granted.
    pub consensus: f64,
    /// Its share of what contributors earn.
    pub incentive: f64,
    /// Its share of what validators earn.
    pub dividend: f64,
    /// Its share of all that contributors and validators earn, each side having its part.
    pub emission: f64,
    /// What it is paid as a contributor, in base units; nothing where no emission was given.
    #[serde(serialize_with = "amounts")]
    pub paid_contributor: Option<u128>,
    /// What it is paid as a validator, its delegators' part included, likewise.
    #[serde(serialize_with = "amounts")]
    pub paid_validator: Option<u128>,
    /// Whether it has a permit for the next epoch.
    pub permit: bool,
    /// `active_stake`, raw.
    pub active_stake_raw: u64,
    /// `trust`, raw.
    pub trust_raw: u64,
    /// `consensus`, raw.
    pub consensus_raw: u64,
    /// `incentive`, raw.
    pub incentive_raw: u64,
    /// `dividend`, raw.
    pub dividend_raw: u64,
    /// The bonds that are stored: (uid, 65535ths).
    pub bonds: Vec<(u16, u16)>,
}

/// JSON's numbers end at 2^53 for many readers.
fn amount<S: Serializer>(units: &u128, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(units)
}

fn amounts<S: Serializer>(units: &Option<u128>, to: S) -> Result<S::Ok, S::Error> {
    match units {
        Some(units) => to.collect_str(units),
        None => to.serialize_none(),
    }
}

/// Every slot's standing, by uid. `contributors` is the contributors' part, 0 to 1, for
/// [`Standing::emission`].
pub fn standings(graph: &Metagraph, scored: &Scored, contributors: f64) -> Vec<Standing> {
    let outcome = &scored.outcome;
    let at = |column: &[u64], uid: u16| column.get(usize::from(uid)).copied().unwrap_or(0);
    let one = |(uid, stake): (u16, &protocol::Amount)| {
        let slot = usize::from(uid);
        let (incentive, dividend) = (at(&outcome.incentives, uid), at(&outcome.dividends, uid));
        let paid = |parts: fn(&super::Payouts) -> &Vec<u128>| {
            scored.payouts.as_ref().map(|all| parts(all).get(slot).copied().unwrap_or(0))
        };
        Standing {
            uid,
            stake: stake.units(),
            active_stake: shown(at(&outcome.active_stake, uid)),
            trust: shown(at(&outcome.trust, uid)),
            consensus: shown(at(&outcome.consensus, uid)),
            incentive: shown(incentive),
            dividend: shown(dividend),
            emission: contributors * shown(incentive) + (1.0 - contributors) * shown(dividend),
            paid_contributor: paid(|all| &all.contributors),
            paid_validator: paid(|all| &all.validators),
            permit: outcome.permits.get(slot).copied().unwrap_or(false),
            active_stake_raw: at(&outcome.active_stake, uid),
            trust_raw: at(&outcome.trust, uid),
            consensus_raw: at(&outcome.consensus, uid),
            incentive_raw: incentive,
            dividend_raw: dividend,
            bonds: outcome.bonds.row(slot).iter().collect(),
        }
    };
    (0..=u16::MAX).zip(&graph.stakes).map(one).collect()
}

/// The standings as CSV: stakes and payouts in base units, shares with twelve digits, bonds as
/// `uid:value` pairs.
pub fn csv(standings: &[Standing]) -> String {
    let mut out = String::from(
        "uid,stake_base,active_stake,trust,consensus,incentive,dividend,emission,\
         paid_contributor_base,paid_validator_base,permit,bonds\n",
    );
    for row in standings {
        let paid = |paid: Option<u128>| paid.map(|units| units.to_string()).unwrap_or_default();
        let bonds: Vec<String> =
            row.bonds.iter().map(|(uid, value)| format!("{uid}:{value}")).collect();
        let _ = write!(out, "{},{}", row.uid, row.stake);
        for share in
            [row.active_stake, row.trust, row.consensus, row.incentive, row.dividend, row.emission]
        {
            let _ = write!(out, ",{share:.12}");
        }
        let (contributor, validator) = (paid(row.paid_contributor), paid(row.paid_validator));
        let _ = writeln!(out, ",{contributor},{validator},{},{}", row.permit, bonds.join(" "));
    }
    out
}
