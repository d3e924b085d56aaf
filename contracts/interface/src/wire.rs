//! How contracts learn of each other.

use crate::{rewards, staking, token};
use cosmwasm_schema::cw_serde;

/// Makes one of the contracts that share a code.
#[cw_serde]
pub enum InstantiateMsg {
    /// The cw20 token.
    Token(token::InstantiateMsg),
    /// Staking and voting power.
    Staking(staking::InstantiateMsg),
    /// Emission and payouts.
    Rewards(rewards::InstantiateMsg),
}

/// The addresses of the network's contracts, given once by whoever instantiated them: it
/// closes the cycle of addresses.
#[cw_serde]
#[derive(Default)]
pub struct Contracts {
    /// The cw20 token.
    pub token: Option<String>,
    /// Staking and voting power.
    pub staking: Option<String>,
    /// The scoring network.
    pub network: Option<String>,
    /// Emission and payouts.
    pub rewards: Option<String>,
    /// Proposals.
    pub governor: Option<String>,
    /// The authority over all of them; a plain account until there is a treasury.
    pub treasury: Option<String>,
    /// Royalties.
    pub royalties: Option<String>,
}

impl Contracts {
    /// The addresses in the order of the modules' ids; the bank has none.
    pub fn by_module(&self) -> [Option<&str>; protocol::MODULES] {
        [
            self.token.as_deref(),
            self.staking.as_deref(),
            self.network.as_deref(),
            self.rewards.as_deref(),
            self.governor.as_deref(),
            self.treasury.as_deref(),
            self.royalties.as_deref(),
            None,
        ]
    }
}

/// What a migration needs to know: nothing.
#[cw_serde]
pub struct MigrateMsg {}
