//! From the state at a close to what every agent sees.

use protocol::{
    AccountId, Accrued, Amount, FIRST_USER, Get, governance, laws, network, rewards, staking, token,
};

use super::{Ledger, Roster, truth::Truth};
use crate::{
    agents::{AccountView, Observation, TopicView},
    bank,
    native::World,
    random::Fixed,
    scenario::{Behaviour, Happening, Role, Scenario},
};

/// Looks at the world for all agents at once, at what any of them needs.
pub(super) struct Observer {
    /// How many closes back rows are looked at.
    rows_back: usize,
    /// Validators whose yields are compared, with their index at the last close.
    validators: Vec<(AccountId, Accrued)>,
    native: bool,
}

impl Observer {
    pub(super) fn new(scenario: &Scenario, roster: &Roster) -> Self {
        let turned = scenario.events.iter().filter_map(|event| match &event.happening {
            Happening::Turned { behaviour, .. } => Some(behaviour),
            _ => None,
        });
        let populations = scenario.populations.iter().map(|population| &population.behaviour);
        let (mut rows_back, mut yields) = (0, false);
        for behaviour in populations.chain(turned) {
            match behaviour {
                Behaviour::Copier { lag, .. } => rows_back = rows_back.max(*lag as usize),
                Behaviour::Delegator { .. } => yields = true,
                _ => {}
            }
        }
        let validates = |group: usize| scenario.populations[group].role == Role::Validator;
        let validators = roster.members.iter().filter(|member| yields && validates(member.group));
        Self {
            rows_back,
            validators: validators.map(|member| (member.account, Accrued::ZERO)).collect(),
            native: scenario.staking.params.asset == staking::Asset::Native,
        }
    }

    /// Brings `seen` up to the state of a close.
    pub(super) fn look(
        &mut self,
        world: &World,
        scenario: &Scenario,
        roster: &Roster,
        truth: &Truth,
        ledger: &Ledger,
        seen: &mut Observation,
    ) {
        seen.time = world.time();
        seen.accounts.resize(roster.members.len(), AccountView::default());
        for (member, view) in roster.members.iter().zip(&mut seen.accounts) {
            let topic = scenario.populations[member.group].topic;
            *view = self.account(world, ledger, member.account, topic);
        }
        seen.topics.resize_with(scenario.topics.len(), TopicView::default);
        for (topic, view) in (0..).zip(&mut seen.topics) {
            self.topic(world, scenario, roster, truth, topic, view);
            view.earned.clear();
            view.earned.extend_from_slice(ledger.slot_earnings(topic));
        }
        seen.yields.clear();
        for (validator, last) in &mut self.validators {
            let index = rewards::reward_index(world, *validator);
            seen.yields.push((*validator, index.since(*last)));
            *last = index;
        }
    }

    fn account(&self, world: &World, ledger: &Ledger, who: AccountId, topic: u16) -> AccountView {
        let balance: token::Balance = world.get(who);
        let account: staking::Account = world.get(who);
        let seat: network::Seat = world.get((topic, who));
        let native = match self.native {
            true => Get::<bank::Holding>::get(world, who).amount,
            false => Amount::ZERO,
        };
        let slot = seat.uid_plus_one.checked_sub(1);
        let owed: rewards::Owed = world.get(who);
        let on_slot = slot.map_or(Amount::ZERO, |slot| ledger.slot_owed(topic, slot));
        let yielded = laws::owed_to(world, who).unwrap_or_default();
        AccountView {
            balance: balance.amount,
            native,
            bonded: account.position.bonded,
            power: account.voting_power(),
            unlocks: account.unbondings.first().map(|unbonding| unbonding.at),
            deposit: Get::<governance::Depositor>::get(world, who).free,
            delegate: account.own.current.delegate,
            slot,
            earned: !owed.amount.is_zero() || !on_slot.is_zero(),
            yielded: yielded.whole() > 0,
        }
    }

    fn topic(
        &self,
        world: &World,
        scenario: &Scenario,
        roster: &Roster,
        truth: &Truth,
        number: u16,
        view: &mut TopicView,
    ) {
        let topic: network::Topic = world.get(number);
        view.price = network::price(&topic, world.height());
        view.slots.clear();
        view.workers.clear();
        for uid in 0..topic.fresh {
            let slot: network::Slot = world.get((number, uid));
            view.slots.push(slot.holder);
            let Some(index) = slot.holder.and_then(place) else { continue };
            let Some(member) = roster.members.get(index) else { continue };
            let quality = truth.of(index);
            let works = scenario.populations[member.group].role == Role::Contributor;
            if works && quality > Fixed::ZERO {
                view.workers.push((uid, quality));
            }
        }
        if self.rows_back > 0 {
            let mut rows = match view.rows.len() >= self.rows_back {
                true => view.rows.pop_back().unwrap_or_default(),
                false => Vec::new(),
            };
            rows.clear();
            rows.extend((0..topic.fresh).map(|uid| world.row(number, uid)));
            view.rows.push_front(rows);
        }
    }
}

/// The place of a user's account among the members.
pub(super) fn place(who: AccountId) -> Option<usize> {
    who.handle().checked_sub(FIRST_USER).map(|index| index as usize)
}
