//! Lists: pages over a table in the order of its storage keys.

use crate::{Book, Outcome};
use cosmwasm_std::{Order, StdError, Storage};
use protocol::{Codec, Names, Record, decode};

/// 10 if absent, 30 at most, whatever is asked.
pub fn limit(asked: Option<u32>) -> usize {
    asked.unwrap_or(10).min(30) as usize
}

/// Up to `limit` live records whose keys start with `prefix` and come after `after`, both
/// as the encoding of keys without the table. Keys are in byte order.
///
/// # Errors
/// A record that does not decode.
pub fn scan<R: Record>(
    storage: &dyn Storage,
    book: &Book,
    prefix: &[u8],
    after: Option<&[u8]>,
    limit: usize,
) -> Outcome<Vec<(R::Key, R)>> {
    let table = [&[R::TABLE], prefix].concat();
    // The shortest key after `after` is itself with a nought behind it.
    let start = match after {
        Some(after) => [&[R::TABLE], after, &[0]].concat(),
        None => table.clone(),
    };
    let rows = storage.range(Some(&start), end(&table).as_deref(), Order::Ascending);
    rows.take(limit).map(|(key, value)| row(book, &key, &value)).collect()
}

fn row<R: Record>(book: &Book, key: &[u8], value: &[u8]) -> Outcome<(R::Key, R)> {
    let lost = || StdError::parse_err(R::NAME, "the stored bytes are not a record");
    let mut key = key.get(1..).ok_or_else(lost)?;
    let names: &dyn Names = book;
    let found = (R::Key::take(names, &mut key), decode(names, value));
    match found {
        (Some(key), Some(value)) => Ok((key, value)),
        _ => Err(lost().into()),
    }
}

/// The first key behind all that start with `prefix`; `None` where there is none.
fn end(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return Some(end);
        }
    }
    None
}
