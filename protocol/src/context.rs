//! What a command knows of the world beside the records.

use crate::{
    account::AccountId,
    refusal::{Refusal, UNEXPECTED_FUNDS, ensure},
    units::{Amount, Height, Timestamp},
};

/// The block a command is applied in, and who sends it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Context {
    /// The block's number.
    pub height: Height,
    /// The block's time.
    pub time: Timestamp,
    /// Who sends the command: a user, or the module whose effect it is.
    pub sender: AccountId,
    /// What is attached in the network's native denom; already moved to the module when the
    /// command is applied. Any other coin is refused at the edge.
    pub funds: Amount,
}

impl Context {
    /// What every verb asks that takes no coins.
    ///
    /// # Errors
    /// `E0005` where coins are attached.
    pub(crate) fn refuse_funds(&self) -> Result<(), Refusal> {
        ensure(self.funds.is_zero(), &UNEXPECTED_FUNDS, self.funds.units(), 0u128)
    }
}
