//! From a command to its module's verb, and from effects to further commands.

use protocol::{
    AccountId, Amount, Command, Context, Effect, ModuleId, NOT_NEWER, OnFail, Payload, Reason,
    Refusal, governance, network, rewards, staking, token, treasury,
};

use super::{
    windows::{BalanceWindow, IndexWindow, PayWindow, StakeWindow},
    world::World,
};

/// An address that is no contract, or one that does not know the message: refused outside
/// the rulebook.
static NO_RECEIVER: Reason = Reason {
    code: 0,
    what: "the address does not take such a notice",
    fix: "send to a contract that does",
};

impl World {
    pub(super) fn pay_and_apply(
        &mut self,
        sender: AccountId,
        command: Command,
        funds: Amount,
    ) -> Result<(), Refusal> {
        if !funds.is_zero() {
            self.move_native(sender, command.module().account(), funds)?;
        }
        self.apply(sender, command, funds)
    }

    /// Applies a command and carries out its effects, depth first. What a refusal has half
    /// done is the caller's to undo.
    fn apply(&mut self, sender: AccountId, command: Command, funds: Amount) -> Result<(), Refusal> {
        let me = command.module();
        let cx = Context { height: self.height, time: self.time, sender, funds };
        let mut fx = self.spare.pop().unwrap_or_default();
        let mut outcome = self.rule(&cx, command, &mut fx);
        for effect in fx.drain(..) {
            if outcome.is_ok() {
                outcome = self.carry_out(me, effect);
            }
        }
        self.spare.push(fx);
        outcome
    }

    /// The rulebook's own verb.
    #[inline]
    fn rule(
        &mut self,
        cx: &Context,
        command: Command,
        fx: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        match command {
            Command::Token(c) => token::apply(&mut self.token, cx, c, fx),
            Command::Staking(c) => {
                let peers = IndexWindow { rewards: &self.rewards, governor: &self.governor };
                staking::apply(&mut self.staking, &peers, cx, c, fx)
            }
            Command::Network(c) => {
                let stake = StakeWindow(&self.staking);
                network::apply_with(&mut self.scoring, &mut self.network, &stake, cx, c, fx)
            }
            Command::Rewards(c) => {
                if let rewards::Command::Distribute(distribution) = &c
                    && self.watching
                {
                    self.distributed = Some(distribution.clone());
                }
                let peers = PayWindow {
                    staking: &self.staking,
                    network: &self.network,
                    accounts: &self.accounts,
                };
                rewards::apply(&mut self.rewards, &peers, cx, c, fx)
            }
            Command::Governance(c) if self.governed => {
                let (staking, network) = (&self.staking, &self.network);
                let peers = PayWindow { staking, network, accounts: &self.accounts };
                governance::apply(&mut self.governor, &peers, cx, c, fx)
            }
            Command::Treasury(c) if self.governed => {
                let held = BalanceWindow { token: &self.token, bank: &self.bank };
                treasury::apply(&mut self.treasury, &held, cx, c, fx)
            }
            // Plain accounts.
            Command::Governance(_) | Command::Treasury(_) => Err(NO_RECEIVER.bare()),
        }
    }

    fn carry_out(&mut self, me: ModuleId, effect: Effect) -> Result<(), Refusal> {
        match effect {
            Effect::Event(event) => {
                if self.listening {
                    self.heard.push(event);
                }
                Ok(())
            }
            Effect::Call { command, on_fail: OnFail::Revert } => {
                self.apply(me.account(), command, Amount::ZERO)
            }
            Effect::Call { command, on_fail: OnFail::Report(tag) } => {
                let (mark, heard) = (self.mark(), self.heard.len());
                let Err(refusal) = self.apply(me.account(), command, Amount::ZERO) else {
                    return Ok(());
                };
                if self.listening {
                    self.reported.push(refusal.code());
                }
                self.rollback(&mark);
                self.heard.truncate(heard);
                self.report(me, tag)
            }
            Effect::Notify { to, from, amount, payload } => {
                let command = notice(to, from, amount, payload)?;
                self.apply(me.account(), command, Amount::ZERO)
            }
            Effect::Pay { to, amount } => self.move_native(me.account(), to, amount),
            Effect::Migrate { module, code } => self.migrate(module, code),
            Effect::Opaque { .. } => Err(NO_RECEIVER.bare()),
            // No subscriber of a rehearsal is a contract, so none answers.
            Effect::Hook { tag, .. } | Effect::Herald { tag, .. } => self.report(me, tag),
        }
    }

    /// New code for a module's contract changes no record.
    fn migrate(&self, module: ModuleId, code: u64) -> Result<(), Refusal> {
        let taken = self.codes.as_ref().is_none_or(|codes| codes.contains(&(module, code)));
        if taken { Ok(()) } else { Err(NOT_NEWER.bare()) }
    }

    /// Tells a module that its call with this tag failed.
    fn report(&mut self, me: ModuleId, tag: u64) -> Result<(), Refusal> {
        match me {
            ModuleId::Staking => {
                let failed = Command::Staking(staking::Command::Failed { tag });
                self.apply(me.account(), failed, Amount::ZERO)
            }
            ModuleId::Governor => {
                let failed = Command::Governance(governance::Command::Failed { tag });
                self.apply(me.account(), failed, Amount::ZERO)
            }
            _ => Err(NO_RECEIVER.bare()),
        }
    }
}

/// cw20's notice as the receiving module's command.
fn notice(
    to: AccountId,
    from: AccountId,
    amount: Amount,
    payload: Payload,
) -> Result<Command, Refusal> {
    match to.module() {
        Some(ModuleId::Staking) => {
            Ok(Command::Staking(staking::Command::Receive { from, amount, payload }))
        }
        Some(ModuleId::Network) => {
            Ok(Command::Network(network::Command::Receive { from, amount, payload }))
        }
        Some(ModuleId::Governor) => {
            Ok(Command::Governance(governance::Command::Receive { from, amount, payload }))
        }
        Some(ModuleId::Treasury) => {
            Ok(Command::Treasury(treasury::Command::Receive { from, amount, payload }))
        }
        _ => Err(NO_RECEIVER.bare()),
    }
}
