//! What may be asked of the token, and what it tells.

use crate::{
    account::AccountId,
    codec::codec_enum,
    effect::{Payload, Value, events},
    token::Expiry,
    units::Amount,
};

/// cw20's verbs.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Moves the sender's tokens.
    Transfer {
        /// Who gets them.
        to: AccountId,
        /// How many.
        amount: Amount,
    },
    /// Destroys the sender's tokens.
    Burn {
        /// How many.
        amount: Amount,
    },
    /// Moves the sender's tokens to a contract and tells it.
    Send {
        /// The contract.
        to: AccountId,
        /// How many.
        amount: Amount,
        /// What the contract is told.
        payload: Payload,
    },
    /// Makes tokens; the minter only.
    Mint {
        /// Who gets them.
        to: AccountId,
        /// How many.
        amount: Amount,
    },
    /// Hands the right to mint on, or ends it; the minter only.
    UpdateMinter {
        /// `None` ends it for good.
        to: Option<AccountId>,
    },
    /// Lets a spender take more of the sender's tokens.
    IncreaseAllowance {
        /// Who may take them.
        spender: AccountId,
        /// How many more.
        amount: Amount,
        /// Replaces the expiry where given.
        expires: Option<Expiry>,
    },
    /// Lets a spender take less; at least nothing.
    DecreaseAllowance {
        /// Who may take them.
        spender: AccountId,
        /// How many fewer.
        amount: Amount,
        /// Replaces the expiry where given.
        expires: Option<Expiry>,
    },
    /// Moves an owner's tokens by allowance.
    TransferFrom {
        /// Whose tokens.
        owner: AccountId,
        /// Who gets them.
        to: AccountId,
        /// How many.
        amount: Amount,
    },
    /// Sends an owner's tokens by allowance.
    SendFrom {
        /// Whose tokens.
        owner: AccountId,
        /// The contract.
        to: AccountId,
        /// How many.
        amount: Amount,
        /// What the contract is told.
        payload: Payload,
    },
    /// Destroys an owner's tokens by allowance.
    BurnFrom {
        /// Whose tokens.
        owner: AccountId,
        /// How many.
        amount: Amount,
    },
}

codec_enum!(Command {
    0 => Transfer { to, amount },
    1 => Burn { amount },
    2 => Send { to, amount, payload },
    3 => Mint { to, amount },
    4 => UpdateMinter { to },
    5 => IncreaseAllowance { spender, amount, expires },
    6 => DecreaseAllowance { spender, amount, expires },
    7 => TransferFrom { owner, to, amount },
    8 => SendFrom { owner, to, amount, payload },
    9 => BurnFrom { owner, amount },
});

events! {
    /// Tokens moved.
    Transferred "transfer" {
        /// From whom.
        from: AccountId => Value::Account(*from),
        /// To whom.
        to: AccountId => Value::Account(*to),
        /// How many.
        amount: Amount => Value::Number(amount.units()),
    }
    /// Tokens moved by allowance.
    TransferredFrom "transfer_from" {
        /// From whom.
        from: AccountId => Value::Account(*from),
        /// To whom.
        to: AccountId => Value::Account(*to),
        /// The spender.
        by: AccountId => Value::Account(*by),
        /// How many.
        amount: Amount => Value::Number(amount.units()),
    }
    /// Tokens moved to a contract, which was told.
    Sent "send" {
        /// From whom.
        from: AccountId => Value::Account(*from),
        /// To whom.
        to: AccountId => Value::Account(*to),
        /// How many.
        amount: Amount => Value::Number(amount.units()),
    }
    /// Tokens moved to a contract by allowance, and it was told.
    SentFrom "send_from" {
        /// From whom.
        from: AccountId => Value::Account(*from),
        /// To whom.
        to: AccountId => Value::Account(*to),
        /// The spender, whom the contract is told of as the sender.
        by: AccountId => Value::Account(*by),
        /// How many.
        amount: Amount => Value::Number(amount.units()),
    }
    /// Tokens were made.
    Minted "mint" {
        /// For whom.
        to: AccountId => Value::Account(*to),
        /// How many.
        amount: Amount => Value::Number(amount.units()),
    }
    /// Tokens were destroyed.
    Burned "burn" {
        /// Whose.
        from: AccountId => Value::Account(*from),
        /// How many.
        amount: Amount => Value::Number(amount.units()),
    }
    /// Tokens were destroyed by allowance.
    BurnedFrom "burn_from" {
        /// Whose.
        from: AccountId => Value::Account(*from),
        /// The spender.
        by: AccountId => Value::Account(*by),
        /// How many.
        amount: Amount => Value::Number(amount.units()),
    }
    /// A spender may take more.
    AllowanceIncreased "increase_allowance" {
        /// Whose tokens.
        owner: AccountId => Value::Account(*owner),
        /// Who may take them.
        spender: AccountId => Value::Account(*spender),
        /// How many more.
        amount: Amount => Value::Number(amount.units()),
    }
    /// A spender may take less.
    AllowanceDecreased "decrease_allowance" {
        /// Whose tokens.
        owner: AccountId => Value::Account(*owner),
        /// Who may take them.
        spender: AccountId => Value::Account(*spender),
        /// How many fewer were asked for.
        amount: Amount => Value::Number(amount.units()),
    }
    /// The right to mint moved, or ended.
    MinterChanged "update_minter" {
        /// Who holds it now; nobody ever again where it is none.
        new_minter: Option<AccountId> =>
            (*new_minter).map_or(Value::Text("None"), Value::Account),
    }
}
