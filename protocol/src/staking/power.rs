//! Power as of any height, and now.

use crate::{
    account::AccountId,
    staking::{
        Own, OwnHistory, Received, ReceivedHistory, Standing, Total, TotalHistory,
        checkpoint::value_at,
    },
    store::Get,
    units::{Height, Power},
};

/// What reading power needs: no more than the checkpoints and their histories.
pub trait View:
    Get<Own> + Get<Received> + Get<Total> + Get<OwnHistory> + Get<ReceivedHistory> + Get<TotalHistory>
{
}
impl<T> View for T where
    T: Get<Own>
        + Get<Received>
        + Get<Total>
        + Get<OwnHistory>
        + Get<ReceivedHistory>
        + Get<TotalHistory>
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

/// Power as read at `height`: at the end of the block before. `None` is the total.
pub fn power_at(s: &impl View, who: Option<AccountId>, height: Height) -> Power {
    match who {
        None => total_at(s, height),
        Some(who) => voting_power(own_at(s, who, height), received_at(s, who, height)),
    }
}

/// An account's own standing and what it received, as read at `height`.
pub fn standing_at(s: &impl View, who: AccountId, height: Height) -> (Standing, Power) {
    (own_at(s, who, height), received_at(s, who, height))
}

/// An account's own standing as read at `height`.
pub fn own_at(s: &impl View, who: AccountId, height: Height) -> Standing {
    let own: Own = s.get(who);
    value_at(&own.standing, height, |number| {
        let old: OwnHistory = s.get((who, number));
        (old.standing, old.since)
    })
}

/// The power that an account has received, as read at `height`.
pub fn received_at(s: &impl View, who: AccountId, height: Height) -> Power {
    let received: Received = s.get(who);
    value_at(&received.power, height, |number| {
        let old: ReceivedHistory = s.get((who, number));
        (old.power, old.since)
    })
}

fn total_at(s: &impl View, height: Height) -> Power {
    let total: Total = s.get(());
    value_at(&total.power, height, |number| {
        let old: TotalHistory = s.get(number);
        (old.power, old.since)
    })
}

/// Power now, this block's changes included: the base of the reward index, and nothing else.
pub fn current_power(s: &(impl Get<Own> + Get<Received>), who: AccountId) -> Power {
    let (own, received): (Own, Received) = (s.get(who), s.get(who));
    voting_power(own.standing.current, received.power.current)
}
