//! What a message costs on wasmd, counted as its keeper and the SDK's store do.
//!
//! Source: wasmd 0.70 `x/wasm/types/gas_register.go` and `x/wasm/keeper`, the
//! SDK's `store/types/gas.go` (`KVGasConfig`) and `store/gaskv`.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::{Add, Sub};
use std::rc::Rc;

use cosmwasm_std::{Attribute, Checksum, Event};
use cosmwasm_vm::GasInfo;

use super::ledger::{Act, Line};

/// CosmWasm gas in one SDK gas.
pub const VM_GAS_PER_SDK_GAS: u64 = 140_000;

/// A contract's first load in a transaction.
pub const LOAD: u64 = 60_000;
/// Each further load of the same code in that transaction, and each reply.
pub const RELOAD: u64 = 2_000;

const READ_FLAT: u64 = 1_000;
const READ_PER_BYTE: u64 = 3;
const WRITE_FLAT: u64 = 2_000;
const WRITE_PER_BYTE: u64 = 30;
const DELETE_FLAT: u64 = 1_000;
const STEP_FLAT: u64 = 30;
/// A contract's keys lie behind one byte and its address of 32.
const KEY_PREFIX_BYTES: u64 = 33;

const ATTRIBUTE_FLAT: u64 = 10;
const ATTRIBUTE_FREE_BYTES: u64 = 100;
const CUSTOM_EVENT_FLAT: u64 = 20;

/// To canonical form and back; validation does both.
pub(super) const CANONICALIZE: u64 = 4;
pub(super) const HUMANIZE: u64 = 5;

/// SDK gas, by what it was spent on. What every transaction pays besides (ante
/// handler, signature, the keeper's own records) is not in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gas {
    /// Wasm executed, host functions, and reading the contract's answer.
    pub vm: u64,
    /// Reads, writes, deletions and iteration, raw queries included.
    pub storage: u64,
    /// Contracts made ready to run, for smart queries too.
    pub loads: u64,
    /// Attributes and custom events, when emitted and when handed to a reply.
    pub events: u64,
}

impl Gas {
    /// The sum of the parts.
    pub fn total(self) -> u64 {
        self.vm + self.storage + self.loads + self.events
    }
}

impl Add for Gas {
    type Output = Self;

    fn add(self, more: Self) -> Self {
        Self {
            vm: self.vm + more.vm,
            storage: self.storage + more.storage,
            loads: self.loads + more.loads,
            events: self.events + more.events,
        }
    }
}

impl Sub for Gas {
    type Output = Self;

    fn sub(self, less: Self) -> Self {
        Self {
            vm: self.vm - less.vm,
            storage: self.storage - less.storage,
            loads: self.loads - less.loads,
            events: self.events - less.events,
        }
    }
}

/// Adds up the gas of one transaction over all contracts that share it.
#[derive(Clone, Default)]
pub struct Meter(Rc<Tally>);

#[derive(Default)]
struct Tally {
    spent: Cell<Gas>,
    loaded: RefCell<BTreeSet<Vec<u8>>>,
    /// Where it goes, if anybody asked.
    ledger: RefCell<Option<Vec<Line>>>,
    /// SDK gas that a call may use, where it is less than the library gives.
    limit: Cell<Option<u64>>,
}

impl Meter {
    /// Starts a new transaction: nothing spent, no contract loaded.
    pub fn begin(&self) {
        self.0.spent.set(Gas::default());
        self.0.loaded.borrow_mut().clear();
        if let Some(ledger) = self.0.ledger.borrow_mut().as_mut() {
            ledger.clear();
        }
    }

    /// From now on every transaction keeps a ledger.
    pub fn keep_ledger(&self) {
        self.0.ledger.borrow_mut().get_or_insert_default();
    }

    /// What the transaction's gas was spent for, in order; nothing where no ledger is kept.
    pub fn ledger(&self) -> Vec<Line> {
        self.0.ledger.borrow().clone().unwrap_or_default()
    }

    /// From now on no call may use more SDK gas than this; `None` lifts that.
    pub fn starve(&self, limit: Option<u64>) {
        self.0.limit.set(limit);
    }

    /// What [`Meter::starve`] said last.
    pub(super) fn limit(&self) -> Option<u64> {
        self.0.limit.get()
    }

    /// What has been spent since the transaction began, by failed calls too.
    pub fn spent(&self) -> Gas {
        self.0.spent.get()
    }

    fn add(&self, more: Gas, act: Act, key: &[u8], bytes: usize) {
        self.0.spent.set(self.spent() + more);
        if let Some(ledger) = self.0.ledger.borrow_mut().as_mut() {
            ledger.push(Line { act, key: key.to_vec(), bytes, gas: more.total() });
        }
    }

    pub(super) fn load(&self, code: Checksum) {
        let first = self.0.loaded.borrow_mut().insert(code.as_slice().to_vec());
        let loads = if first { LOAD } else { RELOAD };
        self.add(Gas { loads, ..Gas::default() }, Act::Load, &[], 0);
    }

    /// A reply's load, and the events handed to it (one free tier for them all).
    pub(super) fn reply(&self, events: &[Event]) {
        let names: u64 = events.iter().map(|event| bytes(&event.ty)).sum();
        let attributes = events.iter().flat_map(|event| &event.attributes);
        let events = names + attribute_cost(attributes, &mut ATTRIBUTE_FREE_BYTES.clone());
        self.add(Gas { loads: RELOAD, events, ..Gas::default() }, Act::Load, &[], 0);
    }

    /// What an answer's attributes and custom events cost.
    pub(super) fn events(&self, attributes: &[Attribute], events: &[Event]) {
        let mut free = ATTRIBUTE_FREE_BYTES;
        let mut cost = attribute_cost(attributes, &mut free);
        for event in events {
            let attributes = attribute_cost(&event.attributes, &mut free);
            cost += CUSTOM_EVENT_FLAT + bytes(&event.ty) + attributes;
        }
        self.add(Gas { events: cost, ..Gas::default() }, Act::Events, &[], 0);
    }

    /// CosmWasm gas used inside one call, and the bytes of its answer.
    pub(super) fn call(&self, vm_gas: u64, answer: usize) {
        let vm = (vm_gas + answer as u64 * VM_GAS_PER_SDK_GAS) / VM_GAS_PER_SDK_GAS;
        self.add(Gas { vm, ..Gas::default() }, Act::Call, &[], answer);
    }

    pub(super) fn read(&self, key: &[u8], value: Option<&[u8]>) -> GasInfo {
        let value = value.unwrap_or_default();
        let cost = READ_FLAT + READ_PER_BYTE * entry(key, value);
        self.storage(cost, Act::Read, key, value.len())
    }

    pub(super) fn write(&self, key: &[u8], value: &[u8]) -> GasInfo {
        let cost = WRITE_FLAT + WRITE_PER_BYTE * entry(key, value);
        self.storage(cost, Act::Write, key, value.len())
    }

    pub(super) fn delete(&self, key: &[u8]) -> GasInfo {
        self.storage(DELETE_FLAT, Act::Remove, key, 0)
    }

    /// One position of an iterator: opening it pays for the first entry, and each
    /// step for the entry it leaves, so the first is paid twice, as in the SDK.
    pub(super) fn step(&self, at: Option<&(Vec<u8>, Vec<u8>)>) -> GasInfo {
        let (key, value) = at.map_or((&[][..], 0), |(key, value)| (key.as_slice(), value.len()));
        let bytes = at.map_or(0, |(key, value)| entry(key, value));
        self.storage(STEP_FLAT + READ_PER_BYTE * bytes, Act::Step, key, value)
    }

    fn storage(&self, storage: u64, act: Act, key: &[u8], bytes: usize) -> GasInfo {
        self.add(Gas { storage, ..Gas::default() }, act, key, bytes);
        external(storage)
    }
}

/// SDK gas that the meter has counted already: the virtual machine only checks its limit against it.
pub(super) fn external(sdk: u64) -> GasInfo {
    GasInfo::with_externally_used(sdk * VM_GAS_PER_SDK_GAS)
}

/// SDK gas that the virtual machine counts as its own.
pub(super) fn internal(sdk: u64) -> GasInfo {
    GasInfo::with_cost(sdk * VM_GAS_PER_SDK_GAS)
}

fn entry(key: &[u8], value: &[u8]) -> u64 {
    KEY_PREFIX_BYTES + (key.len() + value.len()) as u64
}

fn bytes(text: &str) -> u64 {
    text.len() as u64
}

fn attribute_cost<'a>(attributes: impl IntoIterator<Item = &'a Attribute>, free: &mut u64) -> u64 {
    let (mut count, mut stored) = (0, 0);
    for attribute in attributes {
        count += 1;
        stored += bytes(&attribute.key) + bytes(&attribute.value);
    }
    let paid = stored.saturating_sub(*free);
    *free = free.saturating_sub(stored);
    ATTRIBUTE_FLAT * count + paid
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::{Attribute, Checksum, Event};
    use cosmwasm_vm::GasInfo;

    use super::{Gas, Meter};

    fn ignore(_: GasInfo) {}

    #[test]
    fn storage_is_priced_as_the_sdk_does() {
        let pair = (vec![7; 7], vec![1; 10]);
        type Act<'a> = &'a dyn Fn(&Meter);
        let rows: [(&str, u64, Act<'_>); 7] = [
            ("read, present", 1_000 + 3 * 50, &|meter| ignore(meter.read(&[7; 7], Some(&[1; 10])))),
            ("read, absent", 1_000 + 3 * 40, &|meter| ignore(meter.read(&[7; 7], None))),
            ("write", 2_000 + 30 * 50, &|meter| ignore(meter.write(&[7; 7], &[1; 10]))),
            ("delete", 1_000, &|meter| ignore(meter.delete(&[7; 7]))),
            ("step", 30 + 3 * 50, &|meter| ignore(meter.step(Some(&pair)))),
            ("step past the end", 30, &|meter| ignore(meter.step(None))),
            ("nothing", 0, &|_| ()),
        ];
        for (row, storage, act) in rows {
            let meter = Meter::default();
            act(&meter);
            assert_eq!(meter.spent(), Gas { storage, ..Gas::default() }, "{row}");
        }
    }

    #[test]
    fn a_code_is_loaded_once_a_transaction() {
        let (meter, [one, two]) = (Meter::default(), [1, 2].map(|n| Checksum::generate(&[n])));
        for (code, loads) in [(one, 60_000), (one, 62_000), (two, 122_000), (one, 124_000)] {
            meter.load(code);
            assert_eq!(meter.spent().loads, loads);
        }
        meter.begin();
        meter.load(one);
        assert_eq!(meter.spent().total(), 60_000);
    }

    #[test]
    fn event_bytes_are_free_up_to_a_hundred() {
        let attribute = |length: usize| Attribute::new("k", "v".repeat(length - 1));
        let rows = [
            ("one short", vec![attribute(100)], vec![], 10),
            ("one long", vec![attribute(101)], vec![], 11),
            ("two", vec![attribute(60), attribute(60)], vec![], 40),
            (
                "custom",
                vec![attribute(60)],
                vec![Event::new("tick").add_attribute("k", "v".repeat(49))],
                10 + 20 + 4 + 10 + 10,
            ),
        ];
        for (row, attributes, events, cost) in rows {
            let meter = Meter::default();
            meter.events(&attributes, &events);
            assert_eq!(meter.spent().events, cost, "{row}");
        }
    }
}
