//! The virtual machine's side of the chain: storage, addresses and queries, each
//! over what is on loan, and each paying the meter.

use std::rc::Rc;

use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{Api, CanonicalAddr, Empty, QueryRequest, WasmQuery, from_json};
use cosmwasm_vm::{BackendApi, BackendError, BackendResult, GasInfo};
use vm_std::{Binary, ContractResult, Order, Record, SystemError, SystemResult};

use super::gas::{CANONICALIZE, HUMANIZE, Meter, external, internal};
use super::loan::{Books, Ground, Slot};

/// The contract's storage, while a call has it on loan.
pub(super) struct HostStorage {
    pub(super) slot: Rc<Slot>,
    pub(super) meter: Meter,
}

impl HostStorage {
    fn visit<T>(
        &self,
        visitor: impl for<'g> FnOnce(&mut Ground<'g>, &Meter) -> BackendResult<T>,
    ) -> BackendResult<T> {
        let meter = &self.meter;
        self.slot.visit(|ground| visitor(ground, meter)).unwrap_or_else(nothing_lent)
    }
}

impl cosmwasm_vm::Storage for HostStorage {
    fn get(&self, key: &[u8]) -> BackendResult<Option<Vec<u8>>> {
        self.visit(|ground, meter| {
            let value = ground.storage().get(key);
            let gas = meter.read(key, value.as_deref());
            (Ok(value), gas)
        })
    }

    fn scan(
        &mut self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> BackendResult<u32> {
        let order = match order {
            Order::Ascending => cosmwasm_std::Order::Ascending,
            Order::Descending => cosmwasm_std::Order::Descending,
        };
        self.visit(|ground, meter| {
            let found: Vec<Record> = ground.storage().range(start, end, order).collect();
            let gas = meter.step(found.first());
            ground.iterators.push(found.into_iter());
            (Ok(ground.iterators.len() as u32), gas)
        })
    }

    fn next(&mut self, iterator: u32) -> BackendResult<Option<Record>> {
        self.visit(|ground, meter| {
            let at = (iterator as usize).checked_sub(1);
            match at.and_then(|at| ground.iterators.get_mut(at)).map(Iterator::next) {
                None => (Err(BackendError::iterator_does_not_exist(iterator)), GasInfo::free()),
                Some(None) => (Ok(None), GasInfo::free()),
                Some(Some(record)) => {
                    let gas = meter.step(Some(&record));
                    (Ok(Some(record)), gas)
                }
            }
        })
    }

    fn set(&mut self, key: &[u8], value: &[u8]) -> BackendResult<()> {
        self.visit(|ground, meter| match &mut ground.books {
            Books::Reading(_) => read_only(),
            Books::Writing(storage) => {
                storage.set(key, value);
                (Ok(()), meter.write(key, value))
            }
        })
    }

    fn remove(&mut self, key: &[u8]) -> BackendResult<()> {
        self.visit(|ground, meter| match &mut ground.books {
            Books::Reading(_) => read_only(),
            Books::Writing(storage) => {
                storage.remove(key);
                (Ok(()), meter.delete(key))
            }
        })
    }
}

/// Queries to the rest of the chain, while a call has its querier on loan.
pub(super) struct HostQuerier {
    pub(super) slot: Rc<Slot>,
    pub(super) meter: Meter,
}

impl cosmwasm_vm::Querier for HostQuerier {
    fn query_raw(
        &self,
        request: &[u8],
        _gas_limit: u64,
    ) -> BackendResult<SystemResult<ContractResult<Binary>>> {
        let before = self.meter.spent().total();
        let asked = self.slot.visit(|ground| ground.querier.raw_query(request));
        let Some(answer) = asked.map(translate) else { return nothing_lent() };
        if let (Some(key), SystemResult::Ok(ContractResult::Ok(value))) =
            (raw_key(request), &answer)
        {
            self.meter.read(&key, Some(value));
        }
        (Ok(answer), external(self.meter.spent().total() - before))
    }
}

/// The key that a raw query reads: it loads no contract, and pays for the read alone.
fn raw_key(request: &[u8]) -> Option<Vec<u8>> {
    if !request.starts_with(br#"{"wasm":{"raw""#) {
        return None;
    }
    match from_json::<QueryRequest<Empty>>(request) {
        Ok(QueryRequest::Wasm(WasmQuery::Raw { key, .. })) => Some(key.into()),
        _ => None,
    }
}

/// From the chain's version of the standard library to the virtual machine's.
fn translate(answer: cosmwasm_std::QuerierResult) -> SystemResult<ContractResult<Binary>> {
    use cosmwasm_std::{ContractResult as Inner, SystemResult as Outer};
    match answer {
        Outer::Ok(Inner::Ok(data)) => SystemResult::Ok(ContractResult::Ok(Vec::from(data).into())),
        Outer::Ok(Inner::Err(error)) => SystemResult::Ok(ContractResult::Err(error)),
        Outer::Err(error) => SystemResult::Err(translate_error(error)),
    }
}

fn translate_error(error: cosmwasm_std::SystemError) -> SystemError {
    use cosmwasm_std::SystemError as Theirs;
    match error {
        Theirs::InvalidRequest { error, request } => {
            SystemError::InvalidRequest { error, request: Vec::from(request).into() }
        }
        Theirs::InvalidResponse { error, response } => {
            SystemError::InvalidResponse { error, response: Vec::from(response).into() }
        }
        Theirs::NoSuchContract { addr } => SystemError::NoSuchContract { addr },
        Theirs::NoSuchCode { code_id } => SystemError::NoSuchCode { code_id },
        Theirs::UnsupportedRequest { kind } => SystemError::UnsupportedRequest { kind },
        _ => SystemError::Unknown {},
    }
}

/// Addresses, as the chain writes them.
#[derive(Clone, Copy)]
pub(super) struct HostApi(pub(super) MockApi);

impl BackendApi for HostApi {
    fn addr_validate(&self, input: &str) -> BackendResult<()> {
        (self.0.addr_validate(input).map(drop).map_err(user), internal(CANONICALIZE + HUMANIZE))
    }

    fn addr_canonicalize(&self, human: &str) -> BackendResult<Vec<u8>> {
        let canonical = self.0.addr_canonicalize(human).map(Vec::from);
        (canonical.map_err(user), internal(CANONICALIZE))
    }

    fn addr_humanize(&self, canonical: &[u8]) -> BackendResult<String> {
        let human = self.0.addr_humanize(&CanonicalAddr::from(canonical)).map(String::from);
        (human.map_err(user), internal(HUMANIZE))
    }
}

fn user(error: cosmwasm_std::StdError) -> BackendError {
    BackendError::user_err(error.to_string())
}

fn nothing_lent<T>() -> BackendResult<T> {
    (Err(BackendError::unknown("the instance outlived the call it was made for")), GasInfo::free())
}

fn read_only<T>() -> BackendResult<T> {
    (Err(BackendError::unknown("a query cannot write")), GasInfo::free())
}
