use protocol::{Command, ModuleId, Payload, staking, token};

use super::{Agent, Me, Observation, Outbox};

/// Brings everything in at once, and takes everything out at once.
pub(super) struct Whale {
    pub(super) enters: Option<u64>,
    pub(super) leaves: Option<u64>,
}

impl Agent for Whale {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        let account = seen.account(me.index);
        if self.enters == Some(seen.epoch) && !account.balance.is_zero() {
            out.send(Command::Token(token::Command::Send {
                to: ModuleId::Staking.account(),
                amount: account.balance,
                payload: Payload::Stake { tier: me.tier },
            }));
        }
        if self.leaves == Some(seen.epoch) && !account.bonded.is_zero() {
            out.send(Command::Staking(staking::Command::Unstake { amount: account.bonded }));
        }
        if account.unlocks.is_some_and(|at| at <= seen.time) {
            out.send(Command::Staking(staking::Command::Claim));
        }
    }
}
