//! The token speaks cw20: its messages are the cw20 crate's own.

use crate::{
    Accounts, Error,
    accounts::{amount, optional, optional_address},
    payload, read_payload,
};
use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::{Timestamp as Time, Uint128};
use cw20::{Cw20Coin, Cw20ExecuteMsg, Expiration, MinterResponse};
use protocol::{
    Amount, Height, Payload, Timestamp,
    token::{Command, Expiry, Genesis},
};

/// Makes a token. The shape is cw20-base's, without marketing.
#[cw_serde]
pub struct InstantiateMsg {
    /// 3 to 50 bytes.
    pub name: String,
    /// 3 to 12 letters or dashes.
    pub symbol: String,
    /// 0 to 18.
    pub decimals: u8,
    /// Who holds what from the beginning.
    pub initial_balances: Vec<Cw20Coin>,
    /// Who may mint, and up to which supply.
    pub mint: Option<MinterResponse>,
}

/// What may be asked: cw20's queries.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// An account's tokens.
    #[returns(cw20::BalanceResponse)]
    Balance {
        /// Whose.
        address: String,
    },
    /// Name, symbol, decimals, supply.
    #[returns(cw20::TokenInfoResponse)]
    TokenInfo {},
    /// Who may mint; absent where nobody may.
    #[returns(Option<MinterResponse>)]
    Minter {},
    /// What a spender may take.
    #[returns(cw20::AllowanceResponse)]
    Allowance {
        /// Whose tokens.
        owner: String,
        /// Who may take them.
        spender: String,
    },
    /// Every allowance that an owner gave.
    #[returns(cw20::AllAllowancesResponse)]
    AllAllowances {
        /// Whose tokens.
        owner: String,
        /// The last spender of the page before.
        start_after: Option<String>,
        /// 10 if absent, 30 at most.
        limit: Option<u32>,
    },
    /// Every account that holds tokens.
    #[returns(cw20::AllAccountsResponse)]
    AllAccounts {
        /// The last account of the page before.
        start_after: Option<String>,
        /// 10 if absent, 30 at most.
        limit: Option<u32>,
    },
}

/// The rulebook's genesis of a token.
///
/// # Errors
/// An address or amount that cannot be.
pub fn genesis(book: &dyn Accounts, msg: &InstantiateMsg) -> Result<Genesis, Error> {
    let balance = |coin: &Cw20Coin| Ok((book.account(&coin.address)?, amount(coin.amount)?));
    let balances = msg.initial_balances.iter().map(balance).collect::<Result<_, Error>>()?;
    let minter = optional(book, msg.mint.as_ref().map(|mint| mint.minter.as_str()))?;
    let cap = msg.mint.as_ref().and_then(|mint| mint.cap);
    Ok(Genesis { balances, minter, cap: cap.map_or(Ok(Amount::MAX), amount)? })
}

/// The command that a message means; `None` for the marketing extension, which there is not.
///
/// # Errors
/// An address or amount that cannot be.
pub fn command(book: &dyn Accounts, msg: Cw20ExecuteMsg) -> Result<Option<Command>, Error> {
    use Cw20ExecuteMsg as Msg;
    Ok(Some(match msg {
        Msg::Transfer { recipient, amount: a } => {
            Command::Transfer { to: book.account(&recipient)?, amount: amount(a)? }
        }
        Msg::Burn { amount: a } => Command::Burn { amount: amount(a)? },
        Msg::Send { contract, amount: a, msg } => Command::Send {
            to: book.account(&contract)?,
            amount: amount(a)?,
            payload: Payload::Opaque(protocol::Bytes(msg.into())),
        },
        Msg::IncreaseAllowance { spender, amount: a, expires } => Command::IncreaseAllowance {
            spender: book.account(&spender)?,
            amount: amount(a)?,
            expires: expires.map(expiry),
        },
        Msg::DecreaseAllowance { spender, amount: a, expires } => Command::DecreaseAllowance {
            spender: book.account(&spender)?,
            amount: amount(a)?,
            expires: expires.map(expiry),
        },
        Msg::TransferFrom { owner, recipient, amount: a } => Command::TransferFrom {
            owner: book.account(&owner)?,
            to: book.account(&recipient)?,
            amount: amount(a)?,
        },
        Msg::SendFrom { owner, contract, amount: a, msg } => Command::SendFrom {
            owner: book.account(&owner)?,
            to: book.account(&contract)?,
            amount: amount(a)?,
            payload: Payload::Opaque(protocol::Bytes(msg.into())),
        },
        Msg::BurnFrom { owner, amount: a } => {
            Command::BurnFrom { owner: book.account(&owner)?, amount: amount(a)? }
        }
        Msg::Mint { recipient, amount: a } => {
            Command::Mint { to: book.account(&recipient)?, amount: amount(a)? }
        }
        Msg::UpdateMinter { new_minter } => {
            Command::UpdateMinter { to: optional(book, new_minter.as_deref())? }
        }
        Msg::UpdateMarketing { .. } | Msg::UploadLogo(_) => return Ok(None),
    }))
}

/// The message that means a command.
///
/// # Errors
/// A handle without an address.
pub fn message(book: &dyn Accounts, command: &Command) -> Result<Cw20ExecuteMsg, Error> {
    use Cw20ExecuteMsg as Msg;
    let units = |amount: &Amount| Uint128::new(amount.units());
    Ok(match command {
        Command::Transfer { to, amount } => {
            Msg::Transfer { recipient: book.address(*to)?, amount: units(amount) }
        }
        Command::Burn { amount } => Msg::Burn { amount: units(amount) },
        Command::Send { to, amount, payload: attached } => Msg::Send {
            contract: book.address(*to)?,
            amount: units(amount),
            msg: payload(attached)?,
        },
        Command::Mint { to, amount } => {
            Msg::Mint { recipient: book.address(*to)?, amount: units(amount) }
        }
        Command::UpdateMinter { to } => {
            Msg::UpdateMinter { new_minter: optional_address(book, *to)? }
        }
        Command::IncreaseAllowance { spender, amount, expires } => Msg::IncreaseAllowance {
            spender: book.address(*spender)?,
            amount: units(amount),
            expires: expires.map(expiration),
        },
        Command::DecreaseAllowance { spender, amount, expires } => Msg::DecreaseAllowance {
            spender: book.address(*spender)?,
            amount: units(amount),
            expires: expires.map(expiration),
        },
        Command::TransferFrom { owner, to, amount } => Msg::TransferFrom {
            owner: book.address(*owner)?,
            recipient: book.address(*to)?,
            amount: units(amount),
        },
        Command::SendFrom { owner, to, amount, payload: attached } => Msg::SendFrom {
            owner: book.address(*owner)?,
            contract: book.address(*to)?,
            amount: units(amount),
            msg: payload(attached)?,
        },
        Command::BurnFrom { owner, amount } => {
            Msg::BurnFrom { owner: book.address(*owner)?, amount: units(amount) }
        }
    })
}

/// cw20's expiration as the rulebook's.
pub fn expiry(expires: Expiration) -> Expiry {
    match expires {
        Expiration::Never {} => Expiry::Never,
        Expiration::AtHeight(height) => Expiry::AtHeight { height: Height::new(height) },
        Expiration::AtTime(time) => Expiry::AtTime { time: Timestamp::new(time.seconds()) },
    }
}

/// The rulebook's expiry as cw20's.
pub fn expiration(expires: Expiry) -> Expiration {
    match expires {
        Expiry::Never => Expiration::Never {},
        Expiry::AtHeight { height } => Expiration::AtHeight(height.get()),
        Expiry::AtTime { time } => Expiration::AtTime(Time::from_seconds(time.get())),
    }
}

/// What a receiver was sent, as the rulebook reads it.
pub fn received(msg: &cosmwasm_std::Binary) -> Payload {
    read_payload(msg)
}
