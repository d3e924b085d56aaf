//! cw4's raw keys, as cw3-flex and others read them: a mirror of power, not a rule.

use cosmwasm_std::{Storage, from_json, to_json_vec};
use cw4::{TOTAL_KEY, member_key};
use interface::Accounts;
use protocol::{
    AccountId, Codec, Get, Names, Record,
    staking::{Own, Received, Total, voting_power, weight_of},
};
use shell::{Book, Outcome, View};

/// Writes the total of a contract without members.
pub(crate) fn create(storage: &mut dyn Storage) -> Outcome<()> {
    storage.set(TOTAL_KEY.as_bytes(), &to_json_vec(&0u64)?);
    Ok(())
}

/// Brings the mirror up to date for the accounts whose records were written: `touched` are
/// storage keys, a table and an account each.
pub(crate) fn update(
    storage: &mut dyn Storage,
    book: &Book,
    unit: u128,
    touched: &[Vec<u8>],
) -> Outcome<()> {
    let mut accounts: Vec<AccountId> = Vec::new();
    for key in touched {
        let Some((table, mut who)) = key.split_first() else { continue };
        if *table == Total::TABLE {
            let total = View::new(storage, book);
            let Total { power } = total.get(());
            let weight = weight_of(power.current, unit);
            storage.set(TOTAL_KEY.as_bytes(), &to_json_vec(&weight)?);
        } else if let Some(who) = AccountId::take(book as &dyn Names, &mut who) {
            if !accounts.contains(&who) {
                accounts.push(who);
            }
        }
    }
    for who in accounts {
        let view = View::new(storage, book);
        let (Own { standing }, Received { power }) = (view.get(who), view.get(who));
        let weight = weight_of(voting_power(standing.current, power.current), unit);
        let key = member_key(&book.address(who)?);
        match (member(storage, &key)?, weight) {
            (Some(before), after) if before == after => {}
            (None, 0) => {}
            (Some(_), 0) => storage.remove(&key),
            (_, after) => storage.set(&key, &to_json_vec(&after)?),
        }
    }
    Ok(())
}

/// A member's weight in the mirror.
pub(crate) fn member(storage: &dyn Storage, key: &[u8]) -> Outcome<Option<u64>> {
    Ok(storage.get(key).map(from_json).transpose()?)
}

/// Members with weight, after `start_after`, by address.
pub(crate) fn list(
    storage: &dyn Storage,
    start_after: Option<&str>,
    limit: usize,
) -> Outcome<Vec<cw4::Member>> {
    let prefix = member_key("");
    let mut start = member_key(start_after.unwrap_or(""));
    if start_after.is_some() {
        start.push(0);
    }
    let mut end = prefix.clone();
    end.push(u8::MAX);
    let rows = storage.range(Some(&start), Some(&end), cosmwasm_std::Order::Ascending);
    let member = |(key, value): cosmwasm_std::Record| {
        let addr = String::from_utf8_lossy(key.get(prefix.len()..).unwrap_or(&[])).into_owned();
        Ok(cw4::Member { addr, weight: from_json(value)? })
    };
    rows.take(limit).map(member).collect()
}
