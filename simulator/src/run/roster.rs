//! Who takes part in one run: every member with what was drawn for it.

use std::collections::BTreeSet;

use protocol::{AccountId, Amount, FIRST_USER};

use super::RunError;
use crate::{
    random::{Fixed, Seed, Stream},
    scenario::{Places, Population, QualitySpread, Role, Scenario, Spread},
};

/// The account that closes epochs.
pub const KEEPER: &str = "keeper";
/// The account that holds the market's tokens.
pub const POOL: &str = "pool";
/// The account of those outside who buy in the market.
pub const BUYERS: &str = "buyers";

/// Everybody, in the order of handles.
#[derive(Clone, Debug)]
pub struct Roster {
    /// Members, population by population.
    pub members: Vec<Member>,
    /// Who closes epochs.
    pub keeper: AccountId,
    /// Who holds the market's tokens.
    pub pool: AccountId,
    /// Who holds what outsiders bought.
    pub buyers: AccountId,
    /// Index of the first member of each population, and of the end.
    starts: Vec<usize>,
}

/// One agent.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name: the population's, with its number where there are more.
    pub name: String,
    /// Index of its population.
    pub group: usize,
    /// Its number there.
    pub number: usize,
    /// Its account.
    pub account: AccountId,
    /// What it bonds in the first block.
    pub stake: Amount,
    /// What it holds besides.
    pub liquid: Amount,
    /// True quality of its work at the start.
    pub quality: Fixed,
    /// The slot it holds at the start.
    pub slot: Option<u16>,
}

impl Roster {
    /// Draws what is random about the members of a run.
    ///
    /// # Errors
    /// Slots with gaps between them, and parameters that cannot be drawn from.
    pub fn draw(scenario: &Scenario, run: u64) -> Result<Self, RunError> {
        let (mut members, mut starts) = (Vec::new(), vec![0]);
        let qualities = scenario.snapshot.as_ref().map(|snapshot| snapshot.qualities());
        for (group, population) in scenario.populations.iter().enumerate() {
            let count = population.places.count();
            for number in 0..count {
                let name = match count {
                    1 => population.name.clone(),
                    _ => format!("{}-{number}", population.name),
                };
                let stream = |purpose| Seed::new(scenario.seed).stream(run, &name, purpose);
                let slot = match &population.places {
                    Places::Slots(slots) => slots.get(number).copied(),
                    _ => None,
                };
                let amount = |spread, stream| amount(scenario, spread, number, slot, stream);
                let stake = amount(&population.stake, stream("stake"))?;
                let liquid = amount(&population.liquid, stream("liquid"))?;
                let known = qualities.as_deref();
                let quality = quality(population, number, slot, known, stream("quality"))?;
                let account = user(members.len());
                let member = Member { name, group, number, account, stake, liquid, quality, slot };
                members.push(member);
            }
            starts.push(members.len());
        }
        let others = [0, 1, 2].map(|more| user(members.len() + more));
        let [keeper, pool, buyers] = others;
        let mut roster = Self { members, keeper, pool, buyers, starts };
        roster.seat(scenario)?;
        Ok(roster)
    }

    /// Names of all accounts, in the order of handles.
    pub fn accounts(&self) -> Vec<String> {
        let members = self.members.iter().map(|member| member.name.clone());
        members.chain([KEEPER, POOL, BUYERS].map(str::to_owned)).collect()
    }

    /// What an account is called: a member by its name, a module by its own.
    pub fn name_of(&self, account: AccountId) -> String {
        if let Some(module) = account.module() {
            return module.name().to_owned();
        }
        let others = [(self.keeper, KEEPER), (self.pool, POOL), (self.buyers, BUYERS)];
        if let Some((_, name)) = others.iter().find(|(other, _)| *other == account) {
            return (*name).to_owned();
        }
        let at = account.handle().checked_sub(FIRST_USER);
        let member = at.and_then(|at| self.members.get(at as usize));
        member.map_or_else(|| format!("account {}", account.handle()), |one| one.name.clone())
    }

    /// The members of a population.
    pub fn group(&self, group: usize) -> &[Member] {
        let start = self.starts.get(group).copied().unwrap_or(0);
        let end = self.starts.get(group + 1).copied().unwrap_or(start);
        self.members.get(start..end).unwrap_or_default()
    }

    /// The members of the population of this name.
    pub fn named<'a>(&'a self, scenario: &Scenario, name: &str) -> &'a [Member] {
        let group = scenario.populations.iter().position(|population| population.name == name);
        group.map_or(&[], |group| self.group(group))
    }

    /// Who holds slots 0, 1, ... of a topic at the start.
    pub fn holders(&self, scenario: &Scenario, topic: u16) -> Vec<AccountId> {
        let seated = self.members.iter().filter(|member| {
            scenario.populations.get(member.group).is_some_and(|group| group.topic == topic)
        });
        let mut holders: Vec<(u16, AccountId)> =
            seated.filter_map(|member| Some((member.slot?, member.account))).collect();
        holders.sort_unstable_by_key(|(slot, _)| *slot);
        holders.into_iter().map(|(_, account)| account).collect()
    }

    /// Gives the members of counted populations the first free slots of their topics.
    fn seat(&mut self, scenario: &Scenario) -> Result<(), RunError> {
        for (topic, name) in (0u16..).zip(scenario.topics.iter().map(|topic| &topic.name)) {
            let mine = |member: &Member| scenario.populations[member.group].topic == topic;
            let members = self.members.iter().filter(|member| mine(member));
            let mut taken: BTreeSet<u16> = members.filter_map(|member| member.slot).collect();
            let mut next = 0;
            for member in self.members.iter_mut().filter(|member| mine(member)) {
                let population = &scenario.populations[member.group];
                let counted = matches!(population.places, Places::Count(_));
                if counted && population.role != Role::Holder {
                    while taken.contains(&next) {
                        next += 1;
                    }
                    taken.insert(next);
                    member.slot = Some(next);
                }
            }
            if taken.last().is_some_and(|last| usize::from(*last) + 1 != taken.len()) {
                let free = (0..).find(|slot| !taken.contains(slot)).unwrap_or_default();
                return Err(RunError::Gap { topic: name.clone(), free });
            }
        }
        Ok(())
    }
}

/// The account of the member with this index.
fn user(index: usize) -> AccountId {
    AccountId::from_handle(FIRST_USER + index as u32)
}

fn amount(
    scenario: &Scenario,
    spread: &Spread,
    number: usize,
    slot: Option<u16>,
    mut stream: Stream,
) -> Result<Amount, RunError> {
    Ok(match spread {
        Spread::Each(amount) => *amount,
        Spread::List(amounts) => amounts.get(number).copied().unwrap_or_default(),
        Spread::Snapshot => {
            let stakes = scenario.snapshot.as_ref().map(|snapshot| &snapshot.stakes);
            let at = slot.map(usize::from).unwrap_or_default();
            stakes.and_then(|stakes| stakes.get(at)).copied().unwrap_or_default()
        }
        Spread::Lognormal { median, sigma } => {
            times(*median, stream.lognormal(Fixed::ZERO, *sigma)?)
        }
        Spread::Pareto { minimum, shape } => times(*minimum, stream.pareto(Fixed::ONE, *shape)?),
    })
}

/// `floor(amount * factor)`, at most the largest amount.
fn times(amount: Amount, factor: Fixed) -> Amount {
    let bits = u128::try_from(factor.bits()).unwrap_or(0);
    let product = protocol::mul_div_floor(amount.units(), bits, 1 << 32);
    product.map_or(Amount::MAX, |(units, _)| Amount::saturating(units))
}

fn quality(
    population: &Population,
    number: usize,
    slot: Option<u16>,
    snapshot: Option<&[Fixed]>,
    mut stream: Stream,
) -> Result<Fixed, RunError> {
    if population.role != Role::Contributor {
        return Ok(Fixed::ZERO);
    }
    Ok(match &population.quality {
        QualitySpread::Each(quality) => *quality,
        QualitySpread::List(list) => list.get(number).copied().unwrap_or_default(),
        QualitySpread::Uniform { low, high } => *low + (*high - *low).mul_floor(stream.fraction()),
        QualitySpread::Snapshot => {
            let at = slot.map(usize::from).unwrap_or_default();
            snapshot.and_then(|qualities| qualities.get(at)).copied().unwrap_or_default()
        }
    })
}
