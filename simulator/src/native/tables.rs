//! The columns of each module, and what can be done with all of them.

use protocol::{Digest, Names, governance, network, rewards, staking, token, treasury};

use super::{
    column::Column,
    export::{Exported, Stored},
    load::{FAR, Misfit},
};
use crate::bank;

/// Declares a module's columns as one struct, with ports for each record and the walk over
/// all of them. `unsettled` has bit i set where column i has something to undo.
macro_rules! columns {
    ($(#[$doc:meta])* $name:ident { $($index:literal $field:ident: $record:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Default)]
        pub(super) struct $name {
            unsettled: u32,
            $(pub(super) $field: Column<$record>,)*
        }

        $(
            impl protocol::Get<$record> for $name {
                #[inline]
                fn get(&self, key: <$record as protocol::Record>::Key) -> $record {
                    self.$field.get(&key)
                }
            }

            impl protocol::Has<$record> for $name {
                #[inline]
                fn set(&mut self, key: <$record as protocol::Record>::Key, value: $record) {
                    self.unsettled |= 1 << $index;
                    self.$field.set(key, value);
                }
            }

            impl protocol::All<$record> for $name {
                fn each(
                    &self,
                    visit: &mut dyn FnMut(<$record as protocol::Record>::Key, &$record),
                ) {
                    self.$field.each(visit);
                }
            }
        )*

        impl $name {
            /// How long each column's undo log is.
            pub(super) fn mark(&self) -> [usize; MOST] {
                let mut mark = [0; MOST];
                $(mark[$index] = self.$field.mark();)*
                mark
            }

            /// Undoes what was written since the mark.
            pub(super) fn rollback(&mut self, mark: &[usize; MOST]) {
                $(self.$field.rollback(mark[$index]);)*
            }

            /// Forgets how to undo.
            #[inline]
            pub(super) fn commit(&mut self) {
                if self.unsettled == 0 {
                    return;
                }
                $(if self.unsettled & (1 << $index) != 0 {
                    self.$field.commit();
                })*
                self.unsettled = 0;
            }

            /// The sum of all columns' digests, brought up to date.
            pub(super) fn digest(&mut self, names: &dyn Names, scratch: &mut Vec<u8>) -> Digest {
                let mut sum = Digest::default();
                $(sum.add(self.$field.digest(names, scratch));)*
                sum
            }

            /// Every live record that the state hash covers.
            pub(super) fn export(&self, names: &dyn Names) -> Vec<Exported> {
                let mut all = Vec::new();
                $(if <$record as protocol::Record>::TABLE < protocol::UNHASHED {
                    self.$field.each(&mut |key, row| all.push(Exported::of(names, &key, row)));
                })*
                all
            }

            /// Every live record, in no stated order.
            pub(super) fn stored(&self, names: &dyn Names) -> Vec<Stored> {
                let mut all = Vec::new();
                $(self.$field.each(&mut |key, row| all.push(Stored::of(names, &key, row)));)*
                all
            }

            /// Puts a record in its table, from bytes that any engine wrote.
            pub(super) fn put(
                &mut self,
                names: &dyn Names,
                key: &[u8],
                value: &[u8],
            ) -> Result<(), Misfit> {
                let (table, key) = key.split_first().ok_or(Misfit::Table)?;
                match *table {
                    $(table if table == <$record as protocol::Record>::TABLE => {
                        let key: <$record as protocol::Record>::Key =
                            protocol::decode(names, key).ok_or(Misfit::Key)?;
                        if protocol::Key::dense(&key).is_some_and(|place| place >= FAR) {
                            return Err(Misfit::Far);
                        }
                        let row: $record = protocol::decode(names, value).ok_or(Misfit::Value)?;
                        if row == <$record>::default() {
                            return Err(Misfit::Absent);
                        }
                        protocol::Has::set(self, key, row);
                        Ok(())
                    })*
                    _ => Err(Misfit::Table),
                }
            }

            /// A table by its name: its name again, and its number.
            pub(super) fn table(name: &str) -> Option<(&'static str, u8)> {
                $(if name == <$record as protocol::Record>::NAME {
                    return Some((
                        <$record as protocol::Record>::NAME,
                        <$record as protocol::Record>::TABLE,
                    ));
                })*
                None
            }

            /// A raw record of this module's contract, if it is in a hashed table.
            pub(super) fn recode(names: &dyn Names, key: &[u8], value: &[u8]) -> Option<Exported> {
                let (table, key) = key.split_first()?;
                match *table {
                    $(table if table == <$record as protocol::Record>::TABLE
                        && table < protocol::UNHASHED =>
                    {
                        let key = protocol::decode(names, key)?;
                        let row: $record = protocol::decode(names, value)?;
                        Some(Exported::of(names, &key, &row))
                    })*
                    _ => None,
                }
            }
        }
    };
}

/// The most columns that a module has.
pub(super) const MOST: usize = 14;

columns! {
    /// The token's.
    Token {
        0 balances: token::Balance,
        1 supply: token::Supply,
        2 minting: token::Minting,
        3 allowances: token::Allowance,
    }
}

columns! {
    /// Staking's.
    Staking {
        0 params: staking::Params,
        1 accounts: staking::Account,
        2 total: staking::Total,
        3 hooks: staking::Hooks,
        4 own_history: staking::OwnHistory,
        5 received_history: staking::ReceivedHistory,
        6 total_history: staking::TotalHistory,
        7 paused: staking::Paused,
    }
}

columns! {
    /// The network's.
    Network {
        0 params: network::Params,
        1 topics: network::Topic,
        2 slots: network::Slot,
        3 seats: network::Seat,
        4 registered: network::Registered,
        5 updated: network::Updated,
        6 standing: network::Standing,
        7 rows: network::Row,
        8 next: network::Next,
        9 bonds: network::Bonds,
        10 closing: network::Closing,
        11 working: network::Working,
        12 pending: network::Pending,
        13 paused: network::Paused,
    }
}

columns! {
    /// Rewards'.
    Rewards {
        0 params: rewards::Params,
        1 emission: rewards::Emission,
        2 pots: rewards::Pot,
        3 validators: rewards::Validator,
        4 slot_owed: rewards::SlotOwed,
        5 owed: rewards::Owed,
        6 vesting: rewards::Vesting,
        7 unclaimed: rewards::Unclaimed,
        8 paused: rewards::Paused,
        9 campaigns: rewards::Campaigns,
        10 campaign: rewards::Campaign,
        11 rounds: rewards::Round,
        12 claimed_leaves: rewards::ClaimedLeaves,
    }
}

columns! {
    /// The governor's.
    Governor {
        0 params: governance::Params,
        1 bounds: governance::Bounds,
        2 numbers: governance::Numbers,
        3 proposals: governance::Proposal,
        4 terms: governance::Terms,
        5 texts: governance::Text,
        6 actions: governance::Actions,
        7 ballots: governance::Ballot,
        8 overridden: governance::Overridden,
        9 depositors: governance::Depositor,
        10 guardian: governance::Guardian,
    }
}

columns! {
    /// The treasury's.
    Treasury {
        0 params: treasury::Params,
        1 authority: treasury::Authority,
        2 outflows: treasury::Outflow,
        3 promised: treasury::Promised,
        4 numbers: treasury::Numbers,
        5 streams: treasury::Stream,
        6 grants: treasury::Grant,
    }
}

columns! {
    /// The native denom's.
    Bank {
        0 holdings: bank::Holding,
    }
}
