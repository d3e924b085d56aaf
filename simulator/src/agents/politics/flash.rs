use protocol::{
    AccountId, Command, FIRST_USER, ModuleId, Payload,
    governance::{self, YES},
    staking, token,
};

use super::{
    super::{Agent, Me, Observation, Outbox},
    whole,
};

/// Does in one block what a borrower of power would: bond, vote, queue, execute, unbond, repay.
/// On a chain that is one transaction, which the last refusal undoes.
pub(super) struct FlashBorrower {
    pub(super) strikes: u64,
    pub(super) on: String,
    /// Places of the lenders among the accounts.
    pub(super) lender: Vec<usize>,
}

impl Agent for FlashBorrower {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        if self.strikes != seen.epoch {
            return;
        }
        let loan = seen.account(me.index).balance;
        let (to, payload) = (ModuleId::Staking.account(), Payload::Stake { tier: me.tier });
        out.send(Command::Token(token::Command::Send { to, amount: loan, payload }));
        for view in seen.proposals.iter().filter(|view| view.is(Some(&self.on))) {
            let proposal = view.number;
            whole(proposal, YES, "", out);
            out.send(Command::Governance(governance::Command::Queue { proposal }));
            out.send(Command::Governance(governance::Command::Execute { proposal }));
        }
        out.send(Command::Staking(staking::Command::Unstake { amount: loan }));
        if let Some(lender) = self.lender.first() {
            let to = AccountId::from_handle(FIRST_USER.saturating_add(*lender as u32));
            out.send(Command::Token(token::Command::Transfer { to, amount: loan }));
        }
    }
}
