//! All modules on one store: the shortest engine that can be read at a glance, and the model
//! that faster ones may be held against.

use crate::{
    account::{AccountId, ModuleId},
    context::Context,
    effect::{Command, Effect, Event, OnFail, Payload},
    network,
    refusal::{MALFORMED, NOT_AUTHORISED, Refusal},
    rewards, staking,
    testing::{Live, Store},
    token,
    units::{Amount, Height, Timestamp},
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
        (self.told, self.paid, self.hooks) = (Vec::new(), Vec::new(), Vec::new());
        let funds = Amount::new(coins).map_err(|refusal| refusal.code())?;
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
                Ok(())
            }
            Effect::Call { command, on_fail: OnFail::Revert } => {
                self.apply(me.account(), command, none)
            }
            Effect::Call { on_fail: OnFail::Report(_), .. } => Err(NOT_AUTHORISED.bare()),
            Effect::Hook { tag, .. } => {
                self.hooks.push(effect);
                let failed = Command::Staking(staking::Command::Failed { tag });
                self.apply(me.account(), failed, none)
            }
            Effect::Notify { to, from, amount, payload } => {
                let command = match to.module() {
                    Some(ModuleId::Staking) => {
                        Command::Staking(staking::Command::Receive { from, amount, payload })
                    }
                    Some(ModuleId::Network) => {
                        Command::Network(network::Command::Receive { from, amount, payload })
                    }
                    _ => return Err(MALFORMED.bare()),
                };
                self.apply(me.account(), command, none)
            }
        }
    }
}
