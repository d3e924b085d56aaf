//! Random commands: most near what is valid, some far from it, of every verb.

use protocol::{
    AccountId, Amount, Bytes, Command, Fraction, Get, Height, ModuleId, Payload, Timestamp,
    network, rewards, staking, token,
};
use simulator::{claims::List, native::World};

use crate::stage::{TOKEN, amount, user};

/// A command as it is sent.
pub(crate) struct Throw {
    /// By whom.
    pub(crate) sender: AccountId,
    /// What.
    pub(crate) command: Command,
    /// With which coins.
    pub(crate) funds: Amount,
}

/// A stream of commands, the same for the same seed (SplitMix64).
pub(crate) struct Dice {
    state: u64,
    users: u32,
}

impl Dice {
    /// Over so many users.
    pub(crate) fn new(seed: u64, users: u32) -> Self {
        Self { state: seed, users }
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn chance(&mut self, one_in: u64) -> bool {
        self.roll(one_in) == 0
    }

    fn user(&mut self) -> AccountId {
        user(self.roll(self.users.into()) as u32)
    }

    /// A user, now and then a module.
    fn anyone(&mut self) -> AccountId {
        let modules = [
            ModuleId::Token,
            ModuleId::Staking,
            ModuleId::Network,
            ModuleId::Rewards,
            ModuleId::Treasury,
        ];
        match self.chance(10) {
            true => modules[self.roll(5) as usize].account(),
            false => self.user(),
        }
    }

    /// Mostly some tokens; nothing, one unit, or more than there can be, now and then.
    fn amount(&mut self) -> Amount {
        match self.roll(16) {
            0 => Amount::ZERO,
            1 => amount(1),
            2 => Amount::MAX,
            3..=8 => amount(u128::from(self.roll(500)) * TOKEN / 7),
            _ => amount(u128::from(self.roll(30)) * TOKEN),
        }
    }

    fn topic(&mut self) -> u16 {
        [0, 0, 0, 1, 1, 7][self.roll(6) as usize]
    }

    fn tier(&mut self) -> u8 {
        [0, 0, 0, 1, 1, 3][self.roll(6) as usize]
    }

    fn fraction(&mut self) -> Fraction {
        let parts = self.roll(u64::from(Fraction::WHOLE) + 1) as u32;
        Fraction::from_parts(parts).unwrap_or(Fraction::ONE)
    }

    fn payload(&mut self) -> Payload {
        match self.roll(8) {
            0 => Payload::Opaque(Bytes(b"{\"unknown\":{}}".to_vec())),
            1..=3 => Payload::Register { topic: self.topic() },
            _ => Payload::Stake { tier: self.tier() },
        }
    }

    /// A `send` that mostly goes where its payload belongs.
    fn send(&mut self) -> (AccountId, Payload) {
        let payload = self.payload();
        let home = match payload {
            Payload::Register { .. } => ModuleId::Network.account(),
            _ => ModuleId::Staking.account(),
        };
        let to = if self.chance(12) { self.anyone() } else { home };
        (to, payload)
    }

    fn expiry(&mut self, world: &World) -> Option<token::Expiry> {
        let (height, time) = (world.height().get(), world.time().get());
        Some(match self.roll(6) {
            0 => token::Expiry::AtHeight { height: Height::new(height + self.roll(20)) },
            1 => token::Expiry::AtTime { time: Timestamp::new(time + self.roll(200)) },
            2 => token::Expiry::Never,
            _ => return None,
        })
    }

    /// The next command, drawn with the state in view.
    pub(crate) fn throw(&mut self, world: &World) -> Throw {
        let command = match self.roll(100) {
            0..=34 => Command::Token(self.token(world)),
            35..=64 => Command::Staking(self.staking(world)),
            65..=84 => Command::Network(self.network(world)),
            _ => Command::Rewards(self.rewards(world)),
        };
        let sender = match needs_authority(&command) && !self.chance(8) {
            true => ModuleId::Treasury.account(),
            false => self.user(),
        };
        let funds = match self.coins(world, &command) {
            true => self.amount(),
            false => Amount::ZERO,
        };
        Throw { sender, command, funds }
    }

    /// Whether coins come with a command: where they are staked, and now and then where they
    /// are not expected.
    fn coins(&mut self, world: &World, command: &Command) -> bool {
        use staking::Command as Verb;
        let params: staking::Params = world.get(());
        match command {
            Command::Staking(Verb::Stake { .. }) if params.asset == staking::Asset::Native => true,
            // No message carries it, so no coins can come with it.
            Command::Staking(Verb::Failed { .. }) => false,
            _ => self.chance(40),
        }
    }

    fn token(&mut self, world: &World) -> token::Command {
        use token::Command as Verb;
        let amount = self.amount();
        match self.roll(20) {
            0..=3 => Verb::Transfer { to: self.anyone(), amount },
            4 => Verb::Burn { amount },
            5..=12 => {
                let (to, payload) = self.send();
                Verb::Send { to, amount, payload }
            }
            13 => Verb::Mint { to: self.user(), amount },
            14 if self.chance(4) => Verb::UpdateMinter { to: None },
            14 | 15 => Verb::IncreaseAllowance {
                spender: self.user(),
                amount,
                expires: self.expiry(world),
            },
            16 => Verb::DecreaseAllowance {
                spender: self.user(),
                amount,
                expires: self.expiry(world),
            },
            17 => Verb::TransferFrom { owner: self.user(), to: self.anyone(), amount },
            18 => {
                let (to, payload) = self.send();
                Verb::SendFrom { owner: self.user(), to, amount, payload }
            }
            _ => Verb::BurnFrom { owner: self.user(), amount },
        }
    }

    fn staking(&mut self, world: &World) -> staking::Command {
        use staking::Command as Verb;
        match self.roll(40) {
            0..=7 => Verb::Stake { tier: self.tier() },
            8 | 9 => Verb::Raise { tier: self.tier() },
            10..=15 => Verb::Unstake { amount: self.amount() },
            16..=19 => Verb::Claim,
            20..=27 => Verb::Delegate { to: (!self.chance(4)).then(|| self.user()) },
            28..=31 => Verb::ClaimRewards,
            32 | 33 => {
                Verb::Slash { who: self.user(), amount: self.amount(), informer: self.user() }
            }
            34 => Verb::AddHook { hook: self.anyone() },
            35 | 36 => Verb::RemoveHook { hook: self.anyone() },
            37 => Verb::UpdateParams { params: self.staking_params(world) },
            38 => {
                Verb::Receive { from: self.user(), amount: self.amount(), payload: self.payload() }
            }
            _ => Verb::Failed { tag: self.roll(4) },
        }
    }

    fn staking_params(&mut self, world: &World) -> staking::Params {
        let mut params: staking::Params = world.get(());
        match self.roll(10) {
            0 => params.unit = self.roll(2).into(),
            1 => params.bounty = self.fraction(),
            2 => params.max_stake = self.amount(),
            3 => params.tiers.clear(),
            4 => {
                let multiplier = staking::MULTIPLIER_ONE * (1 + self.roll(17));
                params.tiers.push(staking::Tier { notice: self.roll(3) * 100_000, multiplier });
            }
            5 => params.slashed = staking::Slashed::ToTreasury,
            6 => params.slashed = staking::Slashed::Burned,
            7 => params.tiers.extend_from_within(..1),
            8 => params.tiers = params.tiers.repeat(9),
            _ => {}
        }
        params
    }

    fn network(&mut self, world: &World) -> network::Command {
        use network::Command as Verb;
        let topic = self.topic();
        match self.roll(30) {
            0 if self.chance(6) => {
                Verb::CreateTopic { params: self.topic_params(world), weight: self.roll(5) }
            }
            0..=2 => Verb::UpdateTopic { topic, params: self.topic_params(world) },
            3 | 4 => Verb::Leave { topic },
            5 => {
                Verb::Receive { from: self.user(), amount: self.amount(), payload: self.payload() }
            }
            6..=17 => Verb::Submit { topic, weights: self.row() },
            _ => Verb::Close { topic, rows: self.roll(9) as u16 },
        }
    }

    fn topic_params(&mut self, world: &World) -> network::TopicParams {
        let topic: network::Topic = world.get(self.roll(2) as u16);
        let mut params = topic.params;
        match self.roll(12) {
            0 => params.tempo = self.roll(5),
            1 => params.slots += 1,
            2 => params.slots = self.roll(9) as u16,
            3 => params.owner_cut = self.fraction(),
            4 => params.contributors = self.fraction(),
            5 => params.price.floor = self.amount(),
            6 => params.price.half_life = self.roll(3) * 50,
            7 => params.electorate.max_validators = self.roll(5) as u16,
            8 => params.electorate.activity_cutoff = 10_000_000 + self.roll(2),
            9 => params.immunity = [4, 1_000, 10_000_001][self.roll(3) as usize],
            10 => params.scoring = self.scoring(),
            _ => {}
        }
        params
    }

    fn scoring(&mut self) -> network::Scoring {
        let bonds_moving_average = self.roll(2_000_000) as u32;
        match self.roll(4) {
            0 => network::Scoring::Mean,
            1 => network::Scoring::Metered {
                kappa: self.roll(65_536) as u16,
                decay: bonds_moving_average,
                cap: self.roll(65_536) as u16,
                top_multiplier: self.roll(11_000) as u16,
                ramp: self.roll(100),
            },
            2 => network::Scoring::Synthesis { alpha: bonds_moving_average },
            _ => network::Scoring::Yuma {
                kappa: self.roll(65_536) as u16,
                bonds_moving_average,
                bonds_penalty: self.roll(65_536) as u16,
                variant: network::YumaVariant::Classic,
            },
        }
    }

    /// Mostly ascending uids that exist; at times empty, out of order, twice, or out of range.
    fn row(&mut self) -> Vec<(u16, u16)> {
        let mut row = Vec::new();
        for uid in 0..8 {
            if self.chance(2) {
                row.push((uid, self.roll(70_000).min(65_535) as u16));
            }
        }
        match self.roll(16) {
            0 => row.reverse(),
            1 => row.push((90, 1)),
            2 => row.extend_from_within(..row.len().min(1)),
            _ => {}
        }
        row
    }

    fn rewards(&mut self, world: &World) -> rewards::Command {
        use rewards::Command as Verb;
        match self.roll(40) {
            20.. => self.campaign(world),
            0..=8 => Verb::Claim { slots: self.slots() },
            9..=11 => Verb::SetTake { take: self.fraction() },
            12 => Verb::Allocate { topic: self.topic(), weight: self.roll(6) },
            13..=15 => Verb::ClaimVested { number: self.roll(6).saturating_sub(4) as u32 },
            16 => Verb::UpdateParams { params: self.emission(world) },
            17 => Verb::Pay { to: self.user(), amount: self.amount() },
            18 => Verb::Vacate { topic: self.topic(), uid: self.roll(8) as u16, who: self.user() },
            _ => Verb::Distribute(rewards::Distribution {
                topic: self.topic(),
                incentives: vec![(0, 1)],
                ..rewards::Distribution::default()
            }),
        }
    }

    fn campaign(&mut self, world: &World) -> rewards::Command {
        use rewards::Command as Verb;
        let campaign = self.roll(4) as u32;
        let found: rewards::Campaign = world.get(campaign);
        let back = if self.chance(4) { self.roll(5) as u32 } else { 1 };
        let round = found.rounds.wrapping_sub(back);
        match self.roll(20) {
            0 | 1 => Verb::OpenCampaign { terms: self.terms(), budget: self.budget() },
            2 => Verb::FundCampaign { campaign, amount: self.budget() },
            3 if self.chance(3) => Verb::EndCampaign { campaign },
            3..=8 => self.publication(world, campaign, found),
            9 => Verb::Revoke { campaign, round },
            10 | 11 => Verb::ReturnRest { campaign, round },
            _ => self.leaf(world, campaign, round),
        }
    }

    /// Small enough that the treasury's part of the emission pays for it, most of the time.
    fn budget(&mut self) -> Amount {
        if self.chance(8) { self.amount() } else { amount(u128::from(self.roll(50_000_000))) }
    }

    fn terms(&mut self) -> rewards::Terms {
        let long = rewards::MAX_SECONDS;
        let mut terms = rewards::Terms {
            publisher: (!self.chance(3)).then(|| user(self.roll(3) as u32)),
            most: amount(u128::from(1 + self.roll(20_000_000))),
            period: self.roll(3) * 60,
            delay: self.roll(2) * 30,
            window: 20 + self.roll(400),
        };
        match self.roll(12) {
            0 => terms.most = Amount::ZERO,
            1 => terms.period = long + self.roll(2),
            2 => terms.delay = long + self.roll(2),
            3 => terms.window = self.roll(2) * (long + 1),
            _ => {}
        }
        terms
    }

    fn publication(
        &mut self,
        world: &World,
        campaign: u32,
        found: rewards::Campaign,
    ) -> rewards::Command {
        let list = list(world, campaign, found.rounds);
        let sum: u128 = list.payments().iter().map(|payment| payment.1.units()).sum();
        let total = if self.chance(6) { self.budget() } else { amount(sum) };
        let mut publication = list.publication(total);
        match self.roll(20) {
            0 => publication.round += 1,
            1 => publication.leaves = [0, rewards::MAX_LEAVES + 1][self.roll(2) as usize],
            2 => publication.root = [7; 32],
            _ => {}
        }
        rewards::Command::Publish(publication)
    }

    fn leaf(&mut self, world: &World, campaign: u32, round: u32) -> rewards::Command {
        let index = self.roll(6) as u32;
        let none = rewards::Leaf { campaign, round, index, ..rewards::Leaf::default() };
        let found = list(world, campaign, round % 1_000).leaf(index);
        let (mut who, mut leaf) = found.unwrap_or((self.user(), none));
        leaf.round = round;
        match self.roll(20) {
            0 => leaf.proof.push([7; 32]),
            1 => leaf.amount = self.amount(),
            2 => who = self.anyone(),
            3 => leaf.proof.iter_mut().for_each(|hash| hash[31] ^= 1),
            _ => {}
        }
        rewards::Command::ClaimLeaf { who, leaf }
    }

    fn slots(&mut self) -> Vec<(u16, u16)> {
        match self.chance(30) {
            true => (0..40).map(|uid| (0, uid)).collect(),
            false => (0..self.roll(3)).map(|_| (self.topic(), self.roll(8) as u16)).collect(),
        }
    }

    fn emission(&mut self, world: &World) -> rewards::Params {
        use rewards::Curve;
        let mut params: rewards::Params = world.get(());
        let interval = self.roll(4) * 50;
        match self.roll(8) {
            0 => params.schedule.curve = Curve::HalvingByInterval { interval },
            1 => params.schedule.curve = Curve::HalvingBySupply,
            2 => {
                let slow = Fraction::from_parts(Fraction::WHOLE - 1).unwrap_or_default();
                let ratio = [Fraction::ONE, slow, self.fraction()][self.roll(3) as usize];
                params.schedule.curve = Curve::ExponentialDecay { ratio, interval };
            }
            3 => params.schedule.curve = Curve::Constant,
            4 => params.schedule.tail = self.amount(),
            5 => params.schedule.per_block = amount(u128::from(self.roll(3_000_000_000))),
            6 => params.treasury_cut = self.fraction(),
            _ => params.schedule.cap = self.amount(),
        }
        params
    }
}

/// What a round pays follows from its number, so that a claim finds the list again.
fn list(world: &World, campaign: u32, round: u32) -> List {
    let count = 1 + (campaign + 2 * round) % 5;
    let payment = |index: u32| {
        let units = 1_000_000 + 70_000 * u128::from(round % 7) + 310_000 * u128::from(index);
        (user((campaign + 3 * round + index) % 10), amount(units))
    };
    let payments: Vec<_> = (0..count).map(payment).collect();
    List::new(world.accounts(), campaign, round, payments).expect("one to five leaves")
}

fn needs_authority(command: &Command) -> bool {
    use {network::Command as N, rewards::Command as R, staking::Command as S};
    match command {
        Command::Staking(verb) => matches!(
            verb,
            S::Slash { .. } | S::AddHook { .. } | S::RemoveHook { .. } | S::UpdateParams { .. }
        ),
        Command::Network(verb) => matches!(verb, N::CreateTopic { .. } | N::UpdateTopic { .. }),
        Command::Rewards(verb) => matches!(
            verb,
            R::Allocate { .. }
                | R::UpdateParams { .. }
                | R::OpenCampaign { .. }
                | R::FundCampaign { .. }
                | R::EndCampaign { .. }
                | R::Publish(_)
                | R::Revoke { .. }
        ),
        Command::Token(_) | Command::Governance(_) | Command::Treasury(_) => false,
    }
}
