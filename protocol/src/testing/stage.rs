//! All modules on one store: the shortest engine that can be read at a glance, and the model
//! that faster ones may be held against.

use crate::{
    account::{AccountId, ModuleId},
    context::Context,
    effect::{Command, Effect, Event, OnFail, Payload},
    governance,
    laws::{assembly_laws, promises_are_kept, state_laws},
    network,
    refusal::{MALFORMED, Refusal},
    rewards, staking,
    store::{Get, Has},
    testing::{Coins, Live, Store, amount, percent, user},
    token, treasury,
    units::{Amount, Fraction, Height, Timestamp},
};

/// A store, the block, and what the last command told and paid.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    /// Every record.
    pub store: Store,
    /// The block that commands are applied in.
    pub height: Height,
    /// Its time.
    pub time: Timestamp,
    /// Events of the last command.
    pub told: Vec<Event>,
    /// Payments in the native denom by the last command.
    pub paid: Vec<(AccountId, Amount)>,
    /// Notices of changed power by the last command; each subscriber refuses them.
    pub hooks: Vec<Effect>,
}

impl Stage {
    /// Users 0 to 7 with 1,000,000 tokens each, rewards as the minter, at block 1 and second
    /// 1,000. Notice tiers: 100 s at 1, 200 s at 1.5, 400 s at 2. Emission: 1,000 a block to
    /// topic 0, no treasury cut, capped at 2^90.
    ///
    /// # Panics
    /// Where a module refuses that genesis.
    pub fn small() -> Self {
        let mut stage =
            Self { height: Height::new(1), time: Timestamp::new(1000), ..Self::default() };
        let balances = (0..8).map(|n| (user(n), amount(1_000_000))).collect();
        let (minter, cap) = (Some(ModuleId::Rewards.account()), amount(1 << 90));
        let s = &mut stage.store;
        token::genesis(s, &token::Genesis { balances, minter, cap }).expect("a valid token");
        staking::genesis(s, &Self::small_staking()).expect("valid staking");
        let schedule = rewards::Schedule { per_block: amount(1000), cap, ..Default::default() };
        let params = rewards::Params { schedule, treasury_cut: Fraction::ZERO };
        let (supply, start) = (amount(8_000_000), Height::new(1));
        let first = rewards::Genesis {
            params,
            supply,
            start,
            weights: vec![1],
            grants: vec![],
            airdrops: vec![],
        };
        rewards::genesis(s, &first).expect("valid rewards");
        stage
    }

    /// The staking parameters of [`Stage::small`].
    pub fn small_staking() -> staking::Params {
        let tier = |notice, multiplier| staking::Tier { notice, multiplier };
        staking::Params {
            asset: staking::Asset::Token,
            tiers: vec![
                tier(100, 1_000_000_000),
                tier(200, 1_500_000_000),
                tier(400, 2_000_000_000),
            ],
            max_stake: amount(4_000_000),
            unit: 1,
            bounty: percent(10),
            slashed: staking::Slashed::Burned,
        }
    }

    /// Gives a vacant slot to an account, without the network's rules.
    pub fn seat(&mut self, topic: u16, uid: u16, who: AccountId) {
        let s = &mut self.store;
        let old: network::Topic = s.get(topic);
        s.set(topic, network::Topic { held: old.held + 1, ..old });
        s.set((topic, uid), network::Slot { holder: Some(who), sequence: 1 });
        s.set((topic, who), network::Seat { uid_plus_one: uid + 1 });
    }

    /// Gives native coins to an account.
    pub fn store_coins(&mut self, who: AccountId, units: u128) {
        self.store.set(who, Coins { amount: amount(units) });
    }

    /// Every law of a state, with what staking was paid and pays natively left out.
    ///
    /// # Panics
    /// Where one is broken.
    pub fn lawful(&self) -> &Self {
        for height in 0..=self.height.get() + 1 {
            if let Err(breach) = state_laws(&self.store, Height::new(height), Amount::MAX) {
                panic!("{breach}");
            }
        }
        let Coins { amount: coins } = self.store.get(ModuleId::Treasury.account());
        if let Err(breach) = promises_are_kept(&self.store, self.time, coins) {
            panic!("{breach}");
        }
        if let Err(breach) = assembly_laws(&self.store) {
            panic!("{breach}");
        }
        self
    }

    /// Moves on to a block.
    pub fn block(&mut self, height: u64, time: u64) -> &mut Self {
        (self.height, self.time) = (Height::new(height), Timestamp::new(time));
        self
    }

    /// Applies a command with all that follows from it, or nothing.
    ///
    /// # Errors
    /// The code of the refusal.
    pub fn run(&mut self, sender: AccountId, command: Command) -> Result<(), u16> {
        self.run_with(sender, command, 0)
    }

    /// [`Stage::run`] with native coins attached.
    ///
    /// # Errors
    /// The code of the refusal.
    pub fn run_with(
        &mut self,
        sender: AccountId,
        command: Command,
        coins: u128,
    ) -> Result<(), u16> {
        let before = self.store.clone();
        let module = command.module().account();
        (self.told, self.paid, self.hooks) = (Vec::new(), Vec::new(), Vec::new());
        let funds = Amount::new(coins).map_err(|refusal| refusal.code())?;
        let Coins { amount: held } = self.store.get(module);
        let held = held.plus(funds).map_err(|refusal| refusal.code())?;
        self.store.set(module, Coins { amount: held });
        self.apply(sender, command, funds).map_err(|refusal| {
            self.store = before;
            refusal.code()
        })
    }

    /// Stakes a user's own tokens.
    ///
    /// # Errors
    /// The code of the refusal.
    pub fn stake(&mut self, who: AccountId, units: u128, tier: u8) -> Result<(), u16> {
        let amount = Amount::new(units).map_err(|refusal| refusal.code())?;
        let (to, payload) = (ModuleId::Staking.account(), Payload::Stake { tier });
        self.run(who, Command::Token(token::Command::Send { to, amount, payload }))
    }

    fn apply(&mut self, sender: AccountId, command: Command, funds: Amount) -> Result<(), Refusal> {
        let cx = Context { height: self.height, time: self.time, sender, funds };
        let (me, mut fx) = (command.module(), Vec::new());
        let peers = Live(self.store.clone());
        let s = &mut self.store;
        match command {
            Command::Token(c) => token::apply(s, &cx, c, &mut fx)?,
            Command::Staking(c) => staking::apply(s, &peers, &cx, c, &mut fx)?,
            Command::Network(c) => network::apply(s, &peers, &cx, c, &mut fx)?,
            Command::Rewards(c) => rewards::apply(s, &peers, &cx, c, &mut fx)?,
            Command::Governance(c) => governance::apply(s, &peers, &cx, c, &mut fx)?,
            Command::Treasury(c) => treasury::apply(s, &peers, &cx, c, &mut fx)?,
        }
        fx.into_iter().try_for_each(|effect| self.follow(me, effect))
    }

    fn follow(&mut self, me: ModuleId, effect: Effect) -> Result<(), Refusal> {
        let none = Amount::ZERO;
        match effect {
            Effect::Event(event) => {
                self.told.push(event);
                Ok(())
            }
            Effect::Pay { to, amount } => {
                self.paid.push((to, amount));
                let Coins { amount: held } = self.store.get(me.account());
                self.store.set(me.account(), Coins { amount: held.saturating_minus(amount) });
                Ok(())
            }
            Effect::Migrate { .. } => Ok(()),
            Effect::Opaque { .. } => Err(MALFORMED.bare()),
            Effect::Call { command, on_fail: OnFail::Revert } => {
                self.apply(me.account(), command, none)
            }
            Effect::Call { command, on_fail: OnFail::Report(tag) } => {
                let (before, told) = (self.store.clone(), self.told.len());
                if self.apply(me.account(), command, none).is_ok() {
                    return Ok(());
                }
                self.store = before;
                self.told.truncate(told);
                self.report(me, tag)
            }
            Effect::Hook { tag, .. } | Effect::Herald { tag, .. } => {
                self.hooks.push(effect);
                self.report(me, tag)
            }
            Effect::Notify { to, from, amount, payload } => {
                let command = match to.module() {
                    Some(ModuleId::Staking) => {
                        Command::Staking(staking::Command::Receive { from, amount, payload })
                    }
                    Some(ModuleId::Network) => {
                        Command::Network(network::Command::Receive { from, amount, payload })
                    }
                    Some(ModuleId::Governor) => {
                        Command::Governance(governance::Command::Receive { from, amount, payload })
                    }
                    Some(ModuleId::Treasury) => {
                        Command::Treasury(treasury::Command::Receive { from, amount, payload })
                    }
                    _ => return Err(MALFORMED.bare()),
                };
                self.apply(me.account(), command, none)
            }
        }
    }

    /// Tells a module that its call with this tag failed. Only staking and the governor ask to be
    /// told.
    fn report(&mut self, me: ModuleId, tag: u64) -> Result<(), Refusal> {
        let failed = match me {
            ModuleId::Governor => Command::Governance(governance::Command::Failed { tag }),
            _ => Command::Staking(staking::Command::Failed { tag }),
        };
        self.apply(me.account(), failed, Amount::ZERO)
    }
}
