//! A season's governance as a whole.

use std::collections::BTreeMap;

use protocol::{Get, ModuleId, Timestamp, governance, token, treasury};

use super::{
    Decided, Stop,
    decided::{group, share},
};
use crate::{
    metrics::{by_entity, mean},
    run::{Payment, Season},
    scenario::Scenario,
    trace::Sample,
};

/// What governance came to. Amounts are in base units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ruled {
    /// Every proposal, by number.
    pub decided: Vec<Decided>,
    /// Plans that were refused when they were to be made: the event, the day, the refusal.
    pub turned_away: Vec<(usize, f64, Stop)>,
    /// Paid by the treasury.
    pub outflow: u128,
    /// The most that it paid in any of its windows.
    pub peak: u128,
    /// What it may pay in one by ordinary proposals, at the end.
    pub cap: u128,
    /// What it holds at the end.
    pub treasury: u128,
    /// Modules paused.
    pub pauses: u32,
    /// Power by address at the end, delegations received included; nobody without.
    pub addresses: Vec<u128>,
    /// The same by entity.
    pub entities: Vec<u128>,
    /// The governor's parameters at the end.
    pub params: governance::Params,
    /// Paid by the treasury, by population.
    pub taken: Vec<u128>,
    /// Deposits lost, by population.
    pub forfeited: Vec<u128>,
    /// Refused commands, by population and code.
    pub refused: BTreeMap<(usize, u16), u64>,
    /// Tokens of each population at the end less those at the start, deposits included.
    pub net: Vec<i128>,
}

impl Ruled {
    /// Reads a season that is over. `start` and `end` are its first and last sample.
    pub fn of(season: &Season<'_>, start: &Sample, end: &Sample) -> Self {
        let (world, politics, scenario) = (season.state(), season.politics(), season.scenario());
        let first = scenario.clock.genesis;
        let days = |time: Timestamp| time.since(first) as f64 / 86_400.0;
        let cases = (politics.first()..).zip(&politics.cases);
        let decided: Vec<Decided> =
            cases.map(|(number, case)| Decided::of(season, number, case, first)).collect();
        let caps: treasury::Params = world.get(());
        let held: token::Balance = world.get(ModuleId::Treasury.account());
        let members = &season.roster().members;
        let entity = |at: usize, group: usize| match scenario.populations[group].one_entity {
            true => (members.len() + group) as u32,
            false => at as u32,
        };
        let powers: Vec<u128> = end.members.iter().map(|member| member.power).collect();
        let owners: Vec<u32> =
            members.iter().enumerate().map(|(at, member)| entity(at, member.group)).collect();
        let mut ruled = Self {
            outflow: politics.payments.iter().map(|payment| payment.amount.units()).sum(),
            peak: peak(&politics.payments, caps.window),
            cap: caps.token_cap.units(),
            treasury: held.amount.units(),
            pauses: politics.pauses,
            entities: positive(by_entity(&powers, &owners).unwrap_or_default()),
            addresses: positive(powers),
            params: world.get(()),
            ..Self::default()
        };
        let turned = politics.turned_away.iter();
        ruled.turned_away =
            turned.map(|one| (one.plan, days(one.time), Stop::refusal(one.code))).collect();
        ruled.by_population(season, &decided, scenario);
        ruled.net = net(season, start, end);
        ruled.decided = decided;
        ruled
    }

    fn by_population(&mut self, season: &Season<'_>, decided: &[Decided], scenario: &Scenario) {
        let count = scenario.populations.len();
        (self.taken, self.forfeited) = (vec![0; count], vec![0; count]);
        let politics = season.politics();
        for payment in &politics.payments {
            if let Some(sum) = group(season, payment.to).and_then(|at| self.taken.get_mut(at)) {
                *sum += payment.amount.units();
            }
        }
        for one in decided {
            if let Some(sum) = one.group.and_then(|at| self.forfeited.get_mut(at)) {
                *sum += one.forfeited;
            }
        }
        for ((handle, code), times) in &politics.refused {
            let who = protocol::AccountId::from_handle(*handle);
            if let Some(at) = group(season, who) {
                *self.refused.entry((at, *code)).or_default() += times;
            }
        }
    }

    /// All power at the end.
    pub fn total(&self) -> u128 {
        self.addresses.iter().sum()
    }

    /// Turnout in the mean of the proposals whose voting is over.
    pub fn turnout(&self) -> Option<f64> {
        let over = self.decided.iter().filter(|one| one.is_decided() && one.cancelled.is_none());
        mean(&over.map(|one| one.turnout).collect::<Vec<_>>())
    }

    /// What the treasury may pay in a window, over what a newcomer must bond for it.
    pub fn worth(&self, cost: u128) -> Option<f64> {
        share(self.cap, cost)
    }
}

fn positive(powers: Vec<u128>) -> Vec<u128> {
    powers.into_iter().filter(|power| *power > 0).collect()
}

/// The most that was paid within any window, whenever it began.
fn peak(payments: &[Payment], window: u64) -> u128 {
    let within = |first: &Payment| -> u128 {
        let until = first.time.after(window);
        let later = payments.iter().filter(|one| one.time >= first.time && one.time < until);
        later.map(|one| one.amount.units()).sum()
    };
    payments.iter().map(within).max().unwrap_or(0)
}

/// Tokens of each population at the end less those at the start.
fn net(season: &Season<'_>, start: &Sample, end: &Sample) -> Vec<i128> {
    let mut net = vec![0i128; season.scenario().populations.len()];
    let members = season.roster().members.iter();
    for ((member, before), now) in members.zip(&start.members).zip(&end.members) {
        let depositor: governance::Depositor = season.state().get(member.account);
        let had = before.stake + before.unbonding + before.free;
        let has = now.stake + now.unbonding + now.free + depositor.free.units();
        if let Some(sum) = net.get_mut(member.group) {
            *sum += has as i128 - had as i128;
        }
    }
    net
}
