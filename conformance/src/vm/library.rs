//! Checked Wasm, compiled once, and its instances.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use cosmwasm_std::Checksum;
use cosmwasm_std::testing::MockApi;
use cosmwasm_vm::{Backend, Cache, CacheOptions, InstanceOptions, Size, capabilities_from_csv};
use tempfile::TempDir;
use thiserror::Error;

use super::backend::{HostApi, HostQuerier, HostStorage};
use super::contract::WasmContract;
use super::gas::{Meter, VM_GAS_PER_SDK_GAS};
use super::loan::Slot;

/// The largest Wasm file that wasmd takes: 800 KiB.
pub const MAX_WASM_BYTES: usize = 800 * 1024;

/// What wasmd 0.70 offers to contracts.
const CAPABILITIES: &str = "iterator,staking,stargate,cosmwasm_1_1,cosmwasm_1_2,cosmwasm_1_3,\
                            cosmwasm_1_4,cosmwasm_2_0,cosmwasm_2_1,cosmwasm_2_2";
const MODULE_CACHE_MIB: usize = 200;
const INSTANCE_MEMORY_MIB: usize = 32;

/// SDK gas that one call may use; blocks of the chains we know end below it.
const CALL_LIMIT: u64 = 500_000_000;

type VmCache = Cache<HostApi, HostStorage, HostQuerier>;
pub(super) type VmInstance = cosmwasm_vm::Instance<HostApi, HostStorage, HostQuerier>;

/// Why Wasm could not be loaded.
#[derive(Debug, Error)]
pub enum WasmError {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// Which file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// Larger than wasmd takes.
    #[error("{bytes} bytes of Wasm are more than the {MAX_WASM_BYTES} that wasmd takes")]
    TooLarge {
        /// How many there are.
        bytes: usize,
    },
    /// The virtual machine's own check refuses it, as an upload would be.
    #[error("the CosmWasm VM refuses the code: {reason}")]
    Refused {
        /// In the virtual machine's words.
        reason: String,
    },
    /// The virtual machine could not start.
    #[error("the CosmWasm VM does not start: {reason}")]
    Machine {
        /// In the virtual machine's words.
        reason: String,
    },
}

/// Whether a call gets an instance of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instances {
    /// A new one for each call, as on a chain: what gas is measured on.
    Fresh,
    /// One that a call before has left, where there is one: several times faster,
    /// but its allocator remembers, so that its gas differs.
    Reused,
}

/// A virtual machine and the modules it has compiled, in a private folder that
/// goes when the last module goes.
#[derive(Clone)]
pub struct Library(Rc<Shelf>);

struct Shelf {
    cache: VmCache,
    api: HostApi,
    meter: Meter,
    _folder: TempDir,
}

impl Library {
    /// An empty library, for a chain that writes its addresses as `api` does.
    ///
    /// # Errors
    /// [`WasmError::Machine`] if no private folder can be made.
    #[expect(
        unsafe_code,
        reason = "cosmwasm-vm asks its caller to guard the folder it compiles to"
    )]
    pub fn new(api: MockApi) -> Result<Self, WasmError> {
        let machine = |reason: String| WasmError::Machine { reason };
        let folder =
            TempDir::with_prefix("moot-vm-").map_err(|error| machine(error.to_string()))?;
        let options = CacheOptions::new(
            folder.path(),
            capabilities_from_csv(CAPABILITIES),
            Size::mebi(MODULE_CACHE_MIB),
            Size::mebi(INSTANCE_MEMORY_MIB),
        );
        // SAFETY: the cache trusts compiled modules it finds in its folder. This one
        // was made a moment ago, is empty, readable and writable by this user alone,
        // named unpredictably, and removed with the cache; nobody else writes there.
        let cache = unsafe { VmCache::new(options) }.map_err(|error| machine(error.to_string()))?;
        Ok(Self(Rc::new(Shelf {
            cache,
            api: HostApi(api),
            meter: Meter::default(),
            _folder: folder,
        })))
    }

    /// The meter that every contract of this library pays.
    pub fn meter(&self) -> &Meter {
        &self.0.meter
    }

    /// Checks a file as an upload to a chain does, and compiles it.
    ///
    /// # Errors
    /// Where it is unreadable, too large or refused.
    pub fn open(&self, path: &Path) -> Result<Module, WasmError> {
        let read = std::fs::read(path);
        let wasm = read
            .map_err(|source| WasmError::Unreadable { path: path.display().to_string(), source })?;
        self.add(&wasm)
    }

    /// Checks Wasm as an upload to a chain does, and compiles it.
    ///
    /// # Errors
    /// Where it is too large or refused.
    pub fn add(&self, wasm: &[u8]) -> Result<Module, WasmError> {
        if wasm.len() > MAX_WASM_BYTES {
            return Err(WasmError::TooLarge { bytes: wasm.len() });
        }
        let refused =
            |error: cosmwasm_vm::VmError| WasmError::Refused { reason: error.to_string() };
        let key = self.0.cache.store_code(wasm, true, true).map_err(refused)?;
        self.0.cache.pin(&key).map_err(refused)?;
        let shelved = Shelved {
            library: self.clone(),
            key,
            checksum: Checksum::generate(wasm),
            idle: RefCell::default(),
        };
        Ok(Module(Rc::new(shelved)))
    }
}

/// One checked and compiled Wasm file.
#[derive(Clone)]
pub struct Module(Rc<Shelved>);

struct Shelved {
    library: Library,
    key: vm_std::Checksum,
    checksum: Checksum,
    idle: RefCell<Vec<Running>>,
}

impl Module {
    /// SHA-256 of the file, as chains name it.
    pub fn checksum(&self) -> Checksum {
        self.0.checksum
    }

    /// The entry points it exports, by name, in order.
    ///
    /// # Errors
    /// [`WasmError::Refused`] if the module cannot be analysed.
    pub fn entry_points(&self) -> Result<Vec<String>, WasmError> {
        let report = self.0.library.0.cache.analyze(&self.0.key);
        let report = report.map_err(|error| WasmError::Refused { reason: error.to_string() })?;
        Ok(report.entrypoints.iter().map(ToString::to_string).collect())
    }

    /// The module as a contract for cw-multi-test.
    pub fn contract(&self, instances: Instances) -> WasmContract {
        WasmContract::new(self.clone(), instances)
    }

    /// What the library's contracts pay.
    pub(super) fn meter(&self) -> &Meter {
        &self.0.library.0.meter
    }

    /// An instance to make one call with: give it back with [`Module::put_back`].
    pub(super) fn take(&self, instances: Instances) -> Result<Running, String> {
        // One that has been used still has the gas that it was made with.
        let idle = match (instances, self.meter().limit()) {
            (Instances::Reused, None) => self.0.idle.borrow_mut().pop(),
            _ => None,
        };
        idle.map_or_else(|| self.start(), Ok)
    }

    fn start(&self) -> Result<Running, String> {
        let slot = Rc::new(Slot::default());
        let shelf = &self.0.library.0;
        let backend = Backend {
            api: shelf.api,
            storage: HostStorage { slot: slot.clone(), meter: shelf.meter.clone() },
            querier: HostQuerier { slot: slot.clone(), meter: shelf.meter.clone() },
        };
        let limit = shelf.meter.limit().unwrap_or(2 * CALL_LIMIT);
        let options = InstanceOptions { gas_limit: limit * VM_GAS_PER_SDK_GAS };
        let vm = shelf.cache.get_instance(&self.0.key, backend, options);
        Ok(Running { vm: vm.map_err(|error| error.to_string())?, slot })
    }

    /// Keeps an instance whose call ended well, while it can pay for another.
    pub(super) fn put_back(&self, mut running: Running) {
        if running.vm.get_gas_left() >= CALL_LIMIT * VM_GAS_PER_SDK_GAS {
            self.0.idle.borrow_mut().push(running);
        }
    }
}

/// An instance, and the slot its backends look into.
pub(super) struct Running {
    pub(super) vm: VmInstance,
    pub(super) slot: Rc<Slot>,
}
