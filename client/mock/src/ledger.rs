//! Storage that can be put back to what it was.

use std::collections::BTreeMap;
use std::ops::Bound;

use cosmwasm_std::{Order, Record, Storage};

/// Everything that the chain stores.
#[derive(Clone, Default)]
pub(crate) struct Ledger(BTreeMap<Vec<u8>, Vec<u8>>);

impl Storage for Ledger {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.0.get(key).cloned()
    }

    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        let owned = |bound: Option<&[u8]>| bound.map(<[u8]>::to_vec);
        let from = owned(start).map_or(Bound::Unbounded, Bound::Included);
        let to = owned(end).map_or(Bound::Unbounded, Bound::Excluded);
        if matches!((&from, &to), (Bound::Included(from), Bound::Excluded(to)) if from > to) {
            return Box::new(std::iter::empty());
        }
        let records = self.0.range((from, to)).map(|(key, value)| (key.clone(), value.clone()));
        match order {
            Order::Ascending => Box::new(records),
            Order::Descending => Box::new(records.rev()),
        }
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.0.insert(key.to_vec(), value.to_vec());
    }

    fn remove(&mut self, key: &[u8]) {
        self.0.remove(key);
    }
}
