//! The timeline: what happens in the first block of an epoch.

use protocol::{Amount, Command, Get, ModuleId, network, rewards, staking};

use super::{Recorder, Season, cast::mind, routine::transfer};
use crate::scenario::{Behaviour, Happening};

impl Season<'_> {
    /// Lets the events of an epoch happen, in the scenario's order.
    pub(super) fn happen(&mut self, epoch: u64, block: u64, recorder: &mut impl Recorder) {
        let scenario = self.scenario;
        for (number, event) in scenario.events.iter().enumerate() {
            if event.epoch != epoch {
                continue;
            }
            self.enter(block, recorder);
            match &event.happening {
                Happening::Proposed(plan) => self.propose(number, plan, recorder),
                other => self.one(other, recorder),
            }
        }
    }

    fn one(&mut self, happening: &Happening, recorder: &mut impl Recorder) {
        let authority = ModuleId::Treasury.account();
        let mut order = |season: &mut Self, sender, command| {
            // What the rules refuse does not happen; the refusal is counted and recorded.
            let _refused = season.apply(sender, command, Amount::ZERO, recorder);
        };
        match happening {
            Happening::TopicChanges { topic, params } => {
                let now: network::Topic = self.world.get(*topic);
                let params = network::TopicParams { owner: now.params.owner, ..params.clone() };
                let command = network::Command::UpdateTopic { topic: *topic, params };
                order(self, authority, Command::Network(command));
            }
            Happening::EmissionChanges { params } => {
                let command = rewards::Command::UpdateParams { params: params.clone() };
                order(self, authority, Command::Rewards(command));
            }
            Happening::Slashed { population, part } => {
                for member in self.roster.named(self.scenario, population).to_vec() {
                    let account: staking::Account = self.world.get(member.account);
                    let (who, informer) = (member.account, self.roster.keeper);
                    let amount = part.floor_of(account.position.bonded);
                    let command = staking::Command::Slash { who, amount, informer };
                    order(self, authority, Command::Staking(command));
                }
            }
            Happening::Paid { from, to, amount } => {
                let to = self.roster.named(self.scenario, to).to_vec();
                for member in self.roster.named(self.scenario, from).to_vec() {
                    let Some(payee) = to.get(member.number % to.len().max(1)) else { continue };
                    order(self, member.account, transfer(payee.account, *amount));
                }
            }
            Happening::CampaignOpened { publisher, terms, budget } => {
                let publisher = self.roster.named(self.scenario, publisher).first();
                let publisher = publisher.map(|member| member.account);
                let (terms, budget) = (rewards::Terms { publisher, ..*terms }, *budget);
                let command = rewards::Command::OpenCampaign { terms, budget };
                order(self, authority, Command::Rewards(command));
            }
            Happening::CampaignFunded { campaign, amount } => {
                let (campaign, amount) = (*campaign, *amount);
                let command = rewards::Command::FundCampaign { campaign, amount };
                order(self, authority, Command::Rewards(command));
            }
            Happening::CampaignEnded { campaign } => {
                let command = rewards::Command::EndCampaign { campaign: *campaign };
                order(self, authority, Command::Rewards(command));
            }
            Happening::RootRevoked { campaign } => {
                let found: rewards::Campaign = self.world.get(*campaign);
                let (campaign, round) = (*campaign, found.rounds.saturating_sub(1));
                let command = rewards::Command::Revoke { campaign, round };
                order(self, authority, Command::Rewards(command));
            }
            Happening::Turned { population, behaviour } => self.turn(population, behaviour),
            Happening::QualityFalls { population, to } => {
                for member in self.roster.named(self.scenario, population) {
                    let index = member.account.handle() - protocol::FIRST_USER;
                    self.truth.scale(index as usize, *to);
                }
            }
            // Made with its number, by whoever calls this.
            Happening::Proposed(_) => {}
            Happening::DemandChanges { percent } => {
                if let Some(exchange) = &mut self.exchange {
                    exchange.change_demand(*percent);
                }
            }
        }
    }

    fn turn(&mut self, population: &str, behaviour: &Behaviour) {
        let (scenario, roster) = (self.scenario, &self.roster);
        let behaviour = if self.honest { behaviour.honest() } else { behaviour.clone() };
        for actor in &mut self.actors {
            if scenario.populations[actor.group].name == population {
                actor.mind = mind(scenario, roster, &behaviour, actor.number);
                actor.awake = behaviour.acts();
            }
        }
    }
}
