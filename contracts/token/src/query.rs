//! cw20's queries.

use crate::contract::check_description;
use cosmwasm_std::{Binary, Deps, Env, Storage, to_json_binary};
use cw_storage_plus::Item;
use cw20::{
    AllAccountsResponse, AllAllowancesResponse, AllowanceInfo, AllowanceResponse, BalanceResponse,
    MinterResponse, TokenInfoResponse,
};
use interface::{
    Accounts,
    token::{InstantiateMsg, QueryMsg, expiration},
};
use protocol::{
    Amount, Get, encode,
    token::{Allowance, Balance, Minting, Supply},
};
use shell::{Book, Outcome, View, limit, scan};

/// Name, symbol, decimals: for people, so the rules do not know them.
const DESCRIPTION: Item<(String, String, u8)> = Item::new("token_info");

/// Keeps what people call the token.
pub(crate) fn describe(storage: &mut dyn Storage, msg: &InstantiateMsg) -> Outcome<()> {
    check_description(msg)?;
    Ok(DESCRIPTION.save(storage, &(msg.name.clone(), msg.symbol.clone(), msg.decimals))?)
}

/// Answers a query.
///
/// # Errors
/// Addresses that the chain would not accept.
pub fn query(deps: Deps, _: Env, msg: QueryMsg) -> Outcome<Binary> {
    let book = Book::alone(deps.api);
    let view = View::new(deps.storage, &book);
    Ok(match msg {
        QueryMsg::Balance { address } => {
            let Balance { amount } = view.get(book.account(&address)?);
            to_json_binary(&BalanceResponse { balance: amount.units().into() })?
        }
        QueryMsg::TokenInfo {} => {
            let (name, symbol, decimals) = DESCRIPTION.load(deps.storage)?;
            let Supply { amount } = view.get(());
            let total_supply = amount.units().into();
            to_json_binary(&TokenInfoResponse { name, symbol, decimals, total_supply })?
        }
        QueryMsg::Minter {} => {
            let Minting { minter, cap } = view.get(());
            let cap = (cap != Amount::MAX).then(|| cap.units().into());
            let minter = minter.map(|who| book.address(who)).transpose()?;
            to_json_binary(&minter.map(|minter| MinterResponse { minter, cap }))?
        }
        QueryMsg::Allowance { owner, spender } => {
            let key = (book.account(&owner)?, book.account(&spender)?);
            let Allowance { amount, expires, .. } = view.get(key);
            let (allowance, expires) = (amount.units().into(), expiration(expires));
            to_json_binary(&AllowanceResponse { allowance, expires })?
        }
        QueryMsg::AllAllowances { owner, start_after, limit: asked } => {
            to_json_binary(&all_allowances(&book, deps.storage, &owner, start_after, asked)?)?
        }
        QueryMsg::AllAccounts { start_after, limit: asked } => {
            to_json_binary(&all_accounts(&book, deps.storage, start_after, asked)?)?
        }
    })
}

fn all_allowances(
    book: &Book,
    storage: &dyn Storage,
    owner: &str,
    after: Option<String>,
    asked: Option<u32>,
) -> Outcome<AllAllowancesResponse> {
    let owner = encode(book, &book.account(owner)?);
    let after = after.map(|spender| key(book, &spender)).transpose()?;
    let after = after.map(|spender| [owner.clone(), spender].concat());
    let rows = scan::<Allowance>(storage, book, &owner, after.as_deref(), limit(asked))?;
    let info = |((_, spender), allowance): ((_, _), Allowance)| {
        Ok(AllowanceInfo {
            spender: book.address(spender)?,
            allowance: allowance.amount.units().into(),
            expires: expiration(allowance.expires),
        })
    };
    Ok(AllAllowancesResponse { allowances: rows.into_iter().map(info).collect::<Outcome<_>>()? })
}

fn all_accounts(
    book: &Book,
    storage: &dyn Storage,
    after: Option<String>,
    asked: Option<u32>,
) -> Outcome<AllAccountsResponse> {
    let after = after.map(|account| key(book, &account)).transpose()?;
    let rows = scan::<Balance>(storage, book, &[], after.as_deref(), limit(asked))?;
    let accounts = rows.into_iter().map(|(who, _)| book.address(who));
    Ok(AllAccountsResponse { accounts: accounts.collect::<Result<_, _>>()? })
}

fn key(book: &Book, address: &str) -> Outcome<Vec<u8>> {
    Ok(encode(book, &book.account(address)?))
}
