//! The whole state in memory.

use std::collections::BTreeSet;

use protocol::{
    AccountId, Amount, Command, Digest, Effect, Event, Get, Has, Height, MODULES, ModuleId,
    Refusal, Timestamp, governance, network, rewards, staking, token, treasury,
};

use scoring_kernel::{Input, Mechanism};

use super::{
    export::Exported,
    names::Accounts,
    tables::{Bank, Governor, MOST, Network, Rewards, Staking, Token, Treasury},
};
use crate::{bank, engine::Export};

/// Every module's columns, and the block that commands are applied in.
#[derive(Default)]
pub struct World {
    pub(super) accounts: Accounts,
    pub(super) token: Token,
    pub(super) staking: Staking,
    pub(super) network: Network,
    pub(super) rewards: Rewards,
    /// Whether there are a governor and a treasury; else their accounts are plain ones.
    pub(super) governed: bool,
    pub(super) governor: Governor,
    pub(super) treasury: Treasury,
    pub(super) bank: Bank,
    /// What may be migrated to what; `None`: anything.
    pub(super) codes: Option<BTreeSet<(ModuleId, u64)>>,
    pub(super) height: Height,
    pub(super) time: Timestamp,
    /// Emptied effect lists, kept for their memory.
    pub(super) spare: Vec<Vec<Effect>>,
    pub(super) scoring: network::Scratch,
    pub(super) listening: bool,
    /// Events of the last command, if anyone listens.
    pub(super) heard: Vec<Event>,
    /// Codes of refusals that undid a part of the last command only, if anyone listens.
    pub(super) reported: Vec<u16>,
    pub(super) bytes: Vec<u8>,
    /// Whether distributions are kept.
    pub(super) watching: bool,
    /// The last command's, if they are kept and there was one.
    pub(super) distributed: Option<rewards::Distribution>,
}

/// How long every undo log was.
pub(super) struct Mark([[usize; MOST]; 7]);

impl World {
    /// Handles and addresses.
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// The current block.
    pub fn height(&self) -> Height {
        self.height
    }

    /// Its time.
    pub fn time(&self) -> Timestamp {
        self.time
    }

    /// Moves on to a later block.
    pub fn begin_block(&mut self, height: Height, time: Timestamp) {
        self.height = height;
        self.time = time;
    }

    /// Applies one command with all that follows from it. `funds` of the native denom move
    /// from the sender to the command's module first.
    ///
    /// # Errors
    /// Why it was refused; it then changed nothing.
    pub fn execute(
        &mut self,
        sender: AccountId,
        command: Command,
        funds: Amount,
    ) -> Result<(), Refusal> {
        self.heard.clear();
        self.distributed = None;
        self.reported.clear();
        let outcome = self.pay_and_apply(sender, command, funds);
        if outcome.is_err() {
            self.heard.clear();
            self.rollback(&Mark::default());
        }
        self.commit();
        outcome
    }

    /// From now on a migration is refused unless its module and code are among these. There is no
    /// code here: only who plays a chain beside this world knows which it would take. A world
    /// that is told nothing takes every migration.
    pub fn know_codes(&mut self, codes: BTreeSet<(ModuleId, u64)>) {
        self.codes = Some(codes);
    }

    /// Whether the events of each command are kept until the next.
    pub fn listen(&mut self, listening: bool) {
        self.listening = listening;
    }

    /// Whether the distribution of each close is kept until the next command.
    pub fn watch(&mut self, watching: bool) {
        self.watching = watching;
    }

    /// What the last command handed to rewards to distribute, if it ended an epoch and anyone
    /// watches.
    pub fn distributed(&self) -> Option<&rewards::Distribution> {
        self.distributed.as_ref()
    }

    /// How the last command scored an epoch, and from what, if it was its first page.
    pub fn last_scored(&self) -> Option<(Mechanism, Input<'_>)> {
        self.scoring.last_scored()
    }

    /// What the last command told, in order; nothing where it was refused.
    pub fn heard(&self) -> &[Event] {
        &self.heard
    }

    /// Codes of refusals that undid a part of the last command only.
    pub fn reported(&self) -> &[u16] {
        &self.reported
    }

    /// Forgets how to undo.
    pub(super) fn commit(&mut self) {
        self.token.commit();
        self.staking.commit();
        self.network.commit();
        self.rewards.commit();
        self.governor.commit();
        self.treasury.commit();
        self.bank.commit();
    }

    pub(super) fn mark(&self) -> Mark {
        Mark([
            self.token.mark(),
            self.staking.mark(),
            self.network.mark(),
            self.rewards.mark(),
            self.governor.mark(),
            self.treasury.mark(),
            self.bank.mark(),
        ])
    }

    /// Undoes what was written since the mark.
    pub(super) fn rollback(&mut self, Mark(marks): &Mark) {
        let [token, staking, network, rewards, governor, treasury, bank] = marks;
        self.token.rollback(token);
        self.staking.rollback(staking);
        self.network.rollback(network);
        self.rewards.rollback(rewards);
        self.governor.rollback(governor);
        self.treasury.rollback(treasury);
        self.bank.rollback(bank);
    }

    /// Each module's digest, brought up to date.
    pub fn digests(&mut self) -> [Digest; MODULES] {
        let (names, bytes) = (&self.accounts, &mut self.bytes);
        let mut sums = [Digest::default(); MODULES];
        sums[ModuleId::Token as usize] = self.token.digest(names, bytes);
        sums[ModuleId::Staking as usize] = self.staking.digest(names, bytes);
        sums[ModuleId::Network as usize] = self.network.digest(names, bytes);
        sums[ModuleId::Rewards as usize] = self.rewards.digest(names, bytes);
        sums[ModuleId::Governor as usize] = self.governor.digest(names, bytes);
        sums[ModuleId::Treasury as usize] = self.treasury.digest(names, bytes);
        sums[ModuleId::Bank as usize] = self.bank.digest(names, bytes);
        sums
    }

    /// The state hash of the current block.
    pub fn state_hash(&mut self) -> [u8; 32] {
        let digests = self.digests();
        protocol::state_hash(self.height, &digests)
    }

    /// Every live record that the digests cover.
    pub fn export(&self) -> Export {
        let names = &self.accounts;
        let mut all = Export::new();
        for (module, records) in [
            (ModuleId::Token, self.token.export(names)),
            (ModuleId::Staking, self.staking.export(names)),
            (ModuleId::Network, self.network.export(names)),
            (ModuleId::Rewards, self.rewards.export(names)),
            (ModuleId::Governor, self.governor.export(names)),
            (ModuleId::Treasury, self.treasury.export(names)),
            (ModuleId::Bank, self.bank.export(names)),
        ] {
            all.extend(records.into_iter().map(|record| ((module, record.key.clone()), record)));
        }
        all
    }
}

impl Default for Mark {
    /// Before the command began.
    fn default() -> Self {
        Self([[0; MOST]; 7])
    }
}

/// A raw record of a module's contract, written as the digest writes it; `None` where it is
/// not in one of the module's hashed tables.
pub fn recode(names: &Accounts, module: ModuleId, key: &[u8], value: &[u8]) -> Option<Exported> {
    match module {
        ModuleId::Token => Token::recode(names, key, value),
        ModuleId::Staking => Staking::recode(names, key, value),
        ModuleId::Network => Network::recode(names, key, value),
        ModuleId::Rewards => Rewards::recode(names, key, value),
        ModuleId::Bank => Bank::recode(names, key, value),
        ModuleId::Governor => Governor::recode(names, key, value),
        ModuleId::Treasury => Treasury::recode(names, key, value),
        ModuleId::Royalties => None,
    }
}

/// Lets anyone read any record, and nobody write one.
macro_rules! readable {
    ($($module:ident: $($record:ty),*;)*) => {$($(
        impl Get<$record> for World {
            fn get(&self, key: <$record as protocol::Record>::Key) -> $record {
                self.$module.get(key)
            }
        }

        impl protocol::All<$record> for World {
            fn each(&self, visit: &mut dyn FnMut(<$record as protocol::Record>::Key, &$record)) {
                self.$module.each(visit);
            }
        }
    )*)*};
}

readable! {
    token: token::Balance, token::Supply, token::Minting, token::Allowance;
    staking: staking::Params, staking::Account, staking::Total, staking::Hooks, staking::OwnHistory,
        staking::ReceivedHistory, staking::TotalHistory, staking::Paused;
    network: network::Params, network::Topic, network::Slot, network::Seat, network::Registered,
        network::Updated, network::Standing, network::Row, network::Next, network::Bonds,
        network::Closing, network::Working, network::Pending, network::Paused;
    rewards: rewards::Params, rewards::Emission, rewards::Pot, rewards::Validator,
        rewards::SlotOwed, rewards::Owed, rewards::Vesting, rewards::Unclaimed, rewards::Paused,
        rewards::Campaigns,
        rewards::Campaign, rewards::Round, rewards::ClaimedLeaves;
    governor: governance::Params, governance::Bounds, governance::Numbers, governance::Proposal,
        governance::Terms, governance::Text, governance::Actions, governance::Ballot,
        governance::Overridden, governance::Depositor, governance::Guardian;
    treasury: treasury::Params, treasury::Authority, treasury::Outflow, treasury::Promised,
        treasury::Numbers, treasury::Stream, treasury::Grant;
    bank: bank::Holding;
}

impl World {
    /// The row that a slot submitted last, ascending by slot; empty where there is none.
    pub fn row(&self, topic: u16, uid: u16) -> Vec<(u16, u16)> {
        let row = self.network.rows.peek(&(topic, uid));
        row.and_then(|row| network::row::decode(&row.weights)).unwrap_or_default()
    }

    /// Whether token holders govern.
    pub fn is_governed(&self) -> bool {
        self.governed
    }

    /// Moves native coins.
    pub(super) fn move_native(
        &mut self,
        from: AccountId,
        to: AccountId,
        amount: Amount,
    ) -> Result<(), Refusal> {
        if amount.is_zero() || from == to {
            return Ok(());
        }
        let held = self.bank.get(from).amount;
        let left = held.minus(amount).ok_or(LOW_FUNDS.refuse(held.units(), amount.units()))?;
        self.bank.set(from, bank::Holding { amount: left });
        let more = self.bank.get(to).amount.plus(amount)?;
        self.bank.set(to, bank::Holding { amount: more });
        Ok(())
    }
}

/// The bank is no module of ours: it refuses without a code.
static LOW_FUNDS: protocol::Reason = protocol::Reason {
    code: 0,
    what: "bank: not enough of the native denom",
    fix: "attach at most what the account holds",
};
