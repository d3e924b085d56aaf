//! What runs commands: the same trait over memory, over contracts and over their Wasm.

use std::fmt;

use protocol::{
    AccountId, Amount, Command, Digest, Height, MODULES, ModuleId, Refusal, Timestamp, governance,
    network, rewards, staking, token, treasury,
};

/// Something that applies commands to a state that starts from a [`Genesis`].
///
/// Two engines given the same genesis, blocks and commands must refuse the same commands
/// with the same codes, and have the same digests after each block.
pub trait Engine {
    /// `native`, `contracts` or `wasm`.
    fn name(&self) -> &'static str;

    /// Sets the state up; called once, before anything else.
    ///
    /// # Errors
    /// The first part of the genesis that a module refuses.
    fn genesis(&mut self, genesis: &Genesis) -> Result<(), Refused>;

    /// Moves on to a later block; heights ascend, and may leave gaps.
    fn begin_block(&mut self, height: Height, time: Timestamp);

    /// Applies a command, with all that follows from it, in the current block.
    /// `funds` of the native denom move to the command's module first.
    ///
    /// # Errors
    /// Why it was refused. It then changed nothing.
    fn execute(
        &mut self,
        sender: AccountId,
        command: Command,
        funds: Amount,
    ) -> Result<(), Refused>;

    /// Each module's digest now, in the order of [`ModuleId`].
    fn digests(&mut self) -> [Digest; MODULES];

    /// Every live record that the digests cover.
    fn export(&mut self) -> Export;
}

/// Live records: of each module, by table and key.
pub type Export = std::collections::BTreeMap<(ModuleId, Vec<u8>), crate::native::Exported>;

/// A command that an engine refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The rulebook's code; 0 for a refusal from outside of it.
    pub code: u16,
    /// What was wrong and what to do about it; engines word what is outside the rulebook
    /// each in its own way.
    pub text: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Refused {}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self { code: refusal.code(), text: refusal.to_string() }
    }
}

/// The state before the first command.
///
/// Accounts are handles in the order of `accounts`, from [`protocol::FIRST_USER`]; modules
/// have their own. The authority of every module is the treasury's account,
/// [`ModuleId::Treasury`]. Without `governance` it and the governor's are plain accounts.
#[derive(Clone, Debug, PartialEq)]
pub struct Genesis {
    /// Names of the user accounts, all different.
    pub accounts: Vec<String>,
    /// The block of instantiation; commands come in later ones.
    pub height: Height,
    /// Its time.
    pub time: Timestamp,
    /// Holders of the native denom; amounts above zero, each account at most once.
    pub native: Vec<(AccountId, Amount)>,
    /// The token's; its minter is rewards.
    pub token: token::Genesis,
    /// Staking's.
    pub staking: staking::Genesis,
    /// The network's; it starts at `height`.
    pub network: network::Genesis,
    /// Rewards'; it starts at `height`.
    pub rewards: rewards::Genesis,
    /// The governor's and the treasury's, where token holders govern.
    pub governance: Option<(governance::Genesis, treasury::Genesis)>,
}
