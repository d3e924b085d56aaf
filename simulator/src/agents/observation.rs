//! What every agent sees: the world at the last close.

use std::collections::VecDeque;

use protocol::{AccountId, Accrued, Amount, FIRST_USER, Power, Timestamp};

use scoring_kernel::synthesis::Signed;

use super::ProposalView;
use crate::{claims::List, random::Fixed};

/// The world at the last close; one value for all agents of an epoch.
#[derive(Clone, Debug, Default)]
pub struct Observation {
    /// The epoch that begins, from 0.
    pub epoch: u64,
    /// The time of the close.
    pub time: Timestamp,
    /// By topic.
    pub topics: Vec<TopicView>,
    /// By handle, from the first user's on.
    pub accounts: Vec<AccountView>,
    /// Validators with what their delegators earned per unit of power in the last epoch.
    pub yields: Vec<(AccountId, Accrued)>,
    /// Campaigns by number.
    pub campaigns: Vec<CampaignView>,
    /// Lists of payments whose roots were published, in the order in which they were.
    pub lists: Vec<Posted>,
    /// Reserves of the market: (tokens, quote); what a token costs is their ratio.
    pub market: Option<(u128, u128)>,
    /// Proposals that are not over, ascending by number.
    pub proposals: Vec<ProposalView>,
    /// What each track locks of a proposer.
    pub deposits: Vec<Amount>,
    /// Seconds that the guardian may pause a module now; 0 where it cannot.
    pub longest_pause: u64,
    /// Seconds of an epoch.
    pub epoch_seconds: u64,
}

/// A topic at the last close.
#[derive(Clone, Debug, Default)]
pub struct TopicView {
    /// Who holds which slot.
    pub slots: Vec<Option<AccountId>>,
    /// Slots of contributors and the true quality of their work, which those who evaluate can
    /// measure, each with its own error; ascending by slot, none zero.
    pub workers: Vec<(u16, Fixed)>,
    /// In a topic whose rows report losses, what can be measured of the epoch: each loss by its
    /// place in a row, ascending.
    pub losses: Option<Vec<(u16, Signed)>>,
    /// What each slot earned in the last epoch.
    pub earned: Vec<Amount>,
    /// What a slot costs now.
    pub price: Amount,
    /// Rows that were public at past closes, the latest first, by slot; kept as far back as
    /// an agent looks.
    pub rows: VecDeque<Vec<Vec<(u16, u16)>>>,
}

/// A campaign at the last close.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CampaignView {
    /// The number of its next round.
    pub rounds: u32,
    /// What no round has been given.
    pub reserve: Amount,
    /// Whether there will be no more.
    pub ended: bool,
}

/// A list of payments that somebody showed to everybody.
#[derive(Clone, Debug, PartialEq)]
pub struct Posted {
    /// The list, with the proofs of its leaves.
    pub list: List,
    /// Claims are open from then,
    pub opens: Timestamp,
    /// until then.
    pub closes: Timestamp,
    /// What is neither claimed, nor returned, nor revoked.
    pub left: Amount,
}

/// An account at the last close.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccountView {
    /// Tokens it holds free.
    pub balance: Amount,
    /// Native coins it holds.
    pub native: Amount,
    /// Stake with power.
    pub bonded: Amount,
    /// What it votes and validates with, received power included.
    pub power: Power,
    /// When its oldest unbonding can be claimed.
    pub unlocks: Option<Timestamp>,
    /// Its deposit balance with the governor.
    pub deposit: Amount,
    /// Whom its power is lent to.
    pub delegate: Option<AccountId>,
    /// Its slot in the topic it works in.
    pub slot: Option<u16>,
    /// Whether its slot or account is owed anything.
    pub earned: bool,
    /// Whether its stake is owed at least one unit.
    pub yielded: bool,
}

impl Observation {
    /// A topic; an empty one where there is none.
    pub fn topic(&self, topic: u16) -> &TopicView {
        const NONE: &TopicView = &TopicView {
            slots: Vec::new(),
            workers: Vec::new(),
            losses: None,
            earned: Vec::new(),
            price: Amount::ZERO,
            rows: VecDeque::new(),
        };
        self.topics.get(usize::from(topic)).unwrap_or(NONE)
    }

    /// What an account validates with.
    pub fn power_of(&self, who: AccountId) -> Power {
        let index = who.handle().checked_sub(FIRST_USER);
        index.map_or(Power::ZERO, |index| self.account(index as usize).power)
    }

    /// An account by its place.
    pub fn account(&self, index: usize) -> AccountView {
        self.accounts.get(index).copied().unwrap_or_default()
    }
}
