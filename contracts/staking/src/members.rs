//! cw4's raw keys, as cw3-flex and others read them: a mirror of power, not a rule.

use cosmwasm_std::{StdError, Storage, from_json, to_json_vec};
use cw4::{TOTAL_KEY, member_key};
use interface::Accounts;
use protocol::{
    AccountId, Codec, Names, Power, Record, decode,
    staking::{Account, Total, weight_of},
};
use shell::{Book, Change, Outcome};

/// Writes the total of a contract without members.
pub(crate) fn create(storage: &mut dyn Storage) -> Outcome<()> {
    storage.set(TOTAL_KEY.as_bytes(), &to_json_vec(&0u64)?);
    Ok(())
}

/// Brings the mirror up to date with what changed in the tables of accounts and the total. A
/// weight that stays is not written.
pub(crate) fn update(
    storage: &mut dyn Storage,
    book: &Book,
    unit: u128,
    changes: &[Change],
) -> Outcome<()> {
    for Change { key, before, after } in changes {
        let Some((table, mut key)) = key.split_first() else { continue };
        if *table == Total::TABLE {
            let power = |total: Total| total.power.current;
            let weight = |bytes| weight(book, unit, bytes, power);
            let (before, after) = (weight(before)?, weight(after)?);
            if before != after {
                storage.set(TOTAL_KEY.as_bytes(), &to_json_vec(&after)?);
            }
        } else if let Some(who) = AccountId::take(book as &dyn Names, &mut key) {
            let power = |account: Account| account.voting_power();
            let weight = |bytes| weight(book, unit, bytes, power);
            let (before, after) = (weight(before)?, weight(after)?);
            if before != after {
                let key = member_key(&book.address(who)?);
                match after {
                    0 => storage.remove(&key),
                    after => storage.set(&key, &to_json_vec(&after)?),
                }
            }
        }
    }
    Ok(())
}

/// The weight that a stored record means; absent means none.
fn weight<R: Record>(
    book: &Book,
    unit: u128,
    stored: &Option<Vec<u8>>,
    power: impl Fn(R) -> Power,
) -> Outcome<u64> {
    let Some(bytes) = stored else { return Ok(0) };
    let lost = || StdError::parse_err(R::NAME, "the stored bytes are not a record");
    Ok(weight_of(power(decode(book, bytes).ok_or_else(lost)?), unit))
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
