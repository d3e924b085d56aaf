//! From a sample to numbers that people read: the columns of `epochs.parquet`.

use scoring_kernel::{RowForm, synthesis::Signed};

use crate::{
    metrics::{Threshold, gini, hhi, max_share, nakamoto, spearman},
    run::NetworkLosses,
    scenario::{Role, Scenario, Topic},
    trace::{MemberNow, Sample},
};

/// One column of a run's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, as in Parquet.
    pub name: String,
    /// What it is.
    pub meaning: &'static str,
}

/// Columns that every scenario has, in order; those of populations follow.
const GENERAL: [(&str, &str); 22] = [
    ("height", "last block of the epoch"),
    ("time", "its time, seconds since 1970"),
    ("supply", "tokens there are"),
    ("issued", "tokens issued so far, genesis included"),
    ("unclaimed", "tokens accrued and not claimed"),
    ("burned", "tokens burned so far"),
    ("bonded", "tokens bonded with power"),
    ("to_contributors", "tokens distributed to contributors so far"),
    ("to_validators", "tokens distributed to validators and delegators so far"),
    ("treasury", "tokens that the treasury holds and is owed"),
    ("gini_stake", "Gini coefficient of bonded stake"),
    ("hhi_stake", "Herfindahl-Hirschman index of bonded stake"),
    ("max_share_stake", "the largest share of bonded stake"),
    ("nakamoto_third", "least number of validators with more than 1/3 of power"),
    ("nakamoto_half", "least number of validators with more than 1/2 of power"),
    ("nakamoto_two_thirds", "least number of validators with more than 2/3 of power"),
    ("gini_rewards", "Gini coefficient of rewards so far"),
    ("rank_correlation", "Spearman's rho of rewards since the last sample with true quality"),
    ("contributors", "contributors who hold a slot"),
    ("slot_price", "tokens that a slot costs"),
    ("token_price", "quote for a token"),
    ("refused", "commands refused so far, as a share of all"),
];

/// Columns of each population, after its name and a dot.
const OF_GROUP: [(&str, &str); 3] = [
    ("stake", "tokens bonded by its members"),
    ("rewards", "tokens earned by its members so far"),
    ("seated", "members who hold a slot"),
];

/// Columns that scenarios with a synthesis topic have, after all others.
const OF_INFERENCE: [(&str, &str); 3] = [
    ("inference_loss", "log10 loss of the combined inference in the epoch"),
    ("inference_gain", "decades by which the plain mean of inferences loses more"),
    ("forecast_gain", "decades by which inferers without forecasts lose more"),
];

/// Whether a scenario predicts anything.
pub(super) fn infers(scenario: &Scenario) -> bool {
    let form = |topic: &Topic| topic.params.scoring.row_form();
    scenario.topics.iter().any(|topic| form(topic) == RowForm::Losses)
}

/// The columns of a scenario's rows.
pub fn columns(scenario: &Scenario) -> Vec<Column> {
    let general = GENERAL.iter().map(|(name, meaning)| Column { name: (*name).into(), meaning });
    let groups = scenario.populations.iter().flat_map(|group| {
        OF_GROUP.iter().map(|(name, meaning)| {
            let name = format!("{}.{name}", group.name);
            Column { name, meaning }
        })
    });
    let inference = OF_INFERENCE.iter().filter(|_| infers(scenario));
    let inference = inference.map(|(name, meaning)| Column { name: (*name).into(), meaning });
    general.chain(groups).chain(inference).collect()
}

/// Where a general column is in a row.
pub(super) fn place(name: &str) -> usize {
    GENERAL.iter().position(|(column, _)| *column == name).unwrap_or(GENERAL.len())
}

/// Where a population's columns begin in a row.
pub(super) fn group_place(group: usize, name: &str) -> usize {
    let within = OF_GROUP.iter().position(|(column, _)| *column == name).unwrap_or(0);
    GENERAL.len() + group * OF_GROUP.len() + within
}

/// Where a column of inferences is in a row of so many populations.
pub(super) fn inference_place(groups: usize, name: &str) -> usize {
    let within = OF_INFERENCE.iter().position(|(column, _)| *column == name).unwrap_or(0);
    GENERAL.len() + groups * OF_GROUP.len() + within
}

/// Base units as tokens.
pub(super) fn tokens(scenario: &Scenario, units: u128) -> f64 {
    units as f64 / 10f64.powi(i32::from(scenario.token.decimals))
}

/// The row of a sample; `before` is the one before it, `groups` the members' populations.
/// What does not exist is NaN.
pub(super) fn row(
    scenario: &Scenario,
    groups: &[usize],
    before: &Sample,
    now: &Sample,
) -> Vec<f64> {
    let tokens = |units| tokens(scenario, units);
    let stakes = positive(now.members.iter().map(|member| member.stake));
    let powers = positive(now.members.iter().map(|member| member.power));
    let rewards: Vec<u128> = now.members.iter().map(|member| member.rewards).collect();
    let count = |threshold| nakamoto(&powers, threshold).map_or(f64::NAN, |count| count as f64);
    let seated = |group: &usize| scenario.populations[*group].role == Role::Contributor;
    let contributors = now
        .members
        .iter()
        .zip(groups)
        .filter(|(member, group)| seated(group) && member.slot.is_some());
    let commands = now.applied + now.refused;
    let mut row = vec![
        now.height as f64,
        now.time as f64,
        tokens(now.supply),
        tokens(now.issued),
        tokens(now.unclaimed),
        tokens(now.burned),
        tokens(now.bonded),
        tokens(now.to_contributors),
        tokens(now.to_validators),
        tokens(now.treasury),
        gini(&stakes).unwrap_or(f64::NAN),
        hhi(&stakes).unwrap_or(f64::NAN),
        max_share(&stakes).unwrap_or(f64::NAN),
        count(Threshold::Third),
        count(Threshold::Half),
        count(Threshold::TwoThirds),
        gini(&rewards).unwrap_or(f64::NAN),
        pay_follows_quality(before, now),
        contributors.count() as f64,
        tokens(now.slot_price),
        now.market.map_or(f64::NAN, |(tokens, quote)| quote as f64 / tokens as f64),
        if commands == 0 { 0.0 } else { now.refused as f64 / commands as f64 },
    ];
    for group in 0..scenario.populations.len() {
        let members = || {
            let all = now.members.iter().zip(groups);
            all.filter(move |(_, of)| **of == group).map(|(member, _)| member)
        };
        row.push(tokens(members().map(|member| member.stake).sum()));
        row.push(tokens(members().map(|member| member.rewards).sum()));
        row.push(members().filter(|member| member.slot.is_some()).count() as f64);
    }
    if infers(scenario) {
        let decades = |loss: Signed| loss.raw() as f64 / 2f64.powi(64);
        let of = |gain: fn(&NetworkLosses) -> Signed| {
            now.losses.as_ref().map_or(f64::NAN, |losses| decades(gain(losses)))
        };
        row.push(of(|losses| losses.combined));
        row.push(of(|losses| losses.mean.minus(losses.combined)));
        row.push(of(|losses| losses.naive.minus(losses.combined)));
    }
    row
}

/// Rank correlation of what contributors with a slot earned between two samples with the true
/// quality of their work.
fn pay_follows_quality(before: &Sample, now: &Sample) -> f64 {
    let earned = |index: usize, member: &MemberNow| {
        let earlier = before.members.get(index).map_or(0, |member| member.rewards);
        member.rewards.saturating_sub(earlier) as f64
    };
    let (pay, quality): (Vec<f64>, Vec<f64>) = now
        .members
        .iter()
        .enumerate()
        .filter(|(_, member)| member.slot.is_some() && member.quality.bits() > 0)
        .map(|(index, member)| (earned(index, member), member.quality.to_f64()))
        .unzip();
    spearman(&pay, &quality).unwrap_or(f64::NAN)
}

fn positive(amounts: impl Iterator<Item = u128>) -> Vec<u128> {
    amounts.filter(|amount| *amount > 0).collect()
}
