use protocol::{
    Amount, Asset, Bytes, Command, ModuleId, Payload, Track,
    governance::{self, Draft, Question},
    token,
    treasury::Action,
};

use super::super::{Agent, Me, Observation, Outbox};

/// Proposes to pay itself, as often as it is let.
pub(super) struct Spammer {
    pub(super) every: u32,
}

impl Agent for Spammer {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        if seen.epoch == 0 || !seen.epoch.is_multiple_of(u64::from(self.every.max(1))) {
            return;
        }
        let deposit = seen.deposits.first().copied().unwrap_or_default();
        let missing = deposit.saturating_minus(seen.account(me.index).deposit);
        if !missing.is_zero() {
            let (to, payload) = (ModuleId::Governor.account(), Payload::Deposit);
            out.send(Command::Token(token::Command::Send { to, amount: missing, payload }));
        }
        let (to, amount) = (me.account, Amount::saturating(1));
        let draft = Draft {
            track: Track::Ordinary,
            title: Bytes(b"Pay me".to_vec()),
            body: Bytes(Vec::new()),
            question: Question::Standard {
                actions: vec![Action::Pay { asset: Asset::Token, to, amount }],
            },
        };
        out.send(Command::Governance(governance::Command::Propose { draft }));
    }
}
