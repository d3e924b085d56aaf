//! Power as of any height, and now.

use crate::{
    account::AccountId,
    staking::{
        Account, OwnHistory, ReceivedHistory, Standing, Total, TotalHistory,
        checkpoint::{recent, value_at},
    },
    store::Get,
    units::{Height, Power},
};

/// What reading power needs: no more than the checkpoints and their histories.
pub trait View:
    Get<Account> + Get<Total> + Get<OwnHistory> + Get<ReceivedHistory> + Get<TotalHistory>
{
}
impl<T> View for T where
    T: Get<Account> + Get<Total> + Get<OwnHistory> + Get<ReceivedHistory> + Get<TotalHistory>
{
}

impl Standing {
    /// Whose votes, weights and reward index the power counts for: the delegate, else the
    /// account itself.
    pub fn validator(&self, who: AccountId) -> AccountId {
        self.delegate.unwrap_or(who)
    }
}

/// What an account votes and validates with: its own power unless that is lent, and what it
/// received. Received power never moves on.
pub fn voting_power(own: Standing, received: Power) -> Power {
    match own.delegate {
        Some(_) => received,
        None => own.power.plus(received),
    }
}

impl Account {
    /// What it votes and validates with now.
    pub fn voting_power(&self) -> Power {
        voting_power(self.own.current, self.received.current)
    }

    /// Its own standing and what it received, as read at `height`; `None` where the record
    /// alone cannot tell, and the history must be asked.
    pub fn recent_standing(&self, height: Height) -> Option<(Standing, Power)> {
        Some((recent(&self.own, height)?, recent(&self.received, height)?))
    }
}

/// Power as read at `height`: at the end of the block before. `None` is the total.
pub fn power_at(s: &impl View, who: Option<AccountId>, height: Height) -> Power {
    match who {
        None => total_at(s, height),
        Some(who) => {
            let (own, received) = standing_at(s, who, height);
            voting_power(own, received)
        }
    }
}

/// An account's own standing and what it received, as read at `height`.
pub fn standing_at(s: &impl View, who: AccountId, height: Height) -> (Standing, Power) {
    let account: Account = s.get(who);
    (own(s, &account, who, height), received(s, &account, who, height))
}

/// An account's own standing as read at `height`.
pub fn own_at(s: &impl View, who: AccountId, height: Height) -> Standing {
    own(s, &s.get(who), who, height)
}

fn own(s: &impl View, account: &Account, who: AccountId, height: Height) -> Standing {
    value_at(&account.own, height, |number| {
        let old: OwnHistory = s.get((who, number));
        old.changes
    })
}

/// The power that an account has received, as read at `height`.
pub fn received_at(s: &impl View, who: AccountId, height: Height) -> Power {
    received(s, &s.get(who), who, height)
}

fn received(s: &impl View, account: &Account, who: AccountId, height: Height) -> Power {
    value_at(&account.received, height, |number| {
        let old: ReceivedHistory = s.get((who, number));
        old.changes
    })
}

fn total_at(s: &impl View, height: Height) -> Power {
    let total: Total = s.get(());
    value_at(&total.power, height, |number| {
        let old: TotalHistory = s.get(number);
        old.changes
    })
}

/// Power now, this block's changes included: the base of the reward index, and nothing else.
pub fn current_power(s: &impl Get<Account>, who: AccountId) -> Power {
    s.get(who).voting_power()
}
