//! From a plan to the commands that make its proposal.

use protocol::{
    AccountId, Amount, Asset, Bytes, Command, Get, ModuleId, Payload, Timestamp,
    governance::{self, Choice, Draft, Mandate, Question},
    network, rewards, staking, token,
    treasury::{self, Action, GrantTerms, StreamTerms},
};

use super::{Recorder, Season, politics::TurnedAway};
use crate::native::World;
use crate::scenario::{Asked, Deed, GuardianPlan, Plan};

impl Season<'_> {
    /// Makes a planned proposal: adds what its deposit lacks, and proposes.
    pub(super) fn propose(&mut self, event: usize, plan: &Plan, recorder: &mut impl Recorder) {
        let Some(by) = self.first_of(&plan.by) else { return };
        let params: governance::Params = self.world.get(());
        let depositor: governance::Depositor = self.world.get(by);
        let missing = params.track(plan.track).deposit.saturating_minus(depositor.free);
        if !missing.is_zero() {
            let (to, payload) = (ModuleId::Governor.account(), Payload::Deposit);
            let send = token::Command::Send { to, amount: missing, payload };
            // Who cannot pay is refused by the governor next, which is what is booked.
            let _refused = self.apply(by, Command::Token(send), Amount::ZERO, recorder);
        }
        let draft = Draft {
            track: plan.track,
            title: Bytes(plan.title.clone().into_bytes()),
            body: Bytes(plan.body.clone().into_bytes()),
            question: self.question(&plan.asked, by),
        };
        self.politics.making = Some(event);
        let command = Command::Governance(governance::Command::Propose { draft });
        if let Err(refusal) = self.apply(by, command, Amount::ZERO, recorder) {
            self.politics.making = None;
            let (time, code) = (self.world.time(), refusal.code());
            self.politics.turned_away.push(TurnedAway { plan: event, time, code });
        }
    }

    fn first_of(&self, population: &str) -> Option<AccountId> {
        let members = self.roster.named(self.scenario, population);
        members.first().map(|member| member.account)
    }

    fn actions(&self, deeds: &[Deed], by: AccountId) -> Vec<Action> {
        let who = |population: &str| self.first_of(population);
        // A name that no proposal has is the number of none.
        let number = |name: &str| self.politics.number(name).unwrap_or(u32::MAX);
        let drafting = Drafting { world: &self.world, who: &who, number: &number, by };
        deeds.iter().filter_map(|deed| drafting.action(deed)).collect()
    }

    fn question(&self, asked: &Asked, by: AccountId) -> Question {
        match asked {
            Asked::Standard { deeds } => Question::Standard { actions: self.actions(deeds, by) },
            Asked::Signal => Question::Signal,
            Asked::Choice { options } => {
                let option = |(name, _, deeds): &(String, _, Vec<Deed>)| Choice {
                    name: Bytes(name.clone().into_bytes()),
                    actions: self.actions(deeds, by),
                };
                Question::Choice { options: options.iter().map(option).collect() }
            }
            Asked::Gauge { topics, weight } => Question::Gauge {
                topics: topics.iter().map(|(topic, _)| *topic).collect(),
                weight: *weight,
            },
        }
    }
}

/// Turns deeds into actions on a state.
pub(crate) struct Drafting<'a> {
    /// The state: what is not changed stays as it is.
    pub(crate) world: &'a World,
    /// Whom a name means.
    pub(crate) who: &'a dyn Fn(&str) -> Option<AccountId>,
    /// The number of the proposal of a name.
    pub(crate) number: &'a dyn Fn(&str) -> u32,
    /// Who proposes: a slash's informer.
    pub(crate) by: AccountId,
}

impl Drafting<'_> {
    /// The action that a deed is; `None` where a name in it means nobody.
    pub(crate) fn action(&self, deed: &Deed) -> Option<Action> {
        let now = self.world.time();
        let call = |command| Some(Action::Call { command });
        match deed {
            Deed::Pay { to, amount } => {
                let (asset, to) = (Asset::Token, (self.who)(to)?);
                Some(Action::Pay { asset, to, amount: *amount })
            }
            Deed::Opaque { message } => {
                Some(Action::Opaque { message: Bytes(message.clone().into_bytes()) })
            }
            Deed::Stream { .. } | Deed::Grant { .. } | Deed::Release { .. } | Deed::Caps { .. } => {
                call(Command::Treasury(self.of_treasury(deed, now)?))
            }
            Deed::Topic { topic, params } => {
                let kept: network::Topic = self.world.get(*topic);
                let params =
                    network::TopicParams { owner: kept.params.owner, ..(**params).clone() };
                call(Command::Network(network::Command::UpdateTopic { topic: *topic, params }))
            }
            Deed::Emission { params } => {
                call(Command::Rewards(rewards::Command::UpdateParams { params: params.clone() }))
            }
            Deed::Slash { population, part } => {
                let who = (self.who)(population)?;
                let account: staking::Account = self.world.get(who);
                let amount = part.floor_of(account.position.bonded);
                call(Command::Staking(staking::Command::Slash { who, amount, informer: self.by }))
            }
            Deed::Mint { to, amount } => {
                let (to, amount) = ((self.who)(to)?, *amount);
                call(Command::Token(token::Command::Mint { to, amount }))
            }
            _ => call(Command::Governance(self.of_governor(deed, now)?)),
        }
    }

    fn of_treasury(&self, deed: &Deed, now: Timestamp) -> Option<treasury::Command> {
        let asset = Asset::Token;
        Some(match deed {
            Deed::Stream { to, amount, lasts, cliff } => {
                let (to, cliff) = (Some((self.who)(to)?), now.after(*cliff));
                let (rate, funded, period) = (*amount, *amount, *lasts);
                let terms = StreamTerms { to, asset, rate, period, start: now, cliff, funded };
                treasury::Command::OpenStream { terms }
            }
            Deed::Grant { to, reviewer, milestones, lasts } => {
                let reviewer = reviewer.as_deref().and_then(|name| (self.who)(name));
                let (to, deadline) = (Some((self.who)(to)?), now.after(*lasts));
                let milestones = milestones.clone();
                let terms = GrantTerms { to, asset, reviewer, deadline, milestones };
                treasury::Command::OpenGrant { terms }
            }
            Deed::Release { grant, milestone } => {
                treasury::Command::Release { grant: *grant, milestone: *milestone }
            }
            Deed::Caps { params } => treasury::Command::UpdateParams { params: params.clone() },
            _ => return None,
        })
    }

    fn of_governor(&self, deed: &Deed, now: Timestamp) -> Option<governance::Command> {
        let number = self.number;
        Some(match deed {
            Deed::Rules { params } => {
                governance::Command::UpdateParams { params: (**params).clone() }
            }
            Deed::Guardian { mandate } => {
                let mandate = mandate.as_ref().map_or(Mandate::default(), |plan| {
                    mandate_of(plan, (self.who)(&plan.population), now)
                });
                governance::Command::SetGuardian { mandate }
            }
            Deed::Pause { module, seconds } => {
                governance::Command::Pause { module: *module, seconds: *seconds }
            }
            Deed::Hold { proposal } => governance::Command::Hold { proposal: number(proposal) },
            Deed::Drop { proposal } => governance::Command::Drop { proposal: number(proposal) },
            Deed::Suspend => governance::Command::Suspend,
            Deed::Dismiss => governance::Command::Dismiss,
            _ => return None,
        })
    }
}

/// The mandate that a plan means when it is given at `now`.
pub(super) fn mandate_of(
    plan: &GuardianPlan,
    guardian: Option<AccountId>,
    now: Timestamp,
) -> Mandate {
    Mandate {
        guardian,
        ends: now.after(plan.lasts),
        pause: plan.pause,
        pauses: plan.pauses,
        suspended: Timestamp::default(),
    }
}
